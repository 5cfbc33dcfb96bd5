"""Reports: on the screen, and in files of any format that a plugin brings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.spelling import nearest
from sakip_rules.cli.progress import watched
from sakip_rules.cli.results import columns_of_text
from sakip_rules.cli.writing import write_whole
from sakip_rules.guards import PluginError
from sakip_rules.messages.catalog import Catalog
from sakip_rules.model import program as p
from sakip_rules.model.exporters import RefusedError, Template
from sakip_rules.model.outline import tables
from sakip_rules.model.publication import Heading, Part, Passage, PublishedChart, PublishedRow, PublishedTable

if TYPE_CHECKING:
    from sakip_rules.files import Loaded
    from sakip_rules.model.exporters import Exporter
    from sakip_rules.model.publication import Publication
    from sakip_rules.project import Project

#: How wide a column of text may become before its cells are wrapped.
_WIDEST = 34
#: How wide a line of a passage is.
_PAGE = 100


class NotFoundError(Exception):
    """A report or table that was asked for is not there; the finding tells what was likely meant."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(name)
        self.finding = Diagnostic(codes.NOT_FOUND, None, {"name": name}, near=nearest(name, known))


def chosen(project: Project, name: str | None, year: int | None) -> p.Report | None:
    """The report asked for: by its name, by its year, or else the newest."""
    reports = project.program.own(p.Report)
    if name is not None:
        found = next((report for report in reports if report.name == name), None)
        if found is None:
            raise NotFoundError(name, (report.name for report in reports))
        return found
    fitting = [report for report in reports if year in (None, report.year)]
    return max(fitting, key=lambda report: report.year, default=None)


def look_for(project: Project, report: p.Report, names: Iterable[str]) -> None:
    """Every table that is asked for is there."""
    known = {table.name for table in tables(project.program, report)}
    for name in names:
        if name not in known:
            raise NotFoundError(name, known)


# On the screen.


def as_text(publication: Publication, words: Catalog) -> str:
    """The title of the report, and each of its parts in order: tables and charts under their numbers and titles."""
    parts = [[publication.title], *(_part(part, words) for part in publication.parts)]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _part(part: Part, words: Catalog) -> list[str]:
    if isinstance(part, Heading):
        return [part.text, "=-"[min(part.level, 2) - 1] * len(part.text)]
    if isinstance(part, Passage):
        return [line for paragraph in part.text.split("\n") for line in wrap(paragraph, _PAGE) or [""]]
    return _table(part, words) if isinstance(part, PublishedTable) else _chart(part, words)


def _chart(chart: PublishedChart, words: Catalog) -> list[str]:
    """A chart as a table: its categories, with the figures of each series."""
    number = words.text("report.gambar", number=chart.number) + "  " if chart.number else ""
    body = [[name, *(each.points[at].text for each in chart.series)] for at, name in enumerate(chart.categories)]
    heads = ["", *(each.label for each in chart.series)]
    source = ["", words.text("report.sumber", source=chart.source)] if chart.source else []
    return [f"{number}{chart.title}", "", *columns_of_text(heads, body, [_WIDEST] * len(heads)), *source]


def _table(table: PublishedTable, words: Catalog) -> list[str]:
    number = words.text("report.nomor", number=table.number) + "  " if table.number else ""
    heads = [f"{column.group}\n{column.heading}" if column.group else column.heading for column in table.columns]
    body = [_cells(row) for row in (*table.rows, *table.closing)]
    if not body:
        return [f"{number}{table.title}", "", table.when_empty or words.text("report.kosong")]
    texts = [any(row.cells[at].number is None and row.cells[at].text for row in table.rows) for at in range(len(heads))]
    widths = [_WIDEST if text else 0 for text in texts]
    source = ["", words.text("report.sumber", source=table.source)] if table.source else []
    return [f"{number}{table.title}", "", *columns_of_text(heads, body, widths), *source]


def _cells(row: PublishedRow) -> list[str]:
    return [cell.text if cell.height else "" for cell in row.cells]


# In files.


def files_of(
    publication: Publication,
    exporters: Sequence[Exporter],
    templates: Mapping[str, Loaded],
    annotate: Callable[[Publication], Publication],
) -> Iterator[tuple[str, bytes] | Diagnostic]:
    """The files of a report in some formats, by name; a format that fails is a finding, and the others go on."""
    annotated = annotate(publication) if any(exporter.annotated for exporter in exporters) else publication
    for exporter in watched(exporters, lambda each: each.name):
        try:
            found = annotated if exporter.annotated else publication
            yield from _written(found, exporter, templates.get(exporter.name)).items()
        except PluginError as error:
            yield error.finding
        except RefusedError as refusal:
            yield from refusal.findings


def _written(publication: Publication, exporter: Exporter, template: Loaded | None) -> Mapping[str, bytes]:
    """The files of one format; none where a finding of the rules says that its template cannot be used."""
    if template is None:
        assert exporter.report  # or it could not have been asked for
        return exporter.report(publication)
    if exporter.template is None or template.diagnostics:
        return {}
    return exporter.template(publication, Template(template.shown, template.raw))


def save(files: Iterable[tuple[str, bytes] | Diagnostic], folder: Path) -> tuple[list[Path], tuple[Diagnostic, ...]]:
    """Write files whole or not at all, and tell which were written and what stood in the way of others."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    findings: list[Diagnostic] = []
    for item in files:
        if isinstance(item, Diagnostic):
            findings.append(item)
            continue
        path = folder / item[0]
        if item[0].casefold() in (each.name.casefold() for each in written):
            findings.append(Diagnostic(codes.OUTPUT_TWICE, None, {"file": item[0]}))
            continue
        faults = write_whole(path, item[1], path.as_posix())
        findings += faults
        written += [] if faults else [path]
    return written, tuple(findings)


def writing(exporters: Mapping[str, Exporter], what: str) -> tuple[str, ...]:
    """The names of the formats that write something: ``records`` or ``report``."""
    return tuple(sorted(name for name, exporter in exporters.items() if getattr(exporter, what)))
