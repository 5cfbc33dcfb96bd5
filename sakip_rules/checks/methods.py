"""A method can be followed: its steps in their order, each with its value, and formulas with the inputs they need."""

from __future__ import annotations

from collections.abc import Iterable

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Related
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
#: What the formulas of a method are given beside those of achievements: the key, its attribute, and the inputs.
_GIVEN = (
    ("serapan", "absorption", ("anggaran", "serapan")),
    ("efisiensi", "efficiency", ("anggaran", "serapan", "capaian")),
    ("efisiensi_total", "total_efficiency", ("anggaran", "serapan", "capaian")),
    ("kemajuan", "progress", ("rencana", "realisasi")),
    ("perubahan", "change", ("sekarang", "lalu")),
    ("selisih", "difference", ("sekarang", "lalu")),
)


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    for method in program.own(p.Method):
        if not any(step.step == "capaian" for step in method.steps[:1]):
            yield Diagnostic(codes.NO_ACHIEVEMENT_STEP, method.name_span, {"method": method.name})
        for step in method.steps:
            if not isinstance(step.value, _NEEDS[step.step]):
                yield Diagnostic(codes.WRONG_STEP_VALUE, step.place("nilai"), {"step": step.step})
        yield from _inputs(program, method)


def _inputs(program: Program, method: p.Method) -> Iterable[Diagnostic]:
    """Inputs that a formula needs and that its key does not give it."""
    for key, attribute, given in _GIVEN:
        formula = program.target(getattr(method, attribute))
        for needed in formula.inputs if isinstance(formula, p.Formula) else ():
            if needed.name not in given:
                facts = {"formula": formula.name, "name": needed.name, "key": key, "names": given}
                related = (Related(needed.span, "defined_here"),)
                yield Diagnostic(codes.FORMULA_INPUT, method.place(key), facts, related)
