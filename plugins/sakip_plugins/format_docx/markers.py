"""The markers of a template, ``{{ … }}``: a closed list of names, and nothing that is worked out."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any

from attrs import frozen

from sakip_plugins.format_docx.codes import finding
from sakip_plugins.layout.words import written
from sakip_rules import Diagnostic, Passage, Publication, PublishedChart, PublishedTable, Template

#: The whole report, and its lists.
ALL, LISTS = "isi", "daftar"
#: A marker, or what begins like one and is none: blocks and remarks of languages for templates, braces without an end.
_MARKER = re.compile(r"\{\{(?P<name>[^{}]*)\}\}|\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|\{#.*?(?:#\}|$)", re.DOTALL)
_LONGEST = 80
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@frozen
class Marker:
    """A marker in a paragraph: its name, what stands there, from where to where, and whether it stands alone."""

    name: str
    text: str
    start: int
    end: int
    alone: bool


def texts_of(paragraph: Any) -> list[Any]:
    """The elements that hold the text of a paragraph, without those of paragraphs in it, such as text boxes."""
    return [text for text in paragraph.iter(f"{_W}t") if next(text.iterancestors(f"{_W}p")) is paragraph]


def markers_of(paragraph: Any) -> list[Marker]:
    """The markers of a paragraph, however Word has split them into runs."""
    whole = "".join(text.text or "" for text in texts_of(paragraph))
    return [
        Marker(
            (found["name"] or "").strip().casefold(), found[0], found.start(), found.end(), whole.strip() == found[0]
        )
        for found in _MARKER.finditer(whole)
    ]


def put(paragraph: Any, marker: Marker, value: str) -> None:
    """Write a value in the place of a marker, in the run in which the marker begins."""
    at = 0
    for text in texts_of(paragraph):
        told = text.text or ""
        start, end = at, at + len(told)
        at = end
        if end <= marker.start or start >= marker.end:
            continue
        before, behind = told[: max(marker.start - start, 0)], told[max(marker.end - start, 0) :]
        text.text = before + (value if start <= marker.start else "") + behind
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def values(found: Publication) -> dict[str, str | None]:
    """What markers that may stand within a line show; none where the report does not say."""
    agency = written(found.agency) if found.agency else None
    return {"judul": written(found.title).replace("\n", " "), "tahun": str(found.year), "instansi": agency}


def blocks(found: Publication) -> dict[str, tuple[int, ...]]:
    """The names of markers for single parts, and which parts of the report these are."""
    words = {PublishedTable: "tabel", PublishedChart: "gambar", Passage: "narasi"}
    named: dict[str, tuple[int, ...]] = {}
    for at, part in enumerate(found.parts):
        word = words.get(type(part))
        if word and (name := getattr(part, "name", None)):
            key = f"{word}.{name}".casefold()
            named[key] = (*named.get(key, ()), at)
    return named


def faults(template: Template, found: Publication, marked: list[tuple[Any, Marker]], body: Any) -> Iterator[Diagnostic]:
    """What is wrong with the markers of a template."""
    inline, block = values(found), {ALL, LISTS, *blocks(found)}
    known = (*inline, ALL, LISTS, *sorted(blocks(found)))
    whole = False
    for paragraph, marker in marked:
        shown = marker.text[:_LONGEST]
        if marker.name in block:
            if not marker.alone or paragraph.getparent() is not body:
                yield finding(template, "docx-108", marker=shown)
            if marker.name == ALL and whole:
                yield finding(template, "docx-111", marker=shown)
            whole = whole or marker.name == ALL
        elif marker.name not in inline:
            near = difflib.get_close_matches(marker.name, known, 1, 0.6) if marker.name else []
            told = tuple(f"{{{{ {name} }}}}" for name in known)
            yield finding(template, "docx-106", near[0] if near else None, marker=shown, known=told)
        elif inline[marker.name] is None:
            yield finding(template, "docx-109", marker=shown)
    if not any(marker.name in block - {LISTS} for _, marker in marked):
        yield finding(template, "docx-107")
