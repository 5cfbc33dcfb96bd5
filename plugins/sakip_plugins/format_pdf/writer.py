"""A report as PDF/A-2a and PDF/UA-1: what ``report.typ`` lays out goes to it as data, never as markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sakip_plugins.format_pdf.codes import CODES
from sakip_plugins.layout.charts import DRAWING, drawn
from sakip_plugins.layout.letters import missing_sign
from sakip_plugins.layout.tables import Part, heads, sections, widths
from sakip_plugins.layout.words import (
    CONTENTS,
    FIGURES,
    PAGE,
    TABLES,
    alternative,
    caption,
    day,
    paragraphs,
    source,
    written,
)
from sakip_rules import Diagnostic, Heading, Passage, Publication, PublishedRow, PublishedTable, RefusedError

_LAYOUT = Path(__file__).with_name("report.typ")
#: A word so long that it is broken wherever a line ends, in pieces of this length.
_ENDLESS, _PIECE = re.compile(r"\S{31,}"), 10
_BREAK = "\u200b"


def report(found: Publication) -> Mapping[str, bytes]:
    """The whole report in one file."""
    import typst

    layout = "\n".join(path.read_text(encoding="utf-8") for path in (DRAWING, _LAYOUT))
    data = json.dumps(_told(found), ensure_ascii=False)
    try:
        # for archives, with tags and with letters that can be read out (level A), and for screen readers
        made = typst.compile(
            layout.encode(), format="pdf", ignore_system_fonts=True, sys_inputs={"report": data},
            pdf_standards=["a-2a", "ua-1"],
        )  # fmt: skip
    except typst.TypstError as error:
        sign = missing_sign(error)
        if sign is None:
            raise
        raise RefusedError(Diagnostic(CODES["pdf-101"], None, {"sign": sign, "report": found.name})) from error
    return {f"{found.name}.pdf": made}


def _told(found: Publication) -> dict[str, Any]:
    """The report as ``report.typ`` reads it."""
    made = day(found)
    levels = _Levels()
    return {
        "title": _text(found.title),
        "below": [_text(each) for each in (found.agency, str(found.year)) if each],
        "date": [made.year, made.month, made.day],
        "contents": CONTENTS if any(isinstance(part, Heading) for part in found.parts) else None,
        "tables": TABLES if found.tables else None,
        "figures": FIGURES if found.charts else None,
        "page": PAGE,
        "sections": [
            {"turned": section.turned, "parts": [_part(part, levels) for part in section.parts]}
            for section in sections(found.parts)
        ],
    }


class _Levels:
    """Levels of headings without a gap, as screen readers need them: the first is 1, and none skips another."""

    def __init__(self) -> None:
        self.last = 0

    def of(self, heading: Heading) -> int:
        self.last = min(max(heading.level, 1), self.last + 1)
        return self.last


def _part(part: Part, levels: _Levels) -> dict[str, Any]:
    if isinstance(part, Heading):
        return {"kind": "heading", "text": _text(part.text), "level": levels.of(part)}
    if isinstance(part, Passage):
        told = [{"text": _text(each.text), "mark": each.mark or ""} for each in paragraphs(part)]
        return {"kind": "passage", "paragraphs": told}
    around = {"caption": _text(caption(part)), "source": _text(source(part) or "")}
    if isinstance(part, PublishedTable):
        return {"kind": "table", **around, **_table(part)}
    return {"kind": "chart", **around, "alternative": alternative(part), "chart": drawn(part)}


def _table(table: PublishedTable) -> dict[str, Any]:
    return {
        "widths": widths(table),
        "heads": [
            [{"text": _text(head.text), "width": head.width, "height": head.height} for head in row]
            for row in heads(table.columns)
        ],
        "rows": [list(_cells(row)) for row in table.rows],
        "closing": [list(_cells(row)) for row in table.closing],
        "empty": _text(table.when_empty or ""),
    }


def _cells(row: PublishedRow) -> Iterator[dict[str, Any]]:
    """The cells of a row that no cell above covers; only what is not usual is told."""
    for cell in row.cells:
        if cell.height:
            told: dict[str, Any] = {"text": _text(cell.text)}
            if cell.height > 1:
                told["height"] = cell.height
            if cell.number is not None:
                told["right"] = True
            yield told


def _text(text: str) -> str:
    """A text that can be written, and whose longest words can be broken."""
    return _ENDLESS.sub(lambda word: _BREAK.join(_pieces(word[0])), written(text))


def _pieces(word: str) -> Iterator[str]:
    return (word[start : start + _PIECE] for start in range(0, len(word), _PIECE))
