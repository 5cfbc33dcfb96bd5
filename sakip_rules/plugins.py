"""Finds plugins and asks them; with ``hookspecs``, ``answers`` and ``guards`` this is the whole plugin mechanism.

A plugin that cannot be loaded, or that fails when it is asked or when a part of it runs, is one finding that names it;
the others go on.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import redirect_stdout
from functools import cached_property, partial
from inspect import isroutine
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any

import pluggy
from attrs import define, field, frozen

from sakip_rules import answers, builtin, guards, hookspecs
from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic
from sakip_rules.guards import CODE, COMMAND, EXPORTER, FAULTS, FUNCTION, KIND, LIBRARY, READER, Plugin, cause_of, fault

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from sakip_rules.model.checks import Check
    from sakip_rules.model.commands import Command
    from sakip_rules.model.exporters import Exporter
    from sakip_rules.model.functions import Function, Functions
    from sakip_rules.model.readers import DataReader
    from sakip_rules.model.vocabulary import Kind, Vocabulary
    from sakip_rules.model.years import DeclaredYears, YearRules

#: The hooks that exist.
HOOKS = tuple(name for name in vars(hookspecs) if name.startswith("sakip_"))
#: The distribution whose plugins are the package's own.
DISTRIBUTION = "sakip-rules"
#: Where staff without packaging put plugins: a folder of Python files.
FOLDER_VARIABLE = "SAKIP_RULES_PLUGINS_DIR"


@frozen
class Installed:
    """A plugin that was found: its name, its version, where it comes from, and which hooks it implements."""

    name: str
    version: str
    origin: str
    hooks: tuple[str, ...]
    seconds: float
    years: tuple[DeclaredYears, ...] = ()


@frozen
class Offered:
    """A command, and the plugin that brings it."""

    plugin: Plugin
    command: Command


#: What a plugin is written in: Python, and the layouts of pages.
_SOURCES = (".py", ".typ")


@define(slots=False)
class Plugins:
    """All plugins of a run, what they offer, and what went wrong with any of them.

    Each hook is asked once, when what it offers is first needed.  Whoever gets what they offer cannot change it.
    """

    manager: pluggy.PluginManager
    faults: list[Diagnostic] = field(factory=list)
    _found: dict[str, Plugin] = field(factory=dict)

    # What they offer.

    @cached_property
    def libraries(self) -> Mapping[str, Path]:
        """All rule folders that plugins offer, by name; one that is not there is a finding about its plugin."""
        merged: dict[str, Path] = {}
        owners: dict[str, str] = {}
        for plugin, offered in self._ask("sakip_libraries", answers.is_libraries):
            merged.update((name, offered[name]) for name in offered if _takes(plugin, LIBRARY, name, owners))
            for folder in (each for each in offered.values() if not each.is_dir()):
                plugin.fault(codes.PLUGIN_FOLDER, folder=folder.as_posix())
        return MappingProxyType(merged)

    @cached_property
    def functions(self) -> Functions:
        """All functions that plugins offer, by name; those of the language keep theirs, and run unguarded."""
        merged: dict[str, Function] = {}
        owners: dict[str, str] = {}
        for plugin, offered in self._ask("sakip_functions", answers.is_functions):
            for function in offered:
                if _takes(plugin, FUNCTION, function.name, owners):
                    merged[function.name] = plugin.function(function)
        return MappingProxyType(merged)

    @cached_property
    def year_rules(self) -> tuple[YearRules, ...]:
        """All year rules that plugins offer for this version of the interface, in the order of their names."""
        from sakip_rules.model.years import API, declared

        fitting: list[YearRules] = []
        for plugin, offered in self._ask("sakip_year_rules", answers.is_year_rules):
            for rules in offered:
                if rules.api == API:
                    fitting.append(rules)
                else:
                    plugin.fault(codes.PLUGIN_API, found=str(rules.api), expected=str(API))
            plugin.years = tuple(declared(rules) for rules in offered)
        return tuple(sorted(fitting, key=lambda rules: rules.name))

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """All checks that plugins offer, those of the package first; a check whose codes cannot be used is left out."""
        return tuple(
            plugin.check(check)
            for plugin, offered in self._ask("sakip_checks", answers.is_checks)
            for check in offered
            if self._can_speak(plugin, check.codes)
        )

    @cached_property
    def readers(self) -> Mapping[str, DataReader]:
        """All readers of data files, by suffix; the plugin that was found first keeps a suffix."""
        merged: dict[str, DataReader] = {}
        owners: dict[str, str] = {}
        for plugin, offered in self._ask("sakip_readers", answers.is_readers):
            for reader in offered:
                if self._can_speak(plugin, reader.codes):
                    guarded = plugin.reader(reader)
                    taken = (suffix for suffix in reader.suffixes if _takes(plugin, READER, suffix, owners))
                    merged.update(dict.fromkeys(taken, guarded))
        return MappingProxyType(merged)

    def reader(self, path: str) -> DataReader | None:
        """The reader of a file, told by its suffix."""
        return self.readers.get(Path(path).suffix.lower())

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """All kinds of blocks; those of the language keep their words."""
        from sakip_rules.model.vocabulary import CORE

        owners = dict.fromkeys(CORE.kinds, builtin.NAME)
        added: list[tuple[Plugin, Kind]] = []
        for plugin, offered in self._ask("sakip_vocabulary", answers.is_kinds):
            added += [(plugin, kind) for kind in offered if _takes(plugin, KIND, kind.word, owners)]
        fitting = []
        for plugin, kind in added:
            if not plugin.is_built_in and (part := answers.fault_of_kind(kind, owners.keys())):
                plugin.fault(codes.PLUGIN_KIND, kind=kind.word, part=part)
            else:
                fitting.append(kind)
        return CORE.with_kinds(*fitting) if len(fitting) > len(CORE.kinds) else CORE

    @cached_property
    def exporters(self) -> Mapping[str, Exporter]:
        """All formats by name; the plugin that was found first keeps a name; one whose codes are unfit is left out."""
        merged: dict[str, Exporter] = {}
        owners: dict[str, str] = {}
        for plugin, offered in self._ask("sakip_exporters", answers.is_exporters):
            spoken = (each for each in offered if self._can_speak(plugin, each.codes))
            taken = (each for each in spoken if _takes(plugin, EXPORTER, each.name, owners))
            merged.update((each.name, plugin.exporter(each)) for each in taken)
        return MappingProxyType(merged)

    @cached_property
    def commands(self) -> Mapping[str, Offered]:
        """All commands by name; those of the package keep theirs."""
        merged: dict[str, Offered] = {}
        owners: dict[str, str] = {}
        for plugin, offered in self._ask("sakip_commands", answers.is_commands):
            for command in offered:
                if not plugin.is_built_in and (languages := answers.unhelped(command.words)):
                    plugin.fault(codes.PLUGIN_WORDS, what=COMMAND, part=command.name, languages=languages)
                elif _takes(plugin, COMMAND, command.name, owners):
                    merged[command.name] = Offered(plugin, command)
        return MappingProxyType(merged)

    @property
    def codes(self) -> tuple[Code, ...]:
        """The codes of all findings that there can be: those of the package, then those of plugins."""
        checks = (code for check in self.checks for code in check.codes)
        readers = (code for reader in self.readers.values() for code in reader.codes)
        exporters = (code for exporter in self.exporters.values() for code in exporter.codes)
        return tuple(dict.fromkeys((*codes.ALL, *checks, *readers, *exporters)))

    def ask_all(self) -> None:
        """Ask every plugin every hook, which takes its time and shows its faults."""
        for answer in (
            self.libraries, self.functions, self.year_rules, self.checks, self.readers, self.vocabulary,
            self.exporters, self.commands,
        ):  # fmt: skip
            del answer

    # What they are.

    @property
    def installed(self) -> tuple[Installed, ...]:
        """Every plugin with its hooks and the time that it has taken so far."""
        return tuple(
            Installed(found.name, found.version, found.origin, self._hooks_of(found.module), found.seconds, found.years)
            for found in self._found.values()
        )

    @property
    def fingerprint(self) -> tuple[str, ...]:
        """What tells these plugins, down to their files, from every other set of plugins."""
        stamps: list[str] = []
        for found in self._found.values():
            stamps.append(f"{found.name} {found.version}")
            if module := getattr(found.module, "__file__", None):
                stamps += _stamps(Path(module))
        return (*stamps, *(f"{item.code.name} {item.values}" for item in self.faults))

    @property
    def sources(self) -> Iterator[tuple[str, str, Path, tuple[Path, ...]]]:
        """The name and version of each plugin from outside, the folder of its source files, and these."""
        for found in self._found.values():
            if module := getattr(found.module, "__file__", None):
                yield found.name, found.version, Path(module).parent, tuple(_sources_of(Path(module)))

    def register(
        self, name: str, version: str, origin: str, load: Callable[[], object], distribution: str | None = None
    ) -> None:
        """Load a plugin and register it, or report why it cannot be used; who was there first keeps a name."""
        if owner := self._found.get(name):
            facts = {"what": guards.PLUGIN, "part": name, "other": owner.distribution or owner.origin}
            self.faults.append(fault(codes.PLUGIN_TAKEN, distribution or origin, **facts))
            return
        start = time.perf_counter()
        try:
            with redirect_stdout(sys.stderr):  # what a plugin prints is no part of what a command writes
                plugin = load()
            self.manager.register(plugin, name)
            misspelt, unmarked = _misspelt(plugin), _unmarked(plugin)
        except FAULTS as error:
            code = codes.PLUGIN_HOOK if isinstance(error, pluggy.PluginValidationError) else codes.PLUGIN_BROKEN
            self.faults.append(fault(code, name, fault=type(error).__name__, cause=cause_of(error)))
            return
        seconds = time.perf_counter() - start
        found = Plugin(name, version, origin, plugin, self.faults, seconds, distribution=distribution)
        self._found[name] = found
        for hook in misspelt:
            found.fault(codes.PLUGIN_UNKNOWN_HOOK, hook=hook, known=HOOKS)
        for hook in unmarked:
            found.fault(codes.PLUGIN_UNMARKED, hook=hook)

    # Asking.

    def _ask(self, hook: str, fits: answers.Fits) -> Iterator[tuple[Plugin, Any]]:
        """What each plugin answers to a hook; nothing of one that fails or answers nonsense."""
        for name, found in self._found.items():
            others = [
                plugin for other, plugin in self.manager.list_name_plugin() if other != name and plugin is not None
            ]
            try:
                given = found.timed(partial(_opened, self._caller(hook, others)))
            except FAULTS as error:
                found.fault(codes.PLUGIN_FAILED, fault=type(error).__name__, cause=cause_of(error), hook=hook)
                continue
            for answer in given:
                if fits(answer):
                    yield found, answer
                else:
                    found.fault(codes.PLUGIN_NONSENSE, hook=hook, found=type(answer).__name__)

    def _hooks_of(self, plugin: object) -> tuple[str, ...]:
        """The hooks that the plugin really answers: those marked as such."""
        answered = {caller.name for caller in self.manager.get_hookcallers(plugin) or ()}
        return tuple(name for name in HOOKS if name in answered)

    def _caller(self, hook: str, without: list[object]) -> Callable[[], list[Any]]:
        caller: Callable[[], list[Any]] = self.manager.subset_hook_caller(hook, without)
        return caller

    def _can_speak(self, plugin: Plugin, declared: Iterable[Code]) -> bool:
        """Whether the codes of a part can be used: they have the shape and words of plugins, and are no one else's."""
        return plugin.is_built_in or all(self._is_spoken(plugin, code) for code in declared)

    def _is_spoken(self, plugin: Plugin, code: Code) -> bool:
        owner, known = self._declared.setdefault(code.name, (plugin.name, code))
        if owner != plugin.name or known != code or known.words != code.words:
            plugin.fault(codes.PLUGIN_TAKEN, what=CODE, part=code.name, other=owner)
            return False
        if not answers.has_shape(code):
            plugin.fault(codes.PLUGIN_CODE_SHAPE, part=code.name)
            return False
        if languages := answers.unspoken(code.words):
            plugin.fault(codes.PLUGIN_WORDS, what=CODE, part=code.name, languages=languages)
            return False
        return True

    @cached_property
    def _declared(self) -> dict[str, tuple[str, Code]]:
        """Whose each code is, and what was first declared under its name."""
        return {code.name: (builtin.NAME, code) for code in codes.ALL}


def _takes(plugin: Plugin, what: str, word: str, owners: dict[str, str]) -> bool:
    """Whether a plugin may have a word, which it then owns; that another, or itself, has it already is a finding."""
    if word in owners and not plugin.is_built_in:
        plugin.fault(codes.PLUGIN_TAKEN, what=what, part=word, other=owners[word])
        return False
    owners[word] = plugin.name
    return True


def built_in() -> Plugins:
    """What the package itself brings, alone."""
    from sakip_rules import __version__

    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    found = Plugins(manager)
    found.register(builtin.NAME, __version__, "sakip_rules", builtin.BuiltIn)
    return found


def find(folder: Path | None = None) -> Plugins:
    """All installed plugins, and those of a folder of Python files, which take the place of others of their names."""
    found = built_in()
    sources = _sources(folder) if folder else []
    taken = {name for name, _ in sources}  # whoever works on a plugin has an older one installed
    _register_installed(found, lambda entry: entry.name not in taken)
    for name, path in sources:
        found.register(name, "", path.as_posix(), lambda name=name, path=path: _module(name, path))  # type: ignore[misc]
    return found


def of_package() -> Plugins:
    """What the package itself brings, with the plugins that are installed with it."""
    _register_installed(found := built_in(), _is_own)
    return found


def _register_installed(found: Plugins, wanted: Callable[[EntryPoint], bool]) -> None:
    from importlib.metadata import entry_points

    for entry in sorted(entry_points(group=hookspecs.PROJECT), key=lambda each: (not _is_own(each), each.name)):
        if wanted(entry):
            version, distribution = (entry.dist.version, entry.dist.name) if entry.dist else ("", None)
            found.register(entry.name, version, entry.value, entry.load, distribution)


def _is_own(entry: EntryPoint) -> bool:
    """Whether the package itself brings this plugin; its own come first, so that no other takes their names."""
    return entry.dist is not None and entry.dist.name == DISTRIBUTION


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


def _misspelt(plugin: object) -> list[str]:
    """Functions that are marked as hooks, or named like one, and are none."""
    functions = {name: item for name in dir(plugin) if name not in HOOKS and isroutine(item := getattr(plugin, name))}
    marked = f"{hookspecs.PROJECT}_impl"
    return [name for name, item in functions.items() if name.startswith("sakip_") or hasattr(item, marked)]


def _unmarked(plugin: object) -> list[str]:
    """Functions that are named for a hook and not marked as one, so that they are never asked."""
    named = {name: item for name in HOOKS if isroutine(item := getattr(plugin, name, None))}
    return [name for name, item in named.items() if not hasattr(item, f"{hookspecs.PROJECT}_impl")]


def _stamps(module: Path) -> Iterable[str]:
    """The size and time of each source file of a plugin."""
    for source in _sources_of(module):
        status = source.stat()
        yield f"{source} {status.st_size} {status.st_mtime_ns}"


def _sources_of(module: Path) -> list[Path]:
    """The source files of a plugin: its module, or all of its package."""
    if module.name != "__init__.py":
        return [module]
    return sorted(path for path in module.parent.rglob("*") if path.suffix in _SOURCES)


def _opened(ask: Callable[[], list[Any]]) -> list[Any]:
    """The answers to a hook, generators read to their end."""
    return [list(answer) if isinstance(answer, Iterator) else answer for answer in ask()]
