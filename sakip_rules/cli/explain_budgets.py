"""How budgets, spending and efficiency came about: by programme, with the document, datum and formula of each."""

from __future__ import annotations

from collections.abc import Iterator

from sakip_rules.base.source import Span
from sakip_rules.cli.explanation import GAP, Explaining, explanation
from sakip_rules.cli.results import amount_text
from sakip_rules.messages.catalog import format_value
from sakip_rules.model import program as p
from sakip_rules.model.publication import Explanation, ExplanationStep
from sakip_rules.model.results import ActivityResult, Efficiencies, Efficiency, Spending
from sakip_rules.model.values import ABSORBED, BUDGET, Quarter, Value
from sakip_rules.syntax.printer import print_expression


class BudgetExplainer(Explaining):
    """Explains what one evaluation says of budgets."""

    @classmethod
    def of(cls, other: Explaining) -> BudgetExplainer:
        return cls(other.project, other.evaluation, other.words, other.named)

    def objective(self, objective: p.Definition | None) -> Iterator[ExplanationStep]:
        """The budget of an objective, by the programmes that support it, and the efficiency of each indicator."""
        every = self.evaluation.efficiencies.objectives if self.evaluation.efficiencies else ()
        found = next((each for each in every if each.objective is objective), None)
        if found is None:
            return
        yield GAP
        yield from self._line("bagian.pagu", self._value(found.budget), None)
        yield from self._parts(found, BUDGET)
        yield from self._line("bagian.serapan", self._value(found.absorbed), None)
        yield from self._parts(found, ABSORBED)
        yield from self._by("bagian.persen_serapan", found.absorption, self.evaluation.method.absorption)
        for result, efficiency in zip(found.results, found.by_indicator, strict=True):
            yield from self._by("bagian.efisiensi", efficiency, self.evaluation.method.efficiency)
            facts = {"value": self._value(result.achievement.value), "title": result.indicator.label}
            yield from self._more(self._say("explain.dengan_capaian", **facts))

    def total(self, found: Efficiencies) -> Explanation:
        """The efficiency of all objectives together: each budget once, with the mean achievement that shares it."""
        lines = []
        for each in found.objectives:
            facts = {
                "title": each.objective.label if each.objective else "-", "budget": self._value(each.budget),
                "absorbed": self._value(each.absorbed), "achievement": self._value(each.achievement),
            }  # fmt: skip
            lines.append(ExplanationStep(self._say("explain.anggaran_sasaran", **facts), listed=True))
        lines += [GAP, *self._line("bagian.pagu", self._value(found.budget), None)]
        lines += self._line("bagian.serapan", self._value(found.absorbed), None)
        lines += self._by("bagian.efisiensi", found.total, self.evaluation.method.total_efficiency)
        return explanation(self._word("efisiensi_total").capitalize(), lines)

    def spending(self, found: Spending) -> Explanation:
        """Budget and spending of all together, by the programmes and activities whose amounts are added up."""
        lines = []
        for each in found.parts:
            budget, absorbed = self._value(each.budget), self._value(each.absorbed)
            facts = {"title": each.row.title, "budget": budget, "absorbed": absorbed}
            lines.append(ExplanationStep(self._say("explain.anggaran_kegiatan", **facts), listed=True))
        lines += [GAP, *self._line("bagian.pagu", self._value(found.budget), None)]
        lines += self._line("bagian.serapan", self._value(found.absorbed), None)
        lines += self._by("bagian.persen_serapan", found.absorption, self.evaluation.method.absorption)
        return explanation(self._word("anggaran_total").capitalize(), lines)

    def activity(self, result: ActivityResult) -> Explanation:
        """A programme or activity: its target, its realization, its budget and its efficiency."""
        row, method = result.row, self.evaluation.method
        lines = [*self._line("bagian.target", amount_text(row.target), row.place("target"))]
        lines += self._line("bagian.realisasi", self._value(result.realization), None)
        lines += self._measured(row.name)
        lines += self._line("bagian.capaian", self._value(result.achievement.value), None)
        lines += self._formula(result.achievement.formula)
        lines += self._line("bagian.pagu", self._value(result.budget), None)
        lines += self._measured(f"{row.name}.{BUDGET}") or self._at(row.place("pagu"))
        lines += self._line("bagian.serapan", self._value(result.absorbed), None)
        lines += self._measured(f"{row.name}.{ABSORBED}")
        lines += self._by("bagian.persen_serapan", result.absorption, method.absorption)
        lines += self._by("bagian.efisiensi", result.efficiency, method.efficiency)
        return explanation(f"{row.title} ({row.name})", lines)

    # The parts of an amount.

    def _parts(self, found: Efficiency, what: str) -> Iterator[ExplanationStep]:
        """The amounts of the programmes of an objective, each with its place."""
        for row in found.programs:
            shared = found.objective if len(row.supports) > 1 else None
            name = f"{row.name}.{shared.name}.{what}" if shared else f"{row.name}.{what}"
            yield from self._more(f"{row.number.rstrip('.')} {row.title}")
            measured = self._measured(name)
            yield from measured or self._at(self._budget_place(row, shared))

    def _budget_place(self, row: p.ActivityRow, shared: p.Definition | None) -> Span:
        """Where the budget of a programme stands, or the part of it that is for one objective."""
        parts = (part for each in self.program.own(p.Allocation) for part in each.rows if part.program == row.name)
        own = next((part for part in parts if shared and self.program.target(part.objective) is shared), None)
        return own.place("pagu") if own else row.place("pagu")

    def _measured(self, name: str) -> list[ExplanationStep]:
        """A datum with its source and place; nothing where there is none."""
        found = self.project.data.get(name, self.evaluation.year, Quarter.YEAR)
        return list(self._more(self._datum(found), found.span)) if found else []

    def _by(self, label: str, value: Value, reference: p.Reference | None) -> Iterator[ExplanationStep]:
        yield from self._line(label, self._value(value), None)
        yield from self._formula(self.program.target(reference))

    def _formula(self, formula: p.Formula | None) -> Iterator[ExplanationStep]:
        """A formula, its place, and the regulations that it rests on."""
        if formula is None or formula.expression is None:
            return
        yield from self._more(print_expression(formula.expression), formula.place("rumus"))
        for reference in formula.basis:
            regulation = self.program.target(reference)
            if regulation is not None:
                yield from self._more(regulation.label, regulation.name_span)

    def _value(self, value: Value) -> str:
        return format_value(value, self.words)
