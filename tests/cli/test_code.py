"""``code``: a page for each code, in both languages, and a list of all."""

from __future__ import annotations

from pathlib import Path

import pytest

from sakip_rules.plugins import find
from tests.running import Command, foreign, places, small, write

PLUGIN = """\
from sakip_rules import Check, Code, Severity, hookimpl

WORDS = {
    "id": {"pesan": "risiko `{name}` belum dinilai", "saran": "nilai risiko itu"},
    "en": {"pesan": "the risk `{name}` is not assessed", "saran": "assess it"},
}
RISK = Code("risiko-101", Severity.WARNING, WORDS)


@hookimpl
def sakip_checks():
    return [Check("risiko", (RISK,), lambda program, functions: ())]
"""


def test_a_page_says_what_why_how_and_what_to_do(command: Command) -> None:
    """With the files of the example, and the finding that they give."""
    outcome = command("code", "K101")
    assert outcome.code == 0
    assert outcome.out.startswith("galat[K101]: rentang dalam kategori `…` bersatuan …")
    assert [line for line in outcome.out.splitlines() if line and not line.startswith(" ")][1:] == [
        "Mengapa penting", "Contoh", "Perbaikan",
    ]  # fmt: skip
    assert places("\n".join(line.strip() for line in outcome.out.splitlines())[10:]) == ["contoh.sakip:4:7 K101"]


@pytest.mark.parametrize("name", ["k101", "V101", "A105", "P102", "G104", "B102", "E105"])
def test_a_page_is_told_in_both_languages(command: Command, name: str) -> None:
    """Whatever its example is, and however the code is typed."""
    indonesian, english = command("code", name), command("code", name, "--lang", "en")
    assert (indonesian.code, english.code, indonesian.err, english.err) == (0, 0, "", "")
    assert "Why it matters" in english.out
    assert "{" not in indonesian.out + english.out or name == "k101" or "│" in indonesian.out


@pytest.mark.parametrize("language", ["id", "en"])
def test_all_codes_are_listed_with_their_headlines(command: Command, language: str) -> None:
    """By letter or plugin, each on a line."""
    lines = command("code", "--lang", language).out.splitlines()
    named = [line.split()[0] for line in lines if line]
    assert named == sorted(code.name for code in find().codes)
    assert all(len(line.split()) > 2 for line in lines if line)
    assert lines.count("") == len({name.split("-")[0] if "-" in name else name[0] for name in named}) - 1


def test_a_code_that_does_not_exist_is_misuse_with_the_likely_one(command: Command) -> None:
    """As a name that is not found."""
    outcome = command("code", "K1001")
    assert (outcome.code, outcome.out) == (2, "")
    assert "K101" in outcome.err
    assert foreign(outcome.err) == set()


def test_codes_of_plugins_are_explained_too(command: Command, tmp_path: Path) -> None:
    """By their own words."""
    write(tmp_path / "p", {"risiko.py": PLUGIN})
    outcome = command("code", "risiko-101", "--plugins-dir", "p")
    assert outcome.out.startswith("peringatan[risiko-101]: risiko `…` belum dinilai")
    assert "nilai risiko itu" in outcome.out
    assert "risiko-101  " in command("code", "--plugins-dir", "p").out


CHECK = """\
periksa pagu_ada "Setiap program mempunyai pagu" {
    untuk: program
    pastikan: pagu > Rp 0
    tingkat: galat
    pesan: "{judul} tanpa pagu"
    saran: "isi pagunya"
}
"""


def test_checks_of_a_folder_are_explained_by_their_rule(command: Command, tmp_path: Path) -> None:
    """Those of its libraries, too; without the folder no one knows them."""
    small(tmp_path / "f")
    write(tmp_path / "f", {"periksa.sakip": CHECK})
    out = command("code", "pagu_ada", "f").out
    assert out.startswith("galat[pagu_ada]: … tanpa pagu\n")
    assert "Setiap program mempunyai pagu" in out
    assert "    pastikan: pagu > Rp 0\n" in out
    assert out.endswith("Perbaikan\n  isi pagunya\n")
    assert command("code", "pagu_ada").code == 2


def test_a_national_check_has_its_page_without_a_folder(command: Command) -> None:
    """Since its library is installed."""
    outcome = command("code", "peraturan_diganti")
    assert (outcome.code, outcome.out.startswith("peringatan[peraturan_diganti]: ")) == (0, True)


def test_help_says_in_the_readers_language_what_must_be_given(command: Command) -> None:
    assert "[wajib]" in command("export", "--help").out
    assert "[required]" in command("--lang", "en", "export", "--help").out
