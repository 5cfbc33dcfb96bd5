"""Reports as flat OpenDocument spreadsheets: a sheet for each table, its numbers as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from sakip_rules import Cell, Publication, PublishedTable

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
}
#: Signs that XML cannot hold, and those that the name of a sheet may not have.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NO_SHEET = re.compile(r"[\[\]*?:/\\']")


def report(found: Publication) -> Mapping[str, bytes]:
    """All tables in one file."""
    names = " ".join(f"xmlns:{prefix}={quoteattr(name)}" for prefix, name in _NAMES.items())
    styles = sorted({(cell.decimals, cell.suffix) for table in found.tables for cell in _numbers(table)})
    known = {style: f"angka{at}" for at, style in enumerate(styles, 1)}
    sheets = "".join(_sheet(table, at, known) for at, table in enumerate(found.tables, 1))
    document = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<office:document {names} office:version="1.3"'
        ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f"<office:automatic-styles>{''.join(_style(*style, name) for style, name in known.items())}"
        '<style:style style:name="kepala" style:family="table-cell">'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
        f"</office:automatic-styles><office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
        "</office:document>\n"
    )
    return {f"{found.name}.fods": document.encode()}


def _numbers(table: PublishedTable) -> Iterator[Cell]:
    for row in (*table.rows, *table.closing):
        yield from (cell for cell in row.cells if cell.number is not None)


def _style(decimals: int, suffix: str, name: str) -> str:
    """A format with dots between thousands and a comma before decimals, and what stands behind the number."""
    return (
        f'<number:number-style style:name="{name}-bentuk" number:language="id" number:country="ID">'
        f'<number:number number:decimal-places="{decimals}" number:min-decimal-places="{decimals}"'
        f' number:min-integer-digits="1" number:grouping="true"/><number:text>{_text(suffix)}</number:text>'
        f'</number:number-style><style:style style:name="{name}" style:family="table-cell"'
        f' style:data-style-name="{name}-bentuk"/>'
    )


def _sheet(table: PublishedTable, at: int, styles: Mapping[tuple[int, str], str]) -> str:
    name = _NO_SHEET.sub("_", _FORBIDDEN.sub("_", f"{at} {table.name}"))[:31]
    heads = [f"{column.group}: {column.heading}" if column.group else column.heading for column in table.columns]
    head = "".join(_written(text, ' table:style-name="kepala"') for text in heads)
    rows = [_row(row.cells, styles) for row in (*table.rows, *table.closing)]
    columns = f'<table:table-column table:number-columns-repeated="{len(heads)}"/>' if heads else ""
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in (head, *rows))
    return f"<table:table table:name={quoteattr(name)}>{columns}{lines}</table:table>"


def _row(cells: Sequence[Cell], styles: Mapping[tuple[int, str], str]) -> str:
    return "".join(_cell(cell, styles) for cell in cells)


def _cell(cell: Cell, styles: Mapping[tuple[int, str], str]) -> str:
    """A number with its format, else a text; a cell that another covers is empty."""
    if not cell.height:
        return "<table:covered-table-cell/>"
    span = f' table:number-rows-spanned="{cell.height}" table:number-columns-spanned="1"' if cell.height > 1 else ""
    if cell.decimal is None or cell.provisional:
        return _written(cell.text, span)
    style = styles[cell.decimals, cell.suffix]
    value = f' table:style-name="{style}" office:value-type="float" office:value="{cell.decimal:f}"'
    return f"<table:table-cell{value}{span}><text:p>{_text(cell.text)}</text:p></table:table-cell>"


def _written(text: str, attributes: str) -> str:
    paragraphs = "".join(f"<text:p>{_text(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string"{attributes}>{paragraphs}</table:table-cell>'


def _text(text: str) -> str:
    """A text that XML can hold, with tabs and spaces as OpenDocument wants them."""
    kept = escape(_FORBIDDEN.sub("\ufffd", text).replace("\r", " "))
    kept = re.sub("  +", lambda found: f' <text:s text:c="{len(found[0]) - 1}"/>', kept)
    return kept.replace("\t", "<text:tab/>")
