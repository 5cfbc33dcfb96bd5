"""The lines of an explanation: what something is called, what it is, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sakip_rules.base.source import Span
from sakip_rules.messages.catalog import Catalog, format_exact
from sakip_rules.messages.render import place
from sakip_rules.model.results import Evaluation
from sakip_rules.model.values import Measurement
from sakip_rules.project import Project


class Explanation:
    """What explanations of one evaluation share; ``named`` gives the name by which they call a file."""

    def __init__(
        self, project: Project, evaluation: Evaluation, words: Catalog, named: Callable[[str], str] = str
    ) -> None:
        self.project, self.evaluation, self.words, self.named = project, evaluation, words, named
        self.program = evaluation.program

    def _line(self, label: str, text: str, span: Span | None) -> Iterator[str]:
        yield f"  {self._say(label):<11} {text}"
        if span is not None:
            yield from self._at(span)

    def _more(self, text: str, span: Span | None = None) -> Iterator[str]:
        yield f"  {'':<11} {text}"
        if span is not None:
            yield from self._at(span)

    def _at(self, span: Span) -> Iterator[str]:
        yield f"  {'':<11}   ↳ {place(span, self.project.sources, self.named)}"

    def _say(self, key: str, **values: object) -> str:
        return self.words.text(key, **values)

    def _word(self, word: str) -> str:
        return self.words.word(word)

    def _datum(self, measurement: Measurement) -> str:
        number = measurement.label or ("-" if measurement.number is None else format_exact(measurement.number))
        facts = {
            "name": measurement.name, "period": self._word(measurement.quarter.value), "year": str(measurement.year),
            "number": number, "status": self._word(measurement.status.value), "source": measurement.source or "-",
        }  # fmt: skip
        return self._say("explain.datum", **facts)
