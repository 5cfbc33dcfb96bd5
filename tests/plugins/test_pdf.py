"""PDF: what stands in the file, and that it holds all that an archive and a screen reader need."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pdfplumber
import pypdf
import pytest
from attrs import evolve
from sakip_plugins.format_pdf.writer import report

from sakip_rules import Heading, Passage, Project, Publication, RefusedError, Report
from tests.plugins.publications import CHART, EFFICIENCY, HARD, WHOLE, WIDE, large, number, publication, table
from tests.running import MAGETAN, Command, foreign, places, small


def bytes_of(found: Publication) -> bytes:
    [(name, content)] = report(found).items()
    assert name == f"{found.name}.pdf"
    return content


def read(found: Publication) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(bytes_of(found)))


def pages(found: Publication) -> list[str]:
    """The text of each page, without the places where a long word may be broken."""
    return [page.extract_text().replace("\u200b", "") for page in read(found).pages]


def grids(found: Publication) -> list[list[list[str | None]]]:
    """The cells of all tables, page by page; one that another covers is none."""
    with pdfplumber.open(io.BytesIO(bytes_of(found))) as opened:
        return [grid for page in opened.pages for grid in page.extract_tables()]


def joined(text: str) -> str:
    """A text without spaces and ends of lines, which pages break anew."""
    return "".join(text.split())


def elements(node: Any) -> Iterator[Any]:
    """The elements of the tree of tags, each before those in it."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, dict) and "/S" in node:
        yield node
    children = node.get("/K", []) if isinstance(node, dict) else []
    for child in children if isinstance(children, list) else [children]:
        if not isinstance(child, int):
            yield from elements(child)


def tags(found: Publication) -> list[str]:
    root = read(found).trailer["/Root"]
    return [element["/S"] for element in elements(root["/StructTreeRoot"])]


def magetan() -> Publication:
    project = Project(MAGETAN)
    [asked] = project.program.own(Report)
    found, _ = project.report(asked, lambda word: word)
    assert found is not None
    return found


def test_cells_are_read_back() -> None:
    """With headings that columns share, and cells that cover others."""
    first = grids(publication(EFFICIENCY))[0]
    assert first == [
        ["Sasaran", "Kinerja", None, "Anggaran (Rp)"],
        [None, "Target", "Capaian", None],
        ["Meningkatnya\nakuntabilitas", "85", "108,62%", "5.280.862.284"],
        [None, "87,35", "100,11%", None],
        ["Lain", "", "tidak ada", "1.234,50"],
        ["Efisiensi total", "", "2,54%", ""],
    ]


def test_every_figure_of_magetan_is_found() -> None:
    """In the text of its pages, as the report prints it."""
    found = magetan()
    shown = joined("".join(pages(found)))
    cells = [cell.text for each in found.tables for row in (*each.rows, *each.closing) for cell in row.cells]
    assert [text for text in cells if joined(text) not in shown] == []


def test_the_parts_stand_in_their_order() -> None:
    shown = "\n".join(pages(WHOLE)[2:])
    texts = (
        "BAB III Akuntabilitas Kinerja", "A. Capaian", "Capaian 2024 naik.", "• anggaran cukup;", "kerja sama.",
        "Demikian.", "Tabel 3.9 Efisiensi Sasaran", "Sumber: Bidang Keuangan, 2024", "B. Perbandingan",
        "Tabel 3.3 Lebar", "108,62", "Gambar 3.1 Perbandingan Capaian", "Sumber: Hasil hitungan", "BAB IV Penutup",
        "Tanpa baris", "NIHIL",
    )  # fmt: skip
    at = 0
    for text in texts:
        at = shown.index(text, at) + len(text)


def test_numbers_of_items_stay_as_they_were_written() -> None:
    """In a list that is tagged as one."""
    found = publication(Passage("Terdiri dari:\n3. satu;\n5. dua\n\na) tiga\n• empat\n\nJl. Raya\nMagetan"))
    lines = pages(found)[1].splitlines()
    expected = ["Terdiri dari:", "3. satu;", "5. dua", "a) tiga", "• empat", "Jl. Raya", "Magetan"]
    assert [line.strip() for line in lines][:7] == expected
    assert tags(found).count("/LI") == 4


def test_lists_name_the_page_of_each_entry() -> None:
    lists = pages(WHOLE)[1]
    for entry in ("BAB III Akuntabilitas Kinerja", "Tabel 3.9 Efisiensi Sasaran"):
        assert any(line.startswith(entry) and line.endswith(". 3") for line in lists.splitlines())
    assert lists.index("Daftar Isi") < lists.index("Daftar Tabel") < lists.index("Daftar Gambar")
    assert "Daftar" not in "".join(pages(publication(Passage("x"))))


def test_pages_are_numbered_except_the_first() -> None:
    shown = pages(WHOLE)
    assert "Halaman" not in shown[0]
    assert [f"Halaman {at} dari {len(shown)}" in page for at, page in enumerate(shown, start=1)][1:] == [True] * 5


def test_a_wide_table_stands_on_a_turned_page() -> None:
    ways = [page.mediabox.width > page.mediabox.height for page in read(WHOLE).pages]
    assert ways == [False, False, False, True, False, False]
    assert not any(page.mediabox.width > page.mediabox.height for page in read(publication(EFFICIENCY)).pages)


def test_headings_of_a_table_are_repeated_on_each_page() -> None:
    long = table(*((f"baris {at}", "x") for at in range(100)))
    shown = pages(publication(long))[2:]
    assert len(shown) > 1
    assert all("Kolom 0 Kolom 1" in page for page in shown)


def test_it_is_for_archives_and_for_screen_readers() -> None:
    """It says that it is PDF/A-2a and PDF/UA-1, in Indonesian, with its title, and tags every part."""
    found = read(WHOLE)
    root = found.trailer["/Root"]
    said = root["/Metadata"].get_data().decode()
    for claim in ("<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"):
        assert claim in said
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert found.metadata is not None
    assert (found.metadata.title, found.metadata.author) == ("Laporan Kinerja Tahun 2024", None)
    named = tags(WHOLE)
    assert {
        "/Title",
        "/H1",
        "/H2",
        "/P",
        "/L",
        "/LI",
        "/Table",
        "/TR",
        "/TH",
        "/TD",
        "/Caption",
        "/Figure",
        "/TOC",
    } <= (set(named))
    assert named.count("/Table") == 3


def test_a_chart_has_its_numbers_in_words() -> None:
    root = read(publication(CHART)).trailer["/Root"]
    told = [str(each["/Alt"]) for each in elements(root["/StructTreeRoot"]) if "/Alt" in each]
    assert [text for text in told if text.startswith("Diagram batang")] == [
        "Diagram batang, Perbandingan Capaian. Nilai SAKIP: 2022 77,70; 2023 82,40; 2024 108,62. "
        "IKM: 2022 100,56; 2024 100,11."
    ]


FORMS = [
    CHART,
    evolve(CHART, form="garis"),
    evolve(CHART, categories=(), series=()),
    evolve(CHART, categories=tuple("abc"), series=(evolve(CHART.series[0], points=(number("0"),) * 3),)),
    evolve(CHART, categories=("Persentase PPKS yang Mendapatkan Jaminan", "b", "c")),
]


@pytest.mark.parametrize("chart", FORMS, ids=["bars", "lines", "empty", "zero", "long names"])
def test_every_number_of_a_chart_is_drawn(chart: Any) -> None:
    """Bars, lines, and bars that lie where names are long."""
    shown = "\n".join(pages(publication(chart)))
    texts = [cell.text for series in chart.series for cell in series.points if cell.number is not None]
    assert [text for text in (*texts, *chart.categories) if joined(text) not in joined(shown)] == []


def test_all_letters_are_in_the_file() -> None:
    """Every font brings its outlines."""
    fonts = {str(font["/BaseFont"]): font for page in read(WHOLE).pages for font in fonts_of(page)}
    assert fonts
    for font in fonts.values():
        [inner] = font["/DescendantFonts"]
        assert {"/FontFile2", "/FontFile3"} & set(inner.get_object()["/FontDescriptor"].get_object())


def fonts_of(page: Any) -> list[Any]:
    return [font.get_object() for font in page["/Resources"].get("/Font", {}).values()]


def test_the_same_report_gives_the_same_bytes_without_a_clock() -> None:
    assert bytes_of(WHOLE) == bytes_of(WHOLE)
    found = read(WHOLE).metadata
    assert found is not None
    assert found.creation_date is not None
    assert found.creation_date.date().isoformat() == "2025-01-31"
    assert bytes_of(evolve(WHOLE, as_of=None)) != bytes_of(WHOLE)


@pytest.mark.parametrize("text", HARD)
def test_a_text_is_shown_as_it_is(text: str) -> None:
    """In cells, captions, passages, headings and sources: no text is markup.

    Arabic letters are read back in the forms in which they are joined.
    """
    told = table((text, "x"), title=text, source=text)
    shown = joined("".join(pages(publication(told, Passage(f"a {text}"), Heading(text, 3), title=text))))
    wanted = 6 if text != "السلام عليكم" else 0
    assert shown.count(joined(text)) >= wanted


def test_a_long_word_stays_within_its_cell() -> None:
    [grid] = grids(publication(table(("P" * 200, "x"))))
    assert joined(grid[1][0] or "").replace("\u200b", "") == "P" * 200


def test_what_cannot_be_written_is_shown_as_such() -> None:
    assert "a\ufffdb\ufffdc" in "".join(pages(publication(table(("a\x00b\x0bc\ud800", "x")))))


@pytest.mark.parametrize(("text", "sign"), [("Gedung 😀", "😀"), ("\uf0b7 satu", "U+F0B7")])
def test_a_sign_that_the_letters_lack_is_a_finding(text: str, sign: str) -> None:
    """Since it would be an empty box in an archive; the other is the mark of an item in old documents of Word."""
    with pytest.raises(RefusedError) as caught:
        report(publication(table((text, "x"))))
    [finding] = caught.value.findings
    assert (finding.code.name, dict(finding.values)) == ("pdf-101", {"sign": sign, "report": "lkjip"})


@pytest.mark.parametrize("sign", "‘’“”–—…•≥≤×±²½°§→√Σ€✓\u2011\u00a0")
def test_signs_that_offices_write_are_there(sign: str) -> None:
    """Upright and bold."""
    assert report(publication(Heading(f"a{sign}"), Passage(f"a{sign}")))


def test_the_finding_is_told_and_other_formats_are_written(command: Command, tmp_path: Any) -> None:
    """In both languages, and by ``code``."""
    table_of = 'tabel a "A" {\n baris: program\n | kolom | judul |\n | nomor | No. |\n}'
    rules = f'laporan lkjip "Laporan 漢" {{\n tahun: 2024\n {table_of}\n}}'
    small(tmp_path, laporan=rules)
    outcome = command("export", "--to", "pdf,md", "--output", "hasil")
    assert (outcome.code, places(outcome.err)) == (1, ["- pdf-101"])
    assert foreign(outcome.err) == set()
    assert [path.name for path in (tmp_path / "hasil").iterdir()] == ["lkjip.md"]
    assert "the report `lkjip` holds the sign `漢`" in command("export", "--to", "pdf", "--lang", "en").err
    assert "PDF untuk arsip" in command("code", "pdf-101").out


@pytest.mark.parametrize("levels", [(2,), (1, 3), (3, 1, 9), (0,)])
def test_headings_may_have_any_level(levels: tuple[int, ...]) -> None:
    """Screen readers get them without a gap."""
    found = publication(*(Heading(f"judul {at}", level) for at, level in enumerate(levels)))
    assert all(any(f"judul {at}" in page for page in pages(found)) for at in range(len(levels)))


@pytest.mark.parametrize("parts", [(), (Passage(""),), (table(columns=1),), (WIDE,), (evolve(WIDE, rows=()),)])
def test_little_is_enough(parts: tuple[Any, ...]) -> None:
    """A report without parts has its title page."""
    assert "Laporan".upper() in pages(publication(*parts))[0]


def test_ten_thousand_rows_are_written() -> None:
    """The first and the last of them."""
    shown = read(large()).pages
    assert "0 nama 0" in shown[2].extract_text()
    assert "9999 nama 9999" in shown[-1].extract_text()


def test_the_command_writes_it(command: Command, tmp_path: Any) -> None:
    outcome = command("export", MAGETAN, "--to", "pdf", "--output", "hasil")
    assert (outcome.code, outcome.out) == (0, "")
    assert (tmp_path / "hasil" / "lkjip_2024.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_a_title_of_a_table_stands_above_it_and_of_a_chart_below() -> None:
    """On the page that it belongs to."""
    shown = "\n".join(pages(publication(EFFICIENCY, CHART))[2:])
    assert shown.index("Tabel 3.9") < shown.index("Anggaran (Rp)")
    assert shown.index("77,70") < shown.index("Gambar 3.1")
