"""Runs ``periksa``: judges each thing that a check looks at, exactly, and says where it does not hold.

What a check needs and is not there makes it "not analysed" for that thing; it is never guessed, and never silent.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import OFF, Code, Diagnostic, Related, Severity
from sakip_rules.base.source import Span
from sakip_rules.engine.functions import single
from sakip_rules.engine.scalar import Scope as NumberScope
from sakip_rules.engine.scalar import calculated, negated
from sakip_rules.model import program as p
from sakip_rules.model.claims import BY_THINGS, DIFFERENCE, ITSELF, MAX_STEPS, Consistency, NotAnalysed
from sakip_rules.model.functions import Functions
from sakip_rules.model.likeness import marked
from sakip_rules.model.measures import adopted, literal
from sakip_rules.model.names import Program
from sakip_rules.model.things import DOCUMENTS, THINGS, Attribute, Sort, Thing
from sakip_rules.model.units import RATIO
from sakip_rules.model.values import Value
from sakip_rules.model.world import World
from sakip_rules.model.written import written
from sakip_rules.syntax import tree

#: At most so many second places are told.
_MOST_RELATED = 5


@frozen
class Missing:
    """What is not there, by the words of the check that ask for it."""

    what: str


class _TooCostlyError(Exception):
    """A check has looked at more values than it may."""


@frozen(eq=False)
class _Scope:
    """The things that names may stand for, the innermost last."""

    things: tuple[tuple[Thing, Any], ...]

    def within(self, thing: Thing, item: Any) -> _Scope:
        return _Scope((*self.things, (thing, item)))


def checks_of(program: Program) -> tuple[p.ConsistencyCheck, ...]:
    """The checks that apply to a folder: its own and its libraries', where the nearer of one name stands for both."""
    named: dict[str, p.ConsistencyCheck] = {}
    for layer in program.layers:
        for item in layer.top:
            if isinstance(item, p.ConsistencyCheck):
                named.setdefault(item.name, item)
    return tuple(named.values())


def run_checks(world: World, functions: Functions, sound: Iterable[p.ConsistencyCheck],
               levels: Mapping[str, str]) -> Consistency:  # fmt: skip
    """Run checks whose types fit, at the levels that the settings give them."""
    findings: list[Diagnostic] = []
    missing: list[NotAnalysed] = []
    checks = tuple(sound)
    for check in checks:
        level = levels.get(check.name, check.severity)
        if level != OFF:
            runner = _Runner(world, functions, check, Severity(level))
            findings += runner.run()
            missing += runner.missing
    names = {check.name for check in checks}
    changed = tuple((name, level) for name, level in levels.items() if name in names)
    return Consistency(tuple(findings), tuple(missing), changed, len(checks))


class _Runner:
    """Runs one check."""

    def __init__(self, world: World, functions: Functions, check: p.ConsistencyCheck, severity: Severity) -> None:
        self.world, self.check, self.functions = world, check, functions
        self.severity = severity
        self.numbers = NumberScope({}, functions, world.program.units, path=check.span.path)
        self.missing: list[NotAnalysed] = []
        self.steps = 0

    def run(self) -> Iterator[Diagnostic]:
        try:
            for word in self.check.subject.things:
                for item in self._things(THINGS[word]):
                    yield from self._judged(THINGS[word], item)
        except _TooCostlyError:
            facts = {"name": self.check.name, "limit": MAX_STEPS}
            yield Diagnostic(codes.CHECK_TOO_COSTLY, self.check.name_span, facts)

    def _things(self, thing: Thing) -> Iterable[Any]:
        every = thing.all(self.world)
        kinds = tuple(DOCUMENTS[word] for word in self.check.subject.within)
        if not kinds or thing.document is None:
            return every  # type: ignore[no-any-return]
        return [item for item in every if isinstance(thing.document(item), kinds)]

    def _judged(self, thing: Thing, item: Any) -> Iterator[Diagnostic]:
        scope = _Scope(((thing, item),))
        applies = True if self.check.condition is None else self._truth(self.check.condition, scope)
        holds = self._truth(self.check.claim, scope) if applies is True else applies
        if isinstance(holds, Missing):
            self.missing.append(NotAnalysed(self.check.name, item.name, self._place(item), holds.what))
        elif applies and not holds:
            yield self._finding(item, scope)

    # What is told.

    def _finding(self, item: Any, scope: _Scope) -> Diagnostic:
        facts = {
            f"{language}{at}": self._told(part, scope)
            for language, message in (("id", self.check.message), ("en", self.check.message_en))
            for at, part in enumerate(message.expressions if message else ())
        }
        code = code_of(self.check, self.severity)
        return Diagnostic(code, self._place(item), facts, self._related(scope), subject=item.name)

    def _related(self, scope: _Scope) -> tuple[Related, ...]:
        if self.check.beside is None:
            return ()
        found = self._value(self.check.beside, scope)
        items = found if isinstance(found, list) else [] if isinstance(found, Missing) else [found]
        return tuple(Related(self._place(item), "beside") for item in items[:_MOST_RELATED])

    def _place(self, item: Any) -> Span:
        word = self.check.at
        if word is not None:
            return item.place(word)  # type: ignore[no-any-return]
        return item.name_span if isinstance(item, p.Definition) else item.span  # type: ignore[no-any-return]

    def _told(self, node: tree.Expression, scope: _Scope) -> object:
        found = self._value(node, scope)
        items = found if isinstance(found, list) else [found]
        told = tuple(_in_words(item) for item in items)
        return told if isinstance(found, list) else told[0]

    # Truths.

    def _truth(self, node: tree.Expression, scope: _Scope) -> bool | Missing:
        found = self._value(node, scope)
        return found if isinstance(found, bool | Missing) else Missing(_text(node))

    def _logic(self, node: tree.Binary, scope: _Scope) -> bool | Missing:
        """``dan`` and ``atau``, where one side may decide although the other is missing."""
        decisive = node.operator == "atau"
        left = self._truth(node.left, scope)
        if left is decisive:
            return decisive
        right = self._truth(node.right, scope)
        if right is decisive:
            return decisive
        return left if isinstance(left, Missing) else right

    def _compared(self, node: tree.Binary, scope: _Scope) -> bool | Missing:
        left, right = _number(self._value(node.left, scope)), _number(self._value(node.right, scope))
        for side in (left, right):
            if isinstance(side, Missing):
                return side
        if isinstance(left, Value) and isinstance(right, Value):
            return _numbers_compared(node, left, right)
        if node.operator in ("=", "≠"):
            return _same(left, right) == (node.operator == "=")
        if isinstance(left, datetime.date) and isinstance(right, datetime.date):
            return _ORDER[node.operator](left, right)
        return Missing(_text(node))

    # Values.

    def _value(self, node: tree.Expression, scope: _Scope) -> Any:
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

    def _unary(self, node: tree.Unary, scope: _Scope) -> Any:
        if node.operator == "bukan":
            truth = self._truth(node.operand, scope)
            return truth if isinstance(truth, Missing) else not truth
        found = self._value(node.operand, scope)
        return negated(found) if isinstance(found, Value) else found

    def _binary(self, node: tree.Binary, scope: _Scope) -> Any:
        if node.operator in ("dan", "atau"):
            return self._logic(node, scope)
        if node.operator not in ("+", "-", "*", "/"):
            return self._compared(node, scope)
        left, right = _number(self._value(node.left, scope)), _number(self._value(node.right, scope))
        for side in (left, right):
            if not isinstance(side, Value):
                return side if isinstance(side, Missing) else Missing(_text(node))
        return _known(calculated(node, left, right, self.numbers), node)

    # Names.

    def _path(self, parts: Sequence[str], scope: _Scope) -> Any:
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
            raise _TooCostlyError

    # Calls.

    def _call(self, node: tree.Call, scope: _Scope) -> Any:
        if node.function == "ada":
            return self._exists(node.arguments[0], scope)
        if node.function == "semua":
            return self._all(node, scope)
        if node.function == "banyak":
            found = self._value(node.arguments[0], scope)
            return Value(Fraction(len(found))) if isinstance(found, list) else found
        if node.function == DIFFERENCE:
            return self._difference(node, scope)
        if node.function in self.functions:
            return self._numeric(node, scope)
        return self._look_up(node, scope)

    def _exists(self, node: tree.Expression, scope: _Scope) -> bool | Missing:
        found = self._value(node, scope)
        if isinstance(node, tree.Filtered) and isinstance(found, Missing):
            return found
        members = found if isinstance(found, list) else [found]
        return any(not isinstance(item, Missing) for item in members)

    def _all(self, node: tree.Call, scope: _Scope) -> bool | Missing:
        unknown: Missing | None = None
        members = self._members(node.arguments[0], scope)
        if isinstance(members, Missing):
            return members
        for thing, item in members:
            truth = self._truth(node.arguments[1], scope.within(thing, item))
            if truth is False:
                return False
            unknown = truth if isinstance(truth, Missing) else unknown
        return True if unknown is None else unknown

    def _members(self, node: tree.Expression, scope: _Scope) -> list[tuple[Thing, Any]] | Missing:
        """The things of a list, each with its sort; of a chosen list, those for which its condition holds."""
        if isinstance(node, tree.Filtered):
            return self._chosen(node, scope)[0]
        assert isinstance(node, tree.Name)
        split = self._listed(node.parts, scope)
        return self._elements(node.parts[:split[1]], split[0], scope)

    def _elements(self, parts: Sequence[str], thing: Thing, scope: _Scope) -> list[tuple[Thing, Any]] | Missing:
        found = self._path(parts, scope)
        return found if isinstance(found, Missing) else [(thing, item) for item in found]

    def _listed(self, parts: Sequence[str], scope: _Scope) -> tuple[Thing, int]:
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

    def _chosen(self, node: tree.Filtered, scope: _Scope) -> tuple[Any, Sequence[str]]:
        assert isinstance(node.each, tree.Name)
        thing, length = self._listed(node.each.parts, scope)
        members = self._elements(node.each.parts[:length], thing, scope)
        chosen: list[tuple[Thing, Any]] = []
        for thing, item in members if isinstance(members, list) else ():
            truth = self._truth(node.condition, scope.within(thing, item))
            if isinstance(truth, Missing):
                return truth, ()
            if truth:
                chosen.append((thing, item))
        return (members if isinstance(members, Missing) else chosen), node.each.parts[length:]

    def _filtered(self, node: tree.Filtered, scope: _Scope) -> Any:
        chosen, rest = self._chosen(node, scope)
        if isinstance(chosen, Missing):
            return chosen
        found: list[Any] = []
        for thing, item in chosen:
            led = self._along(thing, item, rest, "")
            found += led if isinstance(led, list) else [led]
        return found

    def _difference(self, node: tree.Call, scope: _Scope) -> Any:
        one, other = (self._value(argument, scope) for argument in node.arguments)
        others = other if isinstance(other, list) else [other]
        if isinstance(one, Missing):
            return one
        return marked(one, others[0]) if others and not isinstance(others[0], Missing) else one

    def _numeric(self, node: tree.Call, scope: _Scope) -> Any:
        arguments = []
        for argument in node.arguments:
            found = self._value(argument, scope)
            for item in found if isinstance(found, list) else [found]:
                if not isinstance(item, Value):
                    return item if isinstance(item, Missing) else Missing(_text(argument))
            arguments.append(tuple(found) if isinstance(found, list) else found)
        return _known(single(self.functions[node.function].apply(arguments)), node)

    def _look_up(self, node: tree.Call, scope: _Scope) -> Any:
        *path, word = node.function.split(".")
        if path:
            owner = self._path(path, scope)
            thing = self._thing_of(path, scope)
        else:
            thing, owner = next(pair for pair in reversed(scope.things) if word in pair[0].attributes)
        given = [self._value(argument, scope) for argument in node.arguments]
        for value in (owner, *given):
            if isinstance(value, Missing):
                return value
        attribute = thing.attributes[word]
        if isinstance(owner, list):
            return [self._read(attribute, item, _text(node), *given) for item in owner]
        return self._read(attribute, owner, _text(node), *given)

    def _thing_of(self, parts: Sequence[str], scope: _Scope) -> Thing:
        """The sort of thing that a path leads to."""
        if parts[0] == ITSELF:
            thing, rest = scope.things[0][0], parts[1:]
        else:
            thing, rest = next(each for each, _ in reversed(scope.things) if parts[0] in each.attributes), parts
        for part in rest:
            thing = THINGS[thing.attributes[part].thing or ""]
        return thing


def code_of(check: p.ConsistencyCheck, severity: Severity) -> Code:
    """The code of a check's findings: its name, with its own words."""
    words = {"id": _words(check.message, "id", check.advice)}
    english = check.message_en or check.message
    language = "en" if check.message_en else "id"
    words["en"] = _words(english, language, check.advice_en or (None if check.message_en else check.advice))
    return Code(check.name, severity, words)


def _words(message: p.Message, language: str, advice: str | None) -> Mapping[str, str]:
    at = iter(range(len(message.parts)))
    parts = (_escaped(part) if isinstance(part, str) else f"{{{language}{next(at)}}}" for part in message.parts)
    told = {"pesan": "".join(parts).strip()}
    return told if advice is None else {**told, "saran": _escaped(advice.strip())}


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


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
    return _ORDER[node.operator](left.fraction, right.fraction)


def _same(left: Any, right: Any) -> bool:
    """Whether two texts, dates, ranges, words or things are the same; texts without regard to case and spaces."""
    if isinstance(left, str) and isinstance(right, str):
        return " ".join(left.split()).casefold() == " ".join(right.split()).casefold()
    if isinstance(left, p.Label) and isinstance(right, p.Label):
        return left.text.casefold() == right.text.casefold()
    if isinstance(left, p.Interval) and isinstance(right, p.Interval):
        return written(left) == written(right)
    return bool(left == right)


def _in_words(value: Any) -> object:
    """A value as a message tells it."""
    if isinstance(value, Missing):
        return "-"
    if isinstance(value, p.Interval | p.Label):
        return written(value)
    return value if isinstance(value, Value | str | int | datetime.date) else value.label


_ORDER: Mapping[str, Any] = {
    "=": lambda left, right: left == right,
    "≠": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "≤": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    "≥": lambda left, right: left >= right,
}
