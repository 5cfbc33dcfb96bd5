"""What an exporter is: a format that figures or a report are written in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from attrs import frozen

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
class Exporter:
    """A format: its ``name``, which commands ask for, and the ``suffix`` of its files, with the dot.

    ``records`` writes the figures of an evaluation as one file; ``report`` writes the tables of a report as files by
    their names, which begin with the name of the report; ``form`` writes the form in which measured values are filled
    in.  Any may be missing, but not all.  An exporter formats; it never
    calculates or rounds.  ``extra`` is the optional dependency of its distribution that installs the libraries which it
    imports when it writes.
    """

    name: str
    suffix: str
    records: Callable[[Records], bytes] | None = None
    report: Callable[[Publication], Mapping[str, bytes]] | None = None
    form: Callable[[DataForm], bytes] | None = None
    extra: str | None = None
