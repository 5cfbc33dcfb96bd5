"""Tables that hold their own texts and numbers: their formulas and sums, and the sums that a report prints instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.model import reports as r
from sakip_rules.model.publication import Cell, PublishedColumn, PublishedRow, PublishedTable
from sakip_rules.model.values import Value
from sakip_rules.report.cells import Cells
from sakip_rules.report.figures import NONE
from sakip_rules.report.subjects import BLANK, Figure

#: Numbers of a row, or their sums, by column; a column in which nothing stands has none.
_Numbers = Mapping[str, Fraction | None]


class DataTables:
    """Builds the tables of data of one report."""

    def __init__(self, cells: Cells, calculator: r.Calculator) -> None:
        self.cells, self.calculator = cells, calculator

    def table(self, table: r.DataTable) -> PublishedTable:
        columns = tuple(PublishedColumn(each.column, each.heading, each.group) for each in table.columns)
        rows = tuple(PublishedRow(tuple(self._row(table, row))) for row in table.rows)
        closing = tuple(PublishedRow(tuple(self._closing(table, row))) for row in table.closing)
        for printed in table.printed:
            self._compare(table, printed)
        return PublishedTable(
            table.name, table.number, table.label, columns, rows, closing, table.when_empty, table.source
        )

    def sum(self, table: r.DataTable, column: r.DataColumn) -> Figure:
        """What a column adds up to; of a formula, what it makes of the sums."""
        return self._figure(table, column, _sums(table), _decimals(table, column))

    def _row(self, table: r.DataTable, row: r.DataRow) -> Iterator[Cell]:
        numbers = {word: cell.number for word, cell in row.cells.items()}
        for column in table.columns:
            cell = row.cells.get(column.column)
            if not column.numeric:
                yield Cell(cell.text if cell else NONE)
            elif column.expression is None and cell is None:
                yield Cell(NONE)
            else:
                figure = self._figure(table, column, numbers, cell.decimals if cell else 0)
                yield self.cells.cell(figure, column)

    def _closing(self, table: r.DataTable, row: r.DataSum) -> Iterator[Cell]:
        for at, column in enumerate(table.columns):
            if column.numeric:
                yield self.cells.cell(self.sum(table, column), column)
            else:
                yield Cell(row.heading or "") if at == 0 else Cell()

    def _figure(self, table: r.DataTable, column: r.DataColumn, numbers: _Numbers, written: int) -> Figure:
        if column.expression is None:
            number = numbers.get(column.column)
            return BLANK if number is None else Figure(Value(number), written=written)
        given = (each.column for each in table.columns if each.numeric and each.expression is None)
        values = {name: Value(numbers.get(name) or Fraction(0)) for name in given}
        value = self.calculator.value(column.expression, values)
        if value.reason is not None:
            self.cells.found(Diagnostic(value.reason.code, column.place("rumus"), value.reason.values))
        return Figure(value, written=written)

    def _compare(self, table: r.DataTable, printed: r.DataRow) -> None:
        """Each printed sum that is another than that of the rows."""
        for column in table.columns:
            cell, found = printed.cells.get(column.column), self.sum(table, column) if column.numeric else BLANK
            number = found.value.number if found.value else Fraction(0)
            if cell and cell.number is not None and column.numeric and cell.number != number:
                facts = {"name": table.label, "column": column.heading, "printed": cell.number, "found": number}
                self.cells.found(Diagnostic(codes.PRINTED_SUM, cell.span, facts))


def _sums(table: r.DataTable) -> _Numbers:
    """What stands in each column of numbers, added up; where nothing stands, there is no sum."""
    sums: dict[str, Fraction | None] = {}
    for column in table.columns:
        cells = (row.cells.get(column.column) for row in table.rows)
        found = [cell.number for cell in cells if cell and cell.number is not None]
        sums[column.column] = sum(found, Fraction(0)) if found else None
    return sums


def _decimals(table: r.DataTable, column: r.DataColumn) -> int:
    cells = (row.cells.get(column.column) for row in table.rows)
    return max((cell.decimals for cell in cells if cell), default=0)
