"""What the checks found in the rules and data that the report was made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sakip_plugins.format_html.markup import Markup, element
from sakip_plugins.format_html.words import word
from sakip_rules import PublishedFinding

_LEVELS = ("galat", "peringatan", "catatan")
_WAIVED = "dikecualikan"


def findings(found: Sequence[PublishedFinding]) -> Markup:
    """All findings, those that are waived behind the others."""
    open_, waived = [each for each in found if not each.waiver], [each for each in found if each.waiver]
    counts = Counter(each.level for each in open_) + Counter({_WAIVED: len(waived)})
    told = [word(f"jumlah_{level}", count=counts[level]) for level in (*_LEVELS, _WAIVED) if counts[level]]
    head = element("h2", word("temuan"), id="temuan")
    summary = element("p", " · ".join(told) if told else word("tanpa_temuan"), class_="jumlah")
    return element("section", head, summary, _listed(open_), _waived(waived), aria_labelledby="temuan", class_="temuan")


def _waived(found: Sequence[PublishedFinding]) -> Iterator[Markup]:
    if found:
        yield element("h3", word(_WAIVED))
        yield from _listed(found)


def _listed(found: Iterable[PublishedFinding]) -> Iterator[Markup]:
    items = [_item(each) for each in found]
    if items:
        yield element("ol", items)


def _item(found: PublishedFinding) -> Markup:
    level = word(found.level) if found.level in _LEVELS else found.level
    badge = element("span", level, class_=f"tanda {found.level if found.level in _LEVELS else ''}".rstrip())
    return element(
        "li",
        element("p", badge, " ", element("code", found.code), " ", element("span", found.message, dir="auto")),
        element("p", word("saran", advice=found.advice), class_="saran", dir="auto") if found.advice else None,
        element("p", found.waiver, class_="saran", dir="auto") if found.waiver else None,
        element("p", element("code", found.place), class_="tempat") if found.place else None,
    )
