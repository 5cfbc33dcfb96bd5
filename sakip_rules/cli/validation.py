"""What ``validate`` does: find, mend, write in a form, and watch."""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from sakip_rules.base.diagnostics import Diagnostic, Findings, Severity, in_order
from sakip_rules.base.source import Source
from sakip_rules.cache import Cache
from sakip_rules.cli.consistency import told
from sakip_rules.cli.help import words
from sakip_rules.cli.session import say, say_waived, talk, tell, write_out
from sakip_rules.cli.writing import write_whole
from sakip_rules.inputs import Inputs, read_inputs
from sakip_rules.messages.formats import WRITERS

if TYPE_CHECKING:
    from sakip_rules.model.claims import Consistency

#: The forms of findings; ``full`` is another word for the text that people read.
TEXTS = ("text", "full")
FORMS = (*TEXTS, *WRITERS)
#: From which severity on a finding makes a command fail.
NEVER = "tidak_pernah"
LEVELS: Mapping[str, frozenset[Severity]] = {
    "galat": frozenset({Severity.ERROR}),
    "peringatan": frozenset({Severity.ERROR, Severity.WARNING}),
    "catatan": frozenset(Severity),
    NEVER: frozenset(),
}
_CLEAR = "\x1b[2J\x1b[H"


@frozen
class Request:
    """What is validated: a folder, by which day, and which findings count."""

    folder: Path
    plugins_folder: Path | None
    year: int | None
    as_of: datetime.date | None
    today: datetime.date | None

    def read(self) -> Inputs:
        return read_inputs(self.folder, self.plugins_folder)

    def findings(self, inputs: Inputs) -> Findings:
        """All findings of some inputs."""
        return self.judged(inputs)[0]

    def judged(self, inputs: Inputs) -> tuple[Findings, Consistency]:
        """All findings of some inputs, and how their checks went; those of the last run, where nothing has changed."""
        cache, digest = Cache.default(), inputs.digest(self.year, self.as_of, self.today)
        known = cache.get("validate", digest)
        if isinstance(known, tuple):
            return known
        from sakip_rules.project import Project

        project = Project(self.folder, cache, inputs=inputs)
        years = None if self.year is None else (self.year,)
        found = project.findings(years, self.as_of, self.today), project.consistency(years, self.as_of)
        cache.put("validate", digest, found)
        return found


@frozen
class Shape:
    """How findings are shown: their form, what is told in full beside them, and which make the command fail."""

    form: str
    waived: bool
    level: str
    verbose: bool = False

    def show(self, findings: Findings, consistency: Consistency, sources: Mapping[str, Source]) -> None:
        """Write all findings, and to people how many they are, and what no check could judge."""
        if self.form not in TEXTS:
            write_out(WRITERS[self.form](findings, sources, words()))
            return
        say(findings.shown, sources, to_error=False)
        if self.waived:
            say_waived(findings.waived, sources)
        summary(findings)
        for line in told(consistency, sources, words(), self.verbose):
            talk(line)

    def fails(self, findings: Iterable[Diagnostic]) -> bool:
        return any(item.code.severity in LEVELS[self.level] for item in findings)


def summary(findings: Findings) -> None:
    """How many findings there are, and how many are waived."""
    if findings.shown:
        errors = sum(item.is_error for item in findings.shown)
        tell("validate.jumlah", errors=str(errors), warnings=str(len(findings.shown) - errors))
    else:
        tell("validate.bersih")
    if findings.waived:
        tell("validate.dikecualikan", count=str(len(findings.waived)))


def validate(request: Request, shape: Shape, inputs: Inputs | None = None) -> bool:
    """Show all findings; whether the command fails."""
    found = inputs or request.read()
    findings, consistency = request.judged(found)
    shape.show(findings, consistency, found.sources)
    return shape.fails(findings.shown)


def fix(request: Request, shape: Shape, write: bool) -> bool:
    """Mend what has one certain repair, or show how; whether the command fails with what is left."""
    from sakip_rules.cli.fixing import differences, mend

    before = request.read()
    mended = mend(before, lambda inputs: request.findings(inputs).shown)
    faults = list(mended.refused)
    if not write:
        write_out("".join(differences(mended.files)))
    for file in mended.files if write else ():
        faults += write_whole(file.path, file.after, file.shown)
    inputs = mended.inputs if write else before
    found, consistency = request.judged(inputs)
    findings = Findings(in_order((*found.shown, *faults)), found.waived)
    if write or shape.form in TEXTS:
        shape.show(findings, consistency, inputs.sources)
    tell("fix.jumlah" if write else "fix.jumlah_periksa", count=str(len(mended.files)))
    return shape.fails(findings.shown)


def watch(read: Callable[[], Inputs], show: Callable[[Inputs], object], ticks: Iterable[object]) -> None:
    """Show the findings at each tick at which anything that they depend on has changed."""
    last = None
    for _ in ticks:
        inputs = read()
        now = inputs.digest()
        if now != last:
            last = now
            show(inputs)


def watch_folder(request: Request, shape: Shape) -> None:
    """Validate whenever a file changes, until the writer stops it."""

    def show(inputs: Inputs) -> None:
        if sys.stdout.isatty():
            write_out(_CLEAR)
        validate(request, shape, inputs)
        tell("watch.menunggu")

    try:
        watch(request.read, show, _seconds())
    except KeyboardInterrupt:
        tell("watch.berhenti")


def _seconds() -> Iterator[None]:
    while True:
        yield
        time.sleep(1)
