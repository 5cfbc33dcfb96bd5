"""Columns and the interpreter never disagree, whatever the method."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import astuple
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sakip_rules.engine.achievement import Assessor, Case
from sakip_rules.engine.columnar import assess_all, assess_columns, column
from sakip_rules.model import program as p
from sakip_rules.model.results import Achievement
from sakip_rules.model.units import PERCENT, Measure
from sakip_rules.model.values import Status, Value, absent
from tests.rules_support import project

MODES = ("", " setengah_genap", " ke_bawah", " ke_atas", " potong")
RULES = """\
kategori berlubang "Berlubang" {
    satuan: persen
    ranah: 0% s.d 150%
    pembulatan: 1
    | rentang          | predikat |
    | ≥ 90%            | A        |
    | > 50% s.d < 80%  | B        |
    | 10% s.d 50%      | C        |
}
formula selisih "Selisih" {
    masukan: rencana; realisasi
    rumus: (2 × rencana - realisasi) / rencana × 100% + 1/3 × 1%
    pembulatan: 3
}
""" + "".join(
    f"""\
metode m{number} "M" {{
    naik: capaian_naik
    turun: {down}
    {more}
    | langkah    | nilai |
    | capaian    | -     |
    | pembulatan | 2{mode} |
    {step}
}}
"""
    for number, (mode, down, more, step) in enumerate(
        (mode, down, more, step)
        for mode in MODES
        for down, more, step in (
            ("capaian_turun", "kategori: berlubang", ""),
            ("selisih", "rencana_nol: tanpa_capaian", "| batas_atas | 120% |"),
            ("capaian_turun_terbalik", "rencana_nol: 0%", "| batas_bawah | 20% |"),
        )
    )
)
COUNT = len(MODES) * 3
numbers = st.integers(-500, 20_000).map(lambda whole: Fraction(whole, 100)) | st.fractions(-5, 5, max_denominator=9)


@pytest.fixture(scope="module")
def assessor(tmp_path_factory: pytest.TempPathFactory) -> Assessor:
    found = project(tmp_path_factory.mktemp("kolom"), RULES)
    assert [item for item in found.rule_findings if item.is_error] == []  # its bands have holes on purpose
    return Assessor(found.program, found.functions)


def method(assessor: Assessor, number: int) -> p.Method:
    found = assessor.program.find(f"m{number}")[0]
    assert isinstance(found, p.Method)
    return found


@st.composite
def cases(draw: st.DrawFn) -> Case:
    measure = draw(st.sampled_from((PERCENT, Measure((("orang", 1),)))))
    status = draw(st.sampled_from((Status.FINAL, Status.FINAL, Status.PROVISIONAL, Status.MISSING)))
    realized = absent(status, measure) if status is Status.MISSING else Value(draw(numbers), measure, status)
    return Case(draw(st.sampled_from(("naik", "turun", None))), Value(draw(numbers), measure), realized)


def shown(found: Achievement) -> tuple[object, ...]:
    """All that an achievement says; its reason by code and facts."""
    values = (found.value.number, found.value.measure, found.value.status, found.unrounded.number)
    reason = found.problem and (found.problem.code.name, dict(found.problem.values), found.problem.span)
    return (
        *values,
        found.category and found.category.label,
        found.formula and found.formula.name,
        reason,
        found.policy,
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(0, COUNT - 1), rows=st.lists(cases(), min_size=1, max_size=12))
def test_columns_give_what_the_interpreter_gives(assessor: Assessor, number: int, rows: list[Case]) -> None:
    """Row by row, with every rounding mode, cap, hole between bands, zero, negative and missing value."""
    found = assess_all(assessor, method(assessor, number), rows)
    assert [shown(each) for each in found] == [shown(assessor.assess(method(assessor, number), row)) for row in rows]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(st.integers(1, 9_999), st.integers(0, 9_999)), min_size=1, max_size=20))
def test_a_trace_is_worked_out_when_it_is_asked_for(assessor: Assessor, pairs: list[tuple[int, int]]) -> None:
    """The interpreter explains a row of a column by the same figure."""
    targets, realized = (column([Fraction(pair[at], 100) for pair in pairs], PERCENT) for at in (0, 1))
    found = assess_columns(assessor, method(assessor, 1), "naik", targets, realized)
    assert found is not None
    assert len(found) == len(pairs)
    for row in range(len(pairs)):
        explained = found.explain(row)
        assert explained.value.number == found.values.number(row)
        assert len(explained.trace) == 1
        assert [taken.step.step for taken in explained.steps] == ["capaian", "pembulatan", "batas_atas"]


@given(st.lists(st.fractions(max_denominator=10**30), max_size=20))
def test_a_column_holds_its_numbers_exactly(values: list[Fraction]) -> None:
    """Over a common denominator, or each over its own where that would be too long."""
    found = column(values, PERCENT)
    assert [found.number(row) for row in range(len(values))] == values
    assert astuple(found, recurse=False)[3] == PERCENT
