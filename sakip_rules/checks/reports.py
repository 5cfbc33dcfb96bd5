"""The tables of a report: a number for each, columns that its rows can fill, and programmes that there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Related
from sakip_rules.base.spelling import Spelling
from sakip_rules.model import program as p
from sakip_rules.model.amendments import agreement_in_force
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program
from sakip_rules.model.vocabulary import REPORT_COLUMNS


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    for report in program.own(p.Report):
        yield from _numbers(report)
        for table in report.tables:
            yield from _columns(table)
        yield from _judged(program, report)


def _numbers(report: p.Report) -> Iterator[Diagnostic]:
    """A number that is printed for two tables: readers cannot tell which one a sentence means."""
    first: dict[str, p.ReportTable] = {}
    for table in report.tables:
        if table.number is not None and first.setdefault(table.number, table) is not table:
            related = (Related(first[table.number].place("nomor"), "also_here"),)
            yield Diagnostic(codes.TABLE_NUMBER_TWICE, table.place("nomor"), {"number": table.number}, related)


def _columns(table: p.ReportTable) -> Iterator[Diagnostic]:
    allowed = REPORT_COLUMNS.get(table.each or "", ())
    for column in table.columns if allowed else ():
        if column.column not in allowed:
            facts = {"column": column.column, "rows": table.each, "names": allowed}
            yield Diagnostic(codes.COLUMN_NOT_OF_ROWS, column.place("kolom"), facts)


def _judged(program: Program, report: p.Report) -> Iterator[Diagnostic]:
    agreement, _ = agreement_in_force(program, report.year, None)
    if agreement is None:
        return
    names = {row.name for row in agreement.activities}
    for row in report.judgements:
        if row.program not in names:
            facts = {"name": row.program, "document": agreement.name}
            near = Spelling(names).near(row.program)
            yield Diagnostic(codes.UNKNOWN_PROGRAM, row.place("program"), facts, (), near)
