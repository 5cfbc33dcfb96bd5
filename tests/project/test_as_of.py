"""A day knows what was decided by then, and nothing of what came later: through whole evaluations, and each command."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_rules import Project, Quarter
from sakip_rules.base.dates import format_date
from sakip_rules.cache import Cache
from tests.rules_support import project
from tests.running import SMALL, Command, foreign, places, small, write

NAMES = ("a", "b", "c")
RULES = """\
satuan persen "Persen" { jenis: persen }
satuan rupiah "Rupiah" {
    jenis: uang
    lambang: Rp
}

formula capaian_naik "Makin tinggi makin baik" {
    masukan: rencana; realisasi
    rumus: realisasi / rencana × 100%
}

metode cara "Cara" {
    naik: capaian_naik
    | langkah   | nilai       |
    | capaian   | -           |
    | rata_rata | per_sasaran |
}

renstra asal "Asal" {
    berlaku: 2021 s.d 2026
    sasaran s "Sasaran" { nomor: "1" }
    sasaran t "Sasaran lain" { nomor: "2" }
}
""" + "".join(f'indikator {name} "Indikator {name}" {{ satuan: persen\narah: naik }}\n' for name in NAMES)
VALUES = "".join(
    f"{year};{period};{name};50\n"
    for year in (2022, 2024) for period in ("tahunan", "tw1", "tw2") for name in NAMES
)  # fmt: skip
DAYS = st.dates(datetime.date(2023, 12, 1), datetime.date(2024, 12, 31))


@frozen
class Drawn:
    """A document that was decided on a day: an agreement, an action plan, or a plan whose objectives have known names.

    ``amends`` is the number of what it revises, which is of the same kind.
    """

    kind: str
    day: datetime.date
    targets: dict[str, int]
    year: int = 2024
    amends: int | None = None
    drops: tuple[str, ...] = ()

    def text(self, number: int) -> str:
        """As it stands in a file."""
        keys = [f"ditetapkan: {format_date(self.day)}"]
        if self.kind == "renstra":
            return "\n".join([f"renstra d{number} {{", *keys, "berlaku: 2027 s.d 2029", "sasaran s { }", "}", ""])
        keys += [f"tahun: {self.year}", "metode: cara"]
        if self.amends is not None:
            keys += [f"mengubah: d{self.amends}", "alasan: perubahan_strategi", "cakupan: sebagian"]
            keys += [f"hapus: {'; '.join(self.drops)}"] if self.drops else []
        quarter = " tw1 |" if self.kind == "rencana_aksi" else ""
        rows = [f"| sasaran | indikator | target |{quarter}"]
        rows += [
            f"| {'s' if name == 'a' else 't'} | {name} | {target} |{quarter and f' {target} |'}"
            for name, target in self.targets.items()
        ]
        return "\n".join([f'{self.kind} d{number} "D{number}" {{', *keys, *rows, "}", ""])


TARGETS = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 99), min_size=1)


@st.composite
def histories(draw: st.DrawFn) -> list[Drawn]:
    """Agreements of 2022 and 2024, with a hole between them, and what was decided about them one day or another."""
    documents = [
        Drawn("perjanjian_kinerja", datetime.date(2022, 1, 4), draw(TARGETS), 2022),
        Drawn("perjanjian_kinerja", draw(DAYS), draw(TARGETS)),
    ]
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(("perjanjian_kinerja", "rencana_aksi", "renstra")))
        revised = [number for number, each in enumerate(documents) if each.kind == kind and each.year == 2024]
        amends = draw(st.none() | st.sampled_from(revised)) if revised and kind != "renstra" else None
        drops = draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True)) if amends is not None else []
        documents.append(Drawn(kind, draw(DAYS), draw(TARGETS), amends=amends, drops=tuple(drops)))
    return documents


def figures(texts: Sequence[str], as_of: datetime.date) -> list[object]:
    """All that both years give on a day, in every quarter: each figure, with the documents that it rests on."""
    with TemporaryDirectory() as folder:
        files = {"a.sakip": RULES + "\n".join(texts), "sakip.toml": "pustaka = []\n"}
        found = Project(
            write(Path(folder), {**files, "realisasi.csv": f"tahun;periode;nama;nilai\n{VALUES}"}), Cache(None)
        )
        return [_told(found, year, quarter, as_of) for year in (2022, 2024) for quarter in Quarter]


def _told(found: Project, year: int, quarter: Quarter, as_of: datetime.date) -> object:
    evaluation, findings = found.evaluate(year, quarter, as_of)
    if evaluation is None:
        return {item.code.name for item in findings} <= {"D201", "D202", "D203"}
    plan = evaluation.action_plan
    return (
        evaluation.agreement.name,
        evaluation.agreement.decided,
        plan and plan.name,
        [(each.indicator.name, each.objective and each.objective.path, getattr(each.target, "number", None),
          each.achievement.value.number, each.achievement.value.status, each.source.name)
         for each in evaluation.indicators],
        [(each.objective and each.objective.path, each.achievement.value.number) for each in evaluation.objectives],
        [(each.kind, each.count, each.achievement.value.number) for each in evaluation.averages],
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(histories(), DAYS)
def test_an_evaluation_never_depends_on_a_document_decided_later(documents: list[Drawn], as_of: datetime.date) -> None:
    """Neither on what it says, nor on what its parts are called, nor on whether it is there at all."""
    texts = [document.text(number) for number, document in enumerate(documents)]
    later = [number for number, document in enumerate(documents) if document.day > as_of]
    before = figures(texts, as_of)
    changed = list(texts)
    for number in later:
        changed[number] = evolve(documents[number], targets={"c": 98}, amends=None, drops=()).text(number)
    assert figures(changed, as_of) == before
    assert figures([text for number, text in enumerate(texts) if number not in later], as_of) == before


def test_a_name_that_a_later_plan_uses_again_was_clear_before(tmp_path: Path) -> None:
    """The objective ``s`` of the agreement is that of the only plan that there was."""
    texts = [
        Drawn("perjanjian_kinerja", datetime.date(2024, 1, 4), {"a": 50}).text(0),
        Drawn("renstra", datetime.date(2024, 7, 1), {}).text(1),
    ]
    (tmp_path / "sakip.toml").write_text("pustaka = []\n")
    found = project(tmp_path, RULES + "\n".join(texts), VALUES.replace("\n", ";final\n"))
    evaluation, _ = found.evaluate(2024, as_of=datetime.date(2024, 6, 30))
    assert evaluation
    assert [each.objective and each.objective.path for each in evaluation.indicators] == ["asal.s"]
    evaluation, _ = found.evaluate(2024, as_of=datetime.date(2024, 7, 1))
    assert evaluation
    assert [each.objective for each in evaluation.indicators] == [None]
    assert "N105" in [item.code.name for item in found.validate(as_of=datetime.date(2024, 7, 1))]


# The commands.

LATER = """
perjanjian_kinerja pk_ubah "Perubahan" {
    tahun: 2024
    ditetapkan: 1 Juli 2024
    mengubah: pk_2024
    cakupan: sebagian
    hapus: layanan
}
"""


@pytest.mark.parametrize("language", ["id", "en"])
def test_validate_leaves_out_what_stands_in_later_documents(command: Command, tmp_path: Path, language: str) -> None:
    """Its findings are found from its day on."""
    small(tmp_path / "dinas", ubah=LATER)
    arguments = ("validate", "dinas", "--lang", language)
    found = ["dinas/indikator.sakip:23:7 indikator_sasaran", "dinas/ubah.sakip:2:20 D204"]
    assert places(command(*arguments).out) == found
    assert places(command(*arguments, "--as-of", "1 Juli 2024").out) == found
    assert places(command(*arguments, "--as-of", "30 Juni 2024").out) == []


def test_evaluate_is_not_stopped_by_what_stands_in_later_documents(command: Command, tmp_path: Path) -> None:
    """Though it stands in a file that the figures rest on."""
    small(tmp_path / "dinas", pk=SMALL["pk.sakip"] + LATER)
    assert places(command("evaluate", "dinas").err) == ["dinas/pk.sakip:11:20 D204"]
    assert command("evaluate", "dinas", "--as-of", "30 Juni 2024").code == 0


#: A rule with its own validity, one that stands on a regulation, and one that stands on none.
VALID = """\
peraturan lama "Lama" { berlaku: 2015 s.d 2020 }
peraturan baru "Baru" {
    berlaku: 2018 s.d seterusnya
    dicabut: 1 Juli 2023
}

kategori k "K" {
    satuan: angka
    berlaku: 2017 s.d 2018
    | rentang | predikat |
    | ≥ 0     | Ada      |

    contoh "Salah" {
        nilai: 1
        hasil: "Tidak ada"
    }
}

formula f "F" {
    dasar: {basis}
    masukan: a
    rumus: a + 1

    contoh "Salah" {
        a: 1
        hasil: 3
    }
}
"""
#: The regulations of the formula, a day, and the examples that fail on it, all of which would.
HELD = [
    ("lama", "", ["15:16", "26:16"]),
    ("lama", "31 Desember 2018", ["15:16", "26:16"]),
    ("lama", "31 Desember 2020", ["26:16"]),
    ("lama", "1 Januari 2021", []),
    ("lama; baru", "1 Januari 2021", ["26:16"]),
    ("lama; baru", "30 Juni 2023", ["26:16"]),
    ("lama; baru", "1 Juli 2023", []),
]


@pytest.mark.parametrize(("basis", "day", "failed"), HELD, ids=[f"{row[0]} {row[1]}" for row in HELD])
def test_examples_count_while_their_rule_holds(
    command: Command, tmp_path: Path, basis: str, day: str, failed: list[str]
) -> None:
    """By its own validity, or else by that of any regulation that it stands on."""
    write(tmp_path / "dinas", {"a.sakip": VALID.replace("{basis}", basis)})
    arguments = ("test", "dinas", *(("--as-of", day) if day else ()))
    outcome = command(*arguments)
    assert outcome.code == bool(failed)
    assert [place.split(":", 1)[1].split()[0] for place in places(outcome.out)] == failed
    assert outcome.err.startswith(f"0 contoh sesuai, {len(failed)} tidak sesuai")
    assert foreign(outcome.text) == set()
