"""The performance tree: Magetan's as the report prints it, and what holds for every tree."""

from __future__ import annotations

import datetime
import random
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_rules import Project
from sakip_rules.base.source import Source
from sakip_rules.model.build import compile_file
from sakip_rules.model.names import Layer, Program, link
from sakip_rules.model.performance_tree import Node, NodeKind, PerformanceTree
from sakip_rules.model.tree_building import performance_tree
from sakip_rules.model.vocabulary import CORE
from tests.running import MAGETAN

BEFORE, AFTER = datetime.date(2024, 10, 31), datetime.date(2024, 12, 31)


@pytest.fixture(scope="module")
def magetan() -> Project:
    return Project(MAGETAN)


@pytest.fixture(scope="module")
def tree(magetan: Project) -> PerformanceTree:
    return magetan.tree(2024, AFTER)


def names(nodes: tuple[Node, ...]) -> list[str]:
    return [node.name.rpartition(".")[2] for node in nodes]


def amount(tree: PerformanceTree, name: str | None = None) -> int | None:
    node = tree.node(name) if name else None
    cost = tree.cost(node)
    assert cost is None or cost.amount.denominator == 1
    return cost and cost.amount.numerator


def built(*texts: str) -> Program:
    files = [compile_file(Source(f"{number}.sakip", text), CORE) for number, text in enumerate(texts)]
    assert [item for file in files for item in file.diagnostics] == []
    return link((Layer(item for file in files for item in file.definitions),), CORE)[0]


# Magetan.


@pytest.mark.parametrize(("objective", "rupiah"), [
    ("dinsos_2024_2026.s1", 6_093_000_000),
    ("dinsos_2024_2026.s2", 2_510_000_000),
    ("dinsos_2024_2026.s3", 145_000_000),
    ("dinsos_2024_2026.s4", 10_147_000_000),
    ("dinsos_2024_2026.s5", 5_280_862_284),
    ("dinsos_2024_2026.t1", 24_175_862_284),
    ("rpd_magetan_2024_2026.s1", 24_175_862_284),
    ("visi_rpjpd", 24_175_862_284),
    (None, 24_175_862_284),
])  # fmt: skip
def test_budgets_are_those_of_the_report(tree: PerformanceTree, objective: str | None, rupiah: int) -> None:
    """Tabel 3.9 (efficiency) for objectives 1, 2 and 5, its total for all; programme 2, which two share, once."""
    assert amount(tree, objective) == rupiah


def test_a_programme_counts_by_its_activities_and_keeps_what_is_printed(tree: PerformanceTree) -> None:
    """Tabel 2.8 prints 75.000.000 for programme 5, whose activities are 100.000.000 and 75.000.000."""
    node = tree.node("bencana")
    assert node is not None
    assert (node.budget, amount(tree, "bencana")) == (75_000_000, 175_000_000)


def test_every_unit_carries_what_the_report_says(tree: PerformanceTree) -> None:
    """Tabel 3.9, column Bidang Pengampu; the third unit by its official title and by the one that is printed there."""
    printed = "Bidang Perlindungan dan Jaminan Sosial"
    assert names(tree.carried_by(printed)) == [
        "perlindungan", "bencana", "perlindungan_fakir_miskin", "bencana_korban", "bencana_kesiapsiagaan",
    ]  # fmt: skip
    assert tree.carried_by("bidang_perlindungan") == tree.carried_by(printed)
    counts = {
        unit: len(tree.carried_by(unit))
        for unit in ("sekretariat", "bidang_rehabilitasi", "bidang_perlindungan", "bidang_pemberdayaan")
    }
    assert counts == {
        "sekretariat": 7, "bidang_rehabilitasi": 3, "bidang_perlindungan": 5, "bidang_pemberdayaan": 4,
    }  # fmt: skip


def test_what_crosses_lines_is_found(tree: PerformanceTree) -> None:
    """Programme 2 supports two objectives; with the first, two other agencies work together (III.A.5)."""
    assert names(tree.cross_cutting()) == ["s1", "pemberdayaan"]
    shared, programme = (tree.node(name) for name in ("dinsos_2024_2026.s1", "pemberdayaan"))
    assert shared is not None
    assert programme is not None
    assert [item.label for each in shared.together for item in each.partners] == ["Dinas Kesehatan", "BPJS Kesehatan"]
    assert names(tree.lines(programme)) == ["s3", "s4"]


def test_the_line_up_to_the_vision_is_stated(tree: PerformanceTree) -> None:
    """Tabel 2.1: activity, programme, objective, goal, objective and goal of the region, mission, vision."""
    activity = tree.node("bencana_korban")
    assert activity is not None
    assert names(tree.ancestors(activity)) == ["bencana", "s1", "t1", "s1", "t3", "misi_1", "visi_rpjpd"]


def test_what_is_below_an_objective(tree: PerformanceTree) -> None:
    """Tabel 3.8; its supporters are without the indicators that measure it."""
    objective = tree.node("dinsos_2024_2026.s5")
    assert objective is not None
    assert names(tree.children(objective)) == ["nilai_sakip", "ikm_dinsos", "penunjang", "makam"]
    assert names(tree.supporters(objective)) == ["penunjang", "makam"]
    assert len(tree.descendants(objective)) == 11


PROMISED = {
    BEFORE: {"pmks_kebutuhan_dasar": "38.46", "pmks_pemberdayaan_usaha": "7.34", "psks_pembinaan": "32.01",
             "skor_ikm": "87.35"},
    AFTER: {"perlindungan_jaminan_sosial": "99.88", "rehabilitasi_sosial": "0.28", "pemberdayaan_sosial": "0.04",
            "psks_aktif": "5.30", "nilai_sakip": "85", "ikm_dinsos": "87.35"},
}  # fmt: skip


@pytest.mark.parametrize("as_of", [BEFORE, AFTER])
def test_the_day_decides_what_is_promised(magetan: Project, as_of: datetime.date) -> None:
    """Four indicators before the revision of 4 November, six after."""
    found = {
        node.name: getattr(node.target, "number", None)
        for node in magetan.tree(2024, as_of).nodes.values()
        if node.kind is NodeKind.INDICATOR and node.promised
    }
    assert found == {name: Fraction(number) for name, number in PROMISED[as_of].items()}


def test_before_the_revision_nothing_links_programmes_and_objectives(magetan: Project) -> None:
    """Tabel 2.5 and 2.6 do not say which programme supports which objective, nor who carries it: it is not guessed."""
    tree = magetan.tree(2024, BEFORE)
    gaps = tree.gaps()
    assert names(gaps.aimless) == ["penunjang", "pemberdayaan", "rehabilitasi", "perlindungan", "bencana", "makam"]
    assert names(gaps.unattached) == ["pk_s1", "pk_s2", "pk_s3", "pk_s4"]
    assert {"pk_s1", "pk_s2", "pk_s3", "pk_s4", "s1", "s2", "s3", "s4", "s5"} == set(names(gaps.unsupported))
    assert len([each for each in gaps.unfunded if each.promised]) == 4
    assert amount(tree) == 12_877_564_879
    assert amount(tree, "dinsos_2024_2026.t1") is None


def test_after_the_revision_only_carriers_of_objectives_are_not_stated(tree: PerformanceTree) -> None:
    """Every programme has its objective, and every indicator a programme; nobody is named for the objectives."""
    gaps = tree.gaps()
    assert (gaps.unsupported, gaps.unattached, gaps.aimless, gaps.unfunded) == ((), (), (), ())
    assert [each.kind for each in gaps.uncarried] == [NodeKind.OBJECTIVE] * 6


def test_a_year_with_a_plan_alone_has_the_targets_of_the_plan(magetan: Project) -> None:
    """For 2025 there is no agreement, which is told, and the Renstra comes before the action plan."""
    tree = magetan.tree(2025)
    node = tree.node("psks_aktif")
    assert node is not None
    assert node.setter is not None
    assert (getattr(node.target, "number", None), node.setter.name) == (Fraction("5.4"), "dinsos_2024_2026")
    assert [item.code.name for item in tree.findings] == ["D201"]


def test_names_that_several_carry_mean_none(tree: PerformanceTree) -> None:
    """Both plans have an objective s1; a path, an identity or a title tells them apart."""
    assert len(tree.find("s1")) == 2
    assert tree.node("s1") is None
    assert tree.node("dinsos_2024_2026.s1") is tree.node("sasaran:dinsos_2024_2026.t1.s1")
    assert tree.node("meningkatnya  KUALITAS pelayanan rehabilitasi sosial") is tree.node("dinsos_2024_2026.s2")
    assert tree.node("tidak_ada") is None


# What holds for every tree.

SHARED = """\
sasaran a "A" { nomor: "1" }
sasaran b "B" { nomor: "2" }
anggaran g "G" {
    tahun: 2024
    | nomor | nama | uraian | pagu | mendukung |
    | 1     | p    | P      | PAGU_P | a       |
    | 1.1   | k    | K      | PAGU_K | b       |
    | 1.2   | l    | L      | PAGU_L | -       |
}
"""


@pytest.mark.parametrize(("budgets", "amounts", "unknown"), [
    (("30", "10", "20"), (30, 10, 30), []),
    (("99", "10", "20"), (30, 10, 30), []),
    (("30", "10", "-"), (30, 10, 30), []),
    (("-", "10", "20"), (30, 10, 30), []),
    (("-", "10", "-"), (10, 10, 10), ["l"]),
    (("0", "-", "-"), (0, 0, 0), []),
    (("-", "-", "-"), (0, 0, 0), ["k", "l"]),
])  # fmt: skip
def test_missing_and_zero_budgets_are_told_apart(
    budgets: tuple[str, ...], amounts: tuple[int, ...], unknown: list[str]
) -> None:
    """The amounts of objective a, objective b, and the tree; an activity that both reach counts once."""
    text = SHARED
    for mark, budget in zip(("PAGU_P", "PAGU_K", "PAGU_L"), budgets, strict=True):
        text = text.replace(mark, budget)
    tree = performance_tree(built(text), 2024)
    assert (amount(tree, "a"), amount(tree, "b"), amount(tree)) == amounts
    total = tree.cost()
    assert total is not None
    assert names(total.unknown) == unknown


def test_links_that_close_a_circle_are_left_out() -> None:
    """They are findings of their own; every node is shown all the same."""
    tree = performance_tree(built('sasaran a "A" { mendukung: b }\n', 'sasaran b "B" { mendukung: a }\n'), 2024)
    assert sorted(step.node.name for step in tree.walk()) == ["a", "b"]


def test_a_long_chain_is_no_matter() -> None:
    """Nothing is done by recursion."""
    chain = "".join(f'sasaran s{number} "S" {{ mendukung: s{number + 1} }}\n' for number in range(3000))
    tree = performance_tree(built(chain + 'sasaran s3000 "S" { nomor: "1" }\n'), 2024)
    assert len(list(tree.walk())) == 3001
    start = tree.node("s0")
    assert start is not None
    assert len(tree.ancestors(start)) == 3000


def test_a_plan_decided_later_is_not_known() -> None:
    """Neither what stands in it, nor what says that it supports it."""
    program = built(
        'renstra r "R" {\n    berlaku: 2024\n    ditetapkan: 1 Juni 2024\n    sasaran s "S" { nomor: "1" }\n}\n',
        'sasaran b "B" { mendukung: r.s }\n',
    )
    assert list(performance_tree(program, 2024, datetime.date(2024, 5, 31)).nodes) == ["sasaran:b"]
    assert len(performance_tree(program, 2024, datetime.date(2024, 6, 1)).nodes) == 2


def test_partners_hold_for_their_years() -> None:
    """By ``berlaku``, and always without it."""
    text = (
        'instansi d "D" {{ }}\nsasaran s "S" {{ nomor: "1" }}\n'
        'lintas_instansi l "L" {{\n    mendukung: s\n    mitra: d\n{}}}\n'
    )
    found = [
        bool(performance_tree(built(text.format(key)), year).cross_cutting())
        for key in ("    berlaku: 2024\n", "") for year in (2024, 2025)
    ]  # fmt: skip
    assert found == [True, False, True, True]


CARRIED = """\
instansi dinas "Dinas" { }
instansi lain "Instansi Lain" { }
unit_kerja tu "Tata Usaha" { instansi: dinas }
sasaran s "S" {
    indikator: i
    penanggung_jawab: dinas
}
indikator i "I" {
    satuan: orang
    penanggung_jawab: tu
}
anggaran g "G" {
    tahun: 2024
    | nomor | nama | uraian | bidang         | mitra | mendukung |
    | 1     | p    | P      | tu; dinas      | lain  | s         |
    | 1.1   | k    | K      | Tata Usaha     | -     | -         |
    | 1.1.1 | l    | L      | -              | -     | -         |
}
"""


def test_carriers_and_partners_are_those_that_are_stated() -> None:
    """On objectives, indicators, programmes and activities alike; what says nothing inherits nothing."""
    tree = performance_tree(built(CARRIED), 2024)
    assert {node.name: [each.name for each in node.carriers] for node in tree.nodes.values()} == {
        "s": ["dinas"], "i": ["tu"], "p": ["tu", "dinas"], "k": ["tu"], "l": [],
    }  # fmt: skip
    assert names(tree.carried_by("tata usaha")) == names(tree.carried_by("tu")) == ["i", "p", "k"]
    assert names(tree.gaps().uncarried) == ["l"]
    assert names(tree.cross_cutting()) == ["p"]
    assert [node.kind.value for node in tree.nodes.values()] == [
        "indikator", "sasaran", "program", "kegiatan", "subkegiatan",
    ]  # fmt: skip


def test_what_a_plan_supports_holds_for_what_says_nothing_itself() -> None:
    """For its goals and the objectives that stand in no goal."""
    tree = performance_tree(
        built(
            'renstra rpd "RPD" {\n    berlaku: 2024\n    sasaran a "A" { nomor: "1" }\n'
            '    sasaran b "B" { nomor: "2" }\n}\n',
            'renstra r "R" {\n    berlaku: 2024\n    mendukung: rpd.a\n    tujuan t "T" {\n'
            '        sasaran s "S" { nomor: "1" }\n    }\n    tujuan u "U" { mendukung: rpd.b }\n}\n',
        ),
        2024,
    )
    assert {node.name: node.supports for node in tree.nodes.values() if node.supports} == {
        "r.t": ("sasaran:rpd.a",), "r.t.s": ("tujuan:r.t",), "r.u": ("sasaran:rpd.b",),
    }  # fmt: skip


def test_what_carries_the_name_of_another_is_there_too() -> None:
    """It is a finding of its own; nothing is lost by it, no budget either."""
    rows = "    | nomor | nama | uraian | pagu |\n    | 1 | p | P | 10 |\n    | 2 | p | Q | 20 |\n"
    text = 'sasaran s "S" { nomor: "1" }\nsasaran s "T" { nomor: "2" }\n'
    tree = performance_tree(built(f'{text}anggaran g "G" {{\n    tahun: 2024\n{rows}}}\n'), 2024)
    assert [node.title for node in tree.nodes.values()] == ["S", "T", "P", "Q"]
    assert amount(tree) == 30


def parts(objectives: int, programmes: list[set[int]], shuffled: random.Random) -> list[str]:
    """Blocks of a folder: objectives, and programmes with two activities that each support some of them."""
    blocks = [f'sasaran s{n} "S{n}" {{\n    nomor: "{n}"\n    indikator: i{n}\n}}\n' for n in range(objectives)]
    blocks += [f'indikator i{n} "I{n}" {{ satuan: orang }}\n' for n in range(objectives)]
    lines = ""
    for at, supported in enumerate(programmes, 1):
        links = "; ".join(f"s{n}" for n in sorted(supported) if n < objectives) or "-"
        lines += f"    | {at} | p{at} | P | {at * 30} | {links} |\n    | {at}.1 | k{at} | K | {at * 10} | - |\n"
        lines += f"    | {at}.2 | l{at} | L | {at * 20} | - |\n"
    head = "    | nomor | nama | uraian | pagu | mendukung |\n"
    blocks.append(f'anggaran g "G" {{\n    tahun: 2024\n{head}{lines}}}\n')
    shuffled.shuffle(blocks)
    return blocks


FOLDERS = {
    "objectives": st.integers(1, 5),
    "programmes": st.lists(st.sets(st.integers(0, 4)), min_size=1, max_size=5),
    "seed": st.randoms(use_true_random=False),
}


@settings(max_examples=60, deadline=None)
@given(**FOLDERS)
def test_every_definition_is_shown_once_and_every_budget_counted_once(
    objectives: int, programmes: list[set[int]], seed: random.Random
) -> None:
    """Whatever supports whatever; references to what is shown elsewhere are no second showing."""
    tree = performance_tree(built(*parts(objectives, programmes, seed)), 2024)
    shown = [step.node.identity for step in tree.walk() if not step.reference]
    assert sorted(shown) == sorted(tree.nodes)
    assert len(shown) == 2 * objectives + 3 * len(programmes)
    assert amount(tree) == sum(30 * at for at in range(1, len(programmes) + 1))
    for number in range(objectives):
        below = sum(30 * at for at, supported in enumerate(programmes, 1) if number in supported)
        assert (amount(tree, f"s{number}") or 0) == below


@settings(max_examples=60, deadline=None)
@given(**FOLDERS)
def test_the_order_of_files_does_not_matter(objectives: int, programmes: list[set[int]], seed: random.Random) -> None:
    """The same nodes, links and walk."""
    trees = [performance_tree(built(*parts(objectives, programmes, seed)), 2024) for _ in range(2)]
    walks = [[(step.node.identity, step.last, step.reference) for step in tree.walk()] for tree in trees]
    links = [[(node.identity, node.supports, node.supported_by) for node in tree.nodes.values()] for tree in trees]
    assert walks[0] == walks[1]
    assert links[0] == links[1]


@settings(max_examples=30, deadline=None)
@given(**FOLDERS)
def test_links_are_told_from_both_ends(objectives: int, programmes: list[set[int]], seed: random.Random) -> None:
    """What supports something is supported by it the other way round, and nothing is above itself."""
    tree = performance_tree(built(*parts(objectives, programmes, seed)), 2024)
    up = {(node.identity, other) for node in tree.nodes.values() for other in node.supports}
    down = {(other, node.identity) for node in tree.nodes.values() for other in node.supported_by}
    assert up == down
    assert not any(node in tree.ancestors(node) for node in tree.nodes.values())


def test_a_walk_from_within_shows_what_is_shared(tree: PerformanceTree) -> None:
    """From objective 4 alone programme 2 is shown with its activity, which a walk from the top shows elsewhere."""
    start = tree.node("dinsos_2024_2026.s4")
    steps = list(tree.walk(start))
    assert [(step.node.name.rpartition(".")[2], step.reference) for step in steps] == [
        ("s4", False), ("psks_aktif", False), ("pemberdayaan", False), ("pemberdayaan_psks", False),
    ]  # fmt: skip
    assert len(list(tree.walk(start, 0))) == 1
    assert len(list(tree.walk(start, 1))) == 3


def test_a_folder_without_anything_has_an_empty_tree(tmp_path: Path) -> None:
    """And says that there is no agreement."""
    tree = Project(tmp_path).tree(2024)
    assert (dict(tree.nodes), tree.roots, tree.cost()) == ({}, (), None)
    assert [item.code.name for item in tree.findings] == ["D201"]
