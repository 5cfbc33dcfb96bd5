"""Laws of the engine over generated rules and values."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from attrs import fields
from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_rules import Project
from sakip_rules.base.numbers import Rounding, RoundingMode, format_number
from sakip_rules.base.source import Span
from sakip_rules.cache import Cache
from sakip_rules.engine.achievement import Assessor, Case
from sakip_rules.engine.bands import band_of
from sakip_rules.engine.columnar import assess_all
from sakip_rules.engine.functions import BUILT_IN
from sakip_rules.engine.scalar import Scope, evaluate, rounded
from sakip_rules.model import program as p
from sakip_rules.model.results import Achievement
from sakip_rules.model.units import PERCENT, RATIO, Measure, UnitTable
from sakip_rules.model.values import Status, Value, absent
from sakip_rules.syntax import tree
from tests.rules_support import project
from tests.running import SMALL, write

# Expressions.

NAMES = ("a", "b", "c")
decimals = st.integers(-9_999, 9_999).map(lambda whole: Fraction(whole, 100))
Plain = tuple[tree.Expression, str]


def _binary(operator: str, left: Plain, right: Plain) -> Plain:
    return tree.Binary(operator, left[0], right[0], 0, 0), f"({left[1]} {operator} {right[1]})"


def expressions() -> st.SearchStrategy[Plain]:
    """An expression as the engine reads it, and as Python does over fractions."""
    numbers = st.integers(0, 9_999).map(lambda whole: Fraction(whole, 100))
    leaves: st.SearchStrategy[Plain] = numbers.map(
        lambda number: (tree.Number(format_number(number), None, 0, 0), f"F('{number}')")
    ) | st.sampled_from(NAMES).map(lambda name: (tree.Name((name,), 0, 0), name))
    return st.recursive(
        leaves,
        lambda inner: (
            st.builds(_binary, st.sampled_from("+-*/"), inner, inner)
            | inner.map(lambda each: (tree.Unary("-", each[0], 0, 0), f"(-{each[1]})"))
        ),
        max_leaves=12,
    )


@settings(deadline=None, max_examples=150)
@given(expressions(), st.tuples(decimals, decimals, decimals))
def test_an_expression_is_plain_arithmetic_over_fractions(
    expression: Plain, numbers: tuple[Fraction, Fraction, Fraction]
) -> None:
    """The same exact number; where Python divides by zero, the value says so instead."""
    node, text = expression
    values = dict(zip(NAMES, numbers, strict=True))
    found = evaluate(node, Scope({name: Value(number) for name, number in values.items()}, BUILT_IN, UnitTable({}, {})))
    assert isinstance(found, Value)
    try:
        expected = eval(text, {"F": Fraction, **values})
    except ZeroDivisionError:
        assert found.status is Status.UNDEFINED
        assert found.reason is not None
        assert found.reason.code.name == "M102"
    else:
        assert (found.number, found.measure, found.status) == (expected, RATIO, Status.FINAL)


# Columns.

MODES = tuple(mode.value for mode in RoundingMode)
DOWN = ("capaian_turun", "capaian_turun_terbalik", "capaian_tepat")
ZERO = ("", "rencana_nol: tanpa_capaian", "rencana_nol: lewati", "rencana_nol: 0%", "rencana_nol: capaian_rencana_nol")
MISSING = ("", "realisasi_tidak_ada: lewati", "realisasi_tidak_ada: 0%")
CAPS = ("", "| batas_atas | 120% |", "| batas_bawah | 20% |", "| batas_bawah | 0,5% |\n    | batas_atas | 100,25% |")
BANDS = ("", "kategori: berlubang", "kategori: bulat")
CATEGORIES = """\
kategori berlubang "Berlubang" {
    satuan: persen
    ranah: 0% s.d 150%
    | rentang         | predikat |
    | ≥ 90%           | A        |
    | > 50% s.d < 80% | B        |
    | 10% s.d 50%     | C        |
}
kategori bulat "Bulat" {
    satuan: persen
    pembulatan: 0
    | rentang     | predikat |
    | ≥ 91%       | A        |
    | 76% s.d 90% | B        |
    | ≤ 75%       | C        |
}
"""


def method(number: int, places: int, mode: str, parts: tuple[str, str, str, str, str]) -> str:
    down, zero, missing, cap, band = parts
    return f"""\
metode m{number} "M" {{
    naik: capaian_naik
    turun: {down}
    rentang: capaian_rentang
    {zero}
    {missing}
    {band}
    | langkah    | nilai |
    | capaian    | -     |
    | pembulatan | {places} {mode} |
    {cap}
}}
"""


def methods(count: int) -> str:
    """Methods in which every choice meets many others; the seed makes them the same in every run."""
    draw = Random(2024)
    return CATEGORIES + "".join(
        method(
            number,
            number % 4,
            MODES[number % 5],
            (draw.choice(DOWN), ZERO[number % 5], draw.choice(MISSING), CAPS[number % 4], BANDS[number % 3]),
        )
        for number in range(count)
    )


METHODS = 60


@pytest.fixture(scope="module")
def assessor(tmp_path_factory: pytest.TempPathFactory) -> Assessor:
    found = project(tmp_path_factory.mktemp("kolom"), methods(METHODS))
    assert [item for item in found.rule_findings if item.is_error] == []  # its bands have holes on purpose
    return Assessor(found.program, found.functions)


numbers = (
    st.integers(0, 20_000).map(lambda whole: Fraction(whole, 100))
    | st.sampled_from([Fraction(0), Fraction(-5), Fraction("0.259"), Fraction(10**9), Fraction(1, 3)])
    | st.fractions(-5, 200, max_denominator=7)
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    measure = draw(st.sampled_from((PERCENT, Measure((("orang", 1),)))))
    status = draw(st.sampled_from(Status))
    known = status in (Status.FINAL, Status.PROVISIONAL)
    realized = Value(draw(numbers), measure, status) if known else absent(status, measure)
    target = draw(st.none() | numbers.map(lambda number: Value(number, measure)) | st.just(absent(Status.MISSING)))
    interval = p.Interval(draw(st.none() | numbers), draw(st.none() | numbers), True, True, None, Span("", 0, 0))
    goal = draw(st.sampled_from([target, target, target, interval]))
    return Case(draw(st.sampled_from(("naik", "turun", "rentang", None))), goal, realized)


def told(found: Achievement) -> dict[str, object]:
    """All fields of an achievement, with the trace of a formula by how many steps it has."""
    values = {field.name: getattr(found, field.name) for field in fields(Achievement)}
    return {**values, "trace": len(found.trace), "steps": len(found.steps)}


@settings(deadline=None, max_examples=200)
@given(number=st.integers(0, METHODS - 1), rows=st.lists(cases(), min_size=1, max_size=15))
def test_columns_give_every_field_that_the_interpreter_gives(assessor: Assessor, number: int, rows: list[Case]) -> None:
    """Row by row, for every rounding, cap, direction, policy, status, zero target and hole between bands."""
    chosen = assessor.program.find(f"m{number}")[0]
    assert isinstance(chosen, p.Method)
    together = [told(found) for found in assess_all(assessor, chosen, rows)]
    assert together == [told(assessor.assess(chosen, row)) for row in rows]


ONE_SIDED = """\
metode m {
    naik: f
    | langkah | nilai |
    | capaian | -     |
}
formula f {
    masukan: rencana; realisasi
    rumus: rencana / rencana × 100%
}
"""


@pytest.mark.parametrize(
    ("target", "realized"), [(Status.FINAL, Status.PROVISIONAL), (Status.PROVISIONAL, Status.FINAL)]
)
def test_columns_give_the_status_that_the_formula_gives(tmp_path: Path, target: Status, realized: Status) -> None:
    """A formula that does not read the realization has the status of what it reads."""
    found = project(tmp_path, ONE_SIDED)
    chosen = found.program.find("m")[0]
    assert isinstance(chosen, p.Method)
    case = Case("naik", Value(Fraction(5), PERCENT, target), Value(Fraction(3), PERCENT, realized))
    interpreter = Assessor(found.program, found.functions)
    assert told(assess_all(interpreter, chosen, [case])[0]) == told(interpreter.assess(chosen, case))


# Rounding and bands.


@settings(deadline=None, max_examples=150)
@given(
    values=st.lists(st.fractions(-50, 150, max_denominator=2_000), min_size=2, max_size=10),
    rounding=st.builds(Rounding, st.integers(0, 3), st.sampled_from(RoundingMode)),
)
def test_a_higher_value_never_has_a_lower_band(assessor: Assessor, values: list[Fraction], rounding: Rounding) -> None:
    """Rounding keeps the order in every mode, and so does the look-up after it."""
    category = assessor.program.find("bulat")[0]
    assert isinstance(category, p.Category)
    ordered = [rounded(Value(value, PERCENT), rounding) for value in sorted(values)]
    assert all(one.fraction <= other.fraction for one, other in pairwise(ordered))
    bands = [band_of(category, value, assessor.program.units) for value in ordered]
    labels = [band.label for band in bands if isinstance(band, p.Band)]
    assert len(labels) == len(values)
    assert labels == sorted(labels, reverse=True)  # C, B, A


# Files.

#: One mistake in each file: two names that do not exist, and a hole in the bands with a figure in it.
MISTAKES = {
    "indikator.sakip": SMALL["indikator.sakip"].replace("indikator: layanan; lama", "indikator: layann; lama"),
    "cara.sakip": SMALL["cara.sakip"].replace("≥ 85%  ", "≥ 90%  "),
    "pk.sakip": SMALL["pk.sakip"].replace("| lama      |", "| lma       |"),
    "realisasi.csv": SMALL["realisasi.csv"],
}


def outcome(folder: Path, files: dict[str, str], names: dict[str, str]) -> tuple[list[object], list[object]]:
    """What is found, by code, own file and place, and every figure; whatever the files are called."""
    found = Project(write(folder, {names[name]: text for name, text in files.items()}), Cache(None))
    own = {other: name for name, other in names.items()}
    findings: list[object] = []
    for item in found.validate():
        place = item.span and (own[Path(item.span.path).name], item.span.start, item.span.end)
        findings.append((item.code.name, place, item.near))
    evaluation, _ = found.evaluate(2024)
    figures: list[object] = []
    if evaluation:
        figures = [(each.indicator.name, each.achievement.value.number) for each in evaluation.indicators]
        figures += [(each.kind, each.achievement.value.number) for each in evaluation.averages]
    return sorted(findings, key=str), figures


@pytest.mark.parametrize(("files", "found"), [(dict(SMALL), 0), (MISTAKES, 4)])
def test_neither_findings_nor_figures_depend_on_file_names(tmp_path: Path, files: dict[str, str], found: int) -> None:
    """The same rules in files of other names, and hence in another order, say the same."""
    draw = Random(88)
    expected = outcome(tmp_path / "0", files, {name: name for name in files})
    assert len(expected[0]) == found
    assert expected[1] != []
    for turn in range(1, 8):
        rules = [name for name in files if name.endswith(".sakip")]
        others = draw.sample(["a", "b", "c", "x"], len(rules))
        names = {name: f"{other}.sakip" for name, other in zip(rules, others, strict=True)}
        assert outcome(tmp_path / str(turn), files, {**names, "realisasi.csv": "realisasi.csv"}) == expected
