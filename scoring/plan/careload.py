"""The care-load plan: who spends how many hours helping whom, in which week, and whether there are enough.

It is computed from the release, the frozen scoring, the staff list and the supporters; no answer comes in.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from instruments.people import Supporter, supporters_of
from instruments.setup import SupporterRole
from scoring.plan.assignment import assign
from scoring.plan.conditions import Weights, weights_of
from scoring.plan.course_kinds import is_early
from scoring.plan.deciding import NO_HOURS, NOT_KNOWN, Situation, decide
from scoring.plan.demand_rows import (
    demand_rows,
    hours_by_role,
    supply_of,
    unfunded_by_role,
    week_loads,
    week_totals,
)
from scoring.plan.effects import base_hours, condition_effects, with_conditions
from scoring.plan.failing import failure_modes
from scoring.plan.groups import PlanGroup, Population, hours_table, population_of
from scoring.plan.inputs import PlanInputs
from scoring.plan.learners import learner_hours, learner_weeks
from scoring.plan.narration import assumptions, statements, without_hours
from scoring.plan.options import PlanOptions, check_options
from scoring.plan.piloting import pilot_of
from scoring.plan.records import GroupLoad, Pilot, Plan
from scoring.plan.schedule_records import Courses
from scoring.plan.scheduling import Cohorts, Scheduled, asked_of, cohorts_for, fitting, scheduled, with_seats
from scoring.plan.unplanned import unplanned_rows
from scoring.plan.ways_out import ways_out
from scoring.ratings import rater_doubt_said, with_rater_doubt
from scoring.records import HOURS_ASSUMED, Release


@dataclass(frozen=True, slots=True)
class Basis:
    """What stands before anything is put into weeks."""

    release: Release
    inputs: PlanInputs
    options: PlanOptions
    population: Population
    weights: Weights
    supporters: tuple[Supporter, ...]
    cohorts: Cohorts


def build_plan(
    release: Release,
    inputs: PlanInputs,
    options: PlanOptions | None = None,
    *,
    is_quick: bool = False,
    with_ways: bool = True,
) -> Plan:
    """Return the plan of one scenario, with the groups of `inputs.attribute` where they were released.

    Pure; `is_quick` takes start weeks that are good instead of the best, so that a scenario can be tried
    while somebody waits; `with_ways` looks for ways out of a shortage. Raises WrongUsage when the options
    make no sense. Without released hours the plan has no loads and says so.
    """
    options = options or PlanOptions()
    check_options(options)
    supporters = supporters_in(inputs, options)
    release = with_rater_doubt(release, inputs.rater_log_sd)
    population = population_of(release, inputs.attribute)
    if population is None:
        return _empty(release, inputs, options, supporters)
    weights = weights_of(release.basis, inputs.hours.weights, inputs.correlation)
    cohorts = cohorts_for(population, options, inputs)
    population = with_seats(population, cohorts)
    today = Basis(release, inputs, options, population, weights, supporters, cohorts)
    better = replace(today, population=with_conditions(population, options, weights))
    made = _made(better, is_quick=is_quick)
    is_short = made.found.unmet + made.found.unmet_after >= NO_HOURS or made.waiting > 0
    ways = ways_out(options, _asking(today), made.found) if with_ways and is_short else ()
    return msgspec.structs.replace(_planned(better, made), ways_out=ways)


def supporters_in(inputs: PlanInputs, options: PlanOptions) -> tuple[Supporter, ...]:
    """Return everybody who gives support in a scenario."""
    more = (
        msgspec.structs.replace(one, id=f"more-{one.id}") for one in supporters_of(options.more_supporters)
    )
    return (*inputs.supporters, *more)


def _made(basis: Basis, *, is_quick: bool) -> Scheduled:
    """Return the cohorts with their start weeks."""
    return scheduled(basis.population, basis.options, basis.supporters, basis.cohorts, is_quick=is_quick)


def _planned(basis: Basis, made: Scheduled) -> Plan:
    options, population = basis.options, basis.population
    given = assign(made.asked, made.found)
    rows = demand_rows(population, options, made.courses)
    sure = frozenset(stream.id for stream in options.streams if stream.kind == "programme")
    supply = supply_of(basis.supporters, options.weeks, options.hours_factor)
    loads = week_loads(rows, population, supply, sure)
    learners = learner_weeks(population, options)
    situation = _situation(made, Situation(population, loads, learners, hours_by_role(rows, sure)))
    risks = _risks(population, options)
    plan = msgspec.structs.replace(
        _empty(basis.release, basis.inputs, options, basis.supporters),
        groups=_groups(basis),
        loads=loads,
        totals=week_totals(loads),
        demand=rows,
        assessment_hours=_assessment(basis),
        learner_hours=round(learner_hours(population, options, made.courses), 1),
        supporter_hours=round(math.fsum(row.hours for row in rows), 1),
        hours_after=round(made.hours_after, 1),
        effects=condition_effects(population, options, basis.weights),
        learners=learners,
        unplanned=unplanned_rows(basis.release, basis.inputs, population),
        cohorts=made.cohorts,
        supporters=given.loads,
        weeks_of_supporters=given.weeks,
        unmet=given.unmet,
        bound=round(made.found.share, 4),
        risks=risks,
        failure_modes=failure_modes(basis.release, population, options, rows, risks),
        decision=decide(situation),
        pilot=_pilot(basis, situation),
        assumptions=(
            *assumptions(options, basis.release.basis),
            *rater_doubt_said(basis.inputs.rater_log_sd),
        ),
        heading=basis.release.basis.heading if basis.release.basis else HOURS_ASSUMED,
    )
    plan = msgspec.structs.replace(plan, **_sums(plan), cost=cost_of(plan))
    said = statements(plan, basis.release, population)
    return msgspec.structs.replace(plan, statements=(*said, *basis.cohorts.notes))


def _situation(made: Scheduled, at: Situation) -> Situation:
    """Return what the decision rests on, with what the schedule could not place."""
    lacking = made.found.unmet + made.found.unmet_after
    return replace(
        at,
        unmet=made.found.unmet,
        unmet_after=made.found.unmet_after,
        waiting=made.waiting,
        cohorts=len(made.cohorts),
        fitting=fitting(made.asked) if lacking >= NO_HOURS else None,
    )


def _asking(today: Basis) -> Callable[[PlanOptions], Courses]:
    """Return what asks the scheduler about another scenario of the same people."""

    def ask(options: PlanOptions) -> Courses:
        population = with_conditions(today.population, options, today.weights)
        return asked_of(population, options, supporters_in(today.inputs, options), today.cohorts)

    return ask


def _sums(plan: Plan) -> dict[str, object]:
    return {
        "overload_weeks": tuple(total.week for total in plan.totals if total.is_overload),
        "short_hours": round(math.fsum(load.hours - load.supply for load in plan.loads if load.is_over), 1),
    }


def cost_of(plan: Plan) -> float | None:
    """Return what supporters', learners' and assessment hours cost, None where no costs are told."""
    costs: Mapping[str, float] = plan.options.costs
    if not costs:
        return None
    given = math.fsum(costs.get(row.role, 0.0) * row.hours for row in plan.demand)
    return round(given + costs.get("learner", 0.0) * (plan.learner_hours + plan.assessment_hours), 2)


def _assessment(basis: Basis) -> float:
    headcount = sum(group.headcount for group in basis.population.groups)
    return round(headcount * basis.inputs.assessment_minutes / 60, 1)


def _risks(population: Population, options: PlanOptions) -> tuple[str, ...]:
    names = [group.name for group in population.groups]
    return tuple(
        f"{group.name} would start before its manager and team have met, though safety is low there: people "
        "may not dare to ask."
        for group in population.groups
        if is_early(group, options, names)
    )


def _pilot(basis: Basis, situation: Situation) -> Pilot | None:
    table = hours_table(basis.release, basis.inputs.attribute)
    if table is None or table.attribute != basis.inputs.attribute or basis.population.is_response_low:
        return None
    sd = basis.inputs.hours.outcome_log_sd
    return pilot_of(basis.population, table, sd, lambda factor: decide(situation, factor))


def _groups(basis: Basis) -> tuple[GroupLoad, ...]:
    return tuple(_group_load(group, basis.weights) for group in basis.population.groups if group.is_shown)


def _group_load(group: PlanGroup, weights: Weights) -> GroupLoad:
    low, high = (bound * group.left for bound in (group.demand.low, group.demand.high))
    above = group.demand.hours - base_hours(group, weights)
    saved = group.demand.hours - group.hours
    return GroupLoad(
        group=group.name,
        headcount=group.headcount,
        respondents=group.respondents,
        hours=round(group.hours, 1),
        low=round(low, 1),
        high=round(high, 1),
        skill=group.skill or 0,
        conditions=group.conditions or 0,
        skill_hours=round(above * (group.skill or 0) / 100, 1),
        conditions_hours=round(max(0.0, above * (group.conditions or 0) / 100 - saved), 1),
        safety=group.safety,
    )


def _empty(
    release: Release, inputs: PlanInputs, options: PlanOptions, supporters: Sequence[Supporter]
) -> Plan:
    unfunded: dict[SupporterRole, float] = {
        role: round(hours, 2) for role, hours in unfunded_by_role(supporters, options.hours_factor).items()
    }
    return Plan(
        study=release.header.study,
        weeks=options.weeks,
        attribute=inputs.attribute,
        groups=(),
        loads=(),
        totals=(),
        overload_weeks=(),
        short_hours=0.0,
        unfunded_hours=round(math.fsum(unfunded.values()), 2),
        unfunded=unfunded,
        statements=without_hours(release),
        assumptions=(),
        options=options,
        decision=NOT_KNOWN,
    )
