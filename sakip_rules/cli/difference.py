"""The sides of a comparison, agency by agency: which folders they are read from, and what differs between them."""

from __future__ import annotations

import datetime
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from attrs import frozen

from sakip_rules import files, plugins
from sakip_rules.base import codes
from sakip_rules.base.dates import format_date
from sakip_rules.base.source import Source
from sakip_rules.cli.readings import DOCUMENT, FOLDER, REVISION, Readings
from sakip_rules.cli.revisions import RefusedError, Revision
from sakip_rules.difference import Difference, Side, difference
from sakip_rules.files import TEXT_SUFFIXES
from sakip_rules.inputs import Reading, read_inputs
from sakip_rules.model.amendments import other_years
from sakip_rules.model.changes import Change
from sakip_rules.model.values import Quarter
from sakip_rules.project import Project


@frozen
class State:
    """A folder that is read in some way, and how people call it."""

    called: str
    folder: Path
    reading: Reading
    as_of: datetime.date | None = None
    document: str | None = None


@frozen
class UnitDifference:
    """What differs in one agency's folder; ``None`` where only one side has the folder, which ``only`` names."""

    path: str
    found: Difference | None
    only: str | None = None

    def __bool__(self) -> bool:
        return self.found is None or bool(self.found)


@frozen(slots=False)
class Comparison:
    """All that a comparison found, agency by agency, and how both sides are called."""

    before: str
    after: str
    folder: str
    units: tuple[UnitDifference, ...]
    sources: Mapping[str, Source]

    def __bool__(self) -> bool:
        return any(self.units)

    @cached_property
    def _seen(self) -> Mapping[Change, int]:
        """By how many agencies each change is seen."""
        return Counter(change for unit in self.units if unit.found for change in dict.fromkeys(unit.found.changes))

    @cached_property
    def numbers(self) -> Mapping[Change, int]:
        """The number of each change, the same wherever it has an effect; what several agencies see comes first."""
        ordered = sorted(self._seen, key=lambda change: self._seen[change] == 1)
        return {change: number for number, change in enumerate(ordered, 1)}

    @property
    def shared(self) -> tuple[Change, ...]:
        """The changes that several agencies see: those of their libraries."""
        return tuple(change for change in self.numbers if self._seen[change] > 1)


class Request:
    """One call of the command; ``RefusedError`` is raised where its sides are not clear or not there."""

    def __init__(
        self, folder: Path, plugins_folder: Path | None, read_date: Callable[[str], datetime.date | None]
    ) -> None:
        self.folder, self.plugins_folder, self.read_date = folder, plugins_folder, read_date
        self.readings = Readings(folder, lambda: self.projects(State("", folder, Reading())), read_date)

    @cached_property
    def _suffixes(self) -> frozenset[str]:
        """The suffixes of what a run reads: rules, settings, texts, and data files that any reader reads."""
        return frozenset((".sakip", ".toml", *TEXT_SUFFIXES, *plugins.find(self.plugins_folder).readers))

    def compare(self, asked: Sequence[str], year: int | None, quarter: Quarter) -> Comparison:
        """What differs between two sides, for every agency that either has."""
        with self._states(*asked) as (before, after):
            olds, news = self.projects(before), self.projects(after)
            units = tuple(self._units(before, after, olds, news, year, quarter))
            if not units:
                raise RefusedError(codes.COMPARED_APART, name=before.called, other=after.called)
            if year and not any(unit.found is None or unit.found.moved + unit.found.still for unit in units):
                known = {each for project in (*olds.values(), *news.values()) for each in project.years}
                raise RefusedError(codes.NO_AGREEMENT, **other_years(year, known))
            sources = {path: source for project in (*olds.values(), *news.values())
                       for path, source in project.sources.items()}  # fmt: skip
        called = files.shown(before.folder) if before.folder == after.folder else ""
        return Comparison(before.called, after.called, called, units, sources)

    def projects(self, state: State) -> Mapping[str, Project]:
        """The agencies' folders of a state, by their path in it."""
        found = unit_folders(state.reading.at(state.folder))
        folders = {path: state.folder / path if path else state.folder for path in found}
        return {
            path: Project(folder, inputs=read_inputs(folder, self.plugins_folder, state.reading))
            for path, folder in folders.items()
        }

    @staticmethod
    def _units(
        before: State,
        after: State,
        olds: Mapping[str, Project],
        news: Mapping[str, Project],
        year: int | None,
        quarter: Quarter,
    ) -> Iterator[UnitDifference]:
        for path in sorted({*olds, *news}):
            old, new = olds.get(path), news.get(path)
            if old is None or new is None:
                yield UnitDifference(path, None, (before if old else after).called)
                continue
            sides = _side(before, old), _side(after, new)
            if before.document and not all(_has(project, state.document)
                                           for project, state in ((old, before), (new, after))):  # fmt: skip
                continue  # the documents are another agency's
            yield UnitDifference(path, difference(*sides, year, quarter))

    @contextmanager
    def _states(self, *asked: str) -> Iterator[tuple[State, State]]:
        kind, texts = self.readings.kind_of(*asked)
        if kind == REVISION:
            with tempfile.TemporaryDirectory(prefix="sakip-rules-") as exported:
                before = self._revision(texts[0], Path(exported, "1"))
                after = self._revision(texts[1], Path(exported, "2")) if len(texts) > 1 else None
                yield before, after or State(files.shown(self.folder), self.folder, Reading())
        else:
            before, after = (self._present(kind, text) for text in texts)
            yield before, after

    def _present(self, kind: str, text: str) -> State:
        """A state that is read from the files as they are."""
        if kind == FOLDER:
            return State(files.shown(Path(text)), Path(text), Reading())
        if kind == DOCUMENT:
            return State(text, self.folder, Reading(), document=text)
        day = self.read_date(text)
        assert day is not None
        return State(format_date(day), self.folder, Reading(), as_of=day)

    def _revision(self, name: str, exported: Path) -> State:
        exported.mkdir()
        revision = Revision(self.readings.repository, name, exported, self._suffixes)
        if not revision.at(self.folder).is_dir() or revision.at(self.folder) == self.folder:
            raise RefusedError(codes.NOT_IN_REVISION, name=name, folder=files.shown(self.folder))
        return State(name, self.folder, revision.reading)


def unit_folders(folder: Path) -> list[str]:
    """The rule folders in a folder by their path in it: those with settings, and itself where it has rules."""
    found = sorted(
        Path(place).relative_to(folder).as_posix()
        for place in _folders(folder)
        if Path(place) != folder and Path(place, files.SETTINGS).exists()
    )
    itself = (folder / files.SETTINGS).exists() or next(iter(files.rule_files(folder)), None) is not None
    return ["", *found] if itself or not found else found


def _folders(folder: Path) -> Iterator[str]:
    for place, names, _ in os.walk(folder):
        names[:] = [name for name in names if not name.startswith((".", "~$"))]
        yield place


def _side(state: State, project: Project) -> Side:
    root = state.reading.shown(state.reading.at(project.path))
    return Side(project, root, state.as_of, state.document)


def _has(project: Project, name: str | None) -> bool:
    return any(item.name == name for item in project.program.layers[0].top)
