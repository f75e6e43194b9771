"""Whose hours go to which cohort when the start weeks are known: as the agreed records of a plan.

Unmet hours are as few as with any other assignment (a flow, solved exactly). Within that, supporters who can
help fewer cohorts are taken first, a cohort keeps the supporters it has had before, and a new one goes to
whoever has given least of those who can help alike. Hours that some cohorts lack are taken from all of them
alike, in proportion: nobody is singled out.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from instruments.setup import SupporterRole
from scoring.blocks import Floats
from scoring.plan.records import SupporterLoad, SupporterWeek, UnmetRow
from scoring.plan.schedule_flow import SLACK, best_flow
from scoring.plan.schedule_model import Model, build_model
from scoring.plan.schedule_records import Courses, Schedule, check, cohort_names, start_weeks
from scoring.plan.sharing import Sharing, Wish

RANK = 1e-3
"""How much of an hour the order of supporters may weigh: only among equally good flows."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Everybody's hours within the plan's weeks, and what nobody has time for."""

    loads: tuple[SupporterLoad, ...]
    """By week, role, supporter and cohort."""
    weeks: tuple[SupporterWeek, ...]
    """Each week of each supporter who agreed to help, also weeks without hours."""
    unmet: tuple[UnmetRow, ...]
    """By week, role and group; together they are `Schedule.unmet`."""


def assign(courses: Courses, schedule: Schedule) -> Assignment:
    """Return whose hours go to which cohort under `schedule`; BadCourses when `courses` make no sense."""
    check(courses)
    model = build_model(courses)
    wishes = list(_wishes(courses, schedule, model))
    demand = np.zeros((len(model.needs), model.weeks))
    for wish in wishes:
        demand[wish.need, wish.week] += wish.hours
    flow = best_flow(model, demand, _ranks(model))
    met = 1 - np.divide(flow.unmet, demand, out=np.zeros_like(demand), where=demand > 0)
    kept = [wish for wish in wishes if wish.week < courses.weeks]
    loads = Sharing(model).run(kept, met, flow)
    loads.sort(key=lambda load: (load.week, load.role, load.supporter, load.cohort))
    return Assignment(tuple(loads), tuple(_weeks(courses, loads)), tuple(_unmet(model, kept, met)))


def _wishes(courses: Courses, schedule: Schedule, model: Model) -> Iterator[Wish]:
    """Yield what each cohort asks of each role in each week."""
    starts = start_weeks(courses, schedule)
    for place, names in enumerate(cohort_names(courses)):
        kind = courses.kinds[place]
        for cohort in names:
            start = starts[cohort]
            for role, need in model.need_of[place].items() if start is not None else ():
                asked = kind.hours[role][: model.weeks - (start or 1) + 1]
                for week, hours in enumerate(asked, start=(start or 1) - 1):
                    if hours > 0:
                        yield Wish(cohort, kind.group, need, week, hours)


def _ranks(model: Model) -> Floats:
    """Return (pools,) what taking their hours costs: least for those who can help fewest."""
    few = [len(pool.cells) for pool in model.pools]
    return RANK * np.argsort(np.argsort(few, kind="stable"), kind="stable") / max(len(few), 1)


def _weeks(courses: Courses, loads: list[SupporterLoad]) -> Iterator[SupporterWeek]:
    hours: dict[tuple[int, str], list[float]] = defaultdict(list)
    for load in loads:
        hours[load.week, load.supporter].append(load.hours)
    for week in range(1, courses.weeks + 1):
        for one in courses.supporters:
            if one.consents:
                yield SupporterWeek(
                    supporter=one.id,
                    name=one.name,
                    role=one.role,
                    week=week,
                    hours=math.fsum(hours[week, one.id]),
                    at_hand=one.hours_in(week),
                )


def _unmet(model: Model, wishes: list[Wish], met: Floats) -> Iterator[UnmetRow]:
    short: dict[tuple[int, SupporterRole, str], float] = defaultdict(float)
    for wish in wishes:
        rest = wish.hours * (1 - met[wish.need, wish.week])
        short[wish.week + 1, model.needs[wish.need].role, wish.group] += rest
    for (week, role, group), hours in sorted(short.items()):
        if hours > SLACK:
            yield UnmetRow(week=week, role=role, group=group, hours=float(hours))
