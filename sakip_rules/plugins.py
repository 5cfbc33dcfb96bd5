"""Finds plugins and asks them; with ``hookspecs`` this is the whole plugin mechanism."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pluggy

from sakip_rules import hookspecs
from sakip_rules.engine.functions import BUILT_IN
from sakip_rules.model.functions import Function, Functions


class _BuiltIn:
    """What the package itself brings."""

    @hookspecs.hookimpl
    def sakip_functions(self) -> Iterable[Function]:
        return BUILT_IN.values()


def manager() -> pluggy.PluginManager:
    """A plugin manager with all installed plugins registered."""
    found = pluggy.PluginManager(hookspecs.PROJECT)
    found.add_hookspecs(hookspecs)
    found.register(_BuiltIn(), "bawaan")
    found.load_setuptools_entrypoints(hookspecs.PROJECT)
    return found


def libraries(plugins: pluggy.PluginManager) -> dict[str, Path]:
    """All rule folders that plugins offer, by name; the one that was registered first keeps its name."""
    merged: dict[str, Path] = {}
    for offered in plugins.hook.sakip_libraries():
        for name, path in offered.items():
            merged.setdefault(name, path)
    return merged


def functions(plugins: pluggy.PluginManager) -> Functions:
    """All functions that plugins offer, by name."""
    return {function.name: function for offered in plugins.hook.sakip_functions() for function in offered}
