"""The gate: makes the bundle of a publication where nothing stands against it, and puts it in its place whole."""

from __future__ import annotations

import datetime
import errno
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from attrs import frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Findings
from sakip_rules.base.source import Span
from sakip_rules.cli import receipt
from sakip_rules.cli.annotation import Annotator
from sakip_rules.cli.formats import lacking
from sakip_rules.cli.help import words
from sakip_rules.cli.naming import Names
from sakip_rules.cli.publishing import NotFoundError, chosen, files_of
from sakip_rules.cli.receipt import RECEIPT, Terms
from sakip_rules.cli.session import say, tell
from sakip_rules.cli.validation import LEVELS
from sakip_rules.files import shown
from sakip_rules.guards import PluginError
from sakip_rules.inputs import Inputs, Reading, read_inputs
from sakip_rules.messages import render
from sakip_rules.messages.catalog import catalog
from sakip_rules.model import program as p
from sakip_rules.model.exporters import Exporter, RefusedError
from sakip_rules.project import Project
from sakip_rules.report.records import records

#: Files of a bundle whose names no report can have, since its name has no hyphen.
RESULTS, FINDINGS = "hasil-hitungan", "hasil-pemeriksaan.json"


@frozen
class Made:
    """What came of making a publication: its files, unless findings stand against it, and what it rests on.

    ``against`` are the findings for which there are no files; all places in them have the names of the bundle.
    """

    inputs: Inputs
    findings: Findings
    against: tuple[Diagnostic, ...]
    files: Mapping[str, bytes]
    document: receipt.Table


def named_inputs(folder: Path, plugins_folder: Path | None) -> Inputs:
    """Everything that a publication reads, by names that are the same on every machine."""
    names = Names(folder, read_inputs(folder, plugins_folder).plugins)
    return read_inputs(folder, plugins_folder, Reading(shown=names.shown))


def make(folder: Path, inputs: Inputs, terms: Terms) -> Made:
    """Make all files of a publication in memory."""
    spoken = catalog(terms.language)  # those of the bundle, whatever the language of the run
    project = Project(folder, inputs=inputs)
    findings = project.findings(None, terms.as_of, terms.today)
    rests = receipt.foundation(inputs)

    def stopped(*against: Diagnostic) -> Made:
        return Made(inputs, findings, against, {}, rests)

    try:
        report = chosen(project, terms.report, None) if terms.report else None
    except NotFoundError as error:
        return stopped(error.finding)
    if report is None:
        return stopped(Diagnostic(codes.NO_REPORT, None, {"folder": shown(folder)}))
    against = [item for item in findings.shown if item.code.severity in LEVELS[terms.level]]
    evaluation, stopping = project.evaluate(report.year, as_of=terms.as_of)
    publication, _ = project.report(report, spoken.word, as_of=terms.as_of)
    if against or evaluation is None or publication is None:
        return stopped(*(against or stopping))
    exporters = [inputs.plugins.exporters[form] for form in terms.forms]
    results = records(evaluation)
    files: dict[str, bytes] = {}
    faults: list[Diagnostic] = []

    def add(name: str, content: bytes) -> None:
        if name.casefold() in (each.casefold() for each in (*files, RECEIPT)):
            faults.append(Diagnostic(codes.OUTPUT_TWICE, None, {"file": name}))
        files[name] = content

    add(FINDINGS, (render.as_json(findings.shown, inputs.sources, spoken, findings.waived) + "\n").encode())
    for exporter in exporters:
        if exporter.records is None:
            continue
        try:
            add(f"{RESULTS}{exporter.suffix}", exporter.records(results))
        except PluginError as error:
            faults.append(error.finding)
        except RefusedError as refusal:
            faults += refusal.findings
    annotate = Annotator(project, spoken, terms.as_of, known=findings)
    reporting = [exporter for exporter in exporters if exporter.report]
    for item in files_of(publication, reporting, inputs.templates, annotate):
        if isinstance(item, Diagnostic):
            faults.append(item)
        else:
            add(*item)
    if faults:
        return stopped(*faults)
    document = {
        "bentuk": receipt.FORM,
        "penerbitan": terms.table,
        "laporan": _report(report, terms.today or project.waiver_day(terms.as_of)),
        **rests,
        "keluaran": receipt.outputs(files),
        "pemeriksaan": dict(sorted(project.levels.given.items())),
        **receipt.told(findings, inputs.sources, spoken),
    }
    return Made(inputs, findings, (), {**files, RECEIPT: receipt.sealed(document)}, document)


def _report(report: p.Report, day: datetime.date | None) -> dict[str, object]:
    """What the reader of a receipt wants to know of its report, and the day on which waivers had to hold."""
    found = {"judul": report.label, "tahun": report.year, "per": report.as_of, "hari_pengecualian": day}
    return {key: value for key, value in found.items() if value is not None}


def unknown_form(exporters: Mapping[str, Exporter], forms: Sequence[str]) -> str | None:
    """The first form that no plugin writes."""
    return next((form for form in forms if form not in exporters), None)


# The command.


@frozen
class Request:
    """What is to be published."""

    folder: Path
    plugins_folder: Path | None
    name: str | None
    year: int | None
    as_of: datetime.date | None
    today: datetime.date | None
    forms: tuple[str, ...]
    level: str

    def terms(self, inputs: Inputs) -> Terms:
        """The same with the report that is meant; ``NotFoundError`` where there is none of that name."""
        report = chosen(Project(self.folder, inputs=inputs), self.name, self.year)
        name = report.name if report else ""
        return Terms(name, self.as_of, self.today, words().language, self.forms, self.level)


def publish(request: Request, output: str | None, replace: bool) -> bool:
    """Publish, or show what stands against it; whether the command fails."""
    inputs = named_inputs(request.folder, request.plugins_folder)
    exporters = inputs.plugins.exporters
    if missing := lacking(inputs.plugins, request.forms, sorted(exporters)):
        say(missing, {}, to_error=False)
        return True
    try:
        terms = request.terms(inputs)
    except NotFoundError as error:
        say((error.finding,), {}, to_error=False)
        return True
    made = make(request.folder, inputs, terms)
    if made.against:
        _refuse(request, terms, made)
        return True
    folder = Path(output or terms.report)
    written, faults = put(folder, made.files, replace)
    say(faults, {}, to_error=False)
    if not faults:
        _told(folder, made, written)
    return bool(faults)


def _refuse(request: Request, terms: Terms, made: Made) -> None:
    """Show what stands against a publication, by the paths that the writer knows."""
    inputs = read_inputs(request.folder, request.plugins_folder)
    found = Project(request.folder, inputs=inputs).findings(None, terms.as_of, terms.today).shown
    against = [item for item in found if item.code.severity in LEVELS[terms.level]] or made.against
    say(against, inputs.sources, to_error=False)
    name = terms.report or request.folder.name
    say((Diagnostic(codes.NOT_PUBLISHED, None, {"name": name, "count": len(against)}),), {}, to_error=False)


def _told(folder: Path, made: Made, written: bool) -> None:
    name = folder.as_posix()
    if not written:
        tell("publish.sama", folder=name)
        return
    for file in sorted(made.files):
        tell("publish.berkas", file=f"{name}/{file}")
    counts = {"count": len(made.files), "findings": len(made.findings.shown), "waived": len(made.findings.waived)}
    tell("publish.selesai", folder=name, **{key: str(count) for key, count in counts.items()})


# In its place.


def put(folder: Path, files: Mapping[str, bytes], replace: bool) -> tuple[bool, tuple[Diagnostic, ...]]:
    """Put a bundle in its place, whole or not at all; whether anything was written, and what stood in the way.

    What is there already is left where it is the same, and replaced only where it is a bundle and that is asked for.
    """
    name = shown(folder)
    if folder.is_symlink() or folder.exists():
        if _holds(folder, files):
            return False, ()
        if not replace or not _may_go(folder):
            return False, (Diagnostic(codes.BUNDLE_EXISTS, None, {"folder": name}),)
    part, old = (folder.with_name(f".{folder.name}.{os.getpid()}{end}") for end in ("", ".lama"))
    writing = name
    try:
        part.mkdir(parents=True)
        for file, content in files.items():
            writing = f"{name}/{file}"
            (part / file).write_bytes(content)
        writing = name
        _exchange(folder, part, old)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        cause = "name_too_long" if error.errno == errno.ENAMETOOLONG else "other"
        facts = {"file": writing, "cause": cause}
        return False, (Diagnostic(codes.CANNOT_WRITE, Span(writing, 0, 0), facts),)
    shutil.rmtree(old, ignore_errors=True)
    return True, ()


def _exchange(folder: Path, part: Path, old: Path) -> None:
    """Let one folder take the place of another, which comes back where that fails."""
    there = folder.exists()
    if there:
        folder.rename(old)
    try:
        part.rename(folder)
    except OSError:
        if there:
            with suppress(OSError):
                old.rename(folder)
        raise


def _holds(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Whether a folder holds exactly some files."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    try:
        there = {path.name: path for path in folder.iterdir()}
        return there.keys() == files.keys() and all(
            not there[name].is_symlink() and there[name].read_bytes() == content for name, content in files.items()
        )
    except OSError:
        return False


def _may_go(folder: Path) -> bool:
    """Whether a folder is a bundle, or empty, so that nothing else is lost with it."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    names = [path.name for path in folder.iterdir()]
    return not names or (RECEIPT in names and not any(path.is_dir() for path in folder.iterdir()))
