"""Runs the examples that stand beside the rules, and tells what no example reaches."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.source import Span
from sakip_rules.engine.achievement import Assessor, Case, range_inputs
from sakip_rules.engine.bands import band_of
from sakip_rules.engine.check_examples import names_of, verdict
from sakip_rules.engine.functions import single
from sakip_rules.engine.realization import index_inputs, names_in
from sakip_rules.engine.scalar import evaluate, evaluate_body, rounded
from sakip_rules.model import program as p
from sakip_rules.model.amendments import in_effect
from sakip_rules.model.functions import Argument, Functions
from sakip_rules.model.names import Program, everything
from sakip_rules.model.results import Step
from sakip_rules.model.units import PERCENT, RATIO, Measure
from sakip_rules.model.values import Reason, Status, Value, absent

#: Words that an example gives, or expects, in the place of a number.
_STATUSES = {status.value: status for status in (Status.MISSING, Status.NOT_APPLICABLE, Status.UNDEFINED)}


@frozen
class ExampleRun:
    """One example as it was run; without a finding it gave what it promises."""

    owner: p.Definition
    example: p.Example
    finding: Diagnostic | None

    @property
    def passed(self) -> bool:
        return self.finding is None


@frozen
class Unreached:
    """A formula, a branch of one, or a band that no example reaches."""

    what: str
    owner: p.Definition
    text: str
    span: Span


@frozen
class ExampleReport:
    runs: tuple[ExampleRun, ...]
    unreached: tuple[Unreached, ...]


def run_examples(program: Program, functions: Functions, as_of: datetime.date | None = None) -> ExampleReport:
    """Run every example of the folder itself, or those of rules that hold on a day; its libraries are tested apart."""
    runner = _Runner(program, functions)
    every = everything(program.layers[0].top)
    definitions = [item for item in every if as_of is None or in_effect(program, item, as_of)]
    runs = [
        runner.run(owner, example)
        for owner in definitions
        for example in owner.children
        if isinstance(example, p.Example)
    ]
    return ExampleReport(tuple(runs), tuple(_unreached(definitions, runner.reached)))


class _Runner:
    def __init__(self, program: Program, functions: Functions) -> None:
        self.program = program
        self.assessor = Assessor(program, functions)
        self.reached: set[Span] = set()

    def run(self, owner: p.Definition, example: p.Example) -> ExampleRun:
        if isinstance(owner, p.ConsistencyCheck):
            return ExampleRun(owner, example, self._checked(owner, example))
        found = self._result(owner, example)
        if isinstance(found, Diagnostic):
            return ExampleRun(owner, example, found)
        value, band = found
        return ExampleRun(owner, example, self._compared(example, value, band))

    def _checked(self, check: p.ConsistencyCheck, example: p.Example) -> Diagnostic | None:
        """What a check says of an example, against what the example expects."""
        for given in example.given:
            if given.name not in names_of(check):
                return Diagnostic(codes.EXAMPLE_INPUT, given.span, {"name": given.name, "formula": check.name})
        found = verdict(check, example, self.program, self.assessor.functions)
        expected = example.expected.text if isinstance(example.expected, p.Label) else ""
        if expected.casefold() == found:
            return None
        return Diagnostic(codes.EXAMPLE_FAILS, example.place("hasil"), {"expected": expected, "found": found})

    # What the rule gives.

    def _result(self, owner: p.Definition, example: p.Example) -> tuple[Value, p.Band | None] | Diagnostic:
        if wrong := _wrong_input(owner, example):
            return wrong
        if isinstance(owner, p.Formula):
            return self._formula(owner, example), None
        if isinstance(owner, p.Category):
            return self._category(owner, example)
        if isinstance(owner, p.Index):
            return self._index(owner, example)
        if isinstance(owner, p.Method):
            return self._method(owner, example)
        return self._indicator(owner, example), None

    def _formula(self, formula: p.Formula, example: p.Example) -> Value:
        units = {item.name: self.program.measure(item.unit) for item in formula.inputs}
        trace: list[Step] = []
        value = evaluate_body(formula, self._values(example, units), self.assessor.scope(trace))
        self.reached.add(formula.name_span)
        self._mark(trace)
        return value

    def _category(self, category: p.Category, example: p.Example) -> tuple[Value, p.Band | None]:
        unit = self.program.measure(category.unit) or RATIO
        value = single(self._values(example, {"nilai": unit}).get("nilai", ()))
        return value, self._band(category, value)

    def _band(self, category: object, value: Value) -> p.Band | None:
        band = band_of(category, value, self.program.units) if isinstance(category, p.Category) else None
        if isinstance(band, p.Band):
            self.reached.add(band.span)
            return band
        return None

    def _index(self, index: p.Index, example: p.Example) -> tuple[Value, p.Band | None]:
        assert index.expression is not None
        unit = self.program.measure(index.unit) or RATIO
        values = self._values(example, {element.element: unit for element in index.elements})
        none = absent(Status.MISSING, unit)
        elements = [
            value for element in index.elements if isinstance(value := values.get(element.element, none), Value)
        ]
        scope = self.assessor.scope(values=index_inputs(index, elements, self.assessor.scope()))
        value = evaluate(index.expression, scope)
        result = rounded(single(value), index.rounding) if index.rounding else single(value)
        return result, self._band(self.program.target(index.category), result)

    def _method(self, method: p.Method, example: p.Example) -> tuple[Value, p.Band | None]:
        given = {item.name: item.value for item in example.given}
        target = given.get("rencana")
        values = self._values(example, {})
        realization = values.get("realisasi", absent(Status.MISSING))
        case = Case(
            example.direction, target if isinstance(target, p.Interval) else _value(values.get("rencana")),
            _value(realization) or absent(Status.MISSING), _value(values.get("awal")), span=example.name_span,
            name=example.name,
        )  # fmt: skip
        found = self.assessor.assess(method, case, traced=True)
        if found.formula:
            self.reached.add(found.formula.name_span)
            self._mark(found.trace)
        if found.category:
            self.reached.add(found.category.span)
        return found.value, found.category

    def _indicator(self, owner: p.Definition, example: p.Example) -> Value:
        expression = getattr(owner, "expression", None)
        if expression is None:
            return absent(Status.UNDEFINED, RATIO, Reason(codes.NO_RULE, {"name": owner.name}))
        measured = {name: self.program.measured(name) for name in names_in(expression)}
        units = {name: self.program.measure(item.unit) for name, item in measured.items() if item}
        value = evaluate(expression, self.assessor.scope(values=self._values(example, units)))
        return single(value)

    def _mark(self, trace: Sequence[Step]) -> None:
        for step in trace:
            if isinstance(step.node, p.Branch):
                self.reached.add(step.node.span)
            self._mark(step.parts)

    # What the example gives.

    def _values(self, example: p.Example, units: Mapping[str, Measure | None]) -> dict[str, Argument]:
        values: dict[str, Argument] = {}
        for given in example.given:
            unit = units.get(given.name)
            if isinstance(given.value, p.Interval):
                values |= range_inputs(given.name, given.value, self.assessor.measure_of(given.value), unit or RATIO)
            elif isinstance(given.value, tuple):
                values[given.name] = tuple(self._given(given.name, each, unit) for each in given.value)
            else:
                values[given.name] = self._given(given.name, given.value, unit)
        return values

    def _given(self, name: str, value: p.Target, unit: Measure | None) -> Value:
        if isinstance(value, p.Quantity):
            return Value(value.number, self.assessor.measure_of(value) if value.unit else unit or RATIO)
        text = value.text.lower() if isinstance(value, p.Label) else ""
        if status := _STATUSES.get(text):
            return absent(
                status, unit or RATIO, Reason(codes.VALUE_MISSING, {"what": "realisasi", "name": name}, value.span)
            )
        return absent(Status.UNDEFINED, unit or RATIO, Reason(codes.NOT_A_LABEL, {"text": text}, value.span))

    # What the example promises.

    def _compared(self, example: p.Example, value: Value, band: p.Band | None) -> Diagnostic | None:
        place = example.place("hasil")
        if isinstance(example.expected, p.Label):
            found = band.label if band else value.status.value
            if example.expected.text.casefold() != found.casefold():
                return _fails(place, example.expected.text, value if not band else None, band)
        elif example.expected is not None:
            expected = evaluate(example.expected, self.assessor.scope())
            if not isinstance(expected, Value) or not _equal(expected, value):
                return _fails(place, expected, value, None)
        if example.category is not None and (band is None or band.label.casefold() != example.category.casefold()):
            return _fails(example.place("kategori"), example.category, value if not band else None, band)
        return None


def _value(value: object) -> Value | None:
    return value if isinstance(value, Value) else None


def _equal(expected: Value, found: Value) -> bool:
    """Whether two numbers are the same; a bare number stands for any unit but a percentage."""
    if expected.number is None or found.number != expected.number:
        return False
    return found.measure == expected.measure or (expected.measure == RATIO and found.measure != PERCENT)


def _fails(place: Span, expected: object, value: Value | None, band: p.Band | None) -> Diagnostic:
    if value is not None and value.number is None:
        facts = {"expected": expected, "status": value.status.value, "reason": value.reason}
        return Diagnostic(codes.EXAMPLE_NOT_POSSIBLE, place, facts)
    return Diagnostic(codes.EXAMPLE_FAILS, place, {"expected": expected, "found": band.label if band else value})


def _wrong_input(owner: p.Definition, example: p.Example) -> Diagnostic | None:
    """A given value that the rule does not take, or one that it needs and does not get."""
    takes, needs = _inputs(owner)
    given = {item.name: item for item in example.given}
    for name, item in given.items():
        if name not in takes:
            return Diagnostic(codes.EXAMPLE_INPUT, item.span, {"name": name, "formula": owner.name})
    for name in needs:
        if name not in given:
            return Diagnostic(codes.EXAMPLE_INPUT_MISSING, example.name_span, {"name": name, "formula": owner.name})
    return None


def _inputs(owner: p.Definition) -> tuple[frozenset[str], tuple[str, ...]]:
    if isinstance(owner, p.Formula):
        names: tuple[str, ...] = tuple(item.name for item in owner.inputs)
    elif isinstance(owner, p.Category):
        names = ("nilai",)
    elif isinstance(owner, p.Index):
        names = tuple(element.element for element in owner.elements)
    elif isinstance(owner, p.Method):
        return frozenset(("rencana", "realisasi", "awal")), ("rencana",)
    else:
        expression = getattr(owner, "expression", None)
        names = tuple(names_in(expression)) if expression is not None else ()
    return frozenset(names), names


def _unreached(definitions: Iterable[p.Definition], reached: set[Span]) -> Iterator[Unreached]:
    for definition in definitions:
        if isinstance(definition, p.Formula):
            if definition.name_span not in reached:
                yield Unreached("formula", definition, definition.label, definition.name_span)
            for number, branch in enumerate(definition.branches, 1):
                if branch.span not in reached:
                    yield Unreached("cabang", definition, str(number), branch.span)
        elif isinstance(definition, p.Category):
            for band in definition.bands:
                if band.span not in reached:
                    yield Unreached("pita", definition, band.label, band.span)
