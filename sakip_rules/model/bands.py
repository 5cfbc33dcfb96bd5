"""The mathematics of band tables: exact intervals, what a rounding step maps into them, gaps, overlaps, witnesses.

An end of an interval is a cut: a place just before or just after a number, where no number itself lies.  So open and
closed ends are compared like any others, and two intervals meet exactly where their cuts are equal.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from attrs import frozen

from sakip_rules.base.numbers import Rounding, RoundingMode, round_ratio
from sakip_rules.model.program import Interval


@frozen(order=True)
class Cut:
    """A place on the number line; ``side`` is -1 and 1 for the two ends of the line, else 0."""

    side: int
    at: Fraction = Fraction(0)
    after: bool = False


FIRST, LAST = Cut(-1), Cut(1)


def before(number: Fraction) -> Cut:
    return Cut(0, number)


def after(number: Fraction) -> Cut:
    return Cut(0, number, after=True)


@frozen(order=True)
class Region:
    """All numbers between two cuts; none where the second does not lie behind the first, and it is then false."""

    lower: Cut = FIRST
    upper: Cut = LAST

    def __bool__(self) -> bool:
        return self.lower < self.upper

    def __contains__(self, number: Fraction) -> bool:
        return self.lower <= before(number) and after(number) <= self.upper

    def __and__(self, other: Region) -> Region:
        return Region(max(self.lower, other.lower), min(self.upper, other.upper))

    def within(self, other: Region) -> bool:
        """Whether all its numbers lie in another region."""
        return not self or (other.lower <= self.lower and self.upper <= other.upper)


EVERYTHING = Region()


def region_of(interval: Interval | None) -> Region:
    """The numbers of a range as written; all numbers, where there is none."""
    if interval is None:
        return EVERYTHING
    lower = FIRST if interval.lower is None else Cut(0, interval.lower, not interval.lower_included)
    upper = LAST if interval.upper is None else Cut(0, interval.upper, interval.upper_included)
    return Region(lower, upper)


def interval_of(region: Region, like: Interval) -> Interval:
    """A region as a range, with the unit and place of another."""
    lower, upper = region.lower, region.upper
    return Interval(
        None if lower.side else lower.at,
        None if upper.side else upper.at,
        bool(lower.side) or not lower.after,
        bool(upper.side) or upper.after,
        like.unit,
        like.span,
    )


# Rounding.


def before_rounding(region: Region, rounding: Rounding | None) -> Region:
    """The numbers that a rounding step maps into a region: one region, since rounding never turns an order round."""
    if rounding is None:
        return region
    return Region(_threshold(region.lower, rounding), _threshold(region.upper, rounding))


def _threshold(cut: Cut, rounding: Rounding) -> Cut:
    """The cut above which rounding gives results above another cut."""
    if cut.side:
        return cut
    step = Fraction(10) ** -rounding.places
    steps = cut.at / step
    lowest = math.floor(steps) + 1 if cut.after else math.ceil(steps)  # the first result above the cut, in steps
    result, mode = lowest * step, rounding.mode
    if mode is RoundingMode.FLOOR or (mode is RoundingMode.TOWARDS_ZERO and lowest > 0):
        return before(result)
    if mode in (RoundingMode.CEILING, RoundingMode.TOWARDS_ZERO):
        return after(result - step)
    tie_rises = lowest > 0 if mode is RoundingMode.HALF_AWAY_FROM_ZERO else lowest % 2 == 0
    return Cut(0, result - step / 2, not tie_rises)


# Coverage.


@frozen
class Overlap:
    """The numbers that two rows share; the rows by their positions in the table, the earlier first."""

    region: Region
    first: int
    second: int


@frozen
class Gap:
    """Numbers of the domain that no row holds, and the rows next to it, by position: below and above."""

    region: Region
    below: int | None
    above: int | None


@frozen
class Coverage:
    """How some regions cover a domain: by the positions of the regions in their order.

    ``empty`` hold nothing of the domain, ``hidden`` nothing that those before them do not hold; each of these stands
    with the first row that holds its beginning.  What is hidden or empty counts neither for gaps nor for overlaps.
    """

    gaps: tuple[Gap, ...]
    overlaps: tuple[Overlap, ...]
    empty: tuple[int, ...]
    hidden: tuple[tuple[int, int], ...]


def cover(regions: Sequence[Region], domain: Region = EVERYTHING) -> Coverage:
    """What some regions leave out of a domain, and what they hold twice.

    Every number that two regions hold is in an overlap: each region is compared with that which reaches furthest among
    those that begin before it, so that there are no more overlaps than regions.  Takes time in ``n log n``.
    """
    parts = [region & domain for region in regions]
    empty = tuple(at for at, part in enumerate(parts) if not part)
    hidden = tuple(_hidden(parts))
    gone = {*empty, *(at for at, _ in hidden)}
    ordered = sorted((at for at in range(len(parts)) if at not in gone), key=lambda at: (parts[at], at))
    gaps, overlaps = list[Gap](), list[Overlap]()
    reach, furthest = domain.lower, None
    for at in ordered:
        part = parts[at]
        if reach < part.lower:
            gaps.append(Gap(Region(reach, part.lower), furthest, at))
        elif furthest is not None and part.lower < reach:
            shared = part & parts[furthest]
            overlaps.append(Overlap(shared, min(at, furthest), max(at, furthest)))
        if furthest is None or reach < part.upper:
            reach, furthest = part.upper, at
    if reach < domain.upper:
        gaps.append(Gap(Region(reach, domain.upper), furthest, None))
    return Coverage(tuple(gaps), tuple(overlaps), empty, hidden)


def _hidden(parts: Sequence[Region]) -> Iterator[tuple[int, int]]:
    """The regions that those before them cover, each with the one that holds where it begins.

    ``holes`` are what no region holds so far, ``pieces`` what each was the first to hold; both in order.
    """
    holes, pieces, owners = [EVERYTHING], list[Cut](), list[int]()
    for at, part in enumerate(parts):
        if not part:
            continue
        first = bisect_right(holes, part.lower, key=lambda hole: hole.upper)
        last = bisect_left(holes, part.upper, key=lambda hole: hole.lower)
        if first < last:
            filled = holes[first:last]
            rest = (Region(filled[0].lower, part.lower), Region(part.upper, filled[-1].upper))
            holes[first:last] = [hole for hole in rest if hole]
            for hole in filled:
                start = max(hole.lower, part.lower)
                place = bisect_left(pieces, start)
                pieces.insert(place, start)
                owners.insert(place, at)
        else:
            yield at, owners[bisect_right(pieces, part.lower) - 1]


# Witnesses.


def simplest(region: Region) -> Fraction:
    """The number of a region with the fewest decimals, and of these the one nearest to its middle.

    In a region without an end it is the one nearest to the other end, in one without both it is zero.  The region
    holds some number.
    """
    step = Fraction(1)
    while True:
        if region.lower.side and region.upper.side:
            return Fraction(0)
        least = None if region.lower.side else _next(region.lower, step)
        most = None if region.upper.side else -_next(_mirrored(region.upper), step)
        if least is None or most is None:
            found = most if least is None else least
            assert found is not None
            return found * step
        if least <= most:
            middle = (region.lower.at + region.upper.at) / (2 * step)
            nearest = round_ratio(middle.numerator, middle.denominator, RoundingMode.HALF_EVEN)
            return min(max(nearest, least), most) * step
        step /= 10


def _next(cut: Cut, step: Fraction) -> int:
    """The first multiple of a step above a cut, in steps."""
    steps = cut.at / step
    return math.floor(steps) + 1 if cut.after else math.ceil(steps)


def _mirrored(cut: Cut) -> Cut:
    return Cut(0, -cut.at, not cut.after)


# Order.


def out_of_order(regions: Iterable[Region]) -> int | None:
    """The first row that runs against the others, by its position; nothing where all rise or all fall.

    Equal rows run neither way.  Where as many rise as fall, the first two say how the table runs.
    """
    rows = list(regions)
    steps = [(at + 1, rows[at + 1] < rows[at]) for at in range(len(rows) - 1) if rows[at] != rows[at + 1]]
    falling = sum(falls for _, falls in steps)
    if falling in (0, len(steps)):
        return None
    falls = steps[0][1] if 2 * falling == len(steps) else 2 * falling > len(steps)
    return next(at for at, way in steps if way is not falls)
