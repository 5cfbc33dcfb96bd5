"""Measured values out of workbooks, as offices keep them: each read right, or refused with its sheet and cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sakip_rules import hookimpl

if TYPE_CHECKING:
    from sakip_rules import DataFile, DataReader, Diagnostic, Known, Measurement


@hookimpl
def sakip_readers() -> Iterable[DataReader]:
    from sakip_plugins.data_xlsx.codes import ALL
    from sakip_rules import DataReader

    return [DataReader("xlsx", (".xlsx", ".xlsm", ".xls"), _read, text=False, codes=ALL, extra="xlsx")]


def _read(file: DataFile, known: Known, mark: str | None) -> tuple[Iterable[Measurement], Iterable[Diagnostic]]:
    from sakip_plugins.data_xlsx.reader import read

    return read(file, known, mark)
