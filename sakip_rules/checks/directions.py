"""The formula that a method uses for a direction moves in that direction."""

from __future__ import annotations

from collections.abc import Iterable

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Related
from sakip_rules.model import program as p
from sakip_rules.model.functions import Functions
from sakip_rules.model.monotony import together, trend
from sakip_rules.model.names import Program

#: The input whose growth the directions speak of.
_REALIZATION = "realisasi"


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    for method in program.own(p.Method):
        for direction, reference, expected in (("naik", method.up, 1), ("turun", method.down, -1)):
            formula = program.target(reference)
            if isinstance(formula, p.Formula) and _slope(formula) == -expected:
                facts = {"method": method.name, "formula": formula.name, "direction": direction}
                related = (Related(formula.place("rumus"), "formula_here"),)
                yield Diagnostic(codes.FORMULA_AGAINST_DIRECTION, method.place(direction), facts, related)


def _slope(formula: p.Formula) -> int | None:
    """Whether an achievement rises or falls with the realization, in every branch of its formula."""
    results = (formula.expression, *(branch.result for branch in formula.branches))
    return together(trend(result, _REALIZATION).slope for result in results if result is not None)
