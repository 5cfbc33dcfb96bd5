"""Years side by side: an indicator beside what it continues, and the change against the year before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sakip_rules.base import codes
from sakip_rules.base.source import Span
from sakip_rules.engine.evaluation import Evaluator
from sakip_rules.engine.scalar import evaluate_body
from sakip_rules.model import program as p
from sakip_rules.model.results import Change, Comparison, ComparisonRow, Evaluation, IndicatorResult, YearFigure
from sakip_rules.model.values import Quarter, Reason, Status, Value, absent


class Comparer:
    """Compares the evaluations of some years; the newest says by which formulas."""

    def __init__(self, evaluator: Evaluator, evaluations: Iterable[Evaluation]) -> None:
        self.evaluator, self.program = evaluator, evaluator.program
        self.evaluations = {each.year: each for each in evaluations}
        self.year = max(self.evaluations)
        self.method = self.evaluations[self.year].method
        self.results = {
            (year, result.indicator.name_span): result
            for year, each in self.evaluations.items()
            for result in each.indicators
        }

    def of(self, years: Iterable[int]) -> Comparison:
        """All indicators that any of the years promises, in the order of the years and of their agreements."""
        shown = tuple(sorted({*years, self.year}))
        first: dict[Span, IndicatorResult] = {}
        for year in shown:
            for result in self.evaluations[year].indicators if year in self.evaluations else ():
                first.setdefault(result.indicator.name_span, result)
        rows = tuple(self._row(result, shown) for result in first.values())
        return Comparison(shown, rows, dict(self._averages()))

    def _row(self, result: IndicatorResult, years: Iterable[int]) -> ComparisonRow:
        indicator = result.indicator
        every = {*years, self.year, self.year - 1}
        figures = {year: found for year in every if (found := self._figure(indicator, year))}
        now, before = figures.get(self.year), figures.get(self.year - 1)
        realization = self._change(indicator, _realization(now), _realization(before))
        achievement = self._change(indicator, _achievement(now), _achievement(before))
        shown = {year: figures[year] for year in sorted(figures) if year in years}
        return ComparisonRow(indicator, result.objective, shown, realization, achievement)

    def _figure(self, indicator: p.Indicator, year: int) -> YearFigure | None:
        """What a year says of an indicator or of the nearest that it continues: as promised, or else as measured."""
        chain = list(self._chain(indicator))
        for each in chain:
            if found := self.results.get((year, each.name_span)):
                return YearFigure(each, found.target, found.realization, found.achievement)
        for each in chain:
            realization = self.evaluator.realizations.of(each, year, Quarter.YEAR)
            if realization.value.known or realization.label:
                return YearFigure(each, None, realization, None)
        return None

    def _chain(self, indicator: p.Indicator) -> Iterator[p.Indicator]:
        """An indicator, what it continues, what that continues."""
        seen: list[p.Indicator] = []
        current: p.Definition | None = indicator
        while isinstance(current, p.Indicator) and not any(current is each for each in seen):
            seen.append(current)
            yield current
            current = self.program.target(current.continues)

    # Changes.

    def _change(self, indicator: p.Indicator, now: Value | None, before: Value | None) -> Change:
        if now is None or before is None:
            facts = {"name": indicator.name, "year": self.year, "before": self.year - 1}
            reason = Reason(codes.NOTHING_CONTINUED, facts, indicator.place("meneruskan"))
            nothing = absent(Status.NOT_COMPARABLE, reason=reason)
            return Change(nothing, nothing)
        return self._between(now, before)

    def _between(self, now: Value, before: Value) -> Change:
        values = {"sekarang": now, "lalu": before}
        return Change(self._by(self.method.change, values), self._by(self.method.difference, values))

    def _by(self, reference: p.Reference | None, values: Mapping[str, Value]) -> Value:
        formula = self.program.target(reference)
        if not isinstance(formula, p.Formula):
            return absent(Status.NOT_APPLICABLE)
        return evaluate_body(formula, {**values}, self.evaluator.assessor.scope())

    def _averages(self) -> Iterator[tuple[str, Change]]:
        before = self.evaluations.get(self.year - 1)
        past = {each.kind: each.achievement.value for each in before.averages} if before else {}
        for average in self.evaluations[self.year].averages:
            if average.kind in past:
                yield average.kind, self._between(average.achievement.value, past[average.kind])


def _realization(figure: YearFigure | None) -> Value | None:
    return figure.realization.value if figure else None


def _achievement(figure: YearFigure | None) -> Value | None:
    return figure.achievement.value if figure and figure.achievement else None
