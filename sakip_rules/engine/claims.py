"""What an expression of a ``periksa`` says of a thing: exact, what is missing apart from what does not hold."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from attrs import frozen

from sakip_rules.engine.functions import single
from sakip_rules.engine.scalar import Scope as NumberScope
from sakip_rules.engine.scalar import calculated, negated
from sakip_rules.model import program as p
from sakip_rules.model.claims import DIFFERENCE, ITSELF, MAX_STEPS
from sakip_rules.model.functions import Functions
from sakip_rules.model.likeness import marked
from sakip_rules.model.measures import adopted, literal
from sakip_rules.model.operators import COMPARISONS
from sakip_rules.model.things import THINGS, Attribute, Sort, Thing
from sakip_rules.model.units import RATIO
from sakip_rules.model.values import Value
from sakip_rules.model.world import World
from sakip_rules.model.written import written
from sakip_rules.syntax import tree


@frozen
class Missing:
    """What is not there, by the words of the check that ask for it."""

    what: str


class TooCostlyError(Exception):
    """A check has looked at more values than it may."""


@frozen(eq=False)
class Scope:
    """The things that names may stand for, the innermost last."""

    things: tuple[tuple[Thing, Any], ...]

    def within(self, thing: Thing, item: Any) -> Scope:
        return Scope((*self.things, (thing, item)))


class Claims:
    """Evaluates the expressions of one check, whose types fit."""

    def __init__(self, world: World, functions: Functions, path: str) -> None:
        self.world, self.functions = world, functions
        self.numbers = NumberScope({}, functions, world.program.units, path=path)
        self.steps = 0

    # Truths.

    def truth(self, node: tree.Expression, scope: Scope) -> bool | Missing:
        found = self.value(node, scope)
        return found if isinstance(found, bool | Missing) else Missing(_text(node))

    def _logic(self, node: tree.Binary, scope: Scope) -> bool | Missing:
        """``dan`` and ``atau``, where one side may decide although the other is missing."""
        decisive = node.operator == "atau"
        left = self.truth(node.left, scope)
        if left is decisive:
            return decisive
        right = self.truth(node.right, scope)
        if right is decisive:
            return decisive
        return left if isinstance(left, Missing) else right

    def _compared(self, node: tree.Binary, scope: Scope) -> bool | Missing:
        left, right = _number(self.value(node.left, scope)), _number(self.value(node.right, scope))
        for side in (left, right):
            if isinstance(side, Missing):
                return side
        if isinstance(left, Value) and isinstance(right, Value):
            return _numbers_compared(node, left, right)
        if node.operator in ("=", "≠"):
            return _same(left, right) == (node.operator == "=")
        if isinstance(left, datetime.date) and isinstance(right, datetime.date):
            return bool(COMPARISONS[node.operator](left, right))
        return Missing(_text(node))

    # Values.

    def value(self, node: tree.Expression, scope: Scope) -> Any:
        if isinstance(node, tree.Number):
            measure = RATIO if node.unit is None else self.world.program.units.measure(node.unit)
            return Value(literal(node.text), measure or RATIO)
        if isinstance(node, tree.Name):
            return self._path(node.parts, scope)
        if isinstance(node, tree.Unary):
            return self._unary(node, scope)
        if isinstance(node, tree.Binary):
            return self._binary(node, scope)
        if isinstance(node, tree.Filtered):
            return self._filtered(node, scope)
        return self._call(node, scope)

    def _unary(self, node: tree.Unary, scope: Scope) -> Any:
        if node.operator == "bukan":
            truth = self.truth(node.operand, scope)
            return truth if isinstance(truth, Missing) else not truth
        found = self.value(node.operand, scope)
        return negated(found) if isinstance(found, Value) else found

    def _binary(self, node: tree.Binary, scope: Scope) -> Any:
        if node.operator in ("dan", "atau"):
            return self._logic(node, scope)
        if node.operator not in ("+", "-", "*", "/"):
            return self._compared(node, scope)
        left, right = _number(self.value(node.left, scope)), _number(self.value(node.right, scope))
        for side in (left, right):
            if not isinstance(side, Value):
                return side if isinstance(side, Missing) else Missing(_text(node))
        return _known(calculated(node, left, right, self.numbers), node)

    # Names.

    def _path(self, parts: Sequence[str], scope: Scope) -> Any:
        if parts[0] == ITSELF:
            (thing, found), rest = scope.things[0], parts[1:]
            return self._along(thing, found, rest, ITSELF)
        thing, item = next(pair for pair in reversed(scope.things) if parts[0] in pair[0].attributes)
        return self._along(thing, item, parts, "")

    def _along(self, thing: Thing, item: Any, parts: Sequence[str], before: str) -> Any:
        """What some attributes lead to, one behind the other; a list opens into all that its members lead to."""
        found: Any = item
        owner: Thing | None = thing
        for part in parts:
            assert owner is not None
            before = f"{before}.{part}" if before else part
            attribute = owner.attributes[part]
            found = self._stepped(attribute, found, before)
            if isinstance(found, Missing):
                return found
            owner = THINGS[attribute.thing] if attribute.thing else None
        return found

    def _stepped(self, attribute: Attribute, found: Any, words: str) -> Any:
        if not isinstance(found, list):
            return self._read(attribute, found, words)
        opened: list[Any] = []
        for item in found:
            read = self._read(attribute, item, words)
            opened += read if isinstance(read, list) else [read]
        return opened

    def _read(self, attribute: Attribute, item: Any, words: str, *given: Any) -> Any:
        self._step()
        if isinstance(item, Missing):
            return item
        read = attribute.read(self.world, item, *given)
        if attribute.many:
            self._step(len(read))
            return list(read)
        return Missing(words) if read is None else _as_value(attribute, read, words)

    def _step(self, count: int = 1) -> None:
        self.steps += count
        if self.steps > MAX_STEPS:
            raise TooCostlyError

    # Calls.

    def _call(self, node: tree.Call, scope: Scope) -> Any:
        if node.function == "ada":
            return self._exists(node.arguments[0], scope)
        if node.function == "semua":
            return self._all(node, scope)
        if node.function == "banyak":
            found = self.value(node.arguments[0], scope)
            return Value(Fraction(len(found))) if isinstance(found, list) else found
        if node.function == DIFFERENCE:
            return self._difference(node, scope)
        if node.function in self.functions:
            return self._numeric(node, scope)
        return self._look_up(node, scope)

    def _exists(self, node: tree.Expression, scope: Scope) -> bool | Missing:
        found = self.value(node, scope)
        if isinstance(node, tree.Filtered) and isinstance(found, Missing):
            return found
        members = found if isinstance(found, list) else [found]
        return any(not isinstance(item, Missing) for item in members)

    def _all(self, node: tree.Call, scope: Scope) -> bool | Missing:
        unknown: Missing | None = None
        members = self._members(node.arguments[0], scope)
        if isinstance(members, Missing):
            return members
        for thing, item in members:
            truth = self.truth(node.arguments[1], scope.within(thing, item))
            if truth is False:
                return False
            unknown = truth if isinstance(truth, Missing) else unknown
        return True if unknown is None else unknown

    def _members(self, node: tree.Expression, scope: Scope) -> list[tuple[Thing, Any]] | Missing:
        """The things of a list, each with its sort; of a chosen list, those for which its condition holds."""
        if isinstance(node, tree.Filtered):
            chosen: list[tuple[Thing, Any]] | Missing = self._chosen(node, scope)[0]
            return chosen
        assert isinstance(node, tree.Name)
        split = self._listed(node.parts, scope)
        return self._elements(node.parts[: split[1]], split[0], scope)

    def _elements(self, parts: Sequence[str], thing: Thing, scope: Scope) -> list[tuple[Thing, Any]] | Missing:
        found = self._path(parts, scope)
        return found if isinstance(found, Missing) else [(thing, item) for item in found]

    def _listed(self, parts: Sequence[str], scope: Scope) -> tuple[Thing, int]:
        """The sort of the things at which a path branches last, and how many of its words lead there."""
        if parts[0] == ITSELF:
            owner: Thing | None = scope.things[0][0]
        else:
            owner = next(thing for thing, _ in reversed(scope.things) if parts[0] in thing.attributes)
        many, found = False, (owner, 0)
        for at, part in enumerate(parts):
            if part == ITSELF and at == 0:
                continue
            assert owner is not None
            attribute = owner.attributes[part]
            many = many or attribute.many
            owner = THINGS[attribute.thing] if attribute.thing else None
            if many and owner is not None:
                found = (owner, at + 1)
        assert found[0] is not None
        return found[0], found[1]

    def _chosen(self, node: tree.Filtered, scope: Scope) -> tuple[Any, Sequence[str]]:
        assert isinstance(node.each, tree.Name)
        thing, length = self._listed(node.each.parts, scope)
        members = self._elements(node.each.parts[:length], thing, scope)
        chosen: list[tuple[Thing, Any]] = []
        for thing, item in members if isinstance(members, list) else ():
            truth = self.truth(node.condition, scope.within(thing, item))
            if isinstance(truth, Missing):
                return truth, ()
            if truth:
                chosen.append((thing, item))
        return (members if isinstance(members, Missing) else chosen), node.each.parts[length:]

    def _filtered(self, node: tree.Filtered, scope: Scope) -> Any:
        chosen, rest = self._chosen(node, scope)
        if isinstance(chosen, Missing):
            return chosen
        found: list[Any] = []
        for thing, item in chosen:
            led = self._along(thing, item, rest, "")
            found += led if isinstance(led, list) else [led]
        return found

    def _difference(self, node: tree.Call, scope: Scope) -> Any:
        one, other = (self.value(argument, scope) for argument in node.arguments)
        others = other if isinstance(other, list) else [other]
        if isinstance(one, Missing):
            return one
        return marked(one, others[0]) if others and not isinstance(others[0], Missing) else one

    def _numeric(self, node: tree.Call, scope: Scope) -> Any:
        arguments = []
        for argument in node.arguments:
            found = self.value(argument, scope)
            for item in found if isinstance(found, list) else [found]:
                if not isinstance(item, Value):
                    return item if isinstance(item, Missing) else Missing(_text(argument))
            arguments.append(tuple(found) if isinstance(found, list) else found)
        return _known(single(self.functions[node.function].apply(arguments)), node)

    def _look_up(self, node: tree.Call, scope: Scope) -> Any:
        *path, word = node.function.split(".")
        if path:
            owner = self._path(path, scope)
            thing = self._thing_of(path, scope)
        else:
            thing, owner = next(pair for pair in reversed(scope.things) if word in pair[0].attributes)
        given = [self.value(argument, scope) for argument in node.arguments]
        for value in (owner, *given):
            if isinstance(value, Missing):
                return value
        attribute = thing.attributes[word]
        if isinstance(owner, list):
            return [self._read(attribute, item, _text(node), *given) for item in owner]
        return self._read(attribute, owner, _text(node), *given)

    def _thing_of(self, parts: Sequence[str], scope: Scope) -> Thing:
        """The sort of thing that a path leads to."""
        if parts[0] == ITSELF:
            thing, rest = scope.things[0][0], parts[1:]
        else:
            thing, rest = next(each for each, _ in reversed(scope.things) if parts[0] in each.attributes), parts
        for part in rest:
            thing = THINGS[thing.attributes[part].thing or ""]
        return thing


def _text(node: tree.Expression) -> str:
    return written(node)


def _known(value: Value, node: tree.Expression) -> Value | Missing:
    return value if value.known else Missing(_text(node))


def _as_value(attribute: Attribute, read: Any, words: str) -> Any:
    """What an attribute gives, as a check uses it."""
    if attribute.sort is Sort.NUMBER and not isinstance(read, Value):
        return Value(Fraction(read))
    return Missing(words) if isinstance(read, Value) and not read.known else read


def _number(value: Any) -> Any:
    """A year as the number that it is; everything else as it is."""
    return Value(Fraction(value)) if isinstance(value, int) and not isinstance(value, bool) else value


def _numbers_compared(node: tree.Binary, left: Value, right: Value) -> bool | Missing:
    """Two numbers; those of other units are not equal, and cannot be ordered."""
    one, other = adopted(node, left.measure, right.measure)
    if one != other:
        return {"=": False, "≠": True}.get(node.operator, Missing(_text(node)))
    return bool(COMPARISONS[node.operator](left.fraction, right.fraction))


def _same(left: Any, right: Any) -> bool:
    """Whether two texts, dates, ranges, words or things are the same; texts without regard to case and spaces."""
    if isinstance(left, str) and isinstance(right, str):
        return " ".join(left.split()).casefold() == " ".join(right.split()).casefold()
    if isinstance(left, p.Label) and isinstance(right, p.Label):
        return left.text.casefold() == right.text.casefold()
    if isinstance(left, p.Interval) and isinstance(right, p.Interval):
        return written(left) == written(right)
    return bool(left == right)
