"""The performance, the budget and the efficiency of programmes and activities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sakip_rules.base import codes
from sakip_rules.base.source import Span
from sakip_rules.engine.achievement import Assessor, Case
from sakip_rules.engine.functions import combine, total_of
from sakip_rules.engine.scalar import evaluate_body
from sakip_rules.model import program as p
from sakip_rules.model.functions import Argument
from sakip_rules.model.results import ActivityResult, Spending
from sakip_rules.model.units import RATIO, Measure
from sakip_rules.model.values import ABSORBED, BUDGET, DataSet, Quarter, Reason, Status, Value, absent


class Activities:
    """Calculates the figures of programmes and activities by the formulas that a method names."""

    def __init__(self, assessor: Assessor, data: DataSet) -> None:
        self.assessor, self.program, self.data = assessor, assessor.program, data

    def of(self, method: p.Method, rows: Sequence[p.ActivityRow], year: int) -> tuple[ActivityResult, ...]:
        """The figures of every row, in order."""
        return tuple(self._row(method, row, year) for row in rows)

    def total(self, method: p.Method, rows: Sequence[ActivityResult]) -> Spending:
        """All rows together: a programme counts by its activities, so that no amount counts twice."""
        wholes = {above for row in rows for above in _above(row.row.number)}
        leaves = [row for row in rows if row.row.number.rstrip(".") not in wholes]
        budget = self.added_up([row.budget for row in leaves])
        absorbed = self.added_up([row.absorbed for row in leaves])
        absorption = self.by(method.absorption, {"anggaran": budget, "serapan": absorbed})
        return Spending(budget, absorbed, absorption, tuple(leaves))

    def _row(self, method: p.Method, row: p.ActivityRow, year: int) -> ActivityResult:
        realization = self._measured(row.name, year, self._measure(row.target), row.place("nama"))
        target = self._target(row)
        case = Case("naik", target, realization, span=row.place("target"), name=row.name)
        found = self.assessor.assess(method, case)
        budget = self._budget(row, year)
        absorbed = self.absorbed(row, year)
        spent: dict[str, Argument] = {"anggaran": budget, "serapan": absorbed}
        absorption = self.by(method.absorption, spent)
        efficiency = self.by(method.efficiency, {**spent, "capaian": found.value})
        return ActivityResult(row, realization, found, budget, absorbed, absorption, efficiency)

    def _budget(self, row: p.ActivityRow, year: int) -> Value:
        """The budget of a row as the data give it, that of its document else, in rupiah."""
        name = f"{row.name}.{BUDGET}"
        if self.data.get(name, year, Quarter.YEAR):
            return self._measured(name, year, self.money, row.place("pagu"), BUDGET)
        if row.budget is None:
            return self._missing(BUDGET, row.name, self.money, row.span)
        return Value(row.budget.number, self.money)

    def absorbed(self, row: p.ActivityRow, year: int, objective: p.Definition | None = None) -> Value:
        """What was spent of a row's budget, or of the part of it that is for one objective, in rupiah."""
        name = f"{row.name}.{objective.name}.{ABSORBED}" if objective else f"{row.name}.{ABSORBED}"
        return self._measured(name, year, self.money, row.place("nama"), ABSORBED)

    def by(self, reference: p.Reference | None, values: dict[str, Argument]) -> Value:
        """The value of a formula that the method names; where it names none, the figure does not apply."""
        formula = self.program.target(reference)
        if not isinstance(formula, p.Formula):
            return absent(Status.NOT_APPLICABLE)
        return evaluate_body(formula, values, self.assessor.scope())

    def _target(self, row: p.ActivityRow) -> Value | p.Interval | None:
        if isinstance(row.target, p.Quantity):
            return Value(row.target.number, self._measure(row.target))
        return row.target if isinstance(row.target, p.Interval) else None

    def _measured(self, name: str, year: int, measure: Measure, span: Span, what: str = "realisasi") -> Value:
        found = self.data.get(name, year, Quarter.YEAR)
        if found is None:
            return self._missing(what, name, measure, span)
        if found.number is None:
            reason = Reason(codes.VALUE_MISSING, {"what": what, "name": name}, found.span)
            return absent(found.status, measure, reason)
        return Value(found.number, measure, found.status)

    @staticmethod
    def _missing(what: str, name: str, measure: Measure, span: Span) -> Value:
        return absent(Status.MISSING, measure, Reason(codes.VALUE_MISSING, {"what": what, "name": name}, span))

    def _measure(self, target: p.Target | None) -> Measure:
        unit = target.unit if isinstance(target, p.Quantity | p.Interval) else None
        return (self.program.units.measure(unit) if unit else None) or RATIO

    def added_up(self, amounts: Sequence[Value]) -> Value:
        """The sum of some amounts; of none, none applies."""
        return combine(amounts, total_of) if amounts else absent(Status.NOT_APPLICABLE, self.money)

    @property
    def money(self) -> Measure:
        return self.program.units.measure("Rp") or RATIO


def _above(number: str) -> Iterator[str]:
    """The numbers of what a programme or activity is part of: ``1.2.3`` is part of ``1.2`` and ``1``."""
    parts = number.rstrip(".").split(".")
    return (".".join(parts[:length]) for length in range(1, len(parts)))
