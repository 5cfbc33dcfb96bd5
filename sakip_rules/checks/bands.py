"""Band tables hold every value of their domain exactly once, after their rounding, and say so in words too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from fractions import Fraction

from attrs import frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic, Related
from sakip_rules.base.numbers import Rounding, decimals_of, format_number
from sakip_rules.model import program as p
from sakip_rules.model.band_prose import Prose, read_prose
from sakip_rules.model.bands import (
    Coverage,
    Gap,
    Overlap,
    Region,
    before_rounding,
    cover,
    interval_of,
    out_of_order,
    region_of,
    simplest,
)
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program, everything
from sakip_rules.model.units import PERCENT, POINTS, RATIO, Measure
from sakip_rules.model.values import Value

#: Words at the head of a label that praise, and those that blame, whatever strengthens them.
_PRAISE = frozenset(
    ("baik", "berhasil", "memuaskan", "istimewa", "tercapai", "optimal", "efektif", "tinggi", "aa", "a")
)
_BLAME = frozenset(("kurang", "tidak", "buruk", "gagal", "belum", "rendah", "d", "e"))
_STRENGTH = frozenset(("sangat", "amat", "lebih", "agak"))


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    for definition in everything(program.layers[0].top):
        if isinstance(definition, p.Category) and definition.bands:
            yield from _category(definition, program)
        elif isinstance(definition, p.Method):
            yield from _method(definition, program)


@frozen
class _Table:
    """A category with its regions: as written, and as the values before its rounding that they stand for."""

    category: p.Category
    measure: Measure
    written: Sequence[Region]
    raw: Sequence[Region]
    domain: Region

    def finding(
        self, code: Code, band: p.Band, others: Iterable[p.Band] = (), near: str | None = None, **facts: object
    ) -> Diagnostic:
        """A finding at the range of a row, with the ranges of other rows as second places."""
        related = tuple(Related(other.place("rentang"), "band_here") for other in others)
        values = {"category": self.category.name, "label": band.label, **facts}
        return Diagnostic(code, band.place("rentang"), values, related, near)

    def witness(self, region: Region) -> Value:
        return Value(simplest(region), self.measure)

    def before_rounding(self, region: Region) -> Region:
        return before_rounding(region, self.category.rounding) & self.domain


def _category(category: p.Category, program: Program) -> Iterator[Diagnostic]:
    yield from _labels(category)
    measures = [_measure(each, category, program) for each in _ranges(category)]
    other = next((at for at, measure in enumerate(measures) if measure != measures[0]), None)
    if other is not None:
        facts = {"category": category.name, "left": str(measures[0]), "right": str(measures[other])}
        related = (Related(category.bands[0].place("rentang"), "band_here"),)
        yield Diagnostic(codes.BANDS_NOT_ANALYSED, _ranges(category)[other].span, facts, related)
        return
    written = tuple(region_of(band.range) for band in category.bands)
    raw = tuple(before_rounding(region, category.rounding) for region in written)
    domain = before_rounding(region_of(category.domain), category.rounding)
    table = _Table(category, measures[0], written, raw, domain)
    found = cover(table.raw, table.domain)
    yield from _coverage(table, found)
    yield from _order(table, {*found.empty, *(at for at, _ in found.hidden)})
    yield from _prose(table)


def _ranges(category: p.Category) -> list[p.Interval]:
    """The ranges of a category that have to be of one unit."""
    return [*(band.range for band in category.bands), *((category.domain,) if category.domain else ())]


def _measure(interval: p.Interval, category: p.Category, program: Program) -> Measure:
    """The unit of a range; bare numbers are in that of the category, unless that is percent."""
    expected = program.measure(category.unit) or RATIO
    if interval.unit is None:
        return RATIO if expected in (PERCENT, POINTS) else expected
    return program.units.measure(interval.unit) or Measure(((interval.unit, 1),))


# Coverage.


def _coverage(table: _Table, found: Coverage) -> Iterator[Diagnostic]:
    bands = table.category.bands
    for at in found.empty:
        yield table.finding(codes.BAND_EMPTY, bands[at])
    for at, owner in found.hidden:
        yield table.finding(codes.BAND_UNREACHABLE, bands[at], (bands[owner],))
    for gap in found.gaps:
        yield _gap(table, gap)
    for overlap in found.overlaps:
        yield _overlap(table, overlap)


def _gap(table: _Table, gap: Gap) -> Diagnostic:
    """Both repairs: rounding or a domain that leaves nothing in the gap, and a bound that closes it."""
    bands, domain = table.category.bands, region_of(table.category.domain)
    near = _round_first(table, gap) if gap.below is not None and gap.above is not None else _domain(table)
    if gap.below is None:
        assert gap.above is not None
        at = gap.above
        moved = Region(domain.lower, table.written[at].upper)
    else:
        at = gap.below
        moved = Region(table.written[at].lower, domain.upper if gap.above is None else table.written[gap.above].lower)
    witness, move = table.witness(gap.region), _text(moved, bands[at].range)
    others = [bands[gap.above]] if gap.above not in (None, at) else []
    return table.finding(codes.BAND_GAP, bands[at], others, near, witness=witness, move=move)


def _round_first(table: _Table, gap: Gap) -> str | None:
    """The rounding to the decimals of the bounds, where that leaves no value between them."""
    assert gap.below is not None
    assert gap.above is not None
    below, above = table.written[gap.below].upper, table.written[gap.above].lower
    decimals = [decimals_of(cut.at) for cut in (below, above)]
    places = max((each for each in decimals if each is not None), default=0)
    between = before_rounding(Region(below, above), Rounding(places))
    return None if between or None in decimals else f"pembulatan: {places}"


def _domain(table: _Table) -> str | None:
    """The domain that the rows hold together, where they end anywhere."""
    declared = region_of(table.category.domain)
    hull = Region(min(each.lower for each in table.written), max(each.upper for each in table.written)) & declared
    return f"ranah: {_text(hull, table.category.bands[0].range)}"


def _overlap(table: _Table, overlap: Overlap) -> Diagnostic:
    """Both repairs, where one bound closes it: of the later row, which never gets what is shared, or the earlier."""
    bands = table.category.bands
    first, second = bands[overlap.first], bands[overlap.second]
    earlier, later = table.written[overlap.first], table.written[overlap.second]
    facts: dict[str, object] = {"witness": table.witness(overlap.region), "other": first.label}
    if later.lower < earlier.lower and later.upper <= earlier.upper:
        shorter, smaller = Region(later.lower, earlier.lower), Region(later.upper, earlier.upper)
    elif earlier.lower <= later.lower and earlier.upper < later.upper:
        shorter, smaller = Region(earlier.upper, later.upper), Region(earlier.lower, later.lower)
    else:
        return table.finding(codes.BAND_OVERLAP, second, (first,), None, **facts)
    move = _text(smaller, first.range) if smaller else ""
    near = _text(shorter, second.range)
    return table.finding(codes.BAND_OVERLAP, second, (first,), near if move else None, **facts, move=move)


def _text(region: Region, like: p.Interval) -> str:
    """A region as rule files write it, with the unit of a range."""
    return interval_of(region, like).written(lambda number: f"{format_number(number)}{like.suffix}")


# Order and labels.


def _order(table: _Table, gone: Set[int]) -> Iterator[Diagnostic]:
    """The rows fall or rise, from the first to the last, but for those that are never used."""
    kept = [at for at in range(len(table.written)) if at not in gone]
    found = out_of_order(table.written[at] for at in kept)
    if found is not None:
        bands = table.category.bands
        yield table.finding(codes.BAND_ORDER, bands[kept[found]], (bands[kept[found - 1]],))


def _labels(category: p.Category) -> Iterator[Diagnostic]:
    """No label names two rows."""
    first: dict[str, p.Band] = {}
    for band in category.bands:
        known = first.setdefault(" ".join(band.label.lower().split()), band)
        if known is not band:
            related = (Related(known.place("predikat"), "first_here"),)
            facts = {"category": category.name, "label": band.label}
            yield Diagnostic(codes.BAND_LABEL_TWICE, band.place("predikat"), facts, related)


# Prose.


def _prose(table: _Table) -> Iterator[Diagnostic]:
    for at, band in enumerate(table.category.bands):
        for column, text in (("keterangan", band.note), ("tercetak", band.printed)):
            said = read_prose(text or "")
            if said is Prose.NOT_UNDERSTOOD:
                facts = {"category": table.category.name, "label": band.label, "column": column}
                yield Diagnostic(codes.BAND_PROSE_NOT_ANALYSED, band.place(column), facts)
            elif isinstance(said, Region):
                yield from _against(table, at, column, said)


def _against(table: _Table, at: int, column: str, said: Region) -> Iterator[Diagnostic]:
    """What the words of a row hold and its range does not, or the reverse, after rounding.

    ``tercetak`` records how a regulation prints what is read otherwise: there an end that only one of the two has
    is the reading that was chosen.
    """
    band, written = table.category.bands[at], table.written[at]
    if column == "tercetak":
        said = Region(
            written.lower if said.lower.side or written.lower.side else said.lower,
            written.upper if said.upper.side or written.upper.side else said.upper,
        )
    words, numbers = table.before_rounding(said), table.raw[at] & table.domain
    for one, other, holder in ((words, numbers, column), (numbers, words, "rentang")):
        for part in (Region(one.lower, min(one.upper, other.lower)), Region(max(one.lower, other.upper), one.upper)):
            if part:
                facts = {
                    "category": table.category.name, "label": band.label, "column": column, "holder": holder,
                    "witness": table.witness(part), "range": _text(written, band.range),
                }  # fmt: skip
                related = (Related(band.place("rentang"), "band_here"),)
                yield Diagnostic(codes.BAND_PROSE, band.place(column), facts, related)
                return


# Methods.


def _method(method: p.Method, program: Program) -> Iterator[Diagnostic]:
    """A category that achievements are looked up in holds them all, and praises the high ones."""
    category = program.target(method.category)
    if not isinstance(category, p.Category) or not category.bands:
        return
    place, related = method.place("kategori"), (Related(category.name_span, "category_here"),)
    facts = {"category": category.name, "method": method.name}
    top = category.domain.upper if category.domain else None
    if top is not None and method.up and not any(cap <= top for cap in _caps(method)):
        yield Diagnostic(codes.DOMAIN_WITHOUT_CAP, place, {**facts, "witness": top}, related)
    ordered = sorted(category.bands, key=lambda band: region_of(band.range))
    if _praises(ordered[0].label) and _blames(ordered[-1].label):
        labels = {"label": ordered[0].label, "other": ordered[-1].label}
        yield Diagnostic(codes.LABELS_REVERSED, place, {**facts, **labels}, related)


def _caps(method: p.Method) -> Iterator[Fraction]:
    """The upper caps that each achievement takes, before any average."""
    for step in method.steps:
        if step.step == "rata_rata":
            return
        if step.step == "batas_atas" and isinstance(step.value, p.Quantity):
            yield step.value.number


def _praises(label: str) -> bool:
    return _head(label) in _PRAISE


def _blames(label: str) -> bool:
    return _head(label) in _BLAME


def _head(label: str) -> str:
    """The word that a label turns on: the first that does not only strengthen another."""
    return next((word for word in re.findall(r"\w+", label.lower()) if word not in _STRENGTH), "")
