"""Whether the letters that come with typst have every sign of a text, which only typst can tell."""

from __future__ import annotations

import re

#: How typst says that a sign cannot stand in an archive: its letters lack it, or nobody knows what it means.
_SIGN = re.compile(r'(?:the text|contains the codepoint) `"(.+?)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def missing_sign(error: Exception) -> str | None:
    """The sign for which typst refused to write a file, as people can look it up; none where the cause is another."""
    found = _SIGN.search(str(error))
    return _ESCAPED.sub(lambda code: f"U+{code[1].upper():0>4}", found[1]) if found else None
