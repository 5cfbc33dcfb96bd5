"""The commands, each a short way from its arguments to the project and back to text."""

from __future__ import annotations

import datetime
import difflib
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sakip_rules import __version__
from sakip_rules.base import codes
from sakip_rules.base.dates import parse_date
from sakip_rules.base.diagnostics import Diagnostic, Severity, in_order
from sakip_rules.base.source import Source
from sakip_rules.cli.help import TranslatedCommand, TranslatedGroup, TranslatedOption, Words, complaint, speak, words
from sakip_rules.cli.writing import is_file_name, write_whole
from sakip_rules.messages import render
from sakip_rules.messages.catalog import LANGUAGES
from sakip_rules.plugins import FOLDER_VARIABLE

if TYPE_CHECKING:
    from sakip_rules.model.results import Evaluation
    from sakip_rules.project import Project

CLEAN, FINDINGS, MISUSE = 0, 1, 2
_FORMATS = ("text", "json")
_RESULTS = ("table", "csv", "json", "toml")
_TREES = ("text", "json", "mermaid", "svg")
_SHELLS = ("bash", "zsh", "fish", "powershell")
_PERIODS = ("tahunan", "tw1", "tw2", "tw3", "tw4")
_OVERALL = ("keseluruhan", "per_indikator", "per_sasaran", "tertimbang")
F = TypeVar("F", bound=Callable[..., Any])


def main(arguments: list[str]) -> int:
    """Run one command and give its exit code; no user's mistake ends in a traceback."""
    speak(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # a file name may be no text
    try:
        code = root.main(arguments, prog_name="sakip-rules", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return MISUSE
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


def _period(command: F) -> F:
    return _option("--period", type=Words(_PERIODS), default="tahunan")(command)


def _folder(command: F) -> F:
    return click.argument("folder", type=Words(called="folder"), default=".")(command)


def _plugins(command: F) -> F:
    kind = Words(called="folder", read=lambda text: Path(text) if Path(text).is_dir() else None)
    return _option("--plugins-dir", "plugins_dir", type=kind, envvar=FOLDER_VARIABLE)(command)


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


def _read_year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 1900 <= int(text) <= 2099 else None


# What commands have in common.


def _project(folder: str, plugins_dir: Path | None) -> Project:
    """The project of a folder; a path that is none is misuse."""
    from sakip_rules.inputs import read_inputs
    from sakip_rules.project import Project

    path = _existing(folder)
    return Project(path, inputs=read_inputs(path, plugins_dir))


def _existing(folder: str) -> Path:
    """The path of a rule folder."""
    if not Path(folder).is_dir():
        raise click.BadParameter(words().text("salah.folder", value=folder))
    return Path(folder)


def _say(findings: Iterable[Diagnostic], sources: dict[str, Source] | Any, to_error: bool) -> None:
    stream = sys.stderr if to_error else sys.stdout
    paint = render.COLOURS if stream.isatty() and not os.environ.get("NO_COLOR") else render.PLAIN
    click.echo(render.as_text(findings, sources, words(), paint), err=to_error, nl=False, color=True)


def _tell(key: str, **values: object) -> None:
    """Talk, which goes beside the data."""
    click.echo(words().text(key, **values), err=True)


def _chosen_year(project: Project, year: int | None) -> int | None:
    """The year asked for, or the newest that the folder reports on."""
    return year if year is not None else (project.years[-1] if project.years else None)


# The commands.


@click.group(cls=TranslatedGroup, name="sakip-rules")
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
@_option("--format", "form", type=Words(_FORMATS), default="text")
@_plugins
@_language
def validate(folder: str, year: int | None, as_of: datetime.date | None, form: str, plugins_dir: Path | None) -> int:
    findings, sources = _validated(folder, year, as_of, plugins_dir)
    if form == "json":
        click.echo(render.as_json(findings, sources, words()))
    else:
        _say(findings, sources, to_error=False)
        _summary(findings)
    return FINDINGS if findings else CLEAN


def _validated(
    folder: str, year: int | None, as_of: datetime.date | None, plugins_dir: Path | None
) -> tuple[tuple[Diagnostic, ...], Mapping[str, Source]]:
    """All findings of a folder; those of the last run, where nothing that it read has changed."""
    from sakip_rules.cache import Cache
    from sakip_rules.inputs import read_inputs

    inputs = read_inputs(_existing(folder), plugins_dir)
    cache, digest = Cache.default(), inputs.digest(year, as_of)
    known = cache.get("validate", digest)
    if isinstance(known, tuple):
        return known, inputs.sources
    from sakip_rules.project import Project

    findings = Project(folder, cache, inputs=inputs).validate(None if year is None else (year,), as_of)
    cache.put("validate", digest, findings)
    return findings, inputs.sources


def _summary(findings: Sequence[Diagnostic]) -> None:
    if not findings:
        _tell("validate.bersih")
        return
    errors = sum(1 for item in findings if item.code.severity is Severity.ERROR)
    _tell("validate.jumlah", errors=str(errors), warnings=str(len(findings) - errors))


@root.command("evaluate", cls=TranslatedCommand)
@_folder
@_year
@_period
@_as_of
@_option("--format", "form", type=Words(_RESULTS), default="table")
@_plugins
@_language
def evaluate(
    folder: str, year: int | None, period: str, as_of: datetime.date | None, form: str, plugins_dir: Path | None
) -> int:
    from sakip_rules.cli.results import as_table

    project = _project(folder, plugins_dir)
    evaluation, findings = _evaluated(project, year, period, as_of)
    if evaluation:
        click.echo(WRITERS[form](evaluation, words()), nl=False)
    _say(findings, project.sources, to_error=True)
    if evaluation and project.rule_findings and not findings:
        _tell("evaluate.temuan_lain", count=str(len(project.rule_findings)))
    return FINDINGS if findings else CLEAN


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

    project = _project(folder, plugins_dir)
    evaluation, findings = _evaluated(project, year, period, as_of, traced=True)
    text = _explained(project, evaluation, name) if evaluation else None
    if text is None:
        found = project.program.find(name)
        if len(found) != 1:
            _say(findings, project.sources, to_error=True)  # a block that cannot be read may hold the name
        if len(found) > 1:
            facts = {"name": name, "names": tuple(item.path for item in found), "first": found[0].path}
            return _misused(Diagnostic(codes.AMBIGUOUS_REQUEST, None, facts))
        if not found:
            near = difflib.get_close_matches(name, [*project.program.names, *_OVERALL], 1, 0.6)
            return _misused(Diagnostic(codes.NOT_FOUND, None, {"name": name}, near=near[0] if near else None))
        text = definition_text(found[0], project, words())
    click.echo(text, nl=False)
    _say(findings, project.sources, to_error=True)
    return FINDINGS if findings else CLEAN


def _explained(project: Project, evaluation: Evaluation, name: str) -> str | None:
    """The figures of a name: an indicator, an objective, or an overall achievement."""
    from sakip_rules.cli.explain import Explainer

    explainer = Explainer(project, evaluation, words())
    found = {item.name_span for item in project.program.find(name)}
    texts = [explainer.indicator(each) for each in evaluation.indicators if each.indicator.name_span in found]
    texts += [
        explainer.objective(each)
        for each in evaluation.objectives
        if each.objective and each.objective.name_span in found
    ]
    texts += [explainer.average(each) for each in evaluation.averages if name in (each.kind, "keseluruhan")]
    return "\n".join(texts) or None


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

    project = _project(folder, plugins_dir)
    asked = _chosen_year(project, year)
    broken = _errors(project.rule_findings)
    if asked is None:
        _say([*broken, Diagnostic(codes.NO_YEAR, None, {"folder": folder})], project.sources, to_error=True)
        return FINDINGS
    found = project.tree(asked, as_of)
    root_node, unclear = trees.start(found, start)
    if unclear:
        return _misused(*unclear)
    text, faults = trees.written(found, list(found.walk(root_node, depth)), form, words(), project.sources)
    if text is not None and output is not None:
        faults = (*faults, *write_whole(Path(output), text, output))
        if not faults:
            _tell("pohon.ditulis", file=output)
    elif text is not None:
        click.echo(text, nl=False)
    findings = (*broken, *found.findings, *faults)
    _say(in_order(findings), project.sources, to_error=True)
    return FINDINGS if findings else CLEAN


@root.command("test", cls=TranslatedCommand)
@_folder
@_plugins
@_language
def test(folder: str, plugins_dir: Path | None) -> int:
    project = _project(folder, plugins_dir)
    report = project.run_examples()
    failed = [run.finding for run in report.runs if run.finding]
    broken = _errors(project.rule_findings)
    _say([*broken, *failed], project.sources, to_error=False)
    for item in report.unreached:
        where = render.place(item.span, project.sources)
        click.echo(words().text(f"test.{item.what}", place=where, name=item.owner.name, text=item.text))
    _tell(
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
@_language
def fmt(paths: Sequence[str], check: bool, diff: bool) -> int:
    from sakip_rules.cli.formatting import format_paths

    missing = [path for path in paths if not Path(path).exists()]
    if missing:
        raise click.BadParameter(words().text("salah.jalur", value=missing[0]))
    outcome = format_paths([Path(path) for path in paths], write=not check and not diff)
    if diff:
        click.echo("".join(outcome.differences), nl=False)
    _say([*outcome.findings, *(outcome.untidy if check else ())], outcome.sources, to_error=True)
    _tell("fmt.jumlah_periksa" if check or diff else "fmt.jumlah", count=str(len(outcome.untidy)))
    unwritten = outcome.untidy and (check or diff)
    return FINDINGS if unwritten or outcome.findings else CLEAN


@root.command("plugins", cls=TranslatedCommand)
@_plugins
@_option("--format", "form", type=Words(_FORMATS), default="text")
@_language
def plugins(plugins_dir: Path | None, form: str) -> int:
    from sakip_rules.plugins import find

    found = find(plugins_dir)
    for answers in (found.libraries, found.functions, found.year_rules):
        del answers  # each plugin is asked, which takes its time and shows its faults
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
    _say(found.faults, {}, to_error=True)
    return FINDINGS if found.faults else CLEAN


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
@_year
@_language
def new_plugin(name: str, year: int | None) -> int:
    from sakip_rules.cli import scaffold

    return _made(name, year, scaffold.is_plugin_name, scaffold.new_plugin, "new.berikutnya_pengaya")


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
    _tell(key, folder=name)
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
