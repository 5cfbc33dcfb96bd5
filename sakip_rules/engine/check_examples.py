"""Runs the examples of a ``periksa``: what it says of values that are given by the names that it uses.

In an example a name such as ``kegiatan.pagu`` is written ``kegiatan_pagu``, and a look-up by its name alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sakip_rules.base.dates import BadDate, parse_date
from sakip_rules.engine.claims import Claims, Missing, Scope
from sakip_rules.engine.consistency import judged
from sakip_rules.model import program as p
from sakip_rules.model.claims import ITSELF
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program
from sakip_rules.model.things import MEASURES, THINGS, Attribute, Sort
from sakip_rules.model.units import RATIO
from sakip_rules.model.values import EMPTY_DATA, Value
from sakip_rules.model.world import World
from sakip_rules.syntax import tree

#: What an example expects: that the check holds, that it does not, that it says nothing, that something is missing.
HOLDS, FAILS, SILENT, NOT_ANALYSED = "sesuai", "melanggar", "tidak diperiksa", "tidak dianalisis"
_TRUTHS = {"ya": True, "tidak": False}


def verdict(check: p.ConsistencyCheck, example: p.Example, program: Program, functions: Functions) -> str:
    """What a check says of the values of an example."""
    given = {item.name: item.value for item in example.given}
    thing = THINGS[check.subject.things[0]]
    claims = _Given(World(program, EMPTY_DATA, {}, None), functions, check.span.path, given)
    found = judged(check, claims, Scope(((thing, None),)))
    if isinstance(found, Missing):
        return NOT_ANALYSED
    return SILENT if found is None else HOLDS if found else FAILS


def names_of(check: p.ConsistencyCheck) -> frozenset[str]:
    """The names that an example of a check may give."""
    return frozenset(_flat(part) for claim in (check.condition, check.claim) if claim for part in _named(claim))


def _named(claim: tree.Expression) -> Iterator[str]:
    for part in tree.walk(claim):
        if isinstance(part, tree.Name):
            yield ".".join(part.parts)
        elif isinstance(part, tree.Call):
            yield part.function


def _flat(name: str) -> str:
    return name.removeprefix(f"{ITSELF}.").replace(".", "_")


class _Given(Claims):
    """Takes every name from the values of an example; one that is not given is missing."""

    def __init__(self, world: World, functions: Functions, path: str, given: Mapping[str, Any]) -> None:
        super().__init__(world, functions, path)
        self.given = given

    def _path(self, parts: Sequence[str], scope: Scope) -> Any:
        return self._found(".".join(parts), scope)

    def _look_up(self, node: tree.Call, scope: Scope) -> Any:
        return self._found(node.function, scope)

    def _found(self, name: str, scope: Scope) -> Any:
        flat = _flat(name)
        if flat in self.given:
            return self._as_given(self.given[flat], self._attribute(name, scope))
        inner = any(each.startswith(f"{flat}_") for each in self.given)
        return name if inner else Missing(name)  # of a thing it is only asked whether it is there

    def _attribute(self, name: str, scope: Scope) -> Attribute:
        """The attribute that a path ends in."""
        *path, word = name.removeprefix(f"{ITSELF}.").split(".")
        thing = self._thing_of(path, scope) if path else next(
            each for each, _ in reversed(scope.things) if word in each.attributes
        )  # fmt: skip
        return thing.attributes[word]

    def _as_given(self, value: Any, attribute: Attribute) -> Any:
        if isinstance(value, tuple):
            return [self._as_given(each, attribute) for each in value]
        if isinstance(value, p.Quantity):
            unit = self.world.program.units.measure(value.unit) if value.unit else MEASURES.get(attribute.sort)
            return Value(value.number, unit or RATIO)
        if not isinstance(value, p.Label):
            return value
        if attribute.sort is Sort.DATE:
            day = parse_date(value.text)
            return Missing(attribute.word) if isinstance(day, BadDate) else day
        truth = attribute.sort is Sort.TRUTH
        return _TRUTHS.get(value.text.lower(), Missing(attribute.word)) if truth else _text_of(value, attribute)


def _text_of(value: p.Label, attribute: Attribute) -> object:
    return value.text if attribute.sort is Sort.TEXT else value
