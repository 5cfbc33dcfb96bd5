"""The commands that come in through ``sakip_commands``: how they are found, helped, and kept from breaking a run."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterator
from typing import Any

import click

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.cli.help import TranslatedCommand, TranslatedGroup, TranslatedOption, Words, words
from sakip_rules.cli.session import PLUGINS_FOLDER, say, this_run
from sakip_rules.guards import COMMAND, PluginError, failure, fault
from sakip_rules.messages.catalog import LANGUAGES
from sakip_rules.plugins import Offered, built_in

#: What ends a command on purpose, in words that are told as they are, or without any.
_ENDS = (click.BadParameter, click.exceptions.Exit)


class PluginCommandError(click.ClickException):
    """A command of a plugin that failed, or cannot be used."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(finding.code.name)
        self.finding = finding


class RootGroup(TranslatedGroup):
    """All commands: those of the package, which need no other plugin, and those of plugins."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        plugins = this_run().plugins
        offered = sorted(plugins.commands)
        say(plugins.faults, {}, to_error=True)
        return offered

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        offered = built_in().commands.get(cmd_name) or this_run().plugins.commands.get(cmd_name)
        return loaded(offered) if offered else None

    def line_of_help(self, ctx: click.Context, name: str) -> str:
        command = this_run().plugins.commands[name].command
        return _own(command.words)["perintah"] if command.words else super().line_of_help(ctx, name)


def loaded(offered: Offered) -> click.Command:
    """A command, ready to be called; one of a plugin with its help, and with the options that every command has."""
    plugin, command = offered.plugin, offered.command
    if plugin.is_built_in:
        built: click.Command = command.load()
        return built
    try:
        given = plugin.attempt(COMMAND, command.name, command.load)
    except PluginError as error:
        raise PluginCommandError(error.finding) from error
    facts: dict[str, object] = {"what": COMMAND, "part": command.name}
    if not isinstance(given, click.Command) or isinstance(given, click.Group):
        raise PluginCommandError(fault(codes.PLUGIN_PART_NONSENSE, plugin.name, found=type(given).__name__, **facts))
    if languages := _unhelped(given, offered):
        raise PluginCommandError(fault(codes.PLUGIN_WORDS, plugin.name, languages=languages, **facts))
    return PluginCommand(offered, given)


class PluginCommand(TranslatedCommand):
    """A command of a plugin, whose help is in the reader's language and whose exceptions are a finding."""

    def __init__(self, offered: Offered, given: click.Command) -> None:
        self.offered = offered
        params = [*given.params, *_shared(given)]
        super().__init__(offered.command.name, callback=given.callback, params=params)
        for option in _options(given):
            option.help = str(_own(offered.command.words)["opsi"][_key(option)])

    @property
    def description(self) -> str:
        return str(_own(self.offered.command.words)["perintah"])

    def invoke(self, ctx: click.Context) -> Any:
        plugin, name = self.offered.plugin, self.offered.command.name
        try:
            code = super().invoke(ctx)
        except _ENDS:
            raise
        except SystemExit as error:
            code = error.code
        except click.ClickException as error:
            raise PluginCommandError(self._misuse(ctx, "salah.kata_pengaya", message=error.format_message())) from error
        except click.Abort as error:
            raise PluginCommandError(self._misuse(ctx, "salah.dihentikan")) from error
        except Exception as error:
            if isinstance(error, BrokenPipeError) and _nobody_reads():
                raise
            if os.environ.get("SAKIP_RULES_DEBUG"):
                raise
            raise PluginCommandError(failure(plugin.name, COMMAND, name, error)) from error
        if not isinstance(code, int | None):
            facts = {"what": COMMAND, "part": name, "found": type(code).__name__}
            raise PluginCommandError(fault(codes.PLUGIN_PART_NONSENSE, plugin.name, **facts))
        return code

    def _misuse(self, ctx: click.Context, key: str, **facts: str) -> Diagnostic:
        """What the plugin says of a call that it does not carry out."""
        reason = words().text(key, name=self.offered.plugin.name, **facts)
        return Diagnostic(codes.BAD_COMMAND, None, {"reason": reason, "command": ctx.command_path})


def _nobody_reads() -> bool:
    """Whether the reader of standard output has gone, so that nothing is left to be told."""
    if not hasattr(select, "poll"):
        return True  # where this cannot be asked, a broken pipe is taken for that
    try:
        asked = select.poll()
        asked.register(sys.stdout.fileno(), select.POLLOUT)
        return any(event & (select.POLLERR | select.POLLHUP) for _, event in asked.poll(0))
    except (OSError, ValueError):  # it is no file
        return False


def _own(told: Any) -> Any:
    """The words of a plugin in the language of this run."""
    return told[words().language]


def _options(given: click.Command) -> Iterator[click.Option]:
    return (param for param in given.params if isinstance(param, click.Option))


def _key(option: click.Option) -> str:
    """The name under which the help of an option stands: its longest, without the hyphens before it."""
    return max(option.opts, key=len).lstrip("-").replace("-", "_")


def _unhelped(given: click.Command, offered: Offered) -> tuple[str, ...]:
    from sakip_rules.answers import unhelped

    return unhelped(offered.command.words, (_key(option) for option in _options(given)))


def _shared(given: click.Command) -> list[click.Parameter]:
    """The options that every command has, as far as this one does not bring them: they are read before any command."""
    brought = {name for param in given.params for name in param.opts}
    shared = {"--lang": Words(LANGUAGES), "--plugins-dir": PLUGINS_FOLDER}
    return [
        TranslatedOption([name], type=kind, expose_value=False) for name, kind in shared.items() if name not in brought
    ]
