"""A comparison as JSON: every number exact, as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.numbers import decimals_of
from sakip_rules.base.source import Source, Span
from sakip_rules.cli.difference import Comparison, UnitDifference
from sakip_rules.difference import Difference, Effect
from sakip_rules.messages.catalog import Catalog
from sakip_rules.messages.render import place
from sakip_rules.model.changes import Change
from sakip_rules.model.effects import Content, Movement
from sakip_rules.model.values import Value


def as_json(found: Comparison, words: Catalog) -> str:
    """Everything that the text tells, under names of one kind."""
    writer = _Writer(found, words)
    record = {
        "dari": found.before,
        "ke": found.after,
        "berbeda": bool(found),
        "instansi": [writer.unit(unit) for unit in found.units],
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


class _Writer:
    def __init__(self, found: Comparison, words: Catalog) -> None:
        self.numbers, self.words = found.numbers, words
        self.sources: Mapping[str, Source] = found.sources

    def unit(self, unit: UnitDifference) -> dict[str, object]:
        found = unit.found
        if found is None:
            return {"folder": unit.path or ".", "hanya_di": unit.only}
        return {
            "folder": unit.path or ".",
            "perubahan": [self.change(change) for change in found.changes],
            "dampak": [self.effect(effect, found) for effect in found.effects],
            "temuan_baru": [self.finding(item) for item in found.appeared],
            "temuan_hilang": [self.finding(item) for item in found.gone],
        }

    def change(self, change: Change) -> dict[str, object]:
        before, after = change.before, change.after
        return {
            "nomor": self.numbers[change],
            "tindakan": change.act.value,
            "jenis": change.subject.kind,
            "nama_lama": before.path if before else None,
            "nama_baru": after.path if after else None,
            "judul": change.subject.title,
            "pustaka": not change.subject.own,
            "baris": change.row,
            "kunci": change.key,
            "lama": change.old,
            "baru": change.new,
            "tempat_lama": self._place(change.old_place),
            "tempat_baru": self._place(change.new_place),
        }

    def effect(self, effect: Effect, found: Difference) -> dict[str, object]:
        return {
            "tahun": effect.year,
            "periode": effect.quarter.value,
            "tetap": effect.still,
            "bergerak": [self._movement(each, effect, found) for each in effect.movements],
        }

    def _movement(self, movement: Movement, effect: Effect, found: Difference) -> dict[str, object]:
        figured = movement.figured
        causes = effect.causes.get((figured.kind, figured.path), ())
        return {
            "jenis": figured.kind,
            "nama": figured.path,
            "judul": figured.title,
            "bidang": figured.unit_in_charge,
            "angka": movement.figure,
            "lama": _content(movement.old),
            "baru": _content(movement.new),
            "status_lama": _status(movement.old),
            "status_baru": _status(movement.new),
            "selisih": None if movement.difference is None else _exact(movement.difference),
            "poin_persen": movement.in_points,
            "sebab": sorted(self.numbers[found.changes[at]] for at in causes),
        }

    def finding(self, item: Diagnostic) -> dict[str, object]:
        return {"kode": item.code.name, "pesan": self.words.headline(item), "tempat": self._place(item.span)}

    def _place(self, span: Span | None) -> str | None:
        return place(span, self.sources) if span else None


def _content(content: Content) -> str | None:
    if not isinstance(content, Value):
        return content
    return _exact(content.number) if isinstance(content.number, Fraction) else None


def _status(content: Content) -> str | None:
    return content.status.value if isinstance(content, Value) else None


def _exact(number: Fraction) -> str:
    places = decimals_of(number)
    if places is None:
        return f"{number.numerator}/{number.denominator}"
    return f"{Decimal(f'{int(number * 10**places)}e-{places}'):f}"
