"""What values say, however and wherever they are written: equal where, and only where, two mean the same."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from attrs import fields, has

from sakip_rules.base.numbers import Numeral, parse_numeral
from sakip_rules.base.source import Span
from sakip_rules.model import program as p
from sakip_rules.model.names import Program
from sakip_rules.syntax import tree

#: Lists whose order says nothing.
UNORDERED = frozenset(("basis", "drops", "supports", "aliases", "indicators"))
#: Where a value stands.
_PLACES = frozenset(("span", "start", "end"))


class Essence:
    """Reduces the values of one program.

    ``renamed`` gives definitions, by their identity, the path that they have elsewhere.
    """

    def __init__(self, program: Program, renamed: Mapping[int, str] | None = None) -> None:
        self.program = program
        self.renamed = {} if renamed is None else renamed

    def attribute(self, owner: object, attribute: str) -> Hashable:
        """What an attribute of a definition or a row says."""
        found = self.of(getattr(owner, attribute))
        return frozenset(found) if attribute in UNORDERED and isinstance(found, tuple) else found

    def of(self, value: Any) -> Hashable:
        """What a value says."""
        if isinstance(value, str):
            return " ".join(value.split())
        if isinstance(value, p.Reference):
            return self._path(self.program.target(value), value.text)
        if isinstance(value, p.UnitRef):
            return self._unit(value.text)
        if isinstance(value, p.Quantity):
            return value.number, self._unit(value.unit)
        if isinstance(value, p.Interval):
            ends = (value.lower, value.lower_included), (value.upper, value.upper_included)
            return *ends, self._unit(value.unit)
        if isinstance(value, tree.Number):
            read = parse_numeral(value.text)
            return (read.number if isinstance(read, Numeral) else value.text), self._unit(value.unit)
        if isinstance(value, tree.Name):
            return "nama", self._name(value)
        if isinstance(value, tuple):
            return tuple(self.of(item) for item in value)
        if isinstance(value, Mapping):
            return frozenset((key, self.of(item)) for key, item in value.items())
        if has(type(value)):
            return self._record(value)
        result: Hashable = value
        return result

    def _record(self, value: Any) -> Hashable:
        """The parts of a record without its places, each by what it says."""
        placed = _PLACES | ({"places"} if isinstance(value, p.Line) else set())
        names = [each.name for each in fields(type(value)) if each.name not in placed]
        return type(value).__name__, *(self.of(getattr(value, name)) for name in names)

    def _unit(self, text: str | None) -> str | None:
        return None if text is None else self.program.units.name(text) or text.strip().lower()

    def _name(self, node: tree.Name) -> str:
        """A name of a formula, under the name that what it stands for has elsewhere."""
        first, *rest = node.parts
        found = (self.program.measured(first), self.program.formula(first)) if self.renamed else ()
        elsewhere = (self.renamed[id(item)] for item in found if id(item) in self.renamed)
        return ".".join((next(elsewhere, first), *rest))

    def _path(self, target: p.Definition | None, text: str) -> str:
        return " ".join(text.split()) if target is None else self.renamed.get(id(target), target.path)


def without_places(value: Any) -> Any:
    """A fact of a finding without the places in it."""
    if isinstance(value, Mapping):
        return tuple(sorted((key, without_places(item)) for key, item in value.items()))
    if isinstance(value, tuple | list):
        return tuple(without_places(item) for item in value)
    if has(type(value)):
        parts = (getattr(value, each.name) for each in fields(type(value)))
        return type(value).__name__, *(without_places(part) for part in parts if not isinstance(part, Span))
    return value
