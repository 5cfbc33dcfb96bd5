"""What supports something stands below it, and programmes, activities, units and partners are each their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules_support import placed, project

WITHIN = (
    'renstra r "R" {\n    berlaku: 2024\n    tujuan t "T" { mendukung: NAMA }\n    sasaran s "S" { nomor: "1" }\n}\n'
)
ACROSS = (
    'renstra rpd "RPD" {\n    berlaku: 2024\n    sasaran a "A" { mendukung: NAMA }\n'
    '    sasaran c "C" { nomor: "2" }\n}\n'
    'renstra r "R" {\n    berlaku: 2024\n    merujuk: rpd\n    sasaran b "B" { mendukung: rpd.c }\n}\n'
)
ROWS = (
    'instansi dinas "Dinas" { }\nunit_kerja tata_usaha "Bagian Tata Usaha" { alias: "Bagian TU" }\n'
    'sasaran s "S" { nomor: "1" }\nanggaran g "G" {\n    tahun: 2024\n'
    "    | nomor | nama | uraian | bidang | mitra | mendukung |\n    | 1 | a | A | BIDANG | MITRA | SASARAN |\n}\n"
)


def rows(unit: str = "-", partner: str = "-", objective: str = "-") -> str:
    return ROWS.replace("BIDANG", unit).replace("MITRA", partner).replace("SASARAN", objective)


def table(*cells: str) -> str:
    return (
        'anggaran g "G" {\n    tahun: 2024\n    | nomor | nama | uraian |\n'
        + "".join(f"    | {row} |\n" for row in cells)
        + "}\n"
    )


FAULTS: list[tuple[str, list[str]]] = [
    (WITHIN.replace("NAMA", "s"), ["D301 3:31"]),
    (WITHIN.replace(" { mendukung: NAMA }", ' { nomor: "1" }'), []),
    ('tujuan t "T" { mendukung: s }\nsasaran s "S" { nomor: "1" }\n', ["D301 1:27"]),
    ('tujuan t "T" { nomor: "1" }\nsasaran s "S" { mendukung: t }\n', []),
    (ACROSS.replace("NAMA", "r.b"), ["D301 3:32"]),
    (ACROSS.replace(" { mendukung: NAMA }", ' { nomor: "1" }'), []),
    (WITHIN.replace("NAMA", "ss"), ["N101 3:31"]),
    (rows("tata_usaha", "dinas", "s"), []),
    (rows("Bagian Tata Usaha", "Dinas"), []),
    (rows("bagian tu"), []),
    (rows("Bagian Tata Usah"), ["N101 7:19"]),
    (rows("s"), ["N106 7:19"]),
    (rows(partner="tata_usaha"), ["N106 7:23"]),
    (rows(objective="dinas"), ["N106 7:27"]),
    ('indikator i "I" {\n    satuan: orang\n    penanggung_jawab: tata\n}\n', ["N101 3:23"]),
    ('lintas_instansi l "L" { mitra: dinas }\ninstansi dinas "Dinas" { }\n', ["T105 1:17"]),
    ('lintas_instansi l "L" { mendukung: s }\nsasaran s "S" { nomor: "1" }\n', ["T105 1:17"]),
    (table("1 | a | A", "1.1 | a | B"), ["D302 5:13"]),
    (table("1 | a | A", "1. | b | B"), ["D302 5:7"]),
    (table("1 | a | A", "1.1 | b | B"), []),
]


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_a_link_that_cannot_be_is_found_and_its_sound_neighbour_is_not(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    """Each rule text beside the code and place of its only finding, or beside none."""
    found = project(tmp_path, text)
    assert placed(found.rule_findings, found) == expected


def test_a_misspelt_unit_is_offered_as_it_is_written(tmp_path: Path) -> None:
    """As every reference is."""
    [finding] = project(tmp_path, rows("tata_usah")).rule_findings
    assert (finding.code.name, finding.near) == ("N101", "tata_usaha")
