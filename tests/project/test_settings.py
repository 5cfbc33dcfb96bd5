"""``sakip.toml``: what it may say, what is refused, and the folders and files that it leads to."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from sakip_rules.cache import Cache
from sakip_rules.project import Project
from tests.running import Command, foreign, places, small, write

RULE = {"a.sakip": 'variabel v "V" { satuan: orang }\n'}
#: The settings, and the place and code of the one finding.
REFUSED: list[tuple[str, str]] = [
    ("bahasa = 2\n", "1:1 B107"),
    ("bahasa = 0\n", "1:1 B108"),
    ("bahasa = true\n", "1:1 B108"),
    ('bahasa = "1"\n', "1:1 B108"),
    ("bahasa = 1\nwarna = 3\n", "2:1 B108"),
    ("# tentang data\nbahasa = 1\ndata = 3\n", "3:1 B108"),
    ("[laporan]\n", "1:2 B108"),
    ('data = ["../rahasia.csv"]\n', "1:1 B108"),
    ('[templat]\ndocx = "../rahasia.docx"\n', "2:1 B108"),
    ("templat = 7\n", "1:1 B108"),
    ('[templat]\nmd = "kop.md"\n', "2:1 B112"),
    ('data = ["/etc/passwd"]\n', "1:1 B108"),
    ('data = ["C:rahasia.csv"]\n', "1:1 B108"),
    ('data = ["..\\\\rahasia.csv"]\n', "1:1 B108"),
    ('desimal = "tanda"\n', "1:1 B108"),
    ("pustaka = 3\n", "1:1 B108"),
    ("bahasa = 1\ninstansi = 3\n", "2:1 B108"),
    ('bahasa = 1\npustaka = ["nasional", "provinsi"]\n', "2:24 B110"),
    ('pustaka = ["nasional", "./umum"]\n', "1:24 B110"),
    ("bahasa = 1\ndata =\n", "2:1 B108"),
    ("bahasa = 1\ndata = [\n", "2:1 B108"),
    ("bahasa = " + "9" * 5000 + "\n", "1:1 B108"),
    ("data = " + "[" * 30_000 + "\n", "1:1 B108"),
]


@pytest.mark.parametrize(("content", "place"), REFUSED, ids=[row[0][:40].strip() for row in REFUSED])
def test_a_setting_that_does_not_fit_is_one_finding(command: Command, tmp_path: Path, content: str, place: str) -> None:
    """It has the place of the key, and the rest of the folder is checked with what the setting is by default."""
    write(tmp_path, {**RULE, "sakip.toml": content})
    indonesian, english = command("validate"), command("validate", "--lang", "en")
    assert places(indonesian.out) == places(english.out) == [f"sakip.toml:{place}"]
    assert foreign(indonesian.text) == set()
    assert indonesian.code == 1


def test_a_newer_language_is_refused_with_advice(command: Command, tmp_path: Path) -> None:
    """The rules are not read, since they would be misread."""
    write(tmp_path, {"a.sakip": "hal baru\n", "sakip.toml": "bahasa = 2\n"})
    out = command("validate").out
    assert places(out) == ["sakip.toml:1:1 B107"]
    assert "perbarui sakip-rules" in out
    assert "jangan menurunkan angka `bahasa`" in out


def test_all_that_may_be_said_is_accepted(tmp_path: Path) -> None:
    """Two data files are read with the decimal mark that is said."""
    data = "tahun;nama;nilai\n2024;v;1.500\n"
    settings = 'bahasa = 1\ninstansi = "dinas"\npustaka = ["nasional"]\ndata = ["satu.csv", "dalam/dua.csv"]\n'
    settings += 'desimal = "titik"\n'
    rules = "".join(f'variabel {name} "V" {{ satuan: angka }}\n' for name in "vw")
    write(tmp_path, {"a.sakip": rules, "satu.csv": data, "sakip.toml": settings})
    write(tmp_path / "dalam", {"dua.csv": data.replace(";v;", ";w;")})
    project = Project(tmp_path, Cache(None))
    assert project.validate() == ()
    assert [item.number for item in project.data.measurements.values()] == [Fraction(3, 2)] * 2


def test_a_folder_of_settings_inside_is_not_read(command: Command, tmp_path: Path) -> None:
    """It is a rule folder of its own."""
    write(tmp_path, RULE)
    write(tmp_path / "lain", {"a.sakip": "rusak\n", "sakip.toml": "bahasa = 1\n"})
    assert command("validate").code == 0


@pytest.mark.parametrize("name", [".a.sakip", "~$a.sakip", "a.sakip.txt"])
def test_what_is_hidden_or_locked_is_not_read(command: Command, tmp_path: Path, name: str) -> None:
    """Editors and Word leave such files behind."""
    write(tmp_path, {**RULE, name: "rusak\n"})
    assert command("validate").code == 0


def test_a_library_beside_the_folder_is_used(command: Command, tmp_path: Path) -> None:
    """Its names are known, and its findings stand with those of the folder."""
    write(tmp_path / "umum", {"v.sakip": 'variabel v "V" { satuan: orang }\nvariabl w "W" { satuan: orang }\n'})
    rules = 'indikator a "A" {\n    satuan: orang\n    rumus: v + w\n}\n'
    write(tmp_path / "dinas", {"a.sakip": rules, "sakip.toml": 'pustaka = ["nasional", "../umum"]\n'})
    assert places(command("validate", "dinas").out) == ["dinas/a.sakip:3:16 N101", "umum/v.sakip:2:1 T101"]


def test_libraries_that_lead_back_are_a_cycle(command: Command, tmp_path: Path) -> None:
    """They are read once each, and the setting that leads back is told."""
    for name, other in (("a", "b"), ("b", "c"), ("c", "a")):
        rules = f'variabel {name} "V" {{ satuan: orang }}\n'
        write(tmp_path / name, {"v.sakip": rules, "sakip.toml": f'pustaka = ["nasional", "../{other}"]\n'})
    outcome = command("validate", "a")
    assert places(outcome.out) == ["c/sakip.toml:1:24 N104"]
    assert "a, b, c, a" in outcome.out
    assert foreign(outcome.text) == set()


def test_a_library_that_two_folders_use_is_no_cycle(command: Command, tmp_path: Path) -> None:
    """It is read once."""
    for name, used in (("a", ', "../b", "../c"'), ("b", ', "../c"'), ("c", "")):
        rules = f'variabel {name} "V" {{ satuan: orang }}\n'
        write(tmp_path / name, {"v.sakip": rules, "sakip.toml": f'pustaka = ["nasional"{used}]\n'})
    assert command("validate", "a").code == 0


def test_without_settings_the_national_library_is_used(command: Command, tmp_path: Path) -> None:
    """Its units and formulas are known."""
    assert command("validate", small(tmp_path).as_posix()).code == 0


def test_without_libraries_no_unit_is_known(command: Command, tmp_path: Path) -> None:
    """A folder may use none."""
    write(tmp_path, {**RULE, "sakip.toml": "pustaka = []\n"})
    assert places(command("validate").out) == ["a.sakip:1:26 U101"]
