"""The figures of an evaluation as a table for people, and as CSV, JSON and TOML for programs."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from sakip_rules.base.numbers import Rounding, decimals_of, format_number
from sakip_rules.messages.catalog import Catalog, format_exact
from sakip_rules.model import program as p
from sakip_rules.model.results import Achievement, Evaluation, IndicatorResult
from sakip_rules.model.values import Value

FORMATS = ("table", "csv", "json", "toml")
#: What a number is marked with on its way through the JSON writer, which knows no exact numbers.
_MARK = "\x00"
_WIDTHS = (34, 40)


@frozen
class Record:
    """One line of results; ``kind`` is ``indikator``, ``sasaran`` or ``keseluruhan``."""

    kind: str
    name: str
    title: str
    objective: str
    unit: str
    target: p.Target | None
    realization: Value | None
    realized: str | None
    decimals: int | None
    achievement: Achievement
    places: int | None
    progress: Value | None = None


def records(evaluation: Evaluation, words: Catalog) -> Iterator[Record]:
    """Every figure of an evaluation, in order: indicators, objectives, overall."""
    before, after = _places(evaluation.method.steps)
    for result in evaluation.indicators:
        objective = result.objective.label if result.objective else ""
        unit = result.indicator.unit.text if result.indicator.unit else ""
        yield Record(
            "indikator", result.indicator.name, result.indicator.label, objective, unit, result.target,
            result.realization.value, result.realization.label, _written(result), result.achievement, before,
            result.progress.value if result.progress else None,
        )  # fmt: skip
    for group in evaluation.objectives:
        name = group.objective.name if group.objective else ""
        title = group.objective.label if group.objective else ""
        yield Record("sasaran", name, title, title, "", None, None, None, None, group.achievement, after)
    for average in evaluation.averages:
        title = words.word(average.kind)
        yield Record("keseluruhan", average.kind, title, "", "", None, None, None, None, average.achievement, after)


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


# For people.


def as_table(evaluation: Evaluation, words: Catalog) -> str:
    """The achievement table, the objectives and the overall achievement, with full titles."""
    lines = [*_heading(evaluation, words), ""]
    rows = list(records(evaluation, words))
    columns = [
        words.text(f"kolom.{name}") for name in ("sasaran", "indikator", "target", "realisasi", "capaian", "kategori")
    ]
    body = [_cells(record, words) for record in rows if record.kind == "indikator"]
    lines += _table(columns, body, (*_WIDTHS, 0, 0, 0, 0))
    lines += ["", words.text("evaluate.per_sasaran")]
    columns = [words.text(f"kolom.{name}") for name in ("sasaran", "capaian", "kategori")]
    lines += _table(columns, [_short(record, words) for record in rows if record.kind == "sasaran"], (75, 0, 0))
    lines += ["", words.text("evaluate.keseluruhan")]
    columns = [words.text(f"kolom.{name}") for name in ("cara", "capaian", "kategori")]
    lines += _table(columns, [_short(record, words) for record in rows if record.kind == "keseluruhan"], (75, 0, 0))
    if any(each.progress for each in evaluation.indicators):
        lines += ["", words.text("evaluate.kemajuan"), *_progress(evaluation, words)]
    if evaluation.activities:
        lines += ["", words.text("evaluate.program"), *_activities(evaluation, words)]
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
    return _table([words.text(f"kolom.{name}") for name in names], body, (75, 0, 0, 0, 0))


def _activities(evaluation: Evaluation, words: Catalog) -> list[str]:
    """Programmes and activities with their performance, their budget and their efficiency."""
    names = ("nomor", "program", "target", "realisasi", "capaian", "pagu", "serapan", "persen_serapan", "efisiensi")
    places, _ = _places(evaluation.method.steps)
    body = [
        [
            each.row.number, each.row.title, _amount(each.row.target), _plain(each.realization, words),
            achievement_text(each.achievement, places, words), _plain(each.budget, words), _plain(each.absorbed, words),
            _percentage(each.absorption, words), _percentage(each.efficiency, words),
        ]
        for each in evaluation.activities
    ]  # fmt: skip
    if total := evaluation.spending:
        amounts = [_plain(total.budget, words), _plain(total.absorbed, words), _percentage(total.absorption, words)]
        body.append(["", words.text("evaluate.jumlah"), "", "", "", *amounts, ""])
    return _table([words.text(f"kolom.{name}") for name in names], body, (0, 44, 0, 0, 0, 0, 0, 0, 0))


def _amount(target: p.Target | None) -> str:
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


def _cells(record: Record, words: Catalog) -> list[str]:
    return [
        record.objective, record.title, target_text(record.target), _realized(record, words),
        achievement_text(record.achievement, record.places, words), _category(record.achievement, words),
    ]  # fmt: skip


def _short(record: Record, words: Catalog) -> list[str]:
    text = achievement_text(record.achievement, record.places, words)
    return [record.title or "-", text, _category(record.achievement, words)]


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
    unit = "%" if interval.unit == "%" else f" {interval.unit}" if interval.unit else ""
    lower = None if interval.lower is None else f"{format_exact(interval.lower)}{unit}"
    upper = None if interval.upper is None else f"{format_exact(interval.upper)}{unit}"
    if lower is None:
        return f"{'≤' if interval.upper_included else '<'} {upper}"
    if upper is None:
        return f"{'≥' if interval.lower_included else '>'} {lower}"
    start = "" if interval.lower_included else "> "
    end = "" if interval.upper_included else "< "
    return f"{start}{lower} s.d {end}{upper}"


def _measured(result: IndicatorResult, words: Catalog) -> str:
    """A realization as it was written."""
    found = result.realization
    return found.label or _written_as(found.value, _written(result), words)


def _realized(record: Record, words: Catalog) -> str:
    if record.realized:
        return record.realized
    return _written_as(record.realization, record.decimals, words)


def _written_as(value: Value | None, decimals: int | None, words: Catalog) -> str:
    """A number with the decimals that were written, or with all where it was calculated."""
    if value is None or not isinstance(value.number, Fraction):
        return words.word(value.status.value) if value else ""
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


def _category(achievement: Achievement, words: Catalog) -> str:
    if achievement.category:
        return achievement.category.label
    return "-"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> list[str]:
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
    return (textwrap.wrap(text, width) if width else [text]) or [""]


# For programs.


def _fields(record: Record, evaluation: Evaluation) -> dict[str, object]:
    achievement = record.achievement
    return {
        "jenis": record.kind,
        "nama": record.name,
        "judul": record.title,
        "sasaran": record.objective,
        "tahun": evaluation.year,
        "periode": evaluation.quarter.value,
        "satuan": record.unit,
        "target": _target(record.target),
        "realisasi": record.realized or _number(record.realization),
        "capaian": _number(achievement.value),
        "capaian_sebelum_pembulatan": _exact(achievement.unrounded),
        "kategori": achievement.category.label if achievement.category else None,
        "status": achievement.value.status.value,
        "kemajuan": _number(record.progress),
        "pagu": None,
        "serapan": None,
        "persen_serapan": None,
        "efisiensi": None,
    }


def _activity_fields(evaluation: Evaluation) -> Iterator[dict[str, object]]:
    """Programmes and activities in the same fields; ``jenis`` tells them from indicators."""
    for each in evaluation.activities:
        unit = each.row.target.unit if isinstance(each.row.target, p.Quantity) else None
        yield {
            "jenis": "program" if each.row.depth == 1 else "kegiatan",
            "nama": each.row.name,
            "judul": each.row.title,
            "sasaran": "",
            "tahun": evaluation.year,
            "periode": evaluation.quarter.value,
            "satuan": unit or "",
            "target": _target(each.row.target),
            "realisasi": _number(each.realization),
            "capaian": _number(each.achievement.value),
            "capaian_sebelum_pembulatan": _exact(each.achievement.unrounded),
            "kategori": each.achievement.category.label if each.achievement.category else None,
            "status": each.achievement.value.status.value,
            "kemajuan": None,
            "pagu": _number(each.budget),
            "serapan": _number(each.absorbed),
            "persen_serapan": _number(each.absorption),
            "efisiensi": _number(each.efficiency),
        }


def _all_fields(evaluation: Evaluation, words: Catalog) -> list[dict[str, object]]:
    rows = [_fields(record, evaluation) for record in records(evaluation, words)]
    return [*rows, *_activity_fields(evaluation)]


def _target(target: p.Target | None) -> object:
    if isinstance(target, p.Quantity):
        return _decimal(target.number)
    return None if target is None else target_text(target)


def _number(value: Value | None) -> object:
    return _decimal(value.number) if value and isinstance(value.number, Fraction) else None


def _decimal(number: Fraction) -> Decimal | str:
    """A number for programs: exact decimals, or a fraction as text where they would never end."""
    places = decimals_of(number)
    if places is None:
        return f"{number.numerator}/{number.denominator}"
    return Decimal(f"{int(number * 10**places)}e-{places}")


def _exact(value: Value) -> str | None:
    return f"{value.number.numerator}/{value.number.denominator}" if isinstance(value.number, Fraction) else None


def as_csv(evaluation: Evaluation, words: Catalog) -> str:
    """Semicolons and decimal commas, as Indonesian spreadsheets read them; text cannot become a formula."""
    rows = _all_fields(evaluation, words)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(rows[0] if rows else ())
    writer.writerows([_csv_cell(value) for value in row.values()] for row in rows)
    return out.getvalue()


def _csv_cell(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


def as_json(evaluation: Evaluation, words: Catalog) -> str:
    rows = _all_fields(evaluation, words)
    marked = [{key: _marked(value) for key, value in row.items()} for row in rows]
    text = json.dumps({**_about(evaluation), "hasil": marked}, ensure_ascii=False, indent=2)
    return re.sub(r'"\\u0000(-?[\d.]+)"', r"\1", text) + "\n"


def _marked(value: object) -> object:
    return f"{_MARK}{value:f}" if isinstance(value, Decimal) else value


def as_toml(evaluation: Evaluation, words: Catalog) -> str:
    import tomli_w

    rows = _all_fields(evaluation, words)
    kept = [{key: value for key, value in row.items() if value is not None} for row in rows]
    return tomli_w.dumps({**_about(evaluation), "hasil": kept})


def _about(evaluation: Evaluation) -> dict[str, object]:
    about: dict[str, object] = {"perjanjian": evaluation.agreement.name, "metode": evaluation.method.name}
    if evaluation.agreement.decided:
        about["ditetapkan"] = evaluation.agreement.decided.isoformat()
    if evaluation.action_plan:
        about["rencana_aksi"] = evaluation.action_plan.name
    return about


WRITERS = {"table": as_table, "csv": as_csv, "json": as_json, "toml": as_toml}
