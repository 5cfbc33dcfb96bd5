"""Markdown: each table under its number and title, for web pages and notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sakip_rules import Cell, Publication, PublishedTable

#: What Markdown would take for something else in the middle of a text.
_MARKS = "\\`*_[]<>|#~"


def report(found: Publication) -> Mapping[str, bytes]:
    """All tables in one file."""
    parts = [f"# {_text(found.title)}", *(_table(table) for table in found.tables)]
    return {f"{found.name}.md": ("\n\n".join(parts) + "\n").encode()}


def _table(table: PublishedTable) -> str:
    number = f"Tabel {_text(table.number)}. " if table.number else ""
    heads = [f"{column.group}: {column.heading}" if column.group else column.heading for column in table.columns]
    rows = [[_cell(cell) for cell in row.cells] for row in (*table.rows, *table.closing)]
    if not rows and table.when_empty:
        rows = [[_text(table.when_empty), *[""] * (len(heads) - 1)]]
    numeric = [any(row.cells[at].number is not None for row in table.rows) for at in range(len(heads))]
    rule = ["---:" if right else "---" for right in numeric]
    lines = [_line([_text(head) for head in heads]), _line(rule), *map(_line, rows)]
    return "\n".join([f"## {number}{_text(table.title)}", "", *lines])


def _cell(cell: Cell) -> str:
    return _text(cell.text) if cell.height else ""


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    """A text that Markdown shows as it is, on one line of the source."""
    return "".join(f"\\{sign}" if sign in _MARKS else sign for sign in text).replace("\n", "<br>")
