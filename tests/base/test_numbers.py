"""Numbers: what is a numeral, how it is written, and exact rounding of ratios and roots."""

from __future__ import annotations

import csv
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_rules.base.numbers import (
    MAX_DIGITS,
    Numeral,
    NumeralFault,
    Root,
    Rounding,
    RoundingMode,
    as_indonesian,
    decimals_of,
    format_number,
    parse_numeral,
    round_exact,
    round_ratio,
)

AWAY, EVEN, FLOOR, CEILING, CUT = RoundingMode
DECIMAL_MODES = {
    AWAY: ROUND_HALF_UP,
    EVEN: ROUND_HALF_EVEN,
    FLOOR: ROUND_FLOOR,
    CEILING: ROUND_CEILING,
    CUT: ROUND_DOWN,
}
CASES = Path(__file__).parents[1] / "cases"
MODES = st.sampled_from(list(RoundingMode))

# Numerals.


@pytest.mark.parametrize(
    ("text", "number", "decimals"),
    [
        ("0", Fraction(0), 0),
        ("007", Fraction(7), 0),
        ("99,88", Fraction(9988, 100), 2),
        ("0,280", Fraction(28, 100), 3),
        ("998800", Fraction(998800), 0),
        ("24.175.862.284", Fraction(24175862284), 0),
        ("617.666.666,66", Fraction(61766666666, 100), 2),
        ("1.401,40", Fraction(140140, 100), 2),
        ("  92,5  ", Fraction(925, 10), 1),
        ("-20", Fraction(-20), 0),
        ("- 20", Fraction(-20), 0),
        ("−20,5", Fraction(-205, 10), 1),
        ("–20,5", Fraction(-205, 10), 1),
        ("−\u00a020", Fraction(-20), 0),
        ("\u00a092,5\u00a0", Fraction(925, 10), 1),
        ("1,234", Fraction(1234, 1000), 3),
    ],
)
def test_an_indonesian_numeral_is_read_exactly(text: str, number: Fraction, decimals: int) -> None:
    """Points group thousands, the comma marks decimals, and Word's minus signs and spaces are understood."""
    assert parse_numeral(text) == Numeral(number, decimals)


@pytest.mark.parametrize("text", ["5.300", "-5.300", "−5.300", "- 5.300", "999.000"])
def test_a_lone_group_is_read_as_thousands_and_marked(text: str) -> None:
    """A single group of three digits is legal, but an international reader may have meant a decimal."""
    read = parse_numeral(text)
    assert isinstance(read, Numeral)
    assert read.lone_group
    assert abs(read.number) >= 1000


@pytest.mark.parametrize("text", ["5.300.000", "5.300,0", "5,300", "300", "5300"])
def test_what_can_be_read_in_one_way_is_no_lone_group(text: str) -> None:
    """Two groups, or a decimal comma, leave no doubt."""
    read = parse_numeral(text)
    assert isinstance(read, Numeral)
    assert not read.lone_group


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        ("0.28", "0,28"),
        ("0.280", "0,280"),
        ("5.3", "5,3"),
        ("-0.28", "-0,28"),
        ("- 0.28", "- 0,28"),
        ("−0.28", "−0,28"),
        ("1,234.56", "1.234,56"),
        ("1,234,567.8", "1.234.567,8"),
        ("1234.5678", "1234,5678"),
    ],
)
def test_an_international_numeral_is_refused_and_its_repair_is_readable(text: str, repair: str) -> None:
    """A decimal point is never guessed away, and what is offered instead is an Indonesian numeral."""
    assert parse_numeral(text) is NumeralFault.INTERNATIONAL
    assert as_indonesian(text) == repair
    assert isinstance(parse_numeral(repair), Numeral)


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", ",5", "5,", ".5", "5.", "+5", "1.23.456", "1,2,3", "12.34,5", "1 2", "satu", "5%", "--5", "-\t5",
     "-\n5", "1e5", "²", "NaN", "0x10", "1_000"],
)  # fmt: skip
def test_what_is_no_numeral_is_refused(text: str) -> None:
    """Half numerals, foreign spellings and words are faults, never exceptions."""
    assert parse_numeral(text) is NumeralFault.NOT_A_NUMBER


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("9" * MAX_DIGITS, True),
        ("9" * (MAX_DIGITS + 1), False),
        ("0," + "1" * (MAX_DIGITS - 1), True),
        ("0," + "1" * MAX_DIGITS, False),
        ("-" + "9" * MAX_DIGITS, True),
        ("9" * 1_000_000, False),
    ],
)
def test_more_digits_than_the_limit_are_refused_before_any_arithmetic(text: str, accepted: bool) -> None:
    """The limit counts digits on both sides of the comma, and not the signs."""
    assert (parse_numeral(text) is NumeralFault.TOO_LONG) is not accepted


@given(st.integers(-(10**30), 10**30), st.integers(0, 8))
@settings(deadline=None)
def test_a_formatted_number_is_read_back_as_itself(digits: int, places: int) -> None:
    """What the engine writes, the engine reads, with as many decimals as were written."""
    number = Fraction(digits, 10**places)
    read = parse_numeral(format_number(number, places))
    assert isinstance(read, Numeral)
    assert (read.number, read.decimals) == (number, places)


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=300)
def test_any_text_is_a_numeral_or_a_fault(text: str) -> None:
    """No text makes the reader raise."""
    assert isinstance(parse_numeral(text), Numeral | NumeralFault)


@given(st.text("0123456789.,- −–\u00a0\t\n%", max_size=12))
@settings(deadline=None, max_examples=500)
def test_any_mixture_of_digits_and_marks_is_a_numeral_or_a_fault(text: str) -> None:
    """Nor does a text that nearly is a numeral."""
    assert isinstance(parse_numeral(text), Numeral | NumeralFault)


def test_every_complaint_about_number_formats_is_read_or_refused_as_its_writer_wanted() -> None:
    """The numerals that users of other systems complained of give the right number here, or a fault."""
    with (CASES / "keluhan.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if row["tema"] == "format angka ID"]
    wanted = {
        "617.666.666,66": Fraction("617666666.66"),
        "1.401,40": Fraction("1401.40"),
        "53,2": Fraction("53.2"),
        "82,7": Fraction("82.7"),
        "86.67": NumeralFault.INTERNATIONAL,
        "25.00": NumeralFault.INTERNATIONAL,
        "3,400.60": NumeralFault.INTERNATIONAL,
    }
    assert all(any(text in row["masukan"] for row in rows) for text in wanted)
    read = {text: parse_numeral(text) for text in wanted}
    assert {text: item.number if isinstance(item, Numeral) else item for text, item in read.items()} == wanted


# Written.


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        (Fraction(0), None, "0"),
        (Fraction(185, 2), None, "92,5"),
        (Fraction(185, 2), 2, "92,50"),
        (Fraction(-1, 100), None, "-0,01"),
        (Fraction(24175862284), None, "24.175.862.284"),
        (Fraction(-1234567), 1, "-1.234.567,0"),
        (Fraction(1, 3), None, "1/3"),
        (Fraction(-5000, 3), None, "-5.000/3"),
        (Fraction(1, 1024), None, "0,0009765625"),
    ],
)
def test_a_number_is_written_as_indonesians_write_it(number: Fraction, places: int | None, text: str) -> None:
    """Thousands in groups, a decimal comma, and a fraction where the decimals would never end."""
    assert format_number(number, places) == text


def test_a_number_with_more_decimals_than_shown_is_not_rounded_on_the_way() -> None:
    """Rounding is a step of a rule, so writing refuses what is not rounded yet."""
    with pytest.raises(ValueError, match="more than 1 decimals"):
        format_number(Fraction(925, 100), 1)


@pytest.mark.parametrize(
    ("number", "decimals"),
    [
        (Fraction(5), 0),
        (Fraction(1, 2), 1),
        (Fraction(1, 8), 3),
        (Fraction(1, 125), 3),
        (Fraction(1, 3), None),
        (Fraction(3, 70), None),
    ],
)
def test_decimals_are_counted_or_never_end(number: Fraction, decimals: int | None) -> None:
    """Only denominators of twos and fives end."""
    assert decimals_of(number) == decimals


# Rounding.


@pytest.mark.parametrize(
    ("number", "away", "even", "floor", "ceiling", "cut"),
    [
        ("2.5", 3, 2, 2, 3, 2),
        ("3.5", 4, 4, 3, 4, 3),
        ("-2.5", -3, -2, -3, -2, -2),
        ("-3.5", -4, -4, -4, -3, -3),
        ("0.5", 1, 0, 0, 1, 0),
        ("-0.5", -1, 0, -1, 0, 0),
        ("2.4", 2, 2, 2, 3, 2),
        ("-2.4", -2, -2, -3, -2, -2),
        ("2.6", 3, 3, 2, 3, 2),
        ("-2.6", -3, -3, -3, -2, -2),
        ("7", 7, 7, 7, 7, 7),
        ("-7", -7, -7, -7, -7, -7),
        ("0", 0, 0, 0, 0, 0),
    ],
)
def test_each_mode_rounds_ties_and_negatives_its_own_way(
    number: str, away: int, even: int, floor: int, ceiling: int, cut: int
) -> None:
    """Half up is away from zero on both sides."""
    value = Fraction(number)
    rounded = [round_ratio(value.numerator, value.denominator, mode) for mode in (AWAY, EVEN, FLOOR, CEILING, CUT)]
    assert rounded == [away, even, floor, ceiling, cut]


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(1, 3) * Fraction(15, 1000), 2, Fraction(1, 100)),
        (Fraction("99.375"), 2, Fraction("99.38")),
        (Fraction("92.33") / 85 * 100, 2, Fraction("108.62")),
        (Fraction("0.259") / Fraction("0.28") * 100, 2, Fraction("92.5")),
        (Fraction(1250), -2, Fraction(1300)),
        (Fraction(-1250), -2, Fraction(-1300)),
        (Fraction(1249), -3, Fraction(1000)),
    ],
)
def test_half_up_is_decided_on_the_exact_value(value: Fraction, places: int, expected: Fraction) -> None:
    """A third of 0,015 is exactly 0,005 and rounds to 0,01, where a float or 0,333 would give 0,00."""
    assert round_exact(value, Rounding(places)) == expected


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(-3, 6), MODES)
@settings(deadline=None)
def test_rounding_agrees_with_the_decimal_module(value: Decimal, places: int, mode: RoundingMode) -> None:
    """Every mode, on both sides of zero, ties included, at any number of places."""
    with localcontext() as context:
        context.prec = 60
        expected = value.quantize(Decimal(1).scaleb(-places), rounding=DECIMAL_MODES[mode])
    assert round_exact(Fraction(value), Rounding(places, mode)) == Fraction(expected)


@given(st.fractions(max_denominator=10**6), st.integers(-2, 8), MODES)
@settings(deadline=None)
def test_rounding_moves_a_value_less_than_one_unit_and_only_once(
    value: Fraction, places: int, mode: RoundingMode
) -> None:
    """A rounded value is near, has no more decimals than asked for, and is left alone by a second rounding."""
    rounding = Rounding(places, mode)
    rounded = round_exact(value, rounding)
    assert abs(rounded - value) < Fraction(10) ** -places
    assert (rounded * Fraction(10) ** places).denominator == 1
    assert round_exact(rounded, rounding) == rounded


@given(st.integers(-(10**6), 10**6), st.integers(1, 10**4))
@settings(deadline=None)
def test_half_up_is_the_same_on_both_sides_of_zero(numerator: int, denominator: int) -> None:
    """A fall of a half weighs as much as a rise of a half."""
    assert round_ratio(-numerator, denominator, AWAY) == -round_ratio(numerator, denominator, AWAY)


# Roots.


@given(
    st.fractions(-1000, 1000, max_denominator=1000),
    st.fractions(0, 10**6, max_denominator=1000),
    st.integers(1, 12),
    st.integers(-1, 6),
    MODES,
)
@settings(deadline=None)
def test_a_root_rounds_as_its_decimal_expansion_does(
    factor: Fraction, radicand: Fraction, degree: int, places: int, mode: RoundingMode
) -> None:
    """An irrational root is rounded by comparing whole numbers, and agrees with eighty digits of its value."""
    root = Root(factor, radicand, degree)
    exact = root.exact()
    with localcontext() as context:
        context.prec = 80
        if exact is None:
            power = Decimal(radicand.numerator) / Decimal(radicand.denominator)
            value = Decimal(factor.numerator) / Decimal(factor.denominator) * (power.ln() / degree).exp()
            expected = Fraction(value.quantize(Decimal(1).scaleb(-places), rounding=DECIMAL_MODES[mode]))
        else:
            expected = round_exact(exact, Rounding(places, mode))
    assert round_exact(root, Rounding(places, mode)) == expected


@pytest.mark.parametrize(
    ("factor", "radicand", "degree", "exact"),
    [
        (Fraction(1), Fraction(4), 2, Fraction(2)),
        (Fraction(3), Fraction(8, 27), 3, Fraction(2)),
        (Fraction(-2), Fraction(9, 4), 2, Fraction(-3)),
        (Fraction(5), Fraction(7), 1, Fraction(35)),
        (Fraction(1), Fraction(0), 2, Fraction(0)),
        (Fraction(0), Fraction(2), 2, Fraction(0)),
        (Fraction(1), Fraction(2), 2, None),
        (Fraction(1), Fraction(4, 3), 2, None),
        (Fraction(1), Fraction(10**40), 20, Fraction(100)),
    ],
)
def test_a_root_is_exact_where_it_is_rational(
    factor: Fraction, radicand: Fraction, degree: int, exact: Fraction | None
) -> None:
    """Only perfect powers, and nothing times a root, have a rational value."""
    assert Root(factor, radicand, degree).exact() == exact


@pytest.mark.parametrize("mode", RoundingMode)
def test_nothing_times_a_root_is_nothing_in_every_mode(mode: RoundingMode) -> None:
    """The floor of zero is zero."""
    assert round_exact(Root(Fraction(5), Fraction(2), 2).scaled(Fraction(0)), Rounding(0, mode)) == 0


@pytest.mark.parametrize(
    ("factor", "results"),
    [(Fraction(1), (1, 1, 1, 2, 1)), (Fraction(-1), (-1, -1, -2, -1, -1)), (Fraction(2), (3, 3, 2, 3, 2))],
)
def test_the_root_of_two_in_every_mode(factor: Fraction, results: tuple[int, ...]) -> None:
    """1,414… and 2,828… on both sides of zero."""
    root = Root(factor, Fraction(2), 2)
    assert tuple(round_exact(root, Rounding(0, mode)) for mode in (AWAY, EVEN, FLOOR, CEILING, CUT)) == results


def test_the_geometric_mean_that_pmk_214_prints_as_111_60_is_111_49() -> None:
    """The third root of 1,22 × 0,80 × 1,42, as a percentage."""
    product = Fraction("1.22") * Fraction("0.80") * Fraction("1.42")
    assert round_exact(Root(Fraction(100), product, 3), Rounding(2)) == Fraction("111.49")
