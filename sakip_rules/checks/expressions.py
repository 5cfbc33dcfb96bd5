"""Every name and function that an expression uses exists where it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic, Repair
from sakip_rules.base.source import Span
from sakip_rules.base.spelling import Spelling
from sakip_rules.model import program as p
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program, everything
from sakip_rules.syntax import tree

#: The bounds of a range, behind the name of an input.
_BOUNDS = ("atas", "bawah")


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    for definition in everything(program.layers[0].top):
        knows = _known_names(definition, program)
        if knows:
            for expression in expressions_of(definition):
                yield from _faults(expression, definition, knows, program, functions)


def expressions_of(definition: p.Definition) -> Iterator[tree.Expression]:
    """Every expression that a definition holds."""
    if isinstance(definition, p.Formula | p.Indicator | p.Index) and definition.expression is not None:
        yield definition.expression
    if isinstance(definition, p.Formula):
        for branch in definition.branches:
            yield from (part for part in (branch.condition, branch.result) if part is not None)
    if isinstance(definition, p.Index):
        yield from (element.weight for element in definition.elements)


#: Tells whether a name is known, and which are.
_Knows = tuple[Callable[[str], bool], Spelling]


def _known_names(definition: p.Definition, program: Program) -> _Knows | None:
    if isinstance(definition, p.Formula):
        inputs = {item.name for item in definition.inputs}
        names = inputs | {f"{name}.{bound}" for name in inputs for bound in _BOUNDS}
        return names.__contains__, Spelling(names)
    if isinstance(definition, p.Index):
        return ("unsur", "bobot").__contains__, Spelling(("unsur", "bobot"))
    if isinstance(definition, p.Indicator):
        return lambda name: program.measured(name) is not None, program.measured_names
    return None


def _faults(
    expression: tree.Expression, definition: p.Definition, knows: _Knows, program: Program, functions: Functions
) -> Iterable[Diagnostic]:
    path = definition.span.path
    for part in tree.walk(expression):
        if isinstance(part, tree.Name):
            name = ".".join(part.parts)
            if not knows[0](name):
                what = "masukan" if isinstance(definition, p.Formula) else ""
                yield _undefined(codes.UNDEFINED_NAME, name, Span(path, part.start, part.end), knows[1], what)
        elif isinstance(part, tree.Call):
            yield from _call(part, path, program, functions)


def _call(call: tree.Call, path: str, program: Program, functions: Functions) -> Iterable[Diagnostic]:
    span = Span(path, call.start, call.start + len(call.function))
    count = len(call.arguments)
    if function := functions.get(call.function):
        if count < function.least or (function.most is not None and count > function.most):
            yield _wrong_count(call, span, function.least)
    elif formula := program.formula(call.function):
        if count != len(formula.inputs):
            yield _wrong_count(call, span, len(formula.inputs))
    else:
        near = (known.near(call.function) for known in (Spelling(functions), program.formula_names))
        yield _undefined(codes.UNDEFINED_FUNCTION, call.function, span, Spelling(word for word in near if word))


def _wrong_count(call: tree.Call, span: Span, least: int) -> Diagnostic:
    facts = {"function": call.function, "found": len(call.arguments), "least": least}
    return Diagnostic(codes.WRONG_ARGUMENT_COUNT, span, facts)


def _undefined(code: Code, name: str, span: Span, known: Spelling, what: str = "") -> Diagnostic:
    near = known.near(name)
    repair = Repair(span, near) if near else None
    return Diagnostic(code, span, {"name": name, "expected": (), "what": what}, near=near, repair=repair)
