"""Commands run alone."""

from __future__ import annotations

from tests.alone import _alone, command

__all__ = ["_alone", "command"]
