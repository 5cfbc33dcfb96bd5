"""What a function of the rule language is: its name, how many arguments it takes, its unit, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

from sakip_rules.model.units import Measure
from sakip_rules.model.values import Value

#: Words that a formula reads otherwise, in large and small letters, so that no function can have them for its name.
RESERVED = frozenset(("atau", "bila", "bukan", "dan", "x"))
#: An argument: one value, or as many as a list holds.
Argument = Value | tuple[Value, ...]


class FunctionError(Exception):
    """A function has no answer, which is a finding already."""


@frozen
class Function:
    """A function that formulas may call.

    ``measure`` gives the unit of the result from the units of the arguments, or ``None`` where they do not fit;
    ``apply`` gives the result.  ``most`` of ``None`` takes any number of arguments.
    """

    name: str
    least: int
    most: int | None
    measure: Callable[[Sequence[Measure]], Measure | None]
    apply: Callable[[Sequence[Argument]], Value]


Functions = Mapping[str, Function]
