"""Printed figures beside calculated ones, where more than one average and more than one report stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules_support import placed, project

RULES = """\
indikator i "I" {
    satuan: angka
    arah: naik
    definisi: "D"
    sumber: "S"
}
indikator j "J" {
    satuan: angka
    arah: naik
    definisi: "D"
    sumber: "S"
}
indikator k "K" {
    satuan: angka
    arah: naik
    definisi: "D"
    sumber: "S"
}
sasaran s "S" { indikator: i; j }
sasaran t "T" { indikator: k }
kategori b "B" {
    satuan: persen
    | rentang | predikat |
    | ≥ 75%   | Baik     |
    | < 75%   | Kurang   |
}
metode m "M" {
    naik: capaian_naik
    kategori: b
    | langkah    | nilai         |
    | capaian    | -             |
    | pembulatan | 2             |
    | rata_rata  | per_indikator |
    | rata_rata  | per_sasaran   |
    | pembulatan | 2             |
}
perjanjian_kinerja pk "PK" {
    tahun: 2024
    metode: m
    | sasaran | indikator | target |
    | s       | i         | 100    |
    | s       | j         | 100    |
    | t       | k         | 3      |
}
laporan l "L" {
    tahun: 2024
    tercetak c "C" {
        rata_rata: per_indikator
        | indikator | target | realisasi | capaian | kategori |
        ROW
    }
}
"""
DATA = "2024;tahunan;i;50;\n2024;tahunan;j;60;\n2024;tahunan;k;2;\n"
OTHER = ("rata_rata: per_indikator", "rata_rata: per_sasaran")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| k | 3 | 2 | 66,67% | Kurang |", []),
        ("| k | 3,00 | 2,0 | 66,670% | KURANG |", []),
        ("| k | - | - | - | - |", []),
        ("| k | 3 | 2 | 66,7% | Kurang |", ["V101 50:23"]),
        ("| k | 3 | 2 | 66,67% | Baik |", ["V102 50:32"]),
        ("| k | 4 | 2 | 66,67% | Kurang |", ["V103 50:15"]),
        ("| k | 3 | 3 | 66,67% | Kurang |", ["V104 50:19"]),
        ("| k | 4 | 3 | 67% | Baik |", ["V103 50:15", "V104 50:19", "V101 50:23", "V102 50:29"]),
        ("| - | - | - | 58,89% | Kurang |", []),
        ("| - | - | - | 60,84% | Kurang |", ["V105 50:23"]),
        ("| - | - | - | 58,89% | Baik |", ["V102 50:32"]),
    ],
)
def test_a_printed_figure_is_held_against_the_calculated_one(tmp_path: Path, row: str, expected: list[str]) -> None:
    """Each cell that differs has a warning of its own; a cell without a figure has none."""
    found = project(tmp_path, RULES.replace("ROW", row), DATA)
    assert placed(found.validate(), found) == expected


@pytest.mark.parametrize(("mean", "expected"), [("60,84%", []), ("58,89%", ["V105 50:23"])])
def test_the_average_that_the_table_names_is_compared(tmp_path: Path, mean: str, expected: list[str]) -> None:
    """Per objective the mean is another than per indicator."""
    found = project(tmp_path, RULES.replace("ROW", f"| - | - | - | {mean} | Kurang |").replace(*OTHER), DATA)
    assert placed(found.validate(), found) == expected


@pytest.mark.parametrize(("year", "expected"), [(2024, ["V101 50:23"]), (2023, ["D201 46:12"])])
def test_a_report_is_held_against_the_figures_of_its_year(tmp_path: Path, year: int, expected: list[str]) -> None:
    """The figures of another year are not its own."""
    text = RULES.replace("ROW", "| k | 3 | 2 | 70% | Kurang |").replace(
        'laporan l "L" {\n    tahun: 2024', f'laporan l "L" {{\n    tahun: {year}'
    )
    found = project(tmp_path, text, DATA)
    assert placed(found.validate(), found) == expected
