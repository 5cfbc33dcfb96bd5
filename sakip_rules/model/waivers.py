"""Waivers: which findings they cover, and what is wrong with a waiver itself.

A waiver covers the findings of one code about the things that it names, and nothing else.  What a finding is about is
the narrowest thing that carries a name at its place: the row of a table, else the block.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic, Findings, Waived, in_order
from sakip_rules.base.source import Span
from sakip_rules.base.spelling import Spelling
from sakip_rules.model import program as p
from sakip_rules.model.names import Program
from sakip_rules.model.vocabulary import Table, Type

#: The letters of errors that stand in the way of understanding the rules at all, so that none may be waived.
UNWAIVABLE = frozenset("ABCEGNPSTU")
#: What people write who mean everything.
_ALL = frozenset(("*", ".", "/", "semua", "seluruhnya"))


@frozen
class About:
    """What a finding is about, by each name that it has, and what encloses that."""

    names: frozenset[str]
    shown: str
    enclosing: frozenset[str]


def waive(
    findings: Iterable[Diagnostic], program: Program, known: Iterable[Code], day: datetime.date | None, whole: bool
) -> Findings:
    """Set aside what the waivers of a folder cover, and add what is wrong with the waivers.

    ``known`` are the codes that a waiver may name.  A waiver holds up to its last day, where a ``day`` is given.  That
    it covers nothing is told where ``findings`` are the ``whole`` of them.
    """
    every = tuple(findings)
    waivers = program.own(p.Waiver)
    if not waivers:
        return Findings(in_order(every))
    places = _Places(program)
    about = {id(item): places.about(item) for item in every}
    names = {code.name.casefold(): code for code in (*known, *(item.code for item in every))}
    covered: dict[int, Waived] = {}
    faults: list[Diagnostic] = []
    for waiver in waivers:
        if fault := _unusable(waiver, names, day):
            faults.append(fault)
            continue
        code = names[waiver.rule.casefold()]
        of_code = [item for item in every if item.code == code and _lies_in(item, waiver, about)]
        for subject in waiver.subjects:
            found = [item for item in of_code if subject in about[id(item)].names]
            for item in found:
                covered.setdefault(id(item), _waived(item, waiver, subject, program))
            if not found and (whole or subject in _ALL):
                faults.append(_covers_nothing(waiver, subject, [about[id(item)] for item in of_code]))
    shown = (item for item in every if id(item) not in covered)
    waived = [covered[id(item)] for item in in_order(every) if id(item) in covered]
    return Findings(in_order((*shown, *faults)), tuple(waived))


def _unusable(waiver: p.Waiver, names: Mapping[str, Code], day: datetime.date | None) -> Diagnostic | None:
    """Why a waiver covers nothing at all."""
    place, facts = waiver.place("aturan"), {"name": waiver.name, "rule": waiver.rule}
    code = names.get(waiver.rule.casefold())
    if code is None:
        near = Spelling(each.name for each in names.values()).near(waiver.rule)
        return Diagnostic(codes.WAIVER_UNKNOWN_CODE, place, facts, near=near)
    if code.name[0] == "E" or (code.name[0] in UNWAIVABLE and Diagnostic(code, None).is_error):
        return Diagnostic(codes.WAIVER_FORBIDDEN, place, facts)
    if day is not None and day > waiver.until:
        return Diagnostic(
            codes.WAIVER_EXPIRED, waiver.place("sampai"), {**facts, "until": waiver.until, "owner": waiver.owner}
        )
    return None


def _covers_nothing(waiver: p.Waiver, subject: str, candidates: Iterable[About]) -> Diagnostic:
    """A waiver that covers nothing: it names more than one finding is about, or what has no such finding."""
    inner = {each.shown for each in candidates if subject in _ALL or subject in each.enclosing}
    facts: dict[str, object] = {"name": waiver.name, "rule": waiver.rule, "subject": subject}
    if inner or subject in _ALL:
        facts["names"] = tuple(sorted(inner)[:5])
        return Diagnostic(codes.WAIVER_TOO_BROAD, waiver.place("pada"), facts)
    return Diagnostic(codes.WAIVER_UNUSED, waiver.place("pada"), facts)


def _lies_in(item: Diagnostic, waiver: p.Waiver, about: Mapping[int, About]) -> bool:
    """Whether a finding stands in the document and the file that a waiver is narrowed to."""
    path = item.span.path if item.span else ""
    if waiver.file is not None and path != waiver.file and not path.endswith(f"/{waiver.file}"):
        return False
    found = about[id(item)]
    return waiver.document is None or waiver.document in found.names | found.enclosing


def _waived(item: Diagnostic, waiver: p.Waiver, subject: str, program: Program) -> Waived:
    targets = ((program.target(reference), reference.text) for reference in waiver.basis)
    basis = tuple(target.label if target else text for target, text in targets)
    return Waived(item, waiver.name_span, subject, waiver.reason, waiver.owner, waiver.until, basis)


class _Places:
    """Finds what stands around a place."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.top: dict[str, list[p.Definition]] = {}
        for layer in program.layers:
            for definition in layer.top:
                self.top.setdefault(definition.span.path, []).append(definition)

    def about(self, item: Diagnostic) -> About:
        """What a finding is about: what it says itself, else what its place tells, else the name among its facts."""
        around = list(self._around(item.span)) if item.span else []
        if item.subject is not None:
            around.append((item.subject,))
        elif not around and isinstance(name := item.values.get("name"), str):
            around.append((name,))
        if not around:
            return About(frozenset(), "", frozenset())
        *outer, narrowest = around
        enclosing = {name for names in outer for name in names} - set(narrowest)
        return About(frozenset(narrowest), narrowest[0], frozenset(enclosing))

    def _around(self, span: Span) -> Iterator[tuple[str, ...]]:
        """The names of everything that a place lies in, from the outside in."""
        within: Iterable[p.Definition] = self.top.get(span.path, ())
        while found := next((each for each in within if _holds(each.span, span)), None):
            if not found.name.startswith("#"):
                yield tuple(dict.fromkeys((found.path, found.name)))
            yield from self._row(found, span)
            within = found.children

    def _row(self, definition: p.Definition, span: Span) -> Iterator[tuple[str, ...]]:
        """The name of the row that a place lies in, where it has one."""
        for table in self.program.vocabulary.kinds[definition.kind].tables:
            for row in getattr(definition, table.attribute, ()):
                if _holds(row.span, span) and (names := self._names(table, row)):
                    yield names

    def _names(self, table: Table, row: p.Line) -> tuple[str, ...]:
        """What a row is about: what its required name or reference names, else the first that is written."""
        naming = [key for key in table.columns if key.type in (Type.NAME, Type.REFERENCE)]
        for key in sorted(naming, key=lambda key: not key.required):
            value = getattr(row, key.attribute)
            if isinstance(value, p.Reference):
                target = self.program.target(value)
                return tuple(dict.fromkeys((target.name, target.path))) if target else (value.text,)
            if value is not None:
                return (str(value),)
        return ()


def _holds(outer: Span, inner: Span) -> bool:
    return outer.path == inner.path and outer.start <= inner.start < outer.end
