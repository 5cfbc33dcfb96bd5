"""What becomes of targets and realizations under a method: figures, policies, statuses, and the reasons for none."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from sakip_rules.engine.functions import BUILT_IN
from sakip_rules.model.results import Evaluation
from sakip_rules.model.values import Quarter, Status, Value, absent
from tests.rules_support import placed, project

RULES = """\
formula sebaliknya "T/R" {
    masukan: rencana; realisasi
    rumus: rencana / realisasi × 100%
}
formula akar "Akar" {
    masukan: rencana; realisasi
    rumus: rata_rata_ukur(realisasi / rencana; 2) × 100% + 1%
}
formula bercabang "Tanpa selain itu" {
    masukan: rencana; realisasi
    | bila              | hasil |
    | realisasi > 1.000 | 100%  |
}
formula lain "Masukan lain" {
    masukan: rencana; bobotnya
    rumus: rencana / bobotnya × 100%
}
formula banyak "Daftar" {
    masukan: rencana; realisasi
    rumus: rencana / realisasi × 100%
}
kategori pita "Pita" {
    satuan: persen
    | rentang       | predikat |
    | 50% s.d 120%  | Cukup    |
}
skala opini "Opini" {
    | peringkat | predikat |
    | 4         | WTP      |
    | 3         | WDP      |
}
metode m "M" {
    naik: capaian_naik
    turun: capaian_turun
    LAIN
    | langkah    | nilai         |
    | capaian    | -             |
    | pembulatan | 2             |
    LANGKAH
    | rata_rata  | per_indikator |
    | pembulatan | 2             |
}
sasaran s "S" { indikator: i }
indikator i "I" {
    satuan: angka
    arah: naik
    ISI
}
perjanjian_kinerja pk "PK" {
    tahun: 2024
    metode: m
    | sasaran | indikator | target | KOLOM
    | s       | i         | TARGET | SEL
}
"""


def rules(target: str, more: str = "", steps: str = "", body: str = "", column: str = "", cell: str = "") -> str:
    """The rules with one indicator of a target, and what else a case needs."""
    text = RULES.replace("LAIN\n", more + "\n").replace("LANGKAH\n", steps + "\n").replace("ISI\n", body + "\n")
    return text.replace("TARGET", target).replace(" KOLOM", column).replace(" SEL", cell)


def evaluated(folder: Path, text: str, value: str, status: str = "") -> tuple[Evaluation, list[str]]:
    found = project(folder, text, f"2024;tahunan;i;{value};{status}\n")
    evaluation, findings = found.evaluate(2024)
    assert evaluation is not None
    return evaluation, [item.code.name for item in findings]


def number(value: object) -> Fraction | None:
    return value if isinstance(value, Fraction) else None


DOWN = ("arah: naik", "arah: turun")


@pytest.mark.parametrize(
    ("more", "direction", "target", "realized", "expected"),
    [
        ("", "naik", "0,28", "0,259", "92,5"),
        ("", "turun", "20", "10", "150"),
        ("", "turun", "20", "30", "50"),
        ("", "turun", "20", "45", "-25"),
        ("TURUN: sebaliknya", "turun", "20", "10", "200"),
        ("TURUN: sebaliknya", "turun", "20", "30", "66,67"),
        ("TURUN: sebaliknya", "turun", "20", "45", "44,44"),
        ("rentang: capaian_rentang", "rentang", "80 s.d 90", "92", "102,22"),
        ("rentang: capaian_rentang", "rentang", "80 s.d 90", "85", "100"),
        ("rentang: capaian_rentang", "rentang", "80 s.d 90", "72", "90"),
        ("tepat: capaian_tepat", "tepat", "90", "95", "94,74"),
    ],
)
def test_each_direction_uses_the_formula_that_its_method_names(
    tmp_path: Path, more: str, direction: str, target: str, realized: str, expected: str
) -> None:
    """Three formulas for lower is better are in official use; a range and an exact target have their own."""
    text = rules(target, "" if more.startswith("TURUN") else more).replace("arah: naik", f"arah: {direction}")
    if more.startswith("TURUN"):
        text = text.replace("turun: capaian_turun", "turun: sebaliknya")
    evaluation, findings = evaluated(tmp_path, text, realized)
    assert findings == []
    assert evaluation.indicators[0].achievement.value.number == Fraction(expected.replace(",", "."))


def test_a_baseline_measures_the_way_that_was_gone(tmp_path: Path) -> None:
    """From 200 to 0, 100 is half of the way."""
    text = rules("0", column=" awal |", cell=" 200 |").replace("turun: capaian_turun", "turun: capaian_dari_awal")
    evaluation, findings = evaluated(tmp_path, text.replace(*DOWN), "100")
    assert (evaluation.indicators[0].achievement.value.number, findings) == (50, [])


@pytest.mark.parametrize(("realized", "expected"), [("WTP", 100), ("WDP", 75), ("wdp", 75)])
def test_a_target_in_words_is_compared_by_rank(tmp_path: Path, realized: str, expected: int) -> None:
    """WTP is the fourth rank, WDP the third."""
    text = rules("WTP", "predikat: capaian_predikat", body="skala: opini")
    evaluation, findings = evaluated(tmp_path, text, realized)
    assert (evaluation.indicators[0].achievement.value.number, findings) == (expected, [])


@pytest.mark.parametrize(
    ("policy", "target", "realized", "expected", "codes"),
    [
        ("", "0", "5", None, ["M102"]),
        ("rencana_nol: tanpa_capaian", "0", "5", None, ["M105"]),
        ("rencana_nol: lewati", "0", "5", None, []),
        ("rencana_nol: 0%", "0", "5", 0, []),
        ("rencana_nol: capaian_rencana_nol", "0", "0", 100, []),
        ("rencana_nol: capaian_rencana_nol", "0", "5", 0, []),
        ("rencana_nol: tanpa_capaian", "1", "5", 500, []),
    ],
)
def test_a_zero_target_follows_the_policy_of_the_method(
    tmp_path: Path, policy: str, target: str, realized: str, expected: int | None, codes: list[str]
) -> None:
    """No achievement, left out, a fixed one, or one by a formula; without a policy it cannot be calculated."""
    evaluation, findings = evaluated(tmp_path, rules(target, policy), realized)
    assert (number(evaluation.indicators[0].achievement.value.number), findings) == (expected, codes)


@pytest.mark.parametrize(
    ("policy", "status", "expected", "word", "codes"),
    [
        ("", "tidak_ada", None, "tidak_ada", ["M103"]),
        ("realisasi_tidak_ada: tanpa_capaian", "tidak_ada", None, "tidak_ada", ["M103"]),
        ("realisasi_tidak_ada: lewati", "tidak_ada", None, "tidak_ada", []),
        ("realisasi_tidak_ada: 0%", "tidak_ada", 0, "final", []),
        ("realisasi_tidak_ada: 0%", "tidak_berlaku", None, "tidak_berlaku", []),
    ],
)
def test_missing_is_not_zero_and_not_inapplicable(
    tmp_path: Path, policy: str, status: str, expected: int | None, word: str, codes: list[str]
) -> None:
    """What is missing follows the policy; what does not apply never does."""
    evaluation, findings = evaluated(tmp_path, rules("80", policy), "", status)
    value = evaluation.indicators[0].achievement.value
    assert (number(value.number), value.status.value, findings) == (expected, word, codes)


def test_a_provisional_value_makes_every_figure_provisional(tmp_path: Path) -> None:
    """The status travels from the datum to the average."""
    evaluation, _ = evaluated(tmp_path, rules("80"), "40", "sementara")
    figures = (
        evaluation.indicators[0].achievement,
        evaluation.objectives[0].achievement,
        evaluation.averages[0].achievement,
    )
    assert [figure.value.status.value for figure in figures] == ["sementara"] * 3


@pytest.mark.parametrize(
    ("before", "after", "each", "mean"),
    [
        ("", "", 160, 110),
        ("    | batas_atas | 100% |", "", 100, 80),
        ("", "    | batas_atas | 100% |", 160, 100),
        ("    | batas_bawah | 70% |", "", 160, 115),
    ],
)
def test_the_place_of_a_cap_decides_what_it_acts_on(
    tmp_path: Path, before: str, after: str, each: int, mean: int
) -> None:
    """60 and 160 capped at 100 have the mean 80; their mean 110 capped is 100."""
    text = rules("100", steps=before).replace(
        "    | s       | i         | 100 |", "    | s       | i         | 100 |\n    | s       | j         | 100 |"
    )
    text = text.replace("    | rata_rata  | per_indikator |\n", f"    | rata_rata  | per_indikator |\n{after}\n")
    text += 'indikator j "J" {\n    satuan: angka\n    arah: naik\n}\n'
    evaluation, findings = project(tmp_path, text, "2024;tahunan;i;160;\n2024;tahunan;j;60;\n").evaluate(2024)
    assert evaluation is not None
    assert findings == ()
    assert evaluation.indicators[0].achievement.value.number == each
    assert evaluation.averages[0].achievement.value.number == mean


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        (rules("80").replace("naik: capaian_naik", "naik: akar"), "3", "M106"),
        (rules("80").replace("naik: capaian_naik", "naik: akar"), "-3", "M112"),
        (rules("80").replace("naik: capaian_naik", "naik: bercabang"), "3", "M118"),
        (rules("80").replace("naik: capaian_naik", "naik: lain"), "3", "M120"),
        (rules("80").replace("naik: capaian_naik", "naik: capaian_dari_awal"), "3", "M114"),
        (rules("80").replace("    naik: capaian_naik\n", ""), "3", "M101"),
        (rules("80").replace("    arah: naik\n", ""), "3", "M110"),
        (rules("80").replace("arah: naik", "arah: rentang"), "3", "M109"),
        (rules("80", "kategori: pita"), "200", "M104"),
        (rules("A", body="skala: opini"), "WTP", "M108"),
        (rules("80").replace("| per_indikator |", "| tertimbang    |"), "3", "M111"),
        (rules("80"), "3", ""),
    ],
)
def test_a_figure_that_cannot_be_had_says_why(tmp_path: Path, text: str, value: str, code: str) -> None:
    """Each obstacle is one finding of its own code, and its neighbours are none."""
    _, findings = evaluated(tmp_path, text, value)
    assert findings[:1] == ([code] if code else [])


def test_a_list_where_one_value_is_needed_is_no_value(tmp_path: Path) -> None:
    """An index whose expression does not sum up its elements has no single value."""
    text = """\
indeks n "N" {
    satuan: angka
    rumus: unsur × bobot
    | unsur | bobot |
    | p1    | 1/2   |
    | p2    | 1/2   |
    contoh "Dua unsur" {
        p1: 3
        p2: 4
        hasil: 3,5
    }
}
"""
    found = project(tmp_path, text)
    findings = [run.finding for run in found.run_examples().runs if run.finding]
    assert [(item.code.name, item.values["reason"].code.name) for item in findings] == [("C103", "M119")]  # type: ignore[attr-defined]


def test_figures_that_grow_beyond_measure_are_stopped(tmp_path: Path) -> None:
    """Squares of squares of a small number soon have more digits than any report."""
    squares = "formula f0 {\n    masukan: n\n    rumus: n × n\n}\n" + "".join(
        f"formula f{k} {{\n    masukan: n\n    rumus: f{k - 1}(f{k - 1}(n))\n}}\n" for k in range(1, 5)
    )
    text = (
        squares
        + "formula g {\n    masukan: n\n    rumus: f4(n)\n    contoh {\n        n: 1,1\n        hasil: 1\n    }\n}\n"
    )
    run = project(tmp_path, text).run_examples().runs[0]
    assert run.finding is not None
    assert (run.finding.code.name, run.finding.values["reason"].code.name) == ("C103", "M107")


def test_an_average_of_nothing_does_not_apply(tmp_path: Path) -> None:
    """Where every indicator is left out there is no mean, and nothing stands in its way."""
    evaluation, findings = evaluated(tmp_path, rules("80", "realisasi_tidak_ada: lewati"), "", "tidak_ada")
    assert (evaluation.averages[0].achievement.value.status.value, findings) == ("tidak_berlaku", [])


# Quarters.

QUARTERS = "".join(f"2024;tw{number};i;{value};\n" for number, value in enumerate((10, 20, 30, 40), 1))


@pytest.mark.parametrize(("rule", "expected"), [("jumlah", 100), ("rata_rata", 25), ("terakhir", 40)])
def test_a_year_comes_from_its_quarters_by_the_declared_rule(tmp_path: Path, rule: str, expected: int) -> None:
    """They are added up, averaged, or the last one stands."""
    evaluation, findings = project(tmp_path, rules("100", body=f"periode: {rule}"), QUARTERS).evaluate(2024)
    assert evaluation is not None
    assert (evaluation.indicators[0].realization.value.number, findings) == (expected, ())


@pytest.mark.parametrize(
    ("body", "data", "expected"),
    [
        ("", QUARTERS, ["R117"]),
        ("periode: jumlah", QUARTERS.rsplit("2024", 1)[0], ["R117"]),
        ("periode: jumlah", QUARTERS + "2024;tahunan;i;99;\n", ["R115"]),
        ("periode: jumlah", QUARTERS + "2024;tahunan;i;100;\n", []),
    ],
)
def test_quarters_and_the_year_agree(tmp_path: Path, body: str, data: str, expected: list[str]) -> None:
    """A quarter that is missing, a rule that is missing, and a year that differs are findings."""
    _, findings = project(tmp_path, rules("100", body=body), data).evaluate(2024)
    assert [item.code.name for item in findings] == expected


def test_a_quarter_has_its_own_target(tmp_path: Path) -> None:
    """The column of the quarter is the target of its figure; without one there is none."""
    found = project(tmp_path, rules("100", column=" tw1 |", cell=" 20 |"), QUARTERS)
    first, _ = found.evaluate(2024, Quarter.FIRST)
    second, findings = found.evaluate(2024, Quarter.SECOND)
    assert first is not None
    assert second is not None
    assert first.indicators[0].achievement.value.number == 50
    assert [item.code.name for item in findings] == ["M113"]


# Variables.


@pytest.mark.parametrize(
    ("stated", "expected", "codes"), [(None, 80, []), ("80", 80, []), ("80,4", None, ["R114"]), ("81", None, ["R114"])]
)
def test_a_realization_from_variables_agrees_with_what_is_stated(
    tmp_path: Path, stated: str | None, expected: int | None, codes: list[str]
) -> None:
    """Both are compared within the precision in which the value was written."""
    text = rules("100").replace("satuan: angka\n", "satuan: persen\n    rumus: v / w × 100%\n")
    text += 'variabel v "V" { satuan: orang }\nvariabel w "W" { satuan: orang }\n'
    data = "2024;tahunan;v;4;\n2024;tahunan;w;5;\n" + (f"2024;tahunan;i;{stated};\n" if stated else "")
    evaluation, findings = project(tmp_path, text, data).evaluate(2024)
    assert evaluation is not None
    assert [item.code.name for item in findings] == codes
    if expected is not None:
        assert evaluation.indicators[0].realization.value.number == expected


# Agreements.


def test_two_agreements_of_one_day_are_a_contradiction(tmp_path: Path) -> None:
    """D203 stands at the second and names the first; decided on two days, the newer one counts."""
    head = (
        "perjanjian_kinerja {} {{\n    tahun: 2024\n    ditetapkan: {}\n    metode: m\n"
        "    | indikator | target |\n    | i | 1 |\n}}\n"
    )
    text = rules("80").split("perjanjian_kinerja pk")[0]
    same = text + head.format("p1", "4 Januari 2024") + head.format("p2", "4 Januari 2024")
    found = project(tmp_path, same, "2024;tahunan;i;1;\n")
    assert [item.code.name for item in found.evaluate(2024)[1]] == ["D203"]
    newer = text + head.format("p2", "5 Januari 2024") + head.format("p1", "4 Januari 2024")
    evaluation, _ = project(tmp_path / "b", newer, "2024;tahunan;i;1;\n").evaluate(2024)
    assert evaluation is not None
    assert evaluation.agreement.name == "p2"


# Examples.


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        ("rencana: 4\n        realisasi: 3\n        hasil: 75%", []),
        ("rencana: 4\n        realisasi: 3\n        hasil: 75", ["C101 8:16"]),
        ("rencana: 4\n        realisasi: 3\n        hasil: 76%", ["C101 8:16"]),
        ("rencana: 4\n        realisasi: 3\n        lain: 3\n        hasil: 75%", ["C102 8:9"]),
        ("rencana: 4\n        hasil: 75%", ["C104 5:5"]),
        ("rencana: 0\n        realisasi: 3\n        hasil: 75%", ["C103 8:16"]),
        ("rencana: 0\n        realisasi: 3\n        hasil: tidak_terhitung", []),
        ("rencana: 4\n        realisasi: tidak_ada\n        hasil: tidak_ada", []),
    ],
)
def test_an_example_must_hold_exactly(tmp_path: Path, example: str, expected: list[str]) -> None:
    """A wrong result, a wrong input and a missing one each stand at their place; a status may be promised too."""
    rule = "    masukan: rencana; realisasi\n    rumus: realisasi / rencana × 100%\n"
    text = f"formula f {{\n{rule}\n    contoh {{\n        {example}\n    }}\n}}\n"
    found = project(tmp_path, text)
    assert placed(tuple(run.finding for run in found.run_examples().runs if run.finding), found) == expected


def test_what_no_example_reaches_is_told(tmp_path: Path) -> None:
    """A formula, a branch and a band without an example."""
    found = project(tmp_path, rules("80"))
    assert {(item.what, item.owner.name) for item in found.run_examples().unreached} >= {
        ("formula", "sebaliknya"),
        ("cabang", "bercabang"),
        ("pita", "pita"),
    }


def test_a_formula_that_gives_a_list_gives_no_figure(tmp_path: Path) -> None:
    """M119: a list must be summed up before it is a result."""
    text = (
        "formula f {\n    masukan: n\n    rumus: n × 2\n\n    contoh {\n        n: 1; 2\n        hasil: 2\n    }\n}\n"
    )
    run = project(tmp_path, text).run_examples().runs[0]
    assert run.finding is not None
    assert run.finding.values["reason"].code.name == "M119"  # type: ignore[attr-defined]


def test_an_aggregate_of_no_value_at_all_has_none() -> None:
    """M116: there is nothing to add up."""
    reason = BUILT_IN["jumlah"].apply([()]).reason
    assert reason is not None
    assert reason.code.name == "M116"


@pytest.mark.parametrize("name", ["jumlah", "rata_rata", "min", "maks", "rata_rata_ukur"])
@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (("final", "final"), "final"),
        (("final", "sementara"), "sementara"),
        (("final", "tidak_berlaku"), "final"),
        (("tidak_berlaku", "tidak_berlaku"), "tidak_berlaku"),
        (("sementara", "tidak_ada"), "tidak_ada"),
        (("tidak_ada", "tidak_terhitung"), "tidak_terhitung"),
    ],
)
def test_aggregates_keep_the_four_kinds_of_nothing_apart(name: str, statuses: tuple[str, str], expected: str) -> None:
    """What does not apply is left out; what is missing makes the whole missing; provisional stays provisional."""
    values = tuple(
        Value(Fraction(4), status=Status(word)) if word in ("final", "sementara") else absent(Status(word))
        for word in statuses
    )
    assert BUILT_IN[name].apply([values]).status.value == expected


def test_a_scaled_indicator_is_a_number_that_is_shown_in_words(tmp_path: Path) -> None:
    """As the handbook says: its unit is ``angka``, and nobody has to define one."""
    rules = """\
skala opini "Opini" {
    | peringkat | predikat |
    | 2         | WTP      |
    | 1         | WDP      |
}
indikator wtp "Opini" {
    satuan: angka
    arah: naik
    skala: opini
}
metode cara "Cara" {
    naik: capaian_naik
    predikat: capaian_naik
    | langkah | nilai |
    | capaian | -     |
}
perjanjian_kinerja pk "PK" {
    tahun: 2024
    ditetapkan: 4 Januari 2024
    metode: cara
    | indikator | target |
    | wtp       | WTP    |
}
"""
    evaluation, findings = project(tmp_path, rules, "2024;tahunan;wtp;WDP;\n").evaluate(2024)
    assert evaluation
    assert findings == ()
    (result,) = evaluation.indicators
    assert (result.realization.label, result.achievement.value.number) == ("WDP", 50)
