"""What a check looks at: the documents of a folder with their rows, budgets and citations, found by keys.

Every look-up is made through an index that is built once, so that a check over all rows takes time linear in them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import field, frozen

from sakip_rules.base.source import Span
from sakip_rules.model import program as p
from sakip_rules.model.amendments import in_force, standing
from sakip_rules.model.likeness import Likeness
from sakip_rules.model.names import Program, everything
from sakip_rules.model.results import Evaluation, IndicatorResult
from sakip_rules.model.units import RATIO, Measure
from sakip_rules.model.values import ABSORBED, BUDGET, DataSet, Quarter, Value

#: A document whose rows a check may look at.
Planning = p.Plan | p.RevisableDocument


@frozen
class Row:
    """The target of an indicator for one year, in a document; a plan has one for each of its years."""

    document: Planning = field(eq=id)
    line: p.PlanRow | p.AgreementRow = field(eq=id)
    year: int
    target: p.Target | None = field(eq=False)

    @property
    def name(self) -> str:
        return self.line.indicator.text

    @property
    def label(self) -> str:
        return self.line.indicator.text

    @property
    def span(self) -> Span:
        return self.line.place("indikator")

    def place(self, word: str) -> Span:
        column = str(self.year) if word == "target" and isinstance(self.line, p.PlanRow) else word
        return self.line.place(column) if column in self.line.places else self.span


@frozen
class Work:
    """A programme or an activity as a document has it."""

    document: p.RevisableDocument = field(eq=id)
    line: p.ActivityRow = field(eq=id)

    @property
    def name(self) -> str:
        return self.line.name

    @property
    def label(self) -> str:
        return self.line.title

    @property
    def span(self) -> Span:
        return self.line.place("nama")

    def place(self, word: str) -> Span:
        return self.line.place(word) if word in self.line.places else self.span


@frozen
class Citation:
    """A regulation that a document, or what a report is measured by, cites; ``day`` is when it should have held."""

    regulation: p.Regulation = field(eq=id)
    by: p.Definition = field(eq=id)
    day: datetime.date
    replacement_cited: bool
    span: Span

    @property
    def name(self) -> str:
        return self.regulation.name

    @property
    def label(self) -> str:
        return self.regulation.label

    def place(self, word: str) -> Span:
        return self.span


@frozen
class Mention:
    """A name by which documents call an indicator, an objective or what a programme is measured by."""

    text: str
    span: Span
    order: int

    @property
    def name(self) -> str:
        return self.text

    @property
    def label(self) -> str:
        return self.text

    def place(self, word: str) -> Span:
        return self.span


@frozen
class Result:
    """The figures of an indicator for a year, with the row that promises it."""

    row: Row
    found: IndicatorResult = field(eq=id)

    @property
    def name(self) -> str:
        return self.found.indicator.name

    @property
    def label(self) -> str:
        return self.found.indicator.label

    @property
    def category(self) -> str | None:
        band = self.found.achievement.category
        return band.label if band else None

    @property
    def span(self) -> Span:
        return self.found.target_span

    def place(self, word: str) -> Span:
        return self.row.place(word)


@frozen
class WeightedElement:
    """An element of an index."""

    index: p.Index = field(eq=id)
    line: p.Element = field(eq=id)

    @property
    def name(self) -> str:
        return f"{self.index.name}.{self.line.element}"

    @property
    def label(self) -> str:
        return self.line.title or self.line.element

    @property
    def span(self) -> Span:
        return self.line.place("unsur")

    def place(self, word: str) -> Span:
        return self.line.place(word) if word in self.line.places else self.span


class World:
    """The things of one program that checks look at, as known on a day."""

    def __init__(
        self, program: Program, data: DataSet, evaluations: Mapping[int, Evaluation], as_of: datetime.date | None
    ) -> None:
        self.program, self.data, self.evaluations, self.as_of = program, data, evaluations, as_of
        self._documents: dict[type, tuple[Any, ...]] = {}
        self._stood: dict[int, Any] = {}
        self._rows: dict[int, tuple[Row, ...]] = {}
        self._by_indicator: dict[int, dict[tuple[int, int], Row]] = {}
        #: Documents that name an indicator which cannot be found.
        self._unclear: set[int] = set()
        self._works: dict[int, dict[str, Work]] = {}
        self._parts: dict[int, dict[str, list[Work]]] = {}
        self._families: dict[int, int] = {}
        self._in_force: dict[tuple[type, int], Any] = {}

    # Documents.

    def documents(self, kind: type[Any]) -> tuple[Any, ...]:
        """The folder's documents of a kind, each as it stood when it was decided."""
        if kind not in self._documents:
            self._documents[kind] = tuple(self._standing(item) for item in self.program.own(kind))
        return self._documents[kind]

    def _standing(self, document: Any) -> Any:
        if not isinstance(document, p.RevisableDocument) or document.amends is None:
            return document
        if id(document) not in self._stood:
            self._stood[id(document)] = standing(self.program, document)
        return self._stood[id(document)]

    def in_force(self, kind: type[Any], year: int) -> Any:
        """The document of a kind that holds for a year, or nothing."""
        if (kind, year) not in self._in_force:
            found, _ = in_force(self.program, kind, year, self.as_of)
            same = (item for item in self.documents(kind) if found is not None and item.path == found.path)
            self._in_force[kind, year] = next(same, None)
        return self._in_force[kind, year]

    def holds(self, document: Planning) -> bool:
        """Whether a document is the one of its kind that holds for its year; a plan always is."""
        return isinstance(document, p.Plan) or self.in_force(type(document), document.year) is document

    def revised_by_reason(self, document: Planning) -> bool:
        """Whether a document revises another for one of the legal reasons."""
        return isinstance(document, p.RevisableDocument) and document.amends is not None and document.reason is not None

    def original(self, document: Planning) -> Any:
        """The document that one revises, as it stood."""
        amended = self.program.target(getattr(document, "amends", None))
        return self._standing(amended) if amended is not None else None

    def plan_of(self, document: Planning) -> p.Plan | None:
        """The strategic plan that a document refers to, by itself or through another document."""
        seen: list[object] = []
        waiting: list[Any] = [document]
        while waiting:
            current = waiting.pop(0)
            targets = [self.program.target(reference) for reference in current.refers_to]
            for target in targets:
                if isinstance(target, p.Plan):
                    return target
            fresh = [item for item in targets if item is not None and not any(item is known for known in seen)]
            seen += fresh
            waiting += [self._standing(item) for item in fresh]
        return None

    def agreement_under(self, plan: p.Plan, year: int) -> p.Agreement | None:
        """The agreement in force for a year, where it refers to a plan."""
        agreement = self.in_force(p.Agreement, year)
        return agreement if agreement is not None and self.plan_of(agreement) is plan else None

    def aims(self, kind: type[Any]) -> tuple[Any, ...]:
        """The goals or objectives of the folder, inside plans and outside."""
        return tuple(item for item in everything(self.program.layers[0].top) if isinstance(item, kind))

    # Rows of indicators.

    @staticmethod
    def elements(index: p.Index) -> list[WeightedElement]:
        return [WeightedElement(index, line) for line in index.elements]

    def rows(self, document: Any) -> tuple[Row, ...]:
        if id(document) not in self._rows:
            self._rows[id(document)] = tuple(_rows(document))
        return self._rows[id(document)]

    def row_of(self, document: Any, indicator: p.Indicator, year: int | None = None) -> Row | None:
        """The row of an indicator, or of what it continues; of any year, where none is asked for."""
        if id(document) not in self._by_indicator:
            index: dict[tuple[int, int], Row] = {}
            for row in self.rows(document):
                named = self.indicator(row)
                if named is None:
                    self._unclear.add(id(document))
                else:
                    index.setdefault((self.family(named), row.year), row)
                    index.setdefault((self.family(named), 0), row)
            self._by_indicator[id(document)] = index
        return self._by_indicator[id(document)].get((self.family(indicator), year or 0))

    def contains(self, document: Any, indicator: p.Indicator) -> bool | None:
        """Whether a document has a row of an indicator; not known where it names one that cannot be found."""
        if self.row_of(document, indicator) is not None:
            return True
        return None if id(document) in self._unclear else False

    def indicator(self, row: Row) -> p.Indicator | None:
        found = self.program.target(row.line.indicator)
        return found if isinstance(found, p.Indicator) else None

    def family(self, indicator: p.Indicator) -> int:
        """What tells an indicator and those that it continues from all others: the first of them."""
        if id(indicator) not in self._families:
            chain = [indicator]
            while (before := self.program.target(chain[-1].continues)) is not None and all(
                before is not item for item in chain
            ):
                chain.append(before)
            self._families.update((id(item), id(chain[-1])) for item in chain)
        return self._families[id(indicator)]

    @cached_property
    def goals(self) -> Mapping[tuple[int, int], p.Goal]:
        """The goal of a plan whose indicator an indicator is."""
        return {
            (id(plan), id(indicator)): goal
            for plan in self.documents(p.Plan)
            for goal in plan.children
            if isinstance(goal, p.Goal)
            for indicator in map(self.program.target, goal.indicators)
            if indicator is not None
        }

    def measure(self, target: p.Quantity | p.Interval, unit: p.UnitRef | None = None) -> Measure:
        """The unit of a target: as written at it, that of its row or indicator else."""
        if target.unit:
            return self.program.units.measure(target.unit) or RATIO
        return self.program.measure(unit) or RATIO

    def target(self, row: Row, target: p.Target | None) -> Value | p.Target | None:
        """A target of a row, as a value where it is one number."""
        if not isinstance(target, p.Quantity):
            return target
        indicator = self.indicator(row)
        return Value(target.number, self.measure(target, row.line.unit or (indicator.unit if indicator else None)))

    # Programmes and activities.

    def works(self, document: Any) -> Mapping[str, Work]:
        """The programmes and activities of a document, by their names."""
        if id(document) not in self._works:
            rows = getattr(document, "activities", ())
            self._works[id(document)] = {row.name: Work(document, row) for row in rows}
        return self._works[id(document)]

    def parts(self, work: Work) -> tuple[Work, ...]:
        """What a programme or activity consists of: the rows right below it by their numbers."""
        if id(work.document) not in self._parts:
            index: dict[str, list[Work]] = {}
            works = self.works(work.document).values()
            numbers = {_number(each) for each in works}
            for each in works:
                above = _number(each)
                while (above := above.rpartition(".")[0]) and above not in numbers:
                    pass
                index.setdefault(above, []).append(each)
            self._parts[id(work.document)] = index
        return tuple(self._parts[id(work.document)].get(_number(work), ()))

    def in_agreement(self, work: Work) -> Work | None:
        """The same programme or activity in the agreement in force for the year."""
        agreement = self.in_force(p.Agreement, work.document.year)
        found = self.works(agreement).get(work.line.name) if agreement is not None else None
        return found if found != work else None

    def work_target(self, work: Work) -> Value | p.Target | None:
        target = work.line.target
        return Value(target.number, self.measure(target)) if isinstance(target, p.Quantity) else target

    def money(self, amount: p.Quantity | None) -> Value | None:
        return None if amount is None else Value(amount.number, self.program.units.measure("Rp") or RATIO)

    def absorbed(self, work: Work) -> Value | None:
        """What was spent of a budget, as the data give it."""
        return self._spent(work, ABSORBED)

    def measured_budget(self, work: Work) -> Value | None:
        """The budget that spending was measured against: that of the data, that of the document else."""
        return self._spent(work, BUDGET) or self.money(work.line.budget)

    def _spent(self, work: Work, what: str) -> Value | None:
        found = self.data.get(f"{work.line.name}.{what}", work.document.year, Quarter.YEAR)
        if found is None or found.number is None:
            return None
        return Value(found.number, self.program.units.measure("Rp") or RATIO, found.status)

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """The figures of all years that were evaluated."""
        return tuple(
            Result(Row(found.source, found.promise, evaluation.year, found.target), found)
            for evaluation in self.evaluations.values()
            for found in evaluation.indicators
        )

    # Citations and names.

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """What documents cite for their own day, and what a report is measured by for its year; each once."""
        found: dict[tuple[int, int], Citation] = {}
        for owner, by, references, day in self._cited():
            regulations = [(self.program.target(reference), reference.span) for reference in references]
            for regulation, span in regulations:
                if isinstance(regulation, p.Regulation):
                    replacement = self.program.target(regulation.replaced_by)
                    beside = replacement is not None and any(item is replacement for item, _ in regulations)
                    place = span if by is owner or span.path == owner.span.path else self._used_at(by, span)
                    found.setdefault((id(owner), id(regulation)), Citation(regulation, by, day, beside, place))
        return tuple(found.values())

    def _cited(self) -> Iterator[tuple[p.Definition, p.Definition, tuple[p.Reference, ...], datetime.date]]:
        for kind in (p.Plan, p.RevisableDocument):
            for document in self.documents(kind):
                yield document, document, document.basis, _day(document)
        for report in self.program.own(p.Report):
            evaluation = self.evaluations.get(report.year)
            if evaluation is not None:
                day = datetime.date(report.year, 1, 1)
                for by in _measured_by(self.program, evaluation):
                    yield report, by, getattr(by, "basis", ()), day

    def _used_at(self, by: p.Definition, span: Span) -> Span:
        """Where the folder itself uses what a library defines; the citation, where it does not."""
        return self._uses.get(id(by), span)

    @cached_property
    def _uses(self) -> Mapping[int, Span]:
        uses: dict[int, Span] = {}
        for method in self.program.own(p.Method):
            for reference in _references(method):
                target = self.program.target(reference)
                if reference is not None and target is not None:
                    uses.setdefault(id(target), reference.span)
        return uses

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every name once, where it stands first."""
        first: dict[str, Span] = {}
        for text, span in self._named():
            first.setdefault(" ".join(text.split()).casefold(), span)
        texts = {" ".join(text.split()).casefold(): " ".join(text.split()) for text, _ in self._named()}
        return tuple(Mention(texts[key], span, order) for order, (key, span) in enumerate(first.items()))

    def _named(self) -> Iterator[tuple[str, Span]]:
        for item in everything(self.program.layers[0].top):
            if isinstance(item, p.Indicator | p.Objective | p.Goal) and item.title:
                yield item.title, item.name_span
            elif isinstance(item, p.RevisableDocument):
                for row in item.activities:
                    if row.measured:
                        yield row.measured, row.place("indikator_kinerja")

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness(mention.text for mention in self.mentions)

    def alike(self, mention: Mention) -> tuple[Mention, ...]:
        """The earlier names that differ from one only in the form of single words."""
        return tuple(self.mentions[at] for at in self._likeness.of(mention.text) if at < mention.order)


def _rows(document: Planning) -> Iterator[Row]:
    for line in getattr(document, "rows", ()):
        if isinstance(line, p.PlanRow):
            yield from (Row(document, line, year, line.targets[year]) for year in sorted(line.targets))
        else:
            yield Row(document, line, document.year, line.target)  # type: ignore[union-attr]


def _number(work: Work) -> str:
    return work.line.number.rstrip(".")


def _day(document: Planning) -> datetime.date:
    """When what a document cites should hold: on the day of its decision, or when what it is for begins."""
    if document.decided is not None:
        return document.decided
    if isinstance(document, p.Plan):
        start = document.effective.start if document.effective else None
        return start or datetime.date.min
    return datetime.date(document.year, 1, 1)


def _references(method: p.Method) -> tuple[p.Reference | None, ...]:
    return (
        method.up, method.down, method.range, method.exact, method.label_formula, method.absorption,
        method.efficiency, method.total_efficiency, method.progress, method.change, method.difference, method.category,
    )  # fmt: skip


def _measured_by(program: Program, evaluation: Evaluation) -> Iterable[p.Definition]:
    """What gives the figures of a year: its method with formulas and categories, and its indicators."""
    yield evaluation.method
    named = (program.target(reference) for reference in _references(evaluation.method))
    yield from (item for item in named if item is not None)
    yield from (result.indicator for result in evaluation.indicators)
