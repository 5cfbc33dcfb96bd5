"""Reads a workbook: looks at it, finds its table, and has it checked as every table of data is."""

from __future__ import annotations

from attrs import evolve

from sakip_plugins.data_xlsx import codes
from sakip_plugins.data_xlsx.gate import RefusedError, examine
from sakip_plugins.data_xlsx.table import Table, data_sheets
from sakip_plugins.data_xlsx.workbook import sheets_of
from sakip_rules import DataFile, Diagnostic, Known, Measurement, Source, Span, read_csv

_Read = tuple[tuple[Measurement, ...], tuple[Diagnostic, ...]]


def read(file: DataFile, known: Known, mark: str | None) -> _Read:
    """The measurements of the first visible sheet that holds a table of data, and all findings about the file."""
    try:
        found = data_sheets(sheets_of(file.raw, examine(file.raw)))
    except RefusedError as error:
        return (), (Diagnostic(error.code, Span(file.path, 0, 0), dict(error.facts)),)
    if not found:
        return (), (Diagnostic(codes.NO_TABLE, Span(file.path, 0, 0)),)
    (sheet, head), *others = found
    table = Table(file.path, sheet, head, mark)
    table.write()
    for other, row in others:
        facts = {"sheet": other.name, "first": sheet.name}
        place = Table(file.path, other, row, mark).heading_place
        table.findings.append(Diagnostic(codes.SECOND_TABLE, place, facts))
    if table.findings and not table.rows:
        return (), tuple(table.findings)
    measurements, findings = read_csv(Source(file.path, table.text), known, table.mark)
    return (
        tuple(evolve(item, span=table.placed(item.span)) for item in measurements),
        (*table.findings, *(_placed(item, table) for item in findings)),
    )


def _placed(item: Diagnostic, table: Table) -> Diagnostic:
    """A finding about the table, at its cell; what mends a text cannot mend a workbook."""
    related = tuple(evolve(each, span=table.placed(each.span)) for each in item.related)
    return evolve(item, span=item.span and table.placed(item.span), related=related, repair=None)
