"""A fault of the program itself is told like any other finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from sakip_rules.project import Project
from tests.running import Command, small


def _fail(self: Project, *arguments: object) -> None:
    raise ZeroDivisionError


@pytest.fixture
def _faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Project, "findings", _fail)


@pytest.mark.usefixtures("_faulty")
@pytest.mark.parametrize(("language", "severity"), [("id", "galat"), ("en", "error")])
def test_a_fault_of_the_program_is_a_finding(command: Command, tmp_path: Path, language: str, severity: str) -> None:
    """A109 says that the reader's files are not at fault, and where it came up."""
    outcome = command("validate", str(small(tmp_path / "a")), "--lang", language)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"{severity}[A109]: ")
    assert "ZeroDivisionError" in outcome.err
    assert "test_faults.py:" in outcome.err


@pytest.mark.usefixtures("_faulty")
def test_developers_see_where_a_fault_came_from(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With ``SAKIP_RULES_DEBUG`` the exception goes through."""
    monkeypatch.setenv("SAKIP_RULES_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        command("validate", str(small(tmp_path / "a")))
