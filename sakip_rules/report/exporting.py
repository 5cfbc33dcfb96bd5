"""What an exporter is: a format that figures or a report are written in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import frozen

from sakip_rules.report.model import Report
from sakip_rules.report.records import Records


@frozen
class Exporter:
    """A format: its ``name``, which commands ask for, and the ``suffix`` of its files, with the dot.

    ``records`` writes the figures of an evaluation as one file; ``report`` writes the tables of a report as files by
    their names, which begin with the name of the report.  Either may be missing.  An exporter formats; it never
    calculates or rounds.
    """

    name: str
    suffix: str
    records: Callable[[Records], bytes] | None = None
    report: Callable[[Report], Mapping[str, bytes]] | None = None
