"""The numerator and the denominator of a formula such as ``a / b × 100%``."""

from __future__ import annotations

from sakip_rules.syntax import tree


def quotient(node: tree.Expression) -> tuple[tree.Expression, tree.Expression] | None:
    """Both parts of a formula that is one quotient, whatever literal number it is multiplied by."""
    if not isinstance(node, tree.Binary):
        return None
    if node.operator == "/":
        return node.left, node.right
    if node.operator == "*":
        sides = (node.left, node.right)
        others = [side for side in sides if not isinstance(side, tree.Number)]
        return quotient(others[0]) if len(others) == 1 else None
    return None
