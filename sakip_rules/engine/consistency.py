"""Runs ``periksa``: judges each thing that a check looks at, exactly, and says where it does not hold.

What a check needs and is not there makes it "not analysed" for that thing; it is never guessed, and never silent.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import OFF, Code, Diagnostic, Related, Severity
from sakip_rules.base.source import Span
from sakip_rules.engine.claims import Claims, Missing, Scope, TooCostlyError
from sakip_rules.model import program as p
from sakip_rules.model.claims import MAX_STEPS, Consistency, NotAnalysed
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program
from sakip_rules.model.things import DOCUMENTS, THINGS, Thing
from sakip_rules.model.values import Value
from sakip_rules.model.world import World
from sakip_rules.model.written import written
from sakip_rules.syntax import tree

#: At most so many second places are told.
_MOST_RELATED = 5


def checks_of(program: Program) -> tuple[p.ConsistencyCheck, ...]:
    """The checks that apply to a folder: its own and its libraries', where the nearer of one name stands for both."""
    named: dict[str, p.ConsistencyCheck] = {}
    for layer in program.layers:
        for item in layer.top:
            if isinstance(item, p.ConsistencyCheck):
                named.setdefault(item.name, item)
    return tuple(named.values())


def run_checks(world: World, functions: Functions, sound: Iterable[p.ConsistencyCheck],
               levels: Mapping[str, str]) -> Consistency:  # fmt: skip
    """Run checks whose types fit, at the levels that the settings give them."""
    findings: list[Diagnostic] = []
    missing: list[NotAnalysed] = []
    checks = tuple(sound)
    for check in checks:
        level = levels.get(check.name, check.severity)
        if level != OFF:
            runner = _Runner(world, functions, check, Severity(level))
            findings += runner.run()
            missing += runner.missing
    return Consistency(tuple(findings), tuple(missing), tuple(levels.items()), len(checks))


def judged(check: p.ConsistencyCheck, claims: Claims, scope: Scope) -> bool | Missing | None:
    """Whether what a check says holds of a thing; ``None`` where it says nothing of it."""
    applies = True if check.condition is None else claims.truth(check.condition, scope)
    if applies is True:
        return claims.truth(check.claim, scope)
    return applies if isinstance(applies, Missing) else None


class _Runner:
    """Runs one check."""

    def __init__(self, world: World, functions: Functions, check: p.ConsistencyCheck, severity: Severity) -> None:
        self.world, self.check, self.severity = world, check, severity
        self.claims = Claims(world, functions, check.span.path)
        self.missing: list[NotAnalysed] = []

    def run(self) -> Iterator[Diagnostic]:
        try:
            for word in self.check.subject.things:
                for item in self._things(THINGS[word]):
                    yield from self._judged(THINGS[word], item)
        except TooCostlyError:
            facts = {"name": self.check.name, "limit": MAX_STEPS}
            yield Diagnostic(codes.CHECK_TOO_COSTLY, self.check.name_span, facts)

    def _things(self, thing: Thing) -> Iterable[Any]:
        every = thing.all(self.world)
        kinds = tuple(DOCUMENTS[word] for word in self.check.subject.within)
        if not kinds or thing.document is None:
            return every  # type: ignore[no-any-return]
        return [item for item in every if isinstance(thing.document(item), kinds)]

    def _judged(self, thing: Thing, item: Any) -> Iterator[Diagnostic]:
        scope = Scope(((thing, item),))
        verdict = judged(self.check, self.claims, scope)
        if isinstance(verdict, Missing):
            self.missing.append(NotAnalysed(self.check.name, item.name, self._place(item), verdict.what))
        elif verdict is False:
            yield self._finding(item, scope)

    # What is told.

    def _finding(self, item: Any, scope: Scope) -> Diagnostic:
        facts = {
            f"{language}{at}": self._told(part, scope)
            for language, message in (("id", self.check.message), ("en", self.check.message_en))
            for at, part in enumerate(message.expressions if message else ())
        }
        code = code_of(self.check, self.severity)
        return Diagnostic(code, self._place(item), facts, self._related(scope), subject=item.name)

    def _related(self, scope: Scope) -> tuple[Related, ...]:
        if self.check.beside is None:
            return ()
        found = self.claims.value(self.check.beside, scope)
        items = found if isinstance(found, list) else [] if isinstance(found, Missing) else [found]
        return tuple(Related(self._place(item), "beside") for item in items[:_MOST_RELATED])

    def _place(self, item: Any) -> Span:
        word = self.check.at
        if word is not None:
            return item.place(word)  # type: ignore[no-any-return]
        return item.name_span if isinstance(item, p.Definition) else item.span

    def _told(self, node: tree.Expression, scope: Scope) -> object:
        found = self.claims.value(node, scope)
        items = found if isinstance(found, list) else [found]
        told = tuple(_in_words(item) for item in items)
        return told if isinstance(found, list) else told[0]


def code_of(check: p.ConsistencyCheck, severity: Severity) -> Code:
    """The code of a check's findings: its name, with its own words."""
    words = {"id": _words(check.message, "id", check.advice)}
    english = check.message_en or check.message
    language = "en" if check.message_en else "id"
    words["en"] = _words(english, language, check.advice_en or (None if check.message_en else check.advice))
    return Code(check.name, severity, words)


def _words(message: p.Message, language: str, advice: str | None) -> Mapping[str, str]:
    at = iter(range(len(message.parts)))
    parts = (_escaped(part) if isinstance(part, str) else f"{{{language}{next(at)}}}" for part in message.parts)
    told = {"pesan": "".join(parts).strip()}
    return told if advice is None else {**told, "saran": _escaped(advice.strip())}


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _in_words(value: Any) -> object:
    """A value as a message tells it."""
    if isinstance(value, Missing):
        return "-"
    if isinstance(value, p.Interval | p.Label):
        return written(value)
    return value if isinstance(value, Value | str | int | datetime.date) else value.label
