"""The driver: from a rule folder to a checked program, its data and its figures, the passes in order."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from sakip_rules import checks, plugins
from sakip_rules.base.diagnostics import Diagnostic, in_order
from sakip_rules.base.source import Source
from sakip_rules.cache import Cache
from sakip_rules.engine import data as data_files
from sakip_rules.engine.evaluation import Evaluator, agreement_in_force
from sakip_rules.engine.examples import ExampleReport, run_examples
from sakip_rules.files import Loaded
from sakip_rules.inputs import Inputs, read_inputs
from sakip_rules.model import program as p
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Layer, Program, link
from sakip_rules.model.results import Evaluation
from sakip_rules.model.values import EMPTY_DATA, DataSet, Measurement, Quarter
from sakip_rules.model.vocabulary import CORE, Vocabulary
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
    ) -> None:
        self.path = Path(folder)
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
        return plugins.functions(self.inputs.plugins)

    @cached_property
    def compiled(self) -> tuple[tuple[p.CompiledFile, ...], ...]:
        """What each file says, by folder, in the order of the inputs."""
        with _collector_paused():
            return tuple(
                tuple(self._compile(file) for file in folder.rules if file.source) if folder.readable else ()
                for folder in self.inputs.folders
            )

    def _compile(self, file: Loaded) -> p.CompiledFile:
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
        found = [item for folder in self.inputs.folders for item in folder.diagnostics]
        found += [item for files in self.compiled for file in files for item in file.diagnostics]
        found += self._linked[1]
        with _collector_paused():
            for check in checks.ALL:
                found += check(self.program, self.functions)
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
        return tuple(sorted(reports or {agreement.year for agreement in self.program.own(p.Agreement)}))

    def evaluate(
        self, year: int, quarter: Quarter = Quarter.YEAR, as_of: datetime.date | None = None, traced: bool = False
    ) -> tuple[Evaluation | None, tuple[Diagnostic, ...]]:
        """All figures of a year or quarter, and the findings that stop any of them."""
        agreement, findings = agreement_in_force(self.program, year, as_of)
        if agreement is None:
            return None, findings
        evaluator = Evaluator(self.program, self.functions, self.data)
        evaluation = evaluator.evaluate(agreement, quarter, traced)
        return evaluation, in_order(evaluation.diagnostics if evaluation else ())

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
            for report in self.program.own(p.Report):
                if evaluation and report.year == year:
                    found += reconcile(self.program, report, evaluation)
        return in_order(found)


def _paths_of(evaluation: Evaluation, program: Program) -> set[str]:
    """The files that hold what an evaluation uses: documents, method, formulas, category, indicators, objectives."""
    method = evaluation.method
    references = (
        *evaluation.agreement.refers_to,
        method.up, method.down, method.range, method.exact, method.label_formula, method.category,
    )  # fmt: skip
    used = [evaluation.agreement, method, *(program.target(reference) for reference in references)]
    used += [item for result in evaluation.indicators for item in (result.indicator, result.objective)]
    return {item.span.path for item in used if isinstance(item, p.Definition)}


def _known(program: Program) -> data_files.Known:
    """What a data file may name: indicators, variables, and the elements of indices."""
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
