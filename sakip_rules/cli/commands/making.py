"""Commands that make something new: folders, plugins, forms, and completion for a shell."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, in_order
from sakip_rules.cli.commands import options
from sakip_rules.cli.commands.root import root
from sakip_rules.cli.help import TranslatedCommand, TranslatedGroup, Words, words
from sakip_rules.cli.session import Run, say, tell
from sakip_rules.cli.writing import is_file_name

_SHELLS = ("bash", "zsh", "fish", "powershell")
#: What a plugin may be made for; each is a folder of templates.
_KINDS = ("tahun", "pustaka", "fungsi", "pemeriksaan", "pembaca", "kosakata", "bentuk", "perintah")
_KINDS_IN_ENGLISH = {
    "years": "tahun", "library": "pustaka", "function": "fungsi", "check": "pemeriksaan", "reader": "pembaca",
    "vocabulary": "kosakata", "exporter": "bentuk", "command": "perintah",
}  # fmt: skip


@root.group("new", cls=TranslatedGroup)
@options.language
def new() -> None:
    pass


@new.command("rules", cls=TranslatedCommand)
@click.argument("name", type=Words(called="nama"))
@options.new_year
@options.language
def new_rules(name: str, year: int | None) -> int:
    from sakip_rules.cli import scaffold

    return _made(name, year, scaffold.new_rules, "new.berikutnya")


@new.command("plugin", cls=TranslatedCommand)
@click.argument("name", type=Words(called="nama"))
@options.option("--kind", type=Words(_KINDS, synonyms=_KINDS_IN_ENGLISH), default=_KINDS[0])
@options.new_year
@options.language
def new_plugin(name: str, kind: str, year: int | None) -> int:
    from sakip_rules.cli import scaffold

    called = Path(name).name
    if what := scaffold.owner_of(called, kind):
        facts = {"name": called, "what": what, "other": f"{called.rstrip('_')}_saya"}
        return options.misused(Diagnostic(codes.NAME_TAKEN, None, facts))
    make = partial(scaffold.new_plugin, kind=kind)
    return _made(name, year, make, "new.berikutnya_pengaya")


@new.command("data", cls=TranslatedCommand)
@options.folder
@options.year
@options.as_of
@options.option("--output", type=Words(called="berkas", read=lambda text: text if is_file_name(text) else None))
@options.plugins_folder
@options.language
def new_data(
    folder: str, year: int | None, as_of: datetime.date | None, output: str | None, plugins_dir: Path | None
) -> int:
    from sakip_rules.cli.data_forms import refusal, write_form

    project = Run(words().language, plugins_dir).project(folder)
    asked = options.chosen_year(project, year)
    broken = options.errors(project.rule_findings)
    if asked is None:
        return options.no_year(project, folder)
    path = Path(output) if output else Path(folder) / f"realisasi_{asked}.xlsx"
    if refused := refusal(path, project.inputs.plugins.exporters):
        return options.misused(*project.inputs.plugins.faults, refused)
    found, findings = project.data_form(asked, as_of)
    if found:
        findings = (*findings, *write_form(path, found, project.inputs.plugins.exporters))
    if found and not any(item.is_error for item in findings):
        click.echo(path.as_posix())
        tell("new.berikutnya_data", file=path.as_posix(), folder=folder)
    findings = in_order((*broken, *findings))
    say(findings, project.sources, to_error=True)
    return options.FINDINGS if findings else options.CLEAN


def _made(name: str, year: int | None, make: Callable[[Path, int], tuple[Path, ...]], key: str) -> int:
    """Make a folder of a name, and tell what was written and what comes next."""
    from sakip_rules.cli.scaffold import is_folder_name, this_year

    folder = Path(name)
    if not is_folder_name(folder.name):
        return options.misused(Diagnostic(codes.BAD_FOLDER_NAME, None, {"folder": folder.name}))
    if folder.exists():
        return options.misused(Diagnostic(codes.FOLDER_EXISTS, None, {"folder": name}))
    try:
        written = make(folder, year or this_year())
    except OSError:
        return options.misused(Diagnostic(codes.CANNOT_WRITE, None, {"file": name, "cause": "no_permission"}))
    for path in written:
        click.echo(path.as_posix())
    tell(key, folder=name)
    return options.CLEAN


@root.command("completion", cls=TranslatedCommand)
@click.argument("shell", type=Words(_SHELLS))
@options.language
def completion(shell: str) -> int:
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:
        raise click.BadParameter(words().text("salah.pilihan", value=shell, choices=_SHELLS))
    click.echo(found(root, {}, "sakip-rules", "_SAKIP_RULES_COMPLETE").source())
    return options.CLEAN
