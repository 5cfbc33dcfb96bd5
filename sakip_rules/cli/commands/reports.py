"""Commands that make reports: on the screen, in files, and published."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, in_order
from sakip_rules.cli.commands import options
from sakip_rules.cli.commands.root import root
from sakip_rules.cli.help import TranslatedCommand, Words, words
from sakip_rules.cli.session import Run, existing_folder, misuse, say, tell

if TYPE_CHECKING:
    from sakip_rules.model.publication import Publication
    from sakip_rules.project import Project


@root.command("report", cls=TranslatedCommand)
@options.folder
@options.option("--report", "name", type=Words(called="nama"))
@options.option("--table", "tables", multiple=True, type=Words(called="nama"))
@options.year
@options.as_of
@options.plugins_folder
@options.language
def report(
    folder: str, name: str | None, tables: Sequence[str], year: int | None, as_of: datetime.date | None,
    plugins_dir: Path | None,
) -> int:  # fmt: skip
    from sakip_rules.cli.publishing import NotFoundError, as_text

    project = Run(words().language, plugins_dir).project(folder)
    try:
        publication, findings = _published(project, name, tables, year, as_of)
    except NotFoundError as error:
        return options.misused(error.finding)
    if publication:
        click.echo(as_text(publication, words()), nl=False)
    say(findings, project.sources, to_error=True)
    return options.FINDINGS if findings else options.CLEAN


@root.command("export", cls=TranslatedCommand)
@options.folder
@options.option("--to", required=True, type=Words(called="bentuk_bentuk", read=options.read_forms))
@options.option("--output", told="output_export", type=Words(called="folder"), default=".")
@options.option("--report", "name", type=Words(called="nama"))
@options.option("--table", "tables", multiple=True, type=Words(called="nama"))
@options.year
@options.as_of
@options.plugins_folder
@options.language
def export(
    folder: str, to: Sequence[str], output: str, name: str | None, tables: Sequence[str], year: int | None,
    as_of: datetime.date | None, plugins_dir: Path | None,
) -> int:  # fmt: skip
    from sakip_rules.cli.annotation import Annotator
    from sakip_rules.cli.formats import lacking
    from sakip_rules.cli.naming import Names
    from sakip_rules.cli.publishing import NotFoundError, files_of, save, writing

    if not output:
        misuse("salah.folder_tulis", value=output)
    project = Run(words().language, plugins_dir).project(folder)
    exporters = project.inputs.plugins.exporters
    choices = writing(exporters, "report")
    missing = lacking(project.inputs.plugins, to, choices)
    try:
        publication, findings = _published(project, name, tables, year, as_of)
    except NotFoundError as error:
        return options.misused(error.finding)
    if publication:
        names = Names(project.path, project.inputs.plugins)
        annotate = Annotator(project, words(), as_of, lambda path: names.shown(Path(path)))
        try:
            asked = [exporters[form] for form in to if form in choices]
            files = files_of(publication, asked, project.inputs.templates, annotate)
            written, faults = save(files, Path(output))
        except OSError:
            raise click.BadParameter(words().text("salah.folder_tulis", value=output)) from None
        findings = (*findings, *faults)
        for path in written:
            tell("export.ditulis", file=path.as_posix())
    findings = (*findings, *(item for item in missing if item not in findings))
    say(findings, project.sources, to_error=True)
    return options.FINDINGS if findings else options.CLEAN


def _published(
    project: Project, name: str | None, tables: Sequence[str], year: int | None, as_of: datetime.date | None
) -> tuple[Publication | None, tuple[Diagnostic, ...]]:
    """A report with the tables asked for, and all findings that stop one of its figures."""
    from sakip_rules.cli.publishing import chosen, look_for

    broken = options.errors(project.rule_findings)
    found = chosen(project, name, year)
    if found is None:
        return None, (*broken, Diagnostic(codes.NO_REPORT, None, {"folder": str(project.path)}))
    look_for(project, found, tables)
    publication, findings = project.report(found, words().word, tables, as_of)
    return publication, in_order((*findings, *broken, *options.errors(project.data_findings)))


@root.command("publish", cls=TranslatedCommand)
@options.folder
@options.option("--output", told="output_publish", type=Words(called="folder"))
@options.option("--report", "name", type=Words(called="nama"))
@options.year
@options.as_of
@options.today
@options.option("--to", default="csv,json,toml", type=Words(called="bentuk_bentuk", read=options.read_forms))
@options.fail_level("galat")
@options.option("--replace", is_flag=True)
@options.plugins_folder
@options.language
def publish(
    folder: str, output: str | None, name: str | None, year: int | None, as_of: datetime.date | None,
    today: datetime.date | None, to: Sequence[str], fail_level: str, replace: bool, plugins_dir: Path | None,
) -> int:  # fmt: skip
    from sakip_rules.cli import publish

    asked = publish.Request(existing_folder(folder), plugins_dir, name, year, as_of, today, tuple(to), fail_level)
    return options.FINDINGS if publish.publish(asked, output, replace) else options.CLEAN


@root.command("verify", cls=TranslatedCommand)
@click.argument("bundle", type=Words(called="terbitan"))
@options.folder
@options.plugins_folder
@options.language
def verify(bundle: str, folder: str, plugins_dir: Path | None) -> int:
    from sakip_rules.cli.verify import verify
    from sakip_rules.files import SETTINGS, rule_files

    if folder == "." and not Path(SETTINGS).exists() and not any(path.is_file() for path in rule_files(Path())):
        misuse("salah.folder_aturan", bundle=bundle)
    found = verify(existing_folder(bundle), existing_folder(folder), plugins_dir)
    say(found, {}, to_error=False)
    if not found:
        tell("verify.sesuai", bundle=bundle)
    return options.FINDINGS if found else options.CLEAN
