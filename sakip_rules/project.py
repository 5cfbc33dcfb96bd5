"""The driver: from a rule folder to a checked program, its data and its figures, the passes in order."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from attrs import evolve

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic, Findings, in_order
from sakip_rules.base.source import Source, Span
from sakip_rules.cache import Cache
from sakip_rules.checks.consistency import faults
from sakip_rules.engine import data as data_files
from sakip_rules.engine.calculator import FigureCalculator
from sakip_rules.engine.comparison import Comparer
from sakip_rules.engine.consistency import checks_of, run_checks
from sakip_rules.engine.evaluation import Evaluator
from sakip_rules.engine.examples import ExampleReport, run_examples
from sakip_rules.files import Loaded
from sakip_rules.inputs import InputFolder, Inputs, YearFolder, read_inputs
from sakip_rules.levels import Levels
from sakip_rules.model import program as p
from sakip_rules.model.amendments import action_plan_in_force, agreement_in_force, reporting_years
from sakip_rules.model.claims import Consistency
from sakip_rules.model.data_form import DataForm, data_form
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Layer, Program, link
from sakip_rules.model.performance_tree import PerformanceTree
from sakip_rules.model.publication import Publication
from sakip_rules.model.readers import DataFile, Known
from sakip_rules.model.results import Comparison, Evaluation
from sakip_rules.model.values import ABSORBED, BUDGET, EMPTY_DATA, DataSet, Measurement, Quarter
from sakip_rules.model.vocabulary import Vocabulary
from sakip_rules.model.waivers import waive
from sakip_rules.model.world import World
from sakip_rules.report.budgets import differing
from sakip_rules.report.build import build
from sakip_rules.report.cells import Words
from sakip_rules.report.figures import Figures
from sakip_rules.report.free_texts import left_out
from sakip_rules.report.free_texts import suspicious as suspicious_texts
from sakip_rules.report.measured import suspicious
from sakip_rules.report.policies import scored_missing
from sakip_rules.report.reconcile import reconcile
from sakip_rules.report.slips import slips
from sakip_rules.report.years import compared_years
from sakip_rules.year_plugins import amended, beyond


class Project:
    """A rule folder with its libraries and data.

    Nothing is read before it is asked for, and each part once.  No method raises for what stands in the files: it is
    among the findings.
    """

    def __init__(
        self,
        folder: Path | str,
        cache: Cache | None = None,
        vocabulary: Vocabulary | None = None,
        inputs: Inputs | None = None,
        without: frozenset[str] = frozenset(),
    ) -> None:
        self.path = Path(folder)
        self.without = without
        self._known: dict[str, p.CompiledFile] = {}
        self._programs: dict[datetime.date | None, Program] = {}
        self._amended: dict[tuple[int, datetime.date | None], tuple[Program, tuple[Diagnostic, ...]]] = {}
        self._bare: dict[str, Project] = {}
        self._figures: dict[tuple[int, datetime.date | None], tuple[Evaluation | None, tuple[Diagnostic, ...]]] = {}
        self._consistent: dict[tuple[tuple[int, ...], datetime.date | None], Consistency] = {}
        if inputs is not None:
            self.inputs = inputs
        self.cache = cache or Cache.default()
        if vocabulary is not None:
            self.vocabulary = vocabulary

    # Reading.

    @cached_property
    def inputs(self) -> Inputs:
        return read_inputs(self.path)

    @property
    def sources(self) -> Mapping[str, Source]:
        """The texts of all files that were read, by the path that messages show."""
        return self.inputs.sources

    @cached_property
    def functions(self) -> Functions:
        return self.inputs.plugins.functions

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return self.inputs.plugins.vocabulary

    @cached_property
    def compiled(self) -> tuple[tuple[p.CompiledFile, ...], ...]:
        """What each file says, by folder, in the order of the inputs, with what year plugins add to it."""
        with _collector_paused():
            return tuple(self._compiled(folder) for folder in self.inputs.folders)

    def _compiled(self, folder: InputFolder) -> tuple[p.CompiledFile, ...]:
        if not folder.readable:
            return ()
        added = (file for year in self._years if year.to is folder for file in year.files)
        return tuple(self._compile(file) for file in (*folder.rules, *added) if file.source)

    @property
    def _years(self) -> tuple[YearFolder, ...]:
        """What year plugins add, but for those that are left out."""
        return tuple(year for year in self.inputs.years if year.rules.name not in self.without)

    def _compile(self, file: Loaded) -> p.CompiledFile:
        if file.shown not in self._known:
            self._known[file.shown] = self._read(file)
        return self._known[file.shown]

    def _read(self, file: Loaded) -> p.CompiledFile:
        source = file.source
        assert source is not None
        cache = self._file_cache
        known = cache.get(file.shown, file.raw)
        if isinstance(known, p.CompiledFile):
            return known
        from sakip_rules.model.build import compile_file  # with it comes lark, which unchanged files do not need

        compiled = compile_file(source, self.vocabulary)
        cache.put(file.shown, file.raw, compiled)
        return compiled

    @cached_property
    def _file_cache(self) -> Cache:
        """The cache of what files say under this vocabulary."""
        return self.cache.under(repr(self.vocabulary.added), self.vocabulary.added_records)

    # The program.

    @cached_property
    def _linked(self) -> tuple[Program, tuple[Diagnostic, ...]]:
        layers = tuple(
            Layer(definition for file in files for definition in file.definitions) for files in self.compiled
        )
        with _collector_paused():
            return link(layers, self.vocabulary)

    @property
    def program(self) -> Program:
        return self._linked[0]

    def program_as_of(self, as_of: datetime.date | None) -> Program:
        """The program without the documents that were decided after a day, as if these did not exist."""
        if as_of not in self._programs:
            later = [item for layer in self.program.layers for item in layer.top if as_of and _is_later(item, as_of)]
            self._programs[as_of] = self._without_documents(later) if later else self.program
        return self._programs[as_of]

    def _without_documents(self, later: Sequence[p.Definition]) -> Program:
        gone = {id(item) for item in later}
        layers = tuple(Layer(item for item in layer.top if id(item) not in gone) for layer in self.program.layers)
        with _collector_paused():
            return evolve(link(layers, self.vocabulary)[0], later=tuple(later))

    def program_of(self, year: int, as_of: datetime.date | None = None) -> Program:
        """The program that gives the figures of a year: with what year plugins amend for it."""
        return self._amended_for(year, as_of)[0]

    def _amended_for(self, year: int, as_of: datetime.date | None) -> tuple[Program, tuple[Diagnostic, ...]]:
        """The amended program, without the plugins that fail to amend it; these are the findings."""
        if (year, as_of) not in self._amended:
            self._amended[year, as_of] = self._amend(year, as_of)
        return self._amended[year, as_of]

    def _amend(self, year: int, as_of: datetime.date | None) -> tuple[Program, tuple[Diagnostic, ...]]:
        program = self.program_as_of(as_of)
        for rules in (added.rules for added in self._years if year in added.rules.years):
            found = amended(program, rules)
            if isinstance(found, Diagnostic):
                without, others = self.bare(rules.name)._amended_for(year, as_of)
                return without, (found, *others)
            program = found
        return program, ()

    def bare(self, plugin: str) -> Project:
        """The same folder without a year plugin."""
        if plugin not in self._bare:
            without = self._bare[plugin] = Project(
                self.path, self.cache, self.vocabulary, self.inputs, self.without | {plugin}
            )
            without._known = self._known
        return self._bare[plugin]

    @property
    def rule_findings(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the rules, taken without any measured value, and with the plugins as far as known."""
        return in_order((*self._checked, *self.inputs.diagnostics))

    @cached_property
    def _checked(self) -> tuple[Diagnostic, ...]:
        found = [item for files in self.compiled for file in files for item in file.diagnostics]
        found += self._linked[1]
        with _collector_paused():
            for check in self.inputs.plugins.checks:
                found += check.run(self.program, self.functions)
        return tuple(item for item in found if not self._used_by_code(item))

    def _used_by_code(self, item: Diagnostic) -> bool:
        """Whether no rule uses what stands in a file of a year plugin since its code does."""
        if item.code is not codes.UNUSED_NAME or item.span is None:
            return False
        files = (file for added in self._years if added.rules.amend for file in added.files)
        return any(file.shown == item.span.path for file in files)

    # Data.

    @cached_property
    def _measured(self) -> tuple[DataSet, tuple[Diagnostic, ...]]:
        findings = [item for file in self.inputs.data for item in file.diagnostics]
        known = _known(self.program)
        measurements: list[Measurement] = []
        mark = self.inputs.folders[0].settings.decimal_mark
        for file in self.inputs.data:
            reader = self.inputs.plugins.reader(file.shown)
            if reader and not file.diagnostics:
                read, found = reader.read(DataFile(file.shown, file.raw, file.text), known, mark)
                measurements += read
                findings += found
        data, doubles = data_files.collect(measurements)
        return (data if measurements else EMPTY_DATA), (*findings, *doubles)

    @property
    def data(self) -> DataSet:
        return self._measured[0]

    @property
    def data_findings(self) -> tuple[Diagnostic, ...]:
        return in_order(self._measured[1])

    # Results.

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the folder's reports, or of its agreements where it has no report; newest last."""
        return reporting_years(self.program)

    def evaluate(
        self, year: int, quarter: Quarter = Quarter.YEAR, as_of: datetime.date | None = None, traced: bool = False
    ) -> tuple[Evaluation | None, tuple[Diagnostic, ...]]:
        """All figures of a year or quarter, and the findings that stop any of them."""
        program, faults = self._amended_for(year, as_of)
        agreement, findings = agreement_in_force(program, year, as_of)
        if agreement is None:
            return None, (*faults, *findings)
        plan = action_plan_in_force(program, year, as_of)
        evaluation = Evaluator(program, self.functions, self.data).evaluate(agreement, quarter, traced, plan)
        if evaluation is None:
            return None, (*faults, Diagnostic(codes.NO_METHOD, agreement.name_span, {"name": agreement.name}))
        return evaluation, in_order((*faults, *evaluation.diagnostics))

    def data_form(
        self, year: int, as_of: datetime.date | None = None
    ) -> tuple[DataForm | None, tuple[Diagnostic, ...]]:
        """The form for the measured values of a year; none where no agreement is in force, which is a finding."""
        program, faults = self._amended_for(year, as_of)
        agreement, findings = agreement_in_force(program, year, as_of)
        if agreement is None:
            return None, (*faults, *findings)
        given = {item.name for item in self.data.measurements.values()}
        return data_form(program, agreement, action_plan_in_force(program, year, as_of), given), faults

    def _evaluated(self, year: int, as_of: datetime.date | None) -> tuple[Evaluation | None, tuple[Diagnostic, ...]]:
        """The figures of a whole year without a trace, once."""
        if (year, as_of) not in self._figures:
            self._figures[year, as_of] = self.evaluate(year, as_of=as_of)
        return self._figures[year, as_of]

    def compare(self, year: int, years: Iterable[int] = (), as_of: datetime.date | None = None) -> Comparison | None:
        """A year beside others, and its change against the year before; nothing where it has no figures itself."""
        wanted = {year, year - 1, *years}
        found = (self._evaluated(each, as_of)[0] for each in sorted(wanted) if each <= year)
        evaluations = [each for each in found if each]
        if not any(each.year == year for each in evaluations):
            return None
        return Comparer(Evaluator(self.program_of(year, as_of), self.functions, self.data), evaluations).of(years)

    def figures(self, report: p.Report, evaluation: Evaluation, as_of: datetime.date | None = None) -> Figures:
        """All that the tables of a report may show, other years included where they show any."""
        years = compared_years(self.program_of(report.year, as_of), report)
        comparison = self.compare(report.year, years, as_of) if years else None
        return Figures(evaluation.program, report, evaluation, comparison)

    def report(
        self, report: p.Report, word: Words = str, tables: Collection[str] = (), as_of: datetime.date | None = None
    ) -> tuple[Publication | None, tuple[Diagnostic, ...]]:
        """A report, or its tables of some names, and the findings about any figure; ``word`` names statuses."""
        evaluation, findings = self.evaluate(report.year, as_of=as_of)
        if evaluation is None:
            return None, findings
        built, found = self._built(self.figures(report, evaluation, as_of), word, tables)
        return built, in_order((*findings, *found))

    def _stands_on(self, report: p.Report, evaluation: Evaluation) -> bool:
        """Whether figures are measured against the agreement that a report prints its figures for."""
        agreement, _ = agreement_in_force(self.program_of(report.year), report.year, None)
        return agreement is not None and agreement.name == evaluation.agreement.name

    def _built(
        self, figures: Figures, word: Words, tables: Collection[str] = ()
    ) -> tuple[Publication, tuple[Diagnostic, ...]]:
        return build(figures, word, FigureCalculator(figures.program, self.functions), self.texts, tables)

    @property
    def texts(self) -> Mapping[str, str | None]:
        """What people wrote in files beside the rules (``uraian``), by their names; none where one cannot be read."""
        return {file.path.name: file.text for file in self.inputs.folders[0].texts}

    def tree(self, year: int, as_of: datetime.date | None = None) -> PerformanceTree:
        """What supports what in a year, who carries it and what it costs, by the documents known on a day."""
        from sakip_rules.model.tree_building import performance_tree

        return performance_tree(self.program_of(year, as_of), year, as_of)

    def stopping(self, evaluation: Evaluation | None) -> tuple[Diagnostic, ...]:
        """The errors of rules and data that an evaluation cannot do without: those in the files that it rests on.

        What stands in documents that were decided after its day does not count.

        A definition that cannot be read is lost as a whole, so that the figures may lack it; errors in files that the
        evaluation does not use are left to ``validate``.
        """
        paths = None if evaluation is None else _paths_of(evaluation)
        rules = (item for item in self.rule_findings if item.is_error)
        stopping = [item for item in rules if paths is None or item.span is None or item.span.path in paths]
        later = evaluation.program.later if evaluation else ()
        stopping = [item for item in stopping if not any(_within(item.span, each) for each in later)]
        return in_order((*stopping, *(item for item in self.data_findings if item.is_error)))

    def run_examples(self, as_of: datetime.date | None = None) -> ExampleReport:
        """Run the examples of the folder itself; with a day, those of rules that held then."""
        return run_examples(self.program_as_of(as_of), self.functions, as_of)

    def consistency(self, years: Iterable[int] | None = None, as_of: datetime.date | None = None) -> Consistency:
        """What the checks of the rules (``periksa``) find, what they cannot judge, and which of them are off."""
        key = (tuple(self.years if years is None else years), as_of)
        if key not in self._consistent:
            program = self.program_as_of(as_of)
            found = ((year, self._evaluated(year, as_of)[0]) for year in key[0])
            world = World(program, self.data, {year: item for year, item in found if item}, as_of)
            sound = (item for item in self.levels.checks if not any(faults(item, program, self.functions)))
            self._consistent[key] = run_checks(world, self.functions, sound, self.levels.given)
        return self._consistent[key]

    @cached_property
    def levels(self) -> Levels:
        """The levels that the settings give to checks and to codes."""
        asked = self.inputs.folders[0].settings.levels
        return Levels(asked, checks_of(self.program), tuple(self.inputs.plugins.codes))

    def validate(
        self,
        years: Iterable[int] | None = None,
        as_of: datetime.date | None = None,
        today: datetime.date | None = None,
    ) -> tuple[Diagnostic, ...]:
        """Every finding that is not waived: see ``findings``."""
        return self.findings(years, as_of, today).shown

    def findings(
        self,
        years: Iterable[int] | None = None,
        as_of: datetime.date | None = None,
        today: datetime.date | None = None,
    ) -> Findings:
        """Every finding: of the rules, of the data, of the examples, and of the figures against what was printed.

        With ``as_of``, what stands in documents that were decided later does not count.  Waivers that ended before
        ``today``, or else before ``waiver_day``, no longer hold.
        """
        found = self._every_finding(years, as_of)
        whole = years is None and as_of is None
        judged = waive(found, self.program, self.codes, today or self.waiver_day(as_of), whole)
        return evolve(judged, shown=tuple(self.levels.weighed(judged.shown)))

    def waiver_day(self, as_of: datetime.date | None = None) -> datetime.date | None:
        """The day on which waivers must hold: the day asked for, else that of the newest report, never the clock's.

        A report without a day is taken at the end of its year; a folder without any year has no such day.
        """
        if as_of is not None or not self.years:
            return as_of
        days = [report.as_of for report in self.program.own(p.Report) if report.as_of]
        return max(days, default=datetime.date(self.years[-1], 12, 31))

    @cached_property
    def codes(self) -> tuple[Code, ...]:
        """The codes of all findings that there can be: those of plugins, and those of the checks of the rules."""
        return tuple(self.levels.known)

    def _every_finding(self, years: Iterable[int] | None, as_of: datetime.date | None) -> tuple[Diagnostic, ...]:
        """Every finding, whatever is waived."""
        later = self.program_as_of(as_of).later
        found = [item for item in self.rule_findings if not any(_within(item.span, each) for each in later)]
        found += (*self.data_findings, *suspicious(self.program, self.data), *slips(self.program, self.data))
        found += [run.finding for run in self.run_examples(as_of).runs if run.finding]
        years = self.years if years is None else tuple(years)
        found += self.consistency(years, as_of).findings
        found += self.levels.faults(self.inputs.folders[0].settings_file)
        for year in years:
            evaluation, problems = self._evaluated(year, as_of)
            found += problems
            found += (*differing(evaluation, self.data), *scored_missing(evaluation)) if evaluation else ()
            for report in self.program.own(p.Report):
                if evaluation and report.year == year and self._stands_on(report, evaluation):
                    figures = self.figures(report, evaluation, as_of)
                    found += reconcile(figures)
                    found += self._built(figures, str)[1]
        texts = self.inputs.folders[0].texts
        found += left_out(self.program, {file.path.name: file.shown for file in texts})
        found += suspicious_texts(file.source for file in texts if file.source)
        for added in self._years:
            found += beyond(self, added, as_of)
        return in_order(self.levels.weighed((*found, *self.inputs.plugins.faults)))


def _within(span: Span | None, item: p.Definition) -> bool:
    """Whether a place lies in a definition."""
    return span is not None and span.path == item.span.path and item.span.start <= span.start < item.span.end


def _is_later(item: p.Definition, as_of: datetime.date) -> bool:
    """Whether a document was decided after a day; what has no such date was always there."""
    decided: datetime.date | None = getattr(item, "decided", None)
    return decided is not None and decided > as_of


def _paths_of(evaluation: Evaluation) -> set[str]:
    """The files that hold what an evaluation uses: documents, method, formulas, category, indicators, objectives."""
    program, method = evaluation.program, evaluation.method
    references = (
        *evaluation.agreement.refers_to,
        method.up, method.down, method.range, method.exact, method.label_formula, method.category,
    )  # fmt: skip
    used = [
        evaluation.agreement,
        evaluation.action_plan,
        method,
        *(program.target(reference) for reference in references),
    ]
    used += [item for result in evaluation.indicators for item in (result.indicator, result.objective, result.promise)]
    return {item.span.path for item in used if isinstance(item, p.Definition | p.Line)}


def _known(program: Program) -> Known:
    """What a data file may name: indicators, variables, elements of indices, and programmes with what they spent."""
    units: dict[str, str | None] = {}
    labels: dict[str, frozenset[str]] = {}
    measured: tuple[p.Variable | p.Indicator, ...] = (*program.all(p.Variable), *program.all(p.Indicator))
    for item in measured:
        units.setdefault(item.name, program.units.name(item.unit.text) if item.unit else None)
        scale = program.target(item.scale) if isinstance(item, p.Indicator) else None
        if isinstance(scale, p.Scale):
            labels[item.name] = frozenset(rank.label for rank in scale.ranks)
    for index in program.all(p.Index):
        for element in index.elements:
            units.setdefault(
                f"{index.name}.{element.element}", program.units.name(index.unit.text) if index.unit else None
            )
    money = program.units.name("Rp")
    documents: tuple[p.Agreement | p.AnnualPlan | p.Budget, ...] = (
        *program.own(p.Agreement), *program.own(p.AnnualPlan), *program.own(p.Budget),
    )  # fmt: skip
    for row in (row for document in documents for row in document.activities):
        unit = row.target.unit if isinstance(row.target, p.Quantity) else None
        units.setdefault(row.name, program.units.name(unit) if unit else None)
        units.setdefault(f"{row.name}.{ABSORBED}", money)
        units.setdefault(f"{row.name}.{BUDGET}", money)
        shared = [program.target(reference) for reference in row.supports] if len(row.supports) > 1 else []
        units.update({f"{row.name}.{objective.name}.{ABSORBED}": money for objective in shared if objective})
    return Known(MappingProxyType(units), MappingProxyType(labels), program.units)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Without the garbage collector, which else walks all nodes again and again while they are made."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
