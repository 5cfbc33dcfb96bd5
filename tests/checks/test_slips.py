"""Slips that a repair mends, wherever they stand, and what is found in every kind of document alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from sakip_rules import Project
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.cache import Cache
from tests.rules_support import placed, project
from tests.running import write

INDICATOR = 'indikator i "I" { satuan: orang }\n'
VARIABLES = """\
variabel a "A" { satuan: orang }
variabel k "K" { satuan: keluarga }
variabel q "Q" { satuan: persen }
"""


def calculated(rule: str, unit: str) -> str:
    return f'{VARIABLES}indikator i "I" {{\n    satuan: {unit}\n    rumus: {rule}\n}}\n'


def table(head: str, heading: str, row: str) -> str:
    """A document with a table of one row, which stands in line 5."""
    return f"{INDICATOR}{head}\n    {heading}\n    {row}\n}}\n"


def mended(text: str, finding: Diagnostic) -> str:
    """A rule text with the repair of a finding of its only file."""
    assert finding.repair is not None
    span = finding.repair.span
    return text[: span.start] + finding.repair.text + text[span.end :]


def of_code(found: Project, code: str) -> tuple[Diagnostic, ...]:
    return tuple(item for item in found.rule_findings if item.code.name == code)


# Units that nobody knows.

PLANNED = "renstra r {\n    berlaku: 2024"
AGREED = "perjanjian_kinerja pk {\n    tahun: 2024"
METHOD = """\
metode m {
    naik: capaian_naik
    realisasi_tidak_ada: 0%
    | langkah    | nilai |
    | capaian    | -     |
    | batas_atas | 100%  |
}
"""

UNKNOWN: list[tuple[str, str]] = [
    ("variabel v { satuan: orng }\n", "U101 1:22"),
    (calculated("a + 5 orng", "orang"), "U101 6:18"),
    ("formula f {\n    masukan: n orng\n    rumus: n\n}\n", "U101 2:16"),
    (table(PLANNED, "| indikator | 2024 |", "| i | 80 orng |"), "U101 5:14"),
    (table(AGREED, "| indikator | target |", "| i | 80 orng |"), "U101 5:14"),
    (table(AGREED, "| indikator | target | tw1 |", "| i | 80 | 20 orng |"), "U101 5:19"),
    (table(AGREED, "| indikator | target | awal |", "| i | 80 | 20 orng |"), "U101 5:19"),
    (
        table(AGREED, "| nomor | nama | uraian | target |", '| 1 | prog | "P" | 12 orng |'),
        "U101 5:27",
    ),
    ("kategori k {\n    satuan: orang\n    | rentang | predikat |\n    | ≥ 5 orang | Baik |\n"
     "    | < 5 orang | Kurang |\n    contoh {\n        nilai: 6 orng\n        hasil: Baik\n    }\n}\n", "U101 7:18"),
    (METHOD.replace("0%\n", "0 persn\n"), "U101 3:28"),
    (METHOD.replace("| 100%  |", "| 100 persn |"), "U101 6:24"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), UNKNOWN)
def test_an_unknown_unit_is_mended_where_it_stands(tmp_path: Path, text: str, expected: str) -> None:
    """In a key, a formula, a table or an example the unit is the place, and the number beside it stays."""
    found = project(tmp_path / "salah", text)
    [finding] = of_code(found, "U101")
    assert placed((finding,), found) == [expected]
    assert finding.near in ("orang", "persen")
    repaired = mended(text, finding)
    assert repaired == text.replace("orng", "orang").replace("persn", "persen")
    assert of_code(project(tmp_path / "betul", repaired), "U101") == ()


@pytest.mark.parametrize("target", ["80 s.d 90 orng", "80 orng s.d 90", "80 orng s.d 90 orng"])
def test_an_unknown_unit_of_a_range_is_shown_and_left_to_the_writer(tmp_path: Path, target: str) -> None:
    """The unit may stand at either bound, so that no single place can be mended."""
    text = f"{INDICATOR}renstra r {{\n    berlaku: 2024\n    | indikator | 2024 |\n    | i | {target} |\n}}\n"
    found = project(tmp_path, text)
    [finding] = of_code(found, "U101")
    assert (placed((finding,), found), finding.near, finding.repair) == (["U101 5:11"], "orang", None)


# Bare numbers.


@pytest.mark.parametrize(
    ("rule", "unit", "expected", "repair"),
    [
        ("a + 5", "orang", [], None),
        ("a + -5", "orang", [], None),
        ("-5 + a", "orang", [], None),
        ("-5", "orang", [], None),
        ("q + 0", "persen", [], None),
        ("q + 5", "persen", ["U102 6:16"], "q + 5%"),
        ("q + -5", "persen", ["U102 6:17"], "q + -5%"),
        ("a + (2 + 3)", "orang", ["U102 6:12"], None),
    ],
)
def test_a_bare_number_takes_the_unit_beside_it_whatever_its_sign(
    tmp_path: Path, rule: str, unit: str, expected: list[str], repair: str | None
) -> None:
    """Beside a percentage it does not, since it may be a slip for one; zero is zero in every unit."""
    text = calculated(rule, unit)
    found = project(tmp_path, text)
    assert placed(found.rule_findings, found) == expected
    if repair is not None:
        assert mended(text, found.rule_findings[0]) == calculated(repair, unit)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("n > 5", []),
        ("n > -5", []),
        ("a ≥ 5 orang", []),
        ("a ≥ -5 orang", []),
        ("q ≤ 5%", []),
        ("a > k", ["U102 4:7"]),
        ("n > a", ["U102 4:7"]),
        ("q ≤ 5", ["U102 4:11"]),
        ("q ≤ -5", ["U102 4:12"]),
        ("n > 5 dan a = k", ["U102 4:17"]),
        ("n > 5 atau bukan a = k", ["U102 4:24"]),
    ],
)
def test_both_sides_of_a_comparison_have_one_unit(tmp_path: Path, condition: str, expected: list[str]) -> None:
    """Also behind `dan`, `atau` and `bukan`; a bare percentage is an error as in a sum."""
    text = (
        "formula f {\n    masukan: n; a orang; k keluarga; q persen\n    | bila | hasil |\n"
        f"    | {condition} | 1% |\n    | selain itu | 0% |\n}}\n"
    )
    found = project(tmp_path, text)
    assert placed(found.rule_findings, found) == expected


# Functions and formulas.


@pytest.mark.parametrize(
    ("rule", "meant"),
    [
        ("capaian_nai(a; a)", "capaian_naik(a; a)"),
        ("sndiri(a) × 100%", "sendiri(a) × 100%"),
        ("jumla(a) / a × 100%", "jumlah(a) / a × 100%"),
        ("xyzzy(a)", None),
    ],
)
def test_a_misspelt_call_comes_with_the_likely_function_or_formula(
    tmp_path: Path, rule: str, meant: str | None
) -> None:
    """Of the language, of the library and of the folder; what is like none comes with nothing."""
    own = "formula sendiri {\n    masukan: n\n    rumus: n / n\n}\n"
    text = calculated(rule, "persen") + own
    found = project(tmp_path / "salah", text)
    [finding] = found.rule_findings
    assert finding.code.name == "N107"
    if meant is None:
        assert (finding.near, finding.repair) == (None, None)
    else:
        assert mended(text, finding) == calculated(meant, "persen") + own
        assert project(tmp_path / "betul", mended(text, finding)).rule_findings == ()


# Unused definitions.

UNUSED = {
    "variabel": "variabel x1 { satuan: orang }\n",
    "formula": "formula x1 {\n    masukan: n\n    rumus: n\n}\n",
    "kategori": "kategori x1 {\n    satuan: angka\n    | rentang | predikat |\n"
    "    | ≥ 5 | Baik |\n    | < 5 | Kurang |\n}\n",
    "skala": "skala x1 {\n    | peringkat | predikat |\n    | 1 | Baik |\n}\n",
    "indeks": "indeks x1 {\n    rumus: jumlah(unsur)\n    | unsur | bobot |\n    | p1 | 1 |\n}\n",
    "metode": "metode x1 {\n    naik: capaian_naik\n    | langkah | nilai |\n    | capaian | - |\n}\n",
}
REPORT = 'laporan l "L" { tahun: 2024 }\n'


@pytest.mark.parametrize("kind", UNUSED)
def test_what_nothing_uses_is_told_where_a_folder_reports(tmp_path: Path, kind: str) -> None:
    """A folder without a report or an agreement is a library, in which it is for others to use."""
    found = project(tmp_path / "laporan", UNUSED[kind] + REPORT)
    assert [(item.code.name, item.values["kind"], item.is_error) for item in found.rule_findings] == [
        ("N103", kind, False)
    ]
    assert project(tmp_path / "pustaka", UNUSED[kind]).rule_findings == ()


# Targets.


@pytest.mark.parametrize("document", ["perjanjian_kinerja", "renja", "rencana_aksi"])
@pytest.mark.parametrize(("target", "expected"), [("80", []), ("80 orang", ["U106 5:11"]), ("5.300", ["T204 5:11"])])
def test_targets_fit_their_indicator_in_every_document(
    tmp_path: Path, document: str, target: str, expected: list[str]
) -> None:
    """Their unit is that of the indicator, and 5.300 is no percentage."""
    text = (
        'indikator i "I" { satuan: persen }\n'
        f"{document} d {{\n    tahun: 2024\n    | indikator | target |\n    | i | {target} |\n}}\n"
    )
    found = project(tmp_path, text)
    assert [each for each in placed(found.rule_findings, found) if not each.startswith(("D10", "D210"))] == expected


# Documents that lead back to themselves.


def document(head: str, *lines: str) -> str:
    """A document of 2024 with some further keys, from line 3 on."""
    return "\n    ".join((f"{head} {{", "tahun: 2024", *lines)) + "\n}\n"


REVISED = ("alasan: perubahan_prioritas", "ditetapkan: 4 Mei 2024")


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        (document("renja r", "merujuk: b") + document("anggaran b", "merujuk: r"), ["3:14", "7:14"]),
        (document("renja r", "mengubah: b", *REVISED) + document("renja b", "mengubah: r", *REVISED), ["3:15", "9:15"]),
        (document("rencana_aksi d", "merujuk: r") + document("renja r", "merujuk: r"), ["7:14"]),
    ],
)
def test_documents_that_lead_back_to_themselves_are_a_cycle(tmp_path: Path, text: str, edges: list[str]) -> None:
    """By what they refer to and by what they revise; what only leads into the cycle is no edge of it."""
    found = project(tmp_path, text)
    [finding] = of_code(found, "N104")
    assert finding.span is not None
    spans = [finding.span, *(item.span for item in finding.related)]
    assert ["{}:{}".format(*found.sources[span.path].position(span.start)) for span in spans] == edges


# Names of several kinds.


def test_a_reference_means_what_is_of_its_kind(tmp_path: Path) -> None:
    """An indicator that stands by itself does not hide the objective of a plan that has the same name."""
    text = """\
indikator s "I" { satuan: persen }
renstra r "R" {
    berlaku: 2024
    sasaran s "S" { indikator: s }
}
renstra r2 "R2" {
    berlaku: 2025
    mendukung: s
}
"""
    found = project(tmp_path, text)
    assert found.rule_findings == ()
    plan = found.program.find("r2")[0]
    assert found.program.target(plan.supports[0]).path == "r.s"  # type: ignore[attr-defined]


def test_a_formula_reads_what_the_folder_measures_before_its_library(tmp_path: Path) -> None:
    """An indicator of the folder comes before a variable of the library that has the same name."""
    write(tmp_path / "pustaka", {"b.sakip": "variabel d { satuan: keluarga }\n"})
    own = "indikator d { satuan: orang }\nindikator i {\n    satuan: orang\n    rumus: d + 5 orang\n}\n"
    settings = 'bahasa = 1\npustaka = ["../pustaka", "nasional"]\n'
    write(tmp_path / "folder", {"a.sakip": own, "sakip.toml": settings})
    found = Project(tmp_path / "folder", Cache(None))
    assert found.rule_findings == ()
    assert found.program.measured("d") is found.program.find("d")[0]


# Formulas of formulas.


def test_formulas_that_call_each_other_again_and_again_are_followed_once(tmp_path: Path) -> None:
    """The unit goes through eighteen levels of three calls each, which are 387 million if each is followed anew."""
    levels = "".join(
        f"formula f{level} {{\n    masukan: n\n    rumus: {' + '.join([f'f{level - 1}(n)'] * 3)}\n}}\n"
        for level in range(1, 19)
    )
    text = calculated("f18(a)", "persen") + "formula f0 {\n    masukan: n\n    rumus: n + n\n}\n" + levels
    found = project(tmp_path, text)
    assert placed(found.rule_findings, found) == ["U105 6:12"]
    assert found.rule_findings[0].values["unit"] == "orang"
