"""The lists at the beginning: of headings, tables and charts, each entry with its page once Word has worked it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sakip_plugins.layout.words import CONTENTS, FIGURES, TABLES, caption, written
from sakip_rules import Heading, Passage, Publication, PublishedChart, PublishedTable

#: How many levels of headings are listed.
_LEVELS = 3


def lists(found: Publication) -> Iterator[Any]:
    """Those that have an entry, one below the other."""
    numbered = [(number, part) for number, part in enumerate(found.parts) if not isinstance(part, Passage)]
    headings = [
        (number, written(part.text), part.level)
        for number, part in numbered
        if isinstance(part, Heading) and part.level <= _LEVELS
    ]
    yield from _list(CONTENTS, rf'TOC \o "1-{_LEVELS}" \h', headings)
    for title, kind, letter in ((TABLES, PublishedTable, "T"), (FIGURES, PublishedChart, "G")):
        entries = [(number, caption(part), 1) for number, part in numbered if isinstance(part, kind)]
        yield from _list(title, rf"TOC \f {letter} \h", entries)


def entry(part: PublishedTable | PublishedChart) -> list[Any]:
    """What puts a caption into its list, unseen."""
    from sakip_plugins.format_docx.elements import element

    letter = "T" if isinstance(part, PublishedTable) else "G"
    quoted = caption(part).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    told = element("instrText")
    told.text = f' TC "{quoted}" \\f {letter} \\l 1 '
    runs = (element("fldChar", fldCharType="begin"), told, element("fldChar", fldCharType="end"))
    return [element("r", element("rPr", element("vanish")), each) for each in runs]


def _list(title: str, instruction: str, entries: list[tuple[int, str, int]]) -> Iterator[Any]:
    from sakip_plugins.format_docx.elements import field, paragraph

    if not entries:
        return
    yield paragraph(title, "TOCHeading")
    lines = [_line(*each) for each in entries]
    *before, end = field(instruction)
    for each in reversed(before):
        lines[0].insert(1, each)
    lines[-1].append(end)
    yield from lines


def _line(number: int, text: str, level: int) -> Any:
    """An entry that leads to its place, with the number of its page."""
    from sakip_plugins.format_docx.elements import bookmark, element, field, paragraph, run

    link = element("hyperlink", anchor=bookmark(number), history=1)
    link.extend([run(text.replace("\n", " ")), element("r", element("tab")), *field(rf"PAGEREF {bookmark(number)} \h")])
    line = paragraph("", f"TOC{level}")
    line.append(link)
    return line
