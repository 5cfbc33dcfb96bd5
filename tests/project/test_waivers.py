"""Waivers: what they cover, what they never do, until when they hold, and what is wrong with them."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_rules import Diagnostic, Project, Span
from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Findings, in_order
from sakip_rules.base.source import Source
from sakip_rules.cache import Cache
from sakip_rules.model.build import compile_file
from sakip_rules.model.names import Layer, link
from sakip_rules.model.vocabulary import CORE
from sakip_rules.model.waivers import waive
from tests.running import Command, places, small, write

#: Two tables that print both achievements wrong; 88,89 and 80 would be right.
REPORT = """\
laporan lap_2024 "Laporan 2024" {
    tahun: 2024
    per: 31 Desember 2024

    tercetak utama {
        | indikator | capaian |
        | layanan   | 90%     |
        | lama      | 81%     |
    }

    tercetak ringkas {
        | indikator | capaian |
        | layanan   | 91%     |
    }
}
"""
LAYANAN_UTAMA, LAMA, LAYANAN_RINGKAS = (f"lap.sakip:{place} V101" for place in ("7:23", "8:23", "13:23"))


def waiver(rule: str = "V101", about: str = "layanan", until: str = "31 Desember 2025", more: str = "") -> str:
    return f"""\
kecuali cetakan "Salah cetak" {{
    aturan: {rule}
    pada: {about}
    {more}
    alasan: "Laporan sudah terbit"
    oleh: "Sekretariat"
    sampai: {until}
}}
"""


def folder(path: Path, rules: str = "") -> Path:
    small(path)
    return write(path, {"lap.sakip": REPORT, "kecuali.sakip": rules})


def shown(command: Command, *arguments: str) -> list[str]:
    return places(command("validate", *arguments).out)


# What a waiver covers.

COVERED: list[tuple[str, list[str]]] = [
    (waiver(), [LAMA]),
    (waiver("v101"), [LAMA]),
    (waiver(about="layanan; lama"), []),
    (waiver(more="dokumen: lap_2024"), [LAMA]),
    (waiver(more="dokumen: lap_2024.utama"), [LAMA, LAYANAN_RINGKAS]),
    (waiver(more="dokumen: ringkas"), [LAYANAN_UTAMA, LAMA]),
    (waiver(more="berkas: lap.sakip"), [LAMA]),
    (waiver(until="31 Desember 2024"), [LAMA]),
]


@pytest.mark.parametrize(("rules", "left"), COVERED)
def test_a_waiver_covers_what_it_names_and_nothing_else(
    command: Command, tmp_path: Path, rules: str, left: list[str]
) -> None:
    """One code about one thing, everywhere or in one document or file; what is left is shown."""
    folder(tmp_path, rules)
    assert shown(command) == left


def test_what_is_waived_is_counted_and_can_be_shown(command: Command, tmp_path: Path) -> None:
    """With who waived it, until when, and why."""
    folder(tmp_path, waiver(about="layanan; lama"))
    outcome = command("validate")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "Tidak ada temuan.\n3 temuan dikecualikan.\n")
    told = command("validate", "--waived").out
    assert places(told) == [LAYANAN_UTAMA, LAMA, LAYANAN_RINGKAS]
    assert (
        told.count("kecuali.sakip:1:9: dikecualikan sampai 31 Desember 2025 oleh Sekretariat: Laporan sudah terbit")
        == 3
    )


def test_programs_are_told_of_every_waiver(command: Command, tmp_path: Path) -> None:
    """A waived finding is among the others, with what its waiver says and rests on."""
    basis = 'peraturan surat "Surat Edaran 1" { }\n'
    folder(tmp_path, basis + waiver(about="lama", more="dasar: surat"))
    records = json.loads(command("validate", "--format", "json").out)
    assert [record.get("waived") for record in records] == [None, None, {
        "place": {"file": "kecuali.sakip", "line": 2, "column": 9, "end_line": 2, "end_column": 16},
        "subject": "lama", "reason": "Laporan sudah terbit", "owner": "Sekretariat", "until": "2025-12-31",
        "basis": ["Surat Edaran 1"],
    }]  # fmt: skip


# What is wrong with a waiver.

WRONG: list[tuple[str, str]] = [
    (waiver(until="30 Desember 2024"), "7:13 E101"),
    (waiver(about="nilai"), "3:11 E102"),
    (waiver(more="dokumen: pk_2024"), "3:11 E102"),
    (waiver(more="berkas: ap.sakip"), "3:11 E102"),
    (waiver("N101"), "2:13 E103"),
    (waiver("S102"), "2:13 E103"),
    (waiver("E102"), "2:13 E103"),
    (waiver("V1O1"), "2:13 E104"),
    (waiver("semua"), "2:13 E104"),
    (waiver(about="lap_2024"), "3:11 E105"),
    (waiver(about="utama"), "3:11 E105"),
    (waiver(about="*"), "3:11 E105"),
    (waiver("V106", about="semua"), "3:11 E105"),
    (waiver().replace('    alasan: "Laporan sudah terbit"\n', ""), "1:9 T105"),
    (waiver().replace('    oleh: "Sekretariat"\n', ""), "1:9 T105"),
    (waiver().replace("    sampai: 31 Desember 2025\n", ""), "1:9 T105"),
    (waiver().replace("    pada: layanan\n", ""), "1:9 T105"),
    (waiver().replace("    aturan: V101\n", ""), "1:9 T105"),
]


@pytest.mark.parametrize(("rules", "expected"), WRONG)
def test_a_waiver_that_should_not_be_is_a_finding_and_covers_nothing(
    command: Command, tmp_path: Path, rules: str, expected: str
) -> None:
    """Ended, unused, of what may not be waived, of no code, too broad, or without reason, owner, end or subject."""
    folder(tmp_path, rules)
    assert shown(command) == [f"kecuali.sakip:{expected}", LAYANAN_UTAMA, LAMA, LAYANAN_RINGKAS]


def test_advice_names_what_a_broad_waiver_could_name(command: Command, tmp_path: Path) -> None:
    """The things that the findings of its code are about."""
    folder(tmp_path, waiver(about="lap_2024"))
    assert "sebut satu per satu pada kunci `pada`: lama, layanan" in command("validate").out


def test_a_misspelt_code_comes_with_the_likely_one(command: Command, tmp_path: Path) -> None:
    """By what findings there are."""
    folder(tmp_path, waiver("V1O1"))
    assert "bila yang dimaksud `V101`" in command("validate").out


def test_one_of_two_subjects_that_is_unused_is_told(command: Command, tmp_path: Path) -> None:
    """The other one holds."""
    folder(tmp_path, waiver(about="layanan; nilai"))
    assert shown(command) == ["kecuali.sakip:3:11 E102", LAMA]


def test_a_part_of_the_findings_is_no_reason_to_call_a_waiver_unused(command: Command, tmp_path: Path) -> None:
    """What another year or another day would show may be what it is for."""
    folder(tmp_path, waiver(about="nilai"))
    assert "E102" not in command("validate", "--year", "2024").out
    assert "E102" not in command("validate", "--as-of", "31 Desember 2024").out


# Until when.


@pytest.mark.parametrize(
    ("arguments", "holds"),
    [
        ((), True),
        (("--today", "31 Desember 2025"), True),
        (("--today", "2026-01-01"), False),
        (("--as-of", "1 Januari 2026"), False),
        (("--as-of", "1 Januari 2026", "--today", "1 Januari 2025"), True),
    ],
)
def test_a_waiver_holds_on_the_day_that_is_asked_for(
    command: Command, tmp_path: Path, arguments: tuple[str, ...], holds: bool
) -> None:
    """That of --today, else of --as-of, else of the newest report: never that of the clock."""
    folder(tmp_path, waiver(about="layanan; lama"))
    assert (command("validate", *arguments).code == 0) == holds


def test_without_a_day_of_the_report_its_year_ends_it(tmp_path: Path) -> None:
    """A library, which has no year, has no day either."""
    found = Project(folder(tmp_path), Cache(None))
    assert found.waiver_day() == datetime.date(2024, 12, 31)
    small(tmp_path / "tanpa")
    assert Project(tmp_path / "tanpa", Cache(None)).waiver_day() == datetime.date(2024, 12, 31)
    write(tmp_path / "pustaka", {"a.sakip": 'variabel v "V" { satuan: orang }\n'})
    assert Project(tmp_path / "pustaka", Cache(None)).waiver_day() is None


def test_a_kept_result_is_that_of_its_day(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the cache holds of one day is not shown for another, and waived findings come out of it as they went in."""
    monkeypatch.delenv("SAKIP_RULES_NO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder(tmp_path / "f", waiver())
    runs = [command("validate", "f", "--waived", "--today", day).out for day in ("2025-01-01", "2026-01-01") * 2]
    assert (runs[0], runs[1]) == (runs[2], runs[3])
    assert runs[0] != runs[1]


def test_a_library_waives_nothing_for_those_who_use_it(command: Command, tmp_path: Path) -> None:
    """Whoever publishes answers for what is waived."""
    folder(tmp_path / "f")
    write(tmp_path / "f", {"sakip.toml": 'pustaka = ["nasional", "./umum"]\n'})
    write(tmp_path / "f" / "umum", {"a.sakip": waiver(), "sakip.toml": ""})
    assert [place for place in shown(command, "f") if "V101" in place] == [
        f"f/{place}" for place in (LAYANAN_UTAMA, LAMA, LAYANAN_RINGKAS)
    ]


def test_a_finding_in_data_is_named_by_what_it_is_about(command: Command, tmp_path: Path) -> None:
    """There is no block there; a second value for one figure is about that figure."""
    folder(tmp_path, waiver("R103", about="lama"))
    (tmp_path / "realisasi.csv").write_text("tahun;nama;nilai\n2024;layanan;80\n2024;lama;12\n2024;lama;13\n")
    assert "R103" not in command("validate").out


# Whatever is waived.

CODES = st.sampled_from(
    [
        codes.PRINTED_ACHIEVEMENT,
        codes.PRINTED_CATEGORY,
        codes.UNDEFINED_NAME,
        Code("uji-101", codes.UNUSED_NAME.severity),
    ]
)
TEXT = REPORT + waiver()
OFFSETS = st.integers(0, len(REPORT))
FINDINGS = st.lists(
    st.builds(
        lambda code, at, about: Diagnostic(code, Span("lap.sakip", at, at + 1), {"at": at}, subject=about),
        CODES, OFFSETS, st.sampled_from([None, None, "layanan", "lama"]),
    ),
    max_size=12,
)  # fmt: skip
WAIVERS = st.lists(
    st.builds(
        waiver,
        st.sampled_from(["V101", "V102", "N101", "uji-101", "E101", "X999"]),
        st.sampled_from(["layanan", "lama", "layanan; lama", "lap_2024", "utama", "*", "nilai"]),
        st.sampled_from(["1 Januari 2024", "31 Desember 2025"]),
        st.sampled_from(["", "dokumen: lap_2024", "dokumen: utama", "berkas: lap.sakip", "berkas: lain.sakip"]),
    ),
    max_size=4,
)


def waived_among(findings: list[Diagnostic], waivers: list[str]) -> Findings:
    texts = {"lap.sakip": REPORT, **{f"{number}.sakip": text for number, text in enumerate(waivers)}}
    layer = Layer(item for path, text in texts.items() for item in compile_file(Source(path, text), CORE).definitions)
    program, _ = link((layer,), CORE)
    return waive(findings, program, codes.ALL, datetime.date(2024, 12, 31), whole=True)


@settings(deadline=None)
@given(FINDINGS, WAIVERS)
def test_what_is_waived_and_what_is_shown_are_all(findings: list[Diagnostic], waivers: list[str]) -> None:
    """Nothing is lost and nothing is told twice; only findings about the waivers themselves are added."""

    every = in_order(findings)
    found = waived_among(findings, waivers)
    own = [item for item in found.shown if item.code.name[0] != "E"]
    assert in_order((*own, *(item.finding for item in found.waived))) == every
    assert len(own) + len(found.waived) == len(every)
    assert all(item.finding.code.name in ("V101", "V102", "uji-101") for item in found.waived)


@settings(deadline=None)
@given(FINDINGS, WAIVERS, WAIVERS)
def test_a_further_waiver_never_brings_a_finding_back(
    findings: list[Diagnostic], waivers: list[str], more: list[str]
) -> None:
    """Each covers what it covers, whatever others do."""
    before = [item.finding for item in waived_among(findings, waivers).waived]
    after = [item.finding for item in waived_among(findings, waivers + more).waived]
    assert all(item in after for item in before)
