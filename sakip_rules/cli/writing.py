"""Writes files whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.source import Span


def write_whole(path: Path, text: str, shown: str) -> tuple[Diagnostic, ...]:
    """Put a text in the place of a file, or leave what is there and tell why."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as error:
        try:
            part.unlink(missing_ok=True)
        except OSError:
            pass  # the folder itself is not there, or is none
        cause = "no_folder" if isinstance(error, FileNotFoundError | NotADirectoryError) else "no_permission"
        return (Diagnostic(codes.CANNOT_WRITE, Span(shown, 0, 0), {"file": shown, "cause": cause}),)
    return ()
