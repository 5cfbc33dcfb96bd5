"""Values that were probably meant otherwise: warned of where it is likely, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from sakip_rules import Project
from sakip_rules.cache import Cache
from tests.running import SMALL, small, write

HEAD = "tahun;periode;nama;nilai\n"
RULES = """\
indikator gini "Gini" { satuan: persen }
indikator keluarga_miskin "Keluarga" { satuan: keluarga }
indikator rerata "Rata-rata Anggota" { satuan: orang }
indikator luas "Luas" { satuan: hektare }
indikator umur "Umur Harapan Hidup" { satuan: tahun }
variabel miskin "Penduduk Miskin" { satuan: orang }
satuan hektare "Hektare" { jenis: ukuran }

renja lain "Renja" {
    tahun: 2024
    ditetapkan: 2 Januari 2024
    | indikator | target |
    | gini      | 0,28   |
    | rerata    | 3,5    |
    | keluarga_miskin | 2000 |

    | nomor | nama  | uraian | target     |
    | 1.1   | rapat | Rapat  | 100 persen |
}
"""
#: What is measured, and the slips that are found, with what was likely meant.
MEASURED = [
    ("2024;tahunan;layanan;91", []),
    ("2024;tahunan;layanan;0,91", ["R134 91%"]),
    ("2024;tahunan;layanan;0,9125", ["R134 91,25%"]),
    ("2024;tahunan;layanan;1,5", ["R134 150%"]),
    ("2024;tahunan;layanan;1,51", []),
    ("2024;tahunan;layanan;0", []),
    ("2024;tw1;layanan;0,6", ["R134 60%"]),
    ("2024;tw3;layanan;0,6", []),
    ("2025;tahunan;layanan;0,91", []),
    ("2024;tahunan;gini;0,27", []),
    ("2024;tahunan;rapat;1", ["R134 100%"]),
    ("2024;tahunan;rapat;100", []),
    ("2024;tahunan;keluarga_miskin;2500,5", ["R135 None"]),
    ("2024;tahunan;keluarga_miskin;2500,0", []),
    ("2024;tahunan;miskin;2500,5", ["R135 None"]),
    ("2024;tahunan;rerata;3,4", []),
    ("2024;tahunan;luas;3,4", []),
    ("2024;tahunan;umur;72,4", []),
    ("2024;tahunan;lama;9,5", []),
    ("2026;tahunan;layanan;91", []),
    ("2027;tahunan;layanan;91", ["R136 None"]),
    ("2042;tahunan;layanan;91\n2042;tahunan;lama;9", ["R136 2024"]),
    ("2042;tahunan;layanan;91\n2043;tahunan;lama;9", ["R136 2024", "R136 None"]),
    ("2019;tahunan;layanan;91", []),
]


@pytest.mark.parametrize(("rows", "expected"), MEASURED, ids=[row[0] for row in MEASURED])
def test_a_likely_slip_is_warned_of(tmp_path: Path, rows: str, expected: list[str]) -> None:
    """With what was meant, where that can be told."""
    findings = Project(small(tmp_path, lain=RULES, realisasi=f"{HEAD}{rows}\n"), Cache(None)).validate()
    slips = [item for item in findings if item.code.name in ("R134", "R135", "R136")]
    assert sorted(f"{item.code.name} {item.near}" for item in slips) == expected
    assert not any(item.is_error for item in slips)


def test_a_slip_in_a_workbook_is_at_its_cell(tmp_path: Path) -> None:
    """As any other value of it."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["tahun", "nama", "nilai"], [2024, "layanan", 0.91], [2024, "lama", 12]):
        book.active.append(row)
    folder = small(tmp_path)
    (folder / "realisasi.csv").unlink()
    book.save(folder / "realisasi.xlsx")
    found = [item for item in Project(folder, Cache(None)).validate() if item.code.name == "R134"]
    assert [(item.near, item.span and item.span.cell) for item in found] == [("91%", "Sheet!C2")]


def test_a_folder_without_documents_or_with_an_endless_plan_has_no_last_year(tmp_path: Path) -> None:
    """So that no year is too late."""
    data = {"realisasi.csv": f"{HEAD}2042;tahunan;layanan;91\n"}
    endless = SMALL["indikator.sakip"].replace("2024 s.d 2026", "2024 s.d seterusnya")
    bare = SMALL["indikator.sakip"].partition("renstra")[0]
    for name, rules in (("a", {**SMALL, "indikator.sakip": endless}), ("b", {"indikator.sakip": bare})):
        findings = Project(write(tmp_path / name, {**rules, **data}), Cache(None)).validate()
        assert "R136" not in {item.code.name for item in findings}
