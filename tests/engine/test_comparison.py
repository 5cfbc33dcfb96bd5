"""Years side by side: what an indicator continues, its changes, and what cannot be compared."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from sakip_rules import Project
from sakip_rules.cache import Cache
from sakip_rules.model.results import Comparison
from sakip_rules.model.values import Status, Value
from tests.rules_support import project

MAGETAN = Path(__file__).parents[2] / "rules" / "magetan" / "dinsos"


@pytest.fixture(scope="module")
def magetan() -> Comparison:
    found = Project(MAGETAN, Cache(None)).compare(2024, (2022, 2023))
    assert found is not None
    return found


def shown(value: Value | None) -> str:
    return "" if value is None else str(float(value.fraction)) if value.known else value.status.value


def test_three_years_stand_side_by_side(magetan: Comparison) -> None:
    """Tabel 3.3: target, realization and achievement; Nilai SAKIP of 2022 and 2023 was measured but not promised."""
    rows = {
        row.indicator.name: {
            year: (
                "" if figure.target is None else str(float(figure.target.number)),  # type: ignore[union-attr]
                shown(figure.realization.value),
                shown(figure.achievement and figure.achievement.value),
            )
            for year, figure in row.figures.items()
        }
        for row in magetan.rows
    }
    assert list(rows)[:7] == [
        "disabilitas_terlantar", "anak_terlantar", "lansia_terlantar", "tuna_sosial", "korban_bencana",
        "lembaga_sosial", "ikm_lama",
    ]  # fmt: skip
    assert rows["lembaga_sosial"] == {2022: ("100.0", "100.0", "100.0"), 2023: ("100.0", "98.1", "98.1")}
    assert rows["nilai_sakip"] == {2022: ("", "77.7", ""), 2023: ("", "82.4", ""), 2024: ("85.0", "92.33", "108.62")}
    assert rows["ikm_dinsos"] == {
        2022: ("84.0", "84.47", "100.56"),
        2023: ("84.0", "87.33", "103.96"),
        2024: ("87.35", "87.45", "100.11"),
    }
    assert rows["psks_aktif"] == {2024: ("5.3", "5.3", "100.0")}


def test_a_renamed_indicator_is_compared_under_both_names(magetan: Comparison) -> None:
    """The satisfaction index rose by 0,12 while its achievement fell by 3,85 percentage points."""
    row = next(row for row in magetan.rows if row.indicator.name == "ikm_dinsos")
    assert row.figures[2023].indicator.name == "ikm_lama"
    assert [shown(each) for each in (row.realization.relative, row.realization.difference)] == ["0.14", "0.12"]
    assert [shown(each) for each in (row.achievement.relative, row.achievement.difference)] == ["-3.7", "-3.85"]
    assert [str(each.difference.measure) for each in (row.realization, row.achievement)] == ["angka", "poin_persen"]


def test_what_continues_nothing_cannot_be_compared(magetan: Comparison) -> None:
    """That is a result of its own, with its reason."""
    row = next(row for row in magetan.rows if row.indicator.name == "psks_aktif")
    change = row.achievement.difference
    assert (change.status, change.number) == (Status.NOT_COMPARABLE, None)
    assert change.reason
    assert change.reason.code.name == "M123"
    assert change.reason.values == {"name": "psks_aktif", "year": 2024, "before": 2023}


def test_averages_are_compared_with_those_of_the_year_before(magetan: Comparison) -> None:
    """99,37 after 100,29 by indicator, and 98,37 after 100,69 by objective."""
    assert {kind: shown(change.difference) for kind, change in magetan.averages.items()} == {
        "per_indikator": "-0.92",
        "per_sasaran": "-2.32",
    }


RULES = """\
indikator a "A" {
    satuan: persen
    arah: naik
    CONTINUES
}
indikator b "B" {
    satuan: persen
    arah: naik
    meneruskan: a
}
metode m "M" {
    naik: capaian_naik
    perubahan: perubahan_persen
    selisih: perubahan_poin
    realisasi_tidak_ada: tanpa_capaian
    | langkah    | nilai |
    | capaian    | -     |
    | pembulatan | 2     |
}
sasaran s "S" { indikator: a; b }
perjanjian_kinerja pk_2023 "2023" {
    tahun: 2023
    metode: m
    | sasaran | indikator | target |
    | s       | a         | 10     |
}
perjanjian_kinerja pk_2024 "2024" {
    tahun: 2024
    metode: m
    | sasaran | indikator | target |
    | s       | b         | 10     |
}
"""


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("2023;;a;8;\n2024;;b;10;\n", ("25.0", "2.0", "25.0", "20.0")),
        ("2023;;a;10;\n2024;;b;10;\n", ("0.0", "0.0", "0.0", "0.0")),
        ("2023;;a;0;\n2024;;b;10;\n", ("tidak_terhitung", "10.0", "tidak_terhitung", "100.0")),
        ("2023;;a;;tidak_ada\n2024;;b;10;\n", ("tidak_ada",) * 4),
        ("2024;;b;10;\n", ("tidak_ada",) * 4),
        ("2023;;a;8;\n2024;;b;;tidak_berlaku\n", ("tidak_berlaku",) * 4),
    ],
)
def test_nothing_is_taken_for_zero_in_a_change(tmp_path: Path, data: str, expected: tuple[str, ...]) -> None:
    """Zero before has a difference and no percentage; missing stays missing, not applicable stays so."""
    found = project(tmp_path, RULES.replace("    CONTINUES\n", ""), data).compare(2024)
    assert found
    row = next(row for row in found.rows if row.indicator.name == "b")
    changes = (
        row.realization.relative,
        row.realization.difference,
        row.achievement.relative,
        row.achievement.difference,
    )
    assert tuple(shown(each) for each in changes) == expected


def test_indicators_that_continue_each_other_come_to_an_end(tmp_path: Path) -> None:
    """A circle of names is no endless chain; each is found in the other."""
    found = project(tmp_path, RULES.replace("CONTINUES", "meneruskan: b"), "2023;;a;8;\n2024;;b;10;\n").compare(2024)
    assert found
    assert {row.indicator.name: row.realization.difference.number for row in found.rows} == {"b": Fraction(2)}


def test_a_year_without_an_agreement_has_no_comparison(tmp_path: Path) -> None:
    assert project(tmp_path, RULES.replace("    CONTINUES\n", ""), "2024;;b;10;\n").compare(2020) is None
