"""JSON for other systems: numbers as exact decimals, fractions beside them where a figure was rounded."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from sakip_rules import Cell, Heading, Passage, Publication, PublishedChart, PublishedRow, PublishedTable, Records

#: What a report written here holds, as ``laporan.schema.json`` says: its version grows with it.
SCHEMA = "urn:sakip-rules:laporan:1.0"
#: What a number is marked with on its way through the JSON writer, which knows no exact numbers; a text that begins so
#: itself has the mark twice.
_MARK = "\x00"
_MARKED = re.compile(r'(?<!\\)"\\u0000(?:(-?[\d.]+)"|(?=\\u0000))')


def records(found: Records) -> bytes:
    """The figures of an evaluation."""
    return _written({**found.about, "hasil": [dict(row) for row in found.rows]})


def report(found: Publication) -> Mapping[str, bytes]:
    """The whole report in one file: its parts in order, of which each table stands by its name among the tables."""
    as_of = found.as_of.isoformat() if found.as_of else None
    about = {
        "skema": SCHEMA, "laporan": found.name, "judul": found.title, "tahun": found.year, "instansi": found.agency,
        "per": as_of,
    }  # fmt: skip
    tables = [_table(table) for table in found.tables]
    return {f"{found.name}.json": _written({**about, "bagian": [_part(part) for part in found.parts], "tabel": tables})}


def _part(part: Heading | Passage | PublishedTable | PublishedChart) -> dict[str, object]:
    if isinstance(part, Heading):
        return {"jenis": "judul", "tingkat": part.level, "teks": part.text}
    if isinstance(part, Passage):
        kind = "narasi" if part.bound else "uraian"
        return {"jenis": kind, "nama": part.name, "tentang": part.about, "teks": part.text}
    if isinstance(part, PublishedTable):
        return {"jenis": "tabel", "nama": part.name}
    return {
        "jenis": "grafik",
        "nama": part.name,
        "nomor": part.number,
        "judul": part.title,
        "bentuk": part.form,
        "kategori": list(part.categories),
        "seri": [{"judul": each.label, "titik": [_cell(point) for point in each.points]} for each in part.series],
        "sumber": part.source,
    }


def _table(table: PublishedTable) -> dict[str, object]:
    return {
        "nama": table.name,
        "nomor": table.number,
        "judul": table.title,
        "kolom": [
            {"nama": column.name, "judul": column.heading, "kelompok": column.group, "tahun": column.year}
            for column in table.columns
        ],
        "baris": [_row(row) for row in table.rows],
        "penutup": [_row(row) for row in table.closing],
        "bila_kosong": table.when_empty,
        "sumber": table.source,
    }


def _row(row: PublishedRow) -> dict[str, object]:
    return {"nama": row.about, "sel": [_cell(cell) for cell in row.cells]}


def _cell(cell: Cell) -> dict[str, object]:
    """A cell as it is printed, its number, and the exact figure behind it; ``baris`` is how many rows it covers."""
    found: dict[str, object] = {"teks": cell.text, "baris": cell.height}
    if cell.decimal is not None:
        found |= {"nilai": cell.decimal}
    if cell.value is not None:
        number = cell.value.number
        exact = f"{number.numerator}/{number.denominator}" if isinstance(number, Fraction) else None
        found |= {"tepat": exact, "status": cell.value.status.value}
    return found


def _written(document: object) -> bytes:
    text = json.dumps(_marked(document), ensure_ascii=False, indent=2)
    return (_MARKED.sub(lambda found: found[1] or '"', text) + "\n").encode()


def _marked(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{_MARK}{value:f}"
    if isinstance(value, str) and value.startswith(_MARK):
        return f"{_MARK}{value}"
    if isinstance(value, dict):
        return {key: _marked(item) for key, item in value.items()}
    return [_marked(item) for item in value] if isinstance(value, list) else value
