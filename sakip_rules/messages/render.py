"""Findings as people and programs read them: with the source line and a caret, or as JSON."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping

from sakip_rules.base.diagnostics import Diagnostic, Severity, Waived
from sakip_rules.base.source import Source, Span
from sakip_rules.messages.catalog import Catalog, visible

#: Longer source lines are cut around the place of the finding.
_WIDTH = 110

Paint = Mapping[Severity, tuple[str, str]]
PLAIN: Paint = {}
COLOURS: Paint = {
    Severity.ERROR: ("\x1b[1;31m", "\x1b[0m"),
    Severity.WARNING: ("\x1b[1;33m", "\x1b[0m"),
    Severity.NOTE: ("\x1b[1;34m", "\x1b[0m"),
}


def as_text(findings: Iterable[Diagnostic], sources: Mapping[str, Source], words: Catalog, paint: Paint = PLAIN) -> str:
    """Every finding with its place, source line, caret, related places and advice."""
    return "\n".join("\n".join(_lines(item, sources, words, paint)) + "\n" for item in findings)


def _lines(item: Diagnostic, sources: Mapping[str, Source], words: Catalog, paint: Paint) -> Iterator[str]:
    before, after = paint.get(item.code.severity, ("", ""))
    label = f"{before}{words.severity(item)}[{item.code.name}]{after}: {words.headline(item)}"
    source = sources.get(item.span.path) if item.span and not item.span.cell else None
    yield f"{place(item.span, sources)}: {label}" if item.span else label
    if item.span and source:
        yield from _frame(source, item.span)
    for related in item.related:
        yield f"  {place(related.span, sources)}: {words.label(related, item.code)}"
    if advice := words.advice(item):
        yield f"  {words.text('saran')}: {advice}"


def place(span: Span | None, sources: Mapping[str, Source], named: Callable[[str], str] = str) -> str:
    """``path:line:column``, ``path:sheet!cell``, or the path alone; ``named`` may call the file otherwise."""
    if span is None:
        return ""
    if span.cell:
        return visible(f"{span.path}:{span.cell}")
    source = sources.get(span.path)
    if source is None:
        return visible(named(span.path))
    line, column = source.position(span.start)
    return visible(f"{named(span.path)}:{line}:{column}")


def _frame(source: Source, span: Span) -> Iterator[str]:
    number, column = source.position(span.start)
    line = source.line(number)
    cut = max(0, column - 1 - _WIDTH // 2) if len(line) > _WIDTH else 0
    shown = visible(line[cut : cut + _WIDTH].replace("\t", " "))
    pointed = line[column - 1 : min(column - 1 + span.end - span.start, cut + _WIDTH)]
    caret = "^" * max(1, _width(pointed))
    gutter = f"{number:>6}"
    yield f"{gutter} │ {'…' if cut else ''}{shown}{'…' if cut + _WIDTH < len(line) else ''}"
    yield f"{' ' * len(gutter)} │ {' ' * (_width(line[cut : column - 1]) + bool(cut))}{caret}"


def _width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(mark) else 2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text
    )


def waived_as_text(
    waived: Iterable[Waived], sources: Mapping[str, Source], words: Catalog, paint: Paint = PLAIN
) -> str:
    """Every waived finding as it would be shown, with who waived it, until when, and why."""
    parts = ((as_text([item.finding], sources, words, paint), item) for item in waived)
    return "\n".join(f"{text}  {place(item.span, sources)}: {waiver(item, words)}\n" for text, item in parts)


def waiver(item: Waived, words: Catalog) -> str:
    """What a waiver says."""
    key = "kecuali.dengan_dasar" if item.basis else "kecuali.oleh"
    return words.text(key, owner=item.owner, until=item.until, reason=item.reason, basis=item.basis)


def as_json(
    findings: Iterable[Diagnostic], sources: Mapping[str, Source], words: Catalog, waived: Iterable[Waived] = ()
) -> str:
    """The same content for programs: one object for each finding; a waived one has what its waiver says."""
    records = [_record(item, sources, words) for item in findings]
    records += [{**_record(item.finding, sources, words), "waived": _waiver(item, sources)} for item in waived]
    return json.dumps(records, ensure_ascii=False, indent=2)


def _waiver(item: Waived, sources: Mapping[str, Source]) -> dict[str, object]:
    return {
        "place": region(item.span, sources), "subject": item.subject, "reason": item.reason, "owner": item.owner,
        "until": item.until.isoformat(), "basis": list(item.basis),
    }  # fmt: skip


def _record(item: Diagnostic, sources: Mapping[str, Source], words: Catalog) -> dict[str, object]:
    record: dict[str, object] = {
        "code": item.code.name,
        "severity": item.code.severity.name.lower(),
        "message": words.headline(item),
        "advice": words.advice(item),
        "near": item.near,
        "place": region(item.span, sources),
        "related": [
            {"place": region(each.span, sources), "message": words.label(each, item.code)} for each in item.related
        ],
    }
    if item.repair:
        record["repair"] = {"place": region(item.repair.span, sources), "text": item.repair.text}
    return record


def region(span: Span | None, sources: Mapping[str, Source]) -> dict[str, object] | None:
    """A place for programs: its file, and from which line and column to which, or in which cell of a workbook."""
    if span is None:
        return None
    if span.cell:
        return {"file": span.path, "cell": span.cell}
    source = sources.get(span.path)
    if source is None:
        return {"file": span.path}
    line, column = source.position(span.start)
    end_line, end_column = source.position(span.end)
    return {"file": span.path, "line": line, "column": column, "end_line": end_line, "end_column": end_column}
