"""Word: a report as it is handed in, from scratch or in an agency's own template."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sakip_rules import hookimpl

if TYPE_CHECKING:
    from sakip_rules import Exporter


@hookimpl
def sakip_exporters() -> Iterable[Exporter]:
    from sakip_plugins.format_docx.codes import CODES
    from sakip_plugins.format_docx.writer import into_template, report
    from sakip_rules import Exporter

    return [Exporter("docx", ".docx", report=report, template=into_template, codes=tuple(CODES.values()), extra="docx")]
