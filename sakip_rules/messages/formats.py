"""Findings for other tools: one line each, annotations of GitHub, test reports of JUnit; SARIF is in ``sarif``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from sakip_rules.base.diagnostics import Diagnostic, Findings, Severity
from sakip_rules.base.source import Source
from sakip_rules.messages import render
from sakip_rules.messages.catalog import Catalog, visible

Sources = Mapping[str, Source]
#: Writes all findings of a run.
Writer = Callable[[Findings, Sources, Catalog], str]

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_PROPERTIES = {"file": "file", "line": "line", "endLine": "end_line", "col": "column", "endColumn": "end_column"}
#: What XML 1.0 cannot hold in any spelling.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def concise(findings: Findings, sources: Sources, words: Catalog) -> str:
    """One line for each finding: its place, severity, code and headline."""
    return "".join(f"{_BREAKS.sub(' ', _line(item, sources, words))}\n" for item in findings.shown)


def _line(item: Diagnostic, sources: Sources, words: Catalog) -> str:
    where = f"{render.place(item.span, sources)}: " if item.span else ""
    return f"{where}{words.severity(item)}[{item.code.name}]: {words.headline(item)}"


def as_json(findings: Findings, sources: Sources, words: Catalog) -> str:
    """One object for each finding, those that are waived behind the others."""
    return render.as_json(findings.shown, sources, words, findings.waived) + "\n"


def sarif(findings: Findings, sources: Sources, words: Catalog) -> str:
    from sakip_rules.messages.sarif import as_sarif

    return as_sarif(findings, sources, words)


# GitHub.


def github(findings: Findings, sources: Sources, words: Catalog) -> str:
    """A workflow command for each finding, which GitHub shows beside the line."""
    return "".join(f"{_annotation(item, sources, words)}\n" for item in findings.shown)


def _annotation(item: Diagnostic, sources: Sources, words: Catalog) -> str:
    found = render.region(item.span, sources) or {}
    properties = [f"{name}={_property(str(found[key]))}" for name, key in _PROPERTIES.items() if key in found]
    properties.append(f"title={_property(' '.join((item.code.name, str(found.get('cell', ''))))).strip()}")
    advice = words.advice(item)
    message = f"{words.headline(item)}\n{words.text('saran')}: {advice}" if advice else words.headline(item)
    return f"::{_COMMANDS[item.code.severity]} {','.join(properties)}::{_data(message)}"


def _data(text: str) -> str:
    """A message as a workflow command may hold it: on one line."""
    return visible(text).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


# JUnit.


def junit(findings: Findings, sources: Sources, words: Catalog) -> str:
    """A failed test for each finding, a skipped one for each that is waived, and a passed one where there is none."""
    from xml.etree import ElementTree as Xml

    waived = [(item.finding, item) for item in findings.waived]
    cases = [(item, None) for item in findings.shown] + waived
    numbers = {"tests": str(max(len(cases), 1)), "failures": str(len(findings.shown)), "skipped": str(len(waived))}
    root = Xml.Element("testsuites", numbers)
    suite = Xml.SubElement(root, "testsuite", {"name": "sakip-rules", "errors": "0", **numbers})
    for item, waiver in cases:
        where = render.place(item.span, sources)
        path = item.span.path if item.span else "sakip-rules"
        name = f"{item.code.name} {where}".strip()
        case = Xml.SubElement(suite, "testcase", {"classname": _xml(path), "name": _xml(name)})
        if waiver:
            Xml.SubElement(case, "skipped", {"message": _xml(render.waiver(waiver, words))})
        else:
            failure = {"type": item.code.name, "message": _xml(words.headline(item))}
            Xml.SubElement(case, "failure", failure).text = _xml(render.as_text([item], sources, words))
    if not cases:
        Xml.SubElement(suite, "testcase", {"classname": "sakip-rules", "name": "validate"})
    Xml.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'


def _xml(text: str) -> str:
    """A text without what XML cannot hold; what has a meaning in it is escaped when it is written."""
    return _NOT_XML.sub("\ufffd", text)


#: All but the text for people, which may be coloured.
WRITERS: Mapping[str, Writer] = {
    "concise": concise,
    "json": as_json,
    "sarif": sarif,
    "github": github,
    "junit": junit,
}
