"""A fault of the program itself is told like any other finding."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from sakip_rules.project import Project
from tests.running import MAGETAN, Command, places, small, write


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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_what_is_no_plain_file_is_never_read(command: Command, tmp_path: Path) -> None:
    """A pipe among the rules would never end."""
    os.mkfifo(write(tmp_path / "dinas", {}) / "a.sakip")
    assert places(command("validate", "dinas").out) == ["dinas/a.sakip B101"]


def test_a_closed_pipe_ends_a_command_quietly() -> None:
    """Whoever reads the first line only has no error to see."""
    shell = (
        f"{shlex.quote(sys.executable)} -m sakip_rules evaluate {shlex.quote(MAGETAN)} | true; exit ${{PIPESTATUS[0]}}"
    )
    ran = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr.strip().splitlines()[1:]) == (0, [])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_a_finding() -> None:
    """Of the command, without a traceback."""
    with open("/dev/full", "w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "sakip_rules", "evaluate", MAGETAN], stdout=full, stderr=subprocess.PIPE, text=True,
            check=False,
        )  # fmt: skip
    assert (ran.returncode, places(ran.stderr)) == (2, ["- A108"])


def test_control_signs_are_shown_and_do_nothing(command: Command, tmp_path: Path) -> None:
    """Neither in a terminal nor in a log."""
    write(tmp_path / "di\x1b[31mnas", {"a.sakip": "variabel v { satuan: oragn }\n"})
    for form in ("text", "concise", "github"):
        told = command("validate", "di\x1b[31mnas", "--format", form).out
        assert "\x1b" not in told
        assert "di␛[31mnas" in told or form == "github"


@pytest.mark.parametrize("call", [("validate", ""), ("export", "dinas", "--to", "csv", "--output", "")])
def test_an_empty_path_is_misuse(command: Command, tmp_path: Path, call: tuple[str, ...]) -> None:
    """As a variable of a shell that is not set gives; never this folder."""
    small(tmp_path / "dinas")
    assert (command(*call).code, sorted(path.name for path in tmp_path.iterdir())) == (2, ["dinas"])


def test_a_command_that_is_given_no_rule_folder_asks_for_it(command: Command, tmp_path: Path) -> None:
    """A file in its place, or, to verify, nothing at all where no rules are."""
    write(tmp_path / "terbitan", {"tanda-terima.toml": "", "a.sakip": ""})
    for call in (("validate", "terbitan/a.sakip"), ("verify", "terbitan")):
        outcome = command(*call)
        assert outcome.code == (2 if call[0] == "validate" else 1)
    (tmp_path / "terbitan" / "a.sakip").unlink()
    assert "sebut folder aturannya: sakip-rules verify terbitan FOLDER" in command("verify", "terbitan").err
