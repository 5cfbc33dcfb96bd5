"""The styles of a template: those that it has, by the names that Word gives them in every language, and the others."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

_STYLE_ELEMENTS = ("pStyle", "tblStyle")


class Borrowed:
    """Gives elements the styles of a template, into which those that it lacks are copied when they are first needed."""

    def __init__(self, document: Document) -> None:
        from sakip_plugins.format_docx.package import plain_document
        from sakip_plugins.format_docx.styles import prepare

        plain = plain_document()
        prepare(plain)
        self.target = document.styles.element
        self.ours = {style.styleId: style for style in plain.styles.element.style_lst}
        self.theirs = {_name(style): style.styleId for style in self.target.style_lst if style.styleId}
        self.default = next(
            (each.styleId for each in self.target.style_lst if each.type is not None and each.default), None
        )
        self.copied: set[str] = set()

    def dress(self, elements: Iterable[Any]) -> None:
        """Let elements of ours name the styles of the template."""
        from docx.oxml.ns import qn

        for element in elements:
            for named in element.iter(*(qn(f"w:{tag}") for tag in _STYLE_ELEMENTS)):
                ours = str(named.get(qn("w:val")))
                named.set(qn("w:val"), self._of(ours))
                if ours == "ListBullet" and ours in self.copied:
                    _mark(named.getparent().getparent())

    def _of(self, ours: str) -> str:
        style = self.ours[ours]
        name = _name(style)
        if name not in self.theirs:
            self.theirs[name] = ours
            self.target.append(self._copy(style))
            self.copied.add(ours)
        return str(self.theirs[name])

    def _copy(self, style: Any) -> Any:
        """A style as it looks here, upon the one that texts of the template have, and without what it lacks."""
        from docx.oxml.ns import qn

        made = deepcopy(style)
        for tag in ("w:link", "w:next", "w:numPr", "w:rsid"):
            for each in list(made.iter(qn(tag))):
                each.getparent().remove(each)
        base = made.find(qn("w:basedOn"))
        if base is not None:
            named = base.get(qn("w:val"))
            parent = self.default if named == "Normal" else self._of(named) if named in self.ours else None
            if parent is None:
                made.remove(base)
            else:
                base.set(qn("w:val"), parent)
        return made


def _name(style: Any) -> str:
    from docx.oxml.ns import qn

    told = style.find(qn("w:name"))
    return "" if told is None else str(told.get(qn("w:val"))).casefold()


def _mark(paragraph: Any) -> None:
    """The mark of an item, where no numbering of the template makes it."""
    from sakip_plugins.format_docx.elements import run

    paragraph.insert(1, run("•\t"))
