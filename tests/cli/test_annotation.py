"""What a report tells beside its tables: the explanation of each figure as ``explain`` tells it, and all findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sakip_rules import Cell, Project, Publication, PublishedTable
from sakip_rules.cache import Cache
from sakip_rules.cli.annotation import Annotator
from sakip_rules.cli.naming import Names
from sakip_rules.messages.catalog import catalog
from sakip_rules.model import program as p
from tests.running import MAGETAN, SMALL, Command, small, write

WORDS = catalog("id")
REPORT = """\
instansi dinas "Dinas Contoh" {}
laporan lkjip "Laporan 2024" {
    tahun: 2024
    per: 31 Desember 2024
    instansi: dinas
    tabel t "T" {
        baris: indikator
        | kolom   | judul | tahun |
        | capaian | C     | -     |
        | capaian | C     | 2023  |
        penutup: per_indikator
    }
}
"""


def annotated(folder: Path) -> Publication:
    project = Project(folder, Cache(None))
    names = Names(folder, project.inputs.plugins)
    report = project.program.own(p.Report)[0]
    publication, _ = project.report(report, WORDS.word)
    assert publication
    return Annotator(project, WORDS, None, lambda path: names.shown(Path(path)))(publication)


@pytest.fixture(scope="module")
def magetan() -> Publication:
    return annotated(Path(MAGETAN))


def cells(table: PublishedTable) -> Iterator[Cell]:
    return (cell for row in (*table.rows, *table.closing) for cell in row.cells)


def keys(found: Publication) -> set[str]:
    points = (point for chart in found.charts for series in chart.series for point in series.points)
    every = (*(cell for table in found.tables for cell in cells(table)), *points)
    return {cell.explanation for cell in every if cell.explanation}


def test_every_name_has_its_explanation_and_no_other(magetan: Publication) -> None:
    """Indicators of three years, changes, objectives, programmes, and what stands once for all."""
    assert keys(magetan) == set(magetan.explanations)
    assert {key.split(".")[0] for key in magetan.explanations} == {
        "indikator", "perubahan", "sasaran", "program", "rata_rata", "efisiensi_total", "anggaran_total",
    }  # fmt: skip
    assert {"indikator.ikm_dinsos", "indikator.ikm_lama.2023", "rata_rata.per_indikator"} <= set(magetan.explanations)


def test_a_table_of_figures_explains_all_of_them(magetan: Publication) -> None:
    """What a document or a person states needs no explanation; what was never promised has none."""
    of_figures = [table for table in magetan.tables if any(cell.explanation for cell in cells(table))]
    assert len(of_figures) == 10
    bare = {
        (table.name, column.name, column.year)
        for table in of_figures
        for row in (*table.rows, *table.closing)
        for column, cell in zip(table.columns, row.cells, strict=True)
        if cell.number is not None and cell.height and cell.explanation is None
    }
    assert bare == {("perbandingan", "realisasi", 2022), ("perbandingan", "realisasi", 2023)}


@pytest.mark.parametrize(
    ("key", "name"),
    [("indikator.nilai_sakip", "nilai_sakip"), ("program.bencana", "bencana"), ("anggaran_total", "anggaran_total")],
)
def test_an_explanation_is_what_explain_tells(command: Command, magetan: Publication, key: str, name: str) -> None:
    """Line by line; files are called by names that are the same on every machine."""
    told = command("explain", name, MAGETAN).out.splitlines()
    found = magetan.explanations[key]
    assert [found.title, "", *found.lines] == [_named(line) for line in told]


def _named(line: str) -> str:
    """A line of ``explain`` with the names of files that publications use."""
    if "↳" not in line:
        return line
    head, path = line.split("↳ ")
    for folder, name in (
        (f"{MAGETAN}/", ""),
        (f"{Path(MAGETAN).parents[1].as_posix()}/nasional/", "pustaka/nasional/"),
        (f"{Path(MAGETAN).parents[2].as_posix()}/plugins/sakip_plugins/pk_2024_perubahan/aturan/",
         "pengaya/pk_2024_perubahan/"),
    ):  # fmt: skip
        path = path.removeprefix(folder) if not name else path.replace(folder, name)
    return f"{head}↳ {path}"


def test_a_change_is_explained_by_both_years(magetan: Publication) -> None:
    """With the formula, and with the reason where there is nothing to compare."""
    told = "\n".join(magetan.explanations["perubahan.nilai_sakip"].lines)
    assert "Realisasi   2023: 82,4 angka; 2024: 92,33 angka" in told
    assert "Perubahan   12,05%\n              (sekarang - lalu) / lalu × 100%" in told
    assert "sebab: `nilai_sakip` tahun 2024 tidak meneruskan indikator tahun 2023 mana pun" in told


def test_the_findings_are_those_of_validate(command: Command, magetan: Publication) -> None:
    """All of them, with their level, place, message and advice."""
    told = command("validate", MAGETAN).out
    assert len(magetan.findings) == told.count("\n\n") + 1
    for each in magetan.findings:
        assert f"{each.level}[{each.code}]: {each.message}" in told
        assert each.advice in told
        assert each.waiver is None
        assert not each.place.startswith(("/", "..", "rules"))


def test_a_waived_finding_says_so(tmp_path: Path) -> None:
    """After the others, with who waived it, until when, and why."""
    waiver = """
kecuali k {
    aturan: D101
    pada: layanan
    alasan: "Definisi menyusul"
    oleh: "Sekretariat"
    sampai: 31 Desember 2025
}
"""
    undefined = SMALL["indikator.sakip"].replace(
        '    definisi: "Layanan yang selesai pada waktunya, dari semua layanan"\n', ""
    )
    small(tmp_path / "a", indikator=undefined, laporan=REPORT + waiver)
    found = annotated(tmp_path / "a")
    waived = [(each.code, each.waiver) for each in found.findings if each.waiver]
    assert waived == [("D101", "dikecualikan sampai 31 Desember 2025 oleh Sekretariat: Definisi menyusul")]
    assert found.findings[-1].waiver


def test_a_report_tells_whose_it_is_and_of_which_day(tmp_path: Path) -> None:
    """The agency by its title."""
    small(tmp_path / "a", laporan=REPORT)
    found = annotated(tmp_path / "a")
    assert (found.agency, str(found.as_of)) == ("Dinas Contoh", "2024-12-31")


def test_a_year_without_figures_explains_nothing(tmp_path: Path) -> None:
    """Cells that are empty have no explanation either."""
    small(tmp_path / "a", laporan=REPORT)
    found = annotated(tmp_path / "a")
    assert set(found.explanations) == {"indikator.layanan", "indikator.lama"}


EXPORTERS = """\
from sakip_rules import Exporter, hookimpl


@hookimpl
def sakip_exporters():
    return [Exporter("semua", ".txt", report=_all), Exporter("polos", ".txt", report=_plain, annotated=False)]


def _all(found):
    return {f"{found.name}.semua.txt": f"{len(found.explanations)} {len(found.findings)}".encode()}


def _plain(found):
    return {f"{found.name}.polos.txt": f"{len(found.explanations)} {len(found.findings)}".encode()}
"""


def test_only_who_shows_them_gets_explanations_and_findings(command: Command, tmp_path: Path) -> None:
    """In one command for both."""
    small(tmp_path / "a", laporan=REPORT)
    write(tmp_path / "pengaya", {"dua.py": EXPORTERS})
    found = command("validate", "a").out
    command("export", "a", "--to", "semua,polos", "--output", "hasil", "--plugins-dir", "pengaya")
    written = {path.name: path.read_text() for path in (tmp_path / "hasil").iterdir()}
    findings = len(re.findall(r"^\S+: \w+\[", found, re.MULTILINE))
    assert findings
    assert written == {"lkjip.semua.txt": f"2 {findings}", "lkjip.polos.txt": "0 0"}
