"""Texts of several lines as paragraphs, or in short: line ends say nothing, but empty lines and items of a list do."""

from __future__ import annotations

import re

_BREAK = re.compile(r"[ \t\r\f\v\u00a0]*\n\s*\n\s*")
#: A line break before an item of a list: a dash, a dot, or a number or letter with its mark.
_ITEM = re.compile(r"\s*\n\s*(?=(?:[-–•*]|\d{1,2}[.)]|[a-z][.)])\s)")
_SPACES = re.compile(r"\s+")
#: The space behind a sentence.
_SENTENCE_END = re.compile(r"(?<=[.!?]) ")
#: What stands where the rest of a text was.
_REST = " …"


def paragraphs(text: str) -> str:
    """A text whose paragraphs are single lines, apart by an empty line; each item of a list is a line of its own."""
    return "\n\n".join("\n".join(_spaced(line) for line in _ITEM.split(part)) for part in _BREAK.split(text))


def _spaced(line: str) -> str:
    return _SPACES.sub(" ", line)


def shortened(text: str, most: int) -> str:
    """A text on one line, of at most so many signs: cut behind a sentence, else a word, and an ellipsis says so."""
    line = _spaced(text).strip()
    if len(line) <= most:
        return line
    most -= len(_REST)
    sentences = [match.start() for match in _SENTENCE_END.finditer(line, 0, most + 1)]
    words = line.rfind(" ", 0, most + 1)
    return line[: sentences[-1] if sentences else words if words > 0 else most] + _REST
