"""What supports something stands below it, and each programme and activity of a table is its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Related
from sakip_rules.base.source import Span
from sakip_rules.model import program as p
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program, everything

#: The levels within one plan, from the top.
_LEVELS: Mapping[type[p.Definition], int] = {p.Mission: 1, p.Goal: 2, p.Objective: 3}


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    owners = {
        definition.name_span: top
        for layer in program.layers
        for top in layer.top
        for definition in everything((top,))
    }  # fmt: skip
    for definition in everything(program.layers[0].top):
        if isinstance(definition, p.Goal | p.Objective | p.Plan):
            for reference in definition.supports:
                target = program.target(reference)
                if target is not None and _is_lower(definition, target, owners, program):
                    yield _upside_down(definition, target, reference.span)
        if isinstance(definition, p.RevisableDocument):
            yield from _twice(definition.activities)


def _is_lower(
    definition: p.Definition, target: p.Definition, owners: Mapping[Span, p.Definition], program: Program
) -> bool:
    """Whether a target stands below: in the same document by its level, else where its plan follows from this one."""
    own, other = owners[definition.name_span], owners[target.name_span]
    if own is other or not (isinstance(own, p.Plan) or isinstance(other, p.Plan)):
        return _LEVELS.get(type(target), 0) > _LEVELS.get(type(definition), len(_LEVELS))
    return own in _followed(other, program)


def _followed(document: p.Definition, program: Program) -> list[p.Definition]:
    """The plans that a document refers to, near and far."""
    found: list[p.Definition] = []
    waiting = [document]
    for each in waiting:
        for reference in getattr(each, "refers_to", ()):
            target = program.target(reference)
            if target is not None and target not in waiting:
                found.append(target)
                waiting.append(target)
    return found


def _upside_down(definition: p.Definition, target: p.Definition, span: Span) -> Diagnostic:
    facts = {
        "kind": definition.kind, "name": definition.name, "other_kind": target.kind, "other": target.name,
    }  # fmt: skip
    related = (Related(target.name_span, "defined_here"),)
    return Diagnostic(codes.SUPPORTS_LOWER, span, facts, related)


def _twice(rows: Sequence[p.ActivityRow]) -> Iterator[Diagnostic]:
    """Names and numbers that two rows of a table have."""
    first: dict[tuple[str, str], p.ActivityRow] = {}
    for row in rows:
        for column, text in (("nama", row.name), ("nomor", row.number.rstrip("."))):
            known = first.setdefault((column, text), row)
            if known is not row:
                related = (Related(known.place(column), "first_here"),)
                yield Diagnostic(codes.ACTIVITY_TWICE, row.place(column), {"name": text}, related)
