"""PDF: a report for archives and screen readers (PDF/A-2a and PDF/UA-1), with everything that it needs inside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sakip_rules import hookimpl

if TYPE_CHECKING:
    from sakip_rules import Exporter


@hookimpl
def sakip_exporters() -> Iterable[Exporter]:
    from sakip_plugins.format_pdf.codes import CODES
    from sakip_plugins.format_pdf.writer import report
    from sakip_rules import Exporter

    return [Exporter("pdf", ".pdf", report=report, codes=tuple(CODES.values()), extra="pdf")]
