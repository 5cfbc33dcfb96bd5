"""The budget of a programme that supports several objectives is shared between these, and shared as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Related
from sakip_rules.base.spelling import Spelling
from sakip_rules.model import program as p
from sakip_rules.model.amendments import in_force
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    """Each allocation against the agreement that holds for its year; without one there is nothing to compare."""
    for allocation in program.own(p.Allocation):
        agreement, _ = in_force(program, p.Agreement, allocation.year, None)
        if agreement is not None:
            yield from _against(program, allocation, agreement)


def _against(program: Program, allocation: p.Allocation, agreement: p.Agreement) -> Iterator[Diagnostic]:
    programs = {row.name: row for row in agreement.activities if row.depth == 1}
    spelling = Spelling(programs)
    parts: dict[str, list[p.AllocationRow]] = {}
    for row in allocation.rows:
        parts.setdefault(row.program, []).append(row)
    for name, rows in parts.items():
        shared = programs.get(name)
        if shared is None:
            facts = {"name": name, "document": agreement.name}
            yield Diagnostic(codes.UNKNOWN_PROGRAM, rows[0].place("program"), facts, (), spelling.near(name))
            continue
        yield from _objectives(program, shared, rows)
        allocated = sum((row.budget.number for row in rows), Fraction(0))
        if shared.budget is not None and allocated != shared.budget.number:
            amounts = {"name": name, "found": allocated, "expected": shared.budget.number}
            related = (Related(shared.place("pagu"), "budget_here"),)
            yield Diagnostic(codes.ALLOCATION_SUM, rows[-1].place("pagu"), amounts, related)


def _objectives(program: Program, shared: p.ActivityRow, rows: Iterable[p.AllocationRow]) -> Iterator[Diagnostic]:
    supported = [program.target(reference) for reference in shared.supports]
    for row in rows:
        objective = program.target(row.objective)
        if isinstance(objective, p.Objective) and objective not in supported:
            facts = {"name": shared.name, "objective": objective.name}
            related = (Related(shared.place("mendukung"), "supports_here"),)
            yield Diagnostic(codes.ALLOCATION_OBJECTIVE, row.place("sasaran"), facts, related)
