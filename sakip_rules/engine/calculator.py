"""Calculates with the figures of a report, by the semantics of formulas."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from sakip_rules.engine.functions import single
from sakip_rules.engine.scalar import Scope, evaluate, truth_of
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program
from sakip_rules.model.values import Value
from sakip_rules.syntax.tree import Expression


@frozen
class FigureCalculator:
    """The calculator of the reports of a program."""

    program: Program
    functions: Functions

    def value(self, node: Expression, values: Mapping[str, Value]) -> Value:
        return single(evaluate(node, self._scope(values)))

    def holds(self, node: Expression, values: Mapping[str, Value]) -> bool | Value:
        return truth_of(node, self._scope(values))

    def _scope(self, values: Mapping[str, Value]) -> Scope:
        return Scope(values, self.functions, self.program.units, self.program.formula)
