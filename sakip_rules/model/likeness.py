"""Names that are alike but not the same: one that was misspelt, or that another document writes otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

#: The endings in which one Indonesian word may stand.
_ENDINGS = ("nya", "kan", "an", "i")
#: Shorter stems say too little for two words to be forms of one.
_SHORTEST = 5
#: Longer words in capitals are no abbreviations.
_LONGEST = 6
_WORD = re.compile(r"\w+|[^\w\s]+")
#: Between these a difference stands.
_OPEN, _CLOSE = "[", "]"


class Likeness:
    """Texts, in which those that are alike are found without comparing each with each.

    Two are alike where their words are the same but for the form of single words: another ending
    (Meningkatnya, Meningkatkan), or another letter of an abbreviation (PMKS, PPKS).  Abbreviations that some text names
    side by side are two things (PMKS dan PSKS).
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._groups: dict[tuple[str, ...], list[int]] = {}
        self._texts = tuple(texts)
        for at, text in enumerate(self._texts):
            self._groups.setdefault(_outline(text), []).append(at)
        self._apart = {
            pair
            for text in self._texts
            for pair in combinations(sorted(set(filter(_is_abbreviation, text.split()))), 2)
        }

    def of(self, text: str) -> Iterator[int]:
        """The positions of the texts that are like one, without those that are the same."""
        for at in self._groups.get(_outline(text), ()):
            if self._texts[at].casefold() != text.casefold() and self._forms_of_one(self._texts[at], text):
                yield at

    def _forms_of_one(self, one: str, other: str) -> bool:
        """Whether every word that differs is a form of the other: an abbreviation in one letter only."""
        pairs = zip(_WORD.findall(one), _WORD.findall(other), strict=True)
        return all(
            left.casefold() == right.casefold()
            or not _is_abbreviation(left)
            or (_letters_apart(left, right) == 1 and tuple(sorted((left, right))) not in self._apart)
            for left, right in pairs
        )


def marked(one: str, other: str) -> str:
    """The first text, with the words in which it differs from the other in brackets."""
    ours, theirs = one.split(), other.split()
    if len(ours) != len(theirs):
        return one
    pairs = zip(ours, theirs, strict=True)
    return " ".join(word if word.casefold() == same.casefold() else f"{_OPEN}{word}{_CLOSE}" for word, same in pairs)


def _outline(text: str) -> tuple[str, ...]:
    """What is the same for all texts that may be alike: words without their endings, abbreviations by their length."""
    return tuple(_stem(word) for word in _WORD.findall(text))


def _stem(word: str) -> str:
    if _is_abbreviation(word):
        return f"{word[0]}{len(word)}{word[-1]}"
    word = word.casefold()
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST:
            return stem
    return word


def _is_abbreviation(word: str) -> bool:
    return 3 <= len(word) <= _LONGEST and word.isalpha() and word.isupper()


def _letters_apart(left: str, right: str) -> int:
    return sum(mark != same for mark, same in zip(left, right, strict=True))
