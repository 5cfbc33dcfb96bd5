"""From the rules of a report and its figures to a report that is ready to be laid out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.paragraphs import paragraphs
from sakip_rules.base.spelling import Spelling
from sakip_rules.model import program as p
from sakip_rules.model import reports as r
from sakip_rules.model.outline import parts, tables
from sakip_rules.model.publication import Heading, Part, Passage, Publication
from sakip_rules.report.cells import Cells, Words
from sakip_rules.report.charts import Charts
from sakip_rules.report.data_tables import DataTables
from sakip_rules.report.figures import Figures
from sakip_rules.report.indicators import published_indicators
from sakip_rules.report.lookup import Lookup
from sakip_rules.report.sentences import Sentences
from sakip_rules.report.tables import Tables


def build(
    figures: Figures,
    word: Words,
    calculator: r.Calculator,
    texts: Mapping[str, str | None],
    only: Collection[str] = (),
) -> tuple[Publication, tuple[Diagnostic, ...]]:
    """The report, and what in it cannot be shown as asked; with ``only``, nothing but the tables of these names.

    ``texts`` are what people wrote in files of their own, by the names of these; none where a file cannot be read.
    """
    builder = _Builder(figures, word, calculator, texts)
    report = figures.report
    agency = figures.program.target(report.agency)
    made = builder.tables_named(only) if only else builder.parts(report)
    publication = Publication(
        report.name, report.label, report.year, tuple(made), agency.label if agency else None, report.as_of,
        indicators=tuple(published_indicators(figures)),
    )  # fmt: skip
    return publication, tuple(builder.cells.diagnostics)


class _Builder:
    """Builds the parts of one report, each by what it is."""

    def __init__(
        self, figures: Figures, word: Words, calculator: r.Calculator, texts: Mapping[str, str | None]
    ) -> None:
        self.texts = texts
        self.program, self.report = figures.program, figures.report
        self.cells = Cells(figures.program, word)
        self.data = DataTables(self.cells, calculator)
        self.tables = Tables(figures, self.cells)
        self.charts = Charts(figures, self.cells, self.tables)
        self.sentences = Sentences(Lookup(figures, self.data), self.cells, calculator)

    def parts(self, block: p.Definition, around: tuple[p.Definition, ...] = ()) -> Iterator[Part]:
        """What stands in a report, a chapter or a part of one; ``around`` is what it stands in itself."""
        for part in parts(self.program, block, around):
            if isinstance(part, r.Chapter | r.Section):
                yield Heading(_heading(part), len(around) + 1)
                yield from self.parts(part, (*around, block))
            else:
                yield from self._part(part)

    def tables_named(self, names: Collection[str]) -> Iterator[Part]:
        for table in tables(self.program, self.report):
            if table.name in names:
                yield from self._part(table)

    def _part(self, block: p.Definition) -> Iterator[Part]:
        if isinstance(block, p.ReportTable):
            yield self.tables.table(block)
        elif isinstance(block, r.DataTable):
            yield self.data.table(block)
        elif isinstance(block, r.Chart):
            yield self.charts.chart(block)
        elif isinstance(block, r.Narrative):
            yield from self.sentences.passages(block)
        elif isinstance(block, r.FreeText):
            yield Passage(paragraphs(self._written(block)).strip(), block.name)

    def _written(self, block: r.FreeText) -> str:
        """What people wrote, here or in a file of its own."""
        if block.file is None:
            return block.text or ""
        if block.file not in self.texts:
            facts = {"file": block.file, "names": tuple(self.texts)}
            near = Spelling(self.texts).near(block.file)
            self.cells.found(Diagnostic(codes.TEXT_NOT_THERE, block.place("berkas"), facts, (), near))
        return self.texts.get(block.file) or ""


def _heading(block: r.Chapter | r.Section) -> str:
    """The title under its number: that of a chapter behind its kind, that of a part with a dot."""
    if block.number is None:
        return block.label
    if isinstance(block, r.Chapter):
        return f"{block.kind.upper()} {block.number} {block.label}"
    return f"{block.number.rstrip('.')}. {block.label}"
