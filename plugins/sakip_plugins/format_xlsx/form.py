"""The form for measured values: what is to be filled in is open and checked as it is typed, all else is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sakip_plugins.format_xlsx.book import Book, height_of, lines_of
from sakip_rules import DataForm, FormRow

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

#: The columns, each with its width; the first row of the table is at ``FIRST``.
COLUMNS = (
    ("tahun", 8), ("periode", 11), ("nama", 34), ("judul", 66), ("nilai", 20), ("satuan", 13), ("status", 15),
    ("sumber", 40),
)  # fmt: skip
FIRST = 3
#: Rows at the end for values that the rules do not ask for.
SPARE = 20
_PERIODS = ["tahunan", "tw1", "tw2", "tw3", "tw4"]
_STATUSES = ["final", "sementara", "tidak_ada", "tidak_berlaku"]
#: What a list of choices in a cell may hold.
_MOST_CHOICES = 255
_AT = {name: at for at, (name, _) in enumerate(COLUMNS)}
_OPEN: dict[str, Any] = {"locked": False, "bg_color": "#FFF2CC"}
_STEPS = (
    "Isi kolom nilai yang berwarna kuning pada lembar Data, satu angka untuk setiap baris.",
    "Tulis angka apa adanya, misalnya 92,5. Nilai dengan satuan persen ditulis 92,5, bukan 0,925 dan bukan 92,5%.",
    "Bila nilainya memang tidak ada, kosongkan dan pilih status tidak_ada; bila tidak berlaku, pilih tidak_berlaku.",
    "Nilai yang belum pasti diberi status sementara. Status yang kosong berarti final.",
    "Nol adalah nilai: tulis 0 hanya bila hasilnya memang nol.",
    "Tulis dari mana nilainya berasal pada kolom sumber.",
    "Baris tambahan di bawah tabel dapat dipakai untuk nilai lain yang dikenal aturannya.",
    "Simpan sebagai .xlsx di folder aturan, dengan nama yang diawali realisasi, lalu jalankan sakip-rules validate.",
    "Lembar dilindungi tanpa kata sandi, hanya agar nama dan satuan tidak berubah tanpa sengaja.",
)


def form(wanted: DataForm) -> bytes:
    """The workbook of a form, with its instructions."""
    book = Book(wanted.title, wanted.year)
    _write_steps(book, wanted)
    sheet = book.sheet("Data")
    book.text(sheet, 0, 0, wanted.title, "judul")
    book.text(sheet, 1, 0, f"Data kinerja tahun {wanted.year}", "nomor")
    for at, (name, width) in enumerate(COLUMNS):
        book.text(sheet, FIRST - 1, at, name, "kepala")
        sheet.set_column(at, at, width)
    for at, row in enumerate(wanted.rows, FIRST):
        _write_row(book, sheet, at, wanted.year, row)
    last = FIRST + len(wanted.rows) + SPARE - 1
    for at in range(last - SPARE + 1, last + 1):
        for column in range(len(COLUMNS)):
            book.text(sheet, at, column, "", "isi", **_OPEN)
        _check_number(sheet, at)
    for name, choices in (("periode", _PERIODS), ("status", _STATUSES)):
        _offer(sheet, FIRST, last, name, choices)
    sheet.freeze_panes(FIRST, 0)
    sheet.repeat_rows(FIRST - 1)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.activate()
    return book.finished()


def _write_steps(book: Book, wanted: DataForm) -> None:
    sheet = book.sheet("Petunjuk")
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 110)
    book.text(sheet, 0, 0, f"Cara mengisi: {wanted.title}", "judul")
    for at, step in enumerate(_STEPS, 1):
        book.text(sheet, at + 1, 0, f"{at}.", "naskah")
        book.text(sheet, at + 1, 1, step, "naskah")
    sheet.protect("")


def _write_row(book: Book, sheet: Worksheet, at: int, year: int, row: FormRow) -> None:
    """A value to fill in, under the name and the unit that the rules give it."""
    sheet.write_number(at, _AT["tahun"], year, book.style("isi"))
    book.text(sheet, at, _AT["periode"], row.quarter.value, "isi", locked=False)
    for name, text in (("nama", row.name), ("judul", row.title), ("satuan", row.unit or "")):
        book.text(sheet, at, _AT[name], text, "isi")
    sheet.set_row(at, height_of(lines_of(row.title, COLUMNS[_AT["judul"]][1])))
    book.text(sheet, at, _AT["nilai"], "", "isi", align="right", **_OPEN)
    for name in ("status", "sumber"):
        book.text(sheet, at, _AT[name], "", "isi", **_OPEN)
    if row.labels and len(",".join(row.labels)) <= _MOST_CHOICES:
        _offer(sheet, at, at, "nilai", list(row.labels))
    elif not row.labels:
        _check_number(sheet, at)


def _check_number(sheet: Worksheet, at: int) -> None:
    rule = {
        "validate": "decimal", "criteria": "between", "minimum": -(10**15), "maximum": 10**15,
        "input_title": "Nilai", "input_message": "Angka saja; persen ditulis 92,5 dan bukan 0,925.",
        "error_title": "Bukan angka",
        "error_message": "Isi dengan angka. Bila tidak ada nilai, kosongkan dan pilih status.",
    }  # fmt: skip
    sheet.data_validation(at, _AT["nilai"], at, _AT["nilai"], rule)


def _offer(sheet: Worksheet, first: int, last: int, name: str, choices: list[str]) -> None:
    """A list to choose from in the cells of a column."""
    rule = {
        "validate": "list", "source": choices, "error_title": "Bukan pilihan",
        "error_message": "Pilih salah satu dari daftar.",
    }  # fmt: skip
    sheet.data_validation(first, _AT[name], last, _AT[name], rule)
