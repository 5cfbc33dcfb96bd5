"""Calculations as spreadsheets write them.

``ROUND`` of a spreadsheet rounds half away from zero as the engine does, but on binary numbers of 15 digits: a number
whose digits reach further may round otherwise when it is recalculated.  The published number stands in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from sakip_rules import Constant, Operand, Operation

Term = Constant | Operand | Operation
#: How strongly an operator binds, and how a spreadsheet writes it.
_OPERATORS: Mapping[str, tuple[int, str]] = {
    "=": (1, "="), "≠": (1, "<>"), "<": (1, "<"), "≤": (1, "<="), ">": (1, ">"), "≥": (1, ">="),
    "+": (2, "+"), "-": (2, "-"), "*": (3, "*"), "/": (3, "/"),
}  # fmt: skip
_FUNCTIONS: Mapping[str, str] = {
    "mutlak": "ABS", "min": "MIN", "maks": "MAX", "bulat": "ROUND", "potong": "TRUNC", "jika": "IF", "dan": "AND",
    "atau": "OR", "bukan": "NOT",
}  # fmt: skip
_SIGN, _WHOLE = 4, 5


def formula(term: Term, cell: Callable[[int], str]) -> str:
    """A term as a formula, in which ``cell`` names the cell of a column."""
    return f"={_written(term, cell)[0]}"


def _written(term: Term, cell: Callable[[int], str]) -> tuple[str, int]:
    """A term as text, and how strongly it binds."""
    if isinstance(term, Operand):
        return cell(term.column), _WHOLE
    if isinstance(term, Constant):
        return _constant(term.number)
    if term.name in _FUNCTIONS:
        return f"{_FUNCTIONS[term.name]}({','.join(_written(each, cell)[0] for each in term.terms)})", _WHOLE
    if term.name == "negatif":
        return f"-{_within(term.terms[0], _SIGN, cell)}", _SIGN
    return _binary(term, cell)


def _binary(term: Operation, cell: Callable[[int], str]) -> tuple[str, int]:
    strength, sign = _OPERATORS[term.name]
    left, right = term.terms
    return f"{_within(left, strength, cell)}{sign}{_within(right, strength + 1, cell)}", strength


def _within(term: Term, strength: int, cell: Callable[[int], str]) -> str:
    text, own = _written(term, cell)
    return text if own >= strength else f"({text})"


def _constant(number: Fraction) -> tuple[str, int]:
    """A number as a decimal, or as a quotient where its decimals never end."""
    scale = 1
    while scale <= 10**15 and (number * scale).denominator != 1:
        scale *= 10
    whole = number * scale
    if whole.denominator != 1:
        return f"{number.numerator}/{number.denominator}", _OPERATORS["/"][0]
    text = f"{Decimal(whole.numerator).scaleb(1 - len(str(scale))):f}"
    return text, _SIGN if number < 0 else _WHOLE
