"""Which definition, and which table row, of one program is which of another."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from attrs import frozen

from sakip_rules.model import program as p
from sakip_rules.model import reports as r
from sakip_rules.model.essence import Essence
from sakip_rules.model.names import Program
from sakip_rules.model.vocabulary import Table, Vocabulary

T = TypeVar("T")

#: What tells the rows of a table apart, best first; a table that is not here goes by its first column.
_IDENTITIES: dict[type[p.Line], tuple[str, ...]] = {
    p.Band: ("label", "range"),
    p.Branch: ("condition", "result"),
    p.Rank: ("label", "rank"),
    p.PlanRow: ("indicator",),
    p.AgreementRow: ("indicator",),
    p.ActivityRow: ("name",),
    r.DataRow: ("label",),
}
#: Tables whose rows are taken in their order.
ORDERED = (p.Branch, p.Step)


@frozen(eq=False)
class Pair(Generic[T]):
    """What stands on each side; ``None`` where there is nothing."""

    old: T | None
    new: T | None


@frozen(eq=False)
class Definitions:
    """One definition on both sides, with what stands in it; ``renamed`` says that it goes by another name."""

    old: p.Definition | None
    new: p.Definition | None
    children: tuple[Definitions, ...] = ()
    renamed: bool = False


def matched(
    old: Sequence[T], new: Sequence[T], old_key: Callable[[T], Hashable], new_key: Callable[[T], Hashable]
) -> tuple[list[tuple[T, T]], list[T], list[T]]:
    """Items with equal keys, one by one in their order; and what is left of both sides."""
    waiting: dict[Hashable, list[T]] = {}
    for item in reversed(new):
        waiting.setdefault(new_key(item), []).append(item)
    pairs: list[tuple[T, T]] = []
    left: list[T] = []
    for item in old:
        found = waiting.get(old_key(item))
        if found:
            pairs.append((item, found.pop()))
        else:
            left.append(item)
    taken = {id(item) for _, item in pairs}
    return pairs, left, [item for item in new if id(item) not in taken]


class Pairing:
    """Pairs the definitions of two programs: by kind and name, then by what continues what, then by equal contents."""

    def __init__(self, before: Program, after: Program) -> None:
        self.before, self.after = before, after
        #: The path on the newer side of each older definition that goes by another name.
        self.renamed: dict[int, str] = {}
        self._old, self._new = Essence(before), Essence(after)

    def all(self) -> tuple[Definitions, ...]:
        """Every definition of the folders and their libraries; files and folders are not what tells them apart."""
        old, new = (
            [(not number, item) for number, layer in enumerate(program.layers) for item in layer.top]
            for program in (self.before, self.after)
        )
        placed, old, new = matched(old, new, _with_layer, _with_layer)
        moved, old, new = matched(old, new, _without_layer, _without_layer)
        pairs = [(one[1], other[1], False) for one, other in (*placed, *moved)]
        return self._nodes(pairs, [item for _, item in old], [item for _, item in new])

    def within(self, old: Sequence[p.Definition], new: Sequence[p.Definition]) -> tuple[Definitions, ...]:
        """The definitions of two blocks; nameless ones by their contents, then by their order."""
        nameless = matched(_nameless(old), _nameless(new), self._content(self._old), self._content(self._new))
        pairs, left, more = nameless
        ordered, left, more = matched(left, more, lambda item: item.kind, lambda item: item.kind)
        named, old_named, new_named = matched(_named(old), _named(new), _kind_and_name, _kind_and_name)
        both = [(one, other, False) for one, other in (*pairs, *ordered, *named)]
        return self._nodes(both, [*left, *old_named], [*more, *new_named])

    def _nodes(
        self, pairs: list[tuple[p.Definition, p.Definition, bool]], old: list[p.Definition], new: list[p.Definition]
    ) -> tuple[Definitions, ...]:
        continued, old, new = self._continued(old, new)
        same, old, new = self._same_contents(old, new)
        renamed = [(one, other, True) for one, other in (*continued, *same)]
        found = [self._node(one, other, is_renamed) for one, other, is_renamed in (*pairs, *renamed)]
        found += [Definitions(item, None) for item in old]
        return (*found, *(Definitions(None, item) for item in new))

    def _node(self, old: p.Definition, new: p.Definition, renamed: bool) -> Definitions:
        if old.path != new.path:
            self.renamed[id(old)] = new.path
        return Definitions(old, new, self.within(old.children, new.children), renamed)

    @staticmethod
    def _continued(
        old: list[p.Definition], new: list[p.Definition]
    ) -> tuple[list[tuple[p.Definition, p.Definition]], list[p.Definition], list[p.Definition]]:
        """Indicators that one side drops and the other adds, where either says that it continues the other."""
        olds, news = ({item.name: item for item in side if isinstance(item, p.Indicator)} for side in (old, new))
        pairs = [(olds[item.continues.text], item) for item in news.values()
                 if item.continues and item.continues.text in olds]  # fmt: skip
        pairs += [(item, news[item.continues.text]) for item in olds.values()
                  if item.continues and item.continues.text in news]  # fmt: skip
        once = _one_to_one(pairs)
        taken = {id(item) for pair in once for item in pair}
        return once, [i for i in old if id(i) not in taken], [i for i in new if id(i) not in taken]

    def _same_contents(
        self, old: list[p.Definition], new: list[p.Definition]
    ) -> tuple[list[tuple[p.Definition, p.Definition]], list[p.Definition], list[p.Definition]]:
        """Definitions with the same contents under another name; where several have them, none is taken for another."""
        olds, news = (
            _alone((content(item), item) for item in side if not item.name.startswith("#"))
            for side, content in ((old, self._content(self._old)), (new, self._content(self._new)))
        )
        pairs = [(item, news[content]) for content, item in olds.items() if content in news]
        taken = {id(item) for pair in pairs for item in pair}
        return pairs, [i for i in old if id(i) not in taken], [i for i in new if id(i) not in taken]

    def _content(self, essence: Essence) -> Callable[[p.Definition], Hashable]:
        vocabulary = essence.program.vocabulary
        return lambda definition: content_of(definition, essence, vocabulary)


def content_of(definition: p.Definition, essence: Essence, vocabulary: Vocabulary) -> Hashable:
    """All that a definition says, but its name."""
    kind = vocabulary.kinds[definition.kind]
    keys = tuple(essence.attribute(definition, key.attribute) for key in kind.keys)
    tables = tuple(essence.of(getattr(definition, table.attribute)) for table in kind.tables)
    given = essence.of(getattr(definition, "given", ()))
    children = tuple((item.name, content_of(item, essence, vocabulary)) for item in definition.children)
    return definition.kind, essence.of(definition.title), keys, tables, given, children


def rows(
    old: Sequence[p.Line], new: Sequence[p.Line], table: Table, senses: tuple[Essence, Essence]
) -> tuple[Pair[p.Line], ...]:
    """The rows of a table on both sides: those that say the same, then those with one identity, then by place."""
    before, after = senses
    first, last = _same_ends(old, new, senses) if issubclass(table.row, ORDERED) else (0, 0)
    pairs = list(zip(old[:first], new[:first], strict=True))
    end = list(zip(old[len(old) - last :], new[len(new) - last :], strict=True))
    left, more = list(old[first : len(old) - last]), list(new[first : len(new) - last])
    for key_of in (_whole, *(_by(name) for name in identities(table))):
        found, left, more = matched(left, more, key_of(before), key_of(after))
        pairs += found
    if issubclass(table.row, ORDERED):
        found = list(zip(left, more, strict=False))
        pairs, left, more = pairs + found, left[len(found) :], more[len(found) :]
    both = [Pair(one, other) for one, other in (*pairs, *end)]
    return (*both, *(Pair(item, None) for item in left), *(Pair(None, item) for item in more))


def identities(table: Table) -> tuple[str, ...]:
    """The attributes that tell the rows of a table apart, best first."""
    return _IDENTITIES.get(table.row) or (table.columns[0].attribute,)


def _same_ends(old: Sequence[p.Line], new: Sequence[p.Line], senses: tuple[Essence, Essence]) -> tuple[int, int]:
    """How many rows at the beginning, and then at the end, say the same on both sides."""
    before, after = ([sense.of(row) for row in side] for sense, side in zip(senses, (old, new), strict=True))
    most = min(len(before), len(after))
    first = next((at for at in range(most) if before[at] != after[at]), most)
    rest = most - first
    return first, next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)


def _whole(essence: Essence) -> Callable[[p.Line], Hashable]:
    return essence.of


def _by(attribute: str) -> Callable[[Essence], Callable[[p.Line], Hashable]]:
    return lambda essence: lambda row: essence.of(getattr(row, attribute))


def _with_layer(item: tuple[bool, p.Definition]) -> Hashable:
    return item[0], item[1].kind, item[1].name


def _without_layer(item: tuple[bool, p.Definition]) -> Hashable:
    return item[1].kind, item[1].name


def _kind_and_name(item: p.Definition) -> Hashable:
    return item.kind, item.name


def _nameless(items: Iterable[p.Definition]) -> list[p.Definition]:
    return [item for item in items if item.name.startswith("#")]


def _named(items: Iterable[p.Definition]) -> list[p.Definition]:
    return [item for item in items if not item.name.startswith("#")]


def _alone(items: Iterable[tuple[Hashable, p.Definition]]) -> dict[Hashable, p.Definition]:
    """What no other has the same key as."""
    found: dict[Hashable, list[p.Definition]] = {}
    for key, item in items:
        found.setdefault(key, []).append(item)
    return {key: several[0] for key, several in found.items() if len(several) == 1}


def _one_to_one(pairs: Iterable[tuple[p.Definition, p.Definition]]) -> list[tuple[p.Definition, p.Definition]]:
    """Pairs, without those of which a side is in an earlier one."""
    return list(_unrepeated(pairs))


def _unrepeated(pairs: Iterable[tuple[p.Definition, p.Definition]]) -> Iterator[tuple[p.Definition, p.Definition]]:
    seen: set[int] = set()
    for one, other in pairs:
        if not {id(one), id(other)} & seen:
            seen |= {id(one), id(other)}
            yield one, other
