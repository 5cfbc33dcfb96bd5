"""Texts of reports: what in them would be printed as it stands, though its writer thinks that it will not be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.model import program as p
from sakip_rules.model import reports as r
from sakip_rules.model.functions import Functions
from sakip_rules.model.names import Program, everything
from sakip_rules.model.plain_texts import literals, placeholders


def check(program: Program, functions: Functions) -> Iterable[Diagnostic]:
    for definition in everything(program.layers[0].top):
        if isinstance(definition, r.Narrative):
            yield from _doubled(definition)
        for key, text in _written(definition):
            yield from (item.found(definition.place(key)) for item in literals(text))


def _doubled(narrative: r.Narrative) -> Iterator[Diagnostic]:
    """Names of figures between braces that are doubled, as a template for Word has them, and so are mere braces."""
    for part in narrative.text.parts:
        for item in placeholders(part) if isinstance(part, str) else ():
            yield item.found(narrative.text.span, item.text)


def _written(definition: p.Definition) -> Iterator[tuple[str, str]]:
    """What people wrote, by its key."""
    if isinstance(definition, r.FreeText):
        texts = {"teks": definition.text}
    elif isinstance(definition, p.Analysis):
        texts = {
            "penyebab": definition.causes, "permasalahan": definition.problems, "solusi": definition.solutions,
            "rencana_aksi": definition.actions,
        }  # fmt: skip
    else:
        return
    yield from ((key, text) for key, text in texts.items() if text)
