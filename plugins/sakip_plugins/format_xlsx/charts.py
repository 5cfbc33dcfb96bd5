"""Charts that the spreadsheet draws itself, from numbers on a sheet of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sakip_plugins.format_xlsx.book import LOCALE, Book, number_format
from sakip_plugins.layout.words import written
from sakip_rules import Cell, PublishedChart

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

#: Which chart of a spreadsheet each form is.
_FORMS = {"batang": "column", "garis": "line"}
#: Colours that differ in brightness, too, so that they can be told apart in grey.
_COLOURS = ("#1F4E79", "#E08214", "#5AAE61", "#8073AC", "#B2182B", "#999999")
_GRID = {"color": "#D9D9D9"}


def write_data(book: Book, sheet: Worksheet, chart: PublishedChart, row: int) -> int:
    """The numbers of a chart from a row on, one column a series; tells the row below them."""
    book.text(sheet, row, 0, _label(chart), "nomor")
    for at, series in enumerate(chart.series, 1):
        book.text(sheet, row + 1, at, series.label, "kepala")
    for line, category in enumerate(chart.categories, row + 2):
        book.text(sheet, line, 0, category, "isi")
        for at, series in enumerate(chart.series, 1):
            _point(book, sheet, line, at, series.points[line - row - 2])
    return row + 2 + len(chart.categories)


def _point(book: Book, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    """A number, also one that is provisional, or a gap; what is printed stands beside what is no plain number."""
    if cell.decimal is None:
        sheet.write_blank(row, column, None, book.style("isi"))
    else:
        shown = book.style("isi", num_format=number_format(cell.decimals, cell.suffix), align="right")
        sheet.write_number(row, column, cell.decimal, shown)
    if cell.text and (cell.decimal is None or cell.provisional):
        sheet.write_comment(row, column, written(cell.text))


def write_chart(book: Book, sheet: Worksheet, chart: PublishedChart, data: str, row: int, home: str) -> None:
    """A chart on its own sheet, out of the numbers that begin at a row of the data sheet."""
    book.text(sheet, 0, 0, f"Gambar {chart.number}" if chart.number else "", "nomor")
    book.text(sheet, 1, 0, chart.title, "judul")
    book.link(sheet, 2, 0, home, f"Kembali ke {home}")
    drawn: Chart = book.workbook.add_chart({"type": _FORMS.get(chart.form, "column")})
    last = row + 1 + len(chart.categories)
    for at, series in enumerate(chart.series, 1):
        colour = _COLOURS[(at - 1) % len(_COLOURS)]
        shape = next((number_format(point.decimals, point.suffix) for point in series.points if point.decimal), LOCALE)
        drawn.add_series(
            {
                "name": [data, row + 1, at],
                "categories": [data, row + 2, 0, last, 0],
                "values": [data, row + 2, at, last, at],
                "fill": {"color": colour},
                "line": {"color": colour, "width": 2.25},
                "marker": {"type": "automatic", "size": 7},
                "data_labels": {"value": True, "num_format": shape},
            }
        )
    drawn.set_title({"name": [sheet.get_name(), 1, 0], "name_font": {"size": 13}, "overlay": False})
    drawn.set_legend({"none": True} if len(chart.series) == 1 else {"position": "bottom"})
    axis: dict[str, object] = {"num_format": f"{LOCALE}General", "major_gridlines": {"visible": True, "line": _GRID}}
    points = [point.decimal for series in chart.series for point in series.points if point.decimal is not None]
    if chart.form == "batang" and all(point >= 0 for point in points):
        axis["min"] = 0  # the length of a bar is its number
    drawn.set_y_axis(axis)
    drawn.show_blanks_as("gap")
    drawn.set_size({"width": 900, "height": 460})
    sheet.insert_chart(4, 0, drawn, {"description": written(f"{_label(chart)}. {chart.title}")})
    if chart.source:
        book.text(sheet, 29, 0, f"Sumber: {chart.source}", "catatan")


def _label(chart: PublishedChart) -> str:
    return f"Gambar {chart.number}" if chart.number else chart.title
