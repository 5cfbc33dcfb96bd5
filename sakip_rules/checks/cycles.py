"""Nothing is defined by itself: no formula, indicator, regulation, document or goal leads back to where it began."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Related
from sakip_rules.base.source import Span
from sakip_rules.checks.expressions import expressions_of
from sakip_rules.model import program as p
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program, everything
from sakip_rules.syntax import tree


@frozen
class _Edge:
    """One definition needs another, and says so at a place."""

    source: p.Definition
    target: p.Definition
    span: Span


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    edges = {}
    containers = {
        child.name_span: definition
        for definition in everything(program.layers[0].top)
        for child in definition.children
    }  # fmt: skip
    for definition in everything(program.layers[0].top):
        found = list(_edges(definition, program, containers))
        if found:
            edges[definition.name_span] = found
    yield from (_finding(cycle) for cycle in _cycles(edges))


def _edges(definition: p.Definition, program: Program, containers: Mapping[Span, p.Definition]) -> Iterator[_Edge]:
    """What a definition needs; a goal or objective supports the block that it stands in."""
    for expression in expressions_of(definition):
        for part in tree.walk(expression):
            target = _named(part, definition, program)
            if target:
                yield _Edge(definition, target, Span(definition.span.path, part.start, part.end))
    for reference in _references(definition):
        target = program.target(reference)
        if isinstance(target, p.Definition):
            yield _Edge(definition, target, reference.span)
    container = containers.get(definition.name_span)
    if isinstance(definition, p.Goal | p.Objective) and container is not None:
        yield _Edge(definition, container, definition.name_span)


def _named(part: tree.Expression, definition: p.Definition, program: Program) -> p.Definition | None:
    if isinstance(part, tree.Call):
        return program.formula(part.function)
    if isinstance(part, tree.Name) and isinstance(definition, p.Indicator):
        return program.measured(".".join(part.parts))
    return None


def _references(definition: p.Definition) -> Iterator[p.Reference]:
    if isinstance(definition, p.Regulation) and definition.replaced_by:
        yield definition.replaced_by
    if isinstance(definition, p.Indicator) and definition.continues:
        yield definition.continues
    if isinstance(definition, p.Mission | p.Goal | p.Objective | p.Plan):
        yield from definition.supports
    if isinstance(definition, p.Plan | p.Document):
        yield from definition.refers_to
    if isinstance(definition, p.RevisableDocument) and definition.amends:
        yield definition.amends


def _cycles(edges: dict[Span, list[_Edge]]) -> Iterator[list[_Edge]]:
    """Every cycle once, found in one walk without recursion, begun in the order of the files."""
    done: set[Span] = set()
    for root in edges:
        path: list[_Edge] = []
        on_path = {root: 0}
        stack = [iter(edges[root])] if root not in done else []
        while stack:
            edge = next(stack[-1], None)
            if edge is None:
                stack.pop()
                done.add(path[-1].target.name_span if path else root)
                if path:
                    del on_path[path.pop().target.name_span]
                continue
            at = edge.target.name_span
            if at in on_path:
                yield [*path[on_path[at] :], edge]
            elif at not in done and at in edges:
                path.append(edge)
                on_path[at] = len(path)
                stack.append(iter(edges[at]))


def _finding(cycle: list[_Edge]) -> Diagnostic:
    first = cycle[0]
    names = (first.source.name, *(edge.target.name for edge in cycle))
    related = tuple(
        Related(edge.span, "cycle_edge", {"name": edge.source.name, "other": edge.target.name}) for edge in cycle[1:]
    )
    return Diagnostic(codes.CYCLE, first.span, {"names": names, "name": first.source.name}, related)
