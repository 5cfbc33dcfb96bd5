"""What a check is: what can be said of a program without any measured value, and under which codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import frozen

from sakip_rules.base.diagnostics import Code, Diagnostic
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program


@frozen
class Check:
    """A check by its name, the codes of all findings that it can make, and what it does.

    ``run`` gets the program and the functions that its formulas may call, and gives findings.
    """

    name: str
    codes: tuple[Code, ...]
    run: Callable[[Program, Functions], Iterable[Diagnostic]]
