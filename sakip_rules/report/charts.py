"""From the rules of a chart and its figures to a chart that is ready to be drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.model import program as p
from sakip_rules.model import reports as r
from sakip_rules.model.publication import Cell, PublishedChart, Series
from sakip_rules.report.cells import Cells, Outside
from sakip_rules.report.figures import Figures
from sakip_rules.report.lookup import title_of
from sakip_rules.report.subjects import IndicatorSubject
from sakip_rules.report.tables import Tables
from sakip_rules.report.years import years_of

#: The columns of a table that say what its rows are about, the one that tells them apart best first.
_TITLES = ("program", "indikator", "sasaran", "strategi", "kategori")


class Charts:
    """Builds the charts of one report."""

    def __init__(self, figures: Figures, cells: Cells, tables: Tables) -> None:
        self.figures, self.program, self.cells, self.tables = figures, figures.program, cells, tables

    def chart(self, chart: r.Chart) -> PublishedChart:
        table = self.program.target(chart.table)
        if isinstance(table, p.ReportTable):
            categories, series = self._of_table(chart, table)
        elif chart.years is not None:
            years = years_of(chart.years)
            categories, series = [str(year) for year in years], list(self._over_years(chart, years))
        else:
            categories, series = self._of_indicators(chart)
        if not any(point.number is not None for each in series for point in each.points):
            self.cells.found(Diagnostic(codes.EMPTY_CHART, chart.name_span, {"name": chart.name}))
        return PublishedChart(
            chart.name, chart.number, chart.label, chart.form, tuple(categories), tuple(series), chart.source
        )

    def _of_table(self, chart: r.Chart, table: p.ReportTable) -> tuple[list[str], list[Series]]:
        """The rows of a table, a series for each column, with the numbers as the table shows them."""
        rows = list(self.tables.rows(table))
        words = [column.column for column in table.columns]
        title = next((words.index(word) for word in _TITLES if word in words), 0)
        categories = [row.cells[title].text.replace("\n", ", ") for row in rows]
        return categories, [
            Series(_heading(column), tuple(row.cells[at] for row in rows))
            for at, column in enumerate(table.columns)
            if column.column in chart.columns
        ]

    def _over_years(self, chart: r.Chart, years: Sequence[int]) -> Iterator[Series]:
        for subject in self._subjects(chart, self.figures.over_years):
            for word in chart.columns:
                label = title_of(subject)
                column = _column(chart, word)
                points = tuple(self._point(subject, column, year) for year in years)
                yield Series(label if len(chart.columns) == 1 else f"{label}: {word}", points)

    def _of_indicators(self, chart: r.Chart) -> tuple[list[str], list[Series]]:
        subjects = self._subjects(chart, self.figures.indicators)
        return [title_of(subject) for subject in subjects], [
            Series(word, tuple(self._point(subject, _column(chart, word)) for subject in subjects))
            for word in chart.columns
        ]

    def _subjects(self, chart: r.Chart, known: Sequence[IndicatorSubject]) -> list[IndicatorSubject]:
        """The indicators that the chart names, in its order; all of them where it names none."""
        if not chart.indicators:
            return list(known)
        wanted = [self.program.target(reference) for reference in chart.indicators]
        found = ((each, item) for item in wanted for each in known if each.indicator is item)
        return [each for each, _ in found]

    def _point(self, subject: IndicatorSubject, column: Outside, year: int | None = None) -> Cell:
        return self.cells.cell(self.figures.of(subject, column.column, year), column)


def _column(chart: r.Chart, word: str) -> Outside:
    """How the figures of a chart are shown: with the decimals that the chart allows."""
    place = chart.place("desimal" if chart.decimals else "kolom")
    return Outside(word, place, chart.decimals, "kunci_desimal")


def _heading(column: p.TableColumn) -> str:
    heading = f"{column.group}: {column.heading}" if column.group else column.heading
    return heading.replace("\n", " ")
