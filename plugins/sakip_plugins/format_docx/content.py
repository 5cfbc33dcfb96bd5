"""The parts of a report as elements of a Word document."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sakip_plugins.format_docx.codes import CODES
from sakip_plugins.layout.tables import Part, Section
from sakip_plugins.layout.words import BULLET, Paragraph, alternative, caption, paragraphs, source, written
from sakip_rules import Diagnostic, Heading, Passage, PublishedChart, PublishedTable, RefusedError

if TYPE_CHECKING:
    from docx.document import Document

#: How wide a chart is at most, in twentieths of a point (158 mm).
_CHART = 8957
#: The deepest level of headings that Word has.
_DEEPEST = 9


class Content:
    """Makes the elements of parts for one document, whose lists find them by their number in the report.

    ``width`` and ``turned_width`` are those of the text of its pages, in twentieths of a point.
    """

    def __init__(self, document: Document, width: int, turned_width: int) -> None:
        self.document, self.width, self.turned_width = document, width, turned_width
        self.marked: set[int] = set()

    def of(self, section: Section, numbers: Iterable[int]) -> list[Any]:
        """The elements of a section, the numbers of whose parts are given."""
        width = self.turned_width if section.turned else self.width
        parts = zip(section.parts, numbers, strict=False)
        return [made for part, number in parts for made in self._part(part, number, width)]

    def _part(self, part: Part, number: int, width: int) -> Iterator[Any]:
        from sakip_plugins.format_docx.elements import paragraph

        if isinstance(part, Heading):
            yield self._found(paragraph(written(part.text), f"Heading{min(max(part.level, 1), _DEEPEST)}"), number)
        elif isinstance(part, Passage):
            yield from map(_paragraph, paragraphs(part))
        elif isinstance(part, PublishedTable):
            yield from self._table(part, number, width)
        else:
            yield from self._chart(part, number, width)

    def _found(self, made: Any, number: int) -> Any:
        """A paragraph that the lists find, where the part stands in the document for the first time."""
        from sakip_plugins.format_docx.elements import bookmarked

        first = number not in self.marked
        self.marked.add(number)
        return bookmarked(made, number) if first else made

    def _table(self, table: PublishedTable, number: int, width: int) -> Iterable[Any]:
        """The caption, which stays with its table, the table, and the line that parts it from what follows."""
        from sakip_plugins.format_docx.elements import paragraph
        from sakip_plugins.format_docx.grid import grid

        yield self._caption(table, number)
        yield grid(table, width)
        yield paragraph(source(table) or "", "Sumber")

    def _chart(self, chart: PublishedChart, number: int, width: int) -> Iterable[Any]:
        """The picture, which stays with its caption below it."""
        from docx.shared import Twips

        from sakip_plugins.format_docx.elements import element, paragraph
        from sakip_plugins.layout.charts import UndrawnError, picture

        try:
            image = picture(chart)
        except UndrawnError as error:
            facts = {"chart": chart.name, "sign": error.sign}
            raise RefusedError(Diagnostic(CODES["docx-110"], None, facts)) from error
        inline = self.document.part.new_pic_inline(io.BytesIO(image), width=Twips(min(_CHART, width)))
        inline.docPr.set("name", written(chart.name))
        inline.docPr.set("descr", alternative(chart))
        drawn = paragraph("", "Gambar")
        drawn.append(element("r", element("drawing", inline)))
        yield drawn
        yield self._caption(chart, number)
        if told := source(chart):
            yield paragraph(told, "Sumber")

    def _caption(self, part: PublishedTable | PublishedChart, number: int) -> Any:
        from sakip_plugins.format_docx.elements import element, paragraph
        from sakip_plugins.format_docx.front import entry

        made = paragraph(caption(part), "Caption")
        if isinstance(part, PublishedTable):
            made.pPr.insert(1, element("keepNext"))
        made.extend(entry(part))
        return self._found(made, number)


def _paragraph(found: Paragraph) -> Any:
    """A paragraph of a passage; the lines of one that has several are not stretched."""
    from sakip_plugins.format_docx.elements import paragraph

    if found.mark == BULLET:
        return paragraph(found.text, "ListBullet")
    if found.mark:
        return paragraph(f"{found.mark}\t{found.text}", "List")
    return paragraph(found.text, "BodyText", align="left" if "\n" in found.text else None)
