"""Which figures move between two evaluations: exactly, each with what it was and what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import frozen

from sakip_rules.model import program as p
from sakip_rules.model.names import Program
from sakip_rules.model.results import Achievement, ActivityResult, Efficiency, Evaluation, IndicatorResult, Spending
from sakip_rules.model.units import PERCENT, RATIO
from sakip_rules.model.values import Value
from sakip_rules.model.written import written

#: What a figure says: a number or the lack of one, a word or a range, or nothing where a side has no such figure.
Content = Value | str | None


@frozen
class Figured:
    """What has figures: an indicator, an objective, an average, a programme, an activity, or all of these together."""

    kind: str
    path: str
    title: str
    unit_in_charge: str | None = None


@frozen
class Movement:
    """A figure that moves, appears or disappears; ``difference`` is in the unit of both, where they have one."""

    figured: Figured
    figure: str
    old: Content
    new: Content

    @property
    def difference(self) -> Fraction | None:
        numbers = [side.number for side in (self.old, self.new) if isinstance(side, Value)]
        measures = {side.measure for side in (self.old, self.new) if isinstance(side, Value)}
        if len(numbers) < 2 or len(measures) > 1:
            return None
        old, new = numbers
        return new - old if isinstance(old, Fraction) and isinstance(new, Fraction) else None

    @property
    def in_points(self) -> bool:
        """Whether the difference is in percentage points."""
        sides = [side for side in (self.old, self.new) if isinstance(side, Value)]
        return len(sides) == 2 and all(side.measure.factors == PERCENT.factors for side in sides)


#: One side of an evaluation: the program that it was made with.
Side = tuple[Program, Evaluation | None]
_Key = tuple[str, str]


def movements(before: Side, after: Side, renamed: Mapping[str, str]) -> tuple[tuple[Movement, ...], int]:
    """The figures that differ by as much as a digit, and how many do not; what was renamed is compared with itself."""
    old = {(each.kind, renamed.get(each.path, each.path)): (each, figures) for each, figures in _figures(*before)}
    new = {(each.kind, each.path): (each, figures) for each, figures in _figures(*after)}
    moved: list[Movement] = []
    still = 0
    for key in (*new, *(key for key in old if key not in new)):
        figured = (new.get(key) or old[key])[0]
        olds, news = (side[key][1] if key in side else {} for side in (old, new))
        for name in dict.fromkeys((*news, *olds)):
            one, other = olds.get(name), news.get(name)
            if _same(one, other):
                still += one is not None
            else:
                moved.append(Movement(figured, name, one, other))
    return tuple(moved), still


def _same(old: Content, new: Content) -> bool:
    """Equal to the digit, and of the same status; the reason for a lack of a number is no part of the figure."""
    if isinstance(old, Value) and isinstance(new, Value):
        return (old.number, old.measure, old.status) == (new.number, new.measure, new.status) or (
            not old.known and not new.known and old.status is new.status
        )
    return old == new


def _figures(program: Program, evaluation: Evaluation | None) -> Iterator[tuple[Figured, dict[str, Content]]]:
    """Every figure of an evaluation, by what has it."""
    if evaluation is None:
        return
    efficient = evaluation.efficiencies.objectives if evaluation.efficiencies else ()
    pairs = (pair for each in efficient for pair in zip(each.results, each.by_indicator, strict=True))
    by_result = {id(result): value for result, value in pairs}
    for result in evaluation.indicators:
        efficiency: dict[str, Content] = {"efisiensi": by_result[id(result)]} if id(result) in by_result else {}
        figures = {**_of_indicator(program, result), **efficiency}
        yield Figured("indikator", result.indicator.path, result.indicator.label), figures
    budgets = {id(each.objective): _budget(each) for each in efficient}
    for group in evaluation.objectives:
        path, title = (group.objective.path, group.objective.label) if group.objective else ("-", "-")
        figures = {**_of_achievement(group.achievement), **budgets.get(id(group.objective), {})}
        yield Figured("sasaran", path, title), figures
    for average in evaluation.averages:
        yield Figured("keseluruhan", average.kind, average.kind), _of_achievement(average.achievement)
    for activity in evaluation.activities:
        row = activity.row
        kind = "program" if row.depth == 1 else "kegiatan"
        yield Figured(kind, row.name, row.title, _carriers(program, row)), _of_activity(program, activity)
    if evaluation.spending:
        yield Figured("jumlah", "jumlah", "jumlah"), _budget(evaluation.spending)
    if evaluation.efficiencies:
        yield Figured("keseluruhan", "efisiensi_total", "efisiensi_total"), {"efisiensi": evaluation.efficiencies.total}


def _budget(found: Spending | Efficiency) -> dict[str, Content]:
    return {"pagu": found.budget, "serapan": found.absorbed, "persen_serapan": found.absorption}


def _carriers(program: Program, row: p.ActivityRow) -> str:
    """Who carries a programme or activity."""
    return ", ".join(program.target(each).label if program.target(each) else each.text for each in row.carriers)


def _of_indicator(program: Program, result: IndicatorResult) -> dict[str, Content]:
    unit = result.indicator.unit.text if result.indicator.unit else None
    figures: dict[str, Content] = {
        "target": _target(program, result.target, unit),
        "realisasi": result.realization.label or result.realization.value,
        **_of_achievement(result.achievement),
    }
    return figures | ({"kemajuan": result.progress.value} if result.progress else {})


def _of_achievement(achievement: Achievement) -> dict[str, Content]:
    category = achievement.category.label if achievement.category else None
    return {"capaian": achievement.value, "kategori": category}


def _of_activity(program: Program, result: ActivityResult) -> dict[str, Content]:
    return {
        "target": _target(program, result.row.target, None),
        "realisasi": result.realization,
        **_of_achievement(result.achievement),
        "pagu": result.budget,
        "serapan": result.absorbed,
        "persen_serapan": result.absorption,
        "efisiensi": result.efficiency,
    }


def _target(program: Program, target: p.Target | None, unit: str | None) -> Content:
    """A target in its own unit, or that of its indicator; ranges and words as they are written."""
    if not isinstance(target, p.Quantity):
        return None if target is None else written(target)
    name = target.unit or unit
    return Value(target.number, (program.units.measure(name) if name else None) or RATIO)
