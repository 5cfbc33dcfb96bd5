"""The form in which offices fill in measured values: a row for each value that the documents of a year ask for."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from attrs import frozen

from sakip_rules.model import program as p
from sakip_rules.model.names import Program
from sakip_rules.model.values import ABSORBED, BUDGET, QUARTERS, Quarter
from sakip_rules.syntax import tree

_QUARTER_TARGETS = dict(
    zip(QUARTERS, ("first_quarter", "second_quarter", "third_quarter", "fourth_quarter"), strict=True)
)

Measured = p.Variable | p.Indicator | p.Index


@frozen
class FormRow:
    """A value to fill in: the name that data files call it, its title, its unit, and its period.

    ``labels`` are the words that may stand in the place of a number.
    """

    name: str
    title: str
    unit: str | None
    quarter: Quarter = Quarter.YEAR
    labels: tuple[str, ...] = ()


@frozen
class DataForm:
    """The values of a year that an agency fills in."""

    title: str
    year: int
    rows: tuple[FormRow, ...]


def data_form(
    program: Program, agreement: p.Agreement | p.ActionPlan, plan: p.ActionPlan | None, given: Container[str]
) -> DataForm:
    """What the figures of an agreement need: indicators or what they follow from, programmes, and their budgets.

    ``given`` are the names that data have given so far: an indicator with a formula that was measured itself, and none
    of what its formula takes, is asked for itself again.  A value is asked for each quarter that has a target, and for
    the year, unless that follows from its quarters.
    """
    rows: dict[tuple[str, Quarter], FormRow] = {}
    documents = [agreement, *([plan] if plan and plan is not agreement else [])]
    promised = [row for document in documents for row in document.rows]
    asker = _Asker(program, given)
    for row in agreement.rows:
        indicator = program.target(row.indicator)
        if isinstance(indicator, p.Indicator):
            same = [each for each in promised if program.target(each.indicator) is indicator]
            asked = asker.asked(indicator, _quarters(same))
            rows.update(((each.name, each.quarter), each) for each in asked)
    for activity in agreement.activities:
        rows.update(((each.name, each.quarter), each) for each in asker.of_activity(activity))
    return DataForm(agreement.label, agreement.year, tuple(rows.values()))


def _quarters(rows: Iterable[p.AgreementRow]) -> tuple[Quarter, ...]:
    """The quarters for which any of some rows sets a target."""
    every = tuple(rows)
    return tuple(
        quarter
        for quarter, attribute in _QUARTER_TARGETS.items()
        if any(getattr(row, attribute) is not None for row in every)
    )


class _Asker:
    """Tells which values have to be measured, each once."""

    def __init__(self, program: Program, given: Container[str]) -> None:
        self.program, self.given = program, given
        self.seen: set[str] = set()

    def asked(self, item: Measured, quarters: tuple[Quarter, ...]) -> Iterator[FormRow]:
        """What must be measured for an item: itself, or all that its formula or its index takes."""
        if item.name in self.seen:
            return
        self.seen.add(item.name)
        index, operands = self._index(item), self._operands(item)
        if operands:
            for operand in operands:
                yield from self.asked(operand, quarters)
        elif index is not None:
            for element in index.elements:
                title = f"{index.label}: {element.title or element.element}"
                yield from self._rows(f"{index.name}.{element.element}", title, self._unit(index.unit), quarters)
        elif not isinstance(item, p.Index):
            follows = bool(quarters) and item.over_quarters is not None
            yield from self._rows(
                item.name, item.label, self._unit(item.unit), quarters, not follows, self._labels(item)
            )

    def _rows(
        self, name: str, title: str, unit: str | None, quarters: tuple[Quarter, ...], whole: bool = True,
        labels: tuple[str, ...] = (),
    ) -> Iterator[FormRow]:  # fmt: skip
        for quarter in (*quarters, *((Quarter.YEAR,) if whole else ())):
            yield FormRow(name, title, unit, quarter, labels)

    def _operands(self, item: Measured) -> list[Measured]:
        expression = item.expression if isinstance(item, p.Indicator) else None
        parts = tree.walk(expression) if expression is not None else ()
        names = dict.fromkeys(".".join(part.parts) for part in parts if isinstance(part, tree.Name))
        found = [operand for name in names if (operand := self.program.measured(name)) is not None]
        measured_itself = item.name in self.given and not any(operand.name in self.given for operand in found)
        return [] if measured_itself else found

    def _index(self, item: Measured) -> p.Index | None:
        if isinstance(item, p.Index):
            return item
        found = self.program.target(item.index) if isinstance(item, p.Indicator) else None
        return found if isinstance(found, p.Index) else None

    def _labels(self, item: p.Variable | p.Indicator) -> tuple[str, ...]:
        scale = self.program.target(item.scale) if isinstance(item, p.Indicator) else None
        return tuple(rank.label for rank in scale.ranks) if isinstance(scale, p.Scale) else ()

    def _unit(self, unit: p.UnitRef | None) -> str | None:
        return self.program.units.name(unit.text) if unit else None

    def of_activity(self, row: p.ActivityRow) -> Iterator[FormRow]:
        """What a programme or activity achieved and spent; its budget, too, where that is not the document's."""
        money = self.program.units.name("Rp")
        if row.target is not None:
            unit = row.target.unit if isinstance(row.target, p.Quantity | p.Interval) else None
            title = f"{row.title}: {row.measured}" if row.measured else row.title
            yield FormRow(row.name, title, self.program.units.name(unit) if unit else None)
        budget = f"{row.name}.{BUDGET}"
        if row.budget is None or budget in self.given:
            yield FormRow(budget, f"{row.title} ({BUDGET})", money)
        yield FormRow(f"{row.name}.{ABSORBED}", f"{row.title} ({ABSORBED})", money)
        shared = [self.program.target(each) for each in row.supports] if len(row.supports) > 1 else []
        for objective in shared:
            if objective is not None:
                title = f"{row.title} ({ABSORBED}: {objective.label})"
                yield FormRow(f"{row.name}.{objective.name}.{ABSORBED}", title, money)
