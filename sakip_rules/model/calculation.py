"""How a number follows from other numbers of its row, in terms that every format can write in its own way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from attrs import frozen

from sakip_rules.base.numbers import Rounding, RoundingMode, round_exact
from sakip_rules.model.operators import ARITHMETIC, COMPARISONS

#: Comparisons and what joins them; ``bukan`` and ``jika`` stand among the operations, too.
TRUTHS = ("=", "≠", "<", "≤", ">", "≥", "dan", "atau", "bukan")


@frozen
class Constant:
    """An exact number, written in the rule or a factor between units."""

    number: Fraction


@frozen
class Operand:
    """The number that stands in a column of the same row; ``column`` counts from 0."""

    column: int


@frozen
class Operation:
    """An operation on terms.

    ``name`` is ``+ - * /``, ``negatif``, ``mutlak``, ``min``, ``maks``, ``bulat`` (half away from zero) or ``potong``
    (towards zero), whose second term is how many decimals stay, ``jika`` (a condition, what holds with it, what holds
    else), or one of ``TRUTHS``.
    """

    name: str
    terms: tuple[Term, ...]


Term = Constant | Operand | Operation


class IncalculableError(Exception):
    """A term has no value: it divides by zero, or takes a column that holds no number."""


def value_of(term: Term, numbers: Mapping[int, Fraction]) -> Fraction | bool:
    """The exact value of a term over the numbers of a row by their columns, or ``IncalculableError``."""
    if isinstance(term, Constant):
        return term.number
    if isinstance(term, Operand):
        if term.column not in numbers:
            raise IncalculableError
        return numbers[term.column]
    if term.name == "jika":
        condition, then, other = term.terms
        return value_of(then if value_of(condition, numbers) else other, numbers)
    values = [value_of(each, numbers) for each in term.terms]
    try:
        value: Fraction | bool = _OPERATIONS[term.name](*values)
    except ZeroDivisionError:
        raise IncalculableError from None
    return value


def _rounded(mode: RoundingMode) -> Callable[[Fraction, Fraction], Fraction]:
    return lambda number, places: round_exact(number, Rounding(int(places), mode))


def _least(*numbers: Fraction) -> Fraction:
    return min(numbers)


def _most(*numbers: Fraction) -> Fraction:
    return max(numbers)


def _both(*truths: bool) -> bool:
    return all(truths)


def _either(*truths: bool) -> bool:
    return any(truths)


_OPERATIONS: Mapping[str, Callable[..., Any]] = {
    **ARITHMETIC,
    **COMPARISONS,
    "negatif": lambda number: -number,
    "mutlak": abs,
    "min": _least,
    "maks": _most,
    "bulat": _rounded(RoundingMode.HALF_AWAY_FROM_ZERO),
    "potong": _rounded(RoundingMode.TOWARDS_ZERO),
    "dan": _both,
    "atau": _either,
    "bukan": lambda truth: not truth,
}
