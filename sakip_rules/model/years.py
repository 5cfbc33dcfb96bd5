"""What a year plugin is: rule files and code for some years of some agency, and what they may touch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from sakip_rules.model.names import Program

#: The version of the plugin interface; a plugin written for another is not used.
API = 1


@frozen
class YearRules:
    """Rules that hold for some years only.

    ``folder`` holds the rule files, where there are any.  ``agency`` is the name under which a rule folder calls itself
    in its settings (``instansi``), and ``library`` that of a rule library, to which the files are added; without both
    they are for every folder.  ``years`` are the years whose figures they may change, and ``touches`` the names of
    what they may change: the documents that they revise, and the definitions that their code amends.  ``amend`` gives
    an amended copy of the program, which is used for those years alone.  ``api`` is the version of the plugin
    interface that the plugin was written for.
    """

    name: str
    folder: Path | None
    years: frozenset[int]
    agency: str | None = None
    touches: frozenset[str] = frozenset()
    api: int = API
    library: str | None = None
    amend: Callable[[Program], Program] | None = None


@frozen
class DeclaredYears:
    """What a year plugin declares: the years, whom it is for, and what it may touch."""

    name: str
    years: tuple[int, ...]
    agency: str | None
    library: str | None
    touches: tuple[str, ...]


def declared(rules: YearRules) -> DeclaredYears:
    """What year rules declare, in order."""
    return DeclaredYears(
        rules.name, tuple(sorted(rules.years)), rules.agency, rules.library, tuple(sorted(rules.touches))
    )
