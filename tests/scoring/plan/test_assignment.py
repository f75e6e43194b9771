"""Who helps whom: looked at by a checker that shares nothing with the solver."""

from __future__ import annotations

import math
from collections import defaultdict

import pytest

from instruments.people import Supporter
from instruments.setup import SupporterRole
from scoring.plan.assignment import Assignment, assign
from scoring.plan.schedule import schedule
from scoring.plan.schedule_records import CourseKind, Courses, cohort_names, start_weeks
from tests.scoring.plan.schedules import hours_at_hand, may_help, random_courses
from tests.scoring.plan.test_schedule import cohort, helper

Demand = dict[tuple[int, SupporterRole, str], float]
TOLERANCE = 1e-5


@pytest.mark.parametrize("seed", range(200))
def test_every_plan_can_be_kept(seed: int) -> None:
    """Nobody beyond hours, consent, groups and site; each hour asked for is given or shown as unmet."""
    courses = random_courses(1000 + seed, cohorts=14, weeks=9, supporters=9)
    found = schedule(courses, is_quick=seed % 2 == 0)
    made = assign(courses, found)
    weeks = start_weeks(courses, found)
    kinds = {n: k for k, own in zip(courses.kinds, cohort_names(courses), strict=True) for n in own}
    assert set(weeks) == set(kinds)
    check_supporters(courses, made, kinds)
    check_demand(courses, made, kinds, weeks)
    assert math.fsum(row.hours for row in made.unmet) == pytest.approx(found.unmet, abs=TOLERANCE)
    assert all(row.hours > 0 for row in made.unmet)


def check_supporters(courses: Courses, made: Assignment, kinds: dict[str, CourseKind]) -> None:
    people = {one.id: one for one in courses.supporters}
    hours: dict[tuple[str, int], float] = defaultdict(float)
    for load in made.loads:
        one = people[load.supporter]
        assert load.role == one.role
        assert may_help(one, kinds[load.cohort])
        assert load.hours > 0
        hours[load.supporter, load.week] += load.hours
    for (supporter, week), total in hours.items():
        assert total <= hours_at_hand(people[supporter], week) + 1e-9
    told = {(row.supporter, row.week): row for row in made.weeks}
    assert len(told) == len(made.weeks) == courses.weeks * sum(one.consents for one in people.values())
    for key, row in told.items():
        assert row.hours == pytest.approx(hours[key], abs=1e-9)
        assert row.at_hand == hours_at_hand(people[row.supporter], row.week)


def check_demand(
    courses: Courses, made: Assignment, kinds: dict[str, CourseKind], weeks: dict[str, int | None]
) -> None:
    """Each cohort's hours in each week are given to it or stand, with its group's, among the unmet."""
    given: Demand = defaultdict(float)
    for load in made.loads:
        given[load.week, load.role, load.cohort] += load.hours
    lacking: Demand = defaultdict(float)
    for name, start in weeks.items():
        for role, hours in kinds[name].hours.items() if start else ():
            for since, asked in enumerate(hours):
                week = (start or 0) + since
                if week <= courses.weeks:
                    rest = asked - given.pop((week, role, name), 0.0)
                    assert rest >= -TOLERANCE
                    lacking[week, role, kinds[name].group] += rest
    assert not given, "hours for cohorts that asked for none"
    told = {(row.week, row.role, row.group): row.hours for row in made.unmet}
    for key in lacking | told:
        assert told.get(key, 0.0) == pytest.approx(lacking[key], abs=TOLERANCE)


def test_a_cohort_keeps_its_supporter() -> None:
    """Three helpers, three cohorts, three weeks: everybody stays with one."""
    courses = Courses(
        kinds=(cohort(2, 1.5, 1, count=3),), supporters=tuple(helper(n) for n in range(3)), weeks=3
    )
    made = assign(courses, schedule(courses))
    assert len({(load.supporter, load.cohort) for load in made.loads}) == 3
    assert len(made.loads) == 9


def test_who_can_help_few_is_asked_before_who_can_help_all() -> None:
    supporters: tuple[Supporter, ...] = (helper(1), helper(2, groups=["east"]))
    courses = Courses(kinds=(cohort(2), cohort(group="west")), supporters=supporters, weeks=1)
    assert [load.supporter for load in assign(courses, schedule(courses)).loads] == ["f-2"]


def test_lacking_hours_are_shared_in_proportion() -> None:
    """Six hours asked, two at hand: a third of each group's wish is met."""
    courses = Courses(kinds=(cohort(4), cohort(2, group="west")), supporters=(helper(),), weeks=1)
    rows = assign(courses, schedule(courses)).unmet
    assert [(row.week, row.role, row.group) for row in rows] == [
        (1, "facilitator", "east"),
        (1, "facilitator", "west"),
    ]
    assert [row.hours for row in rows] == pytest.approx([8 / 3, 4 / 3])


def test_nobody_is_assigned_without_courses() -> None:
    courses = Courses(kinds=(), supporters=(helper(), helper(2, consents=False)), weeks=2)
    made = assign(courses, schedule(courses))
    assert (made.loads, made.unmet) == ((), ())
    assert [(row.supporter, row.week, row.hours, row.at_hand) for row in made.weeks] == [
        ("f-1", 1, 0, 2),
        ("f-1", 2, 0, 2),
    ]


def test_hours_are_shared_evenly_among_those_who_can_help_alike() -> None:
    """One of three helpers could lead all six cohorts; each of them leads two."""
    courses = Courses(
        kinds=(cohort(1, 1, 1, count=6),), supporters=tuple(helper(n, 10) for n in range(3)), weeks=3
    )
    made = assign(courses, schedule(courses))
    assert [row.hours for row in made.weeks] == pytest.approx([2.0] * 9)
    assert len({(load.supporter, load.cohort) for load in made.loads}) == 6
