"""Roots, lists, truths and circles are no figures: each says why, and nothing raises or is left as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.model.values import Reason
from tests.rules_support import placed, project

# In examples.


def formula(rule: str, given: dict[str, str], result: str) -> str:
    inputs = "; ".join(given)
    values = "".join(f"        {name}: {value}\n" for name, value in given.items())
    return (
        f"formula f {{\n    masukan: {inputs}\n    rumus: {rule}\n"
        f"    contoh {{\n{values}        hasil: {result}\n    }}\n}}\n"
    )


def category(value: str) -> str:
    return (
        "kategori k {\n    satuan: angka\n    | rentang | predikat |\n    | ≥ 50 | Baik |\n"
        f"    contoh {{\n        nilai: {value}\n        hasil: Baik\n    }}\n}}\n"
    )


def why(finding: Diagnostic | None) -> str | None:
    """The code of what stood in the way of an example; nothing where it passed."""
    if finding is None:
        return None
    reason = finding.values.get("reason")
    return reason.code.name if isinstance(reason, Reason) else finding.code.name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A number of decimals is one whole number that is known.
        (formula("bulat(n; d)", {"n": "4,55", "d": "1"}, "4,6"), None),
        (formula("bulat(n; d)", {"n": "4,55", "d": "tidak_ada"}, "4,6"), "M103"),
        (formula("bulat(n; d)", {"n": "4,55", "d": "tidak_ada"}, "tidak_ada"), None),
        (formula("bulat(n; d)", {"n": "4,55", "d": "tidak_berlaku"}, "tidak_berlaku"), None),
        (formula("bulat(n; rata_rata_ukur(d; 1))", {"n": "4,55", "d": "2"}, "4,6"), "M106"),
        (formula("bulat(n; rata_rata_ukur(d; 1))", {"n": "4,55", "d": "1"}, "4,6"), None),
        (formula("bulat(n; d)", {"n": "4,55", "d": "1,5"}, "4,6"), "T212"),
        (formula("bulat(n; d)", {"n": "4,55", "d": "13"}, "4,6"), "T212"),
        # One value is rounded or freed of its sign, never the first of a list.
        (formula("bulat(n; 1)", {"n": "4,55; 7"}, "4,6"), "M119"),
        (formula("potong(n; 1)", {"n": "4,55; 7"}, "4,5"), "M119"),
        (formula("mutlak(n)", {"n": "-4; 7"}, "4"), "M119"),
        (formula("mutlak(jumlah(n))", {"n": "-4; 7"}, "3"), None),
        (category("80; 90"), "M119"),
        (category("80 s.d 90"), "M119"),
        (category("80"), None),
        # A root is no number before it is rounded.
        (formula("rata_rata_tertimbang(rata_rata_ukur(n; m); m / m)", {"n": "2", "m": "1"}, "1"), "M106"),
        (formula("rata_rata_tertimbang(rata_rata_ukur(n; m); m / m)", {"n": "4", "m": "1"}, "2"), None),
        (formula("rata_rata_tertimbang(n; rata_rata_ukur(m; m + n))", {"n": "4", "m": "1"}, "4"), "M106"),
        # Nor is a truth.
        (formula("n > 3", {"n": "4"}, "1"), "M119"),
        (formula("(n > 3) × 100%", {"n": "4"}, "100%"), "M119"),
        (formula("bukan n > 3", {"n": "4"}, "1"), "M119"),
        (formula("n > 3 dan n < 5", {"n": "4"}, "1"), "M119"),
    ],
)
def test_an_example_that_gives_no_figure_says_why(tmp_path: Path, text: str, expected: str | None) -> None:
    """Beside each the nearest one that gives a figure."""
    [run] = project(tmp_path, text).run_examples().runs
    assert why(run.finding) == expected


# In an evaluation.

RULES = """\
formula akar {
    masukan: rencana; realisasi
    rumus: rata_rata_ukur(realisasi / rencana; 1) × 100%
}
formula benar {
    masukan: rencana; realisasi
    rumus: realisasi ≥ rencana
}
kategori k "K" {
    satuan: persen
    | rentang | predikat |
    | ≥ 50%   | A        |
    | < 50%   | B        |
}
metode m {
    naik: akar
    kategori: k
    | langkah   | nilai         |
    | capaian   | -             |
    | rata_rata | per_indikator |
}
indikator i "I" {
    satuan: angka
    arah: naik
}
perjanjian_kinerja pk {
    tahun: 2024
    metode: m
    | indikator | target | bobot |
    | i         | 80     | 1     |
}
"""
FIRST = "    | capaian   | -             |\n"
BANDED = "    kategori: k\n"


@pytest.mark.parametrize(
    ("before", "after", "realized", "expected"),
    [
        (BANDED, BANDED, "20", []),
        (BANDED, BANDED, "60", ["M106 9:10", "M106 20:5"]),
        (BANDED, "", "60", ["M106 19:5"]),
        (FIRST, f"{FIRST}    | pembulatan | 2 |\n", "60", []),
        (FIRST, f"{FIRST}    | batas_atas | 10% |\n", "60", ["M106 31:5"]),
        (FIRST, f"{FIRST}    | batas_atas | 10% |\n", "20", []),
        (FIRST, f"{FIRST}    | batas_bawah | 10% |\n", "60", ["M106 31:5"]),
        ("per_indikator", "tertimbang", "60", ["M106 9:10", "M106 20:5"]),
        ("naik: akar", "naik: benar", "60", ["M119 30:5"]),
    ],
)
@pytest.mark.parametrize("traced", [False, True])
def test_a_root_is_neither_capped_nor_looked_up_nor_averaged(
    tmp_path: Path, before: str, after: str, realized: str, expected: list[str], traced: bool
) -> None:
    """A quarter has the rational root one half; three quarters have none, and need a rounding step first."""
    assert before in RULES
    found = project(tmp_path, RULES.replace(before, after), f"2024;tahunan;i;{realized};\n")
    assert placed(found.evaluate(2024, traced=traced)[1], found) == expected


CIRCLE = """\
variabel v { satuan: orang }
indikator i "I" {
    satuan: orang
    arah: naik
    rumus: j + v
}
indikator j "J" {
    satuan: orang
    rumus: i
}
metode m {
    naik: capaian_naik
    | langkah   | nilai         |
    | capaian   | -             |
    | rata_rata | per_indikator |
}
perjanjian_kinerja pk {
    tahun: 2024
    metode: m
    | indikator | target |
    | i         | 5      |
}
"""


@pytest.mark.parametrize(
    ("data", "status", "codes"),
    [
        ("2024;tahunan;v;3;\n", "tidak_terhitung", ["N104"]),
        ("2024;tahunan;v;3;\n2024;tahunan;j;4;\n", "final", []),
        ("2024;tahunan;i;4;\n", "final", []),
    ],
)
@pytest.mark.parametrize("traced", [False, True])
def test_what_follows_from_itself_has_no_figure_unless_it_was_measured(
    tmp_path: Path, data: str, status: str, codes: list[str], traced: bool
) -> None:
    """The circle is an error of the rules; the evaluation ends, and uses what stands in the data."""
    found = project(tmp_path, CIRCLE, data)
    assert placed(found.rule_findings, found) == ["N104 5:12"]
    evaluation, findings = found.evaluate(2024, traced=traced)
    assert evaluation is not None
    achievement = evaluation.indicators[0].achievement.value
    assert (achievement.status.value, [item.code.name for item in findings]) == (status, codes)


@pytest.mark.parametrize(("count", "code"), [(12, "C101"), (25, "C103")])
def test_formulas_that_double_their_calls_are_cut_off(tmp_path: Path, count: int, code: str) -> None:
    """Twelve such formulas call 8,191 times, which is still calculated; twenty-five would call 33 million times."""
    text = "formula f0 {\n    masukan: n\n    rumus: n\n}\n" + "".join(
        f"formula f{k} {{\n    masukan: n\n    rumus: f{k - 1}(n) + f{k - 1}(n)\n}}\n" for k in range(1, count + 1)
    )
    asked = text + formula(f"f{count}(n)", {"n": "1"}, "0").replace("formula f ", "formula g ")
    finding = project(tmp_path, asked).run_examples().runs[0].finding
    assert finding is not None
    assert finding.code.name == code
    if code == "C101":
        assert finding.values["found"].number == 2**count  # type: ignore[attr-defined]
    else:
        assert finding.values["reason"].code.name == "S204"  # type: ignore[attr-defined]


CHAIN = """\
metode m {{
    naik: capaian_naik
    | langkah | nilai |
    | capaian | -     |
}}
perjanjian_kinerja pk {{
    tahun: 2024
    metode: m
    | indikator | target |
{rows}
}}
"""


def chain(length: int, promised: list[int]) -> str:
    """Indicators that each follow from the next, of which some are promised."""
    indicators = [
        f"indikator i{k} {{\n    satuan: angka\n    rumus: i{k + 1}\n    arah: naik\n}}\n" for k in range(length)
    ]
    last = f"indikator i{length} {{\n    satuan: angka\n    arah: naik\n}}\n"
    rows = "\n".join(f"    | i{k} | 4 |" for k in promised)
    return "".join(indicators) + last + CHAIN.format(rows=rows)


@pytest.mark.parametrize("length", [1, 50, 2_000])
def test_a_chain_of_indicators_may_be_of_any_length(tmp_path: Path, length: int) -> None:
    """What an indicator follows from is found before it."""
    evaluation, findings = project(tmp_path, chain(length, [0]), f"2024;tahunan;i{length};3;\n").evaluate(2024)
    assert evaluation is not None
    assert (evaluation.indicators[0].achievement.value.number, findings) == (75, ())


@pytest.mark.parametrize("promised", [[0, 500], [500, 0]])
def test_the_order_of_rows_decides_nothing_along_a_chain(tmp_path: Path, promised: list[int]) -> None:
    """The one at the beginning and the one in the middle follow from the same datum."""
    evaluation, findings = project(tmp_path, chain(1_000, promised), "2024;tahunan;i1000;3;\n").evaluate(2024)
    assert evaluation is not None
    assert ({each.achievement.value.number for each in evaluation.indicators}, findings) == ({75}, ())


def test_a_long_circle_of_indicators_is_a_finding_and_no_fault(tmp_path: Path) -> None:
    """Five hundred that lead back to the first."""
    last = "indikator i500 {\n    satuan: angka\n"
    text = chain(500, [0]).replace(last, f"{last}    rumus: i0\n")
    found = project(tmp_path, text, "2023;tahunan;i0;3;\n")
    evaluation, findings = found.evaluate(2024)
    assert evaluation is not None
    assert evaluation.indicators[0].achievement.value.number is None
    assert [item.code.name for item in findings] == ["N104"]
    assert [item.code.name for item in found.rule_findings] == ["N104"]
