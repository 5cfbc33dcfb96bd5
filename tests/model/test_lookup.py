"""Which definition a name stands for: the nearest one, by name, by path or by official title."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_rules import Project
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.spelling import Spelling, nearest
from sakip_rules.cache import Cache
from tests.running import write

METHOD = """\
metode cara {
    naik: capaian_naik
    | langkah | nilai |
    | capaian | -     |
}
indikator i "Indikator I" {
    satuan: angka
    arah: naik
}
"""
#: A plan that holds an objective of the name that the agreement uses.
PLAN = 'renstra rencana {\n    berlaku: 2024 s.d 2026\n    sasaran s "Milik rencana" { indikator: i }\n}\n'
OTHER_PLAN = 'renstra lain {\n    berlaku: 2020 s.d 2023\n    sasaran s "Milik rencana lain" { indikator: i }\n}\n'
OWN = 'sasaran s "Milik folder" { indikator: i }\n'
LIBRARY = 'sasaran s "Milik pustaka" { indikator: i }\nindikator i "I pustaka" { satuan: angka }\n'


def agreement(objective: str, refers_to: str = "") -> str:
    refers = f"    merujuk: {refers_to}\n" if refers_to else ""
    table = f"    | sasaran | indikator | target |\n    | {objective} | i | 1 |\n"
    return f"perjanjian_kinerja pk {{\n    tahun: 2024\n{refers}    metode: cara\n{table}}}\n"


def folder(path: Path, rules: str, library: str = "") -> Project:
    """A rule folder over a library of its own, over the national one."""
    write(path / "pustaka", {"b.sakip": library, "sakip.toml": "bahasa = 1\npustaka = []\n"})
    settings_file = 'bahasa = 1\npustaka = ["../pustaka", "nasional"]\n'
    write(path / "folder", {"a.sakip": METHOD + rules, "sakip.toml": settings_file})
    return Project(path / "folder", Cache(None))


def objective(found: Project) -> str | None:
    """The title of the objective that the agreement's row was linked to."""
    pk = found.program.find("pk")[0]
    target = found.program.target(pk.rows[0].objective)  # type: ignore[attr-defined]
    return target.title if target else None


def errors(found: Project) -> list[Diagnostic]:
    return [item for item in found.rule_findings if item.is_error]


@pytest.mark.parametrize(
    ("rules", "library", "expected"),
    [
        (PLAN + OTHER_PLAN + OWN + agreement("s", "rencana"), LIBRARY, "Milik rencana"),
        (PLAN + OTHER_PLAN + OWN + agreement("s", "lain"), LIBRARY, "Milik rencana lain"),
        (PLAN + OTHER_PLAN + OWN + agreement("s"), LIBRARY, "Milik folder"),
        (OWN + agreement("s"), LIBRARY, "Milik folder"),
        (agreement("s"), LIBRARY, "Milik pustaka"),
        (PLAN + OWN + agreement("rencana.s"), LIBRARY, "Milik rencana"),
        (PLAN + OTHER_PLAN + OWN + agreement("lain.s", "rencana"), "", "Milik rencana lain"),
        (PLAN + OWN + agreement('"Milik folder"', "rencana"), LIBRARY, "Milik folder"),
        (PLAN + OWN + agreement('"MILIK   rencana"'), LIBRARY, "Milik rencana"),
        (PLAN + agreement("s"), "", "Milik rencana"),
    ],
)
def test_the_nearest_definition_is_meant(tmp_path: Path, rules: str, library: str, expected: str) -> None:
    """The referred document comes before the folder, the folder before the library; a path or title says which."""
    found = folder(tmp_path, rules, library)
    assert errors(found) == []
    assert objective(found) == expected


@pytest.mark.parametrize(
    ("goal", "expected", "found_wrong"),
    [
        ('tujuan t { sasaran s "Di dalam" { indikator: i } }\n', "Di dalam", ["N104"]),
        ('sasaran u "Lain" { indikator: i }\n', "Di luar", []),
    ],
)
def test_a_document_looks_into_itself_first(tmp_path: Path, goal: str, expected: str, found_wrong: list[str]) -> None:
    """What a plan supports is its own objective where it has one of that name, which leads in a circle."""
    inner = "".join(f"    {line}\n" for line in goal.splitlines())
    plan = f"renstra r {{\n    berlaku: 2024 s.d 2026\n    mendukung: s\n{inner}}}\n"
    found = folder(tmp_path, plan + 'sasaran s "Di luar" { indikator: i }\n')
    linked = found.program.find("r")[0]
    assert [item.code.name for item in errors(found)] == found_wrong
    assert found.program.target(linked.supports[0]).title == expected  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("rules", "code", "facts"),
    [
        (PLAN + OTHER_PLAN + agreement("s"), "N105", {"names": ("rencana.s", "lain.s")}),
        (
            'sasaran a "Kembar" { indikator: i }\nsasaran b "kembar" { indikator: i }\n' + agreement('"Kembar"'),
            "N105",
            {"names": ("a", "b")},
        ),
        (OWN + agreement("i"), "N106", {"kind": "indikator"}),
        (OWN + OWN + agreement("s"), "N102", {"name": "s"}),
        (PLAN + agreement("rencana.t"), "N101", {"name": "rencana.t"}),
    ],
)
def test_a_name_that_does_not_say_which_is_an_error(
    tmp_path: Path, rules: str, code: str, facts: dict[str, object]
) -> None:
    """Two that fit equally well, one of another kind, one defined twice, and none."""
    found = errors(folder(tmp_path, rules))
    assert [item.code.name for item in found][:1] == [code]
    assert {name: found[0].values[name] for name in facts} == facts


TABLE = "tabel capaian {\n    baris: indikator\n    | kolom | judul |\n    | capaian | C |\n}\n"
FOLLOWS = 'narasi n {\n    seperti: capaian\n    teks: "x"\n}\n'


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (f'subbab "A" {{\n{TABLE}{TABLE}{FOLLOWS}}}\n', [("N102", None)]),
        (f'subbab "A" {{\n{TABLE}}}\nsubbab "B" {{\n{TABLE}{FOLLOWS}}}\n', [("N105", ("b3.capaian",)), ("D237", None)]),
    ],
)
def test_what_is_there_twice_is_told_once_and_nothing_is_advised_that_cannot_be_written(
    tmp_path: Path, parts: str, expected: list[tuple[str, object]]
) -> None:
    """Blocks without a name are no part of a name."""
    found = folder(tmp_path, f'laporan l "L" {{\n    tahun: 2024\n    bab: b3\n}}\nbab b3 "B" {{\n{parts}}}\n')
    assert [(item.code.name, item.values.get("names")) for item in errors(found)] == expected


@pytest.mark.parametrize(
    ("written", "meant"),
    [("layann", "layanan"), ("pelyanan", None), ("Layanan", "layanan"), ("layanan_", "layanan"), ("xyz", None)],
)
def test_a_misspelt_name_comes_with_the_likely_one(tmp_path: Path, written: str, meant: str | None) -> None:
    """The repair stands in the place of what was written; among names of the right kind only."""
    text = "sasaran layanan { indikator: i }\nmisi pelayanan { }\n" + agreement(written)
    if written == "pelyanan":
        meant = "layanan"  # the mission is nearer, but is no objective
    found = errors(folder(tmp_path, text))
    assert [(item.code.name, item.values["name"], item.repair and item.repair.text) for item in found] == [
        ("N101", written, meant)
    ]


# Spelling.

#: Names as a big rule folder has them: 10.000 of them, none like the words below.
MANY = [f"q{number:05d}z" for number in range(10_000)]
WORDS = ["pemberdayaan_sosial", "rehabilitasi_sosial", "nilai_sakip", "ikm_dinsos", "lansia_terlantar"]


def test_among_many_names_no_more_than_a_few_are_compared() -> None:
    """The candidates are those that begin or end like the misspelt word."""
    assert len(Spelling(MANY)._candidates("q05000x")) <= 160


@pytest.mark.parametrize("at", ["start", "middle", "end"])
@pytest.mark.parametrize("change", ["drop", "double", "replace", "swap"])
@pytest.mark.parametrize("word", WORDS)
def test_a_slip_finds_the_same_word_among_ten_thousand_as_among_few(word: str, change: str, at: str) -> None:
    """One letter dropped, doubled, replaced or swapped, wherever it stands."""
    place = {"start": 0, "middle": len(word) // 2, "end": len(word) - 2}[at]
    before, letter, after = word[:place], word[place], word[place + 1 :]
    slip = {
        "drop": before + after,
        "double": before + letter * 2 + after,
        "replace": before + "x" + after,
        "swap": before + after[:1] + letter + after[1:],
    }[change]
    assert Spelling(WORDS).near(slip) == word
    assert Spelling([*WORDS, *MANY]).near(slip) == word


@settings(deadline=None, max_examples=20)
@given(words=st.lists(st.text("abcdef", min_size=3, max_size=8), min_size=1, max_size=30), word=st.text("abcdef"))
def test_the_order_of_the_names_does_not_matter(words: list[str], word: str) -> None:
    """The same names give the same near word, however they are listed."""
    assert Spelling(words).near(word) == Spelling(reversed(words)).near(word)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("kk_miskin", "KK_Miskin"),
        ("kk miskin", "KK_Miskin"),
        ("kk-miskin", "KK_Miskin"),
        ("KKMiskin", "KK_Miskin"),
        ("Kemiskinan", "kemiskinan"),
        ("kemiskinana", "kemiskinan"),
    ],
)
def test_a_word_that_differs_only_in_capitals_or_joints_comes_first(written: str, meant: str) -> None:
    """Before one that has more letters in common as they are typed, among few names as among many."""
    known = ["KK_Miskin", "kemiskinan", "kk_miskins", "KKMiskinan"]
    assert Spelling(known).near(written) == nearest(written, [*known, *MANY]) == meant


@pytest.mark.parametrize("used", ["kk_miskin", "KK_MISKIN"])
def test_names_are_told_apart_by_capitals_and_the_finding_says_which_is_meant(tmp_path: Path, used: str) -> None:
    """In a formula as in a data file."""
    text = f"""\
variabel KK_Miskin "Keluarga miskin" {{ satuan: orang }}
variabel kemiskinan "Penduduk miskin" {{ satuan: orang }}
indikator i "I" {{
    satuan: orang
    rumus: {used} + kemiskinan
}}
"""
    data = f"tahun;periode;nama;nilai\n2024;tahunan;{used};5\n"
    found = Project(write(tmp_path, {"a.sakip": text, "realisasi.csv": data}), Cache(None)).validate()
    assert {item.near for item in found if item.code.name in ("N101", "R102")} == {"KK_Miskin"}
    assert {item.code.name for item in found} >= {"N101", "R102"}


LISTED = """\
indikator tepat_waktu "Layanan tepat waktu" {{ satuan: persen }}
indikator skm_kel "Kepuasan" {{ satuan: angka }}
sasaran s "S" {{ indikator: {listed} }}
"""


@pytest.mark.parametrize(
    ("listed", "repaired"),
    [
        ("tepat_waktu, skm_kel", "tepat_waktu; skm_kel"),
        ("Layanan tepat waktu, Kepuasan", "Layanan tepat waktu; Kepuasan"),
        ('"Layanan tepat waktu, Kepuasan"', "Layanan tepat waktu; Kepuasan"),
    ],
)
def test_a_list_with_commas_is_told_to_take_semicolons(tmp_path: Path, listed: str, repaired: str) -> None:
    """By names as by titles, and the repair loses neither."""
    found = errors(folder(tmp_path / "a", LISTED.format(listed=listed)))
    assert [(item.code.name, item.repair and item.repair.text) for item in found] == [("S203", repaired)]
    assert errors(folder(tmp_path / "b", LISTED.format(listed=repaired))) == []


def test_a_title_that_nothing_has_is_not_found_whatever_its_commas(tmp_path: Path) -> None:
    """Half a list of titles is no list."""
    found = errors(folder(tmp_path, LISTED.format(listed="Layanan tepat waktu, Entah apa")))
    assert [item.code.name for item in found] == ["N101"]
