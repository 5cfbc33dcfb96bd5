"""What the tests of the documentation share: the fenced blocks of a page, and its commands as they are run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from textwrap import dedent

from attrs import frozen

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
#: How pages call the command: as installed on the path, or in the environment that README.md makes.
_COMMANDS = ("sakip-rules", ".venv/bin/sakip-rules", r".venv\Scripts\sakip-rules")


@frozen
class Fence:
    """A fenced block: its language, its text without the indent of a list, and the line where it begins."""

    language: str
    text: str
    line: int

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


def page(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def fences(text: str, *languages: str) -> list[Fence]:
    """The fenced blocks of a page in their order, of some languages only where any are given."""
    found = (
        Fence(match[2], dedent(match[3]), text.count("\n", 0, match.start()) + 1) for match in _FENCE.finditer(text)
    )
    return [fence for fence in found if not languages or fence.language in languages]


def is_ours(command: str) -> bool:
    return command.startswith(tuple(f"{name} " for name in _COMMANDS))


def run(
    command: str | Sequence[str], folder: Path, import_path: Sequence[Path] = ()
) -> subprocess.CompletedProcess[str]:
    """Run a ``sakip-rules`` line of a page with this interpreter, in a folder."""
    words = shlex.split(command) if isinstance(command, str) else ["sakip-rules", *command]
    places = [str(each) for each in (*import_path, folder / "plugins", ROOT, ROOT / "plugins")]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SAKIP_RULES")}
    environment |= {"PYTHONPATH": os.pathsep.join(places), "SAKIP_RULES_NO_CACHE": "1", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "sakip_rules", *words[1:]],
        cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
