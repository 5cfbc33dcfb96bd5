"""The tables of a report out of rules and data, cell by cell as the Magetan report prints them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sakip_rules import Project, Publication, PublishedTable
from sakip_rules.cache import Cache
from sakip_rules.model import program as p
from tests.rules_support import placed, project

MAGETAN = Path(__file__).parents[2] / "rules" / "magetan" / "dinsos"


@pytest.fixture(scope="module")
def magetan() -> dict[str, PublishedTable]:
    found = Project(MAGETAN, Cache(None))
    report, findings = found.report(found.program.own(p.Report)[0])
    assert findings == ()
    assert report
    return {table.name: table for table in report.tables}


def column(table: PublishedTable, *names: str) -> list[tuple[str, ...]]:
    """Some columns of a table, by name and in order; a covered cell is ``^``."""
    at = [next(i for i, each in enumerate(table.columns) if each.name == name) for name in names]
    rows = (*table.rows, *table.closing)
    return [tuple(row.cells[i].text if row.cells[i].height else "^" for i in at) for row in rows]


def test_numbers_keep_the_decimals_that_were_written(magetan: dict[str, PublishedTable]) -> None:
    """Tabel 3.2, with 95 and Sangat Berhasil in the place of what is printed."""
    assert column(magetan["capaian"], "target", "realisasi", "capaian", "kategori") == [
        ("99,88", "99,88", "100", "Sangat Berhasil"),
        ("0,28", "0,259", "92,5", "Berhasil"),
        ("0,04", "0,038", "95", "Berhasil"),
        ("5,30", "5,30", "100", "Sangat Berhasil"),
        ("85", "92,33", "108,62", "Sangat Berhasil"),
        ("87,35", "87,45", "100,11", "Sangat Berhasil"),
    ]


def test_neighbours_that_are_the_same_are_one_cell(magetan: dict[str, PublishedTable]) -> None:
    """Tabel 3.9 (Efisiensi): the fifth objective and its budget stand once for two indicators."""
    table = magetan["efisiensi_sasaran"]
    assert column(table, "pagu", "persen_serapan", "efisiensi") == [
        ("6.093.000.000", "99,13%", "0,87%"),
        ("2.510.000.000", "88,01%", "4,85%"),
        ("145.000.000", "95,37%", "-0,38%"),
        ("10.147.000.000", "99,44%", "0,56%"),
        ("5.280.862.284", "96,92%", "10,77%"),
        ("^", "^", "3,19%"),
        ("", "", "2,54%"),
    ]
    assert [row.cells[0].height for row in table.rows] == [1, 1, 1, 1, 2, 0]
    assert table.closing[0].cells[0].text == "Efisiensi Total"


def test_years_stand_beside_each_other(magetan: dict[str, PublishedTable]) -> None:
    """Tabel 3.3: what was not promised stays empty, a bare score has no unit behind it."""
    rows = [tuple(cell.text for cell in row.cells[2:]) for row in magetan["perbandingan"].rows]
    assert rows[5] == ("100%", "100%", "100", "100%", "98,1%", "98,1", "", "", "")
    assert rows[8] == ("", "", "", "", "", "", "0,28 persen", "0,259 persen", "92,5")
    assert rows[11] == ("", "77,70", "", "", "82,40", "", "85", "92,33", "108,62")
    assert rows[12] == ("84", "84,47", "100,56", "84", "87,33", "103,96", "87,35", "87,45", "100,11")
    assert len(rows) == 13


def test_progress_is_that_of_the_report(magetan: dict[str, PublishedTable]) -> None:
    """Tabel 3.4."""
    assert column(magetan["kemajuan"], "target_akhir", "kemajuan") == [
        ("99,90 persen", "99,98%"),
        ("0,30 persen", "86,33%"),
        ("0,06 persen", "63,33%"),
        ("5,50 persen", "96,36%"),
        ("90,50", "102,02%"),
        ("88,00", "99,38%"),
    ]


def test_programmes_stand_beside_all_that_they_support(magetan: dict[str, PublishedTable]) -> None:
    """Tabel 3.8: in the order of the objectives, programme 2 beside the third and the fourth."""
    table = magetan["penunjang"]
    assert [row.about for row in table.rows][:9] == [
        "perlindungan", "perlindungan_fakir_miskin", "bencana", "bencana_korban", "bencana_kesiapsiagaan",
        "rehabilitasi", "rehabilitasi_dasar", "rehabilitasi_lainnya", "pemberdayaan",
    ]  # fmt: skip
    found = column(table, "capaian_indikator", "capaian", "pagu", "penilaian")
    assert found[8] == ("95%\n100%", "100%", "10.292.000.000", "Menunjang")
    assert found[9] == ("^", "100%", "10.292.000.000", "Menunjang")
    assert found[12] == ("^", "108,44%", "3.360.862.284", "Menunjang")
    assert [row.cells[0].height for row in table.rows if row.cells[0].height] == [5, 3, 2, 9]


def test_sums_and_averages_stand_under_their_tables(magetan: dict[str, PublishedTable]) -> None:
    """Tabel 3.9 and 4.1."""
    assert column(magetan["realisasi_anggaran"], "nomor", "pagu", "serapan", "persen_serapan")[-1] == (
        "TOTAL", "24.175.862.284", "23.594.861.370", "97,60",
    )  # fmt: skip
    assert column(magetan["capaian_penutup"], "sasaran", "capaian")[-2:] == [
        ("Capaian Kinerja", "99,37"),
        ("", "Berhasil"),
    ]


def test_a_document_is_shown_as_it_is(magetan: dict[str, PublishedTable]) -> None:
    """Tabel 4.3: quarters without a target are deliberately none."""
    assert column(magetan["target_waktu_2025"], "tw1", "tw2", "tw3", "tw4", "target") == [
        ("24,72", "24,72", "24,72", "24,73", "98,89"),
        ("0,07", "0,07", "0,07", "0,08", "0,29"),
        ("-", "-", "0,04", "0,01", "0,05"),
        ("1,37", "1,37", "1,37", "1,39", "5,50"),
        ("-", "-", "-", "92,34", "92,34"),
        ("-", "-", "-", "87,50", "87,50"),
    ]


def test_what_cannot_be_compared_says_so(magetan: dict[str, PublishedTable]) -> None:
    assert column(magetan["perubahan"], "perubahan_realisasi", "selisih_realisasi", "selisih_capaian")[3:] == [
        ("tidak_dapat_dibandingkan",) * 3,
        ("12,05%", "9,93 angka", "tidak_dapat_dibandingkan"),
        ("0,14%", "0,12 angka", "-3,85 poin persen"),
    ]


def test_analyses_stand_beside_their_indicators(magetan: dict[str, PublishedTable]) -> None:
    """Tabel 3.6 and 3.7: each text at its indicator, with its lines."""
    assert column(magetan["permasalahan"], "solusi")[3][0].startswith("• Mengadakan bimbingan teknis")
    assert "\n- Pelaksanaan rapat" in column(magetan["penyebab"], "penyebab")[3][0]


RULES = """\
indikator i "I" {
    satuan: persen
    arah: naik
    definisi: "D"
    sumber: "S"
}
metode m "M" {
    naik: capaian_naik
    serapan: penyerapan
    realisasi_tidak_ada: tanpa_capaian
    | langkah    | nilai         |
    | capaian    | -             |
    | pembulatan | 2             |
    | rata_rata  | per_indikator |
}
sasaran s "S" { indikator: i }
perjanjian_kinerja pk "PK" {
    tahun: 2024
    metode: m
    | sasaran | indikator | target |
    | s       | i         | TARGET |

    | nomor | nama | uraian    | pagu  | mendukung |
    | 1     | satu | Program I | 1.000 | s         |
}
laporan l "L" {
    tahun: 2024
    tabel t "T" {
        nomor: "1"
        baris: indikator
        | kolom     | judul | akhiran | desimal |
        | target    | T     | lambang | 0 s.d 2 |
        | realisasi | R     | satuan  | 0 s.d 2 |
        | capaian   | C     | lambang | 2       |
    }
}
"""


def cells(found: Project) -> list[list[str]]:
    report, _ = found.report(found.program.own(p.Report)[0])
    assert isinstance(report, Publication)
    return [[cell.text for cell in row.cells] for row in report.tables[0].rows]


@pytest.mark.parametrize(
    ("target", "data", "expected", "findings"),
    [
        ("80", "2024;;i;60;", ["80%", "60 persen", "75,00%"], []),
        ("80,0", "2024;;i;60,50;sementara", ["80,0%", "60,50 persen (sementara)", "75,63% (sementara)"], []),
        ("80", "2024;;i;;tidak_berlaku", ["80%", "tidak_berlaku", "tidak_berlaku"], []),
        ("80", "2024;;i;60,1255;", ["80%", "60,13 persen", "75,16%"], ["V108 33:41"]),
        ("≥ 80", "2024;;i;60;", ["≥ 80%", "60 persen", "tidak_terhitung"], ["M101 21:29"]),
    ],
)
def test_a_cell_says_what_it_holds(
    tmp_path: Path, target: str, data: str, expected: list[str], findings: list[str]
) -> None:
    """Digits that a column would cut off are a finding; what has no number says why."""
    found = project(tmp_path, RULES.replace("TARGET", target), data + "\n")
    assert cells(found) == [expected]
    assert placed(found.validate(), found) == ["peraturan_diganti 9:14", *findings]


END = "    }\n}\n"
SECOND = """\
    }
    tabel u "U" {
        nomor: "1"
        baris: sasaran
        | kolom   | judul |
        | sasaran | S     |
    }
}
"""
JUDGED = """\
    }
    | program | penilaian |
    | sattu   | Menunjang |
}
"""


def printed(head: str, row: str) -> str:
    return f"    }}\n    tercetak c {{\n        {head}\n        {row}\n    }}\n}}\n"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("| capaian   | C ", "| penilaian | C ", "D225 34:11"),
        ("baris: indikator", "baris: sasaran", "D225 32:11 D225 33:11"),
        (END, SECOND, "D224 37:16"),
        (END, JUDGED, "D221 37:7"),
        (END, printed("| program | pagu  |", "| sattu   | 1.000 |"), "V107 38:11"),
        (END, printed("| indikator | tahun | capaian |", "| i         | 2020  | 75%     |"), "V107 38:11"),
        (END, printed("| program | pagu  |", "| satu    | 1.001 |"), "V106 38:21"),
        (END, printed("| program | pagu  |", "| satu    | 1.000 |"), ""),
    ],
)
def test_what_is_wrong_with_a_table_is_said_where_it_stands(
    tmp_path: Path, before: str, after: str, expected: str
) -> None:
    """A column that the rows cannot fill, a number twice, unknown programmes, printed rows without a result."""
    assert before in RULES
    data = "2024;;i;60;\n2024;;satu;1;\n2024;;satu.serapan;900;\n"
    found = project(tmp_path, RULES.replace(before, after).replace("TARGET", "80"), data)
    assert " ".join(item for item in placed(found.validate(), found) if item[0] in "DV") == expected
