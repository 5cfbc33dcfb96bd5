"""What is said of each node of a performance tree, in the reader's language: the same in text and in drawings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from sakip_rules.base.numbers import format_number
from sakip_rules.cli.results import target_text
from sakip_rules.messages.catalog import Catalog
from sakip_rules.model import program as p
from sakip_rules.model.performance_tree import SPENDING, Cost, Node, NodeKind, PerformanceTree


class Teller:
    """Puts the nodes of one tree into words."""

    def __init__(self, tree: PerformanceTree, words: Catalog) -> None:
        self.tree, self.words = tree, words

    def title(self) -> str:
        return self.words.text("pohon.judul", year=str(self.tree.year))

    def documents(self) -> Iterator[str]:
        """The documents that the tree rests on, each with the day of its decision where it has one."""
        for document in self.tree.documents:
            decided = getattr(document, "decided", None)
            key = "pohon.dokumen" if decided else "pohon.dokumen_tanpa_tanggal"
            yield self.words.text(key, title=printable(document.label), date=decided)

    def called(self, node: Node) -> str:
        """The level and number of a node, as in ``Sasaran 1.1``."""
        return printable(f"{self.words.text(f'jenjang.{node.kind.value}')} {node.number or ''}")

    def facts(self, node: Node, brief: bool = False) -> list[str]:
        """Target, budget, who carries it, other agencies, and what else it supports."""
        found = [*self._target(node, brief), *self._budget(node)]
        if node.carriers:
            found.append(self.words.text("pohon.pengampu", names=_titles(node.carriers)))
        for each in node.together:
            purpose = printable(each.stated_by.label) if each.stated_by else None
            key = "pohon.mitra_untuk" if purpose else "pohon.mitra"
            found.append(self.words.text(key, names=_titles(each.partners), title=purpose))
        if not brief and (others := [each for each in self.tree.lines(node) if each.identity != node.supports[0]]):
            found.append(self.words.text("pohon.juga", names=tuple(map(self.called, others))))
        return found

    def _target(self, node: Node, brief: bool) -> Iterator[str]:
        if node.measured and not brief:
            yield self.words.text("pohon.indikator_kinerja", title=printable(node.measured))
        if node.target is not None:
            text = self.words.text("pohon.target", target=amount_text(node.target, node.unit))
            yield text if node.promised or node.setter is None else f"{text} {self._set_by(node.setter)}"
        elif node.kind is NodeKind.INDICATOR:
            yield self.words.text("pohon.target_tidak_ada" if node.setter else "pohon.target_tidak_disebut")

    def _set_by(self, document: p.Definition) -> str:
        return self.words.text("pohon.menurut", document=document.kind)

    def _budget(self, node: Node) -> Iterator[str]:
        cost = self.tree.cost(node)
        if cost is None:
            return
        if node.kind not in SPENDING:
            yield self.cost(cost, "pohon.pagu_seluruhnya")
            yield from self._shared(node)
        elif node.budget is not None and cost.amount != node.budget:
            amounts = {"printed": rupiah(node.budget), "parts": rupiah(cost.amount)}
            yield self.words.text("pohon.pagu_berbeda", **amounts)
        elif node.budget is not None:
            yield self.words.text("pohon.pagu", amount=rupiah(node.budget))
        else:
            yield self.words.text("pohon.pagu_tidak_disebut")

    def _shared(self, node: Node) -> Iterator[str]:
        """The budgets in it that count for other lines, too."""
        for child in self.tree.children(node):
            others = [each for each in self.tree.lines(child) if each is not node]
            cost = self.tree.cost(child)
            if child.kind in SPENDING and cost and others and node.identity not in child.shares:
                facts = {"amount": rupiah(cost.amount), "names": tuple(map(self.called, others))}
                yield self.words.text("pohon.pagu_bersama", **facts)

    def cost(self, cost: Cost, key: str) -> str:
        """An amount, and how many programmes or activities in it have no budget."""
        text = self.words.text(key, amount=rupiah(cost.amount))
        missing = self.words.text("pohon.tanpa_pagu", count=str(len(cost.unknown)))
        return f"{text} {missing}" if cost.unknown else text

    def gaps(self, within: Iterable[Node]) -> Iterator[tuple[str, tuple[Node, ...]]]:
        """What hangs in the air, as the key of its heading with the nodes that it is about."""
        gaps, inside = self.tree.gaps(), {each.identity for each in within}
        for key, nodes in (
            ("tanpa_pendukung", gaps.unsupported),
            ("tanpa_tujuan", gaps.unattached),
            ("tanpa_sasaran", gaps.aimless),
            ("tanpa_program", gaps.unfunded),
            ("tanpa_pengampu", gaps.uncarried),
        ):
            if found := tuple(each for each in nodes if each.identity in inside):
                yield key, found


def _titles(definitions: Iterable[p.Definition]) -> tuple[str, ...]:
    return tuple(printable(each.label) for each in definitions)


def rupiah(amount: Fraction) -> str:
    """An amount of money as Indonesians write it."""
    return f"Rp {format_number(amount)}"


def amount_text(target: p.Target, unit: str | None) -> str:
    """A target with its unit: the one written at it, or that of its indicator."""
    text = target_text(target)
    own = getattr(target, "unit", None) or (unit if not isinstance(target, p.Label) else None)
    if own is None or (isinstance(target, p.Interval) and target.unit):
        return text
    return f"{text}%" if own == "%" else f"{text} {own}"


def printable(text: str) -> str:
    """A text on one line, without what a terminal or a drawing could take for a command."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())
