"""A source text and a place in it."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from attrs import frozen


@frozen
class Span:
    """A stretch of a source: its path as shown to people, and offsets into its text, the end excluded.

    ``cell`` is where it stands in a workbook, such as ``Data!C7``, which people are shown instead of line and column;
    the offsets are then into what its reader made of it, and only keep places in their order.
    """

    path: str
    start: int
    end: int
    cell: str | None = None


@frozen(slots=False)
class Source:
    """The decoded text of one file, under the path that messages show."""

    path: str
    text: str

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    @property
    def line_count(self) -> int:
        """The number of lines; an empty text has one."""
        return len(self._line_starts)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset, both counted from 1."""
        line = bisect_right(self._line_starts, min(max(offset, 0), len(self.text)))
        return line, offset - self._line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line end."""
        starts = self._line_starts
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def line_span(self, number: int) -> Span:
        """The place of a whole line, counted from 1."""
        start = self._line_starts[number - 1]
        return Span(self.path, start, start + len(self.line(number)))
