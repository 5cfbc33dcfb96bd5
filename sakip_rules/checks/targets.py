"""The targets of plans and agreements are in the unit of their indicator, and of a size that it can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Related, Repair
from sakip_rules.base.numbers import format_number
from sakip_rules.model import program as p
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program
from sakip_rules.model.units import PERCENT


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    for indicator, target in _targets(program):
        measure = program.measure(indicator.unit)
        if isinstance(target, p.Label) or measure is None:
            continue
        if target.unit and program.units.measure(target.unit) not in (measure, None):
            related = (
                Related(indicator.place("satuan"), "unit_here", {"unit": indicator.unit and indicator.unit.text}),
            )
            facts = {"name": indicator.name, "unit": target.unit, "expected": str(measure)}
            yield Diagnostic(codes.TARGET_UNIT, target.span, facts, related)
        elif isinstance(target, p.Quantity) and target.lone_group and measure == PERCENT and target.unit != "%":
            yield _lone_group(target)


def _targets(program: Program) -> Iterator[tuple[p.Indicator, p.Quantity | p.Interval | p.Label]]:
    for document in (*program.own(p.Plan), *program.own(p.Document)):
        for row in getattr(document, "rows", ()):
            indicator = program.target(row.indicator)
            if isinstance(indicator, p.Indicator):
                yield from ((indicator, target) for target in _of(row) if target is not None)


def _of(row: p.PlanRow | p.AgreementRow) -> Iterator[p.Target | None]:
    if isinstance(row, p.PlanRow):
        yield from row.targets.values()
    else:
        yield from (row.target, row.first_quarter, row.second_quarter, row.third_quarter, row.fourth_quarter)


def _lone_group(target: p.Quantity) -> Diagnostic:
    text = format_number(target.number)
    meant = text.replace(".", ",")
    facts = {"text": text, "number": target.number}
    return Diagnostic(codes.LONE_GROUP, target.span, facts, near=meant, repair=Repair(target.span, meant))
