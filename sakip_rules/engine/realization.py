"""What was achieved: a measured value, the year from its quarters, or a formula over measured variables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Related
from sakip_rules.base.numbers import Rounding, round_exact
from sakip_rules.base.source import Span
from sakip_rules.engine.functions import combine, mean, single, total_of
from sakip_rules.engine.scalar import Scope, evaluate, rounded
from sakip_rules.model import program as p
from sakip_rules.model.functions import Argument, Functions
from sakip_rules.model.names import Program
from sakip_rules.model.results import Realization, Step
from sakip_rules.model.units import RATIO, Measure
from sakip_rules.model.values import QUARTERS, DataSet, Measurement, Quarter, Reason, Status, Value, absent
from sakip_rules.syntax import tree

Measured = p.Variable | p.Indicator | p.Index


class Realizations:
    """Finds realizations in the measured values of one program.

    With ``to_date`` the realization of a quarter is that of the year up to its end, by the rule that makes a year from
    its quarters.
    """

    def __init__(self, program: Program, functions: Functions, data: DataSet, to_date: bool = False) -> None:
        self.program, self.functions, self.data, self.to_date = program, functions, data, to_date
        self.diagnostics: list[Diagnostic] = []
        self._found: dict[tuple[int, Quarter], dict[Span, Realization]] = {}

    def of(self, item: Measured, year: int, quarter: Quarter, traced: bool = False) -> Realization:
        """The realization of an indicator or variable in a period.

        Where both a value and the values that it follows from were measured, they must agree within the precision in
        which the value was written.  What follows from itself has none; that it does is a finding of the rules.
        """
        found = self._found.setdefault((year, quarter), {})
        if traced or item.name_span not in found:
            for each in self._operands_first(item, found):
                found[each.name_span] = self._of(each, year, quarter, traced and each is item)
        return found[item.name_span]

    def _operands_first(self, item: Measured, found: Mapping[Span, Realization]) -> Iterator[Measured]:
        """What must be found for an item, each after its own operands, and the item last; however long the chain is."""
        begun, stack = {item.name_span}, [(item, iter(self._operands(item)))]
        while stack:
            last, operands = stack[-1]
            new = (each for each in operands if each.name_span not in begun and each.name_span not in found)
            operand = next(new, None)
            if operand is None:
                yield last
                stack.pop()
            else:
                begun.add(operand.name_span)
                stack.append((operand, iter(self._operands(operand))))

    def _operands(self, item: Measured) -> list[Measured]:
        expression = item.expression if isinstance(item, p.Indicator) else None
        named = (self.program.measured(name) for name in names_in(expression)) if expression is not None else ()
        return [operand for operand in named if operand is not None]

    def _of(self, item: Measured, year: int, quarter: Quarter, traced: bool) -> Realization:
        measured = self._measured(item, year, quarter)
        calculated = self._calculated(item, year, quarter, traced)
        if measured and calculated and calculated.value.known and measured.value.known:
            self._compare(item, measured, calculated)
        found = measured or calculated
        if found:
            return found
        reason = Reason(codes.VALUE_MISSING, {"what": "realisasi", "name": item.name}, item.name_span)
        return Realization(absent(Status.MISSING, self._measure(item), reason))

    # Measured.

    def _measured(self, item: Measured, year: int, quarter: Quarter) -> Realization | None:
        if self.to_date and quarter is not Quarter.YEAR:
            return self._from_quarters(item, year, QUARTERS[: QUARTERS.index(quarter) + 1])
        direct = self.data.get(item.name, year, quarter)
        from_quarters = self._from_quarters(item, year, QUARTERS) if quarter is Quarter.YEAR else None
        if direct is None:
            return from_quarters
        found = self._as_realization(item, direct)
        if from_quarters and from_quarters.value.known and found.value.known:
            self._compare_quarters(item, direct, found, from_quarters)
        return found

    def _from_quarters(self, item: Measured, year: int, quarters: Sequence[Quarter]) -> Realization | None:
        """The year, or its beginning, from its quarters, by the rule that the item declares."""
        measured = [self.data.get(item.name, year, quarter) for quarter in quarters]
        present = [measurement for measurement in measured if measurement]
        if not present:
            return None
        rule = getattr(item, "over_quarters", None)
        values = [self._as_realization(item, measurement) for measurement in present]
        if len(quarters) == 1:
            return values[0]
        if rule == "terakhir":
            last = [value for value in values if value.value.known] or values
            return Realization(last[-1].value, tuple(present), over_quarters=rule, label=last[-1].label)
        if len(present) < len(quarters) or rule is None:
            missing = next((quarter.value for quarter, each in zip(quarters, measured, strict=True) if not each), "")
            facts = {"name": item.name, "quarter": missing, "rule": rule or ""}
            reason = Reason(codes.DATA_QUARTER_MISSING, facts, present[-1].span)
            return Realization(absent(Status.MISSING, self._measure(item), reason), tuple(present), over_quarters=rule)
        total = combine([value.value for value in values], mean if rule == "rata_rata" else total_of)
        return Realization(total, tuple(present), over_quarters=rule)

    def _as_realization(self, item: Measured, measurement: Measurement) -> Realization:
        measure = self._measure(item)
        if measurement.label is not None:
            return Realization(self._rank(item, measurement), (measurement,), label=measurement.label)
        if measurement.number is None:
            facts = {"name": item.name, "status": measurement.status.value, "what": "realisasi"}
            reason = Reason(codes.VALUE_MISSING, facts, measurement.span)
            return Realization(absent(measurement.status, measure, reason), (measurement,))
        return Realization(Value(measurement.number, measure, measurement.status), (measurement,))

    def _rank(self, item: Measured, measurement: Measurement) -> Value:
        scale = self.program.target(item.scale) if isinstance(item, p.Indicator) else None
        rank = rank_of(scale, measurement.label or "") if isinstance(scale, p.Scale) else None
        if rank is None:
            reason = Reason(codes.NOT_A_LABEL, {"text": measurement.label or ""}, measurement.span)
            return absent(Status.UNDEFINED, RATIO, reason)
        return Value(rank, RATIO, measurement.status)

    # Calculated.

    def _calculated(self, item: Measured, year: int, quarter: Quarter, traced: bool) -> Realization | None:
        if isinstance(item, p.Index):
            return self._index(item, year, quarter, traced)
        if not isinstance(item, p.Indicator):
            return None
        if item.expression is None:
            index = self.program.target(item.index)
            return self._index(index, year, quarter, traced) if isinstance(index, p.Index) else None
        operands = {name: self._operand(name, year, quarter) for name in names_in(item.expression)}
        known = {name: operand for name, operand in operands.items() if operand and operand.measurements}
        if not known and not any(operand and operand.value.status is Status.UNDEFINED for operand in operands.values()):
            return None
        values = {name: self._value(name, operand) for name, operand in operands.items()}
        return self._evaluated(item.expression, values, tuple(known.values()), item.span, traced)

    def _operand(self, name: str, year: int, quarter: Quarter) -> Realization | None:
        """What was found of an operand; one that was not found before leads back to what follows from it."""
        item = self.program.measured(name)
        if item is None:
            return None
        if found := self._found[year, quarter].get(item.name_span):
            return found
        reason = Reason(codes.CYCLE, {"name": item.name, "names": (item.name, item.name)}, item.name_span)
        return Realization(absent(Status.UNDEFINED, self._measure(item), reason))

    @staticmethod
    def _value(name: str, operand: Realization | None) -> Value:
        if operand:
            return operand.value
        return absent(Status.UNDEFINED, RATIO, Reason(codes.UNDEFINED_NAME, {"name": name}))

    def _evaluated(
        self, expression: tree.Expression, values: Mapping[str, Argument], operands: Sequence[Realization], span: Span,
        traced: bool,
    ) -> Realization:  # fmt: skip
        trace: list[Step] | None = [] if traced else None
        scope = Scope(values, self.functions, self.program.units, self.program.formula, span.path, trace=trace)
        value = evaluate(expression, scope)
        measurements = tuple(measurement for operand in operands for measurement in operand.measurements)
        return Realization(single(value), measurements, expression, trace=tuple(trace or ()))

    def _index(self, index: p.Index, year: int, quarter: Quarter, traced: bool) -> Realization | None:
        measured = [self.data.get(f"{index.name}.{element.element}", year, quarter) for element in index.elements]
        if index.expression is None or not any(measured):
            return None
        measure = self._measure(index)
        values = [
            Value(each.number, measure, each.status) if each and each.number is not None
            else absent(each.status if each else Status.MISSING, measure,
                        Reason(codes.VALUE_MISSING, {"what": "realisasi", "name": element.element}, element.span))
            for each, element in zip(measured, index.elements, strict=True)
        ]  # fmt: skip
        operands = [Realization(value, (each,)) for value, each in zip(values, measured, strict=True) if each]
        inputs = index_inputs(index, values, self.scope())
        found = self._evaluated(index.expression, inputs, operands, index.span, traced)
        return found if index.rounding is None else _with_value(found, rounded(found.value, index.rounding))

    def scope(self) -> Scope:
        return Scope({}, self.functions, self.program.units, self.program.formula)

    def _measure(self, item: Measured) -> Measure:
        return self.program.measure(item.unit) or RATIO

    # Agreement of data.

    def _compare(self, item: Measured, measured: Realization, calculated: Realization) -> None:
        stated = measured.measurements[-1]
        if _agree(measured.value, calculated.value, stated.decimals):
            return
        facts = {"name": item.name, "stated": measured.value.fraction, "calculated": calculated.value.number}
        related = tuple(Related(each.span, "operand_here", {"name": each.name}) for each in calculated.measurements[:4])
        self.diagnostics.append(Diagnostic(codes.DATA_DISAGREES, stated.span, facts, related))

    def _compare_quarters(
        self, item: Measured, direct: Measurement, found: Realization, from_quarters: Realization
    ) -> None:
        if _agree(found.value, from_quarters.value, direct.decimals):
            return
        facts = {
            "name": item.name,
            "stated": found.value.fraction,
            "calculated": from_quarters.value.number,
            "rule": from_quarters.over_quarters or "",
        }
        related = tuple(
            Related(each.span, "quarter_here", {"name": each.quarter.value}) for each in from_quarters.measurements
        )
        self.diagnostics.append(Diagnostic(codes.DATA_QUARTERS_DISAGREE, direct.span, facts, related))


def index_inputs(index: p.Index, values: Sequence[Value], scope: Scope) -> dict[str, Argument]:
    """The two columns of an index as its expression reads them: the values of its elements, and their weights."""
    weights = (evaluate(element.weight, scope) for element in index.elements)
    return {"unsur": tuple(values), "bobot": tuple(weight for weight in weights if isinstance(weight, Value))}


def rank_of(scale: p.Scale, label: str) -> Fraction | None:
    """The rank of a word on a scale, without regard to case."""
    return next((rank.rank for rank in scale.ranks if rank.label.casefold() == label.casefold()), None)


def names_in(expression: tree.Expression) -> dict[str, tree.Name]:
    """The names that an expression uses, each at its first place."""
    found: dict[str, tree.Name] = {}
    for part in tree.walk(expression):
        if isinstance(part, tree.Name):
            found.setdefault(".".join(part.parts), part)
    return found


def _agree(stated: Value, calculated: Value, decimals: int) -> bool:
    if calculated.number is None:
        return True
    return stated.number == round_exact(calculated.number, Rounding(decimals))


def _with_value(found: Realization, value: Value) -> Realization:
    return Realization(value, found.measurements, found.expression, found.over_quarters, found.label, found.trace)
