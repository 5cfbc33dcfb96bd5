"""What ``tree`` shows: where it begins, and how it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.source import Source
from sakip_rules.base.spelling import nearest
from sakip_rules.cli import tree_drawing, tree_text
from sakip_rules.messages.catalog import Catalog
from sakip_rules.model.performance_tree import Node, PerformanceTree, Step


def start(tree: PerformanceTree, name: str | None) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The node that a name means, or why there is none; without a name, none."""
    if name is None:
        return None, ()
    found = tree.find(name)
    if len(found) == 1:
        return found[0], ()
    if found:
        names = tuple(node.identity for node in found)
        return None, (Diagnostic(codes.AMBIGUOUS_REQUEST, None, {"name": name, "names": names, "first": names[0]}),)
    known = {text for node in tree.nodes.values() for text in (node.name, node.name.rpartition(".")[2])}
    facts = {"name": name, "year": tree.year}
    return None, (Diagnostic(codes.NOT_IN_TREE, None, facts, near=nearest(name, known)),)


def written(
    tree: PerformanceTree, steps: Sequence[Step], form: str, words: Catalog, sources: Mapping[str, Source]
) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The shown part of a tree in one of the formats, or why it cannot be written so."""
    if form == "json":
        return tree_text.as_json(tree, steps, words, sources), ()
    if form == "mermaid":
        return tree_drawing.as_mermaid(tree, steps, words), ()
    if form == "svg":
        return tree_drawing.as_svg(tree_drawing.as_dot(tree, steps, words))
    return tree_text.as_text(tree, steps, words), ()
