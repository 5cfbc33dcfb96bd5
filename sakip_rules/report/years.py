"""Which years a report shows beside its own."""

from __future__ import annotations

from collections.abc import Iterator

from sakip_rules.base.dates import Period, parse_year
from sakip_rules.model import program as p
from sakip_rules.model import reports as r
from sakip_rules.model.names import Program
from sakip_rules.model.outline import contents, figure_tables, printed_tables
from sakip_rules.report.figures import CHANGES
from sakip_rules.syntax import tree


def compared_years(program: Program, report: p.Report) -> frozenset[int]:
    """The years that a report shows beside its own; the year before, where it shows a change."""
    years = {row.year for table in printed_tables(program, report) for row in table.rows}
    for part in contents(program, report):
        if isinstance(part, r.Chart) and part.years:
            years.update(years_of(part.years))
        if isinstance(part, r.Narrative):
            years.update(_years_in(part, report.year))
    for table in figure_tables(program, report):
        for column in table.columns:
            if column.column in CHANGES:
                years.add(report.year - 1)
            if table.document is None:
                years.add(column.year)
    return frozenset(year for year in years if year not in (None, report.year))


def years_of(period: Period) -> range:
    """The years that a chart shows: none where its period has no end."""
    if period.start is None or period.end is None:
        return range(0)
    return range(period.start.year, period.end.year + 1)


def _years_in(narrative: r.Narrative, year: int) -> Iterator[int]:
    """The years that sentences name behind a figure, and the year before, where they name a change."""
    for expression in narrative.text.expressions:
        for part in tree.walk(expression):
            for word in part.parts if isinstance(part, tree.Name) else ():
                if word in CHANGES:
                    yield year - 1
                if found := parse_year(word):
                    yield found
