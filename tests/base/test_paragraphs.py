"""Texts of several lines: paragraphs and items stay apart, other line breaks say nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip_rules.base.paragraphs import paragraphs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("satu\n    dua  tiga", "satu dua tiga"),
        ("satu\n\n   \n  dua", "satu\n\ndua"),
        (
            "daftar:\n- satu\n  lagi\n• dua\n1. tiga\n12) empat\na. lima",
            "daftar:\n- satu lagi\n• dua\n1. tiga\n12) empat\na. lima",
        ),
        ("tahun\n2024. Lalu\n-5 derajat\nAda. Tidak", "tahun 2024. Lalu -5 derajat Ada. Tidak"),
        ("satu\u00a0dua\r\ntiga", "satu dua tiga"),
        ("", ""),
    ],
)
def test_lines_are_joined_but_for_paragraphs_and_items(text: str, expected: str) -> None:
    assert paragraphs(text) == expected


@given(st.text("ab1.-• \n", max_size=40))
def test_what_is_joined_stays_as_it_is(text: str) -> None:
    """No word is lost or changed, and a second time changes nothing."""
    once = paragraphs(text)
    assert once.split() == text.split()
    assert paragraphs(once) == once
