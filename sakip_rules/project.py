"""The driver: from a rule folder to a checked program, its data and its figures, the passes in order."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from sakip_rules import checks
from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, in_order
from sakip_rules.base.source import Source
from sakip_rules.cache import Cache
from sakip_rules.engine import data as data_files
from sakip_rules.engine.comparison import Comparer
from sakip_rules.engine.evaluation import Evaluator
from sakip_rules.engine.examples import ExampleReport, run_examples
from sakip_rules.files import Loaded
from sakip_rules.inputs import InputFolder, Inputs, YearFolder, read_inputs
from sakip_rules.model import program as p
from sakip_rules.model.amendments import agreement_in_force
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Layer, Program, link
from sakip_rules.model.performance_tree import PerformanceTree
from sakip_rules.model.results import Comparison, Evaluation
from sakip_rules.model.values import ABSORBED, BUDGET, EMPTY_DATA, DataSet, Measurement, Quarter, Value
from sakip_rules.model.vocabulary import CORE, Vocabulary
from sakip_rules.model.years import YearRules
from sakip_rules.report.budgets import differing
from sakip_rules.report.build import Builder, Words
from sakip_rules.report.figures import Figures, compared_years
from sakip_rules.report.model import Report
from sakip_rules.report.reconcile import reconcile


class Project:
    """A rule folder with its libraries and data.

    Nothing is read before it is asked for, and each part once.  No method raises for what stands in the files: it is
    among the findings.
    """

    def __init__(
        self,
        folder: Path | str,
        cache: Cache | None = None,
        vocabulary: Vocabulary = CORE,
        inputs: Inputs | None = None,
        without: frozenset[str] = frozenset(),
    ) -> None:
        self.path = Path(folder)
        self.without = without
        self._known: dict[str, p.CompiledFile] = {}
        if inputs is not None:
            self.inputs = inputs
        self.cache = cache or Cache.default()
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
    def compiled(self) -> tuple[tuple[p.CompiledFile, ...], ...]:
        """What each file says, by folder, in the order of the inputs; year plugins add to the folder itself."""
        added = tuple(file for year in self.inputs.years if year.rules.name not in self.without for file in year.files)
        own, *libraries = self.inputs.folders
        with _collector_paused():
            return (self._compiled(own, added), *(self._compiled(folder, ()) for folder in libraries))

    def _compiled(self, folder: InputFolder, more: tuple[Loaded, ...]) -> tuple[p.CompiledFile, ...]:
        if not folder.readable:
            return ()
        return tuple(self._compile(file) for file in (*folder.rules, *more) if file.source)

    def _compile(self, file: Loaded) -> p.CompiledFile:
        if file.shown not in self._known:
            self._known[file.shown] = self._read(file)
        return self._known[file.shown]

    def _read(self, file: Loaded) -> p.CompiledFile:
        source = file.source
        assert source is not None
        cache = self.cache if self.vocabulary is CORE else Cache(None)
        known = cache.get(file.shown, file.raw)
        if isinstance(known, p.CompiledFile):
            return known
        from sakip_rules.model.build import compile_file  # with it comes lark, which unchanged files do not need

        compiled = compile_file(source, self.vocabulary)
        cache.put(file.shown, file.raw, compiled)
        return compiled

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

    @cached_property
    def rule_findings(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the rules, taken without any measured value."""
        functions = self.functions  # asked for first: whether a plugin fails to give them is among the findings
        found = list(self.inputs.diagnostics)
        found += [item for files in self.compiled for file in files for item in file.diagnostics]
        found += self._linked[1]
        with _collector_paused():
            for check in checks.ALL:
                found += check(self.program, functions)
        return in_order(found)

    # Data.

    @cached_property
    def _measured(self) -> tuple[DataSet, tuple[Diagnostic, ...]]:
        findings = [item for file in self.inputs.data for item in file.diagnostics]
        known = _known(self.program)
        measurements: list[Measurement] = []
        for file in self.inputs.data:
            if file.source:
                read, found = self._read_data(file.source, known)
                measurements += read
                findings += found
        data, found = data_files.collect(measurements)
        return (data if measurements else EMPTY_DATA), (*findings, *found)

    def _read_data(
        self, source: Source, known: data_files.Known
    ) -> tuple[tuple[Measurement, ...], tuple[Diagnostic, ...]]:
        if source.path.lower().endswith(".toml"):
            return data_files.read_toml(source, known)
        return data_files.read_csv(source, known, self.inputs.folders[0].settings.decimal_mark)

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
        reports = {report.year for report in self.program.own(p.Report)}
        agreements = {item.year for item in self.program.own(p.Agreement) if item.amends is None}
        return tuple(sorted(reports or agreements))

    def evaluate(
        self, year: int, quarter: Quarter = Quarter.YEAR, as_of: datetime.date | None = None, traced: bool = False
    ) -> tuple[Evaluation | None, tuple[Diagnostic, ...]]:
        """All figures of a year or quarter, and the findings that stop any of them."""
        agreement, findings = agreement_in_force(self.program, year, as_of)
        if agreement is None:
            return None, findings
        evaluator = Evaluator(self.program, self.functions, self.data)
        evaluation = evaluator.evaluate(agreement, quarter, traced)
        if evaluation is None:
            return None, (Diagnostic(codes.NO_METHOD, agreement.name_span, {"name": agreement.name}),)
        return evaluation, in_order(evaluation.diagnostics)

    def compare(self, year: int, years: Iterable[int] = (), as_of: datetime.date | None = None) -> Comparison | None:
        """A year beside others, and its change against the year before; nothing where it has no figures itself."""
        wanted = {year, year - 1, *years}
        found = (self.evaluate(each, as_of=as_of)[0] for each in sorted(wanted) if each <= year)
        evaluations = [each for each in found if each]
        if not any(each.year == year for each in evaluations):
            return None
        return Comparer(Evaluator(self.program, self.functions, self.data), evaluations).of(years)

    def figures(self, report: p.Report, evaluation: Evaluation, as_of: datetime.date | None = None) -> Figures:
        """All that the tables of a report may show, other years included where they show any."""
        years = compared_years(report)
        comparison = self.compare(report.year, years, as_of) if years else None
        return Figures(self.program, report, evaluation, comparison)

    def report(
        self, report: p.Report, word: Words = str, tables: Iterable[p.ReportTable] | None = None,
        as_of: datetime.date | None = None,
    ) -> tuple[Report | None, tuple[Diagnostic, ...]]:  # fmt: skip
        """The tables of a report, and the findings that stop any figure; ``word`` names statuses."""
        evaluation, findings = self.evaluate(report.year, as_of=as_of)
        if evaluation is None:
            return None, findings
        chosen = report.tables if tables is None else tables
        built, found = self._built(self.figures(report, evaluation, as_of), chosen, word)
        return built, in_order((*findings, *found))

    @staticmethod
    def _built(figures: Figures, tables: Iterable[p.ReportTable], word: Words) -> tuple[Report, tuple[Diagnostic, ...]]:
        builder = Builder(figures, word)
        return builder.report(tables), tuple(builder.diagnostics)

    def tree(self, year: int, as_of: datetime.date | None = None) -> PerformanceTree:
        """What supports what in a year, who carries it and what it costs, by the documents known on a day."""
        from sakip_rules.model.tree_building import performance_tree

        return performance_tree(self.program, year, as_of)

    def stopping(self, evaluation: Evaluation | None) -> tuple[Diagnostic, ...]:
        """The errors of rules and data that an evaluation cannot do without: those in the files that it rests on.

        A definition that cannot be read is lost as a whole, so that the figures may lack it; errors in files that the
        evaluation does not use are left to ``validate``.
        """
        paths = None if evaluation is None else _paths_of(evaluation, self.program)
        rules = (item for item in self.rule_findings if item.is_error)
        stopping = (item for item in rules if paths is None or item.span is None or item.span.path in paths)
        return in_order((*stopping, *(item for item in self.data_findings if item.is_error)))

    def run_examples(self) -> ExampleReport:
        """Run the examples of the folder itself."""
        return run_examples(self.program, self.functions)

    def validate(
        self, years: Iterable[int] | None = None, as_of: datetime.date | None = None
    ) -> tuple[Diagnostic, ...]:
        """Every finding: of the rules, of the data, of the examples, and of the figures against what was printed."""
        found = [*self.rule_findings, *self.data_findings]
        found += [run.finding for run in self.run_examples().runs if run.finding]
        for year in self.years if years is None else years:
            evaluation, problems = self.evaluate(year, as_of=as_of)
            found += problems
            found += differing(evaluation, self.data) if evaluation else ()
            for report in self.program.own(p.Report):
                if evaluation and report.year == year:
                    figures = self.figures(report, evaluation, as_of)
                    found += reconcile(figures)
                    found += self._built(figures, report.tables, str)[1]
        for year_folder in self.inputs.years:
            found += self._beyond(year_folder, as_of)
        return in_order(found)

    def _beyond(self, added: YearFolder, as_of: datetime.date | None) -> Iterator[Diagnostic]:
        """What a year plugin does beyond what it declares: documents that it may not touch, figures that move."""
        rules = added.rules
        paths = {file.shown for file in added.files}
        for item in self.program.layers[0].top:
            if item.span.path in paths:
                yield from _undeclared(item, rules, self.program)
        bare = Project(self.path, self.cache, self.vocabulary, self.inputs, self.without | {rules.name})
        bare._known = self._known
        years = {item.year for project in (self, bare) for item in project.program.own(p.Agreement)}
        for year in sorted(years - rules.years):
            figures, others = (_figures(project.evaluate(year, as_of=as_of)[0]) for project in (bare, self))
            moved = next((name for name in {**figures, **others} if figures.get(name) != others.get(name)), None)
            if moved is not None:
                facts = {"name": rules.name, "year": year, "figure": moved, "years": tuple(sorted(rules.years))}
                yield Diagnostic(codes.PLUGIN_MOVES, None, facts)


def _undeclared(item: p.Definition, rules: YearRules, program: Program) -> Iterator[Diagnostic]:
    """A document of a year plugin that is for another year, or that revises what it may not touch."""
    year = getattr(item, "year", None)
    if year is not None and year not in rules.years:
        facts = {"name": rules.name, "year": year, "years": tuple(sorted(rules.years))}
        yield Diagnostic(codes.PLUGIN_OTHER_YEAR, item.place("tahun"), facts)
    amends = getattr(item, "amends", None)
    target = program.target(amends)
    name = target.name if target else amends and amends.text
    if amends is not None and name not in rules.touches:
        facts = {"name": rules.name, "other": name, "names": tuple(sorted(rules.touches))}
        yield Diagnostic(codes.PLUGIN_TOUCHES, amends.span, facts)


def _figures(evaluation: Evaluation | None) -> dict[str, Value]:
    """Every figure of an evaluation, by name."""
    if evaluation is None:
        return {}
    found = {each.indicator.name: each.achievement.value for each in evaluation.indicators}
    return found | {each.kind: each.achievement.value for each in evaluation.averages}


def _paths_of(evaluation: Evaluation, program: Program) -> set[str]:
    """The files that hold what an evaluation uses: documents, method, formulas, category, indicators, objectives."""
    method = evaluation.method
    references = (
        *evaluation.agreement.refers_to,
        method.up, method.down, method.range, method.exact, method.label_formula, method.category,
    )  # fmt: skip
    used = [evaluation.agreement, method, *(program.target(reference) for reference in references)]
    used += [item for result in evaluation.indicators for item in (result.indicator, result.objective, result.promise)]
    return {item.span.path for item in used if isinstance(item, p.Definition | p.Line)}


def _known(program: Program) -> data_files.Known:
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
    return data_files.Known(units, labels, program.units)


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
