"""The functions that every rule file may call, each defined once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import chain

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code
from sakip_rules.base.numbers import Root, Rounding, RoundingMode, round_exact
from sakip_rules.model.functions import Argument, Function, Functions
from sakip_rules.model.units import RATIO, Measure
from sakip_rules.model.values import Reason, Status, Value, absent, heaviest

Numbers = list[Fraction]


def flat(arguments: Sequence[Argument]) -> list[Value]:
    """All values of some arguments, lists opened."""
    return list(chain.from_iterable(item if isinstance(item, tuple) else (item,) for item in arguments))


def single(argument: Argument) -> Value:
    """One value; a list of one is that one."""
    if isinstance(argument, Value):
        return argument
    return argument[0] if len(argument) == 1 else undefined(codes.NOT_ONE_VALUE, count=len(argument))


def undefined(code: Code, measure: Measure = RATIO, **values: object) -> Value:
    """A value that could not be calculated, and why."""
    return absent(Status.UNDEFINED, measure, Reason(code, values))


def combine(values: Sequence[Value], calculate: Callable[[Numbers], Fraction | Root]) -> Value:
    """What an aggregate makes of values: those that do not apply are left out, a missing one makes it missing."""
    counted = [value for value in values if value.status is not Status.NOT_APPLICABLE]
    decisive = heaviest(counted or values)
    if decisive is None:
        return undefined(codes.AVERAGE_MISSING)
    measure = (counted or values)[0].measure
    if not decisive.known:
        return absent(decisive.status, measure, decisive.reason)
    numbers = [value.number for value in counted]
    if not all(isinstance(number, Fraction) for number in numbers):
        return undefined(codes.ROOT_NOT_ROUNDED, measure)
    return Value(calculate([value.fraction for value in counted]), measure, decisive.status)


def total_of(numbers: Numbers) -> Fraction:
    return sum(numbers, Fraction(0))


def mean(numbers: Numbers) -> Fraction:
    return total_of(numbers) / len(numbers)


def _aggregate(calculate: Callable[[Numbers], Fraction | Root]) -> Callable[[Sequence[Argument]], Value]:
    return lambda arguments: combine(flat(arguments), calculate)


def _geometric_mean(arguments: Sequence[Argument]) -> Value:
    values = flat(arguments)
    if any(isinstance(value.number, Fraction) and value.number < 0 for value in values):
        return undefined(codes.NEGATIVE_ROOT)

    def root(numbers: Numbers) -> Fraction | Root:
        radicand = Fraction(1)
        for number in numbers:
            radicand *= number
        result = Root(Fraction(1), radicand, len(numbers))
        exact = result.exact()
        return result if exact is None else exact

    return combine(values, root)


def _weighted_mean(arguments: Sequence[Argument]) -> Value:
    values, weights = flat(arguments[:1]), flat(arguments[1:])
    if len(values) != len(weights):
        return undefined(
            codes.WRONG_ARGUMENT_COUNT, function="rata_rata_tertimbang", found=len(weights), least=len(values)
        )
    pairs = [pair for pair in zip(values, weights, strict=True) if pair[0].status is not Status.NOT_APPLICABLE]
    measure = values[0].measure if values else RATIO
    decisive = heaviest(list(chain.from_iterable(pairs)))
    if decisive is None:
        return absent(Status.NOT_APPLICABLE, measure)
    if not decisive.known:
        return absent(decisive.status, measure, decisive.reason)
    if not all(isinstance(each.number, Fraction) for each in chain.from_iterable(pairs)):
        return undefined(codes.ROOT_NOT_ROUNDED, measure)
    divisor = sum((weight.fraction for _, weight in pairs), Fraction(0))
    if not divisor:
        return undefined(codes.DIVISION_BY_ZERO, measure)
    weighted = sum((value.fraction * weight.fraction for value, weight in pairs), Fraction(0))
    return Value(weighted / divisor, measure, decisive.status)


def _count(arguments: Sequence[Argument]) -> Value:
    values = flat(arguments)
    return Value(Fraction(sum(1 for value in values if value.known)))


def _rounded(mode: RoundingMode) -> Callable[[Sequence[Argument]], Value]:
    def apply(arguments: Sequence[Argument]) -> Value:
        value, places = single(arguments[0]), single(arguments[1]) if len(arguments) > 1 else Value(Fraction(0))
        decisive = heaviest((value, places))
        assert decisive is not None
        if value.number is None or places.number is None:
            return absent(decisive.status, value.measure, decisive.reason)
        digits = places.number
        if not isinstance(digits, Fraction):
            return undefined(codes.ROOT_NOT_ROUNDED, value.measure)
        if digits.denominator != 1 or abs(digits) > 12:
            return undefined(codes.NOT_A_ROUNDING, value.measure, text=str(digits), choices=())
        return Value(round_exact(value.number, Rounding(int(digits), mode)), value.measure, decisive.status)

    return apply


def _absolute(arguments: Sequence[Argument]) -> Value:
    return combine([single(arguments[0])], lambda numbers: abs(numbers[0]))


def _same(measures: Sequence[Measure]) -> Measure | None:
    return measures[0] if measures and all(measure == measures[0] for measure in measures) else None


def _first(measures: Sequence[Measure]) -> Measure | None:
    return measures[0] if measures else None


def _plain(measures: Sequence[Measure]) -> Measure | None:
    return RATIO


_HALF_UP, _CUT = RoundingMode.HALF_AWAY_FROM_ZERO, RoundingMode.TOWARDS_ZERO

_ALL = (
    Function("jumlah", 1, None, _same, _aggregate(total_of)),
    Function("rata_rata", 1, None, _same, _aggregate(mean)),
    Function("rata_rata_ukur", 1, None, _same, _geometric_mean),
    Function("rata_rata_tertimbang", 2, 2, _first, _weighted_mean),
    Function("min", 1, None, _same, _aggregate(min)),
    Function("maks", 1, None, _same, _aggregate(max)),
    Function("bulat", 1, 2, _first, _rounded(_HALF_UP)),
    Function("potong", 1, 2, _first, _rounded(_CUT)),
    Function("mutlak", 1, 1, _first, _absolute),
    Function("cacah", 1, None, _plain, _count),
)

BUILT_IN: Functions = {function.name: function for function in _ALL}
