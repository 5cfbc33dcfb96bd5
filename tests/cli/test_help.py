"""Help and complaints: in the reader's language throughout, and the language of one run never that of the next."""

from __future__ import annotations

import re

import pytest

from tests.running import MAGETAN, Command, foreign

COMMANDS = [
    (),
    ("validate",),
    ("evaluate",),
    ("explain",),
    ("test",),
    ("tree",),
    ("fmt",),
    ("new",),
    ("new", "rules"),
    ("new", "plugin"),
    ("new", "data"),
    ("plugins",),
    ("completion",),
    ("diff",),
    ("code",),
    ("publish",),
    ("verify",),
]
#: Words of the Indonesian help that no English reader should meet.
INDONESIAN = re.compile(
    r"\b(pemakaian|opsi|perintah|tampilkan|bahasa|tahun|tanggal|berkas|dan|atau|yang|tidak)\b", re.I
)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_indonesian_help_holds_no_english_word(command: Command, words: tuple[str, ...]) -> None:
    """Neither "Usage" nor "Options" nor "Show this message"; every option says what it is for."""
    outcome = command(*words, "--help")
    shown = re.sub(
        r"text\|json(\|mermaid\|svg)?|text\|markdown\|json|table\|csv\|json\|toml|sakip-rules", "", outcome.out
    )
    for name in (
        "diff",
        "validate",
        "evaluate",
        "explain",
        "test",
        "fmt",
        "new",
        "rules",
        "plugin",
        "data",
        "plugins",
        "completion",
        "tree",
        "code",
        "publish",
        "verify",
    ):
        shown = shown.replace(f" {name} ", " ")
    assert (outcome.code, outcome.err) == (0, "")
    assert foreign(shown) == set()
    assert outcome.out.startswith("Pemakaian: sakip-rules")
    assert not re.search(r"^  (--\S+|\[?[A-Z_]+\]?)\s*$", outcome.out, re.MULTILINE)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_english_help_holds_no_indonesian_word(command: Command, words: tuple[str, ...]) -> None:
    """The language is known before the help is."""
    outcome = command(*words, "--help", "--lang", "en")
    if not words:
        outcome = command("--lang", "en", "--help")
    shown = re.sub(
        r"SAKIP_RULES_LANG|\(SAKIP\)|`keseluruhan`|\"31\s+Oktober\s+2024\"|tahunan\||tahun\|pustaka[\w|\s]+perintah",
        "",
        outcome.out,
    )
    assert (outcome.code, outcome.err) == (0, "")
    assert INDONESIAN.findall(shown) == []
    assert outcome.out.startswith("Usage: sakip-rules")


def test_every_command_is_listed(command: Command) -> None:
    """With a line on what it does."""
    listed = re.findall(r"^  (\w+) +\S", command("--help").out.split("Perintah:")[1], re.MULTILINE)
    assert listed == [
        "code", "completion", "diff", "evaluate", "explain", "export", "fmt", "new", "plugins", "publish", "report",
        "test", "tree", "validate", "verify",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "environment", "first"),
    [
        ((), None, "Tidak"),
        (("--lang", "en"), None, "No"),
        (("--lang=en",), None, "No"),
        (("--lang", "EN"), None, "No"),
        ((), "en", "No"),
        ((), "EN", "No"),
        ((), "fr", "Tidak"),
        (("--lang", "id"), "en", "Tidak"),
    ],
)
def test_the_language_is_asked_for(
    command: Command, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], environment: str | None, first: str
) -> None:
    """By an option, by the environment, Indonesian else; in capital letters too."""
    if environment:
        monkeypatch.setenv("SAKIP_RULES_LANG", environment)
    open("a.sakip", "w").close()
    assert command("validate", *arguments).err.split()[0] == first


def test_one_run_leaves_no_language_behind(command: Command) -> None:
    """Not the one of its help either."""
    assert command("fmt", "--help", "--lang", "en").out.startswith("Usage")
    assert command("fmt", "--help").out.startswith("Pemakaian")


#: The arguments, and what is said of them in Indonesian and in English, with the command whose help is offered.
MISUSED: list[tuple[str, str, str, str]] = [
    ("validate --yeer 2024", "opsi `--yeer` tidak dikenal (mungkin maksudnya --year)",
     "there is no option `--yeer` (perhaps --year)", "sakip-rules validate"),
    ("--bogus", "opsi `--bogus` tidak dikenal", "there is no option `--bogus`", "sakip-rules"),
    ("explain", "`NAMA` belum ditulis", "`NAME` is not given", "sakip-rules explain"),
    ("fmt", "`BERKAS_ATAU_FOLDER` belum ditulis", "`FILE_OR_FOLDER` is not given", "sakip-rules fmt"),
    ("new rules", "`NAMA` belum ditulis", "`NAME` is not given", "sakip-rules new rules"),
    ("completion", "`bash|zsh|fish|powershell` belum ditulis", "`bash|zsh|fish|powershell` is not given",
     "sakip-rules completion"),
    ("evaluate --as-of kemarin", '`kemarin` bukan tanggal; tulis seperti "31 Oktober 2024" atau 2024-10-31',
     '`kemarin` is not a date; write it like "31 Oktober 2024" or 2024-10-31', "sakip-rules evaluate"),
    ("evaluate --as-of 2024-02-30", '`2024-02-30` bukan tanggal; tulis seperti "31 Oktober 2024" atau 2024-10-31',
     '`2024-02-30` is not a date; write it like "31 Oktober 2024" or 2024-10-31', "sakip-rules evaluate"),
    ("evaluate --year 20x4", "`20x4` bukan tahun; tulis empat angka seperti 2024",
     "`20x4` is not a year; write four digits like 2024", "sakip-rules evaluate"),
    ("validate --year 24", "`24` bukan tahun; tulis empat angka seperti 2024",
     "`24` is not a year; write four digits like 2024", "sakip-rules validate"),
    ("validate tidak_ada", "folder `tidak_ada` tidak ada", "there is no folder `tidak_ada`", "sakip-rules validate"),
    ("fmt tidak_ada", "`tidak_ada` tidak ada", "there is no `tidak_ada`", "sakip-rules fmt"),
    ("periksa",
     "perintah `periksa` tidak ada; pilihannya: "
     "code, completion, diff, evaluate, explain, export, fmt, new, plugins, publish, report, test, tree, validate, "
     "verify",
     "there is no command `periksa`; choose from: "
     "code, completion, diff, evaluate, explain, export, fmt, new, plugins, publish, report, test, tree, validate, "
     "verify",
     "sakip-rules"),
    ("new folder", "perintah `folder` tidak ada; pilihannya: data, plugin, rules",
     "there is no command `folder`; choose from: data, plugin, rules", "sakip-rules new"),
    ("evaluate --period tw9", "`tw9` bukan pilihan; pilihannya: tahunan, tw1, tw2, tw3, tw4",
     "`tw9` is not a choice; choose from: tahunan, tw1, tw2, tw3, tw4", "sakip-rules evaluate"),
    ("completion tcsh", "`tcsh` bukan pilihan; pilihannya: bash, zsh, fish, powershell",
     "`tcsh` is not a choice; choose from: bash, zsh, fish, powershell", "sakip-rules completion"),
    ("validate . lebih", "ada kata yang tidak dikenal di belakang perintah",
     "there is an unknown word behind the command", "sakip-rules validate"),
    ("evaluate --year", "opsi `--year` kekurangan atau kelebihan nilai",
     "the option `--year` has a value too few or too many", "sakip-rules evaluate"),
    ("fmt --check=ya .", "opsi `--check` kekurangan atau kelebihan nilai",
     "the option `--check` has a value too few or too many", "sakip-rules fmt"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "indonesian", "english", "offered"), MISUSED, ids=[row[0] for row in MISUSED])
def test_misuse_is_told_in_both_languages(
    command: Command, monkeypatch: pytest.MonkeyPatch, call: str, indonesian: str, english: str, offered: str
) -> None:
    """With the exit code 2, nothing on standard output, and the help that tells more."""
    told = command(*call.split())
    monkeypatch.setenv("SAKIP_RULES_LANG", "en")
    told_in_english = command(*call.split())
    assert (told.code, told.out) == (told_in_english.code, told_in_english.out) == (2, "")
    assert told.err == (
        f"galat[A105]: perintah ini tidak dapat dijalankan: {indonesian}\n"
        f"  saran: lihat pemakaian yang benar dengan `{offered} --help`\n"
    )
    assert told_in_english.err == (
        f"error[A105]: this command cannot be run: {english}\n  help: see how it is used with `{offered} --help`\n"
    )


@pytest.mark.parametrize("words", [(), ("new",)], ids=str)
def test_without_a_command_the_help_is_shown(command: Command, words: tuple[str, ...]) -> None:
    """It is misuse, and so no data."""
    outcome = command(*words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("Pemakaian: ")


def test_an_unknown_language_is_a_complaint(command: Command) -> None:
    """In Indonesian, for want of another."""
    assert "`fr` bukan pilihan; pilihannya: id, en" in command("validate", MAGETAN, "--lang", "fr").err
