"""The steps of a method can be taken: the achievement comes first, and each step has the value that it needs."""

from __future__ import annotations

from collections.abc import Iterable

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.numbers import Rounding
from sakip_rules.model import program as p
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program

_NEEDS: dict[str, type] = {
    "capaian": type(None),
    "pembulatan": Rounding,
    "batas_atas": p.Quantity,
    "batas_bawah": p.Quantity,
    "rata_rata": str,
}


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    for method in program.own(p.Method):
        if not any(step.step == "capaian" for step in method.steps[:1]):
            yield Diagnostic(codes.NO_ACHIEVEMENT_STEP, method.name_span, {"method": method.name})
        for step in method.steps:
            if not isinstance(step.value, _NEEDS[step.step]):
                yield Diagnostic(codes.WRONG_STEP_VALUE, step.place("nilai"), {"step": step.step})
