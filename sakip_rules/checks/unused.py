"""Nothing is defined for nothing: variables, formulas, categories, scales, indices and methods are used.

A folder without an agreement or a report is a library, whose definitions others use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.checks.expressions import expressions_of
from sakip_rules.model import program as p
from sakip_rules.model import reports as r
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program, everything, references
from sakip_rules.syntax import tree

_WATCHED = (p.Variable, p.Formula, p.Category, p.Scale, p.Index, p.Method)


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    if not program.own(p.Agreement) and not program.own(p.Report):
        return
    used = set(_used(program))
    for definition in program.layers[0].top:
        if isinstance(definition, _WATCHED) and definition.name not in used:
            facts = {"name": definition.name, "kind": definition.kind}
            yield Diagnostic(codes.UNUSED_NAME, definition.name_span, facts)


def _used(program: Program) -> Iterator[str]:
    for definition in everything(program.layers[0].top):
        for expression in (*expressions_of(definition), *_of_report(definition)):
            for part in tree.walk(expression):
                if isinstance(part, tree.Name):
                    yield part.parts[0]
                elif isinstance(part, tree.Call):
                    yield part.function
        if isinstance(definition, p.Variable) and definition.population_of:
            yield definition.name
        for reference in references(definition, program.vocabulary):
            target = program.target(reference)
            if isinstance(target, p.Definition):
                yield target.name


def _of_report(definition: p.Definition) -> Iterator[tree.Expression]:
    """What the sentences and the tables of data of a report calculate."""
    if isinstance(definition, r.Narrative):
        yield from definition.text.expressions
        yield from (definition.condition,) if definition.condition is not None else ()
    if isinstance(definition, r.DataTable):
        yield from (column.expression for column in definition.columns if column.expression is not None)
