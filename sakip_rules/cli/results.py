"""The figures of an evaluation as tables for people."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from sakip_rules.base.numbers import Rounding, decimals_of, format_number
from sakip_rules.messages.catalog import Catalog, format_exact
from sakip_rules.model import program as p
from sakip_rules.model.results import Achievement, Efficiencies, Efficiency, Evaluation, IndicatorResult, Spending
from sakip_rules.model.values import Value

_WIDTHS = (34, 40)


def _places(steps: Sequence[p.Step]) -> tuple[int | None, int | None]:
    """To how many decimals achievements and averages are rounded, where the method says so."""
    before, after, averaged = None, None, False
    for step in steps:
        averaged |= step.step == "rata_rata"
        if isinstance(step.value, Rounding):
            before, after = (before, step.value.places) if averaged else (step.value.places, after)
    return before, after


def _written(result: IndicatorResult) -> int | None:
    """How many decimals a measured value was written with."""
    measured = result.realization.measurements
    return measured[0].decimals if len(measured) == 1 and not result.realization.expression else None


def as_table(evaluation: Evaluation, words: Catalog) -> str:
    """The achievement table, the objectives and the overall achievement, with full titles."""
    lines = [*_heading(evaluation, words), ""]
    before, after = _places(evaluation.method.steps)
    columns = [
        words.text(f"kolom.{name}") for name in ("sasaran", "indikator", "target", "realisasi", "capaian", "kategori")
    ]
    lines += columns_of_text(
        columns, [_cells(each, before, words) for each in evaluation.indicators], (*_WIDTHS, 0, 0, 0, 0)
    )
    objectives = [_short(_title(each.objective), each.achievement, after, words) for each in evaluation.objectives]
    columns = [words.text(f"kolom.{name}") for name in ("sasaran", "capaian", "kategori")]
    lines += ["", words.text("evaluate.per_sasaran"), *columns_of_text(columns, objectives, (75, 0, 0))]
    averages = [_short(words.word(each.kind), each.achievement, after, words) for each in evaluation.averages]
    columns = [words.text(f"kolom.{name}") for name in ("cara", "capaian", "kategori")]
    lines += ["", words.text("evaluate.keseluruhan"), *columns_of_text(columns, averages, (75, 0, 0))]
    if any(each.progress for each in evaluation.indicators):
        lines += ["", words.text("evaluate.kemajuan"), *_progress(evaluation, words)]
    if evaluation.activities:
        lines += ["", words.text("evaluate.program"), *_activities(evaluation, words)]
    if evaluation.efficiencies:
        lines += ["", words.text("evaluate.efisiensi"), *_efficiencies(evaluation.efficiencies, words)]
    return "\n".join(lines) + "\n"


def _progress(evaluation: Evaluation, words: Catalog) -> list[str]:
    """How far each indicator has come towards the last year of the plan."""
    body = [
        [
            each.indicator.label, _measured(each, words), str(each.progress.year),
            target_text(each.progress.row.targets[each.progress.year]), _percentage(each.progress.value, words),
        ]
        for each in evaluation.indicators
        if each.progress
    ]  # fmt: skip
    names = ("indikator", "realisasi", "tahun_akhir", "target_akhir", "kemajuan")
    return columns_of_text([words.text(f"kolom.{name}") for name in names], body, (75, 0, 0, 0, 0))


def _activities(evaluation: Evaluation, words: Catalog) -> list[str]:
    """Programmes and activities with their performance, their budget and their efficiency."""
    names = ("nomor", "program", "target", "realisasi", "capaian", "pagu", "serapan", "persen_serapan", "efisiensi")
    places, _ = _places(evaluation.method.steps)
    body = [
        [
            each.row.number, each.row.title, amount_text(each.row.target), _plain(each.realization, words),
            achievement_text(each.achievement, places, words), _plain(each.budget, words), _plain(each.absorbed, words),
            _percentage(each.absorption, words), _percentage(each.efficiency, words),
        ]
        for each in evaluation.activities
    ]  # fmt: skip
    if total := evaluation.spending:
        body.append(["", words.text("evaluate.jumlah"), "", "", "", *_amounts(total, words), ""])
    return columns_of_text([words.text(f"kolom.{name}") for name in names], body, (0, 44, 0, 0, 0, 0, 0, 0, 0))


def _efficiencies(found: Efficiencies, words: Catalog) -> list[str]:
    """The budget of each objective and the efficiency of each of its indicators; in total each budget counts once."""
    names = ("sasaran", "indikator", "pagu", "serapan", "persen_serapan", "efisiensi")
    body = [
        [title, result.indicator.label, *budget, _percentage(by, words)]
        for each in found.objectives
        for (title, *budget), result, by in zip(_once(each, words), each.results, each.by_indicator, strict=True)
    ]
    body.append([words.text("evaluate.jumlah"), "", *_amounts(found, words), _percentage(found.total, words)])
    return columns_of_text([words.text(f"kolom.{name}") for name in names], body, (*_WIDTHS, 0, 0, 0, 0))


def _once(found: Efficiency, words: Catalog) -> list[list[str]]:
    """What the rows of an objective begin with: its title and its budget, which its indicators share, once."""
    first = [_title(found.objective), *_amounts(found, words)]
    return [first] + [["", "", "", ""]] * (len(found.results) - 1)


def _amounts(found: Spending | Efficiency | Efficiencies, words: Catalog) -> list[str]:
    return [_plain(found.budget, words), _plain(found.absorbed, words), _percentage(found.absorption, words)]


def amount_text(target: p.Target | None) -> str:
    """A target with the unit that was written at it."""
    unit = getattr(target, "unit", None)
    return f"{target_text(target)} {unit}" if unit and unit != "%" else target_text(target)


def _plain(value: Value, words: Catalog) -> str:
    """A number without its unit, or the word for why there is none."""
    number = value.number
    return (
        format_exact(number) + _mark(value, words) if isinstance(number, Fraction) else words.word(value.status.value)
    )


def _percentage(value: Value, words: Catalog) -> str:
    """A percentage with two decimals, as it was rounded by its formula."""
    number = value.number
    if not isinstance(number, Fraction):
        return words.word(value.status.value)
    places = decimals_of(number)
    return format_number(number, 2) if places is not None and places <= 2 else format_exact(number)


def _heading(evaluation: Evaluation, words: Catalog) -> Iterator[str]:
    period = words.word(evaluation.quarter.value)
    yield words.text("evaluate.judul", year=str(evaluation.year), period=period)
    decided = evaluation.agreement.decided
    key = "evaluate.perjanjian" if decided else "evaluate.perjanjian_tanpa_tanggal"
    yield words.text(key, title=evaluation.agreement.label, date=decided)
    if evaluation.action_plan:
        yield words.text("evaluate.rencana_aksi", title=evaluation.action_plan.label)
    yield words.text("evaluate.metode", title=evaluation.method.label)


def _cells(result: IndicatorResult, places: int | None, words: Catalog) -> list[str]:
    return [
        result.objective.label if result.objective else "", result.indicator.label, target_text(result.target),
        _measured(result, words), achievement_text(result.achievement, places, words), _category(result.achievement),
    ]  # fmt: skip


def _short(title: str, achievement: Achievement, places: int | None, words: Catalog) -> list[str]:
    return [title, achievement_text(achievement, places, words), _category(achievement)]


def _title(definition: p.Definition | None) -> str:
    return definition.label if definition else "-"


def target_text(target: p.Target | None) -> str:
    """A target as it was written, in one way."""
    if target is None:
        return "-"
    if isinstance(target, p.Label):
        return target.text
    if isinstance(target, p.Interval):
        return interval_text(target)
    return format_number(target.number, target.decimals)


def interval_text(interval: p.Interval) -> str:
    """A range as rule files write it."""
    return interval.written(lambda end: format_exact(end) + interval.suffix)


def _measured(result: IndicatorResult, words: Catalog) -> str:
    """A realization as it was written."""
    found = result.realization
    return found.label or _written_as(found.value, _written(result), words)


def _written_as(value: Value, decimals: int | None, words: Catalog) -> str:
    """A number with the decimals that were written, or with all where it was calculated."""
    if not isinstance(value.number, Fraction):
        return words.word(value.status.value)
    places = decimals_of(value.number)
    exact = decimals is not None and places is not None and places <= decimals
    text = format_number(value.number, decimals) if exact else format_exact(value.number)
    return text + _mark(value, words)


def achievement_text(achievement: Achievement, places: int | None, words: Catalog) -> str:
    """An achievement with the decimals that it was rounded to, or the word for why there is none."""
    value = achievement.value
    if not isinstance(value.number, Fraction):
        return words.word(value.status.value)
    own = decimals_of(value.number)
    fits = places is not None and own is not None and own <= places
    text = format_number(value.number, max(places or 0, 0)) if fits else format_exact(value.number)
    return text + _mark(value, words)


def _mark(value: Value, words: Catalog) -> str:
    return f" ({words.word('sementara')})" if value.status.value == "sementara" else ""


def _category(achievement: Achievement) -> str:
    return achievement.category.label if achievement.category else "-"


def columns_of_text(columns: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """Text in columns; a column with a width is wrapped, nothing is cut off."""
    cells = [[_wrap(text, width) for text, width in zip(row, widths, strict=True)] for row in [columns, *rows]]
    sizes = [max(len(line) for row in cells for line in row[at]) for at in range(len(columns))]
    lines: list[str] = []
    for number, row in enumerate(cells):
        for at in range(max(map(len, row))):
            parts = [(cell[at] if at < len(cell) else "").ljust(size) for cell, size in zip(row, sizes, strict=True)]
            lines.append("  ".join(parts).rstrip())
        if number == 0:
            lines.append("  ".join("─" * size for size in sizes))
    return lines


def _wrap(text: str, width: int) -> list[str]:
    lines = text.split("\n")
    return [part for line in lines for part in ((textwrap.wrap(line, width) if width else [line]) or [""])]
