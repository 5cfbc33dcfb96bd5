"""The tree of a rule file: frozen nodes with offsets into the text, blank lines and comments kept for the printer."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, field, frozen

from sakip_rules.base.source import Span


@frozen
class Comment:
    """A line that holds only a comment."""

    text: str
    start: int
    end: int
    blank_before: bool = False


@frozen
class Entry:
    """``key: value``; the value is raw text, to be read by the type that the vocabulary gives the key."""

    key: str
    value: str
    start: int
    end: int
    value_start: int
    comment: str | None = None
    blank_before: bool = False


@frozen
class Cell:
    """One cell of a table row, raw and trimmed."""

    text: str
    start: int
    end: int


@frozen
class Row:
    """A table row; which row is a heading is for the vocabulary to say."""

    cells: tuple[Cell, ...]
    start: int
    end: int
    comment: str | None = None
    blank_before: bool = False


@frozen
class Block:
    """``kind name "Title" { … }``; ``head_end`` is where the opening brace ends."""

    kind: str
    name: str | None
    title: str | None
    items: tuple[Item, ...]
    start: int
    end: int
    name_start: int
    head_end: int
    comment: str | None = None
    closing_comment: str | None = None
    blank_before: bool = False


Item = Comment | Entry | Row | Block


@frozen
class File:
    """All blocks and comments of one file, in order."""

    path: str
    items: tuple[Item, ...]

    def span(self, start: int, end: int) -> Span:
        return Span(self.path, start, end)

    def blocks(self) -> Iterator[Block]:
        return (item for item in self.items if isinstance(item, Block))


def without_places(item: Item) -> Item:
    """The same item as if it stood at the start of a file: what the formatter must not change."""
    if isinstance(item, Block):
        items = tuple(without_places(each) for each in item.items)
        return evolve(item, items=items, start=0, end=0, name_start=0, head_end=0)
    if isinstance(item, Row):
        return evolve(item, cells=tuple(Cell(cell.text, 0, 0) for cell in item.cells), start=0, end=0)
    if isinstance(item, Entry):
        return evolve(item, start=0, end=0, value_start=0)
    return evolve(item, start=0, end=0)


# Values and cells, read by type.


@frozen
class Number:
    """A literal number; ``unit`` is ``%``, ``Rp``, the name of a unit, or nothing."""

    text: str
    unit: str | None
    start: int
    end: int


@frozen
class Name:
    """A name, with the parts that dots separate."""

    parts: tuple[str, ...]
    start: int
    end: int


@frozen
class Unary:
    operator: str
    operand: Expression
    start: int
    end: int


@frozen
class Binary:
    """An operation on two operands; the operator is one of ``+ - * / = ≠ < ≤ > ≥ dan atau``."""

    operator: str
    left: Expression
    right: Expression
    start: int
    end: int


@frozen
class Call:
    function: str
    arguments: tuple[Expression, ...]
    start: int
    end: int


@frozen
class Filtered:
    """``each bila condition``: those of a list for which a condition holds; only a check may say so."""

    each: Expression
    condition: Expression
    start: int
    end: int


Expression = Number | Name | Unary | Binary | Call | Filtered


def literals(node: Expression) -> Iterator[Number]:
    """Every literal number in an expression, from left to right."""
    return (part for part in walk(node) if isinstance(part, Number))


def walk(node: Expression) -> Iterator[Expression]:
    """An expression and all its parts, from left to right."""
    yield node
    for part in parts_of(node):
        yield from walk(part)


def parts_of(node: Expression) -> tuple[Expression, ...]:
    """The direct parts of an expression."""
    if isinstance(node, Binary):
        return (node.left, node.right)
    if isinstance(node, Unary):
        return (node.operand,)
    if isinstance(node, Filtered):
        return (node.each, node.condition)
    return node.arguments if isinstance(node, Call) else ()


@frozen
class Bound:
    """One end of a range as written; ``included`` is whether the end itself belongs to it."""

    value: Number
    negative: bool
    included: bool


@frozen
class RangeNode:
    """A range as written; an open end has no bound."""

    lower: Bound | None
    upper: Bound | None
    start: int = field(default=0)
    end: int = field(default=0)
