"""What counts as a change of the rules: every edit by itself, the mirror of every comparison, and what is none."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_rules import Project
from sakip_rules.base.source import Source
from sakip_rules.cache import Cache
from sakip_rules.model import program as p
from sakip_rules.model.build import compile_file
from sakip_rules.model.canonical import rewriter
from sakip_rules.model.changes import Act, Change, changes
from sakip_rules.model.names import Layer, Program, link
from sakip_rules.model.vocabulary import CORE
from sakip_rules.syntax.parser import parse
from sakip_rules.syntax.printer import print_file
from tests.running import MAGETAN, SMALL

RULES = (
    "\n".join(text for name, text in SMALL.items() if name.endswith(".sakip"))
    + """
satuan hari { jenis: cacah }
indeks ikm "Indeks" {
    rumus: jumlah(bobot × nilai)
    | unsur | bobot |
    | u1    | 1/3   |
    | u2    | 2/3   |
}
formula f "Formula" {
    masukan: a; b
    | bila        | hasil |
    | a > b       | a     |
    | a = b       | 0     |
    | selain itu  | b     |
    contoh { a: 2
        b: 1
        hasil: 2 }
    contoh { a: 1
        b: 1
        hasil: 0 }
}
laporan lap "Laporan" {
    tahun: 2024
    narasi n {
        untuk: indikator
        teks: "Capaian {judul} {capaian}."
    }
    grafik g "Grafik" {
        bentuk: garis
        kolom: capaian; realisasi
    }
    tabel_data d "Data" {
        | kolom | judul | jenis |
        | nama  | Nama  | teks  |
        | orang | Orang | angka |
        isi {
            | nama   | orang |
            | Kepala | 1     |
            | Staf   | 4     |
        }
    }
}
"""
)


def program(*files: str) -> Program:
    definitions = [
        item for number, text in enumerate(files)
        for item in compile_file(Source(f"{number}.sakip", text), CORE).definitions
    ]  # fmt: skip
    return link((Layer(definitions),), CORE)[0]


def found(old: str, new: str) -> list[str]:
    """The changes, each as ``act name row key: old → new``."""
    told = changes(program(old), program(new))[0]
    return [
        f"{item.act.value} {item.subject.path} {item.row or '-'} {item.key or '-'}: {item.old} → {item.new}"
        for item in told
    ]


#: One edit each: what is replaced, by what, and the one change that it is.
EDITS = [
    ("| layanan   | 90     |", "| layanan   | 92     |", "diubah pk_2024 layanan target: 90 → 92"),
    ("| layanan   | 90   |", "| layanan   | 91   |", "diubah rencana layanan 2024: 90 → 91"),
    ("≥ 85% ", "≥ 90% ", "diubah kriteria Baik rentang: ≥ 85% → ≥ 90%"),
    ("| Kurang   |", "| Buruk    |", "diubah kriteria Buruk predikat: Kurang → Buruk"),
    ("| 1/3   |", "| 1/4   |", "diubah ikm u1 bobot: 1/3 → 1/4"),
    ("jumlah(bobot × nilai)", "jumlah(bobot + nilai)",
     "diubah ikm - rumus: jumlah(bobot × nilai) → jumlah(bobot + nilai)"),
    ("| a > b       |", "| a ≥ b       |", "diubah f a ≥ b bila: a > b → a ≥ b"),
    ("    | a = b       | 0     |\n", "", "dihapus f a = b -: hasil: 0 → None"),
    ("    | pembulatan | 2             |\n    | rata", "    | rata", "dihapus cara pembulatan -: nilai: 2 → None"),
    ("| pembulatan | 2             |\n    | rata", "| pembulatan | 1             |\n    | rata",
     "diubah cara pembulatan nilai: 2 → 1"),
    ("    | 2     | s1      | lama ", "    | 3     | s1      | ikm   | 1 | 1 | 1 |\n    | 2     | s1      | lama ",
     "ditambah pk_2024 ikm -: None → nomor: 3; sasaran: s1; target: 1; tw1: 1; tw2: 1"),
    ("arah: turun", "arah: naik", "diubah lama - arah: turun → naik"),
    ("hasil: 2 }", "hasil: 3 }", "diubah f.#1 - hasil: 2 → 3"),
    ("ditetapkan: 4 Januari 2024", "ditetapkan: 5 Januari 2024",
     "diubah pk_2024 - ditetapkan: 4 Januari 2024 → 5 Januari 2024"),
    ('"Lama Layanan"', '"Lama"', "diubah lama - judul: Lama Layanan → Lama"),
    ("satuan hari { jenis: cacah }", "", "dihapus hari - -: None → None"),
    ("masukan: a; b", "masukan: b; a", "diubah f - masukan: a; b → b; a"),
    ("{capaian}.", "{target}.", "diubah lap.n - teks: Capaian {judul} {capaian}. → Capaian {judul} {target}."),
    ("kolom: capaian; realisasi", "kolom: capaian", "diubah lap.g - kolom: capaian; realisasi → capaian"),
    ("| Staf   | 4     |", "| Staf   | 5     |", "diubah lap.d.#1 Staf orang: 4 → 5"),
    ("            | Kepala | 1     |\n", "", "dihapus lap.d.#1 Kepala -: nama: Kepala; orang: 1 → None"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "other", "change"), EDITS, ids=lambda part: str(part)[:24].strip())
def test_one_edit_is_one_change(text: str, other: str, change: str) -> None:
    """Told as the rule language writes it; the way back is its mirror."""
    assert text in RULES
    edited = RULES.replace(text, other, 1)
    assert found(RULES, edited) == [change]
    assert mirrored(compared(RULES, edited)) == plain(compared(edited, RULES))


def compared(old: str, new: str) -> tuple[Change, ...]:
    return changes(program(old), program(new))[0]


def plain(items: tuple[Change, ...]) -> Counter[Change]:
    """Changes without what the newer side calls their rows."""
    return Counter(evolve(item, row=None, about=None) for item in items)


def mirrored(items: tuple[Change, ...]) -> Counter[Change]:
    """The same changes, seen from the other side."""
    acts = {Act.ADDED: Act.DROPPED, Act.DROPPED: Act.ADDED}
    return Counter(
        evolve(
            item, act=acts.get(item.act, item.act), before=item.after, after=item.before, old=item.new, new=item.old,
            old_place=item.new_place, new_place=item.old_place, row=None, about=None,
        )
        for item in items
    )  # fmt: skip


@given(st.sets(st.integers(0, len(EDITS) - 1)))
@settings(max_examples=30, deadline=None)
def test_several_edits_are_mirrored_too(numbers: set[int]) -> None:
    """Whatever is edited together; rows are called as the newer side calls them."""
    edited = RULES
    for number in numbers:
        edited = edited.replace(EDITS[number][0], EDITS[number][1], 1)
    there, back = compared(RULES, edited), compared(edited, RULES)
    assert mirrored(there) == plain(back)
    assert compared(edited, edited) == ()


ROWS = (
    "    | 1     | s1      | layanan   | 90     | 80  | 85  |",
    "    | 2     | s1      | lama      | 10     | 10  | 10  |",
)
#: What says the same.
SAME = [
    ("≥ 85% ", ">= 85 % "),
    ("| layanan   | 90   |", "| layanan | 90,0 |"),
    ("rumus: jumlah(bobot × nilai)", "rumus: jumlah( bobot*nilai )"),
    ("indikator: layanan; lama", "indikator: lama; layanan"),
    ("merujuk: rencana", 'merujuk: "Rencana"'),
    ("{capaian}.", "{ capaian }."),
    ("| Staf   | 4     |", "| Staf | 4 |"),
    ('teks: "Capaian {judul}', 'teks: "Capaian   {judul}'),
    ("    satuan: persen\n    arah: naik\n", "    arah: naik\n    satuan: Persen\n"),
    ("\n".join(ROWS), "\n".join(reversed(ROWS))),
    ("berlaku: 2024 s.d 2026", "berlaku: 1 Januari 2024 s.d 31 Desember 2026"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "other"), SAME)
def test_another_way_to_write_it_is_no_change(text: str, other: str) -> None:
    """Signs, spaces, decimals, order, titles for names."""
    assert text in RULES
    assert found(RULES, RULES.replace(text, other, 1)) == []


@given(st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_files_and_their_names_are_no_change(draw: random.Random) -> None:
    """Blocks may stand in any file, in any order."""
    texts = [text for name, text in SMALL.items() if name.endswith(".sakip")]
    shuffled = draw.sample(texts, len(texts))
    assert changes(program(*texts), program(*shuffled))[0] == ()
    assert changes(program(*texts), program("\n".join(shuffled)))[0] == ()


def test_formatting_is_no_change() -> None:
    """All of Magetan, written without any alignment."""
    project = Project(MAGETAN, Cache(None))
    texts = [source.text for path, source in project.sources.items() if path.endswith(".sakip")]
    squeezed = [
        "\n".join(line if '"""' in text else " ".join(line.split()) for line in text.split("\n")) for text in texts
    ]
    formatted = [print_file(parse(Source("a", text))[0], rewriter(CORE)) for text in squeezed]
    before, after = (link((Layer(project_definitions(side)),), CORE)[0] for side in (squeezed, formatted))
    assert changes(before, after)[0] == ()


def project_definitions(texts: list[str]) -> list[p.Definition]:
    return [item for n, text in enumerate(texts) for item in compile_file(Source(str(n), text), CORE).definitions]


def test_equal_contents_under_another_name_are_renamed() -> None:
    """With everything that names it; nothing else is told."""
    renamed = RULES.replace("layanan ", "layanan_tepat ").replace("layanan;", "layanan_tepat;")
    assert found(RULES, renamed) == ["berganti_nama layanan_tepat - -: layanan → layanan_tepat"]


def test_what_continues_an_indicator_is_renamed_too() -> None:
    """Though it also says something else."""
    renamed = (
        RULES.replace("layanan ", "baru ")
        .replace("layanan;", "baru;")
        .replace("arah: naik", "arah: tepat\n    meneruskan: layanan")
    )
    assert found(RULES, renamed) == [
        "berganti_nama baru - -: layanan → baru", "diubah baru - arah: naik → tepat",
    ]  # fmt: skip


def test_two_with_the_same_contents_are_not_taken_for_another() -> None:
    """Which of them was renamed cannot be known."""
    old = "satuan a { jenis: cacah }\nsatuan b { jenis: cacah }"
    assert found(old, "satuan c { jenis: cacah }") == [
        "dihapus a - -: None → None", "dihapus b - -: None → None", "ditambah c - -: None → None",
    ]  # fmt: skip


def test_steps_in_another_order_are_one_change() -> None:
    """Their order is what a method is."""
    old = "| pembulatan | 2             |\n    | rata_rata  | per_indikator |"
    new = "| rata_rata  | per_indikator |\n    | pembulatan | 2             |"
    assert found(RULES, RULES.replace(old, new, 1).replace(old, new, 1)) in (
        ["berganti_urutan cara - langkah: capaian; pembulatan; rata_rata; pembulatan → "
         "capaian; rata_rata; pembulatan; pembulatan"],
    )  # fmt: skip
