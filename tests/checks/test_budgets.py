"""Budgets, the formulas of a method that work on them, and figures that cannot be calculated from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sakip_rules import Project
from sakip_rules.messages.catalog import catalog
from tests.engine.test_efficiency import DATA, RULES
from tests.rules_support import placed, project

#: What these rules lack beside: definitions and sources of their indicators, and averages.
ELSE = ("D101", "D102")


def about_budgets(found: Project) -> list[str]:
    """The findings of a folder, without those of checks in the rule language and of what the rules lack beside."""
    return [item for item in placed(found.validate(), found) if item[0].isupper() and item[:4] not in ELSE]


#: What is written in the place of what, and the findings.
WRONG = [
    ("| 400  |", "| -400 |", ["D222 36:27", "D226 35:27"]),
    ("| 400  |", "| 400 orang |", ["U108 35:27"]),
    ("| 400  |", "| Rp 400 |", []),
    ("| dua  | Program II | 500   |", "| dua  | Program II | -500  |", ["D226 30:35"]),
    ("| dua  | Program II | 500   |", "| dua  | Program II | 5 orang |", ["U108 30:35"]),
    ("    efisiensi: efisiensi\n", "    efisiensi: capaian_naik\n", ["M124 12:16", "M124 12:16"]),
    ("    serapan: penyerapan\n", "    serapan: efisiensi\n", ["M124 11:14"]),
    ("total: efisiensi_total\n", "total: efisiensi\n", ["M119 -"]),
]


@pytest.mark.parametrize(("before", "after", "expected"), WRONG)
def test_what_is_wrong_with_budgets_and_their_formulas_is_said(
    tmp_path: Path, before: str, after: str, expected: list[str]
) -> None:
    """A budget of less than nothing or of people, and a formula that is not given what it needs."""
    assert RULES.count(before) == 1
    found = project(tmp_path, RULES.replace(before, after), DATA + "2024;;satu;1;\n")
    assert sorted(item for item in about_budgets(found) if item[:4] != "N103") == sorted(expected)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("2024;;i;100;\n", "2024;;i;100;\n2024;;dua.pagu;0;\n2024;;dua.serapan;0;\n", ["M102", "R119"]),
        ("2024;;satu.t.serapan;600;\n", "", ["M103"]),
        ("2024;;satu.s.serapan;300;\n2024;;satu.t.serapan;600;\n", "", []),
    ],
)  # fmt: skip
def test_a_figure_that_cannot_be_calculated_is_told(
    tmp_path: Path, before: str, after: str, expected: list[str]
) -> None:
    """A budget of nothing, and a part whose spending is missing where others were measured."""
    assert before in DATA
    found = project(tmp_path, RULES, DATA.replace(before, after))
    assert sorted({item.split()[0] for item in about_budgets(found)}) == expected


def test_a_missing_amount_is_to_be_written_and_not_skipped(tmp_path: Path) -> None:
    """What a method does with a missing realization does not help there."""
    found = project(tmp_path, RULES, DATA.replace("2024;;satu.t.serapan;600;\n", ""))
    told = {catalog("id").advice(item) for item in found.validate() if item.code.name == "M103"}
    assert told
    assert all(text and "tulis baris `satu.t.serapan`" in text and "lewati" not in text for text in told)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2", []),
        ("0 s.d 2", []),
        ("12", []),
        ("13", ["T216"]),
        ("99", ["T216"]),
        ("2 s.d 0", ["T216"]),
        ("dua", ["T216"]),
    ],
)
def test_a_column_has_so_many_decimals_as_a_figure_may_have(tmp_path: Path, written: str, expected: list[str]) -> None:
    report = f"""\
laporan l "L" {{
    tahun: 2024
    tabel t "T" {{
        baris: indikator
        | kolom   | judul | desimal |
        | capaian | C     | {written} |
    }}
}}
"""
    found = project(tmp_path, RULES + report, DATA)
    assert [item.split()[0] for item in about_budgets(found)] == expected


@pytest.mark.parametrize(("year", "expected"), [(2024, []), (2023, ["V109"]), (2030, ["V109"])])
def test_a_column_of_a_year_without_figures_is_a_finding(tmp_path: Path, year: int, expected: list[str]) -> None:
    report = f"""\
laporan l "L" {{
    tahun: 2024
    tabel t "T" {{
        baris: indikator
        | kolom   | judul | tahun  |
        | capaian | C     | {year} |
    }}
}}
"""
    found = project(tmp_path, RULES + report, DATA)
    assert [item.split()[0] for item in about_budgets(found)] == expected
