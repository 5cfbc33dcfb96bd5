"""Tree to typed definitions: reads each block by what the vocabulary says of its kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Related
from sakip_rules.base.source import Source, Span
from sakip_rules.base.spelling import nearest
from sakip_rules.model import program as p
from sakip_rules.model.reading import Reader
from sakip_rules.model.vocabulary import Key, Kind, Table, Type, Vocabulary
from sakip_rules.syntax import tree
from sakip_rules.syntax.parser import parse

_YEAR = re.compile(r"(?:19|20)\d\d")
#: Types that are read from the text as it stands, since their findings point into it.
_VERBATIM = {
    Type.EXPRESSION, Type.CONDITION, Type.OUTCOME, Type.RANGE, Type.WEIGHT, Type.REFERENCES, Type.INPUTS, Type.GIVEN,
    Type.TARGET, Type.QUANTITY, Type.NUMBER, Type.ROWS, Type.SUBJECT, Type.CLAIM, Type.MESSAGE, Type.PROSE,
    Type.CHOICES,
}  # fmt: skip
#: Anonymous blocks get a name that no one can write.
_ANONYMOUS = "#{}"


def compile_file(source: Source, vocabulary: Vocabulary) -> p.CompiledFile:
    """Read one file, whatever is wrong with it."""
    file, diagnostics = parse(source)
    builder = _Builder(source, vocabulary)
    definitions = builder.blocks(file.blocks(), None, None)
    return p.CompiledFile(source.path, definitions, (*diagnostics, *builder.reader.diagnostics))


class _Builder:
    def __init__(self, source: Source, vocabulary: Vocabulary) -> None:
        self.path, self.text, self.vocabulary = source.path, source.text, vocabulary
        self.reader = Reader(source.path)
        self.report = self.reader.report

    def span(self, start: int, end: int) -> Span:
        return Span(self.path, start, end)

    def blocks(self, blocks: Iterable[tree.Block], within: Kind | None, parent: str | None) -> tuple[p.Definition, ...]:
        """The definitions of some blocks, those with findings that leave nothing to define left out."""
        built = (self._block(block, within, parent, number) for number, block in enumerate(blocks, 1))
        return tuple(definition for definition in built if definition is not None)

    def _block(self, block: tree.Block, within: Kind | None, parent: str | None, number: int) -> p.Definition | None:
        word_span = self.span(block.start, block.start + len(block.kind))
        kind = self._kind(block.kind, word_span, within)
        if kind is None:
            return None
        name = block.name or (_ANONYMOUS.format(number) if kind.anonymous else None)
        name_span = self.span(block.name_start, block.name_start + len(block.name or block.kind))
        if name is None:
            self.report(codes.MISSING_NAME, word_span, kind=block.kind)
            return None
        if block.name and self.reader.read(Type.NAME, block.name, name_span, _NAME_KEY) is None:
            return None
        values, places, given = self._entries(block, kind)
        values |= self._tables(block, kind)
        if given:
            values["given"] = tuple(given)
        path = f"{parent}.{name}" if parent else name
        children = self.blocks((item for item in block.items if isinstance(item, tree.Block)), kind, path)
        complete = self._complete(block, kind, values, places, word_span if kind.anonymous else name_span)
        if not complete:
            return None
        return kind.model(
            kind=kind.word, name=name, title=block.title, span=self.span(block.start, block.end), name_span=name_span,
            places=places, parent=parent, children=children, **values,
        )  # fmt: skip

    def _kind(self, word: str, span: Span, within: Kind | None) -> Kind | None:
        kind = self.vocabulary.kinds.get(word)
        allowed = within.children if within else tuple(k.word for k in self.vocabulary.kinds.values() if k.top)
        if kind and word in allowed:
            return kind
        if kind:
            self.report(codes.MISPLACED_KIND, span, kind=word, within=within.word if within else "")
        else:
            near = nearest(word.lower(), allowed) or nearest(word.lower(), self.vocabulary.kinds)
            self.report(codes.UNKNOWN_KIND, span, near, near, kind=word)
        return None

    # Keys.

    def _entries(self, block: tree.Block, kind: Kind) -> tuple[dict[str, Any], dict[str, Span], list[p.Given]]:
        values: dict[str, Any] = {}
        places: dict[str, Span] = {}
        given: list[p.Given] = []
        for entry in block.items:
            if not isinstance(entry, tree.Entry):
                continue
            key_span = self.span(entry.start, entry.start + len(entry.key))
            key = kind.key(entry.key)
            if entry.key in places:
                first = Related(places[entry.key], "first_here")
                self.reader.diagnostics.append(
                    Diagnostic(codes.DOUBLE_KEY, key_span, {"key": entry.key}, related=(first,))
                )
                continue
            if key is None and kind.given is None:
                self._unknown_key(entry.key, key_span, kind)
                continue
            value_span = self.span(entry.value_start, entry.end)
            places[entry.key] = value_span if entry.value else key_span
            value = self._value(entry, key or Key(entry.key, "", kind.given or Type.TEXT), value_span)
            if value is None:
                continue
            if key is None:
                given.append(p.Given(span=key_span, places={}, name=entry.key, value=value))
            else:
                values[key.attribute] = value
        return values, places, given

    def _unknown_key(self, word: str, span: Span, kind: Kind) -> None:
        near = nearest(word.lower(), (key.word for key in kind.keys))
        self.report(codes.UNKNOWN_KEY, span, near, near, key=word, kind=kind.word)

    def _value(self, entry: tree.Entry, key: Key, span: Span) -> Any:
        if not entry.value or entry.value in ('""', '""""""'):
            self.report(codes.EMPTY_VALUE, self.span(entry.start, entry.end), key=entry.key)
            return None
        text = self.text[span.start : span.end] if key.type in _VERBATIM else entry.value
        return self.reader.read(key.type, text, span, key)

    def _complete(
        self, block: tree.Block, kind: Kind, values: dict[str, Any], places: dict[str, Span], span: Span
    ) -> bool:
        """Whether all required keys have values; one that was written but not understood was reported before."""
        required = [key for key in kind.keys if key.required]
        for key in required:
            if key.word not in places:
                self.report(codes.MISSING_KEY, span, key=key.word, kind=block.kind)
        return all(key.attribute in values for key in required)

    # Tables.

    def _tables(self, block: tree.Block, kind: Kind) -> dict[str, Any]:
        rows = [item for item in block.items if isinstance(item, tree.Row)]
        if not rows:
            return {}
        if not kind.tables:
            self.report(codes.NO_TABLE_HERE, self.span(rows[0].start, rows[0].end), kind=kind.word)
            return {}
        tables: dict[str, tuple[p.Line, ...]] = {}
        for table, heading, body in self._grouped(rows, kind):
            columns = self._columns(heading, table)
            if not body:
                self.report(codes.EMPTY_TABLE, self.span(heading.start, heading.end))
            if columns is not None:
                lines = (self._line(row, columns, table) for row in body)
                read = tuple(line for line in lines if line is not None)
                tables[table.attribute] = tables.get(table.attribute, ()) + read
        return tables

    @staticmethod
    def _grouped(rows: Sequence[tree.Row], kind: Kind) -> Iterable[tuple[Table, tree.Row, list[tree.Row]]]:
        """The rows by table: one whose cells are all names of columns heads the next table."""
        heading, body = rows[0], list[tree.Row]()
        table = max(kind.tables, key=lambda table: _matching(rows[0], table))
        for row in rows[1:]:
            heads = next((table for table in kind.tables if _matching(row, table) == len(row.cells)), None)
            if heads:
                yield table, heading, body
                heading, body, table = row, [], heads
            else:
                body.append(row)
        yield table, heading, body

    def _columns(self, heading: tree.Row, table: Table) -> list[Key | int | None] | None:
        """What each column is: a key, a year, or nothing known; ``None`` where the table cannot be read."""
        columns: list[Key | int | None] = []
        sound = True
        for cell in heading.cells:
            word, span = cell.text.lower(), self.span(cell.start, cell.end)
            column = table.column(word) or (int(word) if table.years and _YEAR.fullmatch(word) else None)
            if column is None and table.free:
                column = self._free(word, span, table.free)
                sound &= column is not None
            elif column is None:
                near = nearest(word, (column.word for column in table.columns))
                self.report(codes.UNKNOWN_COLUMN, span, near, near, column=cell.text[:40])
                sound = False
            if column is not None and column in columns:
                self.report(codes.DOUBLE_COLUMN, span, column=word)
                sound = False
            columns.append(column)
        for key in table.columns:
            if key.required and key not in columns and sound:
                self.report(codes.MISSING_COLUMN, self.span(heading.start, heading.end), column=key.word)
                sound = False
        return columns if sound else None

    def _free(self, word: str, span: Span, type_: Type) -> Key | None:
        """A column with a name of its own."""
        name = self.reader.read(Type.NAME, word, span, _NAME_KEY)
        return Key(name, "", type_) if name else None

    def _line(self, row: tree.Row, columns: list[Key | int | None], table: Table) -> p.Line | None:
        span = self.span(row.start, row.end)
        if len(row.cells) != len(columns):
            self.report(codes.WRONG_CELL_COUNT, span, found=len(row.cells), expected=len(columns))
            return None
        values: dict[str, Any] = {}
        years: dict[int, Any] = {}
        free: dict[str, Any] = {}
        places: dict[str, Span] = {}
        sound = True
        for cell, column in zip(row.cells, columns, strict=True):
            place = self.span(cell.start, cell.end)
            key = column if isinstance(column, Key) else Key(str(column), "", table.years or Type.TEXT)
            places[key.word] = place
            read, value = self._cell(cell, key, place)
            sound &= read
            if isinstance(column, int):
                years[column] = value
            elif not key.attribute:
                free |= {} if value is None else {key.word: value}
            elif value is not None or key.required:
                values[key.attribute] = value
        if not sound:
            return None
        if table.years:
            values["targets"] = years
        if table.free:
            values["cells"] = free
        return table.row(span=span, places=places, **values)

    def _cell(self, cell: tree.Cell, key: Key, place: Span) -> tuple[bool, Any]:
        """Whether a cell could be read, and its value; a dash is deliberately none."""
        if not cell.text:
            self.report(codes.EMPTY_CELL, self.span(place.start - 1, place.start), column=key.word)
            return False, None
        if cell.text in ("-", "–", "—"):
            if key.required and key.type is not Type.TARGET:
                self.report(codes.EMPTY_CELL, place, column=key.word)
                return False, None
            return True, None
        text = self.text[place.start : place.end] if key.type in _VERBATIM else cell.text
        before = len(self.reader.diagnostics)
        value = self.reader.read(key.type, text, place, key)
        failed = any(item.is_error for item in self.reader.diagnostics[before:])
        return not failed, value


_NAME_KEY = Key("nama", "name", Type.NAME)


def _matching(row: tree.Row, table: Table) -> int:
    return sum(
        1
        for cell in row.cells
        if table.column(cell.text.lower()) or (table.years is not None and _YEAR.fullmatch(cell.text))
    )
