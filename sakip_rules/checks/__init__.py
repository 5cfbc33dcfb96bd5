"""What can be said of a program without any measured value.

Each check is a function from a program and the functions of the language to findings; ``ALL`` is their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.checks import (
    allocations,
    cascading,
    cycles,
    expressions,
    formulas,
    methods,
    reports,
    revisions,
    targets,
    units,
    unused,
)
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program

Check = Callable[[Program, Functions], Iterable[Diagnostic]]

ALL: tuple[Check, ...] = (
    expressions.check,
    cycles.check,
    cascading.check,
    formulas.check,
    units.check,
    methods.check,
    targets.check,
    revisions.check,
    allocations.check,
    reports.check,
    unused.check,
)
