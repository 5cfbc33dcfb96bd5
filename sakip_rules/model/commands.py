"""What a command is: a name, the words of its help, and what is loaded only when it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import field, frozen


@frozen
class Command:
    """A command by its name.

    ``load`` gives a ``click.Command``, which is no group.  ``words`` hold its help for each language: what it does
    under ``perintah``, and what each option is for, by its long name without the hyphens before it, under ``opsi``.
    """

    name: str
    load: Callable[[], Any]
    words: Mapping[str, Mapping[str, Any]] = field(factory=dict)
