"""``periksa``: what a check may say, what is said of one that does not fit, and how the settings choose among them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sakip_rules import Project
from sakip_rules.base import codes
from sakip_rules.cache import Cache
from sakip_rules.model import claims
from sakip_rules.model.things import THINGS
from tests.consistency.folders import consistent, found
from tests.running import Command, write


def check(name: str = "uji", **keys: str) -> str:
    """A check, with other keys than the usual ones."""
    every = {"untuk": "program", "pastikan": "pagu > Rp 0", "tingkat": "galat", "pesan": '"pagu {judul}: {pagu}"'}
    lines = "".join(f"    {key}: {value}\n" for key, value in {**every, **keys}.items())
    return f'periksa {name} "Uji" {{\n{lines}}}\n'


def told(tmp_path: Path, text: str) -> list[tuple[str, str, str | None]]:
    """Each finding of the rules: its code, the text that it points to, and what was likely meant."""
    project = Project(write(tmp_path, {"a.sakip": text}), Cache(None))
    return [
        (item.code.name, text[item.span.start : item.span.end], item.near)
        for item in project.rule_findings
        if item.span is not None
    ]


@pytest.mark.parametrize(("keys", "expected"), [
    ({"pastikan": "pagu = jumlah(kegiatan.pagu)"}, []),
    ({"pastikan": "pago > Rp 0"}, [("T301", "pago", "pagu")]),
    ({"pesan": '"{judl}"'}, [("T301", "judl", "judul")]),
    ({"tunjuk": "pagi"}, [("T301", "pagi", "pagu")]),
    ({"pastikan": "pagu > 5%"}, [("U102", "pagu > 5%", None)]),
    ({"pastikan": "pagu = target"}, [("U102", "pagu = target", None)]),
    ({"pastikan": "judul > pagu"}, [("T302", "judul", None)]),
    ({"pastikan": "judul = pagu"}, [("T302", "pagu", None)]),
    ({"pastikan": "pagu"}, [("T302", "pagu", None)]),
    ({"pastikan": "dokumen.renstra.memuat(dokumen)"}, [("T302", "dokumen", None)]),
    ({"pastikan": "kegiatan.pagu = pagu"}, [("T303", "kegiatan.pagu", None)]),
    ({"pastikan": "banyak(pagu) > 0"}, [("T304", "pagu", None)]),
    ({"pastikan": "ada(dokumen bila pagu > Rp 0)"}, [("T304", "dokumen", None), ("T301", "pagu", None)][:1]),
    ({"untuk": "peraturan dalam anggaran", "pastikan": "ada(judul)", "pesan": '"{judul}"'},
     [("T305", "peraturan dalam anggaran", None)]),
    ({"untuk": "progam"}, [("T206", "progam", "program")]),
    ({"untuk": "program dalam angaran"}, [("T206", "angaran", "anggaran")]),
    ({"pastikan": "jmlah(kegiatan.pagu) = pagu"}, [("N107", "jmlah", "jumlah")]),
    ({"pastikan": "semua(kegiatan)"}, [("N108", "semua", None)]),
    ({"pesan": '"a } b"'}, [("S108", "}", None)]),
])  # fmt: skip
def test_what_does_not_fit_is_one_finding(
    tmp_path: Path, keys: dict[str, str], expected: list[tuple[str, str, str | None]]
) -> None:
    """At the part that does not fit, with the word that was likely meant."""
    assert told(tmp_path, check(**keys)) == expected


def test_a_name_that_could_be_another_code_is_refused(tmp_path: Path) -> None:
    """Codes of the package begin with a capital."""
    assert told(tmp_path, check("D101")) == [(codes.CHECK_NAME.name, "D101", None)]


def test_only_checks_choose_with_bila(tmp_path: Path) -> None:
    """A formula has no lists of things."""
    formula = "formula f {\n    masukan: a; b\n    rumus: jumlah(a bila b > 0)\n}\n"
    assert [code for code, _, _ in told(tmp_path, formula)] == ["S201"]


RULES = consistent(9)


@pytest.mark.parametrize(("keys", "expected"), [
    ({"pastikan": "pagu > Rp 300"}, ["uji anggaran.sakip p1", "uji anggaran.sakip p2", "uji anggaran.sakip p3"]),
    ({"pastikan": "banyak(kegiatan bila pagu > Rp 100) = 2"}, [f"uji anggaran.sakip p{n}" for n in (1, 2, 3)]),
    ({"pastikan": "banyak(kegiatan bila pagu > Rp 100) = 1"}, []),
    ({"pastikan": "jumlah(kegiatan.pagu bila pagu < ini.pagu - Rp 150) = Rp 100"}, []),
    ({"pastikan": "semua(kegiatan; pagu < ini.pagu)"}, []),
    ({"pastikan": "bukan ada(kegiatan bila judul = ini.judul)"}, []),
    ({"pastikan": "maks(kegiatan.pagu) = Rp 200 dan min(kegiatan.pagu) = 100"}, []),
    ({"bila": "nomor = judul", "pastikan": "pagu > Rp 300"}, []),
])  # fmt: skip
def test_claims_are_judged_for_every_thing(tmp_path: Path, keys: dict[str, str], expected: list[str]) -> None:
    """Lists, choices, quantifiers and the thing itself."""
    text = check(**{"untuk": "program dalam anggaran", **keys})
    assert found(tmp_path, {**RULES, "uji.sakip": text}) == expected


def test_a_missing_operand_is_not_analysed_and_listed(command: Command, tmp_path: Path) -> None:
    """Neither a finding nor silence; where one side decides alone, nothing is missing."""
    files = {**RULES, "uji.sakip": check(untuk="program dalam anggaran", pastikan="serapan ≤ pagu")}
    write(tmp_path / "d", files)
    short, long = command("validate", "d"), command("validate", "d", "--verbose")
    assert "Tidak dapat dianalisis pada 3 tempat karena ada isian yang belum tersedia: uji" in short.err
    assert "anggaran.sakip" not in short.err
    assert long.err.count(": uji tidak dapat dianalisis, `serapan` tidak ada") == 3
    decided = {**RULES, "uji.sakip": check(untuk="program dalam anggaran", pastikan="serapan ≤ pagu atau pagu > Rp 0")}
    project = Project(write(tmp_path / "e", decided), Cache(None))
    assert (project.consistency().findings, project.consistency().not_analysed) == ((), ())


def test_messages_are_in_both_languages(command: Command, tmp_path: Path) -> None:
    """With values filled in, a doubled brace as one, and the second place."""
    text = check(
        untuk="program dalam anggaran", bila='nomor = nomor', pastikan="pagu > Rp 300", tunjuk="pagu",
        pesan='"{{x}} {judul} {pagu}"', pesan_en='"budget {pagu} of {judul}"', bandingkan="kegiatan",
        saran='"perbaiki"', saran_en='"mend it"',
    )  # fmt: skip
    write(tmp_path / "d", {**RULES, "uji.sakip": text})
    indonesian, english = command("validate", "d").out, command("--lang", "en", "validate", "d").out
    assert "d/anggaran.sakip:5:41: galat[uji]: {x} Program 1 Rp 300\n" in indonesian
    assert "error[uji]: budget Rp 300 of Program 1\n" in english
    assert indonesian.count("pembandingnya ada di sini") == 6
    assert "saran: perbaiki" in indonesian
    assert "mend it" in english


@pytest.mark.parametrize(("level", "count", "said"), [
    ("mati", 0, "Pemeriksaan yang dimatikan dalam `sakip.toml`: uji."),
    ("peringatan", 3, "Pemeriksaan yang tingkatnya diubah dalam `sakip.toml`: uji (peringatan)."),
])  # fmt: skip
def test_the_settings_switch_off_and_change_levels(
    command: Command, tmp_path: Path, level: str, count: int, said: str
) -> None:
    """What is off or changed is told in the summary."""
    text = check(untuk="program dalam anggaran", pastikan="pagu > Rp 300")
    write(tmp_path / "d", {**RULES, "uji.sakip": text, "sakip.toml": f'[periksa]\nuji = "{level}"\n'})
    outcome = command("validate", "d")
    assert outcome.out.count(f"{level}[uji]") == count
    assert said in outcome.err


def test_an_unknown_check_in_the_settings_is_a_finding(command: Command, tmp_path: Path) -> None:
    """With the name that was likely meant; a level that is none, too."""
    write(tmp_path / "d", {**RULES, "sakip.toml": '[periksa]\npagu_progam = "mati"\njumlah_bobot = "salah"\n'})
    outcome = command("validate", "d").out
    assert f"d/sakip.toml:2:1: galat[{codes.UNKNOWN_CHECK.name}]" in outcome
    assert "`pagu_program`" in outcome
    assert "d/sakip.toml:3:1: galat[B108]" in outcome


UNUSED = 'variabel b "B" { satuan: orang }\n'


@pytest.mark.parametrize(("level", "found", "said"), [
    ("mati", [], "Pemeriksaan yang dimatikan dalam `sakip.toml`: N103."),
    ("galat", ["galat"], "Pemeriksaan yang tingkatnya diubah dalam `sakip.toml`: N103 (galat)."),
])  # fmt: skip
def test_the_settings_set_the_level_of_a_code(
    command: Command, tmp_path: Path, level: str, found: list[str], said: str
) -> None:
    """One whose findings are warnings."""
    write(tmp_path / "d", {**RULES, "uji.sakip": UNUSED, "sakip.toml": f'[periksa]\nN103 = "{level}"\n'})
    outcome = command("validate", "d")
    assert re.findall(r"(\w+)\[N103\]", outcome.out) == found
    assert said in outcome.err


def test_the_settings_set_no_level_of_an_error(command: Command, tmp_path: Path) -> None:
    """The setting is a finding, and the error stays."""
    text = 'indikator i "I" { satuan: oranng }\n'
    write(tmp_path / "d", {**RULES, "uji.sakip": text, "sakip.toml": '[periksa]\nU101 = "mati"\n'})
    outcome = command("validate", "d").out
    assert f"d/sakip.toml:2:1: galat[{codes.LEVEL_OF_ERROR.name}]" in outcome
    assert "galat[U101]" in outcome


def test_a_waiver_of_what_is_switched_off_is_unused(command: Command, tmp_path: Path) -> None:
    """And so is said; the level of that finding can be set as well."""
    waiver = (
        'kecuali k {\n    aturan: N103\n    pada: b\n    alasan: "x"\n    oleh: "y"\n    sampai: 31 Desember 2025\n}\n'
    )
    settings = '[periksa]\nN103 = "mati"\nE102 = "galat"\n'
    write(tmp_path / "d", {**RULES, "uji.sakip": UNUSED + waiver, "sakip.toml": settings})
    assert "galat[E102]" in command("validate", "d").out


def test_a_folder_may_have_its_own_check_of_a_name(tmp_path: Path) -> None:
    """It stands in the place of the national one."""
    text = check("pagu_program", untuk="program dalam anggaran", pastikan="pagu > Rp 300", pesan='"x"')
    assert found(tmp_path, {**RULES, "uji.sakip": text}) == [f"pagu_program anggaran.sakip p{n}" for n in (1, 2, 3)]


def test_a_check_that_looks_at_too_much_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One finding at the check."""
    monkeypatch.setattr("sakip_rules.engine.claims.MAX_STEPS", 10)
    monkeypatch.setattr("sakip_rules.engine.consistency.MAX_STEPS", 10)
    project = Project(write(tmp_path, {**RULES, "uji.sakip": check()}), Cache(None))
    stopped = {item.code.name for item in project.consistency().findings}
    assert codes.CHECK_TOO_COSTLY.name in stopped
    assert claims.MAX_STEPS > 1_000_000


def test_an_example_that_does_not_come_out_is_a_finding(command: Command, tmp_path: Path) -> None:
    """So is a value that the check does not use."""
    given = (("pagu", "melanggar"), ("uang", "sesuai"))
    examples = "".join(f"    contoh {{\n        {name}: 1\n        hasil: {said}\n    }}\n" for name, said in given)
    write(tmp_path / "d", {"a.sakip": check().removesuffix("}\n") + examples + "}\n"})
    outcome = command("test", "d")
    assert outcome.code == 1
    assert "[C101]" in outcome.out
    assert "`uang`" in outcome.out


def test_attributes_name_things_that_exist() -> None:
    """The table leads nowhere but to itself."""
    for thing in THINGS.values():
        for attribute in thing.attributes.values():
            assert attribute.thing is None or attribute.thing in THINGS
            assert all(taken in THINGS or taken == "tahun" for taken in attribute.takes)
