"""Tables of a report: with a caption, heads that screen readers announce, and cells that cover several rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from sakip_plugins.format_html.explanations import Explanations
from sakip_plugins.format_html.markup import Markup, element, lines
from sakip_plugins.format_html.words import word
from sakip_rules import Cell, PublishedColumn, PublishedRow, PublishedTable

#: Columns by which a row is called, the best first.
_CALLED_BY = ("indikator", "program", "sasaran")
#: A table of more columns is printed across the page, one of more rows on several of them.
_UPRIGHT, _WHOLE = 7, 12
#: A text of more signs needs a wide column.
_SHORT = 24


def table(found: PublishedTable, name: str, explanations: Explanations) -> Markup:
    """A table under its number and title, in a frame that scrolls by itself where the screen is narrow."""
    number = element("span", word("tabel", number=found.number), class_="nomor") if found.number else None
    title = element("span", number, " " if number else None, found.title, dir="auto")
    caption = element("caption", title, id=f"{name}-judul")
    inside = element("table", caption, _head(found), _body(found, explanations))
    source = element("p", word("sumber", source=found.source), class_="sumber", dir="auto") if found.source else None
    wide = " lebar" if len(found.columns) > _UPRIGHT else ""
    whole = " utuh" if len(found.rows) <= _WHOLE else ""
    return element("div", frame(inside, f"{name}-judul"), source, class_=f"tabel{wide}{whole}", id=name)


def frame(inside: Markup, called: str) -> Markup:
    """A frame that scrolls by itself, which the keyboard reaches."""
    return element("div", inside, class_="bingkai", role="group", aria_labelledby=called, tabindex=0)


def _head(found: PublishedTable) -> Markup:
    """One row of heads, or two where neighbours share one; those of numbers stand where the numbers do."""
    columns = found.columns
    numeric = {
        id(each) for at, each in enumerate(columns) if any(row.cells[at].number is not None for row in found.rows)
    }

    def head(column: PublishedColumn, rows: int | None = None) -> Markup:
        kind = "bilangan" if id(column) in numeric else None
        return element("th", lines(column.heading), class_=kind, scope="col", rowspan=rows, dir="auto")

    groups = [(group, list(run)) for group, run in groupby(columns, key=lambda column: column.group)]
    spans = (element("colgroup", span=len(run)) for _, run in groups)
    if all(group is None for group, _ in groups):
        row = element("tr", (head(each) for each in columns))
        return Markup(element("colgroup", span=len(columns)) + element("thead", row))
    upper: list[Markup] = []
    for group, run in groups:
        if group is None:
            upper += [head(each, rows=2) for each in run]
        else:
            upper.append(element("th", lines(group), scope="colgroup", colspan=len(run), dir="auto"))
    lower = (head(each) for each in columns if each.group is not None)
    return Markup("".join(spans) + element("thead", element("tr", upper), element("tr", lower)))


def _body(found: PublishedTable, explanations: Explanations) -> Markup:
    if not found.rows and not found.closing:
        cell = element("td", found.when_empty or word("kosong"), colspan=len(found.columns), class_="kosong")
        return element("tbody", element("tr", cell))
    heads = _head_column(found)
    body = element("tbody", (element("tr", _cells(row, heads, explanations)) for row in found.rows))
    if not found.closing:
        return body
    return Markup(body + element("tfoot", (element("tr", _cells(row, None, explanations)) for row in found.closing)))


def _head_column(found: PublishedTable) -> int | None:
    """The column by which a row is called: one of text that covers no other row."""
    fitting = [
        at
        for at in range(len(found.columns))
        if found.rows and all(row.cells[at].height == 1 and row.cells[at].text and row.cells[at].number is None
                              and row.cells[at].value is None for row in found.rows)
    ]  # fmt: skip
    names = {found.columns[at].name: at for at in reversed(fitting)}
    called = (names[name] for name in _CALLED_BY if name in names)
    return next(called, fitting[0] if fitting else None)


def _cells(row: PublishedRow, heads: int | None, explanations: Explanations) -> Iterator[Markup]:
    for at, cell in enumerate(row.cells):
        if cell.height:
            yield _cell(cell, "th" if at == heads else "td", explanations)


def _cell(cell: Cell, kind: str, explanations: Explanations) -> Markup:
    return element(
        kind, explanations.figure(cell),
        class_=_class(cell), scope="row" if kind == "th" else None, rowspan=cell.height if cell.height > 1 else None,
        dir=None if cell.number is not None else "auto",
    )  # fmt: skip


def _class(cell: Cell) -> str | None:
    """A number, the word for why there is none, or a long text."""
    if cell.number is not None:
        return "bilangan sementara" if cell.provisional else "bilangan"
    if cell.value is not None:
        return "status"
    return "panjang" if len(cell.text) > _SHORT else None


def plain(heads: Sequence[str], rows: Iterable[tuple[str, Iterable[Cell]]], explanations: Explanations) -> Markup:
    """The table of a chart: its first column names the rows, the others hold numbers."""
    called = (
        element("th", each, class_="bilangan" if at else None, scope="col", dir="auto") for at, each in enumerate(heads)
    )
    head = element("thead", element("tr", called))
    body = (
        element(
            "tr", element("th", label, scope="row", dir="auto"), (_cell(cell, "td", explanations) for cell in cells)
        )
        for label, cells in rows
    )
    return element("table", head, element("tbody", body))
