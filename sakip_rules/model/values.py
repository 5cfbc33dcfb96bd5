"""The values that engine, checks and report share: measured values, calculated values, and their statuses."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from enum import Enum
from fractions import Fraction

from attrs import frozen

from sakip_rules.base.diagnostics import Code
from sakip_rules.base.numbers import Root
from sakip_rules.base.source import Span
from sakip_rules.model.units import RATIO, Measure


class Status(Enum):
    """What stands behind a figure; the values are the words of the data files.

    ``tidak_ada`` is not there, or not yet; ``tidak_berlaku`` does not apply; ``tidak_dapat_dibandingkan`` has nothing
    that it continues; ``tidak_terhitung`` could not be calculated, for a reason that the value carries.  None of them
    is zero.
    """

    FINAL = "final"
    PROVISIONAL = "sementara"
    MISSING = "tidak_ada"
    NOT_APPLICABLE = "tidak_berlaku"
    NOT_COMPARABLE = "tidak_dapat_dibandingkan"
    UNDEFINED = "tidak_terhitung"


_WEIGHT = {
    Status.FINAL: 0,
    Status.PROVISIONAL: 1,
    Status.NOT_APPLICABLE: 2,
    Status.MISSING: 3,
    Status.NOT_COMPARABLE: 4,
    Status.UNDEFINED: 5,
}


@frozen
class Reason:
    """Why a value has no number: a finding's code, its facts, and the place that it is about."""

    code: Code
    values: Mapping[str, object]
    span: Span | None = None


@frozen
class Value:
    """An exact number in its unit, or none with the reason why."""

    number: Fraction | Root | None
    measure: Measure = RATIO
    status: Status = Status.FINAL
    reason: Reason | None = None

    @property
    def known(self) -> bool:
        return self.number is not None

    @property
    def fraction(self) -> Fraction:
        """The number, where it is known and no longer under a root."""
        if not isinstance(self.number, Fraction):
            raise ValueError("the value has no rational number")
        return self.number


def absent(status: Status, measure: Measure = RATIO, reason: Reason | None = None) -> Value:
    """A value without a number."""
    return Value(None, measure, status, reason)


def heaviest(values: Iterable[Value]) -> Value | None:
    """The value whose status decides what is made of them all: not calculable before missing before not applicable."""
    return max(values, key=lambda value: _WEIGHT[value.status], default=None)


class Quarter(Enum):
    """A period of measurement; the values are the words of the data files and of ``--period``."""

    YEAR = "tahunan"
    FIRST = "tw1"
    SECOND = "tw2"
    THIRD = "tw3"
    FOURTH = "tw4"


#: Behind the name of a programme or activity in a data file: what was spent of its budget.
ABSORBED = "serapan"
#: Behind the name of a programme or activity in a data file: the budget that the spending was measured against.
BUDGET = "pagu"
QUARTERS = (Quarter.FIRST, Quarter.SECOND, Quarter.THIRD, Quarter.FOURTH)


@frozen
class Measurement:
    """One measured value as a data file gives it.

    ``number`` is in the unit of the file's ``satuan`` column; ``label`` stands for a word of a scale.  ``decimals`` is
    how many were written, for comparing within the printed precision.
    """

    name: str
    year: int
    quarter: Quarter
    number: Fraction | None
    label: str | None
    unit: str | None
    status: Status
    source: str | None
    decided: datetime.date | None
    decimals: int
    span: Span


@frozen
class DataSet:
    """All measured values, by name, year and period."""

    measurements: Mapping[tuple[str, int, Quarter], Measurement]

    def get(self, name: str, year: int, quarter: Quarter) -> Measurement | None:
        return self.measurements.get((name, year, quarter))


EMPTY_DATA = DataSet({})
