"""The rules engine of Indonesian government performance reports: rule files in, exact and explained figures out.

What stands in ``__all__`` is the public interface, loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sakip_rules.base.diagnostics import Diagnostic, Severity
    from sakip_rules.hookspecs import hookimpl
    from sakip_rules.model.functions import Function
    from sakip_rules.model.performance_tree import PerformanceTree
    from sakip_rules.model.results import Evaluation
    from sakip_rules.model.values import Quarter, Status, Value
    from sakip_rules.model.years import YearRules
    from sakip_rules.project import Project
    from sakip_rules.report.exporting import Exporter
    from sakip_rules.report.model import Cell, Column, Report, Row, Table
    from sakip_rules.report.records import Records

__version__ = "0.1.0"
__all__ = [
    "Cell",
    "Column",
    "Diagnostic",
    "Evaluation",
    "Exporter",
    "Function",
    "PerformanceTree",
    "Project",
    "Quarter",
    "Records",
    "Report",
    "Row",
    "Severity",
    "Status",
    "Table",
    "Value",
    "YearRules",
    "hookimpl",
]

_HOMES = {
    "Diagnostic": "base.diagnostics",
    "Severity": "base.diagnostics",
    "Evaluation": "model.results",
    "Function": "model.functions",
    "PerformanceTree": "model.performance_tree",
    "Project": "project",
    "Quarter": "model.values",
    "Status": "model.values",
    "Value": "model.values",
    "YearRules": "model.years",
    "hookimpl": "hookspecs",
    "Exporter": "report.exporting",
    "Cell": "report.model",
    "Column": "report.model",
    "Report": "report.model",
    "Row": "report.model",
    "Table": "report.model",
    "Records": "report.records",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"sakip_rules.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
