"""``test``: examples that hold, that fail, and what no example reaches."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.running import MAGETAN, Command, foreign, places, write

FORMULA = 'formula dua "Dua kali" {{\n    masukan: a\n    rumus: a × 2\n{contoh}}}\n'
EXAMPLE = '\n    contoh "C" {{\n        a: 1\n        hasil: {result}\n    }}\n'
BRANCHES = (
    'formula f "F" {\n    masukan: a\n'
    "    | bila       | hasil |\n    | a > 1      | 1     |\n    | selain itu | 2     |\n"
    '\n    contoh "C" {\n        a: 2\n        hasil: 1\n    }\n}\n'
)


def test_the_examples_of_magetan_hold(command: Command) -> None:
    """All of them, and every part of its rules has one."""
    outcome = command("test", MAGETAN)
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == "24 contoh sesuai, 0 tidak sesuai, 0 bagian tanpa contoh.\n"


def test_an_example_that_fails_is_told_with_both_results(command: Command, tmp_path: Path) -> None:
    """The place is that of the result which the example expects."""
    write(tmp_path, {"a.sakip": FORMULA.format(contoh=EXAMPLE.format(result=3))})
    outcome = command("test")
    assert (outcome.code, places(outcome.out)) == (1, ["a.sakip:7:16 C101"])
    assert "menurut contoh hasilnya 3, tetapi menurut aturan 2" in outcome.out
    assert outcome.err == "0 contoh sesuai, 1 tidak sesuai, 0 bagian tanpa contoh.\n"
    assert foreign(outcome.text) == set()
    assert "1 fail" in command("test", "--lang", "en").err


#: The rules, and what is said of the part that no example reaches.
UNREACHED = [
    (FORMULA.format(contoh=""), "a.sakip:1:9: formula `dua` tidak disentuh contoh mana pun\n"),
    (BRANCHES, "a.sakip:5:5: baris `bila` ke-2 dari formula `f` tidak disentuh contoh mana pun\n"),
]


@pytest.mark.parametrize(("rules", "told"), UNREACHED, ids=["formula", "branch"])
def test_a_part_without_an_example_is_told_but_is_no_fault(
    command: Command, tmp_path: Path, rules: str, told: str
) -> None:
    """It is data, for a list of examples to be written."""
    write(tmp_path, {"a.sakip": rules})
    outcome = command("test")
    assert (outcome.code, outcome.out) == (0, told)
    assert outcome.err.endswith("1 bagian tanpa contoh.\n")


def test_a_band_without_an_example_is_told(command: Command, tmp_path: Path) -> None:
    """By its label."""
    bands = 'kategori k "K" {\n    satuan: persen\n'
    bands += "    | rentang | predikat |\n    | ≥ 50%   | Baik     |\n    | < 50%   | Kurang   |\n}\n"
    write(tmp_path, {"a.sakip": bands})
    assert "pita “Kurang” dari kategori `k` tidak disentuh contoh mana pun" in command("test").out


def test_examples_of_a_file_with_errors_are_not_said_to_hold(command: Command, tmp_path: Path) -> None:
    """The errors come first."""
    write(tmp_path, {"a.sakip": FORMULA.format(contoh=EXAMPLE.format(result=2)) + "rusak\n"})
    outcome = command("test")
    assert (outcome.code, [place.split()[1] for place in places(outcome.out)]) == (1, ["S101"])
