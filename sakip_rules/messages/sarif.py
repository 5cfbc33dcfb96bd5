"""Findings as SARIF 2.1.0, the format that code hosts and editors read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from sakip_rules.base.diagnostics import Code, Diagnostic, Findings, Severity, Waived
from sakip_rules.base.source import Source, Span
from sakip_rules.messages import render
from sakip_rules.messages.catalog import Catalog

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_REGION = {"line": "startLine", "column": "startColumn", "end_line": "endLine", "end_column": "endColumn"}


def as_sarif(findings: Findings, sources: Mapping[str, Source], words: Catalog) -> str:
    """One run: a rule for each code that was found, and a result for each finding, waived ones as suppressed."""
    writer = _Writer(sources, words, [*findings.shown, *(item.finding for item in findings.waived)])
    results = [writer.result(item) for item in findings.shown]
    results += [{**writer.result(item.finding), "suppressions": [writer.suppression(item)]} for item in findings.waived]
    run = {
        "tool": {"driver": {"name": "sakip-rules", "rules": [writer.rule(code) for code in writer.codes]}},
        "columnKind": "unicodeCodePoints",
        "language": words.language,
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


class _Writer:
    """Writes the parts of a run."""

    def __init__(self, sources: Mapping[str, Source], words: Catalog, findings: Iterable[Diagnostic]) -> None:
        self.sources, self.words = sources, words
        self.codes = sorted({item.code for item in findings}, key=lambda code: code.name)
        self.numbers = {code.name: number for number, code in enumerate(self.codes)}

    def rule(self, code: Code) -> dict[str, Any]:
        entry = self.words.explanation(code)
        about = {"fullDescription": {"text": entry["tentang"]}} if "tentang" in entry else {}
        return {
            "id": code.name,
            "shortDescription": {"text": entry["pesan"]},
            **about,
            "help": {"text": entry.get("saran", entry["pesan"])},
            "defaultConfiguration": {"level": _LEVELS[code.severity]},
        }

    def result(self, item: Diagnostic) -> dict[str, Any]:
        advice = self.words.advice(item)
        message = self.words.headline(item)
        found: dict[str, Any] = {
            "ruleId": item.code.name,
            "ruleIndex": self.numbers[item.code.name],
            "level": _LEVELS[item.code.severity],
            "message": {"text": f"{message}\n{self.words.text('saran')}: {advice}" if advice else message},
        }
        if item.span:
            found["locations"] = [self._location(item.span)]
        if item.related:
            found["relatedLocations"] = [
                {**self._location(each.span), "message": {"text": self.words.label(each, item.code)}}
                for each in item.related
            ]
        if item.repair:
            found["fixes"] = [{"artifactChanges": [self._change(item.repair.span, item.repair.text)]}]
        return found

    def suppression(self, item: Waived) -> dict[str, Any]:
        said = render.waiver(item, self.words)
        return {"kind": "external", "justification": said, "location": self._location(item.span)}

    def _location(self, span: Span) -> dict[str, Any]:
        region = self._region(span)
        place = {"artifactLocation": _address(span.path), **({"region": region} if region else {})}
        cell = {"logicalLocations": [{"fullyQualifiedName": span.cell, "kind": "cell"}]} if span.cell else {}
        return {"physicalLocation": place, **cell}

    def _region(self, span: Span) -> dict[str, Any]:
        found = render.region(span, self.sources) or {}
        return {name: found[key] for key, name in _REGION.items() if key in found}

    def _change(self, span: Span, text: str) -> dict[str, Any]:
        replacement = {"deletedRegion": self._region(span), "insertedContent": {"text": text}}
        return {"artifactLocation": _address(span.path), "replacements": [replacement]}


def _address(path: str) -> dict[str, Any]:
    """A path as a relative or absolute address, whatever marks its names hold."""
    written = quote(path, safe="/")
    return {"uri": f"file://{written}" if path.startswith("/") else written}
