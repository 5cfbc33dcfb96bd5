"""A revision says which document it revises, why, and when; it was decided within the period of that document."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Related
from sakip_rules.model import program as p
from sakip_rules.model.amendments import Document, in_force, standing
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    documents: tuple[Document, ...] = (
        *program.own(p.Agreement), *program.own(p.AnnualPlan), *program.own(p.Budget),
    )  # fmt: skip
    for document in documents:
        if document.amends is not None:
            yield from _revision(program, document)
    yield from _agreements(program)
    yield from _overlaps(program)


def _revision(program: Program, revision: Document) -> Iterator[Diagnostic]:
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


def _against(program: Program, revision: Document, original: Document) -> Iterator[Diagnostic]:
    related = (Related(original.name_span, "revised_here", {"name": original.name}),)
    if original.year != revision.year:
        facts = {"name": revision.name, "year": revision.year, "other": original.year}
        yield Diagnostic(codes.REVISES_OTHER_YEAR, revision.place("tahun"), facts, related)
    if original.decided and revision.decided and revision.decided < original.decided:
        facts = {"name": revision.name, "date": revision.decided, "other": original.decided}
        yield Diagnostic(codes.REVISED_BEFORE, revision.place("ditetapkan"), facts, related)
    rows = getattr(standing(program, original), "rows", ())
    known = [program.target(row.indicator) for row in rows]
    for reference in getattr(revision, "drops", ()):
        dropped = program.target(reference)
        if dropped is not None and not any(dropped is item for item in known):
            facts = {"name": revision.name, "other": reference.text}
            yield Diagnostic(codes.DROPS_NOTHING, reference.span, facts, related)


def _agreements(program: Program) -> Iterator[Diagnostic]:
    """What is in force for each year has a method to measure it by."""
    for year in sorted({item.year for item in program.own(p.Agreement) if item.amends is None}):
        agreement, findings = in_force(program, p.Agreement, year, None)
        yield from findings
        if agreement is not None and agreement.method is None:
            yield Diagnostic(codes.NO_METHOD, agreement.name_span, {"name": agreement.name})


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
