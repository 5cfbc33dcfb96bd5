"""The command line: arguments in, text out; everything else is asked of the project."""

from __future__ import annotations

from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """Run one command; the exit code is 0 for clean, 1 for findings, 2 for misuse."""
    from sakip_rules.cli.commands import main

    return main(list(arguments))
