"""What ``periksa`` can look at: the sorts of things, and what each says of itself, with its type and unit.

This one table drives the evaluation of checks, their static checking, "did you mean" and the handbook.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from attrs import frozen

from sakip_rules.model import program as p
from sakip_rules.model.measures import constant
from sakip_rules.model.outline import tables
from sakip_rules.model.units import PERCENT, RATIO, Measure
from sakip_rules.model.world import Row, Work, World


class Sort(Enum):
    """What a value of a check is; the values are the words of the handbook.

    A target is a number in the unit of its indicator, a range, or a word of a scale.
    """

    NUMBER = "bilangan"
    YEAR = "tahun"
    MONEY = "rupiah"
    PERCENT = "persen"
    TARGET = "target"
    TEXT = "teks"
    DATE = "tanggal"
    TRUTH = "ya atau tidak"
    THING = "hal"


#: The units of those sorts that have always the same.
MEASURES: dict[Sort, Measure] = {
    Sort.NUMBER: RATIO,
    Sort.YEAR: RATIO,
    Sort.MONEY: Measure((("rupiah", 1),)),
    Sort.PERCENT: PERCENT,
}


@frozen
class Attribute:
    """What a thing says of itself: ``read`` gives the value, or ``None`` where it is missing.

    ``thing`` is the sort of thing that it names; ``many`` gives a list; ``takes`` are the sorts of what a look-up is
    given in parentheses: the word of a thing, or ``tahun``.
    """

    word: str
    sort: Sort
    read: Callable[..., Any]
    thing: str | None = None
    many: bool = False
    takes: tuple[str, ...] = ()


@frozen
class Thing:
    """A sort of things: its word, all there are in a folder, and what each says.

    ``document`` gives the document that one stands in, for ``dalam``.
    """

    word: str
    all: Callable[[World], Any]
    attributes: dict[str, Attribute]
    document: Callable[[Any], Any] | None = None


#: The kinds of documents that a check may choose.
DOCUMENTS: dict[str, type[Any]] = {
    "renstra": p.Plan,
    "perjanjian_kinerja": p.Agreement,
    "renja": p.AnnualPlan,
    "anggaran": p.Budget,
    "rencana_aksi": p.ActionPlan,
}


def _number(word: str, read: Callable[..., Any]) -> Attribute:
    return Attribute(word, Sort.NUMBER, read)


def _text(word: str, read: Callable[..., Any]) -> Attribute:
    return Attribute(word, Sort.TEXT, read)


def _truth(word: str, read: Callable[..., Any], *takes: str) -> Attribute:
    return Attribute(word, Sort.TRUTH, read, takes=takes)


def _money(word: str, read: Callable[..., Any]) -> Attribute:
    return Attribute(word, Sort.MONEY, read)


def _target(word: str, read: Callable[..., Any], *takes: str) -> Attribute:
    return Attribute(word, Sort.TARGET, read, takes=takes)


def _date(word: str, read: Callable[..., Any]) -> Attribute:
    return Attribute(word, Sort.DATE, read)


def _one(word: str, thing: str, read: Callable[..., Any], *takes: str) -> Attribute:
    return Attribute(word, Sort.THING, read, thing, takes=takes)


def _many(word: str, thing: str, read: Callable[..., Any]) -> Attribute:
    return Attribute(word, Sort.THING, read, thing, many=True)


def _every_document(world: World) -> list[Any]:
    return [item for kind in DOCUMENTS.values() for item in world.documents(kind)]


def _every_element(world: World) -> list[Any]:
    return [part for index in world.program.own(p.Index) for part in world.elements(index)]


def _depth(world: World, programs: bool) -> list[Work]:
    every = (work for item in _every_document(world) for work in world.works(item).values())
    return [work for work in every if (work.line.depth == 1) == programs]


def _year(document: Any) -> int | None:
    return getattr(document, "year", None)


def _target_of(world: World, document: Any, indicator: p.Indicator, year: int) -> Any:
    row = world.row_of(document, indicator, year)
    return world.target(row, row.target) if row else None


def _agreement(world: World, document: Any, year: int | None) -> Any:
    """The agreement in force for a year; of a plan, the one that refers to it."""
    if year is None:
        return None
    return world.agreement_under(document, year) if isinstance(document, p.Plan) else world.in_force(p.Agreement, year)


def _quarter(word: str, attribute: str) -> Attribute:
    return _target(word, lambda world, row: world.target(row, getattr(row.line, attribute, None)))


_QUARTERS = ("first_quarter", "second_quarter", "third_quarter", "fourth_quarter")


def _quarters(world: World, row: Row) -> list[Any]:
    given = (getattr(row.line, name, None) for name in _QUARTERS)
    return [world.target(row, target) for target in given if target is not None]


def _says(attribute: str, *words: str) -> Callable[..., bool]:
    """Whether an attribute of a definition is one of some words."""
    return lambda world, item: getattr(item, attribute, None) in words


def _label(item: Any) -> str | None:
    return None if item is None else str(item.label)


def _average_declared(world: World, document: Any) -> bool | None:
    method = world.program.target(getattr(document, "method", None))
    return any(step.step == "rata_rata" for step in method.steps) if isinstance(method, p.Method) else None


_DOCUMENT = (
    _text("judul", lambda world, item: item.label),
    Attribute("tahun", Sort.YEAR, lambda world, item: _year(item)),
    _date("ditetapkan", lambda world, item: item.decided),
    _truth("berlaku", World.holds),
    _truth("beralasan", World.revised_by_reason),
    _one("mengubah", "dokumen", World.original),
    _one("renstra", "dokumen", World.plan_of),
    _one("perjanjian", "dokumen", lambda world, item: _agreement(world, item, _year(item))),
    _one("renja", "dokumen", lambda world, item: world.in_force(p.AnnualPlan, item.year) if _year(item) else None),
    _many("baris", "baris", World.rows),
    _many("program", "program", lambda world, item: [w for w in world.works(item).values() if w.line.depth == 1]),
    _truth("memuat", World.contains, "indikator"),
    _target("target", _target_of, "indikator", "tahun"),
    _one("baris_untuk", "baris",
         lambda world, item, indicator, year: world.row_of(item, indicator, year), "indikator", "tahun"),
    _money("jumlah", lambda world, item: world.money(getattr(item, "total", None))),
    _truth("target_per_triwulan", _says("quarter_targets", "per_triwulan")),
    _truth("target_kumulatif", _says("quarter_targets", "kumulatif")),
    _text("metode", lambda world, item: _label(world.program.target(getattr(item, "method", None)))),
    _truth("merata_rata", _average_declared),
)  # fmt: skip


def _row_before(world: World, row: Row) -> Row | None:
    indicator = world.indicator(row)
    return world.row_of(row.document, indicator, row.year - 1) if indicator else None


_ROW = (
    _text("nomor", lambda world, row: getattr(row.line, "number", None)),
    _one("dokumen", "dokumen", lambda world, row: row.document),
    _one("indikator", "indikator", lambda world, row: world.indicator(row)),
    _one("sasaran", "sasaran", lambda world, row: world.program.target(getattr(row.line, "objective", None))),
    _truth("indikator_tujuan", lambda world, row: (id(row.document), id(world.indicator(row))) in world.goals),
    Attribute("tahun", Sort.YEAR, lambda world, row: row.year),
    _target("target", lambda world, row: world.target(row, row.target)),
    _one("perjanjian", "dokumen", lambda world, row: _agreement(world, row.document, row.year)),
    _one("sebelumnya", "baris", _row_before),
    _quarter("tw1", "first_quarter"),
    _quarter("tw2", "second_quarter"),
    _quarter("tw3", "third_quarter"),
    _quarter("tw4", "fourth_quarter"),
    Attribute("triwulan", Sort.TARGET, _quarters, many=True),
    _number("bobot", lambda world, row: getattr(row.line, "weight", None)),
    _text("satuan", lambda world, row: _unit(world, row.line.unit)),
)  # fmt: skip


def _unit(world: World, unit: p.UnitRef | None) -> str | None:
    return None if unit is None else world.program.units.name(unit.text) or unit.text


_WORK = (
    _text("nomor", lambda world, work: work.line.number),
    _text("judul", lambda world, work: work.line.title),
    _text("indikator_kinerja", lambda world, work: work.line.measured),
    _one("dokumen", "dokumen", lambda world, work: work.document),
    _target("target", World.work_target),
    _money("pagu", lambda world, work: world.money(work.line.budget)),
    _money("serapan", World.absorbed),
    _money("pagu_serapan", World.measured_budget),
    _many("kegiatan", "kegiatan", World.parts),
    _one("dalam_perjanjian", "kegiatan", World.in_agreement),
)

_INDICATOR = (
    _text("judul", lambda world, item: item.label),
    _text("nomor", lambda world, item: item.number),
    _text("satuan", lambda world, item: _unit(world, item.unit)),
    _truth("naik", _says("direction", "naik")),
    _truth("turun", _says("direction", "turun")),
    _truth("triwulan_dijumlahkan", _says("over_quarters", "jumlah")),
    _truth("triwulan_terakhir", _says("over_quarters", "terakhir")),
    _truth("triwulan_dirata_rata", _says("over_quarters", "rata_rata")),
    _text("definisi", lambda world, item: item.meaning),
    _text("sumber", lambda world, item: item.source),
    _one("meneruskan", "indikator", lambda world, item: world.program.target(item.continues)),
)

_AIM = (
    _text("judul", lambda world, item: item.label),
    _text("nomor", lambda world, item: item.number),
    _many("indikator", "indikator",
          lambda world, item: [each for each in map(world.program.target, item.indicators) if each is not None]),
)  # fmt: skip

_INDEX = (
    _text("judul", lambda world, item: item.label),
    _many("unsur", "unsur", lambda world, item: world.elements(item)),
)

_ELEMENT = (
    _text("judul", lambda world, item: item.label),
    _one("indeks", "indeks", lambda world, item: item.index),
    _number("bobot", lambda world, item: constant(item.line.weight)),
)

_REGULATION = (
    _text("judul", lambda world, item: item.label),
    _text("tentang", lambda world, item: item.about),
    _date("mulai", lambda world, item: item.effective.start if item.effective else None),
    _date("berakhir", lambda world, item: item.repealed or (item.effective.end if item.effective else None)),
    _one("pengganti", "peraturan", lambda world, item: world.program.target(item.replaced_by)),
)

_CITATION = (
    _one("peraturan", "peraturan", lambda world, item: item.regulation),
    _text("pengutip", lambda world, item: item.by.label),
    _date("hari", lambda world, item: item.day),
    _truth("pengganti_dikutip", lambda world, item: item.replacement_cited),
)

_MENTION = (
    _text("bunyi", lambda world, item: item.text),
    _many("mirip", "sebutan", World.alike),
)

_RESULT = (
    _one("indikator", "indikator", lambda world, item: item.found.indicator),
    Attribute("tahun", Sort.YEAR, lambda world, item: item.row.year),
    _target("target", lambda world, item: world.target(item.row, item.row.target)),
    _target("realisasi", lambda world, item: item.found.realization.value),
    Attribute("capaian", Sort.PERCENT, lambda world, item: item.found.achievement.value),
    _text("kategori", lambda world, item: item.category),
    _one("dokumen", "dokumen", lambda world, item: item.row.document),
)

_REPORT = (
    _text("judul", lambda world, item: item.label),
    Attribute("tahun", Sort.YEAR, lambda world, item: item.year),
    _date("per", lambda world, item: item.as_of),
    _many("tabel", "tabel", lambda world, item: tables(world.program, item)),
)

_TABLE = (
    _text("judul", lambda world, item: item.label),
    _text("nomor", lambda world, item: item.number),
)


def _thing(
    word: str,
    every: Callable[[World], Any],
    attributes: tuple[Attribute, ...],
    document: Callable[[Any], Any] | None = None,
) -> Thing:
    return Thing(word, every, {each.word: each for each in attributes}, document)


def _every_table(world: World) -> list[Any]:
    return [table for report in world.program.own(p.Report) for table in tables(world.program, report)]


def _in(row: Any) -> Any:
    return row.document


_ALL = (
    _thing("dokumen", _every_document, _DOCUMENT, document=lambda item: item),
    _thing("baris", lambda world: [row for item in _every_document(world) for row in world.rows(item)], _ROW, _in),
    _thing("program", lambda world: _depth(world, True), _WORK, _in),
    _thing("kegiatan", lambda world: _depth(world, False), _WORK, _in),
    _thing("indikator", lambda world: world.program.own(p.Indicator), _INDICATOR),
    _thing("indeks", lambda world: world.program.own(p.Index), _INDEX),
    _thing("unsur", _every_element, _ELEMENT),
    _thing("tujuan", lambda world: world.aims(p.Goal), _AIM),
    _thing("sasaran", lambda world: world.aims(p.Objective), _AIM),
    _thing("peraturan", lambda world: world.program.own(p.Regulation), _REGULATION),
    _thing("kutipan", lambda world: world.citations, _CITATION),
    _thing("sebutan", lambda world: world.mentions, _MENTION),
    _thing("hasil", lambda world: world.results, _RESULT),
    _thing("laporan", lambda world: world.program.own(p.Report), _REPORT),
    _thing("tabel", _every_table, _TABLE),
)  # fmt: skip

#: Every sort of things, by its word.
THINGS: dict[str, Thing] = {thing.word: thing for thing in _ALL}
