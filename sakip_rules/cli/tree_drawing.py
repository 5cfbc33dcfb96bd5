"""The performance tree as a drawing: Mermaid text, and SVG by way of the program ``dot`` of Graphviz."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.cli.tree_words import Teller, printable
from sakip_rules.messages.catalog import Catalog
from sakip_rules.model.performance_tree import Node, NodeKind, PerformanceTree, Step

#: Marks to a line, for titles and for the smaller facts, and the points that such a line takes at least.
_WIDTH, _SMALL, _POINTS = 38, 46, 216
_SECONDS = 120
_FONT, _END = '"Arial"', '<br align="left"/>'
_INK, _LINE, _ACROSS = "#1f2933", "#8a94a0", "#a4521e"


@frozen
class _Look:
    """The colours of a level: its ground and its border."""

    ground: str
    border: str


#: Sober grounds, cool for what is wanted and warm for what is done and paid.
_LOOKS: Mapping[NodeKind, _Look] = {
    NodeKind.VISION: _Look("#d5dbe3", "#5b6b7d"),
    NodeKind.MISSION: _Look("#dfe4ea", "#5b6b7d"),
    NodeKind.GOAL: _Look("#dbe7f3", "#4f7399"),
    NodeKind.OBJECTIVE: _Look("#e2efe3", "#5b8560"),
    NodeKind.INDICATOR: _Look("#ffffff", "#8a94a0"),
    NodeKind.PROGRAMME: _Look("#f5e8d3", "#a9803f"),
    NodeKind.ACTIVITY: _Look("#fbf4e7", "#c2a26b"),
    NodeKind.SUB_ACTIVITY: _Look("#fdfaf4", "#d3bf98"),
}


@frozen
class _Edge:
    above: str
    below: str
    across: bool


@frozen
class _Drawing:
    """The shown nodes by the short names that a drawing gives them, and the links between them."""

    nodes: Mapping[str, Node]
    edges: tuple[_Edge, ...]


def _drawing(tree: PerformanceTree, steps: Sequence[Step]) -> _Drawing:
    """Links to a node that is shown elsewhere, too, are drawn: it is there once."""
    shown = [step.node for step in steps if not step.reference]
    names = {node.identity: f"n{number}" for number, node in enumerate(shown)}
    edges = [
        _Edge(names[above.identity], names[node.identity], at > 0)
        for node in shown
        for at, above in enumerate(each for each in tree.lines(node) if each.identity in names)
    ]
    return _Drawing({names[node.identity]: node for node in shown}, tuple(edges))


def _wrapped(text: str, width: int = _WIDTH) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False)


# Mermaid.


def as_mermaid(tree: PerformanceTree, steps: Sequence[Step], words: Catalog) -> str:
    """A flowchart that any reader of Mermaid draws, with nothing in it but shapes, links and escaped labels."""
    teller, drawing = Teller(tree, words), _drawing(tree, steps)
    lines = ["flowchart LR"]
    for name, node in drawing.nodes.items():
        texts = (teller.called(node), printable(node.title), *teller.facts(node, brief=True))
        label = "<br/>".join(_for_mermaid(line) for text in texts for line in _wrapped(text))
        lines.append(f'    {name}["{label}"]:::{node.kind.value}')
    lines += [f"    {edge.above} {'-.-' if edge.across else '---'} {edge.below}" for edge in drawing.edges]
    for kind in dict.fromkeys(node.kind for node in drawing.nodes.values()):
        look = _LOOKS[kind]
        lines.append(f"    classDef {kind.value} fill:{look.ground},stroke:{look.border},color:{_INK},text-align:left")
    return "\n".join(lines) + "\n"


def _for_mermaid(line: str) -> str:
    """A line of a label: every mark that Mermaid, its Markdown or HTML could read as its own is a number."""
    escaped = re.sub(r"""["#&<>`%;{}\[\]|\\*_~^$=@]""", lambda mark: f"#{ord(mark[0])};", line)
    return re.sub(r"^(\s*\d*)([.)+-])", lambda match: f"{match[1]}#{ord(match[2])};", escaped)


# Graphviz.


def as_dot(tree: PerformanceTree, steps: Sequence[Step], words: Catalog) -> str:
    """The text that ``dot`` draws; labels are escaped, so that no title can become an instruction."""
    teller, drawing = Teller(tree, words), _drawing(tree, steps)
    lines = [
        "digraph {",
        f"  graph [rankdir=LR, nodesep=0.14, ranksep=0.5, labelloc=t, labeljust=l, pad=0.3, fontname={_FONT}, "
        f'fontsize=12, fontcolor="{_INK}", label=<{_heading(teller, drawing)}>];',
        f'  node [shape=box, style="filled,rounded", fontname={_FONT}, fontsize=11, fontcolor="{_INK}", '
        'margin="0.12,0.07"];',
        f'  edge [dir=none, tailport=e, headport=w, color="{_LINE}"];',
    ]
    for name, node in _first_lowest(drawing):
        look = _LOOKS[node.kind]
        lines.append(f'  {name} [label=<{_box(teller, node)}>, fillcolor="{look.ground}", color="{look.border}"];')
    across = f' [style=dashed, color="{_ACROSS}"]'
    lines += [f"  {edge.above} -> {edge.below}{across if edge.across else ''};" for edge in drawing.edges]
    return "\n".join((*lines, "}")) + "\n"


def _first_lowest(drawing: _Drawing) -> Iterator[tuple[str, Node]]:
    """The nodes line by line, the last root's first: ``dot`` puts the first of separate trees lowest."""
    below = {edge.below for edge in drawing.edges}
    trees: list[list[tuple[str, Node]]] = []
    for name, node in drawing.nodes.items():
        if name not in below:
            trees.append([])
        trees[-1].append((name, node))
    for tree in reversed(trees):
        yield from tree


def _heading(teller: Teller, drawing: _Drawing) -> str:
    lines = [f'<font point-size="17"><b>{html.escape(teller.title())}</b></font>']
    lines += [html.escape(each) for each in teller.documents()]
    if any(edge.across for edge in drawing.edges):
        key = html.escape(teller.words.text("pohon.garis_putus"))
        lines.append(f'<font color="{_ACROSS}">{key}</font>')
    return "".join(line + _END for line in lines) + _END


def _box(teller: Teller, node: Node) -> str:
    """A label of one width: the level in bold, the title, and the facts smaller."""
    head = f"<b>{html.escape(teller.called(node))}</b>{_END}"
    title = "".join(html.escape(line) + _END for line in _wrapped(printable(node.title)))
    facts = [html.escape(line) + _END for fact in teller.facts(node, brief=True) for line in _wrapped(fact, _SMALL)]
    small = f'<font point-size="9.5">{"".join(facts)}</font>' if facts else ""
    cell = f'<tr><td align="left" balign="left">{head}{title}{small}</td></tr>'
    return f'<table border="0" cellborder="0" cellspacing="0" cellpadding="0" width="{_POINTS}">{cell}</table>'


def as_svg(dot: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The drawing of ``dot``, or why there is none: it is not installed, or could not draw."""
    program = shutil.which("dot")
    if program is None:
        return None, (Diagnostic(codes.NO_GRAPHVIZ, None),)
    try:
        done = subprocess.run(
            [program, "-Tsvg"], input=dot.encode(), capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return None, (Diagnostic(codes.GRAPHVIZ_FAILED, None, {"cause": "too_long"}),)
    except OSError:
        return None, (Diagnostic(codes.GRAPHVIZ_FAILED, None, {"cause": "does_not_start"}),)
    if done.returncode or not done.stdout:
        said = printable(done.stderr.decode("utf-8", "replace"))[:120]
        return None, (Diagnostic(codes.GRAPHVIZ_FAILED, None, {"cause": said or "other"}),)
    return done.stdout.decode("utf-8", "replace").replace("\r\n", "\n"), ()
