"""From the rules of a table and its figures to a table that is ready to be laid out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from attrs import evolve

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.model import program as p
from sakip_rules.model.publication import Cell, PublishedColumn, PublishedRow, PublishedTable
from sakip_rules.model.results import Average
from sakip_rules.report import explained
from sakip_rules.report.calculation import with_calculations
from sakip_rules.report.cells import Cells
from sakip_rules.report.figures import Figures
from sakip_rules.report.subjects import BLANK, DocumentSubject, Figure, Subject


class Tables:
    """Builds the tables of one report out of its figures."""

    def __init__(self, figures: Figures, cells: Cells) -> None:
        self.figures, self.program, self.cells = figures, figures.program, cells

    def table(self, table: p.ReportTable) -> PublishedTable:
        columns = tuple(PublishedColumn(each.column, each.heading, each.group, each.year) for each in table.columns)
        self._look_at_years(table)
        return PublishedTable(
            table.name, table.number, table.label, columns, tuple(self.rows(table)), tuple(self._closing(table)),
            table.when_empty, table.source,
        )  # fmt: skip

    def rows(self, table: p.ReportTable) -> Iterator[PublishedRow]:
        subjects = list(self._subjects(table))
        found = [[self.figures.of(subject, each.column, each.year) for each in table.columns] for subject in subjects]
        cells = [[self.cells.cell(*pair) for pair in zip(row, table.columns, strict=True)] for row in found]
        for figures, row, subject in zip(found, _merged(found, cells), subjects, strict=True):
            yield PublishedRow(self._calculated(figures, row, table), subject.name or None)

    def _calculated(self, figures: Sequence[Figure], cells: Sequence[Cell], table: p.ReportTable) -> tuple[Cell, ...]:
        """The cells of a row, with the calculations that it shows."""
        return tuple(with_calculations(figures, cells, table.columns, self.program, self.figures.report.year))

    def _subjects(self, table: p.ReportTable) -> Iterable[Subject]:
        if table.document is not None:
            document = self.program.target(table.document)
            return self._of_document(table, document) if document else ()  # it may have been decided later
        if table.each == "sasaran":
            return self.figures.objectives
        columns = {each.column for each in table.columns}
        if table.each == "program":
            return self.figures.by_objective() if "sasaran" in columns else self.figures.programs
        if table.each != "indikator":
            return ()  # strategies and bands stand in documents alone
        other_years = any(each.year not in (None, self.figures.report.year) for each in table.columns)
        return self.figures.over_years if other_years else self.figures.indicators

    def _of_document(self, table: p.ReportTable, document: p.Definition) -> Iterable[Subject]:
        rows = self.figures.documents
        if table.each == "program":
            return rows.programs(document)
        if table.each == "strategi":
            return rows.strategies(document)
        if table.each == "kategori":
            return rows.bands(document)
        if any(each.column == "tujuan" for each in table.columns):
            return (_below_its_goal(each) for each in rows.targets(document))
        return rows.targets(document)

    def _look_at_years(self, table: p.ReportTable) -> None:
        """A year of which nothing is known leaves its columns empty."""
        for column in table.columns if table.document is None else ():
            if column.year is not None and column.year not in self.figures.known_years:
                place = column.place("tahun")
                self.cells.found(Diagnostic(codes.COLUMN_OF_NO_YEAR, place, {"year": column.year}))

    # Rows under the table.

    def _closing(self, table: p.ReportTable) -> Iterator[PublishedRow]:
        last: Average | None = None
        for row in table.closing:
            figures = [self._closed(table, row, each.column) for each in table.columns]
            cells = [self.cells.cell(figure, each) for figure, each in zip(figures, table.columns, strict=True)]
            if row.figure == "kategori":
                at = next((at for at, each in enumerate(table.columns) if each.column == "capaian"), None)
                if at is not None and last is not None and last.achievement.category:
                    cells[at] = Cell(last.achievement.category.label, explanation=explained.of_average(last.kind))
            average = next((each for each in self.figures.evaluation.averages if each.kind == row.figure), None)
            last = average or last
            if cells and row.heading and not cells[0].text:
                cells[0] = Cell(row.heading)
            yield PublishedRow(self._calculated(figures, cells, table))

    def _closed(self, table: p.ReportTable, row: p.ClosingRow, column: str) -> Figure:
        if table.document is not None:
            document = self.program.target(table.document)
            return self.figures.documents.closing(document, row.figure, column) if document else BLANK
        return self.figures.closing(row.figure, column)


def _below_its_goal(subject: DocumentSubject) -> DocumentSubject:
    """A row of a table that has a column for goals: what is a goal does not stand among the objectives, too."""
    return evolve(subject, objective=None) if isinstance(subject.objective, p.Goal) else subject


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
