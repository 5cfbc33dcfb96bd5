"""Sentences bound to results: what stands in braces is a figure, shown as the tables of the report show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic
from sakip_rules.base.number_words import write_number_words
from sakip_rules.base.source import Span
from sakip_rules.base.spelling import Spelling
from sakip_rules.model import program as p
from sakip_rules.model import reports as r
from sakip_rules.model.publication import Passage
from sakip_rules.model.units import RATIO
from sakip_rules.model.values import Value
from sakip_rules.report.cells import Cells, Outside
from sakip_rules.report.lookup import Lookup, OwnerlessError, UnknownError, title_of
from sakip_rules.report.subjects import Figure, IndicatorSubject, Subject
from sakip_rules.syntax import tree
from sakip_rules.syntax.printer import print_expression

#: What sentences can do besides calculating.
_COUNT, _WORDS, _SMALL = "banyak", "terbilang", "huruf_kecil"
_EXTREMES = {"tertinggi": max, "terendah": min}
#: What looks at all things of a sort.
_OF_ALL = (_COUNT, *_EXTREMES)


@frozen
class _UndecidedError(Exception):
    """A value without a number stands where one is needed to count or to choose."""

    value: Value


class Sentences:
    """Builds the passages of one report; what a sentence cannot say is among the findings of ``cells``."""

    def __init__(self, lookup: Lookup, cells: Cells, calculator: r.Calculator) -> None:
        self.lookup, self.cells, self.calculator = lookup, cells, calculator
        self._overall: dict[int, Figure] = {}

    def passages(self, narrative: r.Narrative) -> Iterator[Passage]:
        """One passage for each thing that the sentences are about, or one in all."""
        if narrative.each is None:
            yield Passage(self._text(narrative, None), narrative.name, bound=True)
            return
        things = self._things(narrative)
        if not things and not narrative.only:
            facts = {"name": narrative.name, "things": narrative.each}
            self.cells.found(Diagnostic(codes.SENTENCE_OF_NOTHING, narrative.place("untuk"), facts))
        for thing in things:
            if self._applies(narrative, thing):
                yield Passage(self._text(narrative, thing), narrative.name, thing.name, bound=True)

    def _things(self, narrative: r.Narrative) -> list[Subject]:
        every = list(self.lookup.things(narrative.each or ""))
        names = Spelling(thing.name for thing in every)
        for only in narrative.only:
            if any(thing.name == only.text for thing in every):
                continue
            if narrative.each == "indikator" and (indicator := self.lookup.indicator(only.text)):
                self._empty(only.span, only.text, IndicatorSubject(indicator, None))
            else:
                self._unknown(UnknownError(only.text, names.near(only.text)), only.span)
        wanted = {only.text for only in narrative.only}
        return [thing for thing in every if not wanted or thing.name in wanted]

    def _applies(self, narrative: r.Narrative, thing: Subject) -> bool:
        if narrative.condition is None:
            return True
        try:
            return self._holds(narrative.condition, thing)
        except UnknownError as error:
            self._unknown(error, narrative.place("bila"))
        except _UndecidedError:
            self._empty(narrative.place("bila"), print_expression(narrative.condition), thing)
        return False

    def _text(self, narrative: r.Narrative, thing: Subject | None) -> str:
        parts = (
            part if isinstance(part, str) else self._shown(narrative, part, thing) for part in narrative.text.parts
        )
        return "".join(parts).strip()

    def _shown(self, narrative: r.Narrative, node: tree.Expression, thing: Subject | None) -> str:
        """A figure in its words; where it cannot be shown, what was asked for."""
        written, span = print_expression(node), Span(narrative.span.path, node.start, node.end)
        try:
            figure = self._figure(node, thing)
        except UnknownError as error:
            self._unknown(error, span)
            return f"{{{written}}}"
        except OwnerlessError as error:
            facts = {"name": error.name, "thing": error.sort}
            self.cells.found(Diagnostic(codes.COLUMN_OF_NOTHING, span, facts))
            return f"{{{written}}}"
        except _UndecidedError as undecided:
            figure = Figure(undecided.value)
        if figure.value is not None and (reason := figure.value.reason) is not None:
            self.cells.found(Diagnostic(reason.code, span, {"name": written, **reason.values, "figure": written}))
        text = self._in_words(figure, self._column(narrative, node, span))
        if not text:
            self._empty(span, written, thing)
            return f"{{{written}}}"
        return text

    def _in_words(self, figure: Figure, column: Outside) -> str:
        """A figure in a sentence: money with its sign in front, anything else with its sign or unit behind."""
        if figure.unit not in self.cells.money:
            return self.cells.cell(figure, column).text
        cell = self.cells.cell(evolve(figure, unit=None), column)
        if cell.number is None:
            return cell.text
        sign, amount = ("-", cell.text[1:]) if cell.text.startswith("-") else ("", cell.text)
        return f"{sign}{self.cells.symbols[figure.unit]}{amount}"

    def _column(self, narrative: r.Narrative, node: tree.Expression, span: Span) -> Outside:
        """How a figure is shown: with the decimals that the table which the sentences follow gives its column."""
        table = self.lookup.program.target(narrative.table)
        words = set(_words_of(node))
        columns = table.columns if isinstance(table, p.ReportTable) else ()
        like = next((each for each in columns if each.column in words and each.decimals), None)
        return Outside(print_expression(node), span, like.decimals if like else None, "tabel_seperti")

    # Figures.

    def _figure(self, node: tree.Expression, thing: Subject | None) -> Figure:
        if isinstance(node, tree.Name):
            return self._stated(node.parts, thing)
        if isinstance(node, tree.Call):
            if node.function in (_WORDS, _SMALL) and len(node.arguments) == 1:
                return self._respoken(node, thing)
            if node.function in _OF_ALL:
                return self._of_all(node)
        value = self._calculated(node, thing)
        return Figure(value, unit=None if value.measure == RATIO else str(value.measure))

    def _stated(self, parts: Sequence[str], thing: Subject | None) -> Figure:
        """A figure of rules and data; why it has no number is told where it is evaluated, once."""
        figure = self.lookup.figure(parts, thing)
        return figure if figure.value is None else evolve(figure, value=evolve(figure.value, reason=None))

    def _respoken(self, node: tree.Call, thing: Subject | None) -> Figure:
        """A number in words, or a text in small letters."""
        figure = self._figure(node.arguments[0], thing)
        if node.function == _SMALL:
            return evolve(figure, text=figure.text and figure.text.lower())
        try:
            return Figure(text=write_number_words(self._number(figure)))
        except ValueError:
            raise UnknownError(print_expression(node)) from None

    def _number(self, figure: Figure) -> Fraction:
        value = self.lookup.value(figure)
        if not isinstance(value.number, Fraction):
            raise _UndecidedError(value)
        return value.number

    def _calculated(self, node: tree.Expression, thing: Subject | None) -> Value:
        values: dict[str, Value] = {}
        return self.calculator.value(self._prepared(node, thing, values), values)

    def _holds(self, node: tree.Expression, thing: Subject | None) -> bool:
        values: dict[str, Value] = {}
        holds = self.calculator.holds(self._prepared(node, thing, values), values)
        if isinstance(holds, Value):
            raise _UndecidedError(holds)
        return holds

    def _prepared(self, node: tree.Expression, thing: Subject | None, values: dict[str, Value]) -> tree.Expression:
        """An expression with a name in the place of each figure, whose value stands in ``values``."""
        if isinstance(node, tree.Name) or (isinstance(node, tree.Call) and node.function in _OF_ALL):
            name = f"figure_{len(values)}"
            values[name] = self.lookup.value(self._figure(node, thing))
            return tree.Name((name,), node.start, node.end)
        if isinstance(node, tree.Binary):
            left, right = (self._prepared(part, thing, values) for part in (node.left, node.right))
            return evolve(node, left=left, right=right)
        if isinstance(node, tree.Unary):
            return evolve(node, operand=self._prepared(node.operand, thing, values))
        if isinstance(node, tree.Call):
            return evolve(node, arguments=tuple(self._prepared(part, thing, values) for part in node.arguments))
        if isinstance(node, tree.Filtered):
            raise UnknownError(print_expression(node))
        return node

    # Things.

    def _of_all(self, node: tree.Call) -> Figure:
        """How many things there are, or the highest or lowest figure of some: the same wherever it is said."""
        if id(node) not in self._overall:
            if node.function == _COUNT and len(node.arguments) == 1:
                self._overall[id(node)] = Figure(Value(Fraction(len(self._chosen(node.arguments[0])[0]))))
            elif node.function in _EXTREMES and 1 <= len(node.arguments) <= 2:
                self._overall[id(node)] = self._extreme(node)
            else:
                raise UnknownError(print_expression(node))
        return self._overall[id(node)]

    def _chosen(self, node: tree.Expression) -> tuple[list[Subject], tuple[str, ...]]:
        """The things of a sort for which a condition holds, and the column that is asked of them.

        A condition looks at each thing alone: one that counted others would cost their number again for each.
        """
        condition = node.condition if isinstance(node, tree.Filtered) else None
        for part in tree.walk(condition) if condition is not None else ():
            if isinstance(part, tree.Call) and part.function in _OF_ALL:
                raise UnknownError(print_expression(part))
        each = node.each if isinstance(node, tree.Filtered) else node
        if not isinstance(each, tree.Name) or each.parts[0] not in r.THINGS:
            near = Spelling(r.THINGS).near(each.parts[0]) if isinstance(each, tree.Name) else None
            raise UnknownError(print_expression(each), near)
        things = list(self.lookup.things(each.parts[0]))
        if condition is not None:
            things = [item for item in things if self._holds(condition, item)]
        return things, each.parts[1:]

    def _extreme(self, node: tree.Call) -> Figure:
        """The highest or lowest figure of some things, or what its things are called."""
        things, column = self._chosen(node.arguments[0])
        if not column or not things:
            raise UnknownError(print_expression(node))
        figures = [(item, self._stated(column, item)) for item in things]
        known = [(item, figure, self._number(figure)) for item, figure in figures]
        best = _EXTREMES[node.function](number for _, _, number in known)
        found = [(item, figure) for item, figure, number in known if number == best]
        if len(node.arguments) == 1:
            return found[0][1]
        shown = node.arguments[1]
        if not isinstance(shown, tree.Name):
            raise UnknownError(print_expression(shown))
        return Figure(text=", ".join(_texts(self._stated(shown.parts, item) for item, _ in found)))

    # Findings.

    def _unknown(self, error: UnknownError, span: Span) -> None:
        self.cells.found(Diagnostic(codes.SENTENCE_UNKNOWN, span, {"name": error.name}, (), error.near))

    def _empty(self, span: Span, written: str, thing: Subject | None) -> None:
        facts = {"name": written, "thing": title_of(thing) if thing else self.lookup.figures.report.label}
        self.cells.found(Diagnostic(codes.SENTENCE_EMPTY, span, facts))


def _words_of(node: tree.Expression) -> Iterator[str]:
    """The words of a figure, without those of what is only counted, chosen or asked for its name."""
    if isinstance(node, tree.Name):
        yield from node.parts
    elif isinstance(node, tree.Filtered):
        yield from _words_of(node.each)
    elif not (isinstance(node, tree.Call) and node.function == _COUNT):
        parts = tree.parts_of(node)
        for part in parts[:1] if isinstance(node, tree.Call) and node.function in _EXTREMES else parts:
            yield from _words_of(part)


def _texts(figures: Iterable[Figure]) -> list[str]:
    return [figure.text for figure in figures if figure.text]
