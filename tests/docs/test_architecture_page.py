"""sakip_rules/ARCHITECTURE.md: short, and every place that it names exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, page

PAGE = page("sakip_rules/ARCHITECTURE.md")
PACKAGE = ROOT / "sakip_rules"
MAP = [line for line in PAGE.splitlines() if re.match(r"\| `[\w.]+/?` ", line)]
PLACES = sorted(set(re.findall(r"`([\w./]+(?:\.py|\.md|\.toml|\.lark|/))`", PAGE)))


def folder_of(line: str) -> Path:
    """The folder that a row of the map is about."""
    place = re.findall(r"`([^`]+)`", line)[0]
    return PACKAGE / place if place.endswith("/") else PACKAGE


@pytest.mark.parametrize("line", MAP, ids=lambda line: line.split("`")[1])
def test_every_row_of_the_map_names_what_is_there(line: str) -> None:
    """A row names each module of its folder, and nothing that is not there."""
    first, *others = re.findall(r"`([\w.]+(?:\.py|\.toml|\.lark|/))`", line)
    folder = folder_of(line)
    assert (PACKAGE / first).exists()
    for name in others:
        assert (folder / name).exists() or (PACKAGE / name).exists(), name
    if first.endswith("/"):
        modules = {path.name for path in folder.glob("*.py")} - {"__init__.py"}
        assert modules <= set(others)


def test_the_map_is_complete() -> None:
    """Every folder and module of the package has its place in the map."""
    named = set(re.findall(r"`([^`]+)`", "\n".join(MAP)))
    there = {f"{path.name}/" for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    there |= {path.name for path in PACKAGE.glob("*.py")}
    assert there <= named


@pytest.mark.parametrize("place", PLACES)
def test_every_place_named_exists(place: str) -> None:
    """A file or folder that the page names is in the package or in the repository."""
    found = [base / place for base in (PACKAGE, ROOT, *(path for path in PACKAGE.iterdir() if path.is_dir()))]
    assert any(path.exists() for path in found)


def test_the_page_is_short() -> None:
    """At most 190 lines."""
    assert len(PAGE.splitlines()) <= 190
