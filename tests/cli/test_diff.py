"""``diff``: what two states of a folder differ in, how its sides are told apart, and what git keeps of it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.running import MAGETAN, ROOT, SMALL, Command, foreign, places, small, write

GOLDEN = ROOT / "tests" / "golden" / "diff_magetan.txt"
DAYS = ("31 Oktober 2024", "2024-12-31")
PK = SMALL["pk.sakip"]
HIGHER = PK.replace("| layanan   | 90 ", "| layanan   | 92 ")


def git(folder: Path, *arguments: str) -> None:
    names = [
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b",
        "-c",
        "init.defaultBranch=utama",
        "-c",
        "commit.gpgsign=false",
    ]
    subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True)


def kept(folder: Path, *states: dict[str, str]) -> Path:
    """A repository with one commit for each state of its files; the first holds the small folder."""
    small(folder)
    git(folder, "init", "-q")
    for number, state in enumerate(({}, *states)):
        write(folder, state)
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", str(number))
        git(folder, "tag", f"v{number}")
    return folder


def changes(text: str) -> list[str]:
    return re.findall(r"^  \[\d+\] (.*)", text, re.MULTILINE)


# Two days, and two documents.


def test_two_days_of_magetan_read_as_the_golden_text(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four indicators become six, and every budget that was revised moves its figures."""
    monkeypatch.chdir(ROOT)
    outcome = command("diff", *DAYS, "--folder", "rules/magetan/dinsos")
    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.out == GOLDEN.read_text(encoding="utf-8")


def test_the_golden_text_holds_what_the_agreements_hold() -> None:
    """The four targets that go, and the six that come."""
    text = GOLDEN.read_text(encoding="utf-8")
    assert re.findall(r"dihapus: .*target: (\S+)$", text, re.MULTILINE) == ["38,46", "7,34", "32,01", "87,35"]
    assert re.findall(r"^  baru: target (\S+?)%?[; ]", text, re.MULTILINE) == [
        "99,88", "0,28", "0,04", "5,3", "85", "87,35",
    ]  # fmt: skip
    assert "pagu: Rp 12.877.564.879 → Rp 24.175.862.284" in text
    assert max(len(line) for line in text.splitlines() if not line.startswith("      ")) <= 100


def test_two_documents_by_name_differ_in_rows_and_budgets(command: Command) -> None:
    """The same rows and figures as on two days between which one replaced the other."""
    by_name = command("diff", "pk_2024", "pk_2024_perubahan", "--folder", MAGETAN)
    by_day = command("diff", *DAYS, "--folder", MAGETAN)
    assert by_name.code == 1
    assert changes(by_name.out) == changes(by_day.out)[1:]
    assert "penunjang, pagu: 4.847.564.879 → 5.215.862.284" in by_name.out


def test_a_plan_and_an_agreement_are_compared_by_the_targets_of_its_year(command: Command) -> None:
    """The plan promises one indicator more; figures are calculated of agreements only."""
    outcome = command("diff", "dinsos_2024_2026", "pk_2024_perubahan", "--folder", MAGETAN)
    assert (outcome.code, changes(outcome.out)) == (1, ["baris kesejahteraan_ppks dihapus: target: 100"])
    assert "Tidak ada angka yang dihitung dalam perbandingan ini." in outcome.out


def test_a_partial_revision_is_compared_with_the_rows_that_it_leaves_alone(command: Command, tmp_path: Path) -> None:
    """Only the row that it speaks of differs."""
    revision = """
perjanjian_kinerja ubah "Perubahan" {
    tahun: 2024
    ditetapkan: 1 Juli 2024
    mengubah: pk_2024
    alasan: perubahan_strategi
    cakupan: sebagian
    | nomor | sasaran | indikator | target | tw1 | tw2 |
    | 1     | s1      | layanan   | 80     | 80  | 85  |
}
"""
    small(tmp_path, ubah=revision)
    assert changes(command("diff", "pk_2024", "ubah").out) == [
        "ditetapkan: 4 Januari 2024 → 1 Juli 2024",
        "layanan, target: 90 → 80",
    ]


# Folders.


def test_a_folder_and_itself_do_not_differ(command: Command) -> None:
    """Exit code 0, and a sentence that says so."""
    outcome = command("diff", MAGETAN, MAGETAN)
    assert (outcome.code, outcome.out.splitlines()[-1]) == (0, "Tidak ada perbedaan.")


def test_a_target_moves_what_rests_on_it(command: Command, tmp_path: Path) -> None:
    """The figure, its category, the averages; and each is told because of what."""
    small(tmp_path / "a")
    small(tmp_path / "b", pk=HIGHER, cara=SMALL["cara.sakip"].replace("85%", "87%"))
    out = command("diff", "a", "b").out
    assert "3 aturan berubah, 5 angka bergerak dan 7 tetap" in out
    assert (
        """
indikator layanan “Persentase Layanan Tepat Waktu”
  target: 90% → 92% (+2 poin persen)
  capaian: 88,89% → 86,96% (-1,93 poin persen)
  kategori: Baik → Kurang
  karena [1], [2], [3]
"""
        in out
    )
    assert "  capaian: 84,45% → 83,48% (-0,97 poin persen)\n  karena [3]\n\nTEMUAN PEMERIKSAAN\n" in out
    assert "galat target_renstra: target “Persentase Layanan Tepat Waktu” tahun 2024 tertulis 92%" in out
    assert "lama “Lama Layanan”" not in out


def test_an_indicator_that_a_revision_drops_is_gone_because_of_the_revision(command: Command, tmp_path: Path) -> None:
    """And back because of it, too; and so is what a revision lists no longer."""
    revision = """
perjanjian_kinerja ubah "Perubahan" {
    tahun: 2024
    ditetapkan: 1 Juli 2024
    mengubah: pk_2024
    alasan: perubahan_strategi
    KEYS
}
"""
    row = "| nomor | sasaran | indikator | target |\n    | 1     | s1      | layanan   | 90     |"
    small(tmp_path / "a")
    for name, keys in (("b", "cakupan: sebagian\n    hapus: lama"), ("c", f"metode: cara\n    {row}")):
        small(tmp_path / name, ubah=revision.replace("KEYS", keys))
        out = command("diff", "a", name).out
        assert changes(out) == ["ditambah"]
        told = out[out.index("indikator lama") :].split("\n\n")[0]
        assert told.endswith("karena [1]")
    back = command("diff", "b", "a").out
    assert back[back.index("indikator lama") :].split("\n\n")[0].endswith("karena [1]")


def test_what_only_explains_moves_no_figure(command: Command, tmp_path: Path) -> None:
    """And the report says so."""
    small(tmp_path / "a")
    small(tmp_path / "b", pk=PK.replace("metode:", 'catatan: "Baru"\n    metode:'))
    outcome = command("diff", "a", "b")
    assert (outcome.code, changes(outcome.out)) == (1, ["catatan: - → Baru"])
    assert "Tidak ada satu angka pun yang bergerak." in outcome.out


def test_texts_in_files_of_their_own_are_compared(command: Command, tmp_path: Path) -> None:
    """By the paragraphs that one side alone has."""
    text = 'laporan l "L" {\n    tahun: 2024\n    uraian u { berkas: "latar.md" }\n}\n'
    for name, second in (("a", "Dua."), ("b", "Dua lagi.")):
        write(small(tmp_path / name), {"l.sakip": text, "uraian/latar.md": f"Satu.\n\n{second}\n"})
    assert "uraian/latar.md\n  [1] teks: Dua. → Dua lagi.\n" in command("diff", "a", "b").out


def test_the_four_kinds_of_nothing_stay_apart(command: Command, tmp_path: Path) -> None:
    """A value that is no longer there, one that does not apply, and zero are not one."""
    words = {
        "2024;tahunan;layanan;80;final": "80%",
        "2024;tahunan;layanan;0;final": "0%",
        "2024;tahunan;layanan;80;sementara": "80% (sementara)",
        "2024;tahunan;layanan;;tidak_ada": "tidak ada",
        "2024;tahunan;layanan;;tidak_berlaku": "tidak berlaku",
    }
    lines = list(words)
    for number, line in enumerate(lines):
        small(tmp_path / str(number), realisasi=f"tahun;periode;nama;nilai;status\n{line}\n")
    for one in range(len(lines)):
        other = (one + 1) % len(lines)
        told = f"  realisasi: {words[lines[one]]} → {words[lines[other]]}"
        assert told in command("diff", str(one), str(other)).out


def test_new_findings_and_those_that_are_gone_are_told(command: Command, tmp_path: Path) -> None:
    """By what they say, wherever they stand."""
    small(tmp_path / "a", indikator="\n\n" + SMALL["indikator.sakip"])
    small(tmp_path / "b", pk=PK.replace("| lama      | 10 ", "| lam       | 10 "))
    out = command("diff", "a", "b").out
    assert re.search(r"temuan baru\n  galat N101: ", out)
    assert "temuan yang hilang" not in out


def test_every_agency_of_a_province_is_compared(command: Command, tmp_path: Path) -> None:
    """Folders are paired by their path; a change of the library that they share shows its effect on each."""
    formula = "formula naik_lain {{\n masukan: rencana; realisasi\n rumus: realisasi / rencana × {}\n}}\n"
    for state, factor in (("a", "100%"), ("b", "50%")):
        write(tmp_path / state / "pusat", {"sakip.toml": 'pustaka = ["nasional"]', "f.sakip": formula.format(factor)})
        for agency in ("dinas_1", "dinas_2"):
            folder = small(tmp_path / state / agency, cara=SMALL["cara.sakip"].replace("capaian_naik", "naik_lain"))
            write(folder, {"sakip.toml": 'pustaka = ["../pusat", "nasional"]'})
    small(tmp_path / "b" / "dinas_3")
    write(tmp_path / "b" / "dinas_3", {"sakip.toml": ""})
    out = command("diff", "a", "b").out
    assert "4 dari 4 folder aturan berbeda." in out
    assert "  dinas_3: hanya ada di b" in out
    assert changes(out) == ["rumus: realisasi / rencana × 100% → realisasi / rencana × 50%"]
    assert out.count("  capaian: 88,89% → 44,44% (-44,45 poin persen)\n  kategori: Baik → Kurang\n  karena [1]\n") == 2


def test_figures_move_back_as_they_moved(command: Command, tmp_path: Path) -> None:
    """What one comparison tells as old is new in the other, and the same changes explain it."""
    small(tmp_path / "a")
    small(tmp_path / "b", pk=HIGHER.replace("| 2     | s1      | lama      | 10     | 10  | 10  |\n", ""),
          realisasi=SMALL["realisasi.csv"].replace("layanan;80", "layanan;81"))  # fmt: skip
    there, back = (
        json.loads(command("diff", *sides, "--format", "json").out)["instansi"][0] for sides in (("a", "b"), ("b", "a"))
    )

    def movements(
        agency: dict[str, list[dict[str, list[dict[str, object]]]]], old: str, new: str
    ) -> set[tuple[object, ...]]:
        moved = agency["dampak"][0]["bergerak"]
        return {
            (item["jenis"], item["nama"], item["angka"], item[old], item[new], str(item["sebab"])) for item in moved
        }

    assert there["dampak"][0]["tetap"] == back["dampak"][0]["tetap"]
    assert movements(there, "lama", "baru") == movements(back, "baru", "lama")
    assert ("indikator", "lama", "target", "10", None) in {item[:5] for item in movements(there, "lama", "baru")}


# Revisions.


def test_revisions_are_read_from_git_and_the_working_tree_is_left_alone(command: Command, tmp_path: Path) -> None:
    """Tags, branches and steps back; each side is shown by the name of its revision."""
    kept(tmp_path, {"pk.sakip": HIGHER})
    write(tmp_path, {"pk.sakip": "belum selesai"})
    for sides in (("v0", "v1"), ("HEAD~1", "utama"), ("git:HEAD^", "git:HEAD")):
        out = command("diff", *sides).out
        assert changes(out) == ["layanan, target: 90 → 92"]
    assert "v0:pk.sakip:7:37 → v1:pk.sakip:7:37" in command("diff", "v0", "v1").out
    assert (tmp_path / "pk.sakip").read_text(encoding="utf-8") == "belum selesai"


def test_a_revision_alone_is_compared_with_the_files_as_they_are(command: Command, tmp_path: Path) -> None:
    """What was not committed counts."""
    kept(tmp_path)
    assert command("diff", "HEAD").code == 0
    write(tmp_path, {"pk.sakip": HIGHER})
    assert changes(command("diff", "HEAD").out) == ["layanan, target: 90 → 92"]


def test_a_library_in_the_repository_is_that_of_the_revision(command: Command, tmp_path: Path) -> None:
    """Not that of today."""
    formula = "formula naik_lain {{\n masukan: rencana; realisasi\n rumus: realisasi / rencana × {}\n}}\n"
    write(tmp_path / "pusat", {"f.sakip": formula.format("100%")})
    folder = small(tmp_path / "dinas", cara=SMALL["cara.sakip"].replace("capaian_naik", "naik_lain"))
    write(folder, {"sakip.toml": 'pustaka = ["../pusat", "nasional"]'})
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "a")
    write(tmp_path / "pusat", {"f.sakip": formula.format("50%")})
    out = command("diff", "HEAD", "--folder", "dinas").out
    assert changes(out) == ["rumus: realisasi / rencana × 100% → realisasi / rencana × 50%"]
    assert "HEAD:pusat/f.sakip:3:9 → pusat/f.sakip:3:9" in out


def test_a_shallow_clone_lacks_what_came_before(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A137 says how to fetch it."""
    kept(tmp_path / "a", {"pk.sakip": HIGHER})
    git(tmp_path, "clone", "-q", "--depth", "1", (tmp_path / "a").as_uri(), "b")
    monkeypatch.chdir(tmp_path / "b")
    assert places(command("diff", "HEAD~1", "HEAD").err) == ["- A137"]


def test_a_folder_that_a_revision_does_not_have_is_a_finding(command: Command, tmp_path: Path) -> None:
    """A138 names both."""
    kept(tmp_path)
    small(tmp_path / "baru")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "baru")
    outcome = command("diff", "v0", "HEAD", "--folder", "baru")
    assert (outcome.code, places(outcome.err)) == (2, ["- A138"])


def test_without_git_there_are_no_revisions(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A134; everything else goes on."""
    kept(tmp_path)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert places(command("diff", "git:HEAD").err) == ["- A134"]
    assert command("diff", "2024-01-31", "2024-12-31").code == 0


# Sides that are not clear.


def test_a_name_of_two_things_is_asked_back(command: Command, tmp_path: Path) -> None:
    """A131 lists what it may be; a word before the name decides, and so does the other side."""
    kept(tmp_path)
    small(tmp_path / "v0", pk=HIGHER)
    outcome = command("diff", "v0", "v0")
    assert (outcome.code, places(outcome.err)) == (2, ["- A131"])
    assert "dapat berarti beberapa hal: folder, git" in outcome.err
    assert "`folder:v0`" in outcome.err
    assert command("diff", "git:v0", "v0").code == 0
    assert command("diff", "v0", ".").code == 1


MISUSED = [
    (("nihil", "HEAD"), "A132"),
    (("git:HEAD~9", "HEAD"), "A136"),
    (("HEAD~9", "HEAD"), "A136"),
    (("--", "-x", "HEAD"), "A132"),
    (("git:--output=x", "HEAD"), "A136"),
    (("2024-13-01", "2024-12-31"), "A132"),
    ((".", "2024-10-31"), "A133"),
    (("pk_2024", "HEAD"), "A133"),
    (("2024-10-31",), "A139"),
    (("a\nb", "HEAD"), "A132"),
    (("a", "b", "c"), "A105"),
    ((), "A105"),
    (("HEAD", "--folder", "nihil"), "A105"),
    (("HEAD", "--year", "2030"), "D201"),
]


@pytest.mark.parametrize(
    ("arguments", "code"), MISUSED, ids=lambda part: " ".join(part) if isinstance(part, tuple) else part
)
def test_misuse_is_one_finding(command: Command, tmp_path: Path, arguments: tuple[str, ...], code: str) -> None:
    """Exit code 2, in Indonesian, and nothing is compared."""
    kept(tmp_path)
    outcome = command("diff", *arguments)
    assert (outcome.code, outcome.out, places(outcome.err)) == (2, "", [f"- {code}"])
    assert foreign(outcome.err) == set()


def test_outside_a_repository_a_revision_is_a_finding(command: Command, tmp_path: Path) -> None:
    """A135 names the folder."""
    small(tmp_path)
    assert places(command("diff", "git:HEAD").err) == ["- A135"]


def test_documents_of_two_agencies_are_not_compared(command: Command, tmp_path: Path) -> None:
    """A140 names both."""
    for agency, name in (("dinas_1", "pk_2024"), ("dinas_2", "pk_lain")):
        folder = small(tmp_path / agency, pk=PK.replace("pk_2024", name))
        write(folder, {"sakip.toml": ""})
    outcome = command("diff", "pk_2024", "pk_lain")
    assert (outcome.code, places(outcome.err)) == (2, ["- A140"])


def test_a_misspelt_document_is_guessed_aloud(command: Command, tmp_path: Path) -> None:
    """As advice only."""
    small(tmp_path)
    assert "bila yang dimaksud dokumen `pk_2024`" in command("diff", "pk_2042", "pk_2024").err


# Forms.


def test_json_tells_exact_numbers_as_text(command: Command, tmp_path: Path) -> None:
    """With the numbers of the changes that explain each movement."""
    small(tmp_path / "a")
    small(tmp_path / "b", pk=HIGHER)
    record = json.loads(command("diff", "a", "b", "--format", "json").out)
    [agency] = record["instansi"]
    [change] = agency["perubahan"]
    moved = next(
        item for item in agency["dampak"][0]["bergerak"] if (item["nama"], item["angka"]) == ("layanan", "capaian")
    )
    assert (record["dari"], record["ke"], record["berbeda"]) == ("a", "b", True)
    assert (change["nomor"], change["tindakan"], change["baris"], change["kunci"]) == (1, "diubah", "layanan", "target")
    assert (change["lama"], change["baru"]) == ("90", "92")
    assert (moved["lama"], moved["baru"], moved["selisih"], moved["sebab"]) == ("88.89", "86.96", "-1.93", [1])


def test_markdown_has_headings_and_lists(command: Command, tmp_path: Path) -> None:
    """Its own signs in names are escaped."""
    small(tmp_path / "a")
    small(tmp_path / "b", pk=HIGHER)
    lines = command("diff", "a", "b", "--format", "markdown").out.splitlines()
    assert lines[0] == "# Beda aturan: a → b"
    assert "### perjanjian\\_kinerja pk\\_2024 “Perjanjian Kinerja 2024”" in lines
    assert "- \\[1\\] layanan, target: 90 → 92" in lines


def test_english_readers_read_english(command: Command, tmp_path: Path) -> None:
    """Names and words of the rules stay as they are."""
    small(tmp_path / "a")
    small(tmp_path / "b", pk=HIGHER)
    out = command("diff", "a", "b", "--lang", "en").out
    assert "rules changed: 1, figures moved: 4, not moved: 8" in out
    assert "because of [1]" in out


def test_a_quarter_is_compared_by_its_own_targets(command: Command, tmp_path: Path) -> None:
    """The target of the year moves nothing there."""
    small(tmp_path / "a")
    small(tmp_path / "b", pk=HIGHER.replace("| 10     | 10  | 10  |", "| 10     | 9   | 10  |"))
    out = command("diff", "a", "b", "--period", "tw1").out
    assert "indikator lama" in out
    assert "indikator layanan" not in out
