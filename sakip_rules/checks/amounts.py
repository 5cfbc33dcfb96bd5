"""Budgets are in rupiah, and not negative."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.model import program as p
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    money = program.units.measure("Rp")
    for amount in _amounts(program):
        if amount.unit and money is not None and program.units.measure(amount.unit) not in (money, None):
            yield Diagnostic(codes.AMOUNT_UNIT, amount.span, {"unit": amount.unit})
        if amount.number < 0:
            yield Diagnostic(codes.NEGATIVE_AMOUNT, amount.span, {"number": amount.number})


def _amounts(program: Program) -> Iterator[p.Quantity]:
    """Every budget that a document or an allocation states."""
    for document in program.own(p.RevisableDocument):
        yield from (row.budget for row in document.activities if row.budget)
    for budget in program.own(p.Budget):
        yield from (budget.total,) if budget.total else ()
    for allocation in program.own(p.Allocation):
        yield from (row.budget for row in allocation.rows)
