"""Broken data files: one finding at the right place, in both languages, and never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.running import Command, foreign, places, write

RULES = """\
variabel miskin "Penduduk Miskin" { satuan: orang }

variabel penduduk "Penduduk" { satuan: orang }

indikator kemiskinan "Persentase Penduduk Miskin" {
    satuan: persen
    rumus: miskin / penduduk × 100%
}
"""
HEAD = "tahun;periode;nama;nilai;satuan;status\n"
#: What is wrong, the file, and the place and code of the one finding.
BROKEN: list[tuple[str, str | bytes, str]] = [
    ("two decimal marks", HEAD + "2024;;kemiskinan;1,5;;\n2023;;kemiskinan;2.5;;\n", "3:18 R106"),
    ("an error after a byte order mark", "\ufeffthun;nama;nilai\n2024;miskin;1\n", "1:1 R101"),
    ("UTF-16 of Excel", (HEAD + "2024;;miskin;7;;\n").encode("utf-16"), "B102"),
    ("Windows-1252", (HEAD + "2024;;miskin;7;;\n2024;;miskin;“7”;;\n").encode("cp1252"), "B102"),
    ("a spreadsheet with another ending", b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(200)), "B103"),
    ("nothing", "", "1:1 R101"),
    ("a head alone", HEAD, "1:1 R118"),
    ("a column that is missing", "nama;nilai\nmiskin;7\n", "1:1 R101"),
    ("a column that is misspelt", "tahun;nama;nlai\n2024;miskin;7\n", "1:12 R101"),
    ("a name that is misspelt", HEAD + "2024;;miskn;7;;\n", "2:7 R102"),
    ("a value given twice", HEAD + "2024;;miskin;7;;\n2024;;miskin;8;;\n", "3:14 R103"),
    ("a word for a number", HEAD + "2024;;miskin;tujuh;;\n", "2:14 R104"),
    ("a wrong unit", HEAD + "2024;;miskin;7;keluarga;\n", "2:16 R107"),
    ("a status that does not exist", HEAD + "2024;;miskin;7;;selesai\n", "2:17 R108"),
    ("a period that does not exist", HEAD + "2024;tw5;miskin;7;;\n", "2:6 R109"),
    ("a year of two digits", HEAD + "24;;miskin;7;;\n", "2:1 R110"),
    ("a short row", HEAD + "2024;;miskin;7\n", "2:1 R111"),
    ("a negative count", HEAD + "2024;;miskin;-7;;\n", "2:14 R112"),
    ("a value that is said not to exist", HEAD + "2024;;miskin;7;;tidak_ada\n", "2:14 R113"),
    ("a number of fifty thousand digits", HEAD + "2024;;miskin;" + "9" * 50_000 + ";;\n", "2:14 T203"),
    ("a number of a million digits", HEAD + "2024;;miskin;" + "9" * 1_000_000 + ";;\n", "B105"),
    ("a line of ten megabytes", HEAD + "x" * 10_000_000 + "\n", "B105"),
    ("a quotation mark that is not closed", HEAD + '2024;;"miskin;7;;\n', "2:7 S104"),
    ("an error behind line ends of Windows", HEAD.replace("\n", "\r\n") + "2024;;miskn;7;;\r\n", "2:7 R102"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "place"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_data_file_is_one_finding_in_both_languages(
    command: Command, tmp_path: Path, content: str | bytes, place: str
) -> None:
    """The finding has its code, line and column; the Indonesian words are Indonesian."""
    write(tmp_path, {"aturan.sakip": RULES, "realisasi.csv": content})
    indonesian, english = command("validate"), command("validate", "--lang", "en")
    assert (indonesian.code, english.code) == (1, 1)
    joined = f"realisasi.csv:{place}" if ":" in place else f"realisasi.csv {place}"
    assert places(indonesian.out) == places(english.out) == [joined]
    assert foreign(indonesian.text) == set()


TOML: list[tuple[str, str, str]] = [
    ("an unfinished entry", "[[realisasi]]\nnama =\n", "2:1 R116"),
    ("lists in lists without end", "a = " + "[" * 30_000, "1:1 R116"),
    ("a number of five thousand digits", "a = " + "9" * 5_000, "1:5 T203"),
]


@pytest.mark.parametrize(("content", "place"), [row[1:] for row in TOML], ids=[row[0] for row in TOML])
def test_a_broken_toml_file_is_one_finding(command: Command, tmp_path: Path, content: str, place: str) -> None:
    """What stops the reader of TOML stops nothing else."""
    write(tmp_path, {"aturan.sakip": RULES, "realisasi.toml": content})
    outcome = command("validate")
    assert places(outcome.out) == [f"realisasi.toml:{place}"]
    assert foreign(outcome.text) == set()


def test_a_data_file_that_is_not_there_is_a_finding(command: Command, tmp_path: Path) -> None:
    """Its name stands in the settings."""
    write(tmp_path, {"aturan.sakip": RULES, "sakip.toml": 'data = ["realisasi_2024.csv"]\n'})
    outcome = command("validate")
    assert places(outcome.out) == ["realisasi_2024.csv B101"]
    assert "berkas itu tidak ada" in outcome.out


def test_a_folder_named_like_a_data_file_is_a_finding(command: Command, tmp_path: Path) -> None:
    """It cannot be read as data."""
    write(tmp_path, {"aturan.sakip": RULES})
    (tmp_path / "realisasi.csv").mkdir()
    assert places(command("validate").out) == ["realisasi.csv B101"]
