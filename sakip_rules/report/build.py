"""From the rules of a report and its figures to tables that are ready to be laid out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from attrs import evolve

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.numbers import Rounding, decimals_of, format_number, round_exact
from sakip_rules.model import program as p
from sakip_rules.model.publication import Cell, Publication, PublishedColumn, PublishedRow, PublishedTable
from sakip_rules.model.values import Status, Value
from sakip_rules.report.calculation import with_calculations
from sakip_rules.report.figures import Figures
from sakip_rules.report.subjects import Figure, Subject

#: How a word of the rules, such as a status, is called in a report.
Words = Callable[[str], str]
#: What no printed number has: so many decimals are shown where a column does not say how many.
_MOST = 6


class Builder:
    """Builds the tables of one report; what cannot be shown as asked is among its ``diagnostics``."""

    def __init__(self, figures: Figures, word: Words) -> None:
        self.figures, self.program, self.word = figures, figures.program, word
        self.symbols = {unit.name: unit.symbol or unit.name for unit in self.program.all(p.Unit)}
        self.diagnostics: list[Diagnostic] = []

    def report(self, tables: Iterable[p.ReportTable]) -> Publication:
        """The report with some of its tables."""
        report = self.figures.report
        return Publication(report.name, report.label, report.year, tuple(self.table(table) for table in tables))

    def table(self, table: p.ReportTable) -> PublishedTable:
        columns = tuple(PublishedColumn(each.column, each.heading, each.group, each.year) for each in table.columns)
        self._look_at_years(table)
        subjects = list(self._subjects(table))
        found = [[self.figures.of(subject, each.column, each.year) for each in table.columns] for subject in subjects]
        cells = [[self._cell(figure, each) for figure, each in zip(row, table.columns, strict=True)] for row in found]
        rows = tuple(
            PublishedRow(self._calculated(figures, row, table), subject.name)
            for figures, row, subject in zip(found, _merged(found, cells), subjects, strict=True)
        )
        return PublishedTable(
            table.name, table.number, table.label, columns, rows, tuple(self._closing(table)), table.when_empty
        )

    def _calculated(self, figures: Sequence[Figure], cells: Sequence[Cell], table: p.ReportTable) -> tuple[Cell, ...]:
        """The cells of a row, with the calculations that it shows."""
        return tuple(with_calculations(figures, cells, table.columns, self.program, self.figures.report.year))

    def _subjects(self, table: p.ReportTable) -> Iterable[Subject]:
        document = self.program.target(table.document)
        if document is not None:
            return self.figures.programs_of(document) if table.each == "program" else self.figures.of_document(document)
        if table.each == "sasaran":
            return self.figures.objectives
        columns = {each.column for each in table.columns}
        if table.each == "program":
            return self.figures.by_objective() if "sasaran" in columns else self.figures.programs
        other_years = any(each.year not in (None, self.figures.report.year) for each in table.columns)
        return self.figures.over_years if other_years else self.figures.indicators

    def _look_at_years(self, table: p.ReportTable) -> None:
        """A year of which nothing is known leaves its columns empty."""
        rows = self.figures.comparison.rows if self.figures.comparison else ()
        known = {year for row in rows for year in row.figures} | {self.figures.report.year}
        for column in table.columns if table.document is None else ():
            if column.year is not None and column.year not in known:
                self._found(Diagnostic(codes.COLUMN_OF_NO_YEAR, column.place("tahun"), {"year": column.year}))

    # Rows under the table.

    def _closing(self, table: p.ReportTable) -> Iterator[PublishedRow]:
        last: p.Band | None = None
        for row in table.closing:
            figures = [self.figures.closing(row.figure, each.column) for each in table.columns]
            cells = [self._cell(figure, each) for figure, each in zip(figures, table.columns, strict=True)]
            if row.figure == "kategori":
                at = next((at for at, each in enumerate(table.columns) if each.column == "capaian"), None)
                if at is not None and last is not None:
                    cells[at] = Cell(last.label)
            average = next((each for each in self.figures.evaluation.averages if each.kind == row.figure), None)
            last = average.achievement.category if average else last
            if cells and row.heading and not cells[0].text:
                cells[0] = Cell(row.heading)
            yield PublishedRow(self._calculated(figures, cells, table))

    # Cells.

    def _cell(self, figure: Figure, column: p.TableColumn) -> Cell:
        if figure.lines:
            cells = [self._cell(line, column) for line in figure.lines]
            return cells[0] if len(cells) == 1 else Cell("\n".join(cell.text for cell in cells))
        if figure.text is not None:
            return Cell(figure.text)
        if isinstance(figure.target, p.Label):
            return Cell(figure.target.text)
        if isinstance(figure.target, p.Interval):
            suffix = self._suffix(figure.unit, column)
            return Cell(figure.target.written(lambda end: format_number(*self._shown(end, 0, column)) + suffix))
        if isinstance(figure.target, p.Quantity):
            return self._number(Value(figure.target.number), figure, column)
        if figure.value is None:
            return Cell()
        if not isinstance(figure.value.number, Fraction):
            return Cell(self.word(figure.value.status.value), value=figure.value)
        return self._number(figure.value, figure, column)

    def _number(self, value: Value, figure: Figure, column: p.TableColumn) -> Cell:
        exact = value.fraction
        number, decimals = self._shown(exact, figure.written, column)
        suffix = self._suffix(figure.unit, column)
        mark = f" ({self.word(value.status.value)})" if value.status is Status.PROVISIONAL else ""
        text = f"{format_number(number, decimals)}{suffix}{mark}"
        return Cell(text, number, decimals, suffix, value)

    def _shown(self, exact: Fraction, written: int, column: p.TableColumn) -> tuple[Fraction, int]:
        """A number as a column shows it: as it was written, within the decimals that the column allows.

        A column that shows fewer decimals than a number has is a rounding step that the column declares; where the
        number has an end, the digits that are lost are a finding.
        """
        own = decimals_of(exact)
        least, most = column.decimals or (0, _MOST)
        decimals = min(max(least, written, own if own is not None else most), most)
        number = round_exact(exact, Rounding(decimals))
        if number != exact and (own is not None or column.decimals is None):
            facts = {"column": column.column, "number": exact, "shown": number}
            self._found(Diagnostic(codes.COLUMN_TOO_NARROW, column.place("desimal"), facts))
        return number, decimals

    def _suffix(self, unit: str | None, column: p.TableColumn) -> str:
        if column.suffix is None or unit is None:
            return ""
        if column.suffix == "satuan":
            return f" {unit.replace('_', ' ')}"
        symbol = self.symbols.get(unit, unit)
        return symbol if symbol == "%" else f" {symbol}"

    def _found(self, item: Diagnostic) -> None:
        if item not in self.diagnostics:
            self.diagnostics.append(item)


def _merged(figures: Sequence[Sequence[Figure]], cells: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """Cells of neighbouring rows that show the same thing, as one."""
    rows = [list(row) for row in cells]
    for column in range(len(rows[0]) if rows else 0):
        for _, group in groupby(range(len(rows)), key=lambda at: figures[at][column].shared or at):
            first, *covered = group
            rows[first][column] = evolve(rows[first][column], height=1 + len(covered))
            for at in covered:
                rows[at][column] = evolve(rows[at][column], height=0)
    return rows
