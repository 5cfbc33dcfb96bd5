"""``new rules`` and ``completion``: what is made is right from the start."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from sakip_rules.cli import scaffold
from sakip_rules.cli.scaffold import this_year
from sakip_rules.plugins import HOOKS
from tests.running import ROOT, Command, foreign, write


@pytest.mark.parametrize(
    "name", ["dinkes", "dinas_2", "a/b/dinsos", "x", "tahun", "pengukuran", "penduduk_sasaran", "persen", "ikm"]
)
def test_new_rules_are_clean_and_have_figures(command: Command, name: str) -> None:
    """Whatever the folder is called, also by a word that the rules themselves use."""
    made = command("new", "rules", name, "--year", "2025")
    assert made.code == 0
    assert made.out.splitlines() == [
        f"{name}/{file}" for file in ("sakip.toml", "realisasi_2025.csv", "rencana_2025.sakip")
    ]
    checked = command("validate", name)
    assert (checked.code, checked.out, checked.err) == (0, "", "Tidak ada temuan.\n")
    evaluated = command("evaluate", name)
    assert (evaluated.code, evaluated.err) == (0, "")
    assert "Capaian kinerja 2025 (setahun)" in evaluated.out
    assert "95,00 (sementara)   Berhasil" in evaluated.out
    assert command("fmt", "--check", name).code == 0


@pytest.mark.parametrize("kind", ["rules", "plugin"])
def test_the_help_says_which_year_is_meant(command: Command, kind: str) -> None:
    """That of the clock, while a form for data is one for the newest report."""
    told = re.sub(r"\s+", " ", command("new", kind, "--help").out)
    assert "--year TAHUN Tahun yang aturannya dibuat; bawaannya tahun sekarang." in told
    assert "laporan terbaru" in re.sub(r"\s+", " ", command("new", "data", "--help").out)


def test_the_year_is_this_year_unless_said(command: Command) -> None:
    """The plan goes on for two more."""
    command("new", "rules", "dinkes")
    year = this_year()
    assert f"berlaku: {year} s.d {year + 2}" in Path(f"dinkes/rencana_{year}.sakip").read_text()


@pytest.mark.parametrize(
    "name", ["Dinkes", "dinas-kesehatan", "dinas kesehatan", "2dinas", "_dinas", "dinas.kesehatan", "..", "é"]
)
def test_a_name_that_rules_cannot_use_is_refused(command: Command, tmp_path: Path, name: str) -> None:
    """Nothing is made."""
    outcome = command("new", "rules", name)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("galat[A104]")
    assert foreign(outcome.err) == set()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_exists_is_left_alone(command: Command, tmp_path: Path) -> None:
    """Even an empty one."""
    write(tmp_path / "dinkes", {})
    outcome = command("new", "rules", "dinkes")
    assert (outcome.code, outcome.err.split(":")[0]) == (2, "galat[A103]")
    assert list((tmp_path / "dinkes").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(command: Command, tmp_path: Path) -> None:
    """For example below a file."""
    write(tmp_path, {"berkas": ""})
    outcome = command("new", "rules", "berkas/dinkes")
    assert (outcome.code, outcome.out, outcome.err.split(":")[0]) == (2, "", "galat[A108]")


def test_a_new_plugin_passes_its_own_test(command: Command, tmp_path: Path) -> None:
    """With what it is made of, and nothing installed."""
    made = command("new", "plugin", "dalam/ubah_2025", "--year", "2025")
    assert made.code == 0
    assert made.out.splitlines() == [
        f"dalam/ubah_2025/{file}"
        for file in (
            "pyproject.toml",
            "ubah_2025/__init__.py",
            "ubah_2025/aturan/pk_2025_perubahan.sakip",
            "tests/test_ubah_2025.py",
        )
    ]
    assert foreign(re.sub(r"sakip-rules plugins|pip install -e", "", made.err)) == set()
    places_of_code = os.pathsep.join(str(path) for path in (tmp_path / "dalam" / "ubah_2025", ROOT, ROOT / "plugins"))
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "dalam/ubah_2025"],
        env={**os.environ, "PYTHONPATH": places_of_code, "PYTHONUTF8": "1"},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (tested.returncode, "4 passed" in tested.stdout) == (0, True), tested.stdout + tested.stderr
    assert command("fmt", "--check", "dalam").code == 0


def test_a_new_plugin_can_be_loaded(command: Command) -> None:
    """By its folder, without a finding; what ``pip install`` reads names it, too."""
    command("new", "plugin", "ubah", "--year", "2025")
    listed = command("plugins", "--plugins-dir", "ubah")
    assert (listed.code, listed.err) == (0, "")
    assert "ubah (ubah/ubah/__init__.py): sakip_year_rules; " in listed.out
    about = tomllib.loads(Path("ubah/pyproject.toml").read_text(encoding="utf-8"))
    assert about["project"]["entry-points"] == {"sakip_rules": {"ubah": "ubah"}}
    assert Path("ubah/ubah/aturan/pk_2025_perubahan.sakip").exists()


#: What a plugin may be made for, and the hook that it implements.
KINDS = [
    ("tahun", "sakip_year_rules"),
    ("pustaka", "sakip_libraries"),
    ("fungsi", "sakip_functions"),
    ("pemeriksaan", "sakip_checks"),
    ("pembaca", "sakip_readers"),
    ("kosakata", "sakip_vocabulary"),
    ("bentuk", "sakip_exporters"),
    ("perintah", "sakip_commands"),
]


def test_there_is_a_kind_for_every_hook() -> None:
    """And no other; the folders of templates are the same."""
    assert {hook for _, hook in KINDS} == set(HOOKS)
    templates = Path(scaffold.__file__).with_name("kerangka_plugin")
    assert {path.name for path in templates.iterdir() if path.is_dir()} == {kind for kind, _ in KINDS}


@pytest.mark.parametrize(("kind", "hook"), KINDS)
def test_a_new_plugin_of_each_kind_passes_its_own_test(command: Command, tmp_path: Path, kind: str, hook: str) -> None:
    """It is found with its hook and without a finding."""
    assert command("new", "plugin", "coba", "--kind", kind, "--year", "2025").code == 0
    listed = command("plugins", "--plugins-dir", "coba")
    assert (listed.code, listed.err) == (0, "")
    assert f"coba (coba/coba/__init__.py): {hook}; " in listed.out
    places_of_code = os.pathsep.join(str(path) for path in (tmp_path / "coba", ROOT, ROOT / "plugins"))
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "coba"],
        env={**os.environ, "PYTHONPATH": places_of_code, "PYTHONUTF8": "1"},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert tested.returncode == 0, tested.stdout + tested.stderr
    assert not re.search(r"@\w+@", Path("coba/tests/test_coba.py").read_text(encoding="utf-8"))


#: English words for kinds, as they are known from the hooks.
ENGLISH = ["years", "library", "function", "check", "reader", "vocabulary", "exporter", "command"]


@pytest.mark.parametrize(("word", "kind"), [(word, kind) for word, (kind, _) in zip(ENGLISH, KINDS, strict=True)])
def test_a_kind_may_be_named_in_english(command: Command, tmp_path: Path, word: str, kind: str) -> None:
    """It makes the same plugin."""
    assert command("new", "plugin", "satu/coba", "--kind", word.upper(), "--year", "2025").code == 0
    assert command("new", "plugin", "dua/coba", "--kind", kind, "--year", "2025").code == 0
    made = [{path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
            for folder in (tmp_path / "satu", tmp_path / "dua")]  # fmt: skip
    assert made[0] == made[1]


#: A name of a plugin, its kind, and whose it is already.
TAKEN = [
    ("class", "tahun", "kata kunci `Python`"),
    ("tests", "tahun", "modul `Python`"),
    ("sakip_rules", "bentuk", "modul `Python`"),
    ("test", "perintah", "perintah"),
    ("json", "bentuk", "modul `Python`"),
    ("pdf", "bentuk", "pengaya bawaan"),
    ("docx", "pembaca", "pengaya bawaan"),
    ("nasional", "pustaka", "pengaya bawaan"),
    ("bawaan", "tahun", "pengaya bawaan"),
    ("bulat", "fungsi", "fungsi"),
    ("dan", "fungsi", "kata dalam rumus"),
    ("indikator", "kosakata", "jenis blok"),
    ("validate", "perintah", "perintah"),
    ("md", "bentuk", "bentuk berkas"),
]


@pytest.mark.parametrize(("name", "kind", "whose"), TAKEN, ids=[f"{row[0]} {row[1]}" for row in TAKEN])
def test_a_name_that_is_taken_is_refused(command: Command, tmp_path: Path, name: str, kind: str, whose: str) -> None:
    """With whose it is, and a name that can be used; nothing is made."""
    outcome = command("new", "plugin", name, "--kind", kind)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"galat[A118]: `{name}` tidak dapat menjadi nama pengaya")
    assert f"karena sudah dipakai untuk {whose}\n" in outcome.err
    assert foreign(outcome.err) == set()
    assert list(tmp_path.iterdir()) == []
    assert command("new", "plugin", f"{name}_saya", "--kind", kind).code == 0


@pytest.mark.parametrize(
    ("name", "kind"), [("uji_fungsi", "fungsi"), ("a", "fungsi"), ("bulat", "perintah"), ("pengukuran", "fungsi")]
)
def test_a_new_plugin_passes_its_own_test_whatever_it_is_called(
    command: Command, tmp_path: Path, name: str, kind: str
) -> None:
    """Also by a word of its test, or by one that only other kinds of plugins cannot have."""
    assert command("new", "plugin", name, "--kind", kind).code == 0
    places_of_code = os.pathsep.join(str(path) for path in (tmp_path / name, ROOT, ROOT / "plugins"))
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", name],
        env={**os.environ, "PYTHONPATH": places_of_code, "PYTHONUTF8": "1"},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert tested.returncode == 0, tested.stdout + tested.stderr


@pytest.mark.parametrize("name", ["Ubah", "ubah-2025", "2025", "é"])
def test_a_name_that_python_cannot_use_is_refused(command: Command, tmp_path: Path, name: str) -> None:
    """Nothing is made."""
    outcome = command("new", "plugin", name)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("galat[A104]")
    assert list(tmp_path.iterdir()) == []


def test_a_plugin_that_exists_is_left_alone(command: Command, tmp_path: Path) -> None:
    """As a rule folder is."""
    write(tmp_path / "ubah", {})
    assert command("new", "plugin", "ubah").err.split(":")[0] == "galat[A103]"
    assert list((tmp_path / "ubah").iterdir()) == []


#: A shell, and a line of its script.
SHELLS = [
    ("bash", "complete -o nosort -F _sakip_rules_completion sakip-rules"),
    ("zsh", "#compdef sakip-rules"),
    ("fish", "complete --no-files --command sakip-rules"),
    ("powershell", "Register-ArgumentCompleter"),
]


@pytest.mark.parametrize(("shell", "line"), SHELLS, ids=[row[0] for row in SHELLS])
def test_each_shell_has_a_completion_script(command: Command, shell: str, line: str) -> None:
    """It is data, and so alone on standard output."""
    outcome = command("completion", shell)
    assert (outcome.code, outcome.err) == (0, "")
    assert line in outcome.out


#: What is typed, and what completes it.
COMPLETED = [
    ("", [
        "code", "completion", "diff", "evaluate", "explain", "export", "fmt", "new", "plugins", "publish", "report",
        "test", "tree", "validate", "verify",
    ]),
    ("ev", ["evaluate"]),
    ("evaluate --format ", ["table", "csv", "json", "toml"]),
    ("evaluate --period tw", ["tw1", "tw2", "tw3", "tw4"]),
    ("completion p", ["powershell"]),
    ("tree --format ", ["text", "json", "mermaid", "svg"]),
    ("validate --lang ", ["id", "en"]),
    ("new ", ["data", "plugin", "rules"]),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "offered"), COMPLETED, ids=[row[0] for row in COMPLETED])
def test_commands_options_and_choices_are_completed(typed: str, offered: list[str]) -> None:
    """As every shell asks for them."""
    from click.shell_completion import ShellComplete

    from sakip_rules.cli.commands import root

    *before, last = typed.split(" ")
    found = ShellComplete(root, {}, "sakip-rules", "_SAKIP_RULES_COMPLETE").get_completions(before, last)
    assert [item.value for item in found] == offered
