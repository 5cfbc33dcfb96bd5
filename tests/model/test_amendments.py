"""Which document holds on a day: revisions as a whole and row by row, and that neither files nor the future matter."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from sakip_rules.base import codes
from sakip_rules.base.source import Source
from sakip_rules.engine.data import collect, read_csv
from sakip_rules.engine.evaluation import Evaluator
from sakip_rules.engine.functions import BUILT_IN
from sakip_rules.model import program as p
from sakip_rules.model.amendments import agreement_in_force, in_force, standing
from sakip_rules.model.build import compile_file
from sakip_rules.model.names import Layer, Program, link
from sakip_rules.model.readers import Known
from sakip_rules.model.vocabulary import CORE

NAMES = ("a", "b", "c", "d", "e")
RULES = (
    """\
satuan persen "Persen" { jenis: persen }

formula capaian_naik "Makin tinggi makin baik" {
    masukan: rencana; realisasi
    rumus: realisasi / rencana × 100%
}

metode cara "Cara" {
    naik: capaian_naik
    | langkah   | nilai         |
    | capaian   | -             |
    | rata_rata | per_indikator |
}

metode cara_lain "Cara lain" {
    naik: capaian_naik
    | langkah    | nilai |
    | capaian    | -     |
    | batas_atas | 50%   |
}

renstra lama "Lama" {
    berlaku: 2021 s.d 2023
    sasaran s "Sasaran lama" { nomor: "1" }
}

renstra baru "Baru" {
    berlaku: 2024 s.d 2026
    sasaran s "Sasaran baru" { nomor: "1" }
}
""".replace('lama"\n}', 'lama" { nomor: "1" }\n}').replace('baru"\n}', 'baru" { nomor: "1" }\n}')
    + "".join(f'indikator {name} "Indikator {name}" {{ satuan: persen\narah: naik }}\n' for name in NAMES)
)
ORIGINAL = """\
perjanjian_kinerja pk "PK" {
    tahun: 2024
    ditetapkan: 4 Januari 2024
    merujuk: baru
    metode: cara
    | nomor | sasaran | indikator | target |
    | 1.1   | s       | a         | 10     |
    | 1.2   | s       | b         | 20     |
    | 1.10  | s       | c         | 30     |
    | nomor | nama    | uraian    | pagu    |
    | 1     | program | Program   | Rp 100  |
    | 1.1   | rapat   | Rapat     | Rp 60   |
}
"""
NOVEMBER = datetime.date(2024, 11, 4)


def program_of(*files: str) -> Program:
    """The program of some files, all of which can be read and all of whose names are known."""
    compiled = [compile_file(Source(f"{number}.sakip", text), CORE) for number, text in enumerate(files)]
    program, unknown = link((Layer(item for file in compiled for item in file.definitions),), CORE)
    assert [item.code.name for file in compiled for item in file.diagnostics] == []
    assert [(item.code.name, item.values["name"]) for item in unknown] == []
    return program


def revision(name: str, *rows: str, amends: str = "pk", decided: str = "4 November 2024", keys: str = "") -> str:
    """A revision with rows of number, indicator and target."""
    heading = ["| nomor | indikator | target |"] if rows else []
    table = "\n".join([*heading, *(f"| {row.replace(' ', ' | ')} |" for row in rows)])
    return (
        f'perjanjian_kinerja {name} "{name}" {{\n tahun: 2024\n ditetapkan: {decided}\n mengubah: {amends}\n'
        f" alasan: perubahan_strategi\n {keys}\n{table}\n}}\n"
    )


PARTLY = "cakupan: sebagian"


def held(program: Program, as_of: datetime.date | None = None) -> p.Agreement:
    """The agreement of 2024 that holds, of which nothing is to be found fault with."""
    found, findings = in_force(program, p.Agreement, 2024, as_of)
    assert [item.code.name for item in findings] == []
    assert found is not None
    return found


def targets(agreement: p.Agreement) -> list[tuple[str, int]]:
    return [
        (row.indicator.text, int(row.target.number)) for row in agreement.rows if isinstance(row.target, p.Quantity)
    ]


def refused(program: Program, as_of: datetime.date | None = None) -> list[str]:
    """The codes of why no agreement holds."""
    found, findings = in_force(program, p.Agreement, 2024, as_of)
    assert found is None
    return [item.code.name for item in findings]


# As a whole, and in part.


@pytest.mark.parametrize("keys", ["", "cakupan: seluruhnya"])
def test_a_revision_as_a_whole_takes_the_place_of_all_rows(keys: str) -> None:
    """Said or not; activities too, of which it has none."""
    found = held(program_of(RULES, ORIGINAL, revision("baru_sekali", "7 d 40", keys=keys)))
    assert (found.name, found.decided) == ("baru_sekali", NOVEMBER)
    assert targets(found) == [("d", 40)]
    assert found.activities == ()


def test_a_revision_in_part_changes_adds_and_drops_rows() -> None:
    """What it does not speak of stays, each row where it was, and an added one where its number belongs."""
    found = held(program_of(RULES, ORIGINAL, revision("ubah", "1.1 a 11", "1.3 d 40", keys=f"{PARTLY}\n hapus: b")))
    assert targets(found) == [("a", 11), ("d", 40), ("c", 30)]
    assert [row.name for row in found.activities] == ["program", "rapat"]


def test_what_a_revision_in_part_leaves_alone_stays() -> None:
    """One without a row and without anything dropped changes nothing but the decision."""
    program = program_of(RULES, ORIGINAL, revision("ubah", keys=PARTLY))
    (original, _) = program.own(p.Agreement)
    found = held(program)
    assert found.rows == original.rows
    assert found.activities == original.activities
    assert (found.name, found.decided) == ("ubah", NOVEMBER)


def test_activities_are_changed_by_their_names() -> None:
    """And added by their numbers."""
    text = revision("ubah", keys=PARTLY).removesuffix("}\n") + (
        "| nomor | nama | uraian | pagu |\n| 1.1 | rapat | Rapat | Rp 70 |\n| 1.0 | awal | Awal | Rp 5 |\n}\n"
    )
    found = held(program_of(RULES, ORIGINAL, text))
    assert [(row.name, row.budget and row.budget.number) for row in found.activities] == [
        ("program", 100),
        ("awal", 5),
        ("rapat", 70),
    ]
    assert targets(found) == [("a", 10), ("b", 20), ("c", 30)]


def test_without_numbers_an_added_row_stands_last() -> None:
    """There is nothing to tell its place by; a row that is dropped and written again is added, too."""
    rows = "| indikator | target |\n| d | 40 |\n| a | 11 |"
    text = revision("ubah", keys=f"{PARTLY}\n hapus: a").removesuffix("\n}\n") + f"\n{rows}\n}}\n"
    assert targets(held(program_of(RULES, ORIGINAL, text))) == [("b", 20), ("c", 30), ("d", 40), ("a", 11)]


def test_several_rows_of_an_indicator_are_changed_together() -> None:
    """None of the new ones is lost, and none of the old ones stays."""
    twice = ORIGINAL.replace("| 1.10  | s       | c         |", "| 1.10  | s       | a         |")
    changed = revision("ubah", "1.1 a 11", "1.1 a 12", keys=PARTLY)
    assert targets(held(program_of(RULES, twice, changed))) == [("a", 11), ("a", 12), ("b", 20)]


def test_method_and_references_are_inherited() -> None:
    """Also for looking up names: ``s`` stands in two plans, of which the original refers to one."""
    text = revision("ubah", keys="cakupan: seluruhnya").removesuffix("}\n")
    program = program_of(RULES, ORIGINAL, text + "| sasaran | indikator | target |\n| s | a | 11 |\n}\n")
    found = held(program)
    assert program.target(found.method).name == "cara"
    assert [program.target(item).name for item in found.refers_to] == ["baru"]
    assert program.target(found.rows[0].objective).parent == "baru"


def test_a_revision_may_have_a_method_of_its_own() -> None:
    """Which then is in the place of the original's."""
    program = program_of(RULES, ORIGINAL, revision("ubah", "1.1 a 11", keys="metode: cara_lain"))
    assert program.target(held(program).method).name == "cara_lain"


@pytest.mark.parametrize(("dropped", "kept"), [
    ("rapat", ["program"]), ("1.1", ["program"]), ("1", ["rapat"]), ("program; 1.1", []), ("1.1; rapat", ["program"]),
])  # fmt: skip
def test_activities_are_dropped_by_name_or_number(dropped: str, kept: list[str]) -> None:
    """Each by itself: an activity stays where its programme goes."""
    found = held(program_of(RULES, ORIGINAL, revision("ubah", keys=f"{PARTLY}\n hapus_kegiatan: {dropped}")))
    assert [row.name for row in found.activities] == kept
    assert targets(found) == [("a", 10), ("b", 20), ("c", 30)]


BUDGET = """\
anggaran apbd "APBD" {
    tahun: 2024
    ditetapkan: 2 Januari 2024
    jumlah: Rp 160
    | nomor | nama    | uraian  | pagu   |
    | 1     | program | Program | Rp 100 |
    | 2     | lain    | Lain    | Rp 60  |
}
anggaran papbd "Perubahan APBD" {
    tahun: 2024
    ditetapkan: 2 Oktober 2024
    mengubah: apbd
    alasan: perubahan_prioritas
    cakupan: sebagian
    | nomor | nama | uraian | pagu  |
    | 2     | lain | Lain   | Rp 70 |
}
"""


def test_a_budget_is_revised_like_an_agreement() -> None:
    """Its total stays where the revision gives none."""
    found, findings = in_force(program_of(RULES, BUDGET), p.Budget, 2024, None)
    assert findings == ()
    assert found is not None
    assert found.total is not None
    assert (found.name, found.total.number) == ("papbd", 160)
    assert [row.budget and row.budget.number for row in found.activities] == [100, 70]


# Chains and days.

CHAIN = (
    revision("kedua", "1.1 a 11", decided="1 Juni 2024", keys=PARTLY),
    revision("ketiga", "1.2 b 22", amends="kedua", keys=f"{PARTLY}\n hapus: c"),
)
#: A day, and what holds on it.
DAYS = [
    (None, "ketiga", [("a", 11), ("b", 22)]),
    (datetime.date(2024, 12, 31), "ketiga", [("a", 11), ("b", 22)]),
    (NOVEMBER, "ketiga", [("a", 11), ("b", 22)]),
    (datetime.date(2024, 11, 3), "kedua", [("a", 11), ("b", 20), ("c", 30)]),
    (datetime.date(2024, 6, 1), "kedua", [("a", 11), ("b", 20), ("c", 30)]),
    (datetime.date(2024, 5, 31), "pk", [("a", 10), ("b", 20), ("c", 30)]),
    (datetime.date(2024, 1, 4), "pk", [("a", 10), ("b", 20), ("c", 30)]),
]


@pytest.mark.parametrize(("as_of", "name", "rows"), DAYS, ids=[str(row[0]) for row in DAYS])
def test_a_chain_holds_as_far_as_it_was_decided(
    as_of: datetime.date | None, name: str, rows: list[tuple[str, int]]
) -> None:
    """The day of a decision is part of what it decides."""
    found = held(program_of(RULES, ORIGINAL, *CHAIN), as_of)
    assert (found.name, targets(found)) == (name, rows)


@pytest.mark.parametrize("amends", ["pk", "kedua"])
def test_a_second_revision_may_name_the_original_or_the_first(amends: str) -> None:
    """The days tell their order."""
    later = CHAIN[1].replace("mengubah: kedua", f"mengubah: {amends}")
    assert targets(held(program_of(RULES, ORIGINAL, CHAIN[0], later))) == [("a", 11), ("b", 22)]


def test_before_the_first_decision_nothing_holds() -> None:
    """Which is D202, and D201 where there is no agreement for the year at all."""
    program = program_of(RULES, ORIGINAL)
    assert refused(program, datetime.date(2024, 1, 3)) == ["D202"]
    assert in_force(program, p.Agreement, 2023, None)[1][0].code is codes.NO_AGREEMENT


def test_what_is_decided_is_never_told_to_be_still_to_come() -> None:
    """A revision whose original is not there holds nothing, which no later day would mend."""
    compiled = [compile_file(Source(f"{at}.sakip", text), CORE) for at, text in enumerate((RULES, *CHAIN[:1]))]
    program, unknown = link((Layer(item for file in compiled for item in file.definitions),), CORE)
    assert [item.values["name"] for item in unknown] == ["pk"]
    assert refused(program, datetime.date(2024, 5, 31)) == ["D202"]
    assert refused(program, datetime.date(2024, 12, 31)) == ["D201"]


def test_the_newest_decision_wins_over_another_document() -> None:
    """Also where it is a revision of the older of two that are no revisions of each other."""
    other = ORIGINAL.replace("pk ", "pk_lain ").replace("4 Januari", "1 Maret").replace("10 ", "15 ")
    program = program_of(RULES, ORIGINAL, other, revision("ubah", "1.2 b 22", keys=PARTLY))
    assert (held(program).name, targets(held(program))[0]) == ("ubah", ("a", 10))
    assert held(program, datetime.date(2024, 3, 1)).name == "pk_lain"


SAME_DAY = [
    (ORIGINAL, ORIGINAL.replace("pk ", "pk_lain ")),
    (ORIGINAL, revision("satu", "1.1 a 11", keys=PARTLY), revision("dua", "1.2 b 22", keys=PARTLY)),
    (ORIGINAL, revision("satu", "1.1 a 11", keys=PARTLY), revision("dua", "1.2 b 22", amends="satu", keys=PARTLY)),
    (
        ORIGINAL,
        ORIGINAL.replace("pk ", "pk_lain ").replace("4 Januari", "5 Januari"),
        revision("satu", "1.1 a 11"),
        revision("dua", "1.1 a 12", amends="pk_lain"),
    ),
]


@pytest.mark.parametrize("files", SAME_DAY, ids=["originals", "revisions", "chain", "revisions of two"])
def test_decisions_of_one_day_are_d203(files: Sequence[str]) -> None:
    """The same of them in whatever order the files are."""
    told = []
    for order in (files, files[::-1]):
        found, (finding,) = in_force(program_of(RULES, *order), p.Agreement, 2024, None)
        assert found is None
        assert finding.code is codes.SAME_DAY
        told.append((finding.values["names"], finding.values["date"]))
    assert told[0] == told[1]


def test_before_the_day_of_two_decisions_the_original_holds() -> None:
    """What is not decided yet is no matter."""
    program = program_of(RULES, *SAME_DAY[1])
    assert held(program, datetime.date(2024, 11, 3)).name == "pk"


CIRCLE = (revision("satu", "1.1 a 11", amends="dua"), revision("dua", "1.1 a 12", amends="satu", decided="1 Mei 2024"))


def test_revisions_in_a_circle_revise_nothing() -> None:
    """They have no beginning."""
    assert refused(program_of(RULES, *CIRCLE)) == ["D201"]
    assert held(program_of(RULES, ORIGINAL, *CIRCLE)).name == "pk"
    program = program_of(RULES, *CIRCLE)
    assert all(standing(program, item) is item for item in program.own(p.Agreement))


# What a report names.

REPORT = "laporan lkjip {{\n tahun: 2024\n perjanjian: {name}\n}}\n"


@pytest.mark.parametrize(("name", "expected"), [
    ("pk", [("a", 10), ("b", 20), ("c", 30)]),
    ("kedua", [("a", 11), ("b", 20), ("c", 30)]),
    ("ketiga", [("a", 11), ("b", 22)]),
])  # fmt: skip
def test_a_report_names_a_document_with_all_that_it_leaves_alone(name: str, expected: list[tuple[str, int]]) -> None:
    """A revision in part is no agreement by itself, and a later one does not count."""
    program = program_of(RULES, ORIGINAL, *CHAIN, REPORT.format(name=name))
    found, findings = agreement_in_force(program, 2024, None)
    assert findings == ()
    assert found is not None
    assert (found.name, targets(found)) == (name, expected)
    assert program.target(found.method).name == "cara"


# Properties.


@frozen
class Drawn:
    """A document of 2024: its rows, and as a revision the number of what it revises, and what it drops.

    Activities are those of the rows, by the number of each; a revision drops them by name or by number.
    """

    day: datetime.date
    rows: dict[str, int]
    amends: int | None = None
    partly: bool = False
    drops: tuple[str, ...] = ()
    activities: Mapping[str, int] = MappingProxyType({})
    gone: tuple[str, ...] = ()

    def text(self, number: int) -> str:
        """As it stands in a file; each indicator has the same number wherever it stands."""
        keys = [" tahun: 2024", f" ditetapkan: {self.day.day} {_MONTHS[self.day.month - 1]} {self.day.year}"]
        if self.amends is None:
            keys.append(" metode: cara")
        else:
            scope = "sebagian" if self.partly else "seluruhnya"
            keys += [f" mengubah: d{self.amends}", " alasan: perubahan_strategi", f" cakupan: {scope}"]
        if self.drops:
            keys.append(f" hapus: {'; '.join(self.drops)}")
        if self.gone:
            keys.append(f" hapus_kegiatan: {'; '.join(self.gone)}")
        rows = [f" | 1.{NAMES.index(name) + 1} | {name} | {target} |" for name, target in self.rows.items()]
        table = [" | nomor | indikator | target |", *rows] if rows else []
        spent = [f" | {numbered(name)} | {name} | Uraian | {budget} |" for name, budget in self.activities.items()]
        table += [" | nomor | nama | uraian | pagu |", *spent] if spent else []
        return "\n".join([f'perjanjian_kinerja d{number} "D{number}" {{', *keys, *table, "}", ""])


def numbered(activity: str) -> str:
    """The number of an activity, wherever it stands."""
    return f"2.{ACTIVITIES_OF.index(activity) + 1}"


ACTIVITIES_OF = ("rapat", "bimtek", "survei")
_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
ROWS = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 99), min_size=1).map(
    lambda rows: dict(sorted(rows.items()))
)
SPENT = st.dictionaries(st.sampled_from(ACTIVITIES_OF), st.integers(1, 99)).map(
    lambda rows: dict(sorted(rows.items(), key=lambda row: numbered(row[0])))
)
DAYS_OF_2024 = st.dates(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))


@st.composite
def histories(draw: st.DrawFn) -> list[Drawn]:
    """Some documents: the first is an original, and the others may revise any before them."""
    documents = [Drawn(draw(DAYS_OF_2024), draw(ROWS), activities=draw(SPENT))]
    for number in range(1, draw(st.integers(1, 4)) + 1):
        amends = draw(st.none() | st.integers(0, number - 1))
        partly = amends is not None and draw(st.booleans())
        drops = draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True)) if partly else []
        gone = draw(st.lists(st.sampled_from((*ACTIVITIES_OF, "2.1", "2.3")), max_size=2, unique=True))
        document = Drawn(draw(DAYS_OF_2024), draw(ROWS), amends, partly, tuple(drops), draw(SPENT))
        documents.append(evolve(document, gone=tuple(gone)) if partly else document)
    return documents


def outcome(program: Program, as_of: datetime.date | None) -> object:
    """The document that holds, or why none does; both without the places in files."""
    found, findings = in_force(program, p.Agreement, 2024, as_of)
    if found is None:
        return [(item.code.name, dict(item.values)) for item in findings]
    return found.name, found.decided, targets(found), budgets(found)


def budgets(agreement: p.Agreement) -> list[tuple[str, int]]:
    return [(row.name, int(row.budget.number)) for row in agreement.activities if row.budget]


@given(histories(), st.randoms(), st.none() | DAYS_OF_2024)
def test_the_order_of_files_never_matters(documents: list[Drawn], chance: object, as_of: datetime.date | None) -> None:
    """Documents in any order of files give the same document in force, or the same finding."""
    files = [document.text(number) for number, document in enumerate(documents)]
    shuffled = list(files)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert outcome(program_of(RULES, *files), as_of) == outcome(program_of(*shuffled, RULES), as_of)


@given(histories(), DAYS_OF_2024)
def test_what_holds_on_a_day_never_depends_on_a_later_decision(documents: list[Drawn], as_of: datetime.date) -> None:
    """Whatever a document says that was decided later, and whether it is there at all."""
    files = [RULES, *(document.text(number) for number, document in enumerate(documents))]
    later = [number for number, document in enumerate(documents) if document.day > as_of]
    before = outcome(program_of(*files), as_of)
    for number in later:
        other = evolve(documents[number], rows={"e": 99}, amends=None, drops=(), gone=(), activities={"survei": 7})
        files[number + 1] = other.text(number)
    assert outcome(program_of(*files), as_of) == before
    if not any(document.amends in later for document in documents):
        kept = [text for number, text in enumerate(files) if number - 1 not in later]
        found, _ = in_force(program_of(*kept), p.Agreement, 2024, as_of)
        assert (found is None) == isinstance(before, list)
        assert found is None or (found.name, found.decided, targets(found), budgets(found)) == before


def figures(program: Program, agreement: p.Agreement) -> list[object]:
    """Every figure of an agreement, where each indicator has reached half of a hundred."""
    known = Known(dict.fromkeys(NAMES), {}, program.units)
    lines = "\n".join(["tahun;nama;nilai", *(f"2024;{name};50" for name in NAMES)])
    data, _ = collect(read_csv(Source("data.csv", lines), known, None)[0])
    evaluation = Evaluator(program, BUILT_IN, data).evaluate(agreement)
    assert evaluation is not None
    assert evaluation.diagnostics == ()
    each = [(item.indicator.name, item.achievement.value.number) for item in evaluation.indicators]
    assert all(isinstance(number, Fraction | int) for _, number in each)
    return [*each, *((item.kind, item.achievement.value.number) for item in evaluation.averages)]


@given(ROWS, ROWS, SPENT, SPENT, st.lists(st.sampled_from((*NAMES, *ACTIVITIES_OF)), max_size=6, unique=True),
       st.booleans())  # fmt: skip
def test_an_amendment_and_its_inverse_leave_nothing_behind(
    rows: dict[str, int],
    changed: dict[str, int],
    spent: dict[str, int],
    moved: dict[str, int],
    dropped: list[str],
    by_number: bool,
) -> None:
    """The same rows and activities in the same order, and the same figures."""
    drops = tuple(name for name in rows if name in dropped and name not in changed)
    gone = tuple(name for name in spent if name in dropped and name not in moved)
    amendment = Drawn(datetime.date(2024, 5, 1), changed, 0, True, drops, moved, gone)
    inverse = Drawn(
        NOVEMBER,
        {name: target for name, target in rows.items() if name in changed or name in drops},
        1,
        True,
        tuple(name for name in changed if name not in rows),
        {name: budget for name, budget in spent.items() if name in moved or name in gone},
        tuple(numbered(name) if by_number else name for name in moved if name not in spent),
    )
    documents = (Drawn(datetime.date(2024, 1, 4), rows, activities=spent), amendment, inverse)
    program = program_of(RULES, *(document.text(number) for number, document in enumerate(documents)))
    before, after = held(program, datetime.date(2024, 4, 30)), held(program)
    assert (before.name, after.name) == ("d0", "d2")
    assert targets(after) == targets(before) == list(rows.items())
    assert budgets(after) == budgets(before) == list(spent.items())
    assert figures(program, after) == figures(program, before)
