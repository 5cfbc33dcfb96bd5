"""What a published report prints against what the rules give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic, Related
from sakip_rules.base.source import Span
from sakip_rules.model import program as p
from sakip_rules.model.names import Program, everything
from sakip_rules.model.results import Achievement, Average, Evaluation, IndicatorResult


def reconcile(program: Program, report: p.Report, evaluation: Evaluation) -> Iterable[Diagnostic]:
    """Every printed figure of a report that the rules do not give."""
    results = {result.indicator.name_span: result for result in evaluation.indicators}
    for table in everything(report.children):
        if isinstance(table, p.PrintedTable):
            for row in table.rows:
                yield from _row(program, table, row, results, evaluation)


def printed_rows(
    program: Program, report: p.Report, indicator: p.Indicator
) -> Iterator[tuple[p.PrintedTable, p.Printed]]:
    """Where a report prints figures of an indicator."""
    for table in everything(report.children):
        if isinstance(table, p.PrintedTable):
            yield from ((table, row) for row in table.rows if program.target(row.indicator) is indicator)


def _row(
    program: Program,
    table: p.PrintedTable,
    row: p.Printed,
    results: dict[Span, IndicatorResult],
    evaluation: Evaluation,
) -> Iterator[Diagnostic]:
    if row.indicator is None:
        average = next((each for each in evaluation.averages if each.kind == table.aggregate), None)
        if average:
            yield from _average(row, average)
        return
    indicator = program.target(row.indicator)
    result = results.get(indicator.name_span) if isinstance(indicator, p.Indicator) else None
    if result is None:
        return
    yield from _quantity(codes.PRINTED_TARGET, row, "target", row.target, _target(result), result)
    yield from _quantity(
        codes.PRINTED_REALIZATION, row, "realisasi", row.realization, _number(result.realization.value.number), result
    )
    found = _number(result.achievement.value.number)
    yield from _quantity(codes.PRINTED_ACHIEVEMENT, row, "capaian", row.achievement, found, result)
    yield from _category(row, result.achievement, result.indicator.label)


def _target(result: IndicatorResult) -> Fraction | None:
    return result.target.number if isinstance(result.target, p.Quantity) else None


def _number(number: object) -> Fraction | None:
    return number if isinstance(number, Fraction) else None


def _quantity(
    code: Code, row: p.Printed, column: str, printed: p.Target | None, found: Fraction | None, result: IndicatorResult
) -> Iterator[Diagnostic]:
    if not isinstance(printed, p.Quantity) or found is None or printed.number == found:
        return
    related = (Related(result.promise.place("target"), "target_here"),)
    facts = {"figure": result.indicator.label, "name": result.indicator.name, "printed": printed.number, "found": found}
    yield Diagnostic(code, row.place(column), facts, related)


def _average(row: p.Printed, average: Average) -> Iterator[Diagnostic]:
    found = _number(average.achievement.value.number)
    if row.achievement and found is not None and row.achievement.number != found:
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
