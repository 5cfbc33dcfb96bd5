"""Names of sheets: valid, short enough, and each only once."""

from __future__ import annotations

import re

#: The longest name that a sheet may have.
LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
#: Names that spreadsheets keep for themselves.
_TAKEN = ("history",)


class SheetNames:
    """The names given so far, without regard to case, as spreadsheets see them."""

    def __init__(self) -> None:
        self._given = set(_TAKEN)

    def give(self, wanted: str) -> str:
        """A name that no other sheet has, as near to what is wanted as may be."""
        plain = " ".join(_FORBIDDEN.sub(" ", wanted).split()).strip("' ") or "Lembar"
        name, count = plain[:LONGEST].strip("' "), 1
        while name.lower() in self._given:
            count += 1
            mark = f" ({count})"
            name = plain[: LONGEST - len(mark)].strip("' ") + mark
        self._given.add(name.lower())
        return name


def reference(name: str) -> str:
    """A sheet as formulas and links name it."""
    return "'" + name.replace("'", "''") + "'"
