"""The scale of a chart: round steps that cover all numbers, and places on it, without a float."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from attrs import frozen

#: About so many steps are shown.
_STEPS = 5


@frozen
class Scale:
    """From ``low`` to ``high`` in equal steps, both of them steps, written with so many ``decimals``."""

    low: Fraction
    high: Fraction
    step: Fraction
    decimals: int

    @property
    def ticks(self) -> Iterator[Fraction]:
        at = self.low
        while at <= self.high:
            yield at
            at += self.step

    def share(self, number: Fraction) -> Fraction:
        """How far a number lies on the way from the low end to the high one, from 0 to 1."""
        return (number - self.low) / (self.high - self.low)

    def written(self, tick: Fraction) -> str:
        """A step as Indonesians write numbers."""
        digits = f"{int(abs(tick) * 10**self.decimals):0{self.decimals + 1}d}"
        whole, rest = (digits[: -self.decimals], digits[-self.decimals :]) if self.decimals else (digits, "")
        grouped = f"{int(whole):,}".replace(",", ".")
        return f"{'-' if tick < 0 else ''}{grouped}{',' if rest else ''}{rest}"


def scale(numbers: Iterable[Fraction], from_zero: bool) -> Scale:
    """The scale for some numbers; bars begin at zero, lines where their numbers do."""
    found = list(numbers) or [Fraction(0)]
    low, high = min(found), max(found)
    if from_zero:
        low, high = min(low, Fraction(0)), max(high, Fraction(0))
    if low == high:
        low, high = (low, high + 1) if low >= 0 else (low, Fraction(0))
    step, decimals = _step((high - low) / _STEPS)
    return Scale(low // step * step, -(-high // step) * step, step, decimals)


def _step(about: Fraction) -> tuple[Fraction, int]:
    """The next larger of 1, 2, 5, 10, 20, … or 0,5, 0,2, …, and the decimals that it takes."""
    power = 0
    while Fraction(10) ** (power + 1) <= about:
        power += 1
    while Fraction(10) ** power > about:
        power -= 1
    step = next(each * Fraction(10) ** power for each in (1, 2, 5, 10) if each * Fraction(10) ** power >= about)
    decimals = next(places for places in range(abs(power) + 1) if (step * 10**places).denominator == 1)
    return step, decimals


def place(number: Fraction) -> str:
    """A length or place in a drawing, to a hundredth."""
    hundredths = round(number * 100)
    whole, rest = divmod(abs(hundredths), 100)
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{whole}.{rest:02d}".rstrip("0").rstrip(".")
