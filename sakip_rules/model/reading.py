"""Reads the raw text of values and cells into what their type says they are."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from attrs import evolve

from sakip_rules.base import codes
from sakip_rules.base.dates import BadDate, Period, parse_date, parse_year
from sakip_rules.base.diagnostics import Code, Diagnostic, Repair
from sakip_rules.base.numbers import NumeralFault, Rounding, RoundingMode, as_indonesian, parse_numeral
from sakip_rules.base.paragraphs import paragraphs
from sakip_rules.base.source import Span
from sakip_rules.base.spelling import nearest
from sakip_rules.model import program as p
from sakip_rules.model import reports as r
from sakip_rules.model.things import DOCUMENTS, THINGS
from sakip_rules.model.vocabulary import Key, Type
from sakip_rules.syntax import tree
from sakip_rules.syntax.parser import FragmentType, parse_fragment
from sakip_rules.syntax.quotes import unquoted

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
_QUANTITY = re.compile(r"(?P<rp>[Rr][Pp]\.?\s*)?(?P<number>[-−–]?\s?\d[\d.,]*)\s*(?P<unit>%|[^\W\d][\w/ -]*)?")
_UPTO = re.compile(r"\s*(?:\bs\.d\.?|\bs/d\b|\bsampai dengan\b|[-−–])\s*", re.IGNORECASE)
_RANGE_SIGN = re.compile(
    r"[<>≤≥]|\bs\.d|\bs/d|\bsampai dengan\b|\d\s*(?:%|[^\W\d]\w*)?\s*[-−–]\s*(?:rp\.?\s*)?\d", re.IGNORECASE
)
_ROUNDING = re.compile(r"([-−–]?\d{1,2})(?:\s+(\w+))?")
_FRACTION = re.compile(r"([\d.,]+)\s*/\s*([\d.,]+)")
_LITERAL = re.compile(r"(?P<rp>[Rr][Pp]\.?\s*)?(?P<number>\d+(?:[.,]\d+)*)(?:[ \u00a0]*(?P<percent>%))?")
_ROW = re.compile(r"[\w.]+")
_INPUT = re.compile(r"[A-Za-z_]\w*(?:\s+[^\s,]+)?")
_LIST_ITEMS = {mark: re.compile(rf'(?:"[^"\n]*"|[“”][^”\n]*”|[^{mark}"“”]|["“”])+') for mark in ";,"}
_OPEN_END = ("seterusnya", "sekarang")
_WITHIN = re.compile(r"\s+dalam\s+")
_MESSAGE_PART = re.compile(r"(?P<brace>\{\{|\}\})|\{(?P<expression>[^{}]+)\}|(?P<stray>[{}])|[^{}]+")
#: The word that chooses among things, which only checks have.
_WHERE = "bila"
#: The word that no name may be, since it multiplies.
_RESERVED = "x"
#: What no figure of a report has more of.
_MOST_DECIMALS = 12
_MODES = {mode.value: mode for mode in RoundingMode}


class Reader:
    """Reads the values of one file; findings are collected in ``diagnostics``.

    Every method takes the raw text and its place, and returns the value, or ``None`` after a finding.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.diagnostics: list[Diagnostic] = []
        self._readers: Mapping[Type, Callable[[str, Span, Key], Any]] = {
            Type.TEXT: lambda text, span, key: unquoted(text),
            Type.NAME: self._name,
            Type.REFERENCE: self._reference,
            Type.REFERENCES: self._references,
            Type.TEXTS: lambda text, span, key: tuple(unquoted(item) for item, _ in self._list(text, span)),
            Type.ROWS: self._rows,
            Type.UNIT: lambda text, span, key: p.UnitRef(unquoted(text), span),
            Type.NUMBER: self._number,
            Type.INTEGER: self._number,
            Type.WEIGHT: self._expression,
            Type.QUANTITY: self._quantity,
            Type.TARGET: self._target,
            Type.GIVEN: self._given,
            Type.RANGE: self._range,
            Type.DATE: self._date,
            Type.YEAR: self._year,
            Type.PERIOD: self._period,
            Type.EXPRESSION: self._expression,
            Type.CONDITION: self._condition,
            Type.OUTCOME: self._outcome,
            Type.ROUNDING: self._rounding,
            Type.DECIMALS: self._decimals,
            Type.INPUTS: self._inputs,
            Type.CHOICE: self._choice,
            Type.POLICY: self._policy,
            Type.STEP_VALUE: self._step_value,
            Type.SUBJECT: self._subject,
            Type.CLAIM: self._claim,
            Type.MESSAGE: self._message,
            Type.CHOICES: self._choices,
            Type.PROSE: self._prose,
            Type.DATA: self._data,
        }

    def read(self, type_: Type, text: str, span: Span, key: Key) -> Any:
        return self._readers[type_](text, span, key)

    def report(self, code: Code, span: Span, near: str | None = None, repair: str | None = None, **values: Any) -> None:
        fix = Repair(span, repair) if repair is not None else None
        self.diagnostics.append(Diagnostic(code, span, values, near=near, repair=fix))

    # Names.

    def _name(self, text: str, span: Span, key: Key) -> str | None:
        if _NAME.fullmatch(text) and text.lower() != _RESERVED:
            return text
        self.report(codes.NOT_A_NAME, span, text=text[:40])
        return None

    def _reference(self, text: str, span: Span, key: Key) -> p.Reference | None:
        inner = unquoted(text)
        if inner == text and not _DOTTED.fullmatch(text) and not any(mark.isspace() for mark in text):
            self.report(codes.NOT_A_NAME, span, text=text[:40])
            return None
        return p.Reference(inner, key.refers_to, span)

    def _references(self, text: str, span: Span, key: Key) -> tuple[p.Reference, ...]:
        read = (self._reference(item, place, key) for item, place in self._list(text, span))
        return tuple(evolve(item, listed=True) for item in read if item is not None)

    def _rows(self, text: str, span: Span, key: Key) -> tuple[p.Reference, ...]:
        """Rows by their names or numbers, which are no definitions."""
        return tuple(p.Reference(unquoted(item), (), place) for item, place in self._list(text, span, _ROW))

    def _inputs(self, text: str, span: Span, key: Key) -> tuple[p.Input, ...]:
        inputs = []
        for item, place in self._list(text, span, _INPUT):
            word, _, unit = item.partition(" ")
            name = self._name(word, Span(place.path, place.start, place.start + len(word)), key)
            if name:
                unit_span = Span(place.path, place.end - len(unit.strip()), place.end)
                inputs.append(p.Input(name, p.UnitRef(unit.strip(), unit_span) if unit.strip() else None, place))
        return tuple(inputs)

    def _choice(self, text: str, span: Span, key: Key) -> str | None:
        word = unquoted(text).lower()
        if word in key.choices:
            return word
        near = nearest(word, key.choices)
        self.report(codes.NOT_A_CHOICE, span, near, near, text=word[:40], choices=key.choices)
        return None

    def _choices(self, text: str, span: Span, key: Key) -> tuple[str, ...] | None:
        read = [self._choice(item, place, key) for item, place in self._list(text, span)]
        chosen = tuple(word for word in read if word is not None)
        return chosen if len(chosen) == len(read) else None

    def _list(self, text: str, span: Span, name: re.Pattern[str] = _DOTTED) -> Iterator[tuple[str, Span]]:
        """The items of a list; where commas separate names, that is a finding, and they are read as if semicolons did.

        A title may hold a comma, a name may not.
        """
        for item, place in _items(text, span):
            parts = list(_items(item, place, ","))
            if len(parts) > 1 and all(name.fullmatch(part) for part, _ in parts):
                self.report(codes.COMMA_AS_SEPARATOR, place, repair="; ".join(part for part, _ in parts))
                yield from parts
            else:
                yield item, place

    # Numbers.

    def numeral(self, text: str, span: Span) -> tuple[Fraction, int, bool] | None:
        """A numeral's number, its decimals, and whether it is a lone group such as ``5.300``."""
        read = parse_numeral(text)
        if not isinstance(read, NumeralFault):
            return read.number, read.decimals, read.lone_group
        if read is NumeralFault.INTERNATIONAL:
            self.report(codes.INTERNATIONAL_NUMERAL, span, repair=as_indonesian(text.strip()), text=text.strip())
        elif read is NumeralFault.TOO_LONG:
            self.report(codes.TOO_MANY_DIGITS, span)
        else:
            self.report(codes.NOT_A_NUMBER, span, text=text[:40])
        return None

    def _number(self, text: str, span: Span, key: Key) -> Fraction | None:
        if match := _FRACTION.fullmatch(text):
            above, below = (self.numeral(match[part], _within(span, match, part)) for part in (1, 2))
            if above and below and below[0]:
                return above[0] / below[0]
            if above and below:
                self.report(codes.NOT_A_NUMBER, span, text=text[:40])
            return None
        read = self.numeral(text, span)
        return read[0] if read else None

    def _quantity(self, text: str, span: Span, key: Key) -> p.Quantity | None:
        match = _QUANTITY.fullmatch(text)
        if not match:
            self.report(codes.NOT_A_NUMBER, span, text=text[:40])
            return None
        read = self.numeral(match["number"], _within(span, match, "number"))
        if not read:
            return None
        unit = "Rp" if match["rp"] else match["unit"]
        quantity = p.Quantity(read[0], unit.strip() if unit else None, span, read[1], read[2])
        if quantity.lone_group and unit == "%":
            self.lone_group(quantity, text)
        return quantity

    def lone_group(self, quantity: p.Quantity, text: str) -> None:
        self._lone(quantity.span, text, quantity.number)

    def _lone(self, span: Span, text: str, number: Fraction) -> None:
        """A numeral that may be thousands or decimals; which of them is for the writer to say."""
        meant = text.replace(".", ",")
        self.report(codes.LONE_GROUP, span, meant, meant, text=text, number=number)

    def _target(self, text: str, span: Span, key: Key) -> p.Target | None:
        if _RANGE_SIGN.search(text) and any(mark.isdigit() for mark in text):
            return self._range(text, span, key)
        if _QUANTITY.fullmatch(text):
            return self._quantity(text, span, key)
        if text[0].isdigit() or text[0] in ".,":
            self.report(codes.NOT_A_NUMBER, span, text=text[:40])
            return None
        return p.Label(unquoted(text), span)

    def _given(self, text: str, span: Span, key: Key) -> p.Target | tuple[p.Target, ...] | None:
        parts = list(_items(text, span))
        read = [self._target(item, place, key) for item, place in parts]
        if any(item is None for item in read):
            return None
        return read[0] if len(parts) == 1 else tuple(item for item in read if item is not None)

    def _range(self, text: str, span: Span, key: Key) -> p.Interval | None:
        node = self._fragment("range", text, span)
        if not isinstance(node, tree.RangeNode):
            return None
        units = {bound.value.unit for bound in (node.lower, node.upper) if bound and bound.value.unit}
        if len(units) > 1:
            self.report(codes.MIXED_UNITS_IN_RANGE, span, units=tuple(sorted(units)))
            return None
        lower, upper = self._bound(node.lower), self._bound(node.upper)
        if (node.lower and lower is None) or (node.upper and upper is None):
            return None
        interval = p.Interval(
            lower, upper, bool(node.lower and node.lower.included), bool(node.upper and node.upper.included),
            next(iter(units), None), span,
        )  # fmt: skip
        if lower is not None and upper is not None:
            both = interval.lower_included and interval.upper_included
            if lower > upper or (lower == upper and not both):
                self.report(codes.EMPTY_RANGE, span, text=text)
                return None
        return interval

    def _bound(self, bound: tree.Bound | None) -> Fraction | None:
        if bound is None:
            return None
        read = self.numeral(bound.value.text, self._digits(bound.value))
        return None if read is None else -read[0] if bound.negative else read[0]

    def _rounding(self, text: str, span: Span, key: Key) -> Rounding | None:
        match = _ROUNDING.fullmatch(text)
        if not match:
            self.report(codes.NOT_A_ROUNDING, span, text=text[:40], choices=tuple(_MODES))
            return None
        places, mode = int(match[1].replace("−", "-").replace("–", "-")), (match[2] or "").lower()
        if (mode and mode not in _MODES) or abs(places) > _MOST_DECIMALS:
            self.report(codes.NOT_A_ROUNDING, span, nearest(mode, _MODES, 0.5), text=text[:40], choices=tuple(_MODES))
            return None
        return Rounding(places, _MODES[mode] if mode else RoundingMode.HALF_AWAY_FROM_ZERO)

    def _decimals(self, text: str, span: Span, key: Key) -> tuple[int, int] | None:
        parts = _UPTO.split(text)
        if len(parts) <= 2 and all(part.isascii() and part.isdigit() and len(part) < 3 for part in parts):
            least, most = int(parts[0]), int(parts[-1])
            if least <= most <= _MOST_DECIMALS:
                return least, most
        self.report(codes.NOT_DECIMALS, span, text=text[:40], most=_MOST_DECIMALS)
        return None

    def _policy(self, text: str, span: Span, key: Key) -> Any:
        if text.lower() in key.choices:
            return text.lower()
        if text[0].isdigit() or text[0] in "-−–":
            return self._quantity(text, span, key)
        return self._reference(text, span, key) if key.refers_to else self._choice(text, span, key)

    def _step_value(self, text: str, span: Span, key: Key) -> Any:
        if _ROUNDING.fullmatch(text):
            return self._rounding(text, span, key)
        if text[0].isdigit() or text[0] in "-−–":
            return self._quantity(text, span, key)
        return self._choice(text, span, key)

    # Dates.

    def date(self, text: str, span: Span) -> datetime.date | None:
        read = parse_date(text)
        if not isinstance(read, BadDate):
            return read
        self.report(codes.NOT_A_DATE, span, read.near, read.near, text=text[:40])
        return None

    def _date(self, text: str, span: Span, key: Key) -> datetime.date | None:
        return self.date(unquoted(text), span)

    def _year(self, text: str, span: Span, key: Key) -> int | None:
        year = parse_year(text)
        if year is None:
            self.report(codes.NOT_A_YEAR, span, text=text[:40])
        return year

    def _period(self, text: str, span: Span, key: Key) -> Period | None:
        parts = _UPTO.split(unquoted(text))
        if len(parts) > 2 or not all(parts):
            self.report(codes.NOT_A_PERIOD, span, text=text[:40])
            return None
        start = self._period_end(parts[0], span, first=True)
        if start is None:
            return None
        end = None if parts[-1].lower() in _OPEN_END else self._period_end(parts[-1], span, first=False)
        if end is None and parts[-1].lower() not in _OPEN_END:
            return None
        if end and end < start:
            self.report(codes.EMPTY_RANGE, span, text=text)
            return None
        return Period(start, end)

    def _period_end(self, text: str, span: Span, first: bool) -> datetime.date | None:
        if year := parse_year(text):
            return datetime.date(year, 1, 1) if first else datetime.date(year, 12, 31)
        return self.date(text, span)

    # Expressions.

    def _fragment(self, type_: FragmentType, text: str, span: Span) -> tree.Expression | tree.RangeNode | None:
        text, span = _inside(text, span)
        if type_ == "expression" and (literal := _literal(text, span)):
            return literal
        fragment = parse_fragment(type_, text, span)
        self.diagnostics.extend(fragment.diagnostics)
        return fragment.node

    def _expression(self, text: str, span: Span, key: Key) -> Any:
        node = self._claim(text, span, key)
        filters = [part for part in tree.walk(node) if isinstance(part, tree.Filtered)] if node is not None else []
        for part in filters:
            place = Span(self.path, part.each.end, part.condition.start)
            self.report(codes.UNEXPECTED_SYMBOL, place, symbol=_WHERE)
        return None if filters else node

    def _claim(self, text: str, span: Span, key: Key) -> Any:
        """An expression of a check, which may choose among things with ``bila``."""
        node = self._fragment("expression", text, span)
        if node is None or isinstance(node, tree.RangeNode):
            return None
        return node if self._numerals_valid(node) else None

    def _condition(self, text: str, span: Span, key: Key) -> Any:
        """A condition; ``selain itu`` is read as no condition, and a faulty one as a finding."""
        if " ".join(text.lower().split()) == "selain itu":
            return None
        return self._expression(text, span, key)

    def _outcome(self, text: str, span: Span, key: Key) -> Any:
        if text.startswith(('"', "“")) or not any(mark.isdigit() for mark in text):
            return p.Label(unquoted(text), span)
        return self._expression(text, span, key)

    def _subject(self, text: str, span: Span, key: Key) -> p.Subject | None:
        """``program; kegiatan dalam anggaran``: what is looked at, and in which kinds of documents."""
        what, *within = _WITHIN.split(text)
        things = self._words(what, span, THINGS)
        kinds: tuple[str, ...] = ()
        if within:
            end = Span(span.path, span.end - len(within[0]), span.end)
            kinds = self._words(within[0], end, DOCUMENTS)
        if len(within) > 1 or not things or (within and not kinds):
            return None
        return p.Subject(things, kinds, span)

    def _words(self, text: str, span: Span, known: Mapping[str, object]) -> tuple[str, ...]:
        """The words of a list, if all are known."""
        words = tuple((item.lower(), place) for item, place in self._list(text, span))
        unknown = [(word, place) for word, place in words if word not in known]
        for word, place in unknown:
            near = nearest(word, known)
            self.report(codes.NOT_A_CHOICE, place, near, near, text=word[:40], choices=tuple(known))
        return () if unknown else tuple(word for word, _ in words)

    def _data(self, text: str, span: Span, key: Key) -> r.DataCell:
        """A cell of a table of data, whose column says whether it has to be a number."""
        shown = unquoted(text)
        read = parse_numeral(shown)
        number, decimals = (None, 0) if isinstance(read, NumeralFault) else (read.number, read.decimals)
        return r.DataCell(" ".join(shown.split()), number, decimals, span)

    def _message(self, text: str, span: Span, key: Key) -> p.Message | None:
        """A sentence; what stands in braces is an expression, and a doubled brace is a brace."""
        return self._filled_in(text, span, key, lambda part: re.sub(r"\s+", " ", part))

    def _prose(self, text: str, span: Span, key: Key) -> p.Message | None:
        """Paragraphs, which are sentences like those of a message."""
        return self._filled_in(text, span, key, paragraphs)

    def _filled_in(self, text: str, span: Span, key: Key, spaced: Callable[[str], str]) -> p.Message | None:
        text, span = _inside(text, span)
        parts: list[str | tree.Expression] = []
        sound = True
        for match in _MESSAGE_PART.finditer(text):
            place = _within(span, match, 0)
            if match["expression"] is not None:
                node = self._claim(match["expression"].strip(), _trimmed(match, span), key)
                sound &= node is not None
                parts += [] if node is None else [node]
            elif match["stray"]:
                pair = "}" if match["stray"] == "{" else "{"
                self.report(codes.UNPAIRED_BRACE, place, mark=match["stray"], pair=pair)
                sound = False
            else:
                parts.append(match[0][:1] if match["brace"] else match[0])
        return p.Message(_as_sentence(parts, spaced), span) if sound else None

    def _numerals_valid(self, node: tree.Expression) -> bool:
        """Whether every number in an expression is an Indonesian numeral; each that is not is a finding."""
        valid = True
        for number in tree.literals(node):
            place = self._digits(number)
            read = self.numeral(number.text, place)
            valid &= read is not None
            if read and read[2] and number.unit == "%":
                self._lone(place, number.text, read[0])
        return valid

    def _digits(self, number: tree.Number) -> Span:
        """Where the digits of a number stand, without its unit: what a repair of the numeral replaces."""
        start = number.end - len(number.text) if number.unit == "Rp" else number.start
        return Span(self.path, start, start + len(number.text))


def _inside(text: str, span: Span) -> tuple[str, Span]:
    """A text without the quotes around it, and where it stands."""
    inner = unquoted(text)
    if inner == text:
        return text, span
    lead = 3 if text.startswith('"""') else 1
    return inner, Span(span.path, span.start + lead, span.end - lead)


def _trimmed(match: re.Match[str], span: Span) -> Span:
    """Where the expression in a pair of braces stands, without the spaces around it."""
    start, inner = match.start("expression"), match["expression"]
    first = span.start + start + len(inner) - len(inner.lstrip())
    return Span(span.path, first, first + len(inner.strip()))


def _as_sentence(
    parts: Iterable[str | tree.Expression], spaced: Callable[[str], str]
) -> tuple[str | tree.Expression, ...]:
    """The parts of a message, neighbouring texts joined, their spaces as ``spaced`` has them."""
    joined: list[str | tree.Expression] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, str) and isinstance(last, str):
            joined[-1] = last + part
        else:
            joined.append(part)
    return tuple(spaced(part) if isinstance(part, str) else part for part in joined)


def _within(span: Span, match: re.Match[str], group: int | str) -> Span:
    """Where a part of a text stands that itself stands at a place."""
    return Span(span.path, span.start + match.start(group), span.start + match.end(group))


def _literal(text: str, span: Span) -> tree.Number | None:
    """An expression that is one number, which needs no parser."""
    match = _LITERAL.fullmatch(text)
    if not match or (match["rp"] and match["percent"]):
        return None
    unit = "Rp" if match["rp"] else match["percent"]
    return tree.Number(match["number"], unit, span.start, span.start + len(text))


def _items(text: str, span: Span, mark: str = ";") -> Iterator[tuple[str, Span]]:
    """The items of a list that semicolons, or other marks, separate, each with its place."""
    for match in _LIST_ITEMS[mark].finditer(text):
        raw = match.group()
        item = raw.strip()
        if item:
            start = span.start + match.start() + len(raw) - len(raw.lstrip())
            yield " ".join(item.split()), Span(span.path, start, start + len(item))
