"""Chapters, sentences, charts and tables of data: what they make of small rules, and what is wrong where they stand."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from sakip_rules import Heading, Passage, Project, Publication
from sakip_rules.model import program as p
from tests.rules_support import placed, project

RULES = """\
indikator i "Indikator I" {
    satuan: persen
    arah: naik
    definisi: "D"
}
indikator j "Indikator J" {
    satuan: angka
    arah: naik
    definisi: "D"
}
indikator lain "Indikator yang tidak diperjanjikan" {
    satuan: angka
    arah: naik
    definisi: "D"
}
metode m "M" {
    naik: capaian_naik
    serapan: penyerapan
    realisasi_tidak_ada: tanpa_capaian
    | langkah    | nilai         |
    | capaian    | -             |
    | pembulatan | 2             |
    | rata_rata  | per_indikator |
    | pembulatan | 2             |
}
sasaran s "Sasaran S" { indikator: i; j }
perjanjian_kinerja pk "PK" {
    tahun: 2024
    metode: m
    | sasaran | indikator | target |
    | s       | i         | 80     |
    | s       | j         | 4      |

    | nomor | nama | uraian     | pagu  | mendukung |
    | 1     | satu | Program I  | 1.000 | s         |
    | 1.1   | dua  | Kegiatan I | 1.000 | s         |
}
laporan l "Laporan" {
    tahun: 2024
"""
DATA = "2024;;i;60;\n2024;;j;5;\n2024;;satu;1;\n2024;;satu.serapan;900;\n2024;;dua.serapan;900;\n"


def made(tmp_path: Path, body: str, data: str = DATA, after: str = "") -> tuple[Publication, list[str], Project]:
    """A report with these blocks, and the findings about them (from line 40 on)."""
    found = project(tmp_path, f"{RULES}{body}}}\n{after}", data)
    report, _ = found.report(found.program.own(p.Report)[0])
    assert report
    findings = [item for item in placed(found.validate(), found) if int(item.split()[1].split(":")[0]) > 39]
    return report, findings, found


def sentences(tmp_path: Path, text: str, keys: str = "", data: str = DATA) -> tuple[list[str], list[str]]:
    """What a ``narasi`` says, and the findings about it."""
    report, findings, _ = made(tmp_path, f'    narasi n {{\n{keys}        teks: """{text}"""\n    }}\n', data)
    return [part.text for part in report.parts if isinstance(part, Passage)], findings


# Sentences.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tahun {tahun}: {judul}", "Tahun 2024: Laporan"),
        ("{i.target} {i.realisasi} {i.capaian} {j.realisasi}", "80% 60% 75% 5"),
        ("{i.judul} dan {s.judul} dan {satu.judul}", "Indikator I dan Sasaran S dan Program I"),
        ("{jumlah.serapan} dari {jumlah.pagu} ({jumlah.persen_serapan})", "Rp900 dari Rp1.000 (90%)"),
        ("{jumlah}", "Rp1.000"),
        ("{jumlah.serapan - jumlah.pagu}", "-Rp100"),
        ("{per_indikator}", "100%"),
        ("{100% - i.capaian}", "25%"),
        ("{i.realisasi / 2}", "30%"),
        ("{banyak(indikator)} {banyak(program)} {banyak(kegiatan)} {banyak(sasaran)}", "2 1 1 1"),
        ("{banyak(indikator bila capaian ≥ 100%)}", "1"),
        ("{banyak(indikator bila capaian ≥ 100% atau realisasi > 50%)}", "2"),
        ("{banyak(indikator) - banyak(indikator bila capaian ≥ 100%)}", "1"),
        ("{tertinggi(indikator.capaian)} {tertinggi(indikator.capaian; judul)}", "125% Indikator J"),
        ("{terendah(indikator.capaian)} {terendah(indikator.capaian; sasaran)}", "75% Sasaran S"),
        ("{terbilang(banyak(indikator))} {terbilang(i.realisasi)}", "dua enam puluh"),
        ("{huruf_kecil(i.judul)}", "indikator i"),
        ("kurung {{x}} dan }}", "kurung {x} dan }"),
        ("satu\n   baris", "satu baris"),
        ("satu\n\n   dua\n   - tiga\n   1. empat", "satu\n\ndua\n- tiga\n1. empat"),
    ],
)
def test_what_stands_in_braces_is_a_figure(tmp_path: Path, text: str, expected: str) -> None:
    """Of a thing by its name, of all together, counted, chosen or calculated; in words, with unit or sign."""
    assert sentences(tmp_path, text) == ([expected], [])


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("untuk: indikator", ["Indikator I: 75%", "Indikator J: 125%"]),
        ("untuk: indikator\n        pada: j", ["Indikator J: 125%"]),
        ("untuk: indikator\n        bila: capaian < 100%", ["Indikator I: 75%"]),
        ("untuk: indikator\n        bila: capaian < 10%", []),
        ("untuk: sasaran", ["Sasaran S: 100%"]),
    ],
)
def test_sentences_about_things_are_one_paragraph_each(tmp_path: Path, keys: str, expected: list[str]) -> None:
    """Of all things of a sort, of those that are named, or of those for which a condition holds."""
    assert sentences(tmp_path, "{judul}: {capaian}", f"        {keys}\n") == (expected, [])


def test_sentences_follow_the_decimals_of_the_table_that_they_name(tmp_path: Path) -> None:
    """A count beside a figure has none."""
    body = """\
    tabel t "T" {
        baris: indikator
        | kolom   | judul | desimal |
        | capaian | C     | 2       |
    }
    narasi n {
        seperti: t
        teks: "{i.capaian} {banyak(indikator bila capaian > 100%)} {tertinggi(indikator.capaian)} tabel {tabel.t}"
    }
"""
    report, findings, _ = made(tmp_path, body.replace('tabel t "T" {', 'tabel t "T" {\n        nomor: "3.7"'))
    assert [part.text for part in report.parts if isinstance(part, Passage)] == ["75,00% 1 125,00% tabel 3.7"]
    assert findings == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("2024;;i;60;sementara\n2024;;j;5;\n", "60% (sementara)"),
        ("2024;;i;;tidak_ada\n2024;;j;5;\n", "tidak_ada"),
        ("2024;;i;;tidak_berlaku\n2024;;j;5;\n", "tidak_berlaku"),
    ],
)
def test_what_is_missing_or_provisional_is_said(tmp_path: Path, data: str, expected: str) -> None:
    """Never blank, and never zero."""
    assert sentences(tmp_path, "{i.realisasi}", data=data)[0] == [expected]


def test_what_cannot_be_counted_since_a_figure_is_missing_is_said(tmp_path: Path) -> None:
    data = "2024;;i;;tidak_ada\n2024;;j;5;\n"
    assert sentences(tmp_path, "{banyak(indikator bila realisasi > 1)}", data=data)[0] == ["tidak_ada"]
    assert sentences(tmp_path, "{tertinggi(indikator.realisasi)}", data=data)[0] == ["tidak_ada"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{capaian}", "V214 41:19"),
        ("{pagu.2023}", "V214 41:19"),
        ("{penilaian / 2}", "V214 41:19"),
        ("{i.capaiann}", "V201 41:19"),
        ("{k.capaian}", "V201 41:19"),
        ("{i.capaian.dulu}", "V201 41:19"),
        ("{jumlah.efisiensi}", "V201 41:19"),
        ("{tabel.u}", "V201 41:19"),
        ("{banyak(benda)}", "V201 41:19"),
        ("{tertinggi(indikator)}", "V201 41:19"),
        ("{banyak(indikator; sasaran)}", "V201 41:19"),
        ("{banyak(indikator bila banyak(indikator) > 1)}", "V201 41:19"),
        ("{1 + banyak(indikator bila capaiann > 1)}", "V201 41:19"),
        ("{i.kemajuan}", "V202 41:19"),
        ("{lain.capaian}", "V202 41:19"),
        ("{i.capaian.2019}", "V202 41:19"),
        ("{i.capaian + j.realisasi}", "U102 41:19"),
        ("{i.capaian", "S108 41:18"),
        ("i.capaian}", "S108 41:27"),
    ],
)
def test_what_a_sentence_cannot_say_is_a_finding_at_its_place(tmp_path: Path, text: str, expected: str) -> None:
    """Unknown names and columns, figures that are not there, units that do not fit, braces without their pair."""
    said, findings = sentences(tmp_path, text)
    assert findings == [expected]
    assert bool(said) != expected.startswith("S108")  # a text that cannot be read is no text


@pytest.mark.parametrize(
    "text",
    ["{i.capaian}", "{i.capaian + 3%}", "{tertinggi(indikator.capaian)}", "{banyak(indikator bila capaian > 3%)}"],
)
@pytest.mark.parametrize(
    ("old", "new", "data", "expected"),
    [
        ("80     |", "-      |", DATA, "M103"),
        ("80     |", "WTP    |", DATA, "M108"),
        ("| s       | i         | 80", "| s       | i         | ≥ 80", DATA, "M101"),
        ("    arah: naik\n    definisi", "    definisi", DATA, "M110"),
        ("{", "{", DATA.replace("60;", ";tidak_ada"), "M103"),
    ],
)
def test_a_figure_that_is_missing_is_told_where_it_is_evaluated_and_by_no_sentence(
    tmp_path: Path, text: str, old: str, new: str, data: str, expected: str
) -> None:
    rules = RULES.replace(old, new, 1)
    found = project(tmp_path, f'{rules}    narasi n {{ teks: "{text}" }}\n}}\n', data)
    told = [item for item in found.validate() if item.code.name.startswith("M")]
    assert [item.code.name for item in told] == [expected]
    assert (told[0].values.get("name", "i"), told[0].values["figure"]) == ("i", "Indikator I")


def test_what_a_sentence_itself_cannot_calculate_is_told_by_the_name_of_what_it_calculates(tmp_path: Path) -> None:
    text = "1 / (i.realisasi - i.realisasi)"
    _, findings, found = made(tmp_path, f'    narasi n {{ teks: "{{{text}}}" }}\n')
    assert findings == ["M102 40:24"]
    assert [item.values for item in found.validate() if item.code.name == "M102"] == [{"name": text, "figure": text}]


@pytest.mark.parametrize(
    ("text", "name", "near"),
    [
        ("{i.capaiann}", "i.capaiann", "i.capaian"),
        ("{i.capaiann.2023}", "i.capaiann.2023", "i.capaian.2023"),
        ("{i.capaian.dulu}", "i.capaian.dulu", "i.capaian"),
        ("{satuu.serapan}", "satuu.serapan", "satu.serapan"),
        ("{jumlah.pag}", "jumlah.pag", "jumlah.pagu"),
        ("{tabel.data}", "tabel.data", "tabel.dataa"),
        ("{dataa.kolo}", "dataa.kolo", "dataa.kolom"),
        ("{gambar.cpa}", "gambar.cpa", "gambar.cap"),
        ("{gambar.x}", "gambar.x", None),
        ("{i}", "i", None),
    ],
)
def test_what_was_likely_meant_is_a_whole_name(tmp_path: Path, text: str, name: str, near: str | None) -> None:
    body = """\
    tabel_data dataa "D" {
        | kolom | judul | jenis |
        | kolom | K     | angka |
        isi {
            | kolom |
            | 1     |
        }
    }
    grafik cap "C" {
        bentuk: batang
        kolom: capaian
    }
"""
    _, _, found = made(tmp_path, f'{body}    narasi n {{ teks: "{text}" }}\n')
    assert [(item.values["name"], item.near) for item in found.validate() if item.code.name == "V201"] == [(name, near)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('narasi n { teks: "{i.realisasi / 3}" }', ("i.realisasi / 3", "tabel_seperti")),
        ("grafik g \"G\" {\n    bentuk: batang\n    kolom: realisasi\n    indikator: i\n}",
         ("realisasi", "kunci_desimal")),
        ("tabel t \"T\" {\n    baris: indikator\n    | kolom | judul | desimal |\n    | realisasi | R | 0 |\n}",
         ("realisasi", "kolom_desimal")),
    ],
)  # fmt: skip
def test_what_shows_too_few_decimals_says_what_would_show_more(
    tmp_path: Path, body: str, expected: tuple[str, str]
) -> None:
    _, _, found = made(tmp_path, f"    {body}\n", DATA.replace("i;60;", "i;12,3456789;"))
    told = [item.values for item in found.validate() if item.code.name == "V108"]
    assert [(each["column"], each["expected"]) for each in told] == [expected]


def test_unknown_things_and_no_things_are_findings(tmp_path: Path) -> None:
    assert sentences(tmp_path, "{judul}", "        untuk: indikator\n        pada: k\n") == ([], ["V201 42:15"])
    assert sentences(tmp_path, "{judul}", "        untuk: indikator\n        bila: capaiann > 1\n")[1] == ["V201 42:15"]
    alone = RULES.replace("| 1.1   | dua  | Kegiatan I | 1.000 | s         |\n", "")
    found = project(tmp_path, alone + '    narasi n {\n        untuk: kegiatan\n        teks: "x"\n    }\n}\n', DATA)
    assert "V203 40:16" in placed(found.validate(), found)


def test_a_printed_sentence_is_held_against_the_figures(tmp_path: Path) -> None:
    """Figures that the published sentence prints stand beside it."""
    body = """\
    narasi n {
        teks: "{i.capaian}"
        tercetak c {
            | indikator | capaian |
            | i         | 76%     |
        }
    }
"""
    assert made(tmp_path, body)[1] == ["V101 44:27"]


def test_a_document_that_is_decided_later_has_no_rows_yet(tmp_path: Path) -> None:
    """Nor do others stand in for it."""
    body = """\
    tabel t "T" {
        baris: indikator
        dokumen: nanti
        | kolom     | judul |
        | indikator | I     |
    }
"""
    later = """\
renja nanti "Nanti" {
    tahun: 2024
    ditetapkan: 1 Maret 2024
    | indikator | target |
    | i         | 90     |
}
"""
    _, findings, found = made(tmp_path, body, after=later)
    assert findings == []
    for day, rows in ((datetime.date(2024, 2, 1), 0), (datetime.date(2024, 4, 1), 1)):
        report, _ = found.report(found.program.own(p.Report)[0], as_of=day)
        assert report
        assert len(report.tables[0].rows) == rows


# Chapters.


def test_chapters_and_parts_stand_where_they_are_named(tmp_path: Path) -> None:
    """In the order in which the report names them, whatever the order of their blocks; a part in its chapter."""
    after = """\
bab dua "Kedua" { nomor: "II" }
subbab isinya "Isi" {
    nomor: "A."
    uraian u { teks: "Tulisan." }
}
bab satu_bab "Pertama" {
    nomor: "I"
    subbab: isinya
    subbab "Dalam" {
        uraian v { teks: "Lain." }
    }
}
"""
    report, findings, _ = made(tmp_path, "    bab: satu_bab; dua\n", after=after)
    assert [(part.level, part.text) for part in report.parts if isinstance(part, Heading)] == [
        (1, "BAB I Pertama"), (2, "Dalam"), (2, "A. Isi"), (1, "BAB II Kedua"),
    ]  # fmt: skip
    assert findings == []


@pytest.mark.parametrize(
    ("body", "after", "expected"),
    [
        ("", 'bab apart "X" { nomor: "I" }\n', ["D232 41:5"]),
        ("    bab: tidak_ada\n", "", ["N101 40:10"]),
        (
            "    bab: a\n",
            'bab a "A" { subbab: b }\nsubbab b "B" { subbab: c }\nsubbab c "C" { subbab: b }\n',
            ["D238 43:24", "D238 44:24"],
        ),
        (
            '    grafik g "G" {\n        bentuk: batang\n        kolom: capaian\n    }\n'
            '    subbab "S" {\n        grafik g "G" {\n            bentuk: batang\n            kolom: capaian\n'
            "        }\n    }\n",
            "",
            ["D237 45:16"],
        ),
    ],
)
def test_chapters_that_nobody_reads_or_that_have_no_end(
    tmp_path: Path, body: str, after: str, expected: list[str]
) -> None:
    found = project(tmp_path, f"{RULES}{body}}}\n{after}", DATA)
    assert [
        item for item in placed(found.validate(), found) if item[:4] in ("D232", "D237", "D238", "N101")
    ] == expected


# What people wrote.


def test_texts_stand_in_files_of_their_own(tmp_path: Path) -> None:
    """With their paragraphs and items, whatever stands in their braces."""
    (tmp_path / "uraian").mkdir()
    (tmp_path / "uraian" / "latar.md").write_text("Satu\nbaris {x}.\n\n- a\n- b\n", encoding="utf-8")
    report, findings, _ = made(tmp_path, '    uraian u { berkas: "latar.md" }\n')
    assert [part.text for part in report.parts if isinstance(part, Passage)] == ["Satu baris {x}.\n\n- a\n- b"]
    assert findings == []


def test_a_text_that_no_report_holds_is_told(tmp_path: Path) -> None:
    """At the beginning of its file."""
    (tmp_path / "uraian").mkdir()
    for name in ("latar.md", "lupa.txt"):
        (tmp_path / "uraian" / name).write_text("Tulisan.", encoding="utf-8")
    _, _, found = made(tmp_path, '    uraian u { berkas: "latar.md" }\n')
    told = [item for item in found.validate() if item.code.name == "V207"]
    assert [(Path(item.span.path).name if item.span else "", item.values["file"]) for item in told] == [
        ("lupa.txt", "lupa.txt")
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('    uraian u { berkas: "tidak_ada.md" }\n', ["V206 40:24"]),
        ('    uraian u { berkas: "../rahasia.md" }\n', ["V206 40:24"]),
        ('    uraian u { berkas: "uraian/latar.md" }\n', ["V206 40:24"]),
        ('    uraian u { berkas: "/etc/hostname" }\n', ["V206 40:24"]),
        ('    uraian u { berkas: "tautan.md" }\n', ["V206 40:24"]),
        ('    uraian u { catatan: "x" }\n', ["D239 40:12"]),
        ('    uraian u {\n        teks: "x"\n        berkas: "latar.md"\n    }\n', ["D239 40:12"]),
    ],
)
def test_a_text_outside_the_folder_is_refused(tmp_path: Path, body: str, expected: list[str]) -> None:
    """Files that are not there, paths that lead out of the folder, and links that do."""
    (tmp_path / "rahasia.md").write_text("rahasia", encoding="utf-8")
    texts = tmp_path / "aturan" / "uraian"
    texts.mkdir(parents=True)
    (texts / "latar.md").write_text("x", encoding="utf-8")
    (texts / "tautan.md").symlink_to(tmp_path / "rahasia.md")
    report, findings, _ = made(tmp_path / "aturan", body)
    assert "rahasia" not in str([part.text for part in report.parts if isinstance(part, Passage)])
    assert findings == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('narasi n { teks: "{{i.capaian}}" }', ["V208 40:23"]),
        ('narasi n { teks: "{{ tabel.x }} dan {{banyak(indikator)}}" }', ["V208 40:23", "V208 40:23"]),
        ('narasi n { teks: "{{x}} {{ x = 3 }}" }', []),
        ('uraian u { teks: "Sebesar {capaian}" }', ["V208 40:22"]),
        ('uraian u { teks: "{{ tabel.x }}" }', ["V208 40:22"]),
        ('uraian u { teks: "{x}" }', []),
        ('uraian u { teks: "# Judul" }', ["V209 40:22"]),
        ('uraian u { teks: "lihat ![](x.png)" }', ["V209 40:22"]),
        ('uraian u { teks: "nomor #3, **tebal**, [x](y)" }', []),
        ('analisis {\n    indikator: i\n    penyebab: "{capaian}"\n}', ["V208 42:15"]),
    ],
)
def test_what_only_looks_as_if_it_were_filled_in_or_laid_out_is_told(
    tmp_path: Path, body: str, expected: list[str]
) -> None:
    """Placeholders in doubled braces or outside of sentences, and marks of Markdown."""
    assert made(tmp_path, f"    {body}\n")[1] == expected


def test_texts_in_files_are_looked_at_where_they_stand(tmp_path: Path) -> None:
    (tmp_path / "uraian").mkdir()
    (tmp_path / "uraian" / "a.md").write_text("Satu\n\n  ## Dua\n{{ gambar.x }} {x}\n", encoding="utf-8")
    (tmp_path / "uraian" / "b.md").write_text(" \n", encoding="utf-8")
    body = '    uraian u { berkas: "a.md" }\n    uraian v { berkas: "b.md" }\n'
    found = project(tmp_path, f"{RULES}{body}}}\n", DATA)
    told = [item for item in found.validate() if item.span and "uraian" in item.span.path]
    assert placed(tuple(told), found) == ["V209 3:3", "V208 4:1", "V212 1:1"]


def test_a_file_that_cannot_be_read_is_no_file_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "uraian").mkdir()
    (tmp_path / "uraian" / "a.md").write_text("Tulisan", encoding="utf-16")
    found = project(tmp_path, f'{RULES}    uraian u {{ berkas: "a.md" }}\n}}\n', DATA)
    codes = {item.code.name for item in found.validate()}
    assert codes >= {"B102"}
    assert codes.isdisjoint({"V206", "V207", "V212"})


def test_an_indicator_has_one_analysis_in_a_report_and_a_report_has_a_title(tmp_path: Path) -> None:
    one = '    analisis {\n        indikator: i\n        penyebab: "x"\n    }\n'
    assert made(tmp_path, one + one.replace(": i", ": j"))[1] == []
    assert made(tmp_path, one + one)[1] == ["V211 45:20"]
    found = project(tmp_path, RULES.replace('laporan l "Laporan"', "laporan l") + "}\n", DATA)
    assert [place for place in placed(found.validate(), found) if place.startswith("V")] == ["V210 38:9"]


# Charts.


def chart(tmp_path: Path, keys: str, before: str = "") -> tuple[Publication, list[str]]:
    report, findings, _ = made(tmp_path, f'{before}    grafik g "G" {{\n        bentuk: garis\n{keys}    }}\n')
    return report, findings


def test_a_chart_shows_indicators_or_the_rows_of_a_table(tmp_path: Path) -> None:
    """Each column is a series."""
    report, findings = chart(tmp_path, "        kolom: realisasi; capaian\n")
    (drawn,) = report.charts
    assert (drawn.form, drawn.categories) == ("garis", ("Indikator I", "Indikator J"))
    assert [(each.label, [point.text for point in each.points]) for each in drawn.series] == [
        ("realisasi", ["60%", "5"]), ("capaian", ["75%", "125%"]),
    ]  # fmt: skip
    table = """\
    tabel t "T" {
        baris: program
        | kolom   | judul | kelompok | desimal |
        | program | P     | -        | -       |
        | pagu    | Rp    | Anggaran | 0       |
    }
"""
    report, _ = chart(tmp_path, "        tabel: t\n        kolom: pagu\n", table)
    (drawn,) = report.charts
    assert (drawn.categories, drawn.series[0].label) == (("Program I", "Kegiatan I"), "Anggaran: Rp")
    assert findings == []
    own = "        indikator: i\n        tahun: 2023 s.d 2024\n        desimal: 2\n"
    assert chart(tmp_path, f"        tabel: t\n        kolom: pagu\n{own}", table)[1] == [
        "V213 50:20", "V213 51:16", "V213 52:18",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("        kolom: capaiann\n", ["T206"]),
        ("        kolom: penilaian\n", ["V204", "D233"]),
        ("        kolom: kemajuan\n", ["V204"]),
        ("        kolom: capaian\n        tahun: 2019 s.d 2020\n", ["V204"]),
        ("        kolom: capaian\n        indikator: k\n", ["N101", "V204"]),
        ('        kolom: capaian\n    }\n    grafik h "H" {\n        kolom: capaian\n', ["T105"]),
    ],
)
def test_a_chart_of_nothing_is_a_finding(tmp_path: Path, keys: str, expected: list[str]) -> None:
    assert [item.split()[0] for item in chart(tmp_path, keys)[1]] == expected


def test_two_charts_of_one_number_are_a_finding(tmp_path: Path) -> None:
    one = '    grafik h "H" {\n        nomor: "3.1"\n        bentuk: batang\n        kolom: capaian\n    }\n'
    assert chart(tmp_path, '        nomor: "3.1"\n        kolom: capaian\n', one)[1] == ["D231 47:16"]


# Tables of data.

TABLE = """\
    tabel_data d "D" {
        | kolom | judul | jenis | rumus    | desimal |
        | nama  | Nama  | teks  | -        | -       |
        | a     | A     | angka | -        | -       |
        | b     | B     | angka | -        | -       |
        | c     | C     | -     | b - a    | -       |
        | p     | P     | -     | b / a × 100% | 0 s.d 2 |

        | penutup | judul  |
        | jumlah  | Jumlah |

        isi {
            | nama | a     | b |
            | Satu | 1,50  | 2 |
            | Dua  | 1.000 | - |
        }
        jumlah_tercetak {
            | a        | c |
            | 1.001,50 | 5 |
        }
    }
"""


def test_sums_and_formulas_are_exact(tmp_path: Path) -> None:
    """A dash adds nothing; a formula under the table is calculated from the sums, a printed sum is compared."""
    report, findings, _ = made(tmp_path, TABLE)
    table = report.tables[0]
    assert [[cell.text for cell in row.cells] for row in (*table.rows, *table.closing)] == [
        ["Satu", "1,50", "2", "0,5", "133,33"],
        ["Dua", "1.000", "-", "-1.000", "0"],
        ["Jumlah", "1.001,50", "2", "-999,5", "0,20"],
    ]
    assert findings == ["V205 58:26"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("| Satu | 1,50  | 2 |", "| Satu | satu  | 2 |", "D235 53:22"),
        ("| nama | a     | b |", "| nama | a     | y |", "D234 53:30"),
        ("| nama | a     | b |", "| nama | a     | c |", "D234 53:30"),
        ("| 1.001,50 | 5 |", "| x | 5 |", "D235 58:15"),
        ("b - a    |", "b - y    |", "D234 45:39"),
        ("b - a    |", "b - nama |", "D234 45:39"),
        ("| c     | C     | -     |", "| c     | C     | teks  |", "D236 45:35"),
        ("| Satu | 1,50  | 2 |", "| Satu | 1.50  | 2 |", "T201 53:22"),
    ],
)
def test_what_is_wrong_with_data_is_said_where_it_stands(
    tmp_path: Path, before: str, after: str, expected: str
) -> None:
    """Texts in a column of numbers, unknown columns, cells that a formula gives, formulas of what is not there."""
    assert before in TABLE
    _, findings, _ = made(tmp_path, TABLE.replace(before, after, 1))
    assert [item for item in findings if item[0] in "DT"] == [expected]


def test_a_division_by_nothing_has_a_reason_and_no_number(tmp_path: Path) -> None:
    report, findings, _ = made(tmp_path, TABLE.replace("| Satu | 1,50  | 2 |", "| Satu | -     | 2 |"))
    assert [cell.text for cell in report.tables[0].rows[0].cells] == ["Satu", "-", "2", "2", "tidak_terhitung"]
    assert findings == ["M102 46:35", "V205 58:15", "V205 58:26"]


def test_a_formula_of_data_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    _, findings, _ = made(tmp_path, TABLE.replace("b - a    |", "tambah(a) |").replace("| 1.001,50 | 5 |", "| - | - |"))
    assert [item.split()[0] for item in findings] == ["N107"]


def test_sentences_take_sums_of_data(tmp_path: Path) -> None:
    body = (
        TABLE.replace("| 1.001,50 | 5 |", "| 1.001,50 | - |") + '    narasi n {\n        teks: "{d.a} {d.c}"\n    }\n'
    )
    report, findings, _ = made(tmp_path, body)
    assert [part.text for part in report.parts if isinstance(part, Passage)] == ["1.001,50 -999,5"]
    assert findings == []


FORMULA = 'formula bulan "Sebulan" {\n    masukan: a persen\n    satuan: persen\n    rumus: a / 12\n}\n'


@pytest.mark.parametrize(("text", "expected"), [
    ("{i.capaian}", ["N103 44:9"]),
    ("{bulan(i.capaian)}", []),
])  # fmt: skip
def test_a_formula_that_a_sentence_alone_uses_is_used(tmp_path: Path, text: str, expected: list[str]) -> None:
    """As one that a table of data uses."""
    body = f'    narasi n {{\n        teks: "{text}"\n    }}\n'
    assert made(tmp_path, body, after=FORMULA)[1] == expected
