"""What the passes report: frozen values with a code and a place, and no sentence in any language."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from sakip_rules.base.source import Span

_NOTHING: Mapping[str, object] = MappingProxyType({})


class Severity(Enum):
    """How much a finding weighs: an error stops a publication, a warning asks for a look, a note only tells."""

    ERROR = "galat"
    WARNING = "peringatan"
    NOTE = "catatan"


#: The level of a check that is switched off.
OFF = "mati"


@frozen
class Code:
    """A stable name for one kind of finding; its words stand in the message catalogue under this name.

    A code of a plugin brings its own: for each language an entry as the catalogue has it (``pesan``, ``saran``, …),
    with the labels of second places under ``label``.
    """

    name: str
    severity: Severity
    words: Mapping[str, Mapping[str, Any]] = field(factory=dict, eq=False, repr=False)


@frozen
class Related:
    """A second place that explains a finding; the label is a key of the message catalogue."""

    span: Span
    label: str
    values: Mapping[str, object] = _NOTHING

    def __reduce__(self) -> tuple[object, ...]:
        return (Related, (self.span, self.label, dict(self.values)))


@frozen
class Repair:
    """A text that may stand in the place of what a span covers."""

    span: Span
    text: str


@frozen
class Diagnostic:
    """One finding.

    ``values`` are the facts that the message puts into its sentence: text, whole numbers, exact numbers, dates, or
    tuples of these.  ``near`` is what the writer may have meant.  ``subject`` is the name of what the finding is
    about, where its place does not tell.
    """

    code: Code
    span: Span | None
    values: Mapping[str, object] = _NOTHING
    related: tuple[Related, ...] = ()
    near: str | None = None
    repair: Repair | None = None
    subject: str | None = field(default=None)

    def __reduce__(self) -> tuple[object, ...]:
        return (
            Diagnostic,
            (self.code, self.span, dict(self.values), self.related, self.near, self.repair, self.subject),
        )

    @property
    def is_error(self) -> bool:
        return self.code.severity is Severity.ERROR

    @property
    def certain_repair(self) -> Repair | None:
        """The repair, unless it rests on a guess of what was meant."""
        return None if self.near else self.repair


@frozen
class Waived:
    """A finding that is waived: where the waiver stands, for what, why, by whom, and until when."""

    finding: Diagnostic
    span: Span
    subject: str
    reason: str
    owner: str
    until: datetime.date
    basis: tuple[str, ...] = ()


@frozen
class Findings:
    """All findings of a run: those that are shown, and those that are waived."""

    shown: tuple[Diagnostic, ...]
    waived: tuple[Waived, ...] = ()


#: Files, syntax, names, types and units; what figures and documents then lack, they may lack because of these.
_FIRST = ("B", "S", "T", "N", "U")


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings by place, then by code, each once: the same order in every run.

    What cannot be read or understood comes before what follows from it.
    """

    def key(item: Diagnostic) -> tuple[bool, str, int, int, str, str, str]:
        span = item.span or Span("", 0, 0)
        facts = repr(sorted(item.values.items(), key=lambda kv: kv[0]))
        follows = not (item.is_error and item.code.name.startswith(_FIRST))
        return follows, span.path, span.start, span.end, item.code.name, facts, item.subject or ""

    seen: dict[tuple[bool, str, int, int, str, str, str], Diagnostic] = {}
    for item in diagnostics:
        seen.setdefault(key(item), item)
    return tuple(seen[at] for at in sorted(seen))
