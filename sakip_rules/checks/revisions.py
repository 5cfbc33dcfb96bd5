"""A revision says which document it revises, why, and when; it was decided within the period of that document."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic, Related, Repair
from sakip_rules.base.spelling import Spelling
from sakip_rules.model import program as p
from sakip_rules.model.amendments import activity_of, in_force, standing
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program

#: The documents of a year, each of which another of its kind may revise.
_KINDS: tuple[type[p.RevisableDocument], ...] = (p.Agreement, p.AnnualPlan, p.Budget, p.ActionPlan)


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    for kind in _KINDS:
        documents = program.own(kind)
        for document in documents:
            if document.amends is not None:
                yield from _revision(program, document)
        yield from _years(program, kind)
        yield from _originals(program, documents)
    yield from _overlaps(program)


def _revision(program: Program, revision: p.RevisableDocument) -> Iterator[Diagnostic]:
    facts = {"name": revision.name}
    original = program.target(revision.amends)
    if revision.reason is None:
        yield Diagnostic(codes.REVISION_REASON, revision.name_span, facts)
    if revision.decided is None:
        yield Diagnostic(codes.REVISION_DATE, revision.name_span, facts)
    elif revision.decided > datetime.date(revision.year, 12, 31):
        place = revision.place("ditetapkan")
        yield Diagnostic(codes.REVISED_AFTER_PERIOD, place, {**facts, "date": revision.decided, "year": revision.year})
    if isinstance(original, type(revision)):
        yield from _against(program, revision, original)


def _against(program: Program, revision: p.RevisableDocument, original: p.RevisableDocument) -> Iterator[Diagnostic]:
    related = (Related(original.name_span, "revised_here", {"name": original.name}),)
    if original.year != revision.year:
        facts = {"name": revision.name, "year": revision.year, "other": original.year}
        yield Diagnostic(codes.REVISES_OTHER_YEAR, revision.place("tahun"), facts, related)
    if original.decided and revision.decided and revision.decided < original.decided:
        facts = {"name": revision.name, "date": revision.decided, "other": original.decided}
        yield Diagnostic(codes.REVISED_BEFORE, revision.place("ditetapkan"), facts, related)
    yield from _drops(program, revision, standing(program, original), related)


def _drops(
    program: Program, revision: p.RevisableDocument, original: p.RevisableDocument, related: tuple[Related, ...]
) -> Iterator[Diagnostic]:
    """What a revision drops stands in the document as it stood before."""
    rows, drops = getattr(original, "rows", ()), getattr(revision, "drops", ())
    known = [item for row in rows if (item := program.target(row.indicator)) is not None]
    for reference in drops:
        dropped = program.target(reference)
        if dropped is None:
            continue
        if any(dropped is item for item in known):
            own = (row for row in getattr(revision, "rows", ()) if program.target(row.indicator) is dropped)
            yield from _drops_and_sets(revision, reference, next(own, None))
        else:
            yield _drops_nothing(revision, reference, (item.name for item in known), related)
    names = [name for row in original.activities for name in (row.name, row.number)]
    for reference in revision.drops_activities:
        dropped_row = activity_of(original.activities, reference.text)
        if dropped_row is None:
            yield _drops_nothing(revision, reference, names, related)
        else:
            yield from _drops_and_sets(revision, reference, activity_of(revision.activities, dropped_row.name))


def _drops_nothing(
    revision: p.RevisableDocument, reference: p.Reference, names: Iterable[str], related: tuple[Related, ...]
) -> Diagnostic:
    near = Spelling(names).near(reference.text)
    repair = Repair(reference.span, near) if near else None
    facts = {"name": revision.name, "other": reference.text}
    return Diagnostic(codes.DROPS_NOTHING, reference.span, facts, related, near, repair)


def _drops_and_sets(revision: p.RevisableDocument, reference: p.Reference, row: p.Line | None) -> Iterator[Diagnostic]:
    """What a revision drops has no row in it, which would keep it."""
    if row is not None:
        facts = {"name": revision.name, "other": reference.text}
        yield Diagnostic(codes.DROPS_AND_SETS, reference.span, facts, (Related(row.span, "also_here"),))


def _years(program: Program, kind: type[p.RevisableDocument]) -> Iterator[Diagnostic]:
    """For each year it is clear what holds; and what figures are measured against has a method."""
    for year in sorted({item.year for item in program.own(kind) if item.amends is None}):
        document, findings = in_force(program, kind, year, None)
        yield from findings
        if isinstance(document, p.Agreement) and document.method is None:
            yield Diagnostic(codes.NO_METHOD, document.name_span, {"name": document.name})


def _originals(program: Program, documents: Iterable[p.RevisableDocument]) -> Iterator[Diagnostic]:
    """Of one agency each year has one document that revises no other, and no year between two is left out.

    A document that names no agency is for the only one that others name; where they name several it may be for any.
    """
    ordered = sorted(
        (document for document in documents if document.amends is None),
        key=lambda item: (item.year, item.decided or datetime.date.min, item.name),
    )
    agencies = [program.target(document.agency) for document in ordered]
    named = {id(agency): agency for agency in agencies if agency is not None}
    only = next(iter(named.values())) if len(named) == 1 else None
    before: list[tuple[p.RevisableDocument, object]] = []
    for other, agency in zip(ordered, agencies, strict=True):
        rivals = [one for one, theirs in before if one.year == other.year and _may_be_one(agency, theirs)]
        own = [one for one, theirs in before if (theirs or only) is (agency or only)]
        if rivals and rivals[-1].decided != other.decided:  # else it is not clear which holds
            yield _beside(codes.TWO_ORIGINALS, rivals[-1], other, other.year)
        elif own and other.year > own[-1].year + 1:
            yield _beside(codes.YEAR_LEFT_OUT, own[-1], other, own[-1].year + 1)
        before.append((other, agency))


def _may_be_one(agency: object, other: object) -> bool:
    """Whether two documents may be of one agency, since one of them names none."""
    return agency is None or other is None or agency is other


def _beside(code: Code, one: p.RevisableDocument, other: p.RevisableDocument, year: int) -> Diagnostic:
    related = (Related(one.place("tahun"), "also_here"),)
    return Diagnostic(code, other.place("tahun"), {"name": other.name, "other": one.name, "year": year}, related)


def _overlaps(program: Program) -> Iterator[Diagnostic]:
    """The plans of one agency follow each other without a gap and without an overlap."""
    plans: dict[object, list[p.Plan]] = {}
    for plan in program.own(p.Plan):
        agency = program.target(plan.agency)
        if agency is not None and plan.effective and plan.effective.start and plan.effective.end:
            plans.setdefault(id(agency), []).append(plan)
    for group in plans.values():
        ordered = sorted(group, key=lambda plan: (plan.effective and plan.effective.start) or datetime.date.min)
        for one, other in itertools.pairwise(ordered):
            yield from _neighbours(one, other)


def _neighbours(one: p.Plan, other: p.Plan) -> Iterator[Diagnostic]:
    assert one.effective
    assert other.effective
    end, start = one.effective.end, other.effective.start
    assert end
    assert start
    related = (Related(one.place("berlaku"), "also_here"),)
    facts = {"name": other.name, "other": one.name}
    if start <= end:
        yield Diagnostic(codes.VALIDITY_OVERLAPS, other.place("berlaku"), facts, related)
    elif start > end + datetime.timedelta(days=1):
        yield Diagnostic(codes.VALIDITY_GAP, other.place("berlaku"), facts, related)
