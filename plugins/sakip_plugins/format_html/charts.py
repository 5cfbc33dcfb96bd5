"""Charts of a report as drawings in the page, each with all its numbers in a table below."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import frozen

from sakip_plugins.format_html.explanations import Explanations
from sakip_plugins.format_html.markup import Markup, element, join
from sakip_plugins.format_html.scale import Scale, place, scale
from sakip_plugins.format_html.tables import frame, plain
from sakip_plugins.format_html.words import word
from sakip_rules import Cell, PublishedChart

#: How wide a drawing is, and the parts of it, in units of which a sign takes about eight.
_WIDTH, _LEFT, _RIGHT, _TOP, _HEIGHT, _LINE, _SIGN = 720, 64, 16, 28, 260, 17, 8
#: How many kinds of bars and lines can be told apart.
_KINDS = 6
#: Labels of categories are cut into so many lines at most.
_LINES = 4
_BARS = "batang"


@frozen
class Field:
    """Where a chart is drawn: its scale, and the width that each category has."""

    chart: PublishedChart
    scale: Scale
    name: str

    @property
    def slot(self) -> Fraction:
        return Fraction(_WIDTH - _LEFT - _RIGHT, max(1, len(self.chart.categories)))

    def middle(self, at: int) -> Fraction:
        """The middle of a category."""
        return _LEFT + self.slot * at + self.slot / 2

    def height(self, number: Fraction) -> Fraction:
        """Where a number stands."""
        return _TOP + _HEIGHT * (1 - self.scale.share(number))

    @property
    def base(self) -> Fraction:
        """Where bars begin: at zero, or else at the lower end."""
        return self.height(max(self.scale.low, min(self.scale.high, Fraction(0))))


def chart(found: PublishedChart, name: str, explanations: Explanations) -> Markup:
    """A chart under its drawing's number and title."""
    number = element("span", word("gambar", number=found.number), class_="nomor") if found.number else None
    caption = element(
        "figcaption", element("span", number, " " if number else None, found.title, dir="auto"), id=f"{name}-judul"
    )
    key = element("ul", (_key(each.label, at) for at, each in enumerate(found.series)), class_="kunci")
    source = element("p", word("sumber", source=found.source), class_="sumber", dir="auto") if found.source else None
    drawn = frame(_drawing(found, name), f"{name}-judul")
    return element("figure", caption, key, drawn, _numbers(found, name, explanations), source, id=name)


def _numbers(found: PublishedChart, name: str, explanations: Explanations) -> Markup:
    """All numbers of a chart, one row a category."""
    rows = ((category, [series.points[at] for series in found.series]) for at, category in enumerate(found.categories))
    summary = element("summary", word("data_gambar"), id=f"{name}-data")
    heads = (word("kategori"), *(series.label for series in found.series))
    return element("details", summary, frame(plain(heads, rows, explanations), f"{name}-data"))


def _key(label: str, at: int) -> Markup:
    """What a colour and pattern stand for."""
    sample = _svg(
        element("rect", class_=f"batang {_kind(at)}", x=1, y=1, width=22, height=12),
        viewBox="0 0 24 14", width=24, height=14, aria_hidden="true",
    )  # fmt: skip
    return element("li", sample, " ", element("span", label, dir="auto"))


def _kind(at: int) -> str:
    return f"deret{at % _KINDS + 1}"


def _svg(*content: Markup, **attributes: object) -> Markup:
    return element("svg", *content, xmlns="http://www.w3.org/2000/svg", **attributes)


def _drawing(found: PublishedChart, name: str) -> Markup:
    bars = found.form == _BARS
    numbers = [point.number for series in found.series for point in series.points if point.number is not None]
    field = Field(found, scale(numbers, bars), name)
    labels = [_wrapped(label, field.slot) for label in found.categories]
    depth = max((len(each) for each in labels), default=0)
    height = _TOP + _HEIGHT + 12 + depth * _LINE
    facts = {"series": len(found.series), "categories": len(found.categories)}
    told = word("uraian_batang" if bars else "uraian_garis", **facts)
    return _svg(
        element("title", found.title, id=f"{name}-nama"),
        element("desc", told, id=f"{name}-uraian"),
        join(_axis(field)),
        join(_bars(field) if bars else _lines(field)),
        join(_label(field, at, parts) for at, parts in enumerate(labels)),
        viewBox=f"0 0 {_WIDTH} {height}", role="img", class_="gambar",
        aria_labelledby=f"{name}-nama", aria_describedby=f"{name}-uraian",
    )  # fmt: skip


def _wrapped(label: str, slot: Fraction) -> list[str]:
    """The label of a category in lines that fit its width; the table below has it whole."""
    signs = max(4, int(slot / _SIGN))
    return textwrap.wrap(label, signs, max_lines=_LINES, placeholder="…") or [""]


def _label(field: Field, at: int, parts: Sequence[str]) -> Markup:
    middle = place(field.middle(at))
    spans = (
        element("tspan", part, x=middle, y=_TOP + _HEIGHT + 18 + number * _LINE) for number, part in enumerate(parts)
    )
    return element("text", spans, class_="kategori")


def _axis(field: Field) -> Iterator[Markup]:
    """Lines across the chart, each with its number; all numbers of one unit have it behind them."""
    points = [point for series in field.chart.series for point in series.points if point.number is not None]
    suffixes = {point.suffix for point in points}
    suffix = suffixes.pop() if len(suffixes) == 1 else ""
    for tick in field.scale.ticks:
        at = place(field.height(tick))
        yield element("line", class_="garis-bantu", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=at, y2=at)
        yield element("text", f"{field.scale.written(tick)}{suffix}", class_="skala", x=_LEFT - 8, y=at)
    base = place(field.base)
    yield element("line", class_="sumbu", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=base, y2=base)


def _bars(field: Field) -> Iterator[Markup]:
    count = max(1, len(field.chart.series))
    width = min(Fraction(48), field.slot * Fraction(4, 5) / count)
    for number, series in enumerate(field.chart.series):
        for at, point in enumerate(series.points):
            left = field.middle(at) + width * (number - Fraction(count, 2))
            middle = place(left + width / 2)
            if point.number is None:
                yield _absent(point, middle, place(field.base - 6))
                continue
            end = field.height(point.number)
            top, tall = min(end, field.base), abs(end - field.base)
            yield element(
                "rect", class_=f"batang {_kind(number)}", x=place(left + 1), y=place(top), width=place(width - 2),
                height=place(max(tall, Fraction(1))),
            )  # fmt: skip
            yield _written(point, middle, top - 6)


def _lines(field: Field) -> Iterator[Markup]:
    for number, series in enumerate(field.chart.series):
        for run in _runs(series.points):
            points = " ".join(f"{place(field.middle(at))},{place(field.height(value))}" for at, value in run)
            yield element("polyline", class_=f"garis {_kind(number)}", points=points)
        for at, point in enumerate(series.points):
            if point.number is None:
                continue
            middle, height = field.middle(at), field.height(point.number)
            yield element("circle", class_=f"titik {_kind(number)}", cx=place(middle), cy=place(height), r=4)
            yield _written(point, place(middle), height + (20 if _is_crowded(field, at, point.number) else -9))


def _runs(points: Sequence[Cell]) -> Iterator[list[tuple[int, Fraction]]]:
    """Points next to each other that have numbers: a line has a gap where one has none."""
    run: list[tuple[int, Fraction]] = []
    for at, point in enumerate(points):
        if point.number is not None:
            run.append((at, point.number))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_crowded(field: Field, at: int, number: Fraction) -> bool:
    """Whether another point stands so little above this one that their numbers would touch."""
    here = (series.points[at].number for series in field.chart.series)
    return any(0 < field.height(number) - field.height(other) < _LINE for other in here if other is not None)


def _written(point: Cell, middle: str, height: Fraction) -> Markup:
    """What a bar or point stands for."""
    return element("text", point.text, class_="nilai", x=middle, y=place(height))


def _absent(point: Cell, middle: str, height: str) -> Markup:
    """Why there is no bar, written upwards in its place."""
    turned = f"translate({middle} {height}) rotate(-90)"
    return element("text", point.text, class_="kosong", transform=turned)
