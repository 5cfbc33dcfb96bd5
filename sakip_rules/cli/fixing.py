"""Mends rule files where a finding has one certain repair; a file that would get a new error stays as it is."""

from __future__ import annotations

import codecs
import difflib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from attrs import evolve, frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Repair
from sakip_rules.base.source import Span
from sakip_rules.files import Loaded, decode
from sakip_rules.inputs import Inputs

Check = Callable[[Inputs], Sequence[Diagnostic]]
#: A file is mended at most so often, so that repairs that call for each other come to an end.
_ROUNDS = 100


@frozen
class MendedFile:
    """A file before and after its repairs."""

    path: Path
    shown: str
    before: bytes
    after: bytes


@frozen
class Mended:
    """What came of mending: the inputs as they would be, the files that changed, and what could not be mended."""

    inputs: Inputs
    files: tuple[MendedFile, ...]
    refused: tuple[Diagnostic, ...]


def mend(inputs: Inputs, check: Check) -> Mended:
    """Apply every certain repair in the rule files of the folder itself, until nothing changes."""
    before = {file.shown: file for file in inputs.folders[0].rules}
    findings = check(inputs)
    rounds: Counter[str] = Counter()
    refused: dict[str, Diagnostic] = {}
    while repairs := _by_file(findings, before.keys() - refused.keys()):
        path = min(repairs)
        found = _better(inputs, findings, path, repairs[path], check) if rounds[path] < _ROUNDS else None
        rounds[path] += 1
        if found is None:
            refused[path] = Diagnostic(codes.NOT_MENDED, Span(path, 0, 0), {"file": path})
        else:
            inputs, findings = found
    now = inputs.folders[0].rules
    files = (MendedFile(file.path, file.shown, before[file.shown].raw, file.raw) for file in now)
    return Mended(inputs, tuple(file for file in files if file.before != file.after), tuple(refused.values()))


def _by_file(findings: Iterable[Diagnostic], paths: Iterable[str]) -> dict[str, list[Repair]]:
    """The certain repairs in some files."""
    wanted = set(paths)
    found: dict[str, list[Repair]] = {}
    for item in findings:
        repair = item.certain_repair
        if repair and repair.span.path in wanted:
            found.setdefault(repair.span.path, []).append(repair)
    return found


def _better(
    inputs: Inputs, findings: Sequence[Diagnostic], path: str, repairs: Sequence[Repair], check: Check
) -> tuple[Inputs, Sequence[Diagnostic]] | None:
    """The inputs with the repairs of a file, or with the first of them that brings no new error by itself."""
    for group in (repairs, *((each,) for each in repairs if len(repairs) > 1)):
        changed = _with(inputs, path, group)
        if changed is not None:
            found = check(changed)
            if not _errors(found) - _errors(findings):
                return changed, found
    return None


def _errors(findings: Iterable[Diagnostic]) -> Counter[tuple[str, str]]:
    """How many errors of each code each file has; their places shift when a text is mended."""
    return Counter((item.code.name, item.span.path if item.span else "") for item in findings if item.is_error)


def _with(inputs: Inputs, path: str, repairs: Iterable[Repair]) -> Inputs | None:
    """The inputs with repairs in one file; nothing where they change nothing."""
    folder, *libraries = inputs.folders
    old = next(file for file in folder.rules if file.shown == path)
    raw = mended(old.raw, repairs)
    if raw == old.raw:
        return None
    new: Loaded = decode(raw, old.path, old.shown)
    rules = tuple(new if file is old else file for file in folder.rules)
    return evolve(inputs, folders=(evolve(folder, rules=rules), *libraries))


def mended(raw: bytes, repairs: Iterable[Repair]) -> bytes:
    """A file with its repairs, none of which overlaps another; every other byte stays as it is.

    The places of repairs count a line end as one letter, and no byte order mark.
    """
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    text = raw.decode("utf-8-sig")
    ends = [match.start() - number for number, match in enumerate(re.finditer("\r\n", text))]
    parts: list[str] = []
    done = 0
    for repair in _apart(repairs):
        start, end = (at + bisect_left(ends, at) for at in (repair.span.start, repair.span.end))
        parts += (text[done:start], repair.text)
        done = end
    return mark + "".join((*parts, text[done:])).encode()


def _apart(repairs: Iterable[Repair]) -> Iterator[Repair]:
    """Repairs in the order of their places, without those that would touch what another one changes."""
    end = -1
    for repair in sorted(repairs, key=lambda each: (each.span.start, each.span.end)):
        if repair.span.start > end:
            yield repair
            end = repair.span.end


def differences(files: Iterable[MendedFile]) -> Iterator[str]:
    """What would change, as a patch."""
    for file in files:
        before, after = (raw.decode("utf-8-sig").splitlines() for raw in (file.before, file.after))
        lines = difflib.unified_diff(before, after, file.shown, file.shown, lineterm="")
        yield from (f"{line}\n" for line in lines)
