"""The formatter: a tree as canonical text, with every comment where it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from sakip_rules.syntax import tree

INDENT = "    "
#: Lines are kept within this many columns where they can be broken.
WIDTH = 120
_QUOTED_OR_SEMICOLON = re.compile(r'"[^"]*"|[“”][^”]*”|;')

#: Rewrites a value or cell to its canonical form: from the kind of block, the key or column, and the raw text.
Rewrite = Callable[[str, str, str], str]


def _as_written(kind: str, key: str, text: str) -> str:
    return text


def print_file(file: tree.File, rewrite: Rewrite = _as_written) -> str:
    """The canonical text of a file."""
    lines = list(_Printer(rewrite).items(file.items, "", "", first_blank=False))
    return "\n".join(lines) + "\n" if lines else ""


class _Printer:
    def __init__(self, rewrite: Rewrite) -> None:
        self.rewrite = rewrite

    def items(self, items: Sequence[tree.Item], indent: str, kind: str, first_blank: bool) -> Iterator[str]:
        """The lines of some items; blocks of several lines stand apart."""
        apart = first_blank
        heading = next((item for item in items if isinstance(item, tree.Row)), None)
        for group in _groups(items):
            first = group[0]
            lines = list(self._group(group, indent, kind, heading))
            tall = isinstance(first, tree.Block) and len(lines) > 1
            if first is not items[0] and (first.blank_before or tall or apart):
                yield ""
            yield from lines
            apart = tall

    def _group(self, group: Sequence[tree.Item], indent: str, kind: str, heading: tree.Row | None) -> Iterator[str]:
        if heading and any(isinstance(item, tree.Row) for item in group):
            yield from self._table(group, indent, kind, heading)
            return
        item = group[0]
        if isinstance(item, tree.Comment):
            yield indent + item.text
        elif isinstance(item, tree.Entry):
            yield from self._entry(item, indent, kind)
        elif isinstance(item, tree.Block):
            yield from self._block(item, indent)

    def _block(self, block: tree.Block, indent: str) -> Iterator[str]:
        head = " ".join(part for part in (block.kind, block.name, _title(block.title)) if part)
        if short := self._one_line(block, head, indent):
            yield short
            return
        yield f"{indent}{head} {{{_trailing(block.comment)}"
        yield from self.items(block.items, indent + INDENT, block.kind, first_blank=False)
        yield f"{indent}}}{_trailing(block.closing_comment)}"

    def _one_line(self, block: tree.Block, head: str, indent: str) -> str | None:
        """A block that holds one short entry, on one line."""
        if not block.items:
            return None if block.comment else f"{indent}{head} {{ }}{_trailing(block.closing_comment)}"
        only = block.items[0]
        if len(block.items) > 1 or block.comment or not isinstance(only, tree.Entry) or only.comment:
            return None
        lines = list(self._entry(only, "", block.kind))
        line = f"{indent}{head} {{ {lines[0]} }}{_trailing(block.closing_comment)}"
        return line if len(lines) == 1 and len(line) <= WIDTH else None

    def _entry(self, entry: tree.Entry, indent: str, kind: str) -> Iterator[str]:
        if entry.value.startswith('"""'):
            yield f'{indent}{entry.key}: """'
            body = entry.value[3:-3]
            yield from (f"{indent}{INDENT}{line}" if line else "" for line in (body.split("\n") if body else ()))
            yield f'{indent}"""{_trailing(entry.comment)}'
            return
        line = f"{indent}{entry.key}: {self.rewrite(kind, entry.key, entry.value)}".rstrip()
        *wrapped, last = _wrapped(line, indent)
        yield from wrapped
        yield last + _trailing(entry.comment)

    def _table(self, group: Sequence[tree.Item], indent: str, kind: str, heading: tree.Row) -> Iterator[str]:
        """Rows that stand together; ``heading`` is the first row of the block, which may stand above a blank line."""
        rows = [item for item in group if isinstance(item, tree.Row)]
        words = [cell.text.lower() for cell in heading.cells]
        texts = {id(row): self._cells(row, words, kind, row is heading) for row in rows}
        widths: dict[int, int] = {}
        for cells in texts.values():
            for at, text in enumerate(cells):
                widths[at] = max(widths.get(at, 0), len(text))
        for item in group:
            if isinstance(item, tree.Row):
                padded = (text.ljust(widths[at]) for at, text in enumerate(texts[id(item)]))
                yield f"{indent}| {' | '.join(padded)} |{_trailing(item.comment)}"
            elif isinstance(item, tree.Comment):
                yield indent + item.text

    def _cells(self, row: tree.Row, heading: list[str], kind: str, is_heading: bool) -> list[str]:
        if is_heading:
            return heading
        columns = [*heading, *[""] * len(row.cells)]
        return [self.rewrite(kind, columns[at], cell.text) for at, cell in enumerate(row.cells)]


def _groups(items: Sequence[tree.Item]) -> Iterator[list[tree.Item]]:
    """The items one by one, but the rows of a table with the comments between them together."""
    group: list[tree.Item] = []
    for at, item in enumerate(items):
        continues = not item.blank_before and (
            isinstance(item, tree.Row) or (isinstance(item, tree.Comment) and _row_follows(items, at))
        )
        if group and continues and isinstance(group[0], tree.Row):
            group.append(item)
            continue
        if group:
            yield group
        group = [item]
    if group:
        yield group


def _row_follows(items: Sequence[tree.Item], at: int) -> bool:
    """Whether comments lead to a further row of the same table."""
    for item in items[at + 1 :]:
        if item.blank_before or not isinstance(item, tree.Comment | tree.Row):
            return False
        if isinstance(item, tree.Row):
            return True
    return False


def _title(title: str | None) -> str | None:
    return None if title is None else f"“{title}”" if '"' in title else f'"{title}"'


def _trailing(comment: str | None) -> str:
    return f"  {comment}" if comment else ""


def _wrapped(line: str, indent: str) -> Iterator[str]:
    """A long list, broken behind semicolons."""
    if len(line) <= WIDTH:
        yield line
        return
    current = ""
    for part in _list_parts(line):
        if current and len(current) + len(part) > WIDTH:
            yield current.rstrip()
            current = indent + INDENT * 2 + part.lstrip()
        else:
            current += part
    yield current.rstrip()


def _list_parts(line: str) -> Iterator[str]:
    """A line cut behind each semicolon that stands outside quotes."""
    start = 0
    for match in _QUOTED_OR_SEMICOLON.finditer(line):
        if match.group() == ";":
            yield line[start : match.end()]
            start = match.end()
    yield line[start:]


# Expressions.

_STRENGTH = {
    "atau": 1,
    "dan": 2,
    "bukan": 3,
    "=": 4,
    "≠": 4,
    "<": 4,
    "≤": 4,
    ">": 4,
    "≥": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
}
_UNARY = {"-": 7, "bukan": 3}
#: Comparisons do not chain: one that is compared again needs parentheses on either side.
_COMPARISON = _STRENGTH["="]

#: What stands in the place of a name: its value, for one.
Substitute = Callable[[tree.Name], str]


def print_expression(node: tree.Expression, name: Substitute = lambda node: ".".join(node.parts)) -> str:
    """An expression as people write it, with parentheses where they are needed."""
    return _printed(node, name, 0)


def _printed(node: tree.Expression, name: Substitute, strength: int) -> str:
    if isinstance(node, tree.Name):
        return name(node)
    if isinstance(node, tree.Number):
        return _number(node)
    if isinstance(node, tree.Call):
        return f"{node.function}({'; '.join(_printed(part, name, 0) for part in node.arguments)})"
    if isinstance(node, tree.Filtered):
        return f"{_printed(node.each, name, 0)} bila {_printed(node.condition, name, 0)}"
    if isinstance(node, tree.Unary):
        own, sign = _UNARY[node.operator], "-" if node.operator == "-" else "bukan "
        return _enclosed(f"{sign}{_printed(node.operand, name, own)}", own < strength)
    own = _STRENGTH[node.operator]
    sign = "×" if node.operator == "*" else node.operator
    text = f"{_printed(node.left, name, own + (own == _COMPARISON))} {sign} {_printed(node.right, name, own + 1)}"
    return _enclosed(text, own < strength)


def _number(node: tree.Number) -> str:
    if node.unit == "Rp":
        return f"Rp {node.text}"
    return f"{node.text}%" if node.unit == "%" else f"{node.text} {node.unit}" if node.unit else node.text


def _enclosed(text: str, needed: bool) -> str:
    return f"({text})" if needed else text
