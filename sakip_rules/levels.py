"""The levels that a folder's settings give to findings: to the checks of the rules by name, and to codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import OFF, Code, Diagnostic, Repair, Severity
from sakip_rules.base.spelling import Spelling
from sakip_rules.engine.consistency import code_of
from sakip_rules.files import Loaded, named_in
from sakip_rules.model import program as p


@frozen
class Levels:
    """What the settings say, where it may be said.

    A check may get any level, for staff can change its rule as well.  A code may, unless its findings are errors:
    figures would then rest on what is wrong, and only a waiver, with its reason and its end, lets one pass.
    """

    asked: tuple[tuple[str, str], ...]
    checks: tuple[p.ConsistencyCheck, ...]
    codes: tuple[Code, ...]

    @property
    def given(self) -> Mapping[str, str]:
        """The levels that hold, by the names of checks and codes."""
        free = {code.name for code in self.codes if code.severity is not Severity.ERROR}
        free |= {check.name for check in self.checks}
        return {name: level for name, level in self.asked if name in free}

    @property
    def known(self) -> Iterator[Code]:
        """Every code that a finding may have, at its level; one that is switched off, at its own."""
        given = self.given
        for code in (*self.codes, *(code_of(check, Severity(check.severity)) for check in self.checks)):
            level = given.get(code.name, OFF)
            yield code if level == OFF else evolve(code, severity=Severity(level))

    def weighed(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Findings at their levels, without those that are switched off."""
        given = self.given
        for item in found:
            level = given.get(item.code.name)
            if level is None:
                yield item
            elif level != OFF:
                yield evolve(item, code=evolve(item.code, severity=Severity(level)))

    def faults(self, settings: Loaded | None) -> Iterator[Diagnostic]:
        """What the settings name that is no check and no code, or is the code of an error."""
        errors = {code.name for code in self.codes if code.severity is Severity.ERROR}
        known = [check.name for check in self.checks] + [code.name for code in self.codes]
        for name, _ in self.asked:
            place = named_in(settings, name)
            if name in errors:
                yield Diagnostic(codes.LEVEL_OF_ERROR, place, {"name": name})
            elif name not in known:
                near = Spelling(known).near(name)
                fix = Repair(place, near) if near and place else None
                yield Diagnostic(codes.UNKNOWN_CHECK, place, {"name": name}, near=near, repair=fix)
