"""What a data reader is: measured values out of the files of some suffixes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from attrs import frozen

from sakip_rules.base.diagnostics import Code, Diagnostic
from sakip_rules.base.source import Source

if TYPE_CHECKING:  # whoever only asks for the suffixes needs no values
    from sakip_rules.model.units import UnitTable
    from sakip_rules.model.values import Measurement


@frozen
class Known:
    """What a data file may name, and in which unit.

    A unit of ``None`` leaves the unit open.  ``labels`` holds the words of each name that is measured in words.
    """

    units: Mapping[str, str | None]
    labels: Mapping[str, frozenset[str]]
    table: UnitTable


@frozen
class DataFile:
    """A data file: its path as messages show it, its bytes, and its text, where its reader reads text."""

    path: str
    raw: bytes
    text: str | None = None

    @property
    def source(self) -> Source:
        """The text and its path, into which the places of findings point; empty where the file is no text."""
        return Source(self.path, self.text or "")


#: What a reader gives: all measurements, and all findings; a row with an error gives no measurement.
Reading = tuple[Iterable["Measurement"], Iterable[Diagnostic]]


@frozen
class DataReader:
    """A reader by its name and the suffixes of the files that it reads, in small letters and with their dot.

    The first suffix is the one that people are advised to use.

    ``read`` gets the file, what it may name, and the decimal mark that the settings of the folder declare (``koma``,
    ``titik``, or none).  A file of a reader of ``text`` is decoded before, and not read where it cannot be.  ``codes``
    are those of its findings which are not the engine's own; ``extra`` is the optional dependency of its distribution
    that installs the libraries which it imports when it reads.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[DataFile, Known, str | None], Reading]
    text: bool = True
    codes: tuple[Code, ...] = ()
    extra: str | None = None
