"""``validate`` as a product: forms, when it fails, repairs, and watching."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip_rules.base.diagnostics import Repair, Severity
from sakip_rules.base.source import Span
from sakip_rules.cli import validation
from sakip_rules.cli.commands import checking, options
from sakip_rules.cli.fixing import mended
from sakip_rules.inputs import Inputs, read_inputs
from sakip_rules.messages.formats import WRITERS
from tests.running import SMALL, Command, places, small, write

ERROR = 'variabel v "V" { satuan: orag }\n'
UNUSED = 'variabel v "V" { satuan: orang }\n'
#: Two slips with a certain repair each, and one whose repair is a guess.
SLIPS = """\
variabel a "A" { satuan: orang }
variabel b "B" { satuan: orang }
indikator i "I" {
    satuan: persen
    rumus: a / b × 100
}
formula f { masukan: n; m
 rumus: maks(n, m)
}
variabel c "C" { satuan: orng }
"""
MENDED = SLIPS.replace("× 100\n", "× 100%\n").replace("n, m", "n; m")


# Forms and exit codes.


def test_the_forms_offered_are_those_that_are_written() -> None:
    """The commands name them without loading what writes them."""
    assert validation.FORMS == checking._FINDINGS
    assert tuple(validation.LEVELS) == options.LEVELS


def test_full_is_the_text_that_people_read(command: Command, tmp_path: Path) -> None:
    """Both words ask for the same."""
    small(tmp_path, cara=ERROR)
    assert command("validate", "--format", "full") == command("validate")


@pytest.mark.parametrize("form", WRITERS)
def test_a_form_for_tools_holds_the_findings_and_nothing_beside_them(
    command: Command, tmp_path: Path, form: str
) -> None:
    """No summary stands among them."""
    small(tmp_path, cara=ERROR)
    outcome = command("validate", "--format", form)
    assert (outcome.code, outcome.err) == (1, "")
    assert "U101" in outcome.out
    assert "\n\n\n" not in outcome.out


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        (ERROR, "galat", 1),
        (ERROR, "peringatan", 1),
        (ERROR, "catatan", 1),
        (ERROR, "tidak_pernah", 0),
        (UNUSED, "galat", 0),
        (UNUSED, "peringatan", 1),
        (UNUSED, "catatan", 1),
        (UNUSED, "tidak_pernah", 0),
        ("", "catatan", 0),
    ],
)
def test_the_least_severity_decides_whether_it_fails(
    command: Command, tmp_path: Path, text: str, level: str, code: int
) -> None:
    """The findings are shown all the same."""
    small(tmp_path)
    write(tmp_path, {"lain.sakip": text})
    outcome = command("validate", "--fail-level", level)
    assert outcome.code == code
    assert bool(outcome.out) == bool(text)


def test_every_severity_counts_by_default(command: Command, tmp_path: Path) -> None:
    """As it always did."""
    assert validation.LEVELS["catatan"] == set(Severity)
    small(tmp_path)
    write(tmp_path, {"lain.sakip": UNUSED})
    assert command("validate").code == 1


# Repairs.


def test_certain_repairs_are_made_and_guesses_are_left(command: Command, tmp_path: Path) -> None:
    """What is left is shown, and every other byte stays as it was."""
    write(tmp_path, {"a.sakip": SLIPS})
    outcome = command("validate", "--fix")
    assert (tmp_path / "a.sakip").read_text(encoding="utf-8") == MENDED
    assert places(outcome.out) == ["a.sakip:10:26 U101"]
    assert outcome.err.endswith("1 berkas diperbaiki.\n")
    assert outcome.code == 1


def test_a_second_run_changes_nothing(command: Command, tmp_path: Path) -> None:
    """All that can be mended is mended at once."""
    write(tmp_path, {"a.sakip": SLIPS})
    command("validate", "--fix")
    assert command("validate", "--fix").err.endswith("0 berkas diperbaiki.\n")


def test_a_difference_is_shown_and_nothing_is_written(command: Command, tmp_path: Path) -> None:
    """As a patch, with or without --fix."""
    write(tmp_path, {"a.sakip": SLIPS})
    shown = command("validate", "--fix", "--diff")
    assert shown == command("validate", "--diff")
    assert "-    rumus: a / b × 100\n+    rumus: a / b × 100%\n" in shown.out
    assert "- rumus: maks(n, m)\n+ rumus: maks(n; m)\n" in shown.out
    assert (tmp_path / "a.sakip").read_text(encoding="utf-8") == SLIPS
    assert shown.code == 1
    assert shown.err.endswith("1 berkas dapat diperbaiki.\n")


@pytest.mark.parametrize(("mark", "end"), [(b"", b"\n"), (b"\xef\xbb\xbf", b"\r\n"), (b"", b"\r\n")])
def test_line_ends_and_byte_order_marks_stay(command: Command, tmp_path: Path, mark: bytes, end: bytes) -> None:
    """A repair replaces the letters that it is for, and no others."""
    write(tmp_path, {"a.sakip": mark + SLIPS.encode().replace(b"\n", end)})
    command("validate", "--fix")
    assert (tmp_path / "a.sakip").read_bytes() == mark + MENDED.encode().replace(b"\n", end)


def test_a_file_that_would_get_a_new_error_stays(command: Command, tmp_path: Path) -> None:
    """Once the formula can be read, it names something that is not there."""
    text = "formula f {\n    masukan: n\n    rumus: maks(n, tidak_ada_itu)\n}\n"
    write(tmp_path, {"a.sakip": text})
    outcome = command("validate", "--fix")
    assert (tmp_path / "a.sakip").read_text(encoding="utf-8") == text
    assert places(outcome.out) == ["a.sakip:3:18 S203", "a.sakip:1:1 A111"]


def test_a_repair_beside_one_that_fails_is_made(command: Command, tmp_path: Path) -> None:
    """Each is tried by itself where all together bring an error."""
    text = "formula f {\n    masukan: n\n    rumus: maks(n, tidak_ada_itu)\n}\n"
    good = "formula g {\n    masukan: n; m\n    rumus: maks(n, m)\n}\n"
    write(tmp_path, {"a.sakip": text + good})
    assert places(command("validate", "--fix").out) == ["a.sakip:3:18 S203", "a.sakip:1:1 A111"]
    assert (tmp_path / "a.sakip").read_text(encoding="utf-8") == text + good.replace(",", ";")


def test_libraries_are_left_alone(command: Command, tmp_path: Path) -> None:
    """They are others' to mend."""
    write(tmp_path, {"a.sakip": UNUSED, "sakip.toml": 'pustaka = ["./umum"]\n'})
    write(tmp_path / "umum", {"a.sakip": SLIPS, "sakip.toml": ""})
    command("validate", "--fix")
    assert (tmp_path / "umum" / "a.sakip").read_text(encoding="utf-8") == SLIPS


@given(st.data())
def test_a_text_is_mended_exactly(data: st.DataObject) -> None:
    """What stands outside the repairs is as it was, and none of two that overlap is cut in two."""
    text = data.draw(st.text("ab\n", max_size=20))
    span = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    repairs = [Repair(Span("a", *ends), "X") for ends in data.draw(st.lists(span, max_size=4))]
    kept: list[Repair] = []
    for repair in sorted(repairs, key=lambda each: (each.span.start, each.span.end)):
        if not kept or repair.span.start > kept[-1].span.end:
            kept.append(repair)
    expected = text
    for repair in reversed(kept):
        expected = expected[: repair.span.start] + repair.text + expected[repair.span.end :]
    crlf = text.replace("\n", "\r\n").encode()
    assert mended(text.encode(), repairs) == expected.encode()
    assert mended(crlf, repairs) == expected.replace("\n", "\r\n").encode()


# Watching.


def test_watching_shows_findings_when_something_changed(tmp_path: Path) -> None:
    """Rules, data and settings alike; without a change nothing is shown again."""
    small(tmp_path)
    seen: list[int] = []

    def ticks() -> Iterator[None]:
        yield
        yield
        write(tmp_path, {"lain.sakip": UNUSED})
        yield
        yield
        write(tmp_path, {"realisasi.csv": "tahun;nama;nilai\n2024;lama;11\n"})
        yield
        (tmp_path / "lain.sakip").unlink()
        yield

    validation.watch(lambda: read_inputs(tmp_path), lambda inputs: seen.append(len(inputs.sources)), ticks())
    count = seen[0]
    assert seen == [count, count + 1, count + 1, count]


def test_ctrl_c_ends_watching_without_a_failure(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the findings have been shown."""

    def stopped() -> Iterator[None]:
        yield
        raise KeyboardInterrupt

    monkeypatch.setattr(validation, "_seconds", stopped)
    small(tmp_path, cara=ERROR)
    outcome = command("validate", "--watch")
    assert outcome.code == 0
    assert "cara.sakip:1:26 U101" in places(outcome.out)
    assert outcome.err.endswith("Menunggu perubahan berkas; tekan Ctrl-C untuk berhenti.\nBerhenti.\n")
    assert "\x1b" not in outcome.out


def test_a_folder_that_goes_away_is_a_finding(tmp_path: Path) -> None:
    """Watching goes on, and shows when it is there again."""
    small(tmp_path / "f")
    found: list[list[str]] = []

    def show(inputs: Inputs) -> None:
        found.append([item.code.name for item in inputs.diagnostics])

    def ticks() -> Iterator[None]:
        yield
        (tmp_path / "f").rename(tmp_path / "g")
        yield
        (tmp_path / "g").rename(tmp_path / "f")
        yield

    validation.watch(lambda: read_inputs(tmp_path / "f"), show, ticks())
    assert found == [[], ["B101"], []]


def test_waived_findings_are_no_failure_in_any_form(command: Command, tmp_path: Path) -> None:
    """In JSON, SARIF and JUnit they are told as waived."""
    small(tmp_path)
    rule = 'kecuali k {\n aturan: N103\n pada: v\n alasan: "a"\n oleh: "o"\n sampai: 31 Desember 2025\n}\n'
    write(tmp_path, {"lain.sakip": UNUSED + rule})
    for form in (*validation.TEXTS, *WRITERS):
        assert command("validate", "--format", form).code == 0, form
    assert json.loads(command("validate", "--format", "json").out)[0]["waived"]["owner"] == "o"


@pytest.mark.parametrize(
    ("pk", "advice"),
    [
        (SMALL["pk.sakip"], "atau pilih tahun yang sudah ada: 2024"),
        ("", "tulis blok `perjanjian_kinerja` dengan `tahun: 2042`\n"),
    ],
    ids=["another year", "no year"],
)
def test_a_report_of_a_year_without_an_agreement_is_pointed_at(
    command: Command, tmp_path: Path, pk: str, advice: str
) -> None:
    """At its year; years that have one are named where there are any."""
    small(tmp_path / "dinas", pk=pk, laporan='laporan lap "Laporan" {\n    tahun: 2042\n}\n')
    told = command("validate", "dinas").out
    assert "dinas/laporan.sakip:2:12 D201" in places(told)
    assert advice in told
    assert "sudah ada: \n" not in told
