"""Words of titles, compared by what is left of them without prefixes and suffixes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

#: Words that say how something is measured, where, or join others, and so nothing of what is measured.
_SILENT = frozenset((
    "persentase", "persen", "prosentase", "jumlah", "tingkat", "rasio", "indeks", "angka", "nilai", "skor", "cakupan",
    "proporsi", "rata", "banyaknya", "total", "besaran", "keseluruhan", "seluruh", "semua", "capaian",
    "yang", "dan", "dari", "pada", "dengan", "untuk", "terhadap", "dalam", "oleh", "atau", "per", "secara", "telah",
    "sesuai", "tahun", "kabupaten", "kota", "provinsi", "daerah", "dinas", "badan", "mendapatkan", "memperoleh",
    "menerima", "khususnya", "serta", "antar", "bagi", "sebagai", "tidak", "dapat", "akan", "sudah", "belum",
))  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{3,}")
#: Two words are of one stem where they share so many letters in a row, and so large a part of the shorter.
_SHARED_LETTERS, _SHARED_PART = 4, Fraction(55, 100)


def telling_words(text: str) -> tuple[str, ...]:
    """The words of a title that say what is measured, as they stand there, each once."""
    return tuple(dict.fromkeys(word for word in _WORD.findall(text) if word.lower() not in _SILENT))


def missing_words(wanted: Iterable[str], text: str) -> tuple[str, ...]:
    """Those words of which no word of a text is of the same stem, and that are not its initials."""
    words = _WORD.findall(text.lower())
    initials = "".join(word[0] for word in words if word not in _SILENT)
    return tuple(word for word in wanted if not _is_found(word, words, initials))


def _is_found(word: str, words: Iterable[str], initials: str) -> bool:
    if word.isupper() and word.lower() in initials:
        return True
    return any(_same_stem(word.lower(), other) for other in words)


def _same_stem(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    size = max(_SHARED_LETTERS, int(_SHARED_PART * len(shorter)))
    if len(shorter) < _SHARED_LETTERS:
        return shorter == longer
    return any(shorter[at : at + size] in longer for at in range(len(shorter) - size + 1))
