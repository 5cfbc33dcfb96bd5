"""One page: the parts of the report in their order, a table of contents, the explanations, and the findings."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from sakip_plugins.format_html.charts import chart
from sakip_plugins.format_html.explanations import Explanations
from sakip_plugins.format_html.findings import findings
from sakip_plugins.format_html.markup import Markup, element, join, lines
from sakip_plugins.format_html.tables import table
from sakip_plugins.format_html.words import day, word
from sakip_rules import Heading, Passage, Publication, PublishedChart, PublishedTable


@frozen
class Entry:
    """A line of the table of contents: how deep it stands, its name on the page, and what it says."""

    level: int
    name: str
    text: str


def report(found: Publication) -> Mapping[str, bytes]:
    """The whole report as one file."""
    return {f"{found.name}.html": f"<!doctype html>\n{_page(found)}\n".encode()}


def _page(found: Publication) -> Markup:
    style = Markup(Path(__file__).with_name("gaya.css").read_text(encoding="utf-8"))
    explanations = Explanations(found.explanations)
    entries, parts = _parts(found, explanations)
    entries.append(Entry(1, "temuan", word("temuan")))
    main = element("main", parts, findings(found.findings), explanations.section(), id="isi", tabindex=-1)
    body = element(
        "body", element("a", word("lompat"), class_="lompat", href="#isi"),
        _header(found), element("div", _contents(entries), main, class_="badan"), _footer(found),
    )  # fmt: skip
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(style)),
        element("meta", name="color-scheme", content="light dark"),
        element("title", found.title),
        element("style", style),
    )
    return element("html", head, body, lang="id")


def _policy(style: str) -> str:
    """Nothing but the page itself is loaded or run."""
    seal = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{seal}'; base-uri 'none'; form-action 'none'"


def _header(found: Publication) -> Markup:
    about = [str(found.year)] if str(found.year) not in found.title else []
    about += [word("per", date=day(found.as_of))] if found.as_of else []
    return element(
        "header",
        element("p", found.agency, class_="instansi", dir="auto") if found.agency else None,
        element("h1", found.title, dir="auto"),
        element("p", " · ".join(about), class_="keterangan") if about else None,
        element("p", word("petunjuk"), class_="petunjuk") if found.explanations else None,
    )


def _footer(found: Publication) -> Markup:
    return element("footer", element("p", " · ".join(part for part in (found.agency, found.title) if part)))


# The parts of the report.


def _parts(found: Publication, explanations: Explanations) -> tuple[list[Entry], list[Markup]]:
    """What the page holds, and the lines of its table of contents."""
    entries: list[Entry] = []
    parts: list[Markup] = []
    level = 0
    for number, part in enumerate(found.parts, 1):
        name = f"bagian-{number}"
        match part:
            case Heading():
                level = min(part.level, level + 1)  # screen readers count on it that no level is left out
                entries.append(Entry(level, name, part.text))
                parts.append(element(f"h{min(level + 1, 6)}", part.text, id=name, dir="auto"))
            case Passage():
                parts.append(_passage(part))
            case PublishedTable():
                entries.append(Entry(level + 1, name, _called("tabel", part.number, part.title)))
                parts.append(table(part, name, explanations))
            case PublishedChart():
                entries.append(Entry(level + 1, name, _called("gambar", part.number, part.title)))
                parts.append(chart(part, name, explanations))
    return entries, parts


def _called(kind: str, number: str | None, title: str) -> str:
    return f"{word(kind, number=number)} {title}" if number else title


def _passage(part: Passage) -> Markup:
    paragraphs = (each.strip("\n") for each in part.text.split("\n\n"))
    return join(element("p", lines(each), dir="auto") for each in paragraphs if each.strip())


# The table of contents.


def _contents(entries: Sequence[Entry]) -> Markup:
    head = element("h2", word("daftar_isi"), id="daftar-isi")
    return element("nav", head, join(_list(entries)), aria_labelledby="daftar-isi")


def _list(entries: Sequence[Entry]) -> Iterator[Markup]:
    """Entries of one level as a list, each with the deeper ones that follow it below it."""
    if not entries:
        return
    top = min(entry.level for entry in entries)
    starts = [at for at, entry in enumerate(entries) if entry.level == top]
    yield from _list(entries[: starts[0]])  # deeper ones that stand below nothing
    items = (
        element("li", element("a", entries[at].text, href=f"#{entries[at].name}", dir="auto"),
                join(_list(entries[at + 1 : end])))
        for at, end in zip(starts, [*starts[1:], len(entries)], strict=True)
    )  # fmt: skip
    yield element("ol", items)
