"""Text to tree: the only module that knows lark.

``parse`` reads the outer shape of a file and never gives up: a line that fits nothing is one finding, and a block whose
braces do not match is cut where the next one begins.  ``parse_fragment`` reads one value or cell by its type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from textwrap import dedent
from threading import Lock
from typing import Any, Literal

from attrs import evolve, frozen
from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput, UnexpectedToken

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic, Repair
from sakip_rules.base.source import Source, Span
from sakip_rules.syntax import tree
from sakip_rules.syntax.quotes import unquoted
from sakip_rules.syntax.recovery import Chunk, chunks

#: Longer or more deeply nested expressions are refused before they are parsed.
MAX_EXPRESSION, MAX_NESTING, MAX_OPERATIONS = 4_000, 40, 200
#: Blocks nested more deeply than this are refused.
MAX_DEPTH = 20

_HEAD = re.compile(r"(\w+)(?:[ \t\u00a0]+([A-Za-z_][\w.]*))?\s*(.*?)\s*\{", re.DOTALL)
_ROW_CELL = re.compile(r'[ \t\u00a0]*(?:(?:"[^"\n]*"|[“”][^”\n]*”)(?=[ \t\u00a0]*\|)|[^|\n]*)[ \t\u00a0]*')
_SPACES = re.compile(r"[ \t\r\n\u00a0]+")
_QUOTED = re.compile(r'("[^"\n]*"|[“”][^”\n]*”)')


@cache
def _grammar(level: int, *starts: str) -> Lark:
    """A parser for one level of the grammar."""
    return Lark(levels()[level], parser="lalr", lexer="basic", start=list(starts), maybe_placeholders=False)


def levels() -> tuple[str, str]:
    """The two levels of the grammar file."""
    text = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    outer, inner = re.split(r"^// =+$", text, flags=re.MULTILINE)
    return outer, inner


@frozen
class _Stray:
    """A line that fits nothing."""

    text: str
    start: int
    end: int


def parse(source: Source) -> tuple[tree.File, tuple[Diagnostic, ...]]:
    """The tree of a file and the findings about its shape."""
    text = source.text
    reader = _Reader(source.path, text)
    try:
        items = reader.read(text, 0, len(text))
    except UnexpectedInput:
        items = []
        for chunk in chunks(text, reader.report):
            items.extend(reader.read_chunk(chunk))
        items = reader.spaced(items, 0)
    return tree.File(source.path, tuple(items)), tuple(reader.diagnostics)


class _Reader:
    """Turns the tokens of one file into nodes, and collects what is wrong with it."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text
        self.stop = len(text)
        self.diagnostics: list[Diagnostic] = []

    def report(self, code: Code, start: int, end: int, **values: object) -> None:
        self.diagnostics.append(Diagnostic(code, Span(self.path, start, end), values))

    def read(self, text: str, base: int, stop: int) -> list[tree.Item]:
        """The items of a text that stands at ``base``; braces that were added to it stand behind ``stop``."""
        self.stop = stop
        return self._items(_grammar(0, "file").parse(text).children, base, 0, base)

    def read_chunk(self, chunk: Chunk) -> list[tree.Item]:
        try:
            return self.read(chunk.text + chunk.added, chunk.start, chunk.start + len(chunk.text))
        except UnexpectedInput:
            self.report(codes.UNREADABLE_BLOCK, chunk.opened, chunk.opened + 1)
            return []

    def _items(self, children: list[Any], base: int, depth: int, before: int) -> list[tree.Item]:
        """The nodes of some tokens, in order; ``before`` is where what stands before them ends."""
        if depth > MAX_DEPTH:
            self.report(codes.TOO_COMPLEX, before, before + 1, limit=MAX_DEPTH)
            return []
        items: list[tree.Item] = []
        strays: list[_Stray] = []
        for child in children:
            if not isinstance(child, Token) and child.children[0].type == "BAD_HEAD":
                self._report_strays(strays, items)
                strays = []
                self._report_bad_head(child.children[0], base)
                continue
            node = self._node(child, base, depth)
            if isinstance(node, _Stray):
                strays.append(node)
                continue
            self._report_strays(strays, items)
            strays = []
            if isinstance(node, tree.Comment) and items and "\n" not in self.text[items[-1].end : node.start]:
                items[-1] = self._with_comment(items[-1], node.text)
            else:
                items.append(node)
        self._report_strays(strays, items)
        return self.spaced(items, before)

    def spaced(self, items: list[tree.Item], before: int) -> list[tree.Item]:
        """The items, each knowing whether a blank line stands before it."""
        spaced: list[tree.Item] = []
        for item in items:
            blank = self.text.count("\n", before, item.start) > 1
            spaced.append(evolve(item, blank_before=True) if blank and not item.blank_before else item)
            before = item.end
        return spaced

    @staticmethod
    def _with_comment(item: tree.Item, comment: str) -> tree.Item:
        if isinstance(item, tree.Block):
            return evolve(item, closing_comment=comment)
        return item if isinstance(item, tree.Comment) else evolve(item, comment=comment)

    def _node(self, child: Any, base: int, depth: int) -> tree.Item | _Stray:
        if not isinstance(child, Token):
            return self._block(child.children, base, depth)
        start, end = base + (child.start_pos or 0), base + (child.end_pos or 0)
        if child.type == "ENTRY" and depth:
            return self._entry(str(child), start, end)
        if child.type == "ROW" and depth:
            return tree.Row(tuple(_cells(str(child), start)), start, end)
        if child.type == "COMMENT":
            return tree.Comment(child.rstrip(), start, end)
        return _Stray(str(child), start, end)

    def _block(self, children: list[Any], base: int, depth: int) -> tree.Block:
        head, close = children[0], children[-1]
        start, head_end = base + head.start_pos, base + head.end_pos
        match = _HEAD.fullmatch(head)
        assert match is not None
        kind, name, title = match.groups()
        items = self._items(children[1:-1], base, depth + 1, head_end)
        comment = None
        if items and isinstance(items[0], tree.Comment) and "\n" not in self.text[head_end : items[0].start]:
            comment, items = items[0].text, items[1:]
        return tree.Block(
            kind.lower(), name, unquoted(title) if title else None, tuple(items),
            start, min(base + close.end_pos, self.stop), start + match.start(2) if name else start, head_end, comment,
        )  # fmt: skip

    @staticmethod
    def _entry(text: str, start: int, end: int) -> tree.Entry:
        key, _, value = text.partition(":")
        lead = len(value) - len(value.lstrip())
        value_start = start + len(key) + 1 + lead
        value = value.strip()
        stop = value_start + len(value) if value else start + len(key) + 1
        return tree.Entry(key.strip().lower(), _normal(value), start, stop, value_start if value else stop)

    def _report_bad_head(self, head: Token, base: int) -> None:
        """One finding for a block whose head cannot be read; what it holds is left unread."""
        self.report(codes.UNREADABLE_BLOCK, base + (head.start_pos or 0), base + (head.end_pos or 0))

    def _report_strays(self, run: list[_Stray], items: list[tree.Item]) -> None:
        """One finding for a run of lines that fit nothing; ``items`` is what stands before them."""
        if not run:
            return
        first = run[0]
        joined = bool(items) and "\n" not in self.text[items[-1].end : first.start]
        start, end = first.start, first.start + len(first.text.rstrip())
        if joined and isinstance(items[-1], tree.Row):
            items.pop()
            self.report(codes.UNCLOSED_ROW, start, end)
        elif first.text.startswith("|") and not first.text.rstrip().endswith("|"):
            self.report(codes.UNCLOSED_ROW, start, end)
        elif first.text.startswith(('"', "“", "”")):
            if joined and isinstance(items[-1], tree.Entry) and not unquoted(items[-1].value):
                items.pop()
            self.report(codes.UNCLOSED_TEXT, start, end)
        elif joined and first.text.startswith("{"):
            self.report(codes.MARK_IN_TEXT, start, start + 1, mark="{")
        else:
            self.report(codes.STRAY_LINE, start, end, text=first.text.strip()[:60], count=len(run))


# Texts and cells.


def _normal(value: str) -> str:
    """A raw value as it is kept: one kind of quotes, single spaces outside texts, long texts without their indent."""
    if value.startswith('"""'):
        return f'"""{dedent(_lines(value[3:-3])).strip()}"""'
    if '"' in value or "“" in value or "”" in value:
        parts = _QUOTED.split(value)
        return "".join(_straight(part) if index % 2 else _SPACES.sub(" ", part) for index, part in enumerate(parts))
    if "\n" in value or "  " in value or "\t" in value or "\u00a0" in value:
        return _SPACES.sub(" ", value)
    return value


def _lines(text: str) -> str:
    """The text with its first line, which stands behind the quotes, indented like the others."""
    first, newline, rest = text.partition("\n")
    if not first.strip():
        return "\n".join(line.rstrip() for line in rest.split("\n"))
    indents = [len(line) - len(line.lstrip()) for line in rest.split("\n") if line.strip()]
    indent = " " * min(indents, default=0)
    return "\n".join(line.rstrip() for line in (indent + first.strip() + newline + rest).split("\n"))


def _straight(quoted: str) -> str:
    inner = quoted[1:-1]
    return f"“{inner}”" if '"' in inner else f'"{inner}"'


def _cells(row: str, start: int) -> Iterator[tree.Cell]:
    at, end = 1, len(row)
    while at < end:
        match = _ROW_CELL.match(row, at)
        assert match is not None
        raw = match.group()
        text = raw.strip()
        lead = len(raw) - len(raw.lstrip())
        cell_start = start + at + (lead if text else 0)
        yield tree.Cell(_normal(text), cell_start, cell_start + len(text))
        at = match.end() + 1


# Fragments.

FragmentType = Literal["expression", "condition", "range"]


@frozen
class Fragment:
    """What came of a value: a node, or findings.  A condition that is ``selain itu`` has neither."""

    node: tree.Expression | tree.RangeNode | None
    diagnostics: tuple[Diagnostic, ...] = ()


def parse_fragment(type_: FragmentType, text: str, place: Span) -> Fragment:
    """Read one value or cell; ``place`` is where the text stands, so that findings point into the file."""
    if refused := _refusal(text, place):
        return Fragment(None, (refused,))
    parser, builder, lock = _fragments()
    with lock:
        builder.base = place.start
        try:
            node = builder.transform(parser.parse(text, start=type_))
        except UnexpectedInput as error:
            return Fragment(None, (_unexpected(error, text, place),))
    return Fragment(node)


@cache
def _fragments() -> tuple[Lark, _Builder, Lock]:
    return _grammar(1, "expression", "condition", "range", "illegal"), _Builder(), Lock()


def _refusal(text: str, place: Span) -> Diagnostic | None:
    depth = deepest = 0
    for mark in text:
        if mark in "()":
            depth += 1 if mark == "(" else -1
            deepest = max(deepest, depth)
    operations = sum(map(text.count, "+-−–*×/÷:;<>=≤≥")) + len(re.findall(r"\b(?:x|dan|atau|bukan)\b", text))
    if len(text) > MAX_EXPRESSION or deepest > MAX_NESTING or operations > MAX_OPERATIONS:
        return Diagnostic(codes.TOO_COMPLEX, place, {"limit": MAX_OPERATIONS})
    return None


def _unexpected(error: UnexpectedInput, text: str, place: Span) -> Diagnostic:
    if not isinstance(error, UnexpectedToken) or error.token.type == "$END":
        return Diagnostic(codes.UNEXPECTED_END, Span(place.path, max(place.end - 1, place.start), place.end))
    token = error.token
    start = place.start + (token.start_pos or 0)
    span = Span(place.path, start, start + len(token))
    if token.startswith(","):
        return Diagnostic(codes.COMMA_AS_SEPARATOR, span, repair=Repair(span, ";"))
    return Diagnostic(codes.UNEXPECTED_SYMBOL, span, {"symbol": str(token)[:40]})


_COMPARISONS = {">=": "≥", "<=": "≤", "<>": "≠", "!=": "≠"}
_OPERATORS = {"TIMES": "*", "DIVIDE": "/", "PLUS": "+", "DASH": "-", "AND": "dan", "OR": "atau", "NOT": "bukan"}


def _operator(token: Token) -> str:
    return _OPERATORS.get(token.type) or _COMPARISONS.get(token, str(token))


@v_args(inline=True)
class _Builder(Transformer[Token, Any]):
    """Lark's tree to ours."""

    base = 0

    def _at(self, token: Token) -> tuple[int, int]:
        return self.base + (token.start_pos or 0), self.base + (token.end_pos or 0)

    def condition(self, item: Any) -> tree.Expression | None:
        return None if isinstance(item, Token) else item

    def binary(self, left: tree.Expression, token: Token, right: tree.Expression) -> tree.Binary:
        return tree.Binary(_operator(token), left, right, left.start, right.end)

    def unary(self, token: Token, operand: tree.Expression) -> tree.Unary:
        return tree.Unary(_operator(token), operand, self._at(token)[0], operand.end)

    def group(self, opening: Token, inner: tree.Expression, closing: Token) -> tree.Expression:
        """What parentheses hold; a lone number keeps its own place, since a repair is put there."""
        if isinstance(inner, tree.Number):
            return inner
        return evolve(inner, start=self._at(opening)[0], end=self._at(closing)[1])

    def name(self, token: Token) -> tree.Name:
        return tree.Name(tuple(token.split(".")), *self._at(token))

    def filtered(self, each: tree.Expression, mark: Token, condition: tree.Expression) -> tree.Filtered:
        return tree.Filtered(each, condition, each.start, condition.end)

    def call(self, name: Token, opening: Token, *rest: Any) -> tree.Call:
        arguments = tuple(item for item in rest if not isinstance(item, Token))
        return tree.Call(str(name), arguments, self._at(name)[0], self._at(rest[-1])[1])

    def number(self, token: Token, unit: Token | None = None) -> tree.Number:
        return tree.Number(str(token), str(unit) if unit else None, self._at(token)[0], self._at(unit or token)[1])

    def rupiah(self, mark: Token, token: Token) -> tree.Number:
        return tree.Number(str(token), "Rp", self._at(mark)[0], self._at(token)[1])

    def bound(self, *items: Any) -> tuple[tree.Number, bool]:
        return items[-1], len(items) == 2

    def one_sided(self, token: Token, bound: tuple[tree.Number, bool]) -> tree.RangeNode:
        sign = _operator(token)
        number, negative = bound
        end = tree.Bound(number, negative, sign in "≥≤=")
        lower = end if sign in "≥>=" else None
        upper = end if sign in "≤<=" else None
        return tree.RangeNode(lower, upper, self._at(token)[0], number.end)

    def single(self, bound: tuple[tree.Number, bool]) -> tree.RangeNode:
        end = tree.Bound(bound[0], bound[1], True)
        return tree.RangeNode(end, end, bound[0].start, bound[0].end)

    def between(self, *items: Any) -> tree.RangeNode:
        """Two bounds; a sign before a bound, or between it and ``x``, says whether that end belongs to the range."""
        low, high = (index for index, item in enumerate(items) if isinstance(item, tuple))
        signs = {index: str(item) for index, item in enumerate(items) if isinstance(item, Token)}
        named = len(items) == 5 and low == 0  # 80 < x ≤ 90
        lower_sign = signs.get(low + 1 if named else low - 1, "")
        upper_sign = signs.get(high - 1, "")
        lower = tree.Bound(items[low][0], items[low][1], lower_sign not in ("<", ">"))
        upper = tree.Bound(items[high][0], items[high][1], upper_sign not in ("<", ">"))
        start = self._at(items[0])[0] if low else items[low][0].start
        return tree.RangeNode(lower, upper, start, items[high][0].end)
