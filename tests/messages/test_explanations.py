"""Every code is explained and shown, and each example that is a file really gives its finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code
from sakip_rules.cache import Cache
from sakip_rules.messages.catalog import LANGUAGES, catalog, example, example_base
from sakip_rules.project import Project

SHOWN = [code for code in codes.ALL if example(code.name)]
#: The longest explanation: two or three short sentences.
LONGEST = 300


def found(folder: Path, files: dict[str, str]) -> set[str]:
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(text.encode())
    return {item.code.name for item in Project(folder, Cache(None)).findings().shown}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", codes.ALL, ids=lambda code: code.name)
def test_every_code_has_a_reason_and_one_example(code: Code, language: str) -> None:
    """An example is files, or says what was done; one of both, so that what can be shown is shown."""
    entry = catalog(language).explanation(code)
    assert 0 < len(entry["tentang"]) <= LONGEST
    assert ("contoh" in entry) != bool(example(code.name))


@pytest.mark.parametrize("code", SHOWN, ids=lambda code: code.name)
def test_an_example_gives_its_finding(code: Code, tmp_path: Path) -> None:
    """In a folder that is else without findings."""
    assert code.name in found(tmp_path, {**example_base(), **example(code.name)})


def test_the_folder_around_the_examples_has_no_finding(tmp_path: Path) -> None:
    """So that each finding is that of its example."""
    assert found(tmp_path, dict(example_base())) == set()


def test_most_codes_of_rules_and_data_are_shown_by_files() -> None:
    """All but those that need a broken file, a plugin, a command, or a larger folder."""
    about_rules = [code for code in codes.ALL if code.name[0] in "BSNTUKDMRCVE"]
    assert len([code for code in about_rules if example(code.name)]) > len(about_rules) * 8 // 10
