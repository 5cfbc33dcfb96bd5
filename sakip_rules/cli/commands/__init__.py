"""The commands, each a short way from its arguments to the project and back to text."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import click

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.cli.commands import checking, figures, making, reports
from sakip_rules.cli.commands.options import CLEAN, MISUSE, misused
from sakip_rules.cli.commands.root import root
from sakip_rules.cli.extension import PluginCommandError
from sakip_rules.cli.help import complaint, speak
from sakip_rules.cli.session import run_of

__all__ = ["checking", "figures", "main", "making", "reports", "root"]


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
        return misused(error.finding)
    except click.ClickException as error:
        return misused(Diagnostic(codes.BAD_COMMAND, None, {"reason": complaint(error), "command": _command(error)}))
    except click.Abort:
        return MISUSE
    except SystemExit:
        if type(sys.stdout).__name__.endswith("PacifyFlushWrapper"):  # how click leaves when nobody reads on
            return _silent(CLEAN)
        raise
    except BrokenPipeError:
        return _silent(CLEAN)
    except Exception as error:  # a fault of the program itself, or of a plugin
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            facts = {"file": error.filename or "stdout", "cause": "no_space"}
            return _silent(misused(Diagnostic(codes.CANNOT_WRITE, None, facts)))
        if os.environ.get("SAKIP_RULES_DEBUG"):
            raise
        return misused(Diagnostic(codes.INTERNAL_FAULT, None, {"fault": type(error).__name__, "where": _where(error)}))
    return code if isinstance(code, int) else CLEAN


def _silent(code: int) -> int:
    """The exit code, after which nothing more is written to where nothing can be."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
    return code


def _where(error: BaseException) -> str:
    """The module and line in which a fault came up."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""


def _command(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return context.command_path if context else "sakip-rules"
