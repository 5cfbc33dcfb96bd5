"""What a figure depends on: the definitions that it was calculated by, and all that these use in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sakip_rules.model import program as p
from sakip_rules.model.amendments import root
from sakip_rules.model.names import Program, references
from sakip_rules.model.results import Evaluation, IndicatorResult
from sakip_rules.syntax import tree

#: The formulas of a method that hold for every activity.
_OF_ACTIVITIES = ("up", "absorption", "efficiency")


def names_behind(evaluation: Evaluation) -> dict[str, frozenset[str]]:
    """The names of all definitions that each figure of an evaluation depends on, by figure.

    Every figure depends on the agreement, on each document that it revises or is revised by, and on the method; apart
    from these, only on what it was calculated by.
    """
    program, method = evaluation.program, evaluation.method
    policies = (each for each in (method.zero_target, method.missing_realization) if isinstance(each, p.Reference))
    common = [method, *(program.target(each) for each in (method.category, *policies))]
    frame = frozenset(item.name for item in common if item is not None) | line_names(program, evaluation.agreement)
    if evaluation.action_plan:
        frame |= line_names(program, evaluation.action_plan)
    each = {result.indicator.name: frame | _of_indicator(program, method, result) for result in evaluation.indicators}
    found = dict(each)
    for objective in evaluation.objectives:
        if objective.objective:
            members = [item for item in evaluation.indicators if item.objective is objective.objective]
            names = frozenset((objective.objective.path.split(".")[0], objective.objective.name))
            found[objective.objective.path] = names.union(*(each[item.indicator.name] for item in members))
    every = frame.union(*found.values())
    found |= {average.kind: every for average in evaluation.averages}
    formulas = [program.target(getattr(method, name)) for name in _OF_ACTIVITIES]
    spent = frame | _closure(program, formulas)
    return found | {row.row.name: spent for row in evaluation.activities}


def line_names(program: Program, document: p.RevisableDocument) -> frozenset[str]:
    """The names of a document and of all that revise the same original."""
    every = [item for item in program.own(type(document)) if item.year == document.year]
    held = next((item for item in every if item.name == document.name), document)
    original = root(program, held)
    return frozenset((held.name, *(item.name for item in every if root(program, item) is original)))


def _of_indicator(program: Program, method: p.Method, result: IndicatorResult) -> frozenset[str]:
    used: list[p.Definition | None] = [result.indicator, result.achievement.formula]
    if result.progress:
        used += [result.progress.plan, program.target(method.progress)]
    return _closure(program, used)


def _closure(program: Program, items: Iterable[p.Definition | None]) -> frozenset[str]:
    """The names of some definitions and of all that they refer to, or name in a formula."""
    waiting = [item for item in items if item is not None]
    seen: dict[int, p.Definition] = {}
    while waiting:
        item = waiting.pop()
        if id(item) not in seen:
            seen[id(item)] = item
            if not isinstance(item, p.Plan):  # of which a figure uses its own row alone
                waiting += _used(program, item)
    return frozenset(item.name for item in seen.values())


def _used(program: Program, item: p.Definition) -> Iterator[p.Definition]:
    linked = (program.target(reference) for reference in references(item, program.vocabulary))
    yield from (target for target in linked if target is not None)
    for expression in _expressions(item):
        for part in tree.walk(expression):
            named = program.measured(".".join(part.parts)) if isinstance(part, tree.Name) else None
            called = program.formula(part.function) if isinstance(part, tree.Call) else None
            yield from (each for each in (named, called) if each is not None)


def _expressions(item: p.Definition) -> Iterator[tree.Expression]:
    expression = getattr(item, "expression", None)
    if expression is not None:
        yield expression
    for branch in getattr(item, "branches", ()):
        yield from (part for part in (branch.condition, branch.result) if part is not None)
    yield from (element.weight for element in getattr(item, "elements", ()))
