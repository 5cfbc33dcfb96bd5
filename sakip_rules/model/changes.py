"""What differs between the rules of two programs, definition by definition, key by key and row by row.

Where something stands, in which order files and keys come, and how a value is spelt, are no differences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import pairwise
from typing import Any

from attrs import evolve, field, frozen

from sakip_rules.base.source import Span
from sakip_rules.model import program as p
from sakip_rules.model.essence import Essence
from sakip_rules.model.names import Program
from sakip_rules.model.pairing import ORDERED, Definitions, Pair, Pairing, identities, rows
from sakip_rules.model.values import DataSet, Measurement
from sakip_rules.model.vocabulary import Key, Kind, Table, Type
from sakip_rules.model.written import written

#: The word under which the official title of a definition is told.
TITLE = "judul"
_TITLE = Key(TITLE, "title", Type.TEXT)
#: The kind under which measured values are told.
DATA = "data"
#: What explains rules to people, and moves no figure.
_REMARKS = frozenset(
    (
        "title",
        "note",
        "meaning",
        "source",
        "assessor",
        "about",
        "printed",
        "number",
        "measured",
        "supports",
        "unit_in_charge",
    )
)
#: What only says which document a document revises.
_OF_REVISIONS = frozenset(("amends", "reason", "scope", "drops"))


class Act(Enum):
    """What happened; the values are the words of JSON."""

    ADDED = "ditambah"
    DROPPED = "dihapus"
    CHANGED = "diubah"
    RENAMED = "berganti_nama"
    REORDERED = "berganti_urutan"
    REPLACED = "digantikan"


@frozen
class Subject:
    """What a change is about, as one side calls it; ``own`` is whether it stands in the folder, not in a library."""

    kind: str
    path: str
    title: str | None
    own: bool = field(default=True, eq=False)


@frozen
class Change:
    """One difference.

    A side that has nothing there has no subject.  ``key`` is the word of a key or column, ``row`` what people call the
    row, and ``about`` the name of what the row is for, as the newer side has it.  ``remark`` is whether it only
    explains.  A side whose text has no place does not write the key.
    """

    act: Act
    before: Subject | None
    after: Subject | None
    key: str | None = None
    row: str | None = None
    about: str | None = None
    old: str | None = None
    new: str | None = None
    old_place: Span | None = None
    new_place: Span | None = None
    remark: bool = False

    @property
    def subject(self) -> Subject:
        """What it is about, as the newer side calls it where that has it."""
        found = self.after or self.before
        assert found is not None
        return found


def changes(before: Program, after: Program) -> tuple[tuple[Change, ...], Mapping[str, str]]:
    """Every difference of the rules, by kind and name; and the newer path of each older one that was renamed."""
    pairing = Pairing(before, after)
    nodes = pairing.all()
    comparison = _Comparison(before, after, pairing.renamed)
    order = {word: number for number, word in enumerate(after.vocabulary.kinds)}
    found = [change for node in nodes for change in comparison.definitions(node)]
    found.sort(key=lambda change: (order.get(change.subject.kind, len(order)), change.subject.path))
    return tuple(found), dict(_renamed_paths(nodes))


def document_changes(before: Program, old: p.Definition, after: Program, new: p.Definition) -> tuple[Change, ...]:
    """Every difference of two documents, which may be of two kinds: then what both kinds have is compared."""
    if old.kind != new.kind:
        year = getattr(new, "year", 0) or getattr(old, "year", 0)
        old, new = _of_year(old, year), _of_year(new, year)
    return tuple(_Comparison(before, after, {}).documents(old, new))


def replaced(old: p.Definition | None, new: p.Definition | None) -> Change:
    """That one document holds in the place of another, or of none, or none in its place."""
    return _whole(old, new, _subjects(old, new, True))


def data_changes(before: DataSet, after: DataSet, renamed: Mapping[str, str]) -> tuple[Change, ...]:
    """Every measured value that differs, by name, year and period; what was renamed is told under its newer name."""
    old = {
        (renamed.get(name, name), year, quarter): item for (name, year, quarter), item in before.measurements.items()
    }
    new = dict(after.measurements)
    keys = sorted({*old, *new}, key=lambda key: (key[0], key[1], key[2].value))
    return tuple(
        _measured(key[0], old.get(key), new.get(key)) for key in keys if _datum(old.get(key)) != _datum(new.get(key))
    )


def text_changes(before: Mapping[str, str | None], after: Mapping[str, str | None]) -> tuple[Change, ...]:
    """Every file of texts that differs, with those of its paragraphs that the other side does not have."""
    return tuple(
        _written(name, before.get(name), after.get(name))
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    )


def _written(name: str, old: str | None, new: str | None) -> Change:
    subject = Subject("uraian", f"uraian/{name}", None)
    if old is None or new is None:
        sides = (None, subject) if old is None else (subject, None)
        return Change(Act.ADDED if old is None else Act.DROPPED, *sides)
    one, other = old.split("\n\n"), new.split("\n\n")
    gone = "\n\n".join(each for each in one if each not in other)
    come = "\n\n".join(each for each in other if each not in one)
    return Change(Act.CHANGED, subject, subject, "teks", None, None, gone.strip() or None, come.strip() or None)


#: What a change is about, on the older and on the newer side.
_Subjects = tuple[Subject | None, Subject | None]


class _Comparison:
    """Compares definitions that belong together; ``renamed`` as ``Essence`` has it."""

    def __init__(self, before: Program, after: Program, renamed: Mapping[int, str]) -> None:
        self.before, self.after = before, after
        self.old, self.new = Essence(before, renamed), Essence(after)
        self.own = {id(item) for program in (before, after) for item in program.layers[0].top}

    # Definitions.

    def definitions(self, node: Definitions, own: bool | None = None) -> Iterator[Change]:
        """The differences of one definition and of all that stands in it."""
        old, new = node.old, node.new
        is_own = id(new or old) in self.own if own is None else own
        subjects = _subjects(old, new, is_own)
        if old is None or new is None:
            yield _whole(old, new, subjects)
            return
        if node.renamed:
            places = old.name_span, new.name_span
            yield Change(Act.RENAMED, *subjects, None, None, None, old.path, new.path, *places)
        kind = self.after.vocabulary.kinds[new.kind]
        keys = [key for key in kind.keys if not (node.renamed and key.attribute == "continues")]
        yield from self._keys(old, new, (_TITLE, *keys), subjects)
        for table in _tables(kind):
            yield from self._table(old, new, table, subjects)
        for child in node.children:
            yield from self.definitions(child, is_own)

    def documents(self, old: p.Definition, new: p.Definition) -> Iterator[Change]:
        """The differences of two documents, whatever they are called; of two kinds, in what both kinds have."""
        subjects = _subjects(old, new, True)
        kinds = self.before.vocabulary.kinds[old.kind], self.after.vocabulary.kinds[new.kind]
        if old.kind == new.kind:
            keys = [key for key in kinds[1].keys if key.attribute not in _OF_REVISIONS]
            yield from self._keys(old, new, keys, subjects)
        for table in kinds[1].tables:
            common = table if old.kind == new.kind else _common(table, kinds[0])
            if common is not None:
                yield from self._table(old, new, common, subjects)
        if old.kind == new.kind:
            for child in Pairing(self.before, self.after).within(old.children, new.children):
                yield from self.definitions(child, True)

    # Keys and rows.

    def _keys(self, old: object, new: object, keys: Iterable[Key], subjects: _Subjects) -> Iterator[Change]:
        for key in keys:
            yield from self._value(old, new, key, subjects)

    def _value(
        self, old: Any, new: Any, key: Key, subjects: _Subjects, row: str | None = None, about: str | None = None
    ) -> Iterator[Change]:
        attribute, word = key.attribute, key.word
        if self.old.attribute(old, attribute) != self.new.attribute(new, attribute):
            yield Change(
                Act.CHANGED, *subjects, word, row, about, written(getattr(old, attribute)),
                written(getattr(new, attribute)), old.place(word), new.place(word), attribute in _REMARKS,
            )  # fmt: skip

    def _table(self, old: Any, new: Any, table: Table, subjects: _Subjects) -> Iterator[Change]:
        lines: tuple[Sequence[p.Line], Sequence[p.Line]] = getattr(old, table.attribute), getattr(new, table.attribute)
        pairs = rows(*lines, table, (self.old, self.new))
        for pair in pairs:
            yield from self._row(pair, table, subjects)
        if issubclass(table.row, ORDERED) and _crossed(pairs, lines):
            olds, news = ("; ".join(_row_name(row, table) for row in side) for side in lines)
            places = lines[0][0].span, lines[1][0].span
            yield Change(Act.REORDERED, *subjects, table.columns[0].word, None, None, olds, news, *places)

    def _row(self, pair: Pair[p.Line], table: Table, subjects: _Subjects) -> Iterator[Change]:
        old, new, about = pair.old, pair.new, self._about(pair, table)
        if new is None and old is not None:
            text = _row_text(old, table)
            yield Change(Act.DROPPED, *subjects, None, _row_name(old, table), about, text, None, old.span)
        elif old is None and new is not None:
            text = _row_text(new, table)
            yield Change(Act.ADDED, *subjects, None, _row_name(new, table), about, None, text, None, new.span)
        elif old is not None and new is not None:
            for column in table.columns:
                yield from self._value(old, new, column, subjects, _row_name(new, table), about)
            yield from self._others(old, new, table, subjects, _row_name(new, table), about)

    def _others(
        self, old: p.Line, new: p.Line, table: Table, subjects: _Subjects, row: str, about: str | None
    ) -> Iterator[Change]:
        """The differences of the columns that are headed by a year or a name of their own."""
        before, after = _other_cells(old, table), _other_cells(new, table)
        for word in dict.fromkeys((*before, *after)):
            one, other = before.get(word), after.get(word)
            if self.old.of(one) != self.new.of(other):
                places = old.place(word), new.place(word)
                yield Change(Act.CHANGED, *subjects, word, row, about, written(one), written(other), *places)

    def _about(self, pair: Pair[p.Line], table: Table) -> str | None:
        side, essence = (pair.new, self.new) if pair.new else (pair.old, self.old)
        found = essence.of(getattr(side, identities(table)[0]))
        return found if isinstance(found, str) else None


def _tables(kind: Kind) -> tuple[Table, ...]:
    """The tables of a kind; free keys, where it takes any, are one."""
    if kind.given is None:
        return kind.tables
    free = Table("given", p.Given, (Key("nama", "name", kind.given), Key("nilai", "value", kind.given)))
    return (*kind.tables, free)


def _crossed(pairs: Iterable[Pair[p.Line]], lines: tuple[Sequence[p.Line], Sequence[p.Line]]) -> bool:
    """Whether rows that both sides have come in another order."""
    old, new = ({id(row): at for at, row in enumerate(side)} for side in lines)
    both = sorted((old[id(pair.old)], new[id(pair.new)]) for pair in pairs if pair.old and pair.new)
    return any(one[1] > other[1] for one, other in pairwise(both))


def _row_name(row: p.Line, table: Table) -> str:
    """What people call a row."""
    return written(getattr(row, identities(table)[0]))


def _row_text(row: p.Line, table: Table) -> str:
    """The cells of a row that hold something, but that which it is called by."""
    first = identities(table)[0]
    cells = [(column.word, getattr(row, column.attribute)) for column in table.columns if column.attribute != first]
    cells += _other_cells(row, table).items()
    return "; ".join(f"{word}: {written(value)}" for word, value in cells if value not in (None, ()))


def _other_cells(row: p.Line, table: Table) -> dict[str, Any]:
    """The cells in columns that are headed by a year or a name of their own, by that word."""
    years = sorted(getattr(row, "targets", {}).items()) if table.years else ()
    free = getattr(row, "cells", {}) if table.free else {}
    return {**{str(year): target for year, target in years}, **free}


def _common(table: Table, other: Kind) -> Table | None:
    """A table with the columns that another kind's table has, too.

    A target of a year stands for a column of its own, and units are left out: one kind may leave them to indicators.
    """
    found = next((each for each in other.tables if each.attribute == table.attribute), None)
    if found is None:
        return None
    words = {column.word for column in found.columns if column.attribute != "unit"}
    words |= {"target"} if found.years else set()
    columns = tuple(column for column in table.columns if column.word in words)
    if table.years and not found.years:
        columns += tuple(column for column in found.columns if column.word == "target")
    return evolve(table, columns=columns, years=None)


def _subjects(old: p.Definition | None, new: p.Definition | None, own: bool) -> _Subjects:
    before, after = (Subject(item.kind, item.path, item.title, own) if item else None for item in (old, new))
    return before, after


def _whole(old: p.Definition | None, new: p.Definition | None, subjects: _Subjects) -> Change:
    """That a definition is added or dropped as a whole, or another stands in its place."""
    act = Act.REPLACED if old and new else Act.ADDED if new else Act.DROPPED
    places = (old.name_span if old else None), (new.name_span if new else None)
    return Change(act, *subjects, None, None, None, None, None, *places)


def _of_year(document: p.Definition, year: int) -> p.Definition:
    """A plan of several years as one of a single year; other documents as they are."""
    if not isinstance(document, p.Plan):
        return document
    lines: tuple[Any, ...] = tuple(_promise(row, year) for row in document.rows if row.targets.get(year) is not None)
    return evolve(document, rows=lines)


def _promise(row: p.PlanRow, year: int) -> p.AgreementRow:
    places = {**row.places, "target": row.place(str(year))}
    return p.AgreementRow(row.span, places, row.indicator, row.targets[year], unit=row.unit)


def _renamed_paths(nodes: Iterable[Definitions]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if node.old and node.new and node.old.path != node.new.path:
            yield node.old.path, node.new.path
        yield from _renamed_paths(node.children)


# Measured values.


def _datum(item: Measurement | None) -> object:
    return item and (item.number, item.label, item.unit, item.status)


def _measured(name: str, old: Measurement | None, new: Measurement | None) -> Change:
    known = new or old
    assert known is not None
    act = Act.CHANGED if old and new else Act.ADDED if new else Act.DROPPED
    subject = Subject(DATA, name, None)
    key = f"{known.year} {known.quarter.value}"
    return Change(
        act, subject if old else None, subject if new else None, key, None, name,
        _datum_text(old), _datum_text(new), old.span if old else None, new.span if new else None,
    )  # fmt: skip


def _datum_text(item: Measurement | None) -> str | None:
    if item is None:
        return None
    text = item.label or written(item.number)
    unit = f" {item.unit}" if item.unit else ""
    status = "" if item.status.value == "final" else f" ({item.status.value})"
    return f"{text}{unit}{status}" if item.number is not None or item.label else item.status.value
