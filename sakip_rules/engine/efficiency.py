"""The efficiency of objectives: what was achieved against the budget of the programmes that support them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sakip_rules.base import codes
from sakip_rules.base.source import Span
from sakip_rules.engine.activities import Activities
from sakip_rules.model import program as p
from sakip_rules.model.results import ActivityResult, Efficiencies, Efficiency, IndicatorResult
from sakip_rules.model.values import Reason, Status, Value, absent


class Efficient:
    """Shares out the budgets of programmes between the objectives that they support, each amount once."""

    def __init__(self, activities: Activities, method: p.Method, year: int) -> None:
        self.activities, self.program, self.method, self.year = activities, activities.program, method, year
        self.allocated = {
            (row.program, self.program.target(row.objective)): row
            for allocation in self.program.own(p.Allocation)
            if allocation.year == year
            for row in allocation.rows
        }

    def of(self, results: Sequence[IndicatorResult], rows: Sequence[ActivityResult]) -> Efficiencies | None:
        """The efficiency of every objective; nothing where the method or the document does not speak of it."""
        programs = [row for row in rows if row.row.depth == 1 and row.row.supports]
        if not programs or not isinstance(self.program.target(self.method.efficiency), p.Formula):
            return None
        groups: dict[str, list[IndicatorResult]] = {}
        for result in results:
            groups.setdefault(result.objective.path if result.objective else "", []).append(result)
        objectives = tuple(self._objective(group, programs) for group in groups.values())
        return self._together(objectives)

    def _objective(self, results: Sequence[IndicatorResult], programs: Sequence[ActivityResult]) -> Efficiency:
        objective = results[0].objective
        supporting = [row for row in programs if objective is not None and objective in self._supported(row.row)]
        if supporting and objective:
            budget = self.activities.added_up([self._budget(row, objective) for row in supporting])
            absorbed = self.activities.added_up([self._absorbed(row, objective) for row in supporting])
        else:
            budget = absorbed = self._unsupported(objective, results[0].promise.span)
        spent = {"anggaran": budget, "serapan": absorbed}
        achievements = [result.achievement.value for result in results if not result.achievement.left_out]
        return Efficiency(
            objective,
            tuple(results),
            tuple(row.row for row in supporting),
            self.activities.assessor.aggregate(self.method, achievements),
            budget,
            absorbed,
            self.activities.by(self.method.absorption, {**spent}),
            tuple(
                self.activities.by(self.method.efficiency, {**spent, "capaian": result.achievement.value})
                for result in results
            ),
        )

    def _together(self, objectives: tuple[Efficiency, ...]) -> Efficiencies:
        budget = self.activities.added_up([each.budget for each in objectives])
        absorbed = self.activities.added_up([each.absorbed for each in objectives])
        total = self.activities.by(
            self.method.total_efficiency,
            {
                "anggaran": tuple(each.budget for each in objectives),
                "serapan": tuple(each.absorbed for each in objectives),
                "capaian": tuple(each.achievement for each in objectives),
            },
        )
        absorption = self.activities.by(self.method.absorption, {"anggaran": budget, "serapan": absorbed})
        return Efficiencies(objectives, budget, absorbed, absorption, total)

    # The part of a programme that is for one objective.

    def _supported(self, row: p.ActivityRow) -> Iterable[p.Definition]:
        return [self.program.target(reference) for reference in row.supports]

    def _budget(self, row: ActivityResult, objective: p.Definition) -> Value:
        if len(row.row.supports) == 1:
            return row.budget
        part = self.allocated.get((row.row.name, objective))
        if part is None:
            return self._not_shared(row.row, objective)
        return Value(part.budget.number, self.activities.money)

    def _absorbed(self, row: ActivityResult, objective: p.Definition) -> Value:
        if len(row.row.supports) == 1:
            return row.absorbed
        return self.activities.absorbed(row.row, self.year, objective)

    def _not_shared(self, row: p.ActivityRow, objective: p.Definition) -> Value:
        facts = {"name": row.name, "objective": objective.label, "year": self.year}
        return absent(Status.MISSING, self.activities.money, Reason(codes.NO_ALLOCATION, facts, row.place("mendukung")))

    def _unsupported(self, objective: p.Definition | None, span: Span) -> Value:
        facts = {"objective": objective.label if objective else "-"}
        return absent(Status.MISSING, self.activities.money, Reason(codes.NO_SUPPORTING_PROGRAM, facts, span))
