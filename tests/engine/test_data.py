"""Data files: what is read, what is refused, and where the finding points."""

from __future__ import annotations

import csv
import datetime
import io
from fractions import Fraction

import pytest
from attrs import evolve

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic
from sakip_rules.base.source import Source, Span
from sakip_rules.engine.data import collect, read_csv, read_toml
from sakip_rules.model.readers import Known
from sakip_rules.model.units import PERCENT, POINTS, RATIO, UnitTable, named
from sakip_rules.model.values import Measurement, Quarter, Status

UNITS = {
    "persen": (PERCENT, "%"),
    "poin_persen": (POINTS, "poin"),
    "rasio": (RATIO, "rasio"),
    "rupiah": (named("rupiah", "uang"), "rp"),
    "angka": (named("angka", "nilai"), "skor"),
    "orang": (named("orang", "cacah"), "jiwa"),
}
TABLE = UnitTable(
    {text: measure for name, (measure, other) in UNITS.items() for text in (name, other)},
    {text: name for name, (_, other) in UNITS.items() for text in (name, other)},
)
KNOWN = Known(
    units={
        "rehabilitasi": "persen",
        "selisih": "poin_persen",
        "gini": "rasio",
        "pagu": "rupiah",
        "nilai_sakip": "angka",
        "ppks": "orang",
        "bebas": None,
    },
    labels={"opini": frozenset({"WTP", "WDP", "Tidak Wajar"})},
    table=TABLE,
)
FULL = "tahun;periode;nama;nilai;satuan;status;sumber;ditetapkan"
SHORT = "tahun;nama;nilai"


def read(*lines: str, marks: str | None = None) -> tuple[tuple[Measurement, ...], tuple[Diagnostic, ...]]:
    return read_csv(Source("data.csv", "\n".join(lines)), KNOWN, marks)


def numbers(*lines: str, marks: str | None = None) -> list[Fraction | None]:
    """The numbers of a file without findings."""
    measurements, diagnostics = read(*lines, marks=marks)
    assert diagnostics == ()
    return [item.number for item in measurements]


def pointed(text: str, diagnostics: tuple[Diagnostic, ...]) -> list[tuple[Code, str]]:
    """Each finding with the text that it points at."""
    return [(item.code, text[item.span.start : item.span.end]) for item in diagnostics if item.span]


def only(*lines: str, marks: str | None = None) -> Diagnostic:
    """The one finding of a file, from which nothing was read."""
    measurements, diagnostics = read(*lines, marks=marks)
    assert (measurements, len(diagnostics)) == ((), 1)
    return diagnostics[0]


# What is read.


def test_a_full_row_gives_every_fact() -> None:
    text = f"{FULL}\n2024;tw2;rehabilitasi;0,259;persen;sementara;Dinas Sosial;4 November 2024"
    [measurement], diagnostics = read_csv(Source("data.csv", text), KNOWN)
    start = text.index("0,259")
    assert diagnostics == ()
    assert measurement == Measurement(
        name="rehabilitasi",
        year=2024,
        quarter=Quarter.SECOND,
        number=Fraction("0.259"),
        label=None,
        unit="persen",
        status=Status.PROVISIONAL,
        source="Dinas Sosial",
        decided=datetime.date(2024, 11, 4),
        decimals=3,
        span=Span("data.csv", start, start + 5),
    )


def test_what_is_not_written_has_its_default() -> None:
    """No period is the year, no status is final, no unit is that of the name, and nothing else is invented."""
    [measurement], _ = read(SHORT, "2024;ppks;12")
    assert (measurement.quarter, measurement.status, measurement.unit) == (Quarter.YEAR, Status.FINAL, "orang")
    assert (measurement.source, measurement.decided, measurement.decimals) == (None, None, 0)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize(("mark", "written"), [("koma", "1.234,5"), ("titik", "1,234.5")])
def test_every_delimiter_goes_with_every_mark(delimiter: str, mark: str, written: str) -> None:
    """The header line tells the delimiter, whatever the decimal mark; a cell with the delimiter in it is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([["Tahun", "NAMA", " nilai ", "sumber"], ["2024", "nilai_sakip", written, "a;b,c\td"]])
    [measurement], diagnostics = read_csv(Source("data.csv", out.getvalue()), KNOWN)
    assert (measurement.number, measurement.source, diagnostics) == (Fraction("1234.5"), "a;b,c\td", ())


def test_columns_stand_in_any_order() -> None:
    assert numbers("sumber;nilai;tahun;nama", "LHE;92,33;2024;nilai_sakip") == [Fraction("92.33")]


def test_a_quoted_cell_may_hold_line_ends_and_quotation_marks() -> None:
    """The finding after it still points at its own row."""
    lines = ("nama;sumber;tahun;nilai", 'ppks;"Bidang ""A""\nlantai 2";2024;1', "ppks;;2O24;1")
    [measurement], [finding] = read(*lines)
    assert measurement.source == 'Bidang "A"\nlantai 2'
    assert (finding.code, finding.values["row"]) == (codes.DATA_YEAR, 4)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_one(end: str) -> None:
    source = Source(
        "data.csv", end.join(["# desimal: titik", "", SHORT, "2024;gini;0.5", "", ";;", "2025;gini;1.234", ""])
    )
    measurements, diagnostics = read_csv(source, KNOWN)
    assert ([item.number for item in measurements], diagnostics) == ([Fraction("0.5"), Fraction("1.234")], ())


def test_columns_without_a_heading_on_the_right_are_ignored_while_empty() -> None:
    """Spreadsheets write such columns; a cell that holds something there has slipped."""
    assert numbers(SHORT + ";;", "2024;ppks;1;;", "2025;ppks;2") == [1, 2]
    assert only(SHORT + ";;", "2024;ppks;1;x;").code is codes.DATA_CELL_COUNT


@pytest.mark.parametrize(
    ("written", "quarter"),
    [
        *[(text, Quarter.YEAR) for text in ("", "tahunan", "Tahun", "2024")],
        *[(text, Quarter.FIRST) for text in ("tw1", "TW 1", "TW I", "triwulan 1", "Triwulan I", "tw_1", "tw-1")],
        *[(text, Quarter.SECOND) for text in ("tw2", "TW II")],
        *[(text, Quarter.THIRD) for text in ("tw3", "triwulan III")],
        *[(text, Quarter.FOURTH) for text in ("tw4", "TW IV")],
    ],
)
def test_a_period_is_read_as_offices_write_it(written: str, quarter: Quarter) -> None:
    [measurement], diagnostics = read("tahun;periode;nama;nilai", f"2024;{written};ppks;1")
    assert (measurement.quarter, diagnostics) == (quarter, ())


# Numbers and their decimal mark.


@pytest.mark.parametrize(
    ("name", "written", "number"),
    [
        ("ppks", "0", Fraction(0)),
        ("nilai_sakip", "99,88", Fraction("99.88")),
        ("nilai_sakip", "-5,3", Fraction("-5.3")),
        ("nilai_sakip", "−5,3", Fraction("-5.3")),
        ("pagu", "617.666.666,66", Fraction("617666666.66")),
        ("pagu", "Rp 5.000.000", Fraction(5_000_000)),
        ("pagu", "rp5.000.000,50", Fraction("5000000.5")),
        ("rehabilitasi", "92,5%", Fraction("92.5")),
        ("rehabilitasi", "92,5 %", Fraction("92.5")),
        ("gini", "-0,5", Fraction("-0.5")),
        ("selisih", "-1,25", Fraction("-1.25")),
    ],
)
def test_an_indonesian_number_is_read_exactly(name: str, written: str, number: Fraction) -> None:
    assert numbers(SHORT, f"2024;{name};{written}") == [number]


@pytest.mark.parametrize(
    ("proof", "reading"),
    [
        ("0,28", 1234),
        ("0,259", 1234),
        ("1.234,5", 1234),
        ("1.234.567", 1234),
        ("Rp 1.234.567", 1234),
        ("0.28", Fraction("1.234")),
        ("0.259", Fraction("1.234")),
        ("1,234.5", Fraction("1.234")),
        ("1,234,567", Fraction("1.234")),
        ("1234.567", Fraction("1.234")),
    ],
)
def test_one_proof_tells_how_all_other_cells_are_read(proof: str, reading: Fraction) -> None:
    """``1.234`` alone may be either number; what any cell of the file proves decides."""
    name = "pagu" if "Rp" in proof else "nilai_sakip"
    assert numbers(SHORT, "2024;nilai_sakip;1.234", f"2025;{name};{proof}")[0] == reading


@pytest.mark.parametrize("written", ["1.234", "1,234", "12.345"])
def test_a_mark_that_nothing_proves_is_asked_for(written: str) -> None:
    finding = only(SHORT, "2024;ppks;7", f"2024;nilai_sakip;{written}", f"2025;nilai_sakip;{written}")
    assert (finding.code, finding.values["row"], finding.values["value"]) == (codes.DATA_DECIMAL_MARK, 3, written)
    assert (finding.values["column"], finding.values["count"]) == ("nilai", 2)


def test_plain_digits_need_no_mark() -> None:
    assert numbers(SHORT, "2024;ppks;1234", "2025;ppks;0") == [1234, 0]


@pytest.mark.parametrize(
    ("few", "many"),
    [("0.28", ("99,88", "1.234,5")), ("99,88", ("0.28", "0.5")), ("0.28", ("99,88",))],
)
def test_proofs_of_both_marks_stop_the_file(few: str, many: tuple[str, ...]) -> None:
    """The finding stands at the rarer mark, and shows a cell with the other; nothing is read."""
    lines = (SHORT, *(f"2024;nilai_sakip;{text}" for text in (*many, few)))
    finding = only(*lines)
    [related] = finding.related
    assert (finding.code, finding.values["value"]) == (codes.DATA_MIXED_MARKS, few)
    assert (finding.values["count"], finding.values["others"]) == (1, len(many))
    assert (related.label, related.values["value"]) == ("other_mark_here", many[0])


@pytest.mark.parametrize(
    ("preamble", "marks", "number"),
    [
        (["# desimal: koma"], None, 1234),
        (["# desimal: titik"], None, Fraction("1.234")),
        (["#Desimal : TITIK;;"], None, Fraction("1.234")),
        (['"# desimal: titik"'], None, Fraction("1.234")),
        (["# Realisasi 2024", "", "# desimal: titik"], None, Fraction("1.234")),
        ([], "koma", 1234),
        ([], "titik", Fraction("1.234")),
        (["# desimal: koma"], "titik", 1234),
    ],
)
def test_a_declared_mark_holds_and_that_of_the_file_wins(
    preamble: list[str], marks: str | None, number: Fraction
) -> None:
    assert numbers(*preamble, SHORT, "2024;nilai_sakip;1.234", marks=marks) == [number]


@pytest.mark.parametrize(
    ("preamble", "pointed_at", "near"),
    [(["# desimal: kom"], "kom", "koma"), (["# desimal: koma", "# desimal: titik"], "titik", "titik")],
)
def test_a_declaration_that_says_nothing_clear_is_a_finding(preamble: list[str], pointed_at: str, near: str) -> None:
    lines = (*preamble, SHORT, "2024;ppks;1")
    [finding] = read(*lines)[1]
    assert pointed("\n".join(lines), (finding,)) == [(codes.DATA_DECIMAL_MARK, pointed_at)]
    assert (finding.values["column"], finding.near) == ("desimal", near)


@pytest.mark.parametrize(
    ("marks", "written", "near"),
    [
        ("koma", "0.28", "0,28"),
        ("koma", "0.259", "0,259"),
        ("koma", "1,234.5", "1.234,5"),
        ("titik", "0,28", "0.28"),
        ("titik", "1.234,5", "1,234.5"),
        (None, "#DIV/0!", None),
        (None, "N/A", None),
        (None, "-", None),
        (None, "tidak ada", None),
        (None, "1e5", None),
        (None, "12,3,4", None),
        (None, "%", None),
        (None, "Rp", None),
    ],
)
def test_what_is_no_number_in_the_mark_of_the_file_is_refused(
    marks: str | None, written: str, near: str | None
) -> None:
    """The other mark is offered where it would make a number."""
    finding = only(SHORT, f"2024;nilai_sakip;{written}", marks=marks)
    assert (finding.code, finding.values["value"], finding.near) == (codes.DATA_NUMBER, written, near)


@pytest.mark.parametrize("digits", ["9" * 41, "9" * 1_000_000, "0," + "1" * 1_000_000, "1" + ".000" * 300_000])
def test_a_numeral_of_too_many_digits_is_refused_unread(digits: str) -> None:
    finding = only(SHORT, f"2024;nilai_sakip;{digits}")
    assert (finding.code, finding.values["value"]) == (codes.TOO_MANY_DIGITS, digits[:40])


def test_thousands_of_percent_draw_a_warning() -> None:
    """``5.300`` is 5300 in a file with decimal commas; a percentage so large was likely meant as ``5,300``."""
    [measurement, _], [finding] = read(SHORT, "2024;rehabilitasi;5.300", "2025;rehabilitasi;0,28")
    assert measurement.number == 5300
    assert (finding.code, finding.near, finding.is_error) == (codes.LONE_GROUP, "5,300", False)


# Statuses and words.


@pytest.mark.parametrize(
    ("status", "written"), [("tidak_ada", ""), ("tidak_ada", "-"), ("tidak_berlaku", ""), ("Tidak_Berlaku", "–")]
)
def test_a_value_that_is_not_there_is_no_number(status: str, written: str) -> None:
    [measurement], diagnostics = read(f"{SHORT};status", f"2024;ppks;{written};{status}")
    assert (measurement.number, measurement.status, diagnostics) == (None, Status(status.lower()), ())


def test_zero_is_a_value() -> None:
    """Nothing realized is not the same as nothing known."""
    [measurement], _ = read(f"{SHORT};status", "2024;ppks;0;final")
    assert (measurement.number, measurement.status) == (Fraction(0), Status.FINAL)


@pytest.mark.parametrize(
    ("status", "written", "told"),
    [
        ("tidak_ada", "0", "tidak_ada"),
        ("tidak_berlaku", "12", "tidak_berlaku"),
        ("final", "", "final"),
        ("sementara", "", "sementara"),
    ],
)
def test_a_value_and_its_status_must_agree(status: str, written: str, told: str) -> None:
    finding = only(f"{SHORT};status", f"2024;ppks;{written};{status}")
    assert (finding.code, finding.values["status"]) == (codes.DATA_VALUE_AND_STATUS, told)


def test_a_value_that_is_left_open_without_a_status_is_not_filled_in() -> None:
    """Nobody has said that it is final."""
    for row in (only(f"{SHORT};status", "2024;ppks;;"), only(SHORT, "2024;ppks;")):
        assert (row.code, row.values["name"]) == (codes.DATA_NOT_FILLED, "ppks")


@pytest.mark.parametrize("row", [";Jumlah;92,5", "Jumlah;;92,5", "2024;;92,5", "Total;Total;92,5", ";;92,5"])
def test_a_row_that_names_nothing_is_no_datum(row: str) -> None:
    """It is one finding, and not that a name and a year of no letters are unknown."""
    assert only(SHORT, row).code == codes.DATA_NO_DATUM


PROGRAMS = ("sosial.serapan", "sosial.pagu", "sosial", "skm.serapan", "rehabilitasi", "rehabilitasi.s1.serapan")


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("sosiall.serapan", "sosial.serapan"),
        ("Sosial.serapan", "sosial.serapan"),
        ("sosial.serapn", "sosial.serapan"),
        ("rehabilitasi.s1.serapn", "rehabilitasi.s1.serapan"),
        ("rehabiltasi.s1.serapan", "rehabilitasi.s1.serapan"),
        ("pendidikan.serapan", None),
        ("sakit.serapan", None),
        ("sosial.qqq", None),
        ("sosiall", "sosial"),
    ],
)
def test_the_money_of_another_programme_is_not_offered(written: str, near: str | None) -> None:
    """Both parts of a name are compared by themselves."""
    known = evolve(KNOWN, units=dict.fromkeys(PROGRAMS))
    _, (finding,) = read_csv(Source("data.csv", f"{SHORT}\n2024;{written};1"), known)
    assert (finding.code, finding.near) == (codes.DATA_UNKNOWN_NAME, near)


@pytest.mark.parametrize(("written", "label"), [("WTP", "WTP"), ("wtp", "WTP"), ("tidak  wajar", "Tidak Wajar")])
def test_a_word_of_a_scale_is_returned_as_the_scale_spells_it(written: str, label: str) -> None:
    [measurement], diagnostics = read(SHORT, f"2024;opini;{written}")
    assert (measurement.label, measurement.number, diagnostics) == (label, None, ())


def test_an_unknown_word_of_a_scale_is_refused() -> None:
    finding = only(SHORT, "2024;opini;WTTP")
    assert (finding.code, finding.near) == (codes.DATA_NUMBER, "WTP")


# What is refused in other cells.

REFUSED = [
    ("2O24;;ppks;1;;;;", codes.DATA_YEAR, "2O24", None),
    ("24;;ppks;1;;;;", codes.DATA_YEAR, "24", None),
    (";;ppks;1;;;;", codes.DATA_YEAR, "", None),
    ("2024;tahuan;ppks;1;;;;", codes.DATA_PERIOD, "tahuan", "tahunan"),
    ("2024;tw5;ppks;1;;;;", codes.DATA_PERIOD, "tw5", None),
    ("2024;2023;ppks;1;;;;", codes.DATA_PERIOD, "2023", None),
    ("2024;;rehabilitas;1;;;;", codes.DATA_UNKNOWN_NAME, "rehabilitas", "rehabilitasi"),
    ("2024;;Opini;WTP;;;;", codes.DATA_UNKNOWN_NAME, "Opini", "opini"),
    ("2024;;ppks;1;ornag;;;", codes.UNKNOWN_UNIT, "ornag", "orang"),
    ("2024;;ppks;1;persen;;;", codes.DATA_UNIT, "persen", None),
    ("2024;;ppks;92,5%;;;;", codes.DATA_UNIT, "92,5%", None),
    ("2024;;selisih;92,5%;;;;", codes.DATA_UNIT, "92,5%", None),
    ("2024;;ppks;Rp 5.000.000;;;;", codes.DATA_UNIT, "Rp 5.000.000", None),
    ("2024;;bebas;92,5%;orang;;;", codes.DATA_UNIT, "92,5%", None),
    ("2024;;ppks;1;;sementra;;", codes.DATA_STATUS, "sementra", "sementara"),
    ("2024;;ppks;1;;tidak_terhitung;;", codes.DATA_STATUS, "tidak_terhitung", None),
    ("2024;;ppks;1;;;;4 Nopember 2024", codes.NOT_A_DATE, "4 Nopember 2024", "4 November 2024"),
    ("2024;;ppks;1;;;;2024-11-04", codes.NOT_A_DATE, "2024-11-04", None),
    ("2024;;ppks;-1;;;;", codes.DATA_OUT_OF_RANGE, "-1", None),
    ("2024;;rehabilitasi;-0,5;;;;", codes.DATA_OUT_OF_RANGE, "-0,5", None),
    ("2024;;pagu;-5.000.000;;;;", codes.DATA_OUT_OF_RANGE, "-5.000.000", None),
    ("2024;;ppks;1;;;", codes.DATA_CELL_COUNT, "2024;;ppks;1;;;", None),
    ("2024;;ppks;1;;;;;", codes.DATA_CELL_COUNT, "2024;;ppks;1;;;;;", None),
    ('2024;;ppks;1;;;"Dinas;', codes.UNCLOSED_TEXT, '"Dinas', None),
    ('2024;;ppks;1;;;"Dinas" Sosial;', codes.UNCLOSED_TEXT, '"Dinas" Sosial', None),
]


@pytest.mark.parametrize(("row", "code", "at", "near"), REFUSED)
def test_a_faulty_cell_is_pointed_at_and_its_row_is_not_read(row: str, code: Code, at: str, near: str | None) -> None:
    lines = (FULL, "2023;;nilai_sakip;92,33;;;;", row)
    measurements, diagnostics = read(*lines)
    assert pointed("\n".join(lines), diagnostics) == [(code, at)]
    assert [item.near for item in diagnostics] == [near]
    assert [item.year for item in measurements] == [2023]


def test_a_finding_says_where_and_what() -> None:
    """Its facts are the line, the column and the value, which is cut where it is long."""
    finding = only(SHORT, "", f"2024;{'x' * 99};1")
    assert finding.values == {"row": 3, "column": "nama", "value": "x" * 40}


@pytest.mark.parametrize(
    ("row", "facts"),
    [
        ("2024;ppks;1;persen", {"name": "ppks", "unit": "persen", "expected": "orang"}),
        ("2024;ppks;1;%", {"name": "ppks", "unit": "persen", "expected": "orang"}),
        ("2024;ppks;-1;jiwa", {"name": "ppks", "unit": "orang"}),
        ("2024;ppks;1;pct", {"unit": "pct"}),
        ("2024;ppks;1", {"expected": 4, "found": 3}),
    ],
)
def test_a_finding_carries_the_facts_of_its_code(row: str, facts: dict[str, object]) -> None:
    assert facts.items() <= only(f"{SHORT};satuan", row).values.items()


@pytest.mark.parametrize(("row", "unit"), [("bebas;1;", None), ("bebas;1;jiwa", "orang"), ("bebas;9,5%;", "persen")])
def test_an_open_unit_is_what_the_file_says(row: str, unit: str | None) -> None:
    [measurement], diagnostics = read("nama;nilai;satuan;tahun", f"{row};2024")
    assert (measurement.unit, diagnostics) == (unit, ())


def test_an_unquoted_decimal_comma_between_commas_is_a_cell_too_many() -> None:
    finding = only("tahun,nama,nilai,sumber", "2024,gini,0,28,BPS")
    assert (finding.code, finding.values["expected"], finding.values["found"]) == (codes.DATA_CELL_COUNT, 4, 5)


def test_all_findings_of_a_file_come_at_once() -> None:
    lines = (FULL, "20X4;tw9;pks;x;m;akhir;;kemarin", "2024;;ppks;1.234;;;;")
    assert {item.code for item in read(*lines)[1]} == {
        codes.DATA_YEAR, codes.DATA_PERIOD, codes.DATA_UNKNOWN_NAME, codes.UNKNOWN_UNIT, codes.DATA_STATUS,
        codes.NOT_A_DATE, codes.DATA_DECIMAL_MARK,
    }  # fmt: skip


# Columns.


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("tahun;nama;nilai;keterangan", [("unknown", "keterangan", None)]),
        ("tahun;nama;nilai;statsu", [("unknown", "statsu", "status")]),
        ("tahun;nama;nilai;;sumber", [("unknown", "", None)]),
        ("tahun;nama;nilai;Nilai", [("twice", "nilai", None)]),
        ("tahun;nama", [("missing", "nilai", None)]),
        ("tahun;nama;nilia", [("unknown", "nilia", "nilai")]),
        (
            "tahun|nama|nilai",
            [("unknown", "tahun|nama|nilai", None), *(("missing", c, None) for c in ("tahun", "nama", "nilai"))],
        ),
        ("", [("missing", "tahun", None)]),
        ("# desimal: koma", [("missing", "tahun", None)]),
    ],
)
def test_columns_that_do_not_fit_are_findings(header: str, expected: list[tuple[str, str, str | None]]) -> None:
    """A misspelt column is one finding: that the column it stands for is missing goes without saying."""
    diagnostics = read(header)[1]
    assert {item.code for item in diagnostics} == {codes.DATA_COLUMNS}
    assert [(item.values["what"], item.values["column"], item.near) for item in diagnostics] == expected


@pytest.mark.parametrize(("column", "count"), [("catatan", 1), ("nilai", 0), ("statsu", 0)])
def test_rows_are_read_beside_a_column_that_stands_for_no_other(column: str, count: int) -> None:
    """Which of two columns counts, or what a misspelt one would have said, cannot be known."""
    assert len(read(f"{SHORT};{column}", "2024;ppks;1;2")[0]) == count


def test_a_header_whose_quotation_marks_do_not_close_is_one_finding() -> None:
    finding = only('tahun;"nama;nilai', "2024;ppks;1")
    assert (finding.code, finding.values["value"]) == (codes.UNCLOSED_TEXT, '"nama')


@pytest.mark.parametrize("rows", [(), ("",), (";;", " ; ;")])
def test_a_header_without_rows_is_a_warning(rows: tuple[str, ...]) -> None:
    finding = only(SHORT, *rows)
    assert (finding.code, finding.span, finding.is_error) == (codes.DATA_EMPTY, Span("data.csv", 0, len(SHORT)), False)


def test_a_very_wide_row_is_one_finding() -> None:
    finding = only(SHORT, "1;" * 200_000)
    assert (finding.code, finding.values["found"]) == (codes.DATA_CELL_COUNT, 200_001)


def test_a_very_wide_header_stays_readable() -> None:
    header = SHORT + "".join(f";k{number}" for number in range(2_000))
    measurements, diagnostics = read(header, "2024;ppks;1" + ";" * 2_000)
    assert (len(measurements), len(diagnostics)) == (1, 2_000)


# TOML.

TOML = """\
[[realisasi]]
tahun = 2024
nama = "rehabilitasi"
nilai = {}
"""


def toml(text: str) -> tuple[tuple[Measurement, ...], tuple[Diagnostic, ...]]:
    return read_toml(Source("data.toml", text), KNOWN)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0.28", Fraction("0.28")),
        ("1.234", Fraction("1.234")),
        ("1_234.50", Fraction("1234.5")),
        ("+7", Fraction(7)),
        ("0.1234567890123456789", Fraction("0.1234567890123456789")),
        ('"0,28"', Fraction("0.28")),
        ('"1.234,5"', Fraction("1234.5")),
        ("'92,5%'", Fraction("92.5")),
    ],
)
def test_toml_numbers_are_exact_and_texts_are_indonesian(written: str, number: Fraction) -> None:
    [measurement], diagnostics = toml(TOML.format(written))
    assert (measurement.number, diagnostics) == (number, ())


def test_a_toml_table_gives_every_fact() -> None:
    text = TOML.format("0.259") + 'periode = "tw1"\nstatus = "sementara"\nsumber = "Dinas"\nditetapkan = 2024-11-04\n'
    [measurement], diagnostics = toml(text)
    assert diagnostics == ()
    assert (measurement.quarter, measurement.status) == (Quarter.FIRST, Status.PROVISIONAL)
    assert (measurement.source, measurement.decided) == ("Dinas", datetime.date(2024, 11, 4))
    assert text[measurement.span.start : measurement.span.end] == "nilai = 0.259"


def test_a_toml_value_that_is_not_there_needs_no_key() -> None:
    [measurement], diagnostics = toml('[[realisasi]]\ntahun = 2024\nnama = "ppks"\nstatus = "tidak_ada"')
    assert (measurement.number, measurement.status, diagnostics) == (None, Status.MISSING, ())


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ('"0.28"', codes.DATA_NUMBER),
        ("1e5", codes.DATA_NUMBER),
        ("1e999999999999", codes.DATA_NUMBER),
        ("nan", codes.DATA_NUMBER),
        ("true", codes.DATA_NUMBER),
        ("[1, 2]", codes.DATA_NUMBER),
        ("{a = 1}", codes.DATA_NUMBER),
        ("2024-11-04", codes.DATA_NUMBER),
        ("-0.5", codes.DATA_OUT_OF_RANGE),
        ("9" * 41, codes.TOO_MANY_DIGITS),
        ("0." + "9" * 41, codes.TOO_MANY_DIGITS),
        ("0x" + "9" * 10_000, codes.TOO_MANY_DIGITS),
        ('""', codes.DATA_NOT_FILLED),
    ],
)
def test_a_faulty_toml_value_is_pointed_at_by_its_line(written: str, code: Code) -> None:
    text = "# nilai = 1\n" + TOML.format(written)
    measurements, diagnostics = toml(text)
    assert (measurements, pointed(text, diagnostics)) == ((), [(code, f"nilai = {written}")])


def test_a_whole_number_that_python_refuses_is_pointed_at() -> None:
    text = TOML.format("9" * 1_000_000)
    [finding] = toml(text)[1]
    assert (finding.code, finding.span) == (
        codes.TOO_MANY_DIGITS,
        Span("data.toml", len(text) - 1_000_001, len(text) - 1),
    )


def test_toml_places_are_not_misled_by_texts() -> None:
    """A head or a key within a longer text is none."""
    text = TOML.format(1) + 'sumber = """\n[[realisasi]]\nnama = 1\n"""\n' + TOML.format('"x"')
    assert pointed(text, toml(text)[1]) == [(codes.DATA_NUMBER, 'nilai = "x"')]


def test_tables_in_one_line_are_read_and_pointed_at_by_the_first_line() -> None:
    text = 'realisasi = [{tahun = 2024, nama = "ppks", nilai = 1}, {tahun = 1, nama = "ppks", nilai = 2}]'
    measurements, diagnostics = toml(text)
    assert [item.number for item in measurements] == [Fraction(1)]
    assert pointed(text, diagnostics) == [(codes.DATA_YEAR, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[[realisasi]]\ntahun = 2024\nnama = "ppks"\nnilia = 1', [("unknown", "nilia", "nilai", 4)]),
        ("[[realisasi]]\ntahun = 2024\nnilai = 1", [("missing", "nama", None, 1)]),
        ('[[realisasi]]\ntahun = 2024\nTahun = 2024\nnama = "ppks"\nnilai = 1', [("twice", "tahun", None, 3)]),
        ("[[realisas]]\ntahun = 2024", [("unknown", "realisas", "realisasi", 1)]),
        ("[realisasi]\ntahun = 2024", [("missing", "realisasi", None, 1)]),
        ("realisasi = [1]", [("missing", "realisasi", None, 1)]),
    ],
)
def test_toml_keys_that_do_not_fit_are_findings(text: str, expected: list[tuple[str, str, str | None, int]]) -> None:
    found = [(item.values["what"], item.values["column"], item.near, item.values["row"]) for item in toml(text)[1]]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[[realisasi]]\ntahun = \nnama = 1", 2),
        ("[[realisasi]]\nnama = 'a", 2),
        ('[[realisasi]]\ntahun = 2024\nsumber = """', 3),
        ("a = " + "[" * 100_000, 1),
    ],
)
def test_what_is_not_toml_is_one_finding_at_its_line(text: str, line: int) -> None:
    source = Source("data.toml", text)
    assert read_toml(source, KNOWN) == ((), (Diagnostic(codes.DATA_TOML, source.line_span(line)),))


@pytest.mark.parametrize("text", ["", "# kosong\n", "realisasi = []"])
def test_toml_without_tables_is_a_warning(text: str) -> None:
    assert [item.code for item in toml(text)[1]] == [codes.DATA_EMPTY]


# All files together.


def test_collected_values_are_found_by_name_year_and_period() -> None:
    measurements, _ = read("tahun;periode;nama;nilai", "2024;tw1;ppks;1", "2024;;ppks;2", "2025;;ppks;3")
    data, diagnostics = collect(measurements)
    assert [data.get("ppks", 2024, Quarter.FIRST), data.get("ppks", 2024, Quarter.YEAR)] == list(measurements[:2])
    assert (data.get("ppks", 2025, Quarter.FIRST), diagnostics) == (None, ())


def test_a_value_given_twice_is_a_finding_that_shows_both() -> None:
    """Not even the same number twice passes: imports that double rows must be seen."""
    measurements, _ = read(SHORT, "2024;ppks;1", "2024;ppks;1", "2024;ppks;3")
    data, diagnostics = collect(measurements)
    first, *others = measurements
    assert data.get("ppks", 2024, Quarter.YEAR) is first
    assert [item.span for item in diagnostics] == [item.span for item in others]
    assert {item.code for item in diagnostics} == {codes.DATA_TWICE}
    assert [related.span for item in diagnostics for related in item.related] == [first.span, first.span]
    assert diagnostics[0].values == {"name": "ppks", "year": 2024, "quarter": "tahunan"}
    assert diagnostics[0].related[0].label == "first_here"
