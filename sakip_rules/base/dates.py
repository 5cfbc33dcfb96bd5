"""Dates as Indonesians write them: ``4 November 2024``."""

from __future__ import annotations

import datetime
import re
from difflib import get_close_matches
from enum import Enum

from attrs import frozen

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
_DATE = re.compile(r"(\d{1,2})\s+([A-Za-z]+)\s+(\d{4})")
_NUMERIC = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_YEAR = re.compile(r"(?:19|20)\d\d")


class DateFault(Enum):
    """Why a text is not a date."""

    NUMERIC = "numeric"
    NO_SUCH_MONTH = "no_such_month"
    NO_SUCH_DAY = "no_such_day"
    NOT_A_DATE = "not_a_date"


@frozen
class BadDate:
    """A text that is not a date, why, and the month that was likely meant."""

    fault: DateFault
    near: str | None = None


def parse_date(text: str) -> datetime.date | BadDate:
    """Read a date such as ``4 November 2024``."""
    text = " ".join(text.split())
    match = _DATE.fullmatch(text)
    if not match:
        return BadDate(DateFault.NUMERIC if _NUMERIC.fullmatch(text) else DateFault.NOT_A_DATE)
    day, month, year = match.groups()
    number = _MONTH_NUMBERS.get(month.lower())
    if number is None:
        near = get_close_matches(month.title(), MONTHS, 1, 0.5)
        meant = f"{day} {near[0]} {year}" if near else ""
        return BadDate(DateFault.NO_SUCH_MONTH, meant if isinstance(parse_date(meant), datetime.date) else None)
    try:
        return datetime.date(int(year), number, int(day))
    except ValueError:
        return BadDate(DateFault.NO_SUCH_DAY)


def parse_year(text: str) -> int | None:
    """Read a year from 1900 to 2099."""
    return int(text) if _YEAR.fullmatch(text.strip()) else None


def format_date(date: datetime.date) -> str:
    """A date as Indonesians write it."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


@frozen
class Period:
    """A stretch of days, both ends included; ``None`` leaves an end open."""

    start: datetime.date | None = None
    end: datetime.date | None = None

    def __contains__(self, date: datetime.date) -> bool:
        return (self.start is None or self.start <= date) and (self.end is None or date <= self.end)

    def covers_year(self, year: int) -> bool:
        """Whether any day of the year lies within."""
        return (self.start is None or self.start.year <= year) and (self.end is None or year <= self.end.year)


def year_period(first: int, last: int) -> Period:
    """From the first day of one year to the last day of another."""
    return Period(datetime.date(first, 1, 1), datetime.date(last, 12, 31))
