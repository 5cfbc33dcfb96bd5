"""The outer shape of a file: what is read, which traps are none, and what is said of what cannot be read."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark import Lark

from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.source import Source
from sakip_rules.syntax import tree
from sakip_rules.syntax.parser import MAX_DEPTH, _Reader, levels, parse
from sakip_rules.syntax.recovery import chunks

RULES = sorted(Path(__file__).parents[2].joinpath("rules").rglob("*.sakip"))


def read(text: str) -> tree.File:
    """The tree of a text without findings."""
    file, diagnostics = parse(Source("a.sakip", text))
    assert diagnostics == ()
    return file


def only(text: str) -> tree.Block:
    """The one block of a text without findings."""
    (block,) = read(text).blocks()
    return block


def entries(block: tree.Block) -> dict[str, str]:
    return {item.key: item.value for item in block.items if isinstance(item, tree.Entry)}


def rows(block: tree.Block) -> list[list[str]]:
    return [[cell.text for cell in item.cells] for item in block.items if isinstance(item, tree.Row)]


def found(source: Source, diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    """Each finding as ``code line:column``."""
    places = [(item.code.name, source.position(item.span.start)) for item in diagnostics if item.span]
    return [f"{code} {line}:{column}" for code, (line, column) in places]


def shape(file: tree.File) -> list[str | None]:
    return [block.name for block in file.blocks()]


# What is read.


def test_a_block_has_a_kind_a_name_a_title_entries_rows_and_blocks() -> None:
    """The one shape of everything."""
    block = only(
        dedent("""\
        formula f "Judul" {  # kepala
            masukan: rencana; realisasi  # dua
            | bila | hasil |  # tabel
            | a | 1 |
            # sendiri
            contoh { hasil: 1 }  # ekor
        }  # kaki
        """)
    )
    assert (block.kind, block.name, block.title) == ("formula", "f", "Judul")
    assert (block.comment, block.closing_comment) == ("# kepala", "# kaki")
    entry, heading, row, comment, example = block.items
    assert isinstance(entry, tree.Entry)
    assert (entry.key, entry.value, entry.comment) == ("masukan", "rencana; realisasi", "# dua")
    assert isinstance(heading, tree.Row)
    assert ([cell.text for cell in heading.cells], heading.comment) == (["bila", "hasil"], "# tabel")
    assert isinstance(row, tree.Row)
    assert isinstance(comment, tree.Comment)
    assert comment.text == "# sendiri"
    assert isinstance(example, tree.Block)
    assert (entries(example), example.closing_comment) == ({"hasil": "1"}, "# ekor")


def test_every_node_says_where_it_stands() -> None:
    """Offsets cover exactly what was typed."""
    text = 'formula f "J" {\n    nomor :  "1.1"  \n    | a  |   |\n}\n'
    block = only(text)
    entry, row = block.items
    assert isinstance(entry, tree.Entry)
    assert isinstance(row, tree.Row)
    assert text[block.start : block.end] == text.strip()
    assert text[block.name_start :].startswith('f "J"')
    assert text[block.start : block.head_end] == 'formula f "J" {'
    assert text[entry.start : entry.end] == 'nomor :  "1.1"'
    assert text[entry.value_start : entry.end] == '"1.1"'
    assert [text[cell.start : cell.end] for cell in row.cells] == ["a", ""]
    assert text[row.cells[1].start - 1] == "|"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1.1", "1.1"),
        ("a  ;   b", "a; b".replace(";", " ;")),
        ("“Judul”", '"Judul"'),
        ("”Judul”", '"Judul"'),
        ('"dua  spasi"', '"dua  spasi"'),
        ('"Predikat “Sangat Baik”"', '"Predikat “Sangat Baik”"'),
        ('“Predikat "Sangat Baik"”', '“Predikat "Sangat Baik"”'),
        ('"a" ; “b”', '"a" ; "b"'),
        ('"bukan # komentar"', '"bukan # komentar"'),
        ('"{judul} }"', '"{judul} }"'),
        ("http://a/b", "http://a/b"),
        ("rencana;\n        realisasi", "rencana; realisasi"),
        ("a ×\n        b", "a × b"),
        ("min(\n        a; b)", "min( a; b)"),
        ('"""\n        satu\n          dua\n\n        tiga\n    """', '"""satu\n  dua\n\ntiga"""'),
        ('"""satu\n        dua"""', '"""satu\ndua"""'),
        ('"""\n    """', '""""""'),
        ("\u00a0a\u00a0b", "a b"),
    ],
)
def test_a_value_is_kept_as_typed_but_for_its_quotes_and_spaces(typed: str, kept: str) -> None:
    """Quotes become straight, spaces outside quotes single, and long texts lose their indent."""
    assert entries(only(f"satuan a {{\n    kunci: {typed}\n    lain: 1\n}}\n")) == {"kunci": kept, "lain": "1"}


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| a | b |", ["a", "b"]),
        ("|a|b|", ["a", "b"]),
        ("|  |  -  |", ["", "-"]),
        ("||", [""]),
        ('| "a | b" | c |', ['"a | b"', "c"]),
        ('| "a | “b” |', ['"a', '"b"']),
        ("| “Sangat | Baik” |", ['"Sangat | Baik"']),
        ("| # 1 | b |", None),
        ("|#|b|", None),
        ("|#\u00a01|b|", None),
        ("|#1|b|", ["#1", "b"]),
        ("| nomor #1 | b |", ["nomor #1", "b"]),
        ("|\u00a0a\u00a0|", ["a"]),
        ("| { | } |", ["{", "}"]),
    ],
)
def test_a_row_is_cut_at_its_bars(row: str, cells: list[str] | None) -> None:
    """But not within quotes, and a cell that begins with ``# `` is a comment."""
    file, diagnostics = parse(Source("a.sakip", f"satuan a {{\n    {row}\n}}\n"))
    (block,) = file.blocks()
    assert (rows(block) == [cells]) if cells else (diagnostics != () and rows(block) == [])


def test_a_blank_line_before_an_item_is_remembered() -> None:
    """One blank line or several are the same; none is none."""
    block = only("satuan a {\n\n    x: 1\n\n\n    y: 2\n    z: 3\n}\n")
    assert [item.blank_before for item in block.items] == [True, True, False]


# Traps found by trying a prototype.


@pytest.mark.parametrize("level", [0, 1])
def test_both_levels_of_the_grammar_build_strictly(level: int) -> None:
    """No conflict of rules, and no two terminals of one priority that match the same text."""
    starts = (["file"], ["expression", "condition", "range", "illegal"])[level]
    Lark(levels()[level], parser="lalr", lexer="basic", start=starts, maybe_placeholders=False, strict=True)


@pytest.mark.parametrize("level", [0, 1])
def test_the_catch_all_terminal_is_kept(level: int) -> None:
    """Lark drops terminals that no rule uses; without this one a strange sign would raise."""
    starts = (["file"], ["expression", "condition", "range", "illegal"])[level]
    lark = Lark(levels()[level], parser="lalr", lexer="basic", start=starts, maybe_placeholders=False)
    assert ("STRAY", "BAD")[level] in {terminal.name for terminal in lark.terminals}


TRAPS = {
    "a byte order mark": "\ufeffsatuan a { x: 1 }\n",
    "the brace on the next line": 'satuan a "J"\n{\n    x: 1\n}\n',
    "title and brace on their own lines": 'satuan a\n"J"\n{\n    x: 1\n}\n',
    "an indented file": "    satuan a {\n        x: 1\n    }\n",
    "a file indented with tabs": "\tsatuan a {\n\t\tx: 1\n\t}\n",
    "a file indented with non-breaking spaces": "\u00a0\u00a0satuan a {\n\u00a0\u00a0\u00a0x: 1\n\u00a0\u00a0}\n",
    "three quotes in a comment": 'satuan a {\n    # lihat """\n    x: 1\n}\n',
    "three quotes behind a value": 'satuan a {\n    x: 1  # """\n}\n',
    "a brace in a comment": "# {\nsatuan a {  # }\n    x: 1  # }\n}\n",
    "a head in a long text": 'satuan a {\n    t: """\nsatuan b {\n}\n"""\n    x: 1\n}\n',
    "a head in a comment": "satuan a {\n# satuan b {\n    x: 1\n}\n",
    "a capitalised kind and key": "Satuan a {\n    X: 1\n}\n",
    "a kind in capitals": "SATUAN a {\n    X : 1\n}\n",
    "everything on one line": "satuan a { x: 1 }",
    "no line end at the end": "satuan a {\n    x: 1\n}",
    "no space before the brace": "satuan a{x: 1}",
    "non-breaking spaces in the head": "satuan\u00a0a\u00a0{\n    x: 1\n}\n",
    "a row and the brace on one line": "satuan a {\n    x: 1\n    | a | b | }\n",
    "a row right behind the brace": "satuan a { | a | b |\n    x: 1\n}\n",
}


@pytest.mark.parametrize("text", TRAPS.values(), ids=TRAPS)
def test_no_trap_costs_a_block(text: str) -> None:
    """Each file holds one block named ``a`` with ``x: 1``, and nothing is wrong with it."""
    block = only(text)
    assert (block.kind, block.name, entries(block)["x"]) == ("satuan", "a", "1")


@pytest.mark.parametrize("text", TRAPS.values(), ids=TRAPS)
def test_no_trap_costs_a_block_where_another_one_is_broken(text: str) -> None:
    """The same, where the file has to be cut because a brace is missing further down."""
    file, diagnostics = parse(Source("a.sakip", f"{text}\nsatuan rusak {{\n    y: 1\n\nsatuan z {{ x: 1 }}\n"))
    assert [item.code.name for item in diagnostics] == ["S102"]
    assert shape(file) == ["a", "rusak", "z"]
    assert entries(next(file.blocks()))["x"] == "1"


def test_each_row_is_an_item_of_its_own() -> None:
    """Rows with comments and entries between them are not swallowed by one another."""
    block = only("satuan a {\n| a | b |\n# c\n| 1 | 2 | # d\nx: 1\n| 3 | 4 |\n}")
    assert rows(block) == [["a", "b"], ["1", "2"], ["3", "4"]]
    assert [type(item).__name__ for item in block.items] == ["Row", "Comment", "Row", "Entry", "Row"]


def test_a_row_keeps_the_brace_behind_its_last_bar() -> None:
    """``| a | b | }`` closes the block."""
    file = read("satuan a { | x | y | }\nsatuan b { | x | y | }  # ekor\n")
    assert shape(file) == ["a", "b"]
    assert [rows(block) for block in file.blocks()] == [[["x", "y"]]] * 2


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ('"Predikat “Sangat Baik”"', "Predikat “Sangat Baik”"),
        ("“Predikat Sangat Baik”", "Predikat Sangat Baik"),
        ('“Predikat "Sangat Baik"”', 'Predikat "Sangat Baik"'),
        ("”Predikat”", "Predikat"),
        ('"a } { # b"', "a } { # b"),
        ('""', ""),
    ],
)
def test_a_title_is_paired_by_its_opening_quote(title: str, text: str) -> None:
    """Straight quotes end at a straight one, curly ones at a closing curly one."""
    assert only(f"satuan a {title} {{ x: 1 }}").title == text


SNIPPETS = st.sampled_from(
    ["satuan a {\n", "  b {", 'judul "J" {\n', "contoh-x {\n", "{", "}", "}\n", "x: 1\n", "x: ", "t: “a”\n", ";\n",
     "| a | b |", "| a\n", "|", '"', '"""', "“", "”", "# c\n", "#", "\n", "\n\n", " ", "    ", "\ufeff", "\u00a0",
     "kata ", "×", ":"]
)  # fmt: skip
GRAMMAR_ISH = st.lists(SNIPPETS, max_size=30).map("".join)


@given(GRAMMAR_ISH | st.text(max_size=80))
@settings(deadline=None, max_examples=300)
def test_every_byte_of_a_file_belongs_to_some_chunk(text: str) -> None:
    """Chunk behind chunk is the file; between two of them lies at most a brace that was found to be too many."""
    reader = _Reader("a", text)
    at = 0
    for chunk in chunks(text, reader.report):
        extra = {item.span.start for item in reader.diagnostics if item.span and item.code.name == "S103"}
        at += chunk.start - 1 in extra and chunk.start > at
        assert chunk.start == at
        assert text.startswith(chunk.text, at)
        assert not chunk.added.strip("}\n")
        at += len(chunk.text)
    assert at == len(text)


# Recovery: each text, and every finding of it with its place, and the blocks that are read all the same.

BROKEN: list[tuple[str, str, list[str], list[str]]] = [
    ("a brace is missing in the middle", """\
        satuan a { x: 1 }
        satuan b {
            x: 1

        satuan c { x: 1 }
        """, ["S102 2:1"], ["a", "b", "c"]),
    ("a brace is missing at the end", """\
        satuan a { x: 1 }
        satuan b {
            x: 1
        """, ["S102 2:1"], ["a", "b"]),
    ("a brace is missing before a head with its brace on the next line", """\
        satuan a {
            x: 1

        satuan b "J"
        {
            x: 1
        }
        """, ["S102 1:1"], ["a", "b"]),
    ("the brace of an inner block is missing", """\
        formula a {
            contoh "satu" {
                x: 1
            contoh "dua" { x: 1 }
        }
        satuan b { x: 1 }
        """, ["S102 1:1"], ["a", "b"]),
    ("two blocks lack a brace", """\
        satuan a {
            x: 1
        satuan b {
            x: 1
        satuan c { x: 1 }
        """, ["S102 1:1", "S102 3:1"], ["a", "b", "c"]),
    ("a brace too many", """\
        satuan a { x: 1 }
        }
        satuan b { x: 1 }
        """, ["S103 2:1"], ["a", "b"]),
    ("a brace too early", """\
        satuan a {
            x: 1
            }
            y: 2
        }
        satuan b { x: 1 }
        """, ["S101 4:5", "S103 5:1"], ["a", "b"]),
    ("a text is not closed", """\
        satuan a {
            x: "satu
            y: 1
        }
        satuan b { x: 1 }
        """, ["S104 2:8"], ["a", "b"]),
    ("a curly text is not closed", """\
        satuan a {
            x: “satu"
            y: 1
        }
        satuan b { x: 1 }
        """, ["S104 2:8"], ["a", "b"]),
    ("a text is closed twice", """\
        satuan a {
            x: "satu""
        }
        satuan b { x: 1 }
        """, ["S104 2:14"], ["a", "b"]),
    ("a long text is not closed", '''\
        satuan a {
            x: """
                satu
                dua
            y: 1
        }
        satuan b { x: 1 }
        ''', ["S104 2:10"], ["a", "b"]),
    ("a long text is not closed before another one", '''\
        satuan a {
            x: """
                satu
            y: """
                dua
            """
        }
        satuan b { x: 1 }
        ''', ["S104 2:10"], ["a", "b"]),
    ("a row is not closed", """\
        satuan a {
            | k | l |
            | 1 | 2
            | 3 | 4 |
        }
        satuan b { x: 1 }
        """, ["S105 3:11"], ["a", "b"]),
    ("a row has no bar but the first", """\
        satuan a {
            | k | l |
            | 1
        }
        satuan b { x: 1 }
        """, ["S105 3:5"], ["a", "b"]),
    ("a line fits nothing", """\
        satuan a {
            x: 1
            sekadar kata
            y: 1
        }
        satuan b { x: 1 }
        """, ["S101 3:5"], ["a", "b"]),
    ("several lines in a row fit nothing", """\
        satuan a { x: 1 }
        sekadar kata
        dan lagi
        satuan b { x: 1 }
        """, ["S101 2:1"], ["a", "b"]),
    ("an entry stands outside any block", """\
        tahun: 2024
        satuan a { x: 1 }
        """, ["S101 1:1"], ["a"]),
    ("a table stands outside any block", """\
        | k | l |
        | 1 | 2 |
        satuan a { x: 1 }
        """, ["S101 1:1"], ["a"]),
    ("a stray line holds a brace in quotes", """\
        satuan a {
            kata "a } b" kata
            x: 1
        }
        satuan b { x: 1 }
        """, ["S101 2:5"], ["a", "b"]),
    ("a text with braces lacks its quotes", """\
        satuan a {
            x: nilai {judul} itu
            y: 1
        }
        satuan b { x: 1 }
        """, ["S107 2:14"], ["a", "b"]),
    ("a name is none", """\
        satuan a-b {
            x: 1
        }
        satuan b { x: 1 }
        """, ["S106 1:1"], ["b"]),
    ("a name is none, on one line", """\
        satuan 3a { x: 1 }
        satuan b { x: 1 }
        """, ["S101 1:1"], ["b"]),
    ("a title is closed by the wrong quote", """\
        satuan a “Judul" {
            x: 1
        }
        satuan b { x: 1 }
        """, ["S106 1:1"], ["b"]),
    ("the head of an inner block cannot be read", """\
        formula a {
            contoh-x {
                y: 1
            }
            x: 1
        }
        satuan b { x: 1 }
        """, ["S106 2:5"], ["a", "b"]),
    ("a block has no head", """\
        {
            x: 1
        }
        satuan b { x: 1 }
        """, ["S106 1:1"], ["b"]),
    ("many things are wrong at once", """\
        sekadar kata
        satuan a {
            x: "satu
            | 1 | 2
            lain kata
        }
        }
        satuan b {
            x: 1

        satuan c { x: 1 }
        """, ["S101 1:1", "S104 3:8", "S105 4:11", "S103 7:1", "S102 8:1"], ["a", "b", "c"]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text", "findings", "names"), BROKEN, ids=[case[0] for case in BROKEN])
def test_what_is_wrong_is_one_finding_at_its_place_and_the_rest_is_read(
    what: str, text: str, findings: list[str], names: list[str]
) -> None:
    """Exactly these findings, and every block but the one that cannot be read."""
    source = Source("a.sakip", dedent(text))
    file, diagnostics = parse(source)
    assert sorted(found(source, diagnostics)) == sorted(findings)
    assert shape(file) == names


@pytest.mark.parametrize(("what", "text", "findings", "names"), BROKEN, ids=[case[0] for case in BROKEN])
def test_a_file_is_read_the_same_every_time(what: str, text: str, findings: list[str], names: list[str]) -> None:
    """The same tree and the same findings in the same order."""
    source = Source("a.sakip", dedent(text))
    assert parse(source) == parse(source)


def test_entries_beside_a_bad_line_are_read() -> None:
    """Only the line itself is lost, and with it what it would have said."""
    file, _ = parse(Source("a", 'satuan a {\n    x: 1\n    y: "satu\n    z: 2\n    | a\n    | b |\n}\n'))
    (block,) = file.blocks()
    assert entries(block) == {"x": "1", "z": "2"}
    assert rows(block) == [["b"]]


def test_blocks_too_deep_are_refused_once() -> None:
    """What lies deeper than the limit is one finding."""
    text = "a { " * (MAX_DEPTH + 5) + "}" * (MAX_DEPTH + 5)
    _, diagnostics = parse(Source("a", text))
    assert [item.code.name for item in diagnostics] == ["S204"]
    assert parse(Source("a", "a { " * MAX_DEPTH + "}" * MAX_DEPTH))[1] == ()


# Never raises, never hangs.


@given(GRAMMAR_ISH | st.text(max_size=200))
@settings(deadline=None, max_examples=400)
def test_any_text_is_read(text: str) -> None:
    """A tree comes back whatever is typed, and every finding lies within the text."""
    file, diagnostics = parse(Source("a", text))
    assert all(item.span and 0 <= item.span.start <= item.span.end <= len(text) for item in diagnostics)
    assert all(0 <= item.start <= item.end <= len(text) for item in file.items)


@given(st.sampled_from(RULES), st.data())
@settings(deadline=None, max_examples=60)
def test_a_rule_file_with_a_piece_cut_out_is_read(path: Path, data: st.DataObject) -> None:
    """What an editor holds while someone types never raises."""
    text = path.read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 40, len(text))))
    file, diagnostics = parse(Source("a", text[:start] + text[end:]))
    assert file.items or diagnostics


ADVERSARIAL = {
    "stray lines": "kata\n" * 20_000,
    "stray lines of several kinds": "kata\n| a\n}\n" * 7_000,
    "opened braces": "a {\n" * 5_000,
    "nested braces": "a {" * 5_000 + "}" * 5_000,
    "closed braces": "}" * 20_000,
    "bare braces": "{" * 20_000,
    "quotes": '"' * 20_000,
    "three quotes on lines": 'x: """\n' * 5_000,
    "curly quotes": "“" * 20_000,
    "curly quotes on lines": "“\n" * 20_000,
    "bars": "|" * 20_000,
    "bars and quotes": '|"' * 20_000,
    "blank lines behind a word": "kata" + "\n" * 50_000 + "kata",
    "words and blank lines": "kata\n\n\n" * 20_000,
    "comments": "#\n" * 20_000,
    "an endless value": "a {\nx: " + "a;\n" * 20_000 + "}",
    "entries outside blocks": "x: 1\n" * 20_000,
    "heads without braces": 'satuan a "J"\n' * 10_000,
}


@pytest.mark.parametrize("text", ADVERSARIAL.values(), ids=ADVERSARIAL)
def test_long_nonsense_is_read_to_its_end(text: str) -> None:
    """No repetition makes the parser raise, recurse too deeply, or take the square of the time."""
    file, diagnostics = parse(Source("a", text))
    assert file.items or diagnostics


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_every_rule_file_of_the_project_has_a_sound_shape(path: Path) -> None:
    """The files that are shipped are read without a finding."""
    assert list(read(path.read_text(encoding="utf-8")).blocks())


@pytest.mark.parametrize(
    ("rest", "kinds"),
    [
        ("    rumus: b / c\n", ["Entry", "Entry"]),
        ('    contoh "Contoh" {\n        b: 1\n    }\n', ["Entry", "Block"]),
        ("    contoh satu {\n        b: 1\n    }\n", ["Entry", "Block"]),
        ("    | bila | hasil |\n", ["Entry", "Row"]),
        ("    # catatan\n", ["Entry", "Comment"]),
        ("\n    rumus: b\n", ["Entry", "Entry"]),
        ("        c\n", ["Entry"]),
    ],
)
def test_a_semicolon_at_the_end_of_a_list_does_not_swallow_what_follows(rest: str, kinds: list[str]) -> None:
    """Only a line that is nothing else continues the list."""
    file, diagnostics = parse(Source("a", f"formula a {{\n    masukan: b;\n{rest}}}\n"))
    assert (kinds, ()) == ([type(item).__name__ for item in next(file.blocks()).items], diagnostics)
