"""Between plan and scheduler: cohorts that want to start, who can help, and what came of it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from instruments.people import Supporter
from scoring.course_kinds import CohortNeed, Course, cohort_counts, course_kinds, courses_at
from scoring.plan_groups import Population, group_for
from scoring.plan_options import PlanOptions
from scoring.plan_records import PlannedCohort
from scoring.schedule import schedule
from scoring.schedule_records import CourseKind, Courses, Schedule, start_weeks


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


def numbered_cohorts(population: Population, options: PlanOptions) -> tuple[PlannedCohort, ...]:
    """Return cohorts by number where no staff list tells who could be in them."""
    slugs = _slugs([group.name for group in population.groups])
    made: list[PlannedCohort] = []
    for group, site, size, ids in cohort_counts(population, options):
        before = sum(cohort.groups == (group,) for cohort in made)
        made += [
            PlannedCohort(
                id=f"{slugs[group]}-{before + number}",
                groups=(group,),
                site=site,
                size=size,
                start_week=None,
            )
            for number in range(1, len(ids) + 1)
        ]
    return tuple(made)


def _slugs(names: Sequence[str]) -> dict[str, str]:
    """Return a short plain name for each group; two that come out alike get their place."""
    plain = {name: "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "group" for name in names}
    often = Counter(plain.values())
    return {
        name: slug if often[slug] == 1 else f"{slug}-group-{place}"
        for place, (name, slug) in enumerate(plain.items(), start=1)
    }


def scheduled(
    population: Population,
    options: PlanOptions,
    supporters: Sequence[Supporter],
    cohorts: Sequence[PlannedCohort],
    *,
    is_quick: bool,
) -> Scheduled:
    """Return start weeks so that the weekly upper bound fits the supporters as far as it can."""
    needs = course_kinds(population, options, cohorts)
    asked = asked_of(population, options, supporters, cohorts)
    found = schedule(asked, is_quick=is_quick)
    starts = start_weeks(asked, found)
    leads = {name: need.lead for need in needs for name in need.cohorts}
    placed = (
        msgspec.structs.replace(one, start_week=_foundation(starts[one.id], leads[one.id]))
        for one in cohorts
        if one.id in leads
    )
    return Scheduled(tuple(placed), needs, courses_at(needs, starts), asked, found)


def asked_of(
    population: Population,
    options: PlanOptions,
    supporters: Sequence[Supporter],
    cohorts: Sequence[PlannedCohort],
) -> Courses:
    """Return the question to the scheduler, at the upper bound of what is needed."""
    needs = course_kinds(population, options, cohorts)
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
    return Courses(kinds=tuple(kinds), supporters=able, weeks=options.weeks)


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
