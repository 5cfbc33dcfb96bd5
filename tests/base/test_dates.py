"""Dates: read as Indonesians write them, refused with a reason, and periods of both ends."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_rules.base.dates import (
    MONTHS,
    BadDate,
    DateFault,
    Period,
    format_date,
    parse_date,
    parse_year,
    year_period,
)

DAY = datetime.date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("4 November 2024", DAY(2024, 11, 4)),
        ("04 november 2024", DAY(2024, 11, 4)),
        ("  4\u00a0NOVEMBER \t 2024 ", DAY(2024, 11, 4)),
        ("29 Februari 2024", DAY(2024, 2, 29)),
        ("31 Desember 2025", DAY(2025, 12, 31)),
    ],
)
def test_a_date_is_read_as_indonesians_write_it(text: str, date: datetime.date) -> None:
    """Case and the width of spaces do not matter."""
    assert parse_date(text) == date


@pytest.mark.parametrize(
    ("text", "fault", "near"),
    [
        ("4-11-2024", DateFault.NUMERIC, None),
        ("04/11/2024", DateFault.NUMERIC, None),
        ("4.11.24", DateFault.NUMERIC, None),
        ("2024-11-04", DateFault.NUMERIC, None),
        ("4 Nopember 2024", DateFault.NO_SUCH_MONTH, "4 November 2024"),
        ("17 agstus 1945", DateFault.NO_SUCH_MONTH, "17 Agustus 1945"),
        ("4 January 2024", DateFault.NO_SUCH_MONTH, "4 Januari 2024"),
        ("31 Nopember 2024", DateFault.NO_SUCH_MONTH, None),
        ("4 xyzw 2024", DateFault.NO_SUCH_MONTH, None),
        ("31 November 2024", DateFault.NO_SUCH_DAY, None),
        ("29 Februari 2023", DateFault.NO_SUCH_DAY, None),
        ("0 Januari 2024", DateFault.NO_SUCH_DAY, None),
        ("1 Januari 0000", DateFault.NO_SUCH_DAY, None),
        ("November 2024", DateFault.NOT_A_DATE, None),
        ("4 November 24", DateFault.NOT_A_DATE, None),
        ("4 November", DateFault.NOT_A_DATE, None),
        ("besok", DateFault.NOT_A_DATE, None),
        ("", DateFault.NOT_A_DATE, None),
    ],
)
def test_what_is_no_date_says_why_and_what_was_meant(text: str, fault: DateFault, near: str | None) -> None:
    """A month that is spelt nearly right is offered, but only where it makes a date that exists."""
    assert parse_date(text) == BadDate(fault, near)


@given(st.dates(min_value=DAY(1000, 1, 1)))
@settings(deadline=None)
def test_a_formatted_date_is_read_back_as_itself(date: datetime.date) -> None:
    """What the engine writes, the engine reads."""
    assert parse_date(format_date(date)) == date


@given(st.text(max_size=40) | st.tuples(st.integers(0, 99), st.text(max_size=9), st.integers(0, 9999)).map(repr))
@settings(deadline=None)
def test_any_text_is_a_date_or_a_fault(text: str) -> None:
    """No text makes the reader raise."""
    assert isinstance(parse_date(text), datetime.date | BadDate)


def test_every_month_has_its_number() -> None:
    """The twelve names stand in the order of the year."""
    assert [parse_date(f"1 {month} 2024") for month in MONTHS] == [DAY(2024, month, 1) for month in range(1, 13)]


@pytest.mark.parametrize(
    ("text", "year"),
    [("2024", 2024), (" 1900 ", 1900), ("2099", 2099), ("1899", None), ("2100", None), ("24", None), ("2024a", None)],
)
def test_a_year_lies_between_1900_and_2099(text: str, year: int | None) -> None:
    """What lies outside was hardly meant as a year."""
    assert parse_year(text) == year


@pytest.mark.parametrize(
    ("period", "date", "inside"),
    [
        (year_period(2024, 2026), DAY(2024, 1, 1), True),
        (year_period(2024, 2026), DAY(2026, 12, 31), True),
        (year_period(2024, 2026), DAY(2023, 12, 31), False),
        (year_period(2024, 2026), DAY(2027, 1, 1), False),
        (Period(DAY(2024, 6, 1), None), DAY(2999, 1, 1), True),
        (Period(None, DAY(2024, 6, 1)), DAY(1, 1, 1), True),
        (Period(DAY(2024, 6, 1), None), DAY(2024, 5, 31), False),
    ],
)
def test_a_period_holds_both_its_ends(period: Period, date: datetime.date, inside: bool) -> None:
    """An end that is open holds every day on its side."""
    assert (date in period) is inside


@pytest.mark.parametrize(("year", "covered"), [(2023, False), (2024, True), (2025, True), (2026, False)])
def test_a_period_covers_each_year_of_which_it_holds_a_day(year: int, covered: bool) -> None:
    """One day of a year is enough."""
    assert Period(DAY(2024, 12, 31), DAY(2025, 1, 1)).covers_year(year) is covered
