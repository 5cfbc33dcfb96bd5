"""Places in a source, and the order of findings."""

from __future__ import annotations

import pickle
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Related, Repair, Severity, in_order
from sakip_rules.base.source import Source, Span


@pytest.mark.parametrize(
    ("text", "offset", "position"),
    [
        ("", 0, (1, 1)),
        ("ab\ncd", 0, (1, 1)),
        ("ab\ncd", 2, (1, 3)),
        ("ab\ncd", 3, (2, 1)),
        ("ab\ncd", 5, (2, 3)),
        ("ab\n", 3, (2, 1)),
        ("\n\n", 1, (2, 1)),
        ("≥ 80\n×", 5, (2, 1)),
    ],
)
def test_a_position_counts_lines_and_columns_from_one(text: str, offset: int, position: tuple[int, int]) -> None:
    """A line end belongs to the line that it ends."""
    assert Source("a", text).position(offset) == position


@given(st.text("ab\n", max_size=40))
@settings(deadline=None)
def test_lines_and_positions_agree(text: str) -> None:
    """Every offset lies in its line, at its column."""
    source = Source("a", text)
    assert "\n".join(source.line(number) for number in range(1, source.line_count + 1)) == text
    for offset, mark in enumerate(text):
        line, column = source.position(offset)
        assert (source.line(line) + "\n")[column - 1] == mark
        assert source.line_span(line).start == offset - column + 1


def _findings() -> list[Diagnostic]:
    return [
        Diagnostic(codes.STRAY_LINE, Span("a", 5, 6), {"text": "x"}),
        Diagnostic(codes.STRAY_LINE, Span("a", 10, 11)),
        Diagnostic(codes.MISSING_BRACE, Span("a", 10, 11)),
        Diagnostic(codes.STRAY_LINE, Span("b", 0, 1)),
        Diagnostic(codes.NO_RULE_FILES, None),
    ]


def test_findings_come_in_one_order_whatever_order_they_were_found_in() -> None:
    """By file, place and code, and a finding without a place first."""
    expected = tuple(_findings()[number] for number in (4, 0, 1, 2, 3))
    assert all(in_order(order) == expected for order in permutations(_findings()))


def test_a_finding_that_is_made_twice_is_told_once() -> None:
    """Two passes may stumble over the same place."""
    assert in_order(_findings() * 2) == in_order(_findings())


def test_a_finding_survives_the_cache() -> None:
    """Pickling keeps the facts, the second places and the repair."""
    place = Span("a", 0, 1)
    related = (Related(place, "here", {"n": 1}),)
    item = Diagnostic(codes.LONE_GROUP, place, {"text": "5.300"}, related, "5,3", Repair(place, "5,3"), "a")
    assert pickle.loads(pickle.dumps(item)) == item


def test_codes_are_named_once_each() -> None:
    """A letter and three digits name one kind of finding, and only warnings are no errors."""
    names = [code.name for code in codes.ALL]
    assert len(set(names)) == len(names)
    assert {Diagnostic(code, None).is_error for code in codes.ALL if code.severity is Severity.ERROR} == {True}
    assert not Diagnostic(codes.LONE_GROUP, None).is_error
