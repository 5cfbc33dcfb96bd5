"""What the words of a band say in numbers: ``tujuh puluh lima persen sampai dengan seratus persen`` is 75 to 100."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum

from sakip_rules.base.number_words import WORDS, read_number_words
from sakip_rules.base.numbers import Numeral, parse_numeral
from sakip_rules.model.bands import FIRST, LAST, Cut, Region

#: Each word and sign by what it says of a bound; ``n`` stands for a number.
_SIGNS: Mapping[str, str] = {
    "lebih": ">", "atas": ">", "diatas": ">", ">": ">",
    "kurang": "<", "bawah": "<", "dibawah": "<", "<": "<",
    "minimal": "g", "minimum": "g", "mulai": "g", "≥": "g",
    "maksimal": "l", "maksimum": "l", "≤": "l",
    "sama": "=", "=": "=", "atau": "|", "tidak": "!",
    "sampai": "-", "hingga": "-", "s.d": "-", "s.d.": "-", "s/d": "-", "sd": "-", "dan": "-", "-": "-", "–": "-",
}  # fmt: skip
#: Words that say nothing of a bound.
_SILENT = frozenset((
    "persen", "prosen", "%", "nilai", "angka", "skor", "indeks", "capaian", "kinerja", "realisasi", "dengan", "dari",
    "daripada", "besar", "tinggi", "kecil", "rendah", "di", "ke", "antara", "rentang", "x", "poin",
))  # fmt: skip
_LEAST = re.compile(r"\bpaling (?:sedikit|rendah|kecil)\b")
_MOST = re.compile(r"\bpaling (?:banyak|tinggi|besar)\b")
_TOKEN = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?|s\.d\.?|s/d|[^\W\d_]+|[<>]=?|[≤≥=%–-]|[^\s.,()\"]")
#: Spellings of one sign, in the order in which they are replaced.
_SPELLINGS = (
    ("!<", "g"), ("!>", "l"), (">|=", "g"), ("=|>", "g"), ("<|=", "l"), ("=|<", "l"), (">=", "g"), ("<=", "l"),
    ("n|>", "ng"), ("n|<", "nl"),
)  # fmt: skip
#: Each form of a range: which sign stands before or behind the lower and the upper bound.
_FORMS = (
    re.compile(r"(?P<low>[>g]?)(?P<first>n)-(?P<high>[<l]?)(?P<second>n)"),
    re.compile(r"(?P<low>[>g])(?P<first>n)-?(?P<high>[<l])(?P<second>n)"),
    re.compile(r"(?P<first>n)(?P<below>[<l])(?P<high>[<l]?)(?P<second>n)"),
    re.compile(r"(?P<second>n)(?P<above>[>g])(?P<low>[>g])(?P<first>n)"),
    re.compile(r"(?P<low>[>g])(?P<first>n)"),
    re.compile(r"(?P<high>[<l])(?P<second>n)"),
    re.compile(r"(?P<first>n)[>g]"),
    re.compile(r"(?P<second>n)[<l]"),
)


class Prose(Enum):
    """Why a text gives no region."""

    #: It says nothing of a range.
    SILENT = "silent"
    #: It speaks of a range, in words that are not known.
    NOT_UNDERSTOOD = "not_understood"


def read_prose(text: str) -> Region | Prose:
    """The region that a text describes, in the numbers of its own unit."""
    tokens = list(_tokens(text.lower()))
    known = [token for token in tokens if token not in _SILENT]
    signs, numbers = "", list[Numeral]()
    understood = True
    for token in known:
        number = _number(token)
        if number is not None:
            signs += "n"
            numbers.append(number)
        elif token in _SIGNS:
            signs += _SIGNS[token]
        else:
            understood = False
    if not numbers or (len(signs) == len(numbers) and not {"%", "persen"} & set(tokens)):
        return Prose.SILENT
    for spelling, sign in _SPELLINGS:
        signs = signs.replace(spelling, sign)
    found = next((match for form in _FORMS if (match := form.fullmatch(signs))), None) if understood else None
    return _region(found, numbers) if found else Prose.NOT_UNDERSTOOD


def _region(found: re.Match[str], numbers: list[Numeral]) -> Region:
    parts = found.groupdict()
    order = sorted((name for name in ("first", "second") if parts.get(name)), key=found.start)
    at = {name: numbers[place].number for place, name in enumerate(order)}
    excluded = parts.get("low") == ">" or parts.get("below") == "<"
    included = parts.get("high") != "<" and parts.get("above") != ">"
    if parts.get("below") and not parts.get("high"):  # one sign between two bounds is for the upper one
        excluded, included = False, parts["below"] != "<"
    lower = Cut(0, at["first"], excluded) if "first" in at else FIRST
    upper = Cut(0, at["second"], included) if "second" in at else LAST
    return Region(lower, upper)


def _tokens(text: str) -> Iterator[str]:
    """Words, signs and numerals; the words of one number as one."""
    text = _MOST.sub("maksimal", _LEAST.sub("minimal", text)).replace(">=", "≥").replace("<=", "≤")
    words: list[str] = []
    for token in _TOKEN.findall(text):
        if token in WORDS:
            words.append(token)
            continue
        if words:
            yield " ".join(words)
            words = []
        yield token
    if words:
        yield " ".join(words)


def _number(token: str) -> Numeral | None:
    numeral = parse_numeral(token)
    if isinstance(numeral, Numeral):
        return numeral
    number = read_number_words(token)
    return None if number is None else Numeral(number, 0)
