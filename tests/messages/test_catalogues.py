"""The message catalogues: complete in both languages, of one shape, and free of words that officials do not use."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from string import Formatter

import pytest

import sakip_rules
from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic, Related, Repair, Severity
from sakip_rules.base.source import Span
from sakip_rules.messages.catalog import LANGUAGES, catalog
from sakip_rules.model.units import PERCENT
from sakip_rules.model.values import Reason, Status, Value, absent

PLACE = Span("a.sakip", 0, 1)
#: What an entry may hold: the first two always, the others where a code needs them.
NEEDED = {"pesan", "saran", "tentang"}
TOLD = {"pesan", "saran", "saran_dekat", "saran_ganti"} | {
    f"saran_untuk_{it}" for it in ("masukan", "pagu", "pertama", "serapan")
}
ALLOWED = TOLD | {"tentang", "contoh"}
LONGEST_HEADLINE = 160
#: English and programmers' words, of which an Indonesian sentence holds none.
FORBIDDEN = frozenset(re.findall(r"\w+", """
    argument array block boolean bug byte bytes cell char character column comma command compile config decoding
    default delimiter directory encoding end error exception expected expression false field file filename fragment
    function header index input integer invalid key keyword lark lexer line list missing name newline node none null
    number object output parse parser parsing path python quote range read regex row rule scope separator string
    symbol syntax text the token traceback tree true tuple type undefined unexpected unknown utf8 value variable
    warning whitespace wrong year
"""))  # fmt: skip
#: The second argument of every ``Related(place, "label", …)``, also behind a place such as ``x.place("key")``.
LABELS = sorted({
    label
    for path in Path(sakip_rules.__file__).parent.rglob("*.py")
    for label in re.findall(r'\bRelated\((?:[^"()]|\([^()]*\))*"(\w+)"', path.read_text(encoding="utf-8"))
})  # fmt: skip


def both(table: str) -> list[dict[str, str]]:
    """A table of words of the Indonesian and of the English catalogue."""
    return [catalog(language).tables[table] for language in LANGUAGES]


def entries(code: Code) -> list[Mapping[str, str]]:
    """What the Indonesian and the English catalogue say of a code."""
    return [catalog(language).explanation(code) for language in LANGUAGES]


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def facts_of(entry: Mapping[str, str]) -> set[str]:
    """All facts that the templates of a code ask for."""
    return set().union(*(placeholders(text) for name, text in entry.items() if name in TOLD))


def sentences(language: str) -> Iterator[tuple[str, str]]:
    """Every sentence and word of a catalogue that a finding is told in, with its place in the file."""
    tables = catalog(language).tables
    for code, entry in tables["kode"].items():
        yield from ((f"{code}.{name}", text) for name, text in entry.items() if name in TOLD)
    for table in ("label", "tingkat", "istilah"):
        yield from ((f"{table}.{name}", text) for name, text in tables[table].items())


def outside_backticks(text: str) -> str:
    return re.sub(r"`[^`]*`", " ", text)


def spoken(text: str) -> list[str]:
    """The words of a sentence, without what is typed and what is filled in."""
    return re.findall(r"\w+", re.sub(r"\{\w+\}", " ", outside_backticks(text)).lower())


# Complete.


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_headline_and_advice_and_no_entry_is_without_a_code(language: str) -> None:
    """A code that is added, or removed, is added to or removed from both catalogues."""
    assert set(catalog(language).tables["kode"]) == {code.name for code in codes.ALL}


@pytest.mark.parametrize("code", codes.ALL, ids=lambda code: code.name)
def test_an_entry_says_what_is_wrong_and_what_to_do(code: Code) -> None:
    """Both languages say it, and only under keys that are read."""
    for entry in entries(code):
        assert set(entry) >= NEEDED
        assert set(entry) <= ALLOWED
        assert all(text.strip() == text and text for text in entry.values())


@pytest.mark.parametrize("code", codes.ALL, ids=lambda code: code.name)
def test_both_languages_tell_the_same_facts(code: Code) -> None:
    """A fact that one language tells is not kept from the readers of the other; the same advice exists in both."""
    indonesian, english = entries(code)
    assert facts_of(indonesian) == facts_of(english)
    assert set(indonesian) == set(english)


@pytest.mark.parametrize("label", LABELS)
def test_every_label_of_a_second_place_has_words(label: str) -> None:
    """What a check calls a second place is said in both languages."""
    indonesian, english = both("label")
    assert placeholders(indonesian[label]) == placeholders(english[label])


def test_no_label_is_without_use() -> None:
    """The labels of both catalogues are those that some finding uses."""
    assert [sorted(labels) for labels in both("label")] == [sorted(set(LABELS))] * 2


def test_every_severity_has_a_word() -> None:
    """The words are looked up by the value of the severity."""
    assert [set(words) for words in both("tingkat")] == [{severity.value for severity in Severity}] * 2


def test_both_languages_have_words_for_the_same_facts() -> None:
    """Every status has a word, and so has every other raw fact that one of the languages puts into words."""
    indonesian, english = both("istilah")
    assert set(indonesian) == set(english)
    assert set(indonesian) >= {status.value for status in Status}


# Readable.


@pytest.mark.parametrize("code", codes.ALL, ids=lambda code: code.name)
def test_a_headline_is_one_short_sentence(code: Code) -> None:
    """It fits a line of a terminal or two, and ends without a period, as advice does."""
    for entry in entries(code):
        assert len(entry["pesan"]) <= LONGEST_HEADLINE
        assert ". " not in outside_backticks(entry["pesan"])
        assert not any(entry[name].endswith(".") for name in TOLD & set(entry))


def test_indonesian_sentences_hold_no_english_or_programmers_word() -> None:
    """Only between backticks, where something is to be typed, may such a word stand."""
    assert [(place, word) for place, text in sentences("id") for word in spoken(text) if word in FORBIDDEN] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("berkas `file` {value} tidak dapat dibaca", ["berkas", "tidak", "dapat", "dibaca"]),
        ("Error: blok", ["error", "blok"]),
    ],
)
def test_only_what_is_spoken_is_searched(text: str, words: list[str]) -> None:
    """What is typed and what is filled in are no words of the sentence."""
    assert spoken(text) == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_backticks_and_curly_quotes_come_in_pairs(language: str) -> None:
    """What is typed, and what is a title, can be told from the sentence around it."""
    faulty = [
        place
        for place, text in sentences(language)
        if text.count("`") % 2 or outside_backticks(text).count("“") != outside_backticks(text).count("”")
    ]
    assert faulty == []


# Filled.

FACTS: list[object] = [
    "tw1", "", "{name}", "tidak_ada", 7, None, Fraction(1, 3), Fraction(5300), datetime.date(2024, 11, 4),
    ("renstra", "sasaran"), (), Value(Fraction(185, 2), PERCENT), absent(Status.MISSING),
    Reason(codes.DIVISION_BY_ZERO, {}),
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fact", FACTS, ids=repr)
def test_every_template_can_be_filled_with_any_fact(language: str, fact: object) -> None:
    """Whatever a finding carries, and whatever it leaves out, its message is told without an exception."""
    words = catalog(language)
    for code in codes.ALL:
        for facts in ({}, dict.fromkeys(facts_of(words.explanation(code)), fact), {"something_else": fact}):
            for near, repair in ((None, None), ("{near}", None), (None, Repair(PLACE, "0,28"))):
                item = Diagnostic(code, PLACE, facts, near=near, repair=repair)
                assert words.severity(item)
                assert words.headline(item)
                assert words.advice(item)
    for label, text in words.tables["label"].items():
        assert words.label(Related(PLACE, label, dict.fromkeys(placeholders(text), fact)), codes.CYCLE)


# As it is read.  Each line: the code, its facts, and what is said of them in Indonesian.

READ: list[tuple[Code, dict[str, object], str, str]] = [
    (codes.MISSING_BRACE, {"count": 1},
        "blok yang dibuka di sini belum ditutup: tanda `}` kurang 1",
        "tambahkan `}` pada baris tersendiri di akhir blok"),
    (codes.MISSING_NAME, {"kind": "formula"},
        "blok `formula` ini belum bernama",
        'tulis nama singkat setelah `formula`, misalnya `formula nama_singkat "Judul resmi" {`'),
    (codes.CANNOT_READ, {"file": "rules/a.sakip", "cause": "no_permission"},
        "berkas `rules/a.sakip` tidak dapat dibaca: tidak ada izin untuk membacanya",
        "periksa nama dan letak berkas itu, dan tutup bila sedang dibuka di program lain"),
    (codes.DATA_COLUMNS, {"row": 1, "column": "nilai", "value": "", "what": "missing"},
        "kolom `nilai` tidak ada",
        "kolom yang wajib: `tahun`, `nama`, `nilai`; yang boleh ditambahkan: `periode`, `satuan`, `status`, `sumber`, "
        "`ditetapkan`"),
    (codes.DATA_DISAGREES, {"name": "psks_aktif", "stated": Fraction(53, 10), "calculated": Fraction(16, 3)},
        "`psks_aktif` dicatat 5,3, tetapi hasil hitungan dari variabelnya 5,333333…",
        "periksa kedua sumbernya, lalu perbaiki nilai yang salah atau hapus salah satunya"),
    (codes.EXAMPLE_NOT_POSSIBLE,
        {"expected": Value(Fraction(185, 2), PERCENT), "status": "tidak_terhitung",
         "reason": Reason(codes.DIVISION_BY_ZERO, {})},
        "menurut contoh hasilnya 92,5%, tetapi menurut aturan tidak terhitung",
        "periksa nilai yang diberikan contoh ini dan rumusnya: nilai pembagi adalah nol"),
    (codes.NOT_DECIDED_YET, {"year": 2024, "years": (2024, 2025), "date": datetime.date(2024, 1, 3)},
        "sampai 3 Januari 2024 belum ada perjanjian kinerja tahun 2024 yang ditetapkan",
        "pilih tanggal yang lebih akhir, atau periksa kunci `ditetapkan` pada perjanjian kinerjanya"),
    (codes.PRINTED_AVERAGE, {"figure": "per_indikator", "printed": Fraction(9954, 100), "found": Fraction(9937, 100)},
        "rata-rata per indikator tercetak 99,54, sedangkan hasil hitungannya 99,37",
        "periksa cara merata-rata dan urutan langkah pada `metode`; bila sudah sesuai, perbaiki laporannya"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "facts", "headline", "advice"), READ, ids=lambda part: getattr(part, "name", ""))
def test_a_finding_reads_as_written_here(code: Code, facts: dict[str, object], headline: str, advice: str) -> None:
    """Braces, raw facts, numbers, dates and reasons come out as people write them."""
    item = Diagnostic(code, PLACE, facts)
    assert catalog("id").headline(item) == headline
    assert catalog("id").advice(item) == advice


def test_an_unknown_unit_is_shown_as_it_was_typed() -> None:
    """Rules and data files report it alike."""
    item = Diagnostic(codes.UNKNOWN_UNIT, PLACE, {"unit": "orag"})
    assert catalog("id").headline(item) == "satuan `orag` tidak dikenal"


OFFERED: list[tuple[Code, str | None, str | None, str]] = [
    (codes.UNKNOWN_KEY, None, None, "hapus baris itu, atau pindahkan isinya ke kunci `catatan`"),
    (codes.UNKNOWN_KEY, "satuan", "satuan", "bila yang dimaksud `satuan`, tulis `satuan`"),
    (codes.INTERNATIONAL_NUMERAL, None, "0,28", "tulis `0,28`"),
    (codes.LONE_GROUP, "5,3", None, "tulis `5,3` bila maksudnya desimal, atau tanpa pemisah bila memang ribuan"),
]


@pytest.mark.parametrize(("code", "near", "repair", "advice"), OFFERED)
def test_advice_offers_what_is_known(code: Code, near: str | None, repair: str | None, advice: str) -> None:
    """A likely intention comes before a repair, and a repair before general advice."""
    fix = Repair(PLACE, repair) if repair else None
    assert catalog("id").advice(Diagnostic(code, PLACE, near=near, repair=fix)) == advice
