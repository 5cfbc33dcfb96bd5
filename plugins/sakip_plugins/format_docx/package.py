"""The file itself: its properties, which no clock and no person decides, and the same bytes on every machine."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import TYPE_CHECKING

from sakip_plugins.layout.words import day, written
from sakip_rules import Publication

if TYPE_CHECKING:
    from docx.document import Document

LANGUAGE = "id-ID"
#: The time of every entry: the earliest that the format can tell.
_TIME = (1980, 1, 1, 0, 0, 0)
_THUMBNAIL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"


def plain_document() -> Document:
    """An empty document, without the picture of a page and the paragraph that the library begins with."""
    import docx

    document = docx.Document()
    relations = document.part.package.rels
    for name in [name for name, relation in relations.items() if relation.reltype == _THUMBNAIL]:
        del relations[name]
    return document


def packed(document: Document, found: Publication) -> bytes:
    """The bytes of a document."""
    _describe(document, found)
    saved = io.BytesIO()
    document.save(saved)
    return _same_everywhere(saved)


def _describe(document: Document, found: Publication) -> None:
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
