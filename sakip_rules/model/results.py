"""What an evaluation gives: achievements with the way that led to them, by indicator, by objective and overall."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.source import Span
from sakip_rules.model import program as p
from sakip_rules.model.functions import Argument
from sakip_rules.model.names import Program
from sakip_rules.model.values import Measurement, Quarter, Reason, Value
from sakip_rules.syntax.tree import Expression

#: What a year is measured against: an agreement, or an action plan where there is none.
Promises = p.Agreement | p.ActionPlan


@frozen(eq=False, repr=False)
class Step:
    """One step of a trace: the part of the expression, its value, and the steps that led there."""

    node: Expression | p.Branch
    value: Argument | bool
    parts: tuple[Step, ...] = ()


@frozen(eq=False, repr=False)
class StepTaken:
    """One step of a method as it was taken: the row of the method, and the value after it."""

    step: p.Step
    value: Value


@frozen(eq=False, repr=False)
class Achievement:
    """An achievement, exact after its rounding steps, with the way that led there where a trace was asked for.

    ``unrounded`` is the value before the first step changed it.  ``left_out`` says that averages do not count it.
    ``policy`` is the key of the method's policy, where one decided instead of the formula.
    """

    value: Value
    unrounded: Value
    formula: p.Formula | None
    steps: tuple[StepTaken, ...] = ()
    category: p.Band | None = None
    problem: Reason | None = None
    left_out: bool = False
    policy: str | None = None
    trace: tuple[Step, ...] = field(default=())


@frozen(eq=False, repr=False)
class Realization:
    """What was achieved: measured, added up from quarters, or calculated from measured variables.

    ``measurements`` are the data that it stands on; ``expression`` is the formula over variables, where there is one.
    """

    value: Value
    measurements: tuple[Measurement, ...] = ()
    expression: Expression | None = None
    over_quarters: str | None = None
    label: str | None = None
    trace: tuple[Step, ...] = ()


@frozen(eq=False, repr=False)
class IndicatorResult:
    """One promised indicator: its target, its realization and its achievement.

    ``source`` is the document that sets the target, at ``target_span``: the agreement, or the action plan.
    """

    indicator: p.Indicator
    objective: p.Definition | None
    promise: p.AgreementRow
    target: p.Target | None
    realization: Realization
    achievement: Achievement
    source: Promises
    target_span: Span
    progress: Progress | None = None


@frozen(eq=False, repr=False)
class Progress:
    """How far a realization has come towards the target that a plan sets for its last year."""

    plan: p.Plan
    row: p.PlanRow
    year: int
    target: Value
    value: Value


@frozen(eq=False, repr=False)
class ActivityResult:
    """One programme or activity: its performance, its budget, what was spent, and the efficiency that follows.

    ``absorption`` and ``efficiency`` are by the formulas that the method names; without one they do not apply.
    """

    row: p.ActivityRow
    realization: Value
    achievement: Achievement
    budget: Value
    absorbed: Value
    absorption: Value
    efficiency: Value


@frozen(eq=False, repr=False)
class Spending:
    """Budget and spending of all programmes together, each amount counted once: those of ``parts`` added up."""

    budget: Value
    absorbed: Value
    absorption: Value
    parts: tuple[ActivityResult, ...] = ()


@frozen(eq=False, repr=False)
class Efficiency:
    """The efficiency of one objective: its budget, what was spent of it, and how that compares with what was achieved.

    The budget of an objective with several indicators is shared by them: ``by_indicator`` gives the efficiency with
    the achievement of each, in the order of ``results``, and ``achievement`` is their mean, not rounded again.
    """

    objective: p.Definition | None
    results: tuple[IndicatorResult, ...]
    programs: tuple[p.ActivityRow, ...]
    achievement: Value
    budget: Value
    absorbed: Value
    absorption: Value
    by_indicator: tuple[Value, ...]


@frozen(eq=False, repr=False)
class Efficiencies:
    """The efficiency of every objective, and of all together, where each budget counts once."""

    objectives: tuple[Efficiency, ...]
    budget: Value
    absorbed: Value
    absorption: Value
    total: Value


@frozen(eq=False, repr=False)
class ObjectiveResult:
    """The mean achievement of an objective's indicators."""

    objective: p.Definition | None
    achievement: Achievement
    count: int


@frozen(eq=False, repr=False)
class Average:
    """An overall achievement; ``kind`` is what was averaged, in the word of the rule language."""

    kind: str
    step: p.Step
    achievement: Achievement
    count: int


@frozen(eq=False, repr=False)
class Change:
    """How far a value has moved from the year before, by the formulas that the method names.

    ``relative`` is in percent of the value before, ``difference`` in the unit of both, which is percentage points
    where both are percentages.
    """

    relative: Value
    difference: Value


@frozen(eq=False, repr=False)
class YearFigure:
    """What a year says of an indicator, under the name that it had then; no target where it was not promised."""

    indicator: p.Indicator
    target: p.Target | None
    realization: Realization
    achievement: Achievement | None


@frozen(eq=False, repr=False)
class ComparisonRow:
    """One indicator over the years, with what it continues, and its change against the year before."""

    indicator: p.Indicator
    objective: p.Definition | None
    figures: Mapping[int, YearFigure]
    realization: Change
    achievement: Change


@frozen(eq=False, repr=False)
class Comparison:
    """Years side by side, oldest first, and the change of each average against the year before."""

    years: tuple[int, ...]
    rows: tuple[ComparisonRow, ...]
    averages: Mapping[str, Change]


@frozen(eq=False, repr=False)
class Evaluation:
    """All figures of one agreement for one period, by the program that gave them.

    ``action_plan`` is where the targets of a quarter come from that the agreement does not set itself.
    """

    year: int
    quarter: Quarter
    program: Program
    agreement: Promises
    method: p.Method
    indicators: tuple[IndicatorResult, ...]
    objectives: tuple[ObjectiveResult, ...]
    averages: tuple[Average, ...]
    activities: tuple[ActivityResult, ...] = ()
    spending: Spending | None = None
    efficiencies: Efficiencies | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    action_plan: p.ActionPlan | None = None
