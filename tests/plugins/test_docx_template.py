"""Word templates: where the report goes, what the agency keeps, and what is never opened."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import docx
import pytest
from attrs import evolve
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from sakip_plugins.format_docx.writer import into_template

from sakip_rules import Heading, Publication, RefusedError, Template
from tests.plugins.publications import EFFICIENCY, HARD, PASSAGE, WHOLE, WIDE, publication, table
from tests.plugins.test_docx import W, bytes_of, paragraphs, part, read_tables, text_of, ways
from tests.running import Command, foreign, places, small, write

Change = Callable[[Any], None]
EXTERNAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def template(*lines: str, change: Change = lambda document: None) -> Template:
    """A document with some paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    change(document)
    saved = io.BytesIO()
    document.save(saved)
    return Template("kop.docx", saved.getvalue())


def filled(found: Publication, given: Template) -> bytes:
    [(name, content)] = into_template(found, given).items()
    assert name == f"{found.name}.docx"
    return content


def refused(given: Template, found: Publication = WHOLE) -> list[tuple[str, Mapping[str, object]]]:
    """The findings about a template, each of which names its file."""
    with pytest.raises(RefusedError) as caught:
        into_template(found, given)
    for each in caught.value.findings:
        assert each.span is not None
        assert (each.span.path, each.values["file"]) == ("kop.docx", "kop.docx")
    return [
        (each.code.name, {key: value for key, value in each.values.items() if key not in ("file", "known")})
        for each in caught.value.findings
    ]


# What goes where.


def test_the_report_stands_where_its_marker_was() -> None:
    """Between what the agency wrote before and behind it."""
    body = paragraphs(filled(publication(PASSAGE, EFFICIENCY), template("Kata pengantar", "{{ isi }}", "Kepala Dinas")))
    assert [text for _, text in body] == [
        "Kata pengantar", "Capaian 2024 naik.", "Penyebabnya:", "anggaran cukup;", "kerja sama.", "Demikian.",
        "Tabel 3.9 Efisiensi Sasaran", "Sumber: Bidang Keuangan, 2024", "Kepala Dinas",
    ]  # fmt: skip


def test_the_tables_are_those_of_a_report_from_scratch() -> None:
    assert read_tables(filled(WHOLE, template("{{ isi }}"))) == read_tables(bytes_of(WHOLE))


def test_single_parts_stand_where_they_are_named() -> None:
    """In the order of the template, however often."""
    given = template(
        "{{ tabel.kosong }}", "a", "{{narasi.naik}}", "b", "{{ GAMBAR.grafik }}", "c", "{{ tabel.kosong }}"
    )
    texts = [text for _, text in paragraphs(filled(WHOLE, given)) if text]
    assert texts == [
        "Tanpa baris", "a", "Capaian 2024 naik.", "Penyebabnya:", "anggaran cukup;", "kerja sama.", "Demikian.", "b",
        "Gambar 3.1 Perbandingan Capaian", "Sumber: Hasil hitungan", "c", "Tanpa baris",
    ]  # fmt: skip
    marks = [each.get(f"{W}name") for each in part(filled(WHOLE, given)).iter(f"{W}bookmarkStart")]
    assert len(marks) == len(set(marks)) == 2


def test_lists_stand_where_they_are_named() -> None:
    """And lead to what the document holds."""
    content = filled(WHOLE, template("{{ daftar }}", "{{ isi }}"))
    assert paragraphs(content)[0][1] == "Daftar Isi"
    body = part(content)
    places_of = {each.get(f"{W}name") for each in body.iter(f"{W}bookmarkStart")}
    assert {each.get(f"{W}anchor") for each in body.iter(f"{W}hyperlink")} <= places_of


def test_a_marker_is_found_however_word_has_split_it() -> None:
    """Into runs, with a change of type in the middle, and with other text in the line."""

    def split(document: Any) -> None:
        line = document.add_paragraph("Tentang: ")
        for piece in ("{", "{ ju", "d", "ul }", "} (", "{{tah", "un}}", ")"):
            line.add_run(piece).bold = piece == "d"

    assert ("", "Tentang: Laporan Kinerja Tahun 2024 (2024)") in paragraphs(
        filled(WHOLE, template("{{ isi }}", change=split))
    )


def test_short_texts_go_into_letterheads_cells_and_notes_too() -> None:
    """The header, the footer, a cell, and a text box."""

    def everywhere(document: Any) -> None:
        section = document.sections[0]
        section.header.paragraphs[0].text = "PEMERINTAH {{ instansi }}"
        section.footer.paragraphs[0].text = "{{ tahun }}"
        document.add_table(1, 1).cell(0, 0).text = "{{ judul }}"
        box = OxmlElement("w:txbxContent")
        box.append(OxmlElement("w:p"))
        box[0].append(OxmlElement("w:r"))
        box[0][0].append(OxmlElement("w:t"))
        box[0][0][0].text = "kotak {{tahun}}"
        document.paragraphs[0].add_run()._r.append(box)

    content = filled(WHOLE, template("depan", "{{ isi }}", change=everywhere))
    names = [
        name
        for name in zipfile.ZipFile(io.BytesIO(content)).namelist()
        if name.startswith(("word/header", "word/foot"))
    ]
    texts = {text_of(part(content, name)) for name in names}
    assert texts == {"PEMERINTAH Dinas Sosial", "2024"}
    shown = text_of(part(content))
    assert "kotak 2024" in shown
    assert read_tables(content)[-1] == [[("Laporan Kinerja Tahun 2024", 1, 1)]]


def test_a_note_at_the_foot_of_a_page_is_filled_in() -> None:
    """Which the library that opens the document keeps as it is."""
    line = "<w:p><w:r><w:t>a {{ tahun }}</w:t></w:r></w:p>"
    notes = f'<w:footnotes xmlns:w="{W[1:-1]}"><w:footnote w:id="2">{line}</w:footnote></w:footnotes>'
    relation = f'<Relationship Id="rId99" Type="{EXTERNAL}/footnotes" Target="footnotes.xml"/>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    changed = rezipped(
        template("{{ isi }}"),
        {"word/footnotes.xml": notes.encode()},
        {
            "word/_rels/document.xml.rels": ("</Relationships>", f"{relation}</Relationships>"),
            "[Content_Types].xml": (
                "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>',
            ),
        },
    )  # fmt: skip
    assert text_of(part(filled(WHOLE, changed), "word/footnotes.xml")) == "a 2024"


@pytest.mark.parametrize("text", HARD)
def test_a_text_goes_in_as_it_is(text: str) -> None:
    """Also one that looks like a marker, which is not looked for in what was put in."""
    content = filled(publication(table((text, "x")), title=text), template("a {{ judul }} b", "{{ isi }}"))
    assert ("", f"a {text} b") in paragraphs(content)
    assert read_tables(content)[0][1][0][0] == text


# Styles and pages.


def test_styles_of_the_template_are_used_by_their_names_in_every_language() -> None:
    """Word calls the first heading ``heading 1`` inside, whatever its identifier is."""

    def indonesian(document: Any) -> None:
        for style in document.styles.element.style_lst:
            if style.styleId == "Heading1":
                style.styleId = "Judul1"

    content = filled(publication(Heading("Bab"), EFFICIENCY), template("{{ isi }}", change=indonesian))
    assert ("Judul1", "Bab") in paragraphs(content)
    [style] = [each for each in part(content, "word/styles.xml") if each.get(f"{W}styleId") == "Judul1"]
    assert style.find(f"{W}rPr/{W}color").get(f"{W}val") == "365F91"  # type: ignore[union-attr]


def test_styles_that_the_template_lacks_come_along() -> None:
    """Items keep a mark where the template has no numbering for them."""

    def bare(document: Any) -> None:
        for style in list(document.styles.element.style_lst):
            if style.styleId in ("ListBullet", "Caption", "BodyText"):
                document.styles.element.remove(style)

    content = filled(publication(PASSAGE, EFFICIENCY), template("{{ isi }}", change=bare))
    named = {each.get(f"{W}styleId") for each in part(content, "word/styles.xml")}
    used = {each.get(f"{W}val") for tag in ("pStyle", "tblStyle") for each in part(content).iter(f"{W}{tag}")}
    assert used <= named
    assert ("ListBullet", "•\tanggaran cukup;") in paragraphs(content)


def pages_of(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(215), Mm(330)
    section.left_margin = section.right_margin = Mm(40)
    section.different_first_page_header_footer = True


def test_wide_tables_turn_the_pages_of_the_template() -> None:
    """With its letterhead, whose first page is one page only; behind them the pages are as before."""
    content = filled(WHOLE, template("depan", "{{ isi }}", "belakang", change=pages_of))
    assert ways(content) == ["upright", "landscape", "upright"]
    sizes = [(each.get(f"{W}w"), each.get(f"{W}h")) for each in part(content).iter(f"{W}pgSz")]
    assert sizes == [("12189", "18709"), ("18709", "12189"), ("12189", "18709")]
    sections = list(part(content).iter(f"{W}sectPr"))
    assert [each.find(f"{W}titlePg") is not None for each in sections] == [True, False, False]


def test_tables_are_as_wide_as_the_text_of_the_template() -> None:
    content = filled(publication(EFFICIENCY), template("{{ isi }}", change=pages_of))
    [grid] = part(content).iter(f"{W}tbl")
    assert 7640 <= sum(int(each.get(f"{W}w", 0)) for each in grid.iter(f"{W}gridCol")) <= 7653


def test_a_marker_that_ends_a_section_leaves_its_end() -> None:
    def ended(document: Any) -> None:
        document.add_section()
        document.add_paragraph("belakang")

    content = filled(publication(EFFICIENCY), template("{{ isi }}", change=ended))
    assert len(ways(content)) == 2
    assert paragraphs(content)[-1] == ("", "belakang")
    wide = filled(publication(WIDE), template("{{ isi }}"))
    assert ways(wide) == ["landscape", "upright"]


def test_the_same_template_gives_the_same_bytes() -> None:
    """With the day of the report, and no person."""
    given = template("{{ isi }}")
    content = filled(WHOLE, given)
    assert content == filled(WHOLE, given)
    told = {each.tag.split("}")[1]: each.text for each in part(content, "docProps/core.xml")}
    assert (told["creator"], told["created"], told["title"]) == (
        None,
        "2025-01-31T00:00:00Z",
        "Laporan Kinerja Tahun 2024",
    )


# Markers that are wrong.


UNKNOWN = [
    "{{ ''.__class__.__mro__ }}", "{{ 7*7 }}", "{{ isi | safe }}", "{% for x in y %}", "{%p if a %}", "{# catatan #}",
    "{{ tabel.efisiensii }}", "{{ narasi.efisiensi }}", "{{ }}", "{{ isi", "{{ config.items() }}", "{{{ isi }}}",
]  # fmt: skip


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_is_no_marker_is_refused_and_never_worked_out(text: str) -> None:
    """Expressions, blocks, misspelt names."""
    codes = refused(template("{{ isi }}", f"a {text}"))
    assert [name for name, _ in codes] == ["docx-106"]
    assert text.startswith(str(codes[0][1]["marker"])) or str(codes[0][1]["marker"]) in text


def test_the_likely_marker_is_told() -> None:
    with pytest.raises(RefusedError) as caught:
        into_template(WHOLE, template("{{ isi }}", "{{ tabel.efisiensii }}", "{{ jdul }}"))
    assert [each.near for each in caught.value.findings] == ["tabel.efisiensi", "judul"]


def test_a_template_without_a_place_for_the_report_is_refused() -> None:
    """The title alone is no report."""
    assert refused(template("Kop surat", "{{ judul }}", "{{ daftar }}")) == [("docx-107", {})]


def test_contents_are_put_in_once() -> None:
    """A title may stand in many places, what belongs to the report in one."""
    assert refused(template("{{ judul }}", "{{ isi }}", "{{ judul }}", "{{ ISI }}")) == [
        ("docx-111", {"marker": "{{ ISI }}"})
    ]


def test_what_stands_beside_a_marker_for_parts_is_told() -> None:
    """In a line, a cell, or a header."""

    def in_cell(document: Any) -> None:
        document.add_table(1, 1).cell(0, 0).text = "{{ isi }}"
        document.sections[0].header.paragraphs[0].text = "{{ tabel.lebar }}"

    assert refused(template("Hasil: {{ tabel.lebar }}", change=in_cell)) == [
        ("docx-108", {"marker": "{{ tabel.lebar }}"}), ("docx-108", {"marker": "{{ isi }}"}),
    ]  # fmt: skip


def test_what_the_report_does_not_say_is_not_left_empty() -> None:
    found = evolve(WHOLE, agency=None)
    assert refused(template("{{ isi }}", "{{ instansi }}"), found) == [("docx-109", {"marker": "{{ instansi }}"})]


# Files that are hostile.


def rezipped(
    given: Template, added: Mapping[str, bytes], changed: Mapping[str, tuple[str, str]] | None = None, method: int = 8
) -> Template:
    """A template with other parts, and texts in its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(given.content)) as read, zipfile.ZipFile(out, "w", method) as made:
        for name in read.namelist():
            content = read.read(name)
            if changed and name in changed:
                assert changed[name][0].encode() in content
                content = content.replace(changed[name][0].encode(), changed[name][1].encode())
            if name not in added:
                made.writestr(name, content)
        for name, content in added.items():
            made.writestr(name, content)
    return Template(given.name, out.getvalue())


GOOD = template("{{ isi }}")
PROLOGUE = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>"
XXE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]>'
NO_FILES = [b"", b"teks", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, GOOD.content[:-60]]


@pytest.mark.parametrize("content", NO_FILES, ids=["empty", "text", "cut", "old Word", "cut at its end"])
def test_what_is_no_document_is_refused(content: bytes) -> None:
    """Old .doc files, and those with a password, among them."""
    assert refused(Template("kop.docx", content)) == [("docx-101", {})]


@pytest.mark.parametrize("name", ["word/document.xml", "[Content_Types].xml"])
def test_a_document_whose_parts_are_broken_is_refused(name: str) -> None:
    assert refused(rezipped(GOOD, {name: b"<w:document"})) == [("docx-101", {})]


def test_a_file_of_word_that_is_no_document_is_refused() -> None:
    kind = "wordprocessingml.document.main+xml"
    other = {"[Content_Types].xml": (kind, "wordprocessingml.template.main+xml")}
    assert refused(rezipped(GOOD, {}, other)) == [("docx-101", {})]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_bomb_is_refused_before_it_is_opened(method: int) -> None:
    """A part of 8 MB of zeros, which is 8 KB in the file; stored as it is, it is no bomb."""
    zeros = {"word/media/nol.bin": b"\0" * (8 * 1024 * 1024)}
    given = rezipped(GOOD, zeros, method=method)
    if method == zipfile.ZIP_DEFLATED:
        assert len(given.content) < 100_000
        assert refused(given) == [("docx-104", {})]
    else:
        assert into_template(WHOLE, given)


def test_too_many_parts_are_refused() -> None:
    assert refused(rezipped(GOOD, {f"word/a{at}.bin": b"" for at in range(2_100)})) == [("docx-104", {})]


def test_a_part_that_is_larger_than_it_says_is_refused() -> None:
    """The size in the list of the file is a lie."""
    raw = bytearray(rezipped(GOOD, {"word/media/nol.bin": b"\0" * 4_000_000}).content)
    at = raw.index(b"word/media/nol.bin", raw.rindex(b"PK\x01\x02", 0, raw.rindex(b"word/media/nol.bin"))) - 46
    assert raw[at : at + 4] == b"PK\x01\x02"
    raw[at + 24 : at + 28] = struct.pack("<I", 100)
    assert refused(Template("kop.docx", bytes(raw))) == [("docx-101", {})]


@pytest.mark.parametrize("declared", [XXE, LAUGHS])
@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"])
def test_a_part_that_declares_entities_is_refused(name: str, declared: str) -> None:
    """Nothing of another file is ever read, and nothing grows."""
    changed = {name: ("?>", f"?>{declared}")}
    assert refused(rezipped(GOOD, {}, changed)) == [("docx-105", {"entry": name})]


def test_a_declaration_in_another_encoding_is_found_too() -> None:
    told = f"<?xml version='1.0' encoding='UTF-16'?>{XXE}<a/>".encode("utf-16")
    assert refused(rezipped(GOOD, {"word/theme/theme1.xml": told})) == [
        ("docx-105", {"entry": "word/theme/theme1.xml"})
    ]


@pytest.mark.parametrize(
    "name",
    ["word/vbaProject.bin", "word/VBAPROJECT.bin", "word/activeX/activeX1.xml", "word/embeddings/oleObject1.bin"],
)
def test_macros_and_embedded_objects_are_refused(name: str) -> None:
    assert refused(rezipped(GOOD, {name: b"<a/>"})) == [("docx-102", {"entry": name})]


def test_a_document_with_macros_is_refused_by_its_kind() -> None:
    kind = (
        "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert refused(rezipped(GOOD, {}, {"[Content_Types].xml": kind})) == [("docx-102", {"entry": ".docm"})]


RELATIONS = [
    ("attachedTemplate", "http://contoh.example/a.dotm", "docx-103"),
    ("image", "https://contoh.example/logo.png", "docx-103"),
    ("image", "\\\\peladen\\logo.png", "docx-103"),
    ("hyperlink", "file:///C:/rahasia.docx", "docx-103"),
    ("hyperlink", "javascript:alert(1)", "docx-103"),
    ("frame", "lain.docx", "docx-103"),
    ("oleObject", "http://contoh.example/a", "docx-102"),
    ("aFChunk", "a.html", "docx-102"),
]


@pytest.mark.parametrize(("kind", "target", "code"), RELATIONS)
def test_what_comes_from_outside_is_refused(kind: str, target: str, code: str) -> None:
    """Templates, pictures, frames, and links that lead to files."""
    mode = ' TargetMode="External"' if code == "docx-103" else ""
    relation = f'<Relationship Id="rId98" Type="{EXTERNAL}/{kind}" Target="{target}"{mode}/></Relationships>'
    given = rezipped(GOOD, {}, {"word/_rels/document.xml.rels": ("</Relationships>", relation)})
    fact = {"target": target} if code == "docx-103" else {"entry": target}
    assert refused(given) == [(code, fact)]


def test_a_link_to_a_page_may_stay() -> None:
    """As in the letterhead of an agency that names its site."""
    relation = (
        f'<Relationship Id="rId98" Type="{EXTERNAL}/hyperlink" Target="https://dinsos.example" TargetMode="External"/>'
    )
    given = rezipped(GOOD, {}, {"word/_rels/document.xml.rels": ("</Relationships>", f"{relation}</Relationships>")})
    assert into_template(WHOLE, given)


@pytest.mark.parametrize(
    "words", ['INCLUDETEXT "C:\\\\rahasia.txt"', "DDEAUTO c:\\\\cmd.exe", "includepicture http://a"]
)
def test_fields_that_take_from_elsewhere_are_refused(words: str) -> None:
    """However their words are split."""

    def field(document: Any) -> None:
        runs = [OxmlElement("w:r") for _ in range(4)]
        for run, kind in ((runs[0], "begin"), (runs[3], "end")):
            run.append(OxmlElement("w:fldChar"))
            run[0].set(qn("w:fldCharType"), kind)
        for run, text in ((runs[1], words[:4]), (runs[2], words[4:])):
            run.append(OxmlElement("w:instrText"))
            run[0].text = text
        document.add_paragraph()._p.extend(runs)

    assert [name for name, _ in refused(template("{{ isi }}", change=field))] == ["docx-103"]


@pytest.mark.parametrize("name", ["../a.xml", "/a.xml", "C:a.xml", "word\\..\\a.xml"])
def test_parts_that_lead_out_of_the_file_are_refused(name: str) -> None:
    assert refused(rezipped(GOOD, {name: b"<a/>"})) == [("docx-101", {})]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    given = rezipped(GOOD, {"word/vbaProject.bin": b"", "word/embeddings/a.bin": b""})
    assert [name for name, _ in refused(given)] == ["docx-102", "docx-102"]


# In a rule folder.


LAPORAN = """\
laporan lkjip "Laporan 2024" {
    tahun: 2024
    tabel capaian "Capaian" {
        baris: indikator
        | kolom   | judul   |
        | capaian | Capaian |
    }
}
"""


def folder(path: Path, settings: str, content: bytes = template("Kop", "{{ isi }}").content) -> Path:
    small(path, laporan=LAPORAN)
    return write(path, {"sakip.toml": settings, "kop.docx": content})


def test_the_folder_names_its_template(command: Command, tmp_path: Path) -> None:
    """A file of its own, which is written into wherever the format is asked for."""
    folder(tmp_path, '[templat]\ndocx = "kop.docx"\n')
    outcome = command("export", "--to", "docx,md", "--output", "hasil")
    assert (outcome.code, outcome.out) == (0, "")
    assert paragraphs((tmp_path / "hasil" / "lkjip.docx").read_bytes())[0] == ("", "Kop")
    assert (tmp_path / "hasil" / "lkjip.md").exists()


WRONG = [
    ('[templat]\ndocx = "../kop.docx"\n', ["sakip.toml:2:1 B108"], True),
    ('[templat]\ndocx = "/kop.docx"\n', ["sakip.toml:2:1 B108"], True),
    ("[templat]\ndocx = 3\n", ["sakip.toml:2:1 B108"], True),
    ('templat = "kop.docx"\n', ["sakip.toml:1:1 B108"], True),
    ('[templat]\ndocx = "tidak_ada.docx"\n', ["tidak_ada.docx B101"], False),
    ('[templat]\nmd = "kop.docx"\n', ["sakip.toml:2:1 B112"], True),
    ('[templat]\nodt = "kop.docx"\n', ["sakip.toml:2:1 B112"], True),
]


@pytest.mark.parametrize(("settings", "told", "written"), WRONG)
def test_a_template_that_cannot_be_used_is_a_finding(
    command: Command, tmp_path: Path, settings: str, told: list[str], written: bool
) -> None:
    """A path that leaves the folder, a file that is not there, a format that uses none."""
    folder(tmp_path, settings)
    outcome = command("export", "--to", "docx", "--output", "hasil")
    assert (outcome.code, places(outcome.err)) == (1, told)
    assert foreign(outcome.err) == set()
    assert (tmp_path / "hasil" / "lkjip.docx").exists() == written


def test_a_template_with_a_wrong_marker_is_told_with_its_file(command: Command, tmp_path: Path) -> None:
    """In both languages, with the marker that was likely meant; nothing is written."""
    folder(tmp_path, '[templat]\ndocx = "kop.docx"\n', template("{{ isi }}", "{{ tabel.capain }}").content)
    outcome = command("export", "--to", "docx", "--output", "hasil")
    assert (outcome.code, places(outcome.err)) == (1, ["kop.docx docx-106"])
    assert "penanda `{{ tabel.capain }}` dalam templat `kop.docx` tidak dikenal" in outcome.err
    assert "bila yang dimaksud `{{ tabel.capaian }}`, tulis begitu" in outcome.err
    assert not (tmp_path / "hasil" / "lkjip.docx").exists()
    assert "is not known" in command("export", "--to", "docx", "--output", "hasil", "--lang", "en").err


def test_the_receipt_of_a_publication_records_its_template(command: Command, tmp_path: Path) -> None:
    """And a template that has changed is told."""
    folder(tmp_path / "f", '[templat]\ndocx = "kop.docx"\n')
    assert command("publish", "f", "--output", "b", "--to", "docx", "--fail-level", "galat").code == 0
    receipt = (tmp_path / "b" / "tanda-terima.toml").read_text(encoding="utf-8")
    assert 'jenis = "templat"' in receipt
    assert command("verify", "b", "f").code == 0
    (tmp_path / "f" / "kop.docx").write_bytes(template("Kop lain", "{{ isi }}").content)
    outcome = command("verify", "b", "f")
    assert outcome.code == 1
    assert "masukan `kop.docx` berubah" in outcome.text


def test_findings_about_templates_are_explained(command: Command) -> None:
    outcome = command("code", "docx-103")
    assert outcome.code == 0
    assert "logo yang tidak disisipkan" in outcome.out
