"""The words of the page, and days as Indonesians write them."""

from __future__ import annotations

import datetime
import tomllib
from functools import cache
from pathlib import Path
from typing import Any


def word(key: str, **facts: object) -> str:
    """A word or sentence of the page, with facts filled in."""
    return str(_words()[key]).format_map(facts) if facts else str(_words()[key])


def day(given: datetime.date) -> str:
    """A day such as 4 November 2024."""
    return f"{given.day} {_words()['bulan'][given.month - 1]} {given.year}"


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("kata.toml").read_text(encoding="utf-8"))
