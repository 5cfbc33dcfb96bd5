"""The national rule library: regulations, their formulas, bands and methods, as rule files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sakip_rules import hookimpl


@hookimpl
def sakip_libraries() -> Mapping[str, Path]:
    return {"nasional": _folder()}


def _folder() -> Path:
    """The rule files beside this module, where they were installed; those of the checkout else."""
    installed = Path(__file__).with_name("aturan")
    return installed if installed.is_dir() else Path(__file__).parents[3] / "rules" / "nasional"
