"""A report as one workbook: a cover that leads to everything, tables, charts, texts, findings, explanations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING

from sakip_plugins.format_xlsx import charts
from sakip_plugins.format_xlsx.book import Book, height_of, lines_of, pieces
from sakip_plugins.format_xlsx.tables import TableSheet
from sakip_rules import Heading, Passage, Publication, PublishedChart, PublishedTable

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

HOME, TEXTS, DATA = "Daftar isi", "Uraian", "Data gambar"
FINDINGS, EXPLANATIONS, LONG = "Temuan", "Penjelasan", "Naskah panjang"
#: How wide a sheet of texts is, in characters.
_PAGE = 120


def report(found: Publication) -> Mapping[str, bytes]:
    """The workbook of a report."""
    return {f"{found.name}.xlsx": _Report(found).written()}


class _Report:
    """The sheets of a report; each is made before any is written, since they lead to each other."""

    def __init__(self, found: Publication) -> None:
        self.found, self.book = found, Book(found.title, found.year, found.agency, found.as_of)
        self.home = self.book.sheet(HOME)
        self.texts = (
            self.book.sheet(TEXTS) if any(isinstance(part, Heading | Passage) for part in found.parts) else None
        )
        self.parts: list[tuple[PublishedTable | PublishedChart, Worksheet]] = [
            (part, self.book.sheet(_label(part)))
            for part in found.parts
            if isinstance(part, PublishedTable | PublishedChart)
        ]
        self.data = self.book.sheet(DATA) if found.charts else None
        self.findings = self.book.sheet(FINDINGS) if found.findings else None
        self.explanations = self.book.sheet(EXPLANATIONS) if found.explanations else None

    def written(self) -> bytes:
        explained = self._write_explanations()
        row = 0
        for part, sheet in self.parts:
            if isinstance(part, PublishedTable):
                TableSheet(self.book, sheet, part, explained).write(HOME)
            elif self.data is not None:
                charts.write_chart(self.book, sheet, part, self.data.get_name(), row, HOME)
                row = charts.write_data(self.book, self.data, part, row) + 1
        if self.data is not None:
            self.data.set_column(0, 0, 40)
            self.data.set_column(1, 20, 16)
        self._write_texts()
        self._write_findings()
        self._write_home()
        self._write_long_texts()
        return self.book.finished()

    def _write_home(self) -> None:
        """The cover: what the report is, and a link to every sheet."""
        book, sheet, found = self.book, self.home, self.found
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 100)
        book.text(sheet, 0, 0, found.title, "judul")
        lines: list[tuple[str, str | None]] = [("Instansi", found.agency), ("Tahun", str(found.year))]
        row = 1
        for label, text in lines:
            if text:
                book.text(sheet, row, 0, label, "naskah")
                book.text(sheet, row, 1, text, "naskah")
                row += 1
        if found.as_of:
            book.text(sheet, row, 0, "Keadaan per", "naskah")
            sheet.write_datetime(row, 1, datetime.combine(found.as_of, time()), book.style("tanggal"))
            row += 1
        row += 1
        for column, text in enumerate(("Lembar", "Isi")):
            book.text(sheet, row, column, text, "kepala")
        for name, text in self._contents():
            row += 1
            book.link(sheet, row, 0, name, name)
            book.text(sheet, row, 1, text, "naskah")

    def _contents(self) -> list[tuple[str, str]]:
        """Every sheet by its name, and what stands on it, in the order of the sheets."""
        rows = [(self.texts, "Judul dan naskah laporan")] if self.texts else []
        rows += [(sheet, part.title) for part, sheet in self.parts]
        others = ((self.data, "Angka di balik gambar"), (self.findings, "Temuan pemeriksaan"),
                  (self.explanations, "Asal-usul setiap angka"))  # fmt: skip
        rows += [(sheet, text) for sheet, text in others if sheet]
        return [(sheet.get_name(), text) for sheet, text in rows]

    def _write_texts(self) -> None:
        """Headings and passages in the order of the report, with links to the tables and charts between them."""
        book, sheet = self.book, self.texts
        if sheet is None:
            return
        sheet.set_column(0, 0, _PAGE)
        places = {part.name: place for part, place in self.parts}
        row = 0
        for part in self.found.parts:
            if isinstance(part, Heading):
                book.text(sheet, row, 0, part.text, "bab", font_size=max(11, 16 - part.level))
                row += 1
            elif isinstance(part, Passage):
                row = self._paragraphs(sheet, row, part.text)
            else:
                name = places[part.name].get_name()
                book.link(sheet, row, 0, name, f"{name}: {part.title}"[:250])
                row += 1

    def _paragraphs(self, sheet: Worksheet, row: int, text: str) -> int:
        for paragraph in text.split("\n\n"):
            for piece in pieces(paragraph):
                self.book.text(sheet, row, 0, piece, "naskah")
                sheet.set_row(row, height_of(lines_of(piece, _PAGE)))
                row += 1
        return row

    def _write_findings(self) -> None:
        if self.findings is None:
            return
        heads = (("Kode", 9), ("Tingkat", 12), ("Tempat", 32), ("Temuan", 60), ("Saran", 48))
        self._heads(self.findings, heads)
        for row, item in enumerate(self.found.findings, 1):
            for column, text in enumerate((item.code, item.level, item.place, item.message, item.advice)):
                self.book.text(self.findings, row, column, text, "isi")
            texts = zip((item.place, item.message, item.advice), heads[2:], strict=True)
            lines = (lines_of(text, width) for text, (_, width) in texts)
            self.findings.set_row(row, height_of(max(lines)))
        self.findings.autofilter(0, 0, len(self.found.findings), len(heads) - 1)

    def _heads(self, sheet: Worksheet, heads: Sequence[tuple[str, int]]) -> None:
        for column, (text, width) in enumerate(heads):
            self.book.text(sheet, 0, column, text, "kepala")
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)

    def _write_explanations(self) -> dict[str, tuple[str, int]]:
        """How every figure came about; tells the sheet and row of each."""
        sheet, places, row = self.explanations, dict[str, tuple[str, int]](), 0
        if sheet is None:
            return places
        sheet.set_column(0, 0, _PAGE)
        for key, explanation in self.found.explanations.items():
            places[key] = (sheet.get_name(), row)
            self.book.text(sheet, row, 0, explanation.title, "bab")
            for line in explanation.lines:
                row += 1
                self.book.text(sheet, row, 0, line, "naskah")
                sheet.set_row(row, height_of(lines_of(line, _PAGE)))
            row += 2
        return places

    def _write_long_texts(self) -> None:
        """What is too long for a cell, whole, under the place that it belongs to."""
        if not self.book.long_texts:
            return
        sheet = self.book.sheet(LONG)
        sheet.set_column(0, 0, _PAGE)
        row = 0
        for place, text in self.book.long_texts:
            self.book.text(sheet, row, 0, place, "bab")
            row = self._paragraphs(sheet, row + 1, text)


def _label(part: PublishedTable | PublishedChart) -> str:
    kind = "Tabel" if isinstance(part, PublishedTable) else "Gambar"
    return f"{kind} {part.number}" if part.number else part.title
