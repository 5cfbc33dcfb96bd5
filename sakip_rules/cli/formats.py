"""The formats that a command is asked for, and what is told where one of them is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.cli.session import misuse
from sakip_rules.plugins import Plugins


def lacking(plugins: Plugins, forms: Iterable[str], known: Sequence[str]) -> tuple[Diagnostic, ...]:
    """What stands against the formats that no plugin writes: the faults of plugins, one of which may have brought them.

    Where no plugin is broken, a format that is not there was never one, which is misuse.
    """
    missing = [form for form in forms if form not in known]
    if missing and not plugins.faults:
        misuse("salah.pilihan", value=missing[0], choices=tuple(known))
    told = (Diagnostic(codes.NO_FORMAT, None, {"name": form, "known": tuple(known)}) for form in missing)
    return (*plugins.faults, *told) if missing else ()
