"""What the rows of a report's tables are about, each with all that is known of it."""

from __future__ import annotations

from attrs import frozen

from sakip_rules.model import program as p
from sakip_rules.model.results import (
    ActivityResult,
    ComparisonRow,
    Efficiency,
    IndicatorResult,
    ObjectiveResult,
    YearFigure,
)
from sakip_rules.model.values import Value
from sakip_rules.report.derivations import Derivation


@frozen
class Figure:
    """A figure or a text of a row.

    ``written`` is how many decimals it was written with, ``unit`` the name of its unit, ``lines`` figures that stand
    under each other.  Figures of neighbouring rows that have the same ``shared`` are one, such as the budget of an
    objective with two indicators.  ``explanation`` is the name of what tells how it came about, and ``derivation`` how
    it follows from figures that other columns show.
    """

    value: Value | None = None
    target: p.Target | None = None
    text: str | None = None
    written: int = 0
    unit: str | None = None
    lines: tuple[Figure, ...] = ()
    shared: object = None
    explanation: str | None = None
    derivation: Derivation | None = None


BLANK = Figure()


@frozen(eq=False)
class IndicatorSubject:
    """An indicator with what is known of it: this year's result, other years, its objective's budget."""

    indicator: p.Indicator
    objective: p.Definition | None
    number: str | None = None
    result: IndicatorResult | None = None
    compared: ComparisonRow | None = None
    efficiency: Efficiency | None = None
    analysis: p.Analysis | None = None

    @property
    def name(self) -> str:
        return self.indicator.name

    def year(self, year: int | None) -> YearFigure | None:
        """What a year says of the indicator; without a year, the year of the report."""
        if year is not None and self.compared:
            return self.compared.figures.get(year)
        if self.result is None:
            return None
        return YearFigure(self.indicator, self.result.target, self.result.realization, self.result.achievement)


@frozen(eq=False)
class ObjectiveSubject:
    """An objective with the mean achievement of its indicators and the budget that is for it."""

    result: ObjectiveResult
    efficiency: Efficiency | None = None

    @property
    def name(self) -> str:
        return self.result.objective.name if self.result.objective else ""


@frozen(eq=False)
class ProgramSubject:
    """A programme or activity, with the indicators of the objectives that it supports."""

    result: ActivityResult
    supported: tuple[IndicatorSubject, ...] = ()
    judgement: str | None = None

    @property
    def name(self) -> str:
        return self.result.row.name


@frozen(eq=False)
class DocumentSubject:
    """A row of a planning document, as the document has it; where its objective is a goal, that is its goal, too."""

    row: p.AgreementRow | p.PlanRow | p.ActivityRow
    indicator: p.Indicator | None = None
    objective: p.Definition | None = None
    goal: p.Definition | None = None

    @property
    def name(self) -> str:
        if isinstance(self.row, p.ActivityRow):
            return self.row.name
        return self.indicator.name if self.indicator else ""


@frozen(eq=False)
class StrategySubject:
    """A strategy of a plan, with the objective that it is for, and the goal of that."""

    strategy: p.Strategy
    objective: p.Objective
    goal: p.Definition | None

    @property
    def name(self) -> str:
        return self.objective.name


@frozen(eq=False)
class BandSubject:
    """A row of a category table."""

    band: p.Band

    @property
    def name(self) -> str:
        return ""


Subject = IndicatorSubject | ObjectiveSubject | ProgramSubject | DocumentSubject | StrategySubject | BandSubject
