"""The groups that a plan speaks of, from released rows alone; who is hidden is counted in one remainder."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from scoring.loads import EVERYBODY
from scoring.plan.conditions import Needs, SafetyKnown, needs_of, safety_of
from scoring.records import Release
from scoring.table_records import HoursRow, HoursTable, MinutesRow
from scoring.totals import Demand, demand_of, demand_of_all

OTHERS = "All other groups"
"""Groups that are hidden, or of which too few answered, and people who named none: one remainder."""
MERGED = ("Other groups", "Other")
"""What a release calls groups that it put together, see `grouping`."""
LEAST_EACH = 0.25
"""The remainder's hours a head are taken to be at least this share of everybody's (ours): rounded rows may
add up to more than the total."""


@dataclass(frozen=True, slots=True)
class PlanGroup:
    """People of one row of the plan, with their hours a month before any condition changes."""

    name: str
    headcount: int
    respondents: int
    demand: Demand
    skill: int | None = None
    conditions: int | None = None
    """Shares in per cent of the hours above the base; None for the remainder."""
    safety: SafetyKnown = "not known"
    needs: Needs = field(default_factory=Needs)
    minutes: MinutesRow | None = None
    seats: int = 0
    """Its people in cohorts, where that is not the headcount: a staff list is of another day."""
    is_shown: bool = False
    """Whether it is a released group: neither everybody nor the remainder."""
    left: float = 1.0
    """Share of the hours that stays under a scenario's conditions."""

    @property
    def hours(self) -> float:
        """Hours a month under the scenario's conditions."""
        return self.demand.hours * self.left

    @property
    def each(self) -> float:
        """The same for each person who has a seat in a cohort: together they are the headcount's hours."""
        return self.hours / max(1, self.seats or self.headcount)


@dataclass(frozen=True, slots=True)
class Population:
    """Everybody a plan is for, in groups that add up to the total."""

    groups: tuple[PlanGroup, ...]
    total: Demand
    """Of everybody employed, before conditions change."""

    @property
    def is_response_low(self) -> bool:
        """Whether only the total is told."""
        return self.total.is_response_low


def hours_table(release: Release, attribute: str) -> HoursTable | None:
    """Return the hours by `attribute`, or any other hours: everybody's are the same in each."""
    own = [table for table in release.hours if table.attribute == attribute]
    return next(iter([*own, *release.hours]), None)


def population_of(release: Release, attribute: str) -> Population | None:
    """Return who the plan is for, None where no hours were released."""
    table = hours_table(release, attribute)
    total = demand_of_all(table) if table else None
    if table is None or total is None:
        return None
    everybody = _group(release, table, table.total, total)
    if total.is_response_low:
        return Population((everybody,), total)
    rows = table.rows if table.attribute == attribute else ()
    shown = [
        replace(_group(release, table, row, demand), is_shown=True)
        for row in rows
        if (demand := _told(row, table.total))
    ]
    return Population(_adding_up(shown, everybody), total)


def _told(row: HoursRow, everybody: HoursRow) -> Demand | None:
    demand = demand_of(row, everybody)
    return None if demand is None or demand.is_response_low or demand.hours <= 0 else demand


def _group(release: Release, table: HoursTable, row: HoursRow, demand: Demand) -> PlanGroup:
    return PlanGroup(
        name=row.group,
        headcount=demand.respondents + demand.silent,
        respondents=demand.respondents,
        demand=demand,
        skill=row.skill,
        conditions=row.conditions,
        safety=safety_of(release, table.attribute, row.group),
        needs=needs_of(release, table.attribute, row.group),
        minutes=_minutes(release, table.attribute, row.group),
    )


def _minutes(release: Release, attribute: str, group: str) -> MinutesRow | None:
    tables = [table for table in release.minutes if table.attribute == attribute]
    return next((row for t in tables for row in (t.total, *t.rows) if row.group == group), None)


def _adding_up(shown: Sequence[PlanGroup], everybody: PlanGroup) -> tuple[PlanGroup, ...]:
    """Return the shown groups and the remainder, their hours scaled so that they are everybody's.

    The remainder is a difference of numbers that everybody may see, so that it tells nothing hidden.
    """
    if not shown:
        return (everybody,)
    whole = everybody.demand
    people = max(0, everybody.headcount - sum(group.headcount for group in shown))
    left = whole.hours - math.fsum(group.demand.hours for group in shown)
    least = LEAST_EACH * whole.hours * people / everybody.headcount
    rest = max(left, least) if people else 0.0
    groups = [*shown]
    if people:
        told = max(0, everybody.respondents - sum(group.respondents for group in shown))
        groups.append(PlanGroup(OTHERS, people, told, _like(whole, rest, told, people)))
    factor = whole.hours / math.fsum(group.demand.hours for group in groups)
    return tuple(replace(group, demand=scaled(group.demand, factor)) for group in groups)


def _like(whole: Demand, hours: float, told: int, people: int) -> Demand:
    """Return `hours` with the relative interval of the whole."""
    each = hours / whole.hours
    return Demand(hours, whole.low * each, whole.high * each, min(told, people), max(0, people - told))


def scaled(demand: Demand, factor: float) -> Demand:
    """Return `demand` with its hours times `factor`."""
    return replace(demand, hours=demand.hours * factor, low=demand.low * factor, high=demand.high * factor)


def group_for(label: str, names: Iterable[str]) -> str:
    """Return under which of the plan's `names` the people of the policy's group `label` are.

    A release puts small groups together: ``Finance`` may stand under ``Finance and not given``. What stands
    nowhere is in the remainder, or with everybody where nothing else is shown; empty where in none of them.
    """
    known = tuple(names)
    if label in known or len(known) == 1:
        return label if label in known else _whole(known[0])
    places = (f"{label} and not given", *MERGED, OTHERS)
    return next((name for name in places if name in known), "")


def _whole(name: str) -> str:
    return name if name in {EVERYBODY, OTHERS, *MERGED} else ""
