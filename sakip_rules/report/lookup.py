"""Which figure a name in a sentence stands for: of the thing that it is about, of one that it names, or of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from sakip_rules.base.dates import parse_year
from sakip_rules.base.spelling import Spelling
from sakip_rules.model import program as p
from sakip_rules.model import reports as r
from sakip_rules.model.outline import contents
from sakip_rules.model.units import RATIO
from sakip_rules.model.values import Status, Value, absent
from sakip_rules.model.vocabulary import AVERAGES, REPORT_COLUMNS
from sakip_rules.report.data_tables import DataTables
from sakip_rules.report.figures import Figures
from sakip_rules.report.subjects import Figure, IndicatorSubject, ObjectiveSubject, ProgramSubject, Subject

#: What a thing is called, whatever it is.
_TITLE = "judul"
#: The columns of what stands for all together; the first is meant where none is named.
_TOTALS: Mapping[str, Sequence[str]] = {
    "jumlah": ("pagu", "serapan", "persen_serapan"),
    "efisiensi_total": ("efisiensi",),
    **dict.fromkeys(AVERAGES, ("capaian", "kategori")),
}
_SORTS: Mapping[type, str] = {IndicatorSubject: "indikator", ObjectiveSubject: "sasaran", ProgramSubject: "program"}


class UnknownError(Exception):
    """A name that stands for nothing, and what was likely meant."""

    def __init__(self, name: str, near: str | None = None) -> None:
        super().__init__(name)
        self.name, self.near = name, near


class OwnerlessError(Exception):
    """A column where there is no thing whose column it would be, and a sort of things that have it."""

    def __init__(self, name: str, sort: str) -> None:
        super().__init__(name)
        self.name, self.sort = name, sort


class Lookup:
    """Finds the figures that the sentences of one report name."""

    def __init__(self, figures: Figures, data: DataTables) -> None:
        self.figures, self.program, self.data = figures, figures.program, data

    def things(self, sort: str) -> Iterator[Subject]:
        """The indicators, objectives, programmes or activities of the year."""
        if sort == "indikator":
            yield from self.figures.indicators
        elif sort == "sasaran":
            yield from self.figures.objectives
        else:
            programs = self.figures.programs
            yield from (each for each in programs if (each.result.row.depth == 1) == (sort == "program"))

    def figure(self, parts: Sequence[str], thing: Subject | None) -> Figure:
        """What a name stands for.

        :class:`UnknownError` where it stands for nothing, :class:`OwnerlessError` where it is a column of nothing.
        """
        first, *rest = parts
        if not rest and first == "tahun":
            return Figure(text=str(self.figures.report.year))
        if thing is not None and first in (_TITLE, *_columns_of(thing)):
            return self._of(thing, parts, ())
        if not rest and first == _TITLE:
            return Figure(text=self.figures.report.label)
        if first in _TOTALS:
            return self._total(first, rest)
        if first in ("tabel", "gambar") and len(rest) == 1:
            return self._number_of(first, rest[0])
        if first in self._data:
            return self._sum(self._data[first], rest)
        if first in self._named:
            return self._of(self._named[first], rest or ("",), (first,))
        if (indicator := self.indicator(first)) is not None:
            return self._of(IndicatorSubject(indicator, None), rest or ("",), (first,))
        sort = next((sort for sort in _SORTS.values() if first in REPORT_COLUMNS[sort]), None)
        if thing is None and sort is not None:
            raise OwnerlessError(".".join(parts), sort)
        known = Spelling((*self._named, *self._data, *_TOTALS, *(_columns_of(thing) if thing else ())))
        raise _unknown((), known, first, rest)

    def indicator(self, name: str) -> p.Indicator | None:
        """An indicator that is defined, whether or not it has figures in the year."""
        return next((item for item in self.program.find(name) if isinstance(item, p.Indicator)), None)

    def value(self, figure: Figure) -> Value:
        """The number of a figure, to calculate with; none where it is a text."""
        if isinstance(figure.target, p.Quantity):
            unit = figure.unit and self.program.units.measure(figure.unit)
            return Value(figure.target.number, unit or RATIO)
        return figure.value or absent(Status.NOT_APPLICABLE)

    def _of(self, thing: Subject, parts: Sequence[str], before: Sequence[str]) -> Figure:
        """A column of a thing, perhaps of another year; ``before`` is what names the thing."""
        column, *rest = parts
        year = parse_year(rest[0]) if len(rest) == 1 else None
        if column not in (_TITLE, *_columns_of(thing)) or (rest and year is None):
            raise _unknown(before, Spelling(_columns_of(thing)), column, rest)
        if column == _TITLE:
            return Figure(text=title_of(thing))
        return self.figures.of(thing, column, year)

    def _total(self, kind: str, rest: Sequence[str]) -> Figure:
        columns = _TOTALS[kind]
        column = rest[0] if rest else columns[0]
        if len(rest) > 1 or column not in columns:
            raise _unknown((kind,), Spelling(columns), column, rest[1:])
        return self.figures.closing(kind, column)

    def _number_of(self, word: str, name: str) -> Figure:
        """The number that is printed for a table or chart."""
        kinds = (p.ReportTable, r.DataTable) if word == "tabel" else (r.Chart,)
        parts = [each for each in contents(self.program, self.figures.report) if isinstance(each, kinds)]
        found = next((each for each in parts if each.name == name), None)
        if found is None:
            raise _unknown((word,), Spelling(each.name for each in parts), name)
        return Figure(text=found.number)

    def _sum(self, table: r.DataTable, rest: Sequence[str]) -> Figure:
        columns = {each.column: each for each in table.columns if each.numeric}
        column = columns.get(rest[0]) if len(rest) == 1 else None
        if column is None:
            name, *more = rest or ("",)
            raise _unknown((table.name,), Spelling(columns), name, more)
        found = self.data.sum(table, column)
        return found if found.value else Figure(Value(Fraction(0)))

    @cached_property
    def _data(self) -> Mapping[str, r.DataTable]:
        found = contents(self.program, self.figures.report)
        return {each.name: each for each in found if isinstance(each, r.DataTable)}

    @cached_property
    def _named(self) -> Mapping[str, Subject]:
        """Everything that has figures, by its name; this year's before what only other years have."""
        every: list[Subject] = [*self.figures.over_years, *self.figures.programs, *self.figures.objectives]
        return {each.name: each for each in (*every, *self.figures.indicators)}


def _unknown(before: Sequence[str], known: Spelling, name: str, behind: Sequence[str] = ()) -> UnknownError:
    """The error about a word of a name, with what the whole name was likely meant to be."""

    def whole(word: str, rest: Sequence[str]) -> str:
        return ".".join(part for part in (*before, word, *rest) if part)

    near = known.near(name)
    likely = whole(near, () if near == name else behind) if near else None
    return UnknownError(whole(name, behind), likely)


def title_of(thing: Subject) -> str:
    """What people call a thing."""
    if isinstance(thing, IndicatorSubject):
        return thing.indicator.label
    if isinstance(thing, ObjectiveSubject):
        return thing.result.objective.label if thing.result.objective else ""
    return thing.result.row.title if isinstance(thing, ProgramSubject) else thing.name


def _columns_of(thing: Subject) -> Sequence[str]:
    return REPORT_COLUMNS[_SORTS[type(thing)]]
