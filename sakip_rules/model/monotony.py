"""How a formula moves with one of its inputs, where all are positive: it rises, falls, stays, or is not known."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from attrs import frozen

from sakip_rules.model.measures import literal
from sakip_rules.syntax import tree


@frozen
class Trend:
    """The sign of a value, and whether it rises (1), stays (0) or falls (-1) with the input; ``None`` is not known."""

    sign: int | None
    slope: int | None


_UNKNOWN = Trend(None, None)
#: Functions that rise with each of their arguments.
_RISING = frozenset(("jumlah", "rata_rata", "rata_rata_ukur", "min", "maks"))


def trend(node: tree.Expression, name: str) -> Trend:
    """How an expression moves with a name in it; all names stand for positive numbers."""
    if isinstance(node, tree.Number):
        number = literal(node.text)
        return Trend((number > 0) - (number < 0), 0)
    if isinstance(node, tree.Name):
        return Trend(1, int(".".join(node.parts) == name))
    if isinstance(node, tree.Unary):
        return _negative(trend(node.operand, name)) if node.operator == "-" else _UNKNOWN
    if isinstance(node, tree.Call):
        parts = [trend(part, name) for part in node.arguments]
        if node.function in _RISING:
            return reduce(_sum, parts)
        return Trend(None, 0) if all(part.slope == 0 for part in parts) else _UNKNOWN
    if isinstance(node, tree.Binary):
        return _binary(node.operator, trend(node.left, name), trend(node.right, name))
    return _UNKNOWN


def together(slopes: Iterable[int | None]) -> int | None:
    """The slope of what is one of several values: theirs, where no two contradict each other."""
    found: int | None = 0
    for slope in slopes:
        found = _joined(found, slope)
    return found


def _binary(operator: str, left: Trend, right: Trend) -> Trend:
    if operator == "+":
        return _sum(left, right)
    if operator == "-":
        return _sum(left, _negative(right))
    if operator not in ("*", "/"):
        return _UNKNOWN
    moved = _times(left.sign, right.slope)
    slope = _joined(_times(left.slope, right.sign), moved if operator == "*" else _times(moved, -1))
    return Trend(_times(left.sign, right.sign), slope)


def _sum(left: Trend, right: Trend) -> Trend:
    return Trend(_joined(left.sign, right.sign), _joined(left.slope, right.slope))


def _negative(value: Trend) -> Trend:
    return Trend(_times(value.sign, -1), _times(value.slope, -1))


def _times(one: int | None, other: int | None) -> int | None:
    if 0 in (one, other):
        return 0
    return None if one is None or other is None else one * other


def _joined(one: int | None, other: int | None) -> int | None:
    """What two have in common; zero says nothing against the other."""
    if one == 0:
        return other
    return one if other in (0, one) else None
