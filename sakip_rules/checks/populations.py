"""What a population is said to be of, a data file may name."""

from __future__ import annotations

from collections.abc import Iterable

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Repair
from sakip_rules.base.spelling import Spelling
from sakip_rules.model import program as p
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    variables = [item for item in program.own(p.Variable) if item.population_of]
    if not variables:
        return
    measured = {item.name for kind in (p.Variable, p.Indicator) for item in program.all(kind)}
    known = measured | {row.name for item in program.own(p.RevisableDocument) for row in item.activities}
    for variable in variables:
        for reference in variable.population_of:
            if reference.text not in known:
                near = Spelling(known).near(reference.text)
                repair = Repair(reference.span, near) if near else None
                yield Diagnostic(codes.UNDEFINED_NAME, reference.span, {"name": reference.text}, (), near, repair)
