"""How a table is divided: its heading rows, its columns, and which way the page is turned for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from attrs import frozen

from sakip_plugins.layout.words import written
from sakip_rules import Cell, Heading, Passage, PublishedChart, PublishedColumn, PublishedTable

Part = Heading | Passage | PublishedTable | PublishedChart

#: From more columns on a table stands on a page that is turned.
_UPRIGHT_COLUMNS = 8
#: How wide the text of a page is, upright and turned (A4, 25 mm beside it), and what a cell leaves free beside its own:
#: in thousandths of the size of the letters of a table.
_WIDTH, _TURNED_WIDTH, _BESIDE = 53_300, 82_300, 1_000
#: How wide a text may become before it is broken, at most if it is long, how much of a word stays together, and what is
#: too short to take more room than it needs, such as a number of a row.
_COMFORTABLE, _LONG, _WORD, _SHORT = 19_000, 45_000, 16_000, 5_000
_NARROW, _BROAD = frozenset(" iljtf.,:;'!|/()[]-"), frozenset("mwMW@%")
#: The shares of all columns together.
WHOLE = 10_000


@frozen
class Head:
    """A heading that covers ``width`` columns and ``height`` rows."""

    text: str
    width: int = 1
    height: int = 1


@frozen
class Section:
    """Parts that stand on pages of one way: ``turned`` ones are wider than high."""

    turned: bool
    parts: tuple[Part, ...]


def heads(columns: Sequence[PublishedColumn]) -> tuple[tuple[Head, ...], ...]:
    """The heading rows: neighbours of a group stand under it, and the others fill both rows."""
    if not any(column.group for column in columns):
        return (tuple(Head(written(column.heading)) for column in columns),)
    upper, lower = [], []
    for group, neighbours in groupby(columns, key=lambda column: column.group):
        under = list(neighbours)
        if group:
            upper.append(Head(written(group), width=len(under)))
            lower += [Head(written(column.heading)) for column in under]
        else:
            upper += [Head(written(column.heading), height=2) for column in under]
    return tuple(upper), tuple(lower)


def is_turned(part: Part) -> bool:
    """Whether a part needs a page that is turned: a table of many columns, or of long words and numbers."""
    if not isinstance(part, PublishedTable):
        return False
    return len(part.columns) > _UPRIGHT_COLUMNS or sum(need.least for need in _needs(part)) > _WIDTH


def sections(parts: Sequence[Part]) -> Iterator[Section]:
    """Neighbouring parts that stand on pages of the same way; a heading stands with what follows it."""
    ways: list[bool] = []
    for part in reversed(parts):
        ways.append(ways[-1] if isinstance(part, Heading) and ways else is_turned(part))
    for turned, group in groupby(zip(reversed(ways), parts, strict=True), key=lambda each: each[0]):
        yield Section(turned, tuple(part for _, part in group))


def widths(table: PublishedTable, width: int | None = None) -> tuple[int, ...]:
    """How wide each column is, in parts of ``WHOLE``: numbers and words stay whole where there is room for them.

    ``width`` is that of the page's text, in thousandths of the size of the letters, where it is not the usual one.
    """
    needs, whole = _needs(table), width or (_TURNED_WIDTH if is_turned(table) else _WIDTH)
    least, wanted = [need.least for need in needs], [need.wanted for need in needs]
    if sum(least) > whole:
        given = least
    elif sum(wanted) > whole:
        given = _shared(least, [want - need for want, need in zip(wanted, least, strict=True)], whole)
    else:
        given = _shared(wanted, [need.wanted if need.grows else 0 for need in needs], whole)
    shares = [each * WHOLE // sum(given) for each in given]
    shares[-1] += WHOLE - sum(shares)
    return tuple(shares)


def _shared(widths: Sequence[int], claims: Sequence[int], whole: int) -> list[int]:
    """Widths to which the rest of the whole is added by their claims."""
    rest, every = whole - sum(widths), sum(claims)
    return [width + (claim * rest // every if every else 0) for width, claim in zip(widths, claims, strict=True)]


@frozen
class _Need:
    """What a column needs at least and what it should have, and whether it takes room that is left: texts do."""

    least: int
    wanted: int
    grows: bool


def _needs(table: PublishedTable) -> list[_Need]:
    """What each column needs, the space beside its texts included."""
    rows = (*table.rows, *table.closing)
    return [_need(column, [row.cells[at] for row in rows]) for at, column in enumerate(table.columns)]


def _need(column: PublishedColumn, cells: Sequence[Cell]) -> _Need:
    """A number is never broken, a word only if it is very long."""
    lines = {line: cell.number is not None for cell in cells for line in cell.text.splitlines()}
    words = {word for line, number in lines.items() if not number for word in line.split()}
    least = max((min(_width(word), _WORD) for word in words), default=0)
    least = max([least, *(_width(line) for line, number in lines.items() if number)])
    headings = [min(_width(word) * 11 // 10, _WORD) for word in column.heading.split()]
    least = max([least, *headings])
    comfortable = min(max((_width(cell.text) // 4 for cell in cells), default=0), _LONG)
    wanted = max((min(_width(line), max(_COMFORTABLE, comfortable)) for line in lines), default=0)
    heading = min(_width(column.heading) * 11 // 10, _WORD)
    grows = wanted > _SHORT and not any(lines.values())
    return _Need(least + _BESIDE, max(least, wanted, heading) + _BESIDE, grows)


def _width(text: str) -> int:
    """About how wide a text is; digits are as wide as in the widest of the usual letters, since numbers never break."""
    return sum(map(_width_of, text))


def _width_of(sign: str) -> int:
    if sign.isdigit():
        return 640
    return 300 if sign in _NARROW else 850 if sign in _BROAD else 700 if sign.isupper() else 560
