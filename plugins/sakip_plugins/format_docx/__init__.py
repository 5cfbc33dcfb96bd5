"""Word: a report as it is handed in, from scratch or in an agency's own template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sakip_rules import hookimpl

if TYPE_CHECKING:
    from sakip_rules import Exporter, Publication, Template


@hookimpl
def sakip_exporters() -> Iterable[Exporter]:
    from sakip_plugins.format_docx.codes import CODES
    from sakip_rules import Exporter

    return [
        Exporter(
            "docx", ".docx", report=_report, template=_into_template, codes=tuple(CODES.values()), extra="docx",
            annotated=False,
        )
    ]  # fmt: skip


# What writes is loaded when something is written.


def _report(found: Publication) -> Mapping[str, bytes]:
    from sakip_plugins.format_docx.writer import report

    return report(found)


def _into_template(found: Publication, template: Template) -> Mapping[str, bytes]:
    from sakip_plugins.format_docx.writer import into_template

    return into_template(found, template)
