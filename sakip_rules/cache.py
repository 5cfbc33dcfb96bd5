"""What unchanged rule files say, kept in the user's own cache directory.

An entry is found by everything that it depends on: the path and bytes of the file, the engine's own sources, and the
version of Python.  So it is never stale, and the directory can be deleted at any time.  Only files of the user are
read, and only the classes of a compiled file are made from them.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import stat
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from attrs import evolve, frozen

#: The folders of the engine, whose sources tell it from every other.
_PARTS = ("base", "syntax", "model", "checks", "engine", "report")
_MODULES = ("sakip_rules.base.", "sakip_rules.syntax.", "sakip_rules.model.")
_PLAIN = ("fractions.Fraction", "datetime.date")


@frozen
class Cache:
    """A directory of compiled files; without a directory nothing is kept.

    ``key`` stands for what entries depend on beside the engine, and ``records`` are classes of plugins in them.
    """

    directory: Path | None
    key: bytes = b""
    records: Mapping[tuple[str, str], type] = MappingProxyType({})

    def under(self, words: str, records: Iterable[type]) -> Cache:
        """The part of the cache for files with blocks of plugins: by their words, and the sources of their records."""
        named = {(record.__module__, record.__qualname__): record for record in records}
        stamps = sorted({_stamp_of(record) for record in named.values()})
        return evolve(self, key="\n".join((words, *stamps)).encode() if named else b"", records=named)

    @classmethod
    def default(cls) -> Cache:
        """The user's own cache, unless ``SAKIP_RULES_NO_CACHE`` is set or it is not safe."""
        if os.environ.get("SAKIP_RULES_NO_CACHE"):
            return cls(None)
        try:
            directory = _user_directory()
        except RuntimeError:  # a user without a home
            return cls(None)
        return cls(directory if _is_private(directory) else None)

    def get(self, path: str, raw: bytes) -> object:
        """What was kept for a file, or nothing."""
        if self.directory is None:
            return None
        try:
            kept = (self.directory / self._key(path, raw)).read_bytes()
            return _Unpickler(kept, self.records).load()
        except Exception:  # a broken entry is no entry
            return None

    def put(self, path: str, raw: bytes, value: object) -> None:
        """Keep a value, whole or not at all; where that fails, nothing is kept."""
        if self.directory is None:
            return
        target = self.directory / self._key(path, raw)
        part = target.with_suffix(f".{os.getpid()}")
        try:
            part.write_bytes(pickle.dumps(value, protocol=5))
            part.replace(target)
        except (OSError, pickle.PicklingError, TypeError, AttributeError):  # a record of a plugin may hold anything
            part.unlink(missing_ok=True)

    def _key(self, path: str, raw: bytes) -> str:
        digest = hashlib.sha256(_engine())
        digest.update(b"%d\0" % len(self.key) + self.key)
        digest.update(path.encode("utf-8", "surrogateescape") + b"\0" + raw)
        return digest.hexdigest()


class _Unpickler(pickle.Unpickler):
    """Makes nothing but the parts of a compiled file, and the records of the plugins in use."""

    def __init__(self, kept: bytes, records: Mapping[tuple[str, str], type]) -> None:
        super().__init__(io.BytesIO(kept))
        self.records = records

    def find_class(self, module: str, name: str) -> object:
        if f"{module}.{name}" in _PLAIN:
            return super().find_class(module, name)
        if record := self.records.get((module, name)):
            return record
        found = super().find_class(module, name) if module.startswith(_MODULES) else None
        if isinstance(found, type) and found.__module__ == module:  # not what the module imports
            return found
        raise pickle.UnpicklingError(name)


@cache
def _engine() -> bytes:
    """What tells this engine from every other: its version of Python and its own source files."""
    package = Path(__file__).parent
    parts = [sys.version, str(package)]
    for folder in (package, *(package / name for name in _PARTS)):
        parts += _stamps(os.scandir(folder))
    return "\n".join(parts).encode()


def _stamp_of(record: type) -> str:
    """The size and time of the source that a record stands in; its name alone, where it stands in none."""
    name = f"{record.__module__}.{record.__qualname__}"
    source = getattr(sys.modules.get(record.__module__), "__file__", None)
    if source is None:
        return name
    status = os.stat(source)
    return f"{name} {source} {status.st_size} {status.st_mtime_ns}"


def _stamps(entries: Iterable[os.DirEntry[str]]) -> list[str]:
    found = [(entry.name, entry.stat()) for entry in entries if entry.name.endswith((".py", ".lark"))]
    return [f"{name} {status.st_size} {status.st_mtime_ns}" for name, status in sorted(found, key=lambda item: item[0])]


def _user_directory() -> Path:
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "sakip-rules"


def _is_private(directory: Path) -> bool:
    """Whether the directory is there, or could be made, and is the user's own and no one else's to write."""
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        status = directory.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(status.st_mode):
        return False
    if sys.platform == "win32":
        return True
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
