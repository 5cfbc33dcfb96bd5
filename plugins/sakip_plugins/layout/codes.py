"""The codes of findings that a format reports, with their words, from the file that stands beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from sakip_rules import Code, Severity


def read(folder: Path) -> Mapping[str, Code]:
    """The codes of ``temuan.toml``, by name; all of them stop the format from being written."""
    told = tomllib.loads((folder / "temuan.toml").read_text(encoding="utf-8"))
    return {name: Code(name, Severity.ERROR, words) for name, words in told.items()}
