"""Which definition a name stands for, and the program in which every name has been looked up."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from attrs import evolve, frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Related, Repair
from sakip_rules.base.source import Span
from sakip_rules.base.spelling import Spelling
from sakip_rules.model import program as p
from sakip_rules.model.units import Measure, UnitTable, named
from sakip_rules.model.vocabulary import Key, Vocabulary

D = TypeVar("D", bound=p.Definition)


def everything(definitions: Iterable[p.Definition]) -> Iterator[p.Definition]:
    """Definitions and all that stands in them."""
    for definition in definitions:
        yield definition
        yield from everything(definition.children)


class Layer:
    """The definitions of one rule folder or library, found by name, by path and by title.

    ``stand_ins`` are found under the name of what they stand for, whatever their own name is.
    """

    def __init__(
        self, definitions: Iterable[p.Definition], stand_ins: Mapping[str, p.Definition] = MappingProxyType({})
    ) -> None:
        self.top = tuple(definitions)
        self.stand_ins = stand_ins
        names: dict[str, list[p.Definition]] = {}
        titles: dict[str, list[p.Definition]] = {}
        members: dict[str, list[p.Definition]] = {}
        for root in self.top:
            inner = members.setdefault(root.name, [])
            for definition in everything((root,)):
                if definition.name.startswith("#"):
                    continue
                inner.append(definition)
                names.setdefault(definition.name, []).append(definition)
                if definition.parent:
                    for path in {definition.path, f"{root.name}.{definition.name}"}:
                        names.setdefault(path, []).append(definition)
                for title in definition.titles:
                    titles.setdefault(_folded(title), []).append(definition)
        names.update((name, [item]) for name, item in stand_ins.items())
        self.names: Mapping[str, list[p.Definition]] = MappingProxyType(names)
        self.titles: Mapping[str, list[p.Definition]] = MappingProxyType(titles)
        self.members: Mapping[str, list[p.Definition]] = MappingProxyType(members)

    def find(self, text: str) -> list[p.Definition]:
        """All that the text may name: by name or path first, by title else."""
        return self.names.get(text) or self.titles.get(_folded(text), [])

    def outermost(self, text: str) -> list[p.Definition]:
        """The same, without what stands inside documents, where something outside carries the name too."""
        return _outermost(self.find(text))


def _outermost(definitions: list[p.Definition]) -> list[p.Definition]:
    return [item for item in definitions if not item.parent] or definitions


@frozen(slots=False)
class Program:
    """All definitions of a rule folder and its libraries, with every reference looked up.

    ``layers`` are in the order of lookup: the folder itself first.  ``links`` maps the place of a reference to the
    definition that it names.  ``later`` are the documents that were left out, since they were decided after the day
    that is asked for.
    """

    layers: tuple[Layer, ...]
    links: Mapping[Span, p.Definition]
    units: UnitTable
    vocabulary: Vocabulary
    later: tuple[p.Definition, ...] = ()

    def own(self, kind: type[D]) -> tuple[D, ...]:
        """The folder's own top-level definitions of a kind, in order of file and place."""
        return tuple(item for item in self.layers[0].top if isinstance(item, kind))

    def all(self, kind: type[D]) -> Iterator[D]:
        """All definitions of a kind at any depth, the folder's own first."""
        for layer in self.layers:
            for item in everything(layer.top):
                if isinstance(item, kind):
                    yield item

    def target(self, reference: p.Reference | None) -> Any:
        """What a reference names; ``None`` where there is none, or where it names nothing."""
        return self.links.get(reference.span) if reference else None

    def definition(self, name: str, kind: str | None = None) -> p.Definition:
        """What carries a name and stands in nothing else, the nearest first; ``LookupError`` where nothing does.

        With ``kind``, the word of the rule language such as ``indeks``, what is of another kind does not count.
        """
        for item in self._alone(name, kind):
            return item
        raise LookupError(name)

    def replace(self, name: str, by: p.Definition | str, kind: str | None = None) -> Program:
        """A copy in which another definition of its kind, or a changed copy, stands wherever a name stands now.

        With ``kind``, what carries the name and is of another kind is left alone.
        """
        if self._is_later(name, kind) or (isinstance(by, str) and self._is_later(by, kind)):
            return self
        old = self.definition(name, kind)
        new = self.definition(by, kind) if isinstance(by, str) else by
        if not isinstance(new, type(old)):
            raise TypeError(name)
        return self._exchanged(old, new)

    def drop(self, name: str, kind: str | None = None) -> Program:
        """A copy without a definition, which references then no longer find."""
        return self if self._is_later(name, kind) else self._exchanged(self.definition(name, kind), None)

    def _is_later(self, name: str, kind: str | None) -> bool:
        """Whether a name is not there yet on the day that is asked for: what was to happen to it happens later."""
        later = any(item.name == name and kind in (None, item.kind) for item in self.later)
        return later and not any(self._alone(name, kind))

    def _exchanged(self, old: p.Definition, new: p.Definition | None) -> Program:
        inner = {item.name: item for item in everything(new.children)} if new else {}
        moved = {id(item): inner.get(item.name) for item in everything(old.children)} | {id(old): new}
        found = ((span, moved.get(id(target), target)) for span, target in self.links.items())
        links = MappingProxyType({span: target for span, target in found if target is not None})
        known = any(new is item for layer in self.layers for item in layer.top)
        layers = tuple(_with(layer, old, new, known) for layer in self.layers)
        return evolve(self, layers=layers, links=links)

    def find(self, text: str) -> tuple[p.Definition, ...]:
        """All that a text from outside the rule files may name, in the nearest layer that knows it."""
        for layer in self.layers:
            if found := layer.outermost(text):
                return tuple(found)
        return ()

    def formula(self, name: str) -> p.Formula | None:
        return next((item for item in self._alone(name) if isinstance(item, p.Formula)), None)

    def _alone(self, name: str, kind: str | None = None) -> Iterator[p.Definition]:
        """What carries a name, is of a kind if one is said, and stands in nothing else, nearest first."""
        for layer in self.layers:
            found = (item for item in layer.names.get(name, ()) if not item.parent)
            yield from (item for item in found if kind in (None, item.kind))

    def measured(self, name: str) -> p.Variable | p.Indicator | p.Index | None:
        """The variable, indicator or index of a name, as the formula of an indicator may use it."""
        measured = (item for item in self._alone(name) if isinstance(item, (p.Variable, p.Indicator, p.Index)))
        return next(measured, None)

    def measure(self, unit: p.UnitRef | None) -> Measure | None:
        return self.units.measure(unit.text) if unit else None

    @cached_property
    def measured_names(self) -> Spelling:
        """The names that the formula of an indicator may use."""
        measured = (p.Variable, p.Indicator, p.Index)
        return Spelling(item.name for layer in self.layers for item in layer.top if isinstance(item, measured))

    @cached_property
    def formula_names(self) -> Spelling:
        """The names of formulas, which any expression may call."""
        return Spelling(item.name for layer in self.layers for item in layer.top if isinstance(item, p.Formula))

    @property
    def names(self) -> list[str]:
        return sorted({name for layer in self.layers for name in layer.names})


def _with(layer: Layer, old: p.Definition, new: p.Definition | None, known: bool) -> Layer:
    """A layer with something new in the place of an old definition, where it has that."""
    held = any(item is old for item in layer.top)
    if not held and not any(item is old for item in layer.stand_ins.values()):
        return layer
    named = {**layer.stand_ins, **({old.name: old} if held else {})}
    stand_ins = {name: new if item is old else item for name, item in named.items()}
    kept = (new if item is old and not known else item for item in layer.top)
    return Layer(
        (item for item in kept if item is not None and item is not old),
        MappingProxyType({name: item for name, item in stand_ins.items() if item is not None}),
    )


def _written(definition: p.Definition) -> str:
    """How a reference can name a definition in full: by its path, or past blocks without a name."""
    outermost, *_ = definition.path.split(".")
    return f"{outermost}.{definition.name}" if "#" in definition.path else definition.path


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())


def unit_table(definitions: Iterable[p.Definition]) -> UnitTable:
    """All units of some definitions by name, symbol, title and alias."""
    measures: dict[str, Measure] = {}
    names: dict[str, str] = {}
    for unit in definitions:
        if isinstance(unit, p.Unit):
            for text in (unit.name, unit.symbol, unit.title, *unit.aliases):
                if text:
                    measures.setdefault(text.lower(), named(unit.name, unit.dimension))
                    names.setdefault(text.lower(), unit.name)
    return UnitTable(MappingProxyType(measures), MappingProxyType(names))


def link(layers: tuple[Layer, ...], vocabulary: Vocabulary) -> tuple[Program, tuple[Diagnostic, ...]]:
    """Look up every reference of the folder and its libraries."""
    diagnostics = [*_doubles(layers)]
    links: dict[Span, p.Definition] = {}
    for number, layer in enumerate(layers):
        linker = _Linker(layers[number:], links, diagnostics)
        for root in layer.top:
            linker.enter(root)
            for definition in everything((root,)):
                for reference in references(definition, vocabulary):
                    linker.look_up(reference)
    units = unit_table(item for layer in layers for item in layer.top)
    return Program(layers, MappingProxyType(links), units, vocabulary), tuple(diagnostics)


def references(definition: p.Definition, vocabulary: Vocabulary) -> Iterator[p.Reference]:
    """Every reference that a definition makes in its keys and tables."""
    kind = vocabulary.kinds[definition.kind]
    yield from _references(definition, kind.keys)
    for table in kind.tables:
        for line in getattr(definition, table.attribute, ()):
            yield from _references(line, table.columns)


def _references(record: object, keys: Iterable[Key]) -> Iterator[p.Reference]:
    for key in keys:
        if key.refers_to:
            value = getattr(record, key.attribute)
            yield from (
                item for item in (value if isinstance(value, tuple) else (value,)) if isinstance(item, p.Reference)
            )


def _doubles(layers: tuple[Layer, ...]) -> Iterator[Diagnostic]:
    """Names that two definitions of one folder, or of one block, carry."""
    for layer in layers:
        yield from _twice(layer.top)
        for definition in everything(layer.top):
            yield from _twice(definition.children)


def _twice(definitions: Iterable[p.Definition]) -> Iterator[Diagnostic]:
    first: dict[str, p.Definition] = {}
    for definition in definitions:
        known = first.setdefault(definition.name, definition)
        if known is not definition and not definition.name.startswith("#"):
            related = (Related(known.name_span, "first_here"),)
            yield Diagnostic(codes.DEFINED_TWICE, definition.name_span, {"name": definition.name}, related=related)


class _Held:
    """What a document holds, found by name, by path or by title, in its order."""

    def __init__(self, members: Iterable[p.Definition]) -> None:
        self.members = tuple(members)
        self.names: dict[str, list[int]] = {}
        self.titles: dict[str, list[int]] = {}
        for at, item in enumerate(self.members):
            for name in {item.name, item.path}:
                self.names.setdefault(name, []).append(at)
            for title in item.titles:
                self.titles.setdefault(_folded(title), []).append(at)

    def find(self, text: str) -> list[p.Definition]:
        places = {*self.names.get(text, ()), *self.titles.get(_folded(text), ())}
        return [self.members[at] for at in sorted(places)]


class _Linker:
    """Looks up names, document by document: in itself, in what it refers to, in the folder, in the libraries."""

    def __init__(
        self, layers: tuple[Layer, ...], links: dict[Span, p.Definition], diagnostics: list[Diagnostic]
    ) -> None:
        self.layers, self.links, self.diagnostics = layers, links, diagnostics
        self.near: list[_Held] = []
        self._held: dict[tuple[int, str], _Held] = {}
        self._of_kinds: dict[tuple[str, ...], tuple[dict[str, p.Definition], Spelling]] = {}

    def enter(self, document: p.Definition) -> None:
        """Begin a document: what it holds, and what the documents that it refers to hold, is looked up first."""
        self.near = [self._members(0, document.name)]
        for reference in self._referred(document):
            for at, layer in enumerate(self.layers):
                if found := layer.outermost(reference.text):
                    self.near.append(self._members(at, found[0].name))
                    break

    def _members(self, layer: int, name: str) -> _Held:
        """What the document of a name holds, indexed once."""
        if (layer, name) not in self._held:
            self._held[layer, name] = _Held(self.layers[layer].members.get(name, ()))
        return self._held[layer, name]

    def _referred(self, document: p.Definition) -> tuple[p.Reference, ...]:
        """What a document refers to, or what that refers to which it revises, where it says nothing itself."""
        seen: list[p.Definition] = []
        while not any(document is item for item in seen):
            seen.append(document)
            own: tuple[p.Reference, ...] = getattr(document, "refers_to", ())
            amends: p.Reference | None = getattr(document, "amends", None)
            if own or amends is None:
                return own
            found = (item for layer in self.layers for item in layer.outermost(amends.text))
            document = next((item for item in found if item.kind == document.kind), document)
        return ()

    def look_up(self, reference: p.Reference) -> None:
        seen: list[p.Definition] = []
        for candidates in self._levels(reference.text):
            fitting = _outermost([item for item in candidates if item.kind in reference.kinds])
            if len({item.path for item in fitting}) > 1:
                self._ambiguous(reference, fitting)
                return
            if fitting:  # of those with one path only the first counts: that there are more is a finding of its own
                self.links[reference.span] = fitting[0]
                return
            seen.extend(_outermost(candidates))
        if seen:
            related = (Related(seen[0].name_span, "defined_here"),)
            values = {"name": reference.text, "kind": seen[0].kind, "expected": reference.kinds}
            self.diagnostics.append(Diagnostic(codes.WRONG_KIND, reference.span, values, related=related))
        else:
            self._undefined(reference)

    def _levels(self, text: str) -> Iterator[list[p.Definition]]:
        for held in self.near:
            yield held.find(text)
        for layer in self.layers:
            yield layer.find(text)

    def _are_titles(self, parts: Iterable[str], kinds: tuple[str, ...]) -> bool:
        """Whether each of some texts names something of the kinds."""
        found = (itertools.chain.from_iterable(self._levels(part)) for part in parts)
        return all(any(item.kind in kinds for item in items) for items in found)

    def _ambiguous(self, reference: p.Reference, found: list[p.Definition]) -> None:
        related = tuple(Related(item.name_span, "candidate", {"name": _written(item)}) for item in found[:5])
        values = {"name": reference.text, "names": tuple(dict.fromkeys(_written(item) for item in found[:5]))}
        self.diagnostics.append(Diagnostic(codes.AMBIGUOUS_NAME, reference.span, values, related=related))

    def _nameable(self, kinds: tuple[str, ...]) -> tuple[dict[str, p.Definition], Spelling]:
        """Everything that a reference to some kinds may name."""
        if kinds not in self._of_kinds:
            names = {
                item.name: item
                for layer in self.layers
                for item in everything(layer.top)
                if item.kind in kinds and not item.name.startswith("#")
            }
            self._of_kinds[kinds] = names, Spelling(names)
        return self._of_kinds[kinds]

    def _undefined(self, reference: p.Reference) -> None:
        names, spelling = self._nameable(reference.kinds)
        parts = [part.strip() for part in reference.text.split(",")] if reference.listed else []
        if len(parts) > 1 and self._are_titles(parts, reference.kinds):
            separated = Repair(reference.span, "; ".join(parts))
            self.diagnostics.append(Diagnostic(codes.COMMA_AS_SEPARATOR, reference.span, repair=separated))
            return
        found = spelling.near(reference.text)
        related = (Related(names[found].name_span, "near_here"),) if found else ()
        repair = Repair(reference.span, found) if found else None
        values = {"name": reference.text, "expected": reference.kinds}
        self.diagnostics.append(Diagnostic(codes.UNDEFINED_NAME, reference.span, values, related, found, repair))
