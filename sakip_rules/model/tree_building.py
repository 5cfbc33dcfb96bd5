"""Builds the performance tree of a year from the documents that hold on a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.model import program as p
from sakip_rules.model.amendments import action_plan_in_force, agreement_in_force, in_force, number_parts
from sakip_rules.model.names import Program, everything
from sakip_rules.model.performance_tree import Node, NodeKind, PerformanceTree, Together

_LEVELS = (NodeKind.PROGRAMME, NodeKind.ACTIVITY, NodeKind.SUB_ACTIVITY)
#: Indicators come before what supports the same.
_RANK = {kind: rank for rank, kind in enumerate(sorted(NodeKind, key=lambda kind: kind is not NodeKind.INDICATOR))}
_Stated = p.Vision | p.Mission | p.Goal | p.Objective | p.Indicator
#: Findings that only say that there is no document of a kind, which is no fault of a work plan or a budget.
_ABSENT = (codes.NO_AGREEMENT, codes.NOT_DECIDED_YET)


def performance_tree(program: Program, year: int, as_of: datetime.date | None = None) -> PerformanceTree:
    """The tree of a year as known on a day, with what stands in the way of its documents.

    Without a day it is that of the report of the year, as for the figures.
    """
    documents = _documents(program, year, as_of)
    grower = _Grower(program, documents)
    grower.plant()
    every = (*documents.plans, *documents.targets, *documents.spending)
    told = tuple(dict.fromkeys(every))
    return PerformanceTree(year, as_of, told, _ordered(grower.acyclic()), documents.findings)


@frozen
class _Documents:
    """What holds for a year: the plans, what sets targets (the first that has one counts), and what has programmes."""

    year: int
    as_of: datetime.date | None
    plans: tuple[p.Plan, ...]
    targets: tuple[p.Agreement | p.AnnualPlan | p.ActionPlan, ...]
    spending: tuple[p.RevisableDocument, ...]
    findings: tuple[Diagnostic, ...]


def _documents(program: Program, year: int, as_of: datetime.date | None) -> _Documents:
    agreement, findings = agreement_in_force(program, year, as_of)
    if isinstance(agreement, p.ActionPlan):  # which measures the year, and promises nothing
        agreement, findings = in_force(program, p.Agreement, year, as_of)
    annual, of_annual = in_force(program, p.AnnualPlan, year, as_of)
    budget, of_budget = in_force(program, p.Budget, year, as_of)
    others = tuple(item for item in (*of_annual, *of_budget) if item.code not in _ABSENT)
    spending = [item for item in (agreement, budget, annual) if item is not None and item.activities]
    plans = [
        plan for plan in program.own(p.Plan)
        if plan.effective and plan.effective.covers_year(year) and _known(plan, as_of)
    ]  # fmt: skip
    actions = action_plan_in_force(program, year, as_of)
    targets = [item for item in (agreement, annual, actions) if item is not None]
    return _Documents(
        year, as_of, tuple(sorted(plans, key=_by_name)), tuple(targets), tuple(spending[:1]), (*findings, *others)
    )


def _known(document: p.Plan, as_of: datetime.date | None) -> bool:
    return as_of is None or document.decided is None or document.decided <= as_of


def _by_name(document: p.Definition) -> str:
    return document.name


class _Grower:
    """Collects the nodes of a tree and what each supports."""

    def __init__(self, program: Program, documents: _Documents) -> None:
        self.program, self.documents = program, documents
        self.nodes: dict[str, Node] = {}
        self.supports: dict[str, list[str]] = {}
        self._waiting: list[tuple[str, _Stated]] = []
        self._around = _containers(program)

    def plant(self) -> None:
        """Everything that the documents state, from the top down."""
        tops: tuple[_Stated, ...] = (*self.program.own(p.Vision), *self.program.own(p.Mission))
        for top in tops:
            self._add(top)
        for plan in self.documents.plans:
            for definition in everything(plan.children):
                if isinstance(definition, p.Goal | p.Objective):
                    self._add(definition)
        for alone in self._standing_alone():
            self._add(alone)
        self._promises()
        self._targets_of_plans()
        for document in self.documents.spending:
            self._spending(document)
        self._grow()
        self._partnerships()

    def acyclic(self) -> tuple[Node, ...]:
        """The nodes with their links, without those that would close a circle, which are findings of their own."""
        links = _without_circles(self.supports)
        below: dict[str, list[str]] = {identity: [] for identity in self.nodes}
        for identity, targets in links.items():
            for target in targets:
                below[target].append(identity)
        return tuple(
            evolve(node, supports=tuple(links[identity]), supported_by=tuple(below[identity]))
            for identity, node in self.nodes.items()
        )

    # Definitions.

    def _add(self, definition: _Stated) -> str:
        """The identity of a definition, which is in the tree from now on; ``_grow`` adds what it supports."""
        identity = f"{definition.kind}:{definition.path}"
        while identity in self.nodes and self.nodes[identity].span != definition.name_span:
            identity += "'"  # a name that is given twice is a finding of its own
        if identity not in self.nodes:
            self.nodes[identity] = Node(
                identity, NodeKind(definition.kind), definition.path, definition.label,
                getattr(definition, "number", None), definition.name_span, self._document(definition),
                carriers=self._targets(getattr(definition, "carriers", ())),
            )  # fmt: skip
            self.supports[identity] = []
            self._waiting.append((identity, definition))
        return identity

    def _grow(self) -> None:
        """Add what the definitions support, what that supports, and the indicators of each."""
        while self._waiting:
            identity, definition = self._waiting.pop()
            for target in self._stated_above(definition):
                self._link(identity, self._add(target))
            for indicator in self._targets(getattr(definition, "indicators", ())):
                if isinstance(indicator, p.Indicator):
                    self._link(self._add(indicator), identity)

    def _stated_above(self, definition: _Stated) -> Iterator[_Stated]:
        """What a definition supports: the goal around it, and what it, or for all that it holds its plan, says."""
        container = self._around.get(id(definition))
        if isinstance(container, p.Goal):
            yield container
        stated = getattr(definition, "supports", ())
        if not stated and isinstance(container, p.Plan):
            stated = container.supports
        for target in self._targets(stated):
            if isinstance(target, p.Vision | p.Mission | p.Goal | p.Objective) and self._is_known(target):
                yield target

    def _is_known(self, definition: p.Definition) -> bool:
        document = self._document(definition)
        return not isinstance(document, p.Plan) or _known(document, self.documents.as_of)

    def _document(self, definition: p.Definition) -> p.Definition | None:
        """The outermost block that a definition stands in."""
        found = None
        around = self._around.get(id(definition))
        while around is not None:
            found, around = around, self._around.get(id(around))
        return found

    def _targets(self, references: Iterable[p.Reference]) -> tuple[p.Definition, ...]:
        found = (self.program.target(reference) for reference in references)
        return tuple(item for item in found if item is not None)

    def _link(self, identity: str, target: str) -> None:
        if identity != target and target not in self.supports[identity]:
            self.supports[identity].append(target)

    def _standing_alone(self) -> Iterator[p.Goal | p.Objective]:
        """Goals and objectives outside every plan that no agreement or other document of a year names."""
        documents: tuple[p.Agreement | p.AnnualPlan | p.ActionPlan, ...] = (
            *self.program.own(p.Agreement), *self.program.own(p.AnnualPlan), *self.program.own(p.ActionPlan),
        )  # fmt: skip
        named = {id(self.program.target(row.objective)) for document in documents for row in document.rows}
        alone: tuple[p.Goal | p.Objective, ...] = (*self.program.own(p.Goal), *self.program.own(p.Objective))
        for definition in alone:
            if id(definition) not in named:
                yield definition

    # Targets.

    def _promises(self) -> None:
        """The indicators that agreement, work plan and action plan name, and the targets that they set."""
        for document in self.documents.targets:
            for row in document.rows:
                indicator, objective = self.program.target(row.indicator), self.program.target(row.objective)
                if not isinstance(indicator, p.Indicator):
                    continue
                identity = self._add(indicator)
                if isinstance(objective, p.Goal | p.Objective):
                    self._link(identity, self._add(objective))
                if not isinstance(document, p.ActionPlan):
                    self._set(identity, indicator, row.target, row.unit, document)

    def _targets_of_plans(self) -> None:
        """What the plans set for the year, and then the action plan, for what has no target yet."""
        for plan in self.documents.plans:
            for line in plan.rows:
                indicator = self.program.target(line.indicator)
                if isinstance(indicator, p.Indicator) and self.documents.year in line.targets:
                    self._set(self._add(indicator), indicator, line.targets[self.documents.year], line.unit, plan)
        for document in self.documents.targets:
            for row in document.rows:
                indicator = self.program.target(row.indicator)
                if isinstance(document, p.ActionPlan) and isinstance(indicator, p.Indicator):
                    self._set(self._add(indicator), indicator, row.target, row.unit, document)

    def _set(
        self, identity: str, indicator: p.Indicator, target: p.Target | None, unit: p.UnitRef | None, by: p.Definition
    ) -> None:
        """Give an indicator its target, where no document before has."""
        node = self.nodes[identity]
        if node.setter is None:
            named = unit or indicator.unit
            self.nodes[identity] = evolve(node, target=target, unit=named.text if named else None, setter=by)

    # Programmes and activities.

    def _spending(self, document: p.RevisableDocument) -> None:
        """The programmes and activities of a document, each below the one whose number its own continues."""
        identities: dict[tuple[object, ...], str] = {}
        rows: list[tuple[str, p.ActivityRow]] = []
        for row in document.activities:
            identity = self._add_row(row, document)
            identities.setdefault(number_parts(row.number), identity)
            rows.append((identity, row))
        for identity, row in rows:
            parts = number_parts(row.number)
            above = (identities.get(parts[:length]) for length in range(len(parts) - 1, 0, -1))
            if programme := next((each for each in above if each is not None), None):
                self._link(identity, programme)
            for target in self._targets(row.supports):
                if isinstance(target, p.Goal | p.Objective) and self._is_known(target):
                    self._link(identity, self._add(target))
            self.nodes[identity] = evolve(self.nodes[identity], shares=self._shares(row))

    def _shares(self, row: p.ActivityRow) -> dict[str, Fraction]:
        """The parts of a budget that the allocations of the year state, by the objective that they are for."""
        allocations = (each for each in self.program.own(p.Allocation) if each.year == self.documents.year)
        stated = (part for each in allocations for part in each.rows if part.program == row.name)
        objectives = ((part, self.program.target(part.objective)) for part in stated)
        return {
            self._add(target): part.budget.number for part, target in objectives if target and self._is_known(target)
        }

    def _add_row(self, row: p.ActivityRow, document: p.RevisableDocument) -> str:
        kind = _LEVELS[min(max(row.depth, 1), len(_LEVELS)) - 1]
        identity = f"{kind.value}:{row.name}"
        while identity in self.nodes:
            identity += "'"
        self.nodes[identity] = Node(
            identity, kind, row.name, row.title, row.number.rstrip("."), row.place("nama"), document,
            measured=row.measured, target=row.target, unit=getattr(row.target, "unit", None), setter=document,
            budget=row.budget.number if row.budget else None,
            carriers=self._targets(row.carriers),
            together=(Together(self._targets(row.partners)),) if row.partners else (),
        )  # fmt: skip
        self.supports[identity] = []
        return identity

    # Other agencies.

    def _partnerships(self) -> None:
        """What is done together with other agencies in this year, for goals and objectives that are in the tree."""
        stated = [
            each for each in self.program.own(p.Partnership)
            if each.effective is None or each.effective.covers_year(self.documents.year)
        ]  # fmt: skip
        for each in sorted(stated, key=_by_name):
            for target in self._targets(each.supports):
                node = self.nodes.get(f"{target.kind}:{target.path}")
                if node is not None:
                    together = (*node.together, Together(self._targets(each.partners), each))
                    self.nodes[node.identity] = evolve(node, together=together)


def _containers(program: Program) -> Mapping[int, p.Definition]:
    """The block that each nested definition stands in."""
    return {
        id(child): definition
        for layer in program.layers
        for definition in everything(layer.top)
        for child in definition.children
    }


def _without_circles(supports: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The links without those that lead back to where a walk along them began; without recursion."""
    kept: dict[str, list[str]] = {identity: [] for identity in supports}
    done: set[str] = set()
    for root in sorted(supports):
        path = {root} if root not in done else set()
        stack = [(root, iter(supports[root]))] if path else []
        while stack:
            identity, targets = stack[-1]
            target = next(targets, None)
            if target is None:
                stack.pop()
                path.discard(identity)
                done.add(identity)
            elif target not in path:
                kept[identity].append(target)
                if target not in done:
                    path.add(target)
                    stack.append((target, iter(supports[target])))
    return kept


# Order.


def _ordered(nodes: Sequence[Node]) -> dict[str, Node]:
    """The nodes by level, number and place in their document: the order of files does not matter."""
    first = {node.identity: node for node in nodes}
    order = {identity: at for at, identity in enumerate(sorted(first, key=lambda each: _key(first[each])))}
    found: dict[str, Node] = {}
    for identity in sorted(first, key=order.__getitem__):
        node = first[identity]
        below = tuple(sorted(node.supported_by, key=order.__getitem__))
        if node.kind is NodeKind.INDICATOR:  # the order in which objectives list it means nothing
            node = evolve(node, supports=tuple(sorted(node.supports, key=order.__getitem__)))
        found[identity] = evolve(node, supports=_main_first(node, first), supported_by=below)
    return found


def _key(node: Node) -> tuple[object, ...]:
    document = node.document.name if node.document else ""
    place = node.span.start if node.document else 0
    numbered = number_parts(node.number or "")
    return _RANK[node.kind], not numbered, numbered, document, place, node.identity


def _main_first(node: Node, nodes: Mapping[str, Node]) -> tuple[str, ...]:
    """What a node supports, first what it is shown under: the first that is not above another of them."""
    if len(node.supports) < 2:
        return node.supports
    above = {each for parent in node.supports for each in _above(parent, nodes)}
    main = next(parent for parent in node.supports if parent not in above)
    return (main, *(parent for parent in node.supports if parent != main))


def _above(identity: str, nodes: Mapping[str, Node]) -> set[str]:
    seen: set[str] = set()
    waiting = list(nodes[identity].supports)
    while waiting:
        each = waiting.pop()
        if each not in seen:
            seen.add(each)
            waiting += nodes[each].supports
    return seen
