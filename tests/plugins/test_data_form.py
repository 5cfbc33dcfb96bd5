"""``new data``: the form that offices fill in, and that is read back as the data that it asks for."""

from __future__ import annotations

import io
import json
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from sakip_plugins.format_xlsx.form import COLUMNS, FIRST

from sakip_rules import DataForm, Project
from sakip_rules.cache import Cache
from tests.running import MAGETAN, Command, foreign, places, small, write


def form(folder: Path, year: int = 2024) -> DataForm:
    found, findings = Project(folder, Cache(None)).data_form(year)
    assert (found is None, findings) == (False, ())
    assert found
    return found


def asked(folder: Path) -> list[str]:
    return [f"{row.name} {row.quarter.value}" for row in form(folder).rows]


def opened(path: Path) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.load_workbook(path)
    return book, book["Data"]


def column(sheet: Worksheet, name: str) -> int:
    return next(cell.column for cell in sheet[FIRST] if cell.value == name)


def lines(sheet: Worksheet) -> dict[tuple[str, str], int]:
    """The rows to fill in, by name and period."""
    name, period = column(sheet, "nama"), column(sheet, "periode")
    found = ((sheet.cell(row, name).value, row) for row in range(FIRST + 1, sheet.max_row + 1))
    return {(str(value), str(sheet.cell(row, period).value)): row for value, row in found if value}


# Round trips.


def test_magetan_filled_in_gives_the_figures_of_its_csv_files(command: Command, tmp_path: Path) -> None:
    """With the numbers of 2024 in the form, and those of other years in CSV as before."""
    folder = tmp_path / "dinsos"
    shutil.copytree(MAGETAN, folder)
    measured = Project(folder, Cache(None)).data.measurements.values()
    before = command("evaluate", "dinsos", "--format", "json")
    assert command("new", "data", "dinsos", "--year", "2024").code == 0
    book, sheet = opened(folder / "realisasi_2024.xlsx")
    rows, filled = lines(sheet), set()
    for item in measured:
        row = rows.get((item.name, item.quarter.value))
        if item.year == 2024 and row and item.number is not None:
            filled.add((item.name, item.quarter.value))
            cell = sheet.cell(row, column(sheet, "nilai"), float(item.number))
            cell.number_format = f"0.{'0' * item.decimals}" if item.decimals else "0"
            sheet.cell(row, column(sheet, "sumber")).value = item.source
    assert set(rows) - filled == set()
    book.save(folder / "realisasi_2024.xlsx")
    settings = (folder / "sakip.toml").read_text(encoding="utf-8")
    settings = settings.replace('"realisasi_2024.csv", "serapan_2024.csv"', '"realisasi_2024.xlsx"')
    (folder / "sakip.toml").write_text(settings, encoding="utf-8")
    after = command("evaluate", "dinsos", "--format", "json")
    assert "realisasi_2024.xlsx" in settings
    assert (after.code, json.loads(after.out)) == (before.code, json.loads(before.out))


def test_the_small_folder_filled_in_gives_its_figures(command: Command, tmp_path: Path) -> None:
    """Quarters, where the agreement has targets for them, and the year."""
    folder = small(tmp_path / "dinas")
    before = command("evaluate", "dinas", "--format", "csv").out
    assert command("new", "data", "dinas", "--output", "dinas/realisasi_form.xlsx").code == 0
    book, sheet = opened(folder / "realisasi_form.xlsx")
    assert list(lines(sheet)) == [
        ("layanan", "tw1"), ("layanan", "tw2"), ("layanan", "tahunan"),
        ("lama", "tw1"), ("lama", "tw2"), ("lama", "tahunan"),
    ]  # fmt: skip
    given: dict[tuple[str, str], Any] = {
        ("layanan", "tw1"): 60, ("layanan", "tahunan"): 80, ("lama", "tw1"): 11, ("lama", "tahunan"): "12",
    }  # fmt: skip
    for key, row in lines(sheet).items():
        sheet.cell(row, column(sheet, "nilai")).value = given.get(key)
        sheet.cell(row, column(sheet, "status")).value = None if key in given else "tidak_ada"
    book.save(folder / "realisasi_form.xlsx")
    (folder / "realisasi.csv").unlink()
    assert command("evaluate", "dinas", "--format", "csv").out == before
    assert command("evaluate", "dinas", "--period", "tw1").code == 0


def test_what_is_left_open_is_a_finding_at_its_cell(command: Command, tmp_path: Path) -> None:
    """Neither zero nor silence; the rows to spare are no rows."""
    folder = small(tmp_path / "dinas")
    (folder / "realisasi.csv").unlink()
    command("new", "data", "dinas", "--year", "2024")
    found = places(command("validate", "dinas").out)
    assert [place for place in found if "xlsx" in place] == [
        f"dinas/realisasi_2024.xlsx:Data!E{row} R137" for row in range(4, 10)
    ]


# What is asked.

RULES = """\
variabel selesai "Selesai" { satuan: orang }
variabel semua "Semua" {
    satuan: orang
    periode: jumlah
}
indikator tepat "Tepat" {
    satuan: persen
    arah: naik
    rumus: selesai / semua × 100%
}
indikator predikat "Predikat" {
    satuan: angka
    arah: naik
    skala: huruf
}
skala huruf "Huruf" {
    | peringkat | predikat |
    | 1         | B        |
    | 2         | A        |
}
"""
PK = """\
perjanjian_kinerja pk_2024 "Perjanjian Kinerja 2024" {
    tahun: 2024
    ditetapkan: 4 Januari 2024
    merujuk: rencana
    metode: cara
    | nomor | sasaran | indikator | target | tw4 |
    | 1     | s1      | tepat     | 90     | 90  |
    | 2     | s1      | predikat  | A      | -   |
}
"""


def test_variables_are_asked_for_and_the_year_only_where_it_does_not_follow(tmp_path: Path) -> None:
    folder = small(tmp_path / "dinas", lain=RULES, pk=PK)
    (folder / "realisasi.csv").unlink()
    assert asked(folder) == ["selesai tw4", "selesai tahunan", "semua tw4", "predikat tahunan"]
    assert form(folder).rows[-1].labels == ("B", "A")


def test_what_was_measured_itself_so_far_is_asked_for_itself(tmp_path: Path) -> None:
    """An office that has only the percentage is not asked for what it does not know."""
    folder = small(tmp_path / "dinas", lain=RULES, pk=PK)
    write(folder, {"realisasi.csv": "tahun;periode;nama;nilai\n2023;tahunan;tepat;80\n"})
    assert asked(folder) == ["tepat tw4", "tepat tahunan", "predikat tahunan"]


def test_programmes_are_asked_for_with_what_was_spent(tmp_path: Path) -> None:
    """As Magetan has them; a programme of two objectives for each of them, too."""
    names = [row.name for row in form(Path(MAGETAN)).rows]
    assert len(names) == len(set(names))
    at = names.index("pemberdayaan")
    assert names[at : at + 4] == [
        "pemberdayaan", "pemberdayaan.serapan", "pemberdayaan.s3.serapan", "pemberdayaan.s4.serapan",
    ]  # fmt: skip


# How it is made.


@pytest.fixture
def made(command: Command, tmp_path: Path) -> Worksheet:
    folder = small(tmp_path / "dinas", lain=RULES, pk=PK)
    found = command("new", "data", "dinas", "--year", "2024", "--output", "formulir.xlsx")
    assert (found.code, found.out) == (0, "formulir.xlsx\n")
    assert "isi formulir.xlsx" in found.err
    assert folder.is_dir()
    return opened(tmp_path / "formulir.xlsx")[1]


def test_only_what_is_to_be_filled_in_is_open(made: Worksheet) -> None:
    """Without a password, so that whoever has to can change the rest."""
    assert made.protection.sheet
    assert not made.protection.password
    open_columns = {made.cell(FIRST, cell.column).value for cell in made[FIRST + 1] if not cell.protection.locked}
    assert open_columns == {"periode", "nilai", "status", "sumber"}
    assert made.cell(FIRST, 1).protection.locked
    assert [cell.value for cell in made[FIRST]] == [name for name, _ in COLUMNS]


def test_values_statuses_and_periods_are_checked_as_they_are_typed(made: Worksheet) -> None:
    rules = {str(rule.sqref): (rule.type, rule.formula1) for rule in made.data_validations.dataValidation}
    kinds = {place: kind for place, (kind, _) in rules.items()}
    predicate = lines(made)[("predikat", "tahunan")]
    assert kinds["E4"] == "decimal"
    assert rules[f"E{predicate}"] == ("list", '"B,A"')
    assert {text for _, text in rules.values() if text and "tidak_ada" in text} == {
        '"final,sementara,tidak_ada,tidak_berlaku"'
    }
    assert '"tahunan,tw1,tw2,tw3,tw4"' in {text for _, text in rules.values()}


def test_the_instructions_are_plain_indonesian(made: Worksheet) -> None:
    steps = made.parent["Petunjuk"]
    texts = [str(row[1].value) for row in steps.iter_rows(min_row=3)]
    assert len(texts) > 5
    assert foreign("\n".join(texts)) == set()


def test_nothing_is_overwritten(command: Command, tmp_path: Path) -> None:
    """Whatever the file holds."""
    folder = small(tmp_path / "dinas")
    write(folder, {"realisasi_2024.xlsx": b"isi"})
    found = command("new", "data", "dinas", "--year", "2024")
    assert (found.code, found.out, places(found.err)) == (2, "", ["- A115"])
    assert (folder / "realisasi_2024.xlsx").read_bytes() == b"isi"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--output", "a.pdf"), 2, ["- A116"]),
        (("--output", "tidak_ada/a.xlsx"), 1, ["tidak_ada/a.xlsx A108"]),
        (("--year", "2031"), 1, ["- D201"]),
    ],
)
def test_what_cannot_be_made_is_told(
    command: Command, tmp_path: Path, words: tuple[str, ...], code: int, told: list[str]
) -> None:
    small(tmp_path / "dinas")
    found = command("new", "data", "dinas", *words)
    assert (found.code, found.out, places(found.err)) == (code, "", told)
    assert not list(tmp_path.glob("**/*.xlsx"))


def test_without_its_library_it_is_one_finding(command: Command, tmp_path: Path, monkeypatch: Any) -> None:
    import sys

    small(tmp_path / "dinas")
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    assert places(command("new", "data", "dinas").err) == ["- P130"]


def test_the_form_is_the_same_on_every_day(command: Command, tmp_path: Path) -> None:
    small(tmp_path / "dinas")
    for name in ("a.xlsx", "b.xlsx"):
        command("new", "data", "dinas", "--output", name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    core = openpyxl.load_workbook(io.BytesIO((tmp_path / "a.xlsx").read_bytes())).properties
    assert core.created is not None
    assert (core.created.year, Fraction(core.created.month)) == (2024, 12)
