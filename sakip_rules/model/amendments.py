"""Which document holds on a day: the two time axes of planning documents.

A document is valid for a year and was decided on a day.  As known on a day, only what was decided by then counts: a
revision takes the place of what it revises, as a whole or row by row, and the newest decision wins.  Neither the
order of files nor a later decision ever matters.
"""

from __future__ import annotations

import bisect
import datetime
import itertools
import re
from collections.abc import Callable, Collection, Iterable, Sequence, Set
from typing import Any, TypeVar

from attrs import evolve

from sakip_rules.base import codes
from sakip_rules.base.dates import Period
from sakip_rules.base.diagnostics import Diagnostic, Related
from sakip_rules.model import program as p
from sakip_rules.model.names import Program
from sakip_rules.model.results import Promises
from sakip_rules.model.vocabulary import PARTLY

D = TypeVar("D", bound=p.RevisableDocument)


def in_force(
    program: Program, kind: type[D], year: int, as_of: datetime.date | None
) -> tuple[D | None, tuple[Diagnostic, ...]]:
    """The document of a kind that holds for a year, as known on a day; without a day, as known now.

    Of several that are no revisions of each other it is the one with the newest decision, its revisions' included.
    """
    every = sorted((item for item in program.own(kind) if item.year == year), key=_order)
    known = [item for item in every if as_of is None or _decided(item) <= as_of]
    roots = [root(program, item, known) for item in known]
    originals = [item for item, origin in zip(known, roots, strict=True) if origin is item]
    if not originals:
        return None, (_none(program, kind, year, every, as_of),)
    lines = [[item for item, origin in zip(known, roots, strict=True) if origin is each] for each in originals]
    newest = sorted(lines, key=lambda line: _order(line[-1]))
    rivals = ([line[0] for line in lines], [line[-1] for line in newest])
    for *_, one, other in (pair for pair in rivals if len(pair) > 1):
        if _decided(one) == _decided(other):
            return None, (_same_day(one, other),)
    original, *revisions = sorted(newest[-1], key=lambda item: (item.amends is not None, _order(item)))
    for one, other in itertools.pairwise(revisions):
        if _decided(one) == _decided(other):
            return None, (_same_day(one, other),)
    return _with(program, original, revisions), ()


def reporting_years(program: Program) -> tuple[int, ...]:
    """The years of the folder's reports, or of its agreements where it has no report; newest last."""
    reports = {report.year for report in program.own(p.Report)}
    agreements = {item.year for item in program.own(p.Agreement) if item.amends is None}
    return tuple(sorted(reports or agreements))


def agreement_in_force(
    program: Program, year: int, as_of: datetime.date | None
) -> tuple[Promises | None, tuple[Diagnostic, ...]]:
    """The agreement that a year is measured against, revisions made; without a date, as of that of the report.

    Where there is none, it is the action plan of the year, if that says by which method.
    """
    if as_of is None:
        report = next((item for item in program.own(p.Report) if item.year == year), None)
        named = program.target(report.agreement) if report else None
        if isinstance(named, p.Agreement) and named.year == year:
            return standing(program, named), ()
        as_of = report.as_of if report else None
    agreement, findings = in_force(program, p.Agreement, year, as_of)
    if agreement is None and findings[0].code in (codes.NO_AGREEMENT, codes.NOT_DECIDED_YET):
        plan = action_plan_in_force(program, year, as_of)
        if plan is not None and plan.method is not None:
            return plan, ()
    return agreement, findings


def action_plan_in_force(program: Program, year: int, as_of: datetime.date | None) -> p.ActionPlan | None:
    """The action plan of a year, revisions made; which one it is where two are of one day is a finding of the rules."""
    return in_force(program, p.ActionPlan, year, as_of)[0]


def standing(program: Program, document: D) -> D:
    """A document as it stood on the day of its decision, with the rows that it leaves alone."""
    original = root(program, document)
    if document.amends is None or original is None:
        return document
    earlier = [
        item for item in program.own(type(document))
        if item.amends and root(program, item) is original and _decided(item) <= _decided(document)
    ]  # fmt: skip
    ordered = sorted(earlier, key=lambda item: (_decided(item), item is document, item.path))
    return _with(program, original, ordered)


def _with(program: Program, document: D, revisions: Iterable[D]) -> D:
    for revision in revisions:
        document = revised(program, document, revision)
    return document


def root(program: Program, document: D, known: Sequence[D] | None = None) -> D | None:
    """The document that a chain of revisions begins with; nothing where the chain is broken or a circle.

    With ``known`` the chain is broken, too, where it leaves what is known.
    """
    seen: list[D] = [document]
    while document.amends is not None:
        target = program.target(document.amends)
        if not isinstance(target, type(document)) or any(target is item for item in seen):
            return None
        if known is not None and not any(target is item for item in known):
            return None
        document = target
        seen.append(document)
    return document


def revised(program: Program, document: D, revision: D) -> D:
    """A document as a revision leaves it; what the revision does not speak of stays."""
    kept: dict[str, Any] = {
        name: getattr(revision, name) or getattr(document, name)
        for name in ("agency", "refers_to", "method", "basis", "total", "quarter_targets")
        if hasattr(document, name)
    }
    if revision.scope == PARTLY:
        if isinstance(document, p.TargetDocument) and isinstance(revision, p.TargetDocument):
            indicators = {id(program.target(reference)) for reference in revision.drops}
            kept["rows"] = _merged(document.rows, revision.rows, _indicator_of(program), indicators)
        named = (activity_of(document.activities, reference.text) for reference in revision.drops_activities)
        names = {row.name for row in named if row is not None}
        kept["activities"] = _merged(document.activities, revision.activities, _name_of, names)
    return evolve(revision, **kept)


def activity_of(rows: Iterable[p.ActivityRow], text: str) -> p.ActivityRow | None:
    """The programme or activity that a name or a number stands for."""
    return next((row for row in rows if text.rstrip(".") in (row.name, row.number.rstrip("."))), None)


def in_effect(program: Program, rule: p.Definition, day: datetime.date) -> bool:
    """Whether a rule holds on a day: by its own validity, or by that of any regulation that it stands on."""
    period: Period | None = getattr(rule, "effective", None)
    if period is not None:
        return day in period
    named = (program.target(reference) for reference in getattr(rule, "basis", ()))
    regulations = [item for item in named if isinstance(item, p.Regulation)]
    return not regulations or any(_holds(item, day) for item in regulations)


def _holds(regulation: p.Regulation, day: datetime.date) -> bool:
    repealed = regulation.repealed is not None and regulation.repealed <= day
    return not repealed and (regulation.effective is None or day in regulation.effective)


def _merged(
    rows: Sequence[Any], changed: Sequence[Any], key: Callable[[Any], object], gone: Set[object]
) -> tuple[Any, ...]:
    """Rows with some changed in their place, some gone, and some added: by their numbers, where these ascend."""
    groups: dict[object, list[Any]] = {}
    for row in changed:
        groups.setdefault(key(row), []).append(row)
    kept: list[Any] = []
    replaced: set[object] = set()
    for row in rows:
        about = key(row)
        if about in replaced or about in gone:
            continue
        if about in groups:
            replaced.add(about)
        kept += groups.pop(about, [row])
    for row in itertools.chain.from_iterable(groups.values()):
        kept.insert(_place_of(row, kept), row)
    return tuple(kept)


def _place_of(row: Any, rows: Sequence[Any]) -> int:
    """Before which row an added one comes."""
    if not all(each.number for each in (row, *rows)):
        return len(rows)
    numbers = [number_parts(each.number) for each in rows]
    if any(one > other for one, other in itertools.pairwise(numbers)):
        return len(rows)
    return bisect.bisect_right(numbers, number_parts(row.number))


def number_parts(number: str) -> tuple[tuple[bool, int, str], ...]:
    """A number such as ``2.10`` in the order of its parts, which numbers and letters may be."""
    return tuple(
        (not part.isdecimal(), int(part) if part.isdecimal() else 0, part)
        for part in re.split(r"[.\s]+", number)
        if part
    )


def _indicator_of(program: Program) -> Callable[[p.AgreementRow], object]:
    def key(row: p.AgreementRow) -> object:
        indicator = program.target(row.indicator)
        return id(indicator) if indicator is not None else row.indicator.text

    return key


def _name_of(row: p.ActivityRow) -> object:
    return row.name


def _decided(document: p.RevisableDocument) -> datetime.date:
    """The day of the decision; a document without one was there from the beginning."""
    return document.decided or datetime.date.min


def _order(document: p.RevisableDocument) -> tuple[datetime.date, str]:
    return _decided(document), document.path


def _none(program: Program, kind: type[D], year: int, every: Sequence[D], as_of: datetime.date | None) -> Diagnostic:
    years = tuple(sorted({item.year for item in program.own(kind) if item.amends is None}))
    every = every or [item for item in program.later if isinstance(item, kind) and item.year == year]
    if as_of and every and all(item.decided and item.decided > as_of for item in every):
        first = min(every, key=lambda item: item.decided or as_of)
        return Diagnostic(
            codes.NOT_DECIDED_YET, first.place("ditetapkan"), {"year": year, "years": years, "date": as_of}
        )
    reports = (report.place("tahun") for report in program.own(p.Report) if report.year == year)
    return Diagnostic(codes.NO_AGREEMENT, next(reports, None), other_years(year, years))


def other_years(year: int, years: Collection[int]) -> dict[str, Any]:
    """The facts of a finding that a year has no agreement: which years have one, if any has."""
    return {"year": year, "years": tuple(sorted(years)), "what": "" if years else "pertama"}


def _same_day(one: p.RevisableDocument, other: p.RevisableDocument) -> Diagnostic:
    related = (Related(one.place("ditetapkan"), "also_here"),)
    facts = {"names": (one.name, other.name), "date": other.decided or ""}
    return Diagnostic(codes.SAME_DAY, other.place("ditetapkan"), facts, related)
