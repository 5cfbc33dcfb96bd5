"""``rules/nasional/konsistensi.sakip``: a consistent folder has no finding, and each change makes exactly its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from sakip_rules import Project
from sakip_rules.cache import Cache
from tests.consistency.folders import consistent, every, found
from tests.running import ROOT, write

SIZE = 9


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """The consistent folder with one text in the place of another, which stands there once."""
    files = consistent(SIZE)
    assert files[file].count(old) == 1
    return {**files, file: files[file].replace(old, new)}


@pytest.mark.parametrize("indicators", [SIZE, 2000])
def test_a_consistent_folder_has_no_finding(tmp_path: Path, indicators: int) -> None:
    """Of any kind, at any size; and each of its checks could be made."""
    project = Project(write(tmp_path, consistent(indicators)), Cache(None))
    assert project.validate() == ()
    assert project.consistency().not_analysed == ()


@pytest.mark.parametrize(("file", "old", "new", "expected"), [
    ("metode.sakip", "    | < 85%   | Kurang   |", "    | < 80%   | Kurang   |", ["K102 metode.sakip"]),
    ("metode.sakip", "    | < 85%   | Kurang   |", "    | < 90%   | Kurang   |", ["K103 metode.sakip"]),
    ("metode.sakip", "    | < 85%   | Kurang   |\n", "", ["K102 metode.sakip"]),
    ("metode.sakip", "    | < 85%   | Kurang   |", "    | < 85%   | Baik     |", ["K107 metode.sakip"]),
    ("metode.sakip", "    | ≥ 85%   | Baik     |\n    | < 85%   | Kurang   |",
     "    | ≥ 85%   | Kurang   |\n    | < 85%   | Baik     |", ["K110 metode.sakip", "V102 laporan.sakip"]),
    ("metode.sakip", "    kategori: kriteria\n", "", ["N103 metode.sakip"]),
    ("pk.sakip", "| i3 | persen | 80 |", "| i3 | persen | 95 |",
     ["V101 laporan.sakip", "V102 laporan.sakip", "V103 laporan.sakip", "target_perjanjian aksi.sakip",
      "target_renstra pk.sakip"]),
    ("realisasi.csv", "2024;tahunan;i3;76\n", "2024;tahunan;i3;72\n",
     ["V101 laporan.sakip", "V104 laporan.sakip"]),
    ("realisasi.csv", "2024;tahunan;i4;76\n", "", ["M103 rencana.sakip"]),
    ("realisasi.csv", "2024;tahunan;i4;76\n", "2024;tahunan;i4;76\n2024;tahunan;i4;76\n", ["R103 realisasi.csv"]),
    ("rencana.sakip", '    definisi: "Layanan 4 yang selesai"\n', "", ["D101 rencana.sakip"]),
    ("rencana.sakip", '    definisi: "Layanan 4 yang selesai"\n    sumber: "Sekretariat"\n',
     '    definisi: "Layanan 4 yang selesai"\n', ["D102 rencana.sakip"]),
    ("rencana.sakip", '"Persentase Layanan 4"', '"Persentase Layanannya 4"', []),
])  # fmt: skip
def test_a_change_makes_exactly_the_findings_of_validate(
    tmp_path: Path, file: str, old: str, new: str, expected: list[str]
) -> None:
    """A bound, a row, a label, a category, a target, a measured value, a definition; and a name that stays alone."""
    assert every(tmp_path, changed(file, old, new)) == expected


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
    ("anggaran.sakip", "| 2.1 | k2 |", "| 2.3 | k2 |", ["nomor_kegiatan anggaran.sakip k2"]),
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


@pytest.mark.parametrize(("weight", "expected"), [
    ("1/9", []), ("0,11", ["jumlah_bobot_indeks a.sakip ikm"]), ("100/9", []),
])  # fmt: skip
def test_the_weights_of_an_index_add_up(tmp_path: Path, weight: str, expected: list[str]) -> None:
    """To one, or to a hundred: 0,11 for each of nine elements leaves the index one percent too low."""
    elements = "".join(f"    | u{n} | {weight} |\n" for n in range(9))
    text = 'indeks ikm "Indeks" {\n    rumus: jumlah(unsur × bobot)\n    | unsur | bobot |\n' + elements + "}\n"
    assert found(tmp_path, {"a.sakip": text}) == expected


def test_every_check_speaks_both_languages_advises_and_shows_itself() -> None:
    """The national checks have ``pesan_en``, ``saran`` and ``saran_en``, and examples."""
    from sakip_rules.model import program as p

    checks = Project(ROOT / "rules" / "nasional", Cache(None)).program.own(p.ConsistencyCheck)
    assert len(checks) > 15
    assert [item.name for item in checks if not (item.message_en and item.advice and item.advice_en)] == []
    assert [item.name for item in checks if not any(isinstance(part, p.Example) for part in item.children)] == []
