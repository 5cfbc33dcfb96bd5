"""A comparison as a meeting reads it, as text or Markdown: the outcome first, then the rules, then their effect."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from attrs import frozen

from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.numbers import Root
from sakip_rules.cli.difference import Comparison, UnitDifference
from sakip_rules.cli.difference_json import as_json
from sakip_rules.difference import Difference, Effect
from sakip_rules.messages.catalog import Catalog, format_exact, format_value
from sakip_rules.messages.render import place
from sakip_rules.model.changes import DATA, Act, Change
from sakip_rules.model.effects import Content, Figured, Movement
from sakip_rules.model.values import Status, Value

_WIDTH = 100
#: Longer texts are cut, since a definition of several lines is read in its file.
_LONGEST = 160
#: So many causes are named, and the others counted.
_CAUSES = 12
#: What Markdown would read as its own sign.
_SIGNS = re.compile(r"([\\`*_\[\]<>|#])")


@frozen
class Line:
    """One line of a report: 0 is its title, 1 a section, 2 what it is about, 3 a fact, 4 a detail, 5 plain words."""

    level: int
    text: str


def as_text(found: Comparison, words: Catalog) -> str:
    """Plain text of at most 100 columns, as far as its words allow."""
    lines: list[str] = []
    for line in _Report(found, words).lines():
        indent = {3: "  ", 4: "      "}.get(line.level, "")
        if line.level <= 2 and lines:
            lines.append("")
        text = line.text.upper() if line.level == 1 else line.text
        hanging = indent + "    " if line.level == 3 else indent
        lines += textwrap.wrap(
            text,
            _WIDTH,
            initial_indent=indent,
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(lines) + "\n"


def as_markdown(found: Comparison, words: Catalog) -> str:
    """The same as a document with headings and lists."""
    lines: list[str] = []
    before = 0
    for line in _Report(found, words).lines():
        text = _SIGNS.sub(r"\\\1", line.text)
        is_list = line.level in (3, 4)
        if lines and not (is_list and before in (3, 4)):
            lines.append("")
        lines.append({3: f"- {text}", 4: f"  - {text}", 5: text}.get(line.level) or f"{'#' * (line.level + 1)} {text}")
        before = line.level
    return "\n".join(lines) + "\n"


WRITERS = {"text": as_text, "markdown": as_markdown, "json": as_json}


class _Report:
    """The lines of a report."""

    def __init__(self, found: Comparison, words: Catalog) -> None:
        self.found, self.words = found, words

    def lines(self) -> Iterator[Line]:
        yield Line(0, self._say("judul", before=self.found.before, after=self.found.after))
        if self.found.folder:
            yield Line(5, self._say("folder", folder=self.found.folder))
        if len(self.found.units) != 1:
            yield from self._overview()
        for unit in self.found.units:
            if unit.found is not None and (unit or len(self.found.units) == 1):
                yield from self._unit(unit, unit.found)

    def _overview(self) -> Iterator[Line]:
        units = self.found.units
        differing = sum(1 for unit in units if unit)
        yield Line(5, self._say("instansi", count=str(differing), total=str(len(units))))
        for unit in units:
            if unit.found is None:
                yield Line(3, self._say("hanya_di", unit=unit.path or ".", side=unit.only or ""))
            else:
                text = self._summary(unit.found) if unit else self._say("tanpa_beda")
                yield Line(3, f"{unit.path or '.'}: {text}")
        if self.found.shared:
            yield Line(1, self._say("pustaka"))
            yield from self._changes(self.found.shared)

    def _unit(self, unit: UnitDifference, found: Difference) -> Iterator[Line]:
        if len(self.found.units) > 1:
            yield Line(0, unit.path or ".")
        yield Line(5, self._summary(found) if unit else self._say("tanpa_beda"))
        shared = set(self.found.shared)
        own = [change for change in found.changes if change not in shared]
        if own:
            yield Line(1, self._say("aturan"))
            yield from self._changes(own)
        if found.changes and not found.moved:
            yield Line(1, self._say("dampak"))
            yield Line(5, self._say("tanpa_dampak" if found.effects else "tanpa_hitungan"))
        for effect in found.effects:
            if effect.movements:
                yield from self._effect(effect, found)
        yield from self._findings(found)

    def _summary(self, found: Difference) -> str:
        measured = sum(1 for change in found.changes if change.subject.kind == DATA)
        parts = [
            self._say("jumlah_aturan", count=str(len(found.changes) - measured)),
            *([self._say("jumlah_data", count=str(measured))] if measured else ()),
            self._say("jumlah_angka", count=str(found.moved), still=str(found.still)),
            *([self._say("jumlah_temuan_baru", count=str(len(found.appeared)))] if found.appeared else ()),
            *([self._say("jumlah_temuan_hilang", count=str(len(found.gone)))] if found.gone else ()),
        ]
        return ", ".join(parts)

    # Rules.

    def _changes(self, changes: Iterable[Change]) -> Iterator[Line]:
        for heading, group in groupby(changes, self._heading):
            yield Line(2, heading)
            for row, several in groupby(group, lambda change: change.row):
                yield from self._of_row(row, list(several))

    def _of_row(self, row: str | None, changes: Sequence[Change]) -> Iterator[Line]:
        """The changes of one row with their place once; changes of keys each with its own."""
        for change in changes:
            yield Line(3, f"[{self.found.numbers[change]}] {self._change(change)}")
            if row is None or change is changes[-1]:
                yield Line(4, self._places(change))

    def _heading(self, change: Change) -> str:
        subject = change.subject
        kind = self._say("data") if subject.kind == DATA else subject.kind
        names = dict.fromkeys(side.path for side in (change.before, change.after) if side)
        title = f" “{subject.title}”" if subject.title else ""
        library = "" if subject.own else f" ({self._say('dari_pustaka')})"
        return f"{kind} {' → '.join(names)}{title}{library}"

    def _change(self, change: Change) -> str:
        old, new = _shortened(change.old), _shortened(change.new)
        about = [part for part in (change.row, self._key(change)) if part]
        what = (
            f"{self._say('baris')} {change.row}" if change.row and change.act is not Act.CHANGED else ", ".join(about)
        )
        text = new if change.act is Act.ADDED else old if change.act is Act.DROPPED else f"{old} → {new}"
        if change.old is None and change.new is None:
            text = ""
        said = "" if change.act is Act.CHANGED else self._say(change.act.value)
        before = " ".join(part for part in (what, said) if part)
        return f"{before}: {text}" if text else before

    def _key(self, change: Change) -> str:
        if change.subject.kind != DATA or not change.key:
            return change.key or ""
        year, period = change.key.split()
        return f"{year} {self.words.word(period)}"

    def _places(self, change: Change) -> str:
        spans = (change.old_place, change.new_place)
        return " → ".join(dict.fromkeys(place(span, self.found.sources) for span in spans if span))

    # Effect.

    def _effect(self, effect: Effect, found: Difference) -> Iterator[Line]:
        period = self.words.word(effect.quarter.value)
        yield Line(1, self._say("dampak_tahun", year=str(effect.year), period=period))
        for figured, group in groupby(effect.movements, lambda each: each.figured):
            yield Line(2, self._figured(figured))
            yield from self._movements(list(group))
            causes = effect.causes.get((figured.kind, figured.path), ())
            yield Line(3, self._causes([self.found.numbers[found.changes[at]] for at in causes]))

    def _figured(self, figured: Figured) -> str:
        kind = self._say(f"jenis_{figured.kind}")
        unit = f" ({figured.unit_in_charge})" if figured.unit_in_charge else ""
        if figured.kind in ("keseluruhan", "jumlah"):
            return kind if figured.kind == "jumlah" else f"{kind}: {self.words.word(figured.title)}"
        return f"{kind} {figured.path} “{figured.title}”{unit}"

    def _movements(self, group: Sequence[Movement]) -> Iterator[Line]:
        """What moves; a figure of something that only one side has is told with the others in one line."""
        for key, content in (("muncul", [each.new for each in group]), ("tidak_lagi", [each.old for each in group])):
            other = [each.old if key == "muncul" else each.new for each in group]
            if all(each is None for each in other):
                texts = [f"{self._figure(each)} {self._content(one)}"
                         for each, one in zip(group, content, strict=True)]  # fmt: skip
                yield Line(3, f"{self._say(key)}: {'; '.join(texts)}")
                return
        for each in group:
            old, new = self._content(each.old), self._content(each.new)
            if old == new:
                old, new = _fraction(each.old), _fraction(each.new)
            yield Line(3, f"{self._figure(each)}: {old} → {new}{self._difference(each)}")

    def _figure(self, movement: Movement) -> str:
        return self._say(f"angka_{movement.figure}")

    def _content(self, content: Content) -> str:
        if content is None:
            return self._say("tanpa_angka")
        if isinstance(content, str):
            return content
        provisional = content.status is Status.PROVISIONAL and content.known
        return format_value(content, self.words) + (f" ({self.words.word('sementara')})" if provisional else "")

    def _difference(self, movement: Movement) -> str:
        number = movement.difference
        if not number:
            return ""
        unit = f" {self.words.word('poin_persen')}" if movement.in_points else ""
        return f" ({'+' if number > 0 else ''}{format_exact(number)}{unit})"

    def _causes(self, numbers: Sequence[int]) -> str:
        if not numbers:
            return self._say("tanpa_sebab")
        ordered = sorted(numbers)
        text = ", ".join(f"[{number}]" for number in ordered[:_CAUSES])
        if len(ordered) > _CAUSES:
            text = self._say("dan_lain", names=text, count=str(len(ordered) - _CAUSES))
        return self._say("sebab", names=text)

    # Findings.

    def _findings(self, found: Difference) -> Iterator[Line]:
        if found.appeared or found.gone:
            yield Line(1, self._say("temuan"))
        for key, findings in (("temuan_baru", found.appeared), ("temuan_hilang", found.gone)):
            if findings:
                yield Line(2, self._say(key))
            for item in findings:
                yield from self._finding(item)

    def _finding(self, item: Diagnostic) -> Iterator[Line]:
        yield Line(3, f"{self.words.severity(item)} {item.code.name}: {self.words.headline(item)}")
        if item.span:
            yield Line(4, place(item.span, self.found.sources))

    def _say(self, key: str, **values: object) -> str:
        return self.words.text(f"beda.{key}", **values)


def _shortened(text: str | None) -> str:
    return textwrap.shorten(text, _LONGEST, placeholder=" …") if text else "-"


def _fraction(content: Content) -> str:
    """A number to the last digit, where six decimals do not tell two apart."""
    if isinstance(content, Value) and content.number is not None and not isinstance(content.number, Root):
        return f"{content.number.numerator}/{content.number.denominator}"
    return str(content)
