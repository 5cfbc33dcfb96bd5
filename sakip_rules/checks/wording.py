"""What an indicator is called is what its formula counts: its words appear in the terms of the formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic, Related
from sakip_rules.model import program as p
from sakip_rules.model.fractions import quotient
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program
from sakip_rules.model.wording import missing_words, telling_words
from sakip_rules.syntax import tree

#: Before it a name says of whom, behind it what is true of them.
_THAT = re.compile(r"\byang\b", re.IGNORECASE)


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    for indicator in program.own(p.Indicator):
        if indicator.expression is not None and indicator.title:
            yield from _indicator(indicator, indicator.expression, indicator.title, program)


def _indicator(
    indicator: p.Indicator, expression: tree.Expression, title: str, program: Program
) -> Iterator[Diagnostic]:
    terms = list(_terms(expression, program))
    if not terms or any(item is None for item in terms):
        return  # a name that is not defined is a finding of its own
    parts = quotient(expression)
    subject, *rest = _THAT.split(title, maxsplit=1)
    if parts and rest:
        predicate, counted = telling_words(rest[0]), _text(parts[0], program)
        below = telling_words(subject)
        if below and len(missing_words(below, _text(parts[1], program))) == len(below):
            yield _finding(codes.WORDS_NOT_IN_DENOMINATOR, indicator, below, parts[1], program)
    else:
        predicate, counted = telling_words(title), _text(expression, program)
    missing = missing_words(predicate, counted)
    if 2 * len(missing) > len(predicate):
        yield _finding(codes.WORDS_NOT_IN_FORMULA, indicator, missing, parts[0] if parts else expression, program)


def _finding(
    code: Code, indicator: p.Indicator, words: tuple[str, ...], node: tree.Expression, program: Program
) -> Diagnostic:
    terms = (item for item in _terms(node, program) if item is not None)
    related = tuple(Related(item.name_span, "term_here", {"name": item.label}) for item in terms)
    return Diagnostic(code, indicator.place("rumus"), {"name": indicator.label, "words": words}, related)


def _terms(node: tree.Expression, program: Program) -> Iterator[p.Variable | p.Indicator | p.Index | None]:
    """What an expression is made of, each once."""
    names = (".".join(part.parts) for part in tree.walk(node) if isinstance(part, tree.Name))
    return (program.measured(name) for name in dict.fromkeys(names))


def _text(node: tree.Expression, program: Program) -> str:
    """All that the terms of an expression are called, and what they mean."""
    terms = [item for item in _terms(node, program) if item is not None]
    return " ".join(
        f"{item.label} {item.name.replace('_', ' ')} {getattr(item, 'meaning', None) or ''}" for item in terms
    )
