"""How the checks of the rules went, beside what they found: what none could judge, and which are off or changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sakip_rules.base.diagnostics import OFF
from sakip_rules.base.source import Source
from sakip_rules.messages.catalog import Catalog
from sakip_rules.messages.render import place

if TYPE_CHECKING:
    from sakip_rules.model.claims import Consistency


def told(consistency: Consistency, sources: Mapping[str, Source], words: Catalog, every: bool) -> Iterator[str]:
    """The lines of the summary, none where every check is on and could judge all; ``every`` place, or their count."""
    off = [name for name, level in consistency.levels if level == OFF]
    if off:
        yield words.text("validate.mati", names=", ".join(off))
    for name, level in consistency.levels:
        if level != OFF:
            yield words.text("validate.tingkat", name=name, level=words.tables["tingkat"][level])
    if not consistency.not_analysed:
        return
    names = ", ".join(sorted({item.check for item in consistency.not_analysed}))
    yield words.text("validate.tak_dianalisis", count=str(len(consistency.not_analysed)), names=names)
    for item in consistency.not_analysed if every else ():
        where = place(item.span, sources)
        yield words.text("validate.tak_dianalisis_di", place=where, name=item.check, what=item.missing)
