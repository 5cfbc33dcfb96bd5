"""Commands that give figures: calculated, explained, compared, and as a tree."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, in_order
from sakip_rules.base.spelling import nearest
from sakip_rules.cli.commands import options
from sakip_rules.cli.commands.root import root
from sakip_rules.cli.help import TranslatedCommand, Words, words
from sakip_rules.cli.session import Run, existing_folder, say, tell, this_run
from sakip_rules.cli.writing import is_file_name, write_whole

if TYPE_CHECKING:
    from sakip_rules.model.results import Evaluation
    from sakip_rules.project import Project

#: The one form of figures that no plugin brings: for people, in their language.
_TABLE = "table"
_REPORTS = ("text", "markdown", "json")
_TREES = ("text", "json", "mermaid", "svg")


def _read_depth(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


def _forms() -> tuple[str, ...]:
    """The forms that figures can be written in, for whoever completes a command."""
    from sakip_rules.cli.publishing import writing

    return (_TABLE, *writing(this_run().plugins.exporters, "records"))


@root.command("evaluate", cls=TranslatedCommand)
@options.folder
@options.year
@options.period
@options.as_of
@options.option("--format", "form", type=Words(called="bentuk", read=str.lower, offered=_forms), default=_TABLE)
@options.plugins_folder
@options.language
def evaluate(
    folder: str, year: int | None, period: str, as_of: datetime.date | None, form: str, plugins_dir: Path | None
) -> int:

    project = Run(words().language, plugins_dir).project(folder)
    evaluation, findings = _evaluated(project, year, period, as_of)
    if evaluation:
        told = _write_figures(project, evaluation, form)
        findings = (*findings, *(item for item in told if item not in findings))
    say(findings, project.sources, to_error=True)
    if evaluation and project.rule_findings and not findings:
        tell("evaluate.temuan_lain", count=str(len(project.rule_findings)))
    return options.FINDINGS if findings else options.CLEAN


def _write_figures(project: Project, evaluation: Evaluation, form: str) -> tuple[Diagnostic, ...]:
    """Write the figures of an evaluation in a form; a plugin that fails to is a finding."""
    from sakip_rules.cli.formats import lacking
    from sakip_rules.cli.publishing import writing
    from sakip_rules.cli.results import as_table
    from sakip_rules.guards import PluginError
    from sakip_rules.model.exporters import RefusedError
    from sakip_rules.report.records import records

    if form == _TABLE:
        click.echo(as_table(evaluation, words()), nl=False)
        return ()
    exporters = project.inputs.plugins.exporters
    exporter = exporters.get(form)
    if exporter is None or exporter.records is None:
        return lacking(project.inputs.plugins, (form,), (_TABLE, *writing(exporters, "records")))
    try:
        click.echo(exporter.records(records(evaluation)), nl=False)
    except PluginError as error:
        return (error.finding,)
    except RefusedError as refusal:
        return refusal.findings
    return ()


def _evaluated(
    project: Project, year: int | None, period: str, as_of: datetime.date | None, traced: bool = False
) -> tuple[Evaluation | None, tuple[Diagnostic, ...]]:
    """An evaluation, and all findings that stop one of its figures."""
    from sakip_rules.model.values import Quarter

    asked = options.chosen_year(project, year)
    if asked is None:
        return None, (
            *options.errors(project.rule_findings),
            Diagnostic(codes.NO_YEAR, None, {"folder": str(project.path)}),
        )
    evaluation, findings = project.evaluate(asked, Quarter(period), as_of, traced)
    return evaluation, in_order((*findings, *project.stopping(evaluation)))


@root.command("explain", cls=TranslatedCommand)
@click.argument("name", type=Words(called="nama"))
@options.folder
@options.year
@options.period
@options.as_of
@options.plugins_folder
@options.language
def explain(
    name: str, folder: str, year: int | None, period: str, as_of: datetime.date | None, plugins_dir: Path | None
) -> int:
    from sakip_rules.cli.explain import definition_text
    from sakip_rules.cli.explained import OVERALL

    project = Run(words().language, plugins_dir).project(folder)
    evaluation, findings = _evaluated(project, year, period, as_of, traced=True)
    program = evaluation.program if evaluation else project.program
    text = _explained(project, evaluation, name) if evaluation else None
    if text is None:
        found = program.find(name)
        if len(found) != 1:
            say(findings, project.sources, to_error=True)  # a block that cannot be read may hold the name
        if len(found) > 1:
            facts = {"name": name, "names": tuple(item.path for item in found), "first": found[0].path}
            return options.misused(Diagnostic(codes.AMBIGUOUS_REQUEST, None, facts))
        if not found:
            near = nearest(name, (*program.names, *OVERALL))
            return options.misused(Diagnostic(codes.NOT_FOUND, None, {"name": name}, near=near))
        text = definition_text(found[0], project, words())
    click.echo(text, nl=False)
    say(findings, project.sources, to_error=True)
    return options.FINDINGS if findings else options.CLEAN


def _explained(project: Project, evaluation: Evaluation, name: str) -> str | None:
    """The figures of a name: an indicator, an objective, a programme or activity, or an overall figure."""
    from sakip_rules.cli.explain import Explainer
    from sakip_rules.cli.explained import explainable
    from sakip_rules.cli.explanation import as_text

    found = {item.name_span for item in evaluation.program.find(name)}
    every = explainable(Explainer(project, evaluation, words()))
    asked = [each.tell() for each in every if each.definition in found or name in each.words]
    return "\n".join(as_text(each) for each in asked) or None


@root.command("diff", cls=TranslatedCommand)
@click.argument("sides", nargs=-1, required=True, type=Words(called="sisi"))
@options.option("--folder", type=Words(called="folder"), default=".")
@options.year
@options.period
@options.option("--format", "form", type=Words(_REPORTS), default="text")
@options.plugins_folder
@options.language
def diff(sides: Sequence[str], folder: str, year: int | None, period: str, form: str, plugins_dir: Path | None) -> int:
    from sakip_rules.cli.difference import Request
    from sakip_rules.cli.difference_report import WRITERS
    from sakip_rules.cli.revisions import RefusedError
    from sakip_rules.model.values import Quarter

    if len(sides) > 2:
        raise click.BadParameter(words().text("salah.sisi"))
    try:
        found = Request(existing_folder(folder), plugins_dir, options.read_date).compare(sides, year, Quarter(period))
    except RefusedError as error:
        return options.misused(error.finding)
    click.echo(WRITERS[form](found, words()), nl=False)
    return options.FINDINGS if found else options.CLEAN


@root.command("tree", cls=TranslatedCommand)
@options.folder
@options.year
@options.as_of
@options.option("--format", "form", type=Words(_TREES), default="text")
@options.option("--from", "start", type=Words(called="nama"))
@options.option("--depth", type=Words(called="tingkat", read=_read_depth))
@options.option("--output", type=Words(called="berkas", read=lambda text: text if is_file_name(text) else None))
@options.plugins_folder
@options.language
def tree(
    folder: str, year: int | None, as_of: datetime.date | None, form: str, start: str | None, depth: int | None,
    output: str | None, plugins_dir: Path | None,
) -> int:  # fmt: skip
    from sakip_rules.cli import trees

    project = Run(words().language, plugins_dir).project(folder)
    asked = options.chosen_year(project, year)
    broken = options.errors(project.rule_findings)
    if asked is None:
        return options.no_year(project, folder)
    found = project.tree(asked, as_of)
    root_node, unclear = trees.start(found, start)
    if unclear:
        return options.misused(*unclear)
    text, faults = trees.written(found, list(found.walk(root_node, depth)), form, words(), project.sources)
    if text is not None and output is not None:
        faults = (*faults, *write_whole(Path(output), text.encode(), output))
        if not faults:
            tell("pohon.ditulis", file=output)
    elif text is not None:
        click.echo(text, nl=False)
    findings = (*broken, *found.findings, *faults)
    say(in_order(findings), project.sources, to_error=True)
    return options.FINDINGS if findings else options.CLEAN
