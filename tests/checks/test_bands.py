"""Band tables: each text beside the findings that it gives, and the published tables as they are printed."""

from __future__ import annotations

import csv
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.messages.catalog import catalog, format_fact
from tests.rules_support import placed, project
from tests.running import MAGETAN, ROOT, Command

WORDS = catalog("id")
#: The bounds of rows as they are printed, with their labels: `[75 100) Berhasil`.
CASES = ROOT / "tests" / "cases" / "pita.csv"


def category(rows: str, head: str = "satuan: persen", extra: str = "") -> str:
    """A category of rows ``range | label``, whose first row stands on line 4."""
    columns = f"rentang | predikat{extra}"
    body = "".join(f"    | {row.strip()} |\n" for row in rows.strip().splitlines())
    return f'kategori k "K" {{\n    {head}\n    | {columns} |\n{body}}}\n'


def told(findings: tuple[Diagnostic, ...]) -> list[str]:
    """Findings as ``code label witness``."""
    parts = [
        (item.code.name, str(item.values["label"]), format_fact(item.values.get("witness"), WORDS)) for item in findings
    ]
    return [" ".join(filter(None, each)) for each in parts]


FALLING = "≥ 90% | Tinggi\n 75% s.d < 90% | Sedang\n < 75% | Rendah"
#: Rows, and what is said of them: code, label of the row, and the smallest witness.
TABLES: list[tuple[str, list[str]]] = [
    (FALLING, []),
    ("< 75% | Rendah\n 75% s.d < 90% | Sedang\n ≥ 90% | Tinggi", []),
    ("≥ 91% | Tinggi\n 76% s.d 90% | Sedang\n ≤ 75% | Rendah", ["K102 Sedang 90,5%", "K102 Rendah 75,5%"]),
    ("> 90% | Tinggi\n 75% s.d < 90% | Sedang\n < 75% | Rendah", ["K102 Sedang 90%"]),
    ("≥ 90% | Tinggi\n 75% s.d 90% | Sedang\n < 75% | Rendah", ["K103 Sedang 90%"]),
    ("≥ 90% | Tinggi\n 75% s.d 95% | Sedang\n < 75% | Rendah", ["K103 Sedang 92%"]),
    ("90% s.d 100% | Tinggi\n 75% s.d < 90% | Sedang", ["K102 Tinggi 101%", "K102 Sedang 74%"]),
    ("≥ 75% | Tinggi\n 80% s.d 90% | Sedang\n < 75% | Rendah", ["K104 Sedang"]),
    ("≥ 90% | Tinggi\n 80% s.d < 90% | Cukup\n ≥ 80% | Sedang\n < 80% | Rendah", ["K104 Sedang"]),
    ("≥ 90% | Tinggi\n < 75% | Rendah\n 75% s.d < 90% | Sedang", ["K106 Sedang"]),
    ("≥ 90% | Tinggi\n 75% s.d < 90% | Sedang\n < 75% | sedang", ["K107 sedang"]),
]


@pytest.mark.parametrize(("rows", "expected"), TABLES)
def test_a_table_is_found_to_have_its_faults_and_no_other(tmp_path: Path, rows: str, expected: list[str]) -> None:
    """Gap, overlap, unreachable row, order, label twice; the sound table has none."""
    assert told(project(tmp_path, category(rows)).rule_findings) == expected


#: Heads of the same whole-number bands: what their rounding and their domain leave to be said.
HEADS: list[tuple[str, list[str]]] = [
    ("satuan: persen", ["K102 A 101%", "K102 B 90,5%", "K102 B 75%"]),
    ("satuan: persen\n    pembulatan: 0", ["K102 A 101%", "K102 B 75%"]),
    ("satuan: persen\n    ranah: 76% s.d 100%", ["K102 B 90,5%"]),
    ("satuan: persen\n    ranah: 76% s.d 100%\n    pembulatan: 0", []),
    ("satuan: persen\n    ranah: 76% s.d 100%\n    pembulatan: 1", ["K102 B 90,5%"]),
    ("satuan: persen\n    ranah: 90,5% s.d 100%\n    pembulatan: 0", ["K105 B"]),
    ("satuan: persen\n    ranah: ≥ 76%", ["K102 A 101%", "K102 B 90,5%"]),
]


@pytest.mark.parametrize(("head", "expected"), HEADS)
def test_rounding_and_domain_decide_what_is_a_gap(tmp_path: Path, head: str, expected: list[str]) -> None:
    """Only values that can reach the table count, and they reach it rounded."""
    assert told(project(tmp_path, category("91% s.d 100% | A\n 76% s.d 90% | B", head)).rule_findings) == expected


ADVICE: list[tuple[str, str, list[str]]] = [
    ("≥ 91% | A\n ≤ 90% | B", "satuan: persen",
        ["nyatakan `pembulatan: 0` pada kategorinya, atau ubah rentang “B” menjadi `< 91%`"]),
    ("≥ 88,31 | A\n ≤ 88,30 | B", "satuan: angka",
        ["nyatakan `pembulatan: 2` pada kategorinya, atau ubah rentang “B” menjadi `< 88,31`"]),
    ("≥ 95% | A\n ≤ 90% | B", "satuan: persen", ["ubah rentang “B” menjadi `< 95%`"]),
    ("> 90% | A\n < 90% | B", "satuan: persen", ["ubah rentang “B” menjadi `≤ 90%`"]),
    ("90% s.d 100% | A\n < 90% | B", "satuan: persen",
        ["nyatakan `ranah: ≤ 100%` pada kategorinya, atau ubah rentang “A” menjadi `≥ 90%`"]),
    ("≥ 100% | A\n ≤ 100% | B", "satuan: persen",
        ["ubah rentang “B” menjadi `< 100%`, atau rentang “A” menjadi `> 100%`; kini yang dipakai “A”"]),
    ("50% s.d 60% | A\n ≤ 100% | B\n > 100% | C", "satuan: persen\n    pembulatan: 0",
        ["ubah batas salah satunya sehingga setiap nilai hanya termasuk satu rentang; kini yang dipakai baris yang "
         "lebih atas",
         "urutkan barisnya dari yang tertinggi ke yang terendah, atau sebaliknya, dan periksa apakah batasnya salah "
         "ketik"]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "head", "expected"), ADVICE)
def test_both_repairs_are_offered(tmp_path: Path, rows: str, head: str, expected: list[str]) -> None:
    """Round first, or move a bound; only what really closes it."""
    assert [WORDS.advice(item) for item in project(tmp_path, category(rows, head)).rule_findings] == expected


@pytest.mark.parametrize(("rows", "head", "expected"), [case for case in ADVICE if len(case[2]) == 1])
def test_an_offered_repair_repairs(tmp_path: Path, rows: str, head: str, expected: list[str]) -> None:
    """The table with the range that is offered, or with the key that is, has nothing more to be said."""
    [finding] = project(tmp_path / "before", category(rows, head)).rule_findings
    near, move = finding.near or "", str(finding.values["move"])
    label = finding.values["other"] if finding.code.name == "K103" else finding.values["label"]
    moved = "\n".join(f"{move} | {label}" if row.endswith(f"| {label}") else row for row in rows.splitlines())
    assert project(tmp_path / "moved", category(moved, head)).rule_findings == ()
    if ": " in near:
        assert project(tmp_path / "declared", category(rows, f"{head}\n    {near}")).rule_findings == ()


PROSE: list[tuple[str, str, str, list[str]]] = [
    ("75% s.d < 100%", "keterangan", "Tujuh puluh lima persen sampai dengan seratus persen", ["K108 B 100%"]),
    ("75% s.d < 100%", "keterangan", "75 sampai dengan kurang dari 100 persen", []),
    ("75% s.d < 100%", "keterangan", "75 sampai dengan 99,99 persen", []),
    ("75% s.d < 100%", "keterangan", "lebih dari 75 sampai dengan kurang dari 100 persen", ["K108 B 75%"]),
    ("75% s.d < 100%", "keterangan", "Memuaskan", []),
    ("75% s.d < 100%", "keterangan", "75 persen sampai seterusnya", ["K112 B"]),
    ("75% s.d < 100%", "tercetak", "75% ≤ 100%", ["K108 B 100%"]),
    ("75% s.d < 100%", "tercetak", "75% < 100%", []),
    ("75% s.d < 100%", "tercetak", "≥ 75%", []),
    ("75% s.d < 100%", "tercetak", "76% < 100%", ["K108 B 75%"]),
]


@pytest.mark.parametrize(("cell", "column", "text", "expected"), PROSE)
def test_words_beside_a_range_agree_with_it(
    tmp_path: Path, cell: str, column: str, text: str, expected: list[str]
) -> None:
    """After rounding, so that 99,99 is just below 100; in ``tercetak`` one end may be left to the reader."""
    rows = f"≥ 100% | A | -\n {cell} | B | {text}\n < 75% | C | -"
    found = project(tmp_path, category(rows, "satuan: persen\n    pembulatan: 2", f" | {column}"))
    assert told(found.rule_findings) == expected


NOT_COMPARED: list[tuple[str, str, list[str]]] = [
    ("satuan: persen", "≥ 50% | A\n < 50 | B", ["K101 5:7", "K111 5:7"]),
    ("satuan: persen\n    ranah: 0 s.d 100", "≥ 50% | A\n < 50% | B", ["K101 3:12", "K111 3:12"]),
    ("satuan: angka", "≥ 50 | A\n < 50 angka | B", []),
    ("catatan: \"tanpa satuan\"", "≥ 50% | A\n < 50 hari | B", ["K101 4:7", "K101 5:7", "K111 5:7"]),
]  # fmt: skip


@pytest.mark.parametrize(("head", "rows", "expected"), NOT_COMPARED)
def test_what_cannot_be_compared_is_said_not_to_be_analysed(
    tmp_path: Path, head: str, rows: str, expected: list[str]
) -> None:
    """Mixed units are one finding for the table, and no gap is guessed."""
    found = project(tmp_path, category(rows, head))
    assert placed(found.rule_findings, found) == expected


METHOD = """\
metode m "M" {
    naik: capaian_naik
    kategori: k
    | langkah | nilai |
    | capaian | - |
LANGKAH}
"""
AVERAGED = "    | rata_rata | per_indikator |\n    | batas_atas | 100% |\n"
METHODS: list[tuple[str, str, str, list[str]]] = [
    ("satuan: persen", FALLING, "", []),
    ("satuan: persen\n    ranah: ≤ 100%", FALLING, "", ["K109"]),
    ("satuan: persen\n    ranah: ≤ 100%", FALLING, "    | batas_atas | 100% |\n", []),
    ("satuan: persen\n    ranah: ≤ 100%", FALLING, "    | batas_atas | 120% |\n", ["K109"]),
    ("satuan: persen\n    ranah: ≤ 100%", FALLING, AVERAGED, ["K109"]),
    ("satuan: persen", "≥ 90% | Sangat Kurang\n < 90% | Sangat Baik", "", ["K110"]),
    ("satuan: persen", "≥ 90% | Risiko\n < 90% | Baik", "", []),
]  # fmt: skip


@pytest.mark.parametrize(("head", "rows", "steps", "expected"), METHODS)
def test_a_method_fits_its_category(tmp_path: Path, head: str, rows: str, steps: str, expected: list[str]) -> None:
    """What it may give has a band, and more is better."""
    found = project(tmp_path, category(rows, head) + METHOD.replace("LANGKAH", steps))
    assert [item.code.name for item in found.rule_findings] == expected


# The published tables.


def published() -> dict[str, list[dict[str, str]]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter=";")
        return {scale: list(group) for scale, group in groupby(rows, lambda row: row["scale"])}


def as_rules(rows: list[dict[str, str]], head: str) -> str:
    """A published table in the rule language."""

    def cell(row: dict[str, str]) -> str:
        low, high = (row[end].replace(".", ",") for end in ("lower", "upper"))
        above, below = row["lower_incl"] == "1", row["upper_incl"] == "1"
        if not low:
            return f"{'≤' if below else '<'} {high}"
        if not high:
            return f"{'≥' if above else '>'} {low}"
        return f"{'' if above else '> '}{low} s.d {'' if below else '< '}{high}"

    return category("\n".join(f"{cell(row)} | {row['label']}" for row in rows), head)


#: For each published table its domain, and what is to be found: within the domain, and beyond it.
PUBLISHED: dict[str, tuple[str, list[str], list[str]]] = {
    "MAGETAN_2024 (kolom %)": ("≥ 0", [], []),
    "MAGETAN_2024 (kolom keterangan)": ("≥ 0", ["K103 Berhasil 100 angka"], []),
    "PERMENDAGRI 54/2010 & 86/2017 (5 tingkat, seperti dicetak)": (
        "0 s.d 100",
        [
            "K102 Baik/Tinggi 90,5 angka",
            "K102 Cukup/Sedang 75,5 angka",
            "K102 Kurang/Rendah 65,5 angka",
            "K102 Sangat Kurang/Sangat Rendah 50,5 angka",
        ],
        ["K102 Sangat Baik/Sangat Tinggi 101 angka"],
    ),
    "PANRB 88/2021 predikat AKIP": ("0 s.d 100", [], ["K102 AA 101 angka", "K102 D -1 angka"]),
    "PANRB 14/2017 SKM": (
        "25 s.d 100",
        ["K102 B 88,305 angka", "K102 C 76,605 angka", "K102 D 64,995 angka"],
        ["K102 A 101 angka", "K102 D 24 angka"],
    ),
    "KEPMENPAN 25/2004 IKM (lama)": (
        "25 s.d 100",
        ["K102 B 81,255 angka", "K102 C 62,505 angka", "K102 D 43,755 angka"],
        ["K102 A 101 angka", "K102 D 24 angka"],
    ),
    "PMK 22/2021, 62/2023 ps.249(8), 107/2024 ps.251(4a)": ("0 s.d 100", [], ["K102 Sangat Baik 101 angka"]),
}


def test_every_published_table_is_expected() -> None:
    """A table that is added needs its findings."""
    assert list(published()) == list(PUBLISHED)


@pytest.mark.parametrize("scale", PUBLISHED)
def test_a_published_table_gives_its_known_gaps_and_overlaps_and_no_other(tmp_path: Path, scale: str) -> None:
    """As printed, within the values that it is for, and over all numbers."""
    domain, within, beyond = PUBLISHED[scale]
    rows = published()[scale]
    found = project(tmp_path / "within", as_rules(rows, f"satuan: angka\n    ranah: {domain}"))
    assert told(found.rule_findings) == within
    everywhere = project(tmp_path / "beyond", as_rules(rows, "satuan: angka"))
    assert sorted(told(everywhere.rule_findings)) == sorted(within + beyond)


@pytest.mark.parametrize("scale", [scale for scale in PUBLISHED if scale.startswith(("PERM", "PANRB 14", "KEP"))])
def test_rounding_to_the_printed_decimals_closes_every_printed_gap(tmp_path: Path, scale: str) -> None:
    """As the repair says."""
    places = 0 if scale.startswith("PERM") else 2
    head = f"satuan: angka\n    ranah: {PUBLISHED[scale][0]}\n    pembulatan: {places}"
    assert project(tmp_path, as_rules(published()[scale], head)).rule_findings == ()


# Changes.

BOUNDS = st.lists(st.integers(0, 100), min_size=3, max_size=6, unique=True).map(sorted)


def rising(bounds: list[int]) -> list[str]:
    """Bands without a fault over all numbers, between bounds."""
    inner = [f"{low}% s.d < {high}% | L{low}" for low, high in pairwise(bounds)]
    return [f"< {bounds[0]}% | Bawah", *inner, f"≥ {bounds[-1]}% | Atas"]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(BOUNDS, st.data())
def test_dropping_a_row_or_moving_a_bound_gives_exactly_one_finding(
    tmp_path_factory: pytest.TempPathFactory, bounds: list[int], data: st.DataObject
) -> None:
    """The gap that it leaves, or the overlap that it makes; before it there is none."""
    rows = rising(bounds)

    def codes(changed: list[str]) -> list[str]:
        found = project(tmp_path_factory.mktemp("changed"), category("\n".join(changed)))
        return [item.code.name for item in found.rule_findings]

    at = data.draw(st.integers(1, len(bounds) - 1))
    low, high = bounds[at - 1], bounds[at]
    dropped = rows[:at] + rows[at + 1 :]
    wider = [*rows[:at], f"{low}% s.d < {high},5% | Lebih", *rows[at + 1 :]]
    narrower = [*rows[:at], f"{low},5% s.d < {high}% | Kurang", *rows[at + 1 :]]
    assert codes(rows) == []
    assert codes(dropped) == ["K102"]
    assert codes(narrower) == ["K102"]
    assert codes(wider) in (["K103"], ["K103", "K104"], ["K104"])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("| 55% s.d < 75%  |", "| 56% s.d < 75%  |", ["K102", "K108"]),
        ("    | < 55%          |", "    # | < 55% |", ["K102"]),
        ("| ≥ 100%         |", "| ≥ 99%          |", ["K103", "K108"]),
    ],
)  # fmt: skip
def test_a_change_of_a_real_table_adds_what_it_breaks(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    """The numbers and the words beside them; the fault that the source has stays the only other one."""
    text = (Path(MAGETAN) / "kriteria.sakip").read_text(encoding="utf-8")
    table = text[: text.index("    contoh")].replace(old, new) + "}\n"
    assert (new or "Kriteria") in table
    assert old not in table
    found = [item.code.name for item in project(tmp_path, table).rule_findings]
    assert sorted(found) == sorted([*expected, "K108"])


def test_a_gap_is_told_with_its_repairs(tmp_path: Path, command: Command) -> None:
    """As an official reads it."""
    project(tmp_path, category("≥ 91% | Tinggi\n ≤ 90% | Rendah"))
    assert command("validate", str(tmp_path)).out.splitlines()[:4] == [
        "a.sakip:5:7: peringatan[K102]: 90,5% tidak termasuk rentang mana pun dalam kategori `k`",
        "     5 │     | ≤ 90% | Rendah |",
        "       │       ^^^^^",
        "  a.sakip:4:7: rentangnya ada di sini",
    ]
