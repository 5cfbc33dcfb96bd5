"""A workbook that is made: its formats, and texts and numbers as they go into cells."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from decimal import Decimal
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from sakip_plugins.format_xlsx.names import SheetNames, reference
from sakip_plugins.layout.words import written

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: What a spreadsheet would take for a formula when its cell is edited.
_FORMULA = ("=", "+", "-", "@")
#: The most that a cell can hold.
MOST_TEXT = 32_767
#: From more digits than this on, a spreadsheet's number is not the one that is printed.
MOST_DIGITS = 15
#: Indonesian separators wherever a program lets a format choose them.
LOCALE = "[$-421]"
_PAPER_A4 = 9
_LINE, _HIGHEST = 15.5, 409
_TEXT = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#A6A6A6"}
_STYLES: dict[str, dict[str, Any]] = {
    "judul": {"bold": True, "font_size": 14},
    "nomor": {"bold": True, "font_size": 12},
    "kepala": {**_TEXT, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#D9E2F3"},
    "isi": _TEXT,
    "penutup": {**_TEXT, "bold": True, "bg_color": "#F2F2F2"},
    "naskah": {"text_wrap": True, "valign": "top"},
    "bab": {"text_wrap": True, "bold": True, "font_size": 13},
    "catatan": {"italic": True},
    "tautan": {"font_color": "#0563C1", "underline": 1, "valign": "top"},
    "tanggal": {"num_format": f"{LOCALE}d mmmm yyyy", "align": "left"},
}


class Book:
    """A workbook whose bytes depend on nothing but what is written into it."""

    def __init__(self, title: str, year: int, agency: str | None = None, as_of: datetime.date | None = None) -> None:
        from xlsxwriter import Workbook  # only who asks for a workbook needs it

        self.names = SheetNames()
        #: What people see of it in a list of files; its day is that of the report.
        self._about = title, agency or "", as_of or datetime.date(year, 12, 31)
        self._out = io.BytesIO()
        options = {
            "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        }  # fmt: skip
        self.workbook: Workbook = Workbook(self._out, options)
        self._formats: dict[tuple[object, ...], Format] = {}
        #: Texts that no cell can hold whole, by the place that they belong to.
        self.long_texts: list[tuple[str, str]] = []

    def sheet(self, wanted: str) -> Worksheet:
        """A new sheet, set up for printing on A4 across."""
        sheet = self.workbook.add_worksheet(self.names.give(wanted))
        sheet.set_landscape()
        sheet.set_paper(_PAPER_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer("&L&A&RHalaman &P dari &N")
        sheet.hide_gridlines(2)
        return sheet

    def style(self, name: str, **more: object) -> Format:
        """A format by the name of its style, with what is different about it."""
        key = (name, *sorted(more.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format({**_STYLES[name], **more})
        return self._formats[key]

    def text(self, sheet: Worksheet, row: int, column: int, text: str, style: str, **more: object) -> None:
        """A text that stays a text, whatever it begins with; what is too long is kept for a sheet of its own."""
        if text.startswith(_FORMULA):
            more["quote_prefix"] = True
        if len(text) > MOST_TEXT:
            place = f"{sheet.get_name()}!{column_letter(column)}{row + 1}"
            self.long_texts.append((place, text))
            text = f"(Naskah panjang, lihat lembar terakhir: {place})"
        if text:
            sheet.write_string(row, column, text, self.style(style, **more))
        else:
            sheet.write_blank(row, column, None, self.style(style, **more))

    def link(self, sheet: Worksheet, row: int, column: int, target: str, text: str, place: str = "A1") -> None:
        """A link to a cell of another sheet."""
        sheet.write_url(row, column, f"internal:{reference(target)}!{place}", self.style("tautan"), written(text))

    def finished(self) -> bytes:
        """The whole workbook."""
        title, author, day = self._about
        created = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
        self.workbook.set_properties({"title": title, "author": author, "created": created})
        self.workbook.close()
        return self._out.getvalue()


def column_letter(column: int) -> str:
    """A column, counted from 0, as spreadsheets call it."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def number_format(decimals: int, suffix: str) -> str:
    """A number with its groups and decimals, and its suffix as it is printed, which is no part of the number."""
    places = f".{'0' * decimals}" if decimals else ""
    literal = '\\"'.join(f'"{part}"' if part else "" for part in suffix.split('"'))
    return f"{LOCALE}#,##0{places}{literal}"


def lines_of(text: str, width: int) -> int:
    """About how many lines a text takes in a column of some characters."""
    return max(1, sum(max(1, len(wrap(line, width))) for line in text.splitlines()))


def height_of(lines: int) -> float:
    """The height of a row of some lines, which spreadsheets do not all find by themselves."""
    return min(lines * _LINE, _HIGHEST)


def digits_of(number: Decimal) -> int:
    """How many significant digits a number has."""
    return len(number.normalize().as_tuple().digits)


def pieces(text: str, most: int = MOST_TEXT) -> Iterator[str]:
    """A text in parts that cells can hold."""
    for start in range(0, len(text), most):
        yield text[start : start + most]
