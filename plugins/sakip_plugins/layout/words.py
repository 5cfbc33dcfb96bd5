"""What stands beside the contents of a report on paper, and how its texts are cut."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from attrs import frozen

from sakip_rules import Passage, Publication, PublishedChart, PublishedTable

#: The headings of the lists at the beginning of a report.
CONTENTS, TABLES, FIGURES = "Daftar Isi", "Daftar Tabel", "Daftar Gambar"
#: Before and behind the number of a page, whose second part is how many there are.
PAGE = ("Halaman", "dari")
#: Before the source of a table or chart.
SOURCE = "Sumber:"
#: Beside the words of a text: what stands for a character that cannot be written.
UNWRITABLE = "\ufffd"
_FORMS = {"batang": "Diagram batang", "garis": "Diagram garis"}
#: Characters that XML 1.0 has no way to write, and halves of characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
#: The mark of an item without a number, whatever sign was written for it.
BULLET = "•"
_ITEM = re.compile(r"\s*(?:(?P<bullet>[•–-])|(?P<number>\(?(?:\d{1,3}|[a-z])[.)]))\s+(?P<text>.+)")


@frozen
class Paragraph:
    """A paragraph of a passage; one of a list has its ``mark``, a bullet or the number that was written, beside it."""

    text: str
    mark: str | None = None


def written(text: str) -> str:
    """A text of which every character can be written; what cannot is shown as such, never dropped."""
    return _FORBIDDEN.sub(UNWRITABLE, text.replace("\r\n", "\n").replace("\r", "\n"))


def caption(part: PublishedTable | PublishedChart) -> str:
    """The number as the report prints it, and the title."""
    kind = "Tabel" if isinstance(part, PublishedTable) else "Gambar"
    return written(f"{kind} {part.number} {part.title}" if part.number else part.title)


def source(part: PublishedTable | PublishedChart) -> str | None:
    """The line under a table or chart that says where it comes from."""
    return None if part.source is None else written(f"{SOURCE} {part.source}")


def alternative(chart: PublishedChart) -> str:
    """A chart in words, for those who cannot see it: every number that is drawn."""
    told = []
    for series in chart.series:
        points = zip(chart.categories, series.points, strict=True)
        numbers = "; ".join(f"{category} {cell.text}" for category, cell in points if cell.number is not None)
        told.append(f"{series.label}: {numbers}.")
    return written(" ".join([f"{_FORMS[chart.form]}, {chart.title}.", *told]))


def paragraphs(passage: Passage) -> Iterator[Paragraph]:
    """The paragraphs of a passage and the items of its lists, in their order."""
    for block in re.split(r"\n\s*\n", written(passage.text).strip()):
        lines: list[str] = []
        for line in block.splitlines():
            item = _ITEM.fullmatch(line)
            if item is None:
                lines.append(line)
                continue
            if lines:
                yield Paragraph("\n".join(lines))
                lines = []
            yield Paragraph(item["text"], BULLET if item["bullet"] else item["number"])
        if lines:
            yield Paragraph("\n".join(lines))


def day(found: Publication) -> datetime.date:
    """The day that a document bears, which no clock decides: that of the report, or the last of its year."""
    return found.as_of or datetime.date(found.year, 12, 31)
