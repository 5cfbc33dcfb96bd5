"""The hooks through which rules, functions and more come in; what the package itself ships uses the same ones.

Each answer is a list or a generator, or a mapping for libraries; an empty one, and ``None``, add nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from sakip_rules.model.checks import Check
    from sakip_rules.model.commands import Command
    from sakip_rules.model.exporters import Exporter
    from sakip_rules.model.functions import Function
    from sakip_rules.model.readers import DataReader
    from sakip_rules.model.vocabulary import Kind
    from sakip_rules.model.years import YearRules

PROJECT = "sakip_rules"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def sakip_libraries() -> Mapping[str, Path]:  # type: ignore[empty-body]
    """Rule folders that others may name under ``pustaka`` in their settings, each by its name.

    Called once for a project.  The national rule library comes in this way.
    """


@hookspec
def sakip_year_rules() -> Iterable[YearRules]:  # type: ignore[empty-body]
    """Rule files and code for some years of some agency, such as the revision of an agreement in the middle of a year.

    Called once for a project.  What they may touch is declared: every other figure is calculated with and without
    them, and must not move.
    """


@hookspec
def sakip_functions() -> Iterable[Function]:  # type: ignore[empty-body]
    """Functions that formulas may call.

    Called once for a project.  The functions of the language itself come in this way.
    """


@hookspec
def sakip_checks() -> Iterable[Check]:  # type: ignore[empty-body]
    """Checks of a program, which need no measured value.

    Called once for a project, when its rules are checked; each check then runs once.  All checks of the package come
    in this way.
    """


@hookspec
def sakip_readers() -> Iterable[DataReader]:  # type: ignore[empty-body]
    """Readers of data files, each for some suffixes.

    Called once for a project, before its data files are looked for: the suffixes say which files these are.  The
    readers of CSV and TOML come in this way.
    """


@hookspec
def sakip_vocabulary() -> Iterable[Kind]:  # type: ignore[empty-body]
    """Kinds of blocks, with their keys and tables.

    Called once for a project, before the first rule file is understood, and by ``fmt`` where it meets a kind that the
    package does not have.  All kinds of the language come in this way.
    """


@hookspec
def sakip_exporters() -> Iterable[Exporter]:  # type: ignore[empty-body]
    """Formats that figures and reports are written in.

    Called once for a run, when a command asks for a format, and by ``validate``, which asks for the codes of them all.
    All formats of the package come in this way.
    """


@hookspec
def sakip_commands() -> Iterable[Command]:  # type: ignore[empty-body]
    """Commands of ``sakip-rules``.

    Called once for a run, where its command is none of the package's own, and where all commands are listed.  The
    commands of the package come in this way.
    """
