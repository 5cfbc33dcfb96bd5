"""The sheets of a workbook, without the library that reads them: what each cell holds, and what covers or hides it."""

from __future__ import annotations

import datetime
import io
import warnings
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import Any

from attrs import field, frozen

from sakip_plugins.data_xlsx import codes
from sakip_plugins.data_xlsx.gate import MOST_COLUMNS, MOST_ROWS, RefusedError, too_large


class Kind(Enum):
    """What a cell holds."""

    EMPTY = "kosong"
    TEXT = "teks"
    NUMBER = "angka"
    DATE = "tanggal"
    OTHER = "lain"
    ERROR = "kesalahan"
    NOT_CALCULATED = "belum_dihitung"


@frozen
class Content:
    """What a cell holds: its text, or its number as the spreadsheet shows 15 digits of it, and its number format."""

    kind: Kind = Kind.EMPTY
    text: str = ""
    number: Decimal | None = None
    date: datetime.date | None = None
    shape: str = "General"


EMPTY = Content()


@frozen
class Area:
    """A merged cell, its rows and columns counted from 1, the last ones included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@frozen
class Sheet:
    """A sheet: what its cells hold by row and column, counted from 1, and what is merged and hidden.

    Its last row and column are the last that hold anything; empty cells that are merged are cells of their own.
    """

    name: str
    visible: bool
    last_row: int
    last_column: int
    cells: dict[tuple[int, int], Content]
    merged: dict[tuple[int, int], Area] = field(factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def at(self, row: int, column: int) -> Content:
        """What a cell holds; one that is merged holds what its first one does."""
        area = self.merged.get((row, column))
        return self.cells.get((area.first_row, area.first_column) if area else (row, column), EMPTY)


def sheets_of(raw: bytes, formulas: bool) -> list[Sheet]:
    """All sheets of a workbook that was examined; ``RefusedError`` where it cannot be read."""
    import openpyxl  # only who has workbooks needs it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # which tell what is left out, such as drawings
            shown = openpyxl.load_workbook(io.BytesIO(raw), data_only=True, keep_links=False)
            written = openpyxl.load_workbook(io.BytesIO(raw), keep_links=False) if formulas else None
            sheets = [_sheet(each, written[each.title] if written else None) for each in shown.worksheets]
    except RefusedError:
        raise
    except Exception:  # whatever is wrong with a file, the library raises as it comes
        raise RefusedError(codes.DAMAGED) from None
    if not sheets:
        raise RefusedError(codes.DAMAGED)
    return sheets


def _sheet(shown: Any, written: Any) -> Sheet:
    if shown.max_row > MOST_ROWS or shown.max_column > MOST_COLUMNS:
        raise too_large()
    cells = {place: found for place, cell in _filled(shown) if (found := _content(cell))}
    for place, cell in _filled(written) if written is not None else ():
        if cell.data_type == "f" and place not in cells:
            cells[place] = Content(Kind.NOT_CALCULATED, str(cell.value))
    areas = [Area(each.min_row, each.max_row, each.min_col, each.max_col) for each in shown.merged_cells.ranges]
    areas = [area for area in areas if (area.first_row, area.first_column) in cells]
    merged = {
        (row, column): area
        for area in areas
        for row in range(area.first_row, area.last_row + 1)
        for column in range(area.first_column, area.last_column + 1)
    }
    filled = {*cells, *merged}
    rows = frozenset(row for row, size in shown.row_dimensions.items() if size.hidden)
    return Sheet(
        shown.title,
        shown.sheet_state == "visible",
        max((row for row, _ in filled), default=0),
        max((column for _, column in filled), default=0),
        cells,
        merged,
        rows,
        frozenset(_hidden_columns(shown)),
    )


def _filled(sheet: Any) -> Iterator[tuple[tuple[int, int], Any]]:
    """The cells that are there, by row and column; whoever asks the library for all rows makes those between, too."""
    yield from sheet._cells.items()


def _hidden_columns(shown: Any) -> Iterator[int]:
    for size in shown.column_dimensions.values():
        if size.hidden and size.min:
            yield from range(size.min, min(size.max or size.min, MOST_COLUMNS) + 1)


def _content(cell: Any) -> Content | None:
    """What a cell holds; nothing where it is empty, or covered by another."""
    value, shape = cell.value, str(getattr(cell, "number_format", "") or "General")
    if value is None or value == "":
        return None
    if cell.data_type == "e":
        return Content(Kind.ERROR, str(value))
    if isinstance(value, bool):
        return Content(Kind.OTHER, str(value))
    if isinstance(value, int | float):
        number = Decimal(format(value, ".15g")) if isinstance(value, float) else Decimal(value)
        return Content(Kind.NUMBER, f"{number:f}", number, shape=shape)
    if isinstance(value, datetime.datetime):
        return Content(Kind.DATE, value.isoformat(), date=value.date())
    if isinstance(value, datetime.date):
        return Content(Kind.DATE, value.isoformat(), date=value)
    if isinstance(value, datetime.time | datetime.timedelta):
        return Content(Kind.OTHER, str(value))
    text = " ".join(str(value).split())
    return Content(Kind.TEXT, text) if text else None
