"""The table of data on a sheet, as the CSV text that says the same, and where each part of it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from attrs import define, field, frozen

from sakip_plugins.data_xlsx import codes
from sakip_plugins.data_xlsx.numerals import is_either, is_exact, numeral, proven_mark
from sakip_plugins.data_xlsx.workbook import Area, Content, Kind, Sheet
from sakip_rules import Code, Diagnostic, Span

NEEDED = ("tahun", "nama", "nilai")
VALUE, DECIDED = "nilai", "ditetapkan"
#: Headings of columns that are for people alone.
FOR_PEOPLE = frozenset({"no", "no.", "nomor", "#", "judul", "keterangan", "catatan", "jenis"})
_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
#: Above its headings a table has no more rows than this.
_MOST_TITLES = 100
#: So much of a cell is shown.
_SHOWN = 40
_REFUSED = {Kind.ERROR: codes.ERROR, Kind.NOT_CALCULATED: codes.NOT_CALCULATED}


def heading_row(sheet: Sheet) -> int | None:
    """The first row that has all headings that are needed, if it is among the first of the sheet."""
    for row in range(1, min(sheet.last_row, _MOST_TITLES) + 1):
        found = {_heading(sheet, row, column) for column in range(1, sheet.last_column + 1)}
        if found >= set(NEEDED):
            return row
    return None


def _heading(sheet: Sheet, row: int, column: int) -> str:
    """A heading in small letters; one that is merged heads its first column alone."""
    area = sheet.merged.get((row, column))
    if area and (area.first_row, area.first_column) != (row, column):
        return ""
    return sheet.at(row, column).text.lower().strip(" *:")


@frozen
class Place:
    """Where a cell of the CSV text begins and ends, and the row and column of the sheet that it comes from."""

    start: int
    end: int
    row: int
    column: int


@define
class Table:
    """Makes the CSV text of a sheet; each row of the sheet is a line, so that their numbers are the same."""

    path: str
    sheet: Sheet
    head: int
    setting: str | None
    findings: list[Diagnostic] = field(factory=list)
    rows: int = 0
    text: str = ""
    mark: str = "koma"
    _places: list[Place] = field(factory=list)
    _told: list[Area] = field(factory=list)

    def write(self) -> None:
        """The heading row and all rows below it; a row that cannot be read is a finding, and an empty line."""
        columns = self._columns()
        texts = [
            content.text
            for row in range(self.head + 1, self.sheet.last_row + 1)
            for column, heading in columns.items()
            if heading == VALUE and (content := self.sheet.at(row, column)).kind is Kind.TEXT
        ]
        proven = self.setting or proven_mark(texts)
        self.mark = proven or "koma"
        parts = ["\n" * (self.head - 1)]
        length = self.head - 1
        for row in range(self.head, self.sheet.last_row + 1):
            line = self._line(row, columns, length, proven is None)
            parts.append(f"{line}\n")
            length += len(line) + 1
        self.text = "".join(parts)

    def _columns(self) -> dict[int, str]:
        """The columns that are data, by number; a column without a heading must be empty."""
        sheet, columns = self.sheet, dict[int, str]()
        for column in range(1, sheet.last_column + 1):
            heading = _heading(sheet, self.head, column)
            if heading and heading not in FOR_PEOPLE:
                columns[column] = heading
                if column in sheet.hidden_columns:
                    self._report_first(codes.HIDDEN, column)
            elif not heading and column not in sheet.hidden_columns:
                self._report_first(codes.NO_HEADING, column)
        return columns

    def _report_first(self, code: Code, column: int) -> None:
        """A finding at the first cell of a column that holds anything of its own below the headings, if one does."""
        rows = (row for row, each in self.sheet.cells if each == column and row > self.head)
        first = min(rows, default=None)
        if first is not None:
            self._report(code, first, column)

    # Lines.

    def _line(self, row: int, columns: dict[int, str], start: int, unsure: bool) -> str:
        """A row as a line of CSV that begins at an offset; empty where it holds nothing, or what cannot be read."""
        found = {column: self.sheet.at(row, column) for column in columns}
        if all(content.kind is Kind.EMPTY for content in found.values()):
            return ""
        if row == self.head:
            texts: list[str] | None = list(columns.values())
        elif row in self.sheet.hidden_rows:
            column = next(column for column, content in found.items() if content.kind is not Kind.EMPTY)
            self._report(codes.HIDDEN, row, column)
            return ""
        else:
            texts = self._texts(row, columns, found, unsure)
        if texts is None:
            return ""
        self.rows += row > self.head
        cells = []
        for column, text in zip(columns, texts, strict=True):
            quoted = '"' + text.replace('"', '""') + '"'
            self._places.append(Place(start, start + len(quoted), row, column))
            start += len(quoted) + 1
            cells.append(quoted)
        return ";".join(cells)

    def _texts(self, row: int, columns: dict[int, str], found: dict[int, Content], unsure: bool) -> list[str] | None:
        """The cells of a row as texts; none, after a finding for each that cannot be read."""
        texts = [self._text(row, column, heading, found[column], unsure) for column, heading in columns.items()]
        read = [text for text in texts if text is not None]
        return read if len(read) == len(texts) else None

    def _text(self, row: int, column: int, heading: str, content: Content, unsure: bool) -> str | None:
        """A cell as text; none, after a finding, where it cannot be read."""
        area = self.sheet.merged.get((row, column))
        if area and content.kind is not Kind.EMPTY and self._is_shared(area, heading):
            if area not in self._told:  # once for all rows that it covers
                self._told.append(area)
                self._report(codes.MERGED, row, column, range=_range(area))
            return None
        if code := _fault(content, heading, unsure):
            self._report(code, row, column, value=content.text[:_SHOWN], heading=heading[:_SHOWN])
            return None
        if content.date is not None:
            return f"{content.date.day} {_MONTHS[content.date.month - 1]} {content.date.year}"
        if content.number is not None and heading == VALUE:
            return numeral(content.number, content.shape, self.mark)
        return content.text

    @staticmethod
    def _is_shared(area: Area, heading: str) -> bool:
        """Whether a merged cell stands for several columns, or its number for several rows."""
        return area.first_column != area.last_column or (heading == VALUE and area.first_row != area.last_row)

    # Places.

    @property
    def heading_place(self) -> Span:
        """The first cell of the heading row."""
        return self._span(self.head, 1, self.head, 1)

    def _report(self, code: Code, row: int, column: int, **facts: object) -> None:
        self.findings.append(Diagnostic(code, self._span(row, column, row, column), facts))

    def _span(self, row: int, column: int, last_row: int, last_column: int) -> Span:
        """A place on the sheet; its offset keeps findings in the order of the rows."""
        at = (row << 10) + column
        area = Area(row, last_row, column, last_column)
        return Span(self.path, at, at, f"{_quoted(self.sheet.name)}!{_range(area)}")

    def placed(self, span: Span) -> Span:
        """The place on the sheet that a place in the CSV text comes from; that of its first and last cell."""
        if span.path != self.path:
            return span
        touched = list(self._touched(span))
        if not touched:
            return self.heading_place
        first, last = touched[0], touched[-1]
        return self._span(first.row, first.column, last.row, last.column)

    def _touched(self, span: Span) -> Iterator[Place]:
        at = max(bisect_right(self._places, span.start, key=lambda place: place.start) - 1, 0)
        for place in self._places[at:]:
            if place.start > max(span.end - 1, span.start):
                return
            if place.end >= span.start:
                yield place


def _fault(content: Content, heading: str, unsure: bool) -> Code | None:
    """What is wrong with a cell under a heading; ``unsure`` is whether nothing tells the decimal mark of texts."""
    if content.kind in _REFUSED:
        return _REFUSED[content.kind]
    if content.kind is Kind.OTHER or (content.kind is Kind.DATE and heading != DECIDED):
        return codes.WRONG_KIND
    if content.number is not None:
        return None if is_exact(content.number) else codes.TOO_PRECISE
    return codes.EITHER_MARK if heading == VALUE and unsure and is_either(content.text) else None


def letters(column: int) -> str:
    """A column, counted from 1, as spreadsheets call it."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _range(area: Area) -> str:
    first = f"{letters(area.first_column)}{area.first_row}"
    last = f"{letters(area.last_column)}{area.last_row}"
    return first if first == last else f"{first}:{last}"


def _quoted(name: str) -> str:
    """The name of a sheet as formulas write it."""
    return name if name.replace("_", "").isalnum() else "'" + name.replace("'", "''") + "'"


def data_sheets(sheets: Iterable[Sheet]) -> list[tuple[Sheet, int]]:
    """The visible sheets that hold a table of data, and the row of its headings."""
    return [(sheet, row) for sheet in sheets if sheet.visible and (row := heading_row(sheet)) is not None]
