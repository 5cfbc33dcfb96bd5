"""Why a figure cannot be had, at its place: each obstacle beside a neighbour that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from sakip_rules.engine.examples import ExampleRun
from tests.rules_support import placed, project

RULES = """\
indikator i "I" {
    satuan: angka
    arah: naik
}
sasaran s "S" { indikator: i }
metode m "M" {
    naik: f
    | langkah   | nilai         |
    | capaian   | -             |
    | rata_rata | per_indikator |
}
perjanjian_kinerja pk "PK" {
    tahun: 2024
    metode: m
    | sasaran | indikator | target | bobot | awal |
    | s       | i         | 80     | -     | -    |
}
formula f "F" {
    masukan: rencana; realisasi
    rumus: realisasi / rencana × 100%
}
"""
RULE = "rumus: realisasi / rencana × 100%"
INPUTS = "masukan: rencana; realisasi"
ROW = "| 80     | -     | -    |"
BANDS = 'kategori k "K" {\n    satuan: persen\n    | rentang | predikat |\n    | ≥ 50%   | Baik     |\n}\n'
SCALE = 'skala o "O" {\n    | peringkat | predikat |\n    | 2         | WTP      |\n    | 1         | WDP      |\n}\n'


def branches(condition: str) -> str:
    return f"| bila | hasil |\n    | {condition} | 100% |"


def power(exponent: int) -> str:
    """A rule that multiplies a ratio with itself."""
    return "rumus: " + " × ".join(["(realisasi / rencana)"] * exponent) + " × 100%"


#: What replaces what in the rules, the realization of 2024, and the findings.
REASONS: list[tuple[dict[str, str], str, list[str]]] = [
    ({}, "40", []),
    ({"naik: f": "turun: f"}, "40", ["M101 16:29"]),
    ({"naik: f": "turun: f", "arah: naik": "arah: turun"}, "40", []),
    ({ROW: "| 0      | -     | -    |"}, "40", ["M102 20:24"]),
    ({ROW: "| 0      | -     | -    |", RULE: "rumus: realisasi / (rencana + 80) × 100%"}, "40", []),
    ({"naik: f": "naik: f\n    kategori: k", "formula f": f"{BANDS}formula f"}, "39,99", ["M104 19:10"]),
    ({"naik: f": "naik: f\n    kategori: k", "formula f": f"{BANDS}formula f"}, "40", []),
    ({"naik: f": "naik: f\n    rencana_nol: tanpa_capaian", ROW: "| 0 | - | - |"}, "40", ["M105 17:29"]),
    ({"naik: f": "naik: f\n    rencana_nol: tanpa_capaian", ROW: "| 1 | - | - |"}, "40", []),
    ({RULE: "rumus: rata_rata_ukur(realisasi; rencana) / rencana × 100% + 1%"}, "40", ["M106 16:5"]),
    ({RULE: "rumus: rata_rata_ukur(realisasi; rencana) / rencana × 100% + 1%"}, "20", []),
    ({RULE: "rumus: bulat(rata_rata_ukur(realisasi; rencana); 2) / rencana × 100% + 1%"}, "40", []),
    ({RULE: power(30), "| 80 ": "| 1  "}, "9" * 40, []),
    ({"arah: naik": "arah: naik\n    skala: o", ROW: "| WTT | - | - |", "formula f": f"{SCALE}formula f"}, "WDP",
     ["M108 17:29"]),
    ({"arah: naik": "arah: naik\n    skala: o", ROW: "| WTP | - | - |", "formula f": f"{SCALE}formula f"}, "WDP", []),
    ({"arah: naik": "arah: rentang", "naik: f": "naik: f\n    rentang: capaian_rentang"}, "40", ["M109 17:29"]),
    ({"arah: naik": "arah: rentang", "naik: f": "naik: f\n    rentang: capaian_rentang", "| 80 ": "| 30 s.d 50 "},
     "40", []),
    ({"    arah: naik\n": ""}, "40", ["M110 15:29"]),
    ({"| per_indikator |": "| tertimbang    |"}, "40", ["M111 16:5"]),
    ({"| per_indikator |": "| tertimbang    |", ROW: "| 80     | 1     | -    |"}, "40", []),
    ({RULE: "rumus: rata_rata_ukur(realisasi; rencana) / rencana × 100%"}, "-20", ["M112 16:5"]),
    ({RULE: "rumus: rata_rata_ukur(realisasi; rencana) / rencana × 100%"}, "20", []),
    ({INPUTS: "masukan: awal; realisasi", "/ rencana": "/ awal"}, "40", ["M114 16:29"]),
    ({INPUTS: "masukan: awal; realisasi", "/ rencana": "/ awal", ROW: "| 80     | -     | 20   |"}, "40", []),
    ({RULE: branches("realisasi > 40")}, "40", ["M118 16:5"]),
    ({RULE: branches("realisasi ≥ 40")}, "40", []),
    ({RULE: branches("realisasi > 40") + "\n    | selain itu | 0% |"}, "40", []),
    ({INPUTS: "masukan: anggaran; realisasi", "/ rencana": "/ anggaran"}, "40", ["M120 16:29"]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "value", "expected"), REASONS)
@pytest.mark.parametrize("traced", [False, True])
def test_a_figure_that_cannot_be_had_says_why_and_where(
    tmp_path: Path, changes: dict[str, str], value: str, expected: list[str], traced: bool
) -> None:
    """At the target, the row, the divisor or the table that stands in the way, by columns and by interpreter alike."""
    text = RULES
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    found = project(tmp_path, text, f"2024;tahunan;i;{value};\n")
    assert [item for item in found.rule_findings if item.is_error] == []
    assert placed(found.data_findings, found) == []
    assert placed(found.evaluate(2024, traced=traced)[1], found) == expected


@pytest.mark.parametrize("traced", [False, True])
def test_a_figure_that_grows_beyond_measure_is_stopped(tmp_path: Path, traced: bool) -> None:
    """One multiplication more than what still fits is M107, by columns as by the interpreter."""
    text = RULES.replace(RULE, power(31)).replace("| 80 ", "| 1  ")
    found = project(tmp_path, text, f"2024;tahunan;i;{'9' * 40};\n")
    assert placed(found.evaluate(2024, traced=traced)[1], found) == ["M107 16:5"]


INDEX = """\
formula g {
    masukan: n
    rumus: RUMUS
}
indeks n "N" {
    satuan: angka
    rumus: g(unsur)
ROWS
    contoh {
GIVEN
        hasil: 5
    }
}
"""
ROWS = "    | unsur | bobot |\n    | p1    | 1/2   |\n    | p2    | 1/2   |"
GIVEN = "        p1: 4\n        p2: 1"


def reason(run: ExampleRun) -> str | None:
    """The code of what stood in the way of an example."""
    return run.finding.values["reason"].code.name if run.finding else None  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("rule", "rows", "given", "expected", "why"),
    [
        ("jumlah(n)", ROWS, GIVEN, [], None),
        ("n + 1", ROWS, GIVEN, ["C103 14:16"], "M119"),
        ("n + 1", "    | unsur | bobot |\n    | p1    | 1/2   |", "        p1: 4", [], None),
        ("jumlah(n)", "", "", ["C103 11:16"], "M116"),
    ],
)
def test_an_example_that_cannot_be_calculated_carries_the_reason(
    tmp_path: Path, rule: str, rows: str, given: str, expected: list[str], why: str | None
) -> None:
    """A list is no result until it is summed up, though a list of one is; no elements have no sum."""
    text = INDEX.replace("RUMUS", rule).replace("ROWS", rows).replace("GIVEN", given)
    found = project(tmp_path, text)
    [run] = found.run_examples().runs
    assert placed((run.finding,) if run.finding else (), found) == expected
    assert reason(run) == why


YEAR_OF_QUARTERS = "".join(f"2024;tw{number};i;{number}0;\n" for number in (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("rule", "data", "expected"),
    [
        ("jumlah", YEAR_OF_QUARTERS, []),
        ("jumlah", YEAR_OF_QUARTERS + "2024;tahunan;i;100;\n", []),
        ("jumlah", YEAR_OF_QUARTERS + "2024;tahunan;i;25;\n", ["R115 6:16"]),
        ("rata_rata", YEAR_OF_QUARTERS + "2024;tahunan;i;25;\n", []),
        ("rata_rata", "2024;tahunan;i;25;\n" + YEAR_OF_QUARTERS.replace("40", "48"), ["R115 2:16"]),
        ("jumlah", YEAR_OF_QUARTERS[:-13], ["R117 4:12"]),
        ("terakhir", YEAR_OF_QUARTERS[:-13], []),
    ],
)
def test_the_year_and_its_quarters_agree(tmp_path: Path, rule: str, data: str, expected: list[str]) -> None:
    """The year that differs is the place, and of a quarter that is missing the last one that is there."""
    found = project(tmp_path, RULES.replace("arah: naik", f"arah: naik\n    periode: {rule}"), data)
    assert placed(found.evaluate(2024)[1], found) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("4 Januari 2024", "4 Januari 2024", ["D203 25:17"]),
        ("4 Januari 2024", "5 Januari 2024", []),
        ("5 Januari 2024", "4 Januari 2024", []),
    ],
)
def test_agreements_of_one_day_contradict_each_other(
    tmp_path: Path, first: str, second: str, expected: list[str]
) -> None:
    """The date of the second is the place; on two days the newer one counts, wherever it stands."""
    text = RULES.replace("tahun: 2024\n", f"tahun: 2024\n    ditetapkan: {first}\n")
    other = f'perjanjian_kinerja pk2 "PK2" {{\n    tahun: 2024\n    ditetapkan: {second}\n    metode: m\n}}\n'
    found = project(tmp_path, text + other, "2024;tahunan;i;40;\n")
    assert placed(found.evaluate(2024)[1], found) == expected
