"""What a misspelt word most likely stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

#: Among more words than this, only those are compared that begin or end like the misspelt one.
_ALL = 200
_NEIGHBOURS = 40
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
        """The known word that is most like a misspelt one, if any is like it."""
        found = get_close_matches(word, self._candidates(word), _TIED, cutoff)
        return max(found, key=lambda known: _likeness(known, word), default=None)

    def _candidates(self, word: str) -> list[str]:
        if len(self._forward) <= _ALL:
            return self._forward
        beginning = _around(self._forward, word)
        ending = (each[::-1] for each in _around(self._backward, word[::-1]))
        return sorted({*beginning, *ending})


def _likeness(known: str, word: str) -> tuple[float, int]:
    """How like two words are, and how many of their signs stand in the same places."""
    same = sum(one == other for one, other in zip(known, word, strict=False))
    return SequenceMatcher(None, known, word).ratio(), same


def _around(words: list[str], word: str) -> list[str]:
    at = bisect_left(words, word)
    return words[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]
