"""The revision of 4 November 2024: Dinas Sosial Magetan replaces its agreement of January by another.

Tabel 2.7 and 2.8 of its report of 2024.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sakip_rules import YearRules, hookimpl


@hookimpl
def sakip_year_rules() -> Iterable[YearRules]:
    return (
        YearRules(
            name="pk_2024_perubahan",
            folder=Path(__file__).with_name("aturan"),
            agency="dinsos_magetan",
            years=frozenset({2024}),
            touches=frozenset({"pk_2024"}),
        ),
    )
