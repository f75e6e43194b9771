"""The care-load plan: hours of support by week and role against the supporters' hours.

It is computed from the release and the supporters alone; no answer comes in here.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from instruments.errors import WrongUsage
from instruments.records import SupporterHours, SupporterRole
from scoring.narration import assumptions, statements, without_hours
from scoring.plan_records import GroupLoad, Plan, WeekLoad, WeekTotal
from scoring.records import HOURS_ASSUMED, HoursRow, HoursTable, Release
from scoring.streams import DEFAULT_STREAMS, ROLE_WORDS, WEEKS_A_MONTH, Stream, week_weights
from scoring.totals import Demand, demand_of, demand_of_all


def build_plan(
    release: Release,
    supporters: tuple[SupporterHours, ...],
    attribute: str,
    weeks: int = 12,
    streams: tuple[Stream, ...] = DEFAULT_STREAMS,
) -> Plan:
    """Return the plan of `weeks` weeks, with the groups of `attribute` where they were released.

    WrongUsage when the weeks or the streams' shares make no sense. Without released hours the plan has no
    loads and says so.
    """
    shares = [stream.share for stream in streams]
    if weeks < 1 or min(shares, default=-1.0) < 0 or abs(sum(shares) - 1) > 1e-6:
        raise WrongUsage("A plan needs at least one week, and shares of the streams that add up to 1.")
    table = _hours_table(release, attribute)
    demand = demand_of_all(table) if table else None
    if table is None or demand is None:
        return _empty(release, supporters, attribute, weeks)
    loads = _loads(demand, supply_by_role(supporters), weeks, streams)
    totals = _totals(loads, sum(supply_by_role(supporters).values()))
    plan = Plan(
        study=release.header.study,
        weeks=weeks,
        attribute=attribute,
        groups=() if demand.is_response_low else _groups(table),
        loads=loads,
        totals=totals,
        overload_weeks=tuple(total.week for total in totals if total.is_overload),
        short_hours=round(sum(load.hours - load.supply for load in loads if load.is_over), 1),
        unfunded_hours=unfunded(supporters),
        statements=(),
        assumptions=assumptions(streams, weeks, release.basis),
        heading=release.basis.heading if release.basis else HOURS_ASSUMED,
    )
    return msgspec.structs.replace(plan, statements=statements(plan, release, demand))


def supply_by_role(supporters: tuple[SupporterHours, ...]) -> dict[SupporterRole, float]:
    """Return hours a week of each role, 0 where nobody was named."""
    supply: dict[SupporterRole, float] = dict.fromkeys(ROLE_WORDS, 0.0)
    for some in supporters:
        supply[some.role] += some.people * some.hours_per_week
    return supply


def unfunded(supporters: tuple[SupporterHours, ...]) -> float:
    """Return hours a week for which nothing was taken off the supporters' other work."""
    return sum(some.people * max(0.0, some.hours_per_week - some.relief_hours) for some in supporters)


def _hours_table(release: Release, attribute: str) -> HoursTable | None:
    """Return the hours by `attribute`, or any other hours: everybody's are the same in each."""
    own = [table for table in release.hours if table.attribute == attribute]
    return next(iter([*own, *release.hours]), None)


def _groups(table: HoursTable) -> tuple[GroupLoad, ...]:
    groups = []
    for row in table.rows:
        demand = demand_of(row, table.total)
        if demand is not None and not demand.is_response_low:
            groups.append(_group_load(row, demand))
    return tuple(groups)


def _group_load(row: HoursRow, demand: Demand) -> GroupLoad:
    return GroupLoad(
        group=row.group,
        headcount=demand.respondents + demand.silent,
        respondents=demand.respondents,
        hours=round(demand.hours, 1),
        low=round(demand.low, 1),
        high=round(demand.high, 1),
        skill=row.skill or 0,
        conditions=row.conditions or 0,
    )


def _loads(
    demand: Demand, supply: dict[SupporterRole, float], weeks: int, streams: tuple[Stream, ...]
) -> tuple[WeekLoad, ...]:
    """Spread the hours a month over weeks and roles, rounded to .1."""
    loads = []
    for week, weight in enumerate(week_weights(weeks), start=1):
        for role, at_hand in supply.items():
            part = weight / WEEKS_A_MONTH * sum(s.share for s in streams if s.role == role)
            hours, low, high = (round(part * x, 1) for x in (demand.hours, demand.low, demand.high))
            loads.append(WeekLoad(week=week, role=role, hours=hours, low=low, high=high, supply=at_hand))
    return tuple(loads)


def _totals(loads: Sequence[WeekLoad], supply: float) -> tuple[WeekTotal, ...]:
    totals = []
    for week in sorted({load.week for load in loads}):
        own = [load for load in loads if load.week == week]
        hours, low, high = (
            round(sum(x), 1) for x in zip(*((w.hours, w.low, w.high) for w in own), strict=True)
        )
        total = WeekTotal(
            week=week,
            hours=hours,
            low=low,
            high=high,
            supply=supply,
            is_overload=hours > supply or any(load.is_over for load in own),
        )
        totals.append(total)
    return tuple(totals)


def _empty(release: Release, supporters: tuple[SupporterHours, ...], attribute: str, weeks: int) -> Plan:
    return Plan(
        study=release.header.study,
        weeks=weeks,
        attribute=attribute,
        groups=(),
        loads=(),
        totals=(),
        overload_weeks=(),
        short_hours=0.0,
        unfunded_hours=unfunded(supporters),
        statements=without_hours(release),
        assumptions=(),
    )
