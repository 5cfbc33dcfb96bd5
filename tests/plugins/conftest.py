"""Formats on paper are looked at in a folder of their own."""

from __future__ import annotations

from tests.alone import _alone, command

__all__ = ["_alone", "command"]
