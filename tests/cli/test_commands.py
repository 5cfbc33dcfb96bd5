"""What holds for every command: exit codes, data on one stream and talk on the other, colours only on a terminal."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sakip_rules import __version__
from sakip_rules.cli import run
from tests.running import MAGETAN, ROOT, Command, foreign, places, small, write

FAILING = (
    'formula f "F" {\n    masukan: a\n    rumus: a × 2\n\n    contoh "C" {\n        a: 1\n        hasil: 3\n    }\n}\n'
)
UNTIDY = {"a.sakip": 'variabel   v "V" { satuan: orang }\n'}

#: What is in the folder, the command, its exit code.
CODES: list[tuple[dict[str, str], str, int]] = [
    ({}, "--version", 0),
    ({}, "--help", 0),
    ({"a.sakip": ""}, "validate", 0),
    ({"a.sakip": "rusak\n"}, "validate", 1),
    ({"a.sakip": "rusak\n"}, "validate --format json", 1),
    ({}, "validate tidak_ada", 2),
    ({}, f"evaluate {MAGETAN}", 0),
    ({}, f"evaluate {MAGETAN} --year 2021", 1),
    ({}, f"evaluate {MAGETAN} --year x", 2),
    ({"a.sakip": ""}, "evaluate", 1),
    ({}, f"explain rehabilitasi_sosial {MAGETAN}", 0),
    ({}, f"explain rehabilitasi_sosial {MAGETAN} --period tw1", 1),
    ({}, f"explain tidak_ada {MAGETAN}", 2),
    ({}, f"test {MAGETAN}", 0),
    ({"a.sakip": FAILING}, "test", 1),
    ({"a.sakip": "rusak\n"}, "test", 1),
    ({}, "test tidak_ada", 2),
    ({"a.sakip": ""}, "fmt .", 0),
    (UNTIDY, "fmt .", 0),
    (UNTIDY, "fmt --check .", 1),
    (UNTIDY, "fmt --diff .", 1),
    ({"a.sakip": "rusak {\n"}, "fmt .", 1),
    ({}, "fmt tidak_ada", 2),
    ({}, "new rules dinkes", 0),
    ({"dinkes": ""}, "new rules dinkes", 2),
    ({}, "new rules Dinas-Kesehatan", 2),
    ({}, "completion zsh", 0),
    ({}, "completion tcsh", 2),
]


@pytest.mark.parametrize(("files", "call", "code"), CODES, ids=[f"{row[1]} {row[2]}" for row in CODES])
def test_the_exit_code_tells_what_came_of_it(
    command: Command, tmp_path: Path, files: dict[str, str], call: str, code: int
) -> None:
    """0 for clean, 1 for findings, 2 for misuse; what is said of findings and misuse is Indonesian."""
    write(tmp_path, files)
    outcome = command(*call.split())
    assert outcome.code == code
    if code:
        assert foreign(outcome.err) == set()


#: The revision of November, which a year plugin brings.
REVISION = (ROOT / "plugins/sakip_plugins/pk_2024_perubahan/aturan/pk_2024_perubahan.sakip").as_posix()

#: The command, how its data begins, and how its talk begins.
STREAMS: list[tuple[str, str, str]] = [
    (f"validate {MAGETAN}", f"{REVISION}:39:192: peringatan[ejaan_sebutan]", "6 galat, 50 peringatan."),
    (f"validate {MAGETAN} --format json", '[\n  {\n    "code": "ejaan_sebutan"', ""),
    (f"evaluate {MAGETAN}", "Capaian kinerja 2024 (setahun)", "Folder ini mempunyai 6 temuan lain"),
    (f"evaluate {MAGETAN} --period tw1", "Capaian kinerja 2024 (triwulan I)", f"{REVISION}:23:"),
    (f"evaluate {MAGETAN} --year 2021", "", "galat[D201]"),
    (f"test {MAGETAN}", "", "24 contoh sesuai, 0 tidak sesuai, "),
    (f"fmt --check {MAGETAN}", "", "0 berkas perlu dirapikan."),
    ("new rules dinkes", "dinkes/sakip.toml\ndinkes/", "Berikutnya: sakip-rules validate dinkes"),
    ("completion fish", "function _sakip_rules", ""),
]


@pytest.mark.parametrize(("call", "out", "err"), STREAMS, ids=[row[0].replace(MAGETAN, "…") for row in STREAMS])
def test_data_and_talk_are_kept_apart(command: Command, call: str, out: str, err: str) -> None:
    """What is read by programs, or kept, is on standard output; the rest is beside it."""
    outcome = command(*call.split())
    assert outcome.out.startswith(out)
    assert bool(outcome.out) == bool(out)
    assert outcome.err.startswith(err)
    assert bool(outcome.err) == bool(err)


def coloured(monkeypatch: pytest.MonkeyPatch, terminal: bool, no_color: str | None) -> bool:
    """Whether the findings of Magetan come in colours."""

    class Stream(io.StringIO):
        def isatty(self) -> bool:
            return terminal

    out = Stream()
    monkeypatch.setattr(sys, "stdout", out)
    if no_color is not None:
        monkeypatch.setenv("NO_COLOR", no_color)
    run(["validate", MAGETAN])
    return "\x1b[" in out.getvalue()


@pytest.mark.parametrize(
    ("terminal", "no_color", "expected"),
    [(True, None, True), (True, "", True), (True, "1", False), (False, None, False), (False, "1", False)],
)
def test_colours_are_for_terminals(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, no_color: str | None, expected: bool
) -> None:
    """Not for files and pipes, and not for those who ask for none."""
    assert coloured(monkeypatch, terminal, no_color) is expected


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "sakip_rules", *arguments],
        capture_output=True, cwd=ROOT, env={**os.environ, **environment}, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("arguments", [("--version",), ("--lang", "en", "--version")], ids=" ".join)
def test_the_version_is_told(arguments: tuple[str, ...]) -> None:
    """On one line."""
    assert process(*arguments).stdout.decode().splitlines() == [f"sakip-rules {__version__}"]


def test_output_is_utf8_whatever_the_system_says() -> None:
    """A Windows console may be set to another encoding, in which the text could not be written."""
    ran = process("explain", "rehabilitasi_sosial", MAGETAN, PYTHONIOENCODING="cp1252")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "Rumus       realisasi / rencana × 100%" in ran.stdout.decode()


def test_a_reader_that_leaves_early_is_no_fault() -> None:
    """As ``more`` and ``head`` do."""
    ran = subprocess.Popen(
        [sys.executable, "-m", "sakip_rules", "validate", MAGETAN],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert ran.stdout is not None
    assert ran.stderr is not None
    ran.stdout.close()
    talk = ran.stderr.read()
    ran.stderr.close()
    ran.wait()
    assert b"Traceback" not in talk


@pytest.mark.skipif(os.name == "nt", reason="Windows has only arguments that are text")
def test_an_argument_that_is_no_text_is_misuse() -> None:
    """It is shown by its bytes."""
    ran = subprocess.run([sys.executable, "-m", "sakip_rules", "validate", b"\xff"], capture_output=True, check=False)
    assert (ran.returncode, b"\\udcff" in ran.stderr, b"Traceback" in ran.stderr) == (2, True, False)


def test_findings_as_json_are_those_of_the_text(command: Command, tmp_path: Path) -> None:
    """Each with its code and place."""
    import json

    small(tmp_path, cara='variabel v "V" { satuan: orag }\n')
    records = json.loads(command("validate", "--format", "json").out)
    told = [
        f"{each['place']['file']}:{each['place']['line']}:{each['place']['column']} {each['code']}" for each in records
    ]
    assert told == places(command("validate").out)
    assert "cara.sakip:1:26 U101" in told
