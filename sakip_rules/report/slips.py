"""Measured values that look like slips: a fraction for a percentage, part of a thing, a year that nothing is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.numbers import format_number
from sakip_rules.model import program as p
from sakip_rules.model.names import Program
from sakip_rules.model.units import PERCENT
from sakip_rules.model.values import QUARTERS, DataSet, Measurement, Quarter

#: A percentage below the first, where the target is not below the second, both in percent, was typed as a fraction.
FRACTION, LARGE = Fraction(3, 2), 20

_Period = tuple[str, int, Quarter]


def slips(program: Program, data: DataSet) -> Iterator[Diagnostic]:
    """What was probably meant otherwise."""
    targets = _targets(program)
    counts = {unit.name for unit in program.all(p.Unit) if unit.dimension == "cacah"}
    for period, item in data.measurements.items():
        if item.number is None or item.unit is None:
            continue
        wanted = targets.get(period, ())
        if program.units.measure(item.unit) == PERCENT:
            yield from _fraction(item, item.number, wanted)
        elif item.unit in counts and not _whole(item.number) and all(map(_whole, wanted)):  # else it is an average
            facts = {"name": item.name, "number": item.number, "unit": item.unit}
            yield Diagnostic(codes.PART_OF_A_THING, item.span, facts)
    yield from _beyond(program, data)


def _fraction(item: Measurement, number: Fraction, wanted: tuple[Fraction, ...]) -> Iterator[Diagnostic]:
    """A share of the whole, such as 0,91, where percent were promised."""
    if wanted and min(wanted) >= LARGE and 0 < number <= FRACTION:
        facts = {"name": item.name, "number": number, "target": min(wanted)}
        yield Diagnostic(codes.FRACTION_FOR_PERCENT, item.span, facts, near=f"{format_number(number * 100)}%")


def _whole(number: Fraction) -> bool:
    return number.denominator == 1


def _targets(program: Program) -> Mapping[_Period, tuple[Fraction, ...]]:
    """Every target that is a number, of whatever document."""
    found: dict[_Period, tuple[Fraction, ...]] = {}
    for period, target in _promised(program):
        if isinstance(target, p.Quantity):
            found[period] = (*found.get(period, ()), target.number)
    return found


def _promised(program: Program) -> Iterator[tuple[_Period, p.Target | None]]:
    for plan in program.own(p.Plan):
        for planned in plan.rows:
            indicator = program.target(planned.indicator)
            for year, target in planned.targets.items() if indicator else ():
                yield (indicator.name, year, Quarter.YEAR), target
    for document in program.own(p.RevisableDocument):
        for activity in document.activities:
            yield (activity.name, document.year, Quarter.YEAR), activity.target
    for agreed in program.own(p.TargetDocument):
        for row in agreed.rows:
            indicator = program.target(row.indicator)
            quarters = (row.first_quarter, row.second_quarter, row.third_quarter, row.fourth_quarter)
            for period, target in zip((Quarter.YEAR, *QUARTERS), (row.target, *quarters), strict=True):
                if indicator:
                    yield (indicator.name, agreed.year, period), target


def _beyond(program: Program, data: DataSet) -> Iterator[Diagnostic]:
    """Values of a year after all documents, which enter no figure; told once for each year of a file."""
    years = {item.year for item in program.own(p.Document)} | {item.year for item in program.own(p.Report)}
    ends = [plan.effective.end for plan in program.own(p.Plan) if plan.effective]
    if not (years or ends) or None in ends:
        return
    last = max(years | {end.year for end in ends if end})
    late: dict[tuple[str, int], list[Measurement]] = {}
    for item in data.measurements.values():
        if item.year > last:
            late.setdefault((item.span.path, item.year), []).append(item)
    for (_, year), items in late.items():
        item = min(items, key=lambda each: each.span.start)
        facts = {"year": year, "last": last, "count": len(items)}
        meant = sorted(years & set(_exchanged(year)))
        yield Diagnostic(codes.DATA_OF_NO_YEAR, item.span, facts, near=str(meant[0]) if len(meant) == 1 else None)


def _exchanged(year: int) -> Iterator[int]:
    """The years with two neighbouring digits of a year exchanged."""
    digits = str(year)
    for at in range(len(digits) - 1):
        yield int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
