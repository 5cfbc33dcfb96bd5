"""What a template must not be, looked at before anything opens it: no macro, no bomb, nothing from outside."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.etree.ElementTree import XML, Element, ParseError, TreeBuilder, XMLParser

from sakip_plugins.format_docx.codes import finding, once
from sakip_rules import Diagnostic, RefusedError, Template

#: How many parts a template may have, how many bytes these may hold, and how often more than the file itself.
_MOST_ENTRIES, _MOST_BYTES, _MOST_TIMES, _SMALL = 2_000, 128 * 1024 * 1024, 100, 1024 * 1024
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
#: Words in the names of parts, and ends of the types of relations, of what can run.
_ACTIVE_NAMES = ("vbaproject", "vbadata", "/activex/", "/embeddings/")
_ACTIVE_TYPES = frozenset((
    "vbaProject", "wordVbaData", "control", "activeXControlBinary", "oleObject", "package", "aFChunk",
    "attachedToolbars", "keyMapCustomizations",
))  # fmt: skip
_ADDRESSES = ("http://", "https://", "mailto:")
#: Fields that take what they show from another file.
_TAKING = frozenset(
    ("DDE", "DDEAUTO", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "MACROBUTTON", "RD")
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def check(template: Template) -> None:
    """Refuse a template with every finding that stands against it; what passes is a Word document and nothing else."""
    entries = _entries(template)
    findings: list[Diagnostic] = []
    read = {name: _tree(template, name, content) for name, content in entries.items() if _is_xml(name, content)}
    if unread := [tree for tree in read.values() if isinstance(tree, Diagnostic)]:
        raise RefusedError(*once(unread))
    trees = {name: tree for name, tree in read.items() if isinstance(tree, Element)}
    findings += (finding(template, "docx-102", entry=name) for name in entries if _is_active(name))
    for name, tree in trees.items():
        findings += _relations(template, tree) if name.endswith(".rels") else _fields(template, tree)
    findings += () if findings else _kind(template, trees)
    if findings:
        raise RefusedError(*once(findings))


def _entries(template: Template) -> dict[str, bytes]:
    """The parts of the file, none of which is read further than the file says and the limits allow."""
    try:
        with zipfile.ZipFile(io.BytesIO(template.content)) as opened:
            told = [entry for entry in opened.infolist() if not entry.is_dir()]
            if len(told) > _MOST_ENTRIES or sum(entry.file_size for entry in told) > _MOST_BYTES:
                raise RefusedError(finding(template, "docx-104"))
            if any(entry.file_size > _SMALL + _MOST_TIMES * entry.compress_size for entry in told):
                raise RefusedError(finding(template, "docx-104"))
            if any(_leads_out(entry.filename) or entry.flag_bits & 1 for entry in told):
                raise RefusedError(finding(template, "docx-101"))
            entries = {entry.filename: opened.read(entry) for entry in told}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError):
        raise RefusedError(finding(template, "docx-101")) from None
    if len({name.casefold() for name in entries}) != len(told):
        raise RefusedError(
            finding(template, "docx-101")
        )  # two parts of one name are read as one by some, not by others
    return entries


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in PurePosixPath(name).parts


def _is_xml(name: str, content: bytes) -> bool:
    return name.casefold().endswith((".xml", ".rels", ".vml")) or content.lstrip()[:5] == b"<?xml"


def _tree(template: Template, name: str, content: bytes) -> Element | Diagnostic:
    """The tree of a part, or the finding that there is none; reading stops at the first declaration."""
    try:
        return XML(content, XMLParser(target=_Undeclared()))
    except _DeclaredError:
        return finding(template, "docx-105", entry=name)
    except (ParseError, ValueError, LookupError):
        return finding(template, "docx-101")


class _DeclaredError(Exception):
    """A part declares its own type or entities."""


class _Undeclared(TreeBuilder):
    """Builds trees of parts without declarations."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise _DeclaredError(name)


def _is_active(name: str) -> bool:
    return any(word in f"/{name.casefold()}" for word in _ACTIVE_NAMES)


def _relations(template: Template, tree: Element) -> Iterator[Diagnostic]:
    """What a part refers to: things that run, and things outside, of which only links that a reader follows may be."""
    for relation in tree.iterfind(".//{*}Relationship"):
        kind, target = relation.get("Type", "").rsplit("/", 1)[-1], relation.get("Target", "")
        if kind in _ACTIVE_TYPES:
            yield finding(template, "docx-102", entry=target)
        elif _is_outside(relation) and not (kind == "hyperlink" and target.casefold().startswith(_ADDRESSES)):
            yield finding(template, "docx-103", target=target)


def _is_outside(relation: Element) -> bool:
    target = relation.get("Target", "")
    return relation.get("TargetMode") == "External" or "://" in target or target.startswith("\\\\")


def _fields(template: Template, tree: Element) -> Iterator[Diagnostic]:
    """Fields that take what they show from elsewhere, however Word has split their words."""
    told = [field.get(f"{_W}instr", "") for field in tree.iter(f"{_W}fldSimple")]
    for part in tree.iter():
        if part.tag == f"{_W}instrText":
            told[-1:] = [(told[-1] if told else "") + (part.text or "")]
        elif part.tag == f"{_W}fldChar" and part.get(f"{_W}fldCharType") == "begin":
            told.append("")
    for words in told:
        if words.split() and words.split()[0].upper() in _TAKING:
            yield finding(template, "docx-103", target=" ".join(words.split())[:100])


def _kind(template: Template, trees: dict[str, Element]) -> Iterator[Diagnostic]:
    """Whether its main part is that of a document: neither of a template of Word's own nor of one with macros."""
    types = trees.get("[Content_Types].xml")
    told = [] if types is None else [each.get("ContentType", "") for each in types.iter()]
    if any("macroenabled" in kind.casefold() for kind in told):
        yield finding(template, "docx-102", entry=".docm")
    elif "word/document.xml" not in trees or _DOCUMENT not in told:
        yield finding(template, "docx-101")
