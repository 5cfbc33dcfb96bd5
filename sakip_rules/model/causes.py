"""Which changes of the rules can explain that a figure moves: those of what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from sakip_rules.model import program as p
from sakip_rules.model.changes import DATA, Change
from sakip_rules.model.effects import Movement, Side
from sakip_rules.model.names import Program
from sakip_rules.model.results import ActivityResult, Evaluation, IndicatorResult
from sakip_rules.model.values import QUARTERS, Quarter
from sakip_rules.syntax import tree

#: The keys that lead from an indicator, an index or a formula to what its figure rests on.
_LEADING = ("index", "scale", "category")
#: The formulas of a method that programmes and activities use.
_SPENDING = ("absorption", "efficiency")
#: The figure that bands decide, and nothing else.
_CATEGORY = "kategori"
#: What has a figure: its kind and its path.
_Key = tuple[str, str]
#: What the efficiency of all objectives together is.
_EFFICIENCY = ("keseluruhan", "efisiensi_total")


@frozen
class _Ground:
    """What figures rest on, by name: definitions and data, what only the category rests on, and rows of documents."""

    paths: frozenset[str]
    bands: frozenset[str]
    documents: frozenset[str]
    rows: frozenset[str]


class Causes:
    """Finds the causes of movements among some changes, which are told by their places in the list."""

    def __init__(self, changes: Sequence[Change], renamed: Mapping[str, str], year: int, quarter: Quarter) -> None:
        self.renamed = renamed
        self._by_path: dict[str, set[int]] = {}
        self._by_row: dict[tuple[str, str], set[int]] = {}
        others = _other_columns(quarter)
        for number, change in enumerate(changes):
            other_year = change.subject.kind == DATA and not (change.key or "").startswith(f"{year} ")
            if not (change.remark or change.key in others or other_year):
                self._enter(number, change)

    def _enter(self, number: int, change: Change) -> None:
        for path in {side.path for side in (change.before, change.after) if side}:
            if change.row is not None and change.about is not None:
                self._by_row.setdefault((path, change.about), set()).add(number)
            if change.row is None or not _is_document(change.subject.kind):
                self._by_path.setdefault(path, set()).add(number)

    def of(self, movements: Iterable[Movement], sides: Sequence[Side]) -> Mapping[_Key, tuple[int, ...]]:
        """The changes that can explain the movements of each indicator, objective, average, programme or activity."""
        grounds: dict[_Key, list[_Ground]] = {}
        members: dict[_Key, set[_Key]] = {}
        figures: dict[_Key, set[str]] = {}
        for each in movements:
            figures.setdefault((each.figured.kind, each.figured.path), set()).add(each.figure)
        resting = [_Resting(program, evaluation) for program, evaluation in sides if evaluation]
        for side in resting:
            for key, ground in side.grounds():
                grounds.setdefault(self._newer(key), []).append(ground)
            for key, member in side.members():
                members.setdefault(self._newer(key), set()).add(self._newer(member))
        for key, known in grounds.items():
            if len(known) < len(resting):  # one side has no such figures
                known += [side.absence(key[1]) for side in resting]
        newer = {key: self._newer(key) for key in figures}
        own = {newer[key]: self._explaining(grounds.get(newer[key], ())) for key in figures}
        found: dict[_Key, tuple[int, ...]] = {}
        for key, names in figures.items():
            parts = (own[member] for member in members.get(newer[key], ()) if member in own)
            banded = self._of_bands(grounds.get(newer[key], ())) if _CATEGORY in names else set()
            found[key] = tuple(sorted(own[newer[key]].union(banded, *parts)))
        return found

    def _of_bands(self, grounds: Iterable[_Ground]) -> set[int]:
        return {number for ground in grounds for path in ground.bands for number in self._by_path.get(path, ())}

    def _explaining(self, grounds: Iterable[_Ground]) -> set[int]:
        found: set[int] = set()
        for ground in grounds:
            for path in (*ground.paths, *ground.documents):
                found |= self._by_path.get(path, set())
            for document in ground.documents:
                for row in ground.rows:
                    found |= self._by_row.get((document, self.renamed.get(row, row)), set())
        return found

    def _newer(self, key: _Key) -> _Key:
        return key[0], self.renamed.get(key[1], key[1])


class _Resting:
    """What the figures of one evaluation rest on."""

    def __init__(self, program: Program, evaluation: Evaluation) -> None:
        self.program, self.evaluation = program, evaluation
        self._closures: dict[int, frozenset[str]] = {}
        self.bands = self._closure(program.target(evaluation.method.category))
        self.documents = frozenset(_documents(program, evaluation))

    def grounds(self) -> Iterator[tuple[_Key, _Ground]]:
        """Everything that has figures, with what these rest on by themselves."""
        indicators = self.evaluation.indicators
        for result in indicators:
            yield _indicator(result), self._ground(self._of_indicator(result), [result.indicator.path])
        for group in self.evaluation.objectives:
            own = [group.objective.path] if group.objective else []
            yield ("sasaran", group.objective.path if group.objective else "-"), self._ground(own, ())
        promised = [result.indicator.path for result in indicators]
        for average in self.evaluation.averages:
            yield ("keseluruhan", average.kind), self._ground((), promised)
        spent = self._spending()
        for each in self.evaluation.activities:
            name, formula = each.row.name, self._closure(each.achievement.formula)
            yield _activity(each), self._ground((*spent, *formula, name, f"{name}.serapan"), [name])
        if self.evaluation.spending:
            yield ("jumlah", "jumlah"), self._ground(spent, ())
        if self.evaluation.efficiencies:
            yield _EFFICIENCY, self._ground(spent, promised)

    def absence(self, path: str) -> _Ground:
        """What it rests on that something has no figures: the documents, none of which promises it."""
        return _Ground(frozenset(), frozenset(), self.documents, frozenset((path,)))

    def members(self) -> Iterator[tuple[_Key, _Key]]:
        """Each figure that is averaged or added up, behind that which it is a part of."""
        for result in self.evaluation.indicators:
            member = _indicator(result)
            yield ("sasaran", result.objective.path if result.objective else "-"), member
            yield from ((("keseluruhan", average.kind), member) for average in self.evaluation.averages)
            yield _EFFICIENCY, member
        for each in self.evaluation.activities:
            yield ("jumlah", "jumlah"), _activity(each)
            yield _EFFICIENCY, _activity(each)

    def _ground(self, paths: Iterable[str], rows: Iterable[str]) -> _Ground:
        return _Ground(frozenset((self.evaluation.method.path, *paths)), self.bands, self.documents, frozenset(rows))

    def _of_indicator(self, result: IndicatorResult) -> Iterator[str]:
        yield from self._closure(result.indicator)
        yield from self._closure(result.achievement.formula)
        yield from (measured.name for measured in result.realization.measurements)
        if result.progress:
            yield from self._closure(self.program.target(self.evaluation.method.progress))

    def _spending(self) -> frozenset[str]:
        formulas = (self.program.target(getattr(self.evaluation.method, name)) for name in _SPENDING)
        return frozenset(path for formula in formulas for path in self._closure(formula))

    def _closure(self, definition: p.Definition | None) -> frozenset[str]:
        """The paths of a definition, and of all that its formulas, units, scales and categories lead to."""
        if definition is None:
            return frozenset()
        if id(definition) not in self._closures:
            seen: dict[int, p.Definition] = {}
            waiting = [definition]
            while waiting:
                item = waiting.pop()
                if id(item) not in seen:
                    seen[id(item)] = item
                    waiting += self._next(item)
            names = {path for item in seen.values() for path in (item.path, self._unit(item)) if path}
            self._closures[id(definition)] = frozenset(names)
        return self._closures[id(definition)]

    def _unit(self, definition: p.Definition) -> str | None:
        unit: p.UnitRef | None = getattr(definition, "unit", None)
        return self.program.units.name(unit.text) if unit else None

    def _next(self, definition: p.Definition) -> Iterator[p.Definition]:
        targets = (self.program.target(getattr(definition, attribute, None)) for attribute in _LEADING)
        yield from (target for target in targets if target is not None)
        for node in (node for expression in _expressions(definition) for node in tree.walk(expression)):
            name = node.parts[0] if isinstance(node, tree.Name) else getattr(node, "function", None)
            if isinstance(name, str):
                known = (self.program.measured(name), self.program.formula(name))
                yield from (item for item in known if item is not None)


def _indicator(result: IndicatorResult) -> _Key:
    return "indikator", result.indicator.path


def _activity(result: ActivityResult) -> _Key:
    return ("program" if result.row.depth == 1 else "kegiatan"), result.row.name


def _expressions(definition: p.Definition) -> Iterator[tree.Expression]:
    """The formulas that a definition calculates by."""
    if (expression := getattr(definition, "expression", None)) is not None:
        yield expression
    for branch in getattr(definition, "branches", ()):
        yield branch.result
        if branch.condition is not None:
            yield branch.condition


def _documents(program: Program, evaluation: Evaluation) -> Iterator[str]:
    """The agreement with those that it revises, and the plans that progress is measured by."""
    document: p.Definition | None = evaluation.agreement
    seen: set[str] = set()
    while isinstance(document, p.Agreement) and document.path not in seen:
        seen.add(document.path)
        document = program.target(document.amends)
    yield from seen
    yield from {result.progress.plan.path for result in evaluation.indicators if result.progress}


def _is_document(kind: str) -> bool:
    return kind in ("perjanjian_kinerja", "renstra")


def _other_columns(quarter: Quarter) -> frozenset[str]:
    """The target columns that the figures of a period do not use."""
    columns = {Quarter.YEAR: "target"} | {each: each.value for each in QUARTERS}
    return frozenset(column for period, column in columns.items() if period is not quarter)
