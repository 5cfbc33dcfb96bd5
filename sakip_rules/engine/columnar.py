"""Many achievements at once: the semantics of the interpreter over whole columns of whole numbers.

A column holds exact numbers as ``factor × numerator / denominator`` with one factor for all rows, so that most
operations touch the factor alone, and each rounding step is one pass over whole numbers.  What does not fit, such as
a condition table or a zero divisor, is left to the interpreter: the two never disagree.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor, lcm

from attrs import evolve, frozen

from sakip_rules.base.numbers import MAX_BITS, Rounding, RoundingMode, round_ratio
from sakip_rules.engine.achievement import Assessor, Case, steps_before_average
from sakip_rules.model import program as p
from sakip_rules.model.measures import adopted, is_whole, literal
from sakip_rules.model.results import Achievement
from sakip_rules.model.units import PERCENT, RATIO, Measure, product, quotient, total
from sakip_rules.model.values import Status, Value
from sakip_rules.syntax import tree

#: Common denominators beyond this would make the numerators of a column longer than they need to be.
_MAX_SCALE = 10**24


class _NotColumnarError(Exception):
    """An expression or a value that only the interpreter can take."""


@frozen(eq=False)
class Column:
    """Exact numbers in one unit: row ``i`` is ``factor × numerators[i] / denominators[i]``."""

    numerators: Sequence[int]
    denominators: Sequence[int] | None
    factor: Fraction
    measure: Measure

    def number(self, row: int) -> Fraction:
        denominator = self.denominators[row] if self.denominators else 1
        return self.factor * Fraction(self.numerators[row], denominator)


def column(numbers: Sequence[Fraction], measure: Measure) -> Column:
    """A column of exact numbers, over their common denominator."""
    scale = 1
    for denominator in {number.denominator for number in numbers}:
        scale = lcm(scale, denominator)
        if scale > _MAX_SCALE:
            return Column(
                [each.numerator for each in numbers], [each.denominator for each in numbers], Fraction(1), measure
            )
    whole = [number.numerator * (scale // number.denominator) for number in numbers]
    return Column(whole, None, Fraction(1, scale), measure)


@frozen(eq=False)
class Assessments:
    """The achievements of many rows; how one came about is worked out when it is asked for."""

    assessor: Assessor
    method: p.Method
    direction: str
    targets: Column
    realizations: Column
    unrounded: Column
    values: Column
    categories: Sequence[p.Band | None]

    def __len__(self) -> int:
        return len(self.values.numerators)

    def explain(self, row: int) -> Achievement:
        """One achievement with its trace, by the interpreter."""
        target = Value(self.targets.number(row), self.targets.measure)
        realization = Value(self.realizations.number(row), self.realizations.measure)
        return self.assessor.assess(self.method, Case(self.direction, target, realization), traced=True)


def assess_columns(
    assessor: Assessor, method: p.Method, direction: str, targets: Column, realizations: Column
) -> Assessments | None:
    """The achievements of rows that all have a target and a realization; nothing where the method is not columnar."""
    case = Case(direction, Value(Fraction(1), targets.measure), Value(Fraction(1), realizations.measure))
    formula, _ = assessor.formula_for(method, case)
    category = assessor.program.target(method.category)
    if formula is None or formula.expression is None or (method.zero_target is not None and 0 in targets.numerators):
        return None
    try:
        inputs = {"rencana": targets, "realisasi": realizations}
        values = unrounded = _formula(formula, inputs)
        for step in steps_before_average(method):
            values = _step(step, values)
        categories = (
            _categories(category, values, assessor)
            if isinstance(category, p.Category)
            else [None] * len(targets.numerators)
        )
    except _NotColumnarError:
        return None
    return Assessments(assessor, method, direction, targets, realizations, unrounded, values, categories)


def assess_all(assessor: Assessor, method: p.Method, cases: Sequence[Case]) -> list[Achievement]:
    """The achievements of many cases, in their order: by columns where they can be, by the interpreter else."""
    found: dict[int, Achievement | None] = {}
    for (direction, target, realization), rows in _groups(cases).items():
        targets = column([cases[row].target.fraction for row in rows], target)  # type: ignore[union-attr]
        realizations = column([cases[row].realization.fraction for row in rows], realization)
        assessed = assess_columns(assessor, method, direction, targets, realizations)
        if assessed:
            found |= zip(rows, _achievements(assessed), strict=True)
    return [found.get(row) or assessor.assess(method, case) for row, case in enumerate(cases)]


def _groups(cases: Sequence[Case]) -> dict[tuple[str, Measure, Measure], list[int]]:
    """The rows that columns can take, by what must be one for all of a column.

    A provisional value is left to the interpreter: whether its status reaches the result is for the formula to say.
    """
    groups: dict[tuple[str, Measure, Measure], list[int]] = {}
    for row, case in enumerate(cases):
        target, realization = case.target, case.realization
        if case.direction is None or case.by_rank or not isinstance(target, Value):
            continue
        final = target.status is Status.FINAL and realization.status is Status.FINAL
        if final and isinstance(target.number, Fraction) and target.number and isinstance(realization.number, Fraction):
            groups.setdefault((case.direction, target.measure, realization.measure), []).append(row)
    return groups


def _achievements(found: Assessments) -> Iterator[Achievement | None]:
    """The achievements of a column; nothing for a value outside every band, whose reason the interpreter gives."""
    formula, _ = found.assessor.formula_for(found.method, Case(found.direction, Value(Fraction(1)), Value(Fraction(1))))
    for row, band in enumerate(found.categories):
        if band is None and found.method.category is not None:
            yield None
            continue
        value = Value(found.values.number(row), found.values.measure)
        before = Value(found.unrounded.number(row), found.values.measure)
        yield Achievement(value, before, formula, category=band)


# Expressions.

_Operand = Column | Value


def _formula(formula: p.Formula, inputs: Mapping[str, Column]) -> Column:
    assert formula.expression is not None
    found = _evaluated(formula.expression, inputs)
    if not isinstance(found, Column):
        raise _NotColumnarError
    return _rounded(found, formula.rounding) if formula.rounding else found


def _evaluated(node: tree.Expression, inputs: Mapping[str, Column]) -> _Operand:
    if isinstance(node, tree.Number) and node.unit in (None, "%"):
        return Value(literal(node.text), PERCENT if node.unit else RATIO)
    if isinstance(node, tree.Name) and node.parts[0] in inputs and len(node.parts) == 1:
        return inputs[node.parts[0]]
    if isinstance(node, tree.Unary) and node.operator == "-":
        return _scaled(_evaluated(node.operand, inputs), Fraction(-1))
    if isinstance(node, tree.Binary) and node.operator in _OPERATIONS:
        return _OPERATIONS[node.operator](node, _evaluated(node.left, inputs), _evaluated(node.right, inputs))
    raise _NotColumnarError


def _scaled(operand: _Operand, by: Fraction, measure: Measure | None = None) -> _Operand:
    unit = measure or operand.measure
    if isinstance(operand, Value):
        return Value(operand.fraction * by, unit)
    factor = operand.factor * by
    if max(factor.numerator.bit_length(), factor.denominator.bit_length()) > MAX_BITS // 4:
        raise _NotColumnarError
    return evolve(operand, factor=factor, measure=unit)


def _times(node: tree.Binary, left: _Operand, right: _Operand) -> _Operand:
    measure, factor = product(left.measure, right.measure)
    if isinstance(left, Value):
        return _scaled(right, left.fraction * factor, measure)
    if isinstance(right, Value):
        return _scaled(left, right.fraction * factor, measure)
    numerators = _products(left.numerators, right.numerators)
    return Column(
        numerators, _multiplied(left.denominators, right.denominators), left.factor * right.factor * factor, measure
    )


def _multiplied(left: Sequence[int] | None, right: Sequence[int] | None) -> Sequence[int] | None:
    if left is None or right is None:
        return left or right
    return _products(left, right)


def _products(left: Sequence[int], right: Sequence[int]) -> list[int]:
    """The products row by row; where one may be longer than a figure can be, the interpreter says which."""
    found = [one * other for one, other in zip(left, right, strict=True)]
    if max(map(int.bit_length, found), default=0) > MAX_BITS // 4:
        raise _NotColumnarError
    return found


def _divided(node: tree.Binary, left: _Operand, right: _Operand) -> _Operand:
    measure, factor = quotient(left.measure, right.measure)
    if isinstance(right, Value):
        if not right.number:
            raise _NotColumnarError
        return _scaled(left, factor / right.fraction, measure)
    if min(right.numerators, default=1) <= 0 or right.denominators is not None:
        raise _NotColumnarError
    if isinstance(left, Value):
        ones = [1] * len(right.numerators)
        return Column(ones, right.numerators, left.fraction * factor / right.factor, measure)
    denominators = _multiplied(left.denominators, right.numerators)
    return Column(left.numerators, denominators, left.factor * factor / right.factor, measure)


def _added(node: tree.Binary, left: _Operand, right: _Operand) -> _Operand:
    one, other = adopted(node, left.measure, right.measure)
    measure = total(one, other, node.operator, is_whole(node.left))
    if measure is None:
        raise _NotColumnarError
    sign = 1 if node.operator == "+" else -1
    if isinstance(left, Value) and isinstance(right, Value):
        return Value(left.fraction + sign * right.fraction, measure)
    size = len(left.numerators if isinstance(left, Column) else right.numerators)  # type: ignore[union-attr]
    return _sum(_as_column(left, size), _as_column(right, size), sign, measure)


def _as_column(operand: _Operand, size: int) -> Column:
    if isinstance(operand, Column):
        return operand
    return Column([1] * size, None, operand.fraction, operand.measure)


def _sum(left: Column, right: Column, sign: int, measure: Measure) -> Column:
    """Both sides over one factor, and over one denominator where they have any."""
    if left.denominators is not None or right.denominators is not None:
        raise _NotColumnarError
    scale = lcm(left.factor.denominator, right.factor.denominator)
    one, other = int(left.factor * scale), int(right.factor * scale) * sign
    numerators = [a * one + b * other for a, b in zip(left.numerators, right.numerators, strict=True)]
    return Column(numerators, None, Fraction(1, scale), measure)


_OPERATIONS = {"*": _times, "/": _divided, "+": _added, "-": _added}


# Steps.


def _step(step: p.Step, values: Column) -> Column:
    if step.step == "pembulatan" and isinstance(step.value, Rounding):
        return _rounded(values, step.value)
    if isinstance(step.value, p.Quantity):
        return _limited(values, step.value.number, upper=step.step == "batas_atas")
    return values


def _rounded(values: Column, rounding: Rounding) -> Column:
    """One pass: twice the numerator and the denominator, so that halves are whole."""
    scaled = values.factor * Fraction(10) ** rounding.places
    above, below = scaled.numerator, scaled.denominator
    rows = values.numerators
    if values.denominators is None:
        if rounding.mode is RoundingMode.HALF_AWAY_FROM_ZERO and min(rows, default=0) * above >= 0:
            twice, double = 2 * above, 2 * below
            whole = [(row * twice + below) // double for row in rows]
        else:
            whole = [round_ratio(row * above, below, rounding.mode) for row in rows]
    elif rounding.mode is RoundingMode.HALF_AWAY_FROM_ZERO and min(rows, default=0) * above >= 0:
        twice, double = 2 * above, 2 * below
        whole = [
            (row * twice + denominator * below) // (denominator * double)
            for row, denominator in zip(rows, values.denominators, strict=True)
        ]
    else:
        whole = [
            round_ratio(row * above, denominator * below, rounding.mode)
            for row, denominator in zip(rows, values.denominators, strict=True)
        ]
    return Column(whole, None, Fraction(10) ** -rounding.places, values.measure)


def _limited(values: Column, limit: Fraction, upper: bool) -> Column:
    scaled = limit / values.factor
    if values.denominators is not None or scaled.denominator != 1 or values.factor < 0:
        raise _NotColumnarError
    bound = int(scaled)
    choose = min if upper else max
    return evolve(values, numerators=[choose(row, bound) for row in values.numerators])


# Bands.


def _categories(category: p.Category, values: Column, assessor: Assessor) -> list[p.Band | None]:
    """The band of each row: the bands cut the whole numbers into stretches, found by bisection."""
    expected = assessor.program.measure(category.unit)
    if expected is not None and expected != values.measure:
        raise _NotColumnarError
    looked_up = _rounded(values, category.rounding) if category.rounding else values
    if looked_up.denominators is not None or looked_up.factor <= 0:
        raise _NotColumnarError
    ranges = [band.range for band in category.bands] + ([category.domain] if category.domain else [])
    edges = sorted({edge for interval in ranges for edge in _edges(interval, looked_up.factor)})
    stretches = [_band_at(category, (edges[0] if edges else 0) - 1, looked_up.factor)]
    stretches += [_band_at(category, edge, looked_up.factor) for edge in edges]
    return [stretches[bisect_right(edges, row)] for row in looked_up.numerators]


def _edges(interval: p.Interval, factor: Fraction) -> Iterator[int]:
    """The whole numbers at which an interval begins, and at which it has ended."""
    if interval.lower is not None:
        lower = interval.lower / factor
        yield ceil(lower) if interval.lower_included else floor(lower) + 1
    if interval.upper is not None:
        upper = interval.upper / factor
        yield floor(upper) + 1 if interval.upper_included else ceil(upper)


def _band_at(category: p.Category, whole: int, factor: Fraction) -> p.Band | None:
    number = whole * factor
    if category.domain is not None and number not in category.domain:
        return None
    return next((band for band in category.bands if number in band.range), None)
