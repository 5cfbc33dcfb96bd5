"""Magetan's report as a whole: what its sentences, data tables and chart say, beside what the published one prints."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import pytest

from sakip_rules import Heading, Passage, Project, Publication, PublishedTable
from sakip_rules.cache import Cache
from sakip_rules.model import program as p

MAGETAN = Path(__file__).parents[2] / "rules" / "magetan" / "dinsos"


@pytest.fixture(scope="module")
def report() -> Publication:
    found = Project(MAGETAN, Cache(None))
    made, findings = found.report(found.program.own(p.Report)[0])
    assert findings == ()
    assert made
    return made


def table(report: Publication, name: str) -> PublishedTable:
    return next(each for each in report.tables if each.name == name)


def cells(rows: Iterable[object]) -> list[list[str]]:
    return [[cell.text if cell.height else "^" for cell in row.cells] for row in rows]  # type: ignore[attr-defined]


def said(report: Publication, name: str) -> str:
    """All that the sentences of a name say."""
    return "\n".join(part.text for part in report.parts if isinstance(part, Passage) and part.name == name)


# Bab I: its data, added up.


@pytest.mark.parametrize(
    ("name", "sums"),
    [
        ("pegawai_kebutuhan", ["Jumlah", "67", "24", "-43"]),
        ("pegawai_golongan", ["Jumlah", "", "24"]),
        ("pegawai_pendidikan", ["Jumlah", "", "24"]),
        ("pegawai_kelamin", ["Jumlah", "", "24"]),
        ("aset_tetap", ["Jumlah", "24.167.633.296", "281.832.257", "", "24.449.465.553"]),
    ],
)
def test_the_sums_of_bab_1_are_those_of_the_source(report: Publication, name: str, sums: list[str]) -> None:
    """Tabel 1.1 to 1.4, and the one by sex, which has no number."""
    assert cells(table(report, name).closing) == [sums]


def test_a_formula_makes_the_difference_of_each_row(report: Publication) -> None:
    """Tabel 1.1 and 1.4: what nothing was added to keeps its dash, and its value."""
    staff = cells(table(report, "pegawai_kebutuhan").rows)
    assert len(staff) == 23
    assert staff[6] == ["Penelaah Teknis Kebijakan", "16", "4", "-12"]
    assert cells(table(report, "aset_tetap").rows)[:2] == [
        ["Tanah", "84.093.652", "-", "-", "84.093.652"],
        ["Peralatan dan Mesin", "2.596.107.062", "281.832.257", "-", "2.877.939.319"],
    ]


def test_sentences_of_bab_1_hold_sums_and_money(report: Publication) -> None:
    assert "pegawai sebanyak 24 orang" in said(report, "jumlah_pegawai")
    assert "Tahun 2024 adalah sebesar Rp24.175.862.284" in said(report, "alokasi_anggaran")


# Bab II: documents as they are.


def test_tables_of_documents_show_them_as_they_are(report: Publication) -> None:
    """Tabel 2.2, 2.3 (both), 2.5 to 2.8, and 3.1."""
    plan = cells(table(report, "target_renstra").rows)
    assert [plan[0][0], *plan[0][5:]] == ["1", "100", "100", "100"]
    assert [row[1] for row in plan] == ["Meningkatnya kesejahteraan PPKS", *["^"] * 6]
    assert plan[0][2] == ""
    assert [row[0] for row in plan[1:]] == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.5"]
    assert plan[5][5:] == ["85", "89", "90,50"]
    strategies = cells(table(report, "strategi_renstra").rows)
    assert len(strategies) == 4
    assert strategies[1][3] == "Pemberian Layanan Rehabilitasi Sosial bagi PPKS\nPelaksanaan Pembinaan bagi PPKS"
    assert [row[5] for row in cells(table(report, "target_renja").rows)] == [
        "100", "99,88", "0,28", "0,04", "5,30", "85", "87,35",
    ]  # fmt: skip
    assert [row[4] for row in cells(table(report, "perjanjian_awal").rows)] == ["38,46", "7,34", "32,01", "87,35"]
    assert cells(table(report, "program_awal").rows)[2][3:] == ["100 persen", "3.092.564.879"]
    assert cells(table(report, "program_perubahan").rows)[2][3:] == ["90 persen", "3.360.862.284"]
    assert cells(table(report, "kriteria_capaian").rows)[1] == [
        "75% s.d < 100%", "Tujuh puluh lima persen sampai dengan seratus persen", "Berhasil",
    ]  # fmt: skip


def test_formulas_call_variables_by_their_titles(report: Publication) -> None:
    """Tabel 2.4; the published one does not print the two indicators that have no definition."""
    rows = cells(table(report, "iku").rows)
    assert [row[1] for row in rows] == ["1.1", "2.1", "3.1", "4.1", "5.1", "5.2"]
    assert rows[1][5] == ("Jumlah PPKS yang Mendapatkan Pelayanan Rehabilitasi Sosial / Jumlah Keseluruhan PPKS × 100%")
    assert rows[4][4:6] == ["", ""]


def test_actions_stand_beside_their_indicators(report: Publication) -> None:
    """Tabel 4.2, item by item."""
    actions = [row[2] for row in cells(table(report, "rencana_aksi_kinerja").rows)]
    assert [len(each.split("\n")) for each in actions] == [5, 24, 1, 4, 4, 4]
    assert actions[0].split("\n")[4] == (
        "e. Melaksanakan penyaluran BLT dan bantuan modal usaha yang bersumber dari DBHCHT bagi buruh pabrik rokok dan "
        "PPKS lainnya."
    )


# Bab III and IV: sentences that cannot disagree with their tables.


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("capaian_sasaran_1", "target kinerja 99,88% yang terealisasi 99,88% dengan capaian kinerja sebesar 100%"),
        ("capaian_sasaran_2", "target kinerja 0,28% yang terealisasi 0,259% dengan capaian kinerja sebesar 92,5%"),
        # The published report prints 96%.
        ("capaian_sasaran_3", "target 0,04% yang terealisasi 0,038% dengan capaian kinerja 95%"),
        ("capaian_sasaran_4", "sebesar 5,30% dari target 5,30% dengan capaian sebesar 100%"),
        ("capaian_nilai_sakip", "nilai 85 dan terealisasi 92,33 dengan capaian 108,62%"),
        ("capaian_ikm", "realisasi 87,45 dari target 87,35 dengan capaian 100,11%"),
        ("kemajuan_tercapai", "hanya terdapat 1 indikator dari 6 indikator"),
        ("kemajuan_tercapai", "pada sasaran 5 yaitu Nilai SAKIP Dinas Sosial."),
        ("kemajuan_lain", "Kepuasan Masyarakat tingkat kemajuannya sebesar 99,38%, sehingga membutuhkan 0,62% lagi"),
        ("kemajuan_lain", "sebesar 99,98% sehingga masih kurang 0,02%"),
        ("kemajuan_lain", "sebesar 86,33% dan membutuhkan 13,67%"),
        ("kemajuan_lain", "baru mencapai 63,33% dari target akhir renstra"),
        ("kemajuan_lain", "sebesar 96,36% masih kurang 3,64%"),
        ("sasaran_tercapai", "dari 5 sasaran Dinas Sosial, terdapat 3 sasaran mencapai target"),
        ("sasaran_tercapai", "dan 2 sasaran belum bisa mencapai target"),
        ("permasalahan_data", "Berdasarkan tabel 3.7 di atas"),
        ("efisiensi_sasaran_narasi", "paling tinggi sebesar 10,77% ada pada sasaran Meningkatnya Akuntabilitas"),
        # The published report prints 0,56% for psks_aktif, since it prints 96 for pemberdayaan_sosial.
        ("efisiensi_sasaran_narasi", "Persentase PPKS yang Mendapatkan Pemberdayaan Sosial sebesar -0,38%."),
        ("efisiensi_program_narasi", "PROGRAM PENGELOLAAN TAMAN MAKAM PAHLAWAN sebesar 17,35%"),
        ("efisiensi_program_narasi", "paling rendah sebesar 0,52% pada PROGRAM PENANGANAN BENCANA dan sebesar 0,34%"),
        ("pengantar_efisiensi_program", "kinerja 6 program dan 13 kegiatan"),
        ("simpulan_pengantar", "5 (lima) sasaran dengan menggunakan 6 (enam) indikator kinerja"),
        # The published report prints 99,54% and 1,93%.
        ("simpulan_capaian", "rata-rata sebesar 99,37% dengan serapan anggaran sebesar Rp23.594.861.370 (97,60%)"),
        ("simpulan_capaian", "efisiensi kinerja sebesar 2,54%."),
    ],
)
def test_sentences_restate_the_figures(report: Publication, name: str, expected: str) -> None:
    assert expected in said(report, name)


def test_sentences_about_a_thing_name_it_and_free_texts_stay(report: Publication) -> None:
    """What people wrote keeps its words and its items; what is bound is told apart."""
    passages = {part.name: part for part in report.parts if isinstance(part, Passage)}
    assert (passages["capaian_sasaran_3"].about, passages["capaian_sasaran_3"].bound) == ("pemberdayaan_sosial", True)
    free = passages["alasan_perubahan"]
    assert (free.about, free.bound) == (None, False)
    assert free.text.split("\n")[2:4] == [
        "1. Terjadi pergantian atau mutasi pejabat;",
        "2. Perubahan dalam strategi yang mempengaruhi pencapaian tujuan dan sasaran (perubahan program, kegiatan dan "
        "alokasi anggaran);",
    ]


def test_gambar_3_1_holds_the_realization_of_three_years(report: Publication) -> None:
    """Nilai SAKIP 77,70 82,40 92,33 and IKM 84,47 87,33 87,45, exactly."""
    (chart,) = report.charts
    assert (chart.number, chart.form, chart.categories) == ("3.1", "batang", ("2022", "2023", "2024"))
    points = {series.label: [point.number for point in series.points] for series in chart.series}
    assert points == {
        "Nilai SAKIP Dinas Sosial": [Fraction("77.70"), Fraction("82.40"), Fraction("92.33")],
        "Indeks Kepuasan Masyarakat Dinas Sosial": [Fraction("84.47"), Fraction("87.33"), Fraction("87.45")],
    }


def test_chapters_stand_in_their_order_at_their_depth(report: Publication) -> None:
    """Whatever files they stand in."""
    headings = [(part.level, part.text) for part in report.parts if isinstance(part, Heading)]
    assert [text for level, text in headings if level == 1] == [
        "BAB I PENDAHULUAN", "BAB II PERENCANAAN KINERJA", "BAB III AKUNTABILITAS KINERJA", "BAB IV PENUTUP",
    ]  # fmt: skip
    assert [text for level, text in headings if level == 2][-7:] == [
        "A. CAPAIAN KINERJA TAHUN 2024", "B. REALISASI ANGGARAN TAHUN 2024",
        "C. EFISIENSI PENGGUNAAN SUMBER DAYA TAHUN 2024", "D. INOVASI TAHUN 2024",
        "E. PRESTASI DAN PENGHARGAAN TAHUN 2024", "A. SIMPULAN", "B. RENCANA AKSI TAHUN 2025",
    ]  # fmt: skip
    assert (report.agency, report.year) == ("Dinas Sosial Kabupaten Magetan", 2024)


def test_an_empty_table_says_nihil(report: Publication) -> None:
    """Tabel 3.5."""
    standard = table(report, "standar")
    assert (standard.number, standard.rows, standard.when_empty) == ("3.5", (), "NIHIL")
