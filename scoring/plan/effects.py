"""Conditions first: what protected hours and a safer team would save, beside what they take."""

from __future__ import annotations

import math
from dataclasses import replace

from scoring.plan.conditions import (
    HEADROOM_RANGE,
    Weights,
    log_reach,
    moved,
    share_left,
    weight_reach,
)
from scoring.plan.groups import PlanGroup, Population
from scoring.plan.options import PlanOptions
from scoring.plan.records import ConditionEffect
from scoring.plan.streams import PROGRAMME_WEEKS, WEEKS_A_MONTH, Stream

SHOWN_HOURS = 1.0
"""Protected hours a week of which the effect is shown where the scenario has none."""
NOT_CAUSAL = "A scenario of the model: assumed, no proof of a cause."


def with_conditions(population: Population, options: PlanOptions, weights: Weights) -> Population:
    """Return the population with the share of its hours that stays under the scenario's conditions.

    Groups whose bands are hidden keep all their hours: nothing is known of them.
    """
    if not options.protected_hours and not options.safety_up:
        return population
    groups = []
    for group in population.groups:
        then = moved(group.needs, options.protected_hours, safety_up=options.safety_up)
        groups.append(
            replace(group, left=share_left(group.needs, then, weights, conditions_of(group, weights)))
        )
    return replace(population, groups=tuple(groups))


def base_hours(group: PlanGroup, weights: Weights) -> float:
    """Return the hours a month that come from neither skill nor conditions, half of all at most."""
    return min(0.5 * group.demand.hours, weights.base * group.headcount)


def conditions_of(group: PlanGroup, weights: Weights) -> float:
    """Return the share of all hours that conditions cause, 0 where it is not known."""
    if group.conditions is None or group.demand.hours <= 0:
        return 0.0
    return group.conditions / 100 * (1 - base_hours(group, weights) / group.demand.hours)


def condition_effects(
    population: Population, options: PlanOptions, weights: Weights
) -> tuple[ConditionEffect, ...]:
    """Return both effects of every group whose bands are shown, each alone against things as they are."""
    found: list[ConditionEffect] = []
    for group in population.groups:
        if group.needs.headroom is not None and group.conditions is not None:
            found.append(_protected(group, options.protected_hours or SHOWN_HOURS, weights))
        if group.needs.safety is not None and group.conditions is not None:
            found.append(_safer(group, options.streams, options.cohort_sizes, weights))
    return tuple(found)


def _protected(group: PlanGroup, hours: float, weights: Weights) -> ConditionEffect:
    conditions = conditions_of(group, weights)

    def saved(each: float | None = None) -> float:
        then = (
            moved(group.needs, hours, safety_up=False)
            if each is None
            else moved(group.needs, hours, safety_up=False, each=each)
        )
        return group.demand.hours * (1 - share_left(group.needs, then, weights, conditions))

    middle = saved()
    reach = [log_reach(middle, saved(each)) for each in HEADROOM_RANGE]
    low, high = _interval(group, middle, reach[0], reach[1])
    return ConditionEffect(
        group=group.name,
        condition="protected-hours",
        words=f"{hours:g} protected {'hour' if hours == 1 else 'hours'} a week for everybody",
        saved=round(middle, 1),
        saved_low=round(low, 1),
        saved_high=round(high, 1),
        costs=round(hours * WEEKS_A_MONTH * group.headcount, 1),
        note=f"{NOT_CAUSAL} That people then have time for the sessions is not counted here.",
    )


def _safer(
    group: PlanGroup, streams: tuple[Stream, ...], sizes: tuple[int, int], weights: Weights
) -> ConditionEffect:
    then = moved(group.needs, 0.0, safety_up=True)
    middle = group.demand.hours * (1 - share_left(group.needs, then, weights, conditions_of(group, weights)))
    reach = weight_reach(weights)
    low, high = _interval(group, middle, reach, reach)
    return ConditionEffect(
        group=group.name,
        condition="safety-up",
        words="safety one band higher",
        saved=round(middle, 1),
        saved_low=round(low, 1),
        saved_high=round(high, 1),
        costs=round(_team_hours(group, streams, sizes), 1),
        note=f"{NOT_CAUSAL} Costs: the sessions of manager and team, learners' time included; they alone "
        "may not be enough.",
    )


def _interval(group: PlanGroup, saved: float, below: float, above: float) -> tuple[float, float]:
    """Return the 90 % interval of `saved`: hours and effect are off independently, on the log scale."""
    demand = group.demand
    low = math.hypot(log_reach(demand.hours, demand.low), below)
    high = math.hypot(log_reach(demand.hours, demand.high), above)
    return saved * math.exp(-low), saved * math.exp(high)


def _team_hours(group: PlanGroup, streams: tuple[Stream, ...], sizes: tuple[int, int]) -> float:
    """Return hours a month, over a quarter, of the sessions that managers hold with teams of low safety."""
    cohorts = group.headcount / (sum(sizes) / 2)
    own = [stream for stream in streams if stream.for_low_safety]
    each = math.fsum(len(s.weeks) * s.hours_a_session for s in own) * cohorts
    theirs = math.fsum(len(s.weeks) * s.learner_minutes for s in own) / 60 * group.headcount
    return (each + theirs) * WEEKS_A_MONTH / PROGRAMME_WEEKS
