"""Numbers of cells as data files write them, and the decimal mark of numbers that are kept as texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

#: The words of the settings, and what each stands for.
MARKS = {"koma": ",", "titik": "."}
#: Numbers from here on have digits that a spreadsheet does not keep.
_INEXACT = Decimal("1e15")

_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_PLACES = re.compile(r"\.(0+)")
_EITHER = re.compile(r"[-−–]?\s?[1-9]\d{0,2}[.,]\d{3}")
_ONLY = {
    "koma": re.compile(r"[-−–]?\s?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+|[-−–]?\s?[1-9]\d{0,2}(?:\.\d{3}){2,}"),
    "titik": re.compile(r"[-−–]?\s?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d+|[-−–]?\s?[1-9]\d{0,2}(?:,\d{3}){2,}"),
}
_SIGNS = re.compile(r"^([-−–]?)\s*rp\.?\s*|\s*%$", re.IGNORECASE)


def numeral(number: Decimal, shape: str, mark: str) -> str:
    """A number as its cell shows it: with the decimals of its format where it has no more, a percentage times 100."""
    plain = _LITERAL.sub("", shape).split(";")[0]
    percent = "%" in plain
    shown = number.scaleb(2) if percent else number
    text = f"{shown:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    places = _PLACES.search(plain)
    missing = len(places[1]) - len(text.partition(".")[2]) if places else 0
    if missing > 0:
        text = f"{text}{'' if '.' in text else '.'}{'0' * missing}"
    return text.replace(".", MARKS[mark]) + ("%" if percent else "")


def is_exact(number: Decimal) -> bool:
    """Whether a spreadsheet keeps all digits of a number."""
    return abs(number) < _INEXACT


def proven_mark(texts: Iterable[str]) -> str | None:
    """The decimal mark that numbers kept as texts prove; none where none of them does."""
    plain = [_plain(text) for text in texts]
    proven = {
        mark
        for mark, pattern in _ONLY.items()
        if any(pattern.fullmatch(text) and not _EITHER.fullmatch(text) for text in plain)
    }
    return "koma" if "koma" in proven else next(iter(proven), None)


def is_either(text: str) -> bool:
    """Whether a text is a number under both decimal marks, and another one under each."""
    return _EITHER.fullmatch(_plain(text)) is not None


def _plain(text: str) -> str:
    return _SIGNS.sub(r"\1", text.strip()).strip()
