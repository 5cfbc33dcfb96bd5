"""What differs between two states of a rule folder: its rules, its data, and what that does to figures and findings."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from sakip_rules.base.diagnostics import Diagnostic, in_order
from sakip_rules.engine.evaluation import Evaluator
from sakip_rules.model import program as p
from sakip_rules.model.amendments import in_force, standing
from sakip_rules.model.causes import Causes
from sakip_rules.model.changes import Change, changes, data_changes, document_changes, replaced, text_changes
from sakip_rules.model.effects import Movement, movements
from sakip_rules.model.essence import without_places
from sakip_rules.model.results import Evaluation
from sakip_rules.model.values import Quarter
from sakip_rules.project import Project

_REVISED = (p.Agreement, p.AnnualPlan, p.Budget, p.ActionPlan)


@frozen
class Side:
    """One state of a folder: as it is, as it was known on a day, or one document of it.

    ``root`` is how messages show the folder, so that findings can be told apart from where they stand.
    """

    project: Project
    root: str
    as_of: datetime.date | None = None
    document: str | None = None


@frozen
class Effect:
    """What moves in one year or quarter, how many figures do not, and which changes can explain what moves."""

    year: int
    quarter: Quarter
    movements: tuple[Movement, ...]
    still: int
    causes: Mapping[tuple[str, str], tuple[int, ...]]


@frozen
class Difference:
    """All that differs between two states; ``causes`` of the effects are places in ``changes``."""

    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]
    appeared: tuple[Diagnostic, ...]
    gone: tuple[Diagnostic, ...]

    @property
    def moved(self) -> int:
        """How many figures move."""
        return sum(len(effect.movements) for effect in self.effects)

    @property
    def still(self) -> int:
        """How many figures do not move by a digit."""
        return sum(effect.still for effect in self.effects)

    def __bool__(self) -> bool:
        return bool(self.changes or self.moved or self.appeared or self.gone)


def difference(before: Side, after: Side, year: int | None = None, quarter: Quarter = Quarter.YEAR) -> Difference:
    """Compare two states, for one year or every year that either reports on."""
    found, renamed = _changes(before, after)
    years = _years(before, after, year)
    evaluated = [(each, _evaluated(before, each, quarter), _evaluated(after, each, quarter)) for each in years]
    effects = tuple(
        _effect(each, quarter, (before, old[0]), (after, new[0]), found, renamed) for each, old, new in evaluated
    )
    appeared, gone = _findings(before, after, year, [(old[1], new[1]) for _, old, new in evaluated])
    return Difference(found, effects, appeared, gone)


def document(side: Side) -> p.Definition | None:
    """The document that a side is about, with the rows that a partial revision leaves alone."""
    named = [item for item in side.project.program.layers[0].top if item.name == side.document]
    found = next((item for item in named if isinstance(item, p.Plan | p.Document)), None)
    return standing(side.project.program, found) if isinstance(found, _REVISED) else found


# Rules.


def _changes(before: Side, after: Side) -> tuple[tuple[Change, ...], Mapping[str, str]]:
    one, other = before.project, after.project
    if before.document and after.document:
        old, new = document(before), document(after)
        return (document_changes(one.program, old, other.program, new) if old and new else ()), {}
    if before.as_of or after.as_of:
        return tuple(_in_time(before, after)), {}
    found, renamed = changes(one.program, other.program)
    return (*found, *text_changes(one.texts, other.texts), *data_changes(one.data, other.data, renamed)), renamed


def _in_time(before: Side, after: Side) -> Iterator[Change]:
    """What the documents that are known on one day say other than those known on another."""
    program = after.project.program
    for kind in _REVISED:
        for year in sorted({item.year for item in program.own(kind)}):
            old, _ = in_force(before.project.program, kind, year, before.as_of)
            new, _ = in_force(program, kind, year, after.as_of)
            if (old and old.name) != (new and new.name):
                yield replaced(old, new)
            if old and new:
                yield from document_changes(before.project.program, old, program, new)
    for item in program.own(p.Plan):
        old_known, new_known = (_known(item, side.as_of) for side in (before, after))
        if old_known != new_known:
            yield replaced(item if old_known else None, item if new_known else None)


def _known(item: p.Plan, as_of: datetime.date | None) -> bool:
    return item.decided is None or as_of is None or item.decided <= as_of


# Figures.


def _years(before: Side, after: Side, year: int | None) -> list[int]:
    """The year asked for, or every year that either side reports on; only agreements have any, among documents."""
    if before.document is None and after.document is None:
        return [year] if year else sorted({*before.project.years, *after.project.years})
    found = [document(side) for side in (before, after)]
    agreements = [item for item in found if isinstance(item, p.Agreement)]
    years = {item.year for item in agreements} if len(agreements) == len(found) else set()
    return sorted(years & {year} if year else years)


def _evaluated(side: Side, year: int, quarter: Quarter) -> tuple[Evaluation | None, tuple[Diagnostic, ...]]:
    """The figures of a side in a year, and what stops any of them."""
    project = side.project
    if side.document is None:
        return project.evaluate(year, quarter, side.as_of)
    found = document(side)
    if not isinstance(found, p.Agreement) or found.year != year:
        return None, ()
    program = project.program_of(year)
    evaluation = Evaluator(program, project.functions, project.data).evaluate(found, quarter)
    return evaluation, evaluation.diagnostics if evaluation else ()


def _effect(
    year: int,
    quarter: Quarter,
    before: tuple[Side, Evaluation | None],
    after: tuple[Side, Evaluation | None],
    changes: Sequence[Change],
    renamed: Mapping[str, str],
) -> Effect:
    sides = [(found.program if found else side.project.program, found) for side, found in (before, after)]
    moved, still = movements(sides[0], sides[1], renamed)
    causes = Causes(changes, renamed, year, quarter).of(moved, sides)
    return Effect(year, quarter, moved, still, causes)


# Findings.


def _findings(
    before: Side,
    after: Side,
    year: int | None,
    evaluated: Iterable[tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]],
) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Findings that only the newer side has, and those that only the older one has; where they stand is no matter."""
    if before.document or after.document:
        pairs = list(evaluated)
        old, new = (in_order(item for pair in pairs for item in pair[side]) for side in (0, 1))
    else:
        years = None if year is None else (year,)
        old, new = (side.project.validate(years, side.as_of) for side in (before, after))
    return _only(new, after, old, before), _only(old, before, new, after)


def _only(
    findings: Sequence[Diagnostic], side: Side, others: Sequence[Diagnostic], other: Side
) -> tuple[Diagnostic, ...]:
    known = Counter(_told(item, other) for item in others)
    left: list[Diagnostic] = []
    for item in findings:
        told = _told(item, side)
        if known[told]:
            known[told] -= 1
        else:
            left.append(item)
    return tuple(left)


def _told(item: Diagnostic, side: Side) -> tuple[str, str]:
    """A finding by its code and the facts that it names, whatever the folder is called and wherever it stands in it."""
    facts = {name: value for name, value in item.values.items() if name not in ("line", "row")}
    return item.code.name, repr(without_places(facts)).replace(f"{side.root}/", "")
