"""The texts of people that stand in files of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.source import Source, Span
from sakip_rules.model import reports as r
from sakip_rules.model.names import Program, everything
from sakip_rules.model.plain_texts import literals


def left_out(program: Program, files: Mapping[str, str]) -> Iterator[Diagnostic]:
    """The files, by name and as they are shown, that no ``uraian`` names, so that no report holds what they say."""
    named = {item.file for item in everything(program.layers[0].top) if isinstance(item, r.FreeText)}
    for name, shown in files.items():
        if name not in named:
            yield Diagnostic(codes.TEXT_LEFT_OUT, Span(shown, 0, 0), {"file": name})


def suspicious(files: Iterable[Source]) -> Iterator[Diagnostic]:
    """Files in which nothing is written, and what others print as it stands though it looks like a figure or markup."""
    for file in files:
        if not file.text.strip():
            yield Diagnostic(codes.EMPTY_TEXT, Span(file.path, 0, 0), {"file": file.path})
        for item in literals(file.text):
            yield item.found(Span(file.path, item.start, item.start + len(item.text)))
