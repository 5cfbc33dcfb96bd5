"""What can stand against a template, or in the way of a chart."""

from collections.abc import Iterable
from pathlib import Path

from sakip_plugins.layout.codes import read
from sakip_rules import Diagnostic, Span, Template

CODES = read(Path(__file__).parent)


def finding(template: Template, name: str, near: str | None = None, **facts: object) -> Diagnostic:
    """A finding about a template, by the name of its code; ``temuan.toml`` says what each is."""
    return Diagnostic(CODES[name], Span(template.name, 0, 0), {"file": template.name, **facts}, near=near)


def once(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Findings in their order, each once."""
    told: list[Diagnostic] = []
    for each in findings:
        if each not in told:
            told.append(each)
    return told
