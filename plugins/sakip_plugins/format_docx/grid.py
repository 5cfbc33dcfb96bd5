"""A table of Word: heading rows that every page repeats, cells that cover others, and numbers at the right."""

from __future__ import annotations

from typing import Any

from sakip_plugins.layout.tables import WHOLE, Head, heads, widths
from sakip_plugins.layout.words import written
from sakip_rules import Cell, PublishedRow, PublishedTable

#: The size of the letters of a table, in twentieths of a point.
_LETTERS = 170
_SHADE, _CLOSING_SHADE = "D9E2F3", "F2F2F2"


def grid(table: PublishedTable, width: int) -> Any:
    """The table, without its caption, as wide as the text around it, in twentieths of a point."""
    from sakip_plugins.format_docx.elements import element

    columns = [share * width // WHOLE for share in widths(table, width * 1000 // _LETTERS)]
    made = element(
        "tbl",
        element(
            "tblPr",
            element("tblStyle", val="TabelLaporan"),
            element("tblW", w=sum(columns), type="dxa"),
            element("tblLayout", type="fixed"),
            element("tblLook", val="0620", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
        ),
        element("tblGrid", *(element("gridCol", w=column) for column in columns)),
    )
    made.extend(_heading_rows(table, columns))
    if not table.rows and not table.closing:
        made.append(_row([_cell(table.when_empty or "", columns, across=len(columns))]))
    made.extend(_body_row(row, columns) for row in table.rows)
    made.extend(_body_row(row, columns, closing=True) for row in table.closing)
    return made


def _heading_rows(table: PublishedTable, columns: list[int]) -> list[Any]:
    """One row, or two where columns share a heading; a cell of two rows goes on in the second one."""
    rows = heads(table.columns)
    made = [_heading_row(_spread(rows[0]), columns)]
    if len(rows) == 1:
        return made
    below = iter(rows[1])
    second: list[tuple[Head | None, int]] = []
    for head in rows[0]:
        second += [(None, 1)] if head.height > 1 else [(next(below), 1) for _ in range(head.width)]
    return [*made, _heading_row(second, columns)]


def _spread(heads: tuple[Head, ...]) -> list[tuple[Head | None, int]]:
    return [(head, head.width) for head in heads]


def _heading_row(found: list[tuple[Head | None, int]], columns: list[int]) -> Any:
    """A heading row; a head that is missing goes on from above."""
    from sakip_plugins.format_docx.elements import element

    cells, at = [], 0
    for head, width in found:
        merge = "continue" if head is None else "restart" if head.height > 1 else None
        text, under = head.text if head else "", columns[at : at + width]
        cells.append(_cell(text, under, across=width, merge=merge, shade=_SHADE, style="KepalaTabel"))
        at += width
    return element("tr", element("trPr", element("cantSplit"), element("tblHeader")), *cells)


def _body_row(row: PublishedRow, columns: list[int], closing: bool = False) -> Any:
    cells = [
        _cell(
            written(cell.text) if cell.height else "",
            columns[at : at + 1],
            merge=_merge(cell),
            align="right" if cell.number is not None else None,
            shade=_CLOSING_SHADE if closing else None,
            style="PenutupTabel" if closing else "IsiTabel",
        )
        for at, cell in enumerate(row.cells)
    ]
    return _row(cells)


def _row(cells: list[Any]) -> Any:
    from sakip_plugins.format_docx.elements import element

    return element("tr", element("trPr", element("cantSplit")), *cells)


def _merge(cell: Cell) -> str | None:
    """Whether a cell covers others below it, or is covered."""
    return {0: "continue", 1: None}.get(cell.height, "restart")


def _cell(
    text: str, columns: list[int], *, across: int = 1, merge: str | None = None, align: str | None = None,
    shade: str | None = None, style: str = "IsiTabel",
) -> Any:  # fmt: skip
    from sakip_plugins.format_docx.elements import element, paragraph

    settings = element("tcPr", element("tcW", w=sum(columns), type="dxa"))
    if across > 1:
        settings.append(element("gridSpan", val=across))
    if merge:
        settings.append(element("vMerge", val=merge))
    if shade:
        settings.append(element("shd", val="clear", color="auto", fill=shade))
    return element("tc", settings, paragraph(text, style, align=align))
