"""Numbers in Indonesian words: as officials write them, and back without a loss."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip_rules.base.number_words import LIMIT, read_number_words, write_number_words

WRITTEN: list[tuple[str, str]] = [
    ("0", "nol"),
    ("10", "sepuluh"),
    ("11", "sebelas"),
    ("12", "dua belas"),
    ("55", "lima puluh lima"),
    ("100", "seratus"),
    ("111", "seratus sebelas"),
    ("219", "dua ratus sembilan belas"),
    ("1000", "seribu"),
    ("2010", "dua ribu sepuluh"),
    ("101000", "seratus satu ribu"),
    ("1000000", "satu juta"),
    ("24175862284", "dua puluh empat miliar seratus tujuh puluh lima juta delapan ratus enam puluh dua ribu dua ratus "
        "delapan puluh empat"),
    ("-1.08", "minus satu koma nol delapan"),
    ("99.54", "sembilan puluh sembilan koma lima empat"),
    ("0.038", "nol koma nol tiga delapan"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "words"), WRITTEN)
def test_a_number_is_written_as_people_say_it(number: str, words: str) -> None:
    """And the words are read as that number, in any case."""
    assert write_number_words(Fraction(number)) == words
    assert read_number_words(words.title()) == Fraction(number)


@pytest.mark.parametrize(
    ("words", "number"),
    [("seratus", 100), ("satu ratus", 100), ("sejuta", 10**6), ("dua milyar", 2 * 10**9), ("satu ribu", 1000)],
)
def test_other_spellings_are_read(words: str, number: int) -> None:
    """What people write besides the usual words."""
    assert read_number_words(words) == number


@pytest.mark.parametrize(
    "words",
    ["", "baik", "puluh", "lima lima", "ratus lima", "lima seratus", "ribu", "dua ribu tiga juta", "nol lima",
     "dua belas tiga", "dua puluh dua ratus", "dua puluh sebelas", "minus", "lima koma", "lima koma puluh"],
)  # fmt: skip
def test_words_that_say_no_number_are_not_guessed(words: str) -> None:
    """A word too many, one out of order, or none."""
    assert read_number_words(words) is None


@given(st.integers(1 - LIMIT * 1000, LIMIT * 1000 - 1), st.just(1000))
def test_every_number_comes_back_from_its_words(numerator: int, denominator: int) -> None:
    """Whole numbers and decimals, negative ones too."""
    number = Fraction(numerator, denominator)
    assert read_number_words(write_number_words(number)) == number


@given(
    st.lists(st.sampled_from(["nol", "satu", "dua", "sebelas", "belas", "puluh", "seratus", "ratus", "seribu", "ribu"]))
)
def test_what_is_read_is_one_number_however_it_was_written(words: list[str]) -> None:
    """Words in any order are refused, or are a number whose own words are read alike."""
    number = read_number_words(" ".join(words))
    assert number is None or read_number_words(write_number_words(number)) == number


@pytest.mark.parametrize("number", [Fraction(1, 3), Fraction(LIMIT)])
def test_what_has_no_words_is_refused(number: Fraction) -> None:
    """Decimals that never end, and more digits than there are words for."""
    with pytest.raises(ValueError, match="words"):
        write_number_words(number)
