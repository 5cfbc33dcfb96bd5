"""A report from scratch: its title page, its lists, and its parts on pages that are turned for wide tables."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

from sakip_plugins.layout.tables import sections
from sakip_plugins.layout.words import written
from sakip_rules import Publication, Template

if TYPE_CHECKING:
    from docx.document import Document


def report(found: Publication) -> Mapping[str, bytes]:
    """The whole report in one file."""
    from sakip_plugins.format_docx.package import packed, plain_document
    from sakip_plugins.format_docx.styles import prepare

    document = plain_document()
    prepare(document)
    for element in _title_page(found):
        document.element.body.insert(-1, element)
    _fill(document, found)
    return {f"{found.name}.docx": packed(document, found)}


def into_template(found: Publication, template: Template) -> Mapping[str, bytes]:
    """The report in a document of the agency, wherever its markers stand."""
    from sakip_plugins.format_docx.package import packed
    from sakip_plugins.format_docx.template import filled

    return {f"{found.name}.docx": packed(filled(found, template), found)}


def _title_page(found: Publication) -> list[Any]:
    """The title in the middle of the page, whose report it is and of which year below."""
    from sakip_plugins.format_docx.elements import paragraph

    below = [each for each in (found.agency, str(found.year)) if each]
    return [paragraph(written(found.title), "Title"), *(paragraph(written(each), "Subtitle") for each in below)]


def _fill(document: Document, found: Publication) -> None:
    """The lists on pages of their own, then each section on pages of its way; the last one ends the document."""
    from docx.oxml.ns import qn

    from sakip_plugins.format_docx.content import Content
    from sakip_plugins.format_docx.elements import end_section
    from sakip_plugins.format_docx.front import lists
    from sakip_plugins.format_docx.styles import page, text_width

    body, numbers = document.element.body, count()
    content = Content(document, *(text_width(page(turned)) for turned in (False, True)))
    made = [(content.of(section, numbers), section.turned) for section in sections(found.parts)]
    groups = [(list(lists(found)), False), *made]
    groups = [(group, turned) for group, turned in groups if group]
    pages = [page(turned=False, title=True), *(page(turned) for _, turned in groups)]
    pages[0][:0] = body[-1].findall(qn("w:footerReference"))
    for (group, _), before in zip(groups, pages, strict=False):
        end_section(body, before)
        for element in group:
            body.insert(-1, element)
    body.replace(body[-1], pages[-1])
