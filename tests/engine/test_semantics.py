"""What the words of a method mean: small rule texts with the figures that follow from them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from sakip_rules.base.numbers import format_number
from sakip_rules.engine.bands import band_of
from sakip_rules.engine.functions import BUILT_IN
from sakip_rules.model import program as p
from sakip_rules.model.functions import Argument
from sakip_rules.model.results import Evaluation
from sakip_rules.model.units import PERCENT, RATIO
from sakip_rules.model.values import Quarter, Reason, Status, Value, absent
from tests.rules_support import project

RULES = """\
kategori pita "Pita" {{
    satuan: persen
    pembulatan: 2
    | rentang | predikat |
    | ≥ 90%   | Tinggi   |
    | < 90%   | Rendah   |
}}
skala opini "Opini" {{
    | peringkat | predikat |
    | 4         | WTP      |
    | 3         | WDP      |
}}
metode m "M" {{
    {method}
    | langkah    | nilai         |
    | capaian    | -             |
    | pembulatan | 2             |
    {before}
    {average}
    | pembulatan | 2             |
    {after}
}}
"""
PER_INDICATOR = "| rata_rata | per_indikator |"
PER_OBJECTIVE = "| rata_rata | per_sasaran |"
WEIGHTED = "| rata_rata | tertimbang |"
UP = "naik: capaian_naik; turun: capaian_turun".replace("; ", "\n    ")


def rules(
    rows: list[str], method: str = "", before: str = "", after: str = "", average: str = PER_INDICATOR, body: str = ""
) -> str:
    """The rules with one indicator for each row, which reads ``direction | target | weight | baseline``."""
    text = RULES.format(method=f"{method}\n    {UP}" if "naik:" not in method else method, before=before, after=after,
                        average=average)  # fmt: skip
    promises = []
    for number, row in enumerate(rows):
        direction, target, weight, baseline = [*map(str.strip, row.split("|")), "", ""][:4]
        text += f'indikator i{number} "I{number}" {{\n    satuan: orang\n    arah: {direction}\n    {body}\n}}\n'
        text += f'sasaran s{number} "S{number}" {{ indikator: i{number} }}\n'
        promises.append(f"    | s{number} | i{number} | {target} | {weight or '-'} | {baseline or '-'} |\n")
    head = "perjanjian_kinerja pk {\n    tahun: 2024\n    metode: m\n"
    return f"{text}{head}    | sasaran | indikator | target | bobot | awal |\n{''.join(promises)}}}\n"


def evaluated(folder: Path, text: str, realized: list[str]) -> tuple[Evaluation, list[str]]:
    """The figures for one realization, or one status, for each indicator; and the codes of what is found."""
    words = {status.value for status in Status}
    data = "".join(
        f"2024;tahunan;i{number};;{value}\n" if value in words
        else "2024;tahunan;i{};{};{}\n".format(number, *value.split("!"), *[""] * (not value.count("!")))
        for number, value in enumerate(realized) if value
    )  # fmt: skip
    found = project(folder, text, data)
    evaluation, findings = found.evaluate(2024)
    assert found.stopping(evaluation) == ()
    assert evaluation is not None
    return evaluation, [item.code.name for item in findings]


def shown(value: Value) -> str:
    """A number as a report shows it, or the word for why there is none."""
    return format_number(value.fraction) if value.known else value.status.value


def achievements(evaluation: Evaluation) -> list[str]:
    return [shown(each.achievement.value) for each in evaluation.indicators]


LAN, INVERSE = "turun: capaian_turun", "turun: capaian_turun_terbalik"
BASELINE = "turun: capaian_dari_awal"


@pytest.mark.parametrize(
    ("formula", "row", "realized", "expected"),
    [
        ("naik: capaian_naik", "naik | 20", "10", "50"),
        (LAN, "turun | 20", "10", "150"),
        (LAN, "turun | 20", "30", "50"),
        (LAN, "turun | 20", "45", "-25"),
        (INVERSE, "turun | 20", "10", "200"),
        (INVERSE, "turun | 20", "30", "66,67"),
        (INVERSE, "turun | 20", "45", "44,44"),
        (BASELINE, "turun | 0 | | 200", "100", "50"),
        (BASELINE, "turun | 20 | | 50", "56", "-20"),
        ("naik: capaian_dari_awal", "naik | 60 | | 40", "55", "75"),
        ("rentang: capaian_rentang", "rentang | 80 s.d 90", "92", "102,22"),
        ("rentang: capaian_rentang", "rentang | 80 s.d 90", "90", "100"),
        ("rentang: capaian_rentang", "rentang | 80 s.d 90", "80", "100"),
        ("rentang: capaian_rentang", "rentang | 80 s.d 90", "72", "90"),
        ("tepat: capaian_tepat", "tepat | 100", "80", "80"),
        ("tepat: capaian_tepat", "tepat | 100", "125", "80"),
        ("tepat: capaian_tepat", "tepat | 100", "100", "100"),
    ],
)
def test_the_method_names_the_formula_of_each_direction(
    tmp_path: Path, formula: str, row: str, realized: str, expected: str
) -> None:
    """Three formulas for lower is better give three figures; a range and an exact target have their own."""
    method = formula if formula.startswith("naik") else f"naik: capaian_naik\n    {formula}"
    evaluation, findings = evaluated(tmp_path, rules([row], method), [realized])
    assert (achievements(evaluation), findings) == ([expected], [])


@pytest.mark.parametrize(
    ("target", "realized", "expected"),
    [("WTP", "WTP", "100"), ("WTP", "WDP", "75"), ("WDP", "wtp", "133,33"), ("wtp", "WDP", "75")],
)
def test_a_predicate_is_compared_by_its_rank(tmp_path: Path, target: str, realized: str, expected: str) -> None:
    """WTP is rank 4 and WDP rank 3, in whatever case they are written."""
    text = rules([f"naik | {target}"], "predikat: capaian_predikat", body="skala: opini").replace("orang", "angka")
    evaluation, findings = evaluated(tmp_path, text, [realized])
    assert (achievements(evaluation), findings) == ([expected], [])


@pytest.mark.parametrize(
    ("before", "after", "each", "mean"),
    [
        ("", "", ["60", "160"], "110"),
        ("| batas_atas | 100% |", "", ["60", "100"], "80"),
        ("", "| batas_atas | 100% |", ["60", "160"], "100"),
        ("| batas_bawah | 70% |", "", ["70", "160"], "115"),
        ("| batas_atas | 100% |", "| batas_atas | 50% |", ["60", "100"], "50"),
    ],
)
def test_a_cap_acts_where_it_stands(tmp_path: Path, before: str, after: str, each: list[str], mean: str) -> None:
    """60 and 160: capped before averaging the mean is 80, capped after it is 100."""
    text = rules(["naik | 100", "naik | 100"], before=before, after=after)
    evaluation, findings = evaluated(tmp_path, text, ["60", "160"])
    assert (achievements(evaluation), shown(evaluation.averages[0].achievement.value)) == (each, mean)
    assert findings == []


@pytest.mark.parametrize(
    ("policy", "realized", "figure", "mean", "codes"),
    [
        ("", "5", "tidak_terhitung", "tidak_terhitung", ["M102"]),
        ("rencana_nol: tanpa_capaian", "5", "tidak_terhitung", "tidak_terhitung", ["M105"]),
        ("rencana_nol: lewati", "5", "tidak_terhitung", "80", []),
        ("rencana_nol: 0%", "5", "0", "40", []),
        ("rencana_nol: 100%", "5", "100", "90", []),
        ("rencana_nol: capaian_rencana_nol", "0", "100", "90", []),
        ("rencana_nol: capaian_rencana_nol", "5", "0", "40", []),
    ],
)
@pytest.mark.parametrize("direction", ["naik", "turun"])
def test_a_zero_target_follows_its_policy(
    tmp_path: Path, direction: str, policy: str, realized: str, figure: str, mean: str, codes: list[str]
) -> None:
    """Beside an indicator of 80%: none spoils the mean, left out it does not count, a percentage or formula counts."""
    evaluation, findings = evaluated(tmp_path, rules([f"{direction} | 0", "naik | 10"], policy), [realized, "8"])
    assert achievements(evaluation) == [figure, "80"]
    assert (shown(evaluation.averages[0].achievement.value), findings) == (mean, codes)


@pytest.mark.parametrize("given", ["", "tidak_ada"])
@pytest.mark.parametrize(
    ("policy", "figure", "mean", "codes"),
    [
        ("", "tidak_ada", "tidak_ada", ["M103"]),
        ("realisasi_tidak_ada: tanpa_capaian", "tidak_ada", "tidak_ada", ["M103"]),
        ("realisasi_tidak_ada: lewati", "tidak_ada", "80", []),
        ("realisasi_tidak_ada: 0%", "0", "40", []),
    ],
)
def test_a_missing_realization_follows_its_policy(
    tmp_path: Path, given: str, policy: str, figure: str, mean: str, codes: list[str]
) -> None:
    """No line in the data and the word `tidak_ada` are the same thing; neither is zero unless the method says so."""
    evaluation, findings = evaluated(tmp_path, rules(["naik | 10", "naik | 10"], policy), [given, "8"])
    assert achievements(evaluation) == [figure, "80"]
    assert (shown(evaluation.averages[0].achievement.value), findings) == (mean, codes)


LEFT_OUT = "realisasi_tidak_ada: lewati"


@pytest.mark.parametrize("average", [PER_INDICATOR, PER_OBJECTIVE])
@pytest.mark.parametrize(
    ("method", "second", "mean", "status"),
    [
        ("", "6", "70", "final"),
        ("", "6!sementara", "70", "sementara"),
        ("", "tidak_ada", "tidak_ada", "tidak_ada"),
        (LEFT_OUT, "tidak_ada", "80", "final"),
        ("", "tidak_berlaku", "80", "final"),
        (LEFT_OUT, "tidak_berlaku", "80", "final"),
    ],
)
def test_left_out_missing_inapplicable_and_provisional_are_four_things(
    tmp_path: Path, average: str, method: str, second: str, mean: str, status: str
) -> None:
    """Missing spoils the mean, left out and inapplicable do not count, provisional counts and stays so."""
    text = rules(["naik | 10", "naik | 10"], method, average=average)
    evaluation, _ = evaluated(tmp_path, text, ["8", second])
    value = evaluation.averages[0].achievement.value
    assert (shown(value), value.status.value) == (mean, status)


@pytest.mark.parametrize(
    ("average", "method", "first"),
    [
        (PER_INDICATOR, LEFT_OUT, "tidak_ada"),
        (PER_OBJECTIVE, LEFT_OUT, "tidak_ada"),
        (PER_INDICATOR, "", "tidak_berlaku"),
        (PER_OBJECTIVE, "", "tidak_berlaku"),
    ],
)
def test_what_does_not_count_does_not_give_the_mean_its_unit(
    tmp_path: Path, average: str, method: str, first: str
) -> None:
    """A mean of achievements is a percentage with its category, also where the first of them does not count."""
    text = rules(["naik | 10", "naik | 10"], f"kategori: pita\n    {method}", average=average)
    evaluation, findings = evaluated(tmp_path, text, [first, "8"])
    found = evaluation.averages[0].achievement
    assert (shown(found.value), found.value.measure, found.category and found.category.label, findings) == (
        ("80", PERCENT, "Rendah", [])
    )


@pytest.mark.parametrize(
    ("rows", "realized", "mean", "codes"),
    [
        (["naik | 10 | 1", "naik | 10 | 3"], ["8", "4"], "50", []),
        (["naik | 10 | 1", "naik | 10 | 1"], ["8", "4"], "60", []),
        (["naik | 10 | 1", "naik | 10 | 3"], ["8", "tidak_berlaku"], "80", []),
        (["naik | 10 | 1", "naik | 10"], ["8", "4"], "tidak_terhitung", ["M111"]),
        (["naik | 10 | 1", "naik | 10 | 2"], ["8", "3"], "46,67", []),
    ],
)
def test_a_weighted_mean_counts_each_by_its_weight(
    tmp_path: Path, rows: list[str], realized: list[str], mean: str, codes: list[str]
) -> None:
    """What does not apply takes its weight with it; where one weight is missing there is no mean."""
    evaluation, findings = evaluated(tmp_path, rules(rows, average=WEIGHTED), realized)
    assert (shown(evaluation.averages[0].achievement.value), findings) == (mean, codes)


def test_the_mean_per_objective_counts_objectives_not_indicators(tmp_path: Path) -> None:
    """40 and 60 in one objective and 100 in another: 66,67 per indicator, 75 per objective."""
    text = rules(["naik | 10"] * 3, average=f"{PER_INDICATOR}\n    {PER_OBJECTIVE}").replace("| s1 |", "| s0 |")
    evaluation, findings = evaluated(tmp_path, text, ["4", "6", "10"])
    assert [(each.kind, shown(each.achievement.value), each.count) for each in evaluation.averages] == [
        ("per_indikator", "66,67", 3),
        ("per_sasaran", "75", 2),
    ]
    assert findings == []


# Where a realization comes from.


def quarters(*values: str) -> str:
    """Data of one indicator, quarter by quarter; an empty one is not there, a word is a status."""
    return "".join(
        f"2024;tw{number};i0;{'' if value in ('tidak_ada', 'tidak_berlaku') else value};"
        f"{value if value in ('tidak_ada', 'tidak_berlaku') else ''}\n"
        for number, value in enumerate(values, 1)
        if value
    )


@pytest.mark.parametrize(
    ("rule", "values", "expected"),
    [
        ("jumlah", ("10", "20", "30", "40"), "100"),
        ("rata_rata", ("10", "20", "30", "40"), "25"),
        ("terakhir", ("10", "20", "30", "40"), "40"),
        ("terakhir", ("10", "20", "", ""), "20"),
        ("terakhir", ("10", "20", "30", "tidak_ada"), "30"),
        ("jumlah", ("10", "20", "30", ""), "tidak_ada"),
        ("rata_rata", ("10", "", "30", "40"), "tidak_ada"),
        ("jumlah", ("10", "20", "tidak_ada", "40"), "tidak_ada"),
        ("jumlah", ("10", "20", "tidak_berlaku", "40"), "70"),
    ],
)
def test_a_year_follows_from_its_quarters(tmp_path: Path, rule: str, values: tuple[str, ...], expected: str) -> None:
    """Added up or averaged they must all be there; the last known one stands by itself."""
    text = rules(["naik | 100"], body=f"periode: {rule}")
    evaluation, _ = project(tmp_path, text, quarters(*values)).evaluate(2024)
    assert evaluation is not None
    assert shown(evaluation.indicators[0].realization.value) == expected


def test_a_quarter_that_does_not_apply_does_not_lower_the_mean(tmp_path: Path) -> None:
    """10, 20 and 30 have the mean 20 where the fourth quarter does not apply, as any other mean."""
    text = rules(["naik | 100"], body="periode: rata_rata")
    evaluation, _ = project(tmp_path, text, quarters("10", "20", "30", "tidak_berlaku")).evaluate(2024)
    assert evaluation is not None
    assert shown(evaluation.indicators[0].realization.value) == "20"


VARIABLES = 'variabel v "V" { satuan: orang }\nvariabel w "W" { satuan: orang }\n'


@pytest.mark.parametrize(
    ("formula", "v", "w", "expected"),
    [
        ("v / w × 100%", "4", "5", "80"),
        ("v / w × 100%", "1", "3", "100/3"),
        ("bulat(v / w × 100%; 2)", "1", "3", "33,33"),
        ("(w - v) / w × 100%", "1", "4", "75"),
        ("v / w × 100%", "4", "0", "tidak_terhitung"),
        ("v / w × 100%", "4", "", "tidak_ada"),
    ],
)
def test_a_realization_follows_from_its_variables(tmp_path: Path, formula: str, v: str, w: str, expected: str) -> None:
    """Exact until a rounding is written; zero below the line cannot be calculated, a missing variable is missing."""
    text = rules(["naik | 100"], body=f"rumus: {formula}").replace("orang", "persen") + VARIABLES
    data = "".join(f"2024;tahunan;{name};{value};\n" for name, value in (("v", v), ("w", w)) if value)
    evaluation, _ = project(tmp_path, text, data).evaluate(2024)
    assert evaluation is not None
    assert shown(evaluation.indicators[0].realization.value) == expected


INDEX = """\
indeks n "N" {
    rumus: jumlah(unsur × bobot) × 25
    pembulatan: 2
    satuan: angka
    | unsur | bobot |
    | p1    | 1/3   |
    | p2    | 2/3   |
}
"""


@pytest.mark.parametrize(("p1", "p2", "expected"), [("3", "4", "91,67"), ("4", "4", "100"), ("3", "", "tidak_ada")])
def test_an_index_follows_from_its_elements(tmp_path: Path, p1: str, p2: str, expected: str) -> None:
    """Each element by its weight, then the rounding of the index; one that is missing makes it missing."""
    text = rules(["naik | 100"], body="indeks: n").replace("orang", "angka") + INDEX
    data = "".join(f"2024;tahunan;n.{name};{value};\n" for name, value in (("p1", p1), ("p2", p2)) if value)
    evaluation, _ = project(tmp_path, text, data).evaluate(2024)
    assert evaluation is not None
    assert shown(evaluation.indicators[0].realization.value) == expected


def test_a_quarter_is_measured_against_its_own_target(tmp_path: Path) -> None:
    """10 of 20 in the first quarter is 50%, whatever the target of the year is."""
    text = rules(["naik | 100"]).replace("| target |", "| target | tw1 |").replace("| 100 |", "| 100 | 20 |")
    evaluation, findings = project(tmp_path, text, quarters("10")).evaluate(2024, Quarter.FIRST)
    assert evaluation is not None
    assert (achievements(evaluation), findings) == (["50"], ())


# Bands.

OWN_BANDS = """\
kategori empat "Empat" {
    satuan: persen
    pembulatan: 2
    | rentang        | predikat |
    | ≥ 100%         | teratas  |
    | 75% s.d < 100% | kedua    |
    | < 75%          | bawah    |
}
kategori tanpa "Tanpa pembulatan" {
    satuan: persen
    ranah: 0% s.d 100%
    | rentang        | predikat |
    | ≥ 90%          | teratas  |
    | 50% s.d 89,99% | kedua    |
}
"""


@pytest.mark.parametrize(
    ("category", "value", "expected"),
    [
        ("empat", "99.995", "teratas"),
        ("empat", "99.99499", "kedua"),
        ("empat", "74.995", "kedua"),
        ("empat", "-25", "bawah"),
        ("tanpa", "89.995", "M104"),
        ("tanpa", "100.01", "M104"),
        ("tanpa", "49", "M104"),
        ("tanpa", "100", "teratas"),
        ("kinerja_lima_tingkat", "90.5", "Sangat Baik/Sangat Tinggi"),
        ("kinerja_lima_tingkat", "90.49", "Baik/Tinggi"),
        ("predikat_sakip", "80", "BB"),
        ("predikat_sakip", "80.01", "A"),
        ("mutu_pelayanan", "88.305", "A"),
        ("mutu_pelayanan", "88.304", "B"),
        ("mutu_pelayanan", "24.99", "M104"),
    ],
)
def test_a_band_is_looked_up_after_the_rounding_of_its_table(
    tmp_path: Path, category: str, value: str, expected: str
) -> None:
    """Halves go up where the table rounds; holes and what is outside the domain have no band."""
    program = project(tmp_path, OWN_BANDS).program
    found = program.find(category)[0]
    assert isinstance(found, p.Category)
    band = band_of(found, Value(Fraction(value), program.measure(found.unit) or RATIO), program.units)
    assert (band.code.name if isinstance(band, Reason) else band and band.label) == expected


# Functions.


def value(number: str, status: str = "final") -> Value:
    return Value(Fraction(number), status=Status(status)) if number else absent(Status(status))


#: By function: of 4 and 9, of 4 alone.
RESULTS = {
    "jumlah": ("13", "4"),
    "rata_rata": ("6.5", "4"),
    "rata_rata_ukur": ("6", "4"),
    "min": ("4", "4"),
    "maks": ("9", "4"),
}


@pytest.mark.parametrize("name", RESULTS)
@pytest.mark.parametrize(
    ("second", "which", "status"),
    [
        (value("9"), 0, "final"),
        (value("9", "sementara"), 0, "sementara"),
        (value("", "tidak_berlaku"), 1, "final"),
        (value("", "tidak_ada"), None, "tidak_ada"),
        (value("", "tidak_terhitung"), None, "tidak_terhitung"),
    ],
)
def test_an_aggregate_of_four_and_each_status(name: str, second: Value, which: int | None, status: str) -> None:
    """As two arguments, as one list, and in either order."""
    four = value("4")
    expected = None if which is None else Fraction(RESULTS[name][which])
    calls: list[list[Argument]] = [[four, second], [second, four], [(four, second)]]
    for arguments in calls:
        found = BUILT_IN[name].apply(arguments)
        assert (found.number, found.status.value) == (expected, status)


@pytest.mark.parametrize(
    ("name", "arguments", "expected", "status"),
    [
        ("bulat", ["2.345", "2"], "2.35", "final"),
        ("bulat", ["-2.345", "2"], "-2.35", "final"),
        ("bulat", ["2.5"], "3", "final"),
        ("potong", ["2.349", "2"], "2.34", "final"),
        ("potong", ["-2.349", "2"], "-2.34", "final"),
        ("mutlak", ["-3"], "3", "final"),
        ("bulat", ["2.5 sementara"], "3", "sementara"),
        ("potong", ["2.5 sementara"], "2", "sementara"),
        ("mutlak", ["-3 sementara"], "3", "sementara"),
        *(
            (name, [f" {status}"], None, status)
            for name in ("bulat", "potong", "mutlak")
            for status in ("tidak_ada", "tidak_berlaku", "tidak_terhitung")
        ),
        ("cacah", ["4", "9 sementara", " tidak_ada", " tidak_berlaku", " tidak_terhitung"], "2", "final"),
        ("rata_rata_ukur", ["4", "-1"], None, "tidak_terhitung"),
        ("rata_rata_ukur", ["4", "0"], "0", "final"),
    ],
)
def test_a_function_of_single_values(name: str, arguments: list[str], expected: str | None, status: str) -> None:
    """Rounding and the absolute value keep what they are given; a count tells how many are known."""
    found = BUILT_IN[name].apply([value(*argument.split(" ")) for argument in arguments])
    assert (found.number, found.status.value) == (expected and Fraction(expected), status)


@pytest.mark.parametrize(
    ("values", "weights", "expected", "status"),
    [
        (["80", "40"], ["1", "3"], "50", "final"),
        (["80", "40 sementara"], ["1", "3"], "50", "sementara"),
        (["80", " tidak_berlaku"], ["1", "3"], "80", "final"),
        ([" tidak_berlaku", " tidak_berlaku"], ["1", "3"], None, "tidak_berlaku"),
        (["80", " tidak_ada"], ["1", "3"], None, "tidak_ada"),
        (["80", " tidak_terhitung"], ["1", "3"], None, "tidak_terhitung"),
        (["80", "40"], ["1", " tidak_ada"], None, "tidak_ada"),
        (["80", "40"], ["1"], None, "tidak_terhitung"),
        (["80", "40"], ["1", "-1"], None, "tidak_terhitung"),
    ],
)
def test_a_weighted_mean_of_each_status(
    values: list[str], weights: list[str], expected: str | None, status: str
) -> None:
    """A value that does not apply takes its weight with it; weights that add up to zero give nothing."""
    arguments: list[Argument] = [tuple(value(*item.split(" ")) for item in side) for side in (values, weights)]
    found = BUILT_IN["rata_rata_tertimbang"].apply(arguments)
    assert (found.number, found.status.value) == (expected and Fraction(expected), status)


def test_every_built_in_function_is_tried_here() -> None:
    """A new function needs a row in one of the tables above."""
    assert set(BUILT_IN) == {*RESULTS, "bulat", "potong", "mutlak", "cacah", "rata_rata_tertimbang"}
