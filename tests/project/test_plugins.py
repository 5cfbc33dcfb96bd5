"""The hooks: what the package itself brings through them, what a stranger's plugin adds, and what a broken one does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from attrs import evolve

import sakip_rules
from sakip_rules import Function, YearRules, hookimpl, hookspecs, plugins
from tests.running import ROOT, SMALL, Command, foreign, places, small, write


def test_the_national_library_comes_in_through_sakip_libraries() -> None:
    """From the checkout, where it was not installed elsewhere."""
    assert plugins.find().libraries["nasional"].samefile(ROOT / "rules" / "nasional")


def test_the_functions_of_the_language_come_in_through_sakip_functions() -> None:
    """Under the names that formulas call them by."""
    found = plugins.find().functions
    assert {"jumlah", "rata_rata", "min", "maks", "bulat"} <= set(found)
    assert all(name == function.name for name, function in found.items())


def test_the_revision_of_magetan_comes_in_through_sakip_year_rules() -> None:
    """It says for whom it is, for which year, and what it touches."""
    (rules,) = (rules for rules in plugins.find().year_rules if rules.name == "pk_2024_perubahan")
    assert (rules.agency, rules.years, rules.touches) == ("dinsos_magetan", {2024}, {"pk_2024"})


def test_each_set_of_plugins_is_made_anew() -> None:
    """What one project registers, another does not see."""
    one = plugins.find()
    one.register("asing", "1", "asing", object)
    assert "asing" in [item.name for item in one.installed]
    assert "asing" not in [item.name for item in plugins.find().installed]


class Stranger:
    """A plugin of another agency."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @hookimpl
    def sakip_libraries(self) -> Mapping[str, Path]:
        return {"provinsi": self.folder, "nasional": self.folder}

    @hookimpl
    def sakip_functions(self) -> Iterable[Function]:
        known = REAL().functions
        yield evolve(known["jumlah"], name="total")
        yield evolve(known["jumlah"], name="maks")


REAL = plugins.find


@pytest.fixture
def stranger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stranger:
    """A plugin as if it were installed."""
    plugin = Stranger(write(tmp_path / "provinsi", {"v.sakip": 'variabel v "V" { satuan: orang }\n'}))

    def find(folder: Path | None = None) -> plugins.Plugins:
        found = REAL(folder)
        found.register("asing", "1", "asing", lambda: plugin)
        return found

    monkeypatch.setattr(plugins, "find", find)
    return plugin


@pytest.mark.usefixtures("stranger")
def test_a_strangers_library_and_function_can_be_used(command: Command, tmp_path: Path) -> None:
    """As the package's own; the names that it may not have are findings."""
    rules = {"a.sakip": 'indikator a "A" {\n    satuan: orang\n    rumus: total(v; v)\n}\n'}
    write(tmp_path / "dinas", {**rules, "sakip.toml": 'pustaka = ["nasional", "provinsi"]\n'})
    outcome = command("validate", "dinas")
    assert places(outcome.out) == ["- P122", "- P122"]
    assert "fungsi `maks` dari pengaya `asing` sudah dipakai pengaya `bawaan`" in outcome.out
    assert "pustaka `nasional` dari pengaya `asing` sudah dipakai pengaya `nasional`" in outcome.out


def test_without_the_plugin_neither_is_known(command: Command, tmp_path: Path) -> None:
    """Which are findings, with what is known."""
    rules = {"a.sakip": 'indikator a "A" {\n    satuan: orang\n    rumus: total(1; 2)\n}\n'}
    write(tmp_path / "dinas", {**rules, "sakip.toml": 'pustaka = ["nasional", "provinsi"]\n'})
    outcome = command("validate", "dinas")
    assert places(outcome.out) == ["dinas/a.sakip:3:12 N107", "dinas/sakip.toml:1:24 B110"]
    assert "pustaka yang terpasang: nasional" in outcome.out


def test_a_library_or_function_keeps_the_name_that_was_registered_first(stranger: Stranger) -> None:
    """The other of its name is not merged into it, and the language's own keep theirs."""
    found, known = plugins.find(), REAL()
    assert found.libraries == {"provinsi": stranger.folder, "nasional": known.libraries["nasional"]}
    assert set(found.functions) == {*known.functions, "total"}
    assert found.functions["maks"] is known.functions["maks"]


def test_the_fingerprint_tells_sets_of_plugins_apart(stranger: Stranger, tmp_path: Path) -> None:
    """So that findings are not kept over the installation of one, or over a change to one."""
    assert plugins.find().fingerprint != REAL().fingerprint
    assert REAL().fingerprint == REAL().fingerprint
    folder = write(tmp_path / "pengaya", {"satu.py": ""})
    before = REAL(folder).fingerprint
    write(folder, {"satu.py": "# lain\n"})
    assert len({before, REAL(folder).fingerprint, REAL().fingerprint}) == 3


# Broken plugins.

HEAD = "from pathlib import Path\nfrom sakip_rules import Function, YearRules, hookimpl\n\n@hookimpl\ndef "
#: What is wrong, the plugin, the code of the one finding, and what else its message names.
BROKEN: list[tuple[str, str, str, str]] = [
    ("an import error", "import tidak_ada_di_mana_pun\n", "P102", "ModuleNotFoundError"),
    ("a syntax error", "def (:\n", "P102", "SyntaxError"),
    ("an end of everything", "raise SystemExit(3)\n", "P102", "SystemExit"),
    ("wrong arguments of a hook", HEAD + "sakip_functions(formulas):\n    return []\n", "P103", "formulas"),
    ("a misspelt hook", HEAD + "sakip_function():\n    return []\n", "P104", "`sakip_function`"),
    ("a hook that is only marked", HEAD + "fungsi_saya():\n    return []\n", "P104", "`fungsi_saya`"),
    ("an exception", HEAD + "sakip_functions():\n    return 1 / 0\n", "P105", "ZeroDivisionError"),
    ("an exception on the way", HEAD + "sakip_functions():\n    yield 1 / 0\n", "P105", "ZeroDivisionError"),
    ("an exception of a library", HEAD + "sakip_libraries():\n    raise KeyError('a')\n", "P105", "`sakip_libraries`"),
    ("an exception of years", HEAD + "sakip_year_rules():\n    raise SystemExit\n", "P105", "`sakip_year_rules`"),
    ("nonsense for functions", HEAD + "sakip_functions():\n    return 7\n", "P106", "int"),
    ("nonsense among functions", HEAD + "sakip_functions():\n    return [len]\n", "P106", "list"),
    ("nonsense for libraries", HEAD + "sakip_libraries():\n    return {'a': 'b'}\n", "P106", "dict"),
    ("nonsense for years", HEAD + "sakip_year_rules():\n    return 'x'\n", "P106", "str"),
    ("a folder of years that is text",
     HEAD + "sakip_year_rules():\n    return [YearRules('a', 'aturan', frozenset({2024}))]\n", "P106", "list"),
    ("years that are none",
     HEAD + "sakip_year_rules():\n    return [YearRules('a', Path('aturan'), 2024)]\n", "P106", "list"),
    ("another version of the interface",
     HEAD + "sakip_year_rules():\n    return [YearRules('a', Path('a'), frozenset({2024}), api=2)]\n", "P101", "2"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "named"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_plugin_is_one_finding_and_everything_else_goes_on(
    command: Command, tmp_path: Path, text: str, code: str, named: str
) -> None:
    """It is named in both languages; the figures are there, and so is what a sound plugin beside it brings."""
    write(tmp_path / "pengaya", {"rusak.py": text, "utuh.py": DOUBLED})
    rules = 'indikator ganda "Layanan" {\n    satuan: persen\n    rumus: dua_kali(layanan)\n}\n'
    write(small(tmp_path / "dinas"), {"ganda.sakip": rules})
    arguments = ("dinas", "--plugins-dir", "pengaya")
    indonesian, english = command("validate", *arguments), command("validate", *arguments, "--lang", "en")
    assert places(indonesian.out) == places(english.out) == [f"- {code}"]
    assert "pengaya `rusak`" in indonesian.out
    assert "plugin `rusak`" in english.out
    assert named in indonesian.out
    told = re.sub(r"P10[235].*", "", indonesian.text)  # these hand on what the plugin itself says
    assert foreign(told) - {"int", "list", "dict", "str"} == set()
    figures = command("evaluate", *arguments)
    assert (figures.code, places(figures.err)) == (1, [f"- {code}"])
    assert "88,89" in figures.out
    assert "84,45" in figures.out
    listed = command("plugins", "--plugins-dir", "pengaya")
    assert (listed.code, places(listed.err)) == (1, [f"- {code}"])
    assert re.search(r"^utuh \(", listed.out, re.MULTILINE)


DOUBLED = """\
from dataclasses import dataclass
from sakip_rules import Function, Value, hookimpl


@dataclass
class Twice:
    by: "int" = 2

    def __call__(self, arguments):
        (value,) = arguments
        return Value(value.fraction * self.by, value.measure, value.status) if value.known else value


@hookimpl
def sakip_functions():
    return [Function("dua_kali", 1, 1, lambda measures: measures[0], Twice())]
"""


def test_a_library_that_is_not_there_is_a_finding_about_its_plugin(command: Command, tmp_path: Path) -> None:
    """With the plugin and the path, whether a folder uses it or not; not that no such library is installed."""
    text = HEAD + "sakip_libraries():\n    return {'lx': Path(__file__).with_name('hilang')}\n"
    write(tmp_path / "pengaya", {"asing.py": text})
    rules = {"a.sakip": 'indikator a "A" { satuan: orang }\n'}
    write(tmp_path / "tanpa", rules)
    write(tmp_path / "dinas", {**rules, "sakip.toml": 'pustaka = ["nasional", "lx"]\n'})
    for folder in ("tanpa", "dinas"):
        outcome = command("validate", folder, "--plugins-dir", "pengaya")
        assert places(outcome.out) == ["- P111"]
        assert "pengaya `asing`" in outcome.out
        assert "pengaya/hilang" in outcome.out


def test_two_plugins_that_are_broken_are_two_findings(command: Command, tmp_path: Path) -> None:
    """Each once, however often it is asked."""
    write(tmp_path / "pengaya", {"a.py": BROKEN[0][1], "b.py": BROKEN[6][1]})
    small(tmp_path / "dinas")
    assert sorted(places(command("validate", "dinas", "--plugins-dir", "pengaya").out)) == ["- P102", "- P105"]


def test_a_module_that_is_named_like_a_hook_is_none(command: Command, tmp_path: Path) -> None:
    """Only what can be called may be a misspelt hook."""
    write(tmp_path / "pengaya", {"a.py": "import sakip_plugins.nasional as sakip_nasional\nsakip_versi = 3\n"})
    listed = command("plugins", "--plugins-dir", "pengaya")
    assert (listed.code, listed.err) == (0, "")
    assert "a (pengaya/a.py): -; " in listed.out


def installed(
    monkeypatch: pytest.MonkeyPatch, folder: Path, distribution: str, module: str, text: str, *names: str
) -> None:
    """A distribution with a module that comes in under some names, as ``pip`` installs it."""
    about = f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1\n"
    points = "".join(f"{name} = {module}\n" for name in names)
    write(folder, {f"{module}.py": text})
    files = {"METADATA": about, "entry_points.txt": f"[sakip_rules]\n{points}"}
    write(folder / f"{distribution.replace('-', '_')}-1.dist-info", files)
    monkeypatch.syspath_prepend(folder)


def test_an_installed_plugin_cannot_take_the_name_of_one_of_the_package(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package's own stays; the finding names who brings the other, which is not even loaded."""
    text = "raise SystemExit(3)\n"
    installed(monkeypatch, tmp_path / "situs", "aaa-rakus", "rakus_modul", text, "pdf", "bawaan")
    found = REAL()
    assert {each.name: each.origin for each in found.installed}["pdf"] == "sakip_plugins.format_pdf"
    assert "pdf" in found.exporters
    outcome = command("plugins")
    assert places(outcome.err) == ["- P122", "- P122"]
    assert "nama pengaya `pdf` dari pengaya `aaa-rakus` sudah dipakai pengaya `sakip-rules`" in outcome.err


def test_two_plugins_of_a_folder_cannot_have_one_name(command: Command, tmp_path: Path) -> None:
    """A file and a package; the finding says which one is left out."""
    write(tmp_path / "pengaya", {"satu.py": ""})
    write(tmp_path / "pengaya" / "satu", {"__init__.py": ""})
    outcome = command("plugins", "--plugins-dir", "pengaya")
    assert places(outcome.err) == ["- P122"]
    assert "`satu` dari pengaya `pengaya/satu.py` sudah dipakai pengaya `pengaya/satu/__init__.py`" in outcome.err


# Year rules.

CHANGED = """\
perjanjian_kinerja pk_perubahan "Perubahan" {
    tahun: 2024
    ditetapkan: 1 Juli 2024
    mengubah: pk_2024
    alasan: perubahan_strategi
    cakupan: sebagian
    | nomor | sasaran | indikator | target |
    | 1     | s1      | layanan   | 80     |
}
"""
NEXT_YEAR = SMALL["pk.sakip"].replace("pk_2024", "pk_2025").replace("2024", "2025")
DATA = SMALL["realisasi.csv"] + "2025;tahunan;layanan;80\n2025;tahunan;lama;12\n"
#: A formula of the library under a name of the folder's own: it moves every year.
SHADOW = """\
formula capaian_naik "Lain" {
    masukan: rencana; realisasi
    rumus: realisasi / rencana × 50%
}
"""


def years(folder: Path, *rules: str, agency: str | None = None, touches: str = "{'pk_2024'}") -> Path:
    """A plugin of 2024 with rule files, and the folder of an agency with agreements of 2024 and 2025."""
    write(small(folder / "dinas", pk=f"{SMALL['pk.sakip']}\n{NEXT_YEAR}", realisasi=DATA), {
        "sakip.toml": 'instansi = "dinas_saya"\n',
    })  # fmt: skip
    text = f"""\
sakip_year_rules():
    folder = Path(__file__).with_name("aturan")
    return [YearRules("tengah_tahun", folder, frozenset({{2024}}), agency={agency!r}, touches=frozenset({touches}))]
"""
    write(folder / "pengaya" / "tengah_tahun", {"__init__.py": HEAD + text})
    write(folder / "pengaya" / "tengah_tahun" / "aturan", {f"{at}.sakip": rule for at, rule in enumerate(rules)})
    return folder / "pengaya"


def figures(command: Command, year: str, *more: str) -> str:
    """The figures of a year, for a program to read."""
    outcome = command("evaluate", "dinas", "--year", year, "--format", "csv", *more)
    return re.sub("tengah_tahun.*", "", outcome.out)


@pytest.mark.parametrize("agency", [None, "dinas_saya"])
def test_well_behaved_year_rules_move_their_year_alone(command: Command, tmp_path: Path, agency: str | None) -> None:
    """Without a finding; removing the plugin gives the figures that were there before it."""
    years(tmp_path, CHANGED, agency=agency)
    with_it = ("--plugins-dir", "pengaya")
    assert places(command("validate", "dinas", *with_it).out) == []
    assert figures(command, "2024", *with_it) != figures(command, "2024")
    assert figures(command, "2025", *with_it) == figures(command, "2025")
    assert figures(command, "2024", *with_it, "--as-of", "30 Juni 2024") == figures(command, "2024")
    (tmp_path / "pengaya" / "tengah_tahun" / "__init__.py").unlink()
    assert figures(command, "2024", *with_it) == figures(command, "2024")


def test_year_rules_of_another_agency_are_left_alone(command: Command, tmp_path: Path) -> None:
    """The folder says who it is."""
    years(tmp_path, CHANGED, agency="dinas_lain")
    assert figures(command, "2024", "--plugins-dir", "pengaya") == figures(command, "2024")


#: The rule files of the plugin, what it may touch, and the findings.
BEYOND: list[tuple[str, tuple[str, ...], str, list[str]]] = [
    ("another year", (CHANGED, 'laporan l "L" {\n    tahun: 2025\n}\n'), "{'pk_2024'}", ["1.sakip:2:12 P107"]),
    ("a document that is not declared", (CHANGED,), "{'pk_2025'}", ["0.sakip:4:15 P108"]),
    ("the same by its title", (CHANGED.replace("pk_2024", '"Perjanjian Kinerja 2024"'),), "{'pk_2024'}", []),
    ("a figure of another year", (SHADOW,), "set()", ["- P109"]),
    ("another year, which it moves",
     (CHANGED.replace("2024", "2025"),), "{'pk_2025'}", ["- P109", "0.sakip:2:12 P107"]),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "touches", "found"), [row[1:] for row in BEYOND], ids=[row[0] for row in BEYOND])
def test_year_rules_that_go_beyond_what_they_declare_are_findings(
    command: Command, tmp_path: Path, rules: tuple[str, ...], touches: str, found: list[str]
) -> None:
    """At the document, or for the figure that moves; in both languages, with the figures of the year."""
    years(tmp_path, *rules, touches=touches)
    arguments = ("dinas", "--plugins-dir", "pengaya")
    indonesian, english = command("validate", *arguments), command("validate", *arguments, "--lang", "en")
    for outcome in (indonesian, english):
        assert sorted(place.replace("pengaya/tengah_tahun/aturan/", "") for place in places(outcome.out)) == found
        assert all("`tengah_tahun`" in line for line in outcome.out.splitlines() if re.search(r"\[P\d", line))
    assert foreign(indonesian.text) == set()
    assert "Layanan" in command("evaluate", *arguments, "--year", "2024").out


def test_what_is_wrong_in_a_rule_file_of_a_plugin_has_its_place(command: Command, tmp_path: Path) -> None:
    """As in any other."""
    years(tmp_path, CHANGED.replace("layanan ", "layann "))
    outcome = command("validate", "dinas", "--plugins-dir", "pengaya")
    assert places(outcome.out) == ["pengaya/tengah_tahun/aturan/0.sakip:8:25 N101"]
    assert "layann" in outcome.out


# The command.


def test_plugins_are_listed_with_hooks_origin_and_time(command: Command, tmp_path: Path) -> None:
    """Those of the package, of the environment, and of the folder, in this order."""
    years(tmp_path, CHANGED)
    outcome = command("plugins", "--plugins-dir", "pengaya")
    assert (outcome.code, outcome.err) == (0, "")
    listed = [line for line in outcome.out.splitlines() if not line.startswith(" ")]
    found = [re.fullmatch(r"(\w+) ?([\d.]*) \((.+)\): (.+); \d+,\d ms", line) for line in listed]
    assert [match and match.groups() for match in found] == [
        ("bawaan", sakip_rules.__version__, "sakip_rules",
         "sakip_functions, sakip_checks, sakip_readers, sakip_vocabulary, sakip_commands"),
        ("csv", sakip_rules.__version__, "sakip_plugins.format_csv", "sakip_exporters"),
        ("data_xlsx", sakip_rules.__version__, "sakip_plugins.data_xlsx", "sakip_readers"),
        ("docx", sakip_rules.__version__, "sakip_plugins.format_docx", "sakip_exporters"),
        ("html", sakip_rules.__version__, "sakip_plugins.format_html", "sakip_exporters"),
        ("json", sakip_rules.__version__, "sakip_plugins.format_json", "sakip_exporters"),
        ("markdown", sakip_rules.__version__, "sakip_plugins.format_markdown", "sakip_exporters"),
        ("msind", sakip_rules.__version__, "sakip_plugins.format_msind", "sakip_exporters"),
        ("nasional", sakip_rules.__version__, "sakip_plugins.nasional", "sakip_libraries"),
        ("pdf", sakip_rules.__version__, "sakip_plugins.format_pdf", "sakip_exporters"),
        ("pk_2024_perubahan", sakip_rules.__version__, "sakip_plugins.pk_2024_perubahan", "sakip_year_rules"),
        ("skm_2004", sakip_rules.__version__, "sakip_plugins.skm_2004", "sakip_year_rules"),
        ("toml", sakip_rules.__version__, "sakip_plugins.format_toml", "sakip_exporters"),
        ("xlsx", sakip_rules.__version__, "sakip_plugins.format_xlsx", "sakip_exporters"),
        ("tengah_tahun", "", "pengaya/tengah_tahun/__init__.py", "sakip_year_rules"),
    ]  # fmt: skip


def test_plugins_are_listed_for_programs(command: Command, tmp_path: Path) -> None:
    """What went wrong is beside it, on standard error."""
    write(tmp_path / "pengaya", {"rusak.py": BROKEN[0][1], "utuh.py": DOUBLED})
    outcome = command("plugins", "--plugins-dir", "pengaya", "--format", "json")
    listed = {item["name"]: item for item in json.loads(outcome.out)}
    formats = {"csv", "data_xlsx", "docx", "html", "json", "markdown", "msind", "pdf", "toml", "xlsx"}
    assert set(listed) - formats == {"bawaan", "nasional", "pk_2024_perubahan", "skm_2004", "utuh"}
    assert listed["utuh"].pop("seconds") > 0
    assert listed["utuh"] == {
        "name": "utuh", "version": "", "origin": "pengaya/utuh.py", "hooks": ["sakip_functions"], "years": [],
    }  # fmt: skip
    assert listed["pk_2024_perubahan"]["years"] == [
        {"name": "pk_2024_perubahan", "years": [2024], "agency": "dinsos_magetan", "library": None,
         "touches": ["pk_2024"]},
    ]  # fmt: skip
    assert (outcome.code, places(outcome.err)) == (1, ["- P102"])


def test_the_folder_of_plugins_may_stand_in_the_environment(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For staff whose folder is always the same; one that is not there is misuse."""
    write(tmp_path / "pengaya", {"utuh.py": DOUBLED})
    monkeypatch.setenv(plugins.FOLDER_VARIABLE, "pengaya")
    assert "utuh (pengaya/utuh.py): sakip_functions" in command("plugins").out
    outcome = command("plugins", "--plugins-dir", "lain")
    assert (outcome.code, outcome.err.split(":")[0]) == (2, "galat[A105]")


def test_a_plugin_of_the_folder_takes_the_place_of_an_installed_one(command: Command, tmp_path: Path) -> None:
    """So that its next version can be tried."""
    write(tmp_path / "pengaya", {"pk_2024_perubahan.py": ""})
    outcome = command("plugins", "--plugins-dir", "pengaya")
    assert (outcome.code, outcome.err) == (0, "")
    assert "pk_2024_perubahan (pengaya/pk_2024_perubahan.py): -" in outcome.out
    assert outcome.out.count("pk_2024_perubahan (") == 1


def test_a_plugin_may_be_made_for_python(tmp_path: Path) -> None:
    """What a hook may give is public."""
    rules = YearRules("a", tmp_path, frozenset({2024}))
    assert (rules.agency, rules.touches, rules.api) == (None, frozenset(), 1)


# The package root.


@pytest.mark.parametrize("name", sakip_rules.__all__)
def test_what_is_public_is_what_its_home_holds(name: str) -> None:
    """Each name is loaded from where it is defined."""
    public = getattr(sakip_rules, name)
    assert name == "hookimpl" or public.__module__.startswith("sakip_rules.")
    assert name != "hookimpl" or public is hookspecs.hookimpl


def test_what_is_not_public_is_no_attribute() -> None:
    """As of any module."""
    with pytest.raises(AttributeError, match="tidak_ada"):
        _ = sakip_rules.tidak_ada
