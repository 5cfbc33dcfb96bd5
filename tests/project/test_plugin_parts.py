"""What plugins bring beside rules: checks, data readers, kinds of blocks, commands; a broken one is one finding."""

from __future__ import annotations

import json
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest

from sakip_rules import Check, Project, plugins
from sakip_rules.base import codes
from sakip_rules.cache import Cache
from sakip_rules.checks import ALL
from sakip_rules.cli import run
from sakip_rules.inputs import read_inputs
from sakip_rules.model import build
from sakip_rules.model.vocabulary import CORE
from tests.running import Command, foreign, places, small, write

WORDS = """{
    "id": {"pesan": "`{name}` terlalu pendek", "saran": "panjangkan", "label": {"di_sana": "yang ini panjang"}},
    "en": {"pesan": "`{name}` is too short", "saran": "make it longer", "label": {"di_sana": "this one is long"}},
}"""
HEAD = f"""\
import click
from attrs import frozen
from fractions import Fraction
from sakip_rules import (
    Check, Code, Command, DataReader, Definition, Diagnostic, Function, Indicator, Key, Kind, Line, Quantity,
    Reference, Related, Severity, Source, Span, Table, Type, Value, hookimpl, read_csv,
)

WORDS = {WORDS}
SHORT = Code("pendek-101", Severity.WARNING, WORDS)
"""
CHECK = f"""{HEAD}
@hookimpl
def sakip_checks():
    return [Check("pendek", (SHORT,), run)]

def run(program, functions):
    every = program.own(Indicator)
    for indicator in every:
        if len(indicator.name) < 5:
            related = (Related(every[0].name_span, "di_sana"),)
            yield Diagnostic(SHORT, indicator.name_span, {{"name": indicator.name}}, related)
"""
READER = f"""{HEAD}
@hookimpl
def sakip_readers():
    return [DataReader("biner", (".bin",), read, text=False)]

def read(file, known, mark):
    return read_csv(Source(file.path, file.raw[1:].decode("utf-16")), known, mark)
"""
EXPORTER = f"""{HEAD}
from sakip_rules import Exporter

@hookimpl
def sakip_exporters():
    return [Exporter("baris", ".txt", records=written, report=files)]

def written(found):
    return str(len(found.rows)).encode()

def files(found):
    return {{f"{{found.name}}.txt": found.title.encode()}}
"""
RISK = f"""{HEAD}
@frozen(eq=False, repr=False)
class Cause(Line):
    name: str
    weight: Fraction | None = None

@frozen(eq=False, repr=False)
class Risk(Definition):
    endangers: Reference
    limit: Quantity | None = None
    causes: tuple[Cause, ...] = ()

RISK = Kind("risiko", Risk, (
    Key("mengancam", "endangers", Type.REFERENCE, required=True, refers_to=("indikator", "risiko")),
    Key("batas", "limit", Type.QUANTITY),
), tables=(Table("causes", Cause, (
    Key("sebab", "name", Type.TEXT, required=True), Key("bobot", "weight", Type.NUMBER),
)),))

@hookimpl
def sakip_vocabulary():
    return [RISK]

@hookimpl
def sakip_checks():
    return [Check("tanpa_sebab", (SHORT,), run)]

def run(program, functions):
    for risk in program.all(Risk):
        if not risk.causes:
            yield Diagnostic(SHORT, risk.name_span, {{"name": program.target(risk.endangers).name}})
"""
RISKS = """\
risiko banjir "Banjir" {
    mengancam: layanan
    batas: 5%

    | sebab | bobot |
    | hujan | 0,5   |
}

risiko lain "Lain" { mengancam: "Banjir" }
"""
COMMAND = f"""{HEAD}
HELP = {{
    "id": {{"perintah": "Menghitung indikator.", "opsi": {{"lebih": "Tambahkan ini."}}}},
    "en": {{"perintah": "Count the indicators.", "opsi": {{"lebih": "Add this."}}}},
}}

@hookimpl
def sakip_commands():
    return [Command("hitung", lambda: count, HELP)]

@click.command()
@click.argument("folder")
@click.option("--lebih", default=0)
@click.pass_obj
def count(run, folder, lebih):
    project = run.project(folder)
    click.echo(len(project.program.own(Indicator)) + lebih)
    run.say(project.rule_findings, project)
    return 1 if project.rule_findings else 0
"""
WITH = ("--plugins-dir", "pengaya")


def plugin(folder: Path, text: str, name: str = "asing") -> None:
    write(folder / "pengaya", {f"{name}.py": text})


# What the package brings.


def test_everything_of_the_package_comes_in_through_hooks() -> None:
    """Its checks, its readers, its kinds and its commands, without a finding."""
    found = plugins.find()
    found.ask_all()
    assert found.faults == []
    assert [check.name for check in found.checks] == [check.name for check in ALL]
    assert set(found.readers) == {".csv", ".toml", ".xls", ".xlsm", ".xlsx"}
    assert found.vocabulary is CORE
    assert {"validate", "new", "plugins"} <= set(found.commands)
    assert set(found.exporters) == {"csv", "docx", "html", "json", "md", "msind", "pdf", "toml", "xlsx"}


def test_a_code_of_a_plugin_can_be_none_of_the_package() -> None:
    """Now and later: the package writes a capital letter and digits."""
    assert not any(codes.PLUGIN_SHAPE.fullmatch(code.name) for code in codes.ALL)
    assert all(re.fullmatch(r"[A-Z]\d{3}", code.name) for code in codes.ALL)
    assert all(code in codes.ALL for check in ALL for code in check.codes)


# Checks.


def test_a_check_speaks_both_languages(command: Command, tmp_path: Path) -> None:
    """As text and for programs, with its place, its second place and its advice."""
    small(tmp_path / "dinas")
    plugin(tmp_path, CHECK)
    outcome = command("validate", "dinas", *WITH)
    assert (outcome.code, places(outcome.out)) == (1, ["dinas/indikator.sakip:8:11 pendek-101"])
    assert "peringatan[pendek-101]: `lama` terlalu pendek" in outcome.out
    assert "indikator.sakip:1:11: yang ini panjang\n  saran: panjangkan" in outcome.out
    english = command("validate", "dinas", *WITH, "--lang", "en")
    assert "`lama` is too short" in english.out
    (record,) = json.loads(command("validate", "dinas", *WITH, "--lang", "en", "--format", "json").out)
    assert (record["code"], record["severity"], record["message"], record["advice"]) == (
        "pendek-101", "warning", "`lama` is too short", "make it longer",
    )  # fmt: skip
    assert record["related"][0]["message"] == "this one is long"


def test_findings_of_a_check_are_kept_with_their_words(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the cache of the last run; another version of the plugin is another run."""
    monkeypatch.delenv("SAKIP_RULES_NO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    small(tmp_path / "dinas")
    plugin(tmp_path, CHECK)
    first, second = command("validate", "dinas", *WITH), command("validate", "dinas", *WITH)
    assert first == second
    assert "terlalu pendek" in second.out
    plugin(tmp_path, CHECK.replace("< 5", "< 55"))
    assert len(places(command("validate", "dinas", *WITH).out)) == 2


# Readers.


def test_a_reader_gets_bytes_and_its_files_are_found(command: Command, tmp_path: Path) -> None:
    """By its suffix, among the files whose name says that they are data; without it they are none."""
    data = "tahun;periode;nama;nilai\n2024;tahunan;layanan;80\n2024;tahunan;lama;12\n"
    small(tmp_path / "dinas")
    (tmp_path / "dinas" / "realisasi.csv").unlink()
    write(tmp_path / "dinas", {"realisasi.BIN": b"\x00" + data.encode("utf-16")})
    assert "M103" in command("evaluate", "dinas").text
    plugin(tmp_path, READER)
    outcome = command("evaluate", "dinas", *WITH)
    assert (outcome.code, outcome.err) == (0, "")
    assert "88,89" in outcome.out


def test_a_data_file_that_no_reader_reads_is_a_finding(command: Command, tmp_path: Path) -> None:
    """Where the settings name it, with what can be read."""
    small(tmp_path / "dinas")
    write(tmp_path / "dinas", {"sakip.toml": 'data = ["realisasi.csv", "tambahan.bin"]\n', "tambahan.bin": "x"})
    outcome = command("validate", "dinas")
    assert places(outcome.out) == ["dinas/sakip.toml:1:26 B111"]
    assert "(.csv, .toml, .xlsx)" in outcome.out
    assert foreign(outcome.text) == set()
    plugin(tmp_path, READER)
    assert (
        "(.bin, .csv, .toml, .xlsx)"
        in command(
            "validate", write(tmp_path / "lain", {"sakip.toml": 'data = ["a.xyz"]\n', "a.sakip": ""}).name, *WITH
        ).out
    )


# Kinds of blocks.


def test_a_kind_of_a_plugin_is_one_of_the_language(command: Command, tmp_path: Path) -> None:
    """It is read, its names are looked up, and a check is given all blocks of it."""
    small(tmp_path / "dinas")
    write(tmp_path / "dinas", {"risiko.sakip": RISKS})
    plugin(tmp_path, RISK)
    assert places(command("validate", "dinas").out) == ["dinas/risiko.sakip:1:1 T101", "dinas/risiko.sakip:9:1 T101"]
    assert places(command("validate", "dinas", *WITH).out) == ["dinas/risiko.sakip:9:8 pendek-101"]
    assert command("fmt", "--check", "dinas", *WITH).code == 0
    assert "banjir" in command("explain", "banjir", "dinas", *WITH).out


@pytest.mark.parametrize(
    ("typed", "written", "found"),
    [
        ("risiko b", "resiko b", "1:1 T101"),
        ("mengancam: l", "mengncam: l", "2:5 T102"),
        ("mengancam: layanan", "mengancam: layann", "2:16 N101"),
        ("mengancam: layanan", "mengancam: rencana", "2:16 N106"),
        ("| sebab |", "| sebb |", "5:7 T103"),
        ("5%", "lima", "3:12 T202"),
    ],
)
def test_mistakes_in_its_blocks_are_findings(
    command: Command, tmp_path: Path, typed: str, written: str, found: str
) -> None:
    """With what was likely meant."""
    small(tmp_path / "dinas")
    write(tmp_path / "dinas", {"risiko.sakip": RISKS.replace(typed, written, 1).split("\nrisiko lain")[0]})
    plugin(tmp_path, RISK)
    outcome = command("validate", "dinas", *WITH)
    assert f"dinas/risiko.sakip:{found}" in places(outcome.out)


def test_values_of_its_blocks_are_formatted_by_their_type(command: Command, tmp_path: Path) -> None:
    """As those of any block; without the plugin they are left as they stand."""
    formula = RISK.replace('Key("batas", "limit", Type.QUANTITY)', 'Key("batas", "limit", Type.RANGE)')
    write(tmp_path / "dinas", {"a.sakip": "risiko banjir { batas: >= 5% }\n"})
    plugin(tmp_path, formula)
    assert command("fmt", "--check", "dinas").code == 0
    assert command("fmt", "dinas", *WITH).code == 0
    assert Path("dinas/a.sakip").read_text(encoding="utf-8") == "risiko banjir { batas: ≥ 5% }\n"


def test_the_cache_is_kept_for_each_vocabulary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plugin's blocks are kept too, apart from what the file says without it, and for this version of it alone."""
    small(tmp_path / "dinas")
    write(tmp_path / "dinas", {"risiko.sakip": RISKS})
    write(tmp_path / "simpanan", {})
    cache = Cache(tmp_path / "simpanan")

    def kept(text: str | None) -> tuple[int, int]:
        """How many findings of the vocabulary there are, and how many entries the cache has then."""
        write(tmp_path / "pengaya", {})
        file = tmp_path / "pengaya" / "asing.py"
        if text and (not file.exists() or file.read_text(encoding="utf-8") != text):
            plugin(tmp_path, text)
        inputs = read_inputs(Path("dinas"), Path("pengaya") if text else None)
        found = Project("dinas", cache, inputs=inputs).rule_findings
        entries = len(list((tmp_path / "simpanan").iterdir()))
        return sum(item.code is codes.UNKNOWN_KIND or item.code.name == "T101" for item in found), entries

    missing, first = kept(None)
    assert (missing, kept(None)) == (2, (2, first))
    known, second = kept(RISK)
    assert (known, kept(RISK)) == (0, (0, second))
    assert second > first
    assert kept(None) == (2, second)
    known, third = kept(RISK + "# lain\n")
    assert (known, third > second) == (0, True)
    monkeypatch.setattr(build, "compile_file", lambda *given: pytest.fail("an unchanged file is not read again"))
    assert kept(RISK + "# lain\n") == (0, third)


# Commands.


def test_a_command_of_a_plugin_runs(command: Command, tmp_path: Path) -> None:
    """With the plugins of the run, wherever their folder is named, and its exit code counts."""
    small(tmp_path / "dinas")
    plugin(tmp_path, COMMAND)
    for arguments in (
        ("hitung", "dinas", *WITH),
        (*WITH, "hitung", "dinas"),
        ("hitung", "--plugins-dir=pengaya", "dinas"),
    ):
        assert command(*arguments).out == "2\n"
    assert command("hitung", "dinas", "--lebih", "3", *WITH).out == "5\n"
    assert command("hitung", "dinas").code == 2
    plugin(tmp_path, CHECK, "pendek")
    outcome = command("hitung", "dinas", *WITH)
    assert (outcome.code, places(outcome.out)) == (1, ["dinas/indikator.sakip:8:11 pendek-101"])
    assert command("hitung", "tidak_ada", *WITH).err.startswith("galat[A105]")


def test_its_folder_may_stand_in_the_environment(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a folder that is not there is misuse."""
    small(tmp_path / "dinas")
    plugin(tmp_path, COMMAND)
    monkeypatch.setenv(plugins.FOLDER_VARIABLE, "pengaya")
    assert command("hitung", "dinas").out == "2\n"
    monkeypatch.setenv(plugins.FOLDER_VARIABLE, "tidak_ada")
    assert command("validate", "dinas").err.startswith("galat[A105]")


def test_its_help_is_in_the_language_of_the_run(command: Command, tmp_path: Path) -> None:
    """Among all commands, and its own with its options and those that every command has."""
    plugin(tmp_path, COMMAND)
    listed = command(*WITH, "--help")
    assert (listed.code, listed.err) == (0, "")
    assert re.search(r"^  hitung +Menghitung indikator\.$", listed.out, re.MULTILINE)
    assert "Count the indicators." in command(*WITH, "--help", "--lang", "en").out
    own = command("hitung", "--help", *WITH, "--lang", "en").out
    assert own.startswith("Usage: sakip-rules hitung [OPTIONS] FOLDER")
    assert re.search(r"--lebih \S+ +Add this\.", own)
    assert "--plugins-dir" in own
    assert "hitung" in command(*WITH, "tidak_ada").err


def test_its_name_is_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the script of ``completion``, which asks the command itself."""
    plugin(tmp_path, COMMAND)
    monkeypatch.setenv(plugins.FOLDER_VARIABLE, "pengaya")
    monkeypatch.setenv("_SAKIP_RULES_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "sakip-rules hit")
    monkeypatch.setenv("COMP_CWORD", "1")
    with pytest.raises(SystemExit):
        run([])
    assert "plain,hitung" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("body", "code", "told", "named"),
    [
        ("    return 1 / 0", 2, "P126", "ZeroDivisionError"),
        ("    return 'selesai'", 2, "P127", "str"),
        ("    raise SystemExit(1)", 1, "", ""),
        ("    click.get_current_context().exit(1)", 1, "", ""),
        ("    return None", 0, "", ""),
        ("    raise click.UsageError('aduh')", 2, "A105", "tidak dapat dijalankan: aduh (menurut pengaya `asing`)"),
        ("    raise click.ClickException('aduh')", 2, "A105", "tidak dapat dijalankan: aduh (menurut pengaya `asing`)"),
        ("    click.get_current_context().fail('aduh')", 2, "A105", "aduh (menurut pengaya `asing`)"),
        ("    raise click.Abort", 2, "A105", "dihentikan sebelum selesai oleh pengaya `asing`"),
        ("    raise BrokenPipeError('pipa')", 2, "P126", "BrokenPipeError pipa"),
        ("    raise click.BadParameter('bukan folder')", 2, "A105", "tidak dapat dijalankan: bukan folder"),
    ],
)
def test_what_a_command_ends_with(
    command: Command, tmp_path: Path, body: str, code: int, told: str, named: str
) -> None:
    """An exit code, or one finding that names the plugin and says what it says; never a traceback."""
    plugin(tmp_path, re.sub(r"    project = .*", body, COMMAND, flags=re.DOTALL))
    outcome = command("hitung", ".", *WITH)
    assert (outcome.code, outcome.out) == (code, "")
    assert [place.split()[1] for place in places(outcome.err)] == ([told] if told else [])
    assert named in outcome.err
    assert "`asing`" in outcome.err or not told.startswith("P")


@pytest.mark.skipif(not hasattr(select, "poll"), reason="pipes cannot be asked")
def test_a_command_whose_reader_goes_ends_in_silence(tmp_path: Path) -> None:
    """It is no failure of the plugin, and no one is there to be told."""
    plugin(
        tmp_path, re.sub(r"    project = .*", "    while True:\n        click.echo('y' * 99)", COMMAND, flags=re.DOTALL)
    )
    started = [sys.executable, "-m", "sakip_rules", "hitung", ".", *WITH]
    with subprocess.Popen(started, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""


# Broken parts.

VALUE = """@hookimpl
def sakip_functions():
    return [Function("ganda", 1, 1, lambda measures: measures[0], lambda arguments: {body})]
"""
RUN = "    every = program.own(Indicator)\n"


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


#: What is wrong, the plugin, and the code of the one finding.
BROKEN: list[tuple[str, str, str]] = [
    ("a hook without its mark", changed(CHECK, "@hookimpl\n", ""), "P121"),
    ("nonsense for checks", HEAD + "@hookimpl\ndef sakip_checks():\n    return [len]\n", "P106"),
    ("nonsense for readers", HEAD + "@hookimpl\ndef sakip_readers():\n    return 7\n", "P106"),
    ("a template that is none", changed(EXPORTER, "report=files", "template=7, report=files"), "P106"),
    ("codes of a format that are none", changed(EXPORTER, "report=files", "codes=7, report=files"), "P106"),
    ("a suffix without its dot", changed(READER, '".bin"', '"bin"'), "P106"),
    ("nonsense for kinds", HEAD + "@hookimpl\ndef sakip_vocabulary():\n    return ['risiko']\n", "P106"),
    ("nonsense for commands", HEAD + "@hookimpl\ndef sakip_commands():\n    return [print]\n", "P106"),
    ("an exception for checks", HEAD + "@hookimpl\ndef sakip_checks():\n    raise KeyError('x')\n", "P105"),
    ("a code without English", changed(CHECK, '"en":', '"fr":'), "P123"),
    ("a code without advice", changed(CHECK, '"saran": "make it longer", ', ""), "P123"),
    ("a message that cannot be filled in", changed(CHECK, "`{name}` is", "`{name` is"), "P123"),
    ("a message that looks into facts", changed(CHECK, "`{name}` is", "`{name.x}` is"), "P123"),
    ("a code of the package", changed(CHECK, '"pendek-101"', '"N103"'), "P122"),
    ("a code that the package may take", changed(CHECK, '"pendek-101"', '"Z999"'), "P124"),
    ("a finding that is not declared", changed(CHECK, "(SHORT,)", "()"), "P125"),
    ("a check that fails", changed(CHECK, RUN, RUN + "    raise ValueError('x')\n"), "P126"),
    ("a check that ends everything", changed(CHECK, RUN, RUN + "    raise SystemExit(3)\n"), "P126"),
    ("a check that never ends", changed(CHECK, RUN, RUN + "    return run(program, functions), *run(program, 1)\n")
     .replace("yield Diagnostic", "Diagnostic"), "P126"),
    ("a check that finds nonsense", changed(CHECK, "yield Diagnostic(", "yield str("), "P126"),
    ("a check that finds numbers", changed(CHECK, RUN, RUN + "    yield 7\n    return\n"), "P127"),
    ("a check that gives a number", changed(CHECK, RUN, "    return 7\n").replace("yield ", ""), "P127"),
    ("a fact that is a float", changed(CHECK, "indicator.name}", "0.1}"), "P127"),
    ("a fact that no one can read", changed(CHECK, "indicator.name}", "10**5000}"), "P127"),
    ("a place that is none", changed(CHECK, "SHORT, indicator.name_span", "SHORT, 7"), "P127"),
    ("a cell that is none", changed(CHECK, "SHORT, indicator.name_span", "SHORT, Span('a', 0, 0, 7)"), "P127"),
    ("a check that gives a text", changed(CHECK, RUN, "    return 'abc'\n").replace("yield ", ""), "P127"),
    ("a code of a number", changed(CHECK, '"pendek-101"', "101"), "P106"),
    ("a code of no words", changed(CHECK, "Severity.WARNING, WORDS", "Severity.WARNING, 7"), "P106"),
    ("a kind of no keys", changed(RISK, "    return [RISK]", "    return [Kind('risiko', Risk, 7)]"), "P128"),
    ("a label that is not told", changed(CHECK, '"di_sana"),', '"di_sini"),'), "P127"),
    ("a suffix that is taken", changed(READER, '".bin"', '".csv"'), "P122"),
    ("a kind that is taken", changed(RISK, 'Kind("risiko"', 'Kind("indikator"'), "P122"),
    ("a kind that is no word", changed(RISK, 'Kind("risiko"', 'Kind("Risiko Besar"'), "P128"),
    ("a kind that fills nothing", changed(RISK, '"limit", Type', '"ceiling", Type'), "P128"),
    ("a kind that may stay empty", changed(RISK, "REFERENCE, required=True", "REFERENCE"), "P128"),
    ("a kind that names no kind", changed(RISK, '("indikator", "risiko")', '("indikatr",)'), "P128"),
    ("a kind of no record", changed(RISK, 'Kind("risiko", Risk', 'Kind("risiko", dict'), "P128"),
    ("a kind with a table of nothing", changed(RISK, '"causes", Cause', '"causes", Risk'), "P128"),
    ("a kind whose type is a word", changed(RISK, "Type.QUANTITY", '"besaran"'), "P128"),
    ("a command that is taken", changed(COMMAND, '"hitung"', '"validate"'), "P122"),
    ("a command without English", changed(COMMAND, '"en": {"perintah"', '"fr": {"perintah"'), "P123"),
    ("a command without help of an option", changed(COMMAND, '"lebih": "Add', '"kurang": "Add'), "P123"),
    ("a command that is no command", changed(COMMAND, "lambda: count", "lambda: 7"), "P127"),
    ("a command that cannot be loaded", changed(COMMAND, "lambda: count", "lambda: 1 / 0"), "P126"),
    ("a reader that fails", changed(READER, "file.raw[1:]", "file.raw[0]"), "P126"),
    ("a reader that gives one thing", changed(READER, "    return read_csv", "    return 7\n    read_csv"), "P126"),
    ("a reader that gives nonsense",
     changed(READER, "    return read_csv", "    return [7], []\n    read_csv"), "P127"),
    ("nonsense for formats", HEAD + "@hookimpl\ndef sakip_exporters():\n    return {'a': 1}\n", "P106"),
    ("a format that writes nothing", changed(EXPORTER, ", records=written, report=files", ""), "P106"),
    ("a format that is no word", changed(EXPORTER, '"baris"', '"Baris Teks"'), "P106"),
    ("a format that may be annotated", changed(EXPORTER, "report=files", 'report=files, annotated="ya"'), "P106"),
    ("a format that is taken", changed(EXPORTER, '"baris"', '"csv"'), "P122"),
    ("a function of no unit", HEAD + VALUE.replace("measures[0]", "1 / 0"), "P126"),
    ("a function of a nonsensical unit", HEAD + VALUE.replace("measures[0]", "'orang'"), "P127"),
    ("a function that fails", HEAD + VALUE.replace("{body}", "1 / 0"), "P126"),
    ("a function that gives a number", HEAD + VALUE.replace("{body}", "7"), "P127"),
    ("a function that gives a float", HEAD + VALUE.replace("{body}", "Value(0.5)"), "P127"),
    ("a function that gives nothing", HEAD + VALUE.replace("{body}", "Value(None)"), "P127"),
]  # fmt: skip

DATA = "tahun;periode;nama;nilai\n2024;tahunan;layanan;80\n2024;tahunan;lama;12\n"


@pytest.mark.parametrize(("text", "code"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_part_is_one_finding_and_the_rest_goes_on(
    command: Command, tmp_path: Path, text: str, code: str
) -> None:
    """Which names the plugin, in both languages; the figures that need nothing of it stay."""
    text = text.replace("{body}", "arguments[0]")
    small(tmp_path / "dinas")
    write(tmp_path / "dinas", {"realisasi.bin": b"\x00" + "tahun;nama;nilai\n".encode("utf-16")})
    if "ganda" in text:
        added = 'indikator luar "L" {\n    satuan: orang\n    rumus: ganda(v)\n}\n\nvariabel v "V" { satuan: orang }\n'
        rows = "    | 3     | s1      | luar      | 3      | 3   | 3   |\n}"
        pk = (tmp_path / "dinas" / "pk.sakip").read_text(encoding="utf-8").rstrip().removesuffix("}")
        write(tmp_path / "dinas", {"luar.sakip": added, "pk.sakip": pk + rows + "\n"})
        write(tmp_path / "dinas", {"realisasi.csv": DATA + "2024;tahunan;v;3\n"})
    plugin(tmp_path, text)
    for language, named in (("id", "pengaya `asing`"), ("en", "plugin `asing`")):
        lines = []
        for words in (("validate", "dinas"), ("plugins",)):
            lines += command(*words, *WITH, "--lang", language).text.splitlines()
        told = {line for line in lines if re.search(r"\[P\d+\]", line)}
        assert len(told) == 1, told
        (line,) = told
        assert f"[{code}]" in line
        assert named in line
    evaluated = command("evaluate", "dinas", *WITH)
    assert "88,89" in evaluated.out
    assert "A109" not in evaluated.text


@pytest.mark.parametrize("number", ["Fraction(10**5000 + 1, 3)", "Fraction(1, 10**5000)", "Fraction(-(10**5000))"])
def test_a_number_of_a_function_that_is_too_large_stops_its_figure(
    command: Command, tmp_path: Path, number: str
) -> None:
    """As one that a formula gives, and for the figure alone."""
    small(tmp_path / "dinas")
    rules = 'indikator ganda_layanan "G" {\n    satuan: persen\n    arah: naik\n    rumus: ganda(layanan)\n}\n'
    pk = (tmp_path / "dinas" / "pk.sakip").read_text(encoding="utf-8").rstrip().removesuffix("}")
    rows = "    | 3     | s1      | ganda_layanan | 3      | 3   | 3   |\n}\n"
    write(tmp_path / "dinas", {"luar.sakip": rules, "pk.sakip": pk + rows})
    plugin(tmp_path, HEAD + VALUE.replace("{body}", f"Value({number}, arguments[0].measure)"))
    for words in (("evaluate", "dinas"), ("validate", "dinas"), ("evaluate", "dinas", "--format", "json")):
        found = command(*words, *WITH)
        assert (found.code, "[M107]" in found.text, "[A109]" in found.text) == (1, True, False)
    assert "88,89" in command("evaluate", "dinas", *WITH).out


def test_a_code_that_another_plugin_has_is_its_own(command: Command, tmp_path: Path) -> None:
    """The first keeps it, and the check of the second is left out."""
    small(tmp_path / "dinas")
    plugin(tmp_path, CHECK, "satu")
    plugin(tmp_path, CHECK, "dua")
    outcome = command("validate", "dinas", *WITH)
    assert places(outcome.out) == ["- P122", "dinas/indikator.sakip:8:11 pendek-101"]
    assert "pengaya `satu` sudah dipakai pengaya `dua`" in outcome.out


def test_kinds_of_a_plugin_may_name_each_other(command: Command, tmp_path: Path) -> None:
    """In any order, also those of another plugin."""
    text = RISK.replace("return [RISK]", "return [Kind('musibah', Risk, (Key('mengancam', 'endangers', "
                        "Type.REFERENCE, required=True, refers_to=('risiko',)),)), RISK]")  # fmt: skip
    small(tmp_path / "dinas")
    write(tmp_path / "dinas", {"risiko.sakip": RISKS + "\nmusibah m { mengancam: banjir }\n"})
    plugin(tmp_path, text)
    found = places(command("validate", "dinas", *WITH).out)
    assert [place.split()[1] for place in found] == ["pendek-101", "pendek-101"]


def test_the_time_of_parts_is_the_time_of_their_plugin(tmp_path: Path) -> None:
    """What its checks take is added to what it took to load."""
    small(tmp_path / "dinas")
    plugin(tmp_path, CHECK.replace(RUN, f"    import time; time.sleep(0.05)\n{RUN}"))
    inputs = read_inputs(Path("dinas"), Path("pengaya"))
    before = {item.name: item.seconds for item in inputs.plugins.installed}
    _ = Project("dinas", Cache(None), inputs=inputs).rule_findings
    after = {item.name: item.seconds for item in inputs.plugins.installed}
    assert after["asing"] - before["asing"] > 0.04
    assert after["bawaan"] > before["bawaan"]


def test_plugins_of_a_folder_are_listed_with_the_time_of_their_parts(command: Command, tmp_path: Path) -> None:
    """After the folder has been checked; what fails then is told."""
    small(tmp_path / "dinas")
    plugin(tmp_path, CHECK.replace(RUN, f"    import time; time.sleep(0.2)\n{RUN}"))

    def seconds(*words: str) -> float:
        listed = json.loads(command("plugins", *words, *WITH, "--format", "json").out)
        return next(float(item["seconds"]) for item in listed if item["name"] == "asing")

    assert seconds() < 0.2 < seconds("dinas")
    plugin(tmp_path, CHECK.replace(RUN, "    1 / 0\n"))
    assert (command("plugins", *WITH).code, places(command("plugins", "dinas", *WITH).err)) == (0, ["- P126"])
    assert command("plugins", "tidak_ada").code == 2


def test_a_check_is_made_for_python(tmp_path: Path) -> None:
    """And runs by itself."""
    check = Check("kosong", (), lambda program, functions: ())
    assert list(check.run(Project(small(tmp_path / "dinas"), Cache(None)).program, {})) == []


# Formats.

REPORT = """\
laporan lkjip "Laporan 2024" {
    tahun: 2024
    tabel capaian "Capaian" {
        baris: indikator
        | kolom   | judul   |
        | capaian | Capaian |
    }
}
"""


def test_a_format_of_a_plugin_is_written_and_completed(command: Command, tmp_path: Path) -> None:
    """Figures and reports, by the name that it gives."""
    small(tmp_path / "dinas", laporan=REPORT)
    plugin(tmp_path, EXPORTER)
    more = ("--plugins-dir", "pengaya")
    assert command("evaluate", "dinas", "--format", "baris", *more).out.strip().isdigit()
    assert command("export", "dinas", "--to", "baris", "--output", "hasil", *more).code == 0
    assert (tmp_path / "hasil" / "lkjip.txt").read_bytes() == b"Laporan 2024"


#: What is wrong with the files that a format gives, and the code of the finding.
UNFIT = [
    ("1 / 0", "P126"),
    ("[]", "P127"),
    ("{'a.txt': 'teks'}", "P127"),
    ("{'../a.txt': b''}", "P127"),
    ("{'/a.txt': b''}", "P127"),
    ("{'a\\\\b.txt': b''}", "P127"),
    ("{'C:a.txt': b''}", "P127"),
    ("{'.a': b''}", "P127"),
    ("{'': b''}", "P127"),
    ("{7: b''}", "P127"),
    ("{}", "P127"),
    ("iter([('lkjip.txt', b'')])", "P127"),
    ("{'CON.txt': b''}", "P127"),
    ("{'lkjip_2023.txt': b''}", "P127"),
    ("{'lkjipevil.txt': b''}", "P127"),
    ("{'lkjip.txt.': b''}", "P127"),
    ("{'lkjip.a': b'', 'lkjip.A': b''}", "P127"),
    ("found.explanations.clear() or {'lkjip.txt': b''}", "P126"),
]


@pytest.mark.parametrize(("given", "code"), UNFIT, ids=[row[0] for row in UNFIT])
def test_a_format_that_fails_is_one_finding_and_the_others_go_on(
    command: Command, tmp_path: Path, given: str, code: str
) -> None:
    """Nothing of it is written, and nothing outside the folder."""
    small(tmp_path / "dinas", laporan=REPORT)
    plugin(tmp_path, changed(EXPORTER, '{f"{found.name}.txt": found.title.encode()}', given))
    found = command("export", "dinas", "--to", "baris,md", "--output", "hasil", "--plugins-dir", "pengaya")
    assert (found.code, places(found.err)) == (1, [f"- {code}"])
    assert "bentuk berkas `baris` dari pengaya `asing`" in found.err
    assert [path.name for path in (tmp_path / "hasil").iterdir()] == ["lkjip.md"]
    assert not list(tmp_path.glob("*.txt"))


NAMES = [
    ("{}", "keliru: tidak ada satu berkas pun"),
    ("{'CON.txt': b''}", "keliru: CON.txt, namanya tidak diawali nama laporan dan titik"),
    ("{'lkjip.a:b': b''}", "keliru: lkjip.a:b, namanya tidak dapat dipakai di semua sistem"),
    ("{'lkjip.a': b'', 'lkjip.A': b''}", "keliru: lkjip.A, lkjip.a, di sebagian sistem ini satu berkas"),
]


@pytest.mark.parametrize(("given", "told"), NAMES, ids=[row[0] for row in NAMES])
def test_what_is_wrong_with_the_name_of_a_file_is_told(command: Command, tmp_path: Path, given: str, told: str) -> None:
    small(tmp_path / "dinas", laporan=REPORT)
    plugin(tmp_path, changed(EXPORTER, '{f"{found.name}.txt": found.title.encode()}', given))
    found = command("export", "dinas", "--to", "baris", "--output", "hasil", *WITH)
    assert told in found.err
    assert foreign(found.err) == set()


def test_a_name_that_is_too_long_for_the_system_is_one_finding(command: Command, tmp_path: Path) -> None:
    """It names the file and says why; the other formats are written, and one whose name just fits, too."""
    small(tmp_path / "dinas", laporan=REPORT)
    given = "{'lkjip.' + 'a' * 300 + '.txt': b'', 'lkjip.' + 'a' * 240 + '.txt': b''}"
    plugin(tmp_path, changed(EXPORTER, '{f"{found.name}.txt": found.title.encode()}', given))
    found = command("export", "dinas", "--to", "baris,md", "--output", "hasil", *WITH)
    assert (found.code, places(found.err)) == (1, [f"hasil/lkjip.{'a' * 300}.txt A108"])
    assert "namanya terlalu panjang" in found.err
    assert sorted(path.name for path in (tmp_path / "hasil").iterdir()) == [f"lkjip.{'a' * 240}.txt", "lkjip.md"]
    published = command("publish", "dinas", "--to", "baris,md", "--output", "terbit", *WITH)
    assert places(published.out) == [f"terbit/lkjip.{'a' * 300}.txt A108"]
    assert not (tmp_path / "terbit").exists()


def test_a_report_without_tables_is_its_title_in_csv(command: Command, tmp_path: Path) -> None:
    """Every format writes something of every report."""
    small(tmp_path / "dinas", laporan='laporan lkjip "=Judul" { tahun: 2024 }\n')
    found = command("export", "dinas", "--to", "csv", "--output", "hasil")
    assert (found.code, found.err) == (0, "Ditulis: hasil/lkjip.csv\n")
    assert (tmp_path / "hasil" / "lkjip.csv").read_text(encoding="utf-8-sig") == "'=Judul\n"


#: A format that refuses to write, with the finding that it declares.
REFUSING = (
    changed(
        changed(EXPORTER, "import Exporter\n", "import Exporter, RefusedError\n"),
        "report=files)",
        "report=refuse, template=into, codes=(SHORT,))",
    )
    + """
def refuse(found):
    raise RefusedError(Diagnostic(SHORT, None, {"name": found.name}), Diagnostic(SHORT, None, {"name": "lain"}))

def into(found, template):
    return {f"{found.name}.txt": template.name.encode() + template.content}
"""
)
REFUSALS = [
    (REFUSING, ["- pendek-101", "- pendek-101"]),
    (changed(REFUSING, "codes=(SHORT,)", "codes=()"), ["- P127"]),
    (changed(REFUSING, 'Diagnostic(SHORT, None, {"name": found.name}), ', ""), ["- pendek-101"]),
    (changed(REFUSING, "raise RefusedError(", "raise RefusedError() or ("), ["- P127"]),
]


@pytest.mark.parametrize(("code", "told"), REFUSALS, ids=["all", "undeclared", "one", "without a finding"])
def test_a_format_may_refuse_with_findings_that_it_declares(
    command: Command, tmp_path: Path, code: str, told: list[str]
) -> None:
    """In its own words; the others go on."""
    small(tmp_path / "dinas", laporan=REPORT)
    plugin(tmp_path, code)
    found = command("export", "dinas", "--to", "baris,md", "--output", "hasil", "--plugins-dir", "pengaya")
    assert (found.code, places(found.err)) == (1, told)
    assert [path.name for path in (tmp_path / "hasil").iterdir()] == ["lkjip.md"]


def test_a_format_may_refuse_figures_too(command: Command, tmp_path: Path) -> None:
    small(tmp_path / "dinas")
    plugin(
        tmp_path,
        changed(REFUSING, "records=written", "records=lambda found: refuse(Indicator)").replace("found.name", "'x'"),
    )
    found = command("evaluate", "dinas", "--format", "baris", "--plugins-dir", "pengaya")
    assert (found.code, found.out, places(found.err)) == (1, "", ["- pendek-101", "- pendek-101"])


def test_a_format_gets_the_template_that_the_folder_names(command: Command, tmp_path: Path) -> None:
    """Its name and its bytes; without the plugin no format uses it."""
    small(tmp_path / "dinas", laporan=REPORT)
    write(tmp_path / "dinas", {"sakip.toml": '[templat]\nbaris = "kop.bin"\n', "kop.bin": b"\x00\xff"})
    plugin(tmp_path, REFUSING)
    found = command("export", "dinas", "--to", "baris", "--output", "hasil", "--plugins-dir", "pengaya")
    assert (found.code, (tmp_path / "hasil" / "lkjip.txt").read_bytes()) == (0, b"dinas/kop.bin\x00\xff")
    assert places(command("export", "dinas", "--to", "md").err) == ["dinas/sakip.toml:2:1 B112"]


def test_a_format_that_fails_to_write_figures_is_one_finding(command: Command, tmp_path: Path) -> None:
    small(tmp_path / "dinas")
    plugin(tmp_path, changed(EXPORTER, "str(len(found.rows)).encode()", "str(len(found.rows))"))
    found = command("evaluate", "dinas", "--format", "baris", "--plugins-dir", "pengaya")
    assert (found.code, found.out, places(found.err)) == (1, "", ["- P127"])


# Formats that a broken plugin would have brought.

GONE: list[tuple[str, str]] = [
    ("P105", EXPORTER.replace("return [Exporter", "1 / 0\n    return [Exporter")),
    ("P106", EXPORTER.replace("return [Exporter", "return 7, [Exporter")),
    ("P121", EXPORTER.replace("@hookimpl\n", "")),
    ("P104", EXPORTER.replace("sakip_exporters", "sakip_exporter")),
    ("P103", EXPORTER.replace("sakip_exporters()", "sakip_exporters(found)")),
    ("P102", EXPORTER + "\n1 / 0\n"),
]
LETTER = 'laporan lkjip "L" {\n    tahun: 2024\n    tabel t "T" {\n        baris: indikator\n' + (
    "        | kolom   | judul   |\n        | capaian | Capaian |\n    }\n}\n"
)


@pytest.mark.parametrize(("code", "text"), GONE, ids=[row[0] for row in GONE])
def test_a_format_that_a_broken_plugin_brings_is_told_and_the_others_are_written(
    command: Command, tmp_path: Path, code: str, text: str
) -> None:
    """The finding about the plugin stands before that of the format; figures and reports alike."""
    plugin(tmp_path, text)
    write(small(tmp_path / "dinas"), {"laporan.sakip": LETTER})
    exported = command("export", "dinas", "--to", "baris,json", "--output", "hasil", *WITH)
    assert (exported.code, places(exported.err)) == (1, [f"- {code}", "- A117"])
    assert "bentuk `baris` tidak tersedia" in exported.err
    assert foreign(re.sub(r"P10[235].*", "", exported.err)) <= {"int", "tuple", "list"}
    assert [path.name for path in (tmp_path / "hasil").iterdir()] == ["lkjip.json"]
    evaluated = command("evaluate", "dinas", "--format", "baris", *WITH, "--lang", "en")
    assert (evaluated.code, evaluated.out, places(evaluated.err)) == (1, "", [f"- {code}", "- A117"])
    published = command("publish", "dinas", "--to", "baris,json", *WITH)
    assert (published.code, places(published.out)) == (1, [f"- {code}", "- A117"])


def test_a_form_that_a_broken_plugin_brings_is_told(command: Command, tmp_path: Path) -> None:
    """Before it is said that nothing writes one of that ending."""
    plugin(tmp_path, GONE[0][1])
    small(tmp_path / "dinas")
    outcome = command("new", "data", "dinas", "--output", "isian.baris", *WITH)
    assert (outcome.code, places(outcome.err)) == (2, ["- P105", "- A116"])


def test_a_format_that_no_plugin_could_have_brought_is_misuse(command: Command, tmp_path: Path) -> None:
    """As long as all plugins are sound."""
    plugin(tmp_path, EXPORTER)
    write(small(tmp_path / "dinas"), {"laporan.sakip": LETTER})
    for arguments in (("export", "dinas", "--to", "bris,json"), ("evaluate", "dinas", "--format", "bris")):
        outcome = command(*arguments, *WITH)
        assert (outcome.code, places(outcome.err)) == (2, ["- A105"])


# Facts of findings.

#: What is left out of a finding whose words need it, and the fact that the finding about it names.
HOLES: list[tuple[str, str, str, str]] = [
    ("the message", '{"name": indicator.name}', "{}", "{name}"),
    ("the advice", '"saran": "panjangkan"', '"saran": "panjangkan {batas}"', "{batas}"),
    ("the advice in English", '"saran": "make it longer"', '"saran": "make it {longer}"', "{longer}"),
    ("a second place", '"yang ini panjang"', '"panjang seperti {other}"', "{other}"),
]


@pytest.mark.parametrize(("old", "new", "fact"), [row[1:] for row in HOLES], ids=[row[0] for row in HOLES])
def test_a_finding_without_a_fact_of_its_words_is_a_finding_about_the_plugin(
    command: Command, tmp_path: Path, old: str, new: str, fact: str
) -> None:
    """It names the plugin, its code and the fact, instead of a sentence with a hole."""
    small(tmp_path / "dinas")
    plugin(tmp_path, changed(CHECK, old, new))
    found = command("validate", "dinas", *WITH)
    assert places(found.out) == ["- P127"]
    told = f"`pendek` dari pengaya `asing` memberi jawaban yang keliru: pendek-101, {fact}, faktanya tidak diberikan"
    assert told in found.out


def test_advice_that_is_not_shown_needs_no_facts(command: Command, tmp_path: Path) -> None:
    """That for a near name, where none is near; and what is near needs no fact of its own."""
    small(tmp_path / "dinas")
    plugin(tmp_path, changed(CHECK, '"saran": "panjangkan"', '"saran": "ubah{near}", "saran_dekat": "{near} {lain}"'))
    assert places(command("validate", "dinas", *WITH).out) == ["dinas/indikator.sakip:8:11 pendek-101"]


# What plugins are given.

#: What a check or reader tries to change.
CHANGES = [
    "functions.clear()",
    "program.links.clear()",
    "program.units.measures.clear()",
    "program.vocabulary.kinds.clear()",
    "program.layers[0].names.clear()",
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_check_cannot_change_what_it_is_given(command: Command, tmp_path: Path, change: str) -> None:
    """It fails, and all others and the figures go on as without it."""
    small(tmp_path / "dinas")
    without = command("evaluate", "dinas").out
    plugin(tmp_path, changed(CHECK, RUN, f"    {change}\n{RUN}"))
    found = command("validate", "dinas", *WITH)
    assert places(found.out) == ["- P126"]
    assert "AttributeError" in found.out
    assert command("evaluate", "dinas", *WITH).out == without


@pytest.mark.parametrize("change", ["known.units.clear()", "known.labels.clear()"])
def test_a_reader_cannot_change_what_it_is_given(command: Command, tmp_path: Path, change: str) -> None:
    """What names there are is the same for the next file."""
    write(small(tmp_path / "dinas"), {"realisasi_lain.bin": b""})
    plugin(tmp_path, changed(READER, "    return read_csv", f"    {change}\n    return read_csv"))
    assert places(command("validate", "dinas", *WITH).out) == ["- P126"]


# Words that a plugin gives twice.

KEYS = '    Key("batas", "limit", Type.QUANTITY),\n'
#: What is given twice, the plugin, the code of the one finding, and what it names.
DOUBLE: list[tuple[str, str, str, str]] = [
    ("a format", changed(EXPORTER, "report=files)", "report=files), Exporter('baris', '.b', report=files)"),
     "P122", "bentuk berkas `baris`"),
    ("a function", HEAD + changed(VALUE, "[Function", "2 * [Function").replace("{body}", "7"),
     "P122", "fungsi `ganda`"),
    ("a function that no formula can name", HEAD + changed(VALUE, '"ganda"', '"gan da"').replace("{body}", "7"),
     "P106", "`sakip_functions`"),
    ("a function that a formula reads otherwise", HEAD + changed(VALUE, '"ganda"', '"Dan"').replace("{body}", "7"),
     "P106", "`sakip_functions`"),
    ("a function with other words for numbers", HEAD + changed(VALUE, "1, 1,", "'1', 1,").replace("{body}", "7"),
     "P106", "`sakip_functions`"),
    ("a suffix", changed(READER, "text=False)]", "text=False)] * 2"), "P122", "pembaca data `.bin`"),
    ("a kind", changed(RISK, "return [RISK]", "return [RISK, RISK]"), "P122", "jenis blok `risiko`"),
    ("a key", changed(RISK, KEYS, 2 * KEYS), "P128", "karena `batas`"),
    ("an attribute", changed(RISK, KEYS, KEYS + KEYS.replace("batas", "sempadan")), "P128", "karena `limit`"),
    ("a command", changed(COMMAND, "HELP)]", "HELP)] * 2"), "P122", "perintah `hitung`"),
    ("a code of another severity",
     changed(CHECK, "run)]", "run), Check('b', (Code('pendek-101', Severity.ERROR, WORDS),), print)]"),
     "P122", "kode `pendek-101`"),
    ("a code of other words",
     changed(CHECK, "run)]", "run), Check('b', (Code('pendek-101', Severity.WARNING, {}),), print)]"),
     "P122", "kode `pendek-101`"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "named"), [row[1:] for row in DOUBLE], ids=[row[0] for row in DOUBLE])
def test_what_a_plugin_gives_twice_is_a_finding(
    command: Command, tmp_path: Path, text: str, code: str, named: str
) -> None:
    """What it gave first stays, as between two plugins."""
    plugin(tmp_path, text)
    listed = command("plugins", *WITH)
    assert (listed.code, places(listed.err)) == (1, [f"- {code}"])
    assert named in listed.err
    assert "`asing`" in listed.err


def test_two_checks_may_declare_the_same_code(command: Command, tmp_path: Path) -> None:
    """As long as it is the same."""
    plugin(tmp_path, changed(CHECK, "run)]", "run), Check('b', (Code('pendek-101', Severity.WARNING, WORDS),), run)]"))
    assert (command("plugins", *WITH).code, command("plugins", *WITH).err) == (0, "")
