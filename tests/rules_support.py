"""Rule text in, findings and figures out, for tests that show both side by side."""

from __future__ import annotations

from pathlib import Path

from sakip_rules import Project
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.cache import Cache


def project(folder: Path, rules: str, data: str | None = None) -> Project:
    """A project of one rule file, over the national library, and of one data file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.sakip").write_text(rules, encoding="utf-8")
    if data is not None:
        (folder / "realisasi.csv").write_text("tahun;periode;nama;nilai;status\n" + data, encoding="utf-8")
    return Project(folder, Cache(None))


def placed(findings: tuple[Diagnostic, ...], found: Project) -> list[str]:
    """Findings as ``code line:column``."""
    return [f"{item.code.name} {_position(item, found)}" for item in findings]


def _position(item: Diagnostic, found: Project) -> str:
    if item.span is None:
        return "-"
    line, column = found.sources[item.span.path].position(item.span.start)
    return f"{line}:{column}"
