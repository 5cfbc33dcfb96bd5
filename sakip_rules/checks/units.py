"""Units are followed through every formula: both sides of a sum have one, and the result has the promised one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic, Related, Repair
from sakip_rules.base.source import Span
from sakip_rules.base.spelling import Spelling
from sakip_rules.model import program as p
from sakip_rules.model.functions import FunctionError, Functions
from sakip_rules.model.measures import adopted, bare_number, is_whole
from sakip_rules.model.names import Program, everything
from sakip_rules.model.units import ANY_ONE, PERCENT, POINTS, RATIO, Measure, product, quotient, total
from sakip_rules.model.vocabulary import Key, Type
from sakip_rules.syntax import tree

#: Formulas that call formulas deeper than this are not followed; a cycle is a finding of its own.
_MAX_CALLS = 20


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    yield from _unknown_units(program)
    promised = dict(_promised_by_methods(program))
    for definition in everything(program.layers[0].top):
        if isinstance(definition, p.Formula):
            yield from _formula(definition, promised.get(definition.name_span), program, functions)
        elif isinstance(definition, p.Indicator) and definition.expression is not None:
            yield from _indicator(definition, program, functions)
        elif isinstance(definition, p.Index) and definition.expression is not None:
            yield from _index(definition, program, functions)
        elif isinstance(definition, p.Category):
            yield from _category(definition, program)


# What is checked.


def _unknown_units(program: Program) -> Iterator[Diagnostic]:
    for definition in everything(program.layers[0].top):
        kind = program.vocabulary.kinds[definition.kind]
        records = [definition, *(line for table in kind.tables for line in getattr(definition, table.attribute))]
        for record in records:
            unit = getattr(record, "unit", None)
            if isinstance(unit, p.UnitRef) and program.measure(unit) is None:
                yield _unknown(unit.text, unit.span, program)
        for item in getattr(definition, "inputs", ()):
            if item.unit and program.measure(item.unit) is None:
                yield _unknown(item.unit.text, item.unit.span, program)
    for value in _written(program):
        if isinstance(value, p.Quantity | p.Interval) and value.unit and program.units.measure(value.unit) is None:
            yield _unknown_at(value, value.unit, program)


#: The types of keys and columns whose values may have a unit.
_WITH_UNIT = (Type.QUANTITY, Type.TARGET, Type.RANGE, Type.POLICY, Type.STEP_VALUE)


def _written(program: Program) -> Iterator[object]:
    """The values that may have a unit, in the keys, tables and examples of the folder."""
    for definition in everything(program.layers[0].top):
        kind = program.vocabulary.kinds[definition.kind]
        yield from _values((definition,), kind.keys)
        for table in kind.tables:
            lines = getattr(definition, table.attribute)
            yield from _values(lines, table.columns)
            if table.years:
                yield from (target for line in lines for target in line.targets.values())
        if isinstance(definition, p.Example):
            for given in definition.given:
                yield from given.value if isinstance(given.value, tuple) else (given.value,)


def _values(records: Iterable[object], keys: Iterable[Key]) -> Iterator[object]:
    attributes = [key.attribute for key in keys if key.type in _WITH_UNIT]
    return (getattr(record, attribute) for record in records for attribute in attributes)


def _unknown(text: str, span: Span, program: Program) -> Diagnostic:
    near = Spelling(program.units.names).near(text.lower())
    repair = Repair(span, near) if near and text else None
    return Diagnostic(codes.UNKNOWN_UNIT, span, {"unit": text}, near=near, repair=repair)


def _unknown_at(value: p.Quantity | p.Interval, unit: str, program: Program) -> Diagnostic:
    """The unit is the last that was written of a number; in a range it may stand at either bound, or at both."""
    if isinstance(value, p.Interval):
        return evolve(_unknown(unit, value.span, program), repair=None)
    end = value.span.end
    return _unknown(unit, Span(value.span.path, end - len(unit), end), program)


def _promised_by_methods(program: Program) -> Iterator[tuple[Span, tuple[Measure, Span]]]:
    """What the formulas of a method must give: the unit of its category, which is looked up from their results."""
    for method in program.all(p.Method):
        category = program.target(method.category)
        measure = program.measure(category.unit) if isinstance(category, p.Category) else PERCENT
        for reference in (method.up, method.down, method.range, method.exact, method.label_formula):
            formula = program.target(reference)
            if reference and isinstance(formula, p.Formula) and measure is not None:
                yield formula.name_span, (measure, reference.span)


def _formula(
    formula: p.Formula, promised: tuple[Measure, Span] | None, program: Program, functions: Functions
) -> Iterator[Diagnostic]:
    inference = _Inference(program, functions, formula.span.path)
    scope = formula_scope(formula, [ANY_ONE] * len(formula.inputs), program)
    own = program.measure(formula.unit)
    for node in (formula.expression, *(branch.result for branch in formula.branches)):
        if node is None:
            continue
        found = inference.measure(node, scope)
        if own is not None:
            inference.expect(node, found, own, formula.unit.span if formula.unit else None)
        elif promised:
            inference.expect(node, found, *promised)
    for branch in formula.branches:
        if branch.condition is not None:
            inference.measure(branch.condition, scope)
    yield from inference.diagnostics


def _indicator(indicator: p.Indicator, program: Program, functions: Functions) -> Iterator[Diagnostic]:
    assert indicator.expression is not None
    inference = _Inference(program, functions, indicator.span.path)
    found = inference.measure(indicator.expression, _Measured(program))
    expected = program.measure(indicator.unit)
    if expected is not None:
        inference.expect(indicator.expression, found, expected, indicator.place("satuan"))
    yield from inference.diagnostics


def _index(index: p.Index, program: Program, functions: Functions) -> Iterator[Diagnostic]:
    assert index.expression is not None
    inference = _Inference(program, functions, index.span.path)
    unit = program.measure(index.unit) or RATIO
    weights = [inference.measure(element.weight, {}) for element in index.elements]
    scope = {"unsur": unit, "bobot": next((weight for weight in weights if weight is not None), RATIO)}
    found = inference.measure(index.expression, scope)
    inference.expect(index.expression, found, unit, index.place("satuan"))
    yield from inference.diagnostics


def _category(category: p.Category, program: Program) -> Iterator[Diagnostic]:
    """The ranges of a band table are in its unit; a percentage says so at every bound."""
    expected = program.measure(category.unit) or RATIO
    ranges = [band.range for band in category.bands] + ([category.domain] if category.domain else [])
    for interval in ranges:
        found = program.units.measure(interval.unit) if interval.unit else RATIO
        bare = interval.unit is None and expected not in (PERCENT, POINTS)
        if found is not None and found != expected and not bare:
            facts = {"unit": str(found), "expected": str(expected), "category": category.name}
            related = (Related(category.place("satuan"), "unit_here", {"unit": str(expected)}),)
            yield Diagnostic(codes.BAND_UNIT, interval.span, facts, related)


def formula_scope(formula: p.Formula, given: list[Measure | None], program: Program) -> dict[str, Measure | None]:
    """The units of a formula's inputs: their own where they are fixed, what is given else."""
    scope: dict[str, Measure | None] = {}
    for item, measure in zip(formula.inputs, given, strict=False):
        own = program.measure(item.unit) or measure
        scope |= {item.name: own, f"{item.name}.atas": own, f"{item.name}.bawah": own}
    return scope


class _Measured(Mapping[str, "Measure | None"]):
    """The units of variables, indicators and indices, by name."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def __getitem__(self, name: str) -> Measure | None:
        item = self.program.measured(name)
        if item is None:
            raise KeyError(name)
        return self.program.measure(item.unit)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


# How it is checked.

_Scope = Mapping[str, "Measure | None"]


class _Inference:
    """Finds the unit of expressions; ``None`` is a unit that another finding has made unknowable."""

    def __init__(self, program: Program, functions: Functions, path: str, outer: _Inference | None = None) -> None:
        self.program, self.functions, self.path = program, functions, path
        self.depth: int = outer.depth + 1 if outer else 0
        #: The unit that a formula gives for the units of its arguments, once it was followed.
        self.known: dict[tuple[object, ...], Measure | None] = outer.known if outer else {}
        self.diagnostics: list[Diagnostic] = []

    def measure(self, node: tree.Expression, scope: _Scope) -> Measure | None:
        if isinstance(node, tree.Number):
            return self._number(node)
        if isinstance(node, tree.Name):
            return scope.get(".".join(node.parts))
        if isinstance(node, tree.Unary):
            return self.measure(node.operand, scope)
        if isinstance(node, tree.Filtered):  # which only checks have, whose types are followed elsewhere
            return None
        return self._call(node, scope) if isinstance(node, tree.Call) else self._binary(node, scope)

    def expect(self, node: tree.Expression, found: Measure | None, expected: Measure, promised: Span | None) -> None:
        """Report a result that is not in the promised unit, with the repair where it is a known mistake."""
        if found is None or found == expected:
            return
        related = (Related(promised, "unit_here", {"unit": str(expected)}),) if promised else ()
        span = self._span(node)
        facts = {"unit": str(found), "expected": str(expected)}
        if expected == PERCENT and found == RATIO:
            hundred = _bare_hundred(node)
            if hundred:
                self._report(codes.TIMES_HUNDRED, self._span(hundred), facts, related, "100%")
            else:
                self._report(codes.FORGOTTEN_PERCENT, span, facts, related)
        elif expected == PERCENT and found == POINTS:
            self._report(codes.POINTS_NOT_PERCENT, span, facts, related)
        elif bare_number(node) is None:
            self._report(codes.WRONG_RESULT_UNIT, span, facts, related)

    def _number(self, node: tree.Number) -> Measure | None:
        if node.unit is None:
            return RATIO
        measure = self.program.units.measure(node.unit)
        if measure is None:
            start = node.end - len(node.unit)
            self.diagnostics.append(_unknown(node.unit, Span(self.path, start, node.end), self.program))
        return measure

    def _binary(self, node: tree.Binary, scope: _Scope) -> Measure | None:
        left, right = self.measure(node.left, scope), self.measure(node.right, scope)
        if left is None or right is None or node.operator in ("dan", "atau"):
            return None
        if node.operator == "*":
            return product(left, right)[0]
        if node.operator == "/":
            return quotient(left, right)[0]
        left, right = adopted(node, left, right)
        if node.operator in ("+", "-"):
            measure = total(left, right, node.operator, is_whole(node.left))
            if measure is None:
                self._mismatch(node, left, right)
            return measure
        if left != right:
            self._mismatch(node, left, right)
        return None

    def _mismatch(self, node: tree.Binary, left: Measure, right: Measure) -> None:
        facts = {"left": str(left), "right": str(right)}
        bare = bare_number(node.right) or bare_number(node.left)
        if bare and PERCENT in (left, right):
            self._report(codes.UNIT_MISMATCH, self._span(bare), facts, (), f"{bare.text}%")
        else:
            self._report(codes.UNIT_MISMATCH, self._span(node), facts, ())

    def _call(self, node: tree.Call, scope: _Scope) -> Measure | None:
        found = [self.measure(argument, scope) for argument in node.arguments]
        known = [measure for measure in found if measure is not None]
        if function := self.functions.get(node.function):
            if len(known) < len(found) or not known:
                return None
            try:
                measure = function.measure(known)
            except FunctionError:
                return None
            if measure is None:
                others = (each for each in known if each != known[0])
                facts = {"left": str(known[0]), "right": str(next(others, known[-1]))}
                self._report(codes.UNIT_MISMATCH, self._span(node), facts, ())
            return measure
        formula = self.program.formula(node.function)
        return self._called(formula, found) if formula else None

    def _called(self, formula: p.Formula, given: list[Measure | None]) -> Measure | None:
        """The unit that a formula gives for the units of its arguments; its own faults are told at its own place."""
        if self.depth >= _MAX_CALLS or len(given) != len(formula.inputs):
            return None
        key = (formula.name_span, *given)
        node = formula.expression or (formula.branches[0].result if formula.branches else None)
        if key not in self.known and node is not None:
            inner = _Inference(self.program, self.functions, formula.span.path, self)
            self.known[key] = inner.measure(node, formula_scope(formula, given, self.program))
        return self.known.get(key)

    def _span(self, node: tree.Expression) -> Span:
        return Span(self.path, node.start, node.end)

    def _report(
        self,
        code: Code,
        span: Span,
        facts: Mapping[str, object],
        related: tuple[Related, ...],
        repair: str | None = None,
    ) -> None:
        fix = Repair(span, repair) if repair is not None else None
        self.diagnostics.append(Diagnostic(code, span, facts, related, repair=fix))


def _bare_hundred(node: tree.Expression) -> tree.Number | None:
    """The ``100`` of a ``× 100`` that stands for ``× 100%``."""
    if isinstance(node, tree.Binary) and node.operator == "*":
        for side in (node.right, node.left):
            if isinstance(side, tree.Number) and side.unit is None and side.text == "100":
                return side
    return None
