"""Every test runs in a folder of its own, without the cache and the language of whoever runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sakip_rules.cli.help import ENVIRONMENT
from sakip_rules.plugins import FOLDER_VARIABLE
from tests.running import Command, commands


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAKIP_RULES_NO_CACHE", "1")
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    return commands(capsys)
