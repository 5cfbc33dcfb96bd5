"""A report made by hand, with every kind of part, for what the rules of this checkout do not use."""

from __future__ import annotations

import datetime
from fractions import Fraction

from sakip_rules import (
    Cell,
    Explanation,
    ExplanationStep,
    Heading,
    Passage,
    Publication,
    PublishedChart,
    PublishedColumn,
    PublishedFinding,
    PublishedRow,
    PublishedTable,
    Series,
)

YEARS = ("2022", "2023", "2024")


def number(text: str, value: str | int, decimals: int = 0, suffix: str = "", explanation: str | None = None) -> Cell:
    return Cell(text, Fraction(value), decimals, suffix, explanation=explanation)


BARS = PublishedChart(
    "sasaran", "3.1", "Target dan Realisasi", "batang", YEARS,
    (
        Series("Target", (number("80%", 80, 0, "%"), number("82%", 82, 0, "%"), number("85%", 85, 0, "%"))),
        Series("Realisasi", (number("78,5%", "78.5", 1, "%", "indikator.a"), Cell("tidak ada"),
                             number("-5%", -5, 0, "%"))),
    ),
    source="Bidang Data",
)  # fmt: skip
LINES = PublishedChart(
    "ikm", None, "Indeks Kepuasan Masyarakat", "garis", YEARS,
    (
        Series("Indeks", (number("81,2", "81.2", 1), Cell("tidak ada"), number("87,45", "87.45", 2))),
        Series("Target", (number("80", 80), number("82", 82), number("87", 87))),
    ),
)  # fmt: skip
COLUMNS = (
    PublishedColumn("sasaran", "Sasaran"),
    PublishedColumn("indikator", "Indikator"),
    PublishedColumn("target", "Target", "Tahun 2024"),
    PublishedColumn("capaian", "Capaian", "Tahun 2024"),
)
TABLE = PublishedTable(
    "capaian", "1.1", "Capaian <2024> & lain-lain", COLUMNS,
    (
        PublishedRow((Cell("Sasaran\nsatu", height=2), Cell('<b>"Layanan"</b> & <i>'), number("1.234,50", "1234.5", 2),
                      number("92,50%", "92.5", 2, "%", "indikator.a")), "a"),
        PublishedRow((Cell(height=0), Cell("مؤشر الأداء"), Cell("tidak ada"), number("-5", -5)), "b"),
    ),
    (PublishedRow((Cell("Rata-rata"), Cell(), Cell(), number("43,75", "43.75", 2, explanation="rata_rata.x"))),),
    source="Bidang Data",
)  # fmt: skip
EMPTY = PublishedTable("kosong", None, "Tanpa baris", COLUMNS, (), when_empty="NIHIL")
REPORT = Publication(
    "lkjip", "Laporan Kinerja Dinas Contoh", 2024,
    (
        Heading("BAB II Perencanaan"),
        Passage("Paragraf pertama.\n\nParagraf kedua\ndengan dua baris."),
        Heading("2.1 Rencana Strategis", 2),
        TABLE,
        Heading("BAB III Akuntabilitas"),
        Heading("Tingkat yang dilompati", 4),
        Passage("Capaian sebesar 92,50%.", bound=True),
        BARS,
        LINES,
        EMPTY,
    ),
    "Dinas Contoh", datetime.date(2024, 12, 31),
    (
        PublishedFinding("K101", "galat", "a.sakip:1:2", "pesan <script>alert(1)</script>", "perbaiki"),
        PublishedFinding("D101", "peringatan", "b.sakip:2:3", "pesan lain", waiver="dikecualikan oleh Sekretariat"),
    ),
    {
        "indikator.a": Explanation("Layanan (a)", ("  Target      80",), (
            ExplanationStep("80 persen", "Target", "pk.sakip:1:1"), ExplanationStep("Perjanjian Kinerja 2024"),
        )),
        "rata_rata.x": Explanation("Rata-rata", ("  92,50%  Layanan",), (
            ExplanationStep("Layanan", "92,50%", listed=True),
            ExplanationStep(""),
            ExplanationStep("43,75", "Rata-rata"),
        )),
    },
)  # fmt: skip
