"""What a plugin prints goes beside what a command writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.running import Command, small, write

CHECK = """\
from sakip_rules import Check, hookimpl

print("halo dari impor")


def _run(program, functions):
    print("halo dari pemeriksaan")
    return []


@hookimpl
def sakip_checks():
    print("halo dari kait")
    return [Check("cetak", (), _run)]
"""


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_machines_read_what_they_asked_for(command: Command, tmp_path: Path, form: str) -> None:
    """Nothing of a plugin stands among it; people see it on the other stream."""
    write(tmp_path / "pengaya", {"cetak.py": CHECK})
    small(tmp_path / "dinas")
    outcome = command("validate", "dinas", "--format", form, "--plugins-dir", "pengaya")
    assert json.loads(outcome.out) is not None
    assert [line for line in outcome.err.splitlines() if line.startswith("halo")] == [
        "halo dari impor", "halo dari kait", "halo dari pemeriksaan",
    ]  # fmt: skip
