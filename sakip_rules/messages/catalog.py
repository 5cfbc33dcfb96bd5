"""The message catalogues: one file for each language, read when the first sentence is needed."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from sakip_rules.base.dates import format_date
from sakip_rules.base.diagnostics import Code, Diagnostic, Related
from sakip_rules.base.numbers import Root, Rounding, decimals_of, format_number

LANGUAGES = ("id", "en")
#: Facts that are words of the rules which people are told in their own language; all other text is shown as typed.
_SPOKEN = frozenset(("cause", "figure", "found", "status", "unit", "expected", "left", "right", "what"))
#: Numbers that never end are shown to this many decimals, with the mark that says so.
_SHOWN_DECIMALS = 6


class Catalog:
    """The sentences of one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    @cached_property
    def tables(self) -> Mapping[str, Any]:
        """The sentences for findings."""
        return _tables(self.language)

    # Findings.

    def headline(self, item: Diagnostic) -> str:
        """What was found, with the facts put in."""
        return self._filled(self._code(item.code)["pesan"], item.values)

    def advice(self, item: Diagnostic) -> str | None:
        """What to do; where the likely intention is known, that, and else what fits the thing that it is about."""
        entry = self._code(item.code)
        repair = item.repair.text if item.repair else ""
        facts = {**item.values, "near": item.near or "", "repair": repair}
        if item.near and "saran_dekat" in entry:
            return self._filled(entry["saran_dekat"], facts)
        if item.repair and "saran_ganti" in entry:
            return self._filled(entry["saran_ganti"], facts)
        general = entry.get(f"saran_untuk_{item.values.get('what')}") or entry.get("saran")
        return self._filled(general, facts) if general else None

    def label(self, item: Related, code: Code) -> str:
        """What a second place has to do with a finding of a code."""
        own: Mapping[str, str] = self._code(code).get("label", {})
        return self._filled(own.get(item.label) or self.tables["label"][item.label], item.values)

    def severity(self, item: Diagnostic) -> str:
        return str(self.tables["tingkat"][item.code.severity.value])

    def explanation(self, code: Code) -> Mapping[str, Any]:
        """All that the catalogue says of a code: ``pesan``, ``saran``, ``tentang``, ``contoh``."""
        return self._code(code)

    def _code(self, code: Code) -> Mapping[str, Any]:
        entry: Mapping[str, Any] = code.words.get(self.language) or self.tables["kode"][code.name]
        return entry

    # Other words.

    def text(self, key: str, **values: object) -> str:
        """A sentence or word of the commands, by a key such as ``evaluate.bantuan``."""
        found: Any = self.commands
        for part in key.split("."):
            found = found[part]
        return self._filled(found, values) if values else str(found)

    @cached_property
    def commands(self) -> Mapping[str, Any]:
        """The words of the commands, which a library user never needs."""
        return _tables(f"commands_{self.language}")

    def word(self, word: str) -> str:
        """What people call a word of the rule language, such as a status or the name of an average."""
        return str(self.tables["istilah"].get(word, word))

    def number(self, value: object) -> str:
        return format_fact(value, self)

    def _filled(self, template: str, values: Mapping[str, object]) -> str:
        facts = {name: visible(format_fact(value, self, name in _SPOKEN)) for name, value in values.items()}
        return template.format_map(_Facts(facts))


def visible(text: str) -> str:
    """A text whose control signs are seen, and do nothing to a terminal or to another program."""
    return text.translate(_PICTURES)


#: A picture for each control sign but the end of a line and the tab.
_PICTURES = {**{sign: 0x2400 + sign for sign in range(32) if chr(sign) not in "\n\t"}, 127: 0x2421}


class _Facts(dict[str, str]):
    """The facts of a message; one that is not there is left out."""

    def __missing__(self, key: str) -> str:
        return ""


def format_fact(value: Any, catalog: Catalog, spoken: bool = True) -> str:
    """A fact of a finding, as people read it; a word of the rules as people say it, if it is ``spoken``."""
    if isinstance(value, Fraction):
        return format_exact(value)
    if isinstance(value, Root):
        return "√"
    if isinstance(value, datetime.date):
        return format_date(value)
    if isinstance(value, tuple | list | frozenset):
        return ", ".join(format_fact(item, catalog, spoken) for item in value)
    if isinstance(value, Rounding):
        return str(value.places)
    if value is None:
        return ""
    if hasattr(value, "measure") and hasattr(value, "number"):
        return format_value(value, catalog)
    if hasattr(value, "code"):  # a reason
        return catalog.headline(Diagnostic(value.code, None, value.values))
    return catalog.word(value) if isinstance(value, str) and spoken else str(value)


def format_exact(number: Fraction) -> str:
    """A number with all its decimals, or with six and an ellipsis where they are many or never end."""
    places = decimals_of(number)
    if places is not None and places <= _SHOWN_DECIMALS:
        return format_number(number, places)
    scale = 10**_SHOWN_DECIMALS
    cut = Fraction(int(number * scale), scale)
    return f"{format_number(cut, _SHOWN_DECIMALS)}…"


def format_value(value: Any, catalog: Catalog) -> str:
    """A value with its unit, or the word for why it has none."""
    if value.number is None:
        return catalog.word(value.status.value)
    number = "√" if isinstance(value.number, Root) else format_exact(value.number)
    unit = str(value.measure)
    if unit == "persen":
        return f"{number}%"
    if unit == "rupiah":
        return f"Rp {number}"
    return number if unit == "rasio" else f"{number} {catalog.word(unit)}"


@cache
def catalog(language: str) -> Catalog:
    """The catalogue of a language, ``id`` or ``en``."""
    return Catalog(language)


def example(code: str) -> Mapping[str, str]:
    """The files that show a code, by name; none where it cannot be shown by files."""
    found: Mapping[str, str] = _tables("examples").get(code, {})
    return found


def example_base() -> Mapping[str, str]:
    """The small folder without findings in which the files of an example stand."""
    return example("dasar")


def _tables(name: str) -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
