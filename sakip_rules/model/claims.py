"""The words that only checks have, beside the functions of formulas."""

from __future__ import annotations

from attrs import frozen

from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.source import Span

#: The thing that a check looks at, where a list within it has the same word.
ITSELF = "ini"
#: Functions over things: whether there is one, whether all are so, and how many.
LISTED = ("ada", "semua", "banyak")
#: A text with what differs from another marked.
DIFFERENCE = "beda"
BY_THINGS = (*LISTED, DIFFERENCE)
#: A check that looks at more than this many values is stopped.
MAX_STEPS = 20_000_000


@frozen
class NotAnalysed:
    """A thing that a check could not judge, and what was missing."""

    check: str
    label: str
    span: Span
    missing: str


@frozen
class Consistency:
    """What the checks of a folder found, what they could not judge, and which of them are switched off or changed.

    ``levels`` are the checks and codes of the settings with the level that these give them.
    """

    findings: tuple[Diagnostic, ...]
    not_analysed: tuple[NotAnalysed, ...]
    levels: tuple[tuple[str, str], ...]
    count: int
