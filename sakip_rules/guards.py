"""Runs the parts of a plugin: what fails, or gives what it may not give, is one finding, and the rest goes on."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import redirect_stdout
from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import define, evolve

from sakip_rules import answers, builtin
from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic
from sakip_rules.base.numbers import is_too_large

if TYPE_CHECKING:
    from sakip_rules.model.checks import Check
    from sakip_rules.model.exporters import Exporter
    from sakip_rules.model.functions import Function
    from sakip_rules.model.names import Program
    from sakip_rules.model.publication import Publication
    from sakip_rules.model.readers import DataFile, DataReader, Known, Reading
    from sakip_rules.model.units import Measure
    from sakip_rules.model.values import Value
    from sakip_rules.model.years import DeclaredYears

#: What a plugin may do wrong, and the others go on: all but being stopped by the user.
FAULTS = (Exception, SystemExit)
#: What the parts of a plugin are called in findings.
LIBRARY, CHECK, READER, FUNCTION, COMMAND, KIND, CODE, EXPORTER, PLUGIN = (
    "pustaka", "pemeriksaan", "pembaca", "fungsi", "perintah", "jenis_blok", "kode_temuan", "ekspor", "nama_pengaya",
)  # fmt: skip


class PluginError(Exception):
    """A part of a plugin gave no answer; ``finding`` says why."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(finding.code.name)
        self.finding = finding


@define
class Plugin:
    """A plugin that was found, the time that it has taken so far, and the findings about all plugins of the run.

    ``distribution`` is what it was installed with; none for the plugins of a folder.
    """

    name: str
    version: str
    origin: str
    module: object
    faults: list[Diagnostic]
    seconds: float = 0.0
    years: tuple[DeclaredYears, ...] = ()
    distribution: str | None = None

    @property
    def is_built_in(self) -> bool:
        return self.name == builtin.NAME

    def fault(self, code: Code, **facts: object) -> None:
        """Report a finding about this plugin."""
        self.report(fault(code, self.name, **facts))

    def report(self, item: Diagnostic) -> None:
        """Report a finding, once."""
        if item not in self.faults:
            self.faults.append(item)

    def timed(self, call: Callable[[], Any]) -> Any:
        """What a call gives, a generator read to its end, its time added to the plugin's.

        What it prints goes beside what the command writes.
        """
        start = time.perf_counter()
        try:
            with redirect_stdout(sys.stderr):
                answer = call()
                return list(answer) if isinstance(answer, Iterator) else answer
        finally:
            self.seconds += time.perf_counter() - start

    def attempt(self, what: str, part: str, call: Callable[[], Any], extra: str | None = None) -> Any:
        """What a part gives; ``PluginError`` where it fails, or lacks a library that its ``extra`` installs."""
        try:
            return self.timed(call)
        except FAULTS as error:
            finding = self._lacking(what, part, error, extra) or failure(self.name, what, part, error)
            raise PluginError(finding) from error

    def _lacking(self, what: str, part: str, error: BaseException, extra: str | None) -> Diagnostic | None:
        """The finding that an optional library is missing, with what to install; none for any other failure."""
        if extra is None or self.distribution is None or not isinstance(error, ImportError):
            return None
        module = error.name or cause_of(error)
        if module.split(".")[0] in (__package__, str(getattr(self.module, "__name__", "")).split(".")[0]):
            return None  # a mistake of the plugin, which no installation mends
        package = f"{self.distribution}[{extra}]"
        facts = {"what": what, "part": part, "module": module, "package": package}
        return fault(codes.MISSING_LIBRARY, self.name, **facts)

    def _nonsense(self, what: str, part: str, found: str | tuple[str, ...]) -> None:
        self.fault(codes.PLUGIN_PART_NONSENSE, what=what, part=part, found=found)

    # Checks.

    def check(self, check: Check) -> Check:
        """A check whose failure is a finding."""
        return evolve(check, run=partial(self._run_check, check))

    def _run_check(self, check: Check, program: Program, functions: Any) -> list[Diagnostic]:
        try:
            given = self.attempt(CHECK, check.name, lambda: check.run(program, functions))
        except PluginError as error:
            self.report(error.finding)
            return []
        return self._told(CHECK, check.name, given, check.codes)

    def _told(self, what: str, part: str, given: Any, declared: tuple[Code, ...]) -> list[Diagnostic]:
        """The findings of a part whose codes are declared and which can be shown."""
        if not isinstance(given, list | tuple | None):
            self._nonsense(what, part, type(given).__name__)
            return []
        known = {code.name: code for code in declared}
        told = []
        for item in given or ():
            if not self.is_built_in and (cause := answers.fault_of_finding(item)):
                self._nonsense(what, part, cause)
            elif item.code != known.get(item.code.name):
                self.fault(codes.PLUGIN_UNDECLARED, what=what, part=part, found=item.code.name)
            elif fact := answers.missing_fact(item, known[item.code.name]):
                self._nonsense(what, part, (item.code.name, f"{{{fact}}}", "fakta_hilang"))
            else:
                told.append(evolve(item, code=known[item.code.name]))  # whose words were looked at
        return told

    # Readers.

    def reader(self, reader: DataReader) -> DataReader:
        """A reader whose failure is a finding."""
        return evolve(reader, read=partial(self._read, reader))

    def _read(self, reader: DataReader, file: DataFile, known: Known, mark: str | None) -> Reading:
        """The measurements and findings of a file; none where the reader gives nonsense."""
        try:
            read = partial(reader.read, file, known, mark)
            measurements, findings = self.attempt(READER, reader.name, lambda: _both(read()), reader.extra)
        except PluginError as error:
            self.report(error.finding)
            return (), ()
        causes = (cause for item in measurements if (cause := answers.fault_of_measurement(item, known)))
        if not self.is_built_in and (cause := next(causes, None)):
            self._nonsense(READER, reader.name, cause)
            measurements = []
        return measurements, self._told(READER, reader.name, findings, (*codes.ALL, *reader.codes))

    # Exporters.

    def exporter(self, exporter: Exporter) -> Exporter:
        """An exporter whose failure is a ``PluginError``, as is an answer that is no file."""
        records, report, template, form = exporter.records, exporter.report, exporter.template, exporter.form
        return evolve(
            exporter,
            records=records and partial(self._written, exporter, records, _fault_of_bytes),
            report=report and partial(self._written, exporter, report, _fault_of_report),
            template=template and partial(self._written, exporter, template, _fault_of_report),
            form=form and partial(self._written, exporter, form, _fault_of_bytes),
        )

    def _written(self, exporter: Exporter, write: Callable[..., Any], fault_of: Callable[..., Any], *given: Any) -> Any:
        from sakip_rules.model.exporters import RefusedError

        answer = self.attempt(EXPORTER, exporter.name, lambda: _or_refusal(write, given), exporter.extra)
        if isinstance(answer, RefusedError) and (
            told := self._told(EXPORTER, exporter.name, answer.findings, exporter.codes)
        ):
            raise RefusedError(*told)
        if found := fault_of(answer, *given):
            facts = {"what": EXPORTER, "part": exporter.name, "found": found}
            raise PluginError(fault(codes.PLUGIN_PART_NONSENSE, self.name, **facts))
        return answer

    # Functions.

    def function(self, function: Function) -> Function:
        """A function whose failure is a value without a number, or a unit that is not known, with the reason.

        Those of the language run as they are, since they run for every figure.
        """
        if self.is_built_in:
            return function
        apply, measure = partial(self._apply, function), partial(self._measure, function)
        return evolve(function, apply=apply, measure=measure)

    def _apply(self, function: Function, arguments: Any) -> Value:
        from sakip_rules.model.values import Reason, Status, absent

        try:
            value: Value = self.attempt(FUNCTION, function.name, lambda: function.apply(arguments))
        except PluginError as error:
            finding = error.finding  # which is told where the figure stands that it stops
        else:
            cause = answers.fault_of_value(value)
            if cause is None and value.number is not None and is_too_large(value.number):
                return absent(Status.UNDEFINED, value.measure, Reason(codes.VALUE_TOO_LARGE, {}))
            if cause is None:
                return value
            facts = {"what": FUNCTION, "part": function.name, "found": cause}
            finding = fault(codes.PLUGIN_PART_NONSENSE, self.name, **facts)
        return absent(Status.UNDEFINED, reason=Reason(finding.code, finding.values))

    def _measure(self, function: Function, measures: Any) -> Measure | None:
        from sakip_rules.model.functions import FunctionError
        from sakip_rules.model.units import Measure

        try:
            measure = self.attempt(FUNCTION, function.name, lambda: function.measure(measures))
        except PluginError as error:
            self.report(error.finding)
            raise FunctionError from error
        if not isinstance(measure, Measure | None):
            self._nonsense(FUNCTION, function.name, type(measure).__name__)
            raise FunctionError
        return measure


def fault(code: Code, name: str, **facts: object) -> Diagnostic:
    """A finding about a plugin."""
    return Diagnostic(code, None, {"name": name, **facts})


def failure(name: str, what: str, part: str, error: BaseException) -> Diagnostic:
    """The finding that a part of a plugin failed."""
    facts = {"what": what, "part": part, "fault": type(error).__name__, "cause": cause_of(error)}
    return fault(codes.PLUGIN_PART_FAILED, name, **facts)


def cause_of(error: BaseException) -> str:
    """What an exception says, on one line and no longer than one."""
    return " ".join(str(error).split())[:200]


def _both(reading: Any) -> tuple[list[Any], list[Any]]:
    """What a reader gives, both parts read to their end."""
    measurements, findings = reading
    return list(measurements), list(findings)


def _or_refusal(write: Callable[..., Any], given: tuple[Any, ...]) -> Any:
    """What an exporter gives, or why it does not."""
    from sakip_rules.model.exporters import RefusedError

    try:
        return write(*given)
    except RefusedError as refusal:
        return refusal


def _fault_of_bytes(answer: object, given: object) -> str | None:
    """The type of what is no content of a file."""
    return None if isinstance(answer, bytes) else type(answer).__name__


def _fault_of_report(answer: object, found: Publication, *template: object) -> tuple[str, ...] | None:
    """What is wrong with the files of a report: that there are none, or a name with what is wrong with it."""
    if not isinstance(answer, Mapping):
        return (type(answer).__name__,)
    for name, content in answer.items():
        if not isinstance(name, str) or not isinstance(content, bytes):
            return str(name), type(content).__name__
        if not is_plain_name(name):
            return name, "nama_terlarang"
        if not is_name_of(name, found.name):
            return name, "nama_asing"
    if are_one_somewhere(answer):
        return *sorted(answer), "nama_kembar"
    return None if answer else ("tanpa_berkas",)


def is_plain_name(name: str) -> bool:
    """Whether a text names a file of the folder that it is written into, on every system."""
    plain = name.isprintable() and not set(name) & set('/\\:*?"<>|')
    return plain and not name.startswith(".") and bool(name) and name[-1] not in ". "


def is_name_of(name: str, report: str) -> bool:
    """Whether a file is called as a report, with something behind a dot: so it is that of no other report."""
    return name.startswith(f"{report}.")


def are_one_somewhere(names: Iterable[str]) -> bool:
    """Whether some names are one where small letters are no others than large ones."""
    folded = [name.casefold() for name in names]
    return len(set(folded)) < len(folded)
