"""Cuts a file whose braces do not match, so that the fault of one block does not reach the next."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Protocol

from attrs import frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code

_MASKED = re.compile(
    r'"""(?:(?!\n[ \t]*[A-Za-z_]\w*[ \t]*:[ \t]*""")(?s:.))*?"""|"[^"\n]*"|[“”][^”\n]*”|#[^\n]*|^[ \t]*\|[^\n]*\||[{}]',
    re.MULTILINE,
)
_LINE_HEAD = re.compile(
    r'^([ \t\u00a0\ufeff]*)[A-Za-z_]\w*(?:[ \t\u00a0]+[A-Za-z_][\w.]*)?(?:\s+(?:"[^"\n]*"|[“”][^”\n]*”))?\s*\{',
    re.MULTILINE,
)


class Report(Protocol):
    """Takes a finding between two offsets."""

    def __call__(self, code: Code, start: int, end: int, **values: object) -> None: ...


@frozen
class Chunk:
    """A stretch of a file, the braces that it lacks, where it stands, and where its block opens."""

    text: str
    added: str
    start: int
    opened: int


def chunks(text: str, report: Report) -> Iterator[Chunk]:
    """The file in pieces that can each be parsed; together they hold every byte of it."""
    heads = {match.start(1) + len(match.group(1)): len(match.group(1)) for match in _LINE_HEAD.finditer(text)}
    masked = list(_MASKED.finditer(text))
    hidden = _hidden(masked)
    braces = [match.start() for match in masked if match.group() in "{}"]
    chunk_start, depth, open_indent, open_at = 0, 0, 0, -1
    events = sorted([(at, text[at]) for at in braces] + [(at, "head") for at in heads if not hidden(at)])
    for at, what in events:
        if what == "head":
            if depth and heads[at] <= open_indent:
                report(codes.MISSING_BRACE, open_at, _line_end(text, open_at), count=depth)
                yield Chunk(text[chunk_start:at], "}" * depth, chunk_start, open_at)
                chunk_start, depth = at, 0
            if not depth:
                open_at, open_indent = at, heads[at]
        elif what == "{":
            if not depth and open_at < chunk_start:  # a head that cannot be read
                open_at, open_indent = at, 0
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield Chunk(text[chunk_start : at + 1], "", chunk_start, open_at)
                chunk_start = at + 1
        else:
            report(codes.EXTRA_BRACE, at, at + 1)
            yield Chunk(text[chunk_start:at], "", chunk_start, chunk_start)
            chunk_start = at + 1
    if depth:
        report(codes.MISSING_BRACE, open_at, _line_end(text, open_at), count=depth)
    added = "\n" * bool(depth) + "}" * depth
    yield Chunk(text[chunk_start:], added, chunk_start, max(open_at, chunk_start))


def _hidden(masked: list[re.Match[str]]) -> Callable[[int], bool]:
    """Whether an offset lies within a text, a comment or a table row."""
    spans = [match.span() for match in masked if match.group() not in "{}"]
    starts = [start for start, _ in spans]

    def hidden(at: int) -> bool:
        index = bisect_right(starts, at) - 1
        return index >= 0 and at < spans[index][1]

    return hidden


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
