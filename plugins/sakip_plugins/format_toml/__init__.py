"""TOML, which leaves out what has no value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sakip_rules import hookimpl

if TYPE_CHECKING:
    from sakip_rules import Exporter


@hookimpl
def sakip_exporters() -> Iterable[Exporter]:
    from sakip_plugins.format_toml.writer import records, report
    from sakip_rules import Exporter

    return [Exporter("toml", ".toml", records=records, report=report, annotated=False)]
