"""What the people of a made-up organisation really need in the weeks of a plan, worked out apart from it.

Nothing of `scoring` but its records and the table of streams comes in: a plan is held against this.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from benchmarks.tier_populations import Population
from scoring.blocks import Floats
from scoring.plan.groups import EVERYBODY, OTHERS
from scoring.plan.records import Plan
from scoring.rehearsed_people import deficits_of

A_WEEK = 12 * 7 / 365.25
"""Of a month's hours."""
WEEKS, FIRST, LAST = 12, 1.5, 0.5
"""The hours of a cohort fall evenly from the first week's to the last one's and stay there (docs/plan.md)."""
ROUNDING = 0.2
"""Hours a week: those of each of four roles are rounded to .1."""


@dataclass(frozen=True, slots=True)
class Held:
    """One plan against the truth."""

    weeks: float
    """Share of the weeks whose interval holds the true hours."""
    total: bool
    groups: float
    """Share of the shown groups."""
    log_error: float
    """Logarithm of told over true hours of all weeks."""
    below: float
    """From the hours told to the lower end, as a share of them: all weeks together, sessions included."""
    above: float


def expected_hours(population: Population) -> Floats:
    """Return the hours (n,) that each person, respondent or not, needs in a month on average."""
    weights = np.array(population.organisation.weights)
    hours: Floats = weights[0] + deficits_of(population.truth.needs) @ weights[1:]
    return hours


def true_groups(plan: Plan, hours: Mapping[str, float]) -> dict[str, float]:
    """Return true hours a month of the plan's groups from those of the organisation's."""
    shown = {group.group for group in plan.groups}
    known = {name: hours[name] for name in shown}
    rest = math.fsum(hours.values()) - math.fsum(known.values())
    return known | {OTHERS: rest, EVERYBODY: rest}


def true_weeks(plan: Plan, hours: Mapping[str, float]) -> Floats:
    """Return the true hours (weeks,) of all supporters; `hours` a month by group of the plan.

    Of cohorts of one group each: made from headcounts, not from a staff list.
    """
    out = np.zeros(plan.weeks)
    people: Counter[str] = Counter()
    for cohort in plan.cohorts:
        people[cohort.groups[0]] += cohort.size
    low = {group.group for group in plan.groups if group.safety == "low"}
    for cohort in plan.cohorts:
        group = cohort.groups[0]
        if cohort.start_week is not None:
            each = hours[group] * cohort.size / people[group]
            for week in range(plan.weeks):
                since = week + 1 - cohort.start_week
                out[week] += each * A_WEEK * _weight(since) + _sessions(plan, since + 1, group in low)
    return out


def _weight(since: int) -> float:
    """Return how many times an average week's hours are needed `since` weeks after the foundation session."""
    if since < 0:
        return 0.0
    return max(LAST, FIRST - since * (FIRST - LAST) / (WEEKS - 1))


def _sessions(plan: Plan, place: int, is_low: bool) -> float:
    """Return supporters' hours of a cohort's sessions in week `place` since its start, 1 the foundation."""
    return math.fsum(
        stream.hours * (1 + stream.preparation) * stream.weeks.count(place)
        for stream in plan.options.streams
        if stream.kind == "programme" and stream.role and (is_low or not stream.for_low_safety)
    )


def held(plan: Plan, hours: Mapping[str, float]) -> Held:
    """Return how `plan` stands against the true `hours` a month of the organisation's groups."""
    own = true_groups(plan, hours)
    weeks = true_weeks(plan, own)
    told, low, high = (
        np.array([getattr(one, name) for one in plan.totals]) for name in ("hours", "low", "high")
    )
    inside = (low - ROUNDING <= weeks) & (weeks <= high + ROUNDING)
    return Held(
        weeks=float(inside.mean()),
        total=bool(low.sum() <= weeks.sum() <= high.sum()),
        groups=float(np.mean([one.low <= own[one.group] <= one.high for one in plan.groups] or [np.nan])),
        log_error=math.log(told.sum() / weeks.sum()),
        below=1 - float(low.sum() / told.sum()),
        above=float(high.sum() / told.sum()) - 1,
    )
