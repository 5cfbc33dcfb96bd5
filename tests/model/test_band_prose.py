"""What the words beside a band say, in numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sakip_rules.model.band_prose import Prose, read_prose
from sakip_rules.model.bands import FIRST, LAST, Cut, Region


def region(text: str) -> Region:
    """``[75 100)``, where ``-`` is an open end."""
    low, high = text[1:-1].split()
    lower = FIRST if low == "-" else Cut(0, Fraction(low), text[0] == "(")
    return Region(lower, LAST if high == "-" else Cut(0, Fraction(high), text[-1] == "]"))


READ: list[tuple[str, str]] = [
    ("Sama dengan atau lebih dari 100 persen", "[100 -)"),
    ("Tujuh puluh lima persen sampai dengan seratus persen", "[75 100]"),
    ("Lima puluh lima persen sampai dengan kurang dari tujuh puluh lima persen", "[55 75)"),
    ("Di bawah lima puluh lima persen", "(- 55)"),
    ("lebih dari atau sama dengan 90", "[90 -)"),
    ("Lebih besar dari 80% hingga 90%", "(80 90]"),
    ("tidak kurang dari 91%", "[91 -)"),
    ("tidak lebih dari 50 persen", "(- 50]"),
    ("paling sedikit 60, paling banyak 70", "[60 70]"),
    ("paling rendah 60%", "[60 -)"),
    ("100% atau lebih", "[100 -)"),
    ("50% ke bawah", "(- 50]"),
    ("91% ≤ 100%", "[91 100]"),
    ("≤ 50%", "(- 50]"),
    ("88,31 - 100,00", "[88.31 100]"),
    ("80 < x ≤ 90", "(80 90]"),
    ("90 > x ≥ 80", "[80 90)"),
    ("75% s.d < 100%", "[75 100)"),
    (">90–100", "(90 100]"),
    ("> 80 dan < 90", "(80 90)"),
    ("antara 1.000 dan 2.000", "[1000 2000]"),
    ("lebih dari nol koma lima persen", "(0.5 -)"),
    ("mulai 75 hingga kurang dari 100", "[75 100)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_a_range_in_words_is_read_exactly(text: str, expected: str) -> None:
    """Numerals and words, every usual way to say which end belongs to it."""
    assert read_prose(text) == region(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sangat Baik", Prose.SILENT),
        ("Cukup (Memadai)", Prose.SILENT),
        ("", Prose.SILENT),
        ("Pasal 5", Prose.SILENT),
        ("sekitar seratus persen", Prose.NOT_UNDERSTOOD),
        ("75 sampai dengan 100 menurut kolom tiga", Prose.NOT_UNDERSTOOD),
        ("di atas 100 kurang dari 80 lebih dari 3", Prose.NOT_UNDERSTOOD),
    ],
)
def test_what_is_not_understood_is_not_guessed(text: str, expected: Prose) -> None:
    """And what says nothing of a range is no fault."""
    assert read_prose(text) is expected
