"""From a figure to the cell that shows it: its decimals, what stands behind it, and the words of what has no number."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attrs import evolve, frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.numbers import Rounding, decimals_of, format_number, round_exact
from sakip_rules.base.source import Span
from sakip_rules.model import program as p
from sakip_rules.model import reports as r
from sakip_rules.model.names import Program
from sakip_rules.model.publication import Cell
from sakip_rules.model.values import Status, Value
from sakip_rules.report.subjects import Figure

#: How a word of the rules, such as a status, is called in a report.
Words = Callable[[str], str]
#: What no printed number has: so many decimals are shown where a column does not say how many.
_MOST = 6


@frozen
class Outside:
    """How a figure is shown that stands in no table: what it is, where that is asked for, and with which decimals.

    ``widening`` says what gives it more of them.
    """

    column: str
    span: Span
    decimals: tuple[int, int] | None
    widening: str
    suffix: str | None = "lambang"

    def place(self, key: str) -> Span:
        return self.span


#: What says how a figure is shown.
Shown = p.TableColumn | r.DataColumn | Outside


class Cells:
    """Makes the cells of one report; what cannot be shown as asked is among its ``diagnostics``."""

    def __init__(self, program: Program, word: Words) -> None:
        self.word = word
        units = tuple(program.all(p.Unit))
        self.symbols = {unit.name: unit.symbol or unit.name for unit in units}
        self.money = frozenset(unit.name for unit in units if unit.dimension == "uang")
        self.diagnostics: list[Diagnostic] = []

    def cell(self, figure: Figure, column: Shown) -> Cell:
        """What shows a figure in a column, with the name of its explanation where it shows anything."""
        cell = self._shown_as(figure, column)
        return evolve(cell, explanation=figure.explanation) if figure.explanation and cell.text else cell

    def _shown_as(self, figure: Figure, column: Shown) -> Cell:
        if figure.lines:
            cells = [self.cell(line, column) for line in figure.lines]
            return cells[0] if len(cells) == 1 else Cell("\n".join(cell.text for cell in cells))
        if figure.text is not None:
            return Cell(figure.text)
        if isinstance(figure.target, p.Label):
            return Cell(figure.target.text)
        if isinstance(figure.target, p.Interval):
            suffix = self._suffix(figure.unit, column)
            return Cell(figure.target.written(lambda end: format_number(*self._shown(end, 0, column)) + suffix))
        if isinstance(figure.target, p.Quantity):
            return self._number(Value(figure.target.number), figure, column)
        if figure.value is None:
            return Cell()
        if not isinstance(figure.value.number, Fraction):
            return Cell(self.word(figure.value.status.value), value=figure.value)
        return self._number(figure.value, figure, column)

    def _number(self, value: Value, figure: Figure, column: Shown) -> Cell:
        exact = value.fraction
        number, decimals = self._shown(exact, figure.written, column)
        suffix = self._suffix(figure.unit, column)
        mark = f" ({self.word(value.status.value)})" if value.status is Status.PROVISIONAL else ""
        text = f"{format_number(number, decimals)}{suffix}{mark}"
        return Cell(text, number, decimals, suffix, value)

    def _shown(self, exact: Fraction, written: int, column: Shown) -> tuple[Fraction, int]:
        """A number as a column shows it: as it was written, within the decimals that the column allows.

        A column that shows fewer decimals than a number has is a rounding step that the column declares; where the
        number has an end, the digits that are lost are a finding.
        """
        own = decimals_of(exact)
        least, most = column.decimals or (0, _MOST)
        decimals = min(max(least, written, own if own is not None else most), most)
        number = round_exact(exact, Rounding(decimals))
        if number != exact and (own is not None or column.decimals is None):
            widening = column.widening if isinstance(column, Outside) else "kolom_desimal"
            facts = {"column": column.column, "number": exact, "shown": number, "expected": widening}
            self.found(Diagnostic(codes.COLUMN_TOO_NARROW, column.place("desimal"), facts))
        return number, decimals

    def _suffix(self, unit: str | None, column: Shown) -> str:
        if column.suffix is None or unit is None:
            return ""
        if column.suffix == "satuan":
            return f" {unit.replace('_', ' ')}"
        symbol = self.symbols.get(unit, unit)
        return symbol if symbol == "%" else f" {symbol}"

    def found(self, item: Diagnostic) -> None:
        if item not in self.diagnostics:
            self.diagnostics.append(item)
