"""The program: every definition of the rule files as a frozen, typed record.

The names of the classes and attributes are the field's English terms; which Indonesian kind, key or column fills
which of them stands in ``vocabulary``.  Definitions are told apart by identity: two that read alike are still two.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from fractions import Fraction

from attrs import frozen

from sakip_rules.base.dates import Period
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.numbers import Rounding
from sakip_rules.base.source import Span
from sakip_rules.syntax.tree import Expression


@frozen
class Reference:
    """A name, or an official title, that stands for a definition of one of some kinds.

    ``listed`` says that it stands in a list, where others may stand beside it.
    """

    text: str
    kinds: tuple[str, ...]
    span: Span
    listed: bool = False


@frozen
class UnitRef:
    """A unit by its name, symbol or alias."""

    text: str
    span: Span


@frozen
class Quantity:
    """A number with the unit that was written at it: ``92,5%``, ``Rp 5.918.000.000``, ``54 Dokumen``."""

    number: Fraction
    unit: str | None
    span: Span
    decimals: int = 0
    lone_group: bool = False


@frozen
class Interval:
    """Numbers between two bounds; ``None`` leaves an end open."""

    lower: Fraction | None
    upper: Fraction | None
    lower_included: bool
    upper_included: bool
    unit: str | None
    span: Span

    def __contains__(self, number: Fraction) -> bool:
        if self.lower is not None and (number < self.lower or (number == self.lower and not self.lower_included)):
            return False
        return self.upper is None or number < self.upper or (number == self.upper and self.upper_included)

    def written(self, end: Callable[[Fraction], str]) -> str:
        """The range as rule files write it, each of its ends as ``end`` writes it."""
        lower = None if self.lower is None else end(self.lower)
        upper = None if self.upper is None else end(self.upper)
        if lower is None:
            return f"{'≤' if self.upper_included else '<'} {upper}"
        if upper is None:
            return f"{'≥' if self.lower_included else '>'} {lower}"
        return f"{'' if self.lower_included else '> '}{lower} s.d {'' if self.upper_included else '< '}{upper}"

    @property
    def suffix(self) -> str:
        """What stands behind each end: the unit that was written."""
        return "%" if self.unit == "%" else f" {self.unit}" if self.unit else ""


@frozen
class Label:
    """A target or value that is a word of a scale, such as ``WTP`` or ``BB``."""

    text: str
    span: Span


Target = Quantity | Interval | Label


@frozen
class Input:
    """A value that a formula takes, with its unit where the formula fixes one."""

    name: str
    unit: UnitRef | None
    span: Span


@frozen(eq=False, repr=False)
class Definition:
    """What every definition has: its kind, name and official title, and where it and its keys stand."""

    kind: str
    name: str
    title: str | None
    span: Span
    name_span: Span
    places: Mapping[str, Span]
    parent: str | None
    children: tuple[Definition, ...]

    def place(self, key: str) -> Span:
        """Where a key's value stands; the name of the definition where the key is not written."""
        return self.places.get(key, self.name_span)

    @property
    def label(self) -> str:
        """What people call it."""
        return self.title or self.name

    @property
    def titles(self) -> tuple[str, ...]:
        """The official titles by which a reference may name it."""
        return (self.title,) if self.title else ()

    @property
    def path(self) -> str:
        """The name with the names of the blocks around it."""
        return f"{self.parent}.{self.name}" if self.parent else self.name


@frozen(eq=False, repr=False)
class Line:
    """What every table row has: where it and its cells stand."""

    span: Span
    places: Mapping[str, Span]

    def place(self, column: str) -> Span:
        return self.places.get(column, self.span)


@frozen(eq=False, repr=False)
class Regulation(Definition):
    """``peraturan``: a law or guideline, and when it holds."""

    about: str | None = None
    effective: Period | None = None
    repealed: datetime.date | None = None
    replaced_by: Reference | None = None
    verification: str | None = None
    source: str | None = None
    note: str | None = None


@frozen(eq=False, repr=False)
class Unit(Definition):
    """``satuan``: a unit of measure; ``dimension`` says how it calculates."""

    dimension: str = "cacah"
    symbol: str | None = None
    aliases: tuple[str, ...] = ()
    note: str | None = None


@frozen(eq=False, repr=False)
class Variable(Definition):
    """``variabel``: a measured quantity that formulas use.

    ``population_of`` names, as data files do, what counts a part of it: variables, indicators, programmes, activities.
    """

    unit: UnitRef | None = None
    meaning: str | None = None
    source: str | None = None
    basis: tuple[Reference, ...] = ()
    over_quarters: str | None = None
    population_of: tuple[Reference, ...] = ()
    note: str | None = None


@frozen(eq=False, repr=False)
class Branch(Line):
    """One row of a condition table; a condition of ``None`` is ``selain itu``."""

    condition: Expression | None
    result: Expression


@frozen(eq=False, repr=False)
class Formula(Definition):
    """``formula``: an expression or a condition table over named inputs."""

    basis: tuple[Reference, ...] = ()
    inputs: tuple[Input, ...] = ()
    expression: Expression | None = None
    branches: tuple[Branch, ...] = ()
    rounding: Rounding | None = None
    unit: UnitRef | None = None
    note: str | None = None


@frozen(eq=False, repr=False)
class Band(Line):
    """One row of a category table; ``printed`` is how the regulation prints the range, where it reads differently."""

    range: Interval
    label: str
    printed: str | None = None
    note: str | None = None


@frozen(eq=False, repr=False)
class Category(Definition):
    """``kategori``: labels for ranges of a value, looked up after its rounding."""

    unit: UnitRef | None = None
    domain: Interval | None = None
    rounding: Rounding | None = None
    basis: tuple[Reference, ...] = ()
    effective: Period | None = None
    bands: tuple[Band, ...] = ()
    note: str | None = None


@frozen(eq=False, repr=False)
class Rank(Line):
    rank: Fraction
    label: str
    note: str | None = None


@frozen(eq=False, repr=False)
class Scale(Definition):
    """``skala``: words in order, each with its rank."""

    basis: tuple[Reference, ...] = ()
    ranks: tuple[Rank, ...] = ()
    note: str | None = None


@frozen(eq=False, repr=False)
class Element(Line):
    """One element of an index; ``weight`` is an expression without names, such as ``1/9`` or ``30%``."""

    element: str
    weight: Expression
    title: str | None = None


@frozen(eq=False, repr=False)
class Index(Definition):
    """``indeks``: a weighted composite of elements."""

    basis: tuple[Reference, ...] = ()
    effective: Period | None = None
    expression: Expression | None = None
    rounding: Rounding | None = None
    unit: UnitRef | None = None
    category: Reference | None = None
    elements: tuple[Element, ...] = ()
    note: str | None = None


@frozen(eq=False, repr=False)
class Step(Line):
    """One step of a method, in the order in which it is taken."""

    step: str
    value: Rounding | Quantity | str | None = None


@frozen(eq=False, repr=False)
class Method(Definition):
    """``metode``: which formula each direction uses, the policies, and the steps in their order."""

    basis: tuple[Reference, ...] = ()
    up: Reference | None = None
    down: Reference | None = None
    range: Reference | None = None
    exact: Reference | None = None
    label_formula: Reference | None = None
    absorption: Reference | None = None
    efficiency: Reference | None = None
    total_efficiency: Reference | None = None
    progress: Reference | None = None
    change: Reference | None = None
    difference: Reference | None = None
    category: Reference | None = None
    zero_target: str | Quantity | Reference | None = None
    missing_realization: str | Quantity | Reference | None = None
    steps: tuple[Step, ...] = ()
    note: str | None = None


@frozen(eq=False, repr=False)
class Agency(Definition):
    """``instansi``: the agency that the rules are for."""

    government: str | None = None
    abbreviation: str | None = None
    basis: tuple[Reference, ...] = ()
    note: str | None = None


@frozen(eq=False, repr=False)
class OrganizationalUnit(Definition):
    """``unit_kerja``: a part of an agency, who heads it, and what documents call it besides its title."""

    agency: Reference | None = None
    head: str | None = None
    aliases: tuple[str, ...] = ()
    note: str | None = None

    @property
    def titles(self) -> tuple[str, ...]:
        return (*((self.title,) if self.title else ()), *self.aliases)


@frozen(eq=False, repr=False)
class Vision(Definition):
    """``visi``: the vision of a long-term plan."""

    basis: tuple[Reference, ...] = ()
    note: str | None = None


@frozen(eq=False, repr=False)
class Mission(Definition):
    """``misi``: one mission of a vision."""

    number: str | None = None
    supports: tuple[Reference, ...] = ()
    note: str | None = None


@frozen(eq=False, repr=False)
class Strategy(Definition):
    """``strategi``: how an objective is to be reached, and the policy directions that follow."""

    directions: tuple[str, ...] = ()
    note: str | None = None


@frozen(eq=False, repr=False)
class Objective(Definition):
    """``sasaran``: an objective and its indicators."""

    number: str | None = None
    indicators: tuple[Reference, ...] = ()
    supports: tuple[Reference, ...] = ()
    carriers: tuple[Reference, ...] = ()
    note: str | None = None

    @property
    def strategies(self) -> tuple[Strategy, ...]:
        return tuple(child for child in self.children if isinstance(child, Strategy))


@frozen(eq=False, repr=False)
class Goal(Definition):
    """``tujuan``: a goal, its indicators and its objectives."""

    number: str | None = None
    indicators: tuple[Reference, ...] = ()
    supports: tuple[Reference, ...] = ()
    carriers: tuple[Reference, ...] = ()
    note: str | None = None

    @property
    def objectives(self) -> tuple[Objective, ...]:
        return tuple(child for child in self.children if isinstance(child, Objective))


@frozen(eq=False, repr=False)
class Indicator(Definition):
    """``indikator``: what is measured, how, and in which direction better lies."""

    number: str | None = None
    unit: UnitRef | None = None
    direction: str | None = None
    meaning: str | None = None
    expression: Expression | None = None
    index: Reference | None = None
    scale: Reference | None = None
    assessor: str | None = None
    source: str | None = None
    basis: tuple[Reference, ...] = ()
    over_quarters: str | None = None
    continues: Reference | None = None
    carriers: tuple[Reference, ...] = ()
    note: str | None = None


@frozen(eq=False, repr=False)
class PlanRow(Line):
    """An indicator's target for each year of a plan, and the objective that it measures there."""

    indicator: Reference
    targets: Mapping[int, Target | None]
    unit: UnitRef | None = None


@frozen(eq=False, repr=False)
class Plan(Definition):
    """``renstra``: the strategic plan with goals, objectives and targets of several years."""

    agency: Reference | None = None
    effective: Period | None = None
    decided: datetime.date | None = None
    basis: tuple[Reference, ...] = ()
    refers_to: tuple[Reference, ...] = ()
    supports: tuple[Reference, ...] = ()
    rows: tuple[PlanRow, ...] = ()
    note: str | None = None


@frozen(eq=False, repr=False)
class AgreementRow(Line):
    """One promised indicator; the targets of the four quarters are given where the agreement has them."""

    indicator: Reference
    target: Target | None
    number: str | None = None
    objective: Reference | None = None
    unit: UnitRef | None = None
    weight: Fraction | None = None
    baseline: Quantity | None = None
    first_quarter: Target | None = None
    second_quarter: Target | None = None
    third_quarter: Target | None = None
    fourth_quarter: Target | None = None


@frozen(eq=False, repr=False)
class ActivityRow(Line):
    """A programme, or an activity where the number has a further part: its performance target and its budget.

    ``name`` is what data files call it; ``<name>.serapan`` is its budget realization.
    """

    number: str
    name: str
    title: str
    measured: str | None = None
    target: Target | None = None
    budget: Quantity | None = None
    carriers: tuple[Reference, ...] = ()
    partners: tuple[Reference, ...] = ()
    supports: tuple[Reference, ...] = ()

    @property
    def depth(self) -> int:
        """1 for a programme, 2 for an activity, 3 for a sub-activity."""
        return len([part for part in self.number.split(".") if part])


@frozen(eq=False, repr=False)
class Document(Definition):
    """What every planning document of one year has: when it was decided, by whom, and what it stands on."""

    year: int = 0
    decided: datetime.date | None = None
    agency: Reference | None = None
    refers_to: tuple[Reference, ...] = ()
    basis: tuple[Reference, ...] = ()
    note: str | None = None


@frozen(eq=False, repr=False)
class RevisableDocument(Document):
    """A document that another of its kind may revise.

    One with ``amends`` is such a revision: it replaces all of it, or changes, adds and drops single rows.
    ``drops_activities`` names programmes and activities as data files do, or by their numbers.
    """

    amends: Reference | None = None
    reason: str | None = None
    scope: str | None = None
    drops_activities: tuple[Reference, ...] = ()
    activities: tuple[ActivityRow, ...] = ()


@frozen(eq=False, repr=False)
class TargetDocument(RevisableDocument):
    """A document that sets targets of indicators; ``quarter_targets`` is what those of its quarters are for."""

    drops: tuple[Reference, ...] = ()
    rows: tuple[AgreementRow, ...] = ()
    quarter_targets: str | None = None


@frozen(eq=False, repr=False)
class Agreement(TargetDocument):
    """``perjanjian_kinerja``: the targets that the agency's head has promised for a year."""

    method: Reference | None = None


@frozen(eq=False, repr=False)
class AnnualPlan(TargetDocument):
    """``renja``: the work plan of a year, with the targets that it sets."""


@frozen(eq=False, repr=False)
class Budget(RevisableDocument):
    """``anggaran``: the budget of a year by programme and activity."""

    total: Quantity | None = None


@frozen(eq=False, repr=False)
class AllocationRow(Line):
    """The part of a programme's budget that is for one objective, in rupiah."""

    program: str
    objective: Reference
    budget: Quantity


@frozen(eq=False, repr=False)
class Allocation(Definition):
    """``alokasi``: how the budget of a programme that supports several objectives is shared between them."""

    year: int = 0
    basis: tuple[Reference, ...] = ()
    source: str | None = None
    rows: tuple[AllocationRow, ...] = ()
    note: str | None = None


@frozen(eq=False, repr=False)
class ActionPlan(TargetDocument):
    """``rencana_aksi``: the targets of a year by quarter, with the actions that lead there.

    With ``method`` it is what a year is measured against for which there is no agreement.
    """

    method: Reference | None = None


@frozen(eq=False, repr=False)
class Partnership(Definition):
    """``lintas_instansi``: what other agencies do for a goal or an objective (cross-cutting), and where it is said."""

    supports: tuple[Reference, ...] = ()
    partners: tuple[Reference, ...] = ()
    effective: Period | None = None
    source: str | None = None
    note: str | None = None


@frozen(eq=False, repr=False)
class Given(Line):
    """A named value of an example: a number, a range, a word, or a list of these."""

    name: str
    value: Target | tuple[Target, ...]


@frozen(eq=False, repr=False)
class Example(Definition):
    """``contoh``: given values and the exact result that a rule must give."""

    given: tuple[Given, ...] = ()
    expected: Expression | Label | None = None
    category: str | None = None
    direction: str | None = None
    note: str | None = None


@frozen(eq=False, repr=False)
class Printed(Line):
    """One row of a table as a published report prints it: of an indicator, of a programme, or of all together."""

    indicator: Reference | None = None
    program: str | None = None
    year: int | None = None
    target: Target | None = None
    realization: Target | None = None
    achievement: Quantity | None = None
    category: str | None = None
    last_target: Quantity | None = None
    progress: Quantity | None = None
    budget: Quantity | None = None
    absorbed: Quantity | None = None
    absorption: Quantity | None = None
    efficiency: Quantity | None = None


@frozen(eq=False, repr=False)
class PrintedTable(Definition):
    """``tercetak``: figures as a published report prints them, kept to be compared with what the rules give."""

    aggregate: str | None = None
    rows: tuple[Printed, ...] = ()
    note: str | None = None


@frozen(eq=False, repr=False)
class TableColumn(Line):
    """A column of a table: what it shows, of which year, and how."""

    column: str
    heading: str
    group: str | None = None
    year: int | None = None
    suffix: str | None = None
    decimals: tuple[int, int] | None = None


@frozen(eq=False, repr=False)
class ClosingRow(Line):
    """A row under a table: a sum, an average, a category or the efficiency of all together."""

    figure: str
    heading: str | None = None


@frozen(eq=False, repr=False)
class ReportTable(Definition):
    """``tabel``: a table of the report; ``number`` is only what is printed, its name is what others refer to."""

    number: str | None = None
    each: str | None = None
    document: Reference | None = None
    columns: tuple[TableColumn, ...] = ()
    closing: tuple[ClosingRow, ...] = ()
    when_empty: str | None = None
    source: str | None = None
    note: str | None = None


@frozen(eq=False, repr=False)
class Analysis(Definition):
    """``analisis``: what people write of an indicator: why it succeeded or failed, what stood in its way, what next."""

    indicator: Reference | None = None
    causes: str | None = None
    problems: str | None = None
    solutions: str | None = None
    actions: str | None = None
    note: str | None = None


@frozen(eq=False, repr=False)
class Judgement(Line):
    """Whether a programme or activity supported what was promised, as the report's authors judge."""

    program: str
    judgement: str


@frozen(eq=False, repr=False)
class Report(Definition):
    """``laporan``: the report of a year, what it is measured against, and the chapters that stand by themselves."""

    year: int = 0
    as_of: datetime.date | None = None
    agency: Reference | None = None
    agreement: Reference | None = None
    chapters: tuple[Reference, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    note: str | None = None


@frozen
class Subject:
    """What a check looks at: things of some sorts, and the kinds of documents in which it looks; none means all."""

    things: tuple[str, ...]
    within: tuple[str, ...]
    span: Span


@frozen
class Message:
    """A sentence with expressions in it, whose values are filled in where it is told."""

    parts: tuple[str | Expression, ...]
    span: Span

    @property
    def expressions(self) -> tuple[Expression, ...]:
        return tuple(part for part in self.parts if not isinstance(part, str))


@frozen(eq=False, repr=False)
class ConsistencyCheck(Definition):
    """``periksa``: what must hold of every thing of a sort, under a condition, and what is said where it does not.

    ``at`` is the attribute that a finding points to; ``beside`` gives the things that it points to, too.
    """

    subject: Subject
    claim: Expression
    severity: str
    message: Message
    message_en: Message | None = None
    condition: Expression | None = None
    at: str | None = None
    beside: Expression | None = None
    advice: str | None = None
    advice_en: str | None = None
    basis: tuple[Reference, ...] = ()
    note: str | None = None


@frozen(eq=False, repr=False)
class Waiver(Definition):
    """``kecuali``: findings of one rule about something named that are accepted, until when, by whom, and why."""

    rule: str = ""
    subjects: tuple[str, ...] = ()
    document: str | None = None
    file: str | None = None
    reason: str = ""
    owner: str = ""
    until: datetime.date = datetime.date.max
    basis: tuple[Reference, ...] = ()
    note: str | None = None


@frozen(eq=False, repr=False)
class CompiledFile:
    """What one file says: its definitions, and what is wrong with it taken by itself."""

    path: str
    definitions: tuple[Definition, ...]
    diagnostics: tuple[Diagnostic, ...]
