"""``explain``: where a figure comes from, each step with its place, and what the report prints instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.running import MAGETAN, ROOT, SMALL, Command, foreign, places, small, write


def explained(command: Command, *arguments: str) -> list[str]:
    """The lines of an explanation, without the spaces that set them out."""
    outcome = command("explain", *arguments)
    assert outcome.code == 0
    return [" ".join(line.replace(MAGETAN, "…").split()) for line in outcome.out.splitlines()]


#: The revision of November, which a year plugin brings.
REVISION = (ROOT / "plugins/sakip_plugins/pk_2024_perubahan/aturan/pk_2024_perubahan.sakip").as_posix()


def test_an_indicator_is_explained_from_its_target_to_the_print(command: Command) -> None:
    """Every line that can be looked up says where."""
    lines = explained(command, "pemberdayaan_sosial", MAGETAN)
    for line, place in (
        ("Target 0,04 persen", f"↳ {REVISION}:25:64"),
        ("pemberdayaan_sosial, setahun 2024: 0,038 (final; sumber: Dinas Sosial)", "↳ …/realisasi_2024.csv:4:34"),
        ("Langkah pembulatan 2 → 95%", "↳ …/kriteria.sakip:85:5"),
        ("Kategori Berhasil (75% s.d < 100%)", "↳ …/kriteria.sakip:15:5"),
        ("Tercetak 96%, Berhasil — BERBEDA dari hasil aturan", "↳ …/laporan_2024_bab3_capaian.sakip:37:13"),
        ("Tercetak 96% — BERBEDA dari hasil aturan", "↳ …/laporan_2024_bab3_perbandingan.sakip:45:13"),
    ):
        assert lines[lines.index(line) + 1] == place
    at = lines.index("Rumus realisasi / rencana × 100%")
    assert lines[at + 3 : at + 5] == ["= 0,038% / 0,04% × 100%", "= 95%"]
    assert "Dasar Keputusan Kepala LAN Nomor 239/IX/6/8/2003" in lines


def test_a_definition_is_quoted_with_its_place(command: Command, tmp_path: Path) -> None:
    """As it is written, but no longer than three hundred signs."""
    small(tmp_path)
    lines = explained(command, "layanan")
    at = lines.index("Definisi Layanan yang selesai pada waktunya, dari semua layanan")
    assert lines[at + 1] == "↳ indikator.sakip:4:15"
    long = "Kalimat pertama. " * 20
    small(tmp_path, indikator=SMALL["indikator.sakip"].replace("Layanan yang selesai", f"{long}Layanan yang selesai"))
    (line,) = (line for line in explained(command, "layanan") if line.startswith("Definisi"))
    assert line == f"Definisi {'Kalimat pertama. ' * 17}…"


def test_figures_that_agree_are_said_to(command: Command) -> None:
    """A print that is right is told as such, one that has the wrong category is not."""
    lines = explained(command, "rehabilitasi_sosial", MAGETAN)
    assert "Tercetak 92,5%, Berhasil — sama dengan hasil aturan" in lines
    assert "Tercetak 100%, Berhasil — BERBEDA dari hasil aturan" in explained(command, "psks_aktif", MAGETAN)


def test_an_objective_is_the_mean_of_its_indicators(command: Command) -> None:
    """Before and after rounding."""
    lines = explained(command, "s5", MAGETAN)
    assert lines[0].startswith("Meningkatnya Akuntabilitas")
    assert "108,62% Nilai SAKIP Dinas Sosial" in lines
    assert "Rata-rata jumlah di atas / 2 = 104,365%" in lines
    assert "Langkah pembulatan 2 → 104,37%" in lines


def test_the_budget_of_an_objective_is_explained_by_its_programmes(command: Command) -> None:
    """With the place of each amount: the part that an allocation gives, and the datum."""
    lines = explained(command, "s3", MAGETAN)
    at = lines.index("Pagu Rp 145.000.000")
    assert lines[at + 1 : at + 3] == ["2 PROGRAM PEMBERDAYAAN SOSIAL", "↳ …/alokasi_2024.sakip:11:32"]
    assert lines[at + 3] == "Serapan Rp 138.280.100"
    assert "(1 - serapan / (anggaran × capaian)) × 100%" in lines
    efficiency = [line for line in lines if line.startswith("Efisiensi")]
    efficiency += [line for line in explained(command, "s5", MAGETAN) if line.startswith("Efisiensi")]
    assert efficiency == ["Efisiensi -0,38%", "Efisiensi 10,77%", "Efisiensi 3,19%"]


def test_a_programme_is_explained_with_its_data(command: Command) -> None:
    """Its budget is that of the datum, not that of the agreement."""
    lines = explained(command, "bencana", MAGETAN)
    assert lines[0] == "PROGRAM PENANGANAN BENCANA (bencana)"
    assert lines[lines.index("Pagu Rp 175.000.000") + 1].startswith("bencana.pagu, setahun 2024: 175.000.000 (final;")
    assert "Efisiensi 0,52%" in lines


def test_the_efficiency_of_all_is_explained_by_objective(command: Command) -> None:
    """The achievement of the fifth is the mean of two, not rounded again."""
    lines = explained(command, "efisiensi_total", MAGETAN)
    assert any("capaian 104,365%" in line for line in lines)
    assert "Efisiensi 2,54%" in lines


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("keseluruhan", ["Rata-rata per indikator", "Rata-rata per sasaran"]),
        ("per_indikator", ["Rata-rata per indikator"]),
        ("per_sasaran", ["Rata-rata per sasaran"]),
    ],
)
def test_the_overall_achievement_is_explained_by_each_way(command: Command, name: str, titles: list[str]) -> None:
    """The print is compared with the way that the report names."""
    lines = explained(command, name, MAGETAN)
    assert [line for line in lines if line.startswith("Rata-rata per")] == titles
    printed = [line for line in lines if line.startswith("Tercetak")]
    both = ["Tercetak 99,54%, Berhasil — BERBEDA dari hasil aturan", "Tercetak 99,54% — BERBEDA dari hasil aturan"]
    assert printed == (both if name != "per_sasaran" else [])


def test_a_formula_is_shown_as_it_stands(command: Command) -> None:
    """With its place and its examples."""
    lines = explained(command, "capaian_turun", MAGETAN)
    assert lines[0] == "Rumus 2: makin rendah realisasi makin baik (formula capaian_turun)"
    assert lines[1].endswith("rules/nasional/lan_239_2003.sakip:46:1")
    assert "rumus: (rencana - (realisasi - rencana)) / rencana × 100%" in lines


def test_a_calculated_realization_shows_its_variables(command: Command, tmp_path: Path) -> None:
    """The formula, the values put in, and each datum with its row."""
    rules = SMALL["indikator.sakip"].replace("    arah: naik\n", "    arah: naik\n    rumus: tepat / semua × 100%\n")
    rules += '\nvariabel tepat "Tepat" { satuan: orang }\n\nvariabel semua "Semua" { satuan: orang }\n'
    small(tmp_path, indikator=rules, realisasi="tahun;nama;nilai\n2024;lama;12\n2024;tepat;3\n2024;semua;4\n")
    lines = explained(command, "layanan")
    at = lines.index("Realisasi 75%")
    assert lines[at + 1 : at + 4] == ["tepat / semua × 100%", "↳ indikator.sakip:4:12", "= 3 orang / 4 orang × 100%"]
    assert "↳ realisasi.csv:3:12" in lines


def test_a_figure_that_is_not_there_says_why(command: Command, tmp_path: Path) -> None:
    """With the finding beside it."""
    small(tmp_path, realisasi="tahun;nama;nilai\n2024;lama;12\n")
    outcome = command("explain", "layanan")
    assert outcome.code == 1
    assert "Capaian     tidak ada" in outcome.out
    assert "sebab: realisasi `layanan` tidak tersedia" in outcome.out
    assert [place.split()[1] for place in places(outcome.err)] == ["M103"]
    assert foreign(outcome.text) == set()


#: A name that is not there, and the one that was likely meant, if any.
UNKNOWN = [
    ("rehabilitasi_sosiel", "rehabilitasi_sosial"),
    ("keseluruhn", "keseluruhan"),
    ("capaian_niak", "capaian_naik"),
    ("qqqqq", None),
]


@pytest.mark.parametrize(("name", "near"), UNKNOWN)
def test_an_unknown_name_is_misuse(command: Command, name: str, near: str | None) -> None:
    """With the name that was likely meant."""
    outcome = command("explain", name, MAGETAN)
    advice = f"bila yang dimaksud `{near}`, tulis `{near}`" if near else "periksa ejaannya"
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"galat[A101]: `{name}` tidak ditemukan\n  saran: {advice}\n"
    assert f"error[A101]: `{name}` is not found" in command("explain", name, MAGETAN, "--lang", "en").err


def test_a_name_that_a_broken_block_may_hold_is_told_with_what_is_broken(command: Command, tmp_path: Path) -> None:
    """The name is not misspelt, but its block was lost."""
    small(tmp_path, indikator=SMALL["indikator.sakip"].replace("indikator lama", "indikatr lama"))
    outcome = command("explain", "lama")
    assert outcome.code == 2
    assert "indikator.sakip:8:1 T101" in places(outcome.err)
    assert "- A101" in places(outcome.err)


def test_a_name_of_several_things_is_asked_for_in_full(command: Command, tmp_path: Path) -> None:
    """The full names are told."""
    second = SMALL["indikator.sakip"].split("renstra")[1].replace("rencana", "lain", 1)
    write(small(tmp_path), {"lain.sakip": "renstra" + second})
    outcome = command("explain", "t1")
    assert (outcome.code, outcome.out, places(outcome.err)) == (2, "", ["- A107"])
    assert "rencana.t1" in outcome.err
    assert command("explain", "lain.t1").code == 0


def test_figures_of_a_quarter_are_explained_by_its_target(command: Command, tmp_path: Path) -> None:
    """The place is that of the quarter's own column."""
    small(tmp_path)
    lines = explained(command, "layanan", "--period", "tw1")
    assert lines[lines.index("Target 80 persen") + 1] == "↳ pk.sakip:7:46"
