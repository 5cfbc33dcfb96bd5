"""The texts of people that stand in files of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.source import Span
from sakip_rules.model import reports as r
from sakip_rules.model.names import Program, everything


def left_out(program: Program, files: Mapping[str, str]) -> Iterator[Diagnostic]:
    """The files, by name and as they are shown, that no ``uraian`` names, so that no report holds what they say."""
    named = {item.file for item in everything(program.layers[0].top) if isinstance(item, r.FreeText)}
    for name, shown in files.items():
        if name not in named:
            yield Diagnostic(codes.TEXT_LEFT_OUT, Span(shown, 0, 0), {"file": name})
