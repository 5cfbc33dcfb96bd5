"""What a report says besides its tables of figures: chapters, sentences, charts, and data that it gives itself."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Protocol

from attrs import frozen

from sakip_rules.base.dates import Period
from sakip_rules.base.source import Span
from sakip_rules.model.program import Definition, Line, Message, Reference
from sakip_rules.model.values import Value
from sakip_rules.syntax.tree import Expression


@frozen(eq=False, repr=False)
class Chapter(Definition):
    """``bab``: a chapter; one that stands by itself, in any file, is part of the report that names it.

    ``sections`` are the parts of it that stand by themselves, in the order in which they are read.
    """

    number: str | None = None
    sections: tuple[Reference, ...] = ()
    note: str | None = None


@frozen(eq=False, repr=False)
class Section(Definition):
    """``subbab``: a part of a chapter, or of another part, which may name others like a chapter."""

    number: str | None = None
    sections: tuple[Reference, ...] = ()
    note: str | None = None


@frozen(eq=False, repr=False)
class Narrative(Definition):
    """``narasi``: sentences that restate figures, one paragraph for each thing that they are about, or one in all.

    ``only`` names those things that they are about, ``table`` is the one whose decimals and signs their figures have.
    """

    text: Message
    each: str | None = None
    only: tuple[Reference, ...] = ()
    condition: Expression | None = None
    table: Reference | None = None
    note: str | None = None


@frozen(eq=False, repr=False)
class FreeText(Definition):
    """``uraian``: what people wrote, which stays as it is: here, or in a file of the folder's texts."""

    text: str | None = None
    file: str | None = None
    note: str | None = None


@frozen(eq=False, repr=False)
class Chart(Definition):
    """``grafik``: figures drawn: of indicators over years, of the year's indicators, or of the rows of a table."""

    form: str
    columns: tuple[str, ...]
    number: str | None = None
    table: Reference | None = None
    indicators: tuple[Reference, ...] = ()
    years: Period | None = None
    decimals: tuple[int, int] | None = None
    source: str | None = None
    note: str | None = None


@frozen
class DataCell:
    """A cell of a table of data: its text, and its number where it is one; a dash is nothing, which adds nothing."""

    text: str
    number: Fraction | None
    decimals: int
    span: Span


@frozen(eq=False, repr=False)
class DataRow(Line):
    """A row of a table of data, by the names of its columns; what is deliberately none has no cell."""

    cells: Mapping[str, DataCell]

    @property
    def label(self) -> str:
        """What people call the row: its first text."""
        return next((cell.text for cell in self.cells.values() if cell.number is None), "")


@frozen(eq=False, repr=False)
class DataRows(Definition):
    """``isi``, the rows of a table of data, and ``jumlah_tercetak``, its sums as a published report prints them."""

    rows: tuple[DataRow, ...] = ()


@frozen(eq=False, repr=False)
class DataColumn(Line):
    """A column of a table of data: of texts, of numbers, or of what a formula makes of the other columns."""

    column: str
    heading: str
    group: str | None = None
    sort: str | None = None
    expression: Expression | None = None
    decimals: tuple[int, int] | None = None

    @property
    def suffix(self) -> str | None:
        """What stands behind its numbers: nothing, since the heading says what they are."""
        return None

    @property
    def numeric(self) -> bool:
        return self.sort == NUMERIC or self.expression is not None


@frozen(eq=False, repr=False)
class DataSum(Line):
    """A row of sums under a table of data."""

    figure: str
    heading: str | None = None


@frozen(eq=False, repr=False)
class DataTable(Definition):
    """``tabel_data``: a table that holds its own texts and numbers; sums and formulas are calculated."""

    number: str | None = None
    when_empty: str | None = None
    source: str | None = None
    columns: tuple[DataColumn, ...] = ()
    closing: tuple[DataSum, ...] = ()
    note: str | None = None

    @property
    def rows(self) -> tuple[DataRow, ...]:
        return tuple(row for child in self.children if child.kind == ROWS for row in _rows(child))

    @property
    def printed(self) -> tuple[DataRow, ...]:
        """The sums that a published report prints."""
        return tuple(row for child in self.children if child.kind == PRINTED_SUM for row in _rows(child))


def _rows(child: Definition) -> tuple[DataRow, ...]:
    return child.rows if isinstance(child, DataRows) else ()


class Calculator(Protocol):
    """Calculates with figures, as formulas do; the driver hands it to the report."""

    def value(self, node: Expression, values: Mapping[str, Value]) -> Value:
        """The value of an expression over named values."""

    def holds(self, node: Expression, values: Mapping[str, Value]) -> bool | Value:
        """Whether a condition holds; the value without a number that made it impossible to say."""


#: What the cells of a column of data are.
TEXTUAL, NUMERIC = "teks", "angka"
#: The kinds of blocks that hold rows of data.
ROWS, PRINTED_SUM = "isi", "jumlah_tercetak"
#: How a chart is drawn.
BARS, LINES = "batang", "garis"
#: What sentences may be about, one paragraph each; a programme is of depth 1, an activity deeper.
THINGS = ("indikator", "sasaran", "program", "kegiatan")
