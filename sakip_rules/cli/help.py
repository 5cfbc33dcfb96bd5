"""Commands whose help and complaints are in the reader's language, all words from the catalogue."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from sakip_rules.messages.catalog import LANGUAGES, Catalog, catalog

ENVIRONMENT = "SAKIP_RULES_LANG"


def language_of(arguments: Sequence[str]) -> str:
    """The language asked for: by ``--lang``, by the environment, Indonesian else."""
    asked = os.environ.get(ENVIRONMENT, "")
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            asked = arguments[at + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def words() -> Catalog:
    """The catalogue of the language of this run."""
    return catalog(language_of(sys.argv[1:]))


class _Translated(click.Command):
    """A command with translated help."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), f"{words().text('bantuan.pemakaian')}: ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(words().text(f"perintah.{self.key}"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx))]
        with formatter.section(words().text("bantuan.opsi")):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = words().text("opsi.help")
        return option

    def get_short_help_str(self, limit: int = 100) -> str:
        return words().text(f"perintah.{self.key}").split("\n")[0]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        pieces = [f"[{words().text('bantuan.opsi_singkat')}]"]
        for param in self.get_params(ctx):
            pieces.extend(param.get_usage_pieces(ctx))
        return pieces

    @property
    def key(self) -> str:
        return (self.name or "").replace(" ", "_")


class TranslatedCommand(_Translated):
    pass


class TranslatedGroup(_Translated, click.Group):
    """A group with translated help; ``key`` names it in the catalogue."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        rows = [(name, command.get_short_help_str()) for name, command in sorted(self.commands.items())]
        with formatter.section(words().text("bantuan.perintah")):
            formatter.write_dl(rows)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [*super().collect_usage_pieces(ctx), words().text("bantuan.perintah_singkat")]


class Words(click.ParamType[Any]):
    """A choice among words, or a text that a function reads; complaints are in the reader's language."""

    name = "text"

    def __init__(self, choices: Sequence[str] = (), read: Callable[[str], Any] | None = None, wrong: str = "") -> None:
        self.choices, self.read, self.wrong = tuple(choices), read, wrong

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        if self.choices and value.lower() not in self.choices:
            raise click.BadParameter(words().text("salah.pilihan", value=value, choices=self.choices), ctx, param)
        read = self.read(value) if self.read else value.lower() if self.choices else value
        if read is None:
            raise click.BadParameter(words().text(self.wrong, value=value), ctx, param)
        return read

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(choice) for choice in self.choices if choice.startswith(incomplete)]


def complaint(error: click.ClickException) -> str:
    """What is wrong with a call, in the reader's language."""
    say = words().text
    if isinstance(error, click.NoSuchOption):
        near = f" ({say('salah.mungkin', names=tuple(error.possibilities))})" if error.possibilities else ""
        return say("salah.opsi", name=error.option_name) + near
    if isinstance(error, click.MissingParameter):
        return say("salah.kurang", name=error.param.human_readable_name if error.param else "")
    if isinstance(error, click.BadOptionUsage):
        return say("salah.opsi_nilai", name=error.option_name)
    if isinstance(error, click.BadParameter):
        return error.message
    if isinstance(error, click.UsageError):
        return _usage_complaint(error)
    return error.format_message()


def _usage_complaint(error: click.UsageError) -> str:
    """A command that does not exist, or arguments that a command does not take."""
    context = error.ctx
    if context is not None and isinstance(context.command, click.Group):
        known = context.command.commands
        asked = next((item for item in sys.argv[1:] if not item.startswith("-") and item not in known), "")
        return words().text("salah.perintah", name=asked, names=tuple(sorted(known)))
    return words().text("salah.kelebihan")
