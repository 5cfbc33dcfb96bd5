"""States of a folder that git keeps: read from its objects into a folder of our own, the working tree left alone."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence, Set
from functools import cached_property
from pathlib import Path, PurePosixPath

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic
from sakip_rules.files import shown
from sakip_rules.inputs import Reading

#: So that git asks nothing, fetches nothing and writes nothing.
_QUIET = {
    "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_LITERAL_PATHSPECS": "1", "LC_ALL": "C",
}  # fmt: skip


class RefusedError(Exception):
    """Git cannot give what was asked for; the finding tells why."""

    def __init__(self, code: Code, **facts: object) -> None:
        super().__init__(code.name)
        self.finding = Diagnostic(code, None, facts)


class Repository:
    """The repository that a folder lies in.

    A name that a user typed reaches git only as one argument that does not begin with ``-``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def top(self) -> Path:
        """The folder that the repository keeps; ``RefusedError`` where there is no git, or no repository."""
        found = self._run("rev-parse", "--show-toplevel")
        if found is None or not found.strip():
            raise RefusedError(codes.NO_REPOSITORY, folder=self.folder.as_posix())
        return Path(os.fsdecode(found.rstrip(b"\r\n"))).resolve()

    def knows(self, name: str) -> bool:
        """Whether a name stands for a commit here; where there is no repository, none does."""
        try:
            return bool(self._commit(name))
        except RefusedError:
            return False

    def commit(self, name: str) -> str:
        """The commit that a name stands for; ``RefusedError`` where there is none."""
        assert self.top  # without a repository that is what is wrong
        found = self._commit(name)
        if found is None:
            shallow = self._run("rev-parse", "--is-shallow-repository") == b"true\n"
            raise RefusedError(codes.SHALLOW_CLONE if shallow else codes.UNKNOWN_REVISION, name=name)
        return found

    def _commit(self, name: str) -> str | None:
        if not name or name.startswith("-") or not name.isprintable():
            return None
        found = self._run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        return found.decode("ascii").strip() if found else None

    def tracks(self, path: Path) -> bool:
        """Whether git keeps anything of a path, today."""
        return bool(self._run("ls-files", "--", os.fspath(path)))

    def export(self, name: str, into: Path, suffixes: Set[str]) -> None:
        """Write the files of a commit that have some suffixes below a folder; ``RefusedError`` where one is lacking."""
        commit = self.commit(name)
        listed = self._run("ls-tree", "-r", "-z", "--full-tree", commit) or b""
        files = list(_files(listed, suffixes))
        contents = self._run("cat-file", "--batch", given=b"".join(b"%s\n" % key for key, _ in files)) or b""
        at = 0
        for _, path in files:
            end = contents.find(b"\n", at)
            _, kind, *sizes = contents[at:end].split()
            if kind != b"blob":
                raise RefusedError(codes.SHALLOW_CLONE, name=name)  # a clone that holds objects when they are asked for
            size = int(sizes[0])
            target = into / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(contents[end + 1 : end + 1 + size])
            at = end + size + 2

    def _run(self, *arguments: str, given: bytes = b"") -> bytes | None:
        """What git answers, or nothing where it refuses."""
        program = shutil.which("git")
        if program is None:
            raise RefusedError(codes.NO_GIT)
        command: Sequence[str] = (program, "-C", os.fspath(self.folder.absolute()), *arguments)
        done = subprocess.run(command, input=given, capture_output=True, env={**os.environ, **_QUIET}, check=False)
        return done.stdout if done.returncode == 0 else None


def _files(listed: bytes, suffixes: Set[str]) -> Iterator[tuple[bytes, PurePosixPath]]:
    """The object and the path of each regular file in a listing that a run may read."""
    for line in listed.split(b"\0"):
        about, _, name = line.partition(b"\t")
        path = PurePosixPath(os.fsdecode(name))
        if about.startswith(b"100") and path.suffix.lower() in suffixes and ".." not in path.parts:
            yield about.split()[2], path


class Revision:
    """One commit, exported: how its files are read, and by what name they are shown."""

    def __init__(self, repository: Repository, name: str, exported: Path, suffixes: Set[str]) -> None:
        self.repository, self.name, self.exported = repository, name, exported.resolve()
        repository.export(name, self.exported, suffixes)

    @property
    def reading(self) -> Reading:
        return Reading(self.at, self.shown)

    def at(self, path: Path) -> Path:
        """Where the files of a path of today lie; what git does not keep, such as an installed library, stays."""
        real, top = path.resolve(), self.repository.top
        if not real.is_relative_to(top):
            return path
        then = self.exported / real.relative_to(top)
        return then if then.exists() or self.repository.tracks(real) else path

    def shown(self, path: Path) -> str:
        """A path as git writes it: behind the name of the revision."""
        if not path.is_relative_to(self.exported):
            return shown(path)
        inner = path.relative_to(self.exported).as_posix().encode("utf-8", "backslashreplace").decode()
        return f"{self.name}:{inner}"
