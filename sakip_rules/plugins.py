"""Finds plugins and asks them; with ``hookspecs`` this is the whole plugin mechanism.

A plugin that cannot be loaded, or that fails when it is asked, is one finding that names it; the others go on.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from inspect import isroutine
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pluggy
from attrs import define, field, frozen

from sakip_rules import hookspecs
from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic

if TYPE_CHECKING:
    from sakip_rules.model.functions import Function, Functions
    from sakip_rules.model.years import YearRules

#: The hooks that exist.
HOOKS = tuple(name for name in vars(hookspecs) if name.startswith("sakip_"))
#: What a plugin may do wrong, and the others go on: all but being stopped by the user.
FAULTS = (Exception, SystemExit)
#: Where staff without packaging put plugins: a folder of Python files.
FOLDER_VARIABLE = "SAKIP_RULES_PLUGINS_DIR"


@frozen
class DeclaredYears:
    """What a year plugin declares: the years, whom it is for, and what it may touch."""

    name: str
    years: tuple[int, ...]
    agency: str | None
    library: str | None
    touches: tuple[str, ...]


@frozen
class Installed:
    """A plugin that was found: its name, its version, where it comes from, and which hooks it implements."""

    name: str
    version: str
    origin: str
    hooks: tuple[str, ...]
    seconds: float
    years: tuple[DeclaredYears, ...] = ()


@define
class _Found:
    name: str
    version: str
    origin: str
    plugin: object
    seconds: float = 0.0
    years: tuple[DeclaredYears, ...] = ()


@define
class Plugins:
    """All plugins of a run, what they offer, and what went wrong with any of them."""

    manager: pluggy.PluginManager
    faults: list[Diagnostic] = field(factory=list)
    _found: dict[str, _Found] = field(factory=dict)

    @property
    def libraries(self) -> dict[str, Path]:
        """All rule folders that plugins offer, by name; the plugin that was found first keeps a name."""
        merged: dict[str, Path] = {}
        for _, offered in self._ask("sakip_libraries", _is_libraries):
            for name, path in offered.items():
                merged.setdefault(name, path)
        return merged

    @property
    def functions(self) -> Functions:
        """All functions that plugins offer, by name; those of the language keep theirs."""
        merged: dict[str, Function] = {}
        for _, offered in self._ask("sakip_functions", _is_functions):
            for function in offered:
                merged.setdefault(function.name, function)
        return merged

    @property
    def year_rules(self) -> tuple[YearRules, ...]:
        """All year rules that plugins offer for this version of the interface, in the order of their names."""
        from sakip_rules.model.years import API

        fitting: list[YearRules] = []
        for name, offered in self._ask("sakip_year_rules", _is_year_rules):
            for rules in offered:
                if rules.api == API:
                    fitting.append(rules)
                else:
                    self._fault(codes.PLUGIN_API, name, found=str(rules.api), expected=str(API))
            self._found[name].years = tuple(_declared(rules) for rules in offered)
        return tuple(sorted(fitting, key=lambda rules: rules.name))

    @property
    def installed(self) -> tuple[Installed, ...]:
        """Every plugin with its hooks and the time that it has taken so far."""
        return tuple(
            Installed(found.name, found.version, found.origin, self._hooks_of(found.plugin), found.seconds, found.years)
            for found in self._found.values()
        )

    @property
    def fingerprint(self) -> tuple[str, ...]:
        """What tells these plugins, down to their files, from every other set of plugins."""
        stamps: list[str] = []
        for found in self._found.values():
            stamps.append(f"{found.name} {found.version}")
            if module := getattr(found.plugin, "__file__", None):
                stamps += _stamps(Path(module))
        return (*stamps, *(f"{item.code.name} {item.values}" for item in self.faults))

    def register(self, name: str, version: str, origin: str, load: Callable[[], object]) -> None:
        """Load a plugin and register it, or report why it cannot be used."""
        start = time.perf_counter()
        try:
            plugin = load()
            self.manager.register(plugin, name)
            misspelt = _misspelt(plugin)
        except FAULTS as error:
            code = codes.PLUGIN_HOOK if isinstance(error, pluggy.PluginValidationError) else codes.PLUGIN_BROKEN
            self._fault(code, name, fault=type(error).__name__, cause=cause_of(error))
            return
        self._found[name] = _Found(name, version, origin, plugin, time.perf_counter() - start)
        for hook in misspelt:
            self._fault(codes.PLUGIN_UNKNOWN_HOOK, name, hook=hook, known=HOOKS)

    def _ask(self, hook: str, fits: Callable[[Any], bool]) -> Iterator[tuple[str, Any]]:
        """What each plugin answers to a hook; nothing of one that fails or answers nonsense."""
        for name, found in self._found.items():
            others = [
                plugin for other, plugin in self.manager.list_name_plugin() if other != name and plugin is not None
            ]
            start = time.perf_counter()
            try:
                answers = [list(answer) if _is_lazy(answer) else answer for answer in self._caller(hook, others)()]
            except FAULTS as error:
                self._fault(codes.PLUGIN_FAILED, name, fault=type(error).__name__, cause=cause_of(error), hook=hook)
                continue
            finally:
                found.seconds += time.perf_counter() - start
            for answer in answers:
                if fits(answer):
                    yield name, answer
                else:
                    self._fault(codes.PLUGIN_NONSENSE, name, hook=hook, found=type(answer).__name__)

    def _hooks_of(self, plugin: object) -> tuple[str, ...]:
        """The hooks that the plugin really answers: those marked as such."""
        answered = {caller.name for caller in self.manager.get_hookcallers(plugin) or ()}
        return tuple(name for name in HOOKS if name in answered)

    def _caller(self, hook: str, without: list[object]) -> Callable[[], list[Any]]:
        caller: Callable[[], list[Any]] = self.manager.subset_hook_caller(hook, without)
        return caller

    def _fault(self, code: Code, name: str, **facts: object) -> None:
        item = Diagnostic(code, None, {"name": name, **facts})
        if item not in self.faults:
            self.faults.append(item)


class _BuiltIn:
    """What the package itself brings."""

    @hookspecs.hookimpl
    def sakip_functions(self) -> Iterable[Function]:
        from sakip_rules.engine.functions import BUILT_IN  # the engine is needed only where something is calculated

        return tuple(BUILT_IN.values())


def find(folder: Path | None = None) -> Plugins:
    """All installed plugins, and those of a folder of Python files, which take the place of others of their names."""
    from importlib.metadata import entry_points

    from sakip_rules import __version__

    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    found = Plugins(manager)
    found.register("bawaan", __version__, "sakip_rules", _BuiltIn)
    sources = _sources(folder) if folder else []
    taken = {name for name, _ in sources}
    for entry in sorted(entry_points(group=hookspecs.PROJECT), key=lambda each: each.name):
        if entry.name in taken:
            continue  # whoever works on a plugin has an older one installed
        version = entry.dist.version if entry.dist else ""
        found.register(entry.name, version, entry.value, entry.load)
    for name, path in sources:
        found.register(name, "", path.as_posix(), lambda name=name, path=path: _module(name, path))  # type: ignore[misc]
    return found


def _sources(folder: Path) -> list[tuple[str, Path]]:
    """The plugins of a folder by name: Python files, and folders that are packages."""
    modules = [(path.stem, path) for path in folder.glob("*.py")]
    return sorted(modules + [(path.parent.name, path) for path in folder.glob("*/__init__.py")])


def _module(name: str, path: Path) -> ModuleType:
    """A plugin of a folder, imported as any module is, under a name that no other has."""
    spec = importlib.util.spec_from_file_location(f"sakip_rules_plugin_{name}", path)
    if spec is None or spec.loader is None:
        raise ImportError(path.name)
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cause_of(error: BaseException) -> str:
    """What an exception says, on one line and no longer than one."""
    return " ".join(str(error).split())[:200]


def _misspelt(plugin: object) -> list[str]:
    """Functions that are marked as hooks, or named like one, and are none."""
    functions = {name: item for name in dir(plugin) if name not in HOOKS and isroutine(item := getattr(plugin, name))}
    marked = f"{hookspecs.PROJECT}_impl"
    return [name for name, item in functions.items() if name.startswith("sakip_") or hasattr(item, marked)]


def _declared(rules: YearRules) -> DeclaredYears:
    years, touches = tuple(sorted(rules.years)), tuple(sorted(rules.touches))
    return DeclaredYears(rules.name, years, rules.agency, rules.library, touches)


def _stamps(module: Path) -> Iterable[str]:
    """The size and time of each source file of a plugin."""
    sources = sorted(module.parent.rglob("*.py")) if module.name == "__init__.py" else [module]
    for source in sources:
        status = source.stat()
        yield f"{source} {status.st_size} {status.st_mtime_ns}"


# What a hook may answer.


def _is_lazy(answer: object) -> bool:
    return isinstance(answer, Iterator)


def _is_libraries(answer: object) -> bool:
    return (
        isinstance(answer, Mapping)
        and all(isinstance(key, str) for key in answer)
        and all(isinstance(path, Path) for path in answer.values())
    )


def _is_functions(answer: object) -> bool:
    from sakip_rules.model.functions import Function

    return isinstance(answer, list | tuple) and all(isinstance(item, Function) for item in answer)


def _is_year_rules(answer: object) -> bool:
    from sakip_rules.model.years import YearRules

    return isinstance(answer, list | tuple) and all(
        isinstance(item, YearRules)
        and isinstance(item.name, str)
        and isinstance(item.folder, Path | None)
        and _all(item.years, int)
        and _all(item.touches, str)
        and (item.amend is None or callable(item.amend))
        for item in answer
    )


def _all(items: object, kind: type) -> bool:
    """Whether this is a set of things of a kind."""
    return isinstance(items, Set) and all(isinstance(item, kind) for item in items)
