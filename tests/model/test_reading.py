"""Values and cells by their type: what they mean, and what is said of those that mean nothing."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_rules.base.dates import Period
from sakip_rules.base.numbers import Rounding, RoundingMode
from sakip_rules.base.source import Source, Span
from sakip_rules.model import program as p
from sakip_rules.model.build import compile_file
from sakip_rules.model.reading import Reader, _literal
from sakip_rules.model.vocabulary import CORE, Key, Type
from sakip_rules.syntax import tree
from sakip_rules.syntax.parser import parse_fragment
from sakip_rules.syntax.printer import print_expression

DAY = datetime.date
#: Where the values stand in their file.
AT = 100
KEYS = {
    Type.REFERENCE: Key("k", "k", Type.REFERENCE, refers_to=("formula",)),
    Type.REFERENCES: Key("k", "k", Type.REFERENCES, refers_to=("peraturan",)),
    Type.CHOICE: Key("k", "k", Type.CHOICE, choices=("naik", "turun", "rata_rata")),
    Type.POLICY: Key("k", "k", Type.POLICY, refers_to=("formula",), choices=("tanpa_capaian", "lewati")),
    Type.STEP_VALUE: Key("k", "k", Type.STEP_VALUE, choices=("per_indikator", "per_sasaran")),
}
CLOSED_POLICY = Key("k", "k", Type.POLICY, choices=("tanpa_capaian", "lewati"))


def read(type_: Type, text: str, key: Key | None = None) -> tuple[object, list[str]]:
    """A value in plain terms, and each finding as its code, the text that it points at, and the text repaired."""
    reader = Reader("a")
    value = reader.read(type_, text, Span("a", AT, AT + len(text)), key or KEYS.get(type_, Key("k", "k", type_)))
    told = []
    for item in reader.diagnostics:
        assert item.span
        near = f" ~ {item.near}" if item.near else ""
        repaired = ""
        if item.repair:
            start, end = item.repair.span.start - AT, item.repair.span.end - AT
            repaired = f" → {text[:start]}{item.repair.text}{text[end:]}"
        told.append(f"{item.code.name} {text[item.span.start - AT : item.span.end - AT]}{near}{repaired}")
    return plain(value), told


def plain(value: object) -> object:
    """A value without its place."""
    if isinstance(value, p.Quantity):
        return (value.number, value.unit)
    if isinstance(value, p.Interval):
        return (value.lower, value.upper, value.lower_included, value.upper_included, value.unit)
    if isinstance(value, p.Label | p.UnitRef):
        return value.text
    if isinstance(value, p.Reference):
        return (value.text, *value.kinds)
    if isinstance(value, p.Input):
        return (value.name, value.unit.text if value.unit else None)
    if isinstance(value, tree.Expression):
        return print_expression(value)
    return tuple(map(plain, value)) if isinstance(value, tuple) else value


GOOD: list[tuple[Type, str, object]] = [
    (Type.TEXT, "apa adanya", "apa adanya"),
    (Type.TEXT, '"Predikat “Sangat Baik”"', "Predikat “Sangat Baik”"),
    (Type.TEXT, '"""satu\ndua"""', "satu\ndua"),
    (Type.TEXT, "1.1", "1.1"),
    (Type.NAME, "pk_2024", "pk_2024"),
    (Type.REFERENCE, "rpd.s1", ("rpd.s1", "formula")),
    (Type.REFERENCE, '"Judul resmi"', ("Judul resmi", "formula")),
    (Type.REFERENCE, "Judul yang ditempel", ("Judul yang ditempel", "formula")),
    (Type.REFERENCES, "a; b.c;“Judul; lengkap”",
        (("a", "peraturan"), ("b.c", "peraturan"), ("Judul; lengkap", "peraturan"))),
    (Type.REFERENCES, "a;\n        b", (("a", "peraturan"), ("b", "peraturan"))),
    (Type.TEXTS, '%; "a; b"; c d', ("%", "a; b", "c d")),
    (Type.UNIT, "orang", "orang"),
    (Type.UNIT, '"%"', "%"),
    (Type.NUMBER, "4", Fraction(4)),
    (Type.NUMBER, "-0,5", Fraction(-1, 2)),
    (Type.NUMBER, "1/9", Fraction(1, 9)),
    (Type.NUMBER, "1,5 / 2", Fraction(3, 4)),
    (Type.NUMBER, "24.175.862", Fraction(24175862)),
    (Type.WEIGHT, "1/9", "1 / 9"),
    (Type.WEIGHT, "30%", "30%"),
    (Type.QUANTITY, "92,5%", (Fraction("92.5"), "%")),
    (Type.QUANTITY, "92,5 %", (Fraction("92.5"), "%")),
    (Type.QUANTITY, "Rp 5.918.000.000", (Fraction(5918000000), "Rp")),
    (Type.QUANTITY, "rp.5.918.000.000", (Fraction(5918000000), "Rp")),
    (Type.QUANTITY, "54 Dokumen", (Fraction(54), "Dokumen")),
    (Type.QUANTITY, "3 orang/hari", (Fraction(3), "orang/hari")),
    (Type.QUANTITY, "−20", (Fraction(-20), None)),
    (Type.QUANTITY, "–\u00a020", (Fraction(-20), None)),
    (Type.TARGET, "0,28", (Fraction("0.28"), None)),
    (Type.TARGET, "80 s.d 90", (80, 90, True, True, None)),
    (Type.TARGET, "80 s/d 90", (80, 90, True, True, None)),
    (Type.TARGET, "80 sampai dengan 90", (80, 90, True, True, None)),
    (Type.TARGET, "80% – 90%", (80, 90, True, True, "%")),
    (Type.TARGET, "80 − 90", (80, 90, True, True, None)),
    (Type.TARGET, "2 orang - 5 orang", (2, 5, True, True, "orang")),
    (Type.TARGET, "< 5%", (None, 5, False, False, "%")),
    (Type.TARGET, "WTP", "WTP"),
    (Type.TARGET, '"A–"', "A–"),
    (Type.TARGET, "Sangat Baik", "Sangat Baik"),
    (Type.GIVEN, "4", (Fraction(4), None)),
    (Type.GIVEN, "4; 80 s.d 90; WTP", ((Fraction(4), None), (80, 90, True, True, None), "WTP")),
    (Type.RANGE, "75% s.d < 100%", (75, 100, True, False, "%")),
    (Type.RANGE, "≥ 100%", (100, None, True, False, "%")),
    (Type.RANGE, "75 s.d 100%", (75, 100, True, True, "%")),
    (Type.RANGE, "5", (5, 5, True, True, None)),
    (Type.RANGE, '"80 < x ≤ 90"', (80, 90, False, True, None)),
    (Type.DATE, "4 November 2024", DAY(2024, 11, 4)),
    (Type.DATE, '"4 November 2024"', DAY(2024, 11, 4)),
    (Type.YEAR, "2024", 2024),
    (Type.PERIOD, "2024", Period(DAY(2024, 1, 1), DAY(2024, 12, 31))),
    (Type.PERIOD, "2024 s.d 2026", Period(DAY(2024, 1, 1), DAY(2026, 12, 31))),
    (Type.PERIOD, "2024–2026", Period(DAY(2024, 1, 1), DAY(2026, 12, 31))),
    (Type.PERIOD, "2022 s.d seterusnya", Period(DAY(2022, 1, 1), None)),
    (Type.PERIOD, "2022 sampai dengan Sekarang", Period(DAY(2022, 1, 1), None)),
    (Type.PERIOD, "4 November 2024 s.d. 31 Desember 2024", Period(DAY(2024, 11, 4), DAY(2024, 12, 31))),
    (Type.EXPRESSION, "a*b", "a × b"),
    (Type.EXPRESSION, '"a*b"', "a × b"),
    (Type.CONDITION, "a > 5", "a > 5"),
    (Type.CONDITION, "Selain  itu", None),
    (Type.OUTCOME, "92,5%", "92,5%"),
    (Type.OUTCOME, "Sangat Baik", "Sangat Baik"),
    (Type.OUTCOME, '"Kelas 1"', "Kelas 1"),
    (Type.ROUNDING, "2", Rounding(2)),
    (Type.ROUNDING, "-3", Rounding(-3)),
    (Type.ROUNDING, "−3", Rounding(-3)),
    *((Type.ROUNDING, f"2 {mode.value}", Rounding(2, mode)) for mode in RoundingMode),
    (Type.ROUNDING, "0 Ke_Bawah", Rounding(0, RoundingMode.FLOOR)),
    (Type.DECIMALS, "2", (2, 2)),
    (Type.DECIMALS, "0 s.d 2", (0, 2)),
    (Type.DECIMALS, "0–2", (0, 2)),
    (Type.INPUTS, "rencana; realisasi", (("rencana", None), ("realisasi", None))),
    (Type.INPUTS, "pagu rupiah; n", (("pagu", "rupiah"), ("n", None))),
    (Type.CHOICE, "Naik", "naik"),
    (Type.POLICY, "Tanpa_capaian", "tanpa_capaian"),
    (Type.POLICY, "0%", (Fraction(0), "%")),
    (Type.POLICY, "capaian_rencana_nol", ("capaian_rencana_nol", "formula")),
    (Type.STEP_VALUE, "2", Rounding(2)),
    (Type.STEP_VALUE, "120%", (Fraction(120), "%")),
    (Type.STEP_VALUE, "per_indikator", "per_indikator"),
]  # fmt: skip


@pytest.mark.parametrize(("type_", "text", "value"), GOOD, ids=lambda part: getattr(part, "value", None))
def test_a_value_means_what_its_type_says(type_: Type, text: str, value: object) -> None:
    """Without a finding."""
    assert read(type_, text) == (value, [])


BAD: list[tuple[Type, str, list[str]]] = [
    (Type.NAME, "x", ["T207 x"]),
    (Type.NAME, "a-b", ["T207 a-b"]),
    (Type.NAME, "3a", ["T207 3a"]),
    (Type.REFERENCE, "a-b", ["T207 a-b"]),
    (Type.REFERENCE, "1.1", ["T207 1.1"]),
    (Type.INPUTS, "rencana; x", ["T207 x"]),
    (Type.NUMBER, "0.28", ["T201 0.28 → 0,28"]),
    (Type.NUMBER, "1,234.56", ["T201 1,234.56 → 1.234,56"]),
    (Type.NUMBER, "1.5/3", ["T201 1.5 → 1,5/3"]),
    (Type.NUMBER, "1/2.5", ["T201 2.5 → 1/2,5"]),
    (Type.NUMBER, "1/0", ["T202 1/0"]),
    (Type.NUMBER, "satu", ["T202 satu"]),
    (Type.NUMBER, "9" * 41, ["T203 " + "9" * 41]),
    (Type.QUANTITY, "0.28", ["T201 0.28 → 0,28"]),
    (Type.QUANTITY, "92.5%", ["T201 92.5 → 92,5%"]),
    (Type.QUANTITY, "92.5 %", ["T201 92.5 → 92,5 %"]),
    (Type.QUANTITY, "Rp 1,234.56", ["T201 1,234.56 → Rp 1.234,56"]),
    (Type.QUANTITY, "0.5 orang", ["T201 0.5 → 0,5 orang"]),
    (Type.QUANTITY, "1.23.4 orang", ["T202 1.23.4"]),
    (Type.QUANTITY, "banyak", ["T202 banyak"]),
    (Type.QUANTITY, "9" * 41 + "%", ["T203 " + "9" * 41]),
    (Type.TARGET, "0.28%", ["T201 0.28 → 0,28%"]),
    (Type.TARGET, "80 s.d 90.5", ["T201 90.5 → 80 s.d 90,5"]),
    (Type.TARGET, ",5", ["T202 ,5"]),
    (Type.TARGET, "5+5", ["T202 5+5"]),
    (Type.GIVEN, "4; 0.5", ["T201 0.5 → 4; 0,5"]),
    (Type.RANGE, "≥ 0.5%", ["T201 0.5 → ≥ 0,5%"]),
    (Type.RANGE, "≥ Rp 1,234.56", ["T201 1,234.56 → ≥ Rp 1.234,56"]),
    (Type.RANGE, "0.5 s.d 1.5", ["T201 0.5 → 0,5 s.d 1.5", "T201 1.5 → 0.5 s.d 1,5"]),
    (Type.RANGE, '"≥ 0.5"', ['T201 0.5 → "≥ 0,5"']),
    (Type.RANGE, "90 s.d 80", ["T211 90 s.d 80"]),
    (Type.RANGE, "80 < x ≤ 80", ["T211 80 < x ≤ 80"]),
    (Type.RANGE, "5% s.d 10 orang", ["T213 5% s.d 10 orang"]),
    (Type.RANGE, "≠ 5", ["S201 ≠"]),
    (Type.DATE, "4/11/2024", ["T205 4/11/2024"]),
    (Type.DATE, "4 Nopember 2024", ["T205 4 Nopember 2024 ~ 4 November 2024 → 4 November 2024"]),
    (Type.DATE, "31 November 2024", ["T205 31 November 2024"]),
    (Type.YEAR, "24", ["T208 24"]),
    (Type.YEAR, "2.024", ["T208 2.024"]),
    (Type.PERIOD, "2024 s.d 2025 s.d 2026", ["T209 2024 s.d 2025 s.d 2026"]),
    (Type.PERIOD, "2024 s.d", ["T209 2024 s.d"]),
    (Type.PERIOD, "2026 s.d 2024", ["T211 2026 s.d 2024"]),
    (Type.PERIOD, "kapan saja", ["T205 kapan saja"]),
    (Type.PERIOD, "seterusnya", ["T205 seterusnya"]),
    (Type.EXPRESSION, "a / 0.28", ["T201 0.28 → a / 0,28"]),
    (Type.EXPRESSION, "a / (0.28)", ["T201 0.28 → a / (0,28)"]),
    (Type.EXPRESSION, "a + Rp 1234.56", ["T201 1234.56 → a + Rp 1234,56"]),
    (Type.EXPRESSION, "a × 0.5% + 1.5", ["T201 0.5 → a × 0,5% + 1.5", "T201 1.5 → a × 0.5% + 1,5"]),
    (Type.EXPRESSION, '"a / 0.28"', ['T201 0.28 → "a / 0,28"']),
    (Type.EXPRESSION, "a + " + "9" * 41, ["T203 " + "9" * 41]),
    (Type.EXPRESSION, "min(a, b)", ["S203 , → min(a; b)"]),
    (Type.CONDITION, "a >", ["S202 >"]),
    (Type.OUTCOME, "92.5%", ["T201 92.5 → 92,5%"]),
    (Type.ROUNDING, "dua", ["T212 dua"]),
    (Type.ROUNDING, "2 setengah_genp", ["T212 2 setengah_genp ~ setengah_genap"]),
    (Type.ROUNDING, "13", ["T212 13"]),
    (Type.ROUNDING, "2,5", ["T212 2,5"]),
    (Type.DECIMALS, "dua", ["T216 dua"]),
    (Type.DECIMALS, "0 s.d 1 s.d 2", ["T216 0 s.d 1 s.d 2"]),
    (Type.CHOICE, "nak", ["T206 nak ~ naik → naik"]),
    (Type.CHOICE, "zzz", ["T206 zzz"]),
    (Type.STEP_VALUE, "per_indikatr", ["T206 per_indikatr ~ per_indikator → per_indikator"]),
    (Type.STEP_VALUE, "120.5%", ["T201 120.5 → 120,5%"]),
    (Type.POLICY, "0.5%", ["T201 0.5 → 0,5%"]),
]  # fmt: skip


@pytest.mark.parametrize(("type_", "text", "findings"), BAD, ids=lambda part: getattr(part, "value", None))
def test_a_value_that_means_nothing_is_a_finding_at_its_place(type_: Type, text: str, findings: list[str]) -> None:
    """The repair, put in the place that it names, leaves units, quotes and parentheses as they are."""
    value, told = read(type_, text)
    assert told == findings
    assert value in (None, ()) or type_ is Type.INPUTS


@pytest.mark.parametrize(
    ("type_", "text", "value", "finding"),
    [
        (Type.QUANTITY, "5.300%", (Fraction(5300), "%"), "T204 5.300% ~ 5,300% → 5,300%"),
        (Type.TARGET, "5.300%", (Fraction(5300), "%"), "T204 5.300% ~ 5,300% → 5,300%"),
        (Type.EXPRESSION, "a + 5.300%", "a + 5.300%", "T204 5.300 ~ 5,300 → a + 5,300%"),
    ],
)
def test_a_lone_group_of_per_cent_is_read_with_a_warning(type_: Type, text: str, value: object, finding: str) -> None:
    """5.300 per cent is legal, but 5,3 was hardly not meant."""
    assert read(type_, text) == (value, [finding])


@pytest.mark.parametrize("text", ["5.300", "Rp 5.300", "5.300 orang"])
def test_a_lone_group_of_anything_else_is_read_without_a_word(text: str) -> None:
    """Thousands of people and of rupiah are common."""
    value, told = read(Type.QUANTITY, text)
    assert isinstance(value, tuple)
    assert (value[0], told) == (5300, [])


def test_a_policy_without_formulas_is_one_of_its_words() -> None:
    """Where no formula may be named, a misspelt word is offered."""
    assert read(Type.POLICY, "lewat", CLOSED_POLICY) == (None, ["T206 lewat ~ lewati → lewati"])


def test_items_of_a_list_know_where_they_stand() -> None:
    """Also behind a line end, and with the unit of an input apart."""
    text = "rencana;\n    pagu rupiah"
    reader = Reader("a")
    first, second = reader.read(Type.INPUTS, text, Span("a", 0, len(text)), Key("k", "k", Type.INPUTS))
    assert [text[item.span.start : item.span.end] for item in (first, second)] == ["rencana", "pagu rupiah"]
    assert text[second.unit.span.start : second.unit.span.end] == "rupiah"


@pytest.mark.parametrize(
    "line",
    [
        "capaian: 92.5%",
        "capaian:   Rp   1,234.56",
        "target: “80 s.d 90.5”",
        "target:  80  s.d  0.5",
        "realisasi: 0.5  orang",
    ],
)
def test_every_repair_of_a_table_cell_lands_on_the_numeral(line: str) -> None:
    """However many spaces stand in the cell."""
    column, _, cell = line.partition(":")
    text = f"laporan l {{\n    tahun: 2024\n    tercetak t {{\n        | {column} |\n        | {cell} |\n    }}\n}}\n"
    (item,) = compile_file(Source("a", text), CORE).diagnostics
    assert item.repair
    assert item.code.name == "T201"
    repaired = text[: item.repair.span.start] + item.repair.text + text[item.repair.span.end :]
    assert compile_file(Source("a", repaired), CORE).diagnostics in ((), *((finding,) for finding in _empty(repaired)))


def _empty(text: str) -> tuple[object, ...]:
    """Findings of a repaired text that are about its meaning: the range 80 to 0,5 holds nothing."""
    return tuple(item for item in compile_file(Source("a", text), CORE).diagnostics if item.code.name == "T211")


@given(st.sampled_from(Type), st.text(min_size=1, max_size=30).map(str.strip).filter(bool))
@settings(deadline=None, max_examples=400)
def test_any_text_is_a_value_or_findings(type_: Type, text: str) -> None:
    """No type raises on any text that stands in a value or cell."""
    read(type_, text)


@given(
    st.sampled_from([Type.TARGET, Type.GIVEN, Type.QUANTITY, Type.RANGE, Type.PERIOD, Type.ROUNDING, Type.STEP_VALUE]),
    st.text("0123456789.,-−–%/ s.d≥<Rp;x", min_size=1, max_size=14).map(str.strip).filter(bool),
)
@settings(deadline=None, max_examples=400)
def test_any_mixture_of_digits_and_signs_is_a_value_or_findings(type_: Type, text: str) -> None:
    """Nor on a text that nearly is a value: without a value there is a finding."""
    value, told = read(type_, text)
    assert told or value is not None


@pytest.mark.parametrize(
    "text", ["5", "92,5%", "92,5 %", "1.234,50", "Rp 5.000", "Rp5.000", "rp. 5", "0.28", "5.300%", "24.175.862.284"]
)
def test_a_single_number_reads_as_the_parser_reads_it(text: str) -> None:
    """It takes a shorter way to the same node at the same place."""
    place = Span("a", 7, 7 + len(text))
    assert _literal(text, place) == parse_fragment("expression", text, place).node


@pytest.mark.parametrize("text", ["5 orang", "-5", "Rp 5%", "1/9", "a", "5 + 5", "(5)"])
def test_anything_else_is_left_to_the_parser(text: str) -> None:
    """Units, signs and operations are grammar."""
    assert _literal(text, Span("a", 0, len(text))) is None


#: What stands in a list, its type, what is read, and what is found.
COMMAS = [
    ("a, b", Type.REFERENCES, ("a", "b"), ["S203 a, b → a; b"]),
    ("a,b", Type.REFERENCES, ("a", "b"), ["S203 a,b → a; b"]),
    ("a; b, d.e ,c", Type.REFERENCES, ("a", "b", "d.e", "c"), ["S203 b, d.e ,c → a; b; d.e; c"]),
    ("1.01, 1.02.", Type.ROWS, ("1.01", "1.02."), ["S203 1.01, 1.02. → 1.01; 1.02."]),
    ("p1, p2", Type.ROWS, ("p1", "p2"), ["S203 p1, p2 → p1; p2"]),
    ("orang, jiwa", Type.TEXTS, ("orang", "jiwa"), ["S203 orang, jiwa → orang; jiwa"]),
    ("naik, turun", Type.CHOICES, ("naik", "turun"), ["S203 naik, turun → naik; turun"]),
    ('"orang, jiwa"', Type.TEXTS, ("orang, jiwa",), []),
    ("Layanan yang cepat, ramah", Type.TEXTS, ("Layanan yang cepat, ramah",), []),
    ('"Layanan, Sosial"; b', Type.REFERENCES, ("Layanan, Sosial", "b"), []),
]


@pytest.mark.parametrize(("text", "type_", "value", "findings"), COMMAS, ids=[row[0] for row in COMMAS])
def test_commas_between_names_are_a_finding_and_separate_them(
    text: str, type_: Type, value: tuple[str, ...], findings: list[str]
) -> None:
    """So that none of them is lost; a text in quotes or of several words may hold a comma."""
    key = Key("k", "k", type_, choices=("naik", "turun"))
    read_value, told = read(type_, text, key)
    assert isinstance(read_value, tuple)
    assert tuple(item[0] if isinstance(item, tuple) else item for item in read_value) == value
    assert told == findings


def test_commas_between_inputs_are_a_finding() -> None:
    """With their units."""
    value, told = read(Type.INPUTS, "rencana persen, realisasi")
    assert isinstance(value, tuple)
    assert value == (("rencana", "persen"), ("realisasi", None))
    assert told == ["S203 rencana persen, realisasi → rencana persen; realisasi"]
