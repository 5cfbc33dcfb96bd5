"""Texts of several lines as paragraphs: where a line ends says nothing, but an empty line and an item of a list do."""

from __future__ import annotations

import re

_BREAK = re.compile(r"[ \t\r\f\v\u00a0]*\n\s*\n\s*")
#: A line break before an item of a list: a dash, a dot, or a number or letter with its mark.
_ITEM = re.compile(r"\s*\n\s*(?=(?:[-–•*]|\d{1,2}[.)]|[a-z][.)])\s)")
_SPACES = re.compile(r"\s+")


def paragraphs(text: str) -> str:
    """A text whose paragraphs are single lines, apart by an empty line; each item of a list is a line of its own."""
    return "\n\n".join("\n".join(_spaced(line) for line in _ITEM.split(part)) for part in _BREAK.split(text))


def _spaced(line: str) -> str:
    return _SPACES.sub(" ", line)
