"""The hooks through which rules, functions and more come in; what the package itself ships uses the same ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from sakip_rules.model.functions import Function
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
