"""Workbooks as offices keep them: every cell is read right, or refused with its sheet and cell."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from sakip_plugins.data_xlsx import gate
from sakip_plugins.data_xlsx.numerals import numeral
from sakip_plugins.data_xlsx.workbook import sheets_of

from sakip_rules import Measurement, Project
from sakip_rules.cache import Cache
from tests.plugins import office
from tests.running import Command, foreign, places, small, write

HEAD = ("Tahun", "Periode", "Nama", "Nilai", "Satuan", "Status", "Sumber")
ROWS: tuple[tuple[Any, ...], ...] = (
    (2024, "tahunan", "layanan", 80, "persen", "final", "Loket"),
    (2024, "tahunan", "lama", 12, "hari", None, None),
    (2024, "tw1", "layanan", 60, None, "sementara", None),
)
Change = Callable[[Worksheet], Any]


def workbook(*rows: tuple[Any, ...], change: Change = lambda sheet: None, head: tuple[str, ...] = HEAD) -> bytes:
    """A workbook with a sheet ``Data``, changed by a function."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Data"
    for row in (head, *(rows or ROWS)):
        sheet.append(row)
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def folder(tmp_path: Path, raw: bytes, name: str = "realisasi.xlsx", own: str = "") -> Project:
    """The small folder with a workbook in the place of its CSV file."""
    path = small(tmp_path / "dinas")
    (path / "realisasi.csv").unlink()
    write(path, {name: raw, "sakip.toml": own or 'pustaka = ["nasional"]\n'})
    return Project(path, Cache(None))


def measured(found: Project) -> dict[str, Measurement]:
    return {f"{item.name} {item.quarter.value}": item for item in found.data.measurements.values()}


def told(found: Project) -> list[str]:
    """The findings about the data as ``code cell``."""
    return [f"{item.code.name} {(item.span and item.span.cell) or ''}".strip() for item in found.data_findings]


def numbers(found: Project) -> list[str]:
    return [str(item.number) for item in measured(found).values()]


# What is read.


def test_a_plain_table_is_read_as_csv_is(tmp_path: Path) -> None:
    """With the cell as the place of each value."""
    found = folder(tmp_path, workbook())
    assert told(found) == []
    read = measured(found)
    assert [(name, str(item.number), item.status.value, item.source) for name, item in read.items()] == [
        ("layanan tahunan", "80", "final", "Loket"),
        ("lama tahunan", "12", "final", None),
        ("layanan tw1", "60", "sementara", None),
    ]
    assert [item.span.cell for item in read.values()] == ["Data!D2", "Data!D3", "Data!D4"]


def test_the_table_may_stand_below_titles_in_any_order_and_case(tmp_path: Path) -> None:
    """Beside columns for people, on the first visible sheet that has its headings."""

    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(1, 3)
        sheet["A1"] = "REALISASI KINERJA 2024"
        sheet.merge_cells("A1:G1")
        sheet.parent.create_sheet("Petunjuk", 0)["A1"] = "Isi kolom nilai"

    rows = (("Persentase", 80, "layanan", "1", 2024), ("Lama", 12, "lama", "2", 2024))
    found = folder(tmp_path, workbook(*rows, change=change, head=("Judul", "NILAI", " nama ", "No.", "TAHUN *")))
    assert (told(found), numbers(found)) == ([], ["80", "12"])
    assert measured(found)["lama tahunan"].span.cell == "Data!B6"


@pytest.mark.parametrize(
    ("value", "shape", "number", "decimals"),
    [
        (80, "General", "80", 0),
        (80.5, "General", "161/2", 1),
        (0.1 + 0.2, "General", "3/10", 1),
        (5.3, "0.00", "53/10", 2),
        (5.259, "0.00", "5259/1000", 3),
        (0.925, "0.00%", "185/2", 2),
        (0.07, "0%", "7", 0),
        (92.5, '0.00"%"', "185/2", 2),
        (92.5, r"0.0\%", "185/2", 1),
        (1.5e-7, "0.00E+00", "3/20000000", 8),
        (99.88, "[$-421]#,##0.00", "2497/25", 2),
        ("92,5", "General", "185/2", 1),
        ("92,5%", "General", "185/2", 1),
        ("1.234,50", "General", "2469/2", 2),
        ("1,234.50", "General", "2469/2", 2),
    ],
)
def test_numbers_are_read_as_they_are_shown(tmp_path: Path, value: Any, shape: str, number: str, decimals: int) -> None:
    """A percent format means percent, a text is an Indonesian number, and a binary number its shortest decimal."""

    def change(sheet: Worksheet) -> None:
        sheet["D2"] = value
        sheet["D2"].number_format = shape

    found = folder(tmp_path, workbook(change=change))
    assert told(found) == []
    read = measured(found)["layanan tahunan"]
    assert (str(read.number), read.decimals) == (number, decimals)


def test_a_percentage_in_another_unit_is_refused(tmp_path: Path) -> None:
    """As 12% is in CSV, for days."""

    def change(sheet: Worksheet) -> None:
        sheet["D3"].number_format = "0%"

    assert told(folder(tmp_path, workbook(change=change))) == ["R107 Data!D3"]


def test_texts_that_are_merged_hold_for_all_their_rows(tmp_path: Path) -> None:
    """Years and names, which offices write once beside several periods."""

    def change(sheet: Worksheet) -> None:
        sheet["A3"], sheet["A4"] = None, None
        sheet.merge_cells("A2:A4")
        sheet.merge_cells("A1:A1")

    found = folder(tmp_path, workbook(change=change))
    assert (told(found), numbers(found)) == ([], ["80", "12", "60"])


def test_a_day_in_a_date_column_is_read(tmp_path: Path) -> None:
    rows = ((2024, "layanan", 80, datetime.date(2024, 3, 1)),)
    found = folder(tmp_path, workbook(*rows, head=("tahun", "nama", "nilai", "ditetapkan")))
    assert told(found) == []
    assert measured(found)["layanan tahunan"].decided == datetime.date(2024, 3, 1)


def test_formulas_give_their_results(tmp_path: Path) -> None:
    """As they stand in the file."""
    raw = workbook(change=lambda sheet: sheet.__setitem__("D2", "=40*2"))
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        empty = re.compile(rb"(?<=<f>40\*2</f>)<v ?(/>|></v>)")  # as one library or another writes it
        sheet, changed = empty.subn(b"<v>80</v>", parts.read("xl/worksheets/sheet1.xml"))
    assert changed == 1
    found = folder(tmp_path, replaced(raw, "xl/worksheets/sheet1.xml", sheet))
    assert (told(found), numbers(found)) == ([], ["80", "12", "60"])


def test_rows_that_hold_nothing_are_no_rows(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(3, 2)
        sheet.row_dimensions[3].hidden = True
        sheet["H40"] = " "

    assert numbers(folder(tmp_path, workbook(change=change))) == ["80", "12", "60"]


@office.needed
def test_what_another_program_saves_is_read_alike(tmp_path: Path) -> None:
    """LibreOffice, which calculates the formula, and writes texts, formats and merged cells in its own way."""

    def change(sheet: Worksheet) -> None:
        sheet["D2"], sheet["D3"], sheet["D4"] = "=D4*100+20", "12,5", 0.6
        sheet["D4"].number_format = "0.0%"
        sheet["A4"] = None
        sheet.merge_cells("A3:A4")

    found = folder(tmp_path, office.saved(workbook(change=change), tmp_path))
    assert (told(found), numbers(found)) == ([], ["80", "25/2", "60"])


@given(st.lists(st.decimals(-(10**9), 10**9, places=5, allow_nan=False), min_size=1, max_size=40, unique=True))
@settings(max_examples=20, deadline=None)
def test_every_number_of_fifteen_digits_is_read_exactly(written: list[Decimal]) -> None:
    """However a spreadsheet keeps it in binary."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(*((2024, "tahunan", "a", float(each)) for each in written))))
    out = io.BytesIO()
    book.save(out)
    (sheet,) = sheets_of(out.getvalue(), False)
    read = [numeral(sheet.at(row, 4).number or Decimal(0), "General", "titik") for row in range(2, len(written) + 2)]
    assert [Decimal(text) for text in read] == written


def test_a_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    """The cells between are not made, and an empty one is none."""
    found = folder(tmp_path, workbook(change=lambda sheet: sheet.__setitem__("GR49999", " ")))
    assert (told(found), numbers(found)) == ([], ["80", "12", "60"])


# What is refused.


def _set(**cells: Any) -> Change:
    def change(sheet: Worksheet) -> None:
        for place, value in cells.items():
            sheet[place] = value

    return change


def _hidden_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True


def _hidden_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["D"].hidden = True


def _hidden_sheet(sheet: Worksheet) -> None:
    sheet.sheet_state = "hidden"
    sheet.parent.create_sheet("Lain")


def _merged_values(sheet: Worksheet) -> None:
    sheet.merge_cells("D2:D3")


def _merged_across(sheet: Worksheet) -> None:
    sheet.merge_cells("D2:E2")


def _second_table(sheet: Worksheet) -> None:
    other = sheet.parent.create_sheet("Tw 1")
    other.append(HEAD)
    other.append(ROWS[2])


WRONG: list[tuple[str, Change, list[str]]] = [
    ("an error", _set(D2="#DIV/0!"), ["xlsx-108 Data!D2"]),
    ("an error in another column", _set(G3="#REF!"), ["xlsx-108 Data!G3"]),
    ("a formula without a result", _set(D2="=D3*2"), ["xlsx-109 Data!D2"]),
    ("a date for a number", _set(D2=datetime.date(2024, 5, 2)), ["xlsx-110 Data!D2"]),
    ("a time for a number", _set(D2=datetime.time(9, 30)), ["xlsx-110 Data!D2"]),
    ("a truth for a number", _set(D2=True), ["xlsx-110 Data!D2"]),
    ("a date for a year", _set(A2=datetime.date(2024, 1, 1)), ["xlsx-110 Data!A2"]),
    ("an identity number", _set(D2=3520010101010001), ["xlsx-111 Data!D2"]),
    ("a hidden row", _hidden_row, ["xlsx-107 Data!A3"]),
    ("a hidden column", _hidden_column, ["xlsx-107 Data!D2"]),
    ("a hidden sheet", _hidden_sheet, ["xlsx-105"]),
    ("one number for two rows", _merged_values, ["xlsx-112 Data!D2"]),
    ("one cell for two columns", _merged_across, ["xlsx-112 Data!D2"]),
    ("a note beside the table", _set(I3="cek lagi"), ["xlsx-113 Data!I3"]),
    ("a second table", _second_table, ["xlsx-106 'Tw 1'!A1"]),
    ("no heading row", _set(D1="Realisasi"), ["xlsx-105"]),
    ("a text of two meanings", _set(D2="1.234"), ["xlsx-114 Data!D2"]),
    ("a misspelt heading", _set(F1="Sttus"), ["R101 Data!F1"]),
    ("an unknown name", _set(C2="layanann"), ["R102 Data!C2"]),
    ("words for a number", _set(D2="banyak"), ["R104 Data!D2"]),
    ("another decimal mark", _set(D2="1,234.50", D3="5,5"), ["R104 Data!D2"]),
    ("no value and no status", _set(D2=None), ["R113 Data!D2"]),
    ("a period that is none", _set(B2="tw5"), ["R109 Data!B2"]),
    ("a year that is none", _set(A2=24), ["R110 Data!A2"]),
    ("a value that is given twice", _set(B4="tahunan"), ["R103 Data!D4"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_cannot_be_read_is_refused_at_its_cell(tmp_path: Path, change: Change, expected: list[str]) -> None:
    """And the other rows are read, as far as the table can be."""
    found = folder(tmp_path, workbook(change=change))
    assert told(found) == expected
    if "xlsx-105" not in expected and not expected[0].startswith(("R101", "xlsx-112")):
        assert len(measured(found)) >= 2


def test_other_texts_or_the_settings_tell_the_decimal_mark(tmp_path: Path) -> None:
    """As in CSV: 1.234 is a thousand beside 5,5, and 1,234 where the settings say points."""
    comma = folder(tmp_path / "a", workbook(change=_set(D3="1.234", D2="5,5")))
    assert (told(comma), numbers(comma)[:2]) == ([], ["11/2", "1234"])
    own = 'pustaka = ["nasional"]\ndesimal = "titik"\n'
    point = folder(tmp_path / "b", workbook(change=_set(D3="1.234", D2=5.5)), own=own)
    assert (told(point), numbers(point)[:2]) == ([], ["11/2", "617/500"])


@pytest.mark.parametrize("language", ["id", "en"])
def test_findings_name_the_cell_in_both_languages(command: Command, tmp_path: Path, language: str) -> None:
    folder(tmp_path, workbook(change=_set(D2="#DIV/0!", C3="lamaa")))
    found = command("validate", "dinas", "--lang", language)
    shown = [line for line in found.out.splitlines() if line.startswith("dinas/realisasi.xlsx:")]
    assert [line.split(": ")[0].removeprefix("dinas/realisasi.xlsx:") for line in shown] == [
        "Data!D2", "Data!C3", "Data!D4",
    ]  # fmt: skip
    assert "#DIV/0!" in shown[0]
    assert "`lama`" in found.out
    assert language == "en" or foreign(found.out) == set()


def test_programs_get_the_cell(command: Command, tmp_path: Path) -> None:
    folder(tmp_path, workbook(change=_set(D2="#DIV/0!")))
    assert '"cell": "Data!D2"' in command("validate", "dinas", "--format", "json").out
    assert '"fullyQualifiedName": "Data!D2"' in command("validate", "dinas", "--format", "sarif").out
    assert "title=xlsx-108 Data!D2::" in command("validate", "dinas", "--format", "github").out
    assert "dinas/realisasi.xlsx:Data!D2: " in command("validate", "dinas", "--format", "concise").out


def test_codes_are_explained(command: Command) -> None:
    found = command("code", "xlsx-108")
    assert found.code == 0
    assert "Kesalahan hitung bukan nol dan bukan kosong." in found.out


# What is not opened.


def replaced(raw: bytes, name: str, content: bytes) -> bytes:
    """A workbook with another part, or one part more."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet>&e;</worksheet>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'


def bomb() -> bytes:
    """Some hundred kilobytes that become hundreds of megabytes."""
    return replaced(workbook(), "xl/media/a.xml", b"<a>" + b" " * (200 << 20) + b"</a>")


def crowd() -> bytes:
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a") as parts:
        for at in range(gate.MOST_PARTS):
            parts.writestr(f"xl/media/{at}.txt", b"")
    return out.getvalue()


def far() -> bytes:
    return workbook(change=_set(A1048576="x"))


def tall() -> bytes:
    rows = b"".join(b'<row r="%d"/>' % at for at in range(1, gate.MOST_ROWS + 2))
    with zipfile.ZipFile(io.BytesIO(workbook())) as parts:
        sheet = parts.read(SHEET).replace(b"</sheetData>", rows + b"</sheetData>")
    return replaced(workbook(), SHEET, sheet)


def sheet_with(text: bytes, before: bytes = b"</worksheet>") -> bytes:
    """A workbook whose sheet holds something more."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as parts:
        sheet = parts.read(SHEET)
    assert before in sheet
    return replaced(workbook(), SHEET, sheet.replace(before, text + before, 1))


def merged(reference: bytes) -> bytes:
    return sheet_with(b'<mergeCells><mergeCell ref="' + reference + b'"/></mergeCells>', b"<pageMargins")


def linked() -> bytes:
    link = b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>'
    return sheet_with(link, b"<pageMargins")


def wide() -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook())) as parts:
        sheet = parts.read(SHEET).decode()
    return replaced(workbook(), SHEET, ('<?xml version="1.0" encoding="UTF-16"?>' + sheet).encode("utf-16"))


def old_encoding() -> bytes:
    return replaced(workbook(), SHEET, b'<?xml version="1.0" encoding="utf-7"?><worksheet/>')


HOSTILE: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("a zip bomb", bomb, "realisasi.xlsx", "xlsx-104"),
    ("thousands of parts", crowd, "realisasi.xlsx", "xlsx-104"),
    ("a cell in the last row", far, "realisasi.xlsx", "xlsx-104"),
    ("too many rows", tall, "realisasi.xlsx", "xlsx-104"),
    ("a merged cell over the whole sheet", lambda: merged(b"A1:XFD1048576"), "realisasi.xlsx", "xlsx-104"),
    ("a merged cell whose range hides", lambda: merged(b"&#65;1:XFD1048576"), "realisasi.xlsx", "xlsx-102"),
    ("a link over the whole sheet", linked, "realisasi.xlsx", "xlsx-104"),
    ("a sheet in UTF-16", wide, "realisasi.xlsx", "xlsx-102"),
    ("a sheet in UTF-7", old_encoding, "realisasi.xlsx", "xlsx-102"),
    ("an entity of a file", lambda: replaced(workbook(), SHEET, XXE), "realisasi.xlsx", "xlsx-102"),
    ("a billion laughs", lambda: replaced(workbook(), SHEET, LAUGHS), "realisasi.xlsx", "xlsx-102"),
    ("entities in UTF-16", lambda: replaced(workbook(), SHEET, LAUGHS.decode().encode("utf-16")), "realisasi.xlsx",
     "xlsx-102"),
    ("macros", lambda: replaced(workbook(), "xl/vbaProject.bin", b"x"), "realisasi.xlsm", "xlsx-103"),
    ("macros under another name", lambda: replaced(workbook(), "xl/vbaProject.bin", b"x"), "realisasi.xlsx",
     "xlsx-103"),
    ("an old workbook", lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "realisasi.xls", "xlsx-101"),
    ("a text", lambda: b"tahun;nama;nilai\n", "realisasi.xlsx", "xlsx-102"),
    ("nothing", lambda: b"", "realisasi.xlsx", "xlsx-102"),
    ("half a workbook", lambda: workbook()[:3000], "realisasi.xlsx", "xlsx-102"),
    ("a zip of something else", lambda: replaced(b"PK\x05\x06" + bytes(18), "a.txt", b"a"), "realisasi.xlsx",
     "xlsx-102"),
    ("a sheet that is no XML", lambda: replaced(workbook(), SHEET, b"<worksheet><"), "realisasi.xlsx", "xlsx-102"),
    ("no sheets", lambda: replaced(workbook(), "xl/workbook.xml", b"<workbook/>"), "realisasi.xlsx", "xlsx-102"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "name", "code"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_what_is_no_safe_workbook_is_refused(
    command: Command, tmp_path: Path, make: Callable[[], bytes], name: str, code: str
) -> None:
    """With one finding, and without a traceback."""
    found = folder(tmp_path, make(), name)
    assert told(found) == [code]
    assert f"dinas/{name} {code}" in places(command("validate", "dinas").out)


def test_a_bomb_is_small_on_disk_and_never_unpacked(tmp_path: Path) -> None:
    """It is refused by the sizes that it declares, within the memory of the file itself."""
    import tracemalloc

    raw = bomb()
    assert len(raw) < 300_000
    tracemalloc.start()
    with pytest.raises(gate.RefusedError):
        gate.examine(raw)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5 << 20


def test_without_its_library_it_is_one_finding(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    folder(tmp_path, workbook())
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    found = command("validate", "dinas")
    assert "- P130" in places(found.out)
    assert 'pip install "sakip-rules[xlsx]"' in found.out
