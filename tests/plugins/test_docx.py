"""Word: what stands in the file, read by other libraries than the one that writes it."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import mammoth
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from sakip_plugins.format_docx.writer import report
from sakip_plugins.layout.words import written

from sakip_rules import Passage, Project, Publication, PublishedTable, RefusedError, Report
from tests.plugins.publications import CHART, EFFICIENCY, HARD, LARGE, WHOLE, WIDE, large, publication, table
from tests.running import MAGETAN, Command

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Grid = list[list[tuple[str, int, int]]]


def bytes_of(found: Publication) -> bytes:
    [(name, content)] = report(found).items()
    assert name == f"{found.name}.docx"
    return content


def part(content: bytes, name: str = "word/document.xml") -> ElementTree.Element:
    return ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


def text_of(element: ElementTree.Element) -> str:
    """The visible text of an element, lines apart."""
    told = {f"{W}t": lambda each: each.text or "", f"{W}br": lambda _: "\n", f"{W}tab": lambda _: "\t"}
    return "".join(told[each.tag](each) for each in element.iter() if each.tag in told)


def paragraphs(content: bytes) -> list[tuple[str, str]]:
    """The style and text of each paragraph outside tables."""
    [body] = part(content)
    found = []
    for element in body.findall(f"{W}p"):
        style = element.find(f"{W}pPr/{W}pStyle")
        found.append(("" if style is None else style.get(f"{W}val", ""), text_of(element)))
    return found


class Tables(HTMLParser):
    """The tables of a page, as text, columns and rows covered."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Grid] = []
        self.cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.found.append([])
        elif tag == "tr":
            self.found[-1].append([])
        elif tag in ("td", "th"):
            spans = {name: int(value or 1) for name, value in attrs}
            self.cell, self.spans = [], (spans.get("colspan", 1), spans.get("rowspan", 1))
        elif tag == "br" and self.cell is not None:
            self.cell.append("\n")

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self.cell is not None:
            self.found[-1][-1].append(("".join(self.cell), *self.spans))
            self.cell = None


def read_tables(content: bytes) -> list[Grid]:
    """The tables of a file as mammoth reads them."""
    reader = Tables()
    reader.feed(mammoth.convert_to_html(io.BytesIO(content)).value)
    return reader.found


def body_of(found: PublishedTable) -> Grid:
    """The cells of a table, without those that others cover."""
    return [
        [(written(cell.text), 1, cell.height) for cell in row.cells if cell.height]
        for row in (*found.rows, *found.closing)
    ]


def test_another_library_reads_the_same_cells() -> None:
    """With the heading that columns share, and the cells that cover others."""
    first, wide, empty = read_tables(bytes_of(WHOLE))
    assert first[:2] == [
        [("Sasaran", 1, 2), ("Kinerja", 2, 1), ("Anggaran (Rp)", 1, 2)],
        [("Target", 1, 1), ("Capaian", 1, 1)],
    ]
    assert first[2:] == body_of(EFFICIENCY)
    assert wide[1:] == body_of(WIDE)
    assert empty == [[("Kolom 0", 1, 1), ("Kolom 1", 1, 1)], [("NIHIL", 2, 1)]]


def test_every_table_of_magetan_is_read_back() -> None:
    """All cells of all tables, in their order."""
    project = Project(MAGETAN)
    [asked] = project.program.own(Report)
    found, _ = project.report(asked, lambda word: word)
    assert found is not None
    read = read_tables(bytes_of(found))
    rows = [body_of(each) for each in found.tables]
    assert [each[len(each) - len(expected) :] for each, expected in zip(read, rows, strict=True)] == rows


def test_headings_captions_and_lists_have_the_styles_of_word() -> None:
    """The number of a table is text as the report prints it, above a table and below a chart."""
    body = paragraphs(bytes_of(WHOLE))
    start = body.index(("Heading1", "BAB III Akuntabilitas Kinerja"))
    assert [each for each in body[start:] if each != ("", "")] == [
        ("Heading1", "BAB III Akuntabilitas Kinerja"),
        ("Heading2", "A. Capaian"),
        ("BodyText", "Capaian 2024 naik."),
        ("BodyText", "Penyebabnya:"),
        ("ListBullet", "anggaran cukup;"),
        ("ListBullet", "kerja sama."),
        ("BodyText", "Demikian."),
        ("Caption", "Tabel 3.9 Efisiensi Sasaran"),
        ("Sumber", "Sumber: Bidang Keuangan, 2024"),
        ("Heading2", "B. Perbandingan"),
        ("Caption", "Tabel 3.3 Lebar"),
        ("Sumber", ""),
        ("Gambar", ""),
        ("Caption", "Gambar 3.1 Perbandingan Capaian"),
        ("Sumber", "Sumber: Hasil hitungan"),
        ("Heading1", "BAB IV Penutup"),
        ("Caption", "Tanpa baris"),
        ("Sumber", ""),
    ]


def test_the_title_page_says_whose_report_it_is() -> None:
    assert paragraphs(bytes_of(WHOLE))[:3] == [
        ("Title", "Laporan Kinerja Tahun 2024"), ("Subtitle", "Dinas Sosial"), ("Subtitle", "2024"),
    ]  # fmt: skip


def test_lists_lead_to_every_heading_table_and_chart() -> None:
    """Word works out their pages when it is asked to; nothing makes it ask the reader."""
    content = bytes_of(WHOLE)
    body = part(content)
    fields = [(each.text or "").strip() for each in body.iter(f"{W}instrText")]
    assert [each for each in fields if each.startswith("TOC")] == [
        'TOC \\o "1-3" \\h',
        "TOC \\f T \\h",
        "TOC \\f G \\h",
    ]
    assert 'TC "Tabel 3.9 Efisiensi Sasaran" \\f T \\l 1' in fields
    assert not [each for each in fields if each.startswith("SEQ")]
    places = {each.get(f"{W}name") for each in body.iter(f"{W}bookmarkStart")}
    links = [each.get(f"{W}anchor") for each in body.iter(f"{W}hyperlink")]
    assert len(links) == 8
    assert set(links) <= places
    assert part(content, "word/settings.xml").find(f"{W}updateFields") is None
    marks = [each.get(f"{W}fldCharType") for each in body.iter(f"{W}fldChar")]
    assert marks.count("begin") == marks.count("end") == len(fields)


def test_rows_are_not_split_and_headings_are_repeated() -> None:
    """On each page that a table reaches."""
    first = next(part(bytes_of(WHOLE)).iter(f"{W}tbl"))
    rows = first.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, True, *[False] * 4]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_numbers_stand_at_the_right() -> None:
    """And nothing else does."""
    rows = list(part(bytes_of(publication(EFFICIENCY))).iter(f"{W}tr"))[2:]
    for row, expected in zip(rows, (*EFFICIENCY.rows, *EFFICIENCY.closing), strict=True):
        for cell, printed in zip(row.findall(f"{W}tc"), expected.cells, strict=True):
            align = cell.find(f"{W}p/{W}pPr/{W}jc")
            assert (align is not None and align.get(f"{W}val") == "right") == (printed.number is not None)


def ways(content: bytes) -> list[str]:
    """Which way the pages of each section are turned."""
    return [each.get(f"{W}orient", "upright") for each in part(content).iter(f"{W}pgSz")]


def test_a_wide_table_stands_with_its_heading_on_a_turned_page() -> None:
    """Title page, lists, chapter III, the wide table, the rest."""
    assert ways(bytes_of(WHOLE)) == ["upright", "upright", "upright", "landscape", "upright"]
    long = table(*[("kata " * 40, "nama") for _ in range(3)], columns=2)
    assert ways(bytes_of(publication(long))) == ["upright", "upright", "upright"]
    numbers = table(*[("Pertanggungjawabannya",) * 8], columns=8)
    assert ways(bytes_of(publication(numbers))) == ["upright", "upright", "landscape"]


def test_a_chart_is_a_picture_with_its_numbers_in_words() -> None:
    content = bytes_of(WHOLE)
    [told] = part(content).iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    assert told.get("descr") == (
        "Diagram batang, Perbandingan Capaian. Nilai SAKIP: 2022 77,70; 2023 82,40; 2024 108,62. "
        "IKM: 2022 100,56; 2024 100,11."
    )
    pictures = [name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if name.endswith(".png")]
    assert len(pictures) == 1
    lines = evolve(CHART, form="garis", categories=(), series=())
    assert bytes_of(publication(lines)) != content


def test_a_chart_that_cannot_be_drawn_is_a_finding() -> None:
    """Since a sign that its letters lack would be an empty box."""
    with pytest.raises(RefusedError) as caught:
        report(publication(evolve(CHART, categories=("a", "b 😀", "c"))))
    [finding] = caught.value.findings
    assert (finding.code.name, dict(finding.values)) == ("docx-110", {"chart": "grafik", "sign": "😀"})


def test_numbers_of_items_stay_as_they_were_written() -> None:
    """Each on a line of its own; other lines keep together, and are not stretched."""
    text = "Terdiri dari:\n1. satu;\n2. dua\n\na) tiga\n(b) empat\n\nJl. Raya\nMagetan\n\n2024. lima\n-enam"
    content = bytes_of(publication(Passage(text)))
    assert paragraphs(content)[-7:] == [
        ("BodyText", "Terdiri dari:"), ("List", "1.\tsatu;"), ("List", "2.\tdua"), ("List", "a)\ttiga"),
        ("List", "(b)\tempat"), ("BodyText", "Jl. Raya\nMagetan"), ("BodyText", "2024. lima\n-enam"),
    ]  # fmt: skip
    left = [text_of(each) for each in part(content).iter(f"{W}p") if each.find(f"{W}pPr/{W}jc") is not None]
    assert left == ["Jl. Raya\nMagetan", "2024. lima\n-enam"]


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=40))
def test_every_text_is_read_back_from_its_cell(text: str) -> None:
    """Whatever signs it holds."""
    [_, row] = part(bytes_of(publication(table((text, "x"))))).iter(f"{W}tr")
    assert text_of(row) == f"{written(text)}x"


def test_the_file_names_language_and_day_and_no_person() -> None:
    """The day is that of the report, or else the last of its year."""
    content = bytes_of(WHOLE)
    told = {each.tag.split("}")[1]: each.text for each in part(content, "docProps/core.xml")}
    assert told == {
        "title": "Laporan Kinerja Tahun 2024", "subject": None, "creator": None, "keywords": None, "description": None,
        "lastModifiedBy": None, "revision": "1", "created": "2025-01-31T00:00:00Z", "category": None,
        "modified": "2025-01-31T00:00:00Z", "language": "id-ID",
    }  # fmt: skip
    languages = {each.get(f"{W}val") for each in part(content, "word/styles.xml").iter(f"{W}lang")}
    assert languages == {"id-ID"}
    later = part(bytes_of(evolve(WHOLE, as_of=None)), "docProps/core.xml")
    assert "2024-12-31T00:00:00Z" in [each.text for each in later]


def test_the_same_report_gives_the_same_bytes() -> None:
    """Without a clock in any entry, and stored as it is, since machines compress differently."""
    content = bytes_of(WHOLE)
    assert content == bytes_of(WHOLE)
    entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    assert {(each.date_time, each.compress_type) for each in entries} == {((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED)}


@pytest.mark.parametrize("text", HARD)
def test_a_text_is_shown_as_it_is(text: str) -> None:
    """In cells, headings of columns, captions, passages and sources."""
    told = table((text, "x"), title=text, source=text)
    content = bytes_of(publication(told, Passage(f"a {text}"), title=text))
    assert read_tables(content)[0][1:] == [[(text, 1, 1), ("x", 1, 1)]]
    shown = paragraphs(content)
    for each in (("Title", text), ("Caption", f"Tabel 1.1 {text}"), ("Sumber", f"Sumber: {text}")):
        assert each in shown
    assert ("BodyText", f"a {text}") in shown


def test_what_xml_forbids_is_shown_as_such() -> None:
    """Never dropped, and never a crash."""
    content = bytes_of(publication(table(("a\x00b\x0bc\x1f\ud800", "x\ty")), title="J\x00"))
    assert read_tables(content)[0][1][0][0] == "a\ufffdb\ufffdc\ufffd\ufffd"
    assert paragraphs(content)[0] == ("Title", "J\ufffd")


def test_arabic_runs_from_right_to_left() -> None:
    body = part(bytes_of(publication(Passage("السلام عليكم"), Passage("Salam السلام"))))
    assert [text_of(each) for each in body.iter(f"{W}p") if each.find(f"{W}pPr/{W}bidi") is not None] == [
        "السلام عليكم"
    ]


def test_a_report_without_parts_has_a_title_page() -> None:
    assert [each for each in paragraphs(bytes_of(publication())) if each[1]] == [
        ("Title", "Laporan Kinerja Tahun 2024"), ("Subtitle", "Dinas Sosial"), ("Subtitle", "2024"),
    ]  # fmt: skip


def test_ten_thousand_rows_are_written() -> None:
    """All of them, in their order."""
    rows = [text_of(row) for row in part(bytes_of(large())).iter(f"{W}tr")]
    assert rows[1:] == [f"{at}nama {at}" for at in range(LARGE)]


def pages(content: bytes, folder: Path) -> Iterator[str]:
    """What LibreOffice shows on each page of a file."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    import pdfplumber

    (folder / "a.docx").write_bytes(content)
    home = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    subprocess.run([office, home, "--headless", "--convert-to", "pdf", "a.docx"], cwd=folder, check=True, timeout=120,
                   capture_output=True)  # fmt: skip
    with pdfplumber.open(folder / "a.pdf") as found:
        yield from (page.extract_text() for page in found.pages)


def test_libreoffice_opens_it_and_numbers_its_pages(tmp_path: Path) -> None:
    """The title page has no number."""
    shown = list(pages(bytes_of(WHOLE), tmp_path))
    assert "Halaman" not in shown[0]
    assert [at for at, page in enumerate(shown, start=1) if f"Halaman {at} dari 6" in page] == [2, 3, 4, 5, 6]
    assert "LAPORAN KINERJA TAHUN 2024" in shown[0]
    assert all(text in " ".join(shown) for text in ("5.280.862.284", "108,62%", "NIHIL", "Gambar 3.1"))


def test_the_command_writes_it(command: Command, tmp_path: Path) -> None:
    outcome = command("export", MAGETAN, "--to", "docx", "--output", "hasil")
    assert (outcome.code, outcome.out) == (0, "")
    assert (
        len(read_tables((tmp_path / "hasil" / "lkjip_2024.docx").read_bytes())) == 30
    )  # as many tables as the report has


def test_columns_are_as_wide_as_their_texts_need() -> None:
    """A number is never broken, and all columns fill the page."""
    first = next(part(bytes_of(publication(EFFICIENCY))).iter(f"{W}tbl"))
    wide = [int(each.get(f"{W}w", 0)) for each in first.iter(f"{W}gridCol")]
    assert 9060 <= sum(wide) <= 9071
    assert wide[1] < wide[3]
