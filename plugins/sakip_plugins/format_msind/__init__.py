"""MS-Ind: the form in which BPS wants indicators described for Satu Data Indonesia, as far as the rules go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sakip_rules import hookimpl

if TYPE_CHECKING:
    from sakip_rules import Exporter


@hookimpl
def sakip_exporters() -> Iterable[Exporter]:
    from sakip_plugins.format_msind.writer import report
    from sakip_rules import Exporter

    return [Exporter("msind", ".csv", report=report, annotated=False)]
