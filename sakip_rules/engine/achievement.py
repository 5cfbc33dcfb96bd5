"""The achievement of one target: the method's formula for its direction, its policies, and its steps in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code
from sakip_rules.base.numbers import Root, Rounding
from sakip_rules.base.source import Span
from sakip_rules.engine.bands import band_of
from sakip_rules.engine.functions import combine, mean, undefined
from sakip_rules.engine.scalar import Scope, evaluate_body, rounded
from sakip_rules.model import program as p
from sakip_rules.model.functions import Argument, Functions
from sakip_rules.model.names import Program
from sakip_rules.model.results import Achievement, Step, StepTaken
from sakip_rules.model.units import RATIO, Measure
from sakip_rules.model.values import Reason, Status, Value, absent
from sakip_rules.model.vocabulary import LEAVE_OUT, NO_ACHIEVEMENT


@frozen
class Case:
    """What an achievement is calculated from.

    ``target`` is ``None`` where none was set; a target or realization in words of a scale is given by its rank, and
    ``by_rank`` says so.  ``name`` is that of what is assessed.
    """

    direction: str | None
    target: Value | p.Interval | None
    realization: Value
    baseline: Value | None = None
    by_rank: bool = False
    span: Span | None = None
    name: str = ""


#: The attribute of a method that names the formula for each direction of better.
_BY_DIRECTION = {"naik": "up", "turun": "down", "tepat": "exact"}


class Assessor:
    """Calculates achievements by the methods of one program."""

    def __init__(self, program: Program, functions: Functions) -> None:
        self.program, self.functions = program, functions

    def assess(self, method: p.Method, case: Case, traced: bool = False) -> Achievement:
        """The achievement of a case; every failure is a value that carries its reason."""
        found = self._without_formula(method, case) or self._by_formula(method, case, traced)
        return self._finished(method, found, steps_before_average(method), traced)

    def aggregate(self, method: p.Method, values: Sequence[Value]) -> Value:
        """The mean of some achievements, by the rule that averages follow: one that is missing makes it missing."""
        return combine(values, mean)

    def finished(self, method: p.Method, average: Value) -> Achievement:
        """An average after the steps that follow averaging, with its category."""
        found = Achievement(average, average, None, problem=average.reason)
        return self._finished(method, found, steps_after_average(method), traced=True)

    # Before the formula.

    def _without_formula(self, method: p.Method, case: Case) -> Achievement | None:
        """What holds without a calculation: no target, no realization, or a zero target with a policy of its own."""
        if case.realization.status is Status.NOT_APPLICABLE:
            return _nothing(case.realization)
        if case.target is None:
            return _nothing(_missing(codes.VALUE_MISSING, case.span, what="target", name=case.name))
        if isinstance(case.target, Value) and case.target.number is None:
            return _nothing(case.target)
        if case.realization.number is None:
            return self._missing_realization(method, case)
        if isinstance(case.target, Value) and case.target.number == 0 and method.zero_target is not None:
            return self._zero_target(method, case)
        return None

    def _missing_realization(self, method: p.Method, case: Case) -> Achievement:
        policy = method.missing_realization
        if case.realization.status is Status.UNDEFINED or policy in (None, NO_ACHIEVEMENT):
            return evolve(_nothing(case.realization), policy="realisasi_tidak_ada" if policy else None)
        return self._by_policy(policy, case.realization, "realisasi_tidak_ada")

    def _zero_target(self, method: p.Method, case: Case) -> Achievement:
        policy = method.zero_target
        formula = self.program.target(policy) if isinstance(policy, p.Reference) else None
        if isinstance(formula, p.Formula):
            return evolve(self._calculated(formula, case, True), policy="rencana_nol")
        reason = Reason(codes.ZERO_TARGET, {"method": method.name}, case.span)
        return self._by_policy(policy, absent(Status.UNDEFINED, RATIO, reason), "rencana_nol")

    def _by_policy(self, policy: object, value: Value, name: str) -> Achievement:
        if isinstance(policy, p.Quantity):
            given = Value(policy.number, self.measure_of(policy))
            return Achievement(given, given, None, policy=name)
        return evolve(_nothing(value), left_out=policy == LEAVE_OUT, policy=name)

    # The formula.

    def _by_formula(self, method: p.Method, case: Case, traced: bool) -> Achievement:
        formula, code = self.formula_for(method, case)
        if formula is None:
            reason = Reason(code, {"method": method.name, "direction": case.direction or ""}, case.span)
            return _nothing(absent(Status.UNDEFINED, RATIO, reason))
        return self._calculated(formula, case, traced)

    def formula_for(self, method: p.Method, case: Case) -> tuple[p.Formula | None, Code]:
        """The formula that a method uses for a case, and the finding where it names none."""
        if case.by_rank and method.label_formula:
            return self.program.target(method.label_formula), codes.NO_FORMULA
        if isinstance(case.target, p.Interval):
            return self.program.target(method.range), codes.NO_FORMULA
        if case.direction is None:
            return None, codes.NO_DIRECTION
        if case.direction == "rentang":
            return None, codes.WRONG_TARGET_FORM
        return self.program.target(getattr(method, _BY_DIRECTION[case.direction])), codes.NO_FORMULA

    def _calculated(self, formula: p.Formula, case: Case, traced: bool) -> Achievement:
        trace: list[Step] | None = [] if traced else None
        values = inputs(case, self.measure_of)
        for missing in formula.inputs:
            if missing.name in values or _ranged(missing, values):
                continue
            code = codes.NO_BASELINE if missing.name == "awal" else codes.INPUT_MISSING
            reason = Reason(code, {"name": missing.name, "formula": formula.name}, case.span)
            return _nothing(absent(Status.UNDEFINED, RATIO, reason))
        value = evaluate_body(formula, values, self.scope(trace))
        return Achievement(value, value, formula, problem=value.reason, trace=tuple(trace or ()))

    def scope(self, trace: list[Step] | None = None, values: Mapping[str, Argument] | None = None) -> Scope:
        return Scope(values or {}, self.functions, self.program.units, self.program.formula, trace=trace)

    def measure_of(self, quantity: p.Quantity | p.Interval) -> Measure:
        return self.program.units.measure(quantity.unit) or RATIO if quantity.unit else RATIO

    # The steps.

    def _finished(self, method: p.Method, found: Achievement, steps: Sequence[p.Step], traced: bool) -> Achievement:
        """An achievement after some steps, with its category."""
        value, taken = found.value, list[StepTaken]()
        for step in steps:
            value = self._step(step, value)
            if traced:
                taken.append(StepTaken(step, value))
        band = self._band(method, value)
        problem = band if isinstance(band, Reason) else value.reason
        category = band if isinstance(band, p.Band) else None
        return Achievement(
            value,
            found.unrounded,
            found.formula,
            tuple(taken),
            category,
            problem,
            found.left_out,
            found.policy,
            found.trace,
        )

    def _step(self, step: p.Step, value: Value) -> Value:
        if value.number is None:
            return value
        if step.step == "pembulatan" and isinstance(step.value, Rounding):
            return rounded(value, step.value)
        if isinstance(step.value, p.Quantity):
            if isinstance(value.number, Root):
                return undefined(codes.ROOT_NOT_ROUNDED, value.measure)
            limit: Callable[[Fraction, Fraction], Fraction] = min if step.step == "batas_atas" else max
            return evolve(value, number=limit(value.number, step.value.number))
        return value

    def _band(self, method: p.Method, value: Value) -> p.Band | Reason | None:
        category = self.program.target(method.category)
        if not isinstance(category, p.Category) or value.number is None:
            return None
        return band_of(category, value, self.program.units)


def steps_before_average(method: p.Method) -> tuple[p.Step, ...]:
    """The steps that each achievement takes by itself."""
    return method.steps[: _first_average(method)]


def steps_after_average(method: p.Method) -> tuple[p.Step, ...]:
    """The steps that averages take."""
    return tuple(step for step in method.steps[_first_average(method) :] if step.step != "rata_rata")


def averages(method: p.Method) -> tuple[str, ...]:
    """What a method averages, in its order: per indicator, per objective, weighted."""
    return tuple(step.value for step in method.steps if step.step == "rata_rata" and isinstance(step.value, str))


def _first_average(method: p.Method) -> int:
    return next((at for at, step in enumerate(method.steps) if step.step == "rata_rata"), len(method.steps))


def inputs(case: Case, measure_of: Callable[[p.Interval], Measure]) -> dict[str, Argument]:
    """The values that a formula of an achievement may take, by the names that rule files use."""
    values: dict[str, Argument] = {"realisasi": case.realization}
    if isinstance(case.target, Value):
        values["rencana"] = case.target
    elif isinstance(case.target, p.Interval):
        values |= range_inputs("rencana", case.target, measure_of(case.target), case.realization.measure)
    if case.baseline:
        values["awal"] = case.baseline
    return values


def range_inputs(name: str, interval: p.Interval, measure: Measure, other: Measure) -> dict[str, Argument]:
    """The bounds of a range, as a formula reads them; a range without a unit takes that of the realization."""
    unit = other if measure == RATIO else measure
    open_end = absent(
        Status.UNDEFINED, unit, Reason(codes.WRONG_TARGET_FORM, {"method": "", "direction": ""}, interval.span)
    )
    lower = Value(interval.lower, unit) if interval.lower is not None else open_end
    upper = Value(interval.upper, unit) if interval.upper is not None else open_end
    return {f"{name}.bawah": lower, f"{name}.atas": upper}


def _ranged(item: p.Input, values: Mapping[str, Argument]) -> bool:
    return f"{item.name}.atas" in values


def _missing(code: Code, span: Span | None, **values: object) -> Value:
    return absent(Status.MISSING, RATIO, Reason(code, values, span))


def _nothing(value: Value) -> Achievement:
    return Achievement(value, value, None, problem=value.reason)
