"""Between plan and scheduler: cohorts that want to start, who can help, and what came of it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import msgspec

from instruments.people import CohortSeats, StaffMember, Supporter
from scoring.plan.cohort_counts import counted_cohorts
from scoring.plan.cohort_rules import CohortRules
from scoring.plan.cohorts import Seating, form_cohorts
from scoring.plan.course_kinds import CohortNeed, Course, course_kinds, courses_at, parts_of
from scoring.plan.groups import Population, group_for
from scoring.plan.inputs import PlanInputs
from scoring.plan.options import PlanOptions
from scoring.plan.records import PlannedCohort
from scoring.plan.schedule import schedule
from scoring.plan.schedule_records import CourseKind, Courses, Schedule, start_weeks

EXACT_KINDS = 12
"""With more kinds of cohorts the search for the best start weeks takes minutes."""


@dataclass(frozen=True, slots=True)
class Scheduled:
    """Cohorts with the weeks in which they start, and what the scheduler says of it."""

    cohorts: tuple[PlannedCohort, ...]
    needs: tuple[CohortNeed, ...]
    courses: tuple[Course, ...]
    asked: Courses
    found: Schedule

    @property
    def hours_after(self) -> float:
        """Expected hours of supporters after the plan's last week, of programmes that start within it."""
        last, starts = self.asked.weeks, start_weeks(self.asked, self.found)
        return math.fsum(
            math.fsum(hours[last + 1 - start : need.length])
            for need in self.needs
            for start in (starts[one] for one in need.cohorts)
            if start is not None
            for hours in need.expected.values()
        )

    @property
    def waiting(self) -> int:
        """Cohorts that cannot start within the weeks."""
        return sum(cohort.start_week is None for cohort in self.cohorts)


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Who learns together before anybody knows when, and what the staff list says of them."""

    all: tuple[PlannedCohort, ...]
    groups: dict[str, str]
    """Label of the group of each member by name; nothing where there is no staff list."""
    notes: tuple[str, ...] = ()


def cohorts_for(population: Population, options: PlanOptions, inputs: PlanInputs) -> Cohorts:
    """Return cohorts of the staff list; of groups that are not in it, and without one, by number.

    Sizes follow the hours a head of today, so that a scenario of other conditions moves nobody's seat.
    """
    names = [group.name for group in population.groups]
    needs = {group.name: group.demand.hours / max(1, group.headcount) for group in population.groups}
    rules = CohortRules(sizes=options.cohort_sizes)
    staff = inputs.staff or ()
    labels = {one.group: group_for(one.group, names) or names[-1] for one in staff}
    own_needs = tuple((label, needs[name]) for label, name in sorted(labels.items()))
    seated = _seated(staff, own_needs, rules, inputs.seats, inputs.best_seats)
    missing = {
        group.name: group.headcount for group in population.groups if group.name not in labels.values()
    }
    by_number = (
        msgspec.structs.replace(one, id=f"by-number-{place}" if staff else one.id)
        for place, one in enumerate(counted_cohorts(missing, needs, rules), start=1)
    )
    groups = {one.name: one.group for one in staff}
    if seated is None:
        return Cohorts(tuple(by_number), groups)
    told = (seats_said(seated),) if inputs.best_seats else ()
    return Cohorts((*seated.cohorts, *by_number), groups, (*seated.notes, *told))


def seats_said(seating: Seating) -> str:
    """Return how far from the best seats can be, rounded up."""
    anew = "All people on the staff list were seated anew"
    if seating.above is None:
        return f"{anew}; how near to the best these seats are cannot be told."
    most = f" by more than {math.ceil(1000 * seating.above) / 10:.1f} %" if seating.above else ""
    return f"{anew}. By the rules in docs/people.md no other seats are better{most} (proven)."


@lru_cache(maxsize=8)
def _seated(
    staff: tuple[StaffMember, ...],
    needs: tuple[tuple[str, float], ...],
    rules: CohortRules,
    before: tuple[CohortSeats, ...],
    is_best: bool,
) -> Seating | None:
    """Return the seating, kept for the next scenario of the same people."""
    return form_cohorts(staff, dict(needs), rules, before, prove=is_best) if staff else None


def with_seats(population: Population, cohorts: Cohorts) -> Population:
    """Return the population with the number of people that cohorts have of each group."""
    names = [group.name for group in population.groups]
    seats: Counter[str] = Counter()
    for cohort in cohorts.all:
        seats.update(dict(parts_of(cohort, names, cohorts.groups)))
    return replace(population, groups=tuple(replace(one, seats=seats[one.name]) for one in population.groups))


def scheduled(
    population: Population,
    options: PlanOptions,
    supporters: Sequence[Supporter],
    cohorts: Cohorts,
    *,
    is_quick: bool,
) -> Scheduled:
    """Return start weeks so that the weekly upper bound fits the supporters as far as it can."""
    needs = course_kinds(population, options, cohorts.all, cohorts.groups)
    asked = asked_of(population, options, supporters, cohorts)
    found = schedule(asked, is_quick=is_quick or len(asked.kinds) > EXACT_KINDS)
    starts = start_weeks(asked, found)
    leads = {name: need.lead for need in needs for name in need.cohorts}
    placed = (
        msgspec.structs.replace(one, start_week=_foundation(starts[one.id], leads[one.id]))
        for one in cohorts.all
        if one.id in leads
    )
    return Scheduled(tuple(placed), needs, courses_at(needs, starts), asked, found)


def fitting(asked: Courses) -> tuple[int, int]:
    """Return how many cohorts, with how many people, can start so that no hour lacks: at least so many.

    Found the quick way, by leaving out whatever does not fit.
    """
    found = schedule(msgspec.structs.replace(asked, leaving_out=0.0), is_quick=True)
    begun = [start for start in found.starts if start.week is not None] if found.fits else []
    people = sum(start.count * asked.kinds[start.kind].size for start in begun)
    return sum(start.count for start in begun), people


def asked_of(
    population: Population,
    options: PlanOptions,
    supporters: Sequence[Supporter],
    cohorts: Cohorts,
) -> Courses:
    """Return the question to the scheduler, at the upper bound of what is needed."""
    needs = course_kinds(population, options, cohorts.all, cohorts.groups)
    kinds = (
        CourseKind(
            group=need.group,
            size=need.size,
            count=need.count,
            hours=need.high,
            site=need.site,
            earliest=need.earliest,
            latest=_latest(need, options.weeks),
            names=need.cohorts,
        )
        for need in needs
    )
    named = for_plan_groups(supporters, [group.name for group in population.groups])
    able = tuple(with_factor(one, options.hours_factor) for one in named)
    price = 0.0 if options.fits_only else 1.0
    return Courses(kinds=tuple(kinds), supporters=able, weeks=options.weeks, leaving_out=price)


def _latest(need: CohortNeed, weeks: int) -> int | None:
    """Return the last week in which a cohort may begin so that its foundation is within the plan."""
    last = weeks - need.lead
    return last if need.lead and last >= need.earliest else None


def for_plan_groups(supporters: Iterable[Supporter], names: Sequence[str]) -> tuple[Supporter, ...]:
    """Return supporters with the groups they can help as the plan names them."""
    return tuple(
        msgspec.structs.replace(
            one, groups=tuple(dict.fromkeys(group_for(label, names) or label for label in one.groups))
        )
        for one in supporters
    )


def with_factor(supporter: Supporter, factor: float) -> Supporter:
    """Return `supporter` with all hours times `factor`."""
    return msgspec.structs.replace(
        supporter,
        hours_per_week=supporter.hours_per_week * factor,
        other_hours={week: hours * factor for week, hours in supporter.other_hours.items()},
    )


def _foundation(start: int | None, lead: int) -> int | None:
    return None if start is None else start + lead
