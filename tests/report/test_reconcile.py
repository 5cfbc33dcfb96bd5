"""What a printed report says against what the rules give."""

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
kategori k "K" {
    satuan: persen
    | rentang | predikat |
    | ≥ 75%   | Baik     |
    | < 75%   | Kurang   |
}
metode m "M" {
    naik: capaian_naik
    kategori: k
    | langkah    | nilai         |
    | capaian    | -             |
    | pembulatan | 2             |
    | rata_rata  | per_indikator |
}
sasaran s "S" { indikator: i }
perjanjian_kinerja pk "PK" {
    tahun: 2024
    metode: m
    | sasaran | indikator | target |
    | s       | i         | 80     |
}
laporan l "L" {
    tahun: 2024
    tercetak t "T" {
        rata_rata: per_indikator
        | indikator | target | realisasi | capaian | kategori |
        | i         | 80     | 60        | 75%     | Baik     |
        | -         | -      | -         | 75%     | Baik     |
    }
}
"""


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("75%     | Baik", "75%     | Baik", []),
        ("| i         | 80     | 60 ", "| i         | 81     | 60 ", ["V103 33:23"]),
        ("| i         | 80     | 60 ", "| i         | 80     | 61 ", ["V104 33:32"]),
        ("60        | 75% ", "60        | 76% ", ["V101 33:44"]),
        ("60        | 75%     | Baik  ", "60        | 75%     | Kurang", ["V102 33:54"]),
        ("-         | 75% ", "-         | 76% ", ["V105 34:44"]),
        ("-         | 75%     | Baik  ", "-         | 75%     | Kurang", ["V102 34:54"]),
        ("60        | 75%     | Baik  ", "60        | 75%     | baik  ", []),
    ],
)
def test_each_printed_figure_is_compared(tmp_path: Path, before: str, after: str, expected: list[str]) -> None:
    """Target, realization, achievement, category and average each have a code and a place of their own."""
    assert before in RULES
    found = project(tmp_path, RULES.replace(before, after), "2024;tahunan;i;60;\n")
    assert placed(found.validate(), found) == expected
