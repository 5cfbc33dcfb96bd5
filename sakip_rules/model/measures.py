"""How a bare number in an expression gets its unit: one rule for the checker and for the engine."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from sakip_rules.base.numbers import NumeralFault, parse_numeral
from sakip_rules.model.operators import ARITHMETIC
from sakip_rules.model.units import PERCENT, POINTS, RATIO, Measure
from sakip_rules.syntax import tree


@lru_cache(4096)
def literal(text: str) -> Fraction:
    """The number of a literal that was checked when it was read."""
    read = parse_numeral(text)
    if isinstance(read, NumeralFault):
        raise ValueError(text)
    return read.number


def constant(node: tree.Expression) -> Fraction | None:
    """The value of an expression without names, such as ``1/9``; a percent is a hundredth, and 1/0 has no value."""
    if isinstance(node, tree.Number):
        return literal(node.text) / (100 if node.unit == "%" else 1)
    if isinstance(node, tree.Unary) and node.operator == "-":
        operand = constant(node.operand)
        return None if operand is None else -operand
    if not isinstance(node, tree.Binary) or node.operator not in ARITHMETIC:
        return None
    left, right = constant(node.left), constant(node.right)
    if left is None or right is None or (node.operator == "/" and right == 0):
        return None
    return ARITHMETIC[node.operator](left, right)


def is_whole(node: tree.Expression) -> bool:
    """Whether a part of an expression is the literal 100%."""
    return isinstance(node, tree.Number) and node.unit == "%" and literal(node.text) == 100


def bare_number(node: tree.Expression) -> tree.Number | None:
    """The number of a part of an expression that is nothing else, whatever its sign."""
    if isinstance(node, tree.Unary):
        return bare_number(node.operand)
    return node if isinstance(node, tree.Number) and node.unit is None else None


def adopted(node: tree.Binary, left: Measure, right: Measure) -> tuple[Measure, Measure]:
    """The units of both sides, where a bare number takes the unit of the other side.

    A bare number does not become a percentage, since ``50`` beside a percentage is as often ``50%`` as a mistake;
    zero is the same in every unit.
    """
    if left == right:
        return left, right
    if right == RATIO and _takes_unit(node.right, left):
        return left, left
    if left == RATIO and _takes_unit(node.left, right):
        return right, right
    return left, right


def _takes_unit(node: tree.Expression, other: Measure) -> bool:
    number = bare_number(node)
    return number is not None and (other not in (PERCENT, POINTS) or literal(number.text) == 0)
