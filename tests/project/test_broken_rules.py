"""Broken rule files: one finding at the right place, in both languages, and never a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.running import Command, foreign, places, write

SIGNED = "\ufeff".encode()
#: What is wrong, the file, and the place and code of the one finding.
BROKEN: list[tuple[str, str | bytes, str]] = [
    ("a decimal point",
     'kategori k "K" {\n    satuan: persen\n    | rentang | predikat |\n    | ≥ 0.28  | Baik     |\n}\n',
     "a.sakip:4:9 T201"),
    ("an error after a byte order mark on the first line",
     SIGNED + b'variabel v "V" { satuan: orag }\n', "a.sakip:1:26 U101"),
    ("UTF-16 with its mark", 'variabel v "V" { satuan: orang }\n'.encode("utf-16"), "a.sakip B102"),
    ("UTF-16 without its mark", 'variabel v "V" { satuan: orang }\n'.encode("utf-16-le"), "a.sakip B102"),
    ("Windows-1252", 'variabel v "“V”" { satuan: orang }\n'.encode("cp1252"), "a.sakip B102"),
    ("two indicators that need each other",
     'indikator a "A" {\n    satuan: orang\n    rumus: b\n}\n\nindikator b "B" {\n    satuan: orang\n    rumus: a\n}\n',
     "a.sakip:3:12 N104"),
    ("a brace that is missing in the middle",
     'indikator a "A" {\n    satuan: orang\n\nindikator b "B" {\n    satuan: orang\n}\n', "a.sakip:1:1 S102"),
    ("a brace too many", 'variabel v "V" { satuan: orang }\n}\n', "a.sakip:2:1 S103"),
    ("a pasted table with a short row",
     'variabel v "V" { satuan: orang }\n\nrenstra r "R" {\n    berlaku: 2024 s.d 2026\n'
     "    | indikator | 2024 | 2025 |\n    | a | 1 |\n}\n\nindikator a \"A\" { satuan: orang }\n", "a.sakip:6:5 T110"),
    ("a table pasted with tabs",
     'renstra r "R" {\n    berlaku: 2024 s.d 2026\n    indikator\t2024\n    a\t1\n}\n\n'
     'indikator a "A" { satuan: orang }\n',
     "a.sakip:3:5 S101"),
    ("a line of ten megabytes", 'variabel v "V" { satuan: orang }\n# ' + "x" * 10_000_000, "a.sakip B105"),
    ("a number of a million digits",
     'renstra r "R" {\n    berlaku: 2024 s.d 2026\n    | indikator | 2024 |\n    | a | ' + "9" * 1_000_000 + " |\n}\n",
     "a.sakip B105"),
    ("a number of fifty thousand digits",
     'renstra r "R" {\n    berlaku: 2024 s.d 2026\n    | indikator | 2024 |\n    | a | ' + "9" * 50_000
     + ' |\n}\n\nindikator a "A" { satuan: orang }\n', "a.sakip:4:11 T203"),
    ("brackets in brackets without end",
     'indikator a "A" {\n    satuan: orang\n    rumus: ' + "(" * 5000 + "1" + ")" * 5000 + "\n}\n",
     "a.sakip:3:12 S204"),
    ("a name given twice", 'variabel v "V" { satuan: orang }\nvariabel v "W" { satuan: orang }\n', "a.sakip:2:10 N102"),
    ("a unit that does not exist", 'variabel v "V" { satuan: orag }\n', "a.sakip:1:26 U101"),
    ("a formula in another unit",
     'variabel v "V" { satuan: orang }\n\nvariabel w "W" { satuan: keluarga }\n\n'
     'indikator a "A" {\n    satuan: persen\n    rumus: v / w × 100%\n}\n', "a.sakip:7:12 U105"),
    ("the start of a zip file", b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00" + bytes(range(256)), "a.sakip B103"),
    ("a letter", "Kepada Yth. Kepala Dinas\nDengan hormat\n", "a.sakip:1:1 S101"),
    ("an error behind line ends of Windows",
     'variabel v "V" { satuan: orang }\r\n\r\nvariabel w "W" { satuan: orag }\r\n', "a.sakip:3:26 U101"),
    ("a date in numbers",
     'peraturan p "P" {\n    berlaku: 2024-01-04 s.d seterusnya\n}\n', "a.sakip:2:14 T209"),
    ("a kind that is misspelt", 'indikatr a "A" { satuan: orang }\n', "a.sakip:1:1 T101"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "place"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_file_is_one_finding_in_both_languages(
    command: Command, tmp_path: Path, content: str | bytes, place: str
) -> None:
    """The finding has its code, line and column; the Indonesian words are Indonesian."""
    write(tmp_path, {"a.sakip": content})
    indonesian, english = command("validate"), command("validate", "--lang", "en")
    assert (indonesian.code, english.code) == (1, 1)
    assert places(indonesian.out) == places(english.out) == [place]
    assert foreign(indonesian.text) == set()


def test_an_empty_file_says_nothing(command: Command, tmp_path: Path) -> None:
    """It may still be written."""
    write(tmp_path, {"a.sakip": "", "b.sakip": "\n# catatan\n"})
    assert command("validate").code == 0


def test_what_is_on_screen_of_a_long_line_is_around_the_place(command: Command, tmp_path: Path) -> None:
    """Neither the line nor the caret is longer than a screen is wide."""
    write(tmp_path, {"a.sakip": f'variabel v "{"V" * 500}" {{ satuan: {"o" * 500} }}\n'})
    line, caret = (line for line in command("validate").out.splitlines() if " │ " in line)
    assert max(len(line), len(caret)) <= 122
    assert line[caret.index("^")] == "o"


def test_a_folder_named_like_a_rule_file_is_a_folder(command: Command, tmp_path: Path) -> None:
    """Its files are read like those of any other."""
    write(tmp_path / "x.sakip", {"a.sakip": 'variabel v "V" { satuan: orag }\n'})
    assert places(command("validate").out) == ["x.sakip/a.sakip:1:26 U101"]


def test_a_folder_without_rules_says_so(command: Command) -> None:
    """An empty folder is most often the wrong one."""
    assert places(command("validate").out) == ["- B106"]


def test_a_link_to_nowhere_is_a_finding(command: Command, tmp_path: Path) -> None:
    """So is any other file that cannot be opened."""
    (tmp_path / "a.sakip").symlink_to("tidak_ada.sakip")
    outcome = command("validate")
    assert places(outcome.out) == ["a.sakip B101"]
    assert "berkas itu tidak ada" in outcome.out


def test_a_file_without_permission_is_a_finding(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names the permission, not a fault of the storage."""
    (tmp_path / "a.sakip").touch()

    reading = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == "a.sakip":
            raise PermissionError
        return reading(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    outcome = command("validate")
    assert places(outcome.out) == ["a.sakip B101"]
    assert "tidak ada izin" in outcome.out


def test_a_folder_that_cannot_be_listed_is_a_finding(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest of the rules is checked all the same."""
    write(tmp_path, {"a.sakip": 'variabel v "V" { satuan: orag }\n'})
    (tmp_path / "rahasia").mkdir()
    listing = os.listdir

    def refused(path: str | Path) -> list[str]:
        if Path(path).name == "rahasia":
            raise PermissionError
        return listing(path)

    monkeypatch.setattr(os, "listdir", refused)
    assert places(command("validate").out) == ["a.sakip:1:26 U101", "rahasia B101"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has only names that are text")
def test_a_file_name_that_is_no_text_can_be_shown(command: Command, tmp_path: Path) -> None:
    """Its bytes stand in for it."""
    Path(os.fsdecode(bytes(tmp_path) + b"/\xff.sakip")).write_text('variabel v "V" { satuan: orag }\n')
    assert places(command("validate").out) == ["\\udcff.sakip:1:26 U101"]


def test_too_large_a_file_is_not_read(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is told."""
    monkeypatch.setattr("sakip_rules.files.MAX_BYTES", 2 * 1024 * 1024)
    write(tmp_path, {"a.sakip": "#\n" * 1024 * 1024 + "#"})
    outcome = command("validate")
    assert places(outcome.out) == ["a.sakip B104"]
    assert "2 MB" in outcome.out
