"""The page as a text: its structure, its words as they are given, and the same bytes every time."""

from __future__ import annotations

import re
from fractions import Fraction
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from attrs import evolve
from sakip_plugins.format_html.markup import element, text
from sakip_plugins.format_html.scale import place, scale
from sakip_plugins.format_html.writer import report

from sakip_rules import Heading, Publication, Status, Value
from tests.html.pages import REPORT, TABLE


class Tables(HTMLParser):
    """All tables of a page as rows of cells, each with the rows and columns that it covers."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.cell: list[str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.cell = []
        elif tag == "br" and self.cell is not None:
            self.cell.append("\n")

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self.cell is not None:
            self.tables[-1][-1].append("".join(self.cell))
            self.cell = None


def page(found: Publication = REPORT) -> str:
    return report(found)[f"{found.name}.html"].decode()


def test_every_cell_stands_on_the_page_as_it_is_printed() -> None:
    """Two rows of heads; a cell that covers rows stands once; the sums are under the table."""
    assert Tables(page()).tables[0] == [
        ["Sasaran", "Indikator", "Tahun 2024"],
        ["Target", "Capaian"],
        ["Sasaran\nsatu", '<b>"Layanan"</b> & <i>', "1.234,50", "92,50%"],
        ["مؤشر الأداء", "tidak ada", "-5"],
        ["Rata-rata", "", "", "43,75"],
    ]


def test_the_numbers_of_a_chart_are_in_its_table() -> None:
    """With the word for what is not there."""
    assert Tables(page()).tables[1] == [
        ["Kategori", "Target", "Realisasi"],
        ["2022", "80%", "78,5%"],
        ["2023", "82%", "tidak ada"],
        ["2024", "85%", "-5%"],
    ]


def test_headings_leave_out_no_level() -> None:
    """The title is the first; a level that is left out in the report is closed up."""
    found = re.findall(r"<h(\d)[^>]*>(.*?)</h", page())
    assert [(level, title) for level, title in found if "BAB" in title or "." in title or "Tingkat" in title] == [
        ("2", "BAB II Perencanaan"), ("3", "2.1 Rencana Strategis"), ("2", "BAB III Akuntabilitas"),
        ("3", "Tingkat yang dilompati"),
    ]  # fmt: skip
    levels = [int(level) for level, _ in found]
    assert levels[0] == 1
    assert all(later <= level + 1 for level, later in pairwise(levels))


def test_the_contents_lead_to_every_part() -> None:
    """In their order, each link to something that is there."""
    contents = re.search(r"<nav.*?</nav>", page(), re.DOTALL)
    assert contents
    links = re.findall(r'href="#([\w-]+)" dir="auto">(.*?)<', contents[0])
    assert [title for _, title in links] == [
        "BAB II Perencanaan", "2.1 Rencana Strategis", "Tabel 1.1 Capaian &lt;2024&gt; &amp; lain-lain",
        "BAB III Akuntabilitas", "Tingkat yang dilompati", "Gambar 3.1 Target dan Realisasi",
        "Indeks Kepuasan Masyarakat", "Tanpa baris", "Temuan pemeriksaan",
    ]  # fmt: skip
    assert all(f'id="{name}"' in page() for name, _ in links)


def test_names_on_the_page_are_unique() -> None:
    """Or links and labels would lead astray."""
    names = re.findall(r' id="([^"]+)"', page())
    assert len(names) == len(set(names))
    for reference in re.findall(r' (?:aria-labelledby|aria-describedby|popovertarget)="([^"]+)"', page()):
        assert reference in names


HOSTILE = ["<script>alert(1)</script>", '" onload="x', "&amp;", "a\x00b", "a\ud800b", "</style>", "]]>", "=1+1"]


@pytest.mark.parametrize("given", HOSTILE)
def test_a_text_is_never_markup(given: str) -> None:
    """Wherever it stands; signs that no page may hold become the mark for such signs."""
    columns = tuple(evolve(column, heading=given) for column in TABLE.columns)
    row = evolve(TABLE.rows[0], cells=tuple(evolve(cell, text=given, height=1) for cell in TABLE.rows[0].cells))
    table = evolve(TABLE, title=given, number=given, columns=columns, rows=(row,), source=given)
    found = page(evolve(REPORT, title=given, agency=given, parts=(Heading(given), table)))
    shown = re.sub("[\x00\ud800]", "\ufffd", given)
    assert Tables(found).tables[0][-2] == [shown] * 4
    assert "<script" not in found
    assert not re.search(r"<[^>]*\sonload=", found)
    assert found.count("<style>") == found.count("</style>") == 1


def test_what_is_not_there_is_not_a_number() -> None:
    """The word for it stands in a cell of its own kind, and a provisional figure is marked."""
    missing = evolve(TABLE.rows[1].cells[2], value=Value(None, status=Status.MISSING))
    sure = TABLE.rows[0].cells[2]
    provisional = evolve(sure, value=Value(sure.number, status=Status.PROVISIONAL), text="1.234,50 (sementara)")
    row = evolve(TABLE.rows[0], cells=(missing, missing, sure, provisional))
    found = page(evolve(REPORT, parts=(evolve(TABLE, rows=(row,)),)))
    assert '<td class="status" dir="auto">tidak ada</td>' in found
    assert '<td class="bilangan">1.234,50</td>' in found
    assert 'class="bilangan sementara"' in found


def test_nothing_but_the_page_is_needed() -> None:
    """No address of anything else, no script, and a policy that allows none."""
    assert not re.search(r"(src|href)=\"(?!#)|url\(|@import|<script|<link|https?://(?!www\.w3\.org/2000/svg)", page())
    assert "default-src 'none'; style-src 'sha256-" in unescape(page())


def test_a_report_without_anything_is_a_page() -> None:
    """With its title, and the word that nothing was found."""
    found = page(Publication("kosong", "Kosong", 2024, ()))
    assert '<h1 dir="auto">Kosong</h1>' in found
    assert "Pemeriksaan tidak menemukan apa pun." in found
    assert "popover" not in re.sub("<style>.*</style>", "", found, flags=re.DOTALL)


def test_the_same_report_is_the_same_page() -> None:
    """Byte by byte."""
    assert report(REPORT) == report(REPORT)


#: Numbers, whether the scale begins at zero, and its steps.
SCALES = [
    ([78, 91], True, ["0", "20", "40", "60", "80", "100"]),
    ([81, 88], False, ["80", "82", "84", "86", "88"]),
    ([-12, 100], True, ["-50", "0", "50", "100"]),
    ([Fraction(1, 4), Fraction(28, 100)], False, ["0,25", "0,26", "0,27", "0,28"]),
    ([5_280_862_284], True, ["0", "2.000.000.000", "4.000.000.000", "6.000.000.000"]),
    ([0], True, ["0,0", "0,2", "0,4", "0,6", "0,8", "1,0"]),
    ([], True, ["0,0", "0,2", "0,4", "0,6", "0,8", "1,0"]),
    ([-3], True, ["-3", "-2", "-1", "0"]),
]


@pytest.mark.parametrize(("numbers", "from_zero", "steps"), SCALES)
def test_a_scale_has_round_steps_that_cover_all_numbers(
    numbers: list[Fraction], from_zero: bool, steps: list[str]
) -> None:
    found = scale([Fraction(each) for each in numbers], from_zero)
    assert [found.written(tick) for tick in found.ticks] == steps


@pytest.mark.parametrize(("length", "told"), [("1", "1"), ("1/3", "0.33"), ("-5/2", "-2.5"), ("10", "10"), ("0", "0")])
def test_a_length_is_written_to_a_hundredth(length: str, told: str) -> None:
    assert place(Fraction(length)) == told


def test_an_element_escapes_what_is_not_markup() -> None:
    """Attributes, too; one without a value is left out, one that is true stands alone."""
    assert element("p", "<", element("b", "&"), class_='"', hidden=True, title=None, data_x=0) == (
        '<p class="&quot;" hidden data-x="0">&lt;<b>&amp;</b></p>'
    )
    assert text(element("br")) == "<br>"
