"""The commands, each a short way from its arguments to the project and back to text."""

from __future__ import annotations

import datetime
import difflib
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sakip_rules import __version__
from sakip_rules.base import codes
from sakip_rules.base.dates import parse_date
from sakip_rules.base.diagnostics import Diagnostic, in_order
from sakip_rules.cli.extension import PluginCommandError, RootGroup, loaded
from sakip_rules.cli.help import TranslatedCommand, TranslatedGroup, TranslatedOption, Words, complaint, speak, words
from sakip_rules.cli.session import PLUGINS_FOLDER, Run, existing_folder, run_of, say, tell, this_run
from sakip_rules.cli.writing import is_file_name, write_whole
from sakip_rules.messages import render
from sakip_rules.messages.catalog import LANGUAGES
from sakip_rules.plugins import FOLDER_VARIABLE

if TYPE_CHECKING:
    from sakip_rules.model.publication import Publication
    from sakip_rules.model.results import Evaluation
    from sakip_rules.model.years import DeclaredYears
    from sakip_rules.plugins import Plugins
    from sakip_rules.project import Project

CLEAN, FINDINGS, MISUSE = 0, 1, 2
_FORMATS = ("text", "json")
#: The forms of findings, as ``validation`` and ``messages.formats`` have them, which are loaded when they are needed.
_FINDINGS = ("text", "full", "concise", "json", "sarif", "github", "junit")
_LEVELS = ("galat", "peringatan", "catatan", "tidak_pernah")
_REPORTS = ("text", "markdown", "json")
#: The one form of figures that no plugin brings: for people, in their language.
_TABLE = "table"
_TREES = ("text", "json", "mermaid", "svg")
_SHELLS = ("bash", "zsh", "fish", "powershell")
#: What a plugin may be made for; each is a folder of templates.
_KINDS = ("tahun", "pustaka", "fungsi", "pemeriksaan", "pembaca", "kosakata", "bentuk", "perintah")
_KINDS_IN_ENGLISH = {
    "years": "tahun", "library": "pustaka", "function": "fungsi", "check": "pemeriksaan", "reader": "pembaca",
    "vocabulary": "kosakata", "exporter": "bentuk", "command": "perintah",
}  # fmt: skip
_PERIODS = ("tahunan", "tw1", "tw2", "tw3", "tw4")
F = TypeVar("F", bound=Callable[..., Any])


def main(arguments: list[str]) -> int:
    """Run one command and give its exit code; no user's mistake ends in a traceback."""
    speak(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # a file name may be no text
    try:
        code = root.main(arguments, prog_name="sakip-rules", standalone_mode=False, obj=run_of(arguments))
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return MISUSE
    except PluginCommandError as error:
        return _misused(error.finding)
    except click.ClickException as error:
        return _misused(Diagnostic(codes.BAD_COMMAND, None, {"reason": complaint(error), "command": _command(error)}))
    except click.Abort:
        return MISUSE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except Exception as error:  # a fault of the program itself, or of a plugin
        if os.environ.get("SAKIP_RULES_DEBUG"):
            raise
        return _misused(Diagnostic(codes.INTERNAL_FAULT, None, {"fault": type(error).__name__, "where": _where(error)}))
    return code if isinstance(code, int) else CLEAN


def _where(error: BaseException) -> str:
    """The module and line in which a fault came up."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""


def _command(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return context.command_path if context else "sakip-rules"


def _misused(*findings: Diagnostic) -> int:
    click.echo(render.as_text(findings, {}, words()), err=True, nl=False)
    return MISUSE


# Options that several commands share.


def _option(*names: str, **settings: Any) -> Callable[[F], F]:
    """An option whose help is in the catalogue."""
    return click.option(*names, cls=TranslatedOption, **settings)


def _language(command: F) -> F:
    return _option("--lang", type=Words(LANGUAGES), expose_value=False)(command)


def _as_of(command: F) -> F:
    return _option("--as-of", "as_of", type=Words(called="tanggal", read=_read_date))(command)


def _year(command: F) -> F:
    return _option("--year", type=Words(called="tahun", read=_read_year))(command)


def _today(command: F) -> F:
    return _option("--today", type=Words(called="tanggal", read=_read_date))(command)


def _fail_level(default: str) -> Callable[[F], F]:
    """From which severity on findings make a command fail."""
    return _option("--fail-level", type=Words(_LEVELS), default=default)


def _period(command: F) -> F:
    return _option("--period", type=Words(_PERIODS), default="tahunan")(command)


def _folder(command: F) -> F:
    return click.argument("folder", type=Words(called="folder"), default=".")(command)


def _plugins(command: F) -> F:
    """The folder of plugins, which may also stand before the command, or in the environment."""
    return _option("--plugins-dir", "plugins_dir", type=PLUGINS_FOLDER, default=lambda: this_run().plugins_folder)(
        command
    )


def _read_date(text: str) -> datetime.date | None:
    """A date as Indonesians write it, or as computers do."""
    read = parse_date(text)
    if isinstance(read, datetime.date):
        return read
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _read_depth(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


def _forms() -> tuple[str, ...]:
    """The forms that figures can be written in, for whoever completes a command."""
    from sakip_rules.cli.publishing import writing

    return (_TABLE, *writing(this_run().plugins.exporters, "records"))


def _read_forms(text: str) -> tuple[str, ...] | None:
    """Names of formats, with commas between them."""
    return tuple(dict.fromkeys(form.strip().lower() for form in text.split(",") if form.strip())) or None


def _read_year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 1900 <= int(text) <= 2099 else None


# What commands have in common.


def _chosen_year(project: Project, year: int | None) -> int | None:
    """The year asked for, or the newest that the folder reports on."""
    return year if year is not None else (project.years[-1] if project.years else None)


# The commands.


@click.group(cls=RootGroup, name="sakip-rules")
@_option("--plugins-dir", type=PLUGINS_FOLDER, envvar=FOLDER_VARIABLE, expose_value=False)
@_language
@_option("--version", is_flag=True, is_eager=True, expose_value=False,
         callback=lambda ctx, param, value: _version(ctx, value))  # fmt: skip
def root() -> None:
    pass


def _version(ctx: click.Context, value: bool) -> None:
    if value:
        click.echo(f"sakip-rules {__version__}")
        ctx.exit()


@root.command("validate", cls=TranslatedCommand)
@_folder
@_year
@_as_of
@_today
@_option("--format", "form", type=Words(_FINDINGS), default="text")
@_fail_level("catatan")
@_option("--waived", is_flag=True)
@_option("--verbose", is_flag=True)
@_option("--fix", is_flag=True)
@_option("--diff", is_flag=True)
@_option("--watch", is_flag=True)
@_plugins
@_language
def validate(
    folder: str, year: int | None, as_of: datetime.date | None, today: datetime.date | None, form: str,
    fail_level: str, waived: bool, verbose: bool, fix: bool, diff: bool, watch: bool, plugins_dir: Path | None,
) -> int:  # fmt: skip
    from sakip_rules.cli import validation

    request = validation.Request(existing_folder(folder), plugins_dir, year, as_of, today)
    shape = validation.Shape(form, waived, fail_level, verbose)
    if watch:
        validation.watch_folder(request, shape)
        return CLEAN
    failed = validation.fix(request, shape, not diff) if fix or diff else validation.validate(request, shape)
    return FINDINGS if failed else CLEAN


@root.command("evaluate", cls=TranslatedCommand)
@_folder
@_year
@_period
@_as_of
@_option("--format", "form", type=Words(called="bentuk", read=str.lower, offered=_forms), default=_TABLE)
@_plugins
@_language
def evaluate(
    folder: str, year: int | None, period: str, as_of: datetime.date | None, form: str, plugins_dir: Path | None
) -> int:

    project = Run(words().language, plugins_dir).project(folder)
    evaluation, findings = _evaluated(project, year, period, as_of)
    if evaluation:
        findings = (*findings, *_write_figures(project, evaluation, form))
    say(findings, project.sources, to_error=True)
    if evaluation and project.rule_findings and not findings:
        tell("evaluate.temuan_lain", count=str(len(project.rule_findings)))
    return FINDINGS if findings else CLEAN


def _write_figures(project: Project, evaluation: Evaluation, form: str) -> tuple[Diagnostic, ...]:
    """Write the figures of an evaluation in a form; a plugin that fails to is a finding."""
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
        choices = (_TABLE, *writing(exporters, "records"))
        raise click.BadParameter(words().text("salah.pilihan", value=form, choices=choices))
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

    asked = _chosen_year(project, year)
    if asked is None:
        return None, (*_errors(project.rule_findings), Diagnostic(codes.NO_YEAR, None, {"folder": str(project.path)}))
    evaluation, findings = project.evaluate(asked, Quarter(period), as_of, traced)
    return evaluation, in_order((*findings, *project.stopping(evaluation)))


def _errors(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [item for item in findings if item.is_error]


@root.command("explain", cls=TranslatedCommand)
@click.argument("name", type=Words(called="nama"))
@_folder
@_year
@_period
@_as_of
@_plugins
@_language
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
            return _misused(Diagnostic(codes.AMBIGUOUS_REQUEST, None, facts))
        if not found:
            near = difflib.get_close_matches(name, [*program.names, *OVERALL], 1, 0.6)
            return _misused(Diagnostic(codes.NOT_FOUND, None, {"name": name}, near=near[0] if near else None))
        text = definition_text(found[0], project, words())
    click.echo(text, nl=False)
    say(findings, project.sources, to_error=True)
    return FINDINGS if findings else CLEAN


def _explained(project: Project, evaluation: Evaluation, name: str) -> str | None:
    """The figures of a name: an indicator, an objective, a programme or activity, or an overall figure."""
    from sakip_rules.cli.explain import Explainer
    from sakip_rules.cli.explained import explainable
    from sakip_rules.cli.explanation import as_text

    found = {item.name_span for item in evaluation.program.find(name)}
    every = explainable(Explainer(project, evaluation, words()))
    asked = [each.tell() for each in every if each.definition in found or name in each.words]
    return "\n".join(as_text(each) for each in asked) or None


@root.command("report", cls=TranslatedCommand)
@_folder
@_option("--report", "name", type=Words(called="nama"))
@_option("--table", "tables", multiple=True, type=Words(called="nama"))
@_year
@_as_of
@_plugins
@_language
def report(
    folder: str, name: str | None, tables: Sequence[str], year: int | None, as_of: datetime.date | None,
    plugins_dir: Path | None,
) -> int:  # fmt: skip
    from sakip_rules.cli.publishing import NotFoundError, as_text

    project = Run(words().language, plugins_dir).project(folder)
    try:
        publication, findings = _published(project, name, tables, year, as_of)
    except NotFoundError as error:
        return _misused(error.finding)
    if publication:
        click.echo(as_text(publication, words()), nl=False)
    say(findings, project.sources, to_error=True)
    return FINDINGS if findings else CLEAN


@root.command("export", cls=TranslatedCommand)
@_folder
@_option("--to", required=True, type=Words(called="bentuk_bentuk", read=_read_forms))
@_option("--output", type=Words(called="folder"), default=".")
@_option("--report", "name", type=Words(called="nama"))
@_option("--table", "tables", multiple=True, type=Words(called="nama"))
@_year
@_as_of
@_plugins
@_language
def export(
    folder: str, to: Sequence[str], output: str, name: str | None, tables: Sequence[str], year: int | None,
    as_of: datetime.date | None, plugins_dir: Path | None,
) -> int:  # fmt: skip
    from sakip_rules.cli.annotation import Annotator
    from sakip_rules.cli.naming import Names
    from sakip_rules.cli.publishing import NotFoundError, files_of, save, writing

    project = Run(words().language, plugins_dir).project(folder)
    exporters = project.inputs.plugins.exporters
    choices = writing(exporters, "report")
    if unknown := next((form for form in to if form not in choices), None):
        raise click.BadParameter(words().text("salah.pilihan", value=unknown, choices=choices))
    try:
        publication, findings = _published(project, name, tables, year, as_of)
    except NotFoundError as error:
        return _misused(error.finding)
    if publication:
        names = Names(project.path, project.inputs.plugins)
        annotate = Annotator(project, words(), as_of, lambda path: names.shown(Path(path)))
        try:
            asked = [exporters[form] for form in to]
            files = files_of(publication, asked, project.inputs.templates, annotate)
            written, faults = save(files, Path(output))
        except OSError:
            raise click.BadParameter(words().text("salah.folder_tulis", value=output)) from None
        findings = (*findings, *faults)
        for path in written:
            tell("export.ditulis", file=path.as_posix())
    say(findings, project.sources, to_error=True)
    return FINDINGS if findings else CLEAN


def _published(
    project: Project, name: str | None, tables: Sequence[str], year: int | None, as_of: datetime.date | None
) -> tuple[Publication | None, tuple[Diagnostic, ...]]:
    """A report with the tables asked for, and all findings that stop one of its figures."""
    from sakip_rules.cli.publishing import chosen, look_for

    broken = _errors(project.rule_findings)
    found = chosen(project, name, year)
    if found is None:
        return None, (*broken, Diagnostic(codes.NO_REPORT, None, {"folder": str(project.path)}))
    look_for(project, found, tables)
    publication, findings = project.report(found, words().word, tables, as_of)
    return publication, in_order((*findings, *broken, *_errors(project.data_findings)))


@root.command("code", cls=TranslatedCommand)
@click.argument("name", type=Words(called="kode"), required=False)
@click.argument("folder", type=Words(called="folder"), required=False)
@_plugins
@_language
def code(name: str | None, folder: str | None, plugins_dir: Path | None) -> int:
    from sakip_rules.cli import code_page

    run = Run(words().language, plugins_dir)
    project = run.project(folder) if folder is not None else None
    known = {each.name.casefold(): each for each in (project.codes if project else run.plugins.codes)}
    if name is None:
        click.echo(code_page.listing(known.values(), words()), nl=False)
    elif found := known.get(name.casefold()):
        click.echo(code_page.page(found, words(), code_page.rule_of(found, project) if project else None), nl=False)
    else:
        near = difflib.get_close_matches(name.casefold(), known, 1, 0.6)
        return _misused(Diagnostic(codes.NOT_FOUND, None, {"name": name}, near=known[near[0]].name if near else None))
    return CLEAN


@root.command("publish", cls=TranslatedCommand)
@_folder
@_option("--output", type=Words(called="folder"))
@_option("--report", "name", type=Words(called="nama"))
@_year
@_as_of
@_today
@_option("--to", default="csv,json,toml", type=Words(called="bentuk_bentuk", read=_read_forms))
@_fail_level("galat")
@_option("--replace", is_flag=True)
@_plugins
@_language
def publish(
    folder: str, output: str | None, name: str | None, year: int | None, as_of: datetime.date | None,
    today: datetime.date | None, to: Sequence[str], fail_level: str, replace: bool, plugins_dir: Path | None,
) -> int:  # fmt: skip
    from sakip_rules.cli import publish

    asked = publish.Request(existing_folder(folder), plugins_dir, name, year, as_of, today, tuple(to), fail_level)
    return FINDINGS if publish.publish(asked, output, replace) else CLEAN


@root.command("verify", cls=TranslatedCommand)
@click.argument("bundle", type=Words(called="terbitan"))
@_folder
@_plugins
@_language
def verify(bundle: str, folder: str, plugins_dir: Path | None) -> int:
    from sakip_rules.cli.verify import verify

    found = verify(existing_folder(bundle), existing_folder(folder), plugins_dir)
    say(found, {}, to_error=False)
    if not found:
        tell("verify.sesuai", bundle=bundle)
    return FINDINGS if found else CLEAN


@root.command("diff", cls=TranslatedCommand)
@click.argument("sides", nargs=-1, required=True, type=Words(called="sisi"))
@_option("--folder", type=Words(called="folder"), default=".")
@_year
@_period
@_option("--format", "form", type=Words(_REPORTS), default="text")
@_plugins
@_language
def diff(sides: Sequence[str], folder: str, year: int | None, period: str, form: str, plugins_dir: Path | None) -> int:
    from sakip_rules.cli.difference import Request
    from sakip_rules.cli.difference_report import WRITERS
    from sakip_rules.cli.revisions import RefusedError
    from sakip_rules.model.values import Quarter

    if len(sides) > 2:
        raise click.BadParameter(words().text("salah.sisi"))
    try:
        found = Request(existing_folder(folder), plugins_dir, _read_date).compare(sides, year, Quarter(period))
    except RefusedError as error:
        return _misused(error.finding)
    click.echo(WRITERS[form](found, words()), nl=False)
    return FINDINGS if found else CLEAN


@root.command("tree", cls=TranslatedCommand)
@_folder
@_year
@_as_of
@_option("--format", "form", type=Words(_TREES), default="text")
@_option("--from", "start", type=Words(called="nama"))
@_option("--depth", type=Words(called="tingkat", read=_read_depth))
@_option("--output", type=Words(called="berkas", read=lambda text: text if is_file_name(text) else None))
@_plugins
@_language
def tree(
    folder: str, year: int | None, as_of: datetime.date | None, form: str, start: str | None, depth: int | None,
    output: str | None, plugins_dir: Path | None,
) -> int:  # fmt: skip
    from sakip_rules.cli import trees

    project = Run(words().language, plugins_dir).project(folder)
    asked = _chosen_year(project, year)
    broken = _errors(project.rule_findings)
    if asked is None:
        say([*broken, Diagnostic(codes.NO_YEAR, None, {"folder": folder})], project.sources, to_error=True)
        return FINDINGS
    found = project.tree(asked, as_of)
    root_node, unclear = trees.start(found, start)
    if unclear:
        return _misused(*unclear)
    text, faults = trees.written(found, list(found.walk(root_node, depth)), form, words(), project.sources)
    if text is not None and output is not None:
        faults = (*faults, *write_whole(Path(output), text.encode(), output))
        if not faults:
            tell("pohon.ditulis", file=output)
    elif text is not None:
        click.echo(text, nl=False)
    findings = (*broken, *found.findings, *faults)
    say(in_order(findings), project.sources, to_error=True)
    return FINDINGS if findings else CLEAN


@root.command("test", cls=TranslatedCommand)
@_folder
@_as_of
@_plugins
@_language
def test(folder: str, as_of: datetime.date | None, plugins_dir: Path | None) -> int:
    project = Run(words().language, plugins_dir).project(folder)
    report = project.run_examples(as_of)
    failed = [run.finding for run in report.runs if run.finding]
    broken = _errors(project.rule_findings)
    say([*broken, *failed], project.sources, to_error=False)
    for item in report.unreached:
        where = render.place(item.span, project.sources)
        click.echo(words().text(f"test.{item.what}", place=where, name=item.owner.name, text=item.text))
    tell(
        "test.jumlah",
        passed=str(len(report.runs) - len(failed)),
        failed=str(len(failed)),
        missed=str(len(report.unreached)),
    )
    return FINDINGS if failed or broken else CLEAN


@root.command("fmt", cls=TranslatedCommand)
@click.argument("paths", nargs=-1, required=True, type=Words(called="jalur"))
@_option("--check", is_flag=True)
@_option("--diff", is_flag=True)
@_plugins
@_language
def fmt(paths: Sequence[str], check: bool, diff: bool, plugins_dir: Path | None) -> int:
    from sakip_rules.cli.formatting import format_paths

    missing = [path for path in paths if not Path(path).exists()]
    if missing:
        raise click.BadParameter(words().text("salah.jalur", value=missing[0]))
    run = Run(words().language, plugins_dir)
    outcome = format_paths([Path(path) for path in paths], not check and not diff, lambda: run.plugins.vocabulary)
    if diff:
        click.echo("".join(outcome.differences), nl=False)
    say([*outcome.findings, *(outcome.untidy if check else ())], outcome.sources, to_error=True)
    tell("fmt.jumlah_periksa" if check or diff else "fmt.jumlah", count=str(len(outcome.untidy)))
    unwritten = outcome.untidy and (check or diff)
    return FINDINGS if unwritten or outcome.findings else CLEAN


@root.command("plugins", cls=TranslatedCommand)
@click.argument("folder", type=Words(called="folder"), required=False)
@_plugins
@_option("--format", "form", type=Words(_FORMATS), default="text")
@_language
def plugins(folder: str | None, plugins_dir: Path | None, form: str) -> int:
    found = _run_plugins(folder, plugins_dir)
    found.ask_all()
    for offered in found.commands.values():
        try:
            loaded(offered)
        except PluginCommandError as error:
            offered.plugin.report(error.finding)
    if form == "json":
        import json

        from attrs import asdict

        click.echo(json.dumps([asdict(item) for item in found.installed], ensure_ascii=False, indent=2))
    else:
        for item in found.installed:
            milliseconds = f"{item.seconds * 1000:.1f}".replace(".", ",")
            name = f"{item.name} {item.version}".rstrip()  # a plugin of a folder has no version
            hooks = item.hooks or ("-",)
            click.echo(words().text("plugins.baris", name=name, origin=item.origin, hooks=hooks, time=milliseconds))
            for declared in item.years:
                click.echo(_years_told(declared))
    say(found.faults, {}, to_error=True)
    return FINDINGS if found.faults else CLEAN


def _run_plugins(folder: str | None, plugins_dir: Path | None) -> Plugins:
    """All plugins; where a folder is given, after a check of it, whose time and faults are then among theirs."""
    run = Run(words().language, plugins_dir)
    if folder is None:
        return run.plugins
    project = run.project(folder)
    project.validate()
    return project.inputs.plugins


def _years_told(declared: DeclaredYears) -> str:
    """What a year plugin declares; whether the years are those of any folder does not matter here."""
    kind = "pustaka" if declared.library else "instansi" if declared.agency else "semua"
    whom = words().text(f"plugins.untuk_{kind}", name=declared.library or declared.agency)
    facts = {"name": declared.name, "years": declared.years, "whom": whom, "touches": declared.touches or ("-",)}
    return words().text("plugins.tahun", **facts)


@root.group("new", cls=TranslatedGroup)
@_language
def new() -> None:
    pass


@new.command("rules", cls=TranslatedCommand)
@click.argument("name", type=Words(called="nama"))
@_year
@_language
def new_rules(name: str, year: int | None) -> int:
    from sakip_rules.cli import scaffold

    return _made(name, year, scaffold.is_folder_name, scaffold.new_rules, "new.berikutnya")


@new.command("plugin", cls=TranslatedCommand)
@click.argument("name", type=Words(called="nama"))
@_option("--kind", type=Words(_KINDS, synonyms=_KINDS_IN_ENGLISH), default=_KINDS[0])
@_year
@_language
def new_plugin(name: str, kind: str, year: int | None) -> int:
    from sakip_rules.cli import scaffold

    make = partial(scaffold.new_plugin, kind=kind)
    return _made(name, year, scaffold.is_plugin_name, make, "new.berikutnya_pengaya")


@new.command("data", cls=TranslatedCommand)
@_folder
@_year
@_as_of
@_option("--output", type=Words(called="berkas", read=lambda text: text if is_file_name(text) else None))
@_plugins
@_language
def new_data(
    folder: str, year: int | None, as_of: datetime.date | None, output: str | None, plugins_dir: Path | None
) -> int:
    from sakip_rules.cli.data_forms import refusal, write_form

    project = Run(words().language, plugins_dir).project(folder)
    asked = _chosen_year(project, year)
    broken = _errors(project.rule_findings)
    if asked is None:
        say([*broken, Diagnostic(codes.NO_YEAR, None, {"folder": folder})], project.sources, to_error=True)
        return FINDINGS
    path = Path(output) if output else Path(folder) / f"realisasi_{asked}.xlsx"
    if refused := refusal(path, project.inputs.plugins.exporters):
        return _misused(refused)
    found, findings = project.data_form(asked, as_of)
    if found:
        findings = (*findings, *write_form(path, found, project.inputs.plugins.exporters))
    if found and not any(item.is_error for item in findings):
        click.echo(path.as_posix())
        tell("new.berikutnya_data", file=path.as_posix(), folder=folder)
    findings = in_order((*broken, *findings))
    say(findings, project.sources, to_error=True)
    return FINDINGS if findings else CLEAN


def _made(
    name: str, year: int | None, fits: Callable[[str], bool], make: Callable[[Path, int], tuple[Path, ...]], key: str
) -> int:
    """Make a folder of a name, and tell what was written and what comes next."""
    from sakip_rules.cli.scaffold import this_year

    folder = Path(name)
    if not fits(folder.name):
        return _misused(Diagnostic(codes.BAD_FOLDER_NAME, None, {"folder": folder.name}))
    if folder.exists():
        return _misused(Diagnostic(codes.FOLDER_EXISTS, None, {"folder": name}))
    try:
        written = make(folder, year or this_year())
    except OSError:
        return _misused(Diagnostic(codes.CANNOT_WRITE, None, {"file": name, "cause": "no_permission"}))
    for path in written:
        click.echo(path.as_posix())
    tell(key, folder=name)
    return CLEAN


@root.command("completion", cls=TranslatedCommand)
@click.argument("shell", type=Words(_SHELLS))
@_language
def completion(shell: str) -> int:
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:
        raise click.BadParameter(words().text("salah.pilihan", value=shell, choices=_SHELLS))
    click.echo(found(root, {}, "sakip-rules", "_SAKIP_RULES_COMPLETE").source())
    return CLEAN
