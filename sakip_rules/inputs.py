"""Everything that a run reads: the rule folder, its libraries and its data, as bytes and text, not yet understood.

Since the results depend on nothing else, ``digest`` tells whether anything changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from attrs import evolve, field, frozen

from sakip_rules import files, plugins
from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Related
from sakip_rules.base.source import Source, Span
from sakip_rules.files import Loaded, Settings, shown
from sakip_rules.model.years import YearRules
from sakip_rules.plugins import Plugins


@frozen
class InputFolder:
    """One rule folder as it was read; ``readable`` is whether this engine knows its version of the language."""

    path: Path
    settings: Settings
    settings_file: Loaded | None
    rules: tuple[Loaded, ...]
    diagnostics: tuple[Diagnostic, ...]
    texts: tuple[Loaded, ...] = ()

    @property
    def readable(self) -> bool:
        return not any(item.code is codes.NEWER_LANGUAGE for item in self.diagnostics)

    @property
    def loaded(self) -> tuple[Loaded, ...]:
        settings = (self.settings_file,) if self.settings_file else ()
        return (*self.rules, *settings, *self.texts)


@frozen
class YearFolder:
    """The rule files that a year plugin adds to the rule folder, or to the library that it is for."""

    rules: YearRules
    to: InputFolder
    files: tuple[Loaded, ...]
    diagnostics: tuple[Diagnostic, ...]


@frozen(slots=False)
class Inputs:
    """A rule folder and its libraries, each once, nearest first; what year plugins add to it; and its data files.

    ``templates`` are the files that reports are written into, by format.
    """

    folders: tuple[InputFolder, ...]
    years: tuple[YearFolder, ...]
    data: tuple[Loaded, ...]
    plugins: Plugins
    templates: Mapping[str, Loaded] = field(factory=dict)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong with folders, files and plugins, before anything is understood."""
        years = (item for year in self.years for item in year.diagnostics)
        templates = (item for file in self.templates.values() for item in file.diagnostics)
        folders = (item for folder in self.folders for item in folder.diagnostics)
        return (*folders, *years, *templates, *self.plugins.faults)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The texts of all files, by the path that messages show."""
        loaded = [*(file for folder in self.folders for file in folder.loaded), *self.data]
        loaded += [file for year in self.years for file in year.files]
        return {file.shown: file.source for file in loaded if file.source}

    def digest(self, *more: object) -> bytes:
        """What tells these inputs, the plugins, and some further facts from all others."""
        digest = hashlib.sha256(repr((self.plugins.fingerprint, more)).encode())
        for folder in self.folders:
            digest.update(f"\0{folder.path}\0{folder.settings}".encode("utf-8", "surrogateescape"))
            for file in folder.loaded:
                _feed(digest, file)
        years = (file for year in self.years for file in year.files)
        for file in (*self.data, *years, *self.templates.values()):
            _feed(digest, file)
        digest.update(repr([(item.code.name, item.values) for item in self.diagnostics]).encode())
        return digest.digest()


def _feed(digest: hashlib._Hash, file: Loaded) -> None:
    """Add a file, and whether it could be read; lengths keep neighbours apart."""
    digest.update(f"\0{file.shown}\0{len(file.raw)}\0{[item.code.name for item in file.diagnostics]}\0".encode())
    digest.update(file.raw)


@frozen
class Reading:
    """Where a folder is read from, and how people are shown a file that was read there.

    For a state of the past the two differ: its files lie elsewhere, and are shown by the name of that state.
    """

    at: Callable[[Path], Path] = lambda path: path
    shown: Callable[[Path], str] = shown

    def load(self, path: Path, text: bool = True) -> Loaded:
        return files.load(path, self.shown(path), text)


def read_inputs(path: Path, plugins_folder: Path | None = None, reading: Reading | None = None) -> Inputs:
    """Read a rule folder with all that it uses."""
    found, reading = plugins.find(plugins_folder), reading or Reading()
    reader = _Reader(found.libraries, reading)
    reader.read(path, ())
    settings = reader.folders[0].settings
    left_out = tuple(_left_out(each, reader.folders[0], reading) for each in files.data_left_out(
        reading.at(path), settings, found.readers
    ))  # fmt: skip
    reader.folders[0] = evolve(reader.folders[0], diagnostics=(*reader.folders[0].diagnostics, *left_out))
    asked = ((rules, _folder_for(rules, reader.folders, found.libraries)) for rules in found.year_rules)
    years = tuple(_year_folder(rules, folder, reading) for rules, folder in asked if folder)
    every = files.data_files(reading.at(path), settings, found.readers)
    data = tuple(_data_file(each, found, reader.folders[0], reading) for each in every)
    templates = {form: _template(form, name, found, reader.folders[0], reading) for form, name in settings.templates}
    return Inputs(tuple(reader.folders), years, data, found, templates)


def _left_out(path: Path, folder: InputFolder, reading: Reading) -> Diagnostic:
    """A file that is data by its name, and that is not read."""
    facts = {"file": reading.shown(path), "name": path.name}
    return Diagnostic(codes.DATA_LEFT_OUT, files.named_in(folder.settings_file, "data"), facts)


def _data_file(path: Path, found: Plugins, folder: InputFolder, reading: Reading) -> Loaded:
    """A data file as its reader needs it; one that no reader reads is a finding where the settings name it."""
    name = reading.shown(path)
    if reader := found.reader(name):
        return reading.load(path, reader.text)
    span = _named_at(path.relative_to(reading.at(folder.path)).as_posix(), folder.settings_file)
    known = {reader.suffixes[0] for reader in found.readers.values()}
    facts = {"file": name, "suffix": path.suffix, "known": tuple(sorted(known))}
    return Loaded(path, name, diagnostics=(Diagnostic(codes.NO_READER, span, facts),))


def _template(form: str, name: str, found: Plugins, folder: InputFolder, reading: Reading) -> Loaded:
    """A template as bytes; one for a format that uses none is a finding."""
    path = reading.at(folder.path) / name
    using = tuple(sorted(each for each, exporter in found.exporters.items() if exporter.template))
    if form in using:
        return reading.load(path, text=False)
    span = files.named_in(folder.settings_file, form)
    return Loaded(
        path, reading.shown(path), diagnostics=(Diagnostic(codes.NO_TEMPLATES, span, {"form": form, "known": using}),)
    )


def _folder_for(rules: YearRules, folders: Sequence[InputFolder], libraries: Mapping[str, Path]) -> InputFolder | None:
    """Which folder year rules are for: the library that they name, or the rule folder; none for another agency."""
    if rules.agency not in (None, folders[0].settings.agency):
        return None
    if rules.library is None:
        return folders[0]
    library = libraries.get(rules.library)
    return next((each for each in folders if library and each.path.resolve() == library.resolve()), None)


def _year_folder(rules: YearRules, to: InputFolder, reading: Reading) -> YearFolder:
    """The files of a year plugin; a folder without any is one that was forgotten, or that cannot be read."""
    if rules.folder is None:
        return YearFolder(rules, to, (), ())
    folder = reading.at(rules.folder)
    read = tuple(reading.load(each) for each in files.rule_files(folder))
    found = tuple(item for file in read for item in file.diagnostics)
    if not read or read[0].path == folder:
        found = (Diagnostic(codes.PLUGIN_FOLDER, None, {"name": rules.name, "folder": reading.shown(folder)}),)
    return YearFolder(rules, to, read, found)


class _Reader:
    """Reads folders and the libraries that they name, each once."""

    def __init__(self, offered: Mapping[str, Path], reading: Reading) -> None:
        self.offered, self.reading = offered, reading
        self.folders: list[InputFolder] = []
        self.done: set[Path] = set()

    def read(self, path: Path, chain: Sequence[Path]) -> None:
        real = path.resolve()
        if real in self.done:
            return
        self.done.add(real)
        folder = self.reading.at(path)
        settings, diagnostics, settings_file = files.read_settings(folder, self.reading.shown(folder / files.SETTINGS))
        rules = tuple(self.reading.load(each) for each in files.rule_files(folder))
        texts = tuple(self.reading.load(each) for each in files.text_files(folder))
        findings = [*diagnostics, *(item for file in (*rules, *texts) for item in file.diagnostics)]
        if not rules:
            findings.append(Diagnostic(codes.NO_RULE_FILES, None, {"folder": self.reading.shown(folder)}))
        at = len(self.folders)
        self.folders.append(InputFolder(path, settings, settings_file, rules, (), texts))
        inner = (*chain, real)
        for name in settings.libraries:
            findings += self._library(path, name, inner, settings_file)
        self.folders[at] = InputFolder(path, settings, settings_file, rules, tuple(findings), texts)

    def _library(
        self, path: Path, name: str, chain: Sequence[Path], settings_file: Loaded | None
    ) -> Iterator[Diagnostic]:
        """Read a library that a folder names; one that is not there, or that leads back to the folder, is a finding."""
        offered = None if name.startswith(".") else self.offered.get(name)
        if offered and not offered.is_dir():
            return  # which is a finding about the plugin that offers it
        library = path / name if name.startswith(".") else offered
        span = _named_at(name, settings_file)
        if library is None or not self.reading.at(library).is_dir():
            yield Diagnostic(codes.UNKNOWN_LIBRARY, span, {"name": name, "known": tuple(sorted(self.offered))})
        elif library.resolve() == path.resolve():
            return  # a library that does not name its libraries would use itself
        elif library.resolve() in chain:
            names = (*(each.name for each in chain[chain.index(library.resolve()) :]), library.resolve().name)
            yield Diagnostic(codes.CYCLE, span, {"names": names, "name": names[0]}, self._edges(chain))
        else:
            self.read(library, chain)

    def _edges(self, chain: Sequence[Path]) -> tuple[Related, ...]:
        """The folders that lead to each other, each where its settings stand."""
        places = [Span(self.reading.shown(self.reading.at(each) / files.SETTINGS), 0, 0) for each in chain]
        return tuple(
            Related(place, "cycle_edge", {"name": one.name, "other": other.name})
            for place, (one, other) in zip(places, pairwise(chain), strict=False)
        )


def _named_at(name: str, file: Loaded | None) -> Span | None:
    if file is None or file.text is None:
        return None
    start = max(file.text.find(f'"{name}"'), 0)
    return Span(file.shown, start, start + len(name) + 2)
