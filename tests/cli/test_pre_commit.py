"""The hooks for pre-commit: well formed, runnable as they stand, and documented."""

from __future__ import annotations

import re
import shlex
from typing import Any

import pytest
import yaml

from tests.docs.pages import ROOT, fences, page
from tests.running import Command, small

HOOKS: list[dict[str, Any]] = yaml.safe_load(page(".pre-commit-hooks.yaml"))
NAMES = [hook["id"] for hook in HOOKS]


def entry(name: str, *files: str) -> list[str]:
    """What pre-commit would run: the entry, and the files where the hook gets them."""
    [hook] = [each for each in HOOKS if each["id"] == name]
    program, *arguments = shlex.split(hook["entry"])
    assert program == "sakip-rules"
    return [*arguments, *(files if hook.get("pass_filenames", True) else ())]


@pytest.mark.parametrize("hook", HOOKS, ids=NAMES)
def test_a_hook_has_what_pre_commit_needs(hook: dict[str, Any]) -> None:
    """A name, an entry and a language, and a pattern that rule files fit."""
    assert {"id", "name", "entry", "language", "files"} <= hook.keys()
    assert hook["language"] == "python"
    assert re.search(hook["files"], "rules/magetan/dinsos/renstra.sakip")
    assert not re.search(hook["files"], "foto.png")


def test_the_formatting_hook_fails_for_an_untidy_file(command: Command, tmp_path: Any) -> None:
    """With the files that are committed as its arguments."""
    small(tmp_path)
    assert command(*entry("sakip-rules-fmt", "pk.sakip", "cara.sakip")).code == 0
    (tmp_path / "pk.sakip").write_text("variabel a { satuan:orang }\n")
    assert command(*entry("sakip-rules-fmt", "pk.sakip", "cara.sakip")).code == 1


def test_the_validation_hook_fails_for_a_folder_with_findings(command: Command, tmp_path: Any) -> None:
    """That of the working folder, or the one among its arguments."""
    small(tmp_path / "f")
    assert command(*entry("sakip-rules-validate"), "f").code == 0
    (tmp_path / "f" / "lain.sakip").write_text('variabel v "V" { satuan: orag }\n')
    assert command(*entry("sakip-rules-validate", "f/lain.sakip"), "f").code == 1


def test_the_hooks_are_documented() -> None:
    """README.md shows a configuration that names each of them, and nothing else."""
    [shown] = fences(page("README.md"), "yaml")
    [repository] = yaml.safe_load(shown.text)["repos"]
    assert sorted(hook["id"] for hook in repository["hooks"]) == sorted(NAMES)
    arguments = [argument for hook in repository["hooks"] for argument in hook.get("args", ())]
    assert all((ROOT / argument).is_dir() for argument in arguments if "/" in argument)
