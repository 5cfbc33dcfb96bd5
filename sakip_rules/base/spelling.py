"""What a misspelt word most likely stands for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property

#: Among more words than this, only those are compared that begin or end like the misspelt one.
_ALL = 200
_NEIGHBOURS = 40
#: What people write between the words of a name.
_JOINTS = re.compile(r"[\s_-]+")
#: Of so many words that are equally like the misspelt one, that is taken which has most signs in its places.
_TIED = 5


class Spelling:
    """Known words, in which a near one is found without comparing them all.

    Among very many words one with a slip at both ends may not be found.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._forward = sorted(set(words))
        self._backward = sorted(word[::-1] for word in self._forward)

    def near(self, word: str, cutoff: float = 0.6) -> str | None:
        """The known word that is most like a misspelt one, if any is like it.

        One that differs only in capital letters comes before all others, and then one that is only joined otherwise.
        """
        same = self._by_case.get(word.casefold()) or self._by_letters.get(_letters(word))
        if same:
            return same
        found = get_close_matches(word, self._candidates(word), _TIED, cutoff)
        return max(found, key=lambda known: _likeness(known, word), default=None)

    @cached_property
    def _by_case(self) -> Mapping[str, str]:
        return {word.casefold(): word for word in reversed(self._forward)}

    @cached_property
    def _by_letters(self) -> Mapping[str, str]:
        return {_letters(word): word for word in reversed(self._forward)}

    def _candidates(self, word: str) -> list[str]:
        if len(self._forward) <= _ALL:
            return self._forward
        beginning = _around(self._forward, word)
        ending = (each[::-1] for each in _around(self._backward, word[::-1]))
        return sorted({*beginning, *ending})


def nearest(word: str, words: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The word that is most like a misspelt one, where it is looked for once."""
    return Spelling(words).near(word, cutoff)


def _letters(word: str) -> str:
    """A word without capital letters, and without what joins its parts."""
    return _JOINTS.sub("", word).casefold()


def _likeness(known: str, word: str) -> tuple[float, int]:
    """How like two words are, and how many of their signs stand in the same places."""
    same = sum(one == other for one, other in zip(known, word, strict=False))
    return SequenceMatcher(None, known, word).ratio(), same


def _around(words: list[str], word: str) -> list[str]:
    at = bisect_left(words, word)
    return words[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]
