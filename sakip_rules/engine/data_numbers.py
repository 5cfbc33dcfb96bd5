"""The numbers of a data file: the decimal mark of the whole file, and what a cell says in it and in which unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum

from attrs import frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic, Related
from sakip_rules.base.numbers import Numeral, NumeralFault, as_indonesian, parse_numeral
from sakip_rules.base.source import Source, Span
from sakip_rules.base.spelling import nearest
from sakip_rules.model.units import PERCENT, POINTS, RATIO, UnitTable

#: So much of a cell is shown, and so many faulty words of a file are compared with the known ones.
SHOWN, _MAX_COMPARED = 40, 500
#: The unit of scores, which may be negative as ratios and percentage points may.
_SCORE = "angka"

_RUPIAH = re.compile(r"([-−–]?)\s*rp\.?\s*", re.IGNORECASE)
_GROUP_AFTER_ZERO = re.compile(r"[-−–]?\s?0\d{0,2}\.")


@frozen
class Cell:
    """The text of a cell without the spaces around it, its place, and the name of its column."""

    text: str
    span: Span
    column: str = ""


class Findings:
    """What is wrong with the cells of one file, collected in ``diagnostics``."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        self._compared: dict[tuple[str, str], str | None] = {}

    def report(
        self,
        code: Code,
        cell: Cell,
        near: str | None = None,
        choices: Iterable[str] = (),
        related: tuple[Related, ...] = (),
        **values: object,
    ) -> Diagnostic:
        """Collect a finding about a cell; ``near`` is looked for among the choices where it is not given."""
        row, _ = self.source.position(cell.span.start)
        facts = {"row": row, "column": cell.column[:SHOWN], "value": cell.text[:SHOWN], **values}
        finding = Diagnostic(code, cell.span, facts, related, near or self._near(cell, choices))
        self.diagnostics.append(finding)
        return finding

    def _near(self, cell: Cell, choices: Iterable[str]) -> str | None:
        key = (cell.column, cell.text)
        if key not in self._compared and len(self._compared) < _MAX_COMPARED:
            self._compared[key] = _nearest(cell.text, choices)
        return self._compared.get(key)


def _nearest(word: str, choices: Iterable[str]) -> str | None:
    spelled = {choice.lower(): choice for choice in choices}
    written = word[: 2 * SHOWN].lower()
    found = _near_dotted(written, spelled) if "." in written else nearest(written, spelled, 0.7)
    return spelled[found] if found else None


def _near_dotted(written: str, known: Iterable[str]) -> str | None:
    """The name in two parts, such as ``program.serapan``, of which one part is as written, and the other is like it.

    What stands before the dot is very like it, lest the money of another programme be offered.
    """
    stem, _, suffix = written.rpartition(".")
    parts = [(front, behind) for front, dot, behind in (name.rpartition(".") for name in known) if dot]
    if front := nearest(stem, (one for one, other in parts if other == suffix), 0.8):
        return f"{front}.{suffix}"
    behind = nearest(suffix, (other for one, other in parts if one == stem), 0.7)
    return f"{stem}.{behind}" if behind else None


class Mark(Enum):
    """What stands before the decimals; the values are the words of data files and settings."""

    COMMA = "koma"
    POINT = "titik"


MARKS = {mark.value: mark for mark in Mark}


def recognised(findings: Findings, cells: Sequence[Cell]) -> Mark | None:
    """The decimal mark that the cells of a file prove together.

    ``None``, after a finding, where they contradict each other or where only numerals such as ``1.234`` would tell.
    """
    told: dict[tuple[Mark, ...], list[Cell]] = {}
    for cell in cells:
        told.setdefault(_possible_marks(take_apart(cell.text)[0]), []).append(cell)
    comma, point = told.get((Mark.COMMA,), []), told.get((Mark.POINT,), [])
    if comma and point:
        fewer, more = sorted((point, comma), key=len)
        related = Related(more[0].span, "other_mark_here", {"value": more[0].text[:SHOWN], "count": len(more)})
        findings.report(codes.DATA_MIXED_MARKS, fewer[0], related=(related,), count=len(fewer), others=len(more))
        return None
    if not comma and not point and (either := told.get(tuple(Mark))):
        findings.report(codes.DATA_DECIMAL_MARK, either[0], count=len(either))
        return None
    return Mark.POINT if point else Mark.COMMA


def _possible_marks(numeral: str) -> tuple[Mark, ...]:
    """The marks under which a numeral can be read; none where the mark makes no difference."""
    if "," not in numeral and "." not in numeral:
        return ()
    return tuple(mark for mark in Mark if isinstance(read_numeral(numeral, mark), Numeral))


def read_numeral(numeral: str, mark: Mark | None) -> Numeral | NumeralFault:
    """Read a numeral under a decimal mark; without one, under whichever mark it can be read."""
    if mark is None:
        reading = read_numeral(numeral, Mark.COMMA)
        return reading if isinstance(reading, Numeral) else read_numeral(numeral, Mark.POINT)
    indonesian = numeral if mark is Mark.COMMA else as_indonesian(numeral)
    reading = parse_numeral(indonesian)
    if isinstance(reading, Numeral) and _GROUP_AFTER_ZERO.match(indonesian):
        return NumeralFault.INTERNATIONAL  # nobody groups thousands after a zero: 0.259 is not 259
    return reading


def take_apart(text: str) -> tuple[str, str]:
    """The numeral of a cell, and the sign of a unit at it: ``%``, ``Rp`` or nothing."""
    if text.endswith("%"):
        return text[:-1].rstrip(), "%"
    if match := _RUPIAH.match(text):
        return match[1] + text[match.end() :], "Rp"
    return text, ""


@frozen
class Quantities:
    """Reads the numbers and units of a file under its decimal mark; every fault is reported to the findings."""

    findings: Findings
    table: UnitTable
    mark: Mark | None

    def unit(self, cell: Cell, written: str, name: str, expected: str | None) -> str | None:
        """The unit of a value: what is written, if anything is, must be the unit that is expected, if any is."""
        expected = expected and (self.table.name(expected) or expected)
        unit = self.table.name(written) if written else expected
        if written and unit is None:
            self.findings.report(codes.UNKNOWN_UNIT, cell, choices=self.table.names, unit=written[:SHOWN])
        elif expected not in (None, unit):
            self.findings.report(codes.DATA_UNIT, cell, name=name, unit=unit, expected=expected)
        return expected or unit

    def number(self, cell: Cell, name: str, unit: str | None) -> tuple[Numeral | None, str | None]:
        """The number of a cell and its unit, which a sign at the number may give."""
        written, sign = take_apart(cell.text)
        numeral = read_numeral(written, self.mark)
        if isinstance(numeral, Numeral):
            unit = self.unit(cell, sign, name, unit)
            self._check_size(cell, numeral, name, unit)
            return numeral, unit
        if numeral is NumeralFault.TOO_LONG:
            self.findings.report(codes.TOO_MANY_DIGITS, cell, text=cell.text[:SHOWN])
        else:
            self.findings.report(codes.DATA_NUMBER, cell, self._with_other_mark(written))
        return None, unit

    def _check_size(self, cell: Cell, numeral: Numeral, name: str, unit: str | None) -> None:
        """Report what a unit cannot be: less than nothing, or thousands of percent written as ``5.300``."""
        measure = self.table.measure(unit) if unit else None
        if numeral.number < 0 and unit not in (None, _SCORE) and measure not in (RATIO, POINTS):
            self.findings.report(codes.DATA_OUT_OF_RANGE, cell, name=name, unit=unit)
        if numeral.lone_group and self.mark and measure in (PERCENT, POINTS):
            near = self._with_other_mark(take_apart(cell.text)[0])
            self.findings.report(codes.LONE_GROUP, cell, near, text=cell.text, number=numeral.number)

    def _with_other_mark(self, numeral: str) -> str | None:
        """The numeral with ``,`` and ``.`` exchanged, where it can be read so."""
        exchanged = as_indonesian(numeral)
        return exchanged if isinstance(read_numeral(exchanged, self.mark), Numeral) else None
