"""What a block means: its definition, and one finding for each thing that it cannot mean."""

from __future__ import annotations

from fractions import Fraction
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.source import Source
from sakip_rules.model import program as p
from sakip_rules.model.build import compile_file
from sakip_rules.model.vocabulary import CORE


def compiled(text: str) -> tuple[Source, p.CompiledFile]:
    source = Source("a.sakip", dedent(text))
    return source, compile_file(source, CORE)


def definitions(text: str) -> tuple[p.Definition, ...]:
    """The definitions of a text without findings."""
    _, file = compiled(text)
    assert file.diagnostics == ()
    return file.definitions


def told(source: Source, item: Diagnostic) -> str:
    """A finding as ``code line:column what``, with what was likely meant, or the text that repairs it."""
    assert item.span
    line, column = source.position(item.span.start)
    meant = f" ~ {item.near}" if item.near else ""
    repair = f" → {item.repair.text}" if item.repair else ""
    return f"{item.code.name} {line}:{column} {source.text[item.span.start : item.span.end]}{meant}{repair}"


# What a file means.


def test_a_formula_has_inputs_branches_and_examples() -> None:
    """Rows become branches in their order, and an example is a definition inside."""
    (formula,) = definitions("""\
        formula rentang "Target berupa rentang" {
            masukan: rencana; realisasi persen
            pembulatan: 2
            | bila                     | hasil                           |
            | realisasi > rencana.atas | realisasi / rencana.atas × 100% |
            | selain itu               | 100%                            |
            contoh "Di atas" {
                rencana: 80 s.d 90
                realisasi: 99
                hasil: 110%
            }
            contoh bernama { rencana: 1; 2
                hasil: WTP }
        }
        """)
    assert isinstance(formula, p.Formula)
    assert (formula.kind, formula.name, formula.label) == ("formula", "rentang", "Target berupa rentang")
    assert [(item.name, item.unit and item.unit.text) for item in formula.inputs] == [
        ("rencana", None),
        ("realisasi", "persen"),
    ]
    assert [branch.condition is None for branch in formula.branches] == [False, True]
    first, second = formula.children
    assert isinstance(first, p.Example)
    assert isinstance(second, p.Example)
    assert (first.name, first.title, first.path) == ("#1", "Di atas", "rentang.#1")
    assert second.path == "rentang.bernama"
    assert [(given.name, type(given.value)) for given in first.given] == [
        ("rencana", p.Interval),
        ("realisasi", p.Quantity),
    ]
    assert isinstance(second.given[0].value, tuple)
    assert isinstance(second.expected, p.Label)


def test_a_plan_has_targets_under_the_years_that_head_its_columns() -> None:
    """A dash is deliberately no target, and the order of the columns does not matter."""
    (plan,) = definitions("""\
        renstra r {
            berlaku: 2024 s.d 2026
            | 2025 | Indikator | 2024 |
            | 0,29 | a         | -    |
            | WTP  | b         | 5    |
        }
        """)
    assert isinstance(plan, p.Plan)
    first, second = plan.rows
    assert first.indicator.text == "a"
    assert first.targets[2024] is None
    assert isinstance(first.targets[2025], p.Quantity)
    assert isinstance(second.targets[2025], p.Label)
    assert set(second.targets) == {2024, 2025}


def test_a_second_heading_begins_a_table_anew() -> None:
    """A row whose cells are all names of columns says what the rows below it are."""
    (agreement,) = definitions("""\
        perjanjian_kinerja pk {
            tahun: 2024
            metode: lan
            | indikator | target |
            | a         | 1      |
            | Target    | Indikator | Bobot |
            | 2         | b         | 1/4   |
        }
        """)
    assert isinstance(agreement, p.Agreement)
    assert [(row.indicator.text, row.weight) for row in agreement.rows] == [("a", None), ("b", Fraction(1, 4))]


def test_a_target_is_a_number_a_range_a_word_or_deliberately_none() -> None:
    """The three forms, and a dash, which is allowed though a target is required."""
    (agreement,) = definitions("""\
        perjanjian_kinerja pk {
            tahun: 2024
            metode: lan
            | indikator | target             |
            | a         | 92,5%              |
            | a         | Rp 5.918.000.000   |
            | a         | 54 Dokumen         |
            | a         | 80 s.d 90          |
            | a         | 80 s/d 90          |
            | a         | 80 sampai dengan 90 |
            | a         | 66–75              |
            | a         | 2 orang - 5 orang  |
            | a         | ≥ 100%             |
            | a         | WTP                |
            | a         | “Sangat Baik”      |
            | a         | -                  |
        }
        """)
    assert isinstance(agreement, p.Agreement)
    forms = [row.target for row in agreement.rows]
    assert [
        (item.number, item.unit) if isinstance(item, p.Quantity)
        else (item.lower, item.upper, item.unit) if isinstance(item, p.Interval)
        else item and item.text
        for item in forms
    ] == [
        (Fraction("92.5"), "%"), (5918000000, "Rp"), (54, "Dokumen"), (80, 90, None), (80, 90, None), (80, 90, None),
        (66, 75, None), (2, 5, "orang"), (100, None, "%"), "WTP", "Sangat Baik", None,
    ]  # fmt: skip


def test_children_know_the_path_that_leads_to_them() -> None:
    """Names of the blocks around, from the outermost."""
    (plan,) = definitions("""\
        renstra r {
            berlaku: 2024
            tujuan t1 "Tujuan" {
                sasaran s1 { indikator: a; "Judul resmi; lengkap" }
            }
        }
        """)
    (goal,) = plan.children
    assert isinstance(goal, p.Goal)
    (objective,) = goal.objectives
    assert (goal.path, objective.path) == ("r.t1", "r.t1.s1")
    assert [item.text for item in objective.indicators] == ["a", "Judul resmi; lengkap"]


def test_a_definition_knows_where_its_keys_stand() -> None:
    """The place of a key is that of its value; a key that is not written has the place of the name."""
    text = "variabel ppks { satuan: orang }\n"
    (variable,) = definitions(text)
    places = [variable.place("satuan"), variable.place("sumber"), variable.span]
    assert [text[span.start : span.end] for span in places] == ["orang", "ppks", text.strip()]


def test_keys_kinds_columns_and_choices_are_read_without_case() -> None:
    """Word capitalises the first letter of a line."""
    (indicator, category) = definitions("""\
        Indikator i { Satuan: persen
            Arah: Naik }
        KATEGORI k {
            | Rentang | PREDIKAT |
            | ≥ 0     | Baik     |
        }
        """)
    assert isinstance(indicator, p.Indicator)
    assert isinstance(category, p.Category)
    assert indicator.direction == "naik"
    assert [band.label for band in category.bands] == ["Baik"]


# What it cannot mean: each text, and all of its findings.

WRONG: list[tuple[str, str, list[str]]] = [
    ("T101 the kind is misspelt", "variabl a { satuan: orang }", ["T101 1:1 variabl ~ variabel → variabel"]),
    ("T101 the kind is unknown", "zzz a { satuan: orang }", ["T101 1:1 zzz"]),
    ("T101 a kind that may not stand here is still near", "contho { hasil: 1 }", ["T101 1:1 contho ~ contoh → contoh"]),
    ("T102 the key is misspelt", "variabel a {\n    satuan: orang\n    sumbr: x\n}",
        ["T102 3:5 sumbr ~ sumber → sumber"]),
    ("T102 the key is unknown", "variabel a {\n    satuan: orang\n    zzz: x\n}", ["T102 3:5 zzz"]),
    ("T103 the column is misspelt", "kategori k {\n    | rentang | predikt |\n    | 1 | a |\n}",
        ["T103 2:17 predikt ~ predikat → predikat"]),
    ("T103 a year heads a column where none may",
        "kategori k {\n    | rentang | predikat | 2024 |\n    | 1 | a | 1 |\n}",
        ["T103 2:28 2024"]),
    ("T104 an example stands alone", "contoh { hasil: 1 }", ["T104 1:1 contoh"]),
    ("T104 a kind stands within a strange one", "satuan s {\n    jenis: cacah\n    variabel v { satuan: s }\n}",
        ["T104 3:5 variabel"]),
    ("T105 a required key is missing", "variabel ppks { sumber: x }", ["T105 1:10 ppks"]),
    ("T105 a required key of a nameless block is missing", "formula f {\n    masukan: a\n    contoh { a: 1 }\n}",
        ["T105 3:5 contoh"]),
    ("T106 a required column is missing", "kategori k {\n    | rentang |\n    | 1 |\n}", ["T106 2:5 | rentang |"]),
    ("T107 a key stands twice", "variabel a {\n    satuan: orang\n    Satuan: rupiah\n}", ["T107 3:5 Satuan"]),
    ("T107 a given value stands twice",
        "formula f {\n    masukan: a\n    contoh { a: 1\n        a: 2\n        hasil: 1 }\n}",
        ["T107 4:9 a"]),
    ("T108 a column stands twice", "kategori k {\n    | rentang | predikat | Rentang |\n    | 1 | a | 1 |\n}",
        ["T108 2:28 Rentang"]),
    ("T108 a year stands twice",
        "renstra r {\n    berlaku: 2024\n    | indikator | 2024 | 2024 |\n    | a | 1 | 1 |\n}",
        ["T108 3:26 2024"]),
    ("T109 a table stands where none may", "variabel a {\n    satuan: orang\n    | a |\n    | b |\n}",
        ["T109 3:5 | a |"]),
    ("T110 a row is short", "kategori k {\n    | rentang | predikat |\n    | 1 |\n    | 2 | b |\n}",
        ["T110 3:5 | 1 |"]),
    ("T110 a row is long", "kategori k {\n    | rentang | predikat |\n    | 1 | a | b |\n}",
        ["T110 3:5 | 1 | a | b |"]),
    ("T111 a cell is empty", "kategori k {\n    | rentang | predikat |\n    | 1 | |\n}", ["T111 3:9 |"]),
    ("T111 an optional cell is empty too", "kategori k {\n    | rentang | predikat | keterangan |\n    | 1 | a |  |\n}",
        ["T111 3:13 |"]),
    ("T111 a required cell is deliberately none", "kategori k {\n    | rentang | predikat |\n    | - | a |\n}",
        ["T111 3:7 -"]),
    ("T112 a key has no value", "variabel a {\n    satuan: orang\n    sumber:\n}", ["T112 3:5 sumber:"]),
    ("T112 a key has an empty text", 'variabel a {\n    satuan: orang\n    sumber: ""\n}', ['T112 3:5 sumber: ""']),
    ("T112 a required key has no value", "variabel a { satuan: }", ["T112 1:14 satuan:"]),
    ("T113 a block has no name", 'variabel "Judul" { satuan: orang }', ["T113 1:1 variabel"]),
    ("T114 a table has only a heading", "kategori k {\n    | rentang | predikat |\n}",
        ["T114 2:5 | rentang | predikat |"]),
    ("T207 a block is named x", "variabel x { satuan: orang }", ["T207 1:10 x"]),
    ("T207 a block is named with a dot", "variabel a.b { satuan: orang }", ["T207 1:10 a.b"]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text", "findings"), WRONG, ids=[case[0] for case in WRONG])
def test_what_a_block_cannot_mean_is_one_finding_at_its_place(what: str, text: str, findings: list[str]) -> None:
    """Its code, the text that it points at, what was likely meant, and what repairs it."""
    source, file = compiled(text)
    assert [told(source, item) for item in file.diagnostics] == findings


def test_a_key_that_stands_twice_shows_where_it_stands_first() -> None:
    """The first value counts."""
    source, file = compiled("variabel a {\n    satuan: orang\n    satuan: rupiah\n}")
    (variable,) = file.definitions
    assert isinstance(variable, p.Variable)
    assert variable.unit
    assert variable.unit.text == "orang"
    (related,) = file.diagnostics[0].related
    assert (related.label, source.position(related.span.start)) == ("first_here", (2, 13))


def test_a_row_that_cannot_be_read_leaves_the_others() -> None:
    """Each bad row is its own findings, and good rows are kept."""
    source, file = compiled("""\
        kategori k {
            | rentang | predikat |
            | 100 > 5 | a        |
            | ≥ 0.5   | b        |
            | ≥ 5     | c        |
            | ≥ 6     |          |
        }
        """)
    (category,) = file.definitions
    assert isinstance(category, p.Category)
    assert [band.label for band in category.bands] == ["c"]
    assert [told(source, item) for item in file.diagnostics] == ["S201 3:11 >", "T201 4:9 0.5 → 0,5", "T111 6:15 |"]


def test_a_block_without_what_it_needs_is_left_out_but_its_findings_are_told() -> None:
    """Also those of what stands in it."""
    source, file = compiled("""\
        formula f {
            contoh {
                a: 0.5
            }
        }
        variabel v { satuan: orang }
        """)
    assert [item.name for item in file.definitions] == ["v"]
    assert [told(source, item) for item in file.diagnostics] == [
        "T201 3:12 0.5 → 0,5", "T105 2:5 contoh", "T105 1:9 f",
    ]  # fmt: skip


@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_a_dash_is_deliberately_none_and_an_empty_cell_is_an_error(dash: str) -> None:
    """Whatever dash Word makes of it."""
    text = "kategori k {{\n    | rentang | predikat | keterangan |\n    | 1 | a | {} |\n}}"
    (category,) = definitions(text.format(dash))
    assert isinstance(category, p.Category)
    assert category.bands[0].note is None
    _, file = compiled(text.format(""))
    assert [item.code.name for item in file.diagnostics] == ["T111"]


@given(
    st.lists(
        st.sampled_from(
            ["kategori k {\n", "formula f {\n", "renstra r {\n", "contoh {\n", "}\n", "satuan: ", "masukan: ",
             "berlaku: ", "ranah: ", "pembulatan: ", "rumus: ", "hasil: ", "dasar: ", "indikator: ", "metode m {\n",
             "rencana_nol: ",
             "| rentang | predikat |\n", "| indikator | 2024 |\n", "| bila | hasil |\n", "| langkah | nilai |\n", "| ",
             " | ", " |\n", "80 s.d 90", "0.28", "5.300%", "-", "“a”", "a; b", "x", "2024 s.d seterusnya", "2 setengah",
             "1/0", "(", "\n", ";", '"', "Rp", "%", "≥ ", "−", "\u00a0", "capaian", "selain itu", '""""""', "²"]
        ),
        max_size=25,
    ).map("".join)
)  # fmt: skip
@settings(deadline=None, max_examples=400)
def test_any_text_is_compiled(text: str) -> None:
    """Definitions and findings come back whatever is typed, and every finding and repair lies within the text."""
    file = compile_file(Source("a", text), CORE)
    for item in file.diagnostics:
        for span in (item.span, item.repair.span if item.repair else None):
            assert span is None or 0 <= span.start <= span.end <= len(text)
