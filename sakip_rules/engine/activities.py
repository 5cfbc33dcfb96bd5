"""The performance, the budget and the efficiency of programmes and activities."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from sakip_rules.base import codes
from sakip_rules.base.source import Span
from sakip_rules.engine.achievement import Assessor, Case
from sakip_rules.engine.functions import combine
from sakip_rules.engine.scalar import evaluate_body
from sakip_rules.model import program as p
from sakip_rules.model.functions import Argument
from sakip_rules.model.results import ActivityResult, Spending
from sakip_rules.model.units import RATIO, Measure
from sakip_rules.model.values import DataSet, Quarter, Reason, Status, Value, absent

#: Behind the name of a programme or activity in a data file: what was spent of its budget.
ABSORBED = "serapan"


class Activities:
    """Calculates the figures of programmes and activities by the formulas that a method names."""

    def __init__(self, assessor: Assessor, data: DataSet) -> None:
        self.assessor, self.program, self.data = assessor, assessor.program, data

    def of(self, method: p.Method, rows: Sequence[p.ActivityRow], year: int) -> tuple[ActivityResult, ...]:
        """The figures of every row, in order."""
        return tuple(self._row(method, row, year) for row in rows)

    def total(self, method: p.Method, rows: Sequence[ActivityResult]) -> Spending:
        """All rows together: a programme counts by its activities, so that no amount counts twice."""
        leaves = [row for row in rows if not _has_parts(row.row, [each.row for each in rows])]
        money = self._money()
        budget = combine([row.budget for row in leaves], _sum) if leaves else absent(Status.NOT_APPLICABLE, money)
        absorbed = combine([row.absorbed for row in leaves], _sum) if leaves else absent(Status.NOT_APPLICABLE, money)
        return Spending(budget, absorbed, self._by(method.absorption, {"anggaran": budget, "serapan": absorbed}))

    def _row(self, method: p.Method, row: p.ActivityRow, year: int) -> ActivityResult:
        realization = self._measured(row.name, year, self._measure(row.target), row.place("nama"))
        target = self._target(row)
        found = self.assessor.assess(method, Case("naik", target, realization, span=row.place("target")))
        money = self._money()
        budget = Value(row.budget.number, money) if row.budget else self._missing("pagu", row.name, money, row.span)
        absorbed = self._measured(f"{row.name}.{ABSORBED}", year, money, row.place("nama"))
        spent: dict[str, Argument] = {"anggaran": budget, "serapan": absorbed}
        absorption = self._by(method.absorption, spent)
        efficiency = self._by(method.efficiency, {**spent, "capaian": found.value})
        return ActivityResult(row, realization, found, budget, absorbed, absorption, efficiency)

    def _by(self, reference: p.Reference | None, values: dict[str, Argument]) -> Value:
        """The value of a formula that the method names; where it names none, the figure does not apply."""
        formula = self.program.target(reference)
        if not isinstance(formula, p.Formula):
            return absent(Status.NOT_APPLICABLE)
        return evaluate_body(formula, values, self.assessor.scope())

    def _target(self, row: p.ActivityRow) -> Value | p.Interval | None:
        if isinstance(row.target, p.Quantity):
            return Value(row.target.number, self._measure(row.target))
        return row.target if isinstance(row.target, p.Interval) else None

    def _measured(self, name: str, year: int, measure: Measure, span: Span) -> Value:
        found = self.data.get(name, year, Quarter.YEAR)
        if found is None:
            return self._missing("realisasi", name, measure, span)
        if found.number is None:
            reason = Reason(codes.VALUE_MISSING, {"what": "realisasi", "name": name}, found.span)
            return absent(found.status, measure, reason)
        return Value(found.number, measure, found.status)

    @staticmethod
    def _missing(what: str, name: str, measure: Measure, span: Span) -> Value:
        return absent(Status.MISSING, measure, Reason(codes.VALUE_MISSING, {"what": what, "name": name}, span))

    def _measure(self, target: p.Target | None) -> Measure:
        unit = target.unit if isinstance(target, p.Quantity | p.Interval) else None
        return (self.program.units.measure(unit) if unit else None) or RATIO

    def _money(self) -> Measure:
        return self.program.units.measure("Rp") or RATIO


def _sum(numbers: list[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0))


def _has_parts(row: p.ActivityRow, rows: Sequence[p.ActivityRow]) -> bool:
    number = row.number.rstrip(".")
    others = (each.number.rstrip(".") for each in rows if each is not row)
    return any(other.startswith(f"{number}.") for other in others)
