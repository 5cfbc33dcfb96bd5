"""A table of the report as a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from attrs import frozen

from sakip_plugins.format_xlsx.book import (
    MOST_DIGITS,
    Book,
    column_letter,
    digits_of,
    height_of,
    lines_of,
    number_format,
)
from sakip_plugins.format_xlsx.formulas import formula
from sakip_plugins.format_xlsx.names import reference
from sakip_plugins.layout.words import written
from sakip_rules import Cell, PublishedRow, PublishedTable

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

#: Where the head of a table begins: below its number, its title, the way back, and an empty row.
FIRST = 4
_NARROW, _WIDE = 9, 46
#: The longest format that spreadsheets can hold.
_MOST_FORMAT = 200


@frozen
class TableSheet:
    """A table, the sheet that it goes onto, and where its figures are explained."""

    book: Book
    sheet: Worksheet
    table: PublishedTable
    explained: dict[str, tuple[str, int]]

    def write(self, home: str) -> None:
        """The whole sheet; ``home`` is the sheet that leads to all others."""
        book, sheet, table = self.book, self.sheet, self.table
        book.text(sheet, 0, 0, f"Tabel {table.number}" if table.number else "", "nomor")
        book.text(sheet, 1, 0, table.title, "judul")
        book.link(sheet, 2, 0, home, f"Kembali ke {home}")
        widths = self._widths()
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        start = FIRST + self._head(widths)
        sheet.freeze_panes(start, 0)
        sheet.repeat_rows(FIRST, start - 1)
        end = self._body(start, widths)
        if table.source:
            book.text(sheet, end, 0, f"Sumber: {table.source}", "catatan")

    # The head.

    def _head(self, widths: Sequence[int]) -> int:
        """Write the head, its groups over their columns, and tell how many rows it has."""
        columns, grouped = self.table.columns, any(column.group for column in self.table.columns)
        at = 0
        for group, members in groupby(columns, key=lambda column: column.group):
            count = len(list(members))
            if group:
                self._merged(FIRST, at, 1, count, group, "kepala")
            for column in range(at, at + count):
                above = 0 if group or not grouped else 1
                self._merged(FIRST + grouped - above, column, 1 + above, 1, columns[column].heading, "kepala")
            at += count
        lines = max((lines_of(column.heading, width) for column, width in zip(columns, widths, strict=True)), default=1)
        self.sheet.set_row(FIRST + grouped, height_of(lines))
        return 1 + grouped

    def _merged(self, row: int, column: int, height: int, width: int, text: str, style: str) -> None:
        """A text over some cells; spreadsheets merge no fewer than two."""
        if height > 1 or width > 1:
            self.sheet.merge_range(row, column, row + height - 1, column + width - 1, "", self.book.style(style))
        self.book.text(self.sheet, row, column, text, style)

    # The body.

    def _body(self, start: int, widths: Sequence[int]) -> int:
        """Write all rows from one on, and tell the row below them."""
        table = self.table
        rows = [(row, "isi") for row in table.rows] + [(row, "penutup") for row in table.closing]
        if not rows:
            self._merged(start, 0, 1, len(table.columns), table.when_empty or "", "isi")
            return start + 1
        for at, (row, style) in enumerate(rows, start):
            for column, cell in enumerate(row.cells):
                if cell.height:
                    self._cell(at, column, cell, style)
        for at, height in self._heights(widths):
            self.sheet.set_row(start + at, height)
        return start + len(rows)

    def _cell(self, row: int, column: int, cell: Cell, style: str) -> None:
        if cell.height > 1:
            self.sheet.merge_range(row, column, row + cell.height - 1, column, "", self.book.style(style))
        shape = number_format(cell.decimals, cell.suffix)
        number = cell.decimal
        if number is None or cell.provisional or len(shape) > _MOST_FORMAT:
            self._linked(row, column, cell)
            self.book.text(self.sheet, row, column, cell.text, style)
            return
        shown = self.book.style(style, num_format=shape, align="right")
        self._linked(row, column, cell)
        exact = digits_of(number) <= MOST_DIGITS
        if cell.calculation is not None and exact:
            text = formula(cell.calculation, lambda at: f"{column_letter(at)}{row + 1}")
            self.sheet.write_formula(row, column, text, shown, number)
        else:
            self.sheet.write_number(row, column, number, shown)
        if not exact:
            self.sheet.write_comment(row, column, f"Angka persisnya: {written(cell.text)}")

    def _linked(self, row: int, column: int, cell: Cell) -> None:
        """A link to the explanation of a figure, under whatever is written into its cell next."""
        place = self.explained.get(cell.explanation or "")
        if place is not None:
            sheet, line = place
            self.sheet.write_url(row, column, f"internal:{reference(sheet)}!A{line + 1}", tip="Penjelasan angka ini")

    # Measures.

    def _rows(self) -> tuple[PublishedRow, ...]:
        return (*self.table.rows, *self.table.closing)

    def _widths(self) -> list[int]:
        """How wide each column is, in characters: its numbers whole, its texts in few lines."""
        return [self._width(at) for at in range(len(self.table.columns))]

    def _width(self, at: int) -> int:
        heading = self.table.columns[at].heading
        least = max((len(word) for word in heading.split()), default=0)
        longest = 0
        for row in self._rows():
            cell = row.cells[at]
            lines = [len(line) for line in cell.text.splitlines()]
            if cell.number is not None:
                least = max(least, *lines)
            longest = max([longest, *lines])
        eased = longest if longest <= 24 else 24 + (longest - 24) // 6
        return min(max(_NARROW, least + 2, eased + 2), _WIDE)

    def _heights(self, widths: Sequence[int]) -> Iterator[tuple[int, float]]:
        """The height of each row, so that every text is seen whole, also where it stands in a merged cell."""
        rows = self._rows()
        needed = [
            max((lines_of(cell.text, widths[at]) for at, cell in enumerate(row.cells) if cell.height == 1), default=1)
            for row in rows
        ]
        for first, row in enumerate(rows):
            for at, cell in enumerate(row.cells):
                if cell.height > 1:
                    covered = sum(needed[first : first + cell.height])
                    needed[first + cell.height - 1] += max(0, lines_of(cell.text, widths[at]) - covered)
        yield from ((at, height_of(lines)) for at, lines in enumerate(needed))
