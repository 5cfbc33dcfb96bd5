"""Commands that check: rules, examples, how files are written, codes and plugins."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.spelling import nearest
from sakip_rules.cli.commands import options
from sakip_rules.cli.commands.root import root
from sakip_rules.cli.extension import PluginCommandError, loaded
from sakip_rules.cli.help import TranslatedCommand, Words, words
from sakip_rules.cli.session import Run, existing_folder, say, tell
from sakip_rules.messages import render

if TYPE_CHECKING:
    from sakip_rules.model.years import DeclaredYears
    from sakip_rules.plugins import Plugins
    from sakip_rules.project import Project

_FORMATS = ("text", "json")
#: The forms of findings, as ``validation`` and ``messages.formats`` have them, which are loaded when they are needed.
_FINDINGS = ("text", "full", "concise", "json", "sarif", "github", "junit")


@root.command("validate", cls=TranslatedCommand)
@options.folder
@options.year
@options.as_of
@options.today
@options.option("--format", "form", type=Words(_FINDINGS), default="text")
@options.fail_level("catatan")
@options.option("--waived", is_flag=True)
@options.option("--verbose", is_flag=True)
@options.option("--fix", is_flag=True)
@options.option("--diff", is_flag=True)
@options.option("--watch", is_flag=True)
@options.plugins_folder
@options.language
def validate(
    folder: str, year: int | None, as_of: datetime.date | None, today: datetime.date | None, form: str,
    fail_level: str, waived: bool, verbose: bool, fix: bool, diff: bool, watch: bool, plugins_dir: Path | None,
) -> int:  # fmt: skip
    from sakip_rules.cli import validation

    request = validation.Request(existing_folder(folder), plugins_dir, year, as_of, today)
    shape = validation.Shape(form, waived, fail_level, verbose)
    if watch:
        validation.watch_folder(request, shape)
        return options.CLEAN
    failed = validation.fix(request, shape, not diff) if fix or diff else validation.validate(request, shape)
    return options.FINDINGS if failed else options.CLEAN


@root.command("test", cls=TranslatedCommand)
@options.folder
@options.as_of
@options.plugins_folder
@options.language
def test(folder: str, as_of: datetime.date | None, plugins_dir: Path | None) -> int:
    project = Run(words().language, plugins_dir).project(folder)
    report = project.run_examples(as_of)
    failed = [run.finding for run in report.runs if run.finding]
    broken = options.errors(project.rule_findings)
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
    return options.FINDINGS if failed or broken else options.CLEAN


@root.command("fmt", cls=TranslatedCommand)
@click.argument("paths", nargs=-1, required=True, type=Words(called="jalur"))
@options.option("--check", is_flag=True)
@options.option("--diff", is_flag=True)
@options.plugins_folder
@options.language
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
    return options.FINDINGS if unwritten or outcome.findings else options.CLEAN


@root.command("code", cls=TranslatedCommand)
@click.argument("name", type=Words(called="kode"), required=False)
@click.argument("folder", type=Words(called="folder"), required=False)
@options.plugins_folder
@options.language
def code(name: str | None, folder: str | None, plugins_dir: Path | None) -> int:
    from sakip_rules.cli import code_page

    run = Run(words().language, plugins_dir)
    project = run.project(folder) if folder is not None else None
    known = {each.name.casefold(): each for each in (project.codes if project else run.plugins.codes)}
    if project is None and name is not None and name.casefold() not in known:
        project = _with_check(run, name)  # a check of an installed library has its page without a folder, too
        known |= {each.name.casefold(): each for each in project.codes} if project else {}
    if name is None:
        click.echo(code_page.listing(known.values(), words()), nl=False)
    elif found := known.get(name.casefold()):
        click.echo(code_page.page(found, words(), code_page.rule_of(found, project) if project else None), nl=False)
    else:
        near = nearest(name, (each.name for each in known.values()))
        return options.misused(Diagnostic(codes.NOT_FOUND, None, {"name": name}, near=near))
    return options.CLEAN


def _with_check(run: Run, name: str) -> Project | None:
    """The installed library that has a check of a name."""
    libraries = (run.project(path) for path in run.plugins.libraries.values())
    found = (library for library in libraries if name in {check.name for check in library.levels.checks})
    return next(found, None)


@root.command("plugins", cls=TranslatedCommand)
@click.argument("folder", type=Words(called="folder"), required=False)
@options.plugins_folder
@options.option("--format", "form", type=Words(_FORMATS), default="text")
@options.language
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
    return options.FINDINGS if found.faults else options.CLEAN


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
