"""What there is to know of a code: what it says, why it matters, an example, and the repair."""

from __future__ import annotations

import re
import tempfile
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from sakip_rules.base.diagnostics import Code, Diagnostic
from sakip_rules.inputs import Reading, read_inputs
from sakip_rules.messages import render
from sakip_rules.messages.catalog import Catalog, example, example_base
from sakip_rules.model import program as p
from sakip_rules.project import Project

_WIDTH = 100
_FACT = re.compile(r"\{\w+\}")


def listing(codes: Iterable[Code], words: Catalog) -> str:
    """Every code with its headline, by the part that finds it."""
    groups = groupby(sorted(codes, key=lambda code: (_part(code), code.name)), key=_part)
    parts = ["\n".join(f"{code.name}  {_template(code, words)}" for code in group) for _, group in groups]
    return "\n\n".join(parts) + "\n"


def _part(code: Code) -> str:
    """The letter of a code of the package, the word of a plugin's code, or nothing of a check in the language."""
    word, mark, _ = code.name.partition("-")
    return code.name[0] if code.name[0].isupper() else word if mark else ""


def _template(code: Code, words: Catalog) -> str:
    """A headline with a mark for each fact that a finding puts in."""
    return _plain(str(words.explanation(code)["pesan"]))


def _plain(text: str) -> str:
    return _FACT.sub("…", text).replace("{{", "{").replace("}}", "}")


def rule_of(code: Code, project: Project) -> tuple[str, str] | None:
    """The title of the check in the rule language that has a code, and its rule text."""
    for check in project.program.all(p.ConsistencyCheck):
        source = project.sources.get(check.span.path)
        if check.name == code.name and source:
            return check.label, source.text[check.span.start : check.span.end]
    return None


def page(code: Code, words: Catalog, rule: tuple[str, str] | None = None) -> str:
    """All that is said of a code; each part under its heading, the ``rule`` where one in the language finds it."""
    entry = words.explanation(code)
    parts = [f"{words.severity(Diagnostic(code, None))}[{code.name}]: {_template(code, words)}"]
    if "tentang" in entry:
        parts.append(_section("mengapa", _wrapped(str(entry["tentang"])), words))
    if rule:
        title, text = rule
        parts.append(_section("aturan", f"{_wrapped(title)}\n\n{text}", words))
    parts += [_section("contoh", text, words) for text in _examples(code, words)]
    advice = [_wrapped(_plain(str(text))) for key, text in entry.items() if key.startswith("saran")]
    if advice:
        parts.append(_section("perbaikan", "\n".join(advice), words))
    return "\n\n".join(parts) + "\n"


def _section(heading: str, text: str, words: Catalog) -> str:
    return f"{words.text(f'code.{heading}')}\n{textwrap.indent(text, '  ')}"


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _examples(code: Code, words: Catalog) -> Iterator[str]:
    """What was done wrong, in words or as files with the findings that these give."""
    said = words.explanation(code).get("contoh")
    if said:
        yield _wrapped(str(said))
    files = example(code.name)
    if files:
        shown = "\n".join(f"{name}\n{textwrap.indent(text.rstrip(), '  │ ')}" for name, text in files.items())
        yield f"{shown}\n\n{_findings(code, files, words)}".rstrip()


def _findings(code: Code, files: Mapping[str, str], words: Catalog) -> str:
    """What is found of a code where its files stand in a small folder that is else without findings."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, text in {**example_base(), **files}.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(text.encode())
        inputs = read_inputs(folder, None, Reading(shown=lambda path: path.name))
        findings = Project(folder, inputs=inputs).findings().shown
        return render.as_text([item for item in findings if item.code.name == code.name][:1], inputs.sources, words)
