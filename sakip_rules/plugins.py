"""Finds plugins and asks them; with ``hookspecs`` this is the whole plugin mechanism."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pluggy

from sakip_rules import hookspecs

if TYPE_CHECKING:
    from sakip_rules.model.functions import Function, Functions

#: What ``manager`` makes, for those who only hand it on.
Plugins = pluggy.PluginManager


class _BuiltIn:
    """What the package itself brings."""

    @hookspecs.hookimpl
    def sakip_functions(self) -> Iterable[Function]:
        from sakip_rules.engine.functions import BUILT_IN  # the engine is needed only where something is calculated

        return BUILT_IN.values()


def manager() -> Plugins:
    """A plugin manager with all installed plugins registered."""
    found = pluggy.PluginManager(hookspecs.PROJECT)
    found.add_hookspecs(hookspecs)
    found.register(_BuiltIn(), "bawaan")
    found.load_setuptools_entrypoints(hookspecs.PROJECT)
    return found


def fingerprint(plugins: Plugins) -> tuple[str, ...]:
    """What tells the installed plugins, down to their files, from every other set of plugins."""
    stamps: list[str] = []
    for name, plugin in plugins.list_name_plugin():
        stamps.append(name)
        module = getattr(plugin, "__file__", None)
        if module:
            stamps += _stamps(Path(module))
    return tuple(stamps)


def _stamps(module: Path) -> Iterable[str]:
    """The size and time of each source file of a plugin."""
    sources = sorted(module.parent.rglob("*.py")) if module.name == "__init__.py" else [module]
    for source in sources:
        status = source.stat()
        yield f"{source} {status.st_size} {status.st_mtime_ns}"


def libraries(plugins: Plugins) -> dict[str, Path]:
    """All rule folders that plugins offer, by name; the one that was registered first keeps its name."""
    merged: dict[str, Path] = {}
    for offered in reversed(plugins.hook.sakip_libraries()):  # pluggy calls the last registered first
        for name, path in offered.items():
            merged.setdefault(name, path)
    return merged


def functions(plugins: Plugins) -> Functions:
    """All functions that plugins offer, by name."""
    return {function.name: function for offered in plugins.hook.sakip_functions() for function in offered}
