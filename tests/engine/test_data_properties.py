"""What holds for every data file, whatever stands in it."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sakip_rules.base import codes
from sakip_rules.base.numbers import as_indonesian, format_number
from sakip_rules.base.source import Source
from sakip_rules.engine.data import read_csv, read_toml
from tests.engine.test_data import KNOWN

HEADER = ["tahun", "nama", "nilai", "sumber"]

delimiters = st.sampled_from(";,\t")
line_ends = st.sampled_from(["\n", "\r\n"])
places = st.integers(0, 6)
wholes = st.integers(-(10**20), 10**20)
fragments = st.sampled_from(
    [
        *HEADER, "periode", "satuan", "status", "ditetapkan", ";", ",", "\t", '"', "\n", "\r", "#", " desimal: koma",
        "2024", "ppks", "opini", "WTP", "0,28", "0.28", "1.234", "%", "Rp ", "-", "tw", "tidak_ada", "[[realisasi]]",
        "=", "'", "\x00",
    ]
)  # fmt: skip
texts = st.one_of(st.text(), st.lists(fragments).map("".join))
bodies = st.lists(fragments).map("".join)


def table(rows: list[list[str]], delimiter: str, line_end: str = "\n") -> Source:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows([HEADER, *rows])
    return Source("data.csv", out.getvalue())


@given(st.lists(st.tuples(wholes, places), max_size=5), st.booleans(), delimiters, line_ends)
def test_numbers_in_either_convention_read_back_exactly(
    numbers: list[tuple[int, int]], indonesian: bool, delimiter: str, line_end: str
) -> None:
    """One numeral that proves the mark, here ``0,5`` or ``0.5``, is enough for all of them."""
    exact = [Fraction(whole, 10**decimals) for whole, decimals in numbers]
    written = [format_number(number, decimals) for number, (_, decimals) in zip(exact, numbers, strict=True)]
    cells = [*written, "0,5"] if indonesian else [as_indonesian(text) for text in [*written, "0,5"]]
    rows = [["2024", "nilai_sakip", cell, ""] for cell in cells]
    measurements, diagnostics = read_csv(table(rows, delimiter, line_end), KNOWN)
    assert ([item.number for item in measurements], diagnostics) == ([*exact, Fraction(1, 2)], ())
    assert [item.decimals for item in measurements] == [*(decimals for _, decimals in numbers), 1]


@given(wholes, places, st.booleans())
def test_a_declared_mark_reads_every_number_exactly(whole: int, decimals: int, indonesian: bool) -> None:
    """With a declaration not even a lone ``1.234`` needs a proof."""
    number = Fraction(whole, 10**decimals)
    written = format_number(number, decimals)
    source = table([["2024", "nilai_sakip", written if indonesian else as_indonesian(written), ""]], ";")
    [measurement], diagnostics = read_csv(source, KNOWN, "koma" if indonesian else "titik")
    assert (measurement.number, diagnostics) == (number, ())


@given(
    st.lists(st.one_of(st.text(st.characters(exclude_characters="\x00")), bodies), max_size=4), delimiters, line_ends
)
def test_cells_are_read_and_placed_as_they_were_written(origins: list[str], delimiter: str, line_end: str) -> None:
    """Whatever a quoted cell holds, its neighbours keep their place."""
    rows = [[str(2000 + at), "nilai_sakip", f"{at},5", origin] for at, origin in enumerate(origins)]
    source = table(rows, delimiter, line_end)
    measurements, diagnostics = read_csv(source, KNOWN)
    places = [source.text[item.span.start : item.span.end].strip('"') for item in measurements]
    assert [item.code for item in diagnostics] == ([] if origins else [codes.DATA_EMPTY])
    assert places == [row[2] for row in rows]
    assert [item.source for item in measurements] == [origin.strip() or None for origin in origins]


@given(texts, st.sampled_from([None, "koma", "titik", "?"]))
def test_reading_csv_never_raises(text: str, marks: str | None) -> None:
    for source in (Source("a", text), Source("b", ";".join(HEADER) + "\n" + text)):
        _, diagnostics = read_csv(source, KNOWN, marks)
        assert all(item.span and 0 <= item.span.start <= item.span.end <= len(source.text) for item in diagnostics)


@given(texts)
def test_reading_toml_never_raises(text: str) -> None:
    for source in (Source("a", text), Source("b", "[[realisasi]]\ntahun = 2024\nnama = 'ppks'\nnilai = " + text)):
        _, diagnostics = read_toml(source, KNOWN)
        assert all(item.span and 0 <= item.span.start <= item.span.end <= len(source.text) for item in diagnostics)


@given(st.lists(st.sampled_from(["2024;ppks;1", "2024;ppks;x", "2O24;ppks;1", "2024;pks;1;", ";;"])))
def test_every_row_is_a_measurement_or_a_finding(rows: list[str]) -> None:
    """No row is lost in silence but the empty ones."""
    source = Source("data.csv", "\n".join(["tahun;nama;nilai", *rows]))
    measurements, diagnostics = read_csv(source, KNOWN)
    spans = [*(item.span for item in measurements), *(item.span for item in diagnostics if item.span)]
    lines = {source.position(span.start)[0] for span in spans}
    assert lines - {1} == {number for number, row in enumerate(rows, 2) if row != ";;"}
