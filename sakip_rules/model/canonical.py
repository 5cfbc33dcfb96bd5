"""One way to write what may be written in several: the signs of formulas and ranges, as the formatter writes them."""

from __future__ import annotations

import re
from typing import Any

from attrs import fields, has

from sakip_rules.base.source import Span
from sakip_rules.model.vocabulary import Type, Vocabulary
from sakip_rules.syntax.parser import FragmentType, parse_fragment
from sakip_rules.syntax.printer import Rewrite

_FORMULAS = {Type.EXPRESSION, Type.CONDITION, Type.WEIGHT, Type.CLAIM}
_LOWERED = {Type.CHOICE, Type.CHOICES}
_SIGNS = {">=": "≥", "<=": "≤", "<>": "≠", "!=": "≠", "*": "×", "·": "×", "÷": "/", ":": "/", "−": "-", "–": "-"}
_SIGN = re.compile(r"\s*(>=|<=|<>|!=|[*·×÷:/+<>=≥≤≠]|(?<![A-Za-z0-9_])[xX](?![A-Za-z0-9_])|(?<=\d)[xX](?=\d))\s*")
_DASH = re.compile(r"(?<=[\w%)])\s*[-−–]\s*(?=[\w(])")
_UPTO = re.compile(r"\s*(?:s\.d\.?(?!\w)|s/d(?!\w)|sampai dengan(?!\w))\s*", re.IGNORECASE)
_COMPARE = re.compile(r"\s*(>=|<=|[<>≥≤])\s*")


def rewriter(vocabulary: Vocabulary) -> Rewrite:
    """How the formatter writes the values of each key and column; texts stay as they are."""

    def rewrite(kind_word: str, word: str, text: str) -> str:
        kind = vocabulary.kinds.get(kind_word)
        if kind is None or text.startswith(('"', "“")):
            return text
        key = kind.key(word) or next((found for table in kind.tables if (found := table.column(word))), None)
        if key is None:
            return text
        if key.type in _FORMULAS:
            return _same("expression", text, _formula(text))
        if key.type is Type.RANGE:
            return _same("range", text, _range(text))
        return text.lower() if key.type in _LOWERED else text

    return rewrite


def _same(type_: FragmentType, text: str, canonical: str) -> str:
    """The canonical text, if it says the same; the text as it stands else."""
    before, after = (_shape(parse_fragment(type_, each, Span("", 0, len(each))).node) for each in (text, canonical))
    return canonical if before == after and before is not None else text


def _shape(node: Any) -> Any:
    """A node without its places."""
    if not has(type(node)):
        return tuple(_shape(item) for item in node) if isinstance(node, tuple) else node
    parts = (_shape(getattr(node, each.name)) for each in fields(type(node)) if each.name not in ("start", "end"))
    return type(node).__name__, *parts


def _formula(text: str) -> str:
    text = _SIGN.sub(lambda match: f" {_signed(match[1])} ", text)
    text = _DASH.sub(" - ", text).replace("−", "-").replace("–", "-")
    return (
        re.sub(r"(?<=\d) / (?=\d)", "/", re.sub(r"\s+", " ", text).strip()) if _is_plain_fraction(text) else _tidy(text)
    )


def _is_plain_fraction(text: str) -> bool:
    return re.fullmatch(r"\s*\d+ / \d+\s*", text) is not None


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r"\s*;\s*", "; ", text.replace("( ", "(").replace(" )", ")"))


def _signed(sign: str) -> str:
    return "×" if sign in "xX" else _SIGNS.get(sign, sign)


def _range(text: str) -> str:
    text = _COMPARE.sub(lambda match: f" {_SIGNS.get(match[1], match[1])} ", text)
    text = _UPTO.sub(" s.d ", text)
    return re.sub(r"\s+", " ", text).strip()
