"""What a report tells beside its tables: how its figures came about, and what was found in its folder."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from attrs import evolve, frozen

from sakip_rules.base.diagnostics import Diagnostic, Findings
from sakip_rules.cli.explain import Explainer
from sakip_rules.cli.explained import explainable
from sakip_rules.messages.catalog import Catalog
from sakip_rules.messages.render import place, waiver
from sakip_rules.model import program as p
from sakip_rules.model.publication import Cell, Explanation, Publication, PublishedFinding
from sakip_rules.model.results import IndicatorResult
from sakip_rules.project import Project
from sakip_rules.report import explained
from sakip_rules.report.years import compared_years


@frozen
class Annotator:
    """Adds explanations and findings to publications of a folder; ``named`` gives the name of a file in them."""

    project: Project
    words: Catalog
    as_of: datetime.date | None
    named: Callable[[str], str] = str
    known: Findings | None = None

    def __call__(self, publication: Publication) -> Publication:
        """The same report with the explanation of each of its figures, and the findings of its folder."""
        report = next(each for each in self.project.program.own(p.Report) if each.name == publication.name)
        asked = dict.fromkeys(cell.explanation for cell in _cells(publication) if cell.explanation)
        told = dict(self._told(report))
        explanations = {key: told[key]() for key in asked if key in told}
        return evolve(publication, explanations=explanations, findings=tuple(self._findings()))

    # Explanations.

    def _told(self, report: p.Report) -> Iterator[tuple[str, Callable[[], Explanation]]]:
        """What tells how each figure of a report came about, by its name."""
        years = compared_years(self.project.program_of(report.year, self.as_of), report)
        for year in (report.year, *sorted(years)):
            explainer = self._explainer(year)
            if explainer is None:
                continue
            if year != report.year:
                for result in explainer.evaluation.indicators:
                    yield explained.of_indicator(result.indicator, year), partial(_of_year, explainer, result)
                continue
            yield from ((each.key, each.tell) for each in explainable(explainer))
            compared = self.project.compare(year, years, self.as_of) if years else None
            for row in compared.rows if compared else ():
                yield explained.of_change(row.indicator), partial(explainer.change, row)

    def _explainer(self, year: int) -> Explainer | None:
        evaluation, _ = self.project.evaluate(year, as_of=self.as_of, traced=True)
        return Explainer(self.project, evaluation, self.words, self.named) if evaluation else None

    # Findings.

    def _findings(self) -> Iterator[PublishedFinding]:
        """Everything that ``validate`` tells of the folder, and after it what is waived, with what its waiver says."""
        found = self.known or self.project.findings(None, self.as_of)
        yield from sorted((self._finding(item) for item in found.shown), key=_place)
        yield from (evolve(self._finding(item.finding), waiver=waiver(item, self.words)) for item in found.waived)

    def _finding(self, item: Diagnostic) -> PublishedFinding:
        at = place(item.span, self.project.sources, self.named)
        level = item.code.severity.value
        return PublishedFinding(item.code.name, level, at, self.words.headline(item), self.words.advice(item) or "")


def _place(item: PublishedFinding) -> tuple[str, int, int, str]:
    """Where a finding stands by the names that files have on every machine, in the order of its lines."""
    path, *position = item.place.rsplit(":", 2) if item.place.count(":") > 1 else (item.place,)
    line, column = (int(each) if each.isdigit() else 0 for each in (position or ("", "")))
    return path, line, column, item.code


def _of_year(explainer: Explainer, result: IndicatorResult) -> Explanation:
    """The explanation of another year's figures, which says so."""
    found = explainer.indicator(result)
    return evolve(found, title=f"{found.title}, {explainer.evaluation.year}")


def _cells(publication: Publication) -> Iterable[Cell]:
    for table in publication.tables:
        for row in (*table.rows, *table.closing):
            yield from row.cells
    for chart in publication.charts:
        yield from (point for series in chart.series for point in series.points)
