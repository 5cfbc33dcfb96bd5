"""The cache: the same findings with and without it, never stale, never trusted with more than data."""

from __future__ import annotations

import os
import pickle
import stat
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from sakip_rules.base.numbers import RoundingMode
from sakip_rules.base.source import Source, Span
from sakip_rules.cache import Cache
from sakip_rules.model.build import compile_file
from sakip_rules.model.program import CompiledFile
from sakip_rules.model.vocabulary import Vocabulary
from sakip_rules.project import Project
from tests.running import MAGETAN, ROOT, Command, places, small, write

pytestmark = pytest.mark.usefixtures("own_cache")


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of this test alone, in the place where the user's is on this system."""
    monkeypatch.delenv("SAKIP_RULES_NO_CACHE")
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))
    directory = Cache.default().directory
    assert directory is not None
    return directory


def entries(directory: Path) -> list[Path]:
    return sorted(directory.iterdir())


LOADED = "import sys; from sakip_rules.cli import run; run(sys.argv[1:]); print('lark' in sys.modules, file=sys.stderr)"


def loads_lark(*arguments: str) -> bool:
    """Whether a process of its own loads lark for a command."""
    ran = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments], capture_output=True, text=True, cwd=ROOT, check=True
    )
    return ran.stderr.splitlines()[-1] == "True"


@pytest.mark.parametrize("command", ["validate", "evaluate"])
def test_only_a_first_run_loads_the_parser(command: str) -> None:
    """Loading it would take longer than all the rest."""
    assert [loads_lark(command, MAGETAN) for _ in range(2)] == [True, False]


def test_a_changed_file_is_read_again(command: Command, tmp_path: Path) -> None:
    """Even if its size and its time are as they were."""
    path = tmp_path / "a.sakip"
    found = []
    for unit in ("orang", "oragn", "orang"):
        path.write_text(f'variabel v "V" {{ satuan: {unit} }}\n')
        os.utime(path, (0, 0))
        found.append(places(command("validate").out))
    assert found == [[], ["a.sakip:1:26 U101"], []]


def test_a_changed_library_datum_or_setting_is_read_again(command: Command, tmp_path: Path) -> None:
    """Findings are kept for everything that a run reads, and for nothing less."""
    write(tmp_path / "umum", {"v.sakip": 'variabel v "V" { satuan: orang }\n'})
    folder = write(
        tmp_path / "a", {"w.sakip": 'variabel w "W" { satuan: orang }\n', "sakip.toml": 'pustaka = ["nasional"]\n'}
    )
    assert command("validate", "a").code == 0
    write(folder, {"realisasi.csv": "tahun;nama;nilai\n2024;v;1\n"})
    assert places(command("validate", "a").out) == ["a/realisasi.csv:2:6 R102"]
    write(folder, {"sakip.toml": 'pustaka = ["nasional", "../umum"]\n'})
    assert places(command("validate", "a").out) == []
    write(tmp_path / "umum", {"v.sakip": 'variabl v "V" { satuan: orang }\n'})
    assert places(command("validate", "a").out) == ["umum/v.sakip:1:1 T101", "a/realisasi.csv:2:6 R102"]


def test_data_that_the_settings_leave_out_is_told_at_once(command: Command, tmp_path: Path) -> None:
    """A file that is data by its name; the settings that name it, or none, read it."""
    folder = write(small(tmp_path / "dinas"), {"sakip.toml": 'data = ["realisasi.csv"]\n'})
    assert places(command("validate", "dinas").out) == []
    write(folder, {"Realisasi tw2.csv": "tahun;periode;nama;nilai\n2024;tw2;layanan;60\n", "catatan.csv": "x\n"})
    assert places(command("validate", "dinas").out) == ["dinas/sakip.toml:1:1 B113"]
    write(folder, {"sakip.toml": 'data = ["realisasi.csv", "Realisasi tw2.csv"]\n'})
    assert places(command("validate", "dinas").out) == []
    (folder / "sakip.toml").unlink()
    assert places(command("validate", "dinas").out) == []


def test_an_edit_of_one_file_reads_no_other_again(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only its text is parsed; what it says reaches the others all the same."""
    folder = small(tmp_path / "dinas")
    assert places(command("validate", "dinas").out) == []
    parsed: list[str] = []

    def counted(source: Source, vocabulary: Vocabulary) -> CompiledFile:
        parsed.append(source.path)
        return compile_file(source, vocabulary)

    monkeypatch.setattr("sakip_rules.model.build.compile_file", counted)
    text = (folder / "cara.sakip").read_text(encoding="utf-8")
    write(folder, {"cara.sakip": text.replace('metode cara "Cara"', 'metode lain "Lain"')})
    assert "dinas/pk.sakip:5:13 N101" in places(command("validate", "dinas").out)
    assert parsed == ["dinas/cara.sakip"]


def test_the_same_text_elsewhere_has_its_own_places(command: Command, tmp_path: Path) -> None:
    """What is kept names its file."""
    for name in ("a", "b"):
        write(tmp_path / name, {"v.sakip": 'variabel v "V" { satuan: orag }\n'})
    assert [places(command("validate", name).out) for name in "ab"] == [
        ["a/v.sakip:1:26 U101"],
        ["b/v.sakip:1:26 U101"],
    ]


def test_results_are_the_same_with_and_without_a_cache(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the run that fills it, in the run that uses it, and without."""
    monkeypatch.chdir(ROOT)
    calls = (("validate", MAGETAN), ("validate", MAGETAN, "--lang", "en"), ("evaluate", MAGETAN, "--format", "json"),
             ("explain", "keseluruhan", MAGETAN), ("test", MAGETAN))  # fmt: skip
    cold, warm = ([command(*call) for call in calls] for _ in range(2))
    monkeypatch.setenv("SAKIP_RULES_NO_CACHE", "1")
    assert cold == warm == [command(*call) for call in calls]


@pytest.mark.parametrize("deep", [10, 35])
def test_a_deep_formula_can_be_kept(tmp_path: Path, own_cache: Path, deep: int) -> None:
    """Keeping what was read is no place for a formula to fail."""
    formula = "(" * deep + "v" + " + v)" * deep
    rules = f'variabel v "V" {{ satuan: orang }}\n\nindikator a "A" {{\n    satuan: orang\n    rumus: {formula}\n}}\n'
    folder = write(tmp_path / "a", {"a.sakip": rules})
    without = Project(folder, Cache(None)).validate()
    assert [Project(folder, Cache(own_cache)).validate() for _ in range(2)] == [without] * 2 == [()] * 2


BROKEN = [b"", b"\x80\x05", b"bukan apa-apa", pickle.dumps(42), pickle.dumps({"a": [1]}), pickle.dumps(None)]


@pytest.mark.parametrize("raw", BROKEN, ids=repr)
def test_a_broken_entry_is_no_entry(command: Command, tmp_path: Path, own_cache: Path, raw: bytes) -> None:
    """The file is read as if nothing had been kept, and its findings are as before."""
    small(tmp_path / "a", cara='kategori k "K" { satuan: orag }\n')
    before = command("validate", "a")
    for entry in entries(own_cache):
        entry.write_bytes(raw)
    assert command("validate", "a") == before


def test_a_truncated_entry_is_no_entry(command: Command, tmp_path: Path, own_cache: Path) -> None:
    """As a full disk may leave it."""
    small(tmp_path / "a", cara='kategori k "K" { satuan: orag }\n')
    before = command("validate", "a")
    for entry in entries(own_cache):
        entry.write_bytes(entry.read_bytes()[:-20])
    assert command("validate", "a") == before


def calls(module: str, name: str, argument: str) -> bytes:
    """A pickle that calls a function with a text, as ``GLOBAL`` of protocol 4 finds it: through dots too."""

    def text(value: str) -> bytes:
        return b"\x8c" + bytes([len(value)]) + value.encode()

    return b"\x80\x04" + text(module) + text(name) + b"\x93" + text(argument) + b"\x85R."


HOSTILE = [
    ("os", "mkdir"), ("posix", "mkdir"), ("builtins", "eval"), ("sakip_rules.files", "os.mkdir"),
    ("sakip_rules.cache", "os.mkdir"), ("sakip_rules", "import_module"), ("sakip_rules.syntax.parser", "Path"),
    ("sakip_rules.model.reading", "re.compile"), ("sakip_rules.base.dates", "parse_date"),
    ("sakip_rules.cli.scaffold", "Path"),
]  # fmt: skip


@pytest.mark.parametrize(("module", "name"), HOSTILE)
def test_an_entry_can_call_nothing(tmp_path: Path, module: str, name: str) -> None:
    """Not even what a module of the engine imports: only its own classes are made."""
    kept = Cache(tmp_path)
    kept.put("a", b"", "x")
    [entry] = [path for path in tmp_path.iterdir() if path.is_file()]
    entry.write_bytes(calls(module, name, str(tmp_path / "dibuat")))
    assert kept.get("a", b"") is None
    assert not (tmp_path / "dibuat").exists()


@pytest.mark.parametrize("value", [Span("a", 1, 2), Fraction(1, 3), RoundingMode.FLOOR, ("a", None, (1,))], ids=repr)
def test_what_files_say_comes_back_equal(tmp_path: Path, value: object) -> None:
    """The classes of the engine, exact numbers, and plain values."""
    kept = Cache(tmp_path)
    kept.put("a", b"1", value)
    assert (kept.get("a", b"1"), kept.get("a", b"2"), kept.get("b", b"1")) == (value, None, None)


def test_it_can_be_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """For those who want no file of ours in their home."""
    monkeypatch.setenv("SAKIP_RULES_NO_CACHE", "1")
    assert Cache.default() == Cache(None)


def test_without_a_directory_nothing_is_kept() -> None:
    """Neither is anything found."""
    Cache(None).put("a", b"", 1)
    assert Cache(None).get("a", b"") is None


def test_a_directory_that_is_new_is_the_users_alone(own_cache: Path) -> None:
    """Others neither read nor write it."""
    assert os.name == "nt" or stat.S_IMODE(own_cache.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the directory in the user's own profile")
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702])
def test_a_directory_that_others_may_write_is_not_used(own_cache: Path, mode: int) -> None:
    """What stands in it may be another's."""
    own_cache.chmod(mode)
    assert Cache.default() == Cache(None)


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_linked_directory_is_not_used(own_cache: Path, tmp_path: Path) -> None:
    """Where it leads is another's choice."""
    own_cache.rmdir()
    own_cache.symlink_to(write(tmp_path / "lain", {}))
    assert Cache.default() == Cache(None)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give a directory away")
def test_a_directory_of_another_is_not_used(own_cache: Path) -> None:
    """Its owner may change it at any time."""
    os.chown(own_cache, 65534, 65534)
    assert Cache.default() == Cache(None)


def test_a_file_in_its_place_is_no_directory(own_cache: Path) -> None:
    """Nothing is kept, and nothing fails."""
    own_cache.rmdir()
    own_cache.touch()
    assert Cache.default() == Cache(None)


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in some containers."""

    def nowhere() -> Path:
        raise RuntimeError

    monkeypatch.setattr("sakip_rules.cache._user_directory", nowhere)
    assert Cache.default() == Cache(None)
