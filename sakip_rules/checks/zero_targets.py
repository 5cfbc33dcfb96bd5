"""A method says what a target of zero means, where a document sets one and no division would tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Related
from sakip_rules.model import program as p
from sakip_rules.model.amendments import agreement_in_force, reporting_years
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program
from sakip_rules.syntax import tree

_TARGET = "rencana"


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    for year in reporting_years(program):
        agreement, _ = agreement_in_force(program, year, None)
        method = program.target(agreement.method) if agreement else None
        if agreement is None or not isinstance(method, p.Method) or method.zero_target is not None:
            continue
        for row in agreement.rows:
            if isinstance(row.target, p.Quantity) and row.target.number == 0 and not _divides(row, method, program):
                facts = {"method": method.name, "name": row.indicator.text}
                related = (Related(method.name_span, "method_here"),)
                yield Diagnostic(codes.ZERO_TARGET_WITHOUT_POLICY, row.place("target"), facts, related)


def _divides(row: p.AgreementRow, method: p.Method, program: Program) -> bool:
    """Whether the formula of the row's direction divides by the target alone, which is a finding of the figures."""
    indicator = program.target(row.indicator)
    by_direction = {"naik": method.up, "turun": method.down, "tepat": method.exact}
    direction = indicator.direction if isinstance(indicator, p.Indicator) else None
    formula = program.target(by_direction.get(direction or ""))
    return not isinstance(formula, p.Formula) or any(_names(part) == {_TARGET} for part in _divisors(formula))


def _divisors(formula: p.Formula) -> Iterator[tree.Expression]:
    for result in (formula.expression, *(branch.result for branch in formula.branches)):
        for part in tree.walk(result) if result is not None else ():
            if isinstance(part, tree.Binary) and part.operator == "/":
                yield part.right


def _names(node: tree.Expression) -> set[str]:
    return {".".join(part.parts) for part in tree.walk(node) if isinstance(part, tree.Name)}
