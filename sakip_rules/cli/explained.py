"""All that can be explained of an evaluation, each by the name under which reports refer to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from attrs import frozen

from sakip_rules.base.source import Span
from sakip_rules.cli.explain import Explainer
from sakip_rules.cli.explain_budgets import BudgetExplainer
from sakip_rules.model.publication import Explanation
from sakip_rules.report import explained

#: By these words people ask for what is no definition; the first one means every overall achievement.
OVERALL = (
    "keseluruhan", "per_indikator", "per_sasaran", "tertimbang", explained.EFFICIENCY, explained.BUDGET,
)  # fmt: skip


@frozen
class Explainable:
    """A figure or a group of them: ``key`` for reports, the definition or the ``words`` by which people ask for it."""

    key: str
    tell: Callable[[], Explanation]
    definition: Span | None = None
    words: tuple[str, ...] = ()


def explainable(explainer: Explainer) -> Iterator[Explainable]:
    """What an evaluation can explain, in the order in which it is told."""
    evaluation, budgets = explainer.evaluation, BudgetExplainer.of(explainer)
    for result in evaluation.indicators:
        key = explained.of_indicator(result.indicator)
        yield Explainable(key, partial(explainer.indicator, result), result.indicator.name_span)
    for goal in evaluation.objectives:
        if goal.objective:
            key = explained.of_objective(goal.objective)
            yield Explainable(key, partial(explainer.objective, goal), goal.objective.name_span)
    for average in evaluation.averages:
        key = explained.of_average(average.kind)
        yield Explainable(key, partial(explainer.average, average), words=(OVERALL[0], average.kind))
    for activity in evaluation.activities:
        name = activity.row.name
        yield Explainable(explained.of_program(name), partial(budgets.activity, activity), words=(name,))
    if evaluation.efficiencies:
        yield Explainable(
            explained.EFFICIENCY,
            partial(budgets.total, evaluation.efficiencies),
            words=(OVERALL[0], explained.EFFICIENCY),
        )
    if evaluation.spending:
        yield Explainable(explained.BUDGET, partial(budgets.spending, evaluation.spending), words=(explained.BUDGET,))
