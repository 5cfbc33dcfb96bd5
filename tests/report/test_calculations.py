"""Calculations of cells: how a figure follows from its row, told only where that is exactly so."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from sakip_rules import Cell, Constant, Operand, Operation, Project, PublishedTable, Report
from sakip_rules.cache import Cache
from sakip_rules.model.calculation import IncalculableError, Term, value_of
from tests.running import MAGETAN, small, write

TABLE = """\
laporan lkjip "Laporan 2024" {{
    tahun: 2024
    tabel capaian "Capaian" {{
        baris: indikator
        | kolom     | judul     | desimal |
        | target    | Target    | 0 s.d 2 |
        | realisasi | Realisasi | {decimals} |
        | capaian   | Capaian   | 2       |
    }}
}}
"""
FORMULAS = """\
formula kali "Kali" {
    masukan: a persen; b persen
    rumus: a / b × 100%

    contoh "A" { a: 1%
        b: 2%
        hasil: 50% }
}

formula lain "Lain" {
    masukan: rencana persen; realisasi persen
    | bila                | hasil                            |
    | realisasi ≥ rencana | 100%                             |
    | selain itu          | maks(kali(realisasi; rencana); 0%) |
    pembulatan: 1

    contoh "B" { rencana: 90%
        realisasi: 80%
        hasil: 88,9% }
}
"""


def tables(folder: Path) -> dict[str, PublishedTable]:
    found = Project(folder, Cache(None))
    publication, _ = found.report(found.program.own(Report)[0])
    assert publication
    return {table.name: table for table in publication.tables}


def cells(table: PublishedTable, column: str) -> list[Cell]:
    at = next(at for at, each in enumerate(table.columns) if each.name == column)
    return [row.cells[at] for row in (*table.rows, *table.closing) if row.cells[at].height]


def as_text(term: Term | None) -> str:
    """A term as a formula with the numbers of its columns."""
    if isinstance(term, Operation):
        return f"({f' {term.name} '.join(map(as_text, term.terms))})"
    return f"[{term.column}]" if isinstance(term, Operand) else str(term.number) if term else "-"


def test_every_calculation_gives_the_number_that_is_printed() -> None:
    """All of the Magetan report, out of the printed numbers of its row."""
    counted = 0
    for table in tables(Path(MAGETAN)).values():
        for row in (*table.rows, *table.closing):
            numbers = {at: cell.number for at, cell in enumerate(row.cells) if cell.number is not None and cell.height}
            for cell in row.cells:
                if cell.calculation:
                    counted += 1
                    assert value_of(cell.calculation, numbers) == cell.number
    assert counted > 120


def test_what_stands_elsewhere_is_not_calculated() -> None:
    """Averages, and efficiencies whose budget stands in a row above."""
    found = tables(Path(MAGETAN))
    assert [bool(cell.calculation) for cell in cells(found["efisiensi_sasaran"], "efisiensi")] == [
        True, True, True, True, True, False, False,
    ]  # fmt: skip
    assert [bool(cell.calculation) for cell in cells(found["capaian_penutup"], "capaian")][-1] is False
    assert not any(cell.calculation for cell in cells(found["penunjang"], "capaian"))  # which shows no target


def test_the_formula_of_the_rules_with_its_steps_and_the_factors_of_units(tmp_path: Path) -> None:
    found = tables(small(tmp_path / "dinas", laporan=TABLE.format(decimals="0 s.d 2")))["capaian"]
    assert [as_text(cell.calculation) for cell in cells(found, "capaian")] == [
        "((([1] / [0]) * 100) bulat 2)",
        "(((([0] - ([1] - [0])) / [0]) * 100) bulat 2)",
    ]
    assert as_text(cells(tables(Path(MAGETAN))["efisiensi_sasaran"], "efisiensi")[0].calculation) == (
        "(((1 - ([6] / (([5] * [4]) * 1/100))) * 100) bulat 2)"
    )


def test_conditions_functions_and_formulas_within_formulas(tmp_path: Path) -> None:
    folder = small(tmp_path / "dinas", laporan=TABLE.format(decimals="0 s.d 2"), lain=FORMULAS)
    way = (folder / "cara.sakip").read_text(encoding="utf-8").replace("naik: capaian_naik", "naik: lain")
    found = tables(write(folder, {"cara.sakip": way}))["capaian"]
    assert as_text(cells(found, "capaian")[0].calculation) == (
        "(((([1] ≥ [0]) jika 100 jika ((([1] / [0]) * 100) maks 0)) bulat 1) bulat 2)"
    )


def test_a_column_that_shows_less_than_was_calculated_with_gives_no_calculation(tmp_path: Path) -> None:
    """Who recalculates 78,56 of 90 from the printed 79 gets another figure."""
    data = "tahun;periode;nama;nilai\n2024;tahunan;layanan;78,56\n2024;tahunan;lama;12\n"
    folder = small(tmp_path / "dinas", laporan=TABLE.format(decimals="0"), realisasi=data)
    assert [bool(cell.calculation) for cell in cells(tables(folder)["capaian"], "capaian")] == [False, True]


@pytest.mark.parametrize("status", ["sementara", "tidak_ada"])
def test_what_is_provisional_or_missing_gives_no_calculation(tmp_path: Path, status: str) -> None:
    value = "" if status == "tidak_ada" else "80"
    data = f"tahun;periode;nama;nilai;status\n2024;tahunan;layanan;{value};{status}\n2024;tahunan;lama;12;final\n"
    folder = small(tmp_path / "dinas", laporan=TABLE.format(decimals="0"), realisasi=data)
    assert [bool(cell.calculation) for cell in cells(tables(folder)["capaian"], "capaian")] == [False, True]


def test_a_term_without_a_value_says_so() -> None:
    half = Operation("/", (Operand(2), Constant(Fraction(2))))
    assert value_of(Operation("+", (half, Operand(0))), {0: Fraction(1), 2: Fraction(5)}) == Fraction(7, 2)
    with pytest.raises(IncalculableError):
        value_of(half, {0: Fraction(1)})
    with pytest.raises(IncalculableError):
        value_of(Operation("/", (Operand(0), Constant(Fraction(0)))), {0: Fraction(1)})
