"""The lines of an explanation: what something is called, what it is, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sakip_rules.base.source import Span
from sakip_rules.messages.catalog import Catalog, format_exact
from sakip_rules.messages.render import place
from sakip_rules.model.publication import Explanation, ExplanationStep
from sakip_rules.model.results import Evaluation
from sakip_rules.model.values import Measurement
from sakip_rules.project import Project

#: What stands between what belongs together.
GAP = ExplanationStep("")


def explanation(title: str, steps: Iterable[ExplanationStep]) -> Explanation:
    """An explanation of its steps, which are written out as lines, too."""
    every = tuple(steps)
    return Explanation(title, tuple(line for step in every for line in _lines(step)), every)


def _lines(step: ExplanationStep) -> Iterator[str]:
    if step.listed:
        yield f"  {step.label:>14}  {step.text}" if step.label else f"  {step.text}"
    elif step.label or step.text:
        yield f"  {step.label:<11} {step.text}"
    elif step == GAP:
        yield ""
    if step.place:
        yield f"  {'':<11}   ↳ {step.place}"


def as_text(found: Explanation) -> str:
    """An explanation for the screen."""
    return "\n".join((found.title, "", *found.lines)) + "\n"


class Explaining:
    """What explanations of one evaluation share; ``named`` gives the name by which they call a file."""

    def __init__(
        self, project: Project, evaluation: Evaluation, words: Catalog, named: Callable[[str], str] = str
    ) -> None:
        self.project, self.evaluation, self.words, self.named = project, evaluation, words, named
        self.program = evaluation.program

    def _line(self, label: str, text: str, span: Span | None) -> Iterator[ExplanationStep]:
        yield ExplanationStep(text, self._say(label), self._place(span))

    def _more(self, text: str, span: Span | None = None) -> Iterator[ExplanationStep]:
        yield ExplanationStep(text, place=self._place(span))

    def _at(self, span: Span) -> Iterator[ExplanationStep]:
        yield ExplanationStep("", place=self._place(span))

    def _place(self, span: Span | None) -> str:
        return place(span, self.project.sources, self.named)

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
