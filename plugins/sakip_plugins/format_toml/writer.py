"""TOML, which leaves out what has no value."""

from __future__ import annotations

from collections.abc import Mapping

from sakip_rules import Cell, Heading, Passage, Publication, PublishedChart, PublishedRow, PublishedTable, Records


def records(found: Records) -> bytes:
    """The figures of an evaluation."""
    return _written({**found.about, "hasil": [_kept(row) for row in found.rows]})


def report(found: Publication) -> Mapping[str, bytes]:
    """The whole report in one file: its parts in order, of which each table stands by its name among the tables."""
    about = {"laporan": found.name, "judul": found.title, "tahun": found.year}
    tables = [_table(table) for table in found.tables]
    return {f"{found.name}.toml": _written({**about, "bagian": [_part(part) for part in found.parts], "tabel": tables})}


def _part(part: Heading | Passage | PublishedTable | PublishedChart) -> dict[str, object]:
    if isinstance(part, Heading):
        return {"jenis": "judul", "tingkat": part.level, "teks": part.text}
    if isinstance(part, Passage):
        kind = "narasi" if part.bound else "uraian"
        return _kept({"jenis": kind, "nama": part.name, "tentang": part.about, "teks": part.text})
    if isinstance(part, PublishedTable):
        return {"jenis": "tabel", "nama": part.name}
    about = {"jenis": "grafik", "nama": part.name, "nomor": part.number, "judul": part.title, "bentuk": part.form}
    series = [{"judul": each.label, "titik": [_cell(point) for point in each.points]} for each in part.series]
    return _kept({**about, "kategori": list(part.categories), "seri": series, "sumber": part.source})


def _table(table: PublishedTable) -> dict[str, object]:
    columns = [
        _kept({"nama": column.name, "judul": column.heading, "kelompok": column.group, "tahun": column.year})
        for column in table.columns
    ]
    found = {"nama": table.name, "nomor": table.number, "judul": table.title, "kolom": columns, "sumber": table.source}
    return _kept({**found, "baris": [_row(row) for row in table.rows], "penutup": [_row(row) for row in table.closing]})


def _row(row: PublishedRow) -> dict[str, object]:
    return _kept({"nama": row.about, "sel": [_cell(cell) for cell in row.cells]})


def _cell(cell: Cell) -> dict[str, object]:
    """A cell as it is printed, its number, and what stands behind it; ``baris`` is how many rows it covers."""
    status = cell.value.status.value if cell.value else None
    return _kept({"teks": cell.text, "baris": cell.height, "nilai": cell.decimal, "status": status})


def _kept(fields: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in fields.items() if value is not None}


def _written(document: Mapping[str, object]) -> bytes:
    import tomli_w  # only who asks for TOML needs it

    return tomli_w.dumps(document).encode()
