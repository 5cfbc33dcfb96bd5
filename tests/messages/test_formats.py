"""Findings as other tools read them: valid by their own rules, whatever stands in names, paths and messages."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Findings, Related, Repair, Severity, Waived
from sakip_rules.base.source import Source, Span
from sakip_rules.messages.catalog import LANGUAGES, catalog, visible
from sakip_rules.messages.formats import WRITERS

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
SOURCES = {"a b.sakip": Source("a b.sakip", 'variabel v "V" { satuan: orag }\nvariabel w "W" { satuan: orang }\n')}
UNIT = Diagnostic(
    codes.UNKNOWN_UNIT, Span("a b.sakip", 25, 29), {"unit": "orag"}, near="orang",
    repair=Repair(Span("a b.sakip", 25, 29), "orang"),
)  # fmt: skip
UNUSED = Diagnostic(codes.UNUSED_NAME, Span("a b.sakip", 41, 42), {"kind": "variabel", "name": "w"})
PLACELESS = Diagnostic(codes.NO_YEAR, None, {"folder": "f"})
TWICE = Diagnostic(
    codes.DEFINED_TWICE, Span("c.sakip", 3, 4), {"name": "v"}, (Related(Span("a b.sakip", 9, 10), "first_here"),)
)
WAIVED = Waived(UNUSED, Span("k.sakip", 0, 7), "w", "belum dipakai", "Sekretariat", datetime.date(2025, 12, 31))
ALL = Findings((UNIT, TWICE, PLACELESS), (WAIVED,))

HOSTILE = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    ["]]></failure>", "%0A::error::x", "a,b:c\r\n::warning::", "\x00\x1b[31m", "&lt;<>\"'", "../x y#?%", "\ufffe\x85"]
)
MADE = st.builds(
    lambda code, path, name, placed: Diagnostic(
        code, Span(path, 0, 1) if placed else None, {"name": name, "file": name, "near": name}, near=name
    ),
    st.sampled_from([codes.UNDEFINED_NAME, codes.UNUSED_NAME, codes.CANNOT_READ]), HOSTILE, HOSTILE, st.booleans(),
)  # fmt: skip
END = datetime.date(2025, 1, 1)
MANY = st.builds(
    lambda shown, waived, reason: Findings(
        tuple(shown), tuple(Waived(item, Span("k", 0, 1), "x", reason, reason, END) for item in waived)
    ),
    st.lists(MADE, max_size=4), st.lists(MADE, max_size=2), HOSTILE,
)  # fmt: skip


def written(form: str, findings: Findings, language: str = "id") -> str:
    return WRITERS[form](findings, SOURCES, catalog(language))


def lines(text: str) -> list[str]:
    """The lines of a text, each of which must have an end."""
    *found, end = re.split(r"\r\n|\r|\n", text)
    assert end == ""
    return found


# One line each.


def test_concise_is_one_line_for_each_finding() -> None:
    """Its place, severity, code and headline."""
    assert written("concise", ALL) == (
        "a b.sakip:1:26: galat[U101]: satuan `orag` tidak dikenal\n"
        "c.sakip: galat[N102]: nama `v` dipakai untuk dua blok\n"
        "galat[A102]: tahun yang diminta belum jelas\n"
    )


@settings(deadline=None)
@given(MANY)
def test_concise_and_github_never_have_more_lines_than_findings(findings: Findings) -> None:
    """Nothing in a name or path begins a line of its own."""
    for form in ("concise", "github"):
        assert len(lines(written(form, findings))) == len(findings.shown)


# GitHub.


def test_github_gets_a_workflow_command_for_each_finding() -> None:
    """With the file, lines and columns that it marks."""
    assert written("github", ALL).splitlines() == [
        "::error file=a b.sakip,line=1,endLine=1,col=26,endColumn=30,title=U101::satuan `orag` tidak dikenal"
        "%0Asaran: bila yang dimaksud `orang`, tulis `orang`",
        "::error file=c.sakip,title=N102::nama `v` dipakai untuk dua blok"
        "%0Asaran: ganti nama salah satunya, lalu sesuaikan rujukannya; bila isinya sama, hapus salah satu",
        "::error title=A102::tahun yang diminta belum jelas%0Asaran: sebutkan tahunnya, misalnya `2024`",
    ]


@settings(deadline=None)
@given(MANY)
def test_github_reads_back_what_was_written(findings: Findings) -> None:
    """Undone as GitHub undoes it, path and message are what they were, with pictures for control signs."""
    for line, item in zip(lines(written("github", findings)), findings.shown, strict=True):
        match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line, re.DOTALL)
        assert match
        assert (match[1] == "error") == (item.code.severity is Severity.ERROR)
        properties = dict(part.split("=", 1) for part in match[2].split(","))
        assert unquote(properties.get("file", "")) == visible(item.span.path if item.span else "")
        assert unquote(match[3]).startswith(catalog("id").headline(item))


# JUnit.


def test_junit_has_a_failure_for_each_finding_and_skips_waived_ones() -> None:
    """With the message as people read it."""
    root = Xml.fromstring(written("junit", ALL))
    assert root.attrib == {"tests": "4", "failures": "3", "skipped": "1"}
    assert [
        (case.get("classname"), case.get("name"), [part.tag for part in case]) for case in root.iter("testcase")
    ] == [
        ("a b.sakip", "U101 a b.sakip:1:26", ["failure"]),
        ("c.sakip", "N102 c.sakip", ["failure"]),
        ("sakip-rules", "A102", ["failure"]),
        ("a b.sakip", "N103 a b.sakip:2:10", ["skipped"]),
    ]
    failure, skipped = root.find(".//failure"), root.find(".//skipped")
    assert failure is not None
    assert skipped is not None
    assert "satuan: orag" in (failure.text or "")
    assert skipped.get("message") == "dikecualikan sampai 31 Desember 2025 oleh Sekretariat: belum dipakai"


def test_junit_without_findings_is_one_passed_test() -> None:
    """Since a report without any test is taken for one that did not run."""
    root = Xml.fromstring(written("junit", Findings(())))
    assert root.attrib == {"tests": "1", "failures": "0", "skipped": "0"}
    assert [len(case) for case in root.iter("testcase")] == [0]


@settings(deadline=None)
@given(MANY)
def test_junit_is_xml_whatever_stands_in_it(findings: Findings) -> None:
    """No name or path becomes an element, and none is lost but for what XML cannot hold."""
    root = Xml.fromstring(written("junit", findings))
    tags = [element.tag for element in root.iter()]
    assert tags.count("failure") == len(findings.shown)
    assert tags.count("skipped") == len(findings.waived)
    assert set(tags) <= {"testsuites", "testsuite", "testcase", "failure", "skipped"}


# SARIF.


def checked(text: str) -> dict[str, Any]:
    """A SARIF log without any fault by its schema; gives its run."""
    log = json.loads(text)
    assert [error.message for error in Draft4Validator(SCHEMA).iter_errors(log)] == []
    [run] = log["runs"]
    found: dict[str, Any] = run
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_sarif_holds_every_finding_with_its_rule(language: str) -> None:
    """Places, second places, repairs and waivers have the fields that SARIF has for them."""
    run = checked(written("sarif", ALL, language))
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["A102", "N102", "N103", "U101"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == ["U101", "N102", "A102", "N103"]
    unit, twice, placeless, waived = run["results"]
    region = {"startLine": 1, "startColumn": 26, "endLine": 1, "endColumn": 30}
    assert unit["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "a%20b.sakip"}, "region": region}}]
    assert unit["fixes"][0]["artifactChanges"][0]["replacements"] == [
        {"deletedRegion": region, "insertedContent": {"text": "orang"}}
    ]
    assert twice["relatedLocations"][0]["message"]["text"]
    assert "locations" not in placeless
    assert waived["suppressions"][0]["justification"].endswith("belum dipakai")


@pytest.mark.parametrize("language", LANGUAGES)
def test_sarif_can_hold_every_code(language: str) -> None:
    """Each is a rule that the schema accepts."""
    findings = Findings(tuple(Diagnostic(code, Span("a.sakip", 0, 0)) for code in codes.ALL))
    assert len(checked(written("sarif", findings, language))["results"]) == len(codes.ALL)


@settings(deadline=None, max_examples=25)
@given(MANY)
def test_sarif_is_valid_whatever_stands_in_it(findings: Findings) -> None:
    """Names, paths and reasons of any letters."""
    run = checked(written("sarif", findings))
    assert len(run["results"]) == len(findings.shown) + len(findings.waived)


def test_a_sarif_log_that_is_wrong_would_be_found() -> None:
    """The schema is really looked at."""
    log = json.loads(written("sarif", ALL))
    del log["runs"][0]["tool"]
    assert not Draft4Validator(SCHEMA).is_valid(log)
