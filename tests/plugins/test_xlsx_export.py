"""Workbooks of reports: read back by another library and calculated anew by another program, the figures stay."""

from __future__ import annotations

import datetime
import io
import os
import subprocess
import sys
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from sakip_plugins.format_xlsx.book import number_format
from sakip_plugins.format_xlsx.formulas import formula
from sakip_plugins.format_xlsx.names import LONGEST, SheetNames
from sakip_plugins.format_xlsx.tables import FIRST
from sakip_plugins.format_xlsx.writer import report

from sakip_rules import (
    Cell,
    Constant,
    Explanation,
    Heading,
    Operand,
    Operation,
    Passage,
    Project,
    Publication,
    PublishedChart,
    PublishedColumn,
    PublishedFinding,
    PublishedRow,
    PublishedTable,
    Report,
    Series,
    Status,
    Value,
)
from sakip_rules.cache import Cache
from sakip_rules.model.calculation import Term, value_of
from tests.plugins import office
from tests.running import MAGETAN, Command, places


@pytest.fixture(scope="module")
def magetan() -> Publication:
    found = Project(MAGETAN, Cache(None))
    publication, findings = found.report(found.program.own(Report)[0])
    assert findings == ()
    assert publication
    return publication


def book(raw: bytes, **more: Any) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(raw), **more)


def written(found: Publication) -> bytes:
    files = report(found)
    assert list(files) == [f"{found.name}.xlsx"]
    return files[f"{found.name}.xlsx"]


def shown(found: openpyxl.Workbook, publication: Publication) -> list[tuple[str, Cell, Any]]:
    """Every cell of the report that is not covered, with the place and the cell of the workbook that shows it."""
    sheets = [name for name in found.sheetnames if name not in ("Daftar isi", "Uraian", "Temuan", "Penjelasan")]
    result = []
    parts = [part for part in publication.parts if isinstance(part, PublishedTable | PublishedChart)]
    for table, name in zip(parts, sheets, strict=False):
        if isinstance(table, PublishedChart):
            continue
        start = FIRST + 2 + any(column.group for column in table.columns)
        for line, row in enumerate((*table.rows, *table.closing), start):
            for at, cell in enumerate(row.cells, 1):
                if cell.height:
                    result.append((f"{name}!{line},{at}", cell, found[name].cell(line, at)))
    return result


def one_table(*rows: tuple[Cell, ...], **more: Any) -> Publication:
    width = len(rows[0]) if rows else 2
    columns = tuple(PublishedColumn(f"k{at}", f"Kolom {at}") for at in range(width))
    table = PublishedTable("t", "1", "Judul", columns, tuple(map(PublishedRow, rows)), **more)
    return Publication("lap", "Laporan", 2024, (table,))


def number(text: str, decimals: int = 0, calculation: Term | None = None) -> Cell:
    return Cell(text, Fraction(text), decimals, calculation=calculation)


# Figures.


def test_every_number_and_text_of_the_report_is_read_back(magetan: Publication) -> None:
    """By openpyxl: numbers as numbers, exactly as printed, everything else as text."""
    cells = shown(book(written(magetan), data_only=True), magetan)
    numbers = [
        (place, cell.number, Fraction(str(read.value))) for place, cell, read in cells if cell.number is not None
    ]
    assert len(numbers) > 400
    assert [each for each in numbers if each[1] != each[2]] == []
    texts = [(place, cell.text, read.value or "") for place, cell, read in cells if cell.number is None]
    assert [each for each in texts if each[1] != each[2]] == []


@office.needed
def test_formulas_calculated_anew_give_the_published_figures(magetan: Publication, tmp_path: Path) -> None:
    """By LibreOffice, which gets the formulas without their results."""
    raw = written(magetan)
    formulas = [read.value for _, cell, read in shown(book(raw), magetan) if cell.calculation]
    assert len(formulas) > 120
    assert all(str(text).startswith("=") for text in formulas)
    anew = book(office.recalculated(raw, tmp_path), data_only=True)
    found = [(place, cell.number, read.value) for place, cell, read in shown(anew, magetan) if cell.calculation]
    assert [each for each in found if each[1] != Fraction(str(each[2])).limit_denominator(10**9)] == []


def test_a_reviewer_can_follow_the_formulas(magetan: Publication) -> None:
    """The formula of the rules over cells of the same row, with its rounding step."""
    found = book(written(magetan))
    assert found["Tabel 3.2"]["E7"].value == "=ROUND(D7/C7*100,2)"
    assert found["Tabel 3.9"]["F6"].value == "=ROUND(E6/D6*100,2)"
    assert found["Tabel 3.9 (2)"]["I8"].value == "=ROUND((1-G8/(F8*E8*0.01))*100,2)"


@office.needed
def test_every_operation_is_calculated_as_the_engine_does(tmp_path: Path) -> None:
    """Ties, signs, conditions and precedence, each in a row with its operands."""
    rows = []
    for left, right in (("0.259", "0.28"), ("1.005", "1"), ("-2.675", "1"), ("7", "3"), ("96.005", "100"), ("5", "-8")):
        numbers = {0: Fraction(left), 1: Fraction(right)}
        cells = [number(left, 3), number(right, 2)]
        for term in TERMS:
            value = value_of(term, numbers)
            cells.append(Cell("?", Fraction(value), 6, calculation=Operation("bulat", (term, _whole(6)))))
        rows.append(tuple(evolve(cell, number=_cut(cell.number)) for cell in cells))
    found = one_table(*rows)
    anew = book(office.recalculated(written(found), tmp_path), data_only=True)
    read = [(place, cell.number, cell.calculation, each.value) for place, cell, each in shown(anew, found)]
    assert [each for each in read if each[1] != Fraction(str(each[3])).limit_denominator(10**9)] == []


def _whole(value: int | str) -> Constant:
    return Constant(Fraction(value))


def _cut(value: Fraction | None) -> Fraction:
    """A number of six decimals, half away from zero."""
    found = value_of(Operation("bulat", (Constant(value or Fraction(0)), _whole(6))), {})
    return Fraction(found)


A, B = Operand(0), Operand(1)
TERMS: tuple[Term, ...] = (
    Operation("bulat", (Operation("*", (Operation("/", (A, B)), _whole(100))), _whole(2))),
    Operation("bulat", (A, _whole(2))),
    Operation("potong", (A, _whole(1))),
    Operation("-", (A, Operation("-", (B, A)))),
    Operation("/", (A, Operation("*", (B, _whole(7))))),
    Operation("negatif", (Operation("+", (A, B)),)),
    Operation("*", (Operation("negatif", (A,)), _whole("1/3"))),
    Operation("mutlak", (A,)),
    Operation("min", (A, B, _whole(2))),
    Operation("maks", (A, B, _whole(-2))),
    Operation("jika", (Operation("≤", (A, B)), A, Operation("+", (B, _whole("0.5"))))),
    Operation(
        "jika", (Operation("atau", (Operation("≠", (A, A)), Operation("bukan", (Operation(">", (A, B)),)))), B, A)
    ),
    Operation("jika", (Operation("dan", (Operation("=", (A, A)), Operation("<", (B, A)))), A, B)),
)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (Operation("-", (A, Operation("-", (B, A)))), "=A1-(B1-A1)"),
        (Operation("-", (Operation("-", (A, B)), A)), "=A1-B1-A1"),
        (Operation("*", (Operation("+", (A, B)), _whole("0.01"))), "=(A1+B1)*0.01"),
        (Operation("/", (A, _whole("1/3"))), "=A1/(1/3)"),
        (Operation("negatif", (Operation("*", (A, _whole(-2))),)), "=-(A1*-2)"),
    ],
)
def test_parentheses_stand_where_they_are_needed(term: Term, text: str) -> None:
    assert formula(term, lambda at: f"{'AB'[at]}1") == text


# What a cell shows.


@pytest.mark.parametrize(
    ("decimals", "suffix", "shape"),
    [
        (2, "", "[$-421]#,##0.00"),
        (0, "", "[$-421]#,##0"),
        (2, "%", '[$-421]#,##0.00"%"'),
        (1, " persen", '[$-421]#,##0.0" persen"'),
        (0, ' "baik"', '[$-421]#,##0" "\\""baik"\\"'),
    ],
)
def test_numbers_have_indonesian_formats_and_their_unit_as_text(decimals: int, suffix: str, shape: str) -> None:
    """92,50% is 92.5, so that the sign is no percent format, which would multiply by hundred."""
    assert number_format(decimals, suffix) == shape


def test_a_number_of_more_digits_than_a_spreadsheet_has_stands_beside_it() -> None:
    found = book(written(one_table((number("12345678901234567"), number("123456789012345")))))["Tabel 1"]
    assert found["A6"].comment.text == "Angka persisnya: 12345678901234567"
    assert found["B6"].comment is None


def test_what_is_provisional_or_missing_stays_text() -> None:
    """So that nobody adds it up as if it were final."""
    value = Value(Fraction(80), status=Status.PROVISIONAL)
    cells = (Cell("80 (sementara)", Fraction(80), value=value), Cell("tidak ada"), Cell())
    found = book(written(one_table(cells)))["Tabel 1"]
    assert [cell.value for cell in found[6]] == ["80 (sementara)", "tidak ada", None]


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "http://contoh.id", "mailto:a@b.id", "\t=1", "{=1}"]


def test_no_text_becomes_a_formula_or_a_link() -> None:
    """Neither when it is opened nor when its cell is edited."""
    raw = written(one_table(*((Cell(text), Cell(f"{text}\n{text}")) for text in HOSTILE), source="=1+1"))
    found = book(raw)["Tabel 1"]
    cells = [found.cell(row, 1) for row in range(6, 6 + len(HOSTILE))]
    assert [cell.value for cell in cells] == HOSTILE
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.hyperlink for cell in cells] == [None] * len(HOSTILE)
    assert [bool(cell.quotePrefix) for cell in cells] == [text[0] in "=+-@" for text in HOSTILE]


def test_a_text_longer_than_a_cell_is_on_the_last_sheet_whole() -> None:
    text = "kata " * 10_000
    found = book(written(one_table((Cell(text), Cell("b")))))
    assert found["Tabel 1"]["A6"].value == "(Naskah panjang, lihat lembar terakhir: Tabel 1!A6)"
    last = found[found.sheetnames[-1]]
    assert "".join(str(row[0].value) for row in last.iter_rows(min_row=2)) == text


def test_cells_and_heads_are_merged_as_printed() -> None:
    columns = (PublishedColumn("a", "A"), PublishedColumn("b", "B", "Tahun"), PublishedColumn("c", "C", "Tahun"))
    rows = (
        PublishedRow((evolve(Cell("x"), height=2), number("1"), number("2"))),
        PublishedRow((Cell(height=0), number("3"), evolve(number("4"), height=1))),
    )
    found = Publication("lap", "L", 2024, (PublishedTable("t", "1", "J", columns, rows),))
    sheet = book(written(found))["Tabel 1"]
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A5:A6", "A7:A8", "B5:C5"]
    assert [sheet["B8"].value, sheet["C8"].value] == [3, 4]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A7", "$5:$6")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)


def test_an_empty_table_says_so() -> None:
    assert book(written(one_table(when_empty="NIHIL")))["Tabel 1"]["A6"].value == "NIHIL"


# Sheets.


@given(st.lists(st.text(max_size=60), max_size=30))
def test_sheet_names_are_valid_and_unique(wanted: list[str]) -> None:
    names = SheetNames()
    found = [names.give(each) for each in wanted]
    assert len({name.lower() for name in found}) == len(found)
    for name in found:
        assert 0 < len(name) <= LONGEST
        assert not set(name) & set("[]:*?/\\\x00\n")
        assert name[0] != "'" != name[-1]
        assert name.lower() != "history"


POINTS = (number("77.70", 2), Cell("tidak ada"), number("92.33", 2))
WHOLE = Publication(
    "lap",
    "Laporan",
    2024,
    (
        Heading("BAB III"),
        Passage("Satu.\n\n=Dua."),
        *one_table((Cell("x"), evolve(number("1"), explanation="e"))).parts,
        PublishedChart("g", "3.1", "Nilai", "batang", ("2022", "2023", "2024"), (Series("SAKIP", POINTS),)),
        PublishedChart(
            "h", None, "Garis: nilai", "garis", ("2022", "2023", "2024"), (Series("IKM", POINTS),), "Survei"
        ),
    ),
    "Dinas Sosial",
    datetime.date(2024, 12, 31),
    (PublishedFinding("V101", "peringatan", "a.sakip:1:2", "tercetak 96", "perbaiki"),),
    {"e": Explanation("Capaian x", ("langkah satu", "langkah dua"))},
)


def test_everything_of_a_report_has_its_sheet_and_the_cover_leads_to_it() -> None:
    found = book(written(WHOLE))
    others = ["Uraian", "Tabel 1", "Gambar 3.1", "Garis nilai", "Data gambar", "Temuan", "Penjelasan"]
    assert found.sheetnames == ["Daftar isi", *others]
    cover = found["Daftar isi"]
    links = [cell.hyperlink.location for (cell,) in cover.iter_rows(max_col=1) if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in others]
    assert cover["B4"].value == datetime.datetime(2024, 12, 31)
    assert [row[0].value for row in found["Uraian"].iter_rows(max_row=3)] == ["BAB III", "Satu.", "=Dua."]
    assert [cell.value for cell in found["Temuan"][2]] == [
        "V101",
        "peringatan",
        "a.sakip:1:2",
        "tercetak 96",
        "perbaiki",
    ]
    assert found["Tabel 1"]["B6"].hyperlink.location == "'Penjelasan'!A1"
    assert found["Tabel 1"]["B6"].value == 1
    assert [row[0].value for row in found["Penjelasan"].iter_rows()] == ["Capaian x", "langkah satu", "langkah dua"]


def test_charts_are_drawn_by_the_spreadsheet_from_numbers() -> None:
    """A cell without a number is a gap, and says why beside it."""
    raw = written(WHOLE)
    data = book(raw)["Data gambar"]
    assert [data.cell(row, 2).value for row in range(2, 6)] == ["SAKIP", 77.7, None, 92.33]
    assert data["B4"].comment.text == "tidak ada"
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        bars, lines = (parts.read(f"xl/charts/chart{at}.xml").decode() for at in (1, 2))
    for drawn, kind, numbers in ((bars, "<c:barChart>", "$B$3:$B$5"), (lines, "<c:lineChart>", "$B$9:$B$11")):
        assert kind in drawn
        assert f"'Data gambar'!{numbers}" in drawn


def test_the_command_writes_it(command: Command, tmp_path: Path) -> None:
    assert command("export", MAGETAN, "--to", "xlsx", "--output", "hasil").code == 0
    assert book((tmp_path / "hasil" / "lkjip_2024.xlsx").read_bytes()).sheetnames[:2] == ["Daftar isi", "Uraian"]


def test_without_its_library_it_is_one_finding(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    found = command("export", MAGETAN, "--to", "xlsx", "--output", "hasil")
    assert (found.code, places(found.err)) == (1, ["- P130"])
    assert 'pip install "sakip-rules[xlsx]"' in found.err


def test_the_bytes_are_the_same_on_another_day_and_machine(tmp_path: Path) -> None:
    """In two processes, with another time zone and another order of hashes."""
    raws = []
    for zone, seed in (("Asia/Jakarta", "1"), ("America/New_York", "2")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "SAKIP_RULES_NO_CACHE": "1"}
        words = [sys.executable, "-m", "sakip_rules", "export", MAGETAN, "--to", "xlsx", "--output", f"hasil{seed}"]
        subprocess.run(words, check=True, env=environment, capture_output=True, cwd=tmp_path)
        raws.append((tmp_path / f"hasil{seed}" / "lkjip_2024.xlsx").read_bytes())
    assert raws[0] == raws[1]
    with zipfile.ZipFile(io.BytesIO(raws[0])) as parts:
        assert b"2024-12-31T00:00:00Z" in parts.read("docProps/core.xml")
