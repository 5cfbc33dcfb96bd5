"""Definitions, directions, names, policies and populations: each rule text beside the codes that it gives."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sakip_rules.model.wording import missing_words, telling_words
from tests.rules_support import project
from tests.running import MAGETAN, ROOT, Command, places

METHOD = """\
metode m "M" {
    naik: NAIK
    turun: TURUN
    KEBIJAKAN
    | langkah | nilai |
    | capaian | - |
    | pembulatan | 2 |
}
"""
PROMISE = """\
indikator i "I" {
ISI}
indikator g "G" { satuan: persen }
renstra r "R" {
    berlaku: 2024
    tujuan t "T" { indikator: g }
    sasaran s "S" { indikator: i }
}
perjanjian_kinerja pk "PK" {
    tahun: 2024
    merujuk: r
    metode: m
    | sasaran | indikator | target |
    | s | i | TARGET |
}
laporan l "L" { tahun: 2024 }
"""
COMPLETE = '    satuan: persen\n    arah: naik\n    definisi: "D"\n    sumber: "S"\n'


def method(up: str = "capaian_naik", down: str = "capaian_turun", policy: str = 'catatan: "-"') -> str:
    return METHOD.replace("NAIK", up).replace("TURUN", down).replace("KEBIJAKAN", policy)


def promise(content: str = COMPLETE, target: str = "90") -> str:
    return method() + PROMISE.replace("ISI", content).replace("TARGET", target)


#: The goal's indicator ``g`` has no definition in any of these.
DEFINED: list[tuple[str, list[str]]] = [
    (COMPLETE, ["D101"]),
    (COMPLETE.replace('    sumber: "S"\n', '    penilai: "P"\n'), ["D101"]),
    (COMPLETE.replace('    sumber: "S"\n', ""), ["D102", "D101"]),
    (COMPLETE.replace('    definisi: "D"\n', ""), ["D101", "D101"]),
    (COMPLETE.replace('    definisi: "D"\n', '    penilai: "Inspektorat"\n'), ["D101", "D101"]),
    (COMPLETE.replace("    arah: naik\n", ""), ["D102", "D101"]),
]


@pytest.mark.parametrize(("content", "expected"), DEFINED)
def test_what_is_promised_or_planned_is_defined(tmp_path: Path, content: str, expected: list[str]) -> None:
    """The goal's indicator in the plan, too; that it is assessed by others replaces a source, but no definition."""
    assert [item.code.name for item in project(tmp_path, promise(content)).rule_findings] == expected


FORMULAS: list[tuple[str, str, list[str]]] = [
    ("capaian_naik", "capaian_turun", []),
    ("capaian_naik", "capaian_turun_terbalik", []),
    ("capaian_dari_awal", "capaian_dari_awal", []),
    ("capaian_turun", "capaian_turun", ["M131"]),
    ("capaian_naik", "capaian_naik", ["M131"]),
    ("capaian_turun_terbalik", "capaian_naik", ["M131", "M131"]),
]


@pytest.mark.parametrize(("up", "down", "expected"), FORMULAS)
def test_a_formula_moves_as_its_direction_says(tmp_path: Path, up: str, down: str, expected: list[str]) -> None:
    """What cannot be told is no finding."""
    assert [item.code.name for item in project(tmp_path, method(up, down)).rule_findings] == expected


ZERO: list[tuple[str, str, str, list[str]]] = [
    ("capaian_turun_terbalik", "0", 'catatan: "-"', ["M132"]),
    ("capaian_turun_terbalik", "0", "rencana_nol: tanpa_capaian", []),
    ("capaian_turun_terbalik", "5", 'catatan: "-"', []),
    ("capaian_turun", "0", 'catatan: "-"', []),
]


@pytest.mark.parametrize(("down", "target", "policy", "expected"), ZERO)
def test_a_zero_target_has_a_policy(tmp_path: Path, down: str, target: str, policy: str, expected: list[str]) -> None:
    """Where the formula divides by the target, the figures tell."""
    rules = method("capaian_naik", down, policy) + promise(COMPLETE.replace("naik", "turun"), target)[len(method()) :]
    found = project(tmp_path, rules).rule_findings
    assert [item.code.name for item in found if item.code.name != "D101"] == expected


COUNTED = """\
variabel bagian "Jumlah PPKS yang Terlayani" { satuan: orang }
variabel ppks "Jumlah Keseluruhan PPKS" { satuan: orang }
variabel psks "Jumlah Keseluruhan PSKS" { satuan: orang }
indikator i "JUDUL" {
    satuan: persen
    rumus: RUMUS × 100%
}
"""
NAMED: list[tuple[str, str, list[str]]] = [
    ("Persentase PPKS yang Mendapatkan Pelayanan", "bagian / ppks", []),
    ("Persentase PPKS yang Mendapatkan Pelayanan", "bagian / psks", ["N112"]),
    ("Persentase PPKS yang Mendapatkan Pelatihan Usaha", "bagian / ppks", ["N111"]),
    ("Angka Kemiskinan Ekstrem", "bagian / ppks", ["N111"]),
    ("I", "bagian / ppks", []),
]


@pytest.mark.parametrize(("title", "formula", "expected"), NAMED)
def test_the_words_of_a_name_are_counted(tmp_path: Path, title: str, formula: str, expected: list[str]) -> None:
    """Before ``yang`` in the denominator, behind it in the numerator."""
    rules = COUNTED.replace("JUDUL", title).replace("RUMUS", formula)
    assert [item.code.name for item in project(tmp_path, rules).rule_findings] == expected


def test_no_published_name_is_far_from_the_words_of_its_own_terms() -> None:
    """The names of published indicators beside the counts that they are made of."""
    with (ROOT / "tests" / "cases" / "capaian-terbit.csv").open(encoding="utf-8", newline="") as file:
        names = {row["indikator"] for row in csv.DictReader(file, delimiter=";")}
    assert len(names) > 50
    assert [name for name in names if missing_words(telling_words(name), f"Jumlah {name.lower()}")] == []


WHOLE = """\
variabel pegawai "Pegawai" {
    satuan: orang
    populasi_dari: NAMA
}
variabel dilayani "Pegawai yang Dilayani" { satuan: orang }
"""
LARGER: list[tuple[str, str, list[str]]] = [
    ("dilayani", "2024;tahunan;pegawai;24;final\n2024;tahunan;dilayani;25;final\n", ["R133"]),
    ("dilayani", "2024;tahunan;pegawai;25;final\n2024;tahunan;dilayani;25;final\n", []),
    ("dilayani", "2023;tahunan;pegawai;24;final\n2024;tahunan;dilayani;25;final\n", []),
    ("dilayan", "2024;tahunan;pegawai;24;final\n", ["N101"]),
]


@pytest.mark.parametrize(("name", "data", "expected"), LARGER)
def test_a_part_is_no_larger_than_its_whole(tmp_path: Path, name: str, data: str, expected: list[str]) -> None:
    """Of one year, and by names that data files may use."""
    found = project(tmp_path, WHOLE.replace("NAMA", name), data)
    assert [item.code.name for item in found.validate()] == expected


def test_a_numerator_is_no_larger_than_its_denominator(tmp_path: Path) -> None:
    """Where the one counts a part of the other."""
    rules = COUNTED.replace("JUDUL", NAMED[0][0]).replace("RUMUS", "bagian / ppks")
    found = project(tmp_path, rules, "2024;tahunan;ppks;10;final\n2024;tahunan;bagian;12;final\n")
    assert [item.code.name for item in found.validate()] == ["R133"]


SERIES: list[tuple[list[str], list[str]]] = [
    (["10", "49"], []),
    (["10", "50"], ["R132"]),
    (["50", "10"], ["R132"]),
    (["10", "0", "60"], []),
    (["10", "100", "10"], ["R132"]),
    (["10", "60", "360"], ["R132", "R132"]),
]


@pytest.mark.parametrize(("values", "expected"), SERIES)
def test_a_jump_is_told_once(tmp_path: Path, values: list[str], expected: list[str]) -> None:
    """Five times or a fifth of the year before; zero is no number to compare with."""
    data = "".join(f"{2020 + at};tahunan;v;{value};final\n" for at, value in enumerate(values))
    found = project(tmp_path, 'variabel v "V" { satuan: orang }\n', data)
    assert [item.code.name for item in found.validate()] == expected


@pytest.mark.parametrize(("counts", "values", "expected"), [
    ("terakhir", ["10", "60", "90", "100"], []),
    ("terakhir", ["10", "60", "9", "100"], ["R132"]),
    ("rata_rata", ["10", "60", "90", "100"], ["R132"]),
])  # fmt: skip
def test_what_is_reached_to_date_may_grow(tmp_path: Path, counts: str, values: list[str], expected: list[str]) -> None:
    """From quarter to quarter, where the last one counts for the year; but not fall to a fifth."""
    data = "".join(f"2024;tw{at};i;{value};final\n" for at, value in enumerate(values, 1))
    rules = f'indikator i "I" {{\n    satuan: persen\n    arah: naik\n    periode: {counts}\n}}\n'
    found = [item.code.name for item in project(tmp_path, rules, data).validate()]
    assert [code for code in found if code[0] == "R"] == expected


def test_a_missing_realization_with_a_score_is_told(tmp_path: Path) -> None:
    """Which the method's policy gives it."""
    rules = method(policy="realisasi_tidak_ada: 0%") + promise()[len(method()) :]
    found = project(tmp_path, rules, "2024;tahunan;i;;tidak_ada\n")
    assert "R131" in [item.code.name for item in found.validate()]


def test_magetan_has_exactly_these_definitions_missing(command: Command) -> None:
    """The goal's indicator and two of the agreement; not those of earlier years, nor of the revised agreement."""
    found = [line for line in places(command("validate", MAGETAN).out) if line.endswith(("D101", "D102"))]
    assert len(found) == 3
    assert all("iku_2024_2026" in line for line in found)
