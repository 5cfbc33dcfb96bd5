"""What formats on paper share: how tables are divided, and how texts are cut."""

from __future__ import annotations

import datetime

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from sakip_plugins.layout.tables import WHOLE, Head, heads, is_turned, sections, widths
from sakip_plugins.layout.words import Paragraph, caption, day, paragraphs, written

from sakip_rules import Heading, Passage, PublishedColumn, PublishedRow, PublishedTable
from tests.plugins.publications import CHART, EFFICIENCY, EMPTY, PASSAGE, WIDE, number, table
from tests.plugins.publications import WHOLE as REPORT


def test_neighbours_of_a_group_share_a_heading() -> None:
    """The others fill both rows; a group of one is one."""
    columns = (
        PublishedColumn("a", "A"), PublishedColumn("b", "B", "G"), PublishedColumn("c", "C", "G"),
        PublishedColumn("d", "D", "H"), PublishedColumn("e", "E", "G"),
    )  # fmt: skip
    assert heads(columns) == (
        (Head("A", 1, 2), Head("G", 2), Head("H"), Head("G")),
        (Head("B"), Head("C"), Head("D"), Head("E")),
    )
    assert heads(columns[:1]) == ((Head("A"),),)


def test_a_heading_stands_with_what_follows_it() -> None:
    """On a turned page where that is a wide table."""
    found = [(each.turned, len(each.parts)) for each in sections(REPORT.parts)]
    assert found == [(False, 4), (True, 2), (False, 3)]
    assert [each.turned for each in sections((Heading("a"), Heading("b"), WIDE, Heading("c")))] == [True, False]
    assert list(sections(())) == []


@pytest.mark.parametrize("shown", [EFFICIENCY, EMPTY, WIDE, table(columns=1), table(("x" * 500, "y" * 500))])
def test_columns_fill_the_page(shown: PublishedTable) -> None:
    assert sum(widths(shown)) == WHOLE
    assert all(width > 0 for width in widths(shown))


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=200)), max_size=5), st.integers(1, 90_000))
def test_columns_fill_every_page(rows: list[tuple[str, str]], width: int) -> None:
    """Whatever stands in them, and however narrow it is."""
    assert sum(widths(table(*rows), width)) == WHOLE


def test_room_that_is_left_goes_to_texts() -> None:
    """Numbers, and the numbers of rows, are as wide as they need to be."""
    short = table(("1", "Pembina Utama Muda", ""), ("2", "Penata", ""), columns=3)
    rows = tuple(evolve(row, cells=(*row.cells[:2], number("24"))) for row in short.rows)
    narrow, broad, last = widths(evolve(short, rows=rows))
    assert narrow + last < broad


def test_long_numbers_turn_the_page() -> None:
    """Since they are never broken."""
    amounts = PublishedRow((number("12.345.678.901.234,00"),) * 8)
    shown = evolve(table(columns=8), rows=(amounts,))
    assert (is_turned(table(columns=8)), is_turned(shown), is_turned(CHART)) == (False, True, False)


def test_a_passage_is_cut_into_paragraphs_and_items() -> None:
    """Of bullets and of numbers, which stay as they were written."""
    assert list(paragraphs(PASSAGE))[1:4] == [
        Paragraph("Penyebabnya:"), Paragraph("anggaran cukup;", "•"), Paragraph("kerja sama.", "•"),
    ]  # fmt: skip
    assert list(paragraphs(Passage("1. a\n  b)\tc\n(12) d\n-5 e\n- \nx. f"))) == [
        Paragraph("a", "1."), Paragraph("c", "b)"), Paragraph("d", "(12)"), Paragraph("-5 e\n- "), Paragraph("f", "x."),
    ]  # fmt: skip
    assert list(paragraphs(Passage(" \n\n "))) == []


@given(st.text())
def test_every_text_can_be_written(text: str) -> None:
    """In UTF-8, as long as it was but for ends of lines, and the same when it is written again."""
    found = written(text)
    assert found.encode().decode() == found
    assert len(found) == len(text.replace("\r\n", "\n"))
    assert written(found) == found


def test_a_caption_has_the_number_that_is_printed() -> None:
    assert [caption(each) for each in (EFFICIENCY, EMPTY, CHART)] == [
        "Tabel 3.9 Efisiensi Sasaran", "Tanpa baris", "Gambar 3.1 Perbandingan Capaian",
    ]  # fmt: skip


def test_the_day_of_a_report_is_its_own_or_the_last_of_its_year() -> None:
    assert [day(REPORT), day(evolve(REPORT, as_of=None))] == [datetime.date(2025, 1, 31), datetime.date(2024, 12, 31)]
