"""Reports made by hand, with everything that a format must lay out, and with texts that are hard to write."""

from __future__ import annotations

import datetime
from fractions import Fraction

from sakip_rules import (
    Cell,
    Heading,
    Passage,
    Publication,
    PublishedChart,
    PublishedColumn,
    PublishedRow,
    PublishedTable,
    Series,
)

#: Texts that a format could take for something else, each to be shown as it is.
HARD = (
    "=1+1", "+62 351", "-dari", "@nama", '"kutip" \'satu\'', "<b>&amp;</b>", "#include *tebal* _miring_ $x^2$", "@ref",
    "[tautan](a) // /* */ \\ ` ~", "السلام عليكم", "שלום", "{{ isi }} {% for %}", "a  b", "= Judul", "#[#panic()]",
    "Rp" * 60, "P" * 200,
)  # fmt: skip


def number(text: str, suffix: str = "", height: int = 1) -> Cell:
    """A cell of a number as it is printed."""
    whole, _, decimals = text.replace(".", "").partition(",")
    exact = Fraction(int(whole + decimals), 10 ** len(decimals))
    return Cell(text + suffix, exact, len(decimals), suffix, height=height)


def table(*rows: tuple[str, ...], columns: int = 2, **more: object) -> PublishedTable:
    """A table of texts."""
    heads = tuple(PublishedColumn(f"k{at}", f"Kolom {at}") for at in range(columns))
    told = {"name": "tabel", "number": "1.1", "title": "Judul", "columns": heads, **more}
    return PublishedTable(rows=tuple(PublishedRow(tuple(map(Cell, row))) for row in rows), **told)  # type: ignore[arg-type]


def publication(*parts: object, title: str = "Laporan Kinerja Tahun 2024") -> Publication:
    return Publication(
        "lkjip",
        title,
        2024,
        parts,
        agency="Dinas Sosial",
        as_of=datetime.date(2025, 1, 31),  # type: ignore[arg-type]
    )


EFFICIENCY = PublishedTable(
    "efisiensi",
    "3.9",
    "Efisiensi Sasaran",
    (
        PublishedColumn("sasaran", "Sasaran"),
        PublishedColumn("target", "Target", group="Kinerja", year=2024),
        PublishedColumn("capaian", "Capaian", group="Kinerja", year=2024),
        PublishedColumn("pagu", "Anggaran (Rp)"),
    ),
    (
        PublishedRow((Cell("Meningkatnya\nakuntabilitas", height=2), number("85"), number("108,62", "%"),
                      number("5.280.862.284", height=2)), "a"),
        PublishedRow((Cell(height=0), number("87,35"), number("100,11", "%"), Cell(height=0)), "b"),
        PublishedRow((Cell("Lain"), Cell(), Cell("tidak ada"), number("1.234,50")), "c"),
    ),
    closing=(PublishedRow((Cell("Efisiensi total"), Cell(), number("2,54", "%"), Cell())),),
    source="Bidang Keuangan, 2024",
)  # fmt: skip
EMPTY = table(when_empty="NIHIL", name="kosong", number=None, title="Tanpa baris")
WIDE = table(tuple(f"isi {at}" for at in range(11)), columns=11, name="lebar", number="3.3", title="Lebar")
CHART = PublishedChart(
    "grafik",
    "3.1",
    "Perbandingan Capaian",
    "batang",
    ("2022", "2023", "2024"),
    (
        Series("Nilai SAKIP", (number("77,70"), number("82,40"), number("108,62"))),
        Series("IKM", (number("100,56"), Cell("tidak ada"), number("100,11"))),
    ),
    source="Hasil hitungan",
)
PASSAGE = Passage("Capaian 2024 naik.\n\nPenyebabnya:\n• anggaran cukup;\n- kerja sama.\n\nDemikian.", name="naik")
WHOLE = publication(
    Heading("BAB III Akuntabilitas Kinerja"),
    Heading("A. Capaian", 2),
    PASSAGE,
    EFFICIENCY,
    Heading("B. Perbandingan", 2),
    WIDE,
    CHART,
    Heading("BAB IV Penutup"),
    EMPTY,
)
LARGE = 10_000


def large() -> Publication:
    """A table of ten thousand rows."""
    return publication(table(*((str(at), f"nama {at}") for at in range(LARGE))))
