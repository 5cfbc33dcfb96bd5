"""How units calculate: one table for the checker, which follows units through formulas, and for the engine.

A unit is a product of powers of named units.  Ratio, percent and percentage point are three things: a ratio times a
percentage is a percentage, rupiah times a percentage is rupiah, the difference of two percentages is in percentage
points, and a percentage plus percentage points is a percentage.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen


@frozen
class Measure:
    """The unit of a value; ``points`` marks percentage points, which else calculate as percent."""

    factors: tuple[tuple[str, int], ...] = ()
    points: bool = False

    def __str__(self) -> str:
        if self.points:
            return "poin_persen"
        above = " × ".join(_power(name, exponent) for name, exponent in self.factors if exponent > 0)
        below = " × ".join(_power(name, -exponent) for name, exponent in self.factors if exponent < 0)
        if not below:
            return above or "rasio"
        return f"{above or '1'} / {below}"


def _power(name: str, exponent: int) -> str:
    return name if exponent == 1 else f"{name}^{exponent}"


RATIO = Measure()
PERCENT = Measure((("persen", 1),))
POINTS = Measure((("persen", 1),), points=True)
#: Stands for the unit of a formula's inputs, where the formula takes inputs of any one unit.
ANY_ONE = Measure((("satuan masukan", 1),))
HUNDREDTH = Fraction(1, 100)
ONE = Fraction(1)


def named(name: str, dimension: str) -> Measure:
    """The measure of a unit that a rule file defines, by its ``jenis``."""
    special = {"rasio": RATIO, "persen": PERCENT, "poin_persen": POINTS}
    return special.get(dimension) or Measure(((name, 1),))


def product(left: Measure, right: Measure) -> tuple[Measure, Fraction]:
    """The unit of a product, and the factor that its number takes."""
    if left == RATIO:
        return (PERCENT if right.points else right), ONE
    if right == RATIO:
        return (PERCENT if left.points else left), ONE
    if _is_percent(right):
        return _plain(left), HUNDREDTH
    if _is_percent(left):
        return _plain(right), HUNDREDTH
    return _combined(left, right, 1), ONE


def quotient(left: Measure, right: Measure) -> tuple[Measure, Fraction]:
    """The unit of a quotient, and the factor that its number takes."""
    if right == RATIO:
        return _plain(left), ONE
    if _is_percent(right) and not _is_percent(left):
        return _plain(left), Fraction(100)
    return _combined(left, right, -1), ONE


def total(left: Measure, right: Measure, sign: str, complement: bool = False) -> Measure | None:
    """The unit of a sum or difference; ``None`` where the two cannot be added.

    ``complement`` says that the left side is the literal 100%, from which a percentage leaves a percentage.
    """
    if _plain(left) != _plain(right):
        return None
    if _is_percent(left):
        if sign == "-" and not left.points and not right.points and not complement:
            return POINTS
        return POINTS if left.points and right.points else PERCENT
    return left


def _is_percent(measure: Measure) -> bool:
    return measure.factors == PERCENT.factors


def _plain(measure: Measure) -> Measure:
    return PERCENT if measure.points else measure


def _combined(left: Measure, right: Measure, sign: int) -> Measure:
    powers = dict(left.factors)
    for name, exponent in right.factors:
        powers[name] = powers.get(name, 0) + sign * exponent
    return Measure(tuple(sorted((name, exponent) for name, exponent in powers.items() if exponent)))


@frozen
class UnitTable:
    """All units by name, symbol and alias, without regard to case."""

    measures: Mapping[str, Measure]
    names: Mapping[str, str]

    def measure(self, text: str) -> Measure | None:
        return self.measures.get(text.strip().lower())

    def name(self, text: str) -> str | None:
        """The unit's own name, for one of its names."""
        return self.names.get(text.strip().lower())
