"""What a run of the command line is: its language, its plugins, and what every command may ask of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import click
from attrs import frozen

from sakip_rules import plugins
from sakip_rules.base.diagnostics import Diagnostic, Waived
from sakip_rules.base.source import Source
from sakip_rules.cli.help import Words, words
from sakip_rules.messages import render
from sakip_rules.plugins import FOLDER_VARIABLE, Plugins

if TYPE_CHECKING:
    from sakip_rules.project import Project

_OPTION = "--plugins-dir"
#: How the value of that option is read.
PLUGINS_FOLDER = Words(called="folder", read=lambda text: Path(text) if Path(text).is_dir() else None)


@frozen(slots=False)
class Run:
    """One run of the command line; a command of a plugin gets it by ``click.pass_obj``.

    ``language`` is ``id`` or ``en``; ``plugins_folder`` is where plugins are used from without being installed.
    """

    language: str
    plugins_folder: Path | None = None

    @cached_property
    def plugins(self) -> Plugins:
        """All plugins of this run."""
        return plugins.find(self.plugins_folder)

    def project(self, folder: Path | str) -> Project:
        """The project of a rule folder, with the plugins of this run; a path that is none is misuse."""
        from sakip_rules.inputs import read_inputs
        from sakip_rules.project import Project

        path = existing_folder(folder)
        return Project(path, inputs=read_inputs(path, self.plugins_folder))

    def say(self, findings: Iterable[Diagnostic], project: Project, to_error: bool = False) -> None:
        """Write findings as ``validate`` does."""
        say(findings, project.sources, to_error)


def run_of(arguments: Sequence[str]) -> Run:
    """The run that the arguments ask for; a folder of plugins that is not there is left to its option to tell."""
    folder = os.environ.get(FOLDER_VARIABLE, "")
    for at, argument in enumerate(arguments):
        if argument == _OPTION and at + 1 < len(arguments):
            folder = arguments[at + 1]
        elif argument.startswith(f"{_OPTION}="):
            folder = argument.removeprefix(f"{_OPTION}=")
    return Run(words().language, Path(folder) if folder and Path(folder).is_dir() else None)


def this_run() -> Run:
    """The run that the command being called is part of."""
    context = click.get_current_context(silent=True)
    return (context.find_object(Run) if context else None) or run_of(())


def existing_folder(folder: Path | str) -> Path:
    """The path of a rule folder."""
    if str(folder) and Path(folder).is_file():
        raise click.BadParameter(words().text("salah.bukan_folder", value=str(folder)))
    if not str(folder) or not _is_folder(Path(folder)):
        raise click.BadParameter(words().text("salah.folder", value=str(folder)))
    return Path(folder)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir() and os.access(path, os.R_OK | os.X_OK)
    except OSError:  # a folder above it may not be entered
        return False


def say(findings: Iterable[Diagnostic], sources: Mapping[str, Source], to_error: bool) -> None:
    """Write findings, in colours where a person reads them."""
    paint = _paint(sys.stderr if to_error else sys.stdout)
    click.echo(render.as_text(findings, sources, words(), paint), err=to_error, nl=False, color=True)


def say_waived(waived: Iterable[Waived], sources: Mapping[str, Source]) -> None:
    """Write waived findings, each with what its waiver says."""
    click.echo(render.waived_as_text(waived, sources, words(), _paint(sys.stdout)), nl=False, color=True)


def _paint(stream: TextIO) -> render.Paint:
    return render.COLOURS if stream.isatty() and not os.environ.get("NO_COLOR") else render.PLAIN


def misuse(key: str, **values: object) -> NoReturn:
    """End a command that cannot be run as it was called."""
    raise click.BadParameter(words().text(key, **values))


def write_out(text: str) -> None:
    """Write data, as it is."""
    click.echo(text, nl=False, color=True)


def tell(key: str, **values: object) -> None:
    """Talk, which goes beside the data."""
    talk(words().text(key, **values))


def talk(line: str) -> None:
    """Talk in words that are already chosen."""
    click.echo(line, err=True)
