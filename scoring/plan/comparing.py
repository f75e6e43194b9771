"""Scenarios side by side."""

from __future__ import annotations

import math
from collections.abc import Iterable

from instruments.model import Record
from scoring.plan.records import Plan


class ScenarioRow(Record, frozen=True):
    """What one scenario takes and whether it fits, over the weeks of its plan."""

    name: str
    weeks: int
    supporter_hours: float
    supporter_high: float
    """Upper end of the 90 % interval."""
    learner_hours: float
    overload_weeks: int
    short_hours: float
    """Expected hours beyond the supply."""
    unmet_hours: float
    """Hours at the upper bound that nobody has time for; 0 where no schedule was made."""
    waiting: int
    """Cohorts that cannot start within the weeks."""
    unfunded_hours: float
    cost: float | None
    decision: str
    words: str
    risks: int


def compare(plans: Iterable[Plan]) -> tuple[ScenarioRow, ...]:
    """Return one row a plan, in the order given."""
    return tuple(_row(plan) for plan in plans)


def _row(plan: Plan) -> ScenarioRow:
    return ScenarioRow(
        name=plan.options.name,
        weeks=plan.weeks,
        supporter_hours=plan.supporter_hours,
        supporter_high=round(math.fsum(total.high for total in plan.totals), 1),
        learner_hours=plan.learner_hours,
        overload_weeks=len(plan.overload_weeks),
        short_hours=plan.short_hours,
        unmet_hours=round(math.fsum(row.hours for row in plan.unmet), 1),
        waiting=sum(cohort.start_week is None for cohort in plan.cohorts),
        unfunded_hours=plan.unfunded_hours,
        cost=plan.cost,
        decision=plan.decision.kind if plan.decision else "not-known",
        words=plan.decision.words if plan.decision else "",
        risks=len(plan.risks),
    )
