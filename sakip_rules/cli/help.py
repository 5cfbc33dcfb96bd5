"""Commands whose help and complaints are in the reader's language, all words from the catalogue."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any

import click

from sakip_rules.messages.catalog import LANGUAGES, Catalog, catalog

ENVIRONMENT = "SAKIP_RULES_LANG"
_language: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])


def language_of(arguments: Sequence[str]) -> str:
    """The language asked for: by ``--lang``, by the environment, Indonesian else."""
    asked = os.environ.get(ENVIRONMENT, "")
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            asked = arguments[at + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return asked.lower() if asked.lower() in LANGUAGES else LANGUAGES[0]


def speak(arguments: Sequence[str]) -> None:
    """Set the language of this run, which even complaints about its arguments are in."""
    _language.set(language_of(arguments))


def words() -> Catalog:
    """The catalogue of the language of this run."""
    return catalog(_language.get())


class _Translated(click.Command):
    """A command with translated help."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.BadOptionUsage as error:
            error.ctx = error.ctx or ctx  # click does not say whose option it is
            raise

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), f"{words().text('bantuan.pemakaian')}: ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self.description)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        with formatter.section(words().text("bantuan.opsi")):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = words().text("opsi.help")
        return option

    def get_short_help_str(self, limit: int = 100) -> str:
        return self.description.split("\n")[0]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        pieces = [f"[{words().text('bantuan.opsi_singkat')}]"]
        for param in self.get_params(ctx):
            pieces.extend(param.get_usage_pieces(ctx))
        return pieces

    @property
    def description(self) -> str:
        """What the command does."""
        return words().text(f"perintah.{self.name}")


class TranslatedOption(click.Option):
    """An option whose help stands in the catalogue under the option's own name, or under the one that is ``told``."""

    def __init__(self, *names: Any, told: str | None = None, **settings: Any) -> None:
        super().__init__(*names, **settings)
        self.told = told or self.opts[0].removeprefix("--").replace("-", "_")

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = words().text(f"opsi.{self.told}")
        return super().get_help_record(ctx)

    def get_help_extra(self, ctx: click.Context) -> click.types.OptionHelpExtra:
        extra = super().get_help_extra(ctx)
        if "required" in extra:
            extra["required"] = words().text("bantuan.wajib")
        return extra


class TranslatedCommand(_Translated):
    pass


class TranslatedGroup(_Translated, click.Group):
    """A group with translated help."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        rows = [(name, self.line_of_help(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section(words().text("bantuan.perintah")):
            formatter.write_dl(rows)

    def line_of_help(self, ctx: click.Context, name: str) -> str:
        """What a command does, on one line."""
        return self.commands[name].get_short_help_str()

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [*super().collect_usage_pieces(ctx), words().text("bantuan.perintah_singkat")]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not ctx.resilient_parsing and self.get_command(ctx, args[0]) is None:
            names = tuple(self.list_commands(ctx))
            raise click.BadParameter(words().text("salah.perintah", name=args[0], names=names), ctx)
        return super().resolve_command(ctx, args)


class Words(click.ParamType[Any]):
    """A choice among words, or a text that a function reads; what it is called, and complaints, are translated.

    A text is ``called`` by a word of the catalogue, under which the complaint that it cannot be read stands too.
    ``offered`` gives the texts that plugins and rules know, for completion.  ``synonyms`` are other words for choices.
    """

    name = "text"

    def __init__(
        self,
        choices: Sequence[str] = (),
        called: str = "",
        read: Callable[[str], Any] | None = None,
        offered: Callable[[], Sequence[str]] | None = None,
        synonyms: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.choices, self.called, self.read, self.offered = tuple(choices), called, read, offered
        self.synonyms = synonyms

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        return "|".join(self.choices) or words().text(f"bantuan.{self.called}")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        value = self.synonyms.get(value.lower(), value)
        if self.choices and value.lower() not in self.choices:
            raise click.BadParameter(words().text("salah.pilihan", value=value, choices=self.choices), ctx, param)
        read = self.read(value) if self.read else value.lower() if self.choices else value
        if read is None:
            raise click.BadParameter(words().text(f"salah.{self.called}", value=value), ctx, param)
        return read

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        known = self.offered() if self.offered else self.choices
        return [CompletionItem(choice) for choice in known if choice.startswith(incomplete)]


def complaint(error: click.ClickException) -> str:
    """What is wrong with a call, in the reader's language."""
    say = words().text
    if isinstance(error, click.NoSuchOption):
        near = f" ({say('salah.mungkin', names=tuple(error.possibilities))})" if error.possibilities else ""
        return say("salah.opsi", name=error.option_name) + near
    if isinstance(error, click.MissingParameter) and error.param and isinstance(error.param.type, Words):
        return say("salah.kurang", name=error.param.type.get_metavar(error.param))
    if isinstance(error, click.BadOptionUsage):
        return say("salah.opsi_nilai", name=error.option_name)
    if isinstance(error, click.BadParameter):
        return error.message
    return say("salah.kelebihan")
