"""The figures of an agreement: every promised indicator, every objective, and the overall achievement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from attrs import frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic, Related
from sakip_rules.base.source import Span
from sakip_rules.engine.achievement import Assessor, Case, averages
from sakip_rules.engine.activities import Activities
from sakip_rules.engine.columnar import assess_all
from sakip_rules.engine.efficiency import Efficient
from sakip_rules.engine.realization import Realizations, rank_of
from sakip_rules.engine.scalar import evaluate_body
from sakip_rules.model import program as p
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program
from sakip_rules.model.results import (
    ActivityResult,
    Average,
    Efficiencies,
    Evaluation,
    IndicatorResult,
    ObjectiveResult,
    Progress,
    Promises,
    Realization,
)
from sakip_rules.model.units import RATIO, Measure
from sakip_rules.model.values import ABSORBED, DataSet, Quarter, Reason, Status, Value, absent
from sakip_rules.model.vocabulary import TO_DATE

#: The column of an agreement that holds the target of each period, and what it fills.
_COLUMNS = {
    Quarter.YEAR: ("target", "target"),
    Quarter.FIRST: ("tw1", "first_quarter"),
    Quarter.SECOND: ("tw2", "second_quarter"),
    Quarter.THIRD: ("tw3", "third_quarter"),
    Quarter.FOURTH: ("tw4", "fourth_quarter"),
}


@frozen(eq=False)
class _Promise:
    """One row of an agreement, ready to be assessed."""

    indicator: p.Indicator
    row: p.AgreementRow
    target: p.Target | None
    realization: Realization
    case: Case
    source: Promises
    target_span: Span


class Evaluator:
    """Calculates all figures of one program over one data set."""

    def __init__(self, program: Program, functions: Functions, data: DataSet) -> None:
        self.program = program
        self.assessor = Assessor(program, functions)
        self.realizations = Realizations(program, functions, data)
        self.to_date = Realizations(program, functions, data, to_date=True)
        self.data = data
        #: The rows of each document by the indicator that they name, once they were asked for.
        self._rows: dict[int, tuple[object, dict[int, list[Any]]]] = {}

    def evaluate(
        self,
        agreement: Promises,
        quarter: Quarter = Quarter.YEAR,
        traced: bool = False,
        plan: p.ActionPlan | None = None,
    ) -> Evaluation | None:
        """Every figure of an agreement; nothing where its method could not be read.

        ``plan`` gives the targets of quarters that the agreement does not set itself.
        """
        method = self.program.target(agreement.method)
        if not isinstance(method, p.Method):
            return None
        sources = (agreement,) if plan is None or quarter is Quarter.YEAR else (agreement, plan)
        promised = [item for row in agreement.rows if (item := self._promise(sources, row, quarter, traced))]
        indicators = tuple(self._assessed(method, agreement, promised, traced))
        objectives = self._objectives(method, indicators)
        overall = tuple(self._averages(method, indicators))
        budgets = Activities(self.assessor, self.data)
        activities = self._activities(budgets, method, agreement) if quarter is Quarter.YEAR else ()
        spending = budgets.total(method, activities) if activities else None
        efficiencies = Efficient(budgets, method, agreement.year).of(indicators, activities)
        problems = (*_problems(indicators, overall), *_of_activities(activities), *_of_efficiencies(efficiencies))
        found = (*self.realizations.diagnostics, *self.to_date.diagnostics, *problems)
        return Evaluation(
            agreement.year,
            quarter,
            self.program,
            agreement,
            method,
            indicators,
            objectives,
            overall,
            activities,
            spending,
            efficiencies,
            found,
            plan if plan is not agreement and any(item.source is plan for item in promised) else None,
        )

    def _activities(self, budgets: Activities, method: p.Method, agreement: Promises) -> tuple[ActivityResult, ...]:
        """The programmes and activities of an agreement, where any of them was measured."""
        names = {
            name.removesuffix(f".{ABSORBED}") for name, year, _ in self.data.measurements if year == agreement.year
        }
        if not any(row.name in names for row in agreement.activities):
            return ()
        return budgets.of(method, agreement.activities, agreement.year)

    # Indicators.

    def _promise(
        self, sources: Sequence[Promises], row: p.AgreementRow, quarter: Quarter, traced: bool
    ) -> _Promise | None:
        """What one row of an agreement promises, and what was achieved of it."""
        indicator = self.program.target(row.indicator)
        if not isinstance(indicator, p.Indicator):
            return None
        source, line = self._set_by(sources, row, indicator, quarter)
        column, attribute = _COLUMNS[quarter]
        target, span = getattr(line, attribute), line.place(column if column in line.places else "target")
        realizations = self.to_date if source.quarter_targets == TO_DATE else self.realizations
        realization = realizations.of(indicator, source.year, quarter, traced)
        value = self._target(indicator, target) if target else None
        if target is None and quarter is not Quarter.YEAR:
            facts = {"name": indicator.name, "quarter": quarter.value}
            status = Status.NOT_APPLICABLE if column in line.places else Status.MISSING  # a dash, or no such column
            value = absent(status, RATIO, Reason(codes.NO_QUARTER_TARGET, facts, span))
        baseline, by_rank = self._baseline(indicator, row), indicator.scale is not None
        case = Case(indicator.direction, value, realization.value, baseline, by_rank, span, indicator.name)
        return _Promise(indicator, row, target, realization, case, source, span)

    def _set_by(
        self, sources: Sequence[Promises], row: p.AgreementRow, indicator: p.Indicator, quarter: Quarter
    ) -> tuple[Promises, p.AgreementRow]:
        """The document and the row that set an indicator's target for a period; the agreement where none does."""
        own, *others = sources
        if quarter is not Quarter.YEAR and quarter.value not in row.places:
            for document in others:
                for line in self._rows_of(document, indicator):
                    if quarter.value in line.places:
                        return document, line
        return own, row

    def _rows_of(self, document: Promises | p.Plan, indicator: p.Indicator) -> Sequence[Any]:
        """The rows of a document that name an indicator."""
        if id(document) not in self._rows:
            index: dict[int, list[Any]] = {}
            for row in document.rows:
                index.setdefault(id(self.program.target(row.indicator)), []).append(row)
            self._rows[id(document)] = document, index  # which keeps the document, and with it its identity
        return self._rows[id(document)][1].get(id(indicator), ())

    def _assessed(
        self, method: p.Method, agreement: Promises, promised: Sequence[_Promise], traced: bool
    ) -> Iterable[IndicatorResult]:
        cases = [item.case for item in promised]
        if traced:
            found = [self.assessor.assess(method, case, traced=True) for case in cases]
        else:
            found = assess_all(self.assessor, method, cases)
        for item, achievement in zip(promised, found, strict=True):
            objective = self.program.target(item.row.objective)
            progress = self._progress(method, agreement, item)
            yield IndicatorResult(
                item.indicator, objective, item.row, item.target, item.realization, achievement, item.source,
                item.target_span, progress,
            )  # fmt: skip

    def _progress(self, method: p.Method, agreement: Promises, item: _Promise) -> Progress | None:
        """The way towards the last target of the plan that the agreement refers to, by the formula of the method."""
        formula = self.program.target(method.progress)
        plans = (self.program.target(reference) for reference in agreement.refers_to)
        for plan in plans:
            row = next(iter(self._rows_of(plan, item.indicator)), None) if isinstance(plan, p.Plan) else None
            if row is None or not row.targets or not isinstance(formula, p.Formula):
                continue
            year = max(row.targets)
            last = row.targets[year]
            if isinstance(last, p.Quantity):
                target = Value(last.number, self._measure(item.indicator, last))
                inputs = {"rencana": target, "realisasi": item.realization.value}
                return Progress(plan, row, year, target, evaluate_body(formula, inputs, self.assessor.scope()))
        return None

    def _target(self, indicator: p.Indicator, target: p.Target) -> Value | p.Interval:
        if isinstance(target, p.Label):
            scale = self.program.target(indicator.scale)
            rank = rank_of(scale, target.text) if isinstance(scale, p.Scale) else None
            if rank is None:
                return absent(Status.UNDEFINED, RATIO, Reason(codes.NOT_A_LABEL, {"text": target.text}, target.span))
            return Value(rank)
        if isinstance(target, p.Interval):
            return target
        return Value(target.number, self._measure(indicator, target))

    def _measure(self, indicator: p.Indicator, quantity: p.Quantity) -> Measure:
        """The unit of a target: its own where it has one, that of its indicator else."""
        own = self.program.units.measure(quantity.unit) if quantity.unit else None
        return own or self.program.measure(indicator.unit) or RATIO

    def _baseline(self, indicator: p.Indicator, row: p.AgreementRow) -> Value | None:
        return Value(row.baseline.number, self._measure(indicator, row.baseline)) if row.baseline else None

    # Averages.

    def _objectives(self, method: p.Method, results: Sequence[IndicatorResult]) -> tuple[ObjectiveResult, ...]:
        groups: dict[str, list[IndicatorResult]] = {}
        for result in results:
            groups.setdefault(result.objective.path if result.objective else "", []).append(result)
        return tuple(
            ObjectiveResult(group[0].objective, self.assessor.finished(method, self._mean(method, group)), len(group))
            for group in groups.values()
        )

    def _mean(self, method: p.Method, results: Iterable[IndicatorResult]) -> Value:
        """The mean achievement; where all are left out, none applies."""
        values = [result.achievement.value for result in results if not result.achievement.left_out]
        return self.assessor.aggregate(method, values) if values else absent(Status.NOT_APPLICABLE)

    def _averages(self, method: p.Method, results: Sequence[IndicatorResult]) -> Iterable[Average]:
        steps = {step.value: step for step in method.steps if step.step == "rata_rata"}
        for kind in averages(method):
            values = self._weighted(results) if kind == "tertimbang" else self._by(kind, method, results)
            average = self.assessor.finished(method, values[0])
            yield Average(kind, steps[kind], average, values[1])

    def _by(self, kind: str, method: p.Method, results: Sequence[IndicatorResult]) -> tuple[Value, int]:
        if kind == "per_indikator":
            counted = [result for result in results if not result.achievement.left_out]
            return self._mean(method, counted), len(counted)
        groups: dict[str, list[IndicatorResult]] = {}
        for result in results:
            groups.setdefault(result.objective.path if result.objective else "", []).append(result)
        means = [self._mean(method, group) for group in groups.values()]
        return self.assessor.aggregate(method, means), len(means)

    def _weighted(self, results: Sequence[IndicatorResult]) -> tuple[Value, int]:
        counted = [result for result in results if not result.achievement.left_out]
        unweighted = next((result for result in counted if result.promise.weight is None), None)
        if unweighted:
            reason = Reason(codes.NO_WEIGHT, {"name": unweighted.indicator.name}, unweighted.promise.span)
            return absent(Status.UNDEFINED, RATIO, reason), len(counted)
        function = self.assessor.functions["rata_rata_tertimbang"]
        weights = tuple(Value(result.promise.weight or Fraction(0)) for result in counted)
        return function.apply((tuple(result.achievement.value for result in counted), weights)), len(counted)


def _problems(indicators: Sequence[IndicatorResult], overall: Sequence[Average]) -> Iterable[Diagnostic]:
    """What stands in the way of figures, each told once, at the figure that it hits first."""
    told: set[tuple[str, object]] = set()
    for result in indicators:
        reason = result.achievement.problem
        if reason and not (result.achievement.value.status is Status.NOT_APPLICABLE or result.achievement.left_out):
            told.add((reason.code.name, reason.span))
            yield _told(reason, result.indicator, result.promise)
    for average in overall:
        reason, status = average.achievement.problem, average.achievement.value.status
        if reason and status is not Status.NOT_APPLICABLE and (reason.code.name, reason.span) not in told:
            yield Diagnostic(reason.code, reason.span or average.step.span, {**reason.values, "figure": average.kind})


def _of_activities(activities: Sequence[ActivityResult]) -> Iterable[Diagnostic]:
    """What cannot be calculated of programmes and activities; formulas that do not fit are findings of the rules."""
    for each in activities:
        for value, place in ((each.absorption, "pagu"), (each.efficiency, "pagu"), (each.achievement.value, "target")):
            if value.reason and value.status is Status.UNDEFINED and value.reason.code is not codes.UNDEFINED_NAME:
                facts = {"name": each.row.name, **value.reason.values, "figure": each.row.title}
                yield Diagnostic(value.reason.code, value.reason.span or each.row.place(place), facts)


def _of_efficiencies(efficiencies: Efficiencies | None) -> Iterable[Diagnostic]:
    """Objectives whose budget or spending nobody can tell, and efficiencies that cannot be calculated."""
    if efficiencies is None:
        return
    measured = any(each.absorbed.known for each in efficiencies.objectives)
    for each in efficiencies.objectives:
        for amount in (each.budget, each.absorbed) if measured else (each.budget,):
            if amount.reason and amount.status is Status.MISSING:
                facts = {**amount.reason.values, "figure": each.objective.label if each.objective else "-"}
                yield Diagnostic(amount.reason.code, amount.reason.span, facts)
    if efficiencies.total.reason and efficiencies.total.status is Status.UNDEFINED:
        reason = efficiencies.total.reason
        yield Diagnostic(reason.code, reason.span, {**reason.values, "figure": "efisiensi_total"})


def _told(reason: Reason, indicator: p.Indicator, promise: p.AgreementRow) -> Diagnostic:
    code: Code = reason.code
    related = (
        (Related(promise.place("indikator"), "promised_here"),) if reason.span != promise.place("indikator") else ()
    )
    return Diagnostic(
        code, reason.span or promise.span, {"name": indicator.name, **reason.values, "figure": indicator.label}, related
    )
