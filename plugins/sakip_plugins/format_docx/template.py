"""A report in an agency's own document: its letterhead, its styles, and its markers where the report goes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from sakip_plugins.format_docx import gate
from sakip_plugins.format_docx.codes import finding, once
from sakip_plugins.format_docx.markers import ALL, LISTS, Marker, blocks, faults, markers_of, put, values
from sakip_plugins.layout.tables import sections
from sakip_rules import Publication, RefusedError, Template

if TYPE_CHECKING:
    from docx.document import Document

#: Parts of a document that the library keeps as they are, and in which text stands.
_NOTES = ("/word/footnotes.xml", "/word/endnotes.xml")


def filled(found: Publication, template: Template) -> Document:
    """The document of a template with the report in it; ``RefusedError`` with all that stands against the template."""
    from docx.opc.oxml import serialize_part_xml

    gate.check(template)
    document = _opened(template)
    body, notes = document.element.body, list(_notes(document))
    trees = [*_trees(document), *(tree for _, tree in notes)]
    marked = [
        (paragraph, marker) for tree in trees for paragraph in _paragraphs(tree) for marker in markers_of(paragraph)
    ]
    if against := once(faults(template, found, marked, body)):
        raise RefusedError(*against)
    told = values(found)
    for paragraph, marker in reversed(marked):
        if (value := told.get(marker.name)) is not None:
            put(paragraph, marker, value)
    _fill(document, found, [(paragraph, marker) for paragraph, marker in marked if marker.name not in told])
    for part, tree in notes:
        part._blob = serialize_part_xml(tree)
    return document


def _opened(template: Template) -> Document:
    """The document; what the library cannot open is none, whatever it stumbles over."""
    import docx

    try:
        document = docx.Document(io.BytesIO(template.content))
        whole = document.element.body is not None and len(document.styles) > 0
    except (KeyError, ValueError, AttributeError, TypeError, AssertionError):
        raise RefusedError(finding(template, "docx-101")) from None
    if not whole:
        raise RefusedError(finding(template, "docx-101"))
    return document


def _trees(document: Document) -> Iterator[Any]:
    """The body, and the headers and footers of the document, each once."""
    yield document.element.body
    for part in document.part.package.iter_parts():
        if str(part.partname).startswith(("/word/header", "/word/footer")) and hasattr(part, "element"):
            yield part.element


def _notes(document: Document) -> Iterator[tuple[Any, Any]]:
    from docx.oxml import parse_xml

    for part in document.part.package.iter_parts():
        if str(part.partname) in _NOTES:
            yield part, parse_xml(part.blob)


def _paragraphs(tree: Any) -> Iterator[Any]:
    from docx.oxml.ns import qn

    return iter(tree.iter(qn("w:p")))


def _fill(document: Document, found: Publication, marked: Iterable[tuple[Any, Marker]]) -> None:
    """Put the parts that markers name into their places."""
    from sakip_plugins.format_docx.borrowed import Borrowed
    from sakip_plugins.format_docx.content import Content
    from sakip_plugins.format_docx.front import lists
    from sakip_plugins.format_docx.styles import text_width

    borrowed, named = Borrowed(document), blocks(found)
    content = Content(document, 0, 0)
    for paragraph, marker in marked:
        if marker.name == LISTS:
            groups = [(list(lists(found)), False)]
        else:
            numbers = range(len(found.parts)) if marker.name == ALL else named[marker.name]
            settings = _settings_of(paragraph)
            content.width, content.turned_width = text_width(settings), text_width(_turned(settings))
            following = iter(numbers)
            parts = sections([found.parts[at] for at in numbers])
            groups = [(content.of(section, following), section.turned) for section in parts]
        for elements, _ in groups:
            borrowed.dress(elements)
        _place(paragraph, groups)


def _settings_of(paragraph: Any) -> Any:
    """The settings of the section in which a paragraph of the body stands."""
    from docx.oxml.ns import qn

    for each in (paragraph, *paragraph.itersiblings()):
        settings = each if each.tag == qn("w:sectPr") else each.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if settings is not None:
            return settings
    settings = paragraph.getparent().makeelement(qn("w:sectPr"), None)
    paragraph.getparent().append(settings)
    return settings


def _turned(settings: Any) -> Any:
    """The settings of the same pages turned, if they are higher than wide."""
    from docx.oxml.ns import qn

    made = deepcopy(settings)
    size = made.find(qn("w:pgSz"))
    if size is None:
        return made
    width, height = size.get(qn("w:w"), "0"), size.get(qn("w:h"), "0")
    if int(width) < int(height):
        size.set(qn("w:w"), height)
        size.set(qn("w:h"), width)
        size.set(qn("w:orient"), "landscape")
    return made


def _place(paragraph: Any, groups: list[tuple[list[Any], bool]]) -> None:
    """Put elements where a marker stands; pages are turned between two ends of sections, and then as before."""
    settings = _settings_of(paragraph)
    first = deepcopy(settings)
    if any(turned for _, turned in groups):
        _go_on(settings)
    endings = chain([first], repeat(settings))
    for elements, turned in groups:
        if turned and paragraph.getprevious() is not None:
            paragraph.addprevious(_end(next(endings)))
        for element in elements:
            paragraph.addprevious(element)
        if turned:
            paragraph.addprevious(_end(_turned(settings)))
    _take_away(paragraph)


def _go_on(settings: Any) -> None:
    """Let a section go on with the pages before it: a new page, no first page of its own, no new count."""
    from docx.oxml.ns import qn

    for tag in ("w:type", "w:titlePg"):
        for each in settings.findall(qn(tag)):
            settings.remove(each)
    for each in settings.findall(qn("w:pgNumType")):
        each.attrib.pop(qn("w:start"), None)


def _end(settings: Any) -> Any:
    """A paragraph with which a section of these settings ends."""
    from sakip_plugins.format_docx.elements import element

    return element("p", element("pPr", deepcopy(settings)))


def _take_away(paragraph: Any) -> None:
    """Remove a marker's paragraph, unless a section ends with it."""
    from docx.oxml.ns import qn

    if paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
        paragraph.getparent().remove(paragraph)
        return
    for child in list(paragraph):
        if child.tag != qn("w:pPr"):
            paragraph.remove(child)
