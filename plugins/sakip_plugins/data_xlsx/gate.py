"""What a file must be before any library opens it: a workbook of a bearable size, without macros and entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from attrs import field, frozen

from sakip_plugins.data_xlsx import codes
from sakip_rules import Code

MOST_PARTS = 2_000
MOST_MEGABYTES = 64
#: How many times larger than in the file a part of some size may be; honest sheets stay far below.
MOST_RATIO, FROM_BYTES = 150, 1 << 20
MOST_ROWS = 50_000
MOST_COLUMNS = 200
#: How old workbooks and encrypted ones begin.
_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = 0x1
#: What Excel never writes, and what lets a small file grow or reach for others.
_DECLARATIONS = ("<!DOCTYPE", "<!ENTITY")
_PARTS = (".xml", ".rels", ".vml")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


@frozen
class RefusedError(Exception):
    """A file that is not opened, and the facts of the finding that says so."""

    code: Code
    facts: Mapping[str, object] = field(factory=dict)


def too_large() -> RefusedError:
    """A workbook that is larger than data ever are."""
    facts = {"megabytes": MOST_MEGABYTES, "rows": MOST_ROWS, "columns": MOST_COLUMNS}
    return RefusedError(codes.TOO_LARGE, facts)


def examine(raw: bytes) -> bool:
    """Look at a file without opening it, and tell whether it holds formulas; ``RefusedError`` where it is refused."""
    if raw.startswith(_OLD):
        raise RefusedError(codes.LOCKED)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            entries = parts.infolist()
            _look_at_sizes(entries)
            names = {entry.filename.lower() for entry in entries}
            if any(entry.flag_bits & _ENCRYPTED for entry in entries):
                raise RefusedError(codes.LOCKED)
            if any(name.endswith(("vbaproject.bin", "macrosheets/")) or "/macrosheets/" in name for name in names):
                raise RefusedError(codes.MACROS)
            if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
                raise RefusedError(codes.DAMAGED)
            return _look_into(parts, entries)
    except _DAMAGE:
        raise RefusedError(codes.DAMAGED) from None


def _look_at_sizes(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse what would grow too large; a part is never read further than the size that it declares."""
    if len(entries) > MOST_PARTS:
        raise too_large()
    whole = sum(entry.file_size for entry in entries)
    swollen = (
        entry.file_size > FROM_BYTES and entry.file_size > MOST_RATIO * max(entry.compress_size, 1) for entry in entries
    )
    if whole > MOST_MEGABYTES << 20 or any(swollen):
        raise too_large()


def _look_into(parts: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]) -> bool:
    """Refuse declarations of entities in any encoding, macros, and too many rows; tell whether there are formulas."""
    formulas = False
    forbidden = [text.encode(form) for text in _DECLARATIONS for form in ("ascii", "utf-16-le", "utf-16-be")]
    for entry in entries:
        if not entry.filename.lower().endswith(_PARTS):
            continue
        content = parts.read(entry)
        if any(mark in content for mark in forbidden):
            raise RefusedError(codes.DAMAGED)
        if entry.filename.lower() == "[content_types].xml" and b"macroEnabled" in content:
            raise RefusedError(codes.MACROS)
        if content.count(b"<row") > MOST_ROWS:
            raise too_large()
        formulas = formulas or b"<f>" in content or b"<f " in content
    return formulas
