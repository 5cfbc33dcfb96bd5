"""``rules/nasional/konsistensi.sakip``: a consistent folder has no finding, and each change makes exactly its own."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import pytest

from sakip_rules import Project
from sakip_rules.cache import Cache
from tests.consistency.folders import consistent, found
from tests.running import ROOT, write

SIZE = 9


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """The consistent folder with one text in the place of another, which stands there once."""
    files = consistent(SIZE)
    assert files[file].count(old) == 1
    return {**files, file: files[file].replace(old, new)}


def test_a_consistent_folder_has_no_finding(tmp_path: Path) -> None:
    """And each of its checks could be made."""
    project = Project(write(tmp_path, consistent(SIZE)), Cache(None))
    assert project.consistency().findings == ()
    assert project.consistency().not_analysed == ()


@pytest.mark.parametrize(("file", "old", "new", "expected"), [
    ("pk.sakip", "| i3 | persen | 80 |", "| i3 | persen | 85 |",
     ["target_perjanjian aksi.sakip i3", "target_renstra pk.sakip i3"]),
    ("rencana.sakip", "| i3 | 80 | 82 |", "| i3 | 80 | 79 |", ["arah_target rencana.sakip i3"]),
    ("pk.sakip", "    | s1 | i0 | persen | 80 |\n", "", ["indikator_tujuan rencana.sakip i0"]),
    ("pk.sakip", "    | s1 | i4 | persen | 80 |\n", "", ["indikator_sasaran rencana.sakip i4"]),
    ("rencana.sakip", "    | i4 | 80 | 82 |\n", "",
     ["indikator_di_luar_renstra aksi.sakip i4", "indikator_di_luar_renstra pk.sakip i4"]),
    ("pk.sakip", "| i3 | persen | 80 |", "| i3 | orang | 80% |", ["satuan_indikator pk.sakip i3"]),
    ("aksi.sakip", "| i3 | 80 | 20 | 20 | 20 | 20 |", "| i3 | 80 | 20 | 20 | 20 | 21 |",
     ["jumlah_triwulan aksi.sakip i3"]),
    ("anggaran.sakip", "Kegiatan 2 | 12 laporan | 100 |", "Kegiatan 2 | 36 laporan | 100 |",
     ["target_kegiatan anggaran.sakip k2"]),
    ("anggaran.sakip", "Kegiatan 2 | 12 laporan | 100 |", "Kegiatan 2 | 12 laporan | 200 |",
     ["pagu_kegiatan anggaran.sakip k2", "pagu_program anggaran.sakip p2"]),
    ("anggaran.sakip", "jumlah: 900", "jumlah: 1.800", ["jumlah_anggaran anggaran.sakip belanja"]),
    ("metode.sakip", "    | rata_rata  | per_indikator |\n", "", ["cara_merata_rata pk.sakip pk"]),
])  # fmt: skip
def test_a_change_makes_exactly_its_finding(tmp_path: Path, file: str, old: str, new: str, expected: list[str]) -> None:
    """A target, an indicator, a unit, a quarter, a budget, a total or a step that is changed or dropped."""
    assert found(tmp_path, changed(file, old, new)) == expected


def test_a_revision_with_a_legal_reason_may_change_a_target(tmp_path: Path) -> None:
    """And what it replaced as a whole is not compared any more with what holds."""
    revision = """perjanjian_kinerja pk_baru "Perubahan" {
    tahun: 2024
    ditetapkan: 4 November 2024
    mengubah: pk
    alasan: perubahan_strategi
    cakupan: sebagian
    | sasaran | indikator | satuan | target |
    | s1      | i3        | persen | 85     |
}
"""
    files = changed("aksi.sakip", "| i3 | 80 | 20 | 20 | 20 | 20 |", "| i3 | 85 | 20 | 20 | 20 | 25 |")
    assert found(tmp_path, {**files, "perubahan.sakip": revision}) == ["target_renstra aksi.sakip i3"]


def test_a_renamed_indicator_is_another_unless_it_continues(tmp_path: Path) -> None:
    """With ``meneruskan`` the plan knows it under its old name."""
    other = 'indikator baru "Persentase Layanan Baru" {\n    satuan: persen\n    arah: naik\n}\n'
    files = changed("pk.sakip", "| i3 | persen | 80 |", "| baru | persen | 80 |")
    assert found(tmp_path / "lain", {**files, "baru.sakip": other}) == [
        "indikator_di_luar_renstra pk.sakip baru",
        "indikator_sasaran rencana.sakip i3",
    ]
    continued = other.replace("arah: naik", "arah: naik\n    meneruskan: i3")
    assert found(tmp_path / "sama", {**files, "baru.sakip": continued}) == []


@pytest.mark.parametrize(("one", "other", "marked"), [
    ("Meningkatnya Mutu Layanan", "Meningkatkan Mutu Layanan", ["[Meningkatkan] Mutu Layanan"]),
    ("Persentase PMKS yang Dilayani", "Persentase PPKS yang Dilayani", ["Persentase [PPKS] yang Dilayani"]),
    ("Jumlah Orang yang Dilayani", "Jumlah Barang yang Dilayani", []),
    ("Layanan Tahap 1", "Layanan Tahap 2", []),
    ("MUTU LAYANAN", "Mutu  layanan", []),
])  # fmt: skip
def test_almost_the_same_name_is_told_with_its_difference(
    tmp_path: Path, one: str, other: str, marked: list[str]
) -> None:
    """Another ending or another letter of an abbreviation; other words and numbers are other things."""
    names = "".join(
        f'indikator n{at} "{title}" {{\n    satuan: persen\n    arah: naik\n}}\n'
        for at, title in enumerate((one, other))
    )
    findings = Project(write(tmp_path, {"a.sakip": names}), Cache(None)).consistency().findings
    assert [item.values["id0"] for item in findings] == marked


def test_a_regulation_is_judged_by_the_day_of_what_cites_it(tmp_path: Path) -> None:
    """One that ended before the document was decided; not one that ended later."""
    text = """peraturan lama "Peraturan Lama" {{ berlaku: 2010 s.d 2021 }}
anggaran belanja "Anggaran" {{
    tahun: {year}
    dasar: lama
}}
"""
    assert found(tmp_path / "a", {"a.sakip": text.format(year=2024)}) == ["peraturan_diganti a.sakip lama"]
    assert found(tmp_path / "b", {"a.sakip": text.format(year=2021)}) == []


def test_every_check_speaks_both_languages_and_advises() -> None:
    """The national checks have ``pesan_en``, ``saran`` and ``saran_en``."""
    from sakip_rules.model import program as p

    checks = Project(ROOT / "rules" / "nasional", Cache(None)).program.own(p.ConsistencyCheck)
    assert len(checks) > 15
    assert [item.name for item in checks if not (item.message_en and item.advice and item.advice_en)] == []


def test_2000_indicators_take_time_linear_in_their_number(tmp_path: Path) -> None:
    """No finding; and eight times the indicators take far less than sixty-four times as long (ratio in one run)."""
    small = Project(write(tmp_path / "250", consistent(250)), Cache(None))
    large = Project(write(tmp_path / "2000", consistent(2000)), Cache(None))
    for project in (small, large):
        assert project.rule_findings is not None
        assert project.data is not None
    ratios = []
    for _ in range(3):
        times = []
        for project in (small, large):
            project._consistent.clear()
            project._figures.clear()
            start = time.perf_counter()
            assert project.consistency().findings == ()
            times.append(time.perf_counter() - start)
        ratios.append(times[1] / times[0])
    assert statistics.median(ratios) < 16
