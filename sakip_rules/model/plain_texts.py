"""Texts that a report prints as they are: what in them looks as if it were filled in, or laid out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic
from sakip_rules.base.source import Span
from sakip_rules.model.vocabulary import AVERAGES, REPORT_COLUMNS

#: The words of which the names of figures are made, in sentences and in the templates of reports.
_FIGURES = frozenset((
    "judul", "tahun", "instansi", "isi", "daftar", "tabel", "gambar", "narasi", "jumlah", "efisiensi_total", *AVERAGES,
    "banyak", "tertinggi", "terendah", "terbilang", "huruf_kecil",
    *(column for columns in REPORT_COLUMNS.values() for column in columns),
))  # fmt: skip
_BRACED = re.compile(r"\{\{?\s*(?P<name>[a-z_][\w.]*)(?:\([^{}]*\))?\s*\}\}?")
#: What makes a heading or a picture in Markdown.
_MARKUP = re.compile(r"^[ \t]*#+|!\[[^\]\n]*\]\(", re.MULTILINE)


@frozen
class Literal:
    """A part of a text that stands for nothing but itself, though it looks as if it did, and the finding about it."""

    code: Code
    text: str
    start: int

    def found(self, span: Span, near: str | None = None) -> Diagnostic:
        """The finding at a place; ``near`` is what would be filled in."""
        return Diagnostic(self.code, span, {"text": self.text}, (), near)


def placeholders(text: str) -> Iterator[Literal]:
    """What in braces would be a figure, if the text were filled in."""
    for match in _BRACED.finditer(text):
        if not _FIGURES.isdisjoint(match["name"].split(".")):
            yield Literal(codes.FIGURE_NOT_FILLED_IN, match[0], match.start())


def literals(text: str) -> Iterator[Literal]:
    """All that a text which people wrote prints as it is, though it looks like a figure or like markup."""
    yield from placeholders(text)
    for match in _MARKUP.finditer(text):
        yield Literal(codes.MARKUP_IN_TEXT, match[0].strip(), match.start() + len(match[0]) - len(match[0].lstrip()))
