"""Workbooks: one sheet a table, real numbers, and formulas that recompute what follows from them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sakip_rules import hookimpl

if TYPE_CHECKING:
    from sakip_rules import Exporter


@hookimpl
def sakip_exporters() -> Iterable[Exporter]:
    from sakip_plugins.format_xlsx.form import form
    from sakip_plugins.format_xlsx.writer import report
    from sakip_rules import Exporter

    return [Exporter("xlsx", ".xlsx", report=report, form=form, extra="xlsx")]
