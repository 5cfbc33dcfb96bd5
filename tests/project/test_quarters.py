"""Quarters: whose target they are measured against, what it is for, and which realization it is held against."""

from __future__ import annotations

import re
import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from sakip_rules import Project, Quarter
from sakip_rules.cache import Cache
from tests.rules_support import project
from tests.running import ROOT, Command, foreign, places

QUARTERS = (Quarter.FIRST, Quarter.SECOND, Quarter.THIRD, Quarter.FOURTH)

# Tabel 4.3 of the report of 2024: targets of 2025 by quarter.

#: Each indicator with its targets of the four quarters and of the year, as Tabel 4.3 prints them.
TABLE_4_3 = {
    "perlindungan_jaminan_sosial": ("24.72", "24.72", "24.72", "24.73", "98.89"),
    "rehabilitasi_sosial": ("0.07", "0.07", "0.07", "0.08", "0.29"),
    "pemberdayaan_sosial": (None, None, "0.04", "0.01", "0.05"),
    "psks_aktif": ("1.37", "1.37", "1.37", "1.39", "5.50"),
    "nilai_sakip": (None, None, None, "92.34", "92.34"),
    "ikm_dinsos": (None, None, None, "87.50", "87.50"),
}
#: What was measured in 2025: made up, so that each achievement is easy to tell.
MEASURED = """\
tahun;periode;nama;nilai
2025;tw1;perlindungan_jaminan_sosial;12,36
2025;tw1;rehabilitasi_sosial;0,07
2025;tw1;psks_aktif;1,37
2025;tw3;perlindungan_jaminan_sosial;24,72
2025;tw3;rehabilitasi_sosial;0,14
2025;tw3;pemberdayaan_sosial;0,05
2025;tw3;psks_aktif;1,37
"""


@pytest.fixture
def magetan(tmp_path: Path) -> Path:
    """The folder of Magetan with measured values of 2025."""
    folder = tmp_path / "dinsos"
    shutil.copytree(ROOT / "rules" / "magetan" / "dinsos", folder)
    (folder / "realisasi_2025.csv").write_text(MEASURED, encoding="utf-8")
    settings = folder / "sakip.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace('"serapan_2024.csv"', '"serapan_2024.csv", "realisasi_2025.csv"'), encoding="utf-8"
    )
    return folder


def achieved(found: Project, year: int, quarter: Quarter) -> dict[str, object]:
    """The achievement of each indicator, or the word for why it has none."""
    evaluation, _ = found.evaluate(year, quarter)
    assert evaluation
    values = {each.indicator.name: each.achievement.value for each in evaluation.indicators}
    return {name: value.status.value if value.number is None else value.number for name, value in values.items()}


def test_the_targets_of_quarters_are_those_of_table_4_3(magetan: Path) -> None:
    """Each is for its quarter alone: the four make the year, and a dash is no target."""
    found = Project(magetan, Cache(None))
    for quarter, column in zip((*QUARTERS, Quarter.YEAR), range(5), strict=True):
        evaluation, _ = found.evaluate(2025, quarter)
        assert evaluation
        targets = {each.indicator.name: getattr(each.target, "number", None) for each in evaluation.indicators}
        assert targets == {name: row[column] and Fraction(row[column]) for name, row in TABLE_4_3.items()}
    for row in TABLE_4_3.values():
        assert sum(Fraction(each) for each in row[:4] if each) == Fraction(row[4])


#: The achievements of two quarters of 2025; by the action plan, since there is no agreement of that year.
ACHIEVED = {
    Quarter.FIRST: {
        "perlindungan_jaminan_sosial": Fraction(50), "rehabilitasi_sosial": Fraction(100),
        "pemberdayaan_sosial": "tidak_berlaku", "psks_aktif": Fraction(100),
        "nilai_sakip": "tidak_berlaku", "ikm_dinsos": "tidak_berlaku",
    },
    Quarter.THIRD: {
        "perlindungan_jaminan_sosial": Fraction(100), "rehabilitasi_sosial": Fraction(200),
        "pemberdayaan_sosial": Fraction(125), "psks_aktif": Fraction(100),
        "nilai_sakip": "tidak_berlaku", "ikm_dinsos": "tidak_berlaku",
    },
}  # fmt: skip


@pytest.mark.parametrize("quarter", ACHIEVED)
def test_a_quarter_of_2025_is_measured_against_the_action_plan(magetan: Path, quarter: Quarter) -> None:
    """What has no target in a quarter does not apply there, which is no finding, and no average counts it."""
    found = Project(magetan, Cache(None))
    assert achieved(found, 2025, quarter) == ACHIEVED[quarter]
    evaluation, findings = found.evaluate(2025, quarter)
    assert evaluation
    assert findings == ()
    counted = [number for number in ACHIEVED[quarter].values() if isinstance(number, Fraction)]
    averages = {average.kind: average.achievement.value.number for average in evaluation.averages}
    mean = sum(counted, Fraction(0)) / len(counted)
    assert averages["per_indikator"] == Fraction(round(mean * 100), 100)


def test_a_quarter_can_be_asked_for_from_the_command_line(command: Command, magetan: Path) -> None:
    """In both languages, with the document that set the target, and an explanation with its place."""
    arguments = (magetan.as_posix(), "--year", "2025", "--period", "tw1")
    told = command("evaluate", *arguments)
    assert (told.code, told.err.startswith("Folder ini mempunyai 6 temuan lain")) == (0, True)
    assert "Diukur terhadap Target Waktu Pencapaian Indikator Kinerja" in told.out
    assert re.search(r"  24,72 +12,36 +50,00 ", told.out)
    assert foreign(told.text) == set()
    assert command("evaluate", *arguments, "--lang", "en").code == 0
    explained = command("explain", "psks_aktif", *arguments).out
    assert "rencana_aksi_2025.sakip:20:" in explained
    assert "1,37" in explained


# Whether it is for the quarter or for the year so far.

RULES = """\
variabel dilayani "Dilayani" {{
    satuan: orang
    periode: jumlah
}}

variabel penduduk "Penduduk" {{
    satuan: orang
    periode: terakhir
}}

indikator layanan "Layanan" {{
    satuan: persen
    arah: naik
    rumus: dilayani / penduduk × 100%
}}

indikator nilai "Nilai" {{
    satuan: angka
    arah: naik
    periode: terakhir
}}

indikator mutu "Mutu" {{
    satuan: angka
    arah: naik
    periode: rata_rata
}}

metode cara "Cara" {{
    naik: capaian_naik
    | langkah   | nilai         |
    | capaian   | -             |
    | rata_rata | per_indikator |
}}

perjanjian_kinerja pk "PK" {{
    tahun: 2025
    metode: cara
    {own}
    | indikator | target |{columns}
    | layanan   | 40     |{cells}
    | nilai     | 80     |{cells}
    | mutu      | 80     |{cells}
}}

rencana_aksi aksi "Rencana Aksi" {{
    tahun: 2025
    {declared}
    | indikator | target | tw1 | tw2 | tw3 | tw4 |
    | layanan   | 40     | 10  | 20  | -   | 40  |
    | nilai     | 80     | 80  | 80  | 80  | 80  |
    | mutu      | 80     | 50  | 50  | 50  | 80  |
}}
"""
#: 10 of 100 people, then 20 of 200; the values of a quarter, and their means so far.
DATA = """\
2025;tw1;dilayani;10;final
2025;tw2;dilayani;20;final
2025;tw1;penduduk;100;final
2025;tw2;penduduk;200;final
2025;tw1;nilai;40;final
2025;tw2;nilai;60;final
2025;tw1;mutu;40;final
2025;tw2;mutu;60;final
"""


def rules(own: str = "", columns: str = "", cells: str = "", declared: str = "") -> str:
    return RULES.format(own=own, columns=columns, cells=cells, declared=declared)


#: What the targets of quarters are for, and the achievements of the second.
KINDS = [
    # of the quarter alone: 20/200 is 10% of 20%, 60 of 80, and 60 of 50
    ("", {"layanan": Fraction(50), "nilai": Fraction(75), "mutu": Fraction(120)}),
    ("target_triwulan: per_triwulan", {"layanan": Fraction(50), "nilai": Fraction(75), "mutu": Fraction(120)}),
    # of the year so far: 30/200 is 15% of 20%, the last value 60 of 80, and the mean 50 of 50
    ("target_triwulan: kumulatif", {"layanan": Fraction(75), "nilai": Fraction(75), "mutu": Fraction(100)}),
]


@pytest.mark.parametrize(("declared", "expected"), KINDS, ids=["nothing", "each", "to date"])
def test_a_target_is_held_against_what_it_is_for(tmp_path: Path, declared: str, expected: dict[str, Fraction]) -> None:
    """Variables are added up by their own rule first, then the formula is applied."""
    found = project(tmp_path, rules(declared=declared), DATA)
    assert achieved(found, 2025, Quarter.SECOND) == expected
    first = {"layanan": Fraction(100), "nilai": Fraction(50), "mutu": Fraction(80)}
    assert achieved(found, 2025, Quarter.FIRST) == first


def test_a_quarter_before_which_one_is_missing_has_no_realization_to_date(tmp_path: Path) -> None:
    """What is added up is not guessed; the finding names the quarter."""
    data = DATA.replace("2025;tw1;dilayani;10;final\n", "").replace("2025;tw1;mutu;40;final\n", "")
    found = project(tmp_path, rules(declared="target_triwulan: kumulatif"), data)
    assert achieved(found, 2025, Quarter.SECOND) == {
        "layanan": "tidak_ada", "nilai": Fraction(75), "mutu": "tidak_ada",
    }  # fmt: skip
    _, findings = found.evaluate(2025, Quarter.SECOND)
    assert [(item.code.name, item.values["quarter"]) for item in findings] == [("R117", "tw1"), ("R117", "tw1")]


def test_the_agreement_sets_the_target_where_it_has_the_quarter(tmp_path: Path) -> None:
    """By what it says of it itself; the action plan is asked for the quarters that it leaves open."""
    own = rules("target_triwulan: kumulatif", " tw2 |", " 15 |", "target_triwulan: per_triwulan")
    found = project(tmp_path, own, DATA)
    evaluation, _ = found.evaluate(2025, Quarter.SECOND)
    assert evaluation
    assert evaluation.action_plan is None
    assert achieved(found, 2025, Quarter.SECOND)["layanan"] == Fraction(100)
    evaluation, _ = found.evaluate(2025, Quarter.FIRST)
    assert evaluation
    assert evaluation.action_plan
    assert {each.source.name for each in evaluation.indicators} == {"aksi"}
    assert evaluation.agreement.name == "pk"


def test_without_any_target_a_quarter_is_a_finding_and_with_a_dash_it_does_not_apply(tmp_path: Path) -> None:
    """Missing and not applicable are two things."""
    data = DATA + "2025;tw3;dilayani;5;final\n2025;tw3;penduduk;100;final\n"
    assert achieved(project(tmp_path, rules(), data), 2025, Quarter.THIRD)["layanan"] == "tidak_berlaku"
    bare = rules().split("rencana_aksi")[0]
    found = project(tmp_path / "b", bare, data)
    assert achieved(found, 2025, Quarter.THIRD)["layanan"] == "tidak_ada"
    assert [item.code.name for item in found.evaluate(2025, Quarter.THIRD)[1]] == ["M113"] * 3


def test_the_heading_names_the_action_plan(command: Command, tmp_path: Path) -> None:
    """Beside the agreement, for people and for programs."""
    project(tmp_path / "dinas", rules(), DATA)
    told = command("evaluate", "dinas", "--period", "tw2")
    assert (told.code, places(told.err)) == (0, [])
    assert "Diukur terhadap PK\nTarget triwulan menurut Rencana Aksi\n" in told.out
    english = command("evaluate", "dinas", "--period", "tw2", "--lang", "en").out
    assert "Targets of the quarter by Rencana Aksi\n" in english
    assert '"rencana_aksi": "aksi"' in command("evaluate", "dinas", "--period", "tw2", "--format", "json").out


def test_an_action_plan_is_revised_like_an_agreement(tmp_path: Path) -> None:
    """From the day of the decision on."""
    revision = (
        'rencana_aksi ubah "U" {\n tahun: 2025\n ditetapkan: 1 Juli 2025\n mengubah: aksi\n'
        " alasan: perubahan_strategi\n cakupan: sebagian\n"
        " | indikator | target | tw2 |\n | layanan | 40 | 10 |\n}\n"
    )
    text = rules().replace('aksi "Rencana Aksi" {\n', 'aksi "Rencana Aksi" {\n    ditetapkan: 2 Januari 2025\n')
    found = project(tmp_path, text + revision, DATA)
    assert achieved(found, 2025, Quarter.SECOND)["layanan"] == Fraction(100)
    assert [item.code.name for item in found.rule_findings] == []


def test_an_action_plan_without_a_method_is_no_agreement(tmp_path: Path) -> None:
    """Then there is none for the year, as before; with one it takes its place."""
    start, _, rest = rules().partition("perjanjian_kinerja")
    alone = start + "rencana_aksi" + rest.split("rencana_aksi")[1]
    evaluation, findings = project(tmp_path, alone, DATA).evaluate(2025)
    assert evaluation is None
    assert [item.code.name for item in findings] == ["D201"]
    found = project(tmp_path / "b", alone.replace("tahun: 2025\n", "tahun: 2025\n    metode: cara\n"), DATA)
    assert achieved(found, 2025, Quarter.SECOND)["layanan"] == Fraction(50)
