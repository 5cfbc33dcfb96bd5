"""``fmt``: one way of writing, never at the price of a line, and never on a file that cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.running import MAGETAN, ROOT, Command, foreign, places, write

UNTIDY = 'Variabel  v   "V" {\n  Satuan :  orang\n}\n'
TIDY = 'variabel v "V" { satuan: orang }\n'


@pytest.mark.parametrize("option", [(), ("--check",), ("--diff",)], ids=str)
def test_only_without_an_option_a_file_is_written(command: Command, tmp_path: Path, option: tuple[str, ...]) -> None:
    """``--check`` and ``--diff`` tell what would change by their exit code."""
    path = write(tmp_path, {"a.sakip": UNTIDY}) / "a.sakip"
    outcome = command("fmt", *option, "a.sakip")
    assert path.read_text() == (UNTIDY if option else TIDY)
    assert outcome.code == (1 if option else 0)
    assert outcome.err.endswith("1 berkas perlu dirapikan.\n" if option else "1 berkas dirapikan.\n")
    assert bool(outcome.out) == ("--diff" in option)


def test_what_is_untidy_is_told_by_file_and_line(command: Command, tmp_path: Path) -> None:
    """The first line that would change, or the first of all where only its bytes would."""
    write(
        tmp_path,
        {"a.sakip": TIDY + "\n" + UNTIDY.replace("V", "W"), "b.sakip": TIDY.replace("\n", "\r\n"), "c.sakip": TIDY},
    )
    outcome = command("fmt", "--check", ".")
    assert places(outcome.err) == ["a.sakip:3:1 A106", "b.sakip:1:1 A106"]
    assert foreign(outcome.err) == set()


def test_the_difference_is_shown_line_by_line(command: Command, tmp_path: Path) -> None:
    """Under the name of the file, and each on a line of its own even where the file ends without one."""
    write(tmp_path, {"a.sakip": UNTIDY.rstrip("\n")})
    removed = [f"-{line}" for line in UNTIDY.splitlines()]
    assert command("fmt", "--diff", ".").out.splitlines() == [
        "--- a.sakip", "+++ a.sakip", "@@ -1,3 +1,2 @@", *removed, f"+{TIDY.rstrip()}", "+",
    ]  # fmt: skip


@pytest.mark.parametrize("content", [
    b'variabel   v "V" { satuan: orang }\nrusak\n', b'variabel   v "V {\n', b'variabel   v "V" {\n', b"\xff\xfeabc",
    'variabel   v "“V”" { satuan: orang }'.encode("cp1252"), b"PK\x03\x04\x00\x01",
])  # fmt: skip
def test_a_file_that_cannot_be_read_is_never_touched(command: Command, tmp_path: Path, content: bytes) -> None:
    """The others are formatted all the same."""
    write(tmp_path, {"a.sakip": content, "b.sakip": UNTIDY})
    outcome = command("fmt", ".")
    assert (tmp_path / "a.sakip").read_bytes() == content
    assert (tmp_path / "b.sakip").read_text() == TIDY
    assert outcome.code == 1
    assert places(outcome.err)[0].startswith("a.sakip")
    assert foreign(outcome.err) == set()


@pytest.mark.parametrize("content", [
    TIDY.replace("\n", "\r\n").encode(), "\ufeff".encode() + TIDY.encode(), TIDY.rstrip().encode(),
    TIDY.replace('"V"', "“V”").encode(),
], ids=["line ends of Windows", "byte order mark", "no line end", "curly quotes"])  # fmt: skip
def test_what_editors_leave_is_written_one_way(command: Command, tmp_path: Path, content: bytes) -> None:
    """In the bytes too."""
    write(tmp_path, {"a.sakip": content})
    assert command("fmt", "--check", ".").code == 1
    assert command("fmt", ".").code == 0
    assert (tmp_path / "a.sakip").read_bytes() == TIDY.encode()


def test_a_second_run_changes_nothing(command: Command, tmp_path: Path) -> None:
    """For all rules that are shipped, spread out over untidy lines."""
    for path in ROOT.glob("rules/**/*.sakip"):
        write(tmp_path, {path.name: path.read_text().replace(": ", " :   ").replace("    ", "\t")})
    first = command("fmt", ".")
    once = {path: path.read_bytes() for path in tmp_path.iterdir()}
    second = command("fmt", ".")
    assert first.code == second.code == 0
    assert second.err == "0 berkas dirapikan.\n"
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == once


def test_the_rules_that_are_shipped_are_tidy(command: Command) -> None:
    """With the libraries below the folder."""
    assert command("fmt", "--check", (ROOT / "rules").as_posix()).code == 0
    assert command("fmt", "--check", MAGETAN).err == "0 berkas perlu dirapikan.\n"


def test_folders_below_are_formatted_and_hidden_ones_are_not(command: Command, tmp_path: Path) -> None:
    """Neither are files of another kind, nor what Word has locked."""
    for folder in (tmp_path, tmp_path / "dalam", tmp_path / ".git"):
        write(folder, {"a.sakip": UNTIDY, "~$a.sakip": UNTIDY, "catatan.txt": UNTIDY})
    assert command("fmt", ".").err == "2 berkas dirapikan.\n"
    assert (tmp_path / ".git" / "a.sakip").read_text() == UNTIDY


def test_a_file_that_cannot_be_written_is_a_finding(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stays as it was, and nothing is left beside it."""
    path = write(tmp_path, {"a.sakip": UNTIDY}) / "a.sakip"

    def refused(self: Path, target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refused)
    outcome = command("fmt", ".")
    assert (outcome.code, places(outcome.err)) == (1, ["a.sakip:1:1 A108"])
    assert os.listdir(tmp_path) == ["a.sakip"]
    assert path.read_text() == UNTIDY
