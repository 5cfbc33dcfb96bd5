"""The command ``tree``: what it shows of Magetan, what it writes for programs, and what it says to wrong calls."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from sakip_rules.cli import tree_drawing
from tests.running import MAGETAN, ROOT, Command, foreign, places, small, write

GOLDEN = ROOT / "tests" / "golden" / "tree_magetan.txt"
BEFORE = ("--as-of", "31 Oktober 2024")
FORMATS = ("text", "json", "mermaid", "svg")
WITH_DOT = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")


def as_json(command: Command, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(command("tree", *arguments, "--format", "json").out)
    return found


def nodes(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {node["id"]: node for node in found["simpul"]}


# Text.


def test_the_tree_of_magetan_is_shown_whole(command: Command) -> None:
    """Every line of it, by the documents of the report."""
    outcome = command("tree", MAGETAN)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize(("shown", "times"), [
    ("Pagu seluruhnya Rp 6.093.000.000", 1),
    ("Pagu tercetak Rp 75.000.000, jumlah kegiatannya Rp 175.000.000", 1),
    ("Pagu seluruhnya Rp 145.000.000", 1),
    ("Pagu seluruhnya Rp 10.147.000.000", 1),
    ("↗ Program 2 · PROGRAM PEMBERDAYAAN SOSIAL (rinciannya di bawah Sasaran 1.3)", 1),
    ("Juga mendukung Sasaran 1.4", 1),
    ("Bersama Dinas Kesehatan, BPJS Kesehatan: Pelayanan fasilitasi jaminan kesehatan", 1),
    ("Target 99,88 persen", 1),
    ("Target 100 Persen (menurut renja, tidak diperjanjikan)", 1),
    ("Kegiatan 2.1 ·", 1),
    ("Pagu semua program: Rp 24.175.862.284", 1),
    ("- pengampu bagi: 6 sasaran", 1),
])  # fmt: skip
def test_the_text_shows(command: Command, shown: str, times: int) -> None:
    """Budgets and targets as Indonesians write them; what is shared is shown once and referred to."""
    lines = command("tree", MAGETAN).out.splitlines()
    assert sum(line.strip(" │├└─").startswith(shown) for line in lines) == times


def test_before_the_revision_the_text_says_what_is_not_stated(command: Command) -> None:
    """Four promised indicators, and programmes that support nothing; none of it is guessed."""
    text = command("tree", MAGETAN, *BEFORE).out
    assert "Perjanjian Kinerja Dinas Sosial Kabupaten Magetan Tahun 2024, ditetapkan 4 Januari 2024" in text
    assert "Target 38,46%" in text
    assert (
        "- program dan kegiatan yang tidak mendukung sasaran mana pun: penunjang, pemberdayaan, rehabilitasi," in text
    )
    assert "- sasaran yang tidak mendukung tujuan mana pun: pk_s1, pk_s2, pk_s3, pk_s4" in text
    assert "Pagu semua program: Rp 12.877.564.879" in text


def test_lines_hang_together(command: Command) -> None:
    """Each bar and corner stands under a node or another bar; no line is longer than 100 marks."""
    above = ""
    for line in command("tree", MAGETAN).out.splitlines():
        assert len(line) <= 100
        for at, mark in enumerate(line):
            if mark in "│├└" and (not at or not line[:at].strip(" │")):
                assert at < len(above)
                assert above[at] in "│├" or above[at].isalpha() or above[at] == "↗"
        above = line


def test_english_has_english_words(command: Command) -> None:
    """Levels, facts and gaps; titles stay."""
    text = command("--lang", "en", "tree", MAGETAN, *BEFORE).out
    assert text.startswith("Performance tree of 2024\n")
    assert "Vision · TERWUJUDNYA" in text
    assert "Not stated in the documents in force:" in text
    assert not re.search(r"\b(Pagu|Sasaran \d|Tujuan \d|tidak|mendukung)\b", text)


def test_indonesian_has_no_english_words(command: Command) -> None:
    """In its own words; the titles are in quotes for this."""
    text = re.sub(r"· .*", "", command("tree", MAGETAN, *BEFORE).out)
    assert foreign(text) == set()


def test_a_budget_that_nothing_divides_is_told_to_be_shared(command: Command, tmp_path: Path) -> None:
    """Without the allocation each of the two objectives has all of it, and says with whom; in total it counts once."""
    folder = tmp_path / "dinsos"
    shutil.copytree(MAGETAN, folder)
    (folder / "alokasi_2024.sakip").unlink()
    out = command("tree", folder.as_posix()).out
    for other in ("1.3", "1.4"):
        assert f"Di dalamnya Rp 10.292.000.000 bersama Sasaran {other}" in out
    assert "Pagu semua program: Rp 24.175.862.284" in out


def test_a_part_can_be_shown_from_a_node_down(command: Command) -> None:
    """By a name, an identity or a title, and to a depth."""
    for name in ("dinsos_2024_2026.s4", "sasaran:dinsos_2024_2026.t1.s4",
                 "Meningkatnya peran PSKS dalam penyelenggaraan kesejahteraan sosial"):  # fmt: skip
        part = as_json(command, MAGETAN, "--from", name)
        assert part["akar"] == ["sasaran:dinsos_2024_2026.t1.s4"]
        assert len(part["simpul"]) == 4
        assert (part["pagu"], part["lintas"]) == ("10147000000", ["program:pemberdayaan"])
    assert len(as_json(command, MAGETAN, "--from", "dinsos_2024_2026.s4", "--depth", "1")["simpul"]) == 3
    assert len(as_json(command, MAGETAN, "--depth", "0")["simpul"]) == 5
    text = command("tree", MAGETAN, "--from", "dinsos_2024_2026.s4").out
    assert "Pagu semua program" not in text
    assert "↗" not in text


# JSON.


def test_json_has_every_node_once_with_exact_numbers_as_text(command: Command) -> None:
    """Its links are identities of other nodes."""
    found = as_json(command, MAGETAN)
    every = nodes(found)
    assert len(every) == len(found["simpul"]) == 42
    assert {other for node in every.values() for other in (*node["mendukung"], *node["pendukung"])} <= set(every)
    assert (found["tahun"], found["per"], found["pagu"]) == (2024, None, "24175862284")
    assert found["lintas"] == ["sasaran:dinsos_2024_2026.t1.s1", "program:pemberdayaan"]
    assert list(found["menggantung"]) == ["tanpa_pengampu"]
    assert [item["nama"] for item in found["dokumen"]] == [
        "dinsos_2024_2026", "rpd_magetan_2024_2026", "pk_2024_perubahan", "renja_2024",
    ]  # fmt: skip


def test_json_tells_all_of_a_programme(command: Command) -> None:
    """The field names are stable: ``rules/README.md`` documents them."""
    place = "plugins/sakip_plugins/pk_2024_perubahan/aturan/pk_2024_perubahan.sakip"
    node = nodes(as_json(command, MAGETAN))["program:bencana"]
    where = node.pop("tempat")
    assert where["berkas"].endswith(place)
    assert node == {
        "id": "program:bencana",
        "jenis": "program",
        "nama": "bencana",
        "judul": "PROGRAM PENANGANAN BENCANA",
        "nomor": "5",
        "dokumen": "pk_2024_perubahan",
        "indikator_kinerja": "Persentase Korban Bencana yang Mendapatkan Penanganan Bencana",
        "target": "100",
        "satuan": "Persen",
        "dokumen_target": "pk_2024_perubahan",
        "diperjanjikan": True,
        "pagu_tercetak": "75000000",
        "pagu": "175000000",
        "tanpa_pagu": [],
        "penanggung_jawab": [
            {
                "nama": "bidang_perlindungan",
                "judul": "Bidang Pengembangan, Perlindungan dan Jaminan Sosial",
                "pimpinan": "Kepala Bidang Pengembangan Perlindungan dan Jaminan Sosial",
            }
        ],
        "mitra": [],
        "mendukung": ["sasaran:dinsos_2024_2026.t1.s1"],
        "pendukung": ["kegiatan:bencana_korban", "kegiatan:bencana_kesiapsiagaan"],
    }


def test_every_field_of_json_is_documented(command: Command) -> None:
    """In the last section of the handbook."""
    told = set(re.findall(r"`(\w+)`", (ROOT / "rules" / "README.md").read_text(encoding="utf-8").split("## 19. ")[-1]))
    found = as_json(command, MAGETAN)
    assert {*found, *found["simpul"][0]} <= told


@pytest.mark.parametrize(("as_of", "targets"), [
    ("2024-10-31", ["38.46", "7.34", "32.01", "87.35"]),
    ("2024-11-04", ["99.88", "0.28", "0.04", "5.3", "85", "87.35"]),
])  # fmt: skip
def test_the_day_decides_what_is_promised(command: Command, as_of: str, targets: list[str]) -> None:
    """Four indicators on the last of October, six on the day of the revision."""
    found = as_json(command, MAGETAN, "--as-of", as_of)
    promised = [node for node in found["simpul"] if node["jenis"] == "indikator" and node["diperjanjikan"]]
    assert sorted(node["target"] for node in promised) == sorted(targets)
    assert found["per"] == as_of


KINDS_OF_TARGET = """\
indikator a "A" { satuan: persen }
indikator b "B" { satuan: hari }
indikator c "C" { satuan: angka }
indikator d "D" { satuan: angka }
sasaran s "S" { indikator: a; b; c; d }
renja r "R" {
    tahun: 2024
    | indikator | target         |
    | a         | 0,1            |
    | b         | 3 s.d 5        |
    | c         | -              |
    | d         | WTP            |
}
"""


def test_targets_of_every_form_are_told(command: Command, tmp_path: Path) -> None:
    """A number with its unit, a range, deliberately none, and a word."""
    folder = write(tmp_path / "f", {"a.sakip": KINDS_OF_TARGET})
    text = command("tree", str(folder), "--year", "2024").out
    by = "(menurut renja, tidak diperjanjikan)"
    for line in (f"Target 0,1 persen {by}", f"Target 3 s.d 5 hari {by}", "Target memang tidak ada", f"Target WTP {by}"):
        assert f"{line}\n" in text
    found = nodes(as_json(command, str(folder), "--year", "2024"))
    assert [found[f"indikator:{name}"]["target"] for name in "abcd"] == ["0.1", "3 s.d 5", None, "WTP"]


# Drawings.

EVIL = 'Judul "kutip" [siku] {kurung} <b>&amp;</b> `x` %%{init: {}}%% end; click n0 | # \\ -->'
TITLES = f"""\
sasaran a “{EVIL}” {{ nomor: "1" }}
sasaran b "end" {{ nomor: "2" }}
sasaran c "1. daftar *tebal* _miring_" {{ nomor: "3" }}
sasaran d "- {"sangat " * 300}panjang" {{ nomor: "]:::x" }}
"""


@pytest.fixture
def titles(tmp_path: Path) -> str:
    return str(write(tmp_path / "judul", {"a.sakip": TITLES}))


def mermaid_labels(text: str) -> Iterator[str]:
    """The labels of a flowchart, each line of which must be one of its few forms."""
    for line in text.splitlines()[1:]:
        if found := re.fullmatch(r'    n\d+\["([^"]*)"\]:::[a-z]+', line):
            yield found[1]
        else:
            assert re.fullmatch(r"    n\d+ (---|-\.-) n\d+|    classDef [a-z]+ [\w#:,-]+", line)


def test_mermaid_shows_magetan(command: Command) -> None:
    """Every node and link once; the second objective of programme 2 by a dotted line."""
    outcome = command("tree", MAGETAN, "--format", "mermaid")
    labels = list(mermaid_labels(outcome.out))
    assert (outcome.code, len(labels)) == (0, 42)
    assert "Pagu Rp 10.292.000.000" in outcome.out
    assert (outcome.out.count(" --- "), outcome.out.count(" -.- ")) == (37, 1)


def test_no_title_can_become_a_part_of_mermaid(command: Command, titles: str) -> None:
    """Quotes, brackets, comments, Markdown and ``end`` are text, and come back as they were."""
    labels = list(mermaid_labels(command("tree", titles, "--year", "2024", "--format", "mermaid").out))
    assert len(labels) == 4
    read = [re.sub(r"#(\d+);", lambda mark: chr(int(mark[1])), label.replace("<br/>", " ")) for label in labels]
    assert [text for text in read if EVIL in text] == [f"Sasaran 1 {EVIL}"]
    for label in labels:
        assert not re.search(r'["`{}\[\]|\\%]|<(?!br/>)|&', label)
        for line in label.split("<br/>"):
            assert not re.match(r"\s*(\d+[.)]|[-+])", line)


def test_no_title_can_become_a_part_of_dot(command: Command, titles: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its labels are well-formed marked text, which reads as the title."""
    dots: list[str] = []

    def kept(dot: str) -> tuple[str, tuple[()]]:
        dots.append(dot)
        return "", ()

    monkeypatch.setattr(tree_drawing, "as_svg", kept)
    command("tree", titles, "--year", "2024", "--format", "svg")
    labels = re.findall(r"^  n\d+ \[label=<(.*)>, fillcolor=", dots[0], re.MULTILINE)
    texts = [" ".join(" ".join(ElementTree.fromstring(label).itertext()).split()) for label in labels]
    assert len(texts) == 4
    assert f"Sasaran 1 {EVIL}" in texts


@WITH_DOT
def test_svg_shows_every_title_and_budget(command: Command, titles: str) -> None:
    """Drawn by Graphviz, as XML that reads as it was written."""
    drawn = command("tree", MAGETAN, "--format", "svg")
    assert (drawn.code, drawn.err) == (0, "")
    root = ElementTree.fromstring(drawn.out)
    groups = [item for item in root.iter("{http://www.w3.org/2000/svg}g") if item.get("class") == "node"]
    assert len(groups) == 42
    texts = {" ".join((item.text or "").split()) for item in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Pohon kinerja 2024", "Sasaran 1.4", "Pagu seluruhnya Rp 6.093.000.000", "Target 99,88 persen"} <= texts
    evil = ElementTree.fromstring(command("tree", titles, "--year", "2024", "--format", "svg").out)
    assert len([item for item in evil.iter() if item.get("class") == "node"]) == 4


def test_without_graphviz_there_is_advice_and_no_file(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In both languages; what was in the file stays, and Mermaid needs nothing."""
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.svg").write_text("lama", encoding="utf-8")
    for language, advice in (("id", "pasang Graphviz"), ("en", "install Graphviz")):
        outcome = command("--lang", language, "tree", MAGETAN, "--format", "svg", "--output", "a.svg")
        assert (outcome.code, outcome.out, places(outcome.err)) == (1, "", ["- A122"])
        assert advice in outcome.err
    assert (tmp_path / "a.svg").read_text(encoding="utf-8") == "lama"
    assert command("tree", MAGETAN, "--format", "mermaid").code == 0


@pytest.mark.parametrize("program", [sys.executable, "/tidak/ada/dot"])
def test_a_graphviz_that_fails_is_a_finding(command: Command, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """One that refuses its options, and one that does not start."""
    monkeypatch.setattr(shutil, "which", lambda name: program)
    outcome = command("tree", MAGETAN, "--format", "svg")
    assert (outcome.code, outcome.out, places(outcome.err)) == (1, "", ["- A123"])


def test_a_graphviz_that_never_ends_is_stopped(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a time."""

    def slow(*arguments: object, **settings: object) -> None:
        raise tree_drawing.subprocess.TimeoutExpired("dot", 0)

    monkeypatch.setattr(shutil, "which", lambda name: "dot")
    monkeypatch.setattr(tree_drawing.subprocess, "run", slow)
    outcome = command("tree", MAGETAN, "--format", "svg")
    assert (outcome.code, places(outcome.err)) == (1, ["- A123"])
    assert "terlalu lama" in outcome.err


# Files.


@pytest.mark.parametrize("form", ["text", "json", "mermaid"])
def test_a_file_is_written_whole(command: Command, tmp_path: Path, form: str) -> None:
    """What would be shown, and nothing else is left in its folder."""
    shown = command("tree", MAGETAN, "--format", form).out
    folder = write(tmp_path / "keluar", {"pohon": "lama"})
    outcome = command("tree", MAGETAN, "--format", form, "--output", str(folder / "pohon"))
    assert (outcome.code, outcome.out) == (0, "")
    assert "Ditulis: " in outcome.err
    assert (folder / "pohon").read_text(encoding="utf-8") == shown
    assert [path.name for path in folder.iterdir()] == ["pohon"]


@pytest.mark.parametrize(("output", "cause"), [
    ("tidak_ada/pohon.txt", "foldernya tidak ada"),
    ("berkas/pohon.txt", "foldernya tidak ada"),
    ("folder", "itu nama sebuah folder"),
])  # fmt: skip
def test_a_file_that_cannot_be_written_is_a_finding(command: Command, tmp_path: Path, output: str, cause: str) -> None:
    """And nothing is left behind."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "berkas").write_text("", encoding="utf-8")
    outcome = command("tree", MAGETAN, "--output", output)
    assert (outcome.code, outcome.out) == (1, "")
    assert f"berkas `{output}` tidak dapat ditulis: {cause}" in outcome.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["berkas", "folder"]


# Wrong calls, and wrong rules.

MISUSED = [
    ("tree tidak_ada", "A105", "folder `tidak_ada` tidak ada"),
    ("tree --format pdf", "A105", "`pdf` bukan pilihan; pilihannya: text, json, mermaid, svg"),
    ("tree --year dua", "A105", "`dua` bukan tahun"),
    ("tree --as-of kemarin", "A105", "`kemarin` bukan tanggal"),
    ("tree --depth -1", "A105", "`-1` bukan banyaknya tingkat"),
    ("tree --depth banyak", "A105", "`banyak` bukan banyaknya tingkat"),
    ("tree --output .", "A105", "`.` bukan nama berkas"),
    ("tree --dept 1", "A105", "opsi `--dept` tidak dikenal"),
    ("tree --plugins-dir tidak_ada", "A105", "folder `tidak_ada` tidak ada"),
    (f"tree {MAGETAN} --from s1", "A107", "`s1` dapat berarti beberapa hal"),
    (f"tree {MAGETAN} --from pemberdayan", "A121", "`pemberdayan` tidak ada dalam pohon kinerja 2024"),
    (f"tree {MAGETAN} --from pk_s1", "A121", "`pk_s1` tidak ada dalam pohon kinerja 2024"),
    (f"tree {MAGETAN} lagi", "A105", "ada kata yang tidak dikenal di belakang perintah"),
]


@pytest.mark.parametrize(("call", "code", "said"), MISUSED, ids=[row[0] for row in MISUSED])
def test_a_wrong_call_is_told(command: Command, call: str, code: str, said: str) -> None:
    """With exit code 2, nothing on standard output, and what to do."""
    outcome = command(*call.split())
    assert (outcome.code, outcome.out, places(outcome.err)) == (2, "", [f"- {code}"])
    assert said in outcome.err
    assert "saran: " in outcome.err


def test_a_name_close_to_one_that_is_there_is_offered(command: Command) -> None:
    """As it is written."""
    assert "bila yang dimaksud `pemberdayaan`" in command("tree", MAGETAN, "--from", "pemberdayan").err


def test_a_folder_without_a_year_says_so(command: Command, tmp_path: Path) -> None:
    """There is nothing to choose."""
    folder = write(tmp_path / "f", {"a.sakip": 'sasaran s "S" { nomor: "1" }\n'})
    outcome = command("tree", str(folder))
    assert (outcome.code, outcome.out, places(outcome.err)) == (1, "", ["- A102"])


def test_a_year_without_an_agreement_shows_its_plan_and_says_so(command: Command) -> None:
    """A finding beside the tree."""
    outcome = command("tree", MAGETAN, "--year", "2025")
    assert (outcome.code, places(outcome.err)) == (1, ["- D201"])
    assert "Target 5,40 persen (menurut renstra, tidak diperjanjikan)" in outcome.out


def test_what_can_be_read_of_broken_rules_is_shown_beside_the_finding(command: Command, tmp_path: Path) -> None:
    """Nothing ends in a traceback."""
    broken = 'sasaran lain "Lain" { mendukung: t9 }\nsasaran rusak "Rusak" {\n'
    folder = small(tmp_path / "f", lain=broken)
    outcome = command("tree", str(folder))
    assert outcome.code == 1
    assert "Sasaran · Layanan cepat" in outcome.out
    assert [each.rpartition(" ")[2] for each in places(outcome.err)] == ["N101", "S102"]


@pytest.mark.parametrize("form", [each for each in FORMATS if each != "svg"])
def test_an_empty_folder_has_an_empty_tree(command: Command, tmp_path: Path, form: str) -> None:
    """In every format that needs nothing else."""
    folder = write(tmp_path / "f", {"a.sakip": 'satuan buah "Buah" { jenis: cacah }\n'})
    outcome = command("tree", str(folder), "--year", "2024", "--format", form)
    assert (outcome.code, places(outcome.err)) == (1, ["- D201"])
    assert outcome.out
