"""What is said of rules without any measured value: code and place beside the rule text that gives them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sakip_rules import Project
from sakip_rules.cache import Cache
from sakip_rules.messages.catalog import catalog
from tests.rules_support import placed, project

BANDS = "kategori k {\n    satuan: persen\n    | rentang | predikat |\n    "
VARIABLES = """\
variabel a "A" { satuan: orang }
variabel b "B" { satuan: orang }
variabel k "K" { satuan: keluarga }
variabel u "U" { satuan: rupiah }
variabel q "Q" { satuan: persen }
variabel s "S" { satuan: persen }
"""


def indicator(formula: str, unit: str = "persen") -> str:
    return f'{VARIABLES}indikator i "I" {{\n    satuan: {unit}\n    rumus: {formula}\n}}\n'


@pytest.mark.parametrize(
    ("formula", "unit", "expected"),
    [
        ("a / b × 100%", "persen", []),
        ("a / b", "persen", ["U103 9:12"]),
        ("a / b × 100", "persen", ["U104 9:20"]),
        ("a / k × 100%", "persen", ["U105 9:12"]),
        ("a / k", "persen", ["U105 9:12"]),
        ("u × 50%", "rupiah", []),
        ("u × q", "rupiah", []),
        ("q - s", "persen", ["U107 9:12"]),
        ("q - s", "poin_persen", []),
        ("100% - q", "persen", []),
        ("q + (q - s)", "persen", []),
        ("q + 5", "persen", ["U102 9:16"]),
        ("q + 5%", "persen", []),
        ("a + u", "orang", ["U102 9:12"]),
        ("a + 5", "orang", []),
        ("jumlah(a; b) / maks(a; b) × 100%", "persen", []),
        ("jumlah(a; u)", "orang", ["U102 9:12"]),
        ("a / b × 5 orang", "orang", []),
        ("a + 5 orng", "orang", ["U101 9:18"]),
        ("capaian_naik(a; b)", "persen", []),
        ("capaian_naik(a; k)", "persen", ["U105 9:12"]),
    ],
)
def test_units_are_followed_through_a_formula(tmp_path: Path, formula: str, unit: str, expected: list[str]) -> None:
    """The finding stands at the part that is wrong: at the formula where × 100% was forgotten, at the 100 of × 100."""
    found = project(tmp_path, indicator(formula, unit))
    assert placed(found.rule_findings, found) == expected


@pytest.mark.parametrize(("formula", "offered"), [("a / b × 100", "100%"), ("q + 5", "5%")])
def test_a_known_slip_comes_with_its_repair(tmp_path: Path, formula: str, offered: str) -> None:
    """What was likely meant is offered in the place of what was written."""
    found = project(tmp_path, indicator(formula)).rule_findings[0]
    assert found.repair is not None
    assert found.repair.text == offered


@pytest.mark.parametrize(
    ("formula", "expected", "near"),
    [
        ("tak_ada / b × 100%", ["N101 9:12"], None),
        ("a / bb × 100%", ["N101 9:16"], "b"),
        ("jumla(a) / b × 100%", ["N107 9:12"], "jumlah"),
        ("bulat(a; 2; 3) / b × 100%", ["N108 9:12"], None),
        ("capaian_naik(a)", ["N108 9:12"], None),
    ],
)
def test_names_in_formulas_are_known(tmp_path: Path, formula: str, expected: list[str], near: str | None) -> None:
    """A name or function that does not exist is found where it stands, with the likely one."""
    found = project(tmp_path, indicator(formula))
    assert placed(found.rule_findings, found) == expected
    assert found.rule_findings[0].near == near


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (
            "formula f {\n    masukan: x1\n    rumus: x1\n    | bila | hasil |\n    | selain itu | x1 |\n}\n",
            ["T214 3:12"],
        ),
        ("formula f {\n    masukan: x1\n}\n", ["T215 1:9"]),
        ("formula f {\n    masukan: x1\n    rumus: x1 +\n}\n", ["S202 3:15"]),
        (
            BANDS + "| ≥ 50 | Baik |\n    | < 50 | Kurang |\n}\n",
            ["K101 4:7", "K101 5:7"],
        ),
        (
            BANDS + "| ≥ 50% | Baik |\n    | < 50% | Kurang |\n}\n",
            [],
        ),
        (
            BANDS.replace("persen", "angka") + "| ≥ 50 | Baik |\n    | < 50 | Kurang |\n}\n",
            [],
        ),
        ("metode m {\n    naik: capaian_naik\n    | langkah | nilai |\n    | pembulatan | 2 |\n}\n", ["M115 1:8"]),
        (
            "metode m {\n    naik: capaian_naik\n    | langkah    | nilai |\n    | capaian    | -     |\n"
            "    | batas_atas | 2     |\n}\n",
            ["M117 5:20"],
        ),
        ("indikator i {\n    satuan: persen\n    skala: capaian_naik\n}\n", ["N106 3:12"]),
        ("indikator i {\n    satuan: orng\n}\n", ["U101 2:13"]),
        ('variabel v { satuan: orang }\nindikator v "V" { satuan: orang }\n', ["N102 2:11"]),
    ],
)
def test_definitions_are_complete(tmp_path: Path, rules: str, expected: list[str]) -> None:
    """Each kind of incomplete definition is one finding at its place, and its complete neighbour none."""
    found = project(tmp_path, rules)
    assert placed(found.rule_findings, found) == expected


TWO_DOCUMENTS = """\
indikator i "I" { satuan: persen }
renstra r1 "R1" {
    berlaku: 2024
    tujuan t "T" { indikator: i }
}
renstra r2 "R2" {
    berlaku: 2025
    tujuan t "T" { indikator: i }
}
renstra r3 "R3" {
    berlaku: 2026
    mendukung: t
}
"""


def test_a_name_that_two_documents_hold_must_be_told_apart(tmp_path: Path) -> None:
    """N105 names both; with the document before it the name is clear."""
    found = project(tmp_path, TWO_DOCUMENTS)
    assert placed(found.rule_findings, found) == ["N105 12:16"]
    assert [each.values["name"] for each in found.rule_findings[0].related] == ["r1.t", "r2.t"]
    assert project(tmp_path / "b", TWO_DOCUMENTS.replace("mendukung: t", "mendukung: r2.t")).rule_findings == ()


def test_a_name_is_looked_up_in_the_document_that_is_referred_to(tmp_path: Path) -> None:
    """``merujuk`` makes clear which of the two is meant."""
    clear = TWO_DOCUMENTS.replace("berlaku: 2026", "berlaku: 2026\n    merujuk: r2")
    assert project(tmp_path, clear).rule_findings == ()


@pytest.mark.parametrize(
    ("rules", "names"),
    [
        (
            "formula f {\n    masukan: n\n    rumus: g(n)\n}\nformula g {\n    masukan: n\n    rumus: f(n)\n}\n",
            ("f", "g", "f"),
        ),
        ("peraturan p { diganti: p }\n", ("p", "p")),
        (
            "indikator i {\n    satuan: orang\n    rumus: j\n}\nindikator j {\n    satuan: orang\n    rumus: i\n}\n",
            ("i", "j", "i"),
        ),
    ],
)
def test_a_cycle_is_shown_edge_by_edge(tmp_path: Path, rules: str, names: tuple[str, ...]) -> None:
    """The first edge is the finding, every further one a related place."""
    found = [item for item in project(tmp_path, rules).rule_findings if item.code.name == "N104"]
    assert [item.values["names"] for item in found] == [names]
    assert len(found[0].related) == len(names) - 2


AGREEMENT = """\
indikator i "I" {
    satuan: persen
    arah: naik
    definisi: "D"
    sumber: "S"
}
sasaran s "S" { indikator: i }
metode m "M" {
    naik: capaian_naik
    | langkah | nilai         |
    | capaian | -             |
}
perjanjian_kinerja pk "PK" {
    tahun: 2024
    metode: m
    | sasaran | indikator | target |
    | s       | i         | 80     |
}
"""


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("| 80     |", "| 80     |", []),
        ("| 80     |", "| 80 orang |", ["U106 17:29"]),
        ("| 80     |", "| 5.300  |", ["T204 17:29"]),
        ("metode m", 'variabel v "V" { satuan: orang }\nmetode m', ["N103 8:10"]),
        ("| i         |", "| j         |", ["N101 17:17"]),
    ],
)
def test_agreements_are_checked(tmp_path: Path, before: str, after: str, expected: list[str]) -> None:
    """Targets are in the unit of their indicator, and what a folder with an agreement defines is used."""
    found = project(tmp_path, AGREEMENT.replace(before, after))
    assert placed(found.rule_findings, found) == expected


def test_the_order_of_files_changes_nothing(tmp_path: Path) -> None:
    """The same blocks under other file names give the same findings in the same order of their facts."""
    blocks = [indicator("a / bb × 100%"), "formula f {\n    masukan: n\n}\n", "peraturan p { diganti: p }\n"]
    told = []
    for number, order in enumerate(("abc", "cab", "bca")):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name, block in zip(order, blocks, strict=True):
            (folder / f"{name}.sakip").write_text(block, encoding="utf-8")
        found = Project(folder, Cache(None)).rule_findings
        told.append(sorted((item.code.name, repr(sorted(item.values.items()))) for item in found))
    assert told[0] == told[1] == told[2]
    assert [code for code, _ in told[0]] == ["N101", "N104", "T215"]


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ('formula f "F" {\n    masukan: a\n    rumus: a + qqq\n}\n', True),
        ('indikator i "I" {\n    satuan: orang\n    rumus: qqq\n}\n', False),
        ('indikator i "I" {\n    satuan: orang\n    penanggung_jawab: qqq\n}\n', False),
        ('sasaran s "S" { indikator: qqq }\n', False),
    ],
    ids=["formula", "indicator", "carrier", "list"],
)
def test_only_a_formula_is_told_of_its_inputs(tmp_path: Path, rules: str, told: bool) -> None:
    """Nothing else has a key for them."""
    (finding,) = (item for item in project(tmp_path, rules).rule_findings if item.code.name == "N101")
    assert ("masukan" in (catalog("id").advice(finding) or "")) == told
