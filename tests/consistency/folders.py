"""A consistent folder of any size, for changes that each make exactly one finding."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sakip_rules import Project
from sakip_rules.cache import Cache
from tests.running import write

METHOD = """\
kategori kriteria "Kriteria" {
    satuan: persen
    | rentang | predikat |
    | ≥ 85%   | Baik     |
    | < 85%   | Kurang   |
}

metode cara "Cara" {
    naik: capaian_naik
    kategori: kriteria
    | langkah    | nilai         |
    | capaian    | -             |
    | pembulatan | 2             |
    | rata_rata  | per_indikator |
}
"""

REPORT = """\
laporan lap "Laporan Kinerja" {
    tahun: 2024
    per: 31 Desember 2024

    tabel capaian "Capaian Kinerja" {
        nomor: "3.1"
        baris: indikator
        | kolom     | judul     | desimal |
        | indikator | Indikator | -       |
        | target    | Target    | 0 s.d 2 |
        | realisasi | Realisasi | 0 s.d 2 |
        | capaian   | Capaian   | 2       |
        | kategori  | Kategori  | -       |

        tercetak dicetak "Seperti dicetak" {
            | indikator | target | realisasi | capaian | kategori |
            | i3        | 80     | 76        | 95%     | Baik     |
        }
    }
}
"""


def consistent(indicators: int) -> dict[str, str]:
    """A plan, an agreement, a budget, an action plan, measured values and a report that agree.

    There are as many indicators, and one programme for each four.
    """
    numbers = range(indicators)
    named = "".join(
        f'indikator i{n} "Persentase Layanan {n}" {{\n    satuan: persen\n    arah: naik\n    periode: jumlah\n'
        f'    definisi: "Layanan {n} yang selesai"\n    sumber: "Sekretariat"\n}}\n'
        for n in numbers
    )
    listed = "; ".join(f"i{n}" for n in numbers if n)
    planned = "".join(f"    | i{n} | 80 | 82 |\n" for n in numbers)
    promised = "".join(f"    | s1 | i{n} | persen | 80 |\n" for n in numbers)
    quarters = "".join(f"    | s1 | i{n} | 80 | 20 | 20 | 20 | 20 |\n" for n in numbers)
    measured = "".join(f"2024;tahunan;i{n};76\n" for n in numbers)
    works = "".join(_programme(n) for n in range(1, indicators // 4 + 2))
    return {
        "metode.sakip": METHOD,
        "rencana.sakip": f"""{named}
renstra rencana "Rencana" {{
    berlaku: 2024 s.d 2025
    tujuan t1 "Layanan baik" {{
        indikator: i0
        sasaran s1 "Layanan cepat" {{ indikator: {listed} }}
    }}
    | indikator | 2024 | 2025 |
{planned}}}
""",
        "pk.sakip": f"""perjanjian_kinerja pk "Perjanjian" {{
    tahun: 2024
    ditetapkan: 4 Januari 2024
    merujuk: rencana
    metode: cara
    | sasaran | indikator | satuan | target |
{promised}
    | nomor | nama | uraian | target | pagu |
{works}}}
""",
        "anggaran.sakip": f"""anggaran belanja "Anggaran" {{
    tahun: 2024
    jumlah: {300 * (indicators // 4 + 1)}
    | nomor | nama | uraian | target | pagu |
{works}}}
""",
        "aksi.sakip": f"""rencana_aksi aksi "Rencana Aksi" {{
    tahun: 2024
    merujuk: rencana
    target_triwulan: per_triwulan
    | sasaran | indikator | target | tw1 | tw2 | tw3 | tw4 |
{quarters}}}
""",
        "laporan.sakip": REPORT,
        "realisasi.csv": f"tahun;periode;nama;nilai\n{measured}",
    }


def _programme(number: int) -> str:
    return (
        f"    | {number} | p{number} | Program {number} | 12 laporan | 300 |\n"
        f"    | {number}.1 | k{number} | Kegiatan {number} | 12 laporan | 100 |\n"
        f"    | {number}.2 | l{number} | Kegiatan lain {number} | 5 dokumen | 200 |\n"
    )


def every(folder: Path, files: dict[str, str]) -> list[str]:
    """All that ``validate`` finds, as ``code file``."""
    findings = Project(write(folder, files), Cache(None)).validate()
    return sorted(f"{item.code.name} {Path(item.span.path).name if item.span else '-'}" for item in findings)


def found(folder: Path, files: dict[str, str]) -> list[str]:
    """What checks in the rule language find, as ``code file subject``."""
    return sorted(_told(Project(write(folder, files), Cache(None))))


def _told(project: Project) -> Iterator[str]:
    assert [item for item in project.rule_findings if item.is_error] == []
    for item in project.consistency().findings:
        assert item.span is not None
        yield f"{item.code.name} {Path(item.span.path).name} {item.subject}"
