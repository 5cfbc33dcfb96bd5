"""``evaluate``: the figures of Magetan in every form, the year, the period and the date, and what stops a figure."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.running import MAGETAN, SMALL, Command, foreign, places, small, write

Rows = list[dict[str, Any]]


#: The fields that hold numbers.
NUMERIC = ("kemajuan", "target", "realisasi", "capaian", "tahun", "pagu", "serapan", "persen_serapan", "efisiensi")


def from_csv(text: str) -> Rows:
    """The rows of a CSV as an Indonesian spreadsheet reads them: numbers where a column holds numbers."""
    rows: Rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    for row in rows:
        for name, value in row.items():
            if name in NUMERIC and re.fullmatch(r"-?\d+(,\d+)?", value):
                row[name] = Decimal(value.replace(",", "."))
    return [{name: value for name, value in row.items() if value != ""} for row in rows]


def from_json(text: str) -> Rows:
    rows: Rows = json.loads(text, parse_float=Decimal, parse_int=Decimal)["hasil"]
    return [{name: value for name, value in row.items() if value not in (None, "")} for row in rows]


def from_toml(text: str) -> Rows:
    rows: Rows = tomllib.loads(text, parse_float=Decimal)["hasil"]
    return [{name: value for name, value in row.items() if value != ""} for row in rows]


READERS: dict[str, Callable[[str], Rows]] = {"csv": from_csv, "json": from_json, "toml": from_toml}

#: Kind, name, target, realization, achievement and category: Tabel 3.2 and 4.1 of the report, calculated.
FIGURES: list[tuple[str, str | None, str | None, str | None, str, str]] = [
    ("indikator", "perlindungan_jaminan_sosial", "99.88", "99.88", "100", "Sangat Berhasil"),
    ("indikator", "rehabilitasi_sosial", "0.28", "0.259", "92.5", "Berhasil"),
    ("indikator", "pemberdayaan_sosial", "0.04", "0.038", "95", "Berhasil"),
    ("indikator", "psks_aktif", "5.3", "5.3", "100", "Sangat Berhasil"),
    ("indikator", "nilai_sakip", "85", "92.33", "108.62", "Sangat Berhasil"),
    ("indikator", "ikm_dinsos", "87.35", "87.45", "100.11", "Sangat Berhasil"),
    ("sasaran", "s1", None, None, "100", "Sangat Berhasil"),
    ("sasaran", "s2", None, None, "92.5", "Berhasil"),
    ("sasaran", "s3", None, None, "95", "Berhasil"),
    ("sasaran", "s4", None, None, "100", "Sangat Berhasil"),
    ("sasaran", "s5", None, None, "104.37", "Sangat Berhasil"),
    ("keseluruhan", "per_indikator", None, None, "99.37", "Berhasil"),
    ("keseluruhan", "per_sasaran", None, None, "98.37", "Berhasil"),
]


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize("form", READERS)
def test_the_figures_of_magetan_can_be_read_by_programs(command: Command, form: str) -> None:
    """Every number is exact, and ``kategori`` and ``status`` stand with it."""
    outcome = command("evaluate", MAGETAN, "--format", form)
    others = ("program", "kegiatan")
    rows = [
        row for row in READERS[form](outcome.out) if row["jenis"] not in others and row["nama"] != "efisiensi_total"
    ]
    assert outcome.code == 0
    assert [
        tuple(row.get(name) for name in ("jenis", "nama", "target", "realisasi", "capaian", "kategori")) for row in rows
    ] == [(kind, name, number(a), number(b), number(c), category) for kind, name, a, b, c, category in FIGURES]
    assert {(row["tahun"], row["periode"], row["status"]) for row in rows} == {(2024, "tahunan", "final")}


def test_all_forms_say_the_same(command: Command) -> None:
    """Down to the achievement before rounding."""
    csv_rows, json_rows, toml_rows = (
        reader(command("evaluate", MAGETAN, "--format", form).out) for form, reader in READERS.items()
    )
    assert csv_rows == json_rows == toml_rows
    assert csv_rows[4]["capaian_sebelum_pembulatan"] == "9233/85"


def test_the_figures_of_magetan_as_a_table(command: Command) -> None:
    """With full titles, the decimals of the rounding, and the numbers as they were written."""
    lines = [" ".join(line.split()) for line in command("evaluate", MAGETAN).out.splitlines()]
    for line in (
        "Capaian kinerja 2024 (setahun)",
        "Diukur terhadap Perubahan Perjanjian Kinerja Dinas Sosial Kabupaten Magetan Tahun 2024, "
        "ditetapkan 4 November 2024",
        "Sasaran Indikator kinerja Target Realisasi Capaian % Kategori",
        "Meningkatnya kualitas pelayanan Persentase PPKS yang Mendapatkan 0,28 0,259 92,50 Berhasil",
        "Meningkatnya upaya pemberdayaan Persentase PPKS yang Mendapatkan 0,04 0,038 95,00 Berhasil",
        "penyelenggaraan kesejahteraan Penyelenggaraan Kesejahteraan Sosial",
        "Meningkatnya upaya pemberdayaan PPKS 95,00 Berhasil",
        "rata-rata per indikator 99,37 Berhasil",
        "rata-rata per sasaran 98,37 Berhasil",
    ):
        assert line in lines


def test_the_table_in_english(command: Command) -> None:
    """What the agency wrote stays Indonesian, and so do its numbers."""
    out = command("evaluate", MAGETAN, "--lang", "en").out
    assert "Objective                           Indicator" in out
    assert "average by indicator  99,37          Berhasil" in out


FORMULAS = ["=1+1", "+1", "-1 orang", "@SUM(A1)", "=HYPERLINK(A1; A2)"]


@pytest.mark.parametrize("title", FORMULAS)
def test_text_cannot_become_a_formula_of_a_spreadsheet(command: Command, tmp_path: Path, title: str) -> None:
    """A title begins with a letter, a digit or a quotation mark in every cell, and is as it was in the other forms."""
    small(tmp_path, indikator=SMALL["indikator.sakip"].replace("Persentase Layanan Tepat Waktu", title))
    cells = next(csv.DictReader(io.StringIO(command("evaluate", "--format", "csv").out), delimiter=";"))
    assert cells["judul"] == f"'{title}"
    assert from_json(command("evaluate", "--format", "json").out)[0]["judul"] == title


def test_numbers_of_many_digits_stay_exact(command: Command, tmp_path: Path) -> None:
    """More of them than a float, or an ordinary decimal, holds."""
    written = "0,1234567890123456789012345678901234567"
    small(tmp_path, realisasi=SMALL["realisasi.csv"].replace("tahunan;layanan;80", f"tahunan;layanan;{written}"))
    for form, reader in READERS.items():
        row = reader(command("evaluate", "--format", form).out)[0]
        assert row["realisasi"] == Decimal(written.replace(",", "."))


def test_a_negative_or_endless_achievement_is_told_exactly(command: Command, tmp_path: Path) -> None:
    """Without rounding, 1/3 has no decimals, and stands as a fraction."""
    cara = SMALL["cara.sakip"].replace("    | pembulatan | 2             |\n", "")
    data = "tahun;nama;nilai\n2024;layanan;30\n2024;lama;25\n"
    small(tmp_path, cara=cara, realisasi=data)
    for form, reader in READERS.items():
        rows = reader(command("evaluate", "--format", form).out)
        assert [row["capaian"] for row in rows[:2]] == ["100/3", Decimal(-50)]


# Year, period and date.


def test_a_year_without_an_agreement_has_no_figures(command: Command) -> None:
    """The years that have one are told."""
    outcome = command("evaluate", MAGETAN, "--year", "2021")
    assert (outcome.code, outcome.out, places(outcome.err)) == (1, "", ["- D201"])
    assert "pilih tahun yang sudah ada: 2022, 2023, 2024" in outcome.err


@pytest.mark.parametrize("date", ["3 Januari 2024", "2024-01-03"])
def test_before_the_decision_there_is_no_agreement(command: Command, date: str) -> None:
    """Whichever way the date is written."""
    outcome = command("evaluate", MAGETAN, "--as-of", date)
    assert (outcome.code, outcome.out) == (1, "")
    assert places(outcome.err) == [f"{MAGETAN}/pk_2024.sakip:51:17 D202"]
    assert "sampai 3 Januari 2024" in outcome.err


@pytest.mark.parametrize(
    ("date", "targets"),
    [
        ("31 Oktober 2024", ["38.46", "7.34", "32.01", "87.35"]),
        ("3 November 2024", ["38.46", "7.34", "32.01", "87.35"]),
        ("4 November 2024", ["99.88", "0.28", "0.04", "5.3", "85", "87.35"]),
        ("31 Desember 2024", ["99.88", "0.28", "0.04", "5.3", "85", "87.35"]),
    ],
)
def test_the_revision_of_november_takes_the_place_of_the_agreement(
    command: Command, date: str, targets: list[str]
) -> None:
    """Four indicators until then, six from then on."""
    rows = from_json(command("evaluate", MAGETAN, "--as-of", date, "--format", "json").out)
    assert [row["target"] for row in rows if row["jenis"] == "indikator"] == [Decimal(each) for each in targets]


#: Achievement, spending and efficiency of Tabel 3.10, and the spending of the first Tabel 3.9, which prints a budget of
#: 175.000.000 for programme 5 in the place of the 75.000.000 of the agreement in force.
ACTIVITIES = [
    ("100", "97.10", "2.90"), ("100", "99.66", "0.34"), ("108.44", "98.23", "9.41"), ("100", "99.50", "0.50"),
    ("100", "93.56", "6.44"), ("100", "94.29", "5.71"), ("100", "97.04", "2.96"), ("100", "99.38", "0.62"),
    ("100", "99.38", "0.62"), ("100", "88.01", "11.99"), ("100", "87.82", "12.18"), ("100", "97.42", "2.58"),
    ("100", "99.11", "0.89"), ("100", "99.11", "0.89"), ("100", "99.48", "0.52"), ("100", "99.58", "0.42"),
    ("100", "99.34", "0.66"), ("100", "82.65", "17.35"), ("100", "82.65", "17.35"),
]  # fmt: skip


def test_programmes_and_activities_have_their_spending_and_efficiency(command: Command) -> None:
    """The achievement is rounded before it enters the efficiency; every amount counts once in the total."""
    rows = from_json(command("evaluate", MAGETAN, "--format", "json").out)
    found = [row for row in rows if row["jenis"] in ("program", "kegiatan")]
    assert [(row["capaian"], row["persen_serapan"], row["efisiensi"]) for row in found] == [
        tuple(Decimal(figure) for figure in figures) for figures in ACTIVITIES
    ]
    totals = [
        line.split() for line in command("evaluate", MAGETAN).out.splitlines() if line.lstrip().startswith("Jumlah")
    ]
    amounts = ["24.175.862.284", "23.594.861.370", "97,60"]
    assert totals == [["Jumlah", *amounts], ["Jumlah", *amounts, "2,54"]]


def test_objectives_have_their_budget_and_each_indicator_its_efficiency(command: Command) -> None:
    """Tabel 3.9 (Efisiensi), and the total of all objectives as a row of its own."""
    rows = from_json(command("evaluate", MAGETAN, "--format", "json").out)
    found = {kind: [row for row in rows if row["jenis"] == kind] for kind in ("indikator", "sasaran", "keseluruhan")}
    efficiency = [str(row["efisiensi"]) for row in found["indikator"]]
    assert efficiency == ["0.87", "4.85", "-0.38", "0.56", "10.77", "3.19"]
    assert [row["pagu"] for row in found["sasaran"]][2:4] == [Decimal(145_000_000), Decimal(10_147_000_000)]
    total = found["keseluruhan"][-1]
    assert (total["nama"], str(total["efisiensi"]), str(total["persen_serapan"])) == ("efisiensi_total", "2.54", "97.6")


def test_progress_is_measured_against_the_last_year_of_the_plan(command: Command) -> None:
    """Tabel 3.4 of the report."""
    rows = from_json(command("evaluate", MAGETAN, "--format", "json").out)
    found = [row["kemajuan"] for row in rows if row["jenis"] == "indikator"]
    assert found == [Decimal(each) for each in ("99.98", "86.33", "63.33", "96.36", "102.02", "99.38")]
    lines = [" ".join(line.split()) for line in command("evaluate", MAGETAN).out.splitlines()]
    assert "Nilai SAKIP Dinas Sosial 92,33 2026 90,50 102,02" in lines


@pytest.mark.parametrize(("year", "expected"), [("2022", "100.56"), ("2023", "103.96")])
def test_earlier_years_are_measured_against_their_own_agreements(command: Command, year: str, expected: str) -> None:
    """Tabel 3.3: the satisfaction index under its old name."""
    rows = from_json(command("evaluate", MAGETAN, "--year", year, "--format", "json").out)
    assert next(row["capaian"] for row in rows if row["nama"] == "ikm_lama") == Decimal(expected)


def test_on_the_day_of_the_decision_there_is_one(command: Command) -> None:
    """The figures are those of the whole year."""
    assert command("evaluate", MAGETAN, "--as-of", "4 November 2024") == command("evaluate", MAGETAN)


def test_the_newest_decision_known_on_a_date_counts(command: Command, tmp_path: Path) -> None:
    """The earlier agreement is in force until the later one is decided."""
    later = (
        SMALL["pk.sakip"]
        .replace("pk_2024", "pk_baru")
        .replace("4 Januari", "4 November")
        .replace("| 90     |", "| 80     |")
    )
    write(small(tmp_path), {"baru.sakip": later})
    targets = [
        from_json(command("evaluate", "--format", "json", "--as-of", date).out)[0]["target"]
        for date in ("2024-01-04", "2024-11-03", "2024-11-04")
    ]
    assert targets == [90, 90, 80]


def test_a_quarter_without_targets_has_no_achievement(command: Command) -> None:
    """Each indicator is told, and realizations are not shown as if they were the year's."""
    outcome = command("evaluate", MAGETAN, "--period", "tw1")
    assert outcome.code == 1
    assert [place.split()[1] for place in places(outcome.err)] == ["M113"] * 6
    assert "92,50" not in outcome.out


def test_a_quarter_with_targets_has_its_own_figures(command: Command, tmp_path: Path) -> None:
    """Its target, its realization, its achievement."""
    small(tmp_path)
    outcome = command("evaluate", "--period", "tw1", "--format", "json")
    rows = from_json(outcome.out)
    assert outcome.code == 0
    assert [(row.get("target"), row.get("realisasi"), row["capaian"], row["periode"]) for row in rows] == [
        (80, 60, 75, "tw1"), (10, 11, 90, "tw1"),
        (None, None, Decimal("82.5"), "tw1"), (None, None, Decimal("82.5"), "tw1"),
    ]  # fmt: skip


def test_a_quarter_without_data_is_not_zero(command: Command, tmp_path: Path) -> None:
    """A value that is not there is a word, in the table and in a field of its own."""
    small(tmp_path)
    outcome = command("evaluate", "--period", "tw2")
    assert outcome.code == 1
    assert [place.split()[1] for place in places(outcome.err)] == ["M103"] * 2
    assert "85      tidak ada  tidak ada  -" in outcome.out
    rows = from_csv(command("evaluate", "--period", "tw2", "--format", "csv").out)
    assert [(row.get("capaian"), row["status"]) for row in rows] == [(None, "tidak_ada")] * 4


def test_the_newest_year_is_that_of_the_newest_report_or_agreement(command: Command, tmp_path: Path) -> None:
    """Without ``--year``."""
    newer = SMALL["pk.sakip"].replace("2024", "2025")
    write(small(tmp_path), {"baru.sakip": newer})
    assert "Capaian kinerja 2025" in command("evaluate").out
    write(tmp_path, {"laporan.sakip": 'laporan l "L" { tahun: 2024 }\n'})
    assert "Capaian kinerja 2024" in command("evaluate").out


def test_without_any_year_one_is_asked_for(command: Command, tmp_path: Path) -> None:
    """Together with the errors, which may have hidden the agreement."""
    write(tmp_path, {"a.sakip": "rusak\n"})
    assert places(command("evaluate").err) == ["a.sakip:1:1 S101", "- A102"]


def test_a_provisional_value_marks_all_that_depends_on_it(command: Command, tmp_path: Path) -> None:
    """The mean too."""
    data = "tahun;nama;nilai;status\n2024;layanan;80;sementara\n2024;lama;12;final\n"
    small(tmp_path, realisasi=data)
    out = command("evaluate").out
    assert [line.split()[-2:] for line in out.splitlines() if "(sementara)" in line] == [
        ["(sementara)", "Baik"], ["(sementara)", "Kurang"], ["(sementara)", "Kurang"],
    ]  # fmt: skip
    assert re.search(r"12 +80,00 +Kurang", out)


# What stops a figure.

BROKEN = 'indikator {name} "A" {{\n    satuan: orag\n}}\n'


def test_an_unrelated_broken_file_is_a_remark(command: Command, tmp_path: Path) -> None:
    """All figures are there, and ``validate`` is pointed at."""
    write(small(tmp_path), {"lain.sakip": BROKEN.format(name="lain")})
    outcome = command("evaluate")
    assert outcome.code == 0
    assert "84,45" in outcome.out
    assert outcome.err.startswith("Folder ini mempunyai ")
    assert "`sakip-rules validate`" in outcome.err
    assert foreign(outcome.err) == set()


#: What is written over a file, and what the figures cannot do without.
STOPPING: list[tuple[str, str, str]] = [
    ("pk", SMALL["pk.sakip"].replace("target |", "terget |"), "pk.sakip"),
    ("pk", SMALL["pk.sakip"].replace("| 90     |", "| 90.5   |"), "pk.sakip"),
    ("indikator", SMALL["indikator.sakip"].replace("satuan: hari", "satuan: hri"), "indikator.sakip"),
    ("cara", SMALL["cara.sakip"].replace("naik: capaian_naik", "naik: capaian_niak"), "cara.sakip"),
    ("realisasi", SMALL["realisasi.csv"].replace("layanan;80", "layanan;8o"), "realisasi.csv"),
]


@pytest.mark.parametrize(
    ("name", "content", "file"), STOPPING, ids=[f"{row[2]}-{at}" for at, row in enumerate(STOPPING)]
)
def test_a_broken_file_that_figures_rest_on_stops_them(
    command: Command, tmp_path: Path, name: str, content: str, file: str
) -> None:
    """The finding is told, and the exit code is 1."""
    small(tmp_path, **{name: content})
    outcome = command("evaluate")
    assert outcome.code == 1
    assert file in {place.split(":")[0] for place in places(outcome.err)}


def test_a_value_that_its_variables_contradict_stops_a_figure(command: Command, tmp_path: Path) -> None:
    """Neither is taken for the right one in silence."""
    rules = SMALL["indikator.sakip"].replace("    arah: naik\n", "    arah: naik\n    rumus: tepat / semua × 100%\n")
    rules += '\nvariabel tepat "Tepat" { satuan: orang }\n\nvariabel semua "Semua" { satuan: orang }\n'
    data = "tahun;nama;nilai\n2024;layanan;80\n2024;lama;12\n2024;tepat;3\n2024;semua;4\n"
    small(tmp_path, indikator=rules, realisasi=data)
    outcome = command("evaluate")
    assert outcome.code == 1
    assert places(outcome.err) == ["realisasi.csv:2:14 R114"]
