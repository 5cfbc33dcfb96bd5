"""The performance tree as text for people and as JSON for programs."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from sakip_rules.base.numbers import decimals_of
from sakip_rules.base.source import Source
from sakip_rules.cli.results import target_text
from sakip_rules.cli.tree_words import Teller, printable
from sakip_rules.messages.catalog import Catalog
from sakip_rules.model import program as p
from sakip_rules.model.performance_tree import Node, PerformanceTree, Step

_WIDTH = 100
_LEAST = 40
#: What stands before a node below the one above it, and before what follows on its other lines.
_BRANCH, _LAST, _BAR, _SPACE, _ELSEWHERE = "├─ ", "└─ ", "│  ", "   ", "↗ "


def as_text(tree: PerformanceTree, steps: Sequence[Step], words: Catalog) -> str:
    """The tree with one line for each node and its facts below it, then what hangs in the air."""
    teller = Teller(tree, words)
    lines = [teller.title(), *(f"  {each}" for each in teller.documents()), ""]
    for at, step in enumerate(steps):
        opens = at + 1 < len(steps) and len(steps[at + 1].last) > len(step.last)
        lines += _lines(step, teller, opens)
    lines += _summary(teller, steps)
    return "\n".join(lines) + "\n"


def _lines(step: Step, teller: Teller, opens: bool) -> Iterator[str]:
    """A node: its title, wrapped, and its facts; a bar goes on beside them where something stands below it."""
    inner = "".join(_SPACE if last else _BAR for last in step.last)
    before = "".join(_SPACE if last else _BAR for last in step.last[:-1])
    branch = (_LAST if step.last[-1] else _BRANCH) if step.last else ""
    after = inner + (_BAR if opens else _SPACE)
    head = f"{teller.called(step.node)} · {printable(step.node.title)}"
    if step.reference:
        shown = teller.tree.nodes[step.node.supports[0]]
        head = _ELSEWHERE + teller.words.text("pohon.di_bawah", head=head, other=teller.called(shown))
    first, *rest = _wrapped(head, len(after))
    yield f"{before}{branch}{first}"
    for line in rest:
        yield f"{after}{line}".rstrip()
    for fact in () if step.reference else teller.facts(step.node):
        for line in _wrapped(fact, len(after)):
            yield f"{after}{line}".rstrip()


def _wrapped(text: str, indent: int) -> list[str]:
    return textwrap.wrap(text, max(_WIDTH - indent, _LEAST), break_long_words=False, break_on_hyphens=False) or [""]


def _summary(teller: Teller, steps: Sequence[Step]) -> Iterator[str]:
    """The budget of all that is shown from here down, and what no document links."""
    nodes = _all_below(teller.tree, steps)
    cost = teller.tree.cost() if _is_whole(teller.tree, steps) else None
    if cost:
        yield ""
        yield teller.cost(cost, "pohon.pagu_semua")
    gaps = list(teller.gaps(nodes))
    if gaps:
        yield ""
        yield teller.words.text("pohon.menggantung")
    for key, found in gaps:
        counted = Counter(teller.words.text(f"jenjang.{each.kind.value}").lower() for each in found)
        names = [f"{count} {kind}" for kind, count in counted.items()]
        if key != "tanpa_pengampu":
            names = [each.name for each in found]
        yield from textwrap.wrap(
            f"- {teller.words.text(f'pohon.{key}')}: {', '.join(names)}", _WIDTH, subsequent_indent="  ",
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip


def _is_whole(tree: PerformanceTree, steps: Sequence[Step]) -> bool:
    return [step.node for step in steps if not step.last] == list(tree.roots)


def _all_below(tree: PerformanceTree, steps: Sequence[Step]) -> Iterator[Node]:
    """What stands at or below the roots of a walk, however deep the walk went."""
    if _is_whole(tree, steps):
        yield from tree.nodes.values()
    else:
        for step in steps:
            if not step.last:
                yield step.node
                yield from tree.descendants(step.node)


# For programs.


def as_json(tree: PerformanceTree, steps: Sequence[Step], words: Catalog, sources: Mapping[str, Source]) -> str:
    """Every node once, its links by identity, and its numbers as exact text with a decimal point."""
    teller, inside = Teller(tree, words), frozenset(_all_below(tree, steps))
    total = tree.cost() if _is_whole(tree, steps) else tree.cost(steps[0].node)
    return (
        json.dumps(
            {
                "tahun": tree.year,
                "per": tree.as_of.isoformat() if tree.as_of else None,
                "dokumen": [_document(each) for each in tree.documents],
                "pagu": _exact(total.amount) if total else None,
                "akar": [step.node.identity for step in steps if not step.last],
                "lintas": [each.identity for each in tree.cross_cutting() if each in inside],
                "simpul": [_fields(tree, step.node, sources) for step in steps if not step.reference],
                "menggantung": {key: [each.identity for each in found] for key, found in teller.gaps(inside)},
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


def _document(document: p.Definition) -> dict[str, object]:
    decided = getattr(document, "decided", None)
    return {
        "jenis": document.kind,
        "nama": document.name,
        "judul": document.label,
        "ditetapkan": decided.isoformat() if decided else None,
    }


def _fields(tree: PerformanceTree, node: Node, sources: Mapping[str, Source]) -> dict[str, object]:
    cost = tree.cost(node)
    line, column = sources[node.span.path].position(node.span.start)
    return {
        "id": node.identity,
        "jenis": node.kind.value,
        "nama": node.name,
        "judul": node.title,
        "nomor": node.number,
        "dokumen": node.document.name if node.document else None,
        "indikator_kinerja": node.measured,
        "target": _exact_target(node.target),
        "satuan": getattr(node.target, "unit", None) or node.unit,
        "dokumen_target": node.setter.name if node.setter else None,
        "diperjanjikan": node.promised,
        "pagu_tercetak": None if node.budget is None else _exact(node.budget),
        "pagu": _exact(cost.amount) if cost else None,
        "tanpa_pagu": [each.identity for each in cost.unknown] if cost else [],
        "penanggung_jawab": [_carrier(each) for each in node.carriers],
        "mitra": [_partner(each, shared.stated_by) for shared in node.together for each in shared.partners],
        "mendukung": list(node.supports),
        "pendukung": list(node.supported_by),
        "tempat": {"berkas": node.span.path, "baris": line, "kolom": column},
    }


def _carrier(definition: p.Definition) -> dict[str, object]:
    return {"nama": definition.name, "judul": definition.label, "pimpinan": getattr(definition, "head", None)}


def _partner(agency: p.Definition, stated_by: p.Partnership | None) -> dict[str, object]:
    purpose, source = (stated_by.label, stated_by.source) if stated_by else (None, None)
    return {"nama": agency.name, "judul": agency.label, "untuk": purpose, "sumber": source}


def _exact_target(target: p.Target | None) -> str | None:
    if isinstance(target, p.Quantity):
        return _exact(target.number)
    return None if target is None else target_text(target)


def _exact(number: Fraction) -> str:
    """All digits of a number with a decimal point, or a fraction where they would never end."""
    places = decimals_of(number)
    if places is None:
        return f"{number.numerator}/{number.denominator}"
    digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    whole = digits[: len(digits) - places]
    return f"{'-' if number < 0 else ''}{whole}{'.' + digits[-places:] if places else ''}"
