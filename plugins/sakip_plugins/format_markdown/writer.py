"""Markdown: a report in its order, tables and charts under their numbers and titles, for web pages and notes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sakip_rules import Cell, Heading, Passage, Publication, PublishedChart, PublishedTable

#: What Markdown would take for something else in the middle of a text.
_MARKS = "\\`*_[]<>|#~"
#: What Markdown would take for an item of a list, or for a line under a heading, at the beginning of a line.
_ITEM = re.compile(r"(?:[-+=]+|\d{1,9}[.)])(?=\s|$)")
#: The deepest heading that there is.
_DEEPEST = 6


def report(found: Publication) -> Mapping[str, bytes]:
    """The whole report in one file; a table stands below the heading that it belongs to."""
    parts, level = [f"# {_text(found.title)}"], 1
    for part in found.parts:
        if isinstance(part, Heading):
            level = part.level + 1
            parts.append(f"{_marks(level)} {_text(part.text)}")
        elif isinstance(part, Passage):
            parts.append(_passage(part))
        else:
            parts.append(_table(part, level + 1) if isinstance(part, PublishedTable) else _chart(part, level + 1))
    return {f"{found.name}.md": ("\n\n".join(parts) + "\n").encode()}


def _marks(level: int) -> str:
    return "#" * min(level, _DEEPEST)


def _passage(passage: Passage) -> str:
    """Paragraphs; each line of theirs stays a line."""
    return "\n\n".join("  \n".join(map(_sentence, part.split("\n"))) for part in passage.text.split("\n\n"))


def _sentence(line: str) -> str:
    """A line that Markdown shows as it is, whatever it begins with."""
    sign = _ITEM.match(line)
    return _text(line) if not sign else f"{line[: sign.end() - 1]}\\{_text(line[sign.end() - 1 :])}"


def _chart(chart: PublishedChart, level: int) -> str:
    """The figures of a chart: its categories, with the figures of each series."""
    number = f"Gambar {_text(chart.number)}. " if chart.number else ""
    rows = [
        [_text(name), *(_cell(each.points[at]) for each in chart.series)] for at, name in enumerate(chart.categories)
    ]
    lines = [_line(["", *(_text(each.label) for each in chart.series)]), _line(["---", *["---:"] * len(chart.series)])]
    text = "\n".join([f"{_marks(level)} {number}{_text(chart.title)}", "", *lines, *map(_line, rows)])
    return text + _source(chart.source)


def _source(source: str | None) -> str:
    return f"\n\nSumber: {_text(source)}" if source else ""


def _table(table: PublishedTable, level: int) -> str:
    number = f"Tabel {_text(table.number)}. " if table.number else ""
    heads = [f"{column.group}: {column.heading}" if column.group else column.heading for column in table.columns]
    rows = [[_cell(cell) for cell in row.cells] for row in (*table.rows, *table.closing)]
    if not rows and table.when_empty:
        rows = [[_text(table.when_empty), *[""] * (len(heads) - 1)]]
    numeric = [any(row.cells[at].number is not None for row in table.rows) for at in range(len(heads))]
    rule = ["---:" if right else "---" for right in numeric]
    lines = [_line([_text(head) for head in heads]), _line(rule), *map(_line, rows)]
    return "\n".join([f"{_marks(level)} {number}{_text(table.title)}", "", *lines]) + _source(table.source)


def _cell(cell: Cell) -> str:
    return _text(cell.text) if cell.height else ""


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    """A text that Markdown shows as it is, on one line of the source."""
    return "".join(f"\\{sign}" if sign in _MARKS else sign for sign in text).replace("\n", "<br>")
