"""What the rules say of each indicator of a report: for whoever publishes its figures, and describes them."""

from __future__ import annotations

from collections.abc import Iterator

from sakip_rules.base.paragraphs import paragraphs
from sakip_rules.model import program as p
from sakip_rules.model.names import Program
from sakip_rules.model.publication import PublishedComponent, PublishedIndicator
from sakip_rules.report.figures import Figures, with_titles
from sakip_rules.syntax import tree


def published_indicators(figures: Figures) -> Iterator[PublishedIndicator]:
    """The indicators that the year's agreement promises, in its order."""
    units = {unit.name: unit for unit in figures.program.all(p.Unit)}
    for subject in figures.indicators:
        yield _described(figures.program, units, subject.indicator)


def _described(program: Program, units: dict[str, p.Unit], indicator: p.Indicator) -> PublishedIndicator:
    index = program.target(indicator.index)
    expression = indicator.expression or (index.expression if isinstance(index, p.Index) else None)
    unit = units.get(program.units.name(indicator.unit.text) or "") if indicator.unit else None
    return PublishedIndicator(
        indicator.name, indicator.label,
        meaning=paragraphs(indicator.meaning) if indicator.meaning else None,
        direction=indicator.direction,
        unit=unit.label if unit else None,
        dimension=unit.dimension if unit else None,
        formula=with_titles(program, expression) if expression is not None else None,
        components=tuple(_components(program, indicator.expression, index)),
        source=indicator.source,
    )  # fmt: skip


def _components(
    program: Program, expression: tree.Expression | None, index: p.Definition | None
) -> Iterator[PublishedComponent]:
    """What an indicator is calculated of, each once: variables and indicators, or the elements of its index."""
    names = (
        (".".join(part.parts) for part in tree.walk(expression) if isinstance(part, tree.Name)) if expression else ()
    )
    for name in dict.fromkeys(names):
        if (found := program.measured(name)) is not None:
            yield PublishedComponent(found.kind, found.name, found.label, getattr(found, "source", None))
    if isinstance(index, p.Index):
        for element in index.elements:
            yield PublishedComponent("unsur", element.element, element.title or element.element)
