"""Holds year plugins to what they declare: to what their code may amend, and to what may move through them."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.guards import FAULTS, cause_of
from sakip_rules.model import program as p
from sakip_rules.model.amendments import in_force
from sakip_rules.model.dependencies import line_names, names_behind
from sakip_rules.model.names import Program
from sakip_rules.model.results import Achievement, Evaluation
from sakip_rules.model.values import Quarter, Value
from sakip_rules.model.years import YearRules

if TYPE_CHECKING:
    from sakip_rules.inputs import YearFolder
    from sakip_rules.project import Project

#: What the messages call the code of a year plugin: the word that hands it in.
_HOOK = "amend"
#: The documents of a year beside the agreement that its figures are measured against.
_DOCUMENTS: tuple[type[p.RevisableDocument], ...] = (p.AnnualPlan, p.Budget, p.ActionPlan)


def amended(program: Program, rules: YearRules) -> Program | Diagnostic:
    """The program as the code of a year plugin amends it, or the one finding that says why it is not used."""
    if rules.amend is None:
        return program
    facts = {"name": rules.name, "hook": _HOOK}
    try:
        with redirect_stdout(sys.stderr):
            found: object = rules.amend(program)
    except FAULTS as error:
        return Diagnostic(codes.PLUGIN_FAILED, None, {**facts, "fault": type(error).__name__, "cause": cause_of(error)})
    if not isinstance(found, Program) or not _is_amendment(program, found):
        return Diagnostic(codes.PLUGIN_NONSENSE, None, {**facts, "found": type(found).__name__})
    beyond = next((name for name in _touched(program, found) if name not in rules.touches), None)
    if beyond is not None:
        declared = tuple(sorted(rules.touches))
        return Diagnostic(codes.PLUGIN_TOUCHES, None, {"name": rules.name, "other": beyond, "names": declared})
    return found


def _is_amendment(before: Program, after: Program) -> bool:
    """Whether a program is made from another: of the same folders, units and words."""
    kept = after.units is before.units and after.vocabulary is before.vocabulary and after.later is before.later
    return kept and len(after.layers) == len(before.layers)


def _touched(before: Program, after: Program) -> Iterator[str]:
    """The names of all that is not as it was: what is gone or new, and what references now find another for."""
    for one, other in zip(before.layers, after.layers, strict=True):
        olds, news = ({id(item): item for item in layer.top} for layer in (one, other))
        yield from (item.name for at, item in (olds | news).items() if (at in olds) != (at in news))
        for name in {**one.stand_ins, **other.stand_ins}:
            if one.stand_ins.get(name) is not other.stand_ins.get(name):
                yield name
    for span in before.links.keys() | after.links.keys():
        old, new = before.links.get(span), after.links.get(span)
        if old is not new:
            changed = old or new
            assert changed
            yield changed.path.split(".")[0]


def beyond(project: Project, added: YearFolder, as_of: datetime.date | None) -> tuple[Diagnostic, ...]:
    """What a year plugin does beyond what it declares: documents that it may not touch, figures that move.

    Results of its own years are held against it only where nothing else is, from which they would follow.
    """
    rules, paths = added.rules, {file.shown for file in added.files}
    items = (item for layer in project.program.layers for item in layer.top if item.span.path in paths)
    found = [fault for item in items for fault in _undeclared(item, rules, project.program)]
    bare = project.bare(rules.name)
    years = _years(bare) | _years(project)
    for year in sorted(years - rules.years):
        found += _moved_elsewhere(project, bare, rules, year, as_of)
    fault = amended(project.program_as_of(as_of), rules)
    if isinstance(fault, Diagnostic):
        found.append(fault)
    for year in sorted(years & rules.years) if not found else ():
        found += _moved_beside(project, bare, rules, year, as_of)
    return tuple(found)


def _undeclared(item: p.Definition, rules: YearRules, program: Program) -> Iterator[Diagnostic]:
    """A document of a year plugin that is for another year, or that revises what it may not touch."""
    year = getattr(item, "year", None)
    if year is not None and year not in rules.years:
        facts = {"name": rules.name, "year": year, "years": tuple(sorted(rules.years))}
        yield Diagnostic(codes.PLUGIN_OTHER_YEAR, item.place("tahun"), facts)
    amends = getattr(item, "amends", None)
    target = program.target(amends)
    name = target.name if target else amends and amends.text
    if amends is not None and name not in rules.touches:
        facts = {"name": rules.name, "other": name, "names": tuple(sorted(rules.touches))}
        yield Diagnostic(codes.PLUGIN_TOUCHES, amends.span, facts)


def _years(project: Project) -> frozenset[int]:
    """All years for which there is a document."""
    return frozenset(item.year for item in project.program.own(p.RevisableDocument))


def _moved_elsewhere(
    project: Project, bare: Project, rules: YearRules, year: int, as_of: datetime.date | None
) -> Iterator[Diagnostic]:
    """The first result of a year that is another without the plugin, which is not for that year."""
    for quarter in Quarter:
        before, after = (_results(each, year, quarter, as_of) for each in (bare, project))
        for name in {**before, **after}:
            if before.get(name) != after.get(name):
                facts = {"name": rules.name, "year": year, "figure": name, "years": tuple(sorted(rules.years))}
                yield Diagnostic(codes.PLUGIN_MOVES, None, facts)
                return


def _moved_beside(
    project: Project, bare: Project, rules: YearRules, year: int, as_of: datetime.date | None
) -> Iterator[Diagnostic]:
    """The first result of the plugin's own years that is another without it, and depends on nothing it may touch."""
    for quarter in Quarter:
        before, after = (_results(each, year, quarter, as_of) for each in (bare, project))
        behind = _behind(bare, year, quarter, as_of)
        for name, figure in before.items():
            if not behind[name] & rules.touches and after.get(name) != figure:
                facts = {"name": rules.name, "year": year, "figure": name, "names": tuple(sorted(rules.touches))}
                yield Diagnostic(codes.PLUGIN_MOVES_OTHERS, None, facts)
                return


# Results.


def _results(project: Project, year: int, quarter: Quarter, as_of: datetime.date | None) -> Mapping[str, object]:
    """Every figure of a period, and every document that holds in it, by name."""
    evaluation, _ = project.evaluate(year, quarter, as_of)
    found = dict(_figures(evaluation)) if evaluation else {}
    for document in _documents(project, year, as_of):
        rows = (*getattr(document, "rows", ()), *document.activities)
        found[document.kind] = (document.name, *(id(row) for row in rows))
    return found


def _behind(project: Project, year: int, quarter: Quarter, as_of: datetime.date | None) -> Mapping[str, frozenset[str]]:
    """The names of all that each of the results depends on."""
    evaluation, _ = project.evaluate(year, quarter, as_of)
    program = project.program_of(year, as_of)
    found = dict(names_behind(evaluation)) if evaluation else {}
    return found | {each.kind: line_names(program, each) for each in _documents(project, year, as_of)}


def _documents(project: Project, year: int, as_of: datetime.date | None) -> Iterator[p.RevisableDocument]:
    held = (in_force(project.program_of(year, as_of), kind, year, as_of)[0] for kind in _DOCUMENTS)
    return (document for document in held if document is not None)


def _figures(evaluation: Evaluation) -> Iterator[tuple[str, object]]:
    """Every figure of an evaluation, by name; the same where the same is printed."""
    for each in evaluation.indicators:
        progress = each.progress and _plain(each.progress.value)
        yield each.indicator.name, (_plain(each.realization.value), _achieved(each.achievement), progress)
    for group in evaluation.objectives:
        if group.objective:
            yield group.objective.path, _achieved(group.achievement)
    for average in evaluation.averages:
        yield average.kind, _achieved(average.achievement)
    for row in evaluation.activities:
        money = (_plain(value) for value in (row.budget, row.absorbed, row.absorption, row.efficiency))
        yield row.row.name, (_achieved(row.achievement), *money)


def _achieved(achievement: Achievement) -> object:
    return _plain(achievement.value), achievement.category and achievement.category.label


def _plain(value: Value) -> object:
    return value.number, value.measure, value.status
