"""The rows of planning documents and category tables, for tables that show them as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property

from sakip_rules.model import program as p
from sakip_rules.model.names import Program
from sakip_rules.model.values import Value
from sakip_rules.report.subjects import BLANK, BandSubject, DocumentSubject, Figure, StrategySubject


class Documents:
    """The rows of the documents of a program."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def targets(self, document: p.Definition) -> Iterator[DocumentSubject]:
        """The indicators of a document, with its targets."""
        if isinstance(document, p.Plan):
            homes = _homes(self.program, document)
            for row in document.rows:
                indicator = self.program.target(row.indicator)
                home = homes.get(indicator)
                yield DocumentSubject(row, indicator, home, self.goals.get(home) if home else None)
        for promise in getattr(document, "rows", ()):
            if isinstance(promise, p.AgreementRow):
                objective = self.program.target(promise.objective)
                indicator = self.program.target(promise.indicator)
                yield DocumentSubject(promise, indicator, objective, self.goals.get(objective))

    @cached_property
    def goals(self) -> Mapping[p.Definition, p.Goal]:
        """The goal of each objective; a goal is its own."""
        goals = tuple(self.program.all(p.Goal))
        return {each: goal for goal in goals for each in (goal, *goal.objectives)}

    @staticmethod
    def programs(document: p.Definition) -> Iterator[DocumentSubject]:
        yield from (DocumentSubject(row) for row in getattr(document, "activities", ()))

    @staticmethod
    def strategies(document: p.Definition) -> Iterator[StrategySubject]:
        for goal in document.children:
            objectives = (each for each in (goal, *goal.children) if isinstance(each, p.Objective))
            for objective in objectives:
                for strategy in objective.strategies:
                    yield StrategySubject(strategy, objective, goal if isinstance(goal, p.Goal) else None)

    @staticmethod
    def bands(category: p.Definition) -> Iterator[BandSubject]:
        yield from (BandSubject(band) for band in getattr(category, "bands", ()))

    @staticmethod
    def closing(document: p.Definition, figure: str, column: str) -> Figure:
        """What the programmes of a document cost in all, in rupiah; other sums a document does not have."""
        budgets = [row.budget for row in getattr(document, "activities", ()) if row.depth == 1]
        if figure != "jumlah" or column != "pagu" or not budgets or any(budget is None for budget in budgets):
            return BLANK
        total = sum((budget.number for budget in budgets if budget), Fraction(0))
        return Figure(Value(total), unit="rupiah")


def _homes(program: Program, plan: p.Plan) -> dict[p.Definition, p.Definition]:
    """The goal or objective of a plan that each of its indicators measures."""
    homes: dict[p.Definition, p.Definition] = {}
    for child in plan.children:
        for holder in (child, *child.children):
            for reference in getattr(holder, "indicators", ()):
                homes.setdefault(program.target(reference), holder)
    return homes
