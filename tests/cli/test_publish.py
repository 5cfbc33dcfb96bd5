"""The gate and its receipt: what is published, what is not, and what ``verify`` finds changed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sakip_rules.cli import publish, receipt
from tests.running import SMALL, Command, foreign, places, small, write

REPORT = """\
laporan lap_2024 "Laporan 2024" {
    tahun: 2024
    per: 31 Desember 2024

    tabel utama "Capaian" {
        baris: indikator
        | kolom     | judul     |
        | indikator | Indikator |
        | capaian   | Capaian   |
    }

    tercetak ringkas {
        | indikator | capaian |
        | layanan   | 91%     |
    }
}
"""
WAIVER = """\
kecuali cetakan "Salah cetak" {
    aturan: V101
    pada: layanan
    alasan: "Sudah terbit"
    oleh: "Sekretariat"
    sampai: 31 Desember 2025
}
"""
FILES = [
    "hasil-hitungan.csv", "hasil-hitungan.json", "hasil-hitungan.toml", "hasil-pemeriksaan.json", "lap_2024.json",
    "lap_2024.toml", "lap_2024.utama.csv", "tanda-terima.toml",
]  # fmt: skip


def folder(path: Path, **more: str) -> Path:
    small(path)
    return write(path, {"lap.sakip": REPORT, **{f"{name}.sakip": text for name, text in more.items()}})


def codes_in(text: str) -> list[str]:
    return re.findall(r"(?:galat|peringatan)\[(\w+)\]", text)


def files(path: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in path.iterdir()}


def receipt_of(path: Path) -> dict[str, Any]:
    return tomllib.loads((path / "tanda-terima.toml").read_text(encoding="utf-8"))


@pytest.fixture
def published(command: Command, tmp_path: Path) -> Path:
    """A bundle of the folder ``f``, in the folder ``b``."""
    folder(tmp_path / "f")
    assert command("publish", "f", "--output", "b").code == 0
    return tmp_path / "b"


# What is published.


def test_a_bundle_holds_results_tables_findings_and_a_receipt(published: Path) -> None:
    """The receipt records each of the others."""
    assert sorted(files(published)) == FILES
    assert [entry["berkas"] for entry in receipt_of(published)["keluaran"]] == FILES[:-1]
    assert [record["code"] for record in json.loads(files(published)["hasil-pemeriksaan.json"])] == ["V101"]


def test_the_receipt_records_everything_that_it_rests_on(published: Path) -> None:
    """Engine, plugins, rules, libraries and data, each with its hash, and what was asked for."""
    found = receipt_of(published)
    assert found["penerbitan"] == {
        "laporan": "lap_2024",
        "bahasa": "id",
        "bentuk_berkas": ["csv", "json", "toml"],
        "gagal_bila": "galat",
    }
    assert found["laporan"]["tahun"] == 2024
    inputs = {entry["berkas"]: entry["jenis"] for entry in found["masukan"]}
    assert {"pk.sakip": "aturan", "realisasi.csv": "data", "pustaka/nasional/sakip.toml": "pengaturan"}.items() <= (
        inputs.items()
    )
    assert "nasional" in [entry["nama"] for entry in found["pengaya"]]
    assert [(entry["kode"], entry["berkas"], entry["baris"]) for entry in found["temuan"]] == [
        ("V101", "lap.sakip", 14)
    ]


def test_what_is_switched_off_is_published(command: Command, tmp_path: Path) -> None:
    """With every other level that the settings give, in the receipt."""
    settings = '[periksa]\nejaan_sebutan = "mati"\nD101 = "galat"\n'
    write(folder(tmp_path / "f"), {"sakip.toml": settings})
    command("publish", "f", "--output", "b")
    assert receipt_of(tmp_path / "b")["pemeriksaan"] == {"D101": "galat", "ejaan_sebutan": "mati"}


def test_waivers_are_published(command: Command, tmp_path: Path) -> None:
    """With reason, owner and end, in the receipt and among the findings."""
    folder(tmp_path / "f", kecuali=WAIVER)
    command("publish", "f", "--output", "b")
    [waived] = receipt_of(tmp_path / "b")["pengecualian"]
    assert (waived["kode"], waived["pada"], waived["oleh"], waived["alasan"], waived["sampai"].isoformat()) == (
        "V101", "layanan", "Sekretariat", "Sudah terbit", "2025-12-31",
    )  # fmt: skip
    [record] = json.loads((tmp_path / "b" / "hasil-pemeriksaan.json").read_text(encoding="utf-8"))
    assert record["waived"]["owner"] == "Sekretariat"
    assert command("verify", "b", "f").code == 0


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_bundle_is_verified_in_its_own_language(command: Command, tmp_path: Path, language: str) -> None:
    """Whatever the language of whoever verifies it."""
    folder(tmp_path / "f")
    command("publish", "f", "--output", "b", "--lang", language)
    assert receipt_of(tmp_path / "b")["penerbitan"]["bahasa"] == language
    assert [command("verify", "b", "f", "--lang", each).code for each in ("id", "en")] == [0, 0]


def test_the_forms_asked_for_are_written(command: Command, tmp_path: Path) -> None:
    """And an unknown one is misuse."""
    folder(tmp_path / "f")
    assert command("publish", "f", "--output", "b", "--to", "md").code == 0
    assert sorted(files(tmp_path / "b")) == ["hasil-pemeriksaan.json", "lap_2024.md", "tanda-terima.toml"]
    assert command("publish", "f", "--output", "c", "--to", "xls").code == 2
    assert not (tmp_path / "c").exists()


# The gate.

ERROR = 'variabel v "V" { satuan: orag }\n'


@pytest.mark.parametrize(
    ("arguments", "more", "found"),
    [
        ((), {"lain": ERROR}, ["U101", "G101"]),
        (("--fail-level", "peringatan"), {}, ["V101", "G101"]),
        (("--fail-level", "peringatan", "--today", "1 Januari 2026"), {"kecuali": WAIVER}, ["E101", "V101", "G101"]),
        (("--report", "lap_2023"), {}, ["A101"]),
        (("--year", "2023"), {}, ["A110", "G101"]),
        (("--as-of", "1 Januari 2024"), {}, ["D202", "G101"]),
    ],
)
def test_nothing_is_published_while_findings_stand_against_it(
    command: Command, tmp_path: Path, arguments: tuple[str, ...], more: dict[str, str], found: list[str]
) -> None:
    """They are shown, and no folder is made."""
    folder(tmp_path / "f", **more)
    outcome = command("publish", "f", "--output", "b", *arguments)
    assert (outcome.code, sorted(codes_in(outcome.out))) == (1, sorted(found))
    assert foreign(outcome.text) == set()
    assert [path.name for path in tmp_path.iterdir()] == ["f"]


def test_findings_are_shown_by_the_paths_of_the_writer(command: Command, tmp_path: Path) -> None:
    """Not by those of the receipt."""
    folder(tmp_path / "f", lain=ERROR)
    assert places(command("publish", "f").out)[0] == "f/lain.sakip:1:26 U101"


def test_a_waived_warning_does_not_stand_against_it(command: Command, tmp_path: Path) -> None:
    """Where warnings count at all."""
    folder(tmp_path / "f", kecuali=WAIVER)
    assert command("publish", "f", "--output", "b", "--fail-level", "peringatan").code == 0


# In its place.


def test_the_same_bundle_is_not_written_again(command: Command, published: Path) -> None:
    """And another is only put in its place where that is asked for."""
    before = files(published)
    again = command("publish", "f", "--output", "b")
    assert (again.code, again.err) == (0, "Terbitan di b sudah sama; tidak ada yang ditulis.\n")
    other = command("publish", "f", "--output", "b", "--to", "csv")
    assert (other.code, codes_in(other.out), files(published)) == (1, ["G103"], before)
    assert command("publish", "f", "--output", "b", "--to", "csv", "--replace").code == 0
    assert len(files(published)) == 4
    assert sorted(path.name for path in published.parent.iterdir()) == ["b", "f"]


def test_a_folder_that_is_no_bundle_is_never_replaced(command: Command, published: Path) -> None:
    """Not even where that is asked for."""
    write(published.parent / "milik", {"surat.txt": "penting"})
    outcome = command("publish", "f", "--output", "milik", "--replace")
    assert (outcome.code, codes_in(outcome.out)) == (1, ["G103"])
    assert files(published.parent / "milik") == {"surat.txt": b"penting"}


@pytest.mark.parametrize("stage", ["write_bytes", "rename"])
def test_a_bundle_appears_whole_or_not_at_all(
    command: Command, published: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    """Where writing fails in the middle the old one is as it was."""
    before, real, calls = files(published), getattr(Path, stage), []

    def failing(self: Path, *arguments: Any) -> Any:
        calls.append(self)
        if len(calls) == 2:
            raise OSError
        return real(self, *arguments)

    monkeypatch.setattr(Path, stage, failing)
    outcome = command("publish", "f", "--output", "b", "--to", "csv", "--replace")
    monkeypatch.undo()
    assert (outcome.code, codes_in(outcome.out)) == (1, ["A108"])
    assert files(published) == before
    assert sorted(path.name for path in published.parent.iterdir()) == ["b", "f"]


# The same everywhere.


def test_another_machine_makes_the_same_bytes(published: Path, tmp_path: Path) -> None:
    """From another place, working folder, time, time zone, hash seed and home."""
    shutil.copytree(tmp_path / "f", tmp_path / "jauh" / "sekali" / "g")
    for path in (tmp_path / "jauh").rglob("*"):
        os.utime(path, (1, 1))
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Jayapura", "HOME": str(tmp_path / "rumah")}
    arguments = ["publish", ".", "--output", str(tmp_path / "c")]
    subprocess.run(
        [sys.executable, "-m", "sakip_rules", *arguments],
        cwd=tmp_path / "jauh" / "sekali" / "g", env=environment, check=True, capture_output=True,
    )  # fmt: skip
    assert files(tmp_path / "c") == files(published)


def test_no_path_of_the_machine_is_published(published: Path) -> None:
    """Neither that of the folder nor that of the program."""
    for name, content in files(published).items():
        for path in (published.parent, Path(receipt.__file__).parents[2], Path(sys.prefix)):
            assert path.as_posix().encode() not in content, name
        assert b"\r" not in content, name


def test_a_plugin_folder_is_recorded_without_its_path(command: Command, tmp_path: Path) -> None:
    """By name and hash; without it the bundle cannot be verified."""
    folder(tmp_path / "f")
    write(tmp_path / "p", {"tambahan.py": '"""Nothing."""\n'})
    command("publish", "f", "--output", "b", "--plugins-dir", "p")
    assert command("verify", "b", "f", "--plugins-dir", "p").code == 0
    assert "mesin atau pengaya `tambahan` tidak ada lagi" in command("verify", "b", "f").out
    (tmp_path / "p" / "tambahan.py").write_text('"""Something."""\n')
    assert codes_in(command("verify", "b", "f", "--plugins-dir", "p").out) == ["G107"]


# Verifying.


def test_what_was_published_is_verified(command: Command, published: Path) -> None:
    """Without any finding."""
    outcome = command("verify", "b", "f")
    assert (outcome.code, outcome.out) == (0, "")
    assert "sesuai" in outcome.err


CHANGES: list[tuple[Callable[[Path], object], list[str]]] = [
    (lambda root: (root / "b" / "lap_2024.json").unlink(), ["G105"]),
    (lambda root: (root / "b" / "baru.txt").write_text("x"), ["G105"]),
    (lambda root: (root / "b" / "lap_2024.json").write_text("x"), ["G105"]),
    (lambda root: (root / "b" / "tanda-terima.toml").unlink(), ["G104"]),
    (lambda root: (root / "b" / "sub").mkdir(), ["G105"]),
    (lambda root: (root / "f" / "cara.sakip").write_text(SMALL["cara.sakip"] + "# catatan\n"), ["G106"]),
    (lambda root: (root / "f" / "lain.sakip").write_text("# kosong\n"), ["G106"]),
    (lambda root: (root / "f" / "realisasi.csv").unlink(), ["G106", "G109"]),
    (lambda root: (root / "f" / "lain.sakip").write_text(ERROR), ["G106", "G109"]),
]


@pytest.mark.parametrize(("change", "found"), CHANGES, ids=range(len(CHANGES)))
def test_each_change_is_named(
    command: Command, published: Path, change: Callable[[Path], object], found: list[str]
) -> None:
    """Missing, extra and changed files of the bundle, and changed inputs."""
    change(published.parent)
    outcome = command("verify", "b", "f")
    assert outcome.code == 1
    assert list(dict.fromkeys(codes_in(outcome.out))) == found
    assert foreign(outcome.text) == set()


def test_changed_data_gives_other_results(command: Command, published: Path) -> None:
    """Both the input and what it changes are named."""
    data = published.parent / "f" / "realisasi.csv"
    data.write_text(data.read_text().replace("layanan;80", "layanan;81"))
    out = command("verify", "b", "f").out
    assert "masukan `realisasi.csv` berubah" in out
    assert "hasil hitungan ulang tidak sama: `hasil-hitungan.csv` berubah" in out


def test_another_engine_is_named(command: Command, published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where its results are the same."""
    monkeypatch.setattr(receipt, "__version__", "0.0.9")
    outcome = command("verify", "b", "f")
    assert (outcome.code, codes_in(outcome.out)) == (1, ["G107"])
    assert "mesin atau pengaya `sakip-rules` berubah" in outcome.out


def test_a_format_whose_plugin_is_gone_is_a_finding(command: Command, published: Path) -> None:
    """It cannot be made again."""
    resealed(published, lambda found: found["penerbitan"].update(bentuk_berkas=["xls"]))
    assert codes_in(command("verify", "b", "f").out) == ["G109"]


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_single_changed_bit_is_found(command: Command, published: Path, name: str, data: st.DataObject) -> None:
    """In any byte of any file."""
    whole = (published / name).read_bytes()
    at, bit = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 7))
    (published / name).write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])
    try:
        outcome = command("verify", "b", "f")
    finally:
        (published / name).write_bytes(whole)
    assert outcome.code == 1
    assert set(codes_in(outcome.out)) <= {"G104", "G105"}


# Receipts that others made.


def resealed(bundle: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """A receipt that was changed by someone who knows how to seal it."""
    found = receipt_of(bundle)
    del found["segel"]
    change(found)
    (bundle / "tanda-terima.toml").write_bytes(receipt.sealed(found))


HOSTILE: list[Callable[[dict[str, Any]], object]] = [
    lambda found: found["keluaran"][0].update(berkas="../f/pk.sakip"),
    lambda found: found["keluaran"][0].update(berkas="/etc/passwd"),
    lambda found: found["keluaran"][0].update(berkas="C:\\x"),
    lambda found: found["keluaran"][0].update(berkas="tanda-terima.toml"),
    lambda found: found["keluaran"][0].update(berkas=3),
    lambda found: found["keluaran"][0].update(ukuran=-1),
    lambda found: found["keluaran"][0].update(ukuran=True),
    lambda found: found["keluaran"][0].update(sha256="x"),
    lambda found: found["keluaran"][0].update(lain=1),
    lambda found: found["keluaran"].append(found["keluaran"][0]),
    lambda found: found["masukan"].append(found["masukan"][0]),
    lambda found: found["pengaya"].append({"nama": "x"}),
    lambda found: found.update(keluaran="x"),
    lambda found: found.update(temuan={}),
    lambda found: found.update(bentuk=2),
    lambda found: found.update(bentuk=True),
    lambda found: found.pop("laporan"),
    lambda found: found.pop("mesin"),
    lambda found: found["penerbitan"].update(bahasa="jv"),
    lambda found: found["penerbitan"].update(bahasa=["id"]),
    lambda found: found["penerbitan"].update(dokumen_sampai="kemarin"),
    lambda found: found["penerbitan"].pop("laporan"),
]


@pytest.mark.parametrize("change", HOSTILE, ids=range(len(HOSTILE)))
def test_a_receipt_without_its_form_is_one_finding(
    command: Command, published: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    """Its seal is right, and nothing that it names is opened."""
    resealed(published, change)
    outcome = command("verify", "b", "f")
    assert (outcome.code, codes_in(outcome.out)) == (1, ["G104"])


FORGED: list[tuple[Callable[[dict[str, Any]], object], list[str]]] = [
    (lambda found: found["temuan"].clear(), ["G108"]),
    (lambda found: found["penerbitan"].update(laporan="lain"), ["G109"]),
    (lambda found: found["penerbitan"].update(gagal_bila="entah"), ["G109"]),
    (lambda found: found["laporan"].update(tahun=2023), ["G108"]),
    (lambda found: found["masukan"].pop(), ["G106"]),
    (lambda found: found["masukan"][0].update(sha256="0" * 64), ["G106"]),
    (lambda found: found["keluaran"].pop(), ["G105", "G108"]),
    (lambda found: found.update(lain=1), ["G108"]),
]


@pytest.mark.parametrize(("change", "expected"), FORGED, ids=range(len(FORGED)))
def test_a_forged_receipt_is_found_by_calculating_again(
    command: Command, published: Path, change: Callable[[dict[str, Any]], object], expected: list[str]
) -> None:
    """Its form and seal are right."""
    resealed(published, change)
    outcome = command("verify", "b", "f")
    assert (outcome.code, codes_in(outcome.out)) == (1, expected)


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"[[[", b"x = 1\n" * 10, b"a" * (receipt.MAX_BYTES + 1)])
def test_what_is_no_receipt_is_one_finding(command: Command, published: Path, content: bytes) -> None:
    """Empty, of other bytes, too large, or another TOML file."""
    (published / "tanda-terima.toml").write_bytes(content)
    outcome = command("verify", "b", "f")
    assert (outcome.code, codes_in(outcome.out)) == (1, ["G104"])


def test_deeply_nested_lists_in_a_sealed_receipt_are_one_finding(command: Command, published: Path) -> None:
    """However deep."""
    body = b"x = " + b"[" * 50_000 + b"\n"
    seal = f'\n[segel]\nsha256 = "{receipt.sha256(body)}"\n'.encode()
    (published / "tanda-terima.toml").write_bytes(body + seal)
    assert codes_in(command("verify", "b", "f").out) == ["G104"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
@pytest.mark.parametrize("name", ["tanda-terima.toml", "lap_2024.json"])
def test_what_is_no_plain_file_is_never_opened(command: Command, published: Path, name: str) -> None:
    """Neither a pipe, which would never end, nor a link to a file elsewhere."""
    content = (published / name).read_bytes()
    for make in (os.mkfifo, lambda path: os.symlink(published.parent / "salinan", path)):
        (published.parent / "salinan").write_bytes(content)
        (published / name).unlink()
        make(published / name)
        outcome = command("verify", "b", "f")
        assert (outcome.code, codes_in(outcome.out)) == (1, ["G104" if name == "tanda-terima.toml" else "G105"])


PARTS = ["bentuk", "penerbitan", "mesin", "pengaya", "masukan", "keluaran", "pemeriksaan", "temuan", "laporan"]
ANYTHING = st.recursive(
    st.integers(-9, 9) | st.text(max_size=4) | st.booleans() | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["berkas", "nama", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(ANYTHING, st.sampled_from(PARTS))
def test_no_value_in_a_receipt_raises(value: object, part: str) -> None:
    """Each part may hold anything, and is looked at before it is used."""
    good: dict[str, Any] = {
        "bentuk": 1, "penerbitan": {"laporan": "l", "bahasa": "id", "bentuk_berkas": [], "gagal_bila": "galat"},
        "laporan": {}, "mesin": {"nama": "m", "versi": "1", "sha256": "0" * 64}, "pengaya": [], "masukan": [],
        "keluaran": [], "pemeriksaan": {}, "temuan": [], "pengecualian": [],
    }  # fmt: skip
    assert receipt._fault(good) is None
    assert receipt._fault(tomllib.loads(tomli_w.dumps({**good, part: value}))) in (part, None)


# Formats of plugins.


def test_two_formats_that_write_one_file_are_a_finding(command: Command, tmp_path: Path) -> None:
    """Neither is lost without a word."""
    folder(tmp_path / "f")
    plugin = """\
from sakip_rules import Exporter, hookimpl

@hookimpl
def sakip_exporters():
    return [Exporter("dua", ".csv", records=lambda found: b"x")]
"""
    write(tmp_path / "p", {"dua.py": plugin})
    outcome = command("publish", "f", "--output", "b", "--to", "csv,dua", "--plugins-dir", "p")
    assert (outcome.code, codes_in(outcome.out)) == (1, ["G102", "G101"])
    assert not (tmp_path / "b").exists()


def test_names_are_the_same_whatever_leads_to_the_folder(tmp_path: Path) -> None:
    """Through a link as well."""
    folder(tmp_path / "f")
    (tmp_path / "tautan").symlink_to(tmp_path / "f", target_is_directory=True)
    shown = [set(publish.named_inputs(tmp_path / name, None).sources) for name in ("f", "tautan")]
    assert shown[0] == shown[1]
