"""CSV as Indonesian spreadsheets read it: semicolons, decimal commas, and no text that becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal

from sakip_rules import Cell, Publication, PublishedChart, PublishedTable, Records

#: A spreadsheet would take a text that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Without this mark at its beginning a spreadsheet takes a file for one of another encoding.
_UTF8 = "\ufeff"


def records(found: Records) -> bytes:
    """The figures of an evaluation."""
    return _written([list(found.fields), *([_field(value) for value in row.values()] for row in found.rows)])


def report(found: Publication) -> Mapping[str, bytes]:
    """One file a table or chart, in which a cell stands in each row that it covers; without any, the title alone."""
    tables = {table.name: _lines(table) for table in found.tables}
    charts = {chart.name: _points(chart) for chart in found.charts}
    files = {f"{found.name}.{name}.csv": lines for name, lines in {**tables, **charts}.items()}
    files = files or {f"{found.name}.csv": [[_text(found.title)]]}
    return {name: _written(lines, _UTF8) for name, lines in files.items()}


def _points(chart: PublishedChart) -> list[list[str]]:
    """The figures of a chart: its categories, with the figures of each series."""
    rows = [
        [_text(name), *(_cell(each.points[at]) for each in chart.series)] for at, name in enumerate(chart.categories)
    ]
    return [["", *(_text(each.label) for each in chart.series)], *rows]


def _lines(table: PublishedTable) -> list[list[str]]:
    heads = [f"{column.group}: {column.heading}" if column.group else column.heading for column in table.columns]
    rows = [[_cell(cell) for cell in row.cells] for row in (*table.rows, *table.closing)]
    return [[_text(head) for head in heads], *rows]


def _cell(cell: Cell) -> str:
    """A number without its groups and its unit; one that is still provisional keeps the mark that says so."""
    return _text(cell.text) if cell.decimal is None or cell.provisional else _field(cell.decimal)


def _field(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return _text("" if value is None else str(value))


def _text(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) and text != "-" else text


def _written(rows: Iterable[Iterable[str]], mark: str = "") -> bytes:
    out = io.StringIO()
    out.write(mark)
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
