"""The rules engine of Indonesian government performance reports: rule files in, exact and explained figures out.

What stands in ``__all__`` is the public interface, loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sakip_rules.base.diagnostics import Code, Diagnostic, Related, Repair, Severity
    from sakip_rules.base.source import Source, Span
    from sakip_rules.cli.session import Run
    from sakip_rules.engine.data import read_csv
    from sakip_rules.hookspecs import hookimpl
    from sakip_rules.model.checks import Check
    from sakip_rules.model.commands import Command
    from sakip_rules.model.functions import Function
    from sakip_rules.model.names import Program
    from sakip_rules.model.program import Agreement, Definition, Indicator, Line, Quantity, Reference
    from sakip_rules.model.readers import DataFile, DataReader, Known
    from sakip_rules.model.results import Evaluation
    from sakip_rules.model.units import Measure
    from sakip_rules.model.values import Measurement, Quarter, Reason, Status, Value, absent
    from sakip_rules.model.vocabulary import Key, Kind, Table, Type
    from sakip_rules.model.years import YearRules
    from sakip_rules.project import Project

__version__ = "0.1.0"
__all__ = [
    "Agreement",
    "Check",
    "Code",
    "Command",
    "DataFile",
    "DataReader",
    "Definition",
    "Diagnostic",
    "Evaluation",
    "Function",
    "Indicator",
    "Key",
    "Kind",
    "Known",
    "Line",
    "Measure",
    "Measurement",
    "Program",
    "Project",
    "Quantity",
    "Quarter",
    "Reason",
    "Reference",
    "Related",
    "Repair",
    "Run",
    "Severity",
    "Source",
    "Span",
    "Status",
    "Table",
    "Type",
    "Value",
    "YearRules",
    "absent",
    "hookimpl",
    "read_csv",
]

_HOMES = {
    "Agreement": "model.program",
    "Check": "model.checks",
    "Code": "base.diagnostics",
    "Command": "model.commands",
    "DataFile": "model.readers",
    "DataReader": "model.readers",
    "Definition": "model.program",
    "Diagnostic": "base.diagnostics",
    "Evaluation": "model.results",
    "Function": "model.functions",
    "Indicator": "model.program",
    "Key": "model.vocabulary",
    "Kind": "model.vocabulary",
    "Known": "model.readers",
    "Line": "model.program",
    "Measure": "model.units",
    "Measurement": "model.values",
    "Program": "model.names",
    "Project": "project",
    "Quantity": "model.program",
    "Quarter": "model.values",
    "Reason": "model.values",
    "Reference": "model.program",
    "Related": "base.diagnostics",
    "Repair": "base.diagnostics",
    "Run": "cli.session",
    "Severity": "base.diagnostics",
    "Source": "base.source",
    "Span": "base.source",
    "Status": "model.values",
    "Table": "model.vocabulary",
    "Type": "model.vocabulary",
    "Value": "model.values",
    "YearRules": "model.years",
    "absent": "model.values",
    "hookimpl": "hookspecs",
    "read_csv": "engine.data",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"sakip_rules.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
