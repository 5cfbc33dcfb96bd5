"""What is missing and has an achievement nevertheless, since the method gives it one."""

from __future__ import annotations

from collections.abc import Iterator

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Related
from sakip_rules.model.results import Evaluation
from sakip_rules.model.values import Status


def scored_missing(evaluation: Evaluation) -> Iterator[Diagnostic]:
    """Every indicator without a realization whose achievement is a number."""
    for result in evaluation.indicators:
        achievement = result.achievement
        if result.realization.value.status is Status.MISSING and achievement.value.known:
            facts = {"name": result.indicator.name, "achievement": achievement.value, "method": evaluation.method.name}
            related = (Related(evaluation.method.place("realisasi_tidak_ada"), "policy_here"),)
            yield Diagnostic(codes.MISSING_SCORED, result.promise.place("indikator"), facts, related)
