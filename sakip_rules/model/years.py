"""What a year plugin is: rule files for some years of some agency, and what they may touch."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

#: The version of the plugin interface; a plugin written for another is not used.
API = 1


@frozen
class YearRules:
    """Rule files that hold for some years only.

    ``folder`` holds the rule files.  ``agency`` is the name under which a rule folder calls itself in its settings
    (``instansi``); without one the files are for every folder.  ``years`` are the years whose figures they may
    change, and ``touches`` the names of the documents that they may revise.  ``api`` is the version of the plugin
    interface that the plugin was written for.
    """

    name: str
    folder: Path
    years: frozenset[int]
    agency: str | None = None
    touches: frozenset[str] = frozenset()
    api: int = API
