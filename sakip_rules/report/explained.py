"""The names under which the explanations of a report's figures are found."""

from __future__ import annotations

from sakip_rules.model import program as p

#: The explanations of what stands once for a whole year.
EFFICIENCY, BUDGET = "efisiensi_total", "anggaran_total"


def of_indicator(indicator: p.Indicator, year: int | None = None) -> str:
    """An indicator in the year of the report, or in another one."""
    return f"indikator.{indicator.path}" if year is None else f"indikator.{indicator.path}.{year}"


def of_change(indicator: p.Indicator) -> str:
    """The change of an indicator against the year before."""
    return f"perubahan.{indicator.path}"


def of_objective(objective: p.Definition) -> str:
    """An objective with its mean achievement, its budget and its efficiency."""
    return f"sasaran.{objective.path}"


def of_program(name: str) -> str:
    """A programme or activity."""
    return f"program.{name}"


def of_average(kind: str) -> str:
    """An overall achievement, by the word for what was averaged."""
    return f"rata_rata.{kind}"
