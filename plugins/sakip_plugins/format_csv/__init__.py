"""CSV as Indonesian spreadsheets read it: semicolons, decimal commas, and no text that becomes a formula."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sakip_rules import hookimpl

if TYPE_CHECKING:
    from sakip_rules import Exporter


@hookimpl
def sakip_exporters() -> Iterable[Exporter]:
    from sakip_plugins.format_csv.writer import records, report
    from sakip_rules import Exporter

    return [Exporter("csv", ".csv", records=records, report=report, annotated=False)]
