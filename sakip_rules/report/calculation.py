"""From the formula behind a figure to the calculation of its cell, where its whole row says how it follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from attrs import evolve

from sakip_rules.base.numbers import Rounding, RoundingMode
from sakip_rules.model import program as p
from sakip_rules.model.calculation import TRUTHS, Constant, IncalculableError, Operand, Operation, Term, value_of
from sakip_rules.model.measures import adopted, is_whole, literal
from sakip_rules.model.names import Program
from sakip_rules.model.publication import Cell
from sakip_rules.model.units import ONE, PERCENT, RATIO, Measure, product, quotient, total
from sakip_rules.report.derivations import Derivation, place_of
from sakip_rules.report.subjects import Figure
from sakip_rules.syntax import tree

#: Calculations of more terms than this are of no help to a reader.
_MOST = 200
_ROUNDINGS = {RoundingMode.HALF_AWAY_FROM_ZERO: "bulat", RoundingMode.TOWARDS_ZERO: "potong"}
_FUNCTIONS = ("min", "maks", "mutlak")


class _Part(NamedTuple):
    """A part of a calculation, and its unit."""

    term: Term
    measure: Measure


class _InexpressibleError(Exception):
    """A formula says what the numbers of one row cannot."""


def with_calculations(
    figures: Sequence[Figure], cells: Sequence[Cell], columns: Sequence[p.TableColumn], program: Program, year: int
) -> list[Cell]:
    """The cells of a row, each with its calculation where that gives its number out of the row exactly as printed."""
    shown = {
        at: cell.number
        for at, cell in enumerate(cells)
        if cell.height and cell.number is not None and not cell.provisional
    }
    found = list(cells)
    for at, (figure, cell) in enumerate(zip(figures, cells, strict=True)):
        if at in shown and figure.derivation is not None:
            found[at] = evolve(cell, calculation=_calculation(figure.derivation, cell, columns, shown, program, year))
    return found


def _calculation(
    derivation: Derivation, cell: Cell, columns: Sequence[p.TableColumn], shown: Mapping[int, Fraction],
    program: Program, year: int,
) -> Term | None:  # fmt: skip
    operands = {
        name: _Part(Operand(at), taken.measure)
        for name, taken in derivation.inputs.items()
        if (at := place_of(taken, columns, year)) is not None and at in shown
    }
    try:
        term = _Writer(program).finished(derivation, operands)
        value = value_of(term, shown)
        if value != cell.number:  # the column shows fewer decimals than the figure has
            term = _rounded(term, Rounding(cell.decimals))
        return term if value_of(term, shown) == cell.number else None
    except (_InexpressibleError, IncalculableError):
        return None


class _Writer:
    """Writes formulas as terms, with the factors that units bring."""

    def __init__(self, program: Program) -> None:
        self.program, self.count = program, 0

    def finished(self, derivation: Derivation, operands: Mapping[str, _Part]) -> Term:
        term = self.body(derivation.formula, operands).term
        for step in derivation.steps:
            if isinstance(step.value, Rounding):
                term = _rounded(term, step.value)
            elif isinstance(step.value, p.Quantity):
                name = "min" if step.step == "batas_atas" else "maks"
                term = Operation(name, (term, Constant(step.value.number)))
        return term

    def body(self, formula: p.Formula, operands: Mapping[str, _Part]) -> _Part:
        if formula.expression is not None:
            part = self.part(formula.expression, operands)
        else:
            part = self.branches(formula.branches, operands)
        return _Part(_rounded(part.term, formula.rounding), part.measure) if formula.rounding else part

    def branches(self, branches: Sequence[p.Branch], operands: Mapping[str, _Part]) -> _Part:
        """A condition table as nested conditions; one without a last row that holds else has no answer for some."""
        if not branches:
            raise _InexpressibleError
        first, *rest = branches
        part = self.part(first.result, operands)
        if first.condition is None:
            return part
        other = self.branches(rest, operands)
        if part.measure != other.measure:
            raise _InexpressibleError
        condition = self.part(first.condition, operands)
        return _Part(Operation("jika", (condition.term, part.term, other.term)), part.measure)

    def part(self, node: tree.Expression, operands: Mapping[str, _Part]) -> _Part:
        self.count += 1
        if self.count > _MOST:
            raise _InexpressibleError
        if isinstance(node, tree.Number):
            return self.number(node)
        if isinstance(node, tree.Name):
            part = operands.get(".".join(node.parts))
            if part is None:
                raise _InexpressibleError
            return part
        if isinstance(node, tree.Unary):
            inner = self.part(node.operand, operands)
            return _Part(Operation("bukan" if node.operator == "bukan" else "negatif", (inner.term,)), inner.measure)
        if isinstance(node, tree.Binary):
            return self.binary(node, self.part(node.left, operands), self.part(node.right, operands))
        if isinstance(node, tree.Call):
            return self.call(node, [self.part(each, operands) for each in node.arguments])
        raise _InexpressibleError

    def number(self, node: tree.Number) -> _Part:
        if node.unit is None or node.unit == "%":
            return _Part(Constant(literal(node.text)), PERCENT if node.unit else RATIO)
        measure = self.program.units.measure(node.unit)
        if measure is None:
            raise _InexpressibleError
        return _Part(Constant(literal(node.text)), measure)

    def binary(self, node: tree.Binary, left: _Part, right: _Part) -> _Part:
        term = Operation(node.operator, (left.term, right.term))
        if node.operator in TRUTHS:
            return _Part(term, RATIO)
        if node.operator in ("+", "-"):
            measure = total(*adopted(node, left.measure, right.measure), node.operator, is_whole(node.left))
            if measure is None:
                raise _InexpressibleError
            return _Part(term, measure)
        measure, factor = (product if node.operator == "*" else quotient)(left.measure, right.measure)
        return _Part(term if factor == ONE else Operation("*", (term, Constant(factor))), measure)

    def call(self, node: tree.Call, arguments: Sequence[_Part]) -> _Part:
        terms = tuple(each.term for each in arguments)
        if node.function in _FUNCTIONS and arguments:
            return _Part(Operation(node.function, terms), arguments[0].measure)
        if node.function in _ROUNDINGS.values() and 0 < len(terms) < 3:
            places = terms[1] if len(terms) > 1 else Constant(Fraction(0))
            if isinstance(places, Constant) and places.number.denominator == 1:
                return _Part(Operation(node.function, (terms[0], places)), arguments[0].measure)
        formula = self.program.formula(node.function)
        if formula is None or len(formula.inputs) != len(arguments):
            raise _InexpressibleError
        return self.body(formula, dict(zip((each.name for each in formula.inputs), arguments, strict=True)))


def _rounded(term: Term, rounding: Rounding) -> Term:
    if rounding.mode not in _ROUNDINGS:
        raise _InexpressibleError
    return Operation(_ROUNDINGS[rounding.mode], (term, Constant(Fraction(rounding.places))))
