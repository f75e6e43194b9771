"""Start weeks of whole organisations: near the proven bound, and plans that can be kept."""

from __future__ import annotations

import math

import pytest

from benchmarks.plan import LARGE, SMALL
from benchmarks.plan_courses import Size, organisation
from scoring.plan.assignment import assign
from scoring.plan.schedule import schedule
from scoring.plan.schedule_records import Courses, Schedule, cohort_names, start_weeks
from tests.scoring.plan.test_assignment import check_demand, check_supporters


def can_be_kept(courses: Courses, found: Schedule) -> None:
    made = assign(courses, found)
    kinds = {n: k for k, own in zip(courses.kinds, cohort_names(courses), strict=True) for n in own}
    check_supporters(courses, made, kinds)
    check_demand(courses, made, kinds, start_weeks(courses, found))
    assert math.fsum(row.hours for row in made.unmet) == pytest.approx(found.unmet, abs=1e-3)


@pytest.mark.parametrize("asked", [0.7, 1.1])
def test_at_400_people_quick_start_weeks_are_near_the_bound(asked: float) -> None:
    """Seed 2: everybody has supporters, so that no lasting shortage makes the share look good."""
    courses = organisation(SMALL, 2, asked)
    found = schedule(courses, is_quick=True)
    assert 0.9 <= found.share < 1
    can_be_kept(courses, found)


@pytest.mark.slow
@pytest.mark.parametrize("asked", [0.7, 0.9, 1.1])
def test_at_400_people_start_weeks_are_within_5_percent_of_the_bound(asked: float) -> None:
    courses = organisation(SMALL, 2, asked)
    found = schedule(courses)
    assert found.share >= 0.95
    can_be_kept(courses, found)


@pytest.mark.slow
@pytest.mark.parametrize("size", LARGE, ids=lambda size: f"{size.groups} groups")
def test_at_4200_people_start_weeks_are_within_2_percent_of_the_bound(size: Size) -> None:
    courses = organisation(size, 1, 0.9)
    found = schedule(courses)
    assert found.share >= 0.98
    can_be_kept(courses, found)
