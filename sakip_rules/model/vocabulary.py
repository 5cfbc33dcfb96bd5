"""The vocabulary: which kinds, keys and table columns exist, of what type, and which attribute each fills.

This one table drives reading, checking, "did you mean", completion and the reference pages; what each word means to
a person stands in the message catalogues.  A new kind is a new row here, or a row that a plugin adds; the grammar
does not change.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from attrs import evolve, frozen

from sakip_rules.model import program as p
from sakip_rules.model import reports as r


class Type(Enum):
    """How a value or a cell is read."""

    TEXT = "teks"
    NAME = "nama"
    REFERENCE = "rujukan"
    REFERENCES = "daftar_rujukan"
    TEXTS = "daftar_teks"
    ROWS = "daftar_baris"
    UNIT = "satuan"
    NUMBER = "bilangan"
    INTEGER = "bilangan_bulat"
    WEIGHT = "bobot"
    QUANTITY = "besaran"
    TARGET = "target"
    RANGE = "rentang"
    DATE = "tanggal"
    YEAR = "tahun"
    PERIOD = "masa"
    EXPRESSION = "rumus"
    CONDITION = "syarat"
    OUTCOME = "hasil"
    ROUNDING = "pembulatan"
    DECIMALS = "desimal"
    INPUTS = "masukan"
    CHOICE = "pilihan"
    POLICY = "kebijakan"
    STEP_VALUE = "nilai_langkah"
    GIVEN = "nilai_contoh"
    SUBJECT = "hal"
    CLAIM = "pernyataan"
    MESSAGE = "kalimat"
    CHOICES = "daftar_pilihan"
    PROSE = "karangan"
    DATA = "isian"


@frozen
class Key:
    """A key of a block, or a column of a table: its word, its type, and the attribute that it fills."""

    word: str
    attribute: str
    type: Type
    required: bool = False
    refers_to: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@frozen
class Table:
    """A table that a kind takes.

    ``years`` is the type of its columns that are headed by a year, ``free`` of those with any name, where it has such.
    """

    attribute: str
    row: type[p.Line]
    columns: tuple[Key, ...]
    years: Type | None = None
    free: Type | None = None

    def column(self, word: str) -> Key | None:
        return next((column for column in self.columns if column.word == word), None)


@frozen
class Kind:
    """A kind of block: what it fills, what may stand in it, and where it may stand.

    ``anonymous`` kinds need no name.  ``given`` is the type of keys with free names, where the kind takes any.
    """

    word: str
    model: type[p.Definition]
    keys: tuple[Key, ...]
    tables: tuple[Table, ...] = ()
    children: tuple[str, ...] = ()
    top: bool = True
    anonymous: bool = False
    given: Type | None = None

    def key(self, word: str) -> Key | None:
        return next((key for key in self.keys if key.word == word), None)


@frozen
class Vocabulary:
    """All kinds, by word."""

    kinds: Mapping[str, Kind]

    def with_kinds(self, *kinds: Kind) -> Vocabulary:
        """The vocabulary with further kinds, or with others in the place of known ones."""
        return evolve(self, kinds=MappingProxyType({**self.kinds, **{kind.word: kind for kind in kinds}}))

    @property
    def added(self) -> tuple[Kind, ...]:
        """The kinds that the language itself does not have, or has otherwise."""
        return tuple(kind for word, kind in self.kinds.items() if CORE.kinds.get(word) is not kind)

    @property
    def added_records(self) -> tuple[type, ...]:
        """The classes that these kinds and their tables fill."""
        return tuple(record for kind in self.added for record in (kind.model, *(table.row for table in kind.tables)))


def _refs(*kinds: str) -> tuple[str, ...]:
    return kinds


_BASIS = Key("dasar", "basis", Type.REFERENCES, refers_to=_refs("peraturan"))
_NOTE = Key("catatan", "note", Type.TEXT)
_SOURCE = Key("sumber", "source", Type.TEXT)
_UNIT = Key("satuan", "unit", Type.UNIT)
_ROUNDING = Key("pembulatan", "rounding", Type.ROUNDING)
_EFFECTIVE = Key("berlaku", "effective", Type.PERIOD)
_DECIDED = Key("ditetapkan", "decided", Type.DATE)
_AGENCY = Key("instansi", "agency", Type.REFERENCE, refers_to=_refs("instansi"))
_NUMBER = Key("nomor", "number", Type.TEXT)
_SUPPORTS = Key("mendukung", "supports", Type.REFERENCES, refers_to=_refs("misi", "tujuan", "sasaran"))
_CARRIERS = Key("penanggung_jawab", "carriers", Type.REFERENCES, refers_to=_refs("unit_kerja", "instansi"))
_PARTNERS = Key("mitra", "partners", Type.REFERENCES, refers_to=_refs("instansi"))
_INDICATORS = Key("indikator", "indicators", Type.REFERENCES, refers_to=_refs("indikator"))
_OVER_QUARTERS = Key("periode", "over_quarters", Type.CHOICE, choices=("jumlah", "rata_rata", "terakhir"))
_DIRECTION = Key("arah", "direction", Type.CHOICE, choices=("naik", "turun", "rentang", "tepat"))
_INDICATOR = Key("indikator", "indicator", Type.REFERENCE, required=True, refers_to=_refs("indikator"))

_YEAR = Key("tahun", "year", Type.YEAR, required=True)
_PLANS = Key("merujuk", "refers_to", Type.REFERENCES,
             refers_to=_refs("renstra", "renja", "perjanjian_kinerja", "anggaran"))  # fmt: skip

#: The three conditions under which an agreement may be revised (PermenPAN-RB 53/2014), in the words of the rules.
REASONS = ("pergantian_pejabat", "perubahan_strategi", "perubahan_prioritas")
#: Whether a revision replaces a document, or changes, adds and drops single rows of it.
WHOLE, PARTLY = "seluruhnya", "sebagian"

#: What a step of a method may be.
STEPS = ("capaian", "pembulatan", "batas_atas", "batas_bawah", "rata_rata")
#: What a ``rata_rata`` step may average.
AVERAGES = ("per_indikator", "per_sasaran", "tertimbang")
#: How a finding of a check weighs.
LEVELS = ("galat", "peringatan")
#: What a table of a report may have a row for, and the columns that such a row can fill.
REPORT_COLUMNS = {
    "indikator": (
        "nomor", "tujuan", "sasaran", "indikator", "satuan", "definisi", "rumus", "sumber", "target", "tw1", "tw2",
        "tw3", "tw4", "realisasi", "capaian", "kategori", "target_akhir", "kemajuan", "pagu", "serapan",
        "persen_serapan", "efisiensi", "perubahan_realisasi", "selisih_realisasi", "perubahan_capaian",
        "selisih_capaian", "penyebab", "permasalahan", "solusi", "rencana_aksi",
    ),
    "sasaran": ("nomor", "sasaran", "capaian", "kategori", "pagu", "serapan", "persen_serapan"),
    "program": (
        "nomor", "sasaran", "indikator", "capaian_indikator", "program", "indikator_kinerja", "bidang", "target",
        "realisasi", "capaian", "kategori", "pagu", "serapan", "persen_serapan", "efisiensi", "penilaian",
    ),
    "strategi": ("tujuan", "nomor", "sasaran", "strategi", "arah_kebijakan"),
    "kategori": ("rentang", "keterangan", "kategori"),
}  # fmt: skip
#: Every column that a table of figures may have.
_ALL_COLUMNS = tuple(dict.fromkeys(word for words in REPORT_COLUMNS.values() for word in words))
_SECTIONS = Key("subbab", "sections", Type.REFERENCES, refers_to=_refs("subbab"))
#: What a report, a chapter or a part of one may hold.
_PARTS = ("subbab", "narasi", "uraian", "tabel", "tabel_data", "grafik", "tercetak", "analisis")
#: What may stand behind a number of a report: the name of its unit, or its symbol.
SUFFIXES = ("satuan", "lambang")
#: What may stand in a row under a table.
CLOSINGS = ("jumlah", *AVERAGES, "kategori", "efisiensi_total")
#: What a method may do where a figure cannot be calculated.
NO_ACHIEVEMENT, LEAVE_OUT = "tanpa_capaian", "lewati"


def _revision(kind: str) -> tuple[Key, ...]:
    """The keys of a document that revises another of its kind."""
    return (
        Key("mengubah", "amends", Type.REFERENCE, refers_to=_refs(kind)),
        Key("alasan", "reason", Type.CHOICE, choices=REASONS),
        Key("cakupan", "scope", Type.CHOICE, choices=(WHOLE, PARTLY)),
    )


_DROPS = Key("hapus", "drops", Type.REFERENCES, refers_to=_refs("indikator"))
_DROPS_ACTIVITIES = Key("hapus_kegiatan", "drops_activities", Type.ROWS)
#: Whether the target of a quarter is for that quarter, or for the year up to its end.
EACH_QUARTER, TO_DATE = "per_triwulan", "kumulatif"
_QUARTER_TARGETS = Key("target_triwulan", "quarter_targets", Type.CHOICE, choices=(EACH_QUARTER, TO_DATE))
_METHOD = Key("metode", "method", Type.REFERENCE, refers_to=_refs("metode"))
_QUARTERS = (
    Key("tw1", "first_quarter", Type.TARGET),
    Key("tw2", "second_quarter", Type.TARGET),
    Key("tw3", "third_quarter", Type.TARGET),
    Key("tw4", "fourth_quarter", Type.TARGET),
)
_PROMISES = Table("rows", p.AgreementRow, (
    _NUMBER,
    Key("sasaran", "objective", Type.REFERENCE, refers_to=_refs("sasaran", "tujuan")),
    _INDICATOR,
    _UNIT,
    Key("target", "target", Type.TARGET, required=True),
    Key("bobot", "weight", Type.NUMBER),
    Key("awal", "baseline", Type.QUANTITY),
    *_QUARTERS,
))  # fmt: skip
_ACTIVITIES = Table("activities", p.ActivityRow, (
    Key("nomor", "number", Type.TEXT, required=True),
    Key("nama", "name", Type.NAME, required=True),
    Key("uraian", "title", Type.TEXT, required=True),
    Key("indikator_kinerja", "measured", Type.TEXT),
    Key("target", "target", Type.TARGET),
    Key("pagu", "budget", Type.QUANTITY),
    Key("bidang", "carriers", Type.REFERENCES, refers_to=_refs("unit_kerja", "instansi")),
    _PARTNERS,
    Key("mendukung", "supports", Type.REFERENCES, refers_to=_refs("sasaran")),
))  # fmt: skip


def _formula_of(word: str, attribute: str) -> Key:
    return Key(word, attribute, Type.REFERENCE, refers_to=_refs("formula"))


_KINDS = (
    Kind("peraturan", p.Regulation, (
        Key("tentang", "about", Type.TEXT),
        _EFFECTIVE,
        Key("dicabut", "repealed", Type.DATE),
        Key("diganti", "replaced_by", Type.REFERENCE, refers_to=_refs("peraturan")),
        Key("keterbacaan", "verification", Type.CHOICE, choices=("dibaca", "kutipan", "belum_diperiksa")),
        _SOURCE,
        _NOTE,
    )),
    Kind("satuan", p.Unit, (
        Key("jenis", "dimension", Type.CHOICE, required=True,
            choices=("rasio", "persen", "poin_persen", "uang", "nilai", "cacah", "ukuran")),
        Key("lambang", "symbol", Type.TEXT),
        Key("alias", "aliases", Type.TEXTS),
        _NOTE,
    )),
    Kind("variabel", p.Variable, (
        evolve(_UNIT, required=True),
        Key("definisi", "meaning", Type.TEXT),
        _SOURCE,
        _BASIS,
        _OVER_QUARTERS,
        Key("populasi_dari", "population_of", Type.ROWS),
        _NOTE,
    )),
    Kind("formula", p.Formula, (
        _BASIS,
        Key("masukan", "inputs", Type.INPUTS, required=True),
        Key("rumus", "expression", Type.EXPRESSION),
        _ROUNDING,
        _UNIT,
        _NOTE,
    ), tables=(
        Table("branches", p.Branch, (
            Key("bila", "condition", Type.CONDITION, required=True),
            Key("hasil", "result", Type.EXPRESSION, required=True),
        )),
    ), children=("contoh",)),
    Kind("kategori", p.Category, (
        _UNIT,
        Key("ranah", "domain", Type.RANGE),
        _ROUNDING,
        _BASIS,
        _EFFECTIVE,
        _NOTE,
    ), tables=(
        Table("bands", p.Band, (
            Key("rentang", "range", Type.RANGE, required=True),
            Key("predikat", "label", Type.TEXT, required=True),
            Key("tercetak", "printed", Type.TEXT),
            Key("keterangan", "note", Type.TEXT),
        )),
    ), children=("contoh",)),
    Kind("skala", p.Scale, (_BASIS, _NOTE), tables=(
        Table("ranks", p.Rank, (
            Key("peringkat", "rank", Type.NUMBER, required=True),
            Key("predikat", "label", Type.TEXT, required=True),
            Key("keterangan", "note", Type.TEXT),
        )),
    )),
    Kind("indeks", p.Index, (
        _BASIS,
        _EFFECTIVE,
        Key("rumus", "expression", Type.EXPRESSION, required=True),
        _ROUNDING,
        _UNIT,
        Key("kategori", "category", Type.REFERENCE, refers_to=_refs("kategori")),
        _NOTE,
    ), tables=(
        Table("elements", p.Element, (
            Key("unsur", "element", Type.NAME, required=True),
            Key("bobot", "weight", Type.WEIGHT, required=True),
            Key("judul", "title", Type.TEXT),
        )),
    ), children=("contoh",)),
    Kind("metode", p.Method, (
        _BASIS,
        _formula_of("naik", "up"),
        _formula_of("turun", "down"),
        _formula_of("rentang", "range"),
        _formula_of("tepat", "exact"),
        _formula_of("predikat", "label_formula"),
        _formula_of("serapan", "absorption"),
        _formula_of("efisiensi", "efficiency"),
        _formula_of("efisiensi_total", "total_efficiency"),
        _formula_of("kemajuan", "progress"),
        _formula_of("perubahan", "change"),
        _formula_of("selisih", "difference"),
        Key("kategori", "category", Type.REFERENCE, refers_to=_refs("kategori")),
        Key("rencana_nol", "zero_target", Type.POLICY, refers_to=_refs("formula"), choices=(NO_ACHIEVEMENT, LEAVE_OUT)),
        Key("realisasi_tidak_ada", "missing_realization", Type.POLICY, choices=(NO_ACHIEVEMENT, LEAVE_OUT)),
        _NOTE,
    ), tables=(
        Table("steps", p.Step, (
            Key("langkah", "step", Type.CHOICE, required=True, choices=STEPS),
            Key("nilai", "value", Type.STEP_VALUE, choices=AVERAGES),
        )),
    ), children=("contoh",)),
    Kind("instansi", p.Agency, (
        Key("pemerintah", "government", Type.TEXT),
        Key("singkatan", "abbreviation", Type.TEXT),
        _BASIS,
        _NOTE,
    )),
    Kind("unit_kerja", p.OrganizationalUnit, (
        _AGENCY,
        Key("pimpinan", "head", Type.TEXT),
        Key("alias", "aliases", Type.TEXTS),
        _NOTE,
    )),
    Kind("visi", p.Vision, (_BASIS, _NOTE)),
    Kind("misi", p.Mission, (_NUMBER, Key("mendukung", "supports", Type.REFERENCES, refers_to=_refs("visi")), _NOTE)),
    Kind("strategi", p.Strategy, (Key("arah_kebijakan", "directions", Type.TEXTS), _NOTE), top=False, anonymous=True),
    Kind("tujuan", p.Goal, (_NUMBER, _INDICATORS, _SUPPORTS, _CARRIERS, _NOTE), children=("sasaran",)),
    Kind("sasaran", p.Objective, (_NUMBER, _INDICATORS, _SUPPORTS, _CARRIERS, _NOTE), children=("strategi",)),
    Kind("indikator", p.Indicator, (
        _NUMBER,
        evolve(_UNIT, required=True),
        _DIRECTION,
        Key("definisi", "meaning", Type.TEXT),
        Key("rumus", "expression", Type.EXPRESSION),
        Key("indeks", "index", Type.REFERENCE, refers_to=_refs("indeks")),
        Key("skala", "scale", Type.REFERENCE, refers_to=_refs("skala")),
        Key("penilai", "assessor", Type.TEXT),
        _SOURCE,
        _BASIS,
        _OVER_QUARTERS,
        Key("meneruskan", "continues", Type.REFERENCE, refers_to=_refs("indikator")),
        _CARRIERS,
        _NOTE,
    ), children=("contoh",)),
    Kind("renstra", p.Plan, (
        _AGENCY,
        evolve(_EFFECTIVE, required=True),
        _DECIDED,
        _BASIS,
        Key("merujuk", "refers_to", Type.REFERENCES, refers_to=_refs("renstra")),
        _SUPPORTS,
        _NOTE,
    ), tables=(
        Table("rows", p.PlanRow, (_INDICATOR, _UNIT), years=Type.TARGET),
    ), children=("tujuan", "sasaran")),
    Kind("perjanjian_kinerja", p.Agreement, (
        _YEAR,
        _DECIDED,
        _AGENCY,
        _PLANS,
        _METHOD,
        _BASIS,
        *_revision("perjanjian_kinerja"),
        _DROPS,
        _DROPS_ACTIVITIES,
        _QUARTER_TARGETS,
        _NOTE,
    ), tables=(_PROMISES, _ACTIVITIES)),
    Kind("renja", p.AnnualPlan, (
        _YEAR, _DECIDED, _AGENCY, _PLANS, _BASIS,
        *_revision("renja"), _DROPS, _DROPS_ACTIVITIES, _QUARTER_TARGETS, _NOTE,
    ), tables=(_PROMISES, _ACTIVITIES)),
    Kind("anggaran", p.Budget, (
        _YEAR, _DECIDED, _AGENCY, _PLANS, _BASIS, *_revision("anggaran"), _DROPS_ACTIVITIES,
        Key("jumlah", "total", Type.QUANTITY),
        _NOTE,
    ), tables=(_ACTIVITIES,)),
    Kind("alokasi", p.Allocation, (_YEAR, _BASIS, _SOURCE, _NOTE), tables=(
        Table("rows", p.AllocationRow, (
            Key("program", "program", Type.NAME, required=True),
            Key("sasaran", "objective", Type.REFERENCE, required=True, refers_to=_refs("sasaran")),
            Key("pagu", "budget", Type.QUANTITY, required=True),
        )),
    )),
    Kind("rencana_aksi", p.ActionPlan, (
        _YEAR, _DECIDED, _AGENCY, _PLANS, _METHOD, _BASIS, *_revision("rencana_aksi"), _DROPS, _DROPS_ACTIVITIES,
        _QUARTER_TARGETS, _NOTE,
    ), tables=(_PROMISES, _ACTIVITIES)),
    Kind("lintas_instansi", p.Partnership, (
        evolve(_SUPPORTS, required=True, refers_to=_refs("tujuan", "sasaran")),
        evolve(_PARTNERS, required=True),
        _EFFECTIVE,
        _SOURCE,
        _NOTE,
    )),
    Kind("contoh", p.Example, (
        Key("hasil", "expected", Type.OUTCOME, required=True),
        Key("kategori", "category", Type.TEXT),
        _DIRECTION,
        _NOTE,
    ), top=False, anonymous=True, given=Type.GIVEN),
    Kind("laporan", p.Report, (
        Key("tahun", "year", Type.YEAR, required=True),
        Key("per", "as_of", Type.DATE),
        _AGENCY,
        Key("perjanjian", "agreement", Type.REFERENCE, refers_to=_refs("perjanjian_kinerja")),
        Key("bab", "chapters", Type.REFERENCES, refers_to=_refs("bab")),
        _NOTE,
    ), tables=(
        Table("judgements", p.Judgement, (
            Key("program", "program", Type.NAME, required=True),
            Key("penilaian", "judgement", Type.TEXT, required=True),
        )),
    ), children=("bab", *_PARTS)),
    Kind("bab", r.Chapter, (_NUMBER, _SECTIONS, _NOTE), children=_PARTS),
    Kind("subbab", r.Section, (_NUMBER, _SECTIONS, _NOTE), children=_PARTS, anonymous=True),
    Kind("narasi", r.Narrative, (
        Key("untuk", "each", Type.CHOICE, choices=r.THINGS),
        Key("pada", "only", Type.ROWS),
        Key("bila", "condition", Type.CLAIM),
        Key("seperti", "table", Type.REFERENCE, refers_to=_refs("tabel")),
        Key("teks", "text", Type.PROSE, required=True),
        _NOTE,
    ), children=("tercetak",), top=False),
    Kind("uraian", r.FreeText, (
        Key("teks", "text", Type.TEXT),
        Key("berkas", "file", Type.TEXT),
        _NOTE,
    ), top=False),
    Kind("grafik", r.Chart, (
        _NUMBER,
        Key("bentuk", "form", Type.CHOICE, required=True, choices=(r.BARS, r.LINES)),
        Key("kolom", "columns", Type.CHOICES, required=True, choices=_ALL_COLUMNS),
        Key("tabel", "table", Type.REFERENCE, refers_to=_refs("tabel")),
        _INDICATORS,
        Key("tahun", "years", Type.PERIOD),
        Key("desimal", "decimals", Type.DECIMALS),
        _SOURCE,
        _NOTE,
    ), top=False),
    Kind("tabel_data", r.DataTable, (_NUMBER, Key("bila_kosong", "when_empty", Type.TEXT), _SOURCE, _NOTE), tables=(
        Table("columns", r.DataColumn, (
            Key("kolom", "column", Type.NAME, required=True),
            Key("judul", "heading", Type.TEXT, required=True),
            Key("kelompok", "group", Type.TEXT),
            Key("jenis", "sort", Type.CHOICE, choices=(r.TEXTUAL, r.NUMERIC)),
            Key("rumus", "expression", Type.EXPRESSION),
            Key("desimal", "decimals", Type.DECIMALS),
        )),
        Table("closing", r.DataSum, (
            Key("penutup", "figure", Type.CHOICE, required=True, choices=("jumlah",)),
            Key("judul", "heading", Type.TEXT),
        )),
    ), children=(r.ROWS, r.PRINTED_SUM), top=False),
    Kind(r.ROWS, r.DataRows, (), tables=(Table("rows", r.DataRow, (), free=Type.DATA),), top=False, anonymous=True),
    Kind(r.PRINTED_SUM, r.DataRows, (), tables=(Table("rows", r.DataRow, (), free=Type.DATA),), top=False,
         anonymous=True),
    Kind("tabel", p.ReportTable, (
        _NUMBER,
        Key("baris", "each", Type.CHOICE, required=True, choices=tuple(REPORT_COLUMNS)),
        Key("dokumen", "document", Type.REFERENCE,
            refers_to=_refs("renstra", "renja", "perjanjian_kinerja", "anggaran", "rencana_aksi", "kategori")),
        Key("bila_kosong", "when_empty", Type.TEXT),
        _SOURCE,
        _NOTE,
    ), tables=(
        Table("columns", p.TableColumn, (
            Key("kolom", "column", Type.CHOICE, required=True, choices=_ALL_COLUMNS),
            Key("judul", "heading", Type.TEXT, required=True),
            Key("kelompok", "group", Type.TEXT),
            Key("tahun", "year", Type.YEAR),
            Key("akhiran", "suffix", Type.CHOICE, choices=SUFFIXES),
            Key("desimal", "decimals", Type.DECIMALS),
        )),
        Table("closing", p.ClosingRow, (
            Key("penutup", "figure", Type.CHOICE, required=True, choices=CLOSINGS),
            Key("judul", "heading", Type.TEXT),
        )),
    ), children=("tercetak",), top=False),
    Kind("tercetak", p.PrintedTable, (
        Key("rata_rata", "aggregate", Type.CHOICE, choices=AVERAGES),
        _NOTE,
    ), tables=(
        Table("rows", p.Printed, (
            evolve(_INDICATOR, required=False),
            Key("program", "program", Type.NAME),
            Key("tahun", "year", Type.YEAR),
            Key("target", "target", Type.TARGET),
            Key("realisasi", "realization", Type.TARGET),
            Key("capaian", "achievement", Type.QUANTITY),
            Key("kategori", "category", Type.TEXT),
            Key("target_akhir", "last_target", Type.QUANTITY),
            Key("kemajuan", "progress", Type.QUANTITY),
            Key("pagu", "budget", Type.QUANTITY),
            Key("serapan", "absorbed", Type.QUANTITY),
            Key("persen_serapan", "absorption", Type.QUANTITY),
            Key("efisiensi", "efficiency", Type.QUANTITY),
        )),
    ), top=False),
    Kind("analisis", p.Analysis, (
        evolve(_INDICATOR, attribute="indicator"),
        Key("penyebab", "causes", Type.TEXT),
        Key("permasalahan", "problems", Type.TEXT),
        Key("solusi", "solutions", Type.TEXT),
        Key("rencana_aksi", "actions", Type.TEXT),
        _NOTE,
    ), top=False, anonymous=True),
    Kind("periksa", p.ConsistencyCheck, (
        Key("untuk", "subject", Type.SUBJECT, required=True),
        Key("bila", "condition", Type.CLAIM),
        Key("pastikan", "claim", Type.CLAIM, required=True),
        Key("tingkat", "severity", Type.CHOICE, required=True, choices=LEVELS),
        Key("pesan", "message", Type.MESSAGE, required=True),
        Key("pesan_en", "message_en", Type.MESSAGE),
        Key("saran", "advice", Type.TEXT),
        Key("saran_en", "advice_en", Type.TEXT),
        Key("tunjuk", "at", Type.NAME),
        Key("bandingkan", "beside", Type.CLAIM),
        _BASIS,
        _NOTE,
    ), children=("contoh",)),
    Kind("kecuali", p.Waiver, (
        Key("aturan", "rule", Type.TEXT, required=True),
        Key("pada", "subjects", Type.TEXTS, required=True),
        Key("dokumen", "document", Type.TEXT),
        Key("berkas", "file", Type.TEXT),
        Key("alasan", "reason", Type.TEXT, required=True),
        Key("oleh", "owner", Type.TEXT, required=True),
        Key("sampai", "until", Type.DATE, required=True),
        _BASIS,
        _NOTE,
    )),
)  # fmt: skip

CORE = Vocabulary(MappingProxyType({kind.word: kind for kind in _KINDS}))
