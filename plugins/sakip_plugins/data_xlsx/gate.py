"""What a file must be before any library opens it: a workbook of a bearable size, without macros and entities."""

from __future__ import annotations

import io
import re
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
MOST_CELLS = 500_000
#: How old workbooks and encrypted ones begin.
_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = 0x1
#: What Excel never writes, and what lets a small file grow or reach for others.
_DECLARATIONS = ("<!DOCTYPE", "<!ENTITY")
_PARTS = (".xml", ".rels", ".vml")
#: The only encoding that Excel writes; in any other one what is looked for could hide.
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00")
#: Elements whose range the library walks cell by cell, and a range of cells.
_AREAS = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink|table)\s([^>]*)>")
_REFERENCE = re.compile(rb"""(?:^|\s)ref\s*=\s*["']([^"']*)["']""")
_RANGE = re.compile(rb"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
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
        if any(mark in content for mark in forbidden) or content.startswith(_WIDE) or _ENCODING.match(content):
            raise RefusedError(codes.DAMAGED)
        if entry.filename.lower() == "[content_types].xml" and b"macroEnabled" in content:
            raise RefusedError(codes.MACROS)
        cells = content.count(b"<c ") + content.count(b":c ") + _covered(content)
        if content.count(b"<row") + content.count(b":row") > MOST_ROWS or cells > MOST_CELLS:
            raise too_large()
        formulas = formulas or b"<f>" in content or b"<f " in content
    return formulas


def _covered(content: bytes) -> int:
    """How many cells the ranges of a part cover that the library would walk through, one by one."""
    covered = 0
    for element in _AREAS.finditer(content):
        reference = _REFERENCE.search(element[1])
        area = _RANGE.fullmatch(reference[1]) if reference else None
        if area is None:
            raise RefusedError(codes.DAMAGED)
        first, row, last, last_row = area.groups()
        width = _column(last or first) - _column(first) + 1
        covered += max(width, 1) * max(int(last_row or row) - int(row) + 1, 1)
    return covered


def _column(letters: bytes) -> int:
    """The number of a column, counted from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
