"""Figures that real agencies have published, by methods and roundings that rule text declares."""

from __future__ import annotations

import csv
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from sakip_rules.base.numbers import Numeral, parse_numeral
from sakip_rules.engine.achievement import Assessor, Case
from sakip_rules.model.units import RATIO
from sakip_rules.model.values import Value
from tests.rules_support import project

CASES = Path(__file__).parents[1] / "cases" / "capaian-terbit.csv"

METHODS = "".join(
    f"""\
metode dibulatkan_{places}{suffix} {{
    naik: capaian_naik
    turun: capaian_turun
    | langkah    | nilai |
    | capaian    | -     |
    | pembulatan | {places}{mode} |{cap}
}}
"""
    for places in range(4)
    for suffix, mode, cap in (
        ("", "", ""),
        ("_dipotong", " potong", ""),
        ("_batas_100", "", "\n    | batas_atas | 100% |"),
        ("_batas_120", "", "\n    | batas_atas | 120% |"),
    )
)


def rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.fixture(scope="module")
def assessor(tmp_path_factory: pytest.TempPathFactory) -> Assessor:
    found = project(tmp_path_factory.mktemp("metode"), METHODS)
    assert found.rule_findings == ()
    return Assessor(found.program, found.functions)


def published(text: str) -> tuple[Fraction, int]:
    """A printed number and its decimals; some tables print ``3.41`` for 3,41."""
    text = text.replace("%", "").strip()
    read = parse_numeral(text.replace(".", ",") if "," not in text else text)
    assert isinstance(read, Numeral), text
    return read.number, read.decimals


def achieved(assessor: Assessor, row: dict[str, str], suffix: str, places: int) -> Fraction:
    method = assessor.program.find(f"dibulatkan_{places}{suffix}")[0]
    target, realized = (Value(published(row[name])[0], RATIO) for name in ("target", "realisasi"))
    direction = "turun" if row["arah"] == "min" else "naik"
    found = assessor.assess(method, Case(direction, target, realized)).value.number  # type: ignore[arg-type]
    assert isinstance(found, Fraction)
    return found


#: By verdict of the collection: the steps of the method, and how many rows there are.
REPRODUCED = {
    "OK": "",
    "OK_INT": "",
    "TRUNC": "_dipotong",
    "TRUNC_INT": "_dipotong",
    "CAP100": "_batas_100",
    "CAP120": "_batas_120",
}


def test_the_collection_has_the_rows_that_are_reproduced() -> None:
    """None of them is left out below."""
    counted = Counter(row["verdict"] for row in rows())
    assert {verdict: counted[verdict] for verdict in REPRODUCED} == {
        "OK": 111,
        "OK_INT": 11,
        "TRUNC": 2,
        "TRUNC_INT": 1,
        "CAP100": 12,
        "CAP120": 2,
    }


@pytest.mark.parametrize("verdict", REPRODUCED)
def test_published_figures_follow_from_a_declared_method(assessor: Assessor, verdict: str) -> None:
    """The printed decimals are those of the rounding step; the _INT verdicts print whole numbers with two."""
    differing = []
    for row in rows():
        if row["verdict"] == verdict:
            printed, decimals = published(row["capaian"])
            places = 0 if verdict.endswith("_INT") else decimals
            found = achieved(assessor, row, REPRODUCED[verdict], places)
            if found != printed:
                differing.append((row["case"], row["indikator"], found, printed))
    assert differing == []


def test_figures_that_were_published_wrong_are_not_reproduced(assessor: Assessor) -> None:
    """The rules give what the collection calculated, which is not what was printed."""
    wrong = [row for row in rows() if row["verdict"] in ("WRONG", "ULP1")]
    assert len(wrong) == 5
    for row in wrong:
        found = achieved(assessor, row, "", 2)
        assert found == Fraction(row["hitung"])
        assert found != published(row["capaian"])[0]
