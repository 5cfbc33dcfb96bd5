"""How a figure came about: each step with its values, and the rule, document, datum and regulation that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sakip_rules.base.paragraphs import shortened
from sakip_rules.cli.explain_budgets import BudgetExplainer
from sakip_rules.cli.explanation import GAP, Explaining, explanation
from sakip_rules.cli.results import interval_text, target_text
from sakip_rules.messages.catalog import Catalog, format_exact, format_value
from sakip_rules.messages.render import place
from sakip_rules.model import program as p
from sakip_rules.model.outline import printed_tables
from sakip_rules.model.publication import Explanation, ExplanationStep
from sakip_rules.model.results import (
    Achievement,
    Average,
    Change,
    ComparisonRow,
    IndicatorResult,
    ObjectiveResult,
    Step,
)
from sakip_rules.model.values import Value
from sakip_rules.project import Project
from sakip_rules.report.reconcile import printed_rows
from sakip_rules.syntax import tree
from sakip_rules.syntax.printer import print_expression

#: So much of a definition is quoted, in signs.
_LONGEST_DEFINITION = 300


class Explainer(Explaining):
    """Explains the achievements of one evaluation."""

    def indicator(self, result: IndicatorResult) -> Explanation:
        lines = [*self._figures(result)]
        lines += self._calculation(result.achievement)
        lines += self._steps(result.achievement)
        lines += self._category(result.achievement)
        lines += self._progress(result)
        lines += self._rests_on(result.achievement.formula, result.indicator)
        lines += self._printed(result)
        return explanation(f"{result.indicator.label} ({result.indicator.name})", lines)

    def change(self, row: ComparisonRow) -> Explanation:
        """How an indicator has moved against the year before."""
        year = self.evaluation.year
        figures = {at: row.figures[at] for at in (year - 1, year) if at in row.figures}
        realized = {at: each.realization.value for at, each in figures.items()}
        achieved = {at: each.achievement.value for at, each in figures.items() if each.achievement}
        lines = [*self._moved("bagian.realisasi", realized, row.realization)]
        lines += self._moved("bagian.capaian", achieved, row.achievement)
        return explanation(self._say("explain.perubahan", title=row.indicator.label, year=str(year - 1)), lines)

    def _moved(self, label: str, values: Mapping[int, Value], changed: Change) -> Iterator[ExplanationStep]:
        """The values of both years, and their change by the formulas of the method."""
        told = (f"{year}: {format_value(value, self.words)}" for year, value in values.items())
        yield from self._line(label, "; ".join(told) or "-", None)
        method = self.evaluation.method
        for kind, value, reference in (
            ("bagian.perubahan", changed.relative, method.change),
            ("bagian.selisih", changed.difference, method.difference),
        ):
            yield from self._line(kind, format_value(value, self.words), None)
            if value.reason:
                yield from self._more(self._say("explain.alasan", reason=value.reason))
            formula = self.program.target(reference)
            if isinstance(formula, p.Formula) and formula.expression is not None:
                yield from self._more(print_expression(formula.expression), formula.place("rumus"))

    def objective(self, result: ObjectiveResult) -> Explanation:
        members = [
            each for each in self.evaluation.indicators
            if (each.objective and each.objective.path) == (result.objective and result.objective.path)
        ]  # fmt: skip
        lines = [*self._members([(each.indicator.label, each.achievement) for each in members])]
        lines += self._mean(result.achievement, result.count)
        lines += BudgetExplainer.of(self).objective(result.objective)
        return explanation(result.objective.label if result.objective else "-", lines)

    def average(self, average: Average) -> Explanation:
        lines: list[ExplanationStep] = []
        if average.kind == "per_sasaran":
            members = [
                (each.objective.label if each.objective else "-", each.achievement)
                for each in self.evaluation.objectives
            ]
            lines += self._members(members, unrounded=True)
        else:
            lines += self._members([(each.indicator.label, each.achievement) for each in self.evaluation.indicators])
        lines += self._line("bagian.cara", self._word(average.kind), average.step.span)
        lines += self._mean(average.achievement, average.count)
        lines += self._printed_average(average)
        return explanation(self._word(average.kind).capitalize(), lines)

    # Where the figures come from.

    def _figures(self, result: IndicatorResult) -> Iterator[ExplanationStep]:
        agreement = result.source
        yield from self._line("bagian.target", self._target(result), result.target_span)
        decided = {"date": agreement.decided} if agreement.decided else {}
        key = "explain.dokumen" if decided else "explain.dokumen_tanpa_tanggal"
        yield from self._more(self._say(key, title=agreement.label, **decided))
        realization = result.realization
        yield from self._line(
            "bagian.realisasi", realization.label or format_value(realization.value, self.words), None
        )
        if realization.expression is not None:
            yield from self._more(print_expression(realization.expression), result.indicator.place("rumus"))
            yield from self._more("= " + self._with_values(realization.expression, realization.trace))
        if realization.over_quarters:
            yield from self._more(self._say("explain.dari_triwulan", rule=realization.over_quarters))
        for measurement in realization.measurements:
            yield from self._more(self._datum(measurement), measurement.span)

    def _target(self, result: IndicatorResult) -> str:
        """The target with the unit of its indicator, where it was written without one."""
        text, unit = target_text(result.target), result.indicator.unit
        if unit is None or not isinstance(result.target, p.Quantity | p.Interval) or result.target.unit:
            return text
        return f"{text} {unit.text}"

    # The calculation.

    def _calculation(self, found: Achievement) -> Iterator[ExplanationStep]:
        if found.policy:
            yield from self._line("bagian.kebijakan", found.policy, self.evaluation.method.place(found.policy))
        if found.problem and found.value.number is None:
            reason = self._say("explain.alasan", reason=found.problem)
            yield from self._line("bagian.capaian", self._word(found.value.status.value), found.problem.span)
            yield from self._more(reason)
        if found.formula is None:
            return
        branch = next((step.node for step in found.trace if isinstance(step.node, p.Branch)), None)
        expression = branch.result if branch else found.formula.expression
        if expression is None:
            return
        at = branch.place("hasil") if branch else found.formula.place("rumus")
        yield from self._line("bagian.rumus", print_expression(expression), at)
        yield from self._more(found.formula.label)
        if branch:
            condition = (
                print_expression(branch.condition) if branch.condition is not None else self._say("explain.selain_itu")
            )
            yield from self._more(self._say("explain.karena", condition=condition))
        yield from self._more("= " + self._with_values(expression, found.trace))
        yield from self._more("= " + format_value(found.unrounded, self.words))

    def _with_values(self, expression: tree.Expression, trace: Sequence[Step]) -> str:
        """The expression with the value of each name in its place."""
        values = {name: self._shown(value) for name, value in _values_of(trace)}

        def put_in(node: tree.Name) -> str:
            name = ".".join(node.parts)
            return values.get(name, name)

        return print_expression(expression, put_in)

    def _shown(self, value: object) -> str:
        """A value, or all values of a list."""
        values = value if isinstance(value, tuple) else (value,)
        return "; ".join(format_value(each, self.words) for each in values if isinstance(each, Value))

    def _steps(self, found: Achievement) -> Iterator[ExplanationStep]:
        for taken in found.steps:
            if taken.step.step in ("capaian", "rata_rata"):
                continue
            value = taken.step.value
            shown = format_value(taken.value, self.words)
            yield from self._line(
                "bagian.langkah", f"{taken.step.step} {_step_value(value)} → {shown}", taken.step.span
            )

    def _category(self, found: Achievement) -> Iterator[ExplanationStep]:
        category = self.program.target(self.evaluation.method.category)
        if not isinstance(category, p.Category):
            return
        if found.category:
            text = f"{found.category.label} ({interval_text(found.category.range)})"
            yield from self._line("bagian.kategori", text, found.category.span)
            yield from self._more(category.label)
        elif found.problem:
            yield from self._line("bagian.kategori", "-", found.problem.span)
            yield from self._more(self._say("explain.alasan", reason=found.problem))

    def _progress(self, result: IndicatorResult) -> Iterator[ExplanationStep]:
        progress = result.progress
        if progress is None:
            return
        yield from self._line("bagian.kemajuan", format_value(progress.value, self.words), None)
        facts = {"target": progress.target, "year": str(progress.year), "title": progress.plan.label}
        yield from self._more(self._say("explain.terhadap_akhir", **facts), progress.row.span)

    def _rests_on(self, formula: p.Formula | None, indicator: p.Indicator) -> Iterator[ExplanationStep]:
        basis = [*(formula.basis if formula else ()), *self.evaluation.method.basis, *indicator.basis]
        seen: set[str] = set()
        for reference in basis:
            regulation = self.program.target(reference)
            if isinstance(regulation, p.Regulation) and regulation.name not in seen:
                seen.add(regulation.name)
                yield from self._line("bagian.dasar", regulation.label, regulation.name_span)
        yield from self._line("bagian.metode", self.evaluation.method.label, self.evaluation.method.name_span)
        if indicator.meaning:
            yield from self._line(
                "bagian.definisi", shortened(indicator.meaning, _LONGEST_DEFINITION), indicator.place("definisi")
            )

    # What was printed.

    def _printed(self, result: IndicatorResult) -> Iterator[ExplanationStep]:
        for report in self._reports():
            for table, row in printed_rows(self.program, report, result.indicator):
                yield from self._printed_row(table, row, result.achievement)

    def _printed_average(self, average: Average) -> Iterator[ExplanationStep]:
        for report in self._reports():
            for table in printed_tables(self.program, report):
                if table.aggregate == average.kind:
                    for row in table.rows:
                        if row.indicator is None:
                            yield from self._printed_row(table, row, average.achievement)

    def _printed_row(self, table: p.PrintedTable, row: p.Printed, found: Achievement) -> Iterator[ExplanationStep]:
        printed = format_exact(row.achievement.number) + "%" if row.achievement else "-"
        text = f"{printed}, {row.category}" if row.category else printed
        differs = (row.achievement is not None and row.achievement.number != found.value.number) or (
            row.category is not None
            and found.category is not None
            and row.category.casefold() != found.category.label.casefold()
        )
        key = "explain.berbeda" if differs else "explain.sama"
        yield from self._line("bagian.tercetak", f"{text} — {self._say(key)}", row.span)
        yield from self._more(table.label)

    def _reports(self) -> Iterator[p.Report]:
        return (report for report in self.program.own(p.Report) if report.year == self.evaluation.year)

    # Averages.

    def _members(
        self, members: Sequence[tuple[str, Achievement]], unrounded: bool = False
    ) -> Iterator[ExplanationStep]:
        for title, found in members:
            value = found.unrounded if unrounded else found.value
            left_out = f" ({self._say('explain.tidak_dihitung')})" if found.left_out else ""
            yield ExplanationStep(f"{title}{left_out}", format_value(value, self.words), listed=True)
        yield GAP

    def _mean(self, found: Achievement, count: int) -> Iterator[ExplanationStep]:
        text = self._say("explain.rata_rata", count=str(count), value=format_value(found.unrounded, self.words))
        yield from self._line("bagian.rata_rata", text, None)
        if found.problem and found.value.number is None:
            yield from self._more(self._say("explain.alasan", reason=found.problem))
        yield from self._steps(found)
        yield from self._category(found)


def _step_value(value: object) -> str:
    if isinstance(value, p.Quantity):
        return format_exact(value.number) + (value.unit or "")
    return str(getattr(value, "places", value if value is not None else ""))


def _values_of(trace: Sequence[Step]) -> Iterator[tuple[str, object]]:
    for step in trace:
        if isinstance(step.node, tree.Name):
            yield ".".join(step.node.parts), step.value
        yield from _values_of(step.parts)


def definition_text(definition: p.Definition, project: Project, words: Catalog) -> str:
    """What a definition without a figure of its own says, as it stands in its file."""
    source = project.sources[definition.span.path]
    body = source.text[definition.span.start : definition.span.end]
    where = place(definition.span, project.sources)
    return f"{definition.label} ({definition.kind} {definition.name})\n  ↳ {where}\n\n{body}\n"
