"""What the columns of a report's tables hold: the figure of an indicator, an objective or a programme, by its word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from attrs import evolve

from sakip_rules.base.numbers import format_number
from sakip_rules.base.paragraphs import paragraphs
from sakip_rules.base.source import Span
from sakip_rules.model import program as p
from sakip_rules.model.names import Program
from sakip_rules.model.outline import analyses
from sakip_rules.model.results import (
    Achievement,
    ActivityResult,
    Comparison,
    ComparisonRow,
    Efficiency,
    Evaluation,
    IndicatorResult,
    Realization,
    Spending,
    YearFigure,
)
from sakip_rules.model.units import PERCENT
from sakip_rules.report import derivations, explained
from sakip_rules.report.derivations import Derivation, Taken
from sakip_rules.report.documents import Documents
from sakip_rules.report.subjects import (
    BLANK,
    BandSubject,
    DocumentSubject,
    Figure,
    IndicatorSubject,
    ObjectiveSubject,
    ProgramSubject,
    StrategySubject,
    Subject,
)
from sakip_rules.syntax import tree
from sakip_rules.syntax.printer import print_expression


class Figures:
    """All rows of a report's tables, and what each column holds."""

    def __init__(
        self, program: Program, report: p.Report, evaluation: Evaluation, comparison: Comparison | None = None
    ) -> None:
        self.program, self.report, self.evaluation, self.comparison = program, report, evaluation, comparison
        self.documents = Documents(program)

    # Rows.

    @cached_property
    def indicators(self) -> tuple[IndicatorSubject, ...]:
        """What the year's agreement promises, in its order."""
        compared = {row.indicator.name_span: row for row in self.comparison.rows} if self.comparison else {}
        return tuple(self._indicator(result, compared) for result in self.evaluation.indicators)

    def _indicator(self, result: IndicatorResult, compared: Mapping[Span, ComparisonRow]) -> IndicatorSubject:
        indicator = result.indicator
        efficiencies = self.evaluation.efficiencies.objectives if self.evaluation.efficiencies else ()
        return IndicatorSubject(
            indicator,
            result.objective,
            result.promise.number,
            result,
            compared.get(indicator.name_span),
            next((each for each in efficiencies if result in each.results), None),
            next((each for each in self._analyses if self.program.target(each.indicator) is indicator), None),
        )

    @cached_property
    def _analyses(self) -> tuple[p.Analysis, ...]:
        return analyses(self.program, self.report)

    @cached_property
    def over_years(self) -> tuple[IndicatorSubject, ...]:
        """What any of the compared years promises, oldest first."""
        promised = {subject.indicator.name_span: subject for subject in self.indicators}
        rows = self.comparison.rows if self.comparison else ()
        return tuple(
            promised.get(row.indicator.name_span) or IndicatorSubject(row.indicator, row.objective, compared=row)
            for row in rows
        )

    @cached_property
    def known_years(self) -> frozenset[int]:
        """The years of which anything is known."""
        rows = self.comparison.rows if self.comparison else ()
        return frozenset(year for row in rows for year in row.figures) | {self.report.year}

    @cached_property
    def objectives(self) -> tuple[ObjectiveSubject, ...]:
        efficiencies = self.evaluation.efficiencies.objectives if self.evaluation.efficiencies else ()
        found = {each.objective.name_span: each for each in efficiencies if each.objective}
        return tuple(
            ObjectiveSubject(result, found.get(result.objective.name_span) if result.objective else None)
            for result in self.evaluation.objectives
        )

    @cached_property
    def programs(self) -> tuple[ProgramSubject, ...]:
        """The programmes and activities of the year's agreement, in its order."""
        judgements = {row.program: row.judgement for row in self.report.judgements}
        supports: list[p.Reference] = []
        subjects = []
        for result in self.evaluation.activities:
            supports = list(result.row.supports) if result.row.depth == 1 else supports
            supported = [self.program.target(reference) for reference in supports]
            indicators = tuple(each for each in self.indicators if each.objective in supported)
            subjects.append(ProgramSubject(result, indicators, judgements.get(result.row.name)))
        return tuple(subjects)

    def by_objective(self) -> Iterator[ProgramSubject]:
        """Programmes and activities in the order of the objectives that they support; last, those that support none."""
        order = {each.indicator.name_span: number for number, each in enumerate(self.indicators)}
        yield from sorted(
            self.programs,
            key=lambda each: order[each.supported[0].indicator.name_span] if each.supported else len(order),
        )

    # Columns.

    def of(self, subject: Subject, column: str, year: int | None = None) -> Figure:
        """What a column holds for a row, nothing where it has nothing for it, with the name of its explanation."""
        return evolve(self._of(subject, column, year), explanation=self._explanation(subject, column, year))

    def _of(self, subject: Subject, column: str, year: int | None) -> Figure:
        if isinstance(subject, IndicatorSubject):
            return self._of_indicator(subject, column, year)
        if isinstance(subject, ProgramSubject):
            return self._of_program(subject, column)
        if isinstance(subject, ObjectiveSubject):
            return self._of_objective(subject, column)
        if isinstance(subject, StrategySubject):
            return _of_strategy(subject, column)
        if isinstance(subject, BandSubject):
            return Figure(text=_TEXTS_OF_BAND[column](subject.band)) if column in _TEXTS_OF_BAND else BLANK
        return self._of_row(subject, column, year)

    def _of_indicator(self, subject: IndicatorSubject, column: str, year: int | None) -> Figure:
        if column in _TEXTS_OF_INDICATOR:
            return Figure(text=_TEXTS_OF_INDICATOR[column](subject))
        if column == "rumus":
            return self._rule(subject.indicator)
        if column == "sasaran":
            return _title(subject.objective)
        if column == "tujuan":
            return _title(self.documents.goals.get(subject.objective)) if subject.objective else BLANK
        if column in _MEASURED:
            found = subject.year(year)
            return self._of_year(found, column, year) if found else BLANK
        if column in _BUDGETS:
            return self._budget(subject.efficiency, column)
        result, compared = subject.result, subject.compared
        if column == "efisiensi" and subject.efficiency and result:
            value = subject.efficiency.by_indicator[subject.efficiency.results.index(result)]
            return Figure(value, unit="persen", derivation=self._efficiency(subject.efficiency, result.achievement))
        if column == "kemajuan" and result and result.progress:
            return Figure(result.progress.value, unit="persen", derivation=self._progress(result))
        if column == "target_akhir" and result and result.progress:
            return self._target(result.progress.row.targets[result.progress.year], subject.indicator)
        if column in _QUARTERS and result:
            return self._target(getattr(result.promise, _QUARTERS[column]), subject.indicator)
        if column in CHANGES and compared:
            return self._change(compared, column)
        return BLANK

    def _rule(self, indicator: p.Indicator) -> Figure:
        """The formula of an indicator, in which each variable is called by its title."""
        if indicator.expression is None:
            return BLANK
        return Figure(text=with_titles(self.program, indicator.expression))

    def _of_year(self, found: YearFigure, column: str, year: int | None) -> Figure:
        if column == "target":
            return self._target(found.target, found.indicator) if found.target is not None else BLANK
        if column == "realisasi":
            return self._realization(found.realization, found.indicator, found.target)
        if found.achievement is None:
            return BLANK
        measure, method = found.realization.value.measure, self.evaluation.method
        return _achieved(
            found.achievement, column, derivations.of_achievement(found.achievement, method, measure, year)
        )

    def _progress(self, result: IndicatorResult) -> Derivation | None:
        measure = result.realization.value.measure
        inputs = {"rencana": Taken("target_akhir", measure), "realisasi": Taken("realisasi", measure)}
        return derivations.by(self.program, self.evaluation.method.progress, inputs)

    def _efficiency(self, found: Efficiency | ActivityResult, achievement: Achievement) -> Derivation | None:
        inputs = derivations.spent(found.budget, found.absorbed, achievement.value)
        return derivations.by(self.program, self.evaluation.method.efficiency, inputs)

    def _absorption(self, found: Efficiency | ActivityResult | Spending) -> Derivation | None:
        inputs = derivations.spent(found.budget, found.absorbed)
        return derivations.by(self.program, self.evaluation.method.absorption, inputs)

    def _budget(self, found: Efficiency | None, column: str) -> Figure:
        if found is None:
            return BLANK
        derivation = self._absorption(found) if column == "persen_serapan" else None
        value, unit = getattr(found, _BUDGETS[column]), _BUDGET_UNITS[column]
        return Figure(value, unit=unit, shared=found, derivation=derivation)

    def _target(self, target: p.Target | None, indicator: p.Indicator) -> Figure:
        if target is None:
            return BLANK
        written = target.decimals if isinstance(target, p.Quantity) else 0
        return Figure(target=target, written=written, unit=self._unit(indicator, target))

    def _realization(self, found: Realization, indicator: p.Indicator, target: p.Target | None) -> Figure:
        measured = found.measurements
        written = measured[0].decimals if len(measured) == 1 and found.expression is None else 0
        return Figure(found.value, text=found.label, written=written, unit=self._unit(indicator, target))

    def _unit(self, indicator: p.Indicator, target: p.Target | None) -> str | None:
        """The unit to show: that of the target, else that of the indicator, unless it is a bare score."""
        if isinstance(target, p.Quantity | p.Interval) and target.unit:
            return self.program.units.name(target.unit)
        name = self.program.units.name(indicator.unit.text) if indicator.unit else None
        return None if name in self._scores else name

    @cached_property
    def _scores(self) -> frozenset[str]:
        return frozenset(unit.name for unit in self.program.all(p.Unit) if unit.dimension == "nilai")

    def _change(self, compared: ComparisonRow, column: str) -> Figure:
        kind, _, of = column.partition("_")
        change = compared.realization if of == "realisasi" else compared.achievement
        method, year = self.evaluation.method, self.report.year
        measure = change.difference.measure if of == "realisasi" else PERCENT
        inputs = {"sekarang": Taken(of, measure), "lalu": Taken(of, measure, year - 1)}
        if kind == "perubahan":
            derivation = derivations.by(self.program, method.change, inputs)
            return Figure(change.relative, unit="persen", derivation=derivation)
        derivation = derivations.by(self.program, method.difference, inputs)
        return Figure(change.difference, unit=str(change.difference.measure), derivation=derivation)

    def _of_objective(self, subject: ObjectiveSubject, column: str) -> Figure:
        result = subject.result
        if column == "nomor":
            return Figure(text=getattr(result.objective, "number", None))
        if column == "sasaran":
            return _title(result.objective)
        if column in _BUDGETS:
            return self._budget(subject.efficiency, column)
        return _achieved(result.achievement, column)

    def _of_program(self, subject: ProgramSubject, column: str) -> Figure:
        result = subject.result
        if column in ("sasaran", "indikator", "capaian_indikator"):
            return self._supported(subject.supported, column)
        if column in _TEXTS_OF_PROGRAM:
            return Figure(text=_TEXTS_OF_PROGRAM[column](result.row))
        if column == "bidang":
            return self._carriers(result.row)
        if column == "penilaian":
            return Figure(text=subject.judgement)
        if column == "target":
            return self._amount(result.row)
        if column == "realisasi":
            unit = result.row.target.unit if isinstance(result.row.target, p.Quantity) else None
            return Figure(result.realization, unit=unit and self.program.units.name(unit))
        if column in ("capaian", "kategori"):
            found, method, measure = result.achievement, self.evaluation.method, result.realization.measure
            return _achieved(found, column, derivations.of_achievement(found, method, measure, None))
        if column not in _OF_PROGRAM:
            return BLANK
        derivation = self._absorption(result) if column == "persen_serapan" else None
        if column == "efisiensi":
            derivation = self._efficiency(result, result.achievement)
        unit = "rupiah" if column in ("pagu", "serapan") else "persen"
        return Figure(getattr(result, _OF_PROGRAM[column]), unit=unit, derivation=derivation)

    def _supported(self, subjects: Sequence[IndicatorSubject], column: str) -> Figure:
        """What stands beside a programme for all that it supports, each on a line of its own."""
        shared = tuple(each.indicator.name_span for each in subjects)
        if column == "sasaran":
            titles = dict.fromkeys(each.objective.label for each in subjects if each.objective)
            return Figure(text="\n".join(titles), shared=shared)
        if column == "indikator":
            return Figure(text="\n".join(each.indicator.label for each in subjects), shared=shared)
        return Figure(lines=tuple(self.of(each, "capaian") for each in subjects), shared=shared)

    def _of_row(self, subject: DocumentSubject, column: str, year: int | None) -> Figure:
        row = subject.row
        if isinstance(row, p.ActivityRow):
            if column in _TEXTS_OF_PROGRAM:
                return Figure(text=_TEXTS_OF_PROGRAM[column](row))
            if column == "bidang":
                return self._carriers(row)
            if column == "target":
                return self._amount(row)
            if column == "pagu" and row.budget:
                return Figure(target=row.budget, unit="rupiah")
            return BLANK
        if column == "tujuan":
            return _title(subject.goal)
        if column == "sasaran":
            return _title(subject.objective)
        if column == "nomor":
            home = subject.objective or subject.goal
            own = row.number if isinstance(row, p.AgreementRow) else getattr(home, "number", None)
            return Figure(text=own or (subject.indicator.number if subject.indicator else None))
        if subject.indicator is None:
            return BLANK
        if column == "rumus":
            return self._rule(subject.indicator)
        if column in _TEXTS_OF_INDICATOR:
            return Figure(text=_TEXTS_OF_INDICATOR[column](IndicatorSubject(subject.indicator, subject.objective)))
        target = _target_of(row, column, year)
        return Figure(text=NONE) if target is None else self._target(target, subject.indicator)

    def _carriers(self, row: p.ActivityRow) -> Figure:
        """Who carries a programme or activity, each on a line of its own."""
        units = (self.program.target(reference) for reference in row.carriers)
        return Figure(text="\n".join(unit.label for unit in units if unit is not None))

    def _amount(self, row: p.ActivityRow) -> Figure:
        if row.target is None:
            return BLANK
        unit = getattr(row.target, "unit", None)
        written = row.target.decimals if isinstance(row.target, p.Quantity) else 0
        return Figure(target=row.target, written=written, unit=unit and self.program.units.name(unit))

    # Explanations.

    def _explanation(self, subject: Subject, column: str, year: int | None) -> str | None:
        """The name of what tells how a figure came about; what a document states itself needs none."""
        if isinstance(subject, IndicatorSubject):
            return self._explanation_of_indicator(subject, column, year)
        if isinstance(subject, ProgramSubject) and column in (*_MEASURED, *_OF_PROGRAM):
            return explained.of_program(subject.name)
        objective = subject.result.objective if isinstance(subject, ObjectiveSubject) else None
        return explained.of_objective(objective) if objective and column in (*_MEASURED, *_OF_PROGRAM) else None

    def _explanation_of_indicator(self, subject: IndicatorSubject, column: str, year: int | None) -> str | None:
        if column in _OF_PROGRAM:
            objective = subject.efficiency.objective if subject.efficiency else None
            return explained.of_objective(objective) if objective else None
        if column in CHANGES and subject.compared:
            return explained.of_change(subject.indicator)
        if column in _MEASURED:
            found = subject.year(year)
            other = None if year == self.report.year else year
            return explained.of_indicator(found.indicator, other) if found and found.achievement else None
        return explained.of_indicator(subject.indicator) if column in ("kemajuan", "target_akhir") else None

    # What stands under a table.

    def closing(self, figure: str, column: str) -> Figure:
        """A sum, an average or an efficiency of all together, in the column that holds figures of that kind."""
        return evolve(self._closing(figure, column), explanation=_CLOSING.get(figure) or explained.of_average(figure))

    def _closing(self, figure: str, column: str) -> Figure:
        spending, efficiencies = self.evaluation.spending, self.evaluation.efficiencies
        if figure == "jumlah" and spending and column in _BUDGETS:
            derivation = self._absorption(spending) if column == "persen_serapan" else None
            return Figure(getattr(spending, _BUDGETS[column]), unit=_BUDGET_UNITS[column], derivation=derivation)
        if figure == "efisiensi_total" and efficiencies and column == "efisiensi":
            return Figure(efficiencies.total, unit="persen")
        average = next((each for each in self.evaluation.averages if each.kind == figure), None)
        if average and column in ("capaian", "kategori"):
            return _achieved(average.achievement, column)
        return BLANK


def _of_strategy(subject: StrategySubject, column: str) -> Figure:
    if column == "tujuan":
        return _title(subject.goal)
    if column == "sasaran":
        return _title(subject.objective)
    if column == "nomor":
        return Figure(text=subject.objective.number)
    if column == "strategi":
        return Figure(text=subject.strategy.label)
    return Figure(text="\n".join(subject.strategy.directions)) if column == "arah_kebijakan" else BLANK


def _range(band: p.Band) -> str:
    """The range of a band, as its regulation prints it where that reads differently."""
    return band.printed or band.range.written(lambda end: format_number(end) + band.range.suffix)


def with_titles(program: Program, expression: tree.Expression) -> str:
    """A formula in which each variable and indicator is called by its title."""

    def title(node: tree.Name) -> str:
        name = ".".join(node.parts)
        measured = program.measured(name)
        return measured.label if measured else name

    return print_expression(expression, title)


def _title(definition: p.Definition | None) -> Figure:
    return Figure(text=definition.label, shared=definition.name_span) if definition else BLANK


def _achieved(achievement: Achievement, column: str, derivation: Derivation | None = None) -> Figure:
    if column == "kategori":
        return Figure(text=achievement.category.label if achievement.category else None)
    return Figure(achievement.value, unit="persen", derivation=derivation)


def _target_of(row: p.AgreementRow | p.PlanRow, column: str, year: int | None) -> p.Target | None:
    if isinstance(row, p.PlanRow):
        return row.targets.get(year) if column == "target" and year is not None else None
    if column in _QUARTERS:
        return getattr(row, _QUARTERS[column], None)
    return row.target if column == "target" else None


def _lines(text: str | None) -> str | None:
    """A text of several lines, where a line ends only with a paragraph or an item of a list."""
    return text and paragraphs(text)


#: What a document prints where it deliberately sets no target.
NONE = "-"
_BUDGETS = {"pagu": "budget", "serapan": "absorbed", "persen_serapan": "absorption"}
_BUDGET_UNITS = {"pagu": "rupiah", "serapan": "rupiah", "persen_serapan": "persen"}
_OF_PROGRAM = {**_BUDGETS, "efisiensi": "efficiency"}
#: What a year says of an indicator, an objective or a programme.
_MEASURED = ("target", "realisasi", "capaian", "kategori")
_CLOSING = {"jumlah": explained.BUDGET, "efisiensi_total": explained.EFFICIENCY}
_QUARTERS = {"tw1": "first_quarter", "tw2": "second_quarter", "tw3": "third_quarter", "tw4": "fourth_quarter"}
CHANGES = ("perubahan_realisasi", "selisih_realisasi", "perubahan_capaian", "selisih_capaian")
_TEXTS_OF_INDICATOR: Mapping[str, Callable[[IndicatorSubject], str | None]] = {
    "nomor": lambda subject: subject.number or subject.indicator.number,
    "indikator": lambda subject: subject.indicator.label,
    "satuan": lambda subject: subject.indicator.unit.text if subject.indicator.unit else None,
    "definisi": lambda subject: _lines(subject.indicator.meaning),
    "sumber": lambda subject: subject.indicator.source,
    "penyebab": lambda subject: _lines(subject.analysis.causes) if subject.analysis else None,
    "permasalahan": lambda subject: _lines(subject.analysis.problems) if subject.analysis else None,
    "solusi": lambda subject: _lines(subject.analysis.solutions) if subject.analysis else None,
    "rencana_aksi": lambda subject: _lines(subject.analysis.actions) if subject.analysis else None,
}
_TEXTS_OF_BAND: Mapping[str, Callable[[p.Band], str | None]] = {
    "rentang": _range,
    "keterangan": lambda band: band.note,
    "kategori": lambda band: band.label,
}
_TEXTS_OF_PROGRAM: Mapping[str, Callable[[p.ActivityRow], str | None]] = {
    "nomor": lambda row: row.number,
    "program": lambda row: row.title,
    "indikator_kinerja": lambda row: row.measured,
}
