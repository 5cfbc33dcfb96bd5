"""Pages are made once, and shown by a browser where there is one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sakip_plugins.format_html.writer import report

from sakip_rules.cli import run
from tests.alone import _alone, command
from tests.html.pages import REPORT
from tests.running import MAGETAN

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["_alone", "command"]

_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-dev-shm-usage",
)  # fmt: skip


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page made by hand."""
    path = tmp_path_factory.mktemp("html") / "lkjip.html"
    path.write_bytes(report(REPORT)[path.name])
    return path


@pytest.fixture(scope="session")
def magetan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of Magetan, as the command writes it."""
    folder = tmp_path_factory.mktemp("magetan")
    assert run(["export", MAGETAN, "--to", "html", "--output", str(folder)]) == 0
    return folder / "lkjip_2024.html"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs the browser chromium; name another place of it by CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=list(_QUIET))
        yield found
        found.close()
