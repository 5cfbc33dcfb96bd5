"""JSON for other systems: numbers as exact decimals, fractions beside them where a figure was rounded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sakip_rules import hookimpl

if TYPE_CHECKING:
    from sakip_rules import Exporter


@hookimpl
def sakip_exporters() -> Iterable[Exporter]:
    from sakip_plugins.format_json.writer import records, report
    from sakip_rules import Exporter

    return [Exporter("json", ".json", records=records, report=report, annotated=False)]
