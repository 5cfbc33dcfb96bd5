"""How figures came about: opened by a button at the figure, without any script, and printed as an appendix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from sakip_plugins.format_html.markup import Markup, element, lines, text
from sakip_plugins.format_html.words import word
from sakip_rules import Cell, Explanation, ExplanationStep


class Explanations:
    """The explanations of a report, each with a name of its own on the page."""

    def __init__(self, explanations: Mapping[str, Explanation]) -> None:
        self._all = explanations
        self._ids = {key: f"penjelasan-{number}" for number, key in enumerate(explanations, 1)}

    def figure(self, cell: Cell) -> Markup:
        """The text of a cell, as a button where there is something to explain."""
        found = self._ids.get(cell.explanation or "")
        if found is None or not cell.text:
            return lines(cell.text)
        return element(
            "button", lines(cell.text), type="button", class_="angka", popovertarget=found, aria_haspopup="dialog"
        )

    def section(self) -> Markup:
        """All explanations: hidden on a screen until a figure is opened."""
        if not self._all:
            return Markup()
        head = element("h2", word("penjelasan"), id="penjelasan")
        told = (_told(self._ids[key], each) for key, each in self._all.items())
        return element("section", head, told, class_="penjelasan", aria_labelledby="penjelasan")


def _told(name: str, found: Explanation) -> Markup:
    head = element("h3", found.title, id=f"{name}-judul", dir="auto")
    shut = element(
        "button", word("tutup"), type="button", class_="tutup", popovertarget=name, popovertargetaction="hide"
    )
    body = _steps(found.steps) if found.steps else element("pre", "\n".join(found.lines))
    return element(
        "div", element("div", head, shut, class_="judul"), body,
        id=name, popover=True, role="dialog", aria_labelledby=f"{name}-judul", tabindex=-1, autofocus=True,
    )  # fmt: skip


def _steps(steps: Sequence[ExplanationStep]) -> Markup:
    """Steps with their names, and lists of what was added up or averaged."""
    runs = groupby(steps, key=lambda step: step.listed)
    return Markup("".join(_list(run) if listed else _named(run) for listed, run in runs))


def _list(steps: Iterator[ExplanationStep]) -> Markup:
    return element("ul", (element("li", element("b", each.label) if each.label else None, " ", each.text)
                          for each in steps))  # fmt: skip


def _named(steps: Iterator[ExplanationStep]) -> Markup:
    """A list of names and what is said of each; what has no name goes on with the one before it."""
    parts: list[str] = []
    for step in steps:
        if step.label or (step.text and not parts):
            parts.append(element("dt", step.label or "–"))
        if step.text:
            parts.append(element("dd", step.text, dir="auto"))
        if step.place and parts:
            parts.append(element("dd", element("code", step.place), class_="tempat"))
    return element("dl", parts) if parts else text("")
