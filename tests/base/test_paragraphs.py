"""Texts of several lines: paragraphs and items stay apart, other line breaks say nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip_rules.base.paragraphs import paragraphs, shortened


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


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("Satu\n   dua.", 9, "Satu dua."),
        ("Satu. Dua. Tiga.", 12, "Satu. Dua. …"),
        ("Satu. Dua. Tiga.", 11, "Satu. …"),
        ("satu dua tiga", 10, "satu dua …"),
        ("satuduatiga", 6, "satu …"),
    ],
)
def test_a_text_is_cut_behind_a_sentence_or_a_word(text: str, most: int, expected: str) -> None:
    assert shortened(text, most) == expected


@given(st.text("ab. \n", max_size=40), st.integers(3, 40))
def test_a_shortened_text_is_a_beginning_of_its_text(text: str, most: int) -> None:
    short, line = shortened(text, most), " ".join(text.split())
    assert len(short) <= most
    assert line == short or line.startswith(short.removesuffix(" …"))
