"""What is promised, and what the plan behind it aims at, is defined, and has a unit, a direction and a source.

That is asked of the years that a folder reports on; what only lets them be compared may lack it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Related
from sakip_rules.model import program as p
from sakip_rules.model.amendments import agreement_in_force
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program, everything
from sakip_rules.model.results import Promises


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    told: set[int] = set()
    for year in sorted({report.year for report in program.own(p.Report)}):
        agreement, _ = agreement_in_force(program, year, None)
        if agreement is None:
            continue
        promised = [row.indicator for row in agreement.rows]
        aimed_at = _planned(agreement, program)
        for reference, by_agreement in (*((each, True) for each in promised), *((each, False) for each in aimed_at)):
            indicator = program.target(reference)
            if not isinstance(indicator, p.Indicator) or id(indicator) in told or not _is_own(indicator, program):
                continue
            told.add(id(indicator))
            related = (Related(reference.span, "promised_here"),)
            yield from _indicator(indicator, related, by_agreement)


def _planned(agreement: Promises, program: Program) -> Iterator[p.Reference]:
    """The indicators of the goals and objectives of the plans that an agreement refers to."""
    for reference in agreement.refers_to:
        plan = program.target(reference)
        if isinstance(plan, p.Plan):
            for item in everything(plan.children):
                yield from item.indicators if isinstance(item, p.Goal | p.Objective) else ()


def _is_own(indicator: p.Indicator, program: Program) -> bool:
    return any(item is indicator for item in program.layers[0].names.get(indicator.name, ()))


def _indicator(indicator: p.Indicator, related: tuple[Related, ...], promised: bool) -> Iterator[Diagnostic]:
    facts = {"name": indicator.name, "title": indicator.label}
    if indicator.meaning is None and indicator.expression is None and indicator.index is None:
        yield Diagnostic(codes.NO_DEFINITION, indicator.name_span, facts, related)
    stated = {
        "satuan": indicator.unit,
        "arah": indicator.direction,
        "sumber": indicator.source or indicator.assessor,
    }
    lacking = tuple(key for key, value in stated.items() if value is None)
    if promised and lacking:
        yield Diagnostic(codes.INCOMPLETE_DEFINITION, indicator.name_span, {**facts, "keys": lacking}, related)
