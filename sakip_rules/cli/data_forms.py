"""Forms for measured values, in the formats that exporters bring; a file that is there is never overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.cli.writing import write_whole
from sakip_rules.guards import PluginError
from sakip_rules.model.data_form import DataForm
from sakip_rules.model.exporters import Exporter


def refusal(path: Path, exporters: Mapping[str, Exporter]) -> Diagnostic | None:
    """Why no form is written to a file: nothing writes forms of its ending, or there is something already."""
    writers = _writers(exporters)
    if path.suffix.lower() not in writers:
        return Diagnostic(codes.NO_DATA_FORM, None, {"suffix": path.suffix, "known": tuple(sorted(writers))})
    return Diagnostic(codes.FILE_EXISTS, None, {"file": path.as_posix()}) if path.exists() else None


def write_form(path: Path, wanted: DataForm, exporters: Mapping[str, Exporter]) -> tuple[Diagnostic, ...]:
    """Write a form whole or not at all; what stood in its way is a finding."""
    write = _writers(exporters)[path.suffix.lower()].form
    assert write  # or it would be no writer of forms
    try:
        return write_whole(path, write(wanted), path.as_posix())
    except PluginError as error:
        return (error.finding,)


def _writers(exporters: Mapping[str, Exporter]) -> dict[str, Exporter]:
    """The exporters that write forms, by their suffix."""
    return {each.suffix: each for each in exporters.values() if each.form}
