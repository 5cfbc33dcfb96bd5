"""Targets are in the unit of their indicator and of a size that it can have; those of plans are of their years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sakip_rules.base import codes
from sakip_rules.base.dates import Period
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
    for plan in program.own(p.Plan):
        if plan.rows and plan.effective is not None:
            yield from _planned_years(plan, plan.effective)


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


def _planned_years(plan: p.Plan, period: Period) -> Iterator[Diagnostic]:
    """Columns stand for years of the plan; where there are several, for all of them.

    A plan that is only written down for the year of a report has one.
    """
    row = plan.rows[0]
    related = (Related(plan.place("berlaku"), "beside"),)
    for year in row.targets:
        if not period.covers_year(year):
            facts = {"name": plan.name, "year": year}
            yield Diagnostic(codes.TARGET_OUTSIDE_PERIOD, row.place(str(year)), facts, related)
    if len(row.targets) > 1 and period.start and period.end:
        every = range(period.start.year, period.end.year + 1)
        if lacking := tuple(year for year in every if year not in row.targets):
            facts = {"name": plan.name, "years": lacking}
            yield Diagnostic(codes.YEAR_WITHOUT_TARGETS, plan.place("berlaku"), facts)


def _lone_group(target: p.Quantity) -> Diagnostic:
    text = format_number(target.number)
    meant = text.replace(".", ",")
    facts = {"text": text, "number": target.number}
    return Diagnostic(codes.LONE_GROUP, target.span, facts, near=meant, repair=Repair(target.span, meant))
