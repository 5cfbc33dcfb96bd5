"""What a published report prints against what the rules give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Related
from sakip_rules.base.spelling import Spelling
from sakip_rules.model import program as p
from sakip_rules.model.names import Program
from sakip_rules.model.outline import printed_tables
from sakip_rules.model.results import Achievement, Average
from sakip_rules.report.figures import Figures
from sakip_rules.report.subjects import Figure, IndicatorSubject, ProgramSubject

#: The code of a printed figure that differs, by its column; the other columns share one.
_CODES = {"target": codes.PRINTED_TARGET, "realisasi": codes.PRINTED_REALIZATION, "capaian": codes.PRINTED_ACHIEVEMENT}
_COLUMNS = {
    "target": "target",
    "realisasi": "realization",
    "capaian": "achievement",
    "target_akhir": "last_target",
    "kemajuan": "progress",
    "pagu": "budget",
    "serapan": "absorbed",
    "persen_serapan": "absorption",
    "efisiensi": "efficiency",
}


def reconcile(figures: Figures) -> Iterator[Diagnostic]:
    """Every printed figure of a report that the rules do not give."""
    reconciler = _Reconciler(figures)
    for table in printed_tables(figures.program, figures.report):
        for row in table.rows:
            yield from reconciler.row(table, row)


def printed_rows(
    program: Program, report: p.Report, indicator: p.Indicator
) -> Iterator[tuple[p.PrintedTable, p.Printed]]:
    """Where a report prints this year's achievement of an indicator, or its category."""
    for table in printed_tables(program, report):
        rows = (row for row in table.rows if row.year in (None, report.year) and (row.achievement or row.category))
        yield from ((table, row) for row in rows if program.target(row.indicator) is indicator)


class _Reconciler:
    """Compares the printed rows of one report with its figures."""

    def __init__(self, figures: Figures) -> None:
        self.figures, self.program = figures, figures.program
        subjects = (*figures.over_years, *figures.indicators)
        self.indicators = {subject.indicator.name_span: subject for subject in subjects}
        self.programs = {subject.name: subject for subject in figures.programs}
        self.names = Spelling(self.programs)

    def row(self, table: p.PrintedTable, row: p.Printed) -> Iterator[Diagnostic]:
        if row.program is not None:
            yield from self._program(row, row.program)
        elif row.indicator is not None:
            yield from self._indicator(row, row.indicator)
        else:
            yield from self._closing(table, row)

    def _program(self, row: p.Printed, name: str) -> Iterator[Diagnostic]:
        subject = self.programs.get(name)
        if subject is None:
            facts: dict[str, object] = {"name": name, "year": self.figures.report.year}
            yield Diagnostic(codes.PRINTED_ROW, row.place("program"), facts, (), self.names.near(name))
            return
        yield from self._figures(row, subject, subject.result.row.title)
        yield from _category(row, subject.result.achievement, subject.result.row.title)

    def _indicator(self, row: p.Printed, reference: p.Reference) -> Iterator[Diagnostic]:
        indicator = self.program.target(reference)
        if not isinstance(indicator, p.Indicator):
            return
        subject = self.indicators.get(indicator.name_span)
        found = subject.year(row.year) if subject else None
        if subject is None or found is None:
            facts = {"name": indicator.name, "year": row.year or self.figures.report.year}
            yield Diagnostic(codes.PRINTED_ROW, row.place("indikator"), facts)
            return
        yield from self._figures(row, subject, indicator.label)
        if found.achievement:
            yield from _category(row, found.achievement, indicator.label)

    def _figures(self, row: p.Printed, subject: IndicatorSubject | ProgramSubject, label: str) -> Iterator[Diagnostic]:
        """Each printed figure of a row that is another than the one that the rules give."""
        for column, attribute in _COLUMNS.items():
            found = self.figures.of(subject, column, row.year)
            related = tuple(_related(subject, column))
            yield from _differs(row, column, getattr(row, attribute), found, label, subject.name, related)

    def _closing(self, table: p.PrintedTable, row: p.Printed) -> Iterator[Diagnostic]:
        average = next((each for each in self.figures.evaluation.averages if each.kind == table.aggregate), None)
        if average:
            yield from _average(row, average)
        for column in ("pagu", "serapan", "persen_serapan", "efisiensi"):
            kind = "efisiensi_total" if column == "efisiensi" else "jumlah"
            found = self.figures.closing(kind, column)
            yield from _differs(row, column, getattr(row, _COLUMNS[column]), found, kind, kind, ())


def _differs(
    row: p.Printed, column: str, printed: object, found: Figure, label: str, name: str, related: tuple[Related, ...]
) -> Iterator[Diagnostic]:
    number = _number(found)
    if not isinstance(printed, p.Quantity) or number is None or printed.number == number:
        return
    facts = {"figure": label, "name": name, "what": column, "printed": printed.number, "found": number}
    yield Diagnostic(_CODES.get(column, codes.PRINTED_FIGURE), row.place(column), facts, related)


def _number(figure: Figure) -> Fraction | None:
    number = figure.target.number if isinstance(figure.target, p.Quantity) else figure.value and figure.value.number
    return number if isinstance(number, Fraction) else None


def _related(subject: IndicatorSubject | ProgramSubject, column: str) -> Iterable[Related]:
    if isinstance(subject, ProgramSubject):
        place = subject.result.row.place("pagu" if column in ("pagu", "persen_serapan", "efisiensi") else "target")
        yield Related(place, "budget_here" if column in ("pagu", "persen_serapan", "efisiensi") else "target_here")
    elif subject.result:
        yield Related(subject.result.promise.place("target"), "target_here")


def _average(row: p.Printed, average: Average) -> Iterator[Diagnostic]:
    found = average.achievement.value.number
    if row.achievement and isinstance(found, Fraction) and row.achievement.number != found:
        facts = {"figure": average.kind, "printed": row.achievement.number, "found": found}
        related = (Related(average.step.span, "step_here"),)
        yield Diagnostic(codes.PRINTED_AVERAGE, row.place("capaian"), facts, related)
    yield from _category(row, average.achievement, average.kind)


def _category(row: p.Printed, achievement: Achievement, figure: str) -> Iterator[Diagnostic]:
    band = achievement.category
    if row.category and band and row.category.casefold() != band.label.casefold():
        facts = {"figure": figure, "printed": row.category, "found": band.label, "value": achievement.value}
        related = (Related(band.span, "band_here"),)
        yield Diagnostic(codes.PRINTED_CATEGORY, row.place("kategori"), facts, related)
