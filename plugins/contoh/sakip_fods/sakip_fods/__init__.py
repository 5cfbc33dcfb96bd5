"""Reports as flat OpenDocument spreadsheets: one file of XML that LibreOffice opens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sakip_rules import hookimpl

if TYPE_CHECKING:
    from sakip_rules import Exporter


@hookimpl
def sakip_exporters() -> Iterable[Exporter]:
    from sakip_fods.writer import report
    from sakip_rules import Exporter

    return [Exporter("fods", ".fods", report=report, annotated=False)]
