"""Quoted texts."""

from __future__ import annotations


def unquoted(text: str) -> str:
    """What a text says, without the quotes around it."""
    if text.startswith('"""') and text.endswith('"""') and len(text) >= 6:
        return text[3:-3]
    if len(text) >= 2 and (text[0] + text[-1] == '""' or (text[0] in "“”" and text[-1] == "”")):
        return text[1:-1]
    return text
