"""Writes files whole, or not at all."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.source import Span

#: How much of its name the file has that is written first: a name that a system just allows must not grow.
_KEPT = 40


def is_file_name(text: str) -> bool:
    """Whether a text can name a file, whatever is there now."""
    return Path(text).name not in ("", "..")


def write_whole(path: Path, content: bytes, shown: str) -> tuple[Diagnostic, ...]:
    """Put some content in the place of a file, or leave what is there and tell why."""
    part = path.with_name(f".{path.name[:_KEPT]}.{os.getpid()}")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):  # where the folder itself is not there
            part.unlink()
        return (Diagnostic(codes.CANNOT_WRITE, Span(shown, 0, 0), {"file": shown, "cause": _cause(error, path)}),)
    return ()


def _cause(error: OSError, path: Path) -> str:
    """Why a file cannot be written, as a key of the message catalogue."""
    if error.errno == errno.ENAMETOOLONG:
        return "name_too_long"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "no_folder"
    if path.is_dir():
        return "is_folder"
    return "no_permission_to_write" if isinstance(error, PermissionError) else "other"
