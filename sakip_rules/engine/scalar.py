"""The reference interpreter: one expression over named values, exact, with a trace of every step when asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from sakip_rules.base import codes
from sakip_rules.base.numbers import Root, Rounding, is_too_large, round_exact
from sakip_rules.base.source import Span
from sakip_rules.engine.functions import single, undefined
from sakip_rules.model import program as p
from sakip_rules.model.functions import Argument, Functions
from sakip_rules.model.measures import adopted, is_whole, literal
from sakip_rules.model.operators import COMPARISONS
from sakip_rules.model.results import Step
from sakip_rules.model.units import ONE, PERCENT, RATIO, Measure, UnitTable, product, quotient, total
from sakip_rules.model.values import Reason, Status, Value, absent, heaviest
from sakip_rules.syntax import tree

#: Formulas that call formulas deeper than this are cut off; a cycle is a finding before anything is evaluated.
MAX_CALLS = 30
#: Formulas that are called more often than this for one figure are cut off: each that calls another twice doubles them.
MAX_CALLED = 10_000


@frozen
class Scope:
    """What an expression may use: values by name, functions, formulas, units; and the trace, where one is kept."""

    values: Mapping[str, Argument]
    functions: Functions
    units: UnitTable
    formulas: Callable[[str], p.Formula | None] = lambda name: None
    path: str = ""
    depth: int = 0
    trace: list[Step] | None = field(default=None)
    #: How many formulas one evaluation has called so far: the one count of all its scopes.
    called: list[int] = field(factory=lambda: [0])


def evaluate(node: tree.Expression, scope: Scope) -> Argument:
    """The value of an expression; every failure is a value that carries its reason."""
    value = _EVALUATORS[type(node)](node, scope)
    return undefined(codes.NOT_ONE_VALUE, count=0) if isinstance(value, bool) else value  # a truth is no value


def evaluate_formula(formula: p.Formula, arguments: Sequence[Argument], scope: Scope) -> Value:
    """A formula on its arguments, in the order of its inputs; its own rounding is its last step."""
    named = {given.name: value for given, value in zip(formula.inputs, arguments, strict=True)}
    return evaluate_body(formula, named, scope)


def evaluate_body(formula: p.Formula, values: Mapping[str, Argument], scope: Scope) -> Value:
    """A formula on values by the names of its inputs."""
    scope.called[0] += 1
    if scope.depth > MAX_CALLS or scope.called[0] > MAX_CALLED:
        return undefined(codes.TOO_COMPLEX, limit=MAX_CALLS if scope.depth > MAX_CALLS else MAX_CALLED)
    inner = Scope(
        values,
        scope.functions,
        scope.units,
        scope.formulas,
        formula.span.path,
        scope.depth + 1,
        scope.trace,
        scope.called,
    )
    value = single(_body(formula, inner))
    return rounded(value, formula.rounding) if formula.rounding else value


def _body(formula: p.Formula, scope: Scope) -> Argument:
    if formula.expression is not None:
        return evaluate(formula.expression, scope)
    for branch in formula.branches:
        holds = True if branch.condition is None else truth_of(branch.condition, scope)
        if isinstance(holds, Value):
            return holds
        if holds:
            if scope.trace is not None:
                scope.trace.append(Step(branch, True))
            return evaluate(branch.result, scope)
    return undefined(codes.NO_BRANCH, formula=formula.name)


def rounded(value: Value, rounding: Rounding) -> Value:
    """A value after a rounding step."""
    if value.number is None:
        return value
    return Value(round_exact(value.number, rounding), value.measure, value.status)


def negated(value: Value) -> Value:
    if value.number is None:
        return value
    number = value.number.scaled(Fraction(-1)) if isinstance(value.number, Root) else -value.number
    return Value(number, value.measure, value.status)


# One function for each kind of node.


def _number(node: tree.Number, scope: Scope) -> Value:
    unit = node.unit
    measure = RATIO if unit is None else PERCENT if unit == "%" else scope.units.measure(unit)
    if measure is None:
        return undefined(codes.UNKNOWN_UNIT, unit=unit)
    return Value(literal(node.text), measure)


def _name(node: tree.Name, scope: Scope) -> Argument:
    name = ".".join(node.parts)
    value = scope.values.get(name)
    if value is None:
        value = undefined(codes.UNDEFINED_NAME, name=name)
    if scope.trace is not None:
        scope.trace.append(Step(node, value))
    return value


def _unary(node: tree.Unary, scope: Scope) -> Argument | bool:
    if node.operator == "bukan":
        truth = truth_of(node.operand, scope)
        return truth if isinstance(truth, Value) else not truth
    value = evaluate(node.operand, scope)
    return negated(value) if isinstance(value, Value) else tuple(negated(item) for item in value)


def _binary(node: tree.Binary, scope: Scope) -> Argument | bool:
    if node.operator in _LOGIC or node.operator in COMPARISONS:
        return truth_of(node, scope)
    mark = len(scope.trace) if scope.trace is not None else 0
    left, right = evaluate(node.left, scope), evaluate(node.right, scope)
    value = _elementwise(node, left, right, scope)
    if scope.trace is not None:
        parts = tuple(scope.trace[mark:])
        del scope.trace[mark:]
        scope.trace.append(Step(node, value, parts))
    return value


def _elementwise(node: tree.Binary, left: Argument, right: Argument, scope: Scope) -> Argument:
    if isinstance(left, Value) and isinstance(right, Value):
        return calculated(node, left, right, scope)
    lefts = left if isinstance(left, tuple) else (left,) * len(right)  # type: ignore[arg-type]
    rights = right if isinstance(right, tuple) else (right,) * len(lefts)
    if len(lefts) != len(rights):
        return undefined(codes.WRONG_ARGUMENT_COUNT, function=node.operator, found=len(rights), least=len(lefts))
    return tuple(calculated(node, one, other, scope) for one, other in zip(lefts, rights, strict=True))


def calculated(node: tree.Binary, left: Value, right: Value, scope: Scope) -> Value:
    if left.number is None or right.number is None:
        decisive = heaviest((left, right))
        assert decisive is not None
        return absent(decisive.status, decisive.measure, decisive.reason)
    status = left.status if right.status is Status.FINAL else right.status
    return _ARITHMETIC[node.operator](node, left, right, status, scope)


def _times(node: tree.Binary, left: Value, right: Value, status: Status, scope: Scope) -> Value:
    measure, factor = product(left.measure, right.measure)
    one, other = left.number, right.number
    if isinstance(one, Root) or isinstance(other, Root):
        if isinstance(one, Root) and isinstance(other, Root):
            return undefined(codes.ROOT_NOT_ROUNDED, measure)
        root, by = (one, other) if isinstance(one, Root) else (other, one)
        return Value(root.scaled(by * factor), measure, status)  # type: ignore[union-attr, operator]
    number = one * other  # type: ignore[operator]
    return _limited(number if factor is ONE else number * factor, measure, status)


def _divided(node: tree.Binary, left: Value, right: Value, status: Status, scope: Scope) -> Value:
    measure, factor = quotient(left.measure, right.measure)
    one, other = left.number, right.number
    if isinstance(other, Root):
        return undefined(codes.ROOT_NOT_ROUNDED, measure)
    if not other:
        reason = Reason(codes.DIVISION_BY_ZERO, {}, Span(scope.path, node.right.start, node.right.end))
        return absent(Status.UNDEFINED, measure, reason)
    if isinstance(one, Root):
        return Value(one.scaled(factor / other), measure, status)
    number = one / other  # type: ignore[operator]
    return _limited(number if factor is ONE else number * factor, measure, status)


def _added(node: tree.Binary, left: Value, right: Value, status: Status, scope: Scope) -> Value:
    if isinstance(left.number, Root) or isinstance(right.number, Root):
        return undefined(codes.ROOT_NOT_ROUNDED, left.measure)
    one, other = adopted(node, left.measure, right.measure)
    measure = total(one, other, node.operator, is_whole(node.left))
    if measure is None:
        reason = Reason(
            codes.UNIT_MISMATCH, {"left": str(one), "right": str(other)}, Span(scope.path, node.start, node.end)
        )
        return absent(Status.UNDEFINED, one, reason)
    number = left.number + right.number if node.operator == "+" else left.number - right.number  # type: ignore[operator]
    return _limited(number, measure, status)


def _limited(number: Fraction, measure: Measure, status: Status) -> Value:
    if is_too_large(number):
        return undefined(codes.VALUE_TOO_LARGE, measure)
    return Value(number, measure, status)


def _call(node: tree.Call, scope: Scope) -> Argument:
    mark = len(scope.trace) if scope.trace is not None else 0
    arguments = [evaluate(argument, scope) for argument in node.arguments]
    value = _applied(node, arguments, scope)
    if scope.trace is not None:
        parts = tuple(scope.trace[mark:])
        del scope.trace[mark:]
        scope.trace.append(Step(node, value, parts))
    return value


def _applied(node: tree.Call, arguments: list[Argument], scope: Scope) -> Value:
    if function := scope.functions.get(node.function):
        return function.apply(arguments)
    formula = scope.formulas(node.function)
    if formula is None or len(formula.inputs) != len(arguments):
        return undefined(codes.UNDEFINED_FUNCTION, name=node.function)
    return evaluate_formula(formula, arguments, scope)


# Truths.


def truth_of(node: tree.Expression, scope: Scope) -> bool | Value:
    """Whether a condition holds; the value without a number that made it impossible to say."""
    if isinstance(node, tree.Binary) and node.operator in _LOGIC:
        return _logic(node, scope)
    if isinstance(node, tree.Unary) and node.operator == "bukan":
        inner = truth_of(node.operand, scope)
        return inner if isinstance(inner, Value) else not inner
    if isinstance(node, tree.Binary) and node.operator in COMPARISONS:
        return _compared(node, scope)
    return undefined(codes.NOT_ONE_VALUE, count=0)


def _logic(node: tree.Binary, scope: Scope) -> bool | Value:
    left = truth_of(node.left, scope)
    if isinstance(left, Value) or left == (node.operator == "atau"):
        return left
    return truth_of(node.right, scope)


def _compared(node: tree.Binary, scope: Scope) -> bool | Value:
    left, right = single(evaluate(node.left, scope)), single(evaluate(node.right, scope))
    decisive = heaviest((left, right))
    assert decisive is not None
    if not decisive.known:
        return decisive
    one, other = adopted(node, left.measure, right.measure)
    if one != other:
        span = Span(scope.path, node.start, node.end)
        return absent(Status.UNDEFINED, one, Reason(codes.UNIT_MISMATCH, {"left": str(one), "right": str(other)}, span))
    if isinstance(left.number, Root) or isinstance(right.number, Root):
        return undefined(codes.ROOT_NOT_ROUNDED)
    return COMPARISONS[node.operator](left.number, right.number)


_LOGIC = ("dan", "atau")
_ARITHMETIC: dict[str, Callable[[tree.Binary, Value, Value, Status, Scope], Value]] = {
    "*": _times,
    "/": _divided,
    "+": _added,
    "-": _added,
}
_EVALUATORS: dict[type, Callable[[Any, Scope], Argument | bool]] = {
    tree.Number: _number,
    tree.Name: _name,
    tree.Unary: _unary,
    tree.Binary: _binary,
    tree.Call: _call,
}
