"""Shows on a terminal how far a long command is; elsewhere it shows nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import click

T = TypeVar("T")


def watched(items: Iterable[T], name: Callable[[T], str]) -> Iterator[T]:
    """The same items, with a bar on the terminal that names the one in work, beside what a command writes."""
    if not sys.stderr.isatty():
        yield from items
        return
    listed = list(items)
    with click.progressbar(
        listed, file=sys.stderr, width=24, show_eta=False, show_pos=True,
        item_show_func=lambda item: "" if item is None else name(item),
    ) as bar:  # fmt: skip
        yield from bar
