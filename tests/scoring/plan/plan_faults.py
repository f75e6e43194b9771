"""What is wrong with a plan, found by arithmetic that shares nothing with the code that made it.

Only records come in: the plan, the staff list, the supporters, and the release's table of hours.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from instruments.people import StaffMember, Supporter
from instruments.setup import SUPPORTER_ROLES
from scoring.plan.records import Plan, PlannedCohort
from scoring.plan.streams import Stream
from tests.scoring.plan.schedules import hours_at_hand

A_WEEK = 12 * 7 / 365.25
"""Of a month's hours."""
CLOSE = 0.06
"""Hours: what rounding to a tenth, and of a group's hours a month, can make."""


@dataclass(frozen=True)
class Given:
    """A plan, and what it was made from."""

    plan: Plan
    staff: Sequence[StaffMember]
    supporters: Sequence[Supporter]
    upper: float
    """Upper end of everybody's hours, as a multiple of the hours told."""

    @property
    def label(self) -> dict[str, str]:
        """Return the policy's group of each person."""
        return {one.name: one.group for one in self.staff}

    def main_of(self, cohort: PlannedCohort) -> str:
        """Return the group of most of a cohort's people by the plan's name, of equals the first by name."""
        heads = Counter(self.plan_name(self.label[who]) for who in cohort.members)
        return min(heads, key=lambda name: (-heads[name], name))

    def plan_name(self, label: str) -> str:
        """Return the plan's name for a group of the policy."""
        names = [group.group for group in self.plan.groups]
        return label if label in names else f"{label} and not given"


def plan_faults(given: Given) -> list[str]:
    """Return everything that is wrong with a plan whose groups are all shown and not low in safety."""
    checks = (_seats, _supporters, _weeks, _demand_rows, _loads, _sums, _met_or_shown)
    return [fault for check in checks for fault in check(given)]


def _seats(given: Given) -> Iterator[str]:
    seated = Counter(who for cohort in given.plan.cohorts for who in cohort.members)
    if seated != Counter(one.name for one in given.staff):
        yield "somebody has no seat, or two"
    people = {one.name: one for one in given.staff}
    for cohort in given.plan.cohorts:
        some = [people[who] for who in cohort.members]
        low, high = given.plan.options.cohort_sizes
        if not low <= len(some) == cohort.size <= high:
            yield f"{cohort.id}: {len(some)} people"
        if {one.site for one in some} != {cohort.site}:
            yield f"{cohort.id}: not one site"
        if any(one.manager in cohort.members for one in some):
            yield f"{cohort.id}: somebody sits with the own manager"
        if sorted(who for pair in cohort.pairs for who in pair) != sorted(cohort.members):
            yield f"{cohort.id}: pairs"
        if not (cohort.start_week is None or 1 <= cohort.start_week <= given.plan.weeks):
            yield f"{cohort.id}: starts in week {cohort.start_week}"


def _supporters(given: Given) -> Iterator[str]:
    """Say who is planned for people they cannot help, or too early."""
    people = {one.id: one for one in given.supporters}
    cohorts = {cohort.id: cohort for cohort in given.plan.cohorts}
    for load in given.plan.supporters:
        one, cohort = people[load.supporter], cohorts[load.cohort]
        groups = {given.plan_name(label) for label in one.groups}
        if not one.consents or load.role != one.role:
            yield f"{one.id}: role or consent"
        if groups and given.main_of(cohort) not in groups:
            yield f"{one.id} helps {cohort.id}, which is none of theirs"
        if one.site and one.site != cohort.site:
            yield f"{one.id} helps {cohort.id} at another site"
        if cohort.start_week is None or load.week < cohort.start_week:
            yield f"{one.id} helps {cohort.id} before it starts"


def _weeks(given: Given) -> Iterator[str]:
    """Say whose hours of a week are more than they have, or told otherwise."""
    people = {one.id: one for one in given.supporters}
    hours: dict[tuple[str, int], float] = defaultdict(float)
    for load in given.plan.supporters:
        hours[load.supporter, load.week] += load.hours
    factor = given.plan.options.hours_factor
    for (name, week), total in hours.items():
        if total > factor * hours_at_hand(people[name], week) + 1e-6:
            yield f"{name}: {total:.2f} hours in week {week}"
    told = {(row.supporter, row.week): row for row in given.plan.weeks_of_supporters}
    for key, row in told.items():
        if abs(row.hours - hours[key]) > 1e-6:
            yield f"{row.supporter}, week {row.week}: {row.hours} told, {hours[key]} planned"
        if abs(row.at_hand - factor * hours_at_hand(people[row.supporter], row.week)) > 1e-6:
            yield f"{row.supporter}, week {row.week}: {row.at_hand} at hand"


def _need_of(given: Given, cohort: PlannedCohort, week: int) -> Mapping[str, float]:
    """Return expected hours by group that a cohort's people need in a week of the plan, all roles."""
    since = week - (cohort.start_week or 0)
    seats = Counter(given.plan_name(label) for label in given.label.values())
    hours = {group.group: group.hours / seats[group.group] * A_WEEK for group in given.plan.groups}
    weight = 0.0 if cohort.start_week is None or since < 0 else max(0.5, 1.5 - since / 11)
    heads = Counter(given.plan_name(given.label[who]) for who in cohort.members)
    return {name: weight * each * heads[name] for name, each in hours.items() if heads[name]}


def _session(stream: Stream, cohort: PlannedCohort, week: int) -> float:
    """Return hours of the supporter for a cohort's sessions of one stream in a week; none for low safety."""
    if cohort.start_week is None or stream.for_low_safety or stream.kind == "need":
        return 0.0
    often = stream.weeks.count(week - cohort.start_week + 1)
    return often * stream.hours * (1 + stream.preparation)


def _demand_rows(given: Given) -> Iterator[str]:
    """Compare every row of the demand with what its cohorts need."""
    own: dict[tuple[str, int, str], float] = defaultdict(float)
    for stream in given.plan.options.streams:
        for cohort in given.plan.cohorts if stream.role else ():
            for week in range(1, given.plan.weeks + 1):
                own[given.main_of(cohort), week, stream.id] += _session(stream, cohort, week)
                for name, hours in _need_of(given, cohort, week).items():
                    own[name, week, stream.id] += hours * stream.share
    told = {(row.group, row.week, row.stream): row.hours for row in given.plan.demand}
    for key in own.keys() | told.keys():
        if abs(own.get(key, 0.0) - told.get(key, 0.0)) > CLOSE:
            yield f"demand of {key}: {told.get(key, 0.0):.2f} told, {own.get(key, 0.0):.2f} needed"


def _loads(given: Given) -> Iterator[str]:
    """Compare week and role with the rows they are sums of, and with the supporters' hours."""
    programme = {one.id for one in given.plan.options.streams if one.kind == "programme"}
    factor = given.plan.options.hours_factor
    for load in given.plan.loads:
        rows = [row for row in given.plan.demand if (row.week, row.role) == (load.week, load.role)]
        sure = math.fsum(row.hours for row in rows if row.stream in programme)
        need = math.fsum(row.hours for row in rows) - sure
        where = f"week {load.week}, {load.role}"
        if abs(load.hours - need - sure) > CLOSE:
            yield f"{where}: {load.hours} hours told, {need + sure:.2f} in rows"
        if abs(load.high - need * given.upper - sure) > CLOSE:
            yield f"{where}: upper bound {load.high} told, {need * given.upper + sure:.2f} in rows"
        if not load.low <= load.hours <= load.high:
            yield f"{where}: {load.low} to {load.high} does not hold {load.hours}"
        own = [one for one in given.supporters if one.role == load.role]
        if abs(load.supply - factor * math.fsum(hours_at_hand(one, load.week) for one in own)) > CLOSE:
            yield f"{where}: supply {load.supply}"


def _sums(given: Given) -> Iterator[str]:
    plan = given.plan
    for total in plan.totals:
        own = [load for load in plan.loads if load.week == total.week]
        for name in ("hours", "low", "high", "supply"):
            if abs(getattr(total, name) - math.fsum(getattr(load, name) for load in own)) > CLOSE:
                yield f"week {total.week}: {name} is no sum of the roles"
        is_over = any(load.hours > load.supply + 1e-9 for load in own)
        if total.is_overload is not is_over or (total.week in plan.overload_weeks) is not is_over:
            yield f"week {total.week}: overload"
    if abs(plan.supporter_hours - math.fsum(row.hours for row in plan.demand)) > CLOSE:
        yield f"{plan.supporter_hours} hours of supporters, other rows"
    short = math.fsum(max(0.0, load.hours - load.supply) for load in plan.loads)
    if abs(plan.short_hours - short) > CLOSE:
        yield f"{plan.short_hours} hours short, {short:.1f} by the loads"


def _met_or_shown(given: Given) -> Iterator[str]:
    """Say where hours at the upper bound are neither given to a cohort nor shown as unmet."""
    gifts: dict[tuple[int, str, str], float] = defaultdict(float)
    for load in given.plan.supporters:
        gifts[load.week, load.role, load.cohort] += load.hours
    lacking: dict[tuple[int, str, str], float] = defaultdict(float)
    for cohort in given.plan.cohorts:
        for week in range(1, given.plan.weeks + 1):
            for role in SUPPORTER_ROLES:
                rest = _asked(given, cohort, week, role) - gifts[week, role, cohort.id]
                if rest < -CLOSE:
                    yield f"{cohort.id} gets {-rest:.2f} hours of {role} too many in week {week}"
                lacking[week, role, given.main_of(cohort)] += rest
    told = {(row.week, row.role, row.group): row.hours for row in given.plan.unmet}
    for key in lacking.keys() | told.keys():
        if abs(lacking.get(key, 0.0) - told.get(key, 0.0)) > CLOSE:
            yield f"unmet in {key}: {told.get(key, 0.0):.2f} told, {lacking.get(key, 0.0):.2f} lacking"


def _asked(given: Given, cohort: PlannedCohort, week: int, role: str) -> float:
    """Return the hours of a role that a cohort needs in a week at the upper bound."""
    own = [stream for stream in given.plan.options.streams if stream.role == role]
    need = math.fsum(_need_of(given, cohort, week).values()) * math.fsum(one.share for one in own)
    return need * given.upper + math.fsum(_session(one, cohort, week) for one in own)
