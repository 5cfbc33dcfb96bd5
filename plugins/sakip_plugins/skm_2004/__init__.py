"""The satisfaction survey of 2004: until 2014 an index has fourteen elements, and its grades have other bands.

Keputusan Menteri PAN KEP/25/M.PAN/2/2004, before PermenPAN-RB 14/2017.  A rule folder says ``ikm`` and
``mutu_pelayanan`` for every year; for the years of this edition both stand for those of 2004.  What a folder calls
so, and is of another kind, such as an indicator, is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sakip_rules import YearRules, hookimpl

if TYPE_CHECKING:
    from sakip_rules import Program


@hookimpl
def sakip_year_rules() -> Iterable[YearRules]:
    return (
        YearRules(
            name="skm_2004",
            folder=Path(__file__).with_name("aturan"),
            library="nasional",
            years=frozenset(range(2004, 2015)),
            touches=frozenset({"ikm", "mutu_pelayanan"}),
            amend=_of_2004,
        ),
    )


def _of_2004(program: Program) -> Program:
    graded = program.replace("mutu_pelayanan", "mutu_pelayanan_2004", kind="kategori")
    return graded.replace("ikm", "ikm_2004", kind="indeks")
