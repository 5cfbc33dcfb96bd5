"""What belongs to a report, wherever it stands: its own blocks, and the chapters that it names, in reading order."""

from __future__ import annotations

from collections.abc import Iterator

from sakip_rules.model import program as p
from sakip_rules.model import reports as r
from sakip_rules.model.names import Program, everything


def parts(program: Program, report: p.Report) -> tuple[p.Definition, ...]:
    """The outermost blocks of a report: its own, then the chapters that stand by themselves."""
    chapters = (program.target(reference) for reference in report.chapters)
    return (*report.children, *(chapter for chapter in chapters if isinstance(chapter, r.Chapter)))


def contents(program: Program, report: p.Report) -> Iterator[p.Definition]:
    """Every block of a report, each before what it holds."""
    return everything(parts(program, report))


def tables(program: Program, report: p.Report) -> tuple[p.ReportTable | r.DataTable, ...]:
    return tuple(each for each in contents(program, report) if isinstance(each, p.ReportTable | r.DataTable))


def figure_tables(program: Program, report: p.Report) -> tuple[p.ReportTable, ...]:
    """The tables whose figures come out of rules and data."""
    return tuple(each for each in contents(program, report) if isinstance(each, p.ReportTable))


def printed_tables(program: Program, report: p.Report) -> tuple[p.PrintedTable, ...]:
    """The figures that a published report prints."""
    return tuple(each for each in contents(program, report) if isinstance(each, p.PrintedTable))


def analyses(program: Program, report: p.Report) -> tuple[p.Analysis, ...]:
    return tuple(each for each in contents(program, report) if isinstance(each, p.Analysis))
