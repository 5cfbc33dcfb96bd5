"""Measured values that cannot all be right, or hardly: jumps between neighbours, and parts larger than the whole."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Related
from sakip_rules.model import program as p
from sakip_rules.model.fractions import quotient
from sakip_rules.model.names import Program
from sakip_rules.model.values import QUARTERS, DataSet, Measurement, Quarter
from sakip_rules.model.wording import missing_words, telling_words
from sakip_rules.syntax import tree

#: So many times the value before it, or so small a part of it, is a jump.
JUMP = 5


def suspicious(program: Program, data: DataSet) -> Iterator[Diagnostic]:
    """What a look at the data alone makes one ask."""
    yield from _jumps(program, data)
    for part, whole in _parts(program):
        yield from _larger(part, whole, data)


# Jumps.


def _jumps(program: Program, data: DataSet) -> Iterator[Diagnostic]:
    """Values of one indicator or variable in years, or in quarters of a year, that follow each other.

    Quarters of which the last counts may hold what was reached so far: these only jump where they fall.
    """
    series: dict[tuple[str, int | None], list[Measurement]] = {}
    for item in data.measurements.values():
        if item.number is not None and item.number > 0 and program.measured(item.name) is not None:
            year = None if item.quarter is Quarter.YEAR else item.year
            series.setdefault((item.name, year), []).append(item)
    for (name, year), values in series.items():
        values.sort(key=_order)
        to_date = year is not None and getattr(program.measured(name), "over_quarters", None) == "terakhir"
        yield from _of(values, (-1,) if to_date else (-1, 1))


def _order(item: Measurement) -> int:
    return item.year if item.quarter is Quarter.YEAR else QUARTERS.index(item.quarter)


def _of(values: Sequence[Measurement], ways: tuple[int, ...]) -> Iterator[Diagnostic]:
    """The jumps of a series in some ways; one value that stands out from both its neighbours is told once."""
    before = 0
    for one, other in itertools.pairwise(values):
        way = _way(one, other)
        if way in ways and way != -before:
            facts = {"name": other.name, "number": other.number, "other": one.number}
            yield Diagnostic(codes.JUMP, other.span, facts, (Related(one.span, "neighbour_here"),))
            before = way
        else:
            before = 0


def _way(one: Measurement, other: Measurement) -> int:
    """1 for a jump up, -1 for one down, else 0; also where a year or quarter between the two has no value."""
    if one.number is None or other.number is None or one.unit != other.unit or _order(other) - _order(one) != 1:
        return 0
    return (other.number >= JUMP * one.number) - (one.number >= JUMP * other.number)


# Parts and wholes.


def _parts(program: Program) -> Iterator[tuple[str, str]]:
    """What counts a part of what, by the names that data files use: as rules declare it, or as formulas divide it."""
    counts = {unit.name for unit in program.all(p.Unit) if unit.dimension == "cacah"}
    for variable in program.own(p.Variable):
        yield from ((reference.text, variable.name) for reference in variable.population_of)
    for indicator in program.own(p.Indicator):
        parts = quotient(indicator.expression) if indicator.expression is not None else None
        if parts is None:
            continue
        one, other = (_counted(part, program, counts) for part in parts)
        if one and other and not missing_words(telling_words(other.label), one.label):
            yield one.name, other.name


def _counted(node: tree.Expression, program: Program, counts: set[str]) -> p.Variable | None:
    """The variable that a part of a formula is, where it counts things."""
    item = program.measured(".".join(node.parts)) if isinstance(node, tree.Name) else None
    if not isinstance(item, p.Variable) or item.unit is None:
        return None
    return item if program.units.name(item.unit.text) in counts else None


def _larger(part: str, whole: str, data: DataSet) -> Iterator[Diagnostic]:
    for (name, year, quarter), population in data.measurements.items():
        counted = data.get(part, year, quarter) if name == whole else None
        if counted is None or counted.number is None or population.number is None:
            continue
        if counted.unit == population.unit and counted.number > population.number:
            facts: dict[str, str | Fraction] = {
                "name": part, "number": counted.number, "population": whole, "whole": population.number,
            }  # fmt: skip
            related = (Related(population.span, "population_here"),)
            yield Diagnostic(codes.COUNT_EXCEEDS, counted.span, facts, related)
