"""Finds and decodes the files of a rule folder; whatever is wrong with a file is a finding, never an exception."""

from __future__ import annotations

import codecs
import os
import re
import stat
import tomllib
from collections.abc import Container, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from attrs import frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import OFF, Code, Diagnostic, Severity
from sakip_rules.base.source import Source, Span

#: The version of the rule language that this engine reads.
LANGUAGE = 1
SETTINGS = "sakip.toml"
MAX_BYTES = 32 * 1024 * 1024
MAX_LINE = 100_000
#: The subfolder of a rule folder with the texts of its report, and how the names of these end.
TEXTS, TEXT_SUFFIXES = "uraian", frozenset((".md", ".txt"))
_BINARY = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27})
_MARKS = ("koma", "titik")
_LEVELS = (Severity.ERROR.value, Severity.WARNING.value, OFF)


@frozen
class Settings:
    """What ``sakip.toml`` says of a folder: its language version, the libraries that it uses, and its data files.

    ``levels`` are the checks and codes that it switches off, or whose findings are to weigh otherwise;
    ``templates`` the files that reports are written into, by format.
    """

    libraries: tuple[str, ...] = ("nasional",)
    data: tuple[str, ...] | None = None
    decimal_mark: str | None = None
    agency: str | None = None
    levels: tuple[tuple[str, str], ...] = ()
    templates: tuple[tuple[str, str], ...] = ()


@frozen
class Loaded:
    """A file's bytes and text, or the finding that stands in its way."""

    path: Path
    shown: str
    raw: bytes = b""
    text: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def source(self) -> Source | None:
        return None if self.text is None else Source(self.shown, self.text)


def load(path: Path, shown: str, text: bool = True) -> Loaded:
    """Read one file, and decode it, if it is one of ``text``."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
            return _refused(path, shown, codes.CANNOT_READ, cause="no_file")  # a pipe, say, which may never end
        if status.st_size > MAX_BYTES:
            return _refused(path, shown, codes.FILE_TOO_LARGE, megabytes=MAX_BYTES // 1024 // 1024)
        raw = path.read_bytes()
    except OSError as error:
        return _refused(path, shown, codes.CANNOT_READ, cause=_cause(error))
    return decode(raw, path, shown) if text else Loaded(path, shown, raw)


def decode(raw: bytes, path: Path, shown: str) -> Loaded:
    """The text of some bytes: UTF-8 with or without its mark, nothing else, since the rest would be guessed."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in raw[:200:2] or b"\x00" in raw[1:200:2]:
        wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _looks_wide(raw)
        if wide:
            return _refused(path, shown, codes.WRONG_ENCODING, encoding="UTF-16", line=1)
    if raw.translate(None, _BINARY) != raw:
        return _refused(path, shown, codes.NOT_TEXT)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return _refused(path, shown, codes.WRONG_ENCODING, encoding="Windows-1252", line=line)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if (start := _too_long(text)) is not None:
        return _refused(path, shown, codes.LINE_TOO_LONG, limit=MAX_LINE, line=text.count("\n", 0, start) + 1)
    return Loaded(path, shown, raw, text)


def _looks_wide(raw: bytes) -> bool:
    """Whether every second byte of the beginning is zero, as in UTF-16 without its mark."""
    head = raw[:64]
    return len(head) > 3 and (not any(head[::2]) or not any(head[1::2]))


def _too_long(text: str) -> int | None:
    """Where a line begins that is longer than any person writes."""
    start = 0
    while start + MAX_LINE < len(text):
        end = text.rfind("\n", start, start + MAX_LINE + 1)
        if end < 0:
            return start
        start = end + 1
    return None


def _refused(path: Path, shown: str, code: Code, **values: object) -> Loaded:
    return Loaded(path, shown, diagnostics=(Diagnostic(code, Span(shown, 0, 0), {"file": shown, **values}),))


def _cause(error: OSError) -> str:
    """Why a file cannot be read, as a key of the message catalogue."""
    if isinstance(error, FileNotFoundError):
        return "not_there"
    return "no_permission" if isinstance(error, PermissionError) else "other"


def rule_files(folder: Path, every: bool = False) -> Iterator[Path]:
    """The rule files of a folder and its subfolders, in one order everywhere.

    A subfolder with settings is a rule folder of its own, whose files are given only where ``every`` one is wanted.
    """
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        yield folder  # loading it tells why it cannot be read
        return
    for name in names:
        path = folder / name
        if name.startswith((".", "~$")):
            continue
        if path.is_dir() and not path.is_symlink():
            if every or not (path / SETTINGS).exists():
                yield from rule_files(path, every)
        elif name.endswith(".sakip"):
            yield path


def text_files(folder: Path) -> Iterator[Path]:
    """The texts that people wrote for the report of a folder: files of its subfolder of texts that lie in it."""
    texts = folder / TEXTS
    with suppress(OSError):  # a folder without texts is as good
        for path in sorted(texts.iterdir()):
            inside = path.resolve().is_relative_to(texts.resolve())  # a link may lead out
            if path.suffix.lower() in TEXT_SUFFIXES and path.is_file() and inside:
                yield path


def data_files(folder: Path, settings: Settings, suffixes: Container[str]) -> Iterator[Path]:
    """The data files that the settings name, or all of some suffixes whose name begins with ``realisasi``."""
    if settings.data is None:
        return _likely_data(folder, suffixes)
    return (folder / name for name in settings.data)


def data_left_out(folder: Path, settings: Settings, suffixes: Container[str]) -> Iterator[Path]:
    """The files that are data by their name, but that the settings do not name beside others."""
    named = {(folder / name).resolve() for name in settings.data or ()}
    likely = _likely_data(folder, suffixes) if settings.data is not None else ()
    return (path for path in likely if path.resolve() not in named)


def _likely_data(folder: Path, suffixes: Container[str]) -> Iterator[Path]:
    with suppress(OSError):  # which stands among the findings of the rules
        for name in sorted(os.listdir(folder)):
            if name.lower().startswith("realisasi") and Path(name.lower()).suffix in suffixes:
                yield folder / name


def read_settings(folder: Path, shown: str) -> tuple[Settings, tuple[Diagnostic, ...], Loaded | None]:
    """The settings of a folder; a folder without any has those of a folder that uses the national library."""
    path = folder / SETTINGS
    if not path.exists():
        return Settings(), (), None
    loaded = load(path, shown)
    if loaded.text is None:
        return Settings(), loaded.diagnostics, loaded
    try:
        table = tomllib.loads(loaded.text)
    except (ValueError, RecursionError) as error:  # also for too many digits, and lists in lists
        span = _toml_place(loaded, str(error))
        return Settings(), (Diagnostic(codes.BAD_SETTINGS, span, {"key": ""}),), loaded
    return (*_settings(table, loaded), loaded)


def named_in(loaded: Loaded | None, key: str) -> Span | None:
    """Where a key of the settings stands, with or without quotes."""
    if loaded is None or loaded.text is None:
        return None
    told = re.search(rf"""^[ \t["']*({re.escape(key)})""", loaded.text, re.MULTILINE)
    start = told.start(1) if told else 0
    return Span(loaded.shown, start, start + len(key))


def _toml_place(loaded: Loaded, message: str) -> Span:
    """Where a TOML reader stopped, which it tells only in its message."""
    source = loaded.source
    assert source is not None
    told = re.search(r"at line (\d+)", message)
    last, _ = source.position(len(source.text.rstrip()))
    return source.line_span(min(int(told[1]), last) if told else last)


def _settings(table: Mapping[str, Any], loaded: Loaded) -> tuple[Settings, tuple[Diagnostic, ...]]:
    findings: list[Diagnostic] = []

    def wrong(key: str, code: Code = codes.BAD_SETTINGS, **values: object) -> None:
        findings.append(Diagnostic(code, named_in(loaded, key), {"key": key, **values}))

    known = {"bahasa", "instansi", "pustaka", "data", "desimal", "periksa", "templat"}
    for key in table:
        if key not in known:
            wrong(key)
    language = table.get("bahasa", LANGUAGE)
    if not isinstance(language, int) or isinstance(language, bool) or language < 1:
        wrong("bahasa")
    elif language > LANGUAGE:
        wrong("bahasa", codes.NEWER_LANGUAGE, version=language, known=LANGUAGE)
    libraries, data, mark = table.get("pustaka", ["nasional"]), table.get("data"), table.get("desimal")
    if not _names(libraries):
        wrong("pustaka")
        libraries = ["nasional"]
    if data is not None and (not _names(data) or any(_leaves_folder(name) for name in data)):
        wrong("data")
        data = []
    if mark is not None and mark not in _MARKS:
        wrong("desimal")
        mark = None
    agency = table.get("instansi")
    if agency is not None and not isinstance(agency, str):
        wrong("instansi")
        agency = None
    levels = table.get("periksa", {})
    if not isinstance(levels, dict):
        wrong("periksa")
        levels = {}
    for name in (name for name, level in levels.items() if level not in _LEVELS):
        wrong(name)
    chosen = tuple((name, level) for name, level in levels.items() if level in _LEVELS)
    templates = table.get("templat", {})
    if not isinstance(templates, dict):
        wrong("templat")
        templates = {}
    for form in (form for form, name in templates.items() if not _is_inside(name)):
        wrong(form)
    named = tuple((form, name) for form, name in templates.items() if _is_inside(name))
    read = None if data is None else tuple(data)
    return Settings(tuple(libraries), read, mark, agency, chosen, named), tuple(findings)


def _names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)


def _is_inside(name: object) -> bool:
    """Whether this names a file of the folder."""
    return isinstance(name, str) and bool(name) and not _leaves_folder(name)


def _leaves_folder(name: str) -> bool:
    """Whether a path leads out of its folder; a rule folder reads nothing outside itself."""
    path = Path(name)
    return path.is_absolute() or ".." in path.parts or ":" in name or "\\" in name


def shown(path: Path) -> str:
    """A path as messages show it: relative to where the command runs, with slashes on every system, always text."""
    whole = Path(os.path.abspath(path))  # a link is shown by its own name
    seen = whole.relative_to(Path.cwd()) if whole.is_relative_to(Path.cwd()) else path
    return seen.as_posix().encode("utf-8", "backslashreplace").decode()
