"""What the passes report: frozen values with a code and a place, and no sentence in any language."""

from __future__ import annotations

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
    tuples of these.  ``near`` is what the writer may have meant.
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


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings by place, then by code, each once: the same order in every run."""

    def key(item: Diagnostic) -> tuple[str, int, int, str, str]:
        span = item.span or Span("", 0, 0)
        return span.path, span.start, span.end, item.code.name, repr(sorted(item.values.items(), key=lambda kv: kv[0]))

    seen: dict[tuple[str, int, int, str, str], Diagnostic] = {}
    for item in diagnostics:
        seen.setdefault(key(item), item)
    return tuple(seen[at] for at in sorted(seen))
