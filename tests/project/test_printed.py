"""Figures as a report prints them: each that differs from what the rules give is a finding at its cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.running import Command, foreign, places, small, write

REPORT = """\
laporan lkjip "Laporan Kinerja 2024" {{
    tahun: 2024

    tabel capaian "Capaian" {{
        nomor: "3.1"
        baris: indikator
        | kolom     | judul     |
        | indikator | Indikator |

        tercetak tabel_3_1 "Tabel 3.1" {{
            rata_rata: per_indikator
            | indikator | target | realisasi | capaian | kategori |
            | layanan   | {target} | {realized} | {achieved} | {category} |
            | -         | -      | -         | {mean} | -        |
        }}
    }}
}}
"""
RIGHT = {"target": "90", "realized": "80", "achieved": "88,89%", "category": "Baik", "mean": "84,45%"}
#: What is printed instead of what the rules give, and the place and code of the finding.
PRINTED: list[tuple[dict[str, str], list[str]]] = [
    ({}, []),
    ({"achieved": "88,890%"}, []),
    ({"achieved": "88,9%"}, ["laporan.sakip:13:37 V101"]),
    ({"achieved": "88,88%"}, ["laporan.sakip:13:37 V101"]),
    ({"category": "Kurang"}, ["laporan.sakip:13:46 V102"]),
    ({"target": "91"}, ["laporan.sakip:13:27 V103"]),
    ({"realized": "81"}, ["laporan.sakip:13:32 V104"]),
    ({"mean": "84,44%"}, ["laporan.sakip:14:48 V105"]),
]


@pytest.mark.parametrize(("printed", "found"), PRINTED, ids=[str(row[0]) for row in PRINTED])
def test_a_printed_figure_that_differs_is_a_warning(
    command: Command, tmp_path: Path, printed: dict[str, str], found: list[str]
) -> None:
    """At the cell that differs, in both languages."""
    write(small(tmp_path), {"laporan.sakip": REPORT.format(**{**RIGHT, **printed})})
    indonesian, english = command("validate"), command("validate", "--lang", "en")
    assert places(indonesian.out) == places(english.out) == found
    assert indonesian.code == bool(found)
    assert foreign(indonesian.text) == set()
