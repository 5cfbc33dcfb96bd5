"""A place where the commands of a page may run and write."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.docs.pages import ROOT


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds rules and plugins, as the root of the repository does."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("rules", "plugins"):
        shutil.copytree(ROOT / name, folder / name)
    return folder
