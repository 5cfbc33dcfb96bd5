"""The parts of a report: a number for each, columns that rows can fill, tables that add up, chapters that are read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic, Related, Repair
from sakip_rules.base.numbers import NumeralFault, as_indonesian, parse_numeral
from sakip_rules.base.source import Span
from sakip_rules.base.spelling import Spelling
from sakip_rules.model import program as p
from sakip_rules.model import reports as r
from sakip_rules.model.amendments import agreement_in_force
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program, everything
from sakip_rules.model.outline import analyses, contents, figure_tables, tables
from sakip_rules.model.vocabulary import REPORT_COLUMNS
from sakip_rules.syntax import tree


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    for report in program.own(p.Report):
        if report.title is None:
            yield Diagnostic(codes.REPORT_WITHOUT_TITLE, report.name_span, {"name": report.name})
        yield from _analyses(program, report)
        yield from _numbers(tables(program, report), codes.TABLE_NUMBER_TWICE)
        charts = tuple(each for each in contents(program, report) if isinstance(each, r.Chart))
        yield from _numbers(charts, codes.CHART_NUMBER_TWICE)
        yield from _names((*tables(program, report), *charts))
        for table in figure_tables(program, report):
            yield from _columns(table)
        yield from _judged(program, report)
        yield from _too_early(program, report)
    yield from _apart(program)
    for definition in everything(program.layers[0].top):
        if isinstance(definition, r.DataTable):
            yield from _data(definition)
        elif isinstance(definition, r.Chart):
            yield from _chart(program, definition)
        elif isinstance(definition, r.Chapter | r.Section):
            yield from _endless(program, definition)
        elif isinstance(definition, r.FreeText) and (definition.text is None) == (definition.file is None):
            yield Diagnostic(codes.ONE_TEXT, definition.name_span, {"name": definition.name})


def _too_early(program: Program, report: p.Report) -> Iterator[Diagnostic]:
    """A report is made within its year or after it, and after the agreement that it names was decided."""
    if report.as_of is None:
        return
    agreement = program.target(report.agreement)
    decided = agreement.decided if isinstance(agreement, p.Agreement) else None
    begins = max(datetime.date(report.year, 1, 1), decided or datetime.date.min)
    if report.as_of < begins:
        related = (Related(agreement.place("ditetapkan"), "beside"),) if decided == begins else ()
        facts = {"name": report.name, "date": report.as_of, "year": report.year, "begins": begins}
        yield Diagnostic(codes.REPORT_TOO_EARLY, report.place("per"), facts, related)


def _numbers(parts: Iterable[p.ReportTable | r.DataTable | r.Chart], code: Code) -> Iterator[Diagnostic]:
    """A number that is printed for two tables, or two charts: readers cannot tell which one a sentence means."""
    first: dict[str, p.Definition] = {}
    for part in parts:
        if part.number is not None and first.setdefault(part.number, part) is not part:
            related = (Related(first[part.number].place("nomor"), "also_here"),)
            yield Diagnostic(code, part.place("nomor"), {"number": part.number}, related)


def _names(parts: Iterable[p.Definition]) -> Iterator[Diagnostic]:
    """A name that two parts of a report carry, in whichever chapters: files and sentences name them by it."""
    first: dict[str, p.Definition] = {}
    for part in parts:
        known = first.setdefault(part.name, part)
        if known is not part and known.parent != part.parent:  # within one block it is a finding of any two names
            related = (Related(known.name_span, "also_here"),)
            yield Diagnostic(codes.PART_TWICE, part.name_span, {"name": part.name}, related)


def _analyses(program: Program, report: p.Report) -> Iterator[Diagnostic]:
    """What is written of an indicator a second time, which no table shows."""
    first: dict[int, p.Analysis] = {}
    for analysis in analyses(program, report):
        indicator = program.target(analysis.indicator)
        if indicator is not None and first.setdefault(id(indicator), analysis) is not analysis:
            related = (Related(first[id(indicator)].place("indikator"), "also_here"),)
            yield Diagnostic(codes.ANALYSIS_TWICE, analysis.place("indikator"), {"name": indicator.name}, related)


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


def _apart(program: Program) -> Iterator[Diagnostic]:
    """A chapter or part that stands by itself and is in no report: nobody would ever read it."""
    read = {id(part) for report in program.own(p.Report) for part in contents(program, report)}
    for part in (*program.own(r.Chapter), *program.own(r.Section)):
        if id(part) not in read:
            yield Diagnostic(codes.CHAPTER_APART, part.name_span, {"kind": part.kind, "name": part.name})


def _endless(program: Program, part: r.Chapter | r.Section) -> Iterator[Diagnostic]:
    """A part that names itself, or what it stands in, has no end."""
    for inner in (part, *contents(program, part)):
        for reference in inner.sections if isinstance(inner, r.Chapter | r.Section) else ():
            if program.target(reference) is part:
                yield Diagnostic(codes.PART_IN_ITSELF, reference.span, {"name": part.name})


# Charts.

#: The keys that say what a chart of indicators shows; one of a table shows what the table does.
_OF_INDICATORS = ("indikator", "tahun", "desimal")


def _chart(program: Program, chart: r.Chart) -> Iterator[Diagnostic]:
    """A chart shows columns that its table has, or that indicators can fill."""
    table = program.target(chart.table)
    known = [each.column for each in table.columns] if isinstance(table, p.ReportTable) else REPORT_COLUMNS["indikator"]
    for column in chart.columns:
        if column not in known:
            facts = {"column": column, "name": chart.name, "names": tuple(known)}
            yield Diagnostic(codes.CHART_COLUMN, chart.place("kolom"), facts, (), Spelling(known).near(column))
    for key in _OF_INDICATORS if chart.table is not None else ():
        if key in chart.places:
            yield Diagnostic(codes.CHART_KEY_UNUSED, chart.place(key), {"key": key, "name": chart.name})


# Tables of data.


def _data(table: r.DataTable) -> Iterator[Diagnostic]:
    columns = {each.column: each for each in table.columns}
    names = Spelling(columns)
    for column in table.columns:
        if column.sort == r.TEXTUAL and column.expression is not None:
            yield Diagnostic(codes.DATA_FORMULA, column.place("rumus"), {"column": column.column})
        for part in tree.walk(column.expression) if column.expression is not None else ():
            if isinstance(part, tree.Name) and not _given(columns.get(".".join(part.parts))):
                name = ".".join(part.parts)
                place = Span(column.span.path, part.start, part.end)
                yield Diagnostic(codes.DATA_COLUMN, place, {"column": name, "name": table.name}, (), names.near(name))
    for child in table.children:
        if isinstance(child, r.DataRows) and child.rows:
            yield from _known(table, columns, names, child)
            yield from _numbers_in(child, columns)


def _given(column: r.DataColumn | None) -> bool:
    """Whether a formula may use a column: it holds numbers of its own."""
    return column is not None and column.numeric and column.expression is None


def _known(
    table: r.DataTable, columns: dict[str, r.DataColumn], names: Spelling, block: r.DataRows
) -> Iterator[Diagnostic]:
    """The rows fill columns that the table has; what a formula gives is not typed."""
    first = block.rows[0]
    for word in first.places:
        column = columns.get(word)
        if column is None or (column.expression is not None and block.kind == r.ROWS):
            near = None if column else names.near(word)
            yield Diagnostic(codes.DATA_COLUMN, first.place(word), {"column": word, "name": table.name}, (), near)


def _numbers_in(block: r.DataRows, columns: dict[str, r.DataColumn]) -> Iterator[Diagnostic]:
    """Numbers stand where numbers belong: a text there would be left out of the sum."""
    for row in block.rows:
        for word, cell in row.cells.items():
            column = columns.get(word)
            if column is not None and column.numeric and cell.number is None:
                yield _no_number(word, cell)


def _no_number(column: str, cell: r.DataCell) -> Diagnostic:
    """A numeral of other countries can be written as Indonesians do; what any other text means is not guessed."""
    if parse_numeral(cell.text) is NumeralFault.INTERNATIONAL:
        repair = Repair(cell.span, as_indonesian(cell.text))
        return Diagnostic(codes.INTERNATIONAL_NUMERAL, cell.span, {"text": cell.text}, repair=repair)
    return Diagnostic(codes.DATA_NOT_NUMBER, cell.span, {"column": column, "text": cell.text})
