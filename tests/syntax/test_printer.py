"""The formatter: the same tree, every comment in its place, and nothing left to do for a second run."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_rules.base.source import Source, Span
from sakip_rules.model.canonical import _shape, rewriter
from sakip_rules.model.vocabulary import CORE
from sakip_rules.syntax import tree
from sakip_rules.syntax.parser import parse, parse_fragment
from sakip_rules.syntax.printer import WIDTH, print_expression, print_file

RULES = sorted(Path(__file__).parents[2].joinpath("rules").rglob("*.sakip"))


def read(text: str) -> tree.File:
    file, diagnostics = parse(Source("a.sakip", text))
    assert diagnostics == ()
    return file


def placeless(file: tree.File) -> tuple[tree.Item, ...]:
    """The items of a file without their places, and without the blank lines that the formatter sets."""
    return tuple(_settled(tree.without_places(item)) for item in file.items)


def _settled(item: tree.Item) -> tree.Item:
    if isinstance(item, tree.Block):
        item = evolve(item, items=tuple(map(_settled, item.items)))
    return evolve(item, blank_before=False)


# Files.


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_every_rule_file_is_formatted_already_and_keeps_its_tree(path: Path) -> None:
    """The files that are shipped are what the formatter writes."""
    text = path.read_text(encoding="utf-8")
    printed = print_file(read(text), rewriter(CORE))
    assert printed == text
    assert placeless(read(printed)) == placeless(read(text))


WRITTEN: list[tuple[str, str, str]] = [
    ("an empty file", "\n\n  \n", ""),
    ("an empty block", "satuan a{}", "satuan a { }\n"),
    ("a short block stands on one line", "satuan a {\n jenis:cacah\n}", "satuan a { jenis: cacah }\n"),
    ("kinds and keys are written small", "Satuan a {\n Jenis: cacah\n Lambang: b }",
        "satuan a {\n    jenis: cacah\n    lambang: b\n}\n"),
    ("curly quotes become straight", "satuan a “J” { lambang: “b” }", 'satuan a "J" { lambang: "b" }\n'),
    ("quotes in quotes are kept", 'satuan a “J "k"” { t: "Predikat “Sangat Baik”" }',
        'satuan a “J "k"” { t: "Predikat “Sangat Baik”" }\n'),
    ("a table is aligned, its heading small", "k a {\n|Rentang|Predikat|\n|1|Sangat Baik|\n| |-|\n}",
        "k a {\n    | rentang | predikat    |\n    | 1       | Sangat Baik |\n    |         | -           |\n}\n"),
    ("rows below a blank line are no heading", "k a {\n| N | P |\n| 1 | Baik |\n\n| 2 | Buruk |\n}",
        "k a {\n    | n | p    |\n    | 1 | Baik |\n\n    | 2 | Buruk |\n}\n"),
    ("rows below an entry are no heading", "k a {\n| N |\n| Baik |\nx: 1\n| Buruk |\n}",
        "k a {\n    | n    |\n    | Baik |\n    x: 1\n    | Buruk |\n}\n"),
    ("a long text is indented anew", 'k a {\nt: """\n      satu\n        dua\n\n      tiga\n"""\n}',
        'k a {\n    t: """\n        satu\n          dua\n\n        tiga\n    """\n}\n'),
    ("blocks of several lines stand apart", "k a {\nx: 1\ny: 2\n}\nk b { x: 1 }\nk c { x: 1 }\n",
        "k a {\n    x: 1\n    y: 2\n}\n\nk b { x: 1 }\nk c { x: 1 }\n"),
    ("several blank lines become one", "k a { x: 1 }\n\n\n\nk b { x: 1 }\n", "k a { x: 1 }\n\nk b { x: 1 }\n"),
    ("a trailing semicolon swallows nothing", "k a {\n    x: b;\n}\n", "k a { x: b; }\n"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text", "printed"), WRITTEN, ids=[case[0] for case in WRITTEN])
def test_the_formatter_writes_one_way(what: str, text: str, printed: str) -> None:
    """And what it has written it leaves alone."""
    assert print_file(read(text)) == printed
    assert print_file(read(printed)) == printed


def test_every_comment_stays_where_it_was() -> None:
    """On a line of its own, behind a brace, behind a value, behind a row, and between rows."""
    text = dedent("""\
        # atas

        k a {  # kepala
            # sebelum
            x: 1  # nilai
            t: \"\"\"
                satu # bukan komentar
            \"\"\"  # teks
            | k | l |  # judul
            # antara
            | 1 | 2 |  # baris
            # sesudah
        }  # kaki

        k b { x: 1 }  # pendek
        k c { }  # kosong
        # bawah
        """)
    assert print_file(read(text)) == text


@pytest.mark.parametrize("quote", ['"Bidang A “satu; dua” itu"', '“Bidang A "satu; dua" itu”', '"Bidang A; B"'])
def test_a_long_list_is_broken_behind_semicolons_but_not_within_quotes(quote: str) -> None:
    """Each line is short enough, and the value is the same."""
    text = f"k a {{\n    x: {'; '.join([quote] * 12)}\n}}\n"
    printed = print_file(read(text))
    assert placeless(read(printed)) == placeless(read(text))
    assert max(map(len, printed.splitlines())) <= WIDTH
    assert print_file(read(printed)) == printed


def test_a_kind_that_is_unknown_is_formatted_as_it_is() -> None:
    """The formatter needs no vocabulary to keep what is typed."""
    text = "asing a {\n    rumus: a*b\n    x: c\n}\n"
    assert print_file(read(text), rewriter(CORE)) == text


# Generated files.

names = st.from_regex(r"[a-z_][a-z0-9_]{0,8}", fullmatch=True)
comments = st.none() | st.from_regex(r"#[ a-z{}|\"“”#;]{0,12}", fullmatch=True).map(str.rstrip)
plain = st.text("abc 1,%;.×–\u00a0“”{}#|", max_size=12)
straight = st.text("ab;“”{}|# ", max_size=10).map(lambda text: f'"{text}"')
curly = st.text('ab;“"{}|# ', max_size=10).map(lambda text: f"“{text}”")
words = st.from_regex(r"[a-z0-9][a-z0-9,;%×≥–. ]{0,14}", fullmatch=True)
values = words | straight | curly | st.lists(straight | curly | names, min_size=1, max_size=25).map("; ".join)
long_texts = st.lists(st.text("ab c\t“;{}#|:", max_size=14), max_size=4).map(
    lambda lines: '"""' + "\n".join(lines) + '"""'
)
cells = st.from_regex(r"[a-zA-Z0-9 ,%≥–-]{0,8}", fullmatch=True) | straight.filter(lambda text: "“" not in text)


@st.composite
def entry_texts(draw: st.DrawFn) -> str:
    comment = draw(comments)
    value = draw(values | long_texts)
    return f"{draw(names)}: {value} {comment or ''}\n"


@st.composite
def row_texts(draw: st.DrawFn) -> str:
    return f"|{'|'.join(draw(st.lists(cells, min_size=1, max_size=3)))}| {draw(comments) or ''}\n"


def block_texts(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    @st.composite
    def build(draw: st.DrawFn) -> str:
        title = draw(st.just("") | straight | curly)
        items = draw(st.lists(inner | st.sampled_from(["\n", "\n\n", "# c\n", "  # “d\n"]), max_size=6))
        head = f"{draw(names)} {draw(names)} {title} {{ {draw(comments) or ''}\n"
        return f"{head}{''.join(items)}}} {draw(comments) or ''}\n"

    return build()


FILES = st.lists(st.recursive(block_texts(entry_texts() | row_texts()), block_texts, max_leaves=4), max_size=3).map(
    "".join
)


@given(FILES)
@settings(deadline=None, max_examples=400)
def test_formatting_keeps_the_tree_and_is_done_after_one_run(text: str) -> None:
    """Whatever can be read without a finding; headings alone are written small."""
    file, diagnostics = parse(Source("a", text))
    if diagnostics:
        return
    printed = print_file(file)
    assert _small_headings(placeless(read(printed))) == _small_headings(placeless(file))
    assert print_file(read(printed)) == printed


def _small_headings(items: tuple[tree.Item, ...]) -> tuple[tree.Item, ...]:
    first = next((item for item in items if isinstance(item, tree.Row)), None)
    small = []
    for item in items:
        if isinstance(item, tree.Block):
            small.append(evolve(item, items=_small_headings(item.items)))
        elif isinstance(item, tree.Row) and item is first:
            small.append(evolve(item, cells=tuple(evolve(cell, text=cell.text.lower()) for cell in item.cells)))
        else:
            small.append(item)
    return tuple(small)


# Expressions.

numbers = st.builds(
    tree.Number,
    st.sampled_from(["1", "0,28", "24.175", "100"]),
    st.sampled_from([None, "%", "Rp", "orang"]),
    st.just(0),
    st.just(0),
)
references = st.builds(
    tree.Name, st.sampled_from([("a",), ("rencana", "atas"), ("dana",), ("x1",)]), st.just(0), st.just(0)
)


def _operations(inner: st.SearchStrategy[tree.Expression]) -> st.SearchStrategy[tree.Expression]:
    zero = st.just(0)
    operators = st.sampled_from(["+", "-", "*", "/", "=", "≠", "<", "≤", ">", "≥", "dan", "atau"])
    return (
        st.builds(tree.Binary, operators, inner, inner, zero, zero)
        | st.builds(tree.Unary, st.sampled_from(["-", "bukan"]), inner, zero, zero)
        | st.builds(tree.Call, st.sampled_from(["min", "jumlah"]), st.lists(inner, max_size=3).map(tuple), zero, zero)
    )


EXPRESSIONS: st.SearchStrategy[tree.Expression] = st.recursive(numbers | references, _operations, max_leaves=12)


@given(EXPRESSIONS)
@settings(deadline=None, max_examples=400)
def test_a_printed_expression_is_read_back_as_itself(node: tree.Expression) -> None:
    """Parentheses stand where they are needed."""
    text = print_expression(node)
    read_back = parse_fragment("expression", text, Span("", 0, len(text)))
    assert read_back.diagnostics == ()
    assert _shape(read_back.node) == _shape(node)


@pytest.mark.parametrize(
    "text",
    [
        "a + b × c", "(a + b) × c", "a - (b - c)", "a / (b / c)", "a / b × 100%", "-(a + b)", "-a × b", "a - -b",
        "bukan a = b dan c", "bukan (a dan b)", "(a = b) = c", "a = (b = c)", "(bukan a) = b", "min(a; b + 1)", "f()",
        "Rp 5.000 + 2 orang", "rencana.atas > 92,5%", "(a atau b) dan c",
    ],
)  # fmt: skip
def test_no_parenthesis_is_lost_or_added(text: str) -> None:
    """These are printed as they were typed."""
    node = parse_fragment("expression", text, Span("", 0, len(text))).node
    assert not isinstance(node, tree.RangeNode | None)
    assert print_expression(node) == text


def test_names_may_be_printed_as_their_values() -> None:
    """The trace shows what was calculated with."""
    node = parse_fragment("expression", "a / (b + c)", Span("", 0, 11)).node
    assert not isinstance(node, tree.RangeNode | None)
    assert print_expression(node, lambda name: {"a": "1", "b": "2"}.get(name.parts[0], "?")) == "1 / (2 + ?)"


# One way to write what may be written in several.

CANONICAL: list[tuple[str, str, str, str]] = [
    ("formula", "rumus", "a*b", "a × b"),
    ("formula", "rumus", "a x b", "a × b"),
    ("formula", "rumus", "2x3", "2 × 3"),
    ("formula", "rumus", "2X3", "2 × 3"),
    ("formula", "rumus", "a·b÷c", "a × b / c"),
    ("formula", "rumus", "a : b", "a / b"),
    ("formula", "rumus", "a – b − c", "a - b - c"),
    ("formula", "rumus", "–a", "-a"),
    ("formula", "rumus", "( a+b )/c×100 %", "(a + b) / c × 100 %"),
    ("formula", "rumus", "min( a ;b )", "min(a; b)"),
    ("formula", "bila", "a>=b dan c<>d", "a ≥ b dan c ≠ d"),
    ("formula", "bila", "a != b", "a ≠ b"),
    ("formula", "bila", "selain itu", "selain itu"),
    ("indeks", "bobot", "1 / 9", "1/9"),
    ("kategori", "rentang", ">=100%", "≥ 100%"),
    ("kategori", "rentang", "75% s/d <100%", "75% s.d < 100%"),
    ("kategori", "rentang", "75% sampai dengan 100%", "75% s.d 100%"),
    ("kategori", "rentang", "80<x<=90", "80 < x ≤ 90"),
    ("kategori", "ranah", ">=0%", "≥ 0%"),
    ("kategori", "predikat", "A >= B", "A >= B"),
    ("variabel", "periode", "Jumlah", "jumlah"),
    ("variabel", "definisi", "A * B", "A * B"),
    ("formula", "rumus", '"a*b"', '"a*b"'),
    ("formula", "rumus", "a*", "a*"),
    ("formula", "asing", "a*b", "a*b"),
    ("asing", "rumus", "a*b", "a*b"),
]


@pytest.mark.parametrize(("kind", "key", "text", "canonical"), CANONICAL)
def test_signs_are_written_one_way_where_they_calculate(kind: str, key: str, text: str, canonical: str) -> None:
    """Texts, and what cannot be read, stay as they are; a second run changes nothing."""
    rewrite = rewriter(CORE)
    assert rewrite(kind, key, text) == canonical
    assert rewrite(kind, key, canonical) == canonical


SPELLINGS = {
    "×": ["*", "×", " x ", "·"],
    "-": ["-", "–", "−"],
    "/": ["/", "÷", ":"],
    "≥": ["≥", ">="],
    "≠": ["≠", "<>", "!="],
}


@given(EXPRESSIONS, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=300)
def test_rewriting_keeps_what_a_formula_says(node: tree.Expression, random: object) -> None:
    """Whatever way the signs of an expression are typed, its canonical text is the same expression."""
    text = print_expression(node)
    typed = "".join(random.choice(SPELLINGS.get(mark, [mark])) for mark in text)  # type: ignore[attr-defined]
    canonical = rewriter(CORE)("formula", "rumus", typed)
    before, after = (parse_fragment("expression", each, Span("", 0, len(each))).node for each in (typed, canonical))
    assert _shape(before) == _shape(after) == _shape(node)
    assert rewriter(CORE)("formula", "rumus", canonical) == canonical
