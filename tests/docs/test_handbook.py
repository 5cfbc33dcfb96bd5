"""rules/README.md: every rule snippet can be read, every word of the language is explained, every command runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from sakip_plugins.data_xlsx.codes import ALL as WORKBOOK_CODES

from sakip_rules import files
from sakip_rules.base import codes
from sakip_rules.base.numbers import RoundingMode
from sakip_rules.base.source import Source
from sakip_rules.cli.commands import root
from sakip_rules.cli.commands.making import new
from sakip_rules.engine.data import COLUMNS, REQUIRED
from sakip_rules.engine.functions import BUILT_IN
from sakip_rules.model.build import compile_file
from sakip_rules.model.claims import BY_THINGS
from sakip_rules.model.things import THINGS, Attribute
from sakip_rules.model.values import Quarter, Status
from sakip_rules.model.vocabulary import (
    AVERAGES,
    CORE,
    LEAVE_OUT,
    NO_ACHIEVEMENT,
    PARTLY,
    REASONS,
    STEPS,
    WHOLE,
    Key,
    Kind,
)
from sakip_rules.project import Project
from tests.docs.pages import ROOT, Fence, fences, is_ours, page, run

HANDBOOK = page("rules/README.md")
SNIPPETS = fences(HANDBOOK, "sakip")
COMMANDS = fences(HANDBOOK, "console")
SECTION = re.compile(r"^#+ (.*)\n", re.MULTILINE)
#: The first letters of the codes of findings.
LETTERS = {code.name[0] for code in codes.ALL}

LIBRARY = """
variabel a "A" { satuan: orang }
variabel b "B" { satuan: orang }
indikator i "I" {
    satuan: persen
    rumus: a / b × 100%
}
"""
#: For each code in the table of mistakes the files of a folder that makes the mistake.
MISTAKES: dict[str, dict[str, str]] = {
    "T201": {"a.sakip": LIBRARY + 'renstra r "R" {\n berlaku: 2024 s.d 2026\n | indikator | 2024 |\n | i | 0.28 |\n}'},
    "U103": {"a.sakip": LIBRARY.replace(" × 100%", "")},
    "U104": {"a.sakip": LIBRARY.replace("100%", "100")},
    "S203": {"a.sakip": "formula f {\n masukan: a; b\n rumus: maks(a, b)\n}"},
    "T205": {"a.sakip": 'laporan l "L" {\n tahun: 2024\n per: 4/11/2024\n}'},
    "T111": {"a.sakip": 'skala s "S" {\n | peringkat | predikat |\n | 1 |  |\n}'},
    "S105": {"a.sakip": 'skala s "S" {\n | peringkat | predikat |\n | 1 | A\n}'},
    "S102": {"a.sakip": "variabel a {\n satuan: orang\nvariabel b { satuan: orang }"},
    "N101": {"a.sakip": LIBRARY.replace("rumus: a", "rumus: c")},
    "U101": {"a.sakip": "variabel a { satuan: orng }"},
    "N103": {"a.sakip": LIBRARY + 'variabel c "C" { satuan: orang }\nlaporan l "L" { tahun: 2024 }'},
    "B102": {"a.sakip": 'variabel a "Caf\udce9" { satuan: orang }'},
    "R106": {"a.sakip": LIBRARY, "realisasi.csv": "tahun;nama;nilai\n2024;i;0,259\n2025;i;87.45\n"},
    "R113": {"a.sakip": LIBRARY, "realisasi.csv": "tahun;nama;nilai;status\n2024;i;;final\n2025;i;0,5;final\n"},
    "R137": {"a.sakip": LIBRARY, "realisasi.csv": "tahun;nama;nilai\n2024;i;\n2025;i;0,5\n"},
    "R138": {"a.sakip": LIBRARY, "realisasi.csv": "tahun;nama;nilai\n2024;i;0,5\n;Jumlah;0,5\n"},
}


def section(heading: str) -> str:
    """The text under a heading that begins so, up to the next heading."""
    start = next(match for match in SECTION.finditer(HANDBOOK) if match[1].startswith(heading))
    following = SECTION.search(HANDBOOK, start.end())
    return HANDBOOK[start.end() : following.start() if following else len(HANDBOOK)]


def rows(text: str) -> Iterator[list[str]]:
    """The cells of the table rows of a text, without headings' rules."""
    for line in text.splitlines():
        if line.startswith("| ") and not line.startswith("| --"):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def words(text: str) -> set[str]:
    """What stands between backticks."""
    return set(re.findall(r"`([^`\n]+)`", text))


# Snippets.


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda snippet: f"line {snippet.line}")
def test_every_snippet_can_be_read(snippet: Fence) -> None:
    """A snippet has no finding of syntax, words or types, and defines something."""
    compiled = compile_file(Source("snippet.sakip", snippet.text), CORE)
    assert [(item.code.name, dict(item.values)) for item in compiled.diagnostics] == []
    assert compiled.definitions


@pytest.mark.parametrize("number", range(1, 29))
def test_the_table_of_contents_leads_to_every_section(number: int) -> None:
    """The sections are numbered from 1, and the contents link to each."""
    heading = next(match[1] for match in SECTION.finditer(HANDBOOK) if match[1].startswith(f"{number}. "))
    anchor = re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
    assert f"](#{anchor})" in HANDBOOK


# Words of the language.


@pytest.mark.parametrize("kind", CORE.kinds.values(), ids=lambda kind: kind.word)
def test_every_kind_is_explained_by_key_and_column(kind: Kind) -> None:
    """Its tables name exactly the keys and columns that exist, with form, choices, references and need."""
    shown = list(rows(section(f"`{kind.word}`:")))
    expected: list[list[Key]] = [list(kind.keys)] if kind.keys else []
    expected += [list(table.columns) for table in kind.tables]
    tables: list[list[list[str]]] = []
    for row in shown:
        if row[0] in ("Kunci", "Kolom"):
            tables.append([])
        elif row[0] not in ("(tahun)", "(nama kolom)"):
            tables[-1].append(row)
    assert [[row[0] for row in table] for table in tables] == [[f"`{key.word}`" for key in keys] for keys in expected]
    for table, keys in zip(tables, expected, strict=True):
        for (_, form, need, meaning), key in zip(table, keys, strict=True):
            assert form.startswith(key.type.value.replace("_", " "))
            assert {*key.choices, *key.refers_to} == words(form)
            assert (need == "ya") == key.required
            assert meaning


@pytest.mark.parametrize("kind", CORE.kinds.values(), ids=lambda kind: kind.word)
def test_what_a_kind_holds_is_told(kind: Kind) -> None:
    """The blocks that may stand in a block are named, and columns of years or free names where a table has them."""
    text = section(f"`{kind.word}`:")
    told = re.search(r"^Dapat memuat blok (.*)\.$", text, re.MULTILINE)
    assert (words(told[1]) if told else set()) == set(kind.children)
    assert ("| (tahun)" in text) == any(table.years for table in kind.tables)
    assert ("| (nama kolom)" in text) == any(table.free for table in kind.tables)


def test_every_form_of_value_is_explained() -> None:
    """Every form that the tables of the kinds name has its row."""
    keys = [key for kind in CORE.kinds.values() for key in (*kind.keys, *(c for t in kind.tables for c in t.columns))]
    told = {row[0] for row in rows(section("Nama bentuk isi"))}
    free = {table.free for kind in CORE.kinds.values() for table in kind.tables if table.free}
    assert {type_.value.replace("_", " ") for type_ in {key.type for key in keys} | free} == told - {"Bentuk"}


def test_every_function_is_explained() -> None:
    """The table of functions names each function of the language, and no other."""
    told = set(re.findall(r"`(\w+)\([^`]*\)`", "\n".join(row[0] for row in rows(section("6. Rumus")))))
    assert told == set(BUILT_IN)


def test_every_operator_is_accepted_as_it_is_shown() -> None:
    """Each sign in the table of operators, between two numbers, is a formula that can be read."""
    signs = section("6. Rumus").split("Fungsi;")[0]
    found = [sign for row in rows(signs) if row[0] != "Tanda" for cell in (row[0], row[2]) for sign in words(cell)]
    assert len(found) > 20
    for sign in found:
        formula = {"(": "(1)", ")": "(1)", "bukan": "bukan 1 = 2", "dan": "1 = 1 dan 2 = 2", "atau": "1 = 1 atau 2 = 2"}
        text = f"formula f {{\n masukan: a\n rumus: {formula.get(sign, f'1 {sign} 2')}\n}}"
        assert compile_file(Source("sign.sakip", text), CORE).diagnostics == (), sign


@pytest.mark.parametrize(("heading", "expected"), [
    ("2. Pengaturan", {"bahasa", "instansi", "pustaka", "data", "desimal", "periksa"}),
    ("8. Metode", {*STEPS, *AVERAGES, NO_ACHIEVEMENT, LEAVE_OUT}),
    ("17. Perubahan", {*REASONS, "mengubah", "alasan", "hapus", f"cakupan: {WHOLE}", f"cakupan: {PARTLY}"}),
    ("19. Pohon", {"mendukung", "penanggung_jawab", "bidang", "mitra", "lintas_instansi", "unit_kerja"}),
    ("10. Berkas data", {*COLUMNS, *(quarter.value for quarter in Quarter)}),
    ("10. Berkas data", {status.value for status in Status} - {"tidak_terhitung", "tidak_dapat_dibandingkan"}),
    ("Nama bentuk isi", {mode.value for mode in RoundingMode}),
])  # fmt: skip
def test_every_fixed_word_is_explained(heading: str, expected: set[str]) -> None:
    """Settings, steps, averages, policies, columns of data, statuses, periods and rounding modes are named."""
    assert expected <= words(section(heading))


def test_the_settings_shown_are_read_without_findings(tmp_path: Path) -> None:
    """The example of ``sakip.toml`` holds every key that exists, and is accepted."""
    (tmp_path / files.SETTINGS).write_text(fences(section("2. Pengaturan"), "toml")[0].text, encoding="utf-8")
    settings, findings, _ = files.read_settings(tmp_path, files.SETTINGS)
    assert findings == ()
    assert settings == files.Settings(
        ("nasional",), ("realisasi_2024.csv",), "koma", "dinsos_magetan", templates=(("docx", "kop_surat.docx"),)
    )


def test_required_columns_of_data_are_marked() -> None:
    """The columns that a data file must have are marked, and only these."""
    told = {row[0].strip("`") for row in rows(section("10. Berkas data")) if len(row) == 3 and row[1] == "ya"}
    assert told == set(REQUIRED)


@pytest.mark.parametrize(("language", "name"), [("csv", "realisasi.csv"), ("toml", "realisasi.toml")])
def test_the_data_shown_is_read_without_findings(language: str, name: str, tmp_path: Path) -> None:
    """The data examples fit the indicators and variables of Magetan."""
    for file in (ROOT / "rules" / "magetan" / "dinsos").glob("*.sakip"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / name).write_text(fences(section("10. Berkas data"), language)[0].text, encoding="utf-8")
    assert [item.code.name for item in Project(tmp_path).data_findings] == []


def test_every_thing_that_can_be_checked_is_explained_by_attribute() -> None:
    """Its table names exactly the attributes that exist, with what look-ups take, and the form of each."""
    text = section("Hal yang dapat diperiksa")
    told = {
        match[1]: [row[:2] for row in rows(match[2]) if row[0] != "Sifat"]
        for match in re.finditer(r"^\*\*`(\w+)`\*\*: .*\n((?:.*\n)*?)(?=\*\*`|\Z)", text, re.MULTILINE)
    }
    assert told == {
        thing.word: [[_with_what_it_takes(each), _form(each)] for each in thing.attributes.values()]
        for thing in THINGS.values()
    }


def _with_what_it_takes(attribute: Attribute) -> str:
    return f"`{attribute.word}({'; '.join(attribute.takes)})`" if attribute.takes else f"`{attribute.word}`"


def _form(attribute: Attribute) -> str:
    form = f"`{attribute.thing}`" if attribute.thing else attribute.sort.value
    return f"daftar {form}" if attribute.many else form


def test_every_function_of_checks_is_explained() -> None:
    """The functions over things have their rows."""
    told = {match for row in rows(section("21. Pemeriksaan")) for match in re.findall(r"`(\w+)\(", row[0])}
    assert told == set(BY_THINGS)


def test_every_refusal_of_workbooks_is_explained() -> None:
    """The table of what is refused names each code, in order."""
    told = [row[0].strip("`") for row in rows(section("26. Mengisi")) if row[0].startswith("`xlsx")]
    assert told == [code.name for code in WORKBOOK_CODES]


# Commands and messages.


@pytest.mark.parametrize("block", COMMANDS, ids=lambda block: f"line {block.line}")
def test_every_command_runs_and_prints_what_is_shown(block: Fence, checkout: Path) -> None:
    """Only a comparison finds something; each line of an output shown below is really printed."""
    printed = ""
    for command in block.lines:
        assert is_ours(command)
        result = run(command, checkout)
        expected = 1 if command.startswith("sakip-rules diff ") else 0
        assert result.returncode == expected, result.stdout + result.stderr
        printed += result.stdout + result.stderr
    shown = next((fence for fence in fences(HANDBOOK) if fence.line > block.line), None)
    between = HANDBOOK.splitlines()[block.line + len(block.lines) + 1 : shown.line - 1] if shown else ["end"]
    if shown and shown.language == "text" and not any(line.strip() for line in between):
        for line in shown.lines:
            assert line == "…" or line in printed.splitlines()


def test_every_command_is_explained() -> None:
    """Each command has a paragraph that begins with its name."""
    text = section("13. Perintah")
    names = [name for name in root.list_commands(click.Context(root)) if name != "new"]
    names += [f"new {name}" for name in new.list_commands(click.Context(new))]
    for name in names:
        assert f"**`{name}`**" in text


def test_the_message_shown_is_printed(checkout: Path) -> None:
    """The message that is taken apart is one that ``validate`` prints."""
    shown = fences(section("14. Membaca pesan"), "text")[0].text
    assert shown in run("sakip-rules validate rules/magetan/dinsos", checkout).stdout


def test_every_letter_of_a_code_is_explained() -> None:
    """What the first letter of a code stands for is told for each letter."""
    (told,) = re.findall(r"Huruf depannya: (.*?)\.\n", section("14. Membaca pesan"), re.DOTALL)
    assert {part.split()[0] for part in told.split(",")} == LETTERS


@pytest.mark.parametrize("code", [row[1] for row in rows(section("15. Kekeliruan")) if row[1] != "Pesan"])
def test_every_common_mistake_gives_the_message_told(code: str, tmp_path: Path) -> None:
    """A folder that makes the mistake gets the code that the table tells for it."""
    for name, text in MISTAKES[code].items():
        (tmp_path / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    found = {item.code.name for item in (*Project(tmp_path).rule_findings, *Project(tmp_path).data_findings)}
    assert code in found


@pytest.mark.parametrize("text", ["0.28", "92.5%", "5.300%", "5,918,000,000"])
def test_numbers_called_wrong_get_a_finding(text: str) -> None:
    """The wrong spellings of numbers in the table are findings where a target is written so."""
    assert f"`{text}`" in section("4. Angka")
    plan = f"renstra r {{\n berlaku: 2024 s.d 2026\n | indikator | 2024 |\n | i | {text} |\n}}"
    assert compile_file(Source("wrong.sakip", plan), CORE).diagnostics


@pytest.mark.parametrize("entry", ["per: 4/11/2024", "per: 2024-11-04", "tahun: 24"])
def test_dates_called_wrong_get_a_finding(entry: str) -> None:
    """The wrong spellings of dates and years in the table are findings where a report is dated so."""
    assert f"`{entry.split()[1]}`" in section("4. Angka")
    report = f"laporan l {{\n {entry}\n {'tahun: 2024' if 'per' in entry else ''}\n}}"
    assert compile_file(Source("wrong.sakip", report), CORE).diagnostics
