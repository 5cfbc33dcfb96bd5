"""What commands have in common: options, how their values are read, and exit codes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sakip_rules.base import codes
from sakip_rules.base.dates import parse_date
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.cli.help import TranslatedOption, Words, words
from sakip_rules.cli.session import PLUGINS_FOLDER, say, this_run
from sakip_rules.messages import render
from sakip_rules.messages.catalog import LANGUAGES

if TYPE_CHECKING:
    from sakip_rules.project import Project

CLEAN, FINDINGS, MISUSE = 0, 1, 2
LEVELS = ("galat", "peringatan", "catatan", "tidak_pernah")
PERIODS = ("tahunan", "tw1", "tw2", "tw3", "tw4")
F = TypeVar("F", bound=Callable[..., Any])


def option(*names: str, **settings: Any) -> Callable[[F], F]:
    """An option whose help is in the catalogue."""
    return click.option(*names, cls=TranslatedOption, **settings)


def language(command: F) -> F:
    return option("--lang", type=Words(LANGUAGES), expose_value=False)(command)


def as_of(command: F) -> F:
    return option("--as-of", "as_of", type=Words(called="tanggal", read=read_date))(command)


def year(command: F) -> F:
    return option("--year", type=Words(called="tahun", read=read_year))(command)


def new_year(command: F) -> F:
    """The year for which something is made: that of the clock where none is given."""
    return option("--year", told="year_baru", type=Words(called="tahun", read=read_year))(command)


def today(command: F) -> F:
    return option("--today", type=Words(called="tanggal", read=read_date))(command)


def fail_level(default: str) -> Callable[[F], F]:
    """From which severity on findings make a command fail."""
    return option("--fail-level", type=Words(LEVELS), default=default)


def period(command: F) -> F:
    return option("--period", type=Words(PERIODS), default="tahunan")(command)


def folder(command: F) -> F:
    return click.argument("folder", type=Words(called="folder"), default=".")(command)


def plugins_folder(command: F) -> F:
    """The folder of plugins, which may also stand before the command, or in the environment."""
    return option("--plugins-dir", "plugins_dir", type=PLUGINS_FOLDER, default=lambda: this_run().plugins_folder)(
        command
    )


def read_date(text: str) -> datetime.date | None:
    """A date as Indonesians write it, or as computers do."""
    read = parse_date(text)
    if isinstance(read, datetime.date):
        return read
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def read_forms(text: str) -> tuple[str, ...] | None:
    """Names of formats, with commas between them."""
    return tuple(dict.fromkeys(form.strip().lower() for form in text.split(",") if form.strip())) or None


def read_year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 1900 <= int(text) <= 2099 else None


def chosen_year(project: Project, year: int | None) -> int | None:
    """The year asked for, or the newest that the folder reports on."""
    return year if year is not None else (project.years[-1] if project.years else None)


def no_year(project: Project, folder: str) -> int:
    """Tell that there is no year to report on, with what is wrong with the rules; gives the exit code."""
    missing = Diagnostic(codes.NO_YEAR, None, {"folder": folder})
    say([*errors(project.rule_findings), missing], project.sources, to_error=True)
    return FINDINGS


def errors(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [item for item in findings if item.is_error]


def misused(*findings: Diagnostic) -> int:
    click.echo(render.as_text(findings, {}, words()), err=True, nl=False)
    return MISUSE
