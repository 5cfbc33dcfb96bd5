"""The performance tree: what supports what, who carries it, and what it costs, as far as the rules state it.

A link is there because a document states it: an objective stands inside its goal, something says ``mendukung``, an
indicator is listed for its objective, an activity's number continues that of its programme.  What no document states
is not guessed; it is told by ``Gaps``.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from functools import cached_property

from attrs import field, frozen

from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.source import Span
from sakip_rules.model import program as p


class NodeKind(Enum):
    """The levels of the tree, from the top, in the words of the rules."""

    VISION = "visi"
    MISSION = "misi"
    GOAL = "tujuan"
    OBJECTIVE = "sasaran"
    INDICATOR = "indikator"
    PROGRAMME = "program"
    ACTIVITY = "kegiatan"
    SUB_ACTIVITY = "subkegiatan"


#: The levels that have a budget.
SPENDING = frozenset((NodeKind.PROGRAMME, NodeKind.ACTIVITY, NodeKind.SUB_ACTIVITY))
#: The levels for which a plan says who carries them.
CARRIED = SPENDING | {NodeKind.OBJECTIVE}


@frozen
class Together:
    """What is done together with other agencies; ``stated_by`` says what, where a block of its own states it."""

    partners: tuple[p.Definition, ...]
    stated_by: p.Partnership | None = None


@frozen(eq=False)
class Node:
    """One definition, or one programme or activity, with what the documents in force say of it.

    ``identity`` tells it from all others, as in ``sasaran:dinsos_2024_2026.s1``; ``supports`` and ``supported_by`` are
    identities.  ``setter`` is the document that sets the target; with a setter and no target, there is deliberately
    none.  ``budget`` is in rupiah, as printed; ``shares`` are its parts for what it supports, by identity, where an
    allocation states them.
    """

    identity: str
    kind: NodeKind
    name: str
    title: str
    number: str | None
    span: Span
    document: p.Definition | None
    supports: tuple[str, ...] = ()
    supported_by: tuple[str, ...] = ()
    measured: str | None = None
    target: p.Target | None = None
    unit: str | None = None
    setter: p.Definition | None = None
    budget: Fraction | None = None
    shares: Mapping[str, Fraction] = field(factory=dict)
    carriers: tuple[p.Definition, ...] = ()
    together: tuple[Together, ...] = ()

    @property
    def promised(self) -> bool:
        """Whether the agreement in force promises it."""
        return isinstance(self.setter, p.Agreement)


@frozen
class Cost:
    """An amount in rupiah, each budget counted once, and what lies below without any budget."""

    amount: Fraction
    unknown: tuple[Node, ...] = ()


@frozen
class Gaps:
    """What hangs in the air: links and carriers that no document in force states."""

    unsupported: tuple[Node, ...]
    unattached: tuple[Node, ...]
    aimless: tuple[Node, ...]
    unfunded: tuple[Node, ...]
    uncarried: tuple[Node, ...]


@frozen
class Step:
    """One line of a walk: a node below another, or a reference to a node that is shown elsewhere.

    ``last`` says for each level down to this one whether it is the last of its siblings.
    """

    node: Node
    last: tuple[bool, ...] = ()
    reference: bool = False


@frozen(slots=False, eq=False)
class PerformanceTree:
    """The tree of a year as known on a day; ``nodes`` are in the order of the tree, each definition once."""

    year: int
    as_of: datetime.date | None
    documents: tuple[p.Definition, ...]
    nodes: Mapping[str, Node]
    findings: tuple[Diagnostic, ...] = ()

    # Looking up.

    def find(self, text: str) -> tuple[Node, ...]:
        """All that an identity, a name, a path or an official title may mean."""
        if node := self.nodes.get(text):
            return (node,)
        return tuple(self._called.get(text) or self._called.get(_folded(text)) or ())

    def node(self, text: str) -> Node | None:
        """The one node that a text means; nothing where it means none, or several."""
        found = self.find(text)
        return found[0] if len(found) == 1 else None

    @cached_property
    def _called(self) -> Mapping[str, list[Node]]:
        called: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            last = node.name.rpartition(".")[2]
            inside = {f"{node.document.name}.{last}"} if node.document else set()
            for text in {node.name, last, _folded(node.title), *inside}:
                called.setdefault(text, []).append(node)
        return called

    # Up and down.

    def parents(self, node: Node) -> tuple[Node, ...]:
        """What a node supports, the one first that it is shown under."""
        return tuple(self.nodes[each] for each in node.supports)

    def children(self, node: Node) -> tuple[Node, ...]:
        """What supports or measures a node, in order."""
        return tuple(self.nodes[each] for each in node.supported_by)

    def supporters(self, node: Node) -> tuple[Node, ...]:
        """What supports a node, without the indicators that measure it."""
        return tuple(each for each in self.children(node) if each.kind is not NodeKind.INDICATOR)

    def ancestors(self, node: Node) -> tuple[Node, ...]:
        """All that a node supports, near and far, each once."""
        return tuple(self._reached(node, self.parents))

    def descendants(self, node: Node) -> tuple[Node, ...]:
        """All that supports or measures a node, near and far, each once."""
        return tuple(self._reached(node, self.children))

    @staticmethod
    def _reached(node: Node, step: Callable[[Node], Iterable[Node]]) -> Iterator[Node]:
        seen = {node.identity}
        waiting = list(step(node))
        for each in waiting:
            if each.identity not in seen:
                seen.add(each.identity)
                yield each
                waiting.extend(step(each))

    @cached_property
    def roots(self) -> tuple[Node, ...]:
        """What supports nothing."""
        return tuple(node for node in self.nodes.values() if not node.supports)

    def walk(self, start: Node | None = None, depth: int | None = None) -> Iterator[Step]:
        """Every node once, from a node or from all roots down, as many levels as asked for.

        Below a further node that it supports, a node is only referred to.
        """
        roots = (start,) if start else self.roots
        within = self.nodes.keys() if start is None else {each.identity for each in (start, *self.descendants(start))}
        waiting = [Step(root) for root in reversed(roots)]
        while waiting:
            step = waiting.pop()
            yield step
            if step.reference or len(step.last) == depth:
                continue
            below = self._below(step.node, within)
            waiting += [
                Step(child, (*step.last, at == 0), reference)
                for at, (child, reference) in enumerate(reversed(below))
            ]  # fmt: skip

    def _below(self, node: Node, within: Collection[str]) -> list[tuple[Node, bool]]:
        """The children of a node, and whether each is only referred to, since it is shown below another.

        One that is shown further down this same line anyway is left out.
        """
        found = []
        for child in self.children(node):
            main = next(each for each in child.supports if each in within)
            if main == node.identity:
                found.append((child, False))
            elif not self._lies_above(node, self.nodes[main]):
                found.append((child, True))
        return found

    def _lies_above(self, node: Node, other: Node) -> bool:
        return any(each is node for each in self._reached(other, self.parents))

    # Who carries what, and across which lines.

    def carried_by(self, text: str) -> tuple[Node, ...]:
        """What a unit or agency carries, by its name or by one of its titles."""
        folded = _folded(text)
        return tuple(
            node for node in self.nodes.values()
            if any(text == each.name or folded in map(_folded, each.titles) for each in node.carriers)
        )  # fmt: skip

    def lines(self, node: Node) -> tuple[Node, ...]:
        """What a node supports, without what it supports through another of these anyway."""
        parents = self.parents(node)
        if len(parents) < 2:
            return parents
        above = {each.identity for parent in parents for each in self.ancestors(parent)}
        return tuple(parent for parent in parents if parent.identity not in above)

    def cross_cutting(self) -> tuple[Node, ...]:
        """What supports several lines at once, or is done together with other agencies."""
        return tuple(node for node in self.nodes.values() if node.together or len(self.lines(node)) > 1)

    # Budgets.

    def cost(self, node: Node | None = None) -> Cost | None:
        """The budgets of a node and of all below it, each counted once; nothing where there is nothing to spend.

        Without a node: of the whole tree.  A programme counts by its activities where each of them has a budget.
        """
        if node is not None and node.kind in SPENDING:
            return self._costs[node.identity]
        inside = list(self.nodes.values()) if node is None else [node, *self.descendants(node)]
        within = {each.identity: each for each in inside}
        return _added(
            self._cost_within(each, within)
            for each in inside
            if each.kind in SPENDING
            and not any(parent in within and parent in self._holders for parent in each.supports)
        )

    def _cost_within(self, node: Node, within: Mapping[str, Node]) -> Cost:
        """What a programme costs, or the parts that are for some of what it supports, where these are stated."""
        supported = [each for each in node.supports if each in within]
        if len(supported) < len(node.supports) and node.shares.keys() >= set(supported):
            return Cost(sum((node.shares[each] for each in supported), Fraction(0)))
        return self._costs[node.identity]

    @cached_property
    def _holders(self) -> frozenset[str]:
        """The programmes and activities, which hold the budgets of their parts."""
        return frozenset(each.identity for each in self.nodes.values() if each.kind in SPENDING)

    @cached_property
    def _costs(self) -> Mapping[str, Cost]:
        """What each programme and activity costs by its parts, or by its own budget where these are not all known."""
        costs: dict[str, Cost] = {}
        levels = sorted(
            (each for each in self.nodes.values() if each.kind in SPENDING), key=_level_of_number, reverse=True
        )
        for node in levels:
            parts = _added(costs[each] for each in node.supported_by if each in costs)
            if parts is not None and not parts.unknown:
                costs[node.identity] = parts
            elif node.budget is not None:
                costs[node.identity] = Cost(node.budget)
            else:
                costs[node.identity] = parts or Cost(Fraction(0), (node,))
        return costs

    # What hangs in the air.

    def gaps(self) -> Gaps:
        """What no document in force links: nothing of it is guessed."""
        objectives = [each for each in self.nodes.values() if each.kind is NodeKind.OBJECTIVE]
        spent_on = {
            above.identity
            for each in self.nodes.values() if each.kind in SPENDING
            for above in (each, *self.ancestors(each))
        }  # fmt: skip
        return Gaps(
            unsupported=tuple(each for each in objectives if not self.supporters(each)),
            unattached=tuple(each for each in objectives if not each.supports),
            aimless=tuple(each for each in self.roots if each.kind in SPENDING),
            unfunded=tuple(
                each for each in self.nodes.values()
                if each.kind is NodeKind.INDICATOR and not spent_on.intersection(each.supports)
            ),
            uncarried=tuple(each for each in self.nodes.values() if each.kind in CARRIED and not each.carriers),
        )  # fmt: skip


def _added(costs: Iterable[Cost]) -> Cost | None:
    """Several costs as one; nothing of none."""
    found = list(costs)
    if not found:
        return None
    amount = sum((each.amount for each in found), Fraction(0))
    return Cost(amount, tuple(node for each in found for node in each.unknown))


def _level_of_number(node: Node) -> int:
    return len([part for part in (node.number or "").split(".") if part])


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())
