"""Values and cells: expressions, conditions and ranges, however their signs are typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_rules.base.source import Span
from sakip_rules.syntax import tree
from sakip_rules.syntax.parser import (
    MAX_EXPRESSION,
    MAX_NESTING,
    MAX_OPERATIONS,
    Fragment,
    FragmentType,
    parse_fragment,
)
from sakip_rules.syntax.printer import print_expression

TYPES: list[FragmentType] = ["expression", "condition", "range"]
#: Where the fragments stand in their file.
AT = 100


def fragment(type_: FragmentType, text: str) -> Fragment:
    return parse_fragment(type_, text, Span("a.sakip", AT, AT + len(text)))


def expression(text: str) -> tree.Expression:
    read = fragment("expression", text)
    assert read.diagnostics == ()
    assert not isinstance(read.node, tree.RangeNode | None)
    return read.node


def grouped(node: tree.Expression) -> str:
    """An expression with parentheses around every operation."""
    if isinstance(node, tree.Binary):
        return f"({grouped(node.left)} {node.operator} {grouped(node.right)})"
    if isinstance(node, tree.Unary):
        return f"({node.operator} {grouped(node.operand)})"
    if isinstance(node, tree.Call):
        return f"{node.function}({'; '.join(map(grouped, node.arguments))})"
    return print_expression(node)


def faults(type_: FragmentType, text: str) -> list[str]:
    """Each finding as its code and the text that it points at."""
    read = fragment(type_, text)
    assert read.node is None
    spans = [(item.code.name, item.span) for item in read.diagnostics]
    return [f"{code} {text[span.start - AT : span.end - AT]}" for code, span in spans if span]


# Expressions.


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("a + b × c", "(a + (b * c))"),
        ("(a + b) × c", "((a + b) * c)"),
        ("a - b - c", "((a - b) - c)"),
        ("a / b / c", "((a / b) / c)"),
        ("a / b × 100%", "((a / b) * 100%)"),
        ("a - (b - c)", "(a - (b - c))"),
        ("-a × b", "((- a) * b)"),
        ("a - -b", "(a - (- b))"),
        ("--a", "(- (- a))"),
        ("-(a + b)", "(- (a + b))"),
        ("a + b > c × d", "((a + b) > (c * d))"),
        ("a > b dan c < d", "((a > b) dan (c < d))"),
        ("a atau b dan c", "(a atau (b dan c))"),
        ("(a atau b) dan c", "((a atau b) dan c)"),
        ("bukan a = b", "(bukan (a = b))"),
        ("bukan a dan b", "((bukan a) dan b)"),
        ("bukan bukan a", "(bukan (bukan a))"),
        ("bukan (a dan b)", "(bukan (a dan b))"),
        ("(rencana - (realisasi - rencana)) / rencana × 100%",
         "(((rencana - (realisasi - rencana)) / rencana) * 100%)"),
        ("min(a; b + 1) / 2", "(min(a; (b + 1)) / 2)"),
        ("jumlah(unsur × bobot) × 25", "(jumlah((unsur * bobot)) * 25)"),
        ("f()", "f()"),
        ("f(g(a); -b)", "f(g(a); (- b))"),
        ("rencana.atas", "rencana.atas"),
        ("dana + ataun + bukanlah + dan_lain", "(((dana + ataun) + bukanlah) + dan_lain)"),
        ("x1 + sx + ax", "((x1 + sx) + ax)"),
        ("24.175.862.284", "24.175.862.284"),
    ],
)  # fmt: skip
def test_operations_bind_as_in_arithmetic(text: str, meaning: str) -> None:
    """Products before sums before comparisons before ``bukan`` before ``dan`` before ``atau``, from the left."""
    assert grouped(expression(text)) == meaning


@pytest.mark.parametrize(
    ("operator", "spellings"),
    [
        ("*", ["a * b", "a × b", "a·b", "a x b", "a X b", "a×b", "a\u00a0×\u00a0b", "a\n×\tb"]),
        ("/", ["a / b", "a ÷ b", "a : b", "a/b"]),
        ("-", ["a - b", "a – b", "a − b", "a-b"]),
        ("+", ["a + b", "a+b"]),
        ("≥", ["a ≥ b", "a >= b", "a>=b"]),
        ("≤", ["a ≤ b", "a <= b"]),
        ("≠", ["a ≠ b", "a <> b", "a != b"]),
        (">", ["a > b", "a>b"]),
        ("<", ["a < b"]),
        ("=", ["a = b", "a=b"]),
        ("dan", ["a dan b", "a DAN b"]),
        ("atau", ["a atau b", "a Atau b"]),
    ],
)
def test_an_operator_may_be_typed_in_several_ways(operator: str, spellings: list[str]) -> None:
    """What regulations print, what keyboards have and what Word makes of it are the same."""
    assert {grouped(expression(text)) for text in spellings} == {f"(a {operator} b)"}


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("92,5%", "92,5", "%"),
        ("92,5 %", "92,5", "%"),
        ("2 orang", "2", "orang"),
        ("Rp24.175", "24.175", "Rp"),
        ("Rp 24.175", "24.175", "Rp"),
        ("rp. 24.175", "24.175", "Rp"),
        ("RP\u00a05", "5", "Rp"),
        ("0.28", "0.28", None),
        ("5", "5", None),
    ],
)
def test_a_number_may_carry_its_unit(text: str, number: str, unit: str | None) -> None:
    """Also an international numeral is one number here; the type says what is wrong with it."""
    assert expression(text) == tree.Number(number, unit, AT, AT + len(text))


@pytest.mark.parametrize("text", ["2x3", "2X3", "2 x 3", "2×3", "2 × 3", "2*3"])
def test_two_times_three_is_no_unit_called_x3(text: str) -> None:
    """A unit needs a space before it."""
    assert grouped(expression(text)) == "(2 * 3)"


def test_rupiah_at_a_number_never_become_a_name() -> None:
    """``Rp24.175`` is an amount, and ``rp_total`` is a name."""
    assert grouped(expression("Rp24.175 + rp_total")) == "(Rp 24.175 + rp_total)"


def test_nodes_say_where_they_stand() -> None:
    """Offsets are those of the file; parentheses belong to what they hold, but not to a lone number."""
    text = "(a + b) / (0,28) × f(c)"
    node = expression(text)
    assert isinstance(node, tree.Binary)
    parts = [text[part.start - AT : part.end - AT] for part in tree.walk(node)]
    assert parts == [text, "(a + b) / (0,28", "(a + b)", "a", "b", "0,28", "f(c)", "c"]


@pytest.mark.parametrize("text", ["selain itu", "Selain Itu"])
def test_otherwise_is_a_condition_without_an_expression(text: str) -> None:
    """It is no finding, and stands for every other case."""
    assert fragment("condition", text) == Fragment(None)


def test_a_condition_is_an_expression() -> None:
    """Where it is not ``selain itu``."""
    assert fragment("condition", "a > b").node == fragment("expression", "a > b").node


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("min(a, b)", "S203 ,"),
        ("a, b", "S203 ,"),
        ("1 +", "S202 +"),
        ("(a", "S202 a"),
        ("min(a;", "S202 ;"),
        ("", "S202 "),
        ("a b", "S201 b"),
        ("a)", "S201 )"),
        ("()", "S201 )"),
        ("min(a; )", "S201 )"),
        ("a ; b", "S201 ;"),
        ("a ? b", "S201 ?"),
        ("a < b < c", "S201 <"),
        ("a = b = c", "S201 ="),
        ("× a", "S201 ×"),
        ("x", "S201 x"),
        ("dan", "S201 dan"),
        ("80 s.d 90", "S201 s.d"),
        ("a {", "S201 {"),
        ('"teks"', 'S201 "'),
        ("2a", "S201 2"),
        ("a.b.", "S201 ."),
        ("5%%", "S201 %"),
        ("a\u200bb", "S201 \u200b"),
    ],
)
def test_what_is_no_expression_is_one_finding_at_its_place(text: str, fault: str) -> None:
    """The first sign that does not fit is shown, or the last one where more was expected."""
    assert faults("expression", text) == [fault]


def test_a_comma_between_arguments_offers_a_semicolon() -> None:
    """The comma is the decimal mark."""
    (item,) = fragment("expression", "min(a, b)").diagnostics
    assert item.repair
    assert (item.repair.span, item.repair.text) == (Span("a.sakip", AT + 5, AT + 6), ";")


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("(" * MAX_NESTING + "a" + ")" * MAX_NESTING, True),
        ("(" * (MAX_NESTING + 1) + "a" + ")" * (MAX_NESTING + 1), False),
        ("f(" * (MAX_NESTING + 1) + "a" + ")" * (MAX_NESTING + 1), False),
        ("(a) + " * MAX_NESTING + "(a)", True),
        ("a" + " + a" * MAX_OPERATIONS, True),
        ("a" + " + a" * (MAX_OPERATIONS + 1), False),
        ("-" * MAX_OPERATIONS + "a", True),
        ("-" * (MAX_OPERATIONS + 1) + "a", False),
        ("bukan " * (MAX_OPERATIONS + 1) + "a", False),
        ("a" + " x a" * (MAX_OPERATIONS + 1), False),
        ("a" * MAX_EXPRESSION, True),
        ("a" * (MAX_EXPRESSION + 1), False),
        ("(" * 100_000, False),
    ],
)
def test_what_is_too_long_or_too_deep_is_refused_before_it_is_parsed(text: str, accepted: bool) -> None:
    """The limits count parentheses, signs and words, and letters."""
    read = fragment("expression", text)
    assert [item.code.name for item in read.diagnostics] == ([] if accepted else ["S204"])
    assert (read.node is not None) is accepted


# Ranges.


def ends(text: str) -> tuple[str, str]:
    """Both ends of a range, each with its sign; an open end is a dot."""
    node = fragment("range", text).node
    assert isinstance(node, tree.RangeNode)

    def end(bound: tree.Bound | None, signs: str) -> str:
        if bound is None:
            return "."
        number = print_expression(bound.value)
        return f"{signs[bound.included]} {'-' if bound.negative else ''}{number}"

    return end(node.lower, ">≥"), end(node.upper, "<≤")


@pytest.mark.parametrize(
    ("lower", "upper", "spellings"),
    [
        ("≥ 66", "≤ 75",
         ["66–75", "66-75", "66 − 75", "66 s.d 75", "66 s.d. 75", "66 S.D. 75", "66 s/d 75", "66 sampai dengan 75",
          "66 ≤ x ≤ 75", "66 <= x <= 75", "66 ≤ nilai ≤ 75", "66 ≤ 75", "≥ 66 s.d ≤ 75", "≥ 66 s.d 75", "66 s.d ≤ 75"]),
        ("> 80", "≤ 90", ["80 < x ≤ 90", "80<x<=90", "> 80 s.d 90", "> 80 s.d ≤ 90", "80 < X ≤ 90"]),
        ("≥ 75%", "< 100%", ["75% s.d < 100%", "75%–<100%", "75% ≤ x < 100%", "≥ 75% s.d < 100%"]),
        ("> 80", "< 90", ["80 < x < 90", "> 80 s.d < 90"]),
        ("≥ 100%", ".", ["≥ 100%", ">= 100%", "≥100 %"]),
        ("> 100%", ".", ["> 100%"]),
        (".", "< 55%", ["< 55%", "<55%"]),
        (".", "≤ 55%", ["≤ 55%", "<= 55%"]),
        ("≥ 5", "≤ 5", ["5", "= 5"]),
        ("≥ -5", "≤ -1", ["-5 s.d -1", "−5 s.d –1", "-5 - -1", "-5 ≤ x ≤ -1"]),
        ("≥ -5", ".", ["≥ -5"]),
        ("≥ Rp 5.000", "≤ Rp 10.000", ["Rp5.000 s.d Rp10.000", "Rp 5.000 – Rp 10.000"]),
        ("≥ 2 orang", "≤ 5 orang", ["2 orang s.d 5 orang", "2 orang - 5 orang"]),
        ("≥ 88,31", "≤ 100,00", ["88,31–100,00", "88,31 s.d 100,00"]),
    ],
)  # fmt: skip
def test_a_range_may_be_typed_in_several_ways(lower: str, upper: str, spellings: list[str]) -> None:
    """Both ends belong to it unless ``<`` or ``>`` says otherwise."""
    assert {text: ends(text) for text in spellings} == dict.fromkeys(spellings, (lower, upper))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("≠ 5", "S201 ≠"),
        ("80 > x ≥ 70", "S201 >"),
        ("< 80 s.d 90", "S201 s.d"),
        ("80 s.d > 90", "S201 >"),
        ("80 = x = 90", "S201 ="),
        ("80 ≤ x", "S202 x"),
        ("x ≥ 80", "S201 x"),
        ("80 s.d", "S202 d"),
        ("80 s.d 90 s.d 100", "S201 s.d"),
        ("tinggi", "S201 tinggi"),
        ("80, 90", "S203 ,"),
        ("80 + 5", "S201 +"),
        ("", "S202 "),
    ],
)
def test_what_is_no_range_is_one_finding_at_its_place(text: str, fault: str) -> None:
    """A sign that points the wrong way is never read as another range."""
    assert faults("range", text) == [fault]


# Never raises.

PIECES = st.sampled_from(
    ["a", "x", "1", "1,5", "0.28", "Rp", "%", "(", ")", ";", ",", "+", "-", "–", "×", "*", "/", ":", "=", "<", ">", "≥",
     "≠", " ", "dan ", " atau ", "bukan ", " s.d ", "selain itu", "f(", ".", "?", '"', "\ufeff", "\u00a0", "\n"]
)  # fmt: skip


@given(st.sampled_from(TYPES), st.lists(PIECES, max_size=20).map("".join) | st.text(max_size=60))
@settings(deadline=None, max_examples=400)
def test_any_text_is_a_node_or_one_finding_within_it(type_: FragmentType, text: str) -> None:
    """No text makes the reader raise, and no text is both read and complained of."""
    read = fragment(type_, text)
    assert len(read.diagnostics) <= 1
    if read.node is None and not read.diagnostics:
        assert (type_, text.strip(" \n\ufeff\u00a0").lower()) == ("condition", "selain itu")
    for item in read.diagnostics:
        assert item.span
        assert AT <= item.span.start <= item.span.end <= AT + len(text)
