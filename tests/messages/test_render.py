"""Findings as people and programs read them: the place, the line, the caret, what else explains it, what to do."""

from __future__ import annotations

import json

import pytest

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Related, Repair, Severity
from sakip_rules.base.source import Source, Span
from sakip_rules.messages.catalog import LANGUAGES, catalog
from sakip_rules.messages.render import COLOURS, as_json, as_text, place

TEXT = 'variabel v "V" { satuan: orag }\nvariabel v "W" { satuan: orang }\n'
SOURCES = {"a.sakip": Source("a.sakip", TEXT)}
UNIT = Diagnostic(
    codes.UNKNOWN_UNIT, Span("a.sakip", 25, 29), {"unit": "orag"},
    near="orang", repair=Repair(Span("a.sakip", 25, 29), "orang"),
)  # fmt: skip
TWICE = Diagnostic(
    codes.DEFINED_TWICE, Span("a.sakip", 41, 42), {"name": "v"}, (Related(Span("a.sakip", 9, 10), "first_here"),)
)
PLACELESS = Diagnostic(codes.NO_YEAR, None)


def shown(*findings: Diagnostic, language: str = "id", sources: dict[str, Source] | None = None) -> str:
    return as_text(findings, SOURCES if sources is None else sources, catalog(language))


def test_a_finding_is_shown_with_its_line_and_what_to_do() -> None:
    """Line and column count from 1."""
    assert shown(UNIT) == (
        "a.sakip:1:26: galat[U101]: satuan `orag` tidak dikenal\n"
        '     1 │ variabel v "V" { satuan: orag }\n'
        "       │                          ^^^^\n"
        "  saran: bila yang dimaksud `orang`, tulis `orang`\n"
    )


def test_a_second_place_is_shown_between_the_line_and_the_advice() -> None:
    """In English as in Indonesian."""
    assert shown(TWICE, language="en") == (
        "a.sakip:2:10: error[N102]: the name `v` is given to two blocks\n"
        '     2 │ variabel v "W" { satuan: orang }\n'
        "       │          ^\n"
        "  a.sakip:1:10: first written here\n"
        "  help: rename one of them and adapt what refers to it; if both say the same, remove one\n"
    )


def test_findings_are_parted_by_an_empty_line() -> None:
    """None, before the first or behind the last."""
    assert shown(UNIT, TWICE) == f"{shown(UNIT)}\n{shown(TWICE)}"
    assert shown() == ""


def test_a_finding_without_a_place_has_neither_line_nor_caret() -> None:
    """What is wrong comes first."""
    assert shown(PLACELESS).splitlines()[0] == "galat[A102]: tahun yang diminta belum jelas"
    assert len(shown(PLACELESS).splitlines()) == 2


def test_a_file_that_cannot_be_shown_is_named() -> None:
    """Its text is not known, so that no line of it is."""
    assert shown(UNIT, sources={}).splitlines()[0] == "a.sakip: galat[U101]: satuan `orag` tidak dikenal"
    assert len(shown(UNIT, sources={}).splitlines()) == 2


#: A line, the text in it that is pointed at, and what is shown of both.
FRAMES: list[tuple[str, str, str, str]] = [
    ("a b", "b", "a b", "  ^"),
    ("\ta b", "b", " a b", "   ^"),
    ("× é b", "b", "× é b", "    ^"),
    ("e\u0301 b", "b", "e\u0301 b", "  ^"),
    ("日本 b", "b", "日本 b", "     ^"),
    ("日本 b", "本", "日本 b", "  ^^"),
    ("x" * 300, "x" * 300, "x" * 110 + "…", "^" * 110),
    ("x" * 300 + "b", "b", "…" + "x" * 55 + "b", " " * 56 + "^"),
    ("b" + "x" * 300, "b", "b" + "x" * 109 + "…", "^"),
    ("x" * 150 + "b" + "y" * 150, "b", "…" + "x" * 55 + "b" + "y" * 54 + "…", " " * 56 + "^"),
]


@pytest.mark.parametrize(("line", "pointed", "seen", "caret"), FRAMES, ids=[str(at) for at in range(len(FRAMES))])
def test_the_caret_stands_under_what_is_meant(line: str, pointed: str, seen: str, caret: str) -> None:
    """Behind tabs, combining marks and wide letters, and in a line that is cut."""
    start = line.index(pointed)
    item = Diagnostic(codes.UNKNOWN_UNIT, Span("a", start, start + len(pointed)), {"unit": "b"})
    frame = shown(item, sources={"a": Source("a", line)}).splitlines()[1:3]
    assert frame == [f"     1 │ {seen}", f"       │ {caret}"]


@pytest.mark.parametrize(("start", "end", "caret"), [(3, 3, "   ^"), (1, 9, " ^^"), (7, 9, "   ^"), (3, 4, "   ^")])
def test_a_place_at_or_over_the_end_of_its_line_has_a_caret(start: int, end: int, caret: str) -> None:
    """What goes on over several lines is pointed at on the first."""
    item = Diagnostic(codes.UNEXPECTED_END, Span("a", start, end))
    lines = shown(item, sources={"a": Source("a", "abc\ndef")}).splitlines()
    assert lines[2] == f"       │ {caret}"


@pytest.mark.parametrize("severity", [Severity.ERROR, Severity.WARNING])
def test_only_the_kind_of_a_finding_is_coloured(severity: Severity) -> None:
    """Without the colours, the text is the same."""
    item = UNIT if severity is Severity.ERROR else Diagnostic(codes.UNUSED_NAME, Span("a.sakip", 9, 10))
    coloured = as_text([item], SOURCES, catalog("id"), COLOURS)
    before, after = COLOURS[severity]
    assert f"{before}{severity.value}[{item.code.name}]{after}: " in coloured
    assert coloured.replace(before, "").replace(after, "") == shown(item)


@pytest.mark.parametrize(
    ("span", "expected"),
    [(None, ""), (Span("b.sakip", 0, 1), "b.sakip"), (Span("a.sakip", 41, 42), "a.sakip:2:10")],
)
def test_a_place_is_as_exact_as_is_known(span: Span | None, expected: str) -> None:
    """Nothing, the file, or the line and column in it."""
    assert place(span, SOURCES) == expected


def test_programs_read_the_same_as_people() -> None:
    """Every fact of a finding has a field of its own."""
    assert json.loads(as_json([UNIT, TWICE, PLACELESS], SOURCES, catalog("id"))) == [
        {
            "code": "U101", "severity": "error", "message": "satuan `orag` tidak dikenal",
            "advice": "bila yang dimaksud `orang`, tulis `orang`", "near": "orang",
            "place": {"file": "a.sakip", "line": 1, "column": 26, "end_line": 1, "end_column": 30},
            "related": [],
            "repair": {
                "place": {"file": "a.sakip", "line": 1, "column": 26, "end_line": 1, "end_column": 30}, "text": "orang",
            },
        },
        {
            "code": "N102", "severity": "error", "message": "nama `v` dipakai untuk dua blok",
            "advice": "ganti nama salah satunya, lalu sesuaikan rujukannya; bila isinya sama, hapus salah satu",
            "near": None,
            "place": {"file": "a.sakip", "line": 2, "column": 10, "end_line": 2, "end_column": 11},
            "related": [{
                "place": {"file": "a.sakip", "line": 1, "column": 10, "end_line": 1, "end_column": 11},
                "message": "pertama kali ditulis di sini",
            }],
        },
        {
            "code": "A102", "severity": "error", "message": "tahun yang diminta belum jelas",
            "advice": "sebutkan tahunnya, misalnya `2024`", "near": None, "place": None, "related": [],
        },
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_and_fields_are_the_same_in_both_languages(language: str) -> None:
    """Only the sentences differ."""
    [record] = json.loads(as_json([UNIT], {}, catalog(language)))
    assert (record["code"], record["severity"], record["place"]) == ("U101", "error", {"file": "a.sakip"})
