"""The form MS-Ind of BPS: filled in with what the rules say, and empty where they say nothing."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from sakip_plugins.format_msind.writer import report

from sakip_rules import Project, Publication, PublishedIndicator, Report
from sakip_rules.cache import Cache
from tests.running import MAGETAN, write

RULES = """\
satuan persen "Persen" { jenis: persen }
satuan orang "Orang" {}
satuan nilai "Nilai" { jenis: nilai }
variabel terlayani "Jumlah Orang yang Terlayani" {
    satuan: orang
    sumber: "Buku layanan"
}
variabel semua "Jumlah Semua Orang" { satuan: orang }
indikator layanan "Persentase Orang yang Terlayani" {
    satuan: persen
    arah: naik
    definisi: \"\"\"
        Perbandingan orang yang terlayani
        dengan semua orang
    \"\"\"
    rumus: terlayani / semua × 100%
}
indikator keluhan "Jumlah Keluhan" {
    satuan: orang
    arah: turun
}
indikator gabungan "Nilai Gabungan" {
    satuan: persen
    arah: naik
    rumus: (layanan + terlayani / semua × 100%) / 2
}
indeks kepuasan "Indeks Kepuasan" {
    satuan: nilai
    rumus: jumlah(unsur × bobot)
    | unsur    | judul    | bobot |
    | sopan    | Kesopanan | 1/2  |
    | cepat    | Kecepatan | 1/2  |
}
indikator ikm "Indeks Kepuasan Masyarakat" {
    satuan: nilai
    arah: naik
    indeks: kepuasan
}
metode m "M" {
    naik: capaian_naik
    turun: capaian_turun
    | langkah | nilai |
    | capaian | -     |
}
perjanjian_kinerja pk "PK" {
    tahun: 2024
    metode: m
    | indikator | target |
    | layanan   | 80     |
    | keluhan   | 5      |
    | gabungan  | 80     |
    | ikm       | 80     |
}
laporan lkjip "Laporan" { tahun: 2024 }
"""


def published(folder: Path) -> Publication:
    project = Project(folder, Cache(None))
    publication, _ = project.report(project.program.own(Report)[0])
    assert publication
    return publication


def rows(found: Publication) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads(report(found)[f"{found.name}.msind.json"])["indikator"]
    return read


def filled(row: dict[str, Any]) -> dict[str, Any]:
    return {column: value for column, value in row.items() if value is not None and column not in ("nomor", "nama")}


def test_what_the_rules_say_stands_in_its_column(tmp_path: Path) -> None:
    """The formula with titles, the direction as a sentence; which variables or indicators it is made of."""
    found = rows(published(write(tmp_path / "a", {"a.sakip": RULES})))
    assert [(row["nomor"], row["nama"]) for row in found] == [
        (1, "Persentase Orang yang Terlayani"), (2, "Jumlah Keluhan"), (3, "Nilai Gabungan"),
        (4, "Indeks Kepuasan Masyarakat"),
    ]  # fmt: skip
    higher = {"interpretasi": "Makin tinggi nilainya, makin baik."}
    percent = {**higher, "ukuran": "Persentase", "satuan": "Persen"}
    share = "Jumlah Orang yang Terlayani / Jumlah Semua Orang × 100%"
    variables = {"variabel_pembangun_nama": "Jumlah Orang yang Terlayani; Jumlah Semua Orang"}
    assert [filled(row) for row in found] == [
        {**percent, **variables, "komposit": "2-Tidak", "metode": share,
         "definisi": "Perbandingan orang yang terlayani dengan semua orang"},
        {"interpretasi": "Makin rendah nilainya, makin baik.", "satuan": "Orang"},
        {**percent, **variables, "komposit": "1-Ya", "indikator_pembangun_nama": "Persentase Orang yang Terlayani",
         "metode": f"(Persentase Orang yang Terlayani + {share}) / 2"},
        {**higher, "satuan": "Nilai", "komposit": "1-Ya", "indikator_pembangun_nama": "Kesopanan; Kecepatan",
         "metode": "jumlah(unsur × bobot)"},
    ]  # fmt: skip


def test_the_table_has_all_columns_of_the_form_in_their_order() -> None:
    """Numbered as the form numbers them, and the same rows as the JSON."""
    found = published(Path(MAGETAN))
    text = report(found)["lkjip_2024.msind.csv"].decode("utf-8-sig")
    head, *body = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert [column.split(" ")[0] for column in head] == [f"({number})" for number in range(1, 18)]
    assert [[value or None for value in row] for row in body] == [
        [None if value is None else str(value) for value in row.values()] for row in rows(found)
    ]
    assert len(body) == 6


def test_what_nobody_said_is_never_guessed() -> None:
    """An indicator without anything has its name, and nothing else."""
    (row,) = rows(Publication("a", "A", 2024, (), indicators=(PublishedIndicator("x", "X"),)))
    assert (row["nama"], filled(row)) == ("X", {})


def test_a_text_does_not_become_a_formula() -> None:
    """Whatever a title begins with."""
    found = Publication("a", "A", 2024, (), indicators=(PublishedIndicator("x", "=1+1"),))
    assert ";'=1+1;" in report(found)["a.msind.csv"].decode()
