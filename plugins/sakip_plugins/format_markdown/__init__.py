"""Markdown: each table under its number and title, for web pages and notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sakip_rules import hookimpl

if TYPE_CHECKING:
    from sakip_rules import Exporter


@hookimpl
def sakip_exporters() -> Iterable[Exporter]:
    from sakip_plugins.format_markdown.writer import report
    from sakip_rules import Exporter

    return [Exporter("md", ".md", report=report, annotated=False)]
