"""Typed values as the rule language writes them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from typing import Any

from sakip_rules.base.dates import Period, format_date
from sakip_rules.base.numbers import Rounding, RoundingMode, decimals_of, format_number
from sakip_rules.model import program as p
from sakip_rules.model import reports as r
from sakip_rules.syntax import tree
from sakip_rules.syntax.printer import print_expression

_NAME = re.compile(r"\w+(?:\.\w+)*")
_PLAIN_FRACTION = re.compile(r"^(\d+) / (\d+)$")
_UPTO = " s.d "


def written(value: Any) -> str:
    """A value of a key or a cell in one way to write it; ``-`` where there is none."""
    if value is None or value == ():
        return "-"
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, p.Reference):
        return value.text if _NAME.fullmatch(value.text) else f"“{value.text}”"
    if isinstance(value, p.UnitRef | p.Label | r.DataCell):
        return value.text
    if isinstance(value, p.Quantity):
        return _with_unit(_number(value.number, value.decimals), value.unit)
    if isinstance(value, p.Interval):
        return _interval(value)
    if isinstance(value, p.Input):
        return f"{value.name} {value.unit.text}" if value.unit else value.name
    if isinstance(value, tree.Number | tree.Name | tree.Unary | tree.Binary | tree.Call | tree.Filtered):
        return _PLAIN_FRACTION.sub(r"\1/\2", print_expression(value))
    if isinstance(value, p.Subject):
        within = f" dalam {'; '.join(value.within)}" if value.within else ""
        return f"{'; '.join(value.things)}{within}"
    if isinstance(value, p.Message):
        return "".join(part if isinstance(part, str) else f"{{{written(part)}}}" for part in value.parts)
    if isinstance(value, tuple):
        return "; ".join(written(item) for item in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {written(item)}" for key, item in sorted(value.items()))
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, Fraction):
        return _number(value)
    if isinstance(value, datetime.date):
        return format_date(value)
    if isinstance(value, Period):
        return _period(value)
    if isinstance(value, Rounding):
        usual = value.mode is RoundingMode.HALF_AWAY_FROM_ZERO
        return str(value.places) if usual else f"{value.places} {value.mode.value}"
    return str(value.value) if isinstance(value, Enum) else str(value)


def _number(number: Fraction, decimals: int = 0) -> str:
    own = decimals_of(number)
    return format_number(number, None if own is None else max(own, decimals))


def _with_unit(text: str, unit: str | None) -> str:
    if unit is None:
        return text
    return f"Rp {text}" if unit == "Rp" else f"{text}%" if unit == "%" else f"{text} {unit}"


def _interval(interval: p.Interval) -> str:
    lower = None if interval.lower is None else _with_unit(_number(interval.lower), interval.unit)
    upper = None if interval.upper is None else _with_unit(_number(interval.upper), interval.unit)
    if lower is None:
        return f"{'≤' if interval.upper_included else '<'} {upper}"
    if upper is None:
        return f"{'≥' if interval.lower_included else '>'} {lower}"
    return f"{'' if interval.lower_included else '> '}{lower}{_UPTO}{'' if interval.upper_included else '< '}{upper}"


def _period(period: Period) -> str:
    start = format_date(period.start) if period.start else "-"
    return f"{start}{_UPTO}{format_date(period.end) if period.end else 'seterusnya'}"
