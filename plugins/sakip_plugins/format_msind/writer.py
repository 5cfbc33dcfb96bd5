"""The form MS-Ind as a table and as JSON, a row an indicator: what the rules do not say stays empty, never guessed."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sakip_rules import Publication, PublishedIndicator

#: A spreadsheet would take a text that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Without this mark at its beginning a spreadsheet takes a file for one of another encoding.
_UTF8 = "\ufeff"
#: What an indicator that is calculated of others is made of.
_INDICATORS, _VARIABLES = ("indikator", "unsur"), ("variabel",)


def report(found: Publication) -> Mapping[str, bytes]:
    """The form of all indicators, for people and for programs."""
    form = tomllib.loads(Path(__file__).with_name("formulir.toml").read_text(encoding="utf-8"))
    rows = [_row(form, number, each) for number, each in enumerate(found.indicators, 1)]
    name = f"{found.name}.msind"
    return {f"{name}.csv": _table(form["kolom"], rows), f"{name}.json": _document(form, found, rows)}


def _row(form: Mapping[str, Any], number: int, found: PublishedIndicator) -> dict[str, int | str | None]:
    """The columns of an indicator; a composite one is calculated of indicators, any other of variables."""
    parts = [each.title for each in found.components if each.kind in _INDICATORS]
    variables = [each.title for each in found.components if each.kind in _VARIABLES]
    known = form["komposit"]["ya" if parts else "tidak"] if parts or variables else None
    filled: dict[str, int | str | None] = {
        "nomor": number,
        "nama": found.title,
        "definisi": found.meaning,
        "interpretasi": form["arah"].get(found.direction),
        "metode": found.formula,
        "ukuran": form["ukuran"].get(found.dimension),
        "satuan": found.unit,
        "komposit": known,
        "indikator_pembangun_nama": "; ".join(parts) or None,
        "variabel_pembangun_nama": "; ".join(variables) or None,
    }
    return {column: filled.get(column) for column in form["kolom"]}


def _table(columns: Mapping[str, str], rows: list[dict[str, int | str | None]]) -> bytes:
    out = io.StringIO()
    out.write(_UTF8)
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(columns.values())
    writer.writerows([_text(value) for value in row.values()] for row in rows)
    return out.getvalue().encode()


def _text(value: int | str | None) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _document(form: Mapping[str, Any], found: Publication, rows: list[dict[str, int | str | None]]) -> bytes:
    about = {"formulir": form["formulir"], "dasar": form["dasar"], "instansi": found.agency, "tahun": found.year}
    whole = {**about, "kolom": form["kolom"], "indikator": rows}
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()
