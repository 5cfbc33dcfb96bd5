"""What can be said of a program without any measured value.

Each check is a function from a program and the functions of the language to findings; ``ALL`` is their order.
"""

from __future__ import annotations

from sakip_rules.base import codes
from sakip_rules.checks import (
    allocations,
    amounts,
    bands,
    cascading,
    consistency,
    cycles,
    definitions,
    directions,
    expressions,
    formulas,
    methods,
    populations,
    reports,
    revisions,
    targets,
    units,
    unused,
    wording,
    zero_targets,
)
from sakip_rules.model.checks import Check

ALL: tuple[Check, ...] = (
    Check(
        "expressions",
        (codes.UNDEFINED_FUNCTION, codes.UNDEFINED_NAME, codes.WRONG_ARGUMENT_COUNT),
        expressions.check,
    ),
    Check("cycles", (codes.CYCLE,), cycles.check),
    Check("cascading", (codes.ACTIVITY_TWICE, codes.SUPPORTS_LOWER), cascading.check),
    Check("formulas", (codes.NO_RULE, codes.RULE_AND_TABLE), formulas.check),
    Check(
        "units",
        (
            codes.BAND_UNIT,
            codes.FORGOTTEN_PERCENT,
            codes.POINTS_NOT_PERCENT,
            codes.TIMES_HUNDRED,
            codes.UNIT_MISMATCH,
            codes.UNKNOWN_UNIT,
            codes.WRONG_RESULT_UNIT,
        ),
        units.check,
    ),
    Check(
        "bands",
        (
            codes.BANDS_NOT_ANALYSED,
            codes.BAND_EMPTY,
            codes.BAND_GAP,
            codes.BAND_LABEL_TWICE,
            codes.BAND_ORDER,
            codes.BAND_OVERLAP,
            codes.BAND_PROSE,
            codes.BAND_PROSE_NOT_ANALYSED,
            codes.BAND_UNREACHABLE,
            codes.DOMAIN_WITHOUT_CAP,
            codes.LABELS_REVERSED,
        ),
        bands.check,
    ),
    Check("methods", (codes.FORMULA_INPUT, codes.NO_ACHIEVEMENT_STEP, codes.WRONG_STEP_VALUE), methods.check),
    Check("directions", (codes.FORMULA_AGAINST_DIRECTION,), directions.check),
    Check("zero_targets", (codes.ZERO_TARGET_WITHOUT_POLICY,), zero_targets.check),
    Check("definitions", (codes.INCOMPLETE_DEFINITION, codes.NO_DEFINITION), definitions.check),
    Check("wording", (codes.WORDS_NOT_IN_DENOMINATOR, codes.WORDS_NOT_IN_FORMULA), wording.check),
    Check("populations", (codes.UNDEFINED_NAME,), populations.check),
    Check("targets", (codes.LONE_GROUP, codes.TARGET_UNIT), targets.check),
    Check(
        "revisions",
        (
            codes.DROPS_NOTHING,
            codes.NO_METHOD,
            codes.REVISED_AFTER_PERIOD,
            codes.REVISED_BEFORE,
            codes.REVISES_OTHER_YEAR,
            codes.REVISION_DATE,
            codes.REVISION_REASON,
            codes.SAME_DAY,
            codes.TWO_ORIGINALS,
            codes.VALIDITY_GAP,
            codes.VALIDITY_OVERLAPS,
            codes.YEAR_LEFT_OUT,
        ),
        revisions.check,
    ),
    Check("amounts", (codes.AMOUNT_UNIT, codes.NEGATIVE_AMOUNT), amounts.check),
    Check(
        "allocations",
        (codes.ALLOCATION_OBJECTIVE, codes.ALLOCATION_SUM, codes.UNKNOWN_PROGRAM),
        allocations.check,
    ),
    Check("reports", (codes.COLUMN_NOT_OF_ROWS, codes.TABLE_NUMBER_TWICE, codes.UNKNOWN_PROGRAM), reports.check),
    Check(
        "consistency",
        (
            codes.CHECK_LIST,
            codes.CHECK_NAME,
            codes.CHECK_NO_LIST,
            codes.CHECK_SORT,
            codes.CHECK_WITHIN,
            codes.UNDEFINED_FUNCTION,
            codes.UNIT_MISMATCH,
            codes.UNKNOWN_ATTRIBUTE,
            codes.UNKNOWN_UNIT,
            codes.WRONG_ARGUMENT_COUNT,
        ),
        consistency.check,
    ),
    Check("unused", (codes.UNUSED_NAME,), unused.check),
)
