"""The budgets that data files give against those of the agreement."""

from __future__ import annotations

from collections.abc import Iterator

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Related
from sakip_rules.model.results import Evaluation
from sakip_rules.model.values import BUDGET, DataSet, Quarter


def differing(evaluation: Evaluation, data: DataSet) -> Iterator[Diagnostic]:
    """Every budget that the data measure spending against and the agreement has another amount for, in rupiah."""
    for each in evaluation.activities:
        measured = data.get(f"{each.row.name}.{BUDGET}", evaluation.year, Quarter.YEAR)
        promised = each.row.budget
        if measured and measured.number is not None and promised and measured.number != promised.number:
            facts = {"name": each.row.name, "found": measured.number, "expected": promised.number}
            related = (Related(each.row.place("pagu"), "budget_here"),)
            yield Diagnostic(codes.DATA_BUDGET_DIFFERS, measured.span, facts, related)
