"""How a report from scratch looks: styles that an agency may change in one place, pages, and the line below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sakip_plugins.format_docx.package import LANGUAGE
from sakip_plugins.layout.words import PAGE

if TYPE_CHECKING:
    from docx.document import Document

_FONT = "Arial"
#: The version of Word whose ways of laying out a document follows: those since 2013, which need no compatibility mode.
_WORD = "15"
#: A4 and its margins, in twentieths of a point.
_SHORT, _LONG, _MARGIN, _EDGE = 11906, 16838, 1417, 708
#: The sizes of headings from the first level on, in points.
_HEADINGS = (14, 12, 11, 11, 11, 11, 11, 11, 11)

_STYLES = """
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
  <w:style w:type="paragraph" w:customStyle="1" w:styleId="IsiTabel">
    <w:name w:val="Isi Tabel"/><w:basedOn w:val="Normal"/><w:qFormat/>
    <w:pPr><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/><w:jc w:val="left"/></w:pPr>
    <w:rPr><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr>
  </w:style>
  <w:style w:type="paragraph" w:customStyle="1" w:styleId="KepalaTabel">
    <w:name w:val="Kepala Tabel"/><w:basedOn w:val="IsiTabel"/><w:qFormat/>
    <w:pPr><w:keepNext/><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr>
  </w:style>
  <w:style w:type="paragraph" w:customStyle="1" w:styleId="PenutupTabel">
    <w:name w:val="Penutup Tabel"/><w:basedOn w:val="IsiTabel"/><w:qFormat/>
    <w:rPr><w:b/><w:bCs/></w:rPr>
  </w:style>
  <w:style w:type="paragraph" w:customStyle="1" w:styleId="Sumber">
    <w:name w:val="Sumber"/><w:basedOn w:val="Normal"/><w:qFormat/>
    <w:pPr><w:spacing w:before="40" w:after="240" w:line="240" w:lineRule="auto"/></w:pPr>
    <w:rPr><w:i/><w:iCs/><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr>
  </w:style>
  <w:style w:type="paragraph" w:customStyle="1" w:styleId="Gambar">
    <w:name w:val="Gambar"/><w:basedOn w:val="Normal"/><w:qFormat/>
    <w:pPr><w:keepNext/><w:spacing w:before="120" w:after="60" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>
    </w:pPr>
  </w:style>
  <w:style w:type="table" w:customStyle="1" w:styleId="TabelLaporan">
    <w:name w:val="Tabel Laporan"/><w:qFormat/>
    <w:tblPr>
      <w:tblBorders>
        <w:top w:val="single" w:sz="6" w:space="0" w:color="404040"/>
        <w:left w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/>
        <w:bottom w:val="single" w:sz="6" w:space="0" w:color="404040"/>
        <w:right w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/>
        <w:insideH w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/>
        <w:insideV w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/>
      </w:tblBorders>
      <w:tblCellMar>
        <w:top w:w="20" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>
        <w:bottom w:w="20" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>
      </w:tblCellMar>
    </w:tblPr>
    <w:tcPr><w:vAlign w:val="center"/></w:tcPr>
  </w:style>
</w:styles>
"""


def prepare(document: Document) -> None:
    """Give a document of the library the look of an official report."""
    _clear(document)
    _fonts(document)
    for level, size in enumerate(_HEADINGS, start=1):
        _heading(document, level, size)
    _paragraphs(document)
    _lists(document)
    add_own(document)
    _footer(document)


def add_own(document: Document) -> None:
    """The styles that Word does not know by itself, where the document does not have them."""
    from docx.oxml import parse_xml

    known = {style.style_id for style in document.styles}
    for style in parse_xml(_STYLES):
        if style.styleId not in known:
            document.styles.element.append(style)


def _clear(document: Document) -> None:
    """Leave out the many looks of tables that the library brings and no report uses."""
    from docx.enum.style import WD_STYLE_TYPE

    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and not style.element.default:
            style.element.getparent().remove(style.element)


def _fonts(document: Document) -> None:
    """One font for everything, and the language of the whole document."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    from sakip_plugins.format_docx.elements import element

    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(defaults):
        defaults.remove(child)
    defaults.extend([_font(), element("lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA")])
    for style in document.styles.element.iter(qn("w:rPr")):
        for each in list(style.findall(qn("w:rFonts"))):
            if style is not defaults:
                style.remove(each)
    normal = document.styles["Normal"]
    normal.font.size = Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    _set_up(document.settings.element)


def _set_up(settings: Any) -> None:
    """The settings of a document of today's Word in Indonesian."""
    from docx.oxml.ns import qn

    for tag, value in (("themeFontLang", LANGUAGE), ("decimalSymbol", ","), ("listSeparator", ";")):
        settings.find(qn(f"w:{tag}")).set(qn("w:val"), value)
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), _WORD)


def _font() -> Any:
    from sakip_plugins.format_docx.elements import element

    return element("rFonts", ascii=_FONT, hAnsi=_FONT, eastAsia=_FONT, cs=_FONT)


def _heading(document: Document, level: int, size: int) -> None:
    """Black and bold; a chapter begins on a new page, in the middle."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    style = document.styles[f"Heading {level}"]
    style.font.size, style.font.bold, style.font.italic = Pt(size), True, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.keep_with_next = Pt(14 if level > 1 else 0), Pt(8), True
    if level == 1:
        layout.page_break_before, layout.alignment = True, WD_ALIGN_PARAGRAPH.CENTER
        layout.space_after = Pt(18)


def _paragraphs(document: Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, size, before in (("Title", 22, 190), ("Subtitle", 14, 6), ("Caption", 10, 10), ("TOC Heading", 13, 12)):
        style = document.styles[name]
        style.font.size, style.font.bold, style.font.italic = Pt(size), True, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(6)
        for border in style.element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)
    document.styles["Title"].font.all_caps = True
    document.styles["Title"].paragraph_format.space_after = Pt(220)
    document.styles["TOC Heading"].paragraph_format.page_break_before = False
    body = document.styles["Body Text"]
    body.paragraph_format.alignment, body.paragraph_format.space_after = WD_ALIGN_PARAGRAPH.JUSTIFY, Pt(8)


def _lists(document: Document) -> None:
    """The styles of the entries of lists, with dots up to the number of the page."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Pt, Twips

    right = Twips(_SHORT - 2 * _MARGIN)
    for level in (1, 2, 3):
        style = document.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.element.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}styleId", f"TOC{level}")
        style.base_style = document.styles["Normal"]
        layout = style.paragraph_format
        layout.left_indent, layout.right_indent = Twips(240 * (level - 1)), Twips(500)
        layout.space_after = Pt(3)
        layout.tab_stops.add_tab_stop(right, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _footer(document: Document) -> None:
    """The number of the page and how many there are; none on the title page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    from sakip_plugins.format_docx.elements import field, run

    section = document.sections[0]
    section.footer.is_linked_to_previous = False
    line = section.footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, between = PAGE
    for made in (run(f"{before} "), *field("PAGE", run("1")), run(f" {between} "), *field("NUMPAGES", run("1"))):
        line._p.append(made)
    section.different_first_page_header_footer = False


def page(turned: bool, title: bool = False) -> Any:
    """The settings of a section."""
    from sakip_plugins.format_docx.elements import element

    size = {"w": _LONG, "h": _SHORT, "orient": "landscape"} if turned else {"w": _SHORT, "h": _LONG}
    sides = dict.fromkeys(("top", "right", "bottom", "left"), _MARGIN)
    made = element("sectPr", element("type", val="nextPage"), element("pgSz", **size))
    made.append(element("pgMar", **sides, header=_EDGE, footer=_EDGE, gutter=0))
    if title:
        made.append(element("titlePg"))
    return made


def text_width(settings: Any) -> int:
    """How wide the text of a page is, by the settings of its section, in twentieths of a point."""
    from docx.oxml.ns import qn

    size, margins = settings.find(qn("w:pgSz")), settings.find(qn("w:pgMar"))
    if size is None or margins is None:
        return _SHORT - 2 * _MARGIN
    told = (size.get(qn("w:w")), margins.get(qn("w:left")), margins.get(qn("w:right")))
    width, *sides = (int(each) if each and each.isdigit() else 0 for each in told)
    return max(width - sum(sides), _MARGIN)
