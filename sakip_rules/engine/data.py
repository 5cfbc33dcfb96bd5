"""Measured values out of data files: CSV as spreadsheets write it, and TOML.

A file is read as a whole: its decimal mark is declared or proved, never guessed cell by cell, and all its findings are
reported at once.  A row with an error gives no measurement.
"""

from __future__ import annotations

import csv
import datetime
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from attrs import frozen

from sakip_rules.base import codes
from sakip_rules.base.dates import BadDate, format_date, parse_date, parse_year
from sakip_rules.base.diagnostics import Diagnostic, Related
from sakip_rules.base.source import Source, Span
from sakip_rules.engine.data_numbers import MARKS, SHOWN, Cell, Findings, Mark, Quantities, recognised
from sakip_rules.model.readers import Known
from sakip_rules.model.values import QUARTERS, DataSet, Measurement, Quarter, Status

COLUMNS = ("tahun", "periode", "nama", "nilai", "satuan", "status", "sumber", "ditetapkan")
REQUIRED = ("tahun", "nama", "nilai")

_DELIMITERS = ";,\t"
_TABLES = "realisasi"
_WITHOUT_VALUE = (Status.MISSING, Status.NOT_APPLICABLE)
_STATUSES = {status.value: status for status in (Status.FINAL, Status.PROVISIONAL, *_WITHOUT_VALUE)}
_NO_VALUE = ("", "-", "–", "—")
_YEAR_WORDS = ("", "tahun", "tahunan")
_ORDINALS = {"1": 0, "2": 1, "3": 2, "4": 3, "i": 0, "ii": 1, "iii": 2, "iv": 3}

_QUARTER = re.compile(r"(?:tw|triwulan)[\s._-]*([^\W_]+)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_DECLARATION = re.compile(r'["\s]*#\s*desimal\s*:\s*([^\s;,"]*)', re.IGNORECASE)
_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)$")
_TOML_HEAD = re.compile(rf"^[ \t]*\[\[[ \t]*{_TABLES}[ \t]*\]\]", re.MULTILINE)
_TOML_KEY = re.compile(r"^[ \t]*([\w-]+)[ \t]*=", re.MULTILINE)
_TOML_MASKED = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL)

_Read = tuple[tuple[Measurement, ...], tuple[Diagnostic, ...]]


@frozen
class _Row:
    """The cells of one measured value by their columns; a cell that is not there is empty."""

    span: Span
    cells: Mapping[str, Cell]

    def __getitem__(self, column: str) -> Cell:
        return self.cells.get(column) or Cell("", self.span, column)


def read_csv(source: Source, known: Known, marks: str | None = None) -> _Read:
    """The measurements of a CSV file; ``marks`` is the decimal mark of the folder's settings, ``koma`` or ``titik``."""
    findings = Findings(source)
    start, declared = _preamble(findings)
    rows = _csv_rows(findings, start)
    mark = declared or MARKS.get(marks or "") or recognised(findings, [row["nilai"] for row in rows])
    measurements = _measurements(findings, rows, known, mark)
    return measurements if mark else (), tuple(findings.diagnostics)


def read_toml(source: Source, known: Known) -> _Read:
    """The measurements of the ``[[realisasi]]`` tables of a TOML file.

    A number is written as TOML writes it, ``0.28``; a text holds an Indonesian numeral, ``"0,28"``.
    """
    findings = Findings(source)
    rows = _toml_rows(findings, _toml_document(findings))
    return _measurements(findings, rows, known, Mark.COMMA), tuple(findings.diagnostics)


def collect(measurements: Iterable[Measurement]) -> tuple[DataSet, tuple[Diagnostic, ...]]:
    """One data set of all files; where a value is given twice, the first stays and the second is a finding."""
    first: dict[tuple[str, int, Quarter], Measurement] = {}
    diagnostics = []
    for item in measurements:
        kept = first.setdefault((item.name, item.year, item.quarter), item)
        if kept is not item:
            facts = {"name": item.name, "year": item.year, "quarter": item.quarter.value}
            diagnostics.append(Diagnostic(codes.DATA_TWICE, item.span, facts, (Related(kept.span, "first_here"),)))
    return DataSet(MappingProxyType(first)), tuple(diagnostics)


# Rows.


def _measurements(findings: Findings, rows: Iterable[_Row], known: Known, mark: Mark | None) -> tuple[Measurement, ...]:
    reader = _Reader(findings, known, Quantities(findings, known.table, mark))
    return tuple(item for item in map(reader.measurement, rows) if item is not None)


@frozen
class _Reader:
    """Reads rows under checked columns; every fault is reported to the findings."""

    findings: Findings
    known: Known
    quantities: Quantities

    def measurement(self, row: _Row) -> Measurement | None:
        """The measurement of a row that holds no error."""
        if self._is_no_datum(row):
            self.findings.report(codes.DATA_NO_DATUM, Cell(row["nama"].text or row["tahun"].text, row.span))
            return None
        before = len(self.findings.diagnostics)
        name, year = self._name(row["nama"]), self._year(row["tahun"])
        quarter, status = self._quarter(row["periode"], row["tahun"]), self._status(row["status"])
        unit = self.quantities.unit(row["satuan"], row["satuan"].text, name, self.known.units.get(name))
        decided, cell = self._date(row["ditetapkan"]), row["nilai"]
        label, numeral = None, None
        if status and self._has_value(cell, status, row["status"], name):
            if name in self.known.labels:
                label = self._label(cell, name)
            elif name in self.known.units:
                numeral, unit = self.quantities.number(cell, name, unit)
        if year is None or status is None or any(item.is_error for item in self.findings.diagnostics[before:]):
            return None
        number, decimals = (numeral.number, numeral.decimals) if numeral else (None, 0)
        origin = row["sumber"].text or None
        return Measurement(name, year, quarter, number, label, unit, status, origin, decided, decimals, cell.span)

    def _is_no_datum(self, row: _Row) -> bool:
        """Whether a row names nothing that is measured, such as a sum below the data."""
        name, year = row["nama"].text, row["tahun"].text
        return not name or not (self._knows(name) or any(mark.isdigit() for mark in year))

    def _knows(self, name: str) -> bool:
        return name in self.known.units or name in self.known.labels

    def _name(self, cell: Cell) -> str:
        if not self._knows(cell.text):
            choices = (*self.known.units, *self.known.labels)
            self.findings.report(codes.DATA_UNKNOWN_NAME, cell, choices=choices)
        return cell.text

    def _year(self, cell: Cell) -> int | None:
        year = parse_year(cell.text)
        if year is None:
            self.findings.report(codes.DATA_YEAR, cell)
        return year

    def _quarter(self, cell: Cell, year: Cell) -> Quarter:
        text = cell.text.lower()
        match = _QUARTER.fullmatch(text)
        if match and match[1] in _ORDINALS:
            return QUARTERS[_ORDINALS[match[1]]]
        if text not in _YEAR_WORDS and text != year.text:
            words = () if match else [quarter.value for quarter in Quarter]
            self.findings.report(codes.DATA_PERIOD, cell, choices=words)
        return Quarter.YEAR

    def _status(self, cell: Cell) -> Status | None:
        status = _STATUSES.get(cell.text.lower() or Status.FINAL.value)
        if status is None:
            self.findings.report(codes.DATA_STATUS, cell, choices=_STATUSES)
        return status

    def _date(self, cell: Cell) -> datetime.date | None:
        read = parse_date(cell.text) if cell.text else None
        if isinstance(read, BadDate):
            self.findings.report(codes.NOT_A_DATE, cell, read.near, text=cell.text[:SHOWN], fault=read.fault.value)
            return None
        return read

    def _has_value(self, cell: Cell, status: Status, written: Cell, name: str) -> bool:
        """Whether there is a value to read; none, or one that contradicts its written status, is a finding."""
        absent = status in _WITHOUT_VALUE
        contradicted = cell.text not in _NO_VALUE if absent else not cell.text
        if contradicted and not written.text:
            self.findings.report(codes.DATA_NOT_FILLED, cell, name=name)
        elif contradicted:
            self.findings.report(codes.DATA_VALUE_AND_STATUS, cell, status=status.value)
        return not absent and bool(cell.text)

    def _label(self, cell: Cell, name: str) -> str | None:
        words = {word.lower(): word for word in self.known.labels[name]}
        label = words.get(" ".join(cell.text.lower().split()))
        if label is None:
            self.findings.report(codes.DATA_NUMBER, cell, choices=sorted(words.values()))
        return label


def _has_columns(findings: Findings, headings: Sequence[Cell], required: Iterable[str], place: Span) -> bool:
    """Whether rows can be read: no column is there twice, and none is missing that is required or only misspelt."""
    first: dict[str, Cell] = {}
    readable, offered = True, set[str | None]()
    for cell in headings:
        if cell.column not in COLUMNS:
            offered.add(findings.report(codes.DATA_COLUMNS, cell, choices=COLUMNS, what="unknown").near)
        elif first.setdefault(cell.column, cell) is not cell:
            findings.report(codes.DATA_COLUMNS, cell, what="twice")
            readable = False
    missing = [column for column in required if column not in first]
    for column in missing:
        if column not in offered:
            findings.report(codes.DATA_COLUMNS, Cell("", place, column), what="missing")
    return readable and not missing and offered <= {None, *first}


# CSV.


def _preamble(findings: Findings) -> tuple[int, Mark | None]:
    """Where the header line begins, and the decimal mark that the comments before it declare."""
    lines, mark = _Lines(findings.source.text), None
    for line in lines:
        start = lines.taken - len(line)
        if line.strip() and not line.lstrip(' \t"').startswith("#"):
            return start, mark
        if match := _DECLARATION.match(line):
            declared = MARKS.get(match[1].lower())
            if declared is None or mark not in (None, declared):
                span = Span(findings.source.path, start + match.start(1), start + match.end(1))
                findings.report(codes.DATA_DECIMAL_MARK, Cell(match[1], span, "desimal"), choices=MARKS, count=1)
            mark = mark or declared
    return lines.taken, mark


def _csv_rows(findings: Findings, start: int) -> list[_Row]:
    """The rows under the header line at an offset, as far as they have the cells that the header asks for."""
    source = findings.source
    records = _records(findings, start, _delimiter(next(_Lines(source.text, start), "")))
    if start == len(source.text):
        findings.report(codes.DATA_COLUMNS, Cell("", source.line_span(1), REQUIRED[0]), what="missing")
    headings = [Cell(cell.text, cell.span, cell.text.lower()) for cell in next(records, [])]
    width = max((count for count, cell in enumerate(headings, 1) if cell.text), default=0)
    if not headings or not _has_columns(findings, headings[:width], REQUIRED, _joined(headings)):
        return []
    filled = [cells for cells in records if any(cell.text for cell in cells)]
    if not filled and not findings.diagnostics:
        findings.report(codes.DATA_EMPTY, Cell("", source.line_span(1)))
    return [row for cells in filled if (row := _csv_row(findings, headings, width, cells))]


def _csv_row(findings: Findings, headings: Sequence[Cell], width: int, cells: Sequence[Cell]) -> _Row | None:
    """The cells under their columns; columns without a heading, on the right, hold nothing."""
    place = _joined(cells)
    if not width <= len(cells) <= len(headings) or any(cell.text for cell in cells[width:]):
        row = Cell(findings.source.text[place.start : min(place.end, place.start + SHOWN)], place)
        findings.report(codes.DATA_CELL_COUNT, row, expected=width, found=len(cells))
        return None
    named = zip(headings[:width], cells, strict=False)
    return _Row(place, {head.column: Cell(cell.text, cell.span, head.column) for head, cell in named})


def _joined(cells: Sequence[Cell]) -> Span:
    return Span(cells[0].span.path, cells[0].span.start, cells[-1].span.end)


def _delimiter(header: str) -> str:
    """The delimiter that splits the header line into the most known column names."""

    def known(delimiter: str) -> int:
        return sum(part.strip(' \t\r\n"').lower() in COLUMNS for part in header.split(delimiter))

    return max(_DELIMITERS, key=known)


class _Lines:
    """The lines of a text one by one, and the offset up to which they have been taken."""

    def __init__(self, text: str, taken: int = 0) -> None:
        self.text = text
        self.taken = taken

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        match = _LINE.match(self.text, self.taken)
        if match is None:
            raise StopIteration
        self.taken = match.end()
        return match[0]


def _records(findings: Findings, start: int, delimiter: str) -> Iterator[list[Cell]]:
    """The records from an offset on; one whose quotation marks do not close is a finding and has no cells."""
    source, lines = findings.source, _Lines(findings.source.text, start)
    csv.field_size_limit(max(csv.field_size_limit(), len(source.text)))  # a long cell gets a finding like any other
    parsed = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        begin = lines.taken
        try:
            texts = next(parsed)
        except StopIteration:
            return
        except csv.Error:
            findings.report(codes.UNCLOSED_TEXT, _unclosed(source, begin, lines.taken, delimiter))
            texts = []
        spans = _cell_spans(source, begin, lines.taken, delimiter)
        yield [Cell(text.strip(), span) for text, span in zip(texts, spans, strict=False)]


@cache
def _cell_pattern(delimiter: str) -> re.Pattern[str]:
    return re.compile(rf'"(?:[^"]|"")*+"(?=[{delimiter}\r\n]|\Z)|[^{delimiter}\r\n]*')


def _cell_spans(source: Source, start: int, end: int, delimiter: str) -> Iterator[Span]:
    """The places of the cells of one record, from left to right, without the spaces around them."""
    while match := _cell_pattern(delimiter).match(source.text, start, end):
        raw = match[0]
        first = start + len(raw) - len(raw.lstrip())
        yield Span(source.path, first, max(first, start + len(raw.rstrip())))
        if source.text[match.end() : match.end() + 1] != delimiter:
            return
        start = match.end() + 1


def _unclosed(source: Source, start: int, end: int, delimiter: str) -> Cell:
    """The first cell of a record that opens with a quotation mark and is not closed by one."""
    place = Span(source.path, start, start)
    for place in _cell_spans(source, start, end, delimiter):
        text = source.text[place.start : place.end]
        if text.startswith('"') and not re.fullmatch(r'"(?:[^"]|"")*+"', text):
            break
    return Cell(source.text[place.start : place.end], place)


# TOML.


class _Decimal(str):
    """A number with decimals as a TOML file writes it."""

    __slots__ = ()


def _toml_document(findings: Findings) -> Mapping[str, object]:
    """The document; an empty one, after a finding, where the text is not TOML."""
    source, line = findings.source, 1
    try:
        return tomllib.loads(source.text, parse_float=_Decimal)
    except tomllib.TOMLDecodeError as error:
        match = _TOML_LINE.search(str(error))
        line = int(match[1]) if match else source.line_count
    except RecursionError:
        pass
    except ValueError:  # Python refuses whole numbers of thousands of digits
        longest = max(re.finditer(r"\d[\d_]*", source.text), key=lambda match: len(match[0]))
        cell = Cell(longest[0], Span(source.path, *longest.span()))
        findings.report(codes.TOO_MANY_DIGITS, cell, text=cell.text[:SHOWN])
        return {}
    findings.diagnostics.append(Diagnostic(codes.DATA_TOML, source.line_span(line)))
    return {}


def _toml_rows(findings: Findings, document: Mapping[str, object]) -> list[_Row]:
    """The rows of a document, as far as they have the keys that are needed."""
    first = findings.source.line_span(1)
    for key in document:
        if key != _TABLES:
            findings.report(codes.DATA_COLUMNS, Cell(key, first, key), choices=[_TABLES], what="unknown")
    tables = document.get(_TABLES, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        findings.report(codes.DATA_COLUMNS, Cell("", first, _TABLES), what="missing")
        return []
    if not tables and not findings.diagnostics:
        findings.report(codes.DATA_EMPTY, Cell("", first))
    places = _toml_places(findings.source, len(tables))
    return [row for table, place in zip(tables, places, strict=True) if (row := _toml_row(findings, table, *place))]


def _toml_row(findings: Findings, table: Mapping[str, object], head: Span, keys: Mapping[str, Span]) -> _Row | None:
    headings = [Cell(key, keys.get(key, head), key.lower()) for key in table]
    if not _has_columns(findings, headings, ("tahun", "nama"), head):
        return None
    cells = (Cell(_toml_text(table[cell.text]), cell.span, cell.column) for cell in headings)
    return _Row(head, {cell.column: cell for cell in cells})


def _toml_text(value: object) -> str:
    """A value as a cell of an Indonesian table has it."""
    if isinstance(value, _Decimal):
        return value.replace("_", "").removeprefix("+").replace(".", ",")
    if isinstance(value, datetime.date):
        return format_date(value)
    if isinstance(value, dict | list):
        return "…"
    if isinstance(value, int) and value.bit_length() > 2_000:
        return hex(value)  # Python writes no whole number of thousands of digits
    return str(value).strip()


def _toml_places(source: Source, count: int) -> list[tuple[Span, Mapping[str, Span]]]:
    """For each table the line of its head and the lines of its keys; line 1 where the heads cannot be told apart."""
    text = _TOML_MASKED.sub(lambda match: " " * len(match[0]), source.text)
    starts = [match.start() for match in _TOML_HEAD.finditer(text)]
    if len(starts) != count:
        return [(source.line_span(1), {})] * count
    places = zip(starts, [*starts[1:], len(text)], strict=False)
    return [(_line_at(source, start), _key_lines(source, text, start, end)) for start, end in places]


def _key_lines(source: Source, text: str, start: int, end: int) -> Mapping[str, Span]:
    return {match[1]: _line_at(source, match.start(1)) for match in _TOML_KEY.finditer(text, start, end)}


def _line_at(source: Source, offset: int) -> Span:
    return source.line_span(source.position(offset)[0])
