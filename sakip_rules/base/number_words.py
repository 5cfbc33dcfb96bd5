"""Numbers in Indonesian words, out and in: ``tujuh puluh lima``, ``seribu dua ratus``, ``minus nol koma nol lima``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sakip_rules.base.numbers import decimals_of

_DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_MINUS, _POINT = "minus", "koma"
#: The words of the powers of a thousand, the greatest first.
_GROUPS = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))
#: The first whole number that has no words here.
LIMIT = 10**15

_VALUES: Mapping[str, int] = {word: value for value, word in enumerate(_DIGITS)}
#: Words that multiply what stands before them, and those that stand for one of these.
_FACTORS: Mapping[str, int] = {"puluh": 10, "ratus": 100, "belas": 1}
_POWERS: Mapping[str, int] = {word: power for power, word in _GROUPS} | {"milyar": 10**9, "trilyun": 10**12}
_ONE_OF: Mapping[str, str] = {
    "sepuluh": "puluh", "sebelas": "belas", "seratus": "ratus", "seribu": "ribu",
    "sejuta": "juta", "semiliar": "miliar", "setriliun": "triliun",
}  # fmt: skip

#: Every word that a number may hold.
WORDS = frozenset((*_VALUES, *_FACTORS, *_POWERS, *_ONE_OF, _MINUS, _POINT))


def write_number_words(value: Fraction) -> str:
    """A number in words; ``ValueError`` where its decimals never end, or where it has too many digits for words."""
    places = decimals_of(value)
    if places is None or abs(value) >= LIMIT:
        raise ValueError(f"{value} cannot be written in words")
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    whole, decimals = digits[: len(digits) - places], digits[len(digits) - places :]
    words = [_MINUS] if value < 0 else []
    words += _whole(int(whole)) or [_DIGITS[0]]
    if decimals:
        words += [_POINT, *(_DIGITS[int(digit)] for digit in decimals)]
    return " ".join(words)


def _whole(value: int) -> list[str]:
    """The words of a whole number, none for zero."""
    words: list[str] = []
    for power, name in _GROUPS:
        count, value = divmod(value, power)
        if count == 1 and name == "ribu":
            words.append("seribu")
        elif count:
            words += [*_below_thousand(count), name]
    return words + _below_thousand(value)


def _below_thousand(value: int) -> list[str]:
    hundreds, rest = divmod(value, 100)
    words = [] if not hundreds else ["seratus"] if hundreds == 1 else [_DIGITS[hundreds], "ratus"]
    tens, ones = divmod(rest, 10)
    if rest in (10, 11):
        return [*words, "sepuluh" if rest == 10 else "sebelas"]
    if tens == 1:
        return [*words, _DIGITS[ones], "belas"]
    words += [_DIGITS[tens], "puluh"] if tens else []
    return words + ([_DIGITS[ones]] if ones else [])


def read_number_words(text: str) -> Fraction | None:
    """The number that words say, in any case; ``None`` where they say none, or say it in no orderly way."""
    words = text.lower().split()
    sign = -1 if words[:1] == [_MINUS] else 1
    words = words[1:] if sign < 0 else words
    whole, decimals = words, list[str]()
    if _POINT in words:
        at = words.index(_POINT)
        whole, decimals = words[:at], words[at + 1 :]
        if not decimals or any(word not in _VALUES for word in decimals):
            return None
    number = _read_whole(whole)
    if number is None:
        return None
    fraction = Fraction(int("".join(str(_VALUES[word]) for word in decimals) or "0"), 10 ** len(decimals))
    return sign * (number + fraction)


def _read_whole(words: Sequence[str]) -> int | None:
    """The whole number that some words are the words of: those of its groups of three digits, which become smaller."""
    if list(words) == [_DIGITS[0]]:
        return 0
    total, group, last = 0, list[str](), LIMIT
    for word in words:
        power = _POWERS.get(_ONE_OF.get(word, word))
        if power is None:
            group.append(word)
            continue
        count = 1 if word in _ONE_OF and not group else _read_group(group)
        if count is None or power >= last or (word in _ONE_OF and group):
            return None
        total, group, last = total + count * power, [], power
    if not group:
        return total or None
    rest = _read_group(group)
    return None if rest is None else total + rest


def _read_group(words: Sequence[str]) -> int | None:
    """A number from 1 to 999 by its words."""
    total, last, digit = 0, 1000, None
    for word in words:
        factor = _FACTORS.get(_ONE_OF.get(word, word))
        if factor is None:
            if digit is not None or not _VALUES.get(word):
                return None
            digit = _VALUES[word]
            continue
        count = 1 if word in _ONE_OF and digit is None else digit
        if count is None or (word in _ONE_OF and digit is not None):
            return None
        amount, size = (10 + count, 10) if factor == 1 else (count * factor, factor)
        if size >= last:
            return None
        total, last, digit = total + amount, 1 if factor == 1 else size, None
    if digit is not None and last <= 1:
        return None
    return (total + (digit or 0)) or None
