"""What an exporter is: a format that figures or a report are written in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from attrs import frozen

from sakip_rules.base.diagnostics import Code, Diagnostic
from sakip_rules.model.data_form import DataForm
from sakip_rules.model.publication import Publication

#: A field: an exact decimal, or a text; a number whose decimals never end is a text such as ``1/3``.
Field = Decimal | str | int | None
#: The fields of every record, in their order.
FIELDS = (
    "jenis", "nama", "judul", "sasaran", "tahun", "periode", "satuan", "target", "realisasi", "capaian",
    "capaian_sebelum_pembulatan", "kategori", "status", "kemajuan", "pagu", "serapan", "persen_serapan", "efisiensi",
)  # fmt: skip


@frozen
class Records:
    """What an evaluation gives: ``about`` names its agreement and its method, and every row has all ``fields``."""

    about: Mapping[str, str]
    rows: tuple[Mapping[str, Field], ...]
    fields: tuple[str, ...] = FIELDS


@frozen
class Template:
    """A file that a report is written into: its name, as findings show it, and its unchecked bytes."""

    name: str
    content: bytes


class RefusedError(Exception):
    """An exporter does not write what it was given; ``findings`` say why, with codes that it declares."""

    def __init__(self, *findings: Diagnostic) -> None:
        super().__init__(*(item.code.name for item in findings))
        self.findings = findings


@frozen
class Exporter:
    """A format: its ``name``, which commands ask for, and the ``suffix`` of its files, with the dot.

    ``records`` writes the figures of an evaluation as one file; ``report`` writes the tables of a report as files by
    their names, which begin with the name of the report, and ``template`` writes them into a file of the agency;
    ``form`` writes the form in which measured values are filled in.  Any may be missing, but not all.  What it cannot
    write it refuses with ``RefusedError`` and some of its ``codes``.  An exporter formats; it never calculates or
    rounds.  One that shows neither explanations nor findings says so by ``annotated``, and the time to make them is
    saved.  ``extra`` is the optional dependency of its distribution that installs the libraries which it imports when
    it writes.
    """

    name: str
    suffix: str
    records: Callable[[Records], bytes] | None = None
    report: Callable[[Publication], Mapping[str, bytes]] | None = None
    template: Callable[[Publication, Template], Mapping[str, bytes]] | None = None
    codes: tuple[Code, ...] = ()
    annotated: bool = True
    form: Callable[[DataForm], bytes] | None = None
    extra: str | None = None
