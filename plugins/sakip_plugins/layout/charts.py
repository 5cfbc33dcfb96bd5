"""Charts: where each point lies, exactly, and the picture that ``chart.typ`` draws of them."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

from sakip_plugins.layout.letters import missing_sign
from sakip_plugins.layout.words import written
from sakip_rules import PublishedChart

#: How many parts the height of a chart has.
HEIGHT = 10_000
#: The points of a picture to the inch.
_DENSITY = 220
#: What the functions that draw stand in.
DRAWING = Path(__file__).with_name("chart.typ")


def drawn(chart: PublishedChart) -> dict[str, Any]:
    """What ``chart.typ`` needs: the places of zero and of all points, in parts of ``HEIGHT``, and their texts."""
    numbers = [cell.number for series in chart.series for cell in series.points if cell.number is not None]
    low, high = min([Fraction(0), *numbers]), max([Fraction(0), *numbers])
    span = high - low or Fraction(1)

    def place(number: Fraction) -> int:
        return int((number - low) / span * HEIGHT)

    return {
        "bars": chart.form == "batang",
        "zero": place(Fraction(0)),
        "categories": [written(each) for each in chart.categories],
        "series": [
            {
                "label": written(series.label),
                "points": [
                    None if cell.number is None else {"at": place(cell.number), "text": written(cell.text)}
                    for cell in series.points
                ],
            }
            for series in chart.series
        ],
    }


class UndrawnError(Exception):
    """A chart holds a ``sign`` that the letters of pictures lack."""

    def __init__(self, sign: str) -> None:
        super().__init__(sign)
        self.sign = sign


def picture(chart: PublishedChart) -> bytes:
    """A chart as PNG, the same on every machine, since its fonts come with the library that draws it."""
    import typst

    source = f"{DRAWING.read_text(encoding='utf-8')}\n{_PAGE}".encode()
    inputs = {"chart": json.dumps(drawn(chart), ensure_ascii=False)}
    try:
        # a picture would show a box for a sign that its letters lack, an archive has none
        typst.compile(source, format="pdf", ignore_system_fonts=True, sys_inputs=inputs, pdf_standards="a-2u")
    except typst.TypstError as error:
        if sign := missing_sign(error):
            raise UndrawnError(sign) from error
        raise
    return typst.compile(source, format="png", ppi=_DENSITY, ignore_system_fonts=True, sys_inputs=inputs)


_PAGE = """
#set document(date: datetime(year: 2000, month: 1, day: 1))
#set page(width: 16cm, height: auto, margin: 2mm)
#set text(lang: "id", font: ("Libertinus Serif", "DejaVu Sans Mono"), size: 9pt)
#chart(json(bytes(sys.inputs.chart)))
"""
