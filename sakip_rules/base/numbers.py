"""Exact numbers: Indonesian numerals in and out, rounding, and roots that wait for a rounding step."""

from __future__ import annotations

import re
from enum import Enum
from fractions import Fraction

from attrs import frozen

#: More digits than this in one numeral are refused before any arithmetic.
MAX_DIGITS = 40
#: Numbers of more bits than this are refused: no report has them, and they would only grow.
MAX_BITS = 4096

_MINUS = "-−–"
_PLAIN = re.compile(rf"[{_MINUS}]? ?(?:\d+|[1-9]\d{{0,2}}(?:\.\d{{3}})+)(?:,\d+)?")
_INTERNATIONAL = re.compile(rf"([{_MINUS}]? ?)(\d+|\d{{1,3}}(?:,\d{{3}})+)\.(\d+)")
_LONE_GROUP = re.compile(rf"[{_MINUS}]? ?[1-9]\d{{0,2}}\.\d{{3}}")


class NumeralFault(Enum):
    """Why a text is not an Indonesian numeral."""

    INTERNATIONAL = "international"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"


@frozen
class Numeral:
    """A number as it was written.

    ``decimals`` is how many digits stood behind the decimal mark; ``lone_group`` is true for a numeral such as
    ``5.300``, which an international reader may have meant as 5,3.
    """

    number: Fraction
    decimals: int
    lone_group: bool = False


def parse_numeral(text: str) -> Numeral | NumeralFault:
    """Read a numeral as Indonesians write it: ``.`` between thousands, ``,`` before decimals."""
    text = text.strip()
    if len(text) > MAX_DIGITS and sum(map(str.isdigit, text)) > MAX_DIGITS:
        return NumeralFault.TOO_LONG
    if not text.isascii():
        text = text.replace("−", "-").replace("–", "-").replace("\u00a0", "")
    if not _PLAIN.fullmatch(text):
        return NumeralFault.INTERNATIONAL if _INTERNATIONAL.fullmatch(text) else NumeralFault.NOT_A_NUMBER
    whole, _, decimals = text.replace(".", "").replace(" ", "").partition(",")
    number = Fraction(int(whole + decimals), 10 ** len(decimals)) if decimals else Fraction(int(whole))
    return Numeral(number, len(decimals), "," not in text and _LONE_GROUP.fullmatch(text) is not None)


def as_indonesian(text: str) -> str:
    """An international numeral such as ``1,234.56``, written the Indonesian way: ``1.234,56``."""
    return text.translate(str.maketrans(",.", ".,"))


class RoundingMode(Enum):
    """What a rounding step does with what it cuts off; the values are the words of the rule language."""

    HALF_AWAY_FROM_ZERO = "setengah_menjauhi_nol"
    HALF_EVEN = "setengah_genap"
    FLOOR = "ke_bawah"
    CEILING = "ke_atas"
    TOWARDS_ZERO = "potong"


@frozen
class Rounding:
    """A rounding step: to how many decimals, and how."""

    places: int
    mode: RoundingMode = RoundingMode.HALF_AWAY_FROM_ZERO


@frozen
class Root:
    """``factor × radicand^(1/degree)``: irrational in general, so it can only be scaled and then rounded."""

    factor: Fraction
    radicand: Fraction
    degree: int

    def scaled(self, by: Fraction) -> Root:
        return Root(self.factor * by, self.radicand, self.degree)

    def exact(self) -> Fraction | None:
        """The value, where the root happens to be rational."""
        if not self.factor:
            return self.factor
        numerator = _integer_root(self.radicand.numerator, self.degree)
        denominator = _integer_root(self.radicand.denominator, self.degree)
        if numerator**self.degree == self.radicand.numerator and denominator**self.degree == self.radicand.denominator:
            return self.factor * Fraction(numerator, denominator)
        return None


def is_too_large(number: Fraction | Root | int) -> bool:
    """Whether a number has more bits than any that is calculated with."""
    if isinstance(number, Root):
        return is_too_large(number.factor) or is_too_large(number.radicand)
    return number.denominator.bit_length() > MAX_BITS or number.numerator.bit_length() > MAX_BITS


def round_ratio(numerator: int, denominator: int, mode: RoundingMode) -> int:
    """``numerator / denominator`` to a whole number; the denominator is positive."""
    if mode is RoundingMode.HALF_AWAY_FROM_ZERO:
        if numerator >= 0:
            return (2 * numerator + denominator) // (2 * denominator)
        return -((-2 * numerator + denominator) // (2 * denominator))
    whole, rest = divmod(numerator, denominator)
    if mode is RoundingMode.FLOOR or rest == 0:
        return whole
    if mode is RoundingMode.CEILING:
        return whole + 1
    if mode is RoundingMode.TOWARDS_ZERO:
        return whole if numerator >= 0 else whole + 1
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1))


def round_exact(value: Fraction | Root, rounding: Rounding) -> Fraction:
    """The value at a number of decimals, exact; negative places round to tens and hundreds."""
    above, below = (10**rounding.places, 1) if rounding.places >= 0 else (1, 10**-rounding.places)
    if isinstance(value, Root):
        rational = value.exact()
        if rational is None:
            whole = _round_root(value.scaled(Fraction(above, below)), rounding.mode)
            return Fraction(whole * below, above)
        value = rational
    if below == 1 and above % value.denominator == 0:
        return value
    return Fraction(round_ratio(value.numerator * above, value.denominator * below, rounding.mode) * below, above)


def format_number(value: Fraction, places: int | None = None) -> str:
    """A number as Indonesians write it.

    With ``places`` that many decimals are shown, and the value must already be rounded to them.  Without, all its
    decimals are shown, or a fraction such as ``1/3`` where they would never end.
    """
    if places is None:
        places = decimals_of(value)
        if places is None:
            return f"{_grouped(value.numerator)}/{_grouped(value.denominator)}"
    scaled = value * 10**places
    if scaled.denominator != 1:
        raise ValueError(f"{value} has more than {places} decimals")
    digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
    whole, decimals = digits[: len(digits) - places], digits[len(digits) - places :]
    sign = "-" if value < 0 else ""
    return f"{sign}{_grouped(int(whole))}{',' + decimals if places else ''}"


def decimals_of(value: Fraction) -> int | None:
    """How many decimals write the value exactly; ``None`` where they never end."""
    denominator, twos, fives = value.denominator, 0, 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


def _grouped(whole: int) -> str:
    return f"{whole:,}".replace(",", ".")


def _integer_root(value: int, degree: int) -> int:
    """The largest whole number whose power does not exceed the value (Newton's method on whole numbers)."""
    if value < 2:
        return value
    guess = 1 << -(-value.bit_length() // degree)
    while True:
        better = ((degree - 1) * guess + value // guess ** (degree - 1)) // degree
        if better >= guess:
            return guess
        guess = better


def _round_root(root: Root, mode: RoundingMode) -> int:
    """An irrational root to a whole number, decided by comparing whole numbers."""
    power = abs(root.factor) ** root.degree * root.radicand
    floor = _integer_root(power.numerator // power.denominator, root.degree)
    if mode in (RoundingMode.HALF_AWAY_FROM_ZERO, RoundingMode.HALF_EVEN):
        up = Fraction(2 * floor + 1, 2) ** root.degree < power
    elif mode is RoundingMode.TOWARDS_ZERO:
        up = False
    else:
        up = (mode is RoundingMode.CEILING) == (root.factor > 0)
    size = floor + up
    return size if root.factor > 0 else -size
