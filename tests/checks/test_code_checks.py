"""Faulty rules beside the nearest ones that are none, and cycles edge by edge."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules_support import placed, project

UNITS = 'variabel a "A" { satuan: orang }\nvariabel k "K" { satuan: keluarga }\nvariabel u "U" { satuan: rupiah }\n'
PERCENTAGES = 'variabel q "Q" { satuan: persen }\nvariabel s "S" { satuan: persen }\n'
TWO = (
    'indikator i "I" { satuan: persen }\nsasaran t "T" { indikator: i }\n'
    'renstra r "R" {\n    berlaku: 2024\n    sasaran t "U" { indikator: i }\n    mendukung: NAMA\n}\n'
    'renstra r2 "R2" {\n    berlaku: 2025\n    sasaran v "V" { indikator: i }\n}\n'
    'renstra r3 "R3" {\n    berlaku: 2026\n    sasaran v "W" { indikator: i }\n}\n'
)


def calculated(rule: str, unit: str) -> str:
    return f'{UNITS}{PERCENTAGES}indikator i "I" {{\n    satuan: {unit}\n    rumus: {rule}\n}}\n'


def formula(body: str, inputs: str = "n") -> str:
    return f"formula f {{\n    masukan: {inputs}\n    {body}\n}}\n"


def method(rows: str) -> str:
    return f"metode m {{\n    naik: capaian_naik\n    | langkah | nilai |\n{rows}}}\n"


def agreed(target: str) -> str:
    steps = method("    | capaian | - |\n")
    return (
        'indikator i "I" {\n    satuan: persen\n    arah: naik\n    definisi: "D"\n    sumber: "S"\n}\n'
        f"{steps}perjanjian_kinerja pk {{\n    tahun: 2024\n    metode: m\n"
        f"    | indikator | target |\n    | i         | {target} |\n}}\n"
    )


def banded(unit: str, bound: str) -> str:
    rows = f"    | ≥ {bound} | Baik |\n    | < {bound} | Kurang |\n"
    return f"kategori b {{\n    satuan: {unit}\n    | rentang | predikat |\n{rows}}}\n"


CHECKED: list[tuple[str, list[str]]] = [
    (TWO.replace("NAMA", "t"), ["N104 6:16"]),
    (TWO.replace("NAMA", "v"), ["N105 6:16"]),
    (TWO.replace("NAMA", "r3.v"), []),
    ("indikator i {\n    satuan: angka\n    skala: j\n}\nindikator j { satuan: angka }\n", ["N106 3:12"]),
    ("indikator i {\n    satuan: angka\n    meneruskan: f\n}\n" + formula("rumus: n"), ["N106 3:17"]),
    ("indikator i {\n    satuan: angka\n    meneruskan: j\n}\nindikator j { satuan: angka }\n", []),
    (formula("rumus: bulat(n; 2; 3)"), ["N108 3:12"]),
    (formula("rumus: bulat(n; 2)"), []),
    (formula("rumus: jumlah()"), ["N108 3:12"]),
    (formula("rumus: n") + "formula g {\n    masukan: n\n    rumus: 2 × f(n; n)\n}\n", ["N108 7:16"]),
    (formula("rumus: n") + "formula g {\n    masukan: n\n    rumus: 2 × f(n)\n}\n", []),
    (formula("rumus: n\n    | bila | hasil |\n    | selain itu | n |"), ["T214 3:12"]),
    (formula("| bila | hasil |\n    | selain itu | n |"), []),
    (formula("catatan: \"Belum ada\""), ["T215 1:9"]),
    (formula("rumus: n"), []),
    (calculated("a / k × 100%", "persen"), ["U105 8:12"]),
    (calculated("k / a", "persen"), ["U105 8:12"]),
    (calculated("a / a", "persen"), ["U103 8:12"]),
    (calculated("a / a × 100", "persen"), ["U104 8:20"]),
    (calculated("100 × (a / a)", "persen"), ["U104 8:12"]),
    (calculated("a / a × 100%", "persen"), []),
    (calculated("a / a", "rasio"), []),
    (calculated("a + k", "orang"), ["U102 8:12"]),
    (calculated("a + (a + k)", "orang"), ["U102 8:16"]),
    (calculated("a + a", "orang"), []),
    (calculated("u × q", "rupiah"), []),
    (calculated("q × u", "persen"), ["U105 8:12"]),
    (calculated("q - s", "persen"), ["U107 8:12"]),
    (calculated("q - s", "poin_persen"), []),
    (calculated("100% - q", "persen"), []),
    (calculated("100% - q", "poin_persen"), ["U105 8:12"]),
    (calculated("90% - q", "persen"), ["U107 8:12"]),
    (agreed("80 orang"), ["U106 16:19"]),
    (agreed("80 s.d 90 orang"), ["U106 16:19"]),
    (agreed("80%"), []),
    (agreed("80"), []),
    (banded("persen", "50"), ["K101 4:7", "K101 5:7"]),
    (banded("persen", "50 orang"), ["K101 4:7", "K101 5:7"]),
    (banded("persen", "50%"), []),
    (banded("angka", "50%"), ["K101 4:7", "K101 5:7"]),
    (banded("angka", "50"), []),
    (method("    | pembulatan | 2 |\n    | capaian | - |\n"), ["M115 1:8"]),
    (method("    | capaian | - |\n    | pembulatan | 2 |\n"), []),
    (method("    | capaian | - |\n    | batas_atas | 2 |\n"), ["M117 5:20"]),
    (method("    | capaian | - |\n    | batas_atas | 100% |\n"), []),
    (method("    | capaian | - |\n    | rata_rata | 100% |\n"), ["M117 5:19"]),
    (method("    | capaian | 2 |\n"), ["M117 4:17"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CHECKED)
def test_a_fault_is_found_and_its_sound_neighbour_is_not(tmp_path: Path, text: str, expected: list[str]) -> None:
    """Each rule text beside the code and place of its only finding, or beside none."""
    found = project(tmp_path, text)
    assert placed(found.rule_findings, found) == expected


@pytest.mark.parametrize(("rule", "repaired"), [("a / a × 100", "a / a × 100%"), ("100 × (a / a)", "100% × (a / a)")])
def test_times_hundred_is_mended_to_times_hundred_percent(tmp_path: Path, rule: str, repaired: str) -> None:
    """What is offered is no finding any more once it stands there."""
    text = calculated(rule, "persen")
    [finding] = project(tmp_path, text).rule_findings
    assert finding.repair is not None
    span = finding.repair.span
    mended = text[: span.start] + finding.repair.text + text[span.end :]
    assert mended == calculated(repaired, "persen")
    assert project(tmp_path, mended).rule_findings == ()


#: Rules, and for each cycle the places of its edges: where the first names the second, and so on round.
CYCLES: list[tuple[str, list[list[str]]]] = [
    ("peraturan p { diganti: p }\n", [["1:24"]]),
    ("peraturan p { diganti: q }\nperaturan q { dicabut: 4 Januari 2024 }\n", []),
    ("peraturan p { diganti: q }\nperaturan q { diganti: o }\nperaturan o { diganti: p }\n",
     [["1:24", "2:24", "3:24"]]),
    ("peraturan p { diganti: q }\nperaturan q { diganti: o }\nperaturan o { diganti: q }\n", [["2:24", "3:24"]]),
    ("indikator i {\n    satuan: orang\n    rumus: 2 × j\n}\nindikator j {\n    satuan: orang\n    rumus: i + 1\n}\n",
     [["3:16", "7:12"]]),
    ("indikator i {\n    satuan: orang\n    rumus: 2 × j\n}\nindikator j { satuan: orang }\n", []),
    ("renstra r {\n    berlaku: 2024\n    merujuk: r2\n}\nrenstra r2 {\n    berlaku: 2025\n    merujuk: r\n}\n",
     [["3:14", "7:14"]]),
    ("misi m { mendukung: v }\nvisi v { catatan: \"V\" }\n", []),
    ("sasaran s { mendukung: o }\nsasaran o { mendukung: s }\n", [["1:24", "2:24"]]),
    ("renstra a {\n    berlaku: 2024\n    tujuan t { mendukung: b.s }\n}\n"
     "renstra b {\n    berlaku: 2024\n    tujuan u {\n        mendukung: a.t\n"
     "        sasaran s { nomor: \"1\" }\n    }\n}\n",
     [["3:27", "9:17", "8:20"]]),
    (formula("rumus: g(n) + f(n)") + "formula g {\n    masukan: n\n    rumus: f(n)\n}\n", [["3:12", "7:12"], ["3:19"]]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "edges"), CYCLES)
def test_a_cycle_is_shown_edge_by_edge(tmp_path: Path, text: str, edges: list[list[str]]) -> None:
    """The first edge is the place, the others follow in order, and what only leads into a cycle is no part of it."""
    found = project(tmp_path, text)
    shown = []
    for finding in found.rule_findings:
        assert finding.code.name == "N104"
        assert finding.span is not None
        spans = [finding.span, *(item.span for item in finding.related)]
        shown.append(["{}:{}".format(*found.sources[span.path].position(span.start)) for span in spans])
    assert shown == edges
