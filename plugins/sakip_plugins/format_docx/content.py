"""The parts of a report as elements of a Word document."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sakip_plugins.layout.tables import Part, Section
from sakip_plugins.layout.words import alternative, caption, paragraphs, source, written
from sakip_rules import Heading, Passage, PublishedChart, PublishedTable

if TYPE_CHECKING:
    from docx.document import Document

#: How wide a chart is, in millimetres.
_CHART = 158
#: The deepest level of headings that Word has.
_DEEPEST = 9


class Content:
    """Makes the elements of parts for one document, and numbers them so that its lists find them."""

    def __init__(self, document: Document) -> None:
        self.document, self.at = document, 0

    def of(self, section: Section) -> list[Any]:
        """The elements of a section."""
        return [made for part in section.parts for made in self.part(part, section.turned)]

    def part(self, part: Part, turned: bool) -> Iterator[Any]:
        """The elements of a part, on pages that are ``turned`` or upright; parts come in the order of the report."""
        from sakip_plugins.format_docx.elements import bookmarked, paragraph

        number, self.at = self.at, self.at + 1
        if isinstance(part, Heading):
            yield bookmarked(paragraph(written(part.text), f"Heading{min(part.level, _DEEPEST)}"), number)
        elif isinstance(part, Passage):
            for each in paragraphs(part):
                yield paragraph(each.text, "ListBullet" if each.item else "BodyText")
        elif isinstance(part, PublishedTable):
            yield from self._table(part, turned, number)
        else:
            yield from self._chart(part, number)

    def _table(self, table: PublishedTable, turned: bool, number: int) -> Iterable[Any]:
        """The caption, which stays with its table, the table, and the line that parts it from what follows."""
        from sakip_plugins.format_docx.elements import paragraph
        from sakip_plugins.format_docx.grid import grid

        yield self._caption(table, number)
        yield grid(table, turned)
        yield paragraph(source(table) or "", "Sumber")

    def _chart(self, chart: PublishedChart, number: int) -> Iterable[Any]:
        """The picture, which stays with its caption below it."""
        from docx.shared import Mm

        from sakip_plugins.format_docx.elements import element, paragraph
        from sakip_plugins.layout.charts import picture

        inline = self.document.part.new_pic_inline(io.BytesIO(picture(chart)), width=Mm(_CHART))
        inline.docPr.set("name", written(chart.name))
        inline.docPr.set("descr", alternative(chart))
        drawn = paragraph("", "Gambar")
        drawn.append(element("r", element("drawing", inline)))
        yield drawn
        yield self._caption(chart, number)
        if told := source(chart):
            yield paragraph(told, "Sumber")

    def _caption(self, part: PublishedTable | PublishedChart, number: int) -> Any:
        from sakip_plugins.format_docx.elements import bookmarked, element, paragraph
        from sakip_plugins.format_docx.front import entry

        made = paragraph(caption(part), "Caption")
        if isinstance(part, PublishedTable):
            made.pPr.insert(1, element("keepNext"))
        made.extend(entry(part))
        return bookmarked(made, number)
