"""Hours by group, week, stream and role; the weeks and roles of everybody are sums of these rows."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from instruments.people import Supporter
from instruments.setup import SupporterRole
from scoring.plan.course_kinds import Course, given_to, lead_of, profile_of
from scoring.plan.groups import PlanGroup, Population
from scoring.plan.options import PlanOptions
from scoring.plan.records import DemandRow, WeekLoad, WeekTotal
from scoring.plan.streams import ROLE_WORDS, WEEKS_A_MONTH, Stream

PLACES = 4
"""Rows are rounded so finely that their sums agree with the totals."""


def demand_rows(
    population: Population, options: PlanOptions, courses: Sequence[Course]
) -> tuple[DemandRow, ...]:
    """Return the hours that `courses` need, with the 90 % interval of their group.

    Hours of sessions are set by the programme and have no interval; how many cohorts there are follows the
    headcount.
    """
    rows: list[DemandRow] = []
    for group in population.groups:
        for stream in options.streams:
            hours = _weekly(stream, group, population, options, courses) if stream.role else []
            rows += _rows(group, stream, stream.role, hours) if stream.role else []
    return tuple(rows)


def _weekly(
    stream: Stream,
    group: PlanGroup,
    population: Population,
    options: PlanOptions,
    courses: Iterable[Course],
) -> list[float]:
    """Return expected hours by week of the plan, in one stream.

    Of a need stream the hours of the people of `group` in any of the `courses`, of a programme stream those
    of the sessions of courses that go with `group`.
    """
    names, weeks = [one.name for one in population.groups], options.weeks
    leaders = {one.name: one for one in population.groups}
    out = [0.0] * weeks
    month = group.each / WEEKS_A_MONTH * stream.share
    for course in courses:
        leader = leaders[course.group]
        if stream.kind == "need":
            each = month * course.people_of(group.name)
        elif course.group == group.name and given_to(group, (stream,)):
            each = stream.hours_a_session * course.count
        else:
            each = 0.0
        if each:
            begin = course.foundation - lead_of(leader, options, names) - 1
            weights = profile_of(stream, leader, options, names, weeks)
            for place in range(weeks - begin):
                out[begin + place] += each * weights[place]
    return out


def _rows(group: PlanGroup, stream: Stream, role: SupporterRole, hours: Sequence[float]) -> list[DemandRow]:
    demand = group.demand
    is_sure = stream.kind == "programme" or demand.hours <= 0
    low, high = (1.0, 1.0) if is_sure else (demand.low / demand.hours, demand.high / demand.hours)
    return [
        DemandRow(
            group=group.name,
            week=week,
            stream=stream.id,
            role=role,
            hours=round(each, PLACES),
            low=round(each * low, PLACES),
            high=round(each * high, PLACES),
        )
        for week, each in enumerate(hours, start=1)
        if each > 0
    ]


def hours_by_role(rows: Iterable[DemandRow], streams: Collection[str]) -> dict[SupporterRole, float]:
    """Return the hours of `streams` by role."""
    out: dict[SupporterRole, float] = {}
    for row in rows:
        if row.stream in streams:
            out[row.role] = out.get(row.role, 0.0) + row.hours
    return out


def supply_of(
    supporters: Iterable[Supporter], weeks: int, factor: float = 1.0
) -> dict[tuple[int, SupporterRole], float]:
    """Return the hours at hand by week and role; who did not agree has none."""
    supply: dict[tuple[int, SupporterRole], float] = {
        (week, role): 0.0 for week in range(1, weeks + 1) for role in ROLE_WORDS
    }
    for one in supporters:
        for week in range(1, weeks + 1):
            supply[week, one.role] += factor * one.hours_in(week)
    return supply


def unfunded_by_role(supporters: Iterable[Supporter], factor: float = 1.0) -> dict[SupporterRole, float]:
    """Return hours a week by role for which nothing was taken off other work, of roles that have some."""
    out: dict[SupporterRole, float] = {}
    for one in supporters:
        left = factor * one.hours_per_week - one.relief_hours if one.consents else 0.0
        if left > 0:
            out[one.role] = out.get(one.role, 0.0) + left
    return out


def week_loads(
    rows: Iterable[DemandRow],
    population: Population,
    supply: Mapping[tuple[int, SupporterRole], float],
    sure: frozenset[str],
) -> tuple[WeekLoad, ...]:
    """Return the hours of every role in every week, rounded to .1.

    The interval of the hours that follow needs is that of everybody's total; `sure` names the streams
    whose hours have none.
    """
    need: defaultdict[tuple[int, SupporterRole], float] = defaultdict(float)
    fixed: defaultdict[tuple[int, SupporterRole], float] = defaultdict(float)
    for row in rows:
        (fixed if row.stream in sure else need)[row.week, row.role] += row.hours
    total = population.total
    low, high = (total.low / total.hours, total.high / total.hours) if total.hours > 0 else (1.0, 1.0)
    loads = []
    for (week, role), at_hand in supply.items():
        by_need, by_programme = need[week, role], fixed[week, role]
        loads.append(
            WeekLoad(
                week=week,
                role=role,
                hours=round(by_need + by_programme, 1),
                low=round(by_need * low + by_programme, 1),
                high=round(by_need * high + by_programme, 1),
                supply=round(at_hand, 2),
            )
        )
    return tuple(loads)


def week_totals(loads: Sequence[WeekLoad]) -> tuple[WeekTotal, ...]:
    """Return all roles together by week."""
    totals = []
    for week in sorted({load.week for load in loads}):
        own = [load for load in loads if load.week == week]
        hours, low, high, supply = (
            round(math.fsum(x), 1)
            for x in zip(*((w.hours, w.low, w.high, w.supply) for w in own), strict=True)
        )
        is_over = hours > supply or any(load.is_over for load in own)
        totals.append(
            WeekTotal(week=week, hours=hours, low=low, high=high, supply=supply, is_overload=is_over)
        )
    return tuple(totals)
