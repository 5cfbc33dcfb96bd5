"""What a plugin may answer: each hook by its type, and what stands in the way of using a part of an answer."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Set
from fractions import Fraction
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

from attrs import NOTHING, fields, has

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic, Related, Repair, Severity
from sakip_rules.base.source import Span
from sakip_rules.messages.catalog import LANGUAGES, catalog

if TYPE_CHECKING:
    from sakip_rules.model.readers import Known
    from sakip_rules.model.vocabulary import Key, Kind, Table

_WORD = re.compile(r"[a-z][a-z0-9_]*")
_CALLED = re.compile(r"[A-Za-z_]\w*")
_COMMAND = re.compile(r"[a-z][a-z0-9-]*")
_SUFFIX = re.compile(r"\.[a-z0-9]+")
_NEEDED = {"pesan", "saran"}
_TOLD = _NEEDED | {"saran_dekat", "saran_ganti", "tentang", "contoh"}
_LABELS = "label"

Fits = Callable[[Any], bool]


# Whole answers.


def is_libraries(answer: object) -> bool:
    return (
        isinstance(answer, Mapping)
        and all(isinstance(key, str) for key in answer)
        and all(isinstance(path, Path) for path in answer.values())
    )


def is_functions(answer: object) -> bool:
    from sakip_rules.model.functions import RESERVED, Function

    return _is_list(answer, Function) and all(
        isinstance(item.name, str)
        and _CALLED.fullmatch(item.name) is not None
        and item.name.lower() not in RESERVED
        and isinstance(item.least, int)
        and isinstance(item.most, int | None)
        and callable(item.measure)
        and callable(item.apply)
        for item in _items(answer)
    )


def is_year_rules(answer: object) -> bool:
    from sakip_rules.model.years import YearRules

    return _is_list(answer, YearRules) and all(
        isinstance(item.name, str)
        and isinstance(item.folder, Path | None)
        and _is_set(item.years, int)
        and _is_set(item.touches, str)
        and (item.amend is None or callable(item.amend))
        for item in _items(answer)
    )


def is_checks(answer: object) -> bool:
    from sakip_rules.model.checks import Check

    return _is_list(answer, Check) and all(
        isinstance(item.name, str) and _are_codes(item.codes) and callable(item.run) for item in _items(answer)
    )


def is_readers(answer: object) -> bool:
    from sakip_rules.model.readers import DataReader

    return _is_list(answer, DataReader) and all(
        isinstance(item.name, str)
        and _is_list(item.suffixes, str)
        and all(_SUFFIX.fullmatch(suffix) for suffix in item.suffixes)
        and _are_codes(item.codes)
        and isinstance(item.extra, str | None)
        and callable(item.read)
        for item in _items(answer)
    )


def is_exporters(answer: object) -> bool:
    from sakip_rules.model.exporters import Exporter

    return _is_list(answer, Exporter) and all(
        isinstance(item.name, str)
        and _WORD.fullmatch(item.name) is not None
        and isinstance(item.suffix, str)
        and _SUFFIX.fullmatch(item.suffix) is not None
        and isinstance(item.annotated, bool)
        and isinstance(item.extra, str | None)
        and any(callable(part) for part in (item.records, item.report, item.form))
        and (item.template is None or callable(item.template))
        and _are_codes(item.codes)
        for item in _items(answer)
    )


def is_kinds(answer: object) -> bool:
    from sakip_rules.model.vocabulary import Kind

    return _is_list(answer, Kind) and all(isinstance(item.word, str) for item in _items(answer))


def is_commands(answer: object) -> bool:
    from sakip_rules.model.commands import Command

    return _is_list(answer, Command) and all(
        isinstance(item.name, str)
        and _COMMAND.fullmatch(item.name)
        and callable(item.load)
        and isinstance(item.words, Mapping)
        for item in _items(answer)
    )


def _items(answer: Any) -> Iterable[Any]:
    return answer  # type: ignore[no-any-return]


def _is_list(answer: object, kind: type) -> bool:
    return isinstance(answer, list | tuple) and all(isinstance(item, kind) for item in answer)


def _are_codes(items: object) -> bool:
    return _is_list(items, Code) and all(
        isinstance(item.name, str) and isinstance(item.severity, Severity) and isinstance(item.words, Mapping)
        for item in _items(items)
    )


def _is_set(items: object, kind: type) -> bool:
    return isinstance(items, Set) and all(isinstance(item, kind) for item in items)


# Words.


def unspoken(words: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """The languages in which the words of a code are missing, or cannot be used."""
    return tuple(language for language in LANGUAGES if not _is_entry(words.get(language)))


def _is_entry(entry: object) -> bool:
    """Whether this is an entry as the catalogue has it, whose texts can be filled in."""
    if not isinstance(entry, Mapping) or not set(entry) >= _NEEDED or not set(entry) <= _TOLD | {_LABELS}:
        return False
    labels = entry.get(_LABELS, {})
    texts = [text for name, text in entry.items() if name != _LABELS]
    return isinstance(labels, Mapping) and all(map(_can_be_filled, [*texts, *labels.values()]))


def _can_be_filled(template: object) -> bool:
    """Whether this is a text whose braces hold nothing but the names of facts."""
    if not isinstance(template, str):
        return False
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        return False
    return all(name is None or (name.isidentifier() and not form and not how) for _, name, form, how in parts)


def unhelped(words: Mapping[str, Mapping[str, Any]], options: Iterable[str] = ()) -> tuple[str, ...]:
    """The languages in which the help of a command, or of one of its options, is missing."""
    wanted = set(options)
    return tuple(language for language in LANGUAGES if not _is_help(words.get(language), wanted))


def _is_help(entry: object, options: set[str]) -> bool:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("perintah"), str):
        return False
    told = entry.get("opsi", {})
    return isinstance(told, Mapping) and options <= {name for name, text in told.items() if isinstance(text, str)}


# Findings and measured values.


def fault_of_finding(item: object) -> str | None:
    """What is wrong with a finding of a plugin: the type that it has, or the part of it that cannot be shown."""
    if not isinstance(item, Diagnostic):
        return type(item).__name__
    if not isinstance(item.code, Code):
        return "code"
    if not (item.span is None or _is_place(item.span)):
        return "span"
    if not isinstance(item.values, Mapping) or not all(map(_is_fact, item.values.values())):
        return "values"
    if not isinstance(item.near, str | None) or not isinstance(item.repair, Repair | None):
        return "near"
    told = isinstance(item.related, tuple) and all(_is_labelled(related, item.code) for related in item.related)
    return None if told else "related"


def missing_fact(item: Diagnostic, code: Code) -> str | None:
    """A fact that the words of a plugin's code put into a sentence, and that its finding does not have."""
    own = set(item.values)
    advised = own | {"near", "repair"}
    given = {"pesan": own, "saran": advised}
    given |= {"saran_dekat": advised} if item.near else {}
    given |= {"saran_ganti": advised} if item.repair else {}
    for entry in code.words.values():
        texts = [(entry[name], facts) for name, facts in given.items() if name in entry]
        labels = entry.get(_LABELS, {})
        texts += [(labels[each.label], set(each.values)) for each in item.related if each.label in labels]
        for text, facts in texts:
            if absent := next((name for name in _facts_of(text) if name not in facts), None):
                return absent
    return None


def _facts_of(template: str) -> list[str]:
    """The names of the facts that a text puts in."""
    return [name for _, name, _, _ in Formatter().parse(template) if name is not None]


def _is_place(span: object) -> bool:
    if not isinstance(span, Span) or not isinstance(span.path, str):
        return False
    if not isinstance(span.cell, str | None):
        return False
    return isinstance(span.start, int) and isinstance(span.end, int) and 0 <= span.start <= span.end


def _is_fact(fact: object) -> bool:
    """Text, whole and exact numbers, dates, values, and tuples of these; nothing inexact or too large to be shown."""
    from sakip_rules.base.numbers import Root, is_too_large
    from sakip_rules.model.values import Reason, Value

    if isinstance(fact, tuple):
        return all(map(_is_fact, fact))
    number = fact.number if isinstance(fact, Value) else fact
    if isinstance(number, int | Fraction | Root) and is_too_large(number):
        return False
    return isinstance(fact, str | int | Fraction | Root | datetime.date | Value | Reason | None)


def _is_labelled(related: object, code: Code) -> bool:
    """Whether a second place has its label: among the words of a plugin's code, or else in the catalogue."""
    if not isinstance(related, Related) or not _is_place(related.span):
        return False
    told = (code.words[each] for each in LANGUAGES) if code.words else (catalog(LANGUAGES[0]).tables,)
    return all(related.label in each.get(_LABELS, {}) for each in told)


def fault_of_measurement(item: object, known: Known) -> str | None:
    """What is wrong with what a reader gives for a measured value."""
    from sakip_rules.base.numbers import is_too_large
    from sakip_rules.model.values import Measurement, Quarter, Status

    if not isinstance(item, Measurement):
        return type(item).__name__
    if not isinstance(item.name, str) or (item.name not in known.units and item.name not in known.labels):
        return str(item.name)
    if not isinstance(item.number, Fraction | None) or not isinstance(item.label, str | None):
        return "number"
    if item.number is not None and is_too_large(item.number):
        return "number"
    if not isinstance(item.year, int) or not isinstance(item.quarter, Quarter) or not isinstance(item.status, Status):
        return "status"
    if not isinstance(item.unit, str | None) or (item.unit is not None and known.table.name(item.unit) is None):
        return "unit"
    return None if _is_place(item.span) else "span"


def fault_of_value(item: object) -> str | None:
    """What is wrong with the result of a function: it is no value, inexact, or without a number and a reason."""
    from sakip_rules.base.numbers import Root
    from sakip_rules.model.units import Measure
    from sakip_rules.model.values import Status, Value

    if not isinstance(item, Value):
        return type(item).__name__
    if not isinstance(item.number, Fraction | Root | None):
        return type(item.number).__name__
    if not isinstance(item.measure, Measure) or not isinstance(item.status, Status):
        return "measure"
    return "status" if item.known != (item.status in (Status.FINAL, Status.PROVISIONAL)) else None


# Kinds of blocks.


def fault_of_kind(kind: Kind, known: Set[str]) -> str | None:
    """The word or attribute for which a kind of block cannot be used; ``known`` are the kinds that there are."""
    try:
        return _misfit(kind, known)
    except (TypeError, AttributeError) as error:  # a part of it is of another type than it says
        return type(error).__name__


def _misfit(kind: Kind, known: Set[str]) -> str | None:
    from sakip_rules.model import program as p

    if not _is_record(kind.model, p.Definition):
        return "model"
    attributes = {table.attribute: False for table in kind.tables} | ({"given": False} if kind.given else {})
    fault = _fault_of_keys(kind.keys, known) or _unfilled(kind.model, p.Definition, kind.keys, attributes)
    tables = (fault_of_table for table in kind.tables if (fault_of_table := _fault_of_table(table, known)))
    children = (child for child in kind.children if child not in known)
    word = None if _WORD.fullmatch(kind.word) else kind.word
    filled = [*(key.attribute for key in kind.keys if not fault), *(table.attribute for table in kind.tables)]
    return word or fault or next(tables, None) or next(children, None) or _double(filled)


def _fault_of_table(table: Table, known: Set[str]) -> str | None:
    from sakip_rules.model import program as p
    from sakip_rules.model.vocabulary import Table

    if not isinstance(table, Table) or not _is_record(table.row, p.Line):
        return "row"
    others = ({"targets": True} if table.years else {}) | ({"cells": True} if table.free else {})
    return _fault_of_keys(table.columns, known) or _unfilled(table.row, p.Line, table.columns, others)


def _is_record(record: object, base: type) -> bool:
    return isinstance(record, type) and issubclass(record, base) and has(record)


def _fault_of_keys(keys: Iterable[Key], known: Set[str]) -> str | None:
    from sakip_rules.model.vocabulary import Key, Type

    keys = tuple(keys)
    for key in keys:
        if not isinstance(key, Key):
            return type(key).__name__
        named = key.type in (Type.REFERENCE, Type.REFERENCES)
        if not _WORD.fullmatch(key.word) or not isinstance(key.type, Type):
            return key.word
        if named != bool(key.refers_to) or not set(key.refers_to) <= known:
            return key.word
        if key.type is Type.CHOICE and not key.choices:
            return key.word
    return _double(key.word for key in keys) or _double(key.attribute for key in keys)


def _double(names: Iterable[str]) -> str | None:
    """The first name that stands twice."""
    return next((name for name, count in Counter(names).items() if count > 1), None)


def _unfilled(record: type, base: type, keys: Iterable[Key], more: Mapping[str, bool]) -> str | None:
    """An attribute that is filled and not there, or there and not always filled, and without a default."""
    own = {each.name: each for each in fields(record) if each.name not in {item.name for item in fields(base)}}
    filled = {key.attribute: key.required for key in keys} | dict(more)
    unknown = (name for name in filled if name not in own)
    empty = (name for name, each in own.items() if each.default is NOTHING and not filled.get(name, False))
    return next(unknown, None) or next(empty, None)


def has_shape(code: Code) -> bool:
    """Whether a code has the shape that those of plugins have."""
    return isinstance(code.name, str) and codes.PLUGIN_SHAPE.fullmatch(code.name) is not None
