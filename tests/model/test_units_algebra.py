"""How units multiply, divide and add up: tables of what is meant, and the laws that hold for all."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_rules.model.units import PERCENT, POINTS, RATIO, Measure, named, product, quotient, total

PEOPLE = named("orang", "cacah")
HOUSEHOLDS = named("keluarga", "cacah")
RUPIAH = named("rupiah", "uang")
PER_PERSON = Measure((("orang", -1), ("rupiah", 1)))
PEOPLE_HOUSEHOLDS = Measure((("keluarga", 1), ("orang", 1)))
SQUARE = Measure((("orang", 2),))


@pytest.mark.parametrize(
    ("left", "right", "expected", "factor"),
    [
        (RATIO, RATIO, RATIO, "1"),
        (RATIO, PERCENT, PERCENT, "1"),
        (PERCENT, RATIO, PERCENT, "1"),
        (RATIO, POINTS, PERCENT, "1"),
        (POINTS, RATIO, PERCENT, "1"),
        (PERCENT, PERCENT, PERCENT, "1/100"),
        (POINTS, PERCENT, PERCENT, "1/100"),
        (RUPIAH, PERCENT, RUPIAH, "1/100"),
        (PERCENT, RUPIAH, RUPIAH, "1/100"),
        (RUPIAH, RATIO, RUPIAH, "1"),
        (PEOPLE, HOUSEHOLDS, PEOPLE_HOUSEHOLDS, "1"),
        (PEOPLE, PEOPLE, SQUARE, "1"),
        (PER_PERSON, PEOPLE, RUPIAH, "1"),
    ],
)
def test_a_product_has_the_unit_of_both(left: Measure, right: Measure, expected: Measure, factor: str) -> None:
    """A ratio changes nothing, a percentage is a hundredth of the other side."""
    assert product(left, right) == (expected, Fraction(factor))


@pytest.mark.parametrize(
    ("left", "right", "expected", "factor"),
    [
        (PEOPLE, PEOPLE, RATIO, "1"),
        (PERCENT, PERCENT, RATIO, "1"),
        (POINTS, PERCENT, RATIO, "1"),
        (PERCENT, RATIO, PERCENT, "1"),
        (POINTS, RATIO, PERCENT, "1"),
        (RUPIAH, PERCENT, RUPIAH, "100"),
        (RATIO, PERCENT, RATIO, "100"),
        (RUPIAH, PEOPLE, PER_PERSON, "1"),
        (SQUARE, PEOPLE, PEOPLE, "1"),
        (RATIO, PEOPLE, Measure((("orang", -1),)), "1"),
        (PERCENT, PEOPLE, Measure((("orang", -1), ("persen", 1))), "1"),
    ],
)
def test_a_quotient_has_the_unit_of_one_by_the_other(
    left: Measure, right: Measure, expected: Measure, factor: str
) -> None:
    """Equal units leave a ratio, and dividing by a percentage is multiplying by a hundred."""
    assert quotient(left, right) == (expected, Fraction(factor))


@pytest.mark.parametrize(
    ("left", "sign", "right", "expected"),
    [
        (PERCENT, "+", PERCENT, PERCENT),
        (PERCENT, "-", PERCENT, POINTS),
        (PERCENT, "+", POINTS, PERCENT),
        (PERCENT, "-", POINTS, PERCENT),
        (POINTS, "+", PERCENT, PERCENT),
        (POINTS, "-", PERCENT, PERCENT),
        (POINTS, "+", POINTS, POINTS),
        (POINTS, "-", POINTS, POINTS),
        (PEOPLE, "+", PEOPLE, PEOPLE),
        (PEOPLE, "-", PEOPLE, PEOPLE),
        (RATIO, "-", RATIO, RATIO),
        (PEOPLE, "+", HOUSEHOLDS, None),
        (PEOPLE, "-", RATIO, None),
        (PERCENT, "+", RATIO, None),
        (RATIO, "-", POINTS, None),
    ],
)
def test_a_sum_needs_equal_units(left: Measure, sign: str, right: Measure, expected: Measure | None) -> None:
    """The difference of two percentages is in percentage points; a percentage and points are a percentage."""
    assert total(left, right, sign) == expected


def test_the_rest_to_a_hundred_percent_is_a_percentage() -> None:
    """100% - 40% is 60%, not 60 points; only the literal 100% does that, and only with a percentage."""
    assert total(PERCENT, PERCENT, "-", complement=True) == PERCENT
    assert total(PERCENT, POINTS, "-", complement=True) == PERCENT
    assert total(PERCENT, PEOPLE, "-", complement=True) is None


@pytest.mark.parametrize(
    ("measure", "shown"),
    [
        (RATIO, "rasio"),
        (PERCENT, "persen"),
        (POINTS, "poin_persen"),
        (PER_PERSON, "rupiah / orang"),
        (SQUARE, "orang^2"),
        (PEOPLE_HOUSEHOLDS, "keluarga × orang"),
        (Measure((("orang", -1),)), "1 / orang"),
    ],
)
def test_a_unit_is_shown_as_it_is_written(measure: Measure, shown: str) -> None:
    """Powers with ^, divisors behind one stroke, and words for the three that are no powers."""
    assert str(measure) == shown


powers = st.dictionaries(st.sampled_from(["orang", "rupiah", "hari"]), st.integers(-3, 3).filter(bool), max_size=3)
counts = powers.map(lambda found: Measure(tuple(sorted(found.items()))))
measures = counts | st.sampled_from([RATIO, PERCENT, POINTS])


@settings(deadline=None, max_examples=100)
@given(measures, measures)
def test_the_order_of_a_product_does_not_matter(left: Measure, right: Measure) -> None:
    """Neither for the unit nor for the number."""
    assert product(left, right) == product(right, left)


@settings(deadline=None, max_examples=100)
@given(measures, measures, measures)
def test_the_grouping_of_a_product_does_not_matter(one: Measure, two: Measure, three: Measure) -> None:
    """(a × b) × c and a × (b × c) have one unit, and their numbers take one factor."""
    left, first = product(one, two)
    right, second = product(two, three)
    whole, last = product(left, three)
    other, outer = product(one, right)
    assert (whole, first * last) == (other, second * outer)


@settings(deadline=None, max_examples=100)
@given(counts, counts)
def test_a_quotient_undoes_a_product(left: Measure, right: Measure) -> None:
    """Among counts, (a × b) / b is a, without any factor."""
    multiplied, by = product(left, right)
    assert quotient(multiplied, right) == (left, by)


@settings(deadline=None, max_examples=100)
@given(counts)
def test_a_percentage_taken_and_taken_back_changes_nothing(measure: Measure) -> None:
    """The factors 1/100 and 100 cancel, and the unit stays."""
    part, by = product(measure, PERCENT)
    if measure != RATIO:
        back, times = quotient(part, PERCENT)
        assert (back, by * times) == (measure, Fraction(1))
    else:
        assert quotient(part, PERCENT) == (RATIO, Fraction(1))


@settings(deadline=None, max_examples=100)
@given(measures, measures, st.sampled_from("+-"))
def test_whether_a_sum_is_possible_does_not_depend_on_its_order(left: Measure, right: Measure, sign: str) -> None:
    """Where one order has a unit, so has the other, and it is the same one."""
    assert total(left, right, sign) == total(right, left, sign)
