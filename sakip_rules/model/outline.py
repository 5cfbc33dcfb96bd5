"""What belongs to a report, wherever it stands: its own blocks, and those that it names, in reading order."""

from __future__ import annotations

from collections.abc import Iterator

from sakip_rules.model import program as p
from sakip_rules.model import reports as r
from sakip_rules.model.names import Program


def parts(program: Program, block: p.Definition, around: tuple[p.Definition, ...] = ()) -> tuple[p.Definition, ...]:
    """What stands in a report, a chapter or a part of one: its own blocks, then those that it names.

    ``around`` is what it stands in itself: a part that names one of these would have no end.
    """
    named: tuple[p.Reference, ...] = ()
    if isinstance(block, p.Report):
        named = block.chapters
    elif isinstance(block, r.Chapter | r.Section):
        named = block.sections
    found = (program.target(reference) for reference in named)
    kept = (each for each in found if each is not None and not any(each is outer for outer in (*around, block)))
    return (*block.children, *kept)


def contents(program: Program, block: p.Definition, around: tuple[p.Definition, ...] = ()) -> Iterator[p.Definition]:
    """Every block of a report, each before what it holds."""
    for part in parts(program, block, around):
        yield part
        yield from contents(program, part, (*around, block))


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
