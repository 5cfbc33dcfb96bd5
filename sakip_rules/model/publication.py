"""What a report is made of, ready to be laid out: exporters put it into a format, and never calculate or round."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from attrs import field, frozen

from sakip_rules.model.calculation import Term
from sakip_rules.model.values import Status, Value

#: The version of this model: its first number grows where an exporter that knew the former would go wrong.
VERSION = "1.0"


@frozen
class PublishedColumn:
    """A column: its name in the rules, its heading, the heading that it shares with its neighbours, and its year."""

    name: str
    heading: str
    group: str | None = None
    year: int | None = None


@frozen
class Cell:
    """What stands in a cell.

    ``text`` is what is printed, lines apart by a line break.  Where it is a number, ``number`` is that number exactly
    as printed, with ``decimals`` decimals and ``suffix`` behind it, and ``value`` the figure before the column's
    decimals.
    A cell of ``height`` covers that many rows; one of height 0 is covered by a cell above.
    ``explanation`` names the explanation of its figure, among those of the report.
    ``calculation`` is how its number follows, exactly as printed, from the numbers in other columns of its row; none
    where it rests on anything else.
    """

    text: str = ""
    number: Fraction | None = None
    decimals: int = 0
    suffix: str = ""
    value: Value | None = None
    height: int = 1
    explanation: str | None = None
    calculation: Term | None = None

    @property
    def decimal(self) -> Decimal | None:
        """The printed number as programs write it, exactly and with its decimals."""
        if self.number is None:
            return None
        return Decimal(f"{int(self.number * 10**self.decimals)}e-{self.decimals}")

    @property
    def provisional(self) -> bool:
        return self.value is not None and self.value.status is Status.PROVISIONAL


@frozen
class PublishedRow:
    """A row of a table; ``about`` is the name of the indicator, objective or programme, none for a closing row."""

    cells: tuple[Cell, ...]
    about: str | None = None


@frozen
class PublishedTable:
    """A table: its name, which others refer to, the number that is printed, its title, and the line under it."""

    name: str
    number: str | None
    title: str
    columns: tuple[PublishedColumn, ...]
    rows: tuple[PublishedRow, ...]
    closing: tuple[PublishedRow, ...] = ()
    when_empty: str | None = None
    source: str | None = None


@frozen
class Series:
    """Points of a chart that belong together, one for each of its categories; a cell without a number is a gap."""

    label: str
    points: tuple[Cell, ...]


@frozen
class PublishedChart:
    """A chart: its name, the number that is printed, its title, and its series over the same categories.

    ``form`` is ``batang`` (bars) or ``garis`` (lines).
    """

    name: str
    number: str | None
    title: str
    form: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    source: str | None = None


@frozen
class Heading:
    """The title of a part: ``level`` 1 is a chapter (bab), 2 a part of it, and so on."""

    text: str
    level: int = 1


@frozen
class Passage:
    """Paragraphs, apart by an empty line.

    A ``bound`` passage restates figures and is built anew with them; any other was written by people, and stands as
    they wrote it.  ``about`` is the name of the indicator, objective or programme that it speaks of.
    """

    text: str
    name: str | None = None
    about: str | None = None
    bound: bool = False


#: What a report is made of, in the order in which it is read.
Part = Heading | Passage | PublishedTable | PublishedChart


@frozen
class PublishedComponent:
    """What an indicator is calculated of: a ``variabel``, another ``indikator``, or an ``unsur`` of its index."""

    kind: str
    name: str
    title: str
    source: str | None = None


@frozen
class PublishedIndicator:
    """What the rules say of an indicator of the report; ``None`` where they say nothing.

    ``direction`` is ``naik`` or ``turun``, the better one.  ``dimension`` says how its unit calculates, such as
    ``persen`` or ``cacah``.  In ``formula`` everything is called by its title.
    """

    name: str
    title: str
    meaning: str | None = None
    direction: str | None = None
    unit: str | None = None
    dimension: str | None = None
    formula: str | None = None
    components: tuple[PublishedComponent, ...] = ()
    source: str | None = None


@frozen
class ExplanationStep:
    """A step of an explanation: what it is called, what it says, and where that stands; a blank one is a gap.

    One that is ``listed`` is a member of what is added up or averaged, and its label is a value.
    """

    text: str
    label: str = ""
    place: str = ""
    listed: bool = False


@frozen
class Explanation:
    """How a figure came about: as lines of text, and the same in steps for formats that lay it out themselves."""

    title: str
    lines: tuple[str, ...]
    steps: tuple[ExplanationStep, ...] = ()


@frozen
class PublishedFinding:
    """A finding as a report shows it: its code, its level, where it stands, what it says, and what to do.

    ``level`` is ``galat``, ``peringatan`` or ``catatan``.  ``waiver`` says why, by whom and until when it is waived.
    """

    code: str
    level: str
    place: str
    message: str
    advice: str = ""
    waiver: str | None = None


def _fixed(explanations: Mapping[str, Explanation]) -> Mapping[str, Explanation]:
    """The same explanations, which no one can change through what they are given."""
    return MappingProxyType(explanations)


@frozen
class Publication:
    """A report of one year: its parts in their order, and what is told beside them.

    These are the explanations of its figures, what was found in its folder, and what the rules say of its indicators.
    None of it can be changed: all formats of a run get the same one.
    """

    name: str
    title: str
    year: int
    parts: tuple[Part, ...]
    agency: str | None = None
    as_of: datetime.date | None = None
    findings: tuple[PublishedFinding, ...] = ()
    explanations: Mapping[str, Explanation] = field(factory=dict, converter=_fixed)
    indicators: tuple[PublishedIndicator, ...] = ()
    version: str = VERSION

    @property
    def tables(self) -> tuple[PublishedTable, ...]:
        return tuple(part for part in self.parts if isinstance(part, PublishedTable))

    @property
    def charts(self) -> tuple[PublishedChart, ...]:
        return tuple(part for part in self.parts if isinstance(part, PublishedChart))
