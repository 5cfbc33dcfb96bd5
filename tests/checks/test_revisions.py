"""What is wrong with a revision or with the years of plans: each at its place, and what is right beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sakip_rules.cache import Cache
from sakip_rules.checks.revisions import check
from sakip_rules.project import Project
from tests.rules_support import placed
from tests.running import SMALL, Command, places, small

PK = """\
perjanjian_kinerja pk_2024 "Perjanjian Kinerja 2024" {
    tahun: 2024
    ditetapkan: 4 Januari 2024
    merujuk: rencana
    metode: cara
    | nomor | sasaran | indikator | target |
    | 1     | s1      | layanan   | 90     |
}

perjanjian_kinerja pk_perubahan "Perubahan Perjanjian Kinerja 2024" {
    tahun: 2024
    ditetapkan: 4 November 2024
    mengubah: pk_2024
    alasan: perubahan_strategi
    cakupan: sebagian
    | nomor | sasaran | indikator | target |
    | 2     | s1      | lama      | 10     |
}
"""
PLANS = """\
instansi dinas "Dinas" { singkatan: "D" }
instansi lain "Dinas Lain" { singkatan: "L" }
renstra satu "Satu" {
    instansi: dinas
    berlaku: 2020 s.d 2023
}
renstra dua "Dua" {
    instansi: dinas
    berlaku: 2024 s.d 2026
}
"""
RENJA = """\
renja renja_2024 "Renja" {
    tahun: 2024
    ditetapkan: 2 Januari 2024
    | nomor | sasaran | indikator | target |
    | 1     | s1      | layanan   | 90     |
}

renja renja_perubahan "Perubahan Renja" {
    tahun: 2024
    ditetapkan: 1 Juli 2024
    mengubah: renja_2024
    alasan: perubahan_prioritas
    cakupan: sebagian
    hapus: layanan
    | nomor | sasaran | indikator | target |
    | 2     | s1      | lama      | 10     |
}
"""
THIRD = """
perjanjian_kinerja pk_ketiga "Perubahan Kedua" {
    tahun: 2024
    ditetapkan: 5 November 2024
    mengubah: pk_perubahan
    alasan: perubahan_strategi
    cakupan: sebagian
    hapus: layanan
}
"""


def found(folder: Path, **files: str) -> list[str]:
    """The findings of revisions, each as ``file:line:column code``, with the line and column of a second place."""
    project = Project(small(folder, **files), Cache(None))
    told = []
    for item in check(project.program, project.functions):
        assert item.span
        places = [item.span, *(related.span for related in item.related)]
        at = [project.sources[place.path].position(place.start) for place in places]
        lines = " < ".join(f"{line}:{column}" for line, column in at)
        told.append(f"{Path(item.span.path).name}:{lines} {item.code.name}")
    return told


#: What is written in the place of what, and the place and code of the one finding; nothing where it is right, too.
CASES: list[tuple[str, str, list[str]]] = [
    ("", "", []),
    ("    alasan: perubahan_strategi\n", "", ["pk.sakip:10:20 D204"]),
    ("perubahan_strategi", "pergantian_pejabat", []),
    ("    ditetapkan: 4 November 2024\n", "", ["pk.sakip:10:20 D205"]),
    ("4 November 2024", "1 Januari 2025", ["pk.sakip:12:17 D206"]),
    ("4 November 2024", "31 Desember 2024", []),
    ("4 November 2024", "3 Januari 2024", ["pk.sakip:12:17 < 1:20 D208"]),
    ("4 November 2024", "4 Januari 2024", []),
    ("cakupan: sebagian", "cakupan: sebagian\n    hapus: lama", ["pk.sakip:16:12 < 1:20 D209"]),
    ("cakupan: sebagian", "cakupan: sebagian\n    hapus: layanan", []),
    ("    metode: cara\n", "", ["pk.sakip:9:20 D210"]),
    ("cakupan: sebagian", "metode: cara", []),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), CASES, ids=[f"{row[0].strip()} → {row[1]}" for row in CASES])
def test_what_is_wrong_with_a_revision_has_its_place(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    """The key that is wrong, or the name of the revision where a key is missing."""
    first, revision = PK.split("\n\n")
    where = first if old.strip() == "metode: cara" else revision
    assert old in where
    changed = where.replace(old, new)
    pk = "\n\n".join([changed, revision] if where is first else [first, changed])
    assert found(tmp_path, pk=pk) == expected


def test_a_revision_for_another_year_is_found_at_its_year(tmp_path: Path) -> None:
    """That the year has no agreement then follows from it; without a row of the plan it lacks that indicator, too."""
    first, revision = PK.split("\n\n")
    folder = small(tmp_path, pk=first + "\n\n" + revision.replace("tahun: 2024", "tahun: 2025"))
    assert found(folder, pk=(folder / "pk.sakip").read_text()) == ["pk.sakip:11:12 < 1:20 D207"]
    assert [item.code.name for item in Project(folder, Cache(None)).validate()] == ["indikator_sasaran", "D207"]


def test_a_second_revision_may_drop_what_the_first_left_alone(tmp_path: Path) -> None:
    """What it drops stands in the original."""
    assert found(tmp_path, pk=PK + THIRD) == []
    assert found(tmp_path / "b", pk=PK.replace("sebagian", "seluruhnya") + THIRD) == ["pk.sakip:26:12 < 10:20 D209"]


def test_what_is_dropped_and_unknown_is_one_finding(tmp_path: Path) -> None:
    """That of the name."""
    pk = PK.replace("cakupan: sebagian", "cakupan: sebagian\n    hapus: tidak_dikenal")
    assert found(tmp_path, pk=pk) == []
    assert [item.code.name for item in Project(small(tmp_path, pk=pk), Cache(None)).rule_findings] == ["N101"]


def test_annual_plans_and_budgets_are_revised_by_the_same_rules(tmp_path: Path) -> None:
    """They have no method, and what a revision leaves out is found as in an agreement."""
    assert found(tmp_path, renja=RENJA) == []
    bare = RENJA.replace("    alasan: perubahan_prioritas\n", "")
    assert found(tmp_path / "b", renja=bare) == ["renja.sakip:8:7 D204"]
    budget = 'anggaran apbd "A" { tahun: 2024 }\nanggaran papbd "P" { tahun: 2024\n mengubah: apbd }\n'
    assert found(tmp_path / "c", anggaran=budget) == ["anggaran.sakip:2:10 D204", "anggaran.sakip:2:10 D205"]


#: The kinds of documents that may be revised, each with the table that a revision of one row has.
TARGETS = "| indikator | target |\n    | layanan   | 80     |"
ACTIVITIES = "| nomor | nama  | uraian | pagu |\n    | 1.1   | rapat | Rapat  | 70   |"
KINDS = {"perjanjian_kinerja": TARGETS, "renja": TARGETS, "anggaran": ACTIVITIES, "rencana_aksi": TARGETS}
DOCUMENTS = """\
{kind} asal "Asal" {{
    tahun: 2024
    ditetapkan: 2 Januari 2024
    {method}
    {table}
}}

{kind} ubah "Ubah" {{
    tahun: 2024
    ditetapkan: 1 Juli 2024
    mengubah: asal
    alasan: perubahan_prioritas
    cakupan: sebagian
    {table}
}}
"""
#: What is written in the place of what in the revision, and the code that is found, and no other.
WRONG = [
    ("", "", []),
    ("    alasan: perubahan_prioritas\n", "", ["D204"]),
    ("    ditetapkan: 1 Juli 2024\n", "", ["D205"]),
    ("1 Juli 2024", "1 Januari 2025", ["D206"]),
    ("1 Juli 2024", "1 Januari 2024", ["D208"]),
    ("    mengubah: asal\n    alasan: perubahan_prioritas\n    cakupan: sebagian\n", "", ["D213"]),
    ("    tahun: 2024\n    ditetapkan: 1 Juli 2024\n    mengubah: asal\n    alasan: perubahan_prioritas\n",
     "    tahun: 2026\n", ["D214"]),
    ("    ditetapkan: 1 Juli 2024\n    mengubah: asal\n    alasan: perubahan_prioritas\n",
     "    ditetapkan: 2 Januari 2024\n", ["D203"]),
    ("2024\n    ditetapkan: 1 Juli", "2025\n    ditetapkan: 1 Juli", ["D207"]),
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("old", "new", "expected"), WRONG, ids=[", ".join(row[2]) or "nothing" for row in WRONG])
def test_every_document_is_revised_by_the_same_rules(
    command: Command, tmp_path: Path, kind: str, old: str, new: str, expected: list[str]
) -> None:
    """Through the command, in both languages: one finding for what is wrong, at the document that is wrong."""
    method = "metode: cara" if kind == "perjanjian_kinerja" else ""
    first, revision = DOCUMENTS.format(kind=kind, table=KINDS[kind], method=method).split("\n\n")
    assert old in revision
    changed = revision.replace(old, new)
    if "mengubah" not in changed and kind == "perjanjian_kinerja":
        changed = changed.replace("{\n", "{\n    metode: cara\n", 1)
    pk = {"pk": ""} if kind == "perjanjian_kinerja" else {}
    small(tmp_path / "dinas", **pk, dokumen=f"{first}\n\n{changed}")
    for language in ("id", "en"):
        told = places(command("validate", "dinas", "--lang", language).out)
        assert [place.split()[1] for place in told if "dokumen.sakip" in place and " D2" in place] == expected


DROPS = """\
anggaran apbd "APBD" {{
    tahun: 2024
    ditetapkan: 2 Januari 2024
    | nomor | nama    | uraian  | pagu   |
    | 1     | program | Program | Rp 100 |
    | 1.1   | rapat   | Rapat   | Rp 60  |
}}

anggaran papbd "P" {{
    tahun: 2024
    ditetapkan: 1 Juli 2024
    mengubah: apbd
    alasan: perubahan_prioritas
    cakupan: sebagian
    hapus_kegiatan: {dropped}
}}
"""


@pytest.mark.parametrize(("dropped", "near"), [
    ("rapat", None), ("1.1", None), ("1.1.", None), ("program; 1.1", None),
    ("rapt", "rapat"), ("1.2", "1.1"), ("entah", ""),
])  # fmt: skip
def test_an_activity_that_is_dropped_is_there(command: Command, tmp_path: Path, dropped: str, near: str | None) -> None:
    """By its name or its number; else what is like it is offered."""
    small(tmp_path / "dinas", anggaran=DROPS.format(dropped=dropped))
    told = command("validate", "dinas").out
    found = [] if near is None else ["dinas/anggaran.sakip:15:21 D209"]
    assert [place for place in places(told) if not place.endswith(" pagu_program")] == found
    assert ("bila yang dimaksud" in told) == bool(near)
    assert f"`{near}`" in told or not near
    assert near is None or "`papbd`" in command("validate", "dinas", "--lang", "en").out


#: What a revision of the agreement drops, the table that it has, and what is found.
BOTH = [
    ("hapus: lama", "| indikator | target |\n    | layanan   | 80     |", []),
    ("hapus: lama", "| indikator | target |\n    | lama      | 8      |", ["11:12 D241"]),
    ("hapus: layanan; lama", "| indikator | target |\n    | lama      | 8      |", ["11:21 D241"]),
    ("hapus_kegiatan: 1.1", "| nomor | nama  | uraian |\n    | 1.2   | lain | Lain  |", []),
    ("hapus_kegiatan: 1.1", "| nomor | nama  | uraian |\n    | 1.1   | rapat | Rapat  |", ["11:21 D241"]),
    ("hapus_kegiatan: rapat", "| nomor | nama  | uraian |\n    | 1.1   | rapat | Rapat  |", ["11:21 D241"]),
]


@pytest.mark.parametrize(("drops", "table", "expected"), BOTH, ids=[f"{row[0]}, {len(row[2])}" for row in BOTH])
def test_what_is_dropped_has_no_row(
    command: Command, tmp_path: Path, drops: str, table: str, expected: list[str]
) -> None:
    """Which would keep it."""
    revision = (
        'perjanjian_kinerja ubah "U" {\n    tahun: 2024\n    ditetapkan: 1 Juli 2024\n    mengubah: pk_2024\n'
        f"    alasan: perubahan_prioritas\n    cakupan: sebagian\n\n\n\n\n    {drops}\n    {table}\n}}\n"
    )
    activities = "    | nomor | nama  | uraian |\n    | 1.1   | rapat | Rapat  |\n}\n"
    small(tmp_path / "dinas", pk=SMALL["pk.sakip"][:-2] + activities, ubah=revision)
    for language in ("id", "en"):
        told = places(command("validate", "dinas", "--lang", language).out)
        assert [place.partition(":")[2] for place in told if " D2" in place] == expected


def test_an_indicator_that_is_dropped_has_its_likely_name(command: Command, tmp_path: Path) -> None:
    """Where the document has one that is like it."""
    pk = PK.replace("cakupan: sebagian", "cakupan: sebagian\n    hapus: layanan_lain")
    extra = 'indikator layanan_lain "Lain" {\n    satuan: persen\n    arah: naik\n}\n'
    small(tmp_path / "dinas", pk=pk, lain=extra)
    assert "bila yang dimaksud `layanan`, tulis `layanan`" in command("validate", "dinas").out


#: The validity of the second plan, and what is found there.
VALID = [
    ("berlaku: 2024 s.d 2026", []),
    ("berlaku: 2023 s.d 2026", ["plans.sakip:9:14 < 5:14 D211"]),
    ("berlaku: 31 Desember 2023 s.d 2026", ["plans.sakip:9:14 < 5:14 D211"]),
    ("berlaku: 1 Januari 2024 s.d 2026", []),
    ("berlaku: 2 Januari 2024 s.d 2026", ["plans.sakip:9:14 < 5:14 D212"]),
    ("berlaku: 2025 s.d 2026", ["plans.sakip:9:14 < 5:14 D212"]),
    ("berlaku: 2025 s.d seterusnya", []),
]


@pytest.mark.parametrize(("second", "expected"), VALID, ids=[row[0] for row in VALID])
def test_plans_of_an_agency_follow_each_other(tmp_path: Path, second: str, expected: list[str]) -> None:
    """The second begins on the day after the first has ended."""
    assert found(tmp_path, plans=PLANS.replace("berlaku: 2024 s.d 2026", second)) == expected


def test_plans_of_other_agencies_may_overlap(tmp_path: Path) -> None:
    """As those without one."""
    plans = PLANS.replace("2024 s.d 2026", "2022 s.d 2026")
    other = plans.replace("instansi: dinas\n    berlaku: 2022", "instansi: lain\n    berlaku: 2022")
    none = plans.replace("    instansi: dinas\n    berlaku: 2022", "    berlaku: 2022")
    assert found(tmp_path, plans=other) == found(tmp_path / "b", plans=none) == []


AGREED = """\
perjanjian_kinerja {name} "PK" {{
    tahun: {year}
    ditetapkan: {day} {year}
    {agency}
    metode: cara
    | indikator | target |
    | layanan   | 90     |
}}
"""
#: Year, day and agency of each agreement, and what is found.
BESIDE = [
    ([(2024, 4, ""), (2024, 5, "")], ["D213"]),
    ([(2024, 4, "a"), (2024, 5, "a")], ["D213"]),
    ([(2024, 4, "a"), (2024, 5, "")], ["D213"]),
    ([(2024, 4, ""), (2024, 5, "a")], ["D213"]),
    ([(2024, 4, "a"), (2024, 5, "b")], []),
    ([(2024, 4, "a"), (2024, 5, "b"), (2024, 6, "")], ["D213"]),
    ([(2024, 4, ""), (2025, 5, "a"), (2026, 6, "")], []),
    ([(2024, 4, "a"), (2026, 6, "")], ["D214"]),
    ([(2024, 4, "a"), (2024, 5, "b"), (2026, 6, "")], []),
]


@pytest.mark.parametrize(("agreements", "expected"), BESIDE)
def test_a_document_without_an_agency_may_be_that_of_another(
    tmp_path: Path, agreements: list[tuple[int, int, str]], expected: list[str]
) -> None:
    """So that of two for one year, none of which revises the other, none is taken silently."""
    rules = 'instansi a "A" { singkatan: "A" }\ninstansi b "B" { singkatan: "B" }\n' + "".join(
        AGREED.format(name=f"pk{n}", year=year, day=f"{day} Januari", agency=agency and f"instansi: {agency}")
        for n, (year, day, agency) in enumerate(agreements)
    )
    findings = Project(small(tmp_path, pk=rules), Cache(None)).rule_findings
    assert [item.code.name for item in findings if item.code.name in ("D213", "D214")] == expected


#: The period of a plan, the years of its columns, and what is found.
PLANNED = [
    ("2024 s.d 2026", "2024", []),
    ("2024 s.d 2026", "2024 2025 2026", []),
    ("2024 s.d 2026", "2024 2025", ["D243 (2026,)"]),
    ("2024 s.d 2026", "2024 2025 2027", ["D242 2027", "D243 (2026,)"]),
    ("2024 s.d 2026", "2023 2024 2025 2026", ["D242 2023"]),
    ("2024 s.d 2026", "2027", ["D242 2027"]),
    ("2024 s.d 2028", "2024 2028", ["D243 (2025, 2026, 2027)"]),
    ("1 Juli 2024 s.d 30 Juni 2025", "2024 2025", []),
    ("2024 s.d seterusnya", "2024 2030", []),
    ("2024 s.d seterusnya", "2023 2024", ["D242 2023"]),
]


@pytest.mark.parametrize(("period", "columns", "expected"), PLANNED)
def test_the_targets_of_a_plan_are_of_its_years(tmp_path: Path, period: str, columns: str, expected: list[str]) -> None:
    """Where it has columns for several of them, for all."""
    years = columns.split()
    table = f"    | indikator | {' | '.join(years)} |\n    | layanan | {' | '.join('90' for _ in years)} |\n"
    plan = f'renstra lain "Lain" {{\n    berlaku: {period}\n{table}}}\n'
    findings = Project(small(tmp_path, lain=plan), Cache(None)).rule_findings
    told = (f"{item.code.name} {item.values.get('years', item.values.get('year'))}" for item in findings)
    assert sorted(told) == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("", []),
        ("per: 31 Desember 2024", []),
        ("per: 15 Februari 2025", []),
        ("per: 30 Juni 2024\n    perjanjian: pk_2024", []),
        ("per: 31 Desember 2023\n    perjanjian: pk_2024", ["D244 3:10"]),
        ("per: 3 Januari 2024\n    perjanjian: pk_2024", ["D244 3:10"]),
        ("per: 4 Januari 2024\n    perjanjian: pk_2024", []),
    ],
)
def test_a_report_is_not_made_before_its_year_or_its_agreement(tmp_path: Path, keys: str, expected: list[str]) -> None:
    """The day of a report decides which agreement holds."""
    report = f'laporan lap "Laporan" {{\n    tahun: 2024\n    {keys}\n}}\n'
    project = Project(small(tmp_path, laporan=report), Cache(None))
    assert placed(project.rule_findings, project) == expected
