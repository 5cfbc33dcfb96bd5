"""Every report of the conformance kit is written as it is, and the same everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from xml.etree import ElementTree

import pytest
import sakip_fods
from sakip_fods.writer import _NAMES

from sakip_rules.testing import Case, Files, cases, check, check_everywhere, exporter_of


def read(files: Files) -> Iterator[object]:
    """The numbers and texts of all cells."""
    for content in files.values():
        for cell in ElementTree.fromstring(content).iter(f"{{{_NAMES['table']}}}table-cell"):
            value = cell.get(f"{{{_NAMES['office']}}}value")
            if value is not None:
                yield Decimal(value)
            yield "\n".join("".join(line.itertext()) for line in cell)


@pytest.mark.parametrize("case", cases(), ids=str)
def test_every_report_is_written_as_it_is(case: Case) -> None:
    check(exporter_of(sakip_fods, "fods"), case, read)


def test_the_file_is_the_same_everywhere() -> None:
    check_everywhere(sakip_fods, "fods")
