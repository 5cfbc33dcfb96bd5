"""Year plugins with code: what they amend, what a broken one does, and what none may move beside what it declares."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve

from sakip_rules import Project, Quarter
from sakip_rules.cache import Cache
from sakip_rules.inputs import read_inputs
from sakip_rules.model import program as p
from tests.running import ROOT, SMALL, Command, foreign, places, small, write

PLUGIN = """\
from pathlib import Path
from attrs import evolve
from sakip_rules import YearRules, hookimpl


@hookimpl
def sakip_year_rules():
    folder = Path(__file__).with_name("aturan")
    years = frozenset({years})
    return [YearRules("lain", folder if folder.exists() else None, years, touches=frozenset({touches}), amend=amend)]


def amend(program):
    return {amend}
"""
#: Another way from 80 of 90, and 12 of 10, to an achievement; and other bands.
RULES = """\
formula setengah "Setengahnya" {
    masukan: rencana; realisasi
    rumus: realisasi / rencana × 50%
}

kategori kriteria_lain "Kriteria Lain" {
    satuan: persen
    | rentang | predikat |
    | ≥ 80%   | Bagus    |
    | < 80%   | Buruk    |

    contoh "Tepat 80" {
        nilai: 80%
        hasil: "Bagus"
    }
}
"""
NEXT_YEAR = SMALL["pk.sakip"].replace("pk_2024", "pk_2025").replace("2024", "2025")
DATA = SMALL["realisasi.csv"] + "2025;tahunan;layanan;80\n2025;tahunan;lama;12\n"


def plugin(
    folder: Path, amend: str, touches: str = "{'capaian_naik'}", years: str = "{2024}", rules: str = RULES
) -> None:
    """A folder with agreements of 2024 and 2025, and a plugin of 2024 for it."""
    write(small(folder / "dinas", pk=f"{SMALL['pk.sakip']}\n{NEXT_YEAR}", realisasi=DATA), {})
    write(folder / "pengaya" / "lain", {"__init__.py": PLUGIN.format(amend=amend, touches=touches, years=years)})
    if rules:
        write(folder / "pengaya" / "lain" / "aturan", {"lain.sakip": rules})


def project(folder: Path) -> Project:
    return Project(folder / "dinas", Cache(None), inputs=read_inputs(folder / "dinas", folder / "pengaya"))


def figures(project: Project, year: int, quarter: Quarter = Quarter.YEAR) -> list[tuple[str, object, str | None]]:
    """Each indicator with its achievement and category."""
    evaluation, _ = project.evaluate(year, quarter)
    assert evaluation
    return [
        (each.indicator.name, found.value.number, found.category and found.category.label)
        for each in evaluation.indicators
        for found in (each.achievement,)
    ]


HALF = 'program.replace("capaian_naik", "setengah")'
BEFORE = [("layanan", Fraction(8889, 100), "Baik"), ("lama", Fraction(80), "Kurang")]
#: The code, what it may touch, and the figures of its year.
AMENDED = [
    (HALF, "{'capaian_naik'}", [("layanan", Fraction(4444, 100), "Kurang"), ("lama", Fraction(80), "Kurang")]),
    ('program.replace("kriteria", "kriteria_lain")', "{'kriteria'}",
     [("layanan", Fraction(8889, 100), "Bagus"), ("lama", Fraction(80), "Bagus")]),
    ('program.replace("pk_2024", evolve(program.definition("pk_2024"), rows=program.definition("pk_2024").rows[:1]))',
     "{'pk_2024'}", [("layanan", Fraction(8889, 100), "Baik")]),
    ('program.drop("kriteria")', "{'kriteria'}",
     [("layanan", Fraction(8889, 100), None), ("lama", Fraction(80), None)]),
    ("program", "set()", BEFORE),
]  # fmt: skip


@pytest.mark.parametrize(("amend", "touches", "expected"), AMENDED, ids=[
    "a formula", "bands", "a changed copy", "dropped", "nothing",
])  # fmt: skip
def test_code_amends_its_year_alone(
    command: Command, tmp_path: Path, amend: str, touches: str, expected: list[tuple[str, object, str | None]]
) -> None:
    """Without a finding; no other year moves, and without the plugin neither does its own."""
    plugin(tmp_path, amend, touches)
    found = project(tmp_path)
    assert figures(found, 2024) == expected
    assert figures(found, 2025) == figures(found.bare("lain"), 2024) == BEFORE
    assert places(command("validate", "dinas", "--plugins-dir", "pengaya").out) == []


def test_what_the_code_puts_in_place_keeps_its_source(command: Command, tmp_path: Path) -> None:
    """``explain`` shows the rule of the plugin in its year, and that of the library in every other."""
    plugin(tmp_path, HALF)
    arguments = ("explain", "layanan", "dinas", "--plugins-dir", "pengaya", "--year")
    assert "pengaya/lain/aturan/lain.sakip:3:12" in command(*arguments, "2024").out
    assert "lan_239_2003.sakip" in command(*arguments, "2025").out
    shown = command("explain", "capaian_naik", "dinas", "--plugins-dir", "pengaya", "--year", "2024").out
    assert shown.startswith("Setengahnya (formula setengah)")


def test_a_program_is_never_changed_itself(tmp_path: Path) -> None:
    """The amended one is a copy, made once for a year."""
    plugin(tmp_path, HALF)
    found = project(tmp_path)
    before = dict(found.program.links)
    assert found.program_of(2024) is found.program_of(2024) is not found.program
    assert found.program_of(2025) is found.program
    assert dict(found.program.links) == before
    assert found.program.formula("capaian_naik").name == "capaian_naik"
    assert found.program_of(2024).formula("capaian_naik").name == "setengah"
    with pytest.raises(TypeError):
        found.program.links[found.program.definition("cara").span] = found.program.definition("cara")  # type: ignore[index]


def test_a_formula_that_others_call_by_name_is_another_for_them_too(tmp_path: Path) -> None:
    """Not only where a reference names it."""
    calling = "formula capaian_dua {\n masukan: rencana; realisasi\n rumus: capaian_naik(rencana; realisasi)\n}\n"
    plugin(tmp_path, HALF)
    cara = SMALL["cara.sakip"].replace("naik: capaian_naik", "naik: capaian_dua")
    write(tmp_path / "dinas", {"cara.sakip": cara, "dua.sakip": calling})
    assert figures(project(tmp_path), 2024)[0] == ("layanan", Fraction(4444, 100), "Kurang")
    assert figures(project(tmp_path), 2025) == BEFORE


def test_stand_ins_can_be_replaced_and_dropped_in_turn(tmp_path: Path) -> None:
    """Each step sees what those before it have done."""
    plugin(tmp_path, "program")
    program = project(tmp_path).program
    twice = program.replace("kriteria", "kriteria_lain").replace("capaian_naik", "setengah")
    method = twice.definition("cara")
    assert isinstance(method, p.Method)
    assert [twice.target(each).name for each in (method.category, method.up)] == ["kriteria_lain", "setengah"]
    assert twice.definition("kriteria") is twice.definition("kriteria_lain")
    dropped = twice.drop("kriteria")
    assert dropped.target(method.category) is None
    changed = evolve(twice.definition("kriteria_lain"), title="Baru")
    assert twice.replace("kriteria", changed).target(method.category).title == "Baru"


# Broken code.

#: What is wrong, the code, what it may touch, the finding, and what its message names.
BROKEN = [
    ("an exception", "1 / 0", "set()", "P105", "ZeroDivisionError"),
    ("an end of everything", "exit()", "set()", "P105", "SystemExit"),
    ("an unknown name", 'program.replace("entah", "setengah")', "set()", "P105", "LookupError entah"),
    ("an unknown stand-in", 'program.replace("capaian_naik", "entah")', "set()", "P105", "LookupError entah"),
    ("another kind", 'program.replace("capaian_naik", "kriteria_lain")', "set()", "P105", "TypeError"),
    ("a name of another kind", 'program.drop("capaian_naik", kind="kategori")', "set()", "P105", "LookupError capaian"),
    ("a change in place", "program.links.clear()", "set()", "P105", "AttributeError"),
    ("a change of a definition", 'setattr(program.definition("cara"), "up", None)', "set()", "P105", "FrozenInstance"),
    ("nothing", "None", "set()", "P106", "NoneType"),
    ("nonsense", "[program]", "set()", "P106", "list"),
    ("a program without its libraries", "evolve(program, layers=program.layers[:1])", "set()", "P106", "Program"),
    ("other units", "evolve(program, units=evolve(program.units))", "set()", "P106", "Program"),
    ("what it does not declare", HALF, "{'capaian_turun'}", "P108", "`capaian_naik`"),
    ("a drop that it does not declare", 'program.drop("kriteria")', "set()", "P108", "`kriteria`"),
    ("a reference that it does not declare",
     "evolve(program, links={at: one for at, one in program.links.items() if one.name != 'kriteria'})", "set()",
     "P108", "`kriteria`"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("amend", "touches", "code", "named"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_broken_code_is_one_finding_and_the_figures_are_those_without_the_plugin(
    command: Command, tmp_path: Path, amend: str, touches: str, code: str, named: str
) -> None:
    """It names the plugin in both languages, where its year is asked for and where everything is checked."""
    plugin(tmp_path, amend, touches, years="{2024, 2026}")
    arguments = ("dinas", "--plugins-dir", "pengaya")
    indonesian, english = command("validate", *arguments), command("validate", *arguments, "--lang", "en")
    assert places(indonesian.out) == places(english.out) == [f"- {code}"]
    assert all("`lain`" in outcome.out for outcome in (indonesian, english))
    assert named in indonesian.out
    told = re.sub(r"P105.*|P106.*", "", indonesian.text)  # these hand on what the plugin itself says or gives
    assert foreign(told) == set()
    evaluated = command("evaluate", *arguments, "--year", "2024")
    assert (evaluated.code, places(evaluated.err)) == (1, [f"- {code}"])
    assert figures(project(tmp_path), 2024) == BEFORE
    other = command("evaluate", *arguments, "--year", "2025")
    assert (other.code, places(other.err)) == (0, [])


def test_a_revision_beside_broken_code_does_not_count_either(tmp_path: Path) -> None:
    """The figures are as if the plugin was not there, its rule files included."""
    changed = (
        'perjanjian_kinerja ubah "U" {\n tahun: 2024\n ditetapkan: 1 Juli 2024\n mengubah: pk_2024\n'
        " alasan: perubahan_strategi\n cakupan: sebagian\n hapus: lama\n}\n"
    )
    plugin(tmp_path, "1 / 0", "{'pk_2024'}", rules=changed)
    assert figures(project(tmp_path), 2024) == BEFORE
    plugin(tmp_path, "program", "{'pk_2024'}", rules=changed)
    assert figures(project(tmp_path), 2024) == BEFORE[:1]


def test_one_broken_plugin_leaves_the_others_their_say(tmp_path: Path) -> None:
    """Each amends what those before it have left."""
    plugin(tmp_path, HALF)
    text = PLUGIN.format(amend="1 / 0", touches="set()", years="{2024}").replace('"lain"', '"rusak"')
    write(tmp_path / "pengaya" / "rusak", {"__init__.py": text})
    text = PLUGIN.format(amend='program.drop("kriteria")', touches="{'kriteria'}", years="{2024}")
    write(tmp_path / "pengaya" / "zaman", {"__init__.py": text.replace('"lain"', '"zaman"')})
    found = project(tmp_path)
    assert figures(found, 2024) == [("layanan", Fraction(4444, 100), None), ("lama", Fraction(80), None)]
    assert [item.code.name for item in found.validate()] == ["P105"]


@pytest.mark.parametrize("amend", ["7", "'amend'"])
def test_code_that_cannot_be_called_is_nonsense(command: Command, tmp_path: Path, amend: str) -> None:
    """Which is found when the plugin is asked."""
    plugin(tmp_path, "program")
    file = tmp_path / "pengaya" / "lain" / "__init__.py"
    file.write_text(file.read_text().replace("amend=amend)", f"amend={amend})"))
    assert places(command("validate", "dinas", "--plugins-dir", "pengaya").out) == ["- P106"]


# What may not move.

RENJA = """\
renja renja_2024 "R" {{
    tahun: 2024
    ditetapkan: {day} 2024
    | indikator | target   |
    | layanan   | {target} |
}}
"""
SHADOW = RULES.replace("setengah", "capaian_naik")
NEWER = SMALL["pk.sakip"].replace("pk_2024", "pk_lain").replace("4 Januari", "5 Januari")
#: What moves, the rule file of the plugin, what it declares, and the findings.
MOVED = [
    ("what it declares", SHADOW, "{'capaian_naik'}", "{2024, 2025}", []),
    ("what it does not declare", SHADOW, "{'capaian_turun'}", "{2024, 2025}", ["- P110"] * 2),
    ("another year alone", SHADOW, "{'capaian_naik'}", "{2024}", ["- P109"]),
    ("an agreement beside the other", NEWER.replace("| 90 ", "| 80 "), "set()", "{2024}", ["- P110"]),
    ("nothing", RULES, "{'kriteria'}", "{2024}", []),
]


@pytest.mark.parametrize(
    ("rules", "touches", "years", "codes"), [row[1:] for row in MOVED], ids=[row[0] for row in MOVED]
)
def test_a_figure_moves_only_through_what_is_declared(
    command: Command, tmp_path: Path, rules: str, touches: str, years: str, codes: list[str]
) -> None:
    """In the plugin's own years as in any other, and in both languages."""
    plugin(tmp_path, "program", touches, years, rules)
    arguments = ("validate", "dinas", "--plugins-dir", "pengaya")
    for outcome in (command(*arguments), command(*arguments, "--lang", "en")):
        assert [place for place in places(outcome.out) if place.startswith("- P")] == codes
        assert all("`lain`" in line for line in outcome.out.splitlines() if "[P1" in line)
    assert foreign(command(*arguments).text) == set()


def test_a_figure_of_a_quarter_may_not_move_either(tmp_path: Path) -> None:
    """Though that of the year stands: here nothing was measured yet but the first quarter."""
    plugin(tmp_path, "program", rules=SHADOW)
    write(tmp_path / "dinas", {"realisasi.csv": SMALL["realisasi.csv"] + "2025;tw1;layanan;60\n"})
    found = project(tmp_path)
    expected = {"lain": ("layanan", Fraction(75), "Kurang"), "": ("layanan", Fraction(75, 2), "Kurang")}
    assert {name: figures(found.bare(name), 2025, Quarter.FIRST)[0] for name in expected} == expected
    told = [item.values for item in found.validate() if item.code.name == "P109"]
    assert [(values["figure"], values["year"]) for values in told] == [("layanan", 2025)]


@pytest.mark.parametrize(("year", "code"), [(2024, "P110"), (2025, "P109")])
def test_the_documents_of_a_year_may_not_move_either(tmp_path: Path, year: int, code: str) -> None:
    """A work plan of the plugin that takes the place of another, which it does not declare."""
    base = RENJA.format(day="2 Januari", target=90).replace("2024", str(year))
    plugin(
        tmp_path,
        "program",
        "set()",
        rules=RENJA.format(day="3 Maret", target=80).replace("2024", str(year)).replace(f"renja_{year}", "lain"),
    )
    write(tmp_path / "dinas", {"renja.sakip": base})
    found = {item.code.name: item.values for item in project(tmp_path).validate()}
    assert (found[code]["figure"], found[code]["year"]) == ("renja", year)


# The folder, and what stays silent.


@pytest.mark.parametrize("state", ["missing", "a file", "empty"])
def test_year_rules_without_files_are_a_finding(command: Command, tmp_path: Path, state: str) -> None:
    """That names the plugin and the folder; the figures are there."""
    plugin(tmp_path, "program", "set()", rules="")
    module = tmp_path / "pengaya" / "lain" / "__init__.py"
    module.write_text(module.read_text().replace("folder if folder.exists() else None", "folder"))
    folder = module.with_name("aturan")
    if state == "a file":
        folder.write_text("")
    elif state == "empty":
        folder.mkdir()
    arguments = ("dinas", "--plugins-dir", "pengaya")
    for language in ("id", "en"):
        outcome = command("validate", *arguments, "--lang", language)
        assert places(outcome.out) == ["- P111"]
        assert "`lain`" in outcome.out
        assert "pengaya/lain/aturan" in outcome.out
    assert figures(project(tmp_path), 2024) == BEFORE


def test_code_alone_needs_no_folder(command: Command, tmp_path: Path) -> None:
    """What it puts in place may stand in a library."""
    plugin(tmp_path, 'program.replace("capaian_naik", "capaian_turun")', rules="")
    assert places(command("validate", "dinas", "--plugins-dir", "pengaya").out) == []
    assert figures(project(tmp_path), 2024)[0] == ("layanan", Fraction(11111, 100), "Baik")


def test_years_that_no_one_reports_on_are_no_finding(command: Command, tmp_path: Path) -> None:
    """But the list of plugins tells which they are, and for whom."""
    plugin(tmp_path, HALF, years="{1999, 1998}")
    assert command("validate", "dinas", "--plugins-dir", "pengaya").code == 0
    listed = command("plugins", "--plugins-dir", "pengaya").out
    assert "  lain: tahun 1998, 1999; untuk semua folder; boleh mengubah capaian_naik" in listed
    listed = command("plugins", "--plugins-dir", "pengaya", "--lang", "en").out
    assert "  skm_2004: years 2004, 2005" in listed
    assert "  pk_2024_perubahan: years 2024; for the agency `dinsos_magetan`; may change pk_2024" in listed


@pytest.mark.parametrize(("library", "codes"), [("nasional", ["P111"]), ("tidak_ada", [])])
def test_rules_of_a_library_are_for_those_who_use_it(
    command: Command, tmp_path: Path, library: str, codes: list[str]
) -> None:
    """For a folder without it they do not exist, which is no finding."""
    plugin(tmp_path, "program", "set()", rules="")
    module = tmp_path / "pengaya" / "lain" / "__init__.py"
    text = module.read_text().replace("folder if folder.exists() else None", "folder")
    module.write_text(text.replace("amend=amend", f"amend=amend, library={library!r}"))
    outcome = command("validate", "dinas", "--plugins-dir", "pengaya")
    assert [place.split()[1] for place in places(outcome.out)] == codes


# The satisfaction survey of 2004.

SURVEY = """\
indikator kepuasan "Indeks Kepuasan Masyarakat" {
    satuan: angka
    arah: naik
    indeks: ikm
}

metode nilai_saja "Nilai IKM itu sendiri" {
    naik: nilai_ikm
    kategori: mutu_pelayanan
    | langkah    | nilai         |
    | capaian    | -             |
    | batas_atas | 100           |
    | rata_rata  | per_indikator |
}

formula nilai_ikm "Nilai IKM" {
    masukan: rencana; realisasi angka
    rumus: realisasi
}
"""
AGREED = """\
perjanjian_kinerja pk_{year} "PK {year}" {{
    tahun: {year}
    ditetapkan: 4 Januari {year}
    metode: nilai_saja
    | indikator | target |
    | kepuasan  | 80     |
}}
"""
ELEMENTS_2004 = (
    "prosedur", "persyaratan", "kejelasan_petugas", "kedisiplinan_petugas", "tanggung_jawab_petugas",
    "kemampuan_petugas", "kecepatan", "keadilan", "kesopanan", "kewajaran_biaya", "kepastian_biaya",
    "kepastian_jadwal", "kenyamanan", "keamanan",
)  # fmt: skip
ELEMENTS_2017 = (
    "persyaratan", "sistem_prosedur", "waktu_penyelesaian", "biaya_tarif", "produk_pelayanan", "kompetensi_pelaksana",
    "perilaku_pelaksana", "penanganan_pengaduan", "sarana_prasarana",
)  # fmt: skip


def survey(folder: Path, *years: int) -> Project:
    """An agency whose survey gives 3 in every element, fourteen until 2014 and nine later."""
    rules = SURVEY + "\n".join(AGREED.format(year=year) for year in years)
    values = [
        f"{year};tahunan;{'ikm_2004' if year <= 2014 else 'ikm'}.{element};3"
        for year in years
        for element in (ELEMENTS_2004 if year <= 2014 else ELEMENTS_2017)
    ]
    write(folder, {"a.sakip": rules, "realisasi.csv": "\n".join(["tahun;periode;nama;nilai", *values])})
    return Project(folder, Cache(None))


def test_the_survey_of_2004_is_graded_by_its_own_bands(tmp_path: Path) -> None:
    """75 is B by 62,51-81,25 until 2014, and C by 65,00-76,60 from then on, wherever rules say ``ikm``."""
    found = survey(tmp_path, 2013, 2014, 2018)
    expected = {2013: "B", 2014: "B", 2018: "C"}
    assert {year: figures(found, year) for year in expected} == {
        year: [("kepuasan", Fraction(75), grade)] for year, grade in expected.items()
    }
    assert [item.code.name for item in found.validate()] == ["D214"]  # there is no agreement of 2015


def test_without_that_plugin_the_other_years_stand(tmp_path: Path) -> None:
    """Installing or removing it edits nothing: its year has then no index of fourteen elements."""
    found = survey(tmp_path, 2014, 2015)
    bare = found.bare("skm_2004")
    evaluation, findings = bare.evaluate(2014)
    assert evaluation
    assert evaluation.indicators[0].achievement.value.number is None
    assert [item.code.name for item in findings] == ["M103"]
    assert bare.evaluate(2015)[0].indicators[0].achievement.value == (  # type: ignore[union-attr]
        found.evaluate(2015)[0].indicators[0].achievement.value  # type: ignore[union-attr]
    )
    assert found.program.definition("ikm_2004")
    with pytest.raises(LookupError):
        bare.program.definition("ikm_2004")


@pytest.mark.parametrize("name", ["ikm", "mutu_pelayanan"])
@pytest.mark.parametrize("renamed", ["layanan", "lama", "s1"])
def test_what_a_folder_calls_like_an_index_is_left_alone(
    command: Command, tmp_path: Path, renamed: str, name: str
) -> None:
    """An indicator or an objective of such a name keeps it, in the years of that edition, too."""
    files = {file: re.sub(rf"\b{renamed}\b", name, text).replace("2024", "2014") for file, text in SMALL.items()}
    write(tmp_path / "dinas", files)
    assert command("validate", "dinas").out == ""
    figure = {"layanan": Fraction(8889, 100), "lama": Fraction(80)}
    found = Project(tmp_path / "dinas", Cache(None))
    assert [number for _, number, _ in figures(found, 2014)] == list(figure.values())


def test_a_variable_called_like_a_category_is_left_alone(command: Command, tmp_path: Path) -> None:
    """Though the index of the library has that category."""
    variable = 'variabel mutu_pelayanan "Mutu" {\n    satuan: orang\n}\n'
    used = SURVEY + variable + 'indikator lain "Lain" {\n    satuan: orang\n    rumus: mutu_pelayanan\n}\n'
    write(tmp_path, {"a.sakip": used + AGREED.format(year=2014)})
    assert [place for place in places(command("validate").out) if "P1" in place] == []


def test_its_examples_are_run_with_those_of_the_library(command: Command) -> None:
    """All pass, and none of its bands is left out."""
    outcome = command("test", (ROOT / "rules" / "nasional").as_posix())
    assert (outcome.code, outcome.out) == (0, "")
    library = Project(ROOT / "rules" / "nasional", Cache(None))
    owners = {run.owner.name for run in library.run_examples().runs}
    assert {"ikm_2004", "mutu_pelayanan_2004"} <= owners
    assert not {"ikm_2004", "mutu_pelayanan_2004"} & {
        run.owner.name for run in library.bare("skm_2004").run_examples().runs
    }
