"""The efficiency of objectives (PMK 214/2017): each budget once, achievements rounded before they enter."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from sakip_rules import Project
from sakip_rules.cache import Cache
from sakip_rules.engine.scalar import Scope, evaluate_body
from sakip_rules.model.results import Efficiencies
from sakip_rules.model.units import PERCENT, Measure
from sakip_rules.model.values import Status, Value
from tests.rules_support import placed, project

MAGETAN = Path(__file__).parents[2] / "rules" / "magetan" / "dinsos"
RUPIAH = Measure((("rupiah", 1),))


def efficiencies(found: Project) -> Efficiencies:
    evaluation, _ = found.evaluate(2024)
    assert evaluation is not None
    assert evaluation.efficiencies is not None
    return evaluation.efficiencies


def numbers(*values: Value) -> list[str]:
    return [str(float(value.fraction)) if value.known else value.status.value for value in values]


def changed(folder: Path, file: str, before: str, after: str) -> Project:
    """The rules of Magetan with one thing written otherwise."""
    target = folder / "dinsos"
    shutil.copytree(MAGETAN, target)
    text = (target / file).read_text(encoding="utf-8")
    assert text.count(before) == 1
    (target / file).write_text(text.replace(before, after), encoding="utf-8")
    return Project(target, Cache(None))


def test_each_objective_has_the_budget_of_the_programmes_that_support_it() -> None:
    """Tabel 3.9 (Efisiensi): programme 2 is shared by objectives 3 and 4, programmes 1 and 6 are both for the fifth."""
    found = efficiencies(Project(MAGETAN, Cache(None)))
    assert [
        (each.objective and each.objective.name, [row.number for row in each.programs],
         int(each.budget.fraction), int(each.absorbed.fraction), *numbers(each.absorption, *each.by_indicator))
        for each in found.objectives
    ] == [
        ("s1", ["4", "5"], 6_093_000_000, 6_039_702_096, "99.13", "0.87"),
        ("s2", ["3"], 2_510_000_000, 2_209_049_920, "88.01", "4.85"),
        ("s3", ["2"], 145_000_000, 138_280_100, "95.37", "-0.38"),
        ("s4", ["2"], 10_147_000_000, 10_089_716_200, "99.44", "0.56"),
        ("s5", ["1", "6"], 5_280_862_284, 5_118_113_054, "96.92", "10.77", "3.19"),
    ]  # fmt: skip


def test_in_total_a_shared_budget_counts_once_with_the_mean_achievement_not_rounded_again() -> None:
    """104,365 for the fifth objective; the sums are those of Tabel 3.9 (Realisasi Anggaran)."""
    found = efficiencies(Project(MAGETAN, Cache(None)))
    assert found.objectives[4].achievement.number == Fraction("104.365")
    assert (found.budget.number, found.absorbed.number) == (24_175_862_284, 23_594_861_370)
    assert numbers(found.absorption, found.total) == ["97.6", "2.54"]


def test_the_printed_total_counts_the_fifth_budget_twice() -> None:
    """Six rows in the place of five, with the printed 96, give the printed 3,40 by the same formula."""
    found = Project(MAGETAN, Cache(None))
    formula = found.program.formula("efisiensi_total")
    assert formula is not None
    rows = [
        (each.budget, each.absorbed, result.achievement.value)
        for each in efficiencies(found).objectives
        for result in each.results
    ]
    budgets, spent, achieved = (tuple(column) for column in zip(*rows, strict=True))
    printed = tuple(Value(Fraction(96), PERCENT) if each.number == 95 else each for each in achieved)
    scope = Scope({}, found.functions, found.program.units, found.program.formula)
    inputs = {"anggaran": budgets, "serapan": spent, "capaian": printed}
    assert numbers(evaluate_body(formula, inputs, scope)) == ["3.4"]


def test_unrounded_achievements_give_other_figures(tmp_path: Path) -> None:
    """Without the rounding step of the method, 10,78 and 2,55 in the place of 10,77 and 2,54."""
    steps = "| capaian    | -             |\n    | pembulatan | 2             |\n"
    found = efficiencies(changed(tmp_path, "kriteria.sakip", steps, steps.split("\n")[0] + "\n"))
    assert numbers(*found.objectives[4].by_indicator, found.total) == ["10.78", "3.19", "2.55"]


def test_the_printed_066_stands_on_the_printed_96(tmp_path: Path) -> None:
    """A realization of 0,0384, which prints as 0,038, gives an achievement of 96."""
    found = efficiencies(changed(tmp_path, "realisasi_2024.csv", ";0,038;", ";0,0384;"))
    assert numbers(*found.objectives[2].by_indicator) == ["0.66"]


RULES = """\
indikator i "I" {
    satuan: persen
    arah: naik
}
indikator j "J" {
    satuan: persen
    arah: naik
}
metode m "M" {
    naik: capaian_naik
    serapan: penyerapan
    efisiensi: efisiensi
    efisiensi_total: efisiensi_total
    realisasi_tidak_ada: tanpa_capaian
    | langkah    | nilai |
    | capaian    | -     |
    | pembulatan | 2     |
}
sasaran s "S" { indikator: i }
sasaran t "T" { indikator: j }
perjanjian_kinerja pk "PK" {
    tahun: 2024
    metode: m
    | sasaran | indikator | target |
    | s       | i         | 100    |
    | t       | j         | 50     |

    | nomor | nama | uraian     | pagu  | mendukung |
    | 1     | satu | Program I  | 1.000 | s; t      |
    | 2     | dua  | Program II | 500   | -         |
}
alokasi bagian "Bagian" {
    tahun: 2024
    | program | sasaran | pagu |
    | satu    | s       | 400  |
    | satu    | t       | 600  |
}
"""
DATA = "2024;;i;100;\n2024;;j;50;\n2024;;satu.serapan;900;\n2024;;satu.s.serapan;300;\n2024;;satu.t.serapan;600;\n"


def test_a_programme_that_supports_nothing_is_in_no_efficiency(tmp_path: Path) -> None:
    """25% and 0%; 1.000 in total, since the second programme is for no objective."""
    found = efficiencies(project(tmp_path, RULES, DATA))
    assert [numbers(*each.by_indicator) for each in found.objectives] == [["25.0"], ["0.0"]]
    assert numbers(found.budget, found.total) == ["1000.0", "10.0"]


@pytest.mark.parametrize(
    ("before", "after", "status", "expected"),
    [
        ("| 600  |\n", "| 500  |\n", "ok", ["D222 36:27"]),
        ("| satu    | t  ", "| satuu   | t  ", Status.MISSING, ["M122 29:43", "D221 36:7", "D222 35:27"]),
        ("| s; t      |", "| s         |", Status.MISSING, ["M121 26:5", "D223 36:17"]),
        ("    | satu    | t       | 600  |\n", "", Status.MISSING, ["M122 29:43", "D222 35:27"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_allocation_is_said_where_it_stands(
    tmp_path: Path, before: str, after: str, status: Status | str, expected: list[str]
) -> None:
    """A sum that is not the budget, an unknown programme, an objective that it does not support, a part missing."""
    assert before in RULES
    found = project(tmp_path, RULES.replace(before, after), DATA)
    assert sorted(item for item in placed(found.validate(), found) if item[0] in "DM") == sorted(expected)
    last = efficiencies(found).objectives[1]
    assert status in ("ok", last.budget.status)


def test_without_its_part_of_the_spending_an_objective_has_no_efficiency(tmp_path: Path) -> None:
    """Missing is not zero, and the total is missing with it."""
    found = efficiencies(project(tmp_path, RULES, DATA.replace("2024;;satu.t.serapan;600;\n", "")))
    assert [each.by_indicator[0].status for each in found.objectives] == [Status.FINAL, Status.MISSING]
    assert found.total.status is Status.MISSING


def test_a_budget_of_the_data_counts_and_its_difference_is_a_finding(tmp_path: Path) -> None:
    """Spending is measured against what the budget report says."""
    found = project(tmp_path, RULES, DATA + "2024;;dua.pagu;600;\n2024;;dua.serapan;300;\n")
    assert placed(found.validate(), found) == ["cara_merata_rata 23:13", "R119 7:16"]
    evaluation, _ = found.evaluate(2024)
    assert evaluation is not None
    assert numbers(evaluation.activities[1].budget, evaluation.activities[1].absorption) == ["600.0", "50.0"]
    assert evaluation.activities[1].budget.measure == RUPIAH
