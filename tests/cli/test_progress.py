"""The bar that shows how far a command is."""

from __future__ import annotations

import io
import sys

import pytest

from sakip_rules.cli.progress import watched

FORMS = ["docx", "pdf", "xlsx"]


class Stream(io.StringIO):
    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize("terminal", [True, False])
def test_a_bar_names_what_is_in_work_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch, terminal: bool) -> None:
    """The items pass in their order, each when it is asked for; what is read by programs gets nothing."""
    stream = Stream(terminal)
    monkeypatch.setattr(sys, "stderr", stream)
    seen = []
    for form in watched(FORMS, str):
        seen.append(form)
        assert (form in stream.getvalue()) == terminal
    assert seen == FORMS
    assert ("3/3" in stream.getvalue()) == terminal
