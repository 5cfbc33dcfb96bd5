"""The vocabulary agrees with the model, and takes further kinds without the grammar."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attrs import NOTHING, Attribute, evolve, fields, frozen

from sakip_rules.base.numbers import Rounding
from sakip_rules.base.source import Source
from sakip_rules.model import program as p
from sakip_rules.model.build import compile_file
from sakip_rules.model.reading import Reader
from sakip_rules.model.vocabulary import CORE, Key, Kind, Table, Type

KINDS = list(CORE.kinds.values())
TABLES = [(kind, table) for kind in KINDS for table in kind.tables]


def attributes(model: type) -> dict[str, Attribute[object]]:
    return {attribute.name: attribute for attribute in fields(model)}


def keys() -> Iterator[tuple[str, Key]]:
    for kind in KINDS:
        yield from ((kind.word, key) for key in kind.keys)
        yield from ((f"{kind.word}.{table.attribute}", column) for table in kind.tables for column in table.columns)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.word)
def test_every_key_and_table_of_a_kind_fills_an_attribute_of_its_model(kind: Kind) -> None:
    """And everything beyond what each definition has is filled by some key or table, or by given values."""
    own = set(attributes(kind.model)) - set(attributes(p.Definition))
    filled = [key.attribute for key in kind.keys] + [table.attribute for table in kind.tables]
    assert set(filled) | ({"given"} if kind.given else set()) == own
    assert len(set(filled)) == len(filled)


@pytest.mark.parametrize(("kind", "table"), TABLES, ids=[f"{kind.word}-{table.attribute}" for kind, table in TABLES])
def test_every_column_fills_an_attribute_of_its_row(kind: Kind, table: Table) -> None:
    """And what a row needs comes from a required column, or from the columns of years."""
    own = {name: item for name, item in attributes(table.row).items() if name not in attributes(p.Line)}
    filled = {column.attribute for column in table.columns}
    others = ({"targets"} if table.years else set()) | ({"cells"} if table.free else set())
    assert filled | others == set(own)
    needed = {name for name, item in own.items() if item.default is NOTHING}
    assert needed <= {column.attribute for column in table.columns if column.required} | others


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.word)
def test_words_are_unique_and_small(kind: Kind) -> None:
    """Keys are read without case, so that no key may hold a capital."""
    for words in ([key.word for key in kind.keys], *([column.word for column in t.columns] for t in kind.tables)):
        assert len(set(words)) == len(words)
        assert all(word == word.lower() for word in words)


def test_kinds_are_found_by_their_own_word() -> None:
    """The table of kinds and the kinds agree."""
    assert {word: kind.word for word, kind in CORE.kinds.items()} == {word: word for word in CORE.kinds}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.word)
def test_every_child_is_a_kind_and_every_kind_can_stand_somewhere(kind: Kind) -> None:
    """At the top of a file, or within another kind."""
    assert set(kind.children) <= set(CORE.kinds)
    assert kind.top or any(kind.word in other.children for other in KINDS)


@pytest.mark.parametrize(("where", "key"), list(keys()), ids=lambda part: getattr(part, "word", part))
def test_a_key_says_all_that_its_type_needs(where: str, key: Key) -> None:
    """References say to which kinds, choices say between what, and other types say neither."""
    assert set(key.refers_to) <= set(CORE.kinds)
    assert bool(key.refers_to) == (key.type in (Type.REFERENCE, Type.REFERENCES)) or key.type is Type.POLICY
    assert bool(key.choices) == (key.type in (Type.CHOICE, Type.CHOICES, Type.POLICY, Type.STEP_VALUE))
    assert all(choice == choice.lower() for choice in key.choices)


@pytest.mark.parametrize("type_", Type)
def test_every_type_has_a_reader(type_: Type) -> None:
    """A type that is added is read, or this fails."""
    assert type_ in Reader("a")._readers


# A kind that a plugin brings.


@frozen(eq=False, repr=False)
class Ceiling(p.Line):
    """One row of a budget."""

    item: str
    amount: p.Quantity | None = None


@frozen(eq=False, repr=False)
class Budget(p.Definition):
    """``plafon``: ceilings of a budget."""

    agency: p.Reference | None = None
    rounding: Rounding | None = None
    ceilings: tuple[Ceiling, ...] = ()


BUDGET = Kind(
    "plafon", Budget,
    (Key("instansi", "agency", Type.REFERENCE, required=True, refers_to=("instansi",)),
     Key("pembulatan", "rounding", Type.ROUNDING)),
    (Table("ceilings", Ceiling, (
        Key("uraian", "item", Type.TEXT, required=True), Key("pagu", "amount", Type.QUANTITY))),),
)  # fmt: skip


def test_a_plugin_adds_a_kind_without_touching_the_grammar() -> None:
    """Its keys, its table and what is wrong with it are read as those of any other kind."""
    text = """\
plafon dinsos "Anggaran" {
    instansi: dinsos_magetan
    pembulatan: 2
    | uraian  | pagu             |
    | Belanja | Rp 5.918.000.000 |
    | Lain    | -                |
}
plafon rusak { instasi: a }
"""
    compiled = compile_file(Source("a", text), CORE.with_kinds(BUDGET))
    (budget,) = compiled.definitions
    assert isinstance(budget, Budget)
    assert (budget.agency.text if budget.agency else None, budget.rounding) == ("dinsos_magetan", Rounding(2))
    assert [(row.item, row.amount and row.amount.number) for row in budget.ceilings] == [
        ("Belanja", 5918000000),
        ("Lain", None),
    ]
    assert [(item.code.name, item.near) for item in compiled.diagnostics] == [("T102", "instansi"), ("T105", None)]


def test_a_kind_that_is_added_leaves_the_vocabulary_that_it_is_added_to() -> None:
    """Adding gives a new vocabulary, and a known word may be given another kind."""
    wider = CORE.with_kinds(BUDGET, evolve(CORE.kinds["skala"], top=False))
    assert set(wider.kinds) == {*CORE.kinds, "plafon"}
    assert "plafon" not in CORE.kinds
    assert (CORE.kinds["skala"].top, wider.kinds["skala"].top) == (True, False)


def test_an_unknown_kind_is_known_where_a_plugin_brings_it() -> None:
    """Without the plugin the same block is one finding."""
    source = Source("a", "plafon a { instansi: b }\n")
    assert [item.code.name for item in compile_file(source, CORE).diagnostics] == ["T101"]
    assert compile_file(source, CORE.with_kinds(BUDGET)).diagnostics == ()
