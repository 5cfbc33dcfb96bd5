"""A formula has a rule or a condition table, not both and not neither."""

from __future__ import annotations

from collections.abc import Iterable

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.model import program as p
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    for formula in program.own(p.Formula):
        facts = {"name": formula.name}
        if formula.expression is not None and formula.branches:
            yield Diagnostic(codes.RULE_AND_TABLE, formula.place("rumus"), facts)
        elif formula.expression is None and not formula.branches and "rumus" not in formula.places:
            yield Diagnostic(codes.NO_RULE, formula.name_span, facts)
