"""PDF: a report for archives and screen readers (PDF/A-2a and PDF/UA-1), with everything that it needs inside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sakip_rules import hookimpl

if TYPE_CHECKING:
    from sakip_rules import Exporter, Publication


@hookimpl
def sakip_exporters() -> Iterable[Exporter]:
    from sakip_plugins.format_pdf.codes import CODES
    from sakip_rules import Exporter

    return [Exporter("pdf", ".pdf", report=_report, codes=tuple(CODES.values()), extra="pdf", annotated=False)]


def _report(found: Publication) -> Mapping[str, bytes]:
    """The report, by what is loaded only when something is written."""
    from sakip_plugins.format_pdf.writer import report

    return report(found)
