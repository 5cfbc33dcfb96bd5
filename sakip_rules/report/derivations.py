"""How a figure follows from others: the formula of the rules, the columns that it takes, and the steps after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import takewhile

from attrs import frozen

from sakip_rules.model import program as p
from sakip_rules.model.names import Program
from sakip_rules.model.results import Achievement
from sakip_rules.model.units import Measure
from sakip_rules.model.values import Value


@frozen
class Taken:
    """What a formula takes: the word of the column that shows it, its unit, and its year, if it is not the report's."""

    column: str
    measure: Measure
    year: int | None = None


@frozen
class Derivation:
    """A formula, what it takes by the names of its inputs, and the steps of a method that follow it."""

    formula: p.Formula
    inputs: Mapping[str, Taken]
    steps: tuple[p.Step, ...] = ()


def of_achievement(found: Achievement, method: p.Method, measure: Measure, year: int | None) -> Derivation | None:
    """How an achievement follows from target and realization of one unit; nothing where no formula gave it."""
    if found.formula is None:
        return None
    inputs = {"realisasi": Taken("realisasi", measure, year), "rencana": Taken("target", measure, year)}
    return Derivation(found.formula, inputs, tuple(takewhile(lambda step: step.step != "rata_rata", method.steps)))


def by(program: Program, reference: p.Reference | None, inputs: Mapping[str, Taken]) -> Derivation | None:
    """How a figure follows by a formula that the method names, if it names one."""
    formula = program.target(reference)
    return Derivation(formula, inputs) if isinstance(formula, p.Formula) else None


def spent(budget: Value, absorbed: Value, achievement: Value | None = None) -> dict[str, Taken]:
    """What formulas of absorption and efficiency take."""
    inputs = {"anggaran": Taken("pagu", budget.measure), "serapan": Taken("serapan", absorbed.measure)}
    return inputs if achievement is None else {**inputs, "capaian": Taken("capaian", achievement.measure)}


def place_of(taken: Taken, columns: Iterable[p.TableColumn], year: int) -> int | None:
    """Where a table shows what a formula takes; ``year`` is that of the report."""
    for at, column in enumerate(columns):
        if column.column == taken.column and (column.year or year) == (taken.year or year):
            return at
    return None
