"""Looking a value up in a band table, after the rounding that the table declares."""

from __future__ import annotations

from fractions import Fraction

from sakip_rules.base import codes
from sakip_rules.engine.scalar import rounded
from sakip_rules.model import program as p
from sakip_rules.model.units import UnitTable
from sakip_rules.model.values import Reason, Value


def band_of(category: p.Category, value: Value, units: UnitTable) -> p.Band | Reason | None:
    """The first band that holds a value; the reason where none does; nothing where there is no value to look up."""
    if value.number is None:
        return value.reason
    expected = units.measure(category.unit.text) if category.unit else value.measure
    if expected != value.measure:
        values = {"left": str(value.measure), "right": str(expected)}
        return Reason(codes.UNIT_MISMATCH, values, category.place("satuan"))
    number = (rounded(value, category.rounding) if category.rounding else value).number
    if not isinstance(number, Fraction):
        return Reason(codes.ROOT_NOT_ROUNDED, {}, category.name_span)
    if category.domain is None or number in category.domain:
        for band in category.bands:
            if number in band.range:
                return band
    return Reason(codes.OUTSIDE_BANDS, {"number": number, "category": category.label}, category.name_span)
