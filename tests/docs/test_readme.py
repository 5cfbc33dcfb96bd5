"""README.md: its commands run, and what it shows is what they print."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import click
import pytest

from sakip_rules.cli.commands import root
from tests.docs.pages import ROOT, Fence, fences, is_ours, page, run

README = page("README.md")
SETUP, *TOUR = fences(README, "console")
DIFF = 'sakip-rules diff "31 Oktober 2024" "31 Desember 2024" --folder rules/magetan/dinsos'
#: Commands of the tour that find what is wrong in the published report, or what differs.
WITH_FINDINGS = {
    ".venv/bin/sakip-rules publish rules/magetan/dinsos --output terbitan_2024",
    ".venv/bin/sakip-rules validate rules/magetan/dinsos",
    f".venv/bin/{DIFF}",
    ".venv/bin/sakip-rules diff pk_2024 pk_2024_perubahan --folder rules/magetan/dinsos --format markdown",
}
VALIDATE = "sakip-rules validate rules/magetan/dinsos"


def only(*languages: str) -> Fence:
    (fence,) = fences(README, *languages)
    return fence


@pytest.mark.parametrize("block", TOUR, ids=lambda block: f"line {block.line}")
def test_every_block_of_the_tour_runs(block: Fence, checkout: Path) -> None:
    """A block runs line by line from the root of the repository; only those that find something exit with 1."""
    for command in block.lines:
        assert is_ours(command)
        result = run(command, checkout)
        expected = 1 if command in WITH_FINDINGS else 0
        assert (result.returncode, "Traceback" in result.stderr) == (expected, False), result.stderr


def test_the_setup_commands_make_an_environment_install_and_do_their_job() -> None:
    """Both make their own environment, and install what their last part needs."""
    evaluate, test = (command.split(" && ") for command in SETUP.lines)
    assert evaluate[:2] == ["python3 -m venv .venv", ".venv/bin/pip install -q -e ."]
    assert test == ["python3 -m venv .venv", ".venv/bin/pip install -q -e '.[dev]'", ".venv/bin/pytest -q"]


def test_the_first_setup_command_ends_with_the_figures_of_magetan(checkout: Path) -> None:
    """The last part of the first command prints the achievements of 2024, and has no finding."""
    *_, evaluate = SETUP.lines[0].split(" && ")
    result = run(evaluate, checkout)
    assert result.returncode == 0
    assert "Capaian kinerja 2024" in result.stdout
    assert re.search(r"rata-rata per indikator +99,37", result.stdout)


def test_windows_has_the_same_commands() -> None:
    """The Windows forms differ in the interpreter, the slashes and the quotes only."""
    windows = only("bat").text.replace("py -3 ", "python3 ").replace(r".venv\Scripts" + "\\", ".venv/bin/")
    assert windows.replace("\\", "/").replace('"', "'") == SETUP.text


def test_the_diagnostic_shown_is_printed(checkout: Path) -> None:
    """The first block of output is a part of what ``validate`` prints, to the letter."""
    shown = fences(README, "text")[0].text
    assert "V101" in shown
    assert shown in run(VALIDATE, checkout).stdout


def test_the_difference_shown_is_printed(checkout: Path) -> None:
    """To the letter."""
    assert fences(README, "text")[1].text in run(DIFF, checkout).stdout


def test_the_python_snippet_prints_what_stands_below_it(monkeypatch: pytest.MonkeyPatch, checkout: Path) -> None:
    """The snippet runs as it stands, and its output is the block that follows it."""
    monkeypatch.chdir(checkout)
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(only("python").text, "README.md", "exec"), {})
    assert output.getvalue() == fences(README, "text")[2].text


def test_every_command_has_a_place_in_the_tour() -> None:
    """Each command is shown at work, each with a block of its own or with others."""
    shown = [command for block in TOUR for command in block.lines]
    for name in root.list_commands(click.Context(root)):
        assert any(re.search(rf"sakip-rules (--lang en )?{name}\b", command) for command in shown), name


@pytest.mark.parametrize("place", re.findall(r"^\| `([^`]+)`", README, re.MULTILINE))
def test_every_place_named_exists(place: str) -> None:
    """The table of places names files and folders of the repository."""
    assert (ROOT / place).exists()


@pytest.mark.parametrize("text", ["exit codes", "SAKIP_RULES_LANG", "SAKIP_RULES_NO_CACHE", "csv", "json", "toml"])
def test_what_a_user_looks_for_is_named(text: str) -> None:
    """Exit codes, variables of the environment and formats are told."""
    assert text in README or text.capitalize() in README
