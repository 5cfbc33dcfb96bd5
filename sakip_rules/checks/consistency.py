"""What a ``periksa`` says fits together: its names are attributes of what it looks at, and types and units fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic, Repair
from sakip_rules.base.source import Span
from sakip_rules.base.spelling import Spelling
from sakip_rules.model import program as p
from sakip_rules.model.claims import BY_THINGS, DIFFERENCE, ITSELF, LISTED
from sakip_rules.model.functions import FunctionError, Functions
from sakip_rules.model.measures import adopted, is_whole
from sakip_rules.model.names import Program
from sakip_rules.model.things import MEASURES, THINGS, Attribute, Sort
from sakip_rules.model.units import RATIO, Measure, product, quotient, total
from sakip_rules.syntax import tree

#: Names of checks are their codes, which none of the package or of a plugin can be.
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_LOGIC = ("dan", "atau")
_ORDER = ("<", "≤", ">", "≥")
_NUMBERS = (Sort.NUMBER, Sort.YEAR, Sort.MONEY, Sort.PERCENT, Sort.TARGET)


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    for item in program.own(p.ConsistencyCheck):
        if not _NAME.fullmatch(item.name):
            yield Diagnostic(codes.CHECK_NAME, item.name_span, {"name": item.name})
        yield from faults(item, program, functions)


def faults(item: p.ConsistencyCheck, program: Program, functions: Functions) -> Iterator[Diagnostic]:
    """What does not fit in one check, each place once, whatever it looks at."""
    seen: set[Span | None] = set()
    for thing in item.subject.things:
        for found in _Typing(item, thing, program, functions).findings():
            if found.span not in seen:
                seen.add(found.span)
                yield found


@frozen
class _Shape:
    """The type of a value: its sort, its unit where that is known, which thing it is, and whether it is a list."""

    sort: Sort
    measure: Measure | None = None
    thing: str | None = None
    many: bool = False


_TRUTH, _TEXT = _Shape(Sort.TRUTH), _Shape(Sort.TEXT)


class _Typing:
    """Follows types and units through one check, for one sort of things; ``None`` is a type that a finding hides."""

    def __init__(self, item: p.ConsistencyCheck, thing: str, program: Program, functions: Functions) -> None:
        self.item, self.thing, self.program, self.functions = item, thing, program, functions
        self.found: list[Diagnostic] = []

    def findings(self) -> Sequence[Diagnostic]:
        item, scope = self.item, (self.thing,)
        for claim in (item.condition, item.claim):
            if claim is not None:
                self._expect(claim, self._shape(claim, scope), Sort.TRUTH)
        for message in (item.message, item.message_en):
            for part in message.expressions if message else ():
                shape = self._shape(part, scope)
                if shape and shape.sort is Sort.TRUTH:
                    self._unfit(part, shape.sort, Sort.TEXT)
        if item.beside is not None:
            self._expect(item.beside, self._shape(item.beside, scope), Sort.THING)
        if item.at is not None and item.at not in THINGS[self.thing].attributes:
            self._unknown(item.at, item.place("tunjuk"), (self.thing,))
        if item.subject.within and THINGS[self.thing].document is None:
            self._report(codes.CHECK_WITHIN, item.subject.span, {"name": self.thing})
        return self.found

    def _shape(self, node: tree.Expression, scope: tuple[str, ...]) -> _Shape | None:
        if isinstance(node, tree.Number):
            return self._number(node)
        if isinstance(node, tree.Name):
            return self._path(node.parts, node.start, node.end, scope)
        if isinstance(node, tree.Unary):
            return self._unary(node, scope)
        if isinstance(node, tree.Binary):
            return self._binary(node, scope)
        if isinstance(node, tree.Filtered):
            return self._filtered(node, scope)
        return self._call(node, scope)

    def _number(self, node: tree.Number) -> _Shape | None:
        measure = RATIO if node.unit is None else self.program.units.measure(node.unit)
        if measure is None and node.unit:
            near = Spelling(self.program.units.names).near(node.unit)
            span = Span(self.item.span.path, node.end - len(node.unit), node.end)
            fix = Repair(span, near) if near else None
            self.found.append(Diagnostic(codes.UNKNOWN_UNIT, span, {"unit": node.unit}, near=near, repair=fix))
            return None
        return _Shape(Sort.NUMBER, measure)

    # Names.

    def _path(self, parts: Sequence[str], start: int, end: int, scope: tuple[str, ...]) -> _Shape | None:
        if parts[0] == ITSELF:
            shape: _Shape | None = _Shape(Sort.THING, thing=scope[0])
            rest = parts[1:]
        else:
            owner = _knowing(parts[0], scope)
            shape, rest = _Shape(Sort.THING, thing=owner or scope[-1]), parts
            if owner is None:
                self._unknown(parts[0], self._span(start, start + len(parts[0])), scope)
                return None
        for part in rest:
            shape = self._step(shape, part, self._span(start, end))
            if shape is None:
                return None
        return shape

    def _step(self, shape: _Shape | None, word: str, span: Span) -> _Shape | None:
        if shape is None or shape.thing is None:
            self._report(codes.CHECK_SORT, span, {"found": shape.sort.value if shape else "", "expected": "hal"})
            return None
        attribute = THINGS[shape.thing].attributes.get(word)
        if attribute is None:
            self._unknown(word, span, (shape.thing,))
            return None
        if attribute.takes:
            facts = {"function": word, "found": 0, "least": len(attribute.takes)}
            self._report(codes.WRONG_ARGUMENT_COUNT, span, facts)
            return None
        return _of(attribute, shape.many)

    def _unknown(self, word: str, span: Span, things: Sequence[str]) -> None:
        words = [each for thing in things for each in THINGS[thing].attributes]
        near = Spelling([*words, ITSELF]).near(word)
        # Inside a path the misspelt word is a part of what stands there.
        whole = span.end - span.start == len(word)
        fix = Repair(span, near) if near and whole else None
        self.found.append(
            Diagnostic(codes.UNKNOWN_ATTRIBUTE, span, {"name": word, "expected": things[-1]}, near=near, repair=fix)
        )

    # Operations.

    def _unary(self, node: tree.Unary, scope: tuple[str, ...]) -> _Shape | None:
        shape = self._shape(node.operand, scope)
        if node.operator == "bukan":
            self._expect(node.operand, shape, Sort.TRUTH)
            return _TRUTH
        return shape if self._is_number(node.operand, shape) else None

    def _binary(self, node: tree.Binary, scope: tuple[str, ...]) -> _Shape | None:
        left, right = self._shape(node.left, scope), self._shape(node.right, scope)
        if node.operator in _LOGIC:
            self._expect(node.left, left, Sort.TRUTH)
            self._expect(node.right, right, Sort.TRUTH)
            return _TRUTH
        if left is None or right is None:
            return None
        if node.operator in ("=", "≠", *_ORDER):
            return self._compared(node, left, right)
        if not (self._is_number(node.left, left) and self._is_number(node.right, right)):
            return None
        return self._calculated(node, left, right)

    def _compared(self, node: tree.Binary, left: _Shape, right: _Shape) -> _Shape:
        for side, shape in ((node.left, left), (node.right, right)):
            if shape.many:
                self._report(codes.CHECK_LIST, self._of(side), {})
                return _TRUTH
        ordered = (*_NUMBERS, Sort.DATE)
        if node.operator in _ORDER and left.sort not in ordered:
            self._unfit(node.left, left.sort, Sort.NUMBER)
        elif _family(left) != _family(right) or left.thing != right.thing:
            self._unfit(node.right, right.sort, left.sort)
        elif left.sort in _NUMBERS:
            self._same_unit(node, left, right)
        return _TRUTH

    def _same_unit(self, node: tree.Binary, left: _Shape, right: _Shape) -> None:
        if Sort.TARGET in (left.sort, right.sort):
            other = right if left.sort is Sort.TARGET else left
            if other.sort in (Sort.MONEY, Sort.PERCENT):
                self._mismatch(node, left, right)
            return
        if left.measure is not None and right.measure is not None:
            one, two = adopted(node, left.measure, right.measure)
            if one != two:
                self._mismatch(node, left, right)

    def _calculated(self, node: tree.Binary, left: _Shape, right: _Shape) -> _Shape | None:
        if Sort.TARGET in (left.sort, right.sort):
            return _Shape(Sort.TARGET)
        if left.measure is None or right.measure is None:
            return None
        if node.operator in ("*", "/"):
            measure = (product if node.operator == "*" else quotient)(left.measure, right.measure)[0]
            return _Shape(Sort.NUMBER, measure)
        one, two = adopted(node, left.measure, right.measure)
        measure_of_sum = total(one, two, node.operator, is_whole(node.left))
        if measure_of_sum is None:
            self._mismatch(node, left, right)
            return None
        return _Shape(Sort.NUMBER, measure_of_sum)

    def _mismatch(self, node: tree.Binary, left: _Shape, right: _Shape) -> None:
        self._report(codes.UNIT_MISMATCH, self._of(node), {"left": _unit(left), "right": _unit(right)})

    # Calls.

    def _filtered(self, node: tree.Filtered, scope: tuple[str, ...]) -> _Shape | None:
        inner = self._elements(node.each, scope)
        if inner is not None:
            self._expect(node.condition, self._shape(node.condition, (*scope, inner)), Sort.TRUTH)
        return self._shape(node.each, scope)

    def _elements(self, node: tree.Expression, scope: tuple[str, ...]) -> str | None:
        """The sort of the things that a list is made of: those at which its path branches last."""
        inner: str | None = None
        parts = node.parts if isinstance(node, tree.Name) else ()
        for length in range(1, len(parts) + 1):
            before = len(self.found)
            shape = self._path(parts[:length], node.start, node.end, scope)
            del self.found[before:]  # told where the whole path is followed
            inner = shape.thing if shape and shape.many and shape.thing else inner
        if inner is None:
            self._report(codes.CHECK_NO_LIST, self._of(node), {})
        return inner

    def _call(self, node: tree.Call, scope: tuple[str, ...]) -> _Shape | None:
        name_span = self._span(node.start, node.start + len(node.function))
        is_function = node.function in self.functions or node.function in BY_THINGS
        if not is_function and ("." in node.function or _knowing(node.function, scope)):
            return self._look_up(node, name_span, scope)
        if node.function in LISTED:
            return self._by_things(node, name_span, scope)
        shapes = [self._shape(argument, scope) for argument in node.arguments]
        if node.function == DIFFERENCE:
            self._count(node, name_span, 2, 2)
            for argument, shape in zip(node.arguments, shapes, strict=True):
                self._expect(argument, shape, Sort.TEXT)
            return _TEXT
        return self._numeric(node, name_span, shapes)

    def _numeric(self, node: tree.Call, span: Span, shapes: Sequence[_Shape | None]) -> _Shape | None:
        function = self.functions.get(node.function)
        if function is None:
            near = Spelling([*self.functions, *BY_THINGS]).near(node.function)
            fix = Repair(span, near) if near else None
            facts = {"name": node.function, "expected": ()}
            self.found.append(Diagnostic(codes.UNDEFINED_FUNCTION, span, facts, near=near, repair=fix))
            return None
        self._count(node, span, function.least, function.most)
        sound = [self._is_number(part, shape) for part, shape in zip(node.arguments, shapes, strict=True)]
        known = [shape for shape in shapes if shape is not None]
        if not all(sound) or not known:
            return None
        if any(shape.sort is Sort.TARGET for shape in known):
            return _Shape(Sort.TARGET)
        try:
            measure = function.measure([shape.measure for shape in known if shape.measure is not None])
        except FunctionError:
            return None
        if measure is None:
            facts_of = {"left": _unit(known[0]), "right": _unit(known[-1])}
            self._report(codes.UNIT_MISMATCH, self._of(node), facts_of)
        return None if measure is None else _Shape(Sort.NUMBER, measure)

    def _by_things(self, node: tree.Call, span: Span, scope: tuple[str, ...]) -> _Shape | None:
        least = 2 if node.function == "semua" else 1
        if not self._count(node, span, least, least):
            return None
        each = node.arguments[0]
        shape = self._shape(each, scope)
        if node.function == "semua":
            inner = self._elements(each.each if isinstance(each, tree.Filtered) else each, scope)
            if inner is not None:
                self._expect(node.arguments[1], self._shape(node.arguments[1], (*scope, inner)), Sort.TRUTH)
            return _TRUTH
        if node.function == "ada":
            return _TRUTH
        if shape and not shape.many:
            self._report(codes.CHECK_NO_LIST, self._of(each), {})
        return _Shape(Sort.NUMBER, RATIO)

    def _look_up(self, node: tree.Call, span: Span, scope: tuple[str, ...]) -> _Shape | None:
        *path, word = node.function.split(".")
        if path:
            owner = self._path(path, node.start, node.start + len(node.function), scope)
        else:
            owner = _Shape(Sort.THING, thing=_knowing(word, scope))
        if owner is None:
            return None
        attribute = THINGS[owner.thing].attributes.get(word) if owner.thing else None
        if attribute is None:
            self._unknown(word, span, (owner.thing or scope[-1],))
            return None
        if not self._count(node, span, len(attribute.takes), len(attribute.takes)):
            return None
        for argument, taken in zip(node.arguments, attribute.takes, strict=True):
            shape = self._shape(argument, scope)
            fits = shape is None or (
                shape.thing == taken if taken in THINGS else shape.sort in (Sort.YEAR, Sort.NUMBER)
            )
            if shape is not None and (not fits or shape.many):
                facts = {"found": shape.thing or shape.sort.value, "expected": taken}
                self._report(codes.CHECK_SORT, self._of(argument), facts)
        return _of(attribute, owner.many)

    # Findings.

    def _expect(self, node: tree.Expression, shape: _Shape | None, sort: Sort) -> None:
        if shape is not None and shape.sort is not sort:
            self._unfit(node, shape.sort, sort)
        elif shape is not None and shape.many and sort is Sort.TRUTH:
            self._report(codes.CHECK_LIST, self._of(node), {})

    def _is_number(self, node: tree.Expression, shape: _Shape | None) -> bool:
        if shape is not None and shape.sort not in _NUMBERS:
            self._unfit(node, shape.sort, Sort.NUMBER)
        return shape is not None and shape.sort in _NUMBERS

    def _unfit(self, node: tree.Expression, found: Sort, expected: Sort) -> None:
        self._report(codes.CHECK_SORT, self._of(node), {"found": found.value, "expected": expected.value})

    def _count(self, node: tree.Call, span: Span, least: int, most: int | None) -> bool:
        count = len(node.arguments)
        if count < least or (most is not None and count > most):
            facts = {"function": node.function, "found": count, "least": least}
            self._report(codes.WRONG_ARGUMENT_COUNT, span, facts)
            return False
        return True

    def _span(self, start: int, end: int) -> Span:
        return Span(self.item.span.path, start, end)

    def _of(self, node: tree.Expression) -> Span:
        return self._span(node.start, node.end)

    def _report(self, code: Code, span: Span, facts: Mapping[str, object]) -> None:
        self.found.append(Diagnostic(code, span, facts))


def _knowing(word: str, scope: Sequence[str]) -> str | None:
    """The innermost thing that has an attribute."""
    return next((thing for thing in reversed(scope) if word in THINGS[thing].attributes), None)


def _of(attribute: Attribute, many: bool) -> _Shape:
    return _Shape(attribute.sort, MEASURES.get(attribute.sort), attribute.thing, many or attribute.many)


def _family(shape: _Shape) -> Sort:
    return Sort.NUMBER if shape.sort in _NUMBERS else shape.sort


def _unit(shape: _Shape) -> str:
    return str(shape.measure) if shape.measure is not None else shape.sort.value
