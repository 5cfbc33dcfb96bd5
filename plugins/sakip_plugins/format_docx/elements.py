"""The elements of a Word document that reports are made of."""

from __future__ import annotations

import unicodedata
from typing import Any

#: What a text is divided at, and the element that stands there.
_BREAKS = {"\n": "w:br", "\t": "w:tab"}


def element(tag: str, *children: Any, **attributes: str | int) -> Any:
    """An element of the main namespace, with its attributes in the same one."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def paragraph(text: str, style: str | None = None, *, align: str | None = None) -> Any:
    """A paragraph; one whose first letter is written from right to left runs that way."""
    rightward = _is_rightward(text)
    settings = element("pPr")
    if style:
        settings.append(element("pStyle", val=style))
    if rightward:
        settings.append(element("bidi"))
    if align:
        settings.append(element("jc", val=align))
    made = element("p", settings) if len(settings) else element("p")
    if text:
        made.append(run(text, rightward))
    return made


def run(text: str, rightward: bool = False) -> Any:
    """A text in one run, its lines and tabs as Word has them."""
    made = element("r", element("rPr", element("rtl"))) if rightward else element("r")
    piece = ""
    for sign in text:
        if sign in _BREAKS:
            _add_text(made, piece)
            made.append(element(_BREAKS[sign].removeprefix("w:")))
            piece = ""
        else:
            piece += sign
    _add_text(made, piece)
    return made


def _add_text(made: Any, text: str) -> None:
    if text:
        told = element("t")
        told.text = text
        if text != text.strip():
            told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(told)


def _is_rightward(text: str) -> bool:
    strong = (direction for sign in text if (direction := unicodedata.bidirectional(sign)) in ("L", "R", "AL"))
    return next(strong, "L") != "L"


def field(instruction: str, *result: Any) -> list[Any]:
    """The runs of a field, with what it shows until Word works it out again."""
    told = element("instrText")
    told.text = f" {instruction} "
    told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [_mark("begin"), element("r", told), _mark("separate"), *result, _mark("end")]


def _mark(kind: str) -> Any:
    return element("r", element("fldChar", fldCharType=kind))


def bookmarked(made: Any, number: int) -> Any:
    """A paragraph that lists refer to by its number."""
    start, end = element("bookmarkStart", id=number, name=bookmark(number)), element("bookmarkEnd", id=number)
    made.insert(1 if made.pPr is not None else 0, start)
    made.append(end)
    return made


def bookmark(number: int) -> str:
    """What Word calls the place of an entry of a list."""
    return f"_Toc{number:08d}"


def end_section(body: Any, settings: Any) -> None:
    """Let the section end with what was put into the body last."""
    last = body[-2]
    if not last.tag.endswith("}p") or (last.pPr is not None and last.pPr.sectPr is not None):
        last = paragraph("")
        body.insert(-1, last)
    last.get_or_add_pPr().append(settings)
