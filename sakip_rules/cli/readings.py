"""What the two sides of a comparison may be: folders, days, documents or git revisions, told apart without guessing."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

from attrs import frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.spelling import nearest
from sakip_rules.cli.revisions import RefusedError, Repository
from sakip_rules.model import program as p
from sakip_rules.project import Project

FOLDER, DATE, DOCUMENT, REVISION = "folder", "tanggal", "dokumen", "git"
KINDS = (FOLDER, DATE, DOCUMENT, REVISION)
#: What only a git revision is written with.
_REVISION_MARKS = ("~", "^", "@{")


@frozen
class Asked:
    """What a side was called, without the word that says what it is, and all that it may be."""

    text: str
    kinds: tuple[str, ...]


class Readings:
    """Tells the sides of a comparison within one folder apart."""

    def __init__(
        self,
        folder: Path,
        projects: Callable[[], Mapping[str, Project]],
        read_date: Callable[[str], datetime.date | None],
    ) -> None:
        self.folder, self._projects, self.read_date = folder, projects, read_date
        self.repository = Repository(folder)

    def kind_of(self, *texts: str) -> tuple[str, tuple[str, ...]]:
        """The one thing that all sides are, and what each is called; ``RefusedError`` where that is not clear.

        A side alone is a revision, to be compared with the files as they are.
        """
        sides = [self.read(text) for text in texts]
        alone = len(sides) == 1
        common = [
            kind for kind in KINDS if all(kind in side.kinds for side in sides) and (kind == REVISION or not alone)
        ]
        if len(common) == 1:
            return common[0], tuple(side.text for side in sides)
        one, other = sides[0], sides[-1]
        if common:
            raise RefusedError(codes.COMPARED_AMBIGUOUS, name=one.text, names=tuple(common), first=common[0])
        if alone:
            raise RefusedError(codes.COMPARED_ALONE, name=one.text, kinds=one.kinds)
        raise RefusedError(codes.COMPARED_UNLIKE, name=one.text, kinds=one.kinds, other=other.text, others=other.kinds)

    def read(self, text: str) -> Asked:
        """All that a text may be; ``RefusedError`` where it is nothing."""
        word, colon, rest = text.partition(":")
        if colon and word.lower() in KINDS and rest:
            return self._told(word.lower(), rest)
        kinds = tuple(kind for kind in KINDS if self._is(kind, text))
        if kinds:
            return Asked(text, kinds)
        if any(mark in text for mark in _REVISION_MARKS):
            self.repository.commit(text)
        raise _unknown(text, self.documents)

    def _told(self, kind: str, text: str) -> Asked:
        if kind == REVISION:
            self.repository.commit(text)
        elif not self._is(kind, text):
            raise _unknown(text, self.documents if kind == DOCUMENT else ())
        return Asked(text, (kind,))

    def _is(self, kind: str, text: str) -> bool:
        if kind == FOLDER:
            return "\0" not in text and Path(text).is_dir()
        if kind == DATE:
            return self.read_date(text) is not None
        return text in self.documents if kind == DOCUMENT else self.repository.knows(text)

    @cached_property
    def documents(self) -> frozenset[str]:
        """The names of the planning documents of the folder."""
        programs = [project.program for project in self._projects().values()]
        tops = (item for program in programs for item in program.layers[0].top)
        return frozenset(item.name for item in tops if isinstance(item, p.Plan | p.Document))


def _unknown(text: str, names: frozenset[str] | tuple[str, ...]) -> RefusedError:
    refused = RefusedError(codes.COMPARED_UNKNOWN, name=text)
    refused.finding = Diagnostic(codes.COMPARED_UNKNOWN, None, {"name": text}, near=nearest(text, names))
    return refused
