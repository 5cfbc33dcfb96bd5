"""Reports on the screen and in files, in the formats that come with the package and in those of plugins."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tests.running import MAGETAN, Command, foreign, places, small, write

TABLES = [
    "pegawai_kebutuhan", "pegawai_golongan", "pegawai_pendidikan", "pegawai_kelamin", "aset_tetap", "anggaran_belanja",
    "keterkaitan", "target_renstra", "strategi_renstra", "iku", "target_renja", "perjanjian_awal", "program_awal",
    "perjanjian_perubahan", "program_perubahan", "kriteria_capaian", "capaian", "perbandingan", "perubahan", "kemajuan",
    "standar", "penyebab", "permasalahan", "penunjang", "realisasi_anggaran", "efisiensi_sasaran", "efisiensi_program",
    "capaian_penutup", "rencana_aksi_kinerja", "target_waktu_2025",
]  # fmt: skip
#: The efficiency of each indicator, and of all objectives together (Tabel 3.9).
EFFICIENCY = ["0.87", "4.85", "-0.38", "0.56", "10.77", "3.19", "2.54"]
LAPORAN = """\
laporan lkjip "Laporan = Tahun 2024" {
    tahun: 2024
    tabel capaian "Capaian" {
        nomor: "3.2"
        baris: indikator
        | kolom     | judul           | kelompok | akhiran | desimal |
        | indikator | Indikator       | -        | -       | -       |
        | capaian   | Capaian *%* #1  | Kinerja  | lambang | 0 s.d 2 |
    }
    tabel kosong "Tanpa baris" {
        baris: program
        bila_kosong: "NIHIL"
        | kolom | judul |
        | nomor | No.   |
    }
}
"""


def exported(command: Command, folder: Path, form: str, *more: str) -> dict[str, bytes]:
    """The files of a report of Magetan in a format."""
    outcome = command("export", MAGETAN, "--to", form, "--output", folder.as_posix(), *more)
    assert (outcome.code, outcome.out) == (0, "")
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    assert len(outcome.err.splitlines()) == len(files)
    return files


def test_a_table_is_shown_under_its_number(command: Command) -> None:
    """Tabel 3.4, in the words of the rules, with wrapped titles."""
    outcome = command("report", MAGETAN, "--table", "kemajuan")
    assert (outcome.code, outcome.err) == (0, "")
    lines = [" ".join(line.split()) for line in outcome.out.splitlines()]
    assert lines[0] == "Laporan Kinerja Dinas Sosial Kabupaten Magetan Tahun 2024"
    assert lines[2] == "Tabel 3.4 Tingkat Kemajuan Capaian Kinerja dengan Akhir Tahun Rencana Strategis"
    assert "rehabilitasi sosial Pelayanan Rehabilitasi Sosial" in lines
    assert "Meningkatnya Akuntabilitas Nilai SAKIP Dinas Sosial 92,33 90,50 102,02%" in lines


def test_all_tables_are_shown_in_their_order(command: Command) -> None:
    """Two tables have the number 2.3, and two 3.9, in the report of Magetan."""
    out = command("report", MAGETAN).out
    numbers = [line.split("  ")[0] for line in out.splitlines() if re.match(r"Tabel [\d.]+  ", line)]
    expected = [
        "1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "2.3", "2.4", "2.3", "2.5", "2.6", "2.7", "2.8", "3.1", "3.2",
        "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9", "3.9", "3.10", "4.1", "4.2", "4.3",
    ]  # fmt: skip
    assert numbers == [f"Tabel {each}" for each in expected]


def test_the_whole_report_is_shown_in_its_order(command: Command) -> None:
    """Headings with a line under them, sentences, and charts as tables."""
    lines = [" ".join(line.split()) for line in command("report", MAGETAN).out.splitlines()]
    at = lines.index("BAB III AKUNTABILITAS KINERJA")
    assert lines[at + 1] == "=" * len("BAB III AKUNTABILITAS KINERJA")
    assert "95% atau masuk dalam kategori berhasil." in lines
    figure = next(at for at, line in enumerate(lines) if line.startswith("Gambar 3.1 Perbandingan"))
    assert lines[figure + 5 : figure + 8] == ["2022 77,70 84,47", "2023 82,40 87,33", "2024 92,33 87,45"]
    assert lines.index("BAB II PERENCANAAN KINERJA") < at < figure < lines.index("BAB IV PENUTUP")


def test_a_chosen_table_stands_alone(command: Command) -> None:
    out = command("report", MAGETAN, "--table", "pegawai_kelamin").out
    assert [" ".join(line.split()) for line in out.splitlines()][2:] == [
        "Pegawai Berdasarkan Jenis Kelamin", "", "No. Jenis Kelamin Jumlah (orang)",
        "────── ───────────── ──────────────", "1 Laki-laki 13", "2 Perempuan 11", "Jumlah 24",
    ]  # fmt: skip


def test_words_for_what_has_no_number_are_in_the_language_of_the_reader(command: Command) -> None:
    out = command("report", MAGETAN, "--table", "perubahan").out
    assert "tidak dapat dibandingkan" in out
    assert "not comparable" in command("report", MAGETAN, "--table", "perubahan", "--lang", "en").out


def test_csv_is_one_file_a_table_with_plain_numbers(command: Command, tmp_path: Path) -> None:
    """A covered cell stands in each of its rows; spreadsheets know the encoding by its mark."""
    files = exported(command, tmp_path / "a", "csv")
    assert sorted(files) == sorted(f"lkjip_2024.{name}.csv" for name in (*TABLES, "realisasi_sakip_ikm"))
    chart = files["lkjip_2024.realisasi_sakip_ikm.csv"].decode("utf-8-sig").splitlines()
    assert chart[0] == ";Nilai SAKIP Dinas Sosial;Indeks Kepuasan Masyarakat Dinas Sosial"
    assert chart[1:] == ["2022;77,70;84,47", "2023;82,40;87,33", "2024;92,33;87,45"]
    text = files["lkjip_2024.efisiensi_sasaran.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["Tingkat Efisiensi"].replace(",", ".") for row in rows] == EFFICIENCY
    assert [row["Anggaran: Anggaran (Rp.)"] for row in rows][4:] == ["5280862284", "5280862284", ""]


def test_json_and_toml_hold_text_number_and_the_exact_figure(command: Command, tmp_path: Path) -> None:
    """Both give the same tables; numbers are read back without loss."""
    text = exported(command, tmp_path / "a", "json")["lkjip_2024.json"].decode()
    read = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    assert [table["nama"] for table in read["tabel"]] == TABLES
    table = read["tabel"][TABLES.index("efisiensi_sasaran")]
    cells = [row["sel"][-1] for row in (*table["baris"], *table["penutup"])]
    assert [cell["nilai"] for cell in cells] == [Decimal(each) for each in EFFICIENCY]
    assert [Fraction(cell["tepat"]) for cell in cells] == [Fraction(each) for each in EFFICIENCY]
    assert [row["sel"][5]["baris"] for row in table["baris"]] == [1, 1, 1, 1, 2, 0]
    toml = tomllib.loads(exported(command, tmp_path / "b", "toml")["lkjip_2024.toml"].decode(), parse_float=Decimal)
    texts = [[[cell["teks"] for cell in row["sel"]] for row in each["baris"]] for each in toml["tabel"]]
    assert texts == [[[cell["teks"] for cell in row["sel"]] for row in each["baris"]] for each in read["tabel"]]


def test_json_and_toml_tell_the_parts_in_their_order(command: Command, tmp_path: Path) -> None:
    """A table is named where it stands; headings, sentences and charts stand there whole."""
    text = exported(command, tmp_path / "a", "json")["lkjip_2024.json"].decode()
    read = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    parts = read["bagian"]
    assert parts[0] == {"jenis": "judul", "tingkat": 1, "teks": "BAB I PENDAHULUAN"}
    assert [part["nama"] for part in parts if part["jenis"] == "tabel"] == TABLES
    (told,) = [part for part in parts if part.get("nama") == "capaian_sasaran_3"]
    assert (told["jenis"], told["tentang"]) == ("narasi", "pemberdayaan_sosial")
    (chart,) = [part for part in parts if part["jenis"] == "grafik"]
    assert (chart["nomor"], chart["bentuk"], chart["kategori"]) == ("3.1", "batang", ["2022", "2023", "2024"])
    points = [[str(point["nilai"]) for point in series["titik"]] for series in chart["seri"]]
    assert points == [["77.70", "82.40", "92.33"], ["84.47", "87.33", "87.45"]]
    toml = tomllib.loads(exported(command, tmp_path / "b", "toml")["lkjip_2024.toml"].decode())
    assert [part["jenis"] for part in toml["bagian"]] == [part["jenis"] for part in parts]
    assert [part.get("teks") for part in toml["bagian"]] == [part.get("teks") for part in parts]


def test_markdown_tells_the_parts_in_their_order(command: Command, tmp_path: Path) -> None:
    """Headings by their depth, with the tables below them; a line that only looks like a list stays a line."""
    lines = exported(command, tmp_path / "a", "md")["lkjip_2024.md"].decode().splitlines()
    assert lines[2] == "## BAB I PENDAHULUAN"
    assert lines.index("### C. EFISIENSI PENGGUNAAN SUMBER DAYA TAHUN 2024") < lines.index(
        "#### Tabel 3.9. Efisiensi Kinerja Sasaran Tahun 2024"
    )
    assert "1\\. Sekretariat;  " in lines
    assert "| 2024 | 92,33 | 87,45 |" in lines


def test_what_cannot_be_compared_has_a_status_and_no_number(command: Command, tmp_path: Path) -> None:
    text = exported(command, tmp_path / "a", "json", "--table", "perubahan")["lkjip_2024.json"].decode()
    cell = json.loads(text)["tabel"][0]["baris"][0]["sel"][1]
    assert cell == {
        "teks": "tidak dapat dibandingkan", "baris": 1, "tepat": None, "status": "tidak_dapat_dibandingkan",
    }  # fmt: skip


def test_markdown_shows_signs_as_they_are(command: Command, tmp_path: Path) -> None:
    """Titles and headings that would be marks are escaped; an empty table says so."""
    small(tmp_path, laporan=LAPORAN)
    assert command("export", "--to", "md", "--output", "hasil").code == 0
    page = (tmp_path / "hasil" / "lkjip.md").read_text(encoding="utf-8")
    assert page.splitlines()[:6] == [
        "# Laporan = Tahun 2024",
        "",
        "## Tabel 3.2. Capaian",
        "",
        "| Indikator | Kinerja: Capaian \\*%\\* \\#1 |",
        "| --- | ---: |",
    ]
    assert "| NIHIL |" in page


@pytest.mark.parametrize("form", ["csv", "json", "toml", "md"])
def test_the_same_input_gives_the_same_bytes(command: Command, tmp_path: Path, form: str) -> None:
    assert exported(command, tmp_path / "a", form) == exported(command, tmp_path / "b", form)


def test_several_formats_are_written_at_once(command: Command, tmp_path: Path) -> None:
    """Each once, whatever way they are named; the folder is made where it is not there."""
    assert len(exported(command, tmp_path / "a" / "b", "JSON, toml,json")) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("export", MAGETAN), 2, ["- A105"]),
        (("export", MAGETAN, "--to", "odt"), 2, ["- A105"]),
        (("export", MAGETAN, "--to", ","), 2, ["- A105"]),
        (("export", MAGETAN, "--to", "csv", "--output", "berkas/a"), 2, ["- A105"]),
        (("export", MAGETAN, "--to", "csv", "--table", "kemajuann"), 2, ["- A101"]),
        (("report", MAGETAN, "--table", "kemajuann"), 2, ["- A101"]),
        (("report", MAGETAN, "--report", "lkjip_2023"), 2, ["- A101"]),
        (("report", MAGETAN, "--year", "2019"), 1, ["- A110"]),
        (("report", "tidak_ada"), 2, ["- A105"]),
        (("evaluate", MAGETAN, "--format", "md"), 2, ["- A105"]),
        (("evaluate", MAGETAN, "--format", "xml"), 2, ["- A105"]),
    ],
)
def test_what_was_asked_wrongly_is_told(
    command: Command, tmp_path: Path, arguments: tuple[str, ...], code: int, told: list[str]
) -> None:
    """In both languages, with the formats that there are, or the name that was likely meant."""
    write(tmp_path, {"berkas": ""})
    outcome = command(*arguments)
    assert (outcome.code, outcome.out, places(outcome.err)) == (code, "", told)
    assert foreign(outcome.err) == set()
    assert command(*arguments, "--lang", "en").code == code


def test_formats_that_there_are_are_named(command: Command) -> None:
    told = command("export", MAGETAN, "--to", "wps").err
    assert all(f" {name}" in told for name in ("csv", "docx", "html", "json", "md", "msind", "pdf", "toml", "xlsx"))
    assert "table, csv, json, toml" in command("evaluate", MAGETAN, "--format", "wps").err
    assert "bila yang dimaksud `kemajuan`" in command("report", MAGETAN, "--table", "kemajuann").err


def test_a_folder_without_a_report_says_so(command: Command, tmp_path: Path) -> None:
    small(tmp_path)
    (tmp_path / "laporan.sakip").unlink(missing_ok=True)
    outcome = command("report")
    assert (outcome.code, places(outcome.err)) == (1, ["- A110"])


def test_a_file_that_is_there_is_replaced_whole(command: Command, tmp_path: Path) -> None:
    """And nothing else is left beside it."""
    write(tmp_path / "a", {"lkjip_2024.md": "lama"})
    assert list(exported(command, tmp_path / "a", "md")) == ["lkjip_2024.md"]
    assert (tmp_path / "a" / "lkjip_2024.md").read_text(encoding="utf-8").startswith("# Laporan Kinerja")
