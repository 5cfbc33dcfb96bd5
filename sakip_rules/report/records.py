"""The figures of an evaluation as flat records, which programs read: exact numbers, words of the rule language."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from sakip_rules.base.numbers import decimals_of, format_number
from sakip_rules.model import program as p
from sakip_rules.model.exporters import FIELDS, Field, Records
from sakip_rules.model.results import Achievement, ActivityResult, Efficiencies, Efficiency, Evaluation, IndicatorResult
from sakip_rules.model.values import Value


def records(evaluation: Evaluation) -> Records:
    """Every figure: indicators, objectives, averages, programmes and activities, and the efficiency in total."""
    about = {"perjanjian": evaluation.agreement.name, "metode": evaluation.method.name}
    if evaluation.agreement.decided:
        about["ditetapkan"] = evaluation.agreement.decided.isoformat()
    if evaluation.action_plan:
        about["rencana_aksi"] = evaluation.action_plan.name
    same = {"tahun": evaluation.year, "periode": evaluation.quarter.value}
    empty: dict[str, Field] = dict.fromkeys(FIELDS)
    return Records(about, tuple({**empty, **same, **row} for row in _rows(evaluation)))


def _rows(evaluation: Evaluation) -> Iterator[dict[str, Field]]:
    found = evaluation.efficiencies
    budgets = {id(result): each for each in (found.objectives if found else ()) for result in each.results}
    for result in evaluation.indicators:
        yield _indicator(result, budgets.get(id(result)))
    shared = {id(each.objective): each for each in (found.objectives if found else ())}
    for group in evaluation.objectives:
        name, title = (group.objective.name, group.objective.label) if group.objective else ("", "")
        row = {"jenis": "sasaran", "nama": name, "judul": title, "sasaran": title, "satuan": ""}
        yield {**row, **_achieved(group.achievement), **_budget(shared.get(id(group.objective)))}
    for average in evaluation.averages:
        row = {"jenis": "keseluruhan", "nama": average.kind, "judul": average.kind, "sasaran": "", "satuan": ""}
        yield {**row, **_achieved(average.achievement)}
    for activity in evaluation.activities:
        yield _activity(activity)
    if found:
        row = {
            "jenis": "keseluruhan",
            "nama": "efisiensi_total",
            "judul": "efisiensi_total",
            "sasaran": "",
            "satuan": "",
        }
        yield {**row, "status": found.total.status.value, **_budget(found), "efisiensi": number(found.total)}


def _indicator(result: IndicatorResult, efficiency: Efficiency | None) -> dict[str, Field]:
    return {
        "jenis": "indikator",
        "nama": result.indicator.name,
        "judul": result.indicator.label,
        "sasaran": result.objective.label if result.objective else "",
        "satuan": result.indicator.unit.text if result.indicator.unit else "",
        "target": _target(result.target),
        "realisasi": result.realization.label or number(result.realization.value),
        **_achieved(result.achievement),
        "kemajuan": number(result.progress.value) if result.progress else None,
        "efisiensi": number(efficiency.by_indicator[efficiency.results.index(result)]) if efficiency else None,
    }


def _activity(each: ActivityResult) -> dict[str, Field]:
    return {
        "jenis": "program" if each.row.depth == 1 else "kegiatan",
        "nama": each.row.name,
        "judul": each.row.title,
        "sasaran": "",
        "satuan": (each.row.target.unit if isinstance(each.row.target, p.Quantity) else None) or "",
        "target": _target(each.row.target),
        "realisasi": number(each.realization),
        **_achieved(each.achievement),
        "pagu": number(each.budget),
        "serapan": number(each.absorbed),
        "persen_serapan": number(each.absorption),
        "efisiensi": number(each.efficiency),
    }


def _achieved(achievement: Achievement) -> dict[str, Field]:
    return {
        "capaian": number(achievement.value),
        "capaian_sebelum_pembulatan": exact(achievement.unrounded),
        "kategori": achievement.category.label if achievement.category else None,
        "status": achievement.value.status.value,
    }


def _budget(found: Efficiency | Efficiencies | None) -> dict[str, Field]:
    if found is None:
        return {}
    return {
        "pagu": number(found.budget),
        "serapan": number(found.absorbed),
        "persen_serapan": number(found.absorption),
    }


def _target(target: p.Target | None) -> Field:
    if isinstance(target, p.Quantity):
        return decimal(target.number)
    if isinstance(target, p.Interval):
        return target.written(lambda end: format_number(end) + target.suffix)
    return target.text if target else None


def number(value: Value | None) -> Field:
    """The number of a value as programs read it, nothing where it has none."""
    return decimal(value.number) if value and isinstance(value.number, Fraction) else None


def decimal(value: Fraction) -> Field:
    """Exact decimals, or a fraction as text where they would never end."""
    places = decimals_of(value)
    if places is None:
        return f"{value.numerator}/{value.denominator}"
    return Decimal(f"{int(value * 10**places)}e-{places}")


def exact(value: Value) -> str | None:
    """The number of a value as numerator and denominator, nothing where it has none."""
    return f"{value.number.numerator}/{value.number.denominator}" if isinstance(value.number, Fraction) else None
