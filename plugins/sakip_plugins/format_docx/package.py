"""The file itself: its properties, which no clock and no person decides, and the same bytes on every machine."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sakip_plugins.layout.words import day, written
from sakip_rules import Publication

if TYPE_CHECKING:
    from docx.document import Document

LANGUAGE = "id-ID"
#: The time of every entry: the earliest that the format can tell.
_TIME = (1980, 1, 1, 0, 0, 0)
#: What the library brings and no report needs: a picture of a page, who wrote it with what, and old copies of styles.
_UNNEEDED = ("thumbnail", "extended-properties", "stylesWithEffects", "customXml")


def plain_document() -> Document:
    """An empty document, without what the library adds to it."""
    import docx

    document = docx.Document()
    for relations in (document.part.package.rels, document.part.rels):
        _forget(relations, _UNNEEDED)
    return document


def _forget(relations: Any, kinds: Iterable[str]) -> None:
    """Leave out the parts of some kinds."""
    for name in [
        name for name, each in relations.items() if each.reltype.endswith(tuple(f"/{kind}" for kind in kinds))
    ]:
        del relations[name]


def packed(document: Document, found: Publication) -> bytes:
    """The bytes of a document."""
    _describe(document, found)
    saved = io.BytesIO()
    document.save(saved)
    return _same_everywhere(saved)


def _describe(document: Document, found: Publication) -> None:
    """The properties of the file, none of which is taken over from a template."""
    _forget(document.part.package.rels, ("core-properties",))
    told, made = document.core_properties, datetime.datetime.combine(day(found), datetime.time())
    told.title, told.subject, told.language = written(found.title)[:255], "", LANGUAGE
    told.author = told.last_modified_by = told.comments = told.keywords = told.category = ""
    told.created = told.modified = made
    told.revision = 1


def _same_everywhere(saved: io.BytesIO) -> bytes:
    """The entries in their order, without times, and stored as they are, since machines compress differently."""
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as write:
        for name in read.namelist():
            entry = zipfile.ZipInfo(name, _TIME)
            entry.create_system = 0
            write.writestr(entry, read.read(name))
    return out.getvalue()
