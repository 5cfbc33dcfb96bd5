"""Formats rule files in place, or tells what it would change."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path

from attrs import define, field

from sakip_rules import files
from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.source import Source, Span
from sakip_rules.cli.writing import write_whole
from sakip_rules.model.canonical import rewriter
from sakip_rules.model.vocabulary import CORE, Vocabulary
from sakip_rules.syntax.parser import parse
from sakip_rules.syntax.printer import Rewrite, print_file


@define
class Outcome:
    """What came of formatting: a finding for each untidy file, the differences, and what could not be done."""

    untidy: list[Diagnostic] = field(factory=list)
    differences: list[str] = field(factory=list)
    findings: list[Diagnostic] = field(factory=list)
    sources: dict[str, Source] = field(factory=dict)


def format_paths(paths: Sequence[Path], write: bool, whole: Callable[[], Vocabulary]) -> Outcome:
    """Format files and folders; a file with a syntax error stays as it is, since its lines could be lost.

    The ``whole`` vocabulary is asked for where a kind of block is none of the language's own.
    """
    outcome = Outcome()
    rewrite = _with_plugins(whole)
    for path in _files(paths):
        loaded = files.load(path, files.shown(path))
        outcome.findings += loaded.diagnostics
        if loaded.source:
            outcome.sources[loaded.shown] = loaded.source
            _format(path, loaded, rewrite, write, outcome)
    return outcome


def _with_plugins(whole: Callable[[], Vocabulary]) -> Rewrite:
    """How values are written, by a vocabulary that is only asked for when it is needed."""
    own = rewriter(CORE)
    all_kinds = cache(lambda: rewriter(whole()))

    def rewrite(kind: str, word: str, text: str) -> str:
        return (own if kind in CORE.kinds else all_kinds())(kind, word, text)

    return rewrite


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from files.rule_files(path, every=True)
        else:
            yield path


def _format(path: Path, loaded: files.Loaded, rewrite: Rewrite, write: bool, outcome: Outcome) -> None:
    source = loaded.source
    assert source is not None
    tree, findings = parse(source)
    if findings:
        outcome.findings += findings
        return
    text = print_file(tree, rewrite)
    if text.encode() == loaded.raw:
        return
    before, after = source.text.split("\n"), text.split("\n")
    outcome.untidy.append(Diagnostic(codes.NOT_FORMATTED, _first_difference(source, before, after)))
    difference = difflib.unified_diff(before, after, source.path, source.path, lineterm="")
    outcome.differences += [f"{line}\n" for line in difference]
    if write:
        outcome.findings += write_whole(path, text.encode(), source.path)


def _first_difference(source: Source, before: Sequence[str], after: Sequence[str]) -> Span:
    """The first line that changes; the first of all where only line ends or a byte order mark do."""
    pairs = enumerate(zip_longest(before, after), 1)
    return source.line_span(min(next((number for number, (old, new) in pairs if old != new), 1), source.line_count))
