"""What a report is made of, ready to be laid out: exporters put it into a format, and never calculate or round."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from sakip_rules.model.values import Status, Value


@frozen
class PublishedColumn:
    """A column: its name in the rules, its heading, the heading that it shares with its neighbours, and its year."""

    name: str
    heading: str
    group: str | None = None
    year: int | None = None


@frozen
class Cell:
    """What stands in a cell.

    ``text`` is what is printed, lines apart by a line break.  Where it is a number, ``number`` is that number exactly
    as printed, with ``decimals`` decimals and ``suffix`` behind it, and ``value`` the figure before the column's
    decimals.
    A cell of ``height`` covers that many rows; one of height 0 is covered by a cell above.
    """

    text: str = ""
    number: Fraction | None = None
    decimals: int = 0
    suffix: str = ""
    value: Value | None = None
    height: int = 1

    @property
    def decimal(self) -> Decimal | None:
        """The printed number as programs write it, exactly and with its decimals."""
        if self.number is None:
            return None
        return Decimal(f"{int(self.number * 10**self.decimals)}e-{self.decimals}")

    @property
    def provisional(self) -> bool:
        return self.value is not None and self.value.status is Status.PROVISIONAL


@frozen
class PublishedRow:
    """A row of a table; ``about`` is the name of the indicator, objective or programme, none for a closing row."""

    cells: tuple[Cell, ...]
    about: str | None = None


@frozen
class PublishedTable:
    """A table: its name, which others refer to, the number that is printed, and its title."""

    name: str
    number: str | None
    title: str
    columns: tuple[PublishedColumn, ...]
    rows: tuple[PublishedRow, ...]
    closing: tuple[PublishedRow, ...] = ()
    when_empty: str | None = None


@frozen
class Publication:
    """The tables of a report of one year."""

    name: str
    title: str
    year: int
    tables: tuple[PublishedTable, ...]
