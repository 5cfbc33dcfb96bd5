"""HTML: the whole report on one page that needs no other file, for browsers, phones, printers and screen readers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sakip_rules import hookimpl

if TYPE_CHECKING:
    from sakip_rules import Exporter


@hookimpl
def sakip_exporters() -> Iterable[Exporter]:
    from sakip_plugins.format_html.writer import report
    from sakip_rules import Exporter

    return [Exporter("html", ".html", report=report)]
