"""Band mathematics against brute force: every number of a fine grid, looked up row by row."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip_rules.base.numbers import Rounding, RoundingMode, decimals_of, round_exact
from sakip_rules.model.bands import (
    EVERYTHING,
    FIRST,
    LAST,
    Cut,
    Region,
    after,
    before,
    before_rounding,
    cover,
    out_of_order,
    simplest,
)

#: Bounds lie at halves; quarters reach every place between two of them, and beyond the last.
GRID = [Fraction(number, 4) for number in range(-30, 31)]
HALVES = st.integers(-12, 12).map(lambda number: Fraction(number, 2))
CUTS = st.one_of(st.sampled_from([FIRST, LAST]), st.builds(Cut, st.just(0), HALVES, st.booleans()))
REGIONS = st.builds(Region, CUTS, CUTS)
TABLES = st.lists(REGIONS, max_size=7)
ROUNDINGS = st.builds(Rounding, st.integers(-1, 2), st.sampled_from(RoundingMode))


def holders(regions: list[Region], number: Fraction) -> list[int]:
    return [at for at, region in enumerate(regions) if number in region]


# Rounding.


@given(REGIONS, ROUNDINGS, st.fractions(-40, 40, max_denominator=1000))
def test_a_pre_image_holds_exactly_what_rounding_brings_into_a_region(
    region: Region, rounding: Rounding, number: Fraction
) -> None:
    """For every mode, and negative numbers too."""
    assert (number in before_rounding(region, rounding)) == (round_exact(number, rounding) in region)


@given(REGIONS, ROUNDINGS, st.integers(-80, 80))
def test_a_pre_image_is_exact_at_ties(region: Region, rounding: Rounding, halves: int) -> None:
    """Halfway between two results every mode decides by itself."""
    tie = Fraction(halves, 2) * Fraction(10) ** -rounding.places
    assert (tie in before_rounding(region, rounding)) == (round_exact(tie, rounding) in region)


def test_without_rounding_a_region_stays() -> None:
    """There is nothing to map."""
    region = Region(before(Fraction(75)), before(Fraction(100)))
    assert before_rounding(region, None) == region


# Coverage.


@given(TABLES, st.one_of(st.just(EVERYTHING), REGIONS))
def test_gaps_are_exactly_what_no_row_holds(regions: list[Region], domain: Region) -> None:
    """Within the domain, and nothing outside of it."""
    gaps = [gap.region for gap in cover(regions, domain).gaps]
    for number in GRID:
        assert any(number in gap for gap in gaps) == (number in domain and not holders(regions, number))


@given(TABLES)
def test_overlaps_are_exactly_what_two_rows_hold(regions: list[Region]) -> None:
    """Rows that can never be reached are told as such, and not once more as overlaps."""
    found = cover(regions)
    gone = {*found.empty, *(at for at, _ in found.hidden)}
    for number in GRID:
        twice = len([at for at in holders(regions, number) if at not in gone]) > 1
        assert any(number in overlap.region for overlap in found.overlaps) == twice
    for overlap in found.overlaps:
        assert overlap.first < overlap.second
        assert {overlap.first, overlap.second} <= set(holders(regions, simplest(overlap.region)))


@given(TABLES)
def test_a_row_is_hidden_exactly_where_the_rows_above_hold_all_of_it(regions: list[Region]) -> None:
    """A value is given to the first row that holds it, so that a hidden row is never chosen."""
    reached = {at for number in GRID for at in holders(regions, number)[:1]}
    found = cover(regions)
    assert {*found.empty, *(at for at, _ in found.hidden)} == set(range(len(regions))) - reached
    for at, owner in found.hidden:
        assert owner < at
        assert regions[at] & regions[owner]


def test_findings_are_no_more_than_rows() -> None:
    """A thousand rows that all overlap, and a thousand that none of them touches."""
    nested = [Region(before(Fraction(at)), after(Fraction(3000 - at))) for at in range(999, -1, -1)]
    assert len(cover(nested).overlaps) == 999
    apart = [Region(before(Fraction(at)), after(Fraction(at))) for at in range(1000)]
    assert len(cover(apart).gaps) == 1001


# Witnesses.

WITNESSES: list[tuple[Region, str]] = [
    (Region(after(Fraction(90)), before(Fraction(91))), "90.5"),
    (Region(after(Fraction("64.99")), before(Fraction(65))), "64.995"),
    (Region(before(Fraction(100)), after(Fraction(100))), "100"),
    (Region(after(Fraction(100)), LAST), "101"),
    (Region(FIRST, before(Fraction(25))), "24"),
    (Region(before(Fraction("90.05")), before(Fraction("90.95"))), "90.5"),
    (Region(after(Fraction(90)), before(Fraction(100))), "95"),
    (Region(after(Fraction(-1)), before(Fraction(0))), "-0.5"),
    (EVERYTHING, "0"),
]


@pytest.mark.parametrize(("region", "expected"), WITNESSES)
def test_the_witness_is_the_simplest_number(region: Region, expected: str) -> None:
    """Few decimals, and in the middle."""
    assert simplest(region) == Fraction(expected)


@given(REGIONS.filter(bool))
def test_no_number_of_a_region_has_fewer_decimals_than_its_witness(region: Region) -> None:
    """It lies in the region, and no number on a coarser grid does."""
    found = simplest(region)
    places = decimals_of(found)
    assert found in region
    assert places is not None
    if places:
        coarser = 10 ** (places - 1)
        assert not any(Fraction(number, coarser) in region for number in range(-40 * coarser, 40 * coarser))


# Order.


@pytest.mark.parametrize(
    ("lows", "expected"),
    [
        ([100, 75, 55, 0], None),
        ([0, 55, 75, 100], None),
        ([100, 55, 75, 0], 2),
        ([0, 55, 100, 75], 3),
        ([50, 50], None),
        ([50], None),
        ([], None),
        ([0, 50, 25], 2),
    ],
)
def test_the_row_that_runs_against_the_others_is_found(lows: list[int], expected: int | None) -> None:
    """By its position."""
    assert out_of_order(Region(before(Fraction(low)), LAST) for low in lows) == expected
