"""Elements of HTML and SVG, in which a text is never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

#: Signs that no page may hold: control signs, halves of pairs, and what is no sign at all.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_EMPTY = frozenset(("br", "meta", "col"))


class Markup(str):
    """A text that is markup already."""

    __slots__ = ()


#: What an element may hold; nothing is left out.
Content = str | Iterable[str] | None


def text(given: str) -> Markup:
    """A text as a page shows it; a sign that no page may hold is replaced by the mark for such signs."""
    return given if isinstance(given, Markup) else Markup(escape(_FORBIDDEN.sub("\ufffd", given)))


def lines(given: str) -> Markup:
    """A text whose line breaks are kept."""
    return join((text(line) for line in given.split("\n")), "<br>")


def join(parts: Iterable[str], between: str = "") -> Markup:
    """Parts one behind the other."""
    return Markup(between.join(text(part) for part in parts))


def element(name: str, /, *content: Content, **attributes: object) -> Markup:
    """An element: what is not markup is escaped, attributes that are ``None`` or ``False`` are left out.

    An underscore in the name of an attribute stands for a hyphen, one at its end for nothing.
    """
    opened = "".join(_attribute(*each) for each in attributes.items() if each[1] is not None and each[1] is not False)
    if name in _EMPTY:
        return Markup(f"<{name}{opened}>")
    inside = "".join(text(part) if isinstance(part, str) else join(part) for part in content if part is not None)
    return Markup(f"<{name}{opened}>{inside}</{name}>")


def _attribute(key: str, value: object) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{text(str(value))}"'
