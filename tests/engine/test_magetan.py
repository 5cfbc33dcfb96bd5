"""The figures of the Magetan report of 2024, by its own rules, and what it printed instead."""

from __future__ import annotations

import shutil
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from sakip_rules import Project
from sakip_rules.cache import Cache
from sakip_rules.engine.bands import band_of
from sakip_rules.model import program as p
from sakip_rules.model.results import Evaluation
from sakip_rules.model.units import RATIO
from sakip_rules.model.values import Value

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture(scope="module")
def magetan() -> Project:
    return Project(RULES / "magetan" / "dinsos", Cache(None))


@pytest.fixture(scope="module")
def evaluation(magetan: Project) -> Evaluation:
    found, findings = magetan.evaluate(2024)
    assert findings == ()
    assert found is not None
    return found


def test_every_indicator_has_its_achievement_and_category(evaluation: Evaluation) -> None:
    """Tabel 3.2 by the formulas of LAN 239/2003 and the % column of Tabel 3.1."""
    assert [
        (
            each.indicator.name,
            each.achievement.value.number,
            each.achievement.category and each.achievement.category.label,
        )
        for each in evaluation.indicators
    ] == [
        ("perlindungan_jaminan_sosial", Fraction("100"), "Sangat Berhasil"),
        ("rehabilitasi_sosial", Fraction("92.5"), "Berhasil"),
        ("pemberdayaan_sosial", Fraction("95"), "Berhasil"),
        ("psks_aktif", Fraction("100"), "Sangat Berhasil"),
        ("nilai_sakip", Fraction("108.62"), "Sangat Berhasil"),
        ("ikm_dinsos", Fraction("100.11"), "Sangat Berhasil"),
    ]


def test_both_averages_are_given_with_their_names(evaluation: Evaluation) -> None:
    """Per indicator and per objective, both Berhasil."""
    assert [
        (each.kind, each.achievement.value.number, each.achievement.category and each.achievement.category.label)
        for each in evaluation.averages
    ] == [("per_indikator", Fraction("99.37"), "Berhasil"), ("per_sasaran", Fraction("98.37"), "Berhasil")]


def test_the_printed_figures_that_the_rules_do_not_give_are_findings(magetan: Project) -> None:
    """96 for 95, Berhasil at 100%, 99,54 for 99,37, and what stands on them; numbers and a budget printed twice.

    Each is counted once for each table and sentence that prints it.
    """
    found = [(item.code.name, item.values) for item in magetan.validate()]
    assert Counter((name, facts["printed"], facts["found"]) for name, facts in found if name[0] == "V") == {
        ("V102", "Berhasil", "Sangat Berhasil"): 19,
        ("V101", Fraction(96), Fraction(95)): 7,
        ("V101", Fraction(100), Fraction("108.44")): 1,
        ("V106", Fraction("0.66"), Fraction("-0.38")): 1,
        ("V106", Fraction("3.4"), Fraction("2.54")): 1,
        ("V106", Fraction("1.93"), Fraction("2.54")): 1,
        ("V105", Fraction("99.54"), Fraction("99.37")): 2,
    }
    others = [(name, dict(facts)) for name, facts in found if name[0] in "DR"]
    assert [(name, facts["name"]) for name, facts in others if name == "D101"] == [
        ("D101", "nilai_sakip"), ("D101", "ikm_dinsos"), ("D101", "kesejahteraan_ppks"),
    ]  # fmt: skip
    assert [item for item in others if item[0] not in ("D101", "R133")] == [
        ("D224", {"number": "2.3"}),
        ("D224", {"number": "3.9"}),
        ("R119", {"name": "bencana", "found": 175_000_000, "expected": 75_000_000}),
    ]


def test_the_printed_average_stands_on_the_printed_96(tmp_path: Path) -> None:
    """A realization of 0,0384, which prints as 0,038, gives 96 in the place of 95, and then 99,54 and 98,57."""
    folder = tmp_path / "dinsos"
    shutil.copytree(RULES / "magetan" / "dinsos", folder)
    data = folder / "realisasi_2024.csv"
    text = data.read_text(encoding="utf-8")
    assert text.count(";0,038;") == 1
    data.write_text(text.replace(";0,038;", ";0,0384;"), encoding="utf-8")
    found, findings = Project(folder, Cache(None)).evaluate(2024)
    assert findings == ()
    assert found is not None
    assert found.indicators[2].achievement.value.number == 96
    assert {each.kind: each.achievement.value.number for each in found.averages} == {
        "per_indikator": Fraction("99.54"),
        "per_sasaran": Fraction("98.57"),
    }


@pytest.mark.parametrize("folder", ["nasional", "magetan/dinsos"])
def test_every_example_of_the_rules_holds_and_leaves_nothing_out(folder: str) -> None:
    """Each formula, branch and band is reached by an example."""
    report = Project(RULES / folder, Cache(None)).run_examples()
    assert [run.example.label for run in report.runs if not run.passed] == []
    assert report.unreached == ()
    assert len(report.runs) > 15


@pytest.mark.parametrize(
    ("category", "value", "expected"),
    [
        ("capaian_kinerja", "99.995", "Sangat Berhasil"),
        ("capaian_kinerja", "99.994", "Berhasil"),
        ("predikat_sakip", "80", "BB"),
        ("predikat_sakip", "80.01", "A"),
        ("mutu_pelayanan", "88.305", "A"),
        ("mutu_pelayanan", "88.30", "B"),
    ],
)
def test_bands_are_looked_up_after_their_rounding(magetan: Project, category: str, value: str, expected: str) -> None:
    """99,995 is 100,00; 80,00 is BB; 88,305 is 88,31."""
    found = next(item for item in magetan.program.all(p.Category) if item.name == category)
    unit = magetan.program.measure(found.unit) or RATIO
    band = band_of(found, Value(Fraction(value), unit), magetan.program.units)
    assert isinstance(band, p.Band)
    assert band.label.split()[0] == expected.split()[0]
