"""Start weeks: the optimum, the bound, and what no plan can be made of."""

from __future__ import annotations

import math
from itertools import product

import msgspec
import pytest

from instruments.people import Supporter
from scoring.errors import BadCourses
from scoring.plan.schedule import schedule
from scoring.plan.schedule_model import WAIT
from scoring.plan.schedule_records import CourseKind, Courses, Schedule, start_weeks
from tests.scoring.plan.schedules import ROLES, asked, random_courses, smallest_value


def cohort(*hours: float, count: int = 1, group: str = "east", **more: object) -> CourseKind:
    return msgspec.convert(
        {"group": group, "size": 8, "count": count, "hours": {"facilitator": hours}, **more}, CourseKind
    )


def helper(number: int = 1, hours: float = 2.0, **more: object) -> Supporter:
    return msgspec.convert(
        {"id": f"f-{number}", "role": "facilitator", "hours_per_week": hours, **more}, Supporter
    )


@pytest.mark.parametrize("seeds", [range(100), range(100, 200)], ids=str)
def test_small_courses_get_the_best_of_all_start_weeks(seeds: range) -> None:
    """Every choice of start weeks is looked at by code that shares nothing with the solver."""
    for seed in seeds:
        courses = random_courses(seed)
        found = schedule(courses)
        assert found.value == pytest.approx(smallest_value(courses, WAIT), abs=1e-5), seed
        assert found.is_optimal, seed
        _hold_together(courses, found)


@pytest.mark.parametrize("seed", range(20))
def test_the_quick_way_proves_its_bound(seed: int) -> None:
    courses = random_courses(seed, cohorts=20, weeks=8, supporters=10)
    quick, searched = schedule(courses, is_quick=True), schedule(courses)
    assert quick.bound - 1e-5 <= searched.value <= quick.value + 1e-9
    assert searched.bound >= quick.bound
    _hold_together(courses, quick)


def _hold_together(courses: Courses, found: Schedule) -> None:
    """Each cohort stands once, in a week that is allowed, and the told parts add up to the told value."""
    weeks = start_weeks(courses, found)
    assert len(weeks) == sum(kind.count for kind in courses.kinds)
    for start in found.starts:
        kind = courses.kinds[start.kind]
        assert start.week is None or kind.earliest <= start.week <= min(kind.latest or 999, courses.weeks)
    parts = found.unmet + found.unmet_after + courses.leaving_out * found.left_out + WAIT * found.waiting
    assert found.value == pytest.approx(parts, abs=1e-6)


def test_cohorts_start_one_after_the_other_when_one_helper_serves_one_at_a_time() -> None:
    courses = Courses(kinds=(cohort(2, 2, count=3),), supporters=(helper(),), weeks=5)
    found = schedule(courses)
    assert [(start.week, start.count) for start in found.starts] == [(1, 1), (3, 1), (5, 1)]
    assert (found.unmet, found.unmet_after, found.waiting, found.unfinished) == (0, 0, 8 * 6, 1)
    assert found.fits


def test_a_late_start_does_not_hide_hours_behind_the_last_week() -> None:
    """Two cohorts, one helper, two weeks: who starts later needs hours after the plan, of the same helper."""
    courses = Courses(kinds=(cohort(2, 2, 2, count=2),), supporters=(helper(),), weeks=2)
    assert schedule(courses).unmet + schedule(courses).unmet_after == pytest.approx(4)
    blind = schedule(msgspec.structs.replace(courses, looks_beyond=False))
    assert blind.unmet == pytest.approx(2)


def test_hours_that_nobody_has_stay_in_sight() -> None:
    courses = Courses(
        kinds=(cohort(9, 9), cohort(1, group="west")), supporters=(helper(groups=["west"]),), weeks=4
    )
    found = schedule(courses)
    assert found.unmet == pytest.approx(18)
    assert found.unmet_of == {"facilitator": pytest.approx(18)}
    assert not found.fits
    assert start_weeks(courses, found) == {"cohort-1-1": 1, "cohort-2-1": 1}


def test_without_a_price_for_leaving_out_only_what_fits_starts() -> None:
    courses = Courses(kinds=(cohort(2, 2, 2, count=3),), supporters=(helper(),), weeks=4, leaving_out=0)
    found = schedule(courses)
    assert (found.unmet, found.unmet_after, found.left_out) == (0, 0, 6)


@pytest.mark.parametrize(
    "courses",
    [
        Courses(kinds=(), supporters=(helper(),), weeks=12),
        Courses(kinds=(cohort(1, count=0),), supporters=(), weeks=1),
        Courses(kinds=(), supporters=(), weeks=1),
    ],
)
def test_without_cohorts_nothing_is_unmet(courses: Courses) -> None:
    found = schedule(courses)
    assert (found.value, found.starts, found.is_optimal, found.share) == (0, (), True, 1)


def test_a_cohort_that_asks_for_nothing_starts_at_once() -> None:
    found = schedule(Courses(kinds=(cohort(), cohort(0, 0, group="west")), supporters=(), weeks=3))
    assert [start.week for start in found.starts] == [1, 1]
    assert found.value == 0


def test_a_cohort_that_may_only_start_later_is_left_out_and_told() -> None:
    found = schedule(Courses(kinds=(cohort(2, 3, earliest=4),), supporters=(helper(9),), weeks=3))
    assert [(start.week, start.count) for start in found.starts] == [(None, 1)]
    assert found.left_out == 5


def test_the_same_courses_give_the_same_schedule() -> None:
    courses = random_courses(3, cohorts=30, weeks=10, supporters=12)
    assert schedule(courses) == schedule(courses)


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    """HiGHS writes to the file descriptor itself, now and then."""
    for seed in range(8):
        schedule(random_courses(seed, cohorts=25, weeks=8, supporters=9))
    told = capfd.readouterr()
    assert (told.out, told.err) == ("", "")


NONSENSE = {
    "negative hours": {"kinds": (cohort(-1.0),)},
    "hours that are no number": {"kinds": (cohort(math.nan),)},
    "endless hours": {"kinds": (cohort(math.inf),)},
    "nobody in a cohort": {"kinds": (cohort(1.0, size=0),)},
    "fewer cohorts than none": {"kinds": (cohort(1.0, count=-1),)},
    "a start before the first week": {"kinds": (cohort(1.0, earliest=0),)},
    "a last week before the first": {"kinds": (cohort(1.0, earliest=3, latest=2),)},
    "names for other cohorts": {"kinds": (cohort(1.0, names=["a", "b"]),)},
    "one name twice": {"kinds": (cohort(1.0, names=["a"]), cohort(2.0, names=["a"]))},
    "no weeks": {"weeks": 0},
    "a negative price": {"leaving_out": -1.0},
    "one supporter twice": {"supporters": (helper(1), helper(1))},
    "negative hours of a supporter": {"supporters": (helper(1, -2.0),)},
    "hours of a supporter that are no number": {"supporters": (helper(other_hours={2: math.nan}),)},
}


@pytest.mark.parametrize("wrong", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_refused(wrong: dict[str, object]) -> None:
    sound = Courses(kinds=(cohort(1.0),), supporters=(helper(),), weeks=3)
    with pytest.raises(BadCourses, match="cannot be planned with"):
        schedule(msgspec.structs.replace(sound, **wrong))


def test_the_enumeration_knows_what_hours_are_asked() -> None:
    """The test's own arithmetic, by hand: started in week 2, the second week of the programme is week 3."""
    courses = Courses(kinds=(cohort(1, 4),), supporters=(), weeks=3)
    hours = {(r, w): asked(courses, ((2,),), r, w) for r, w in product(ROLES, range(1, 5))}
    assert [hours["facilitator", week] for week in range(1, 5)] == [(0,), (1,), (4,), (0,)]
    assert smallest_value(courses, 0.0) == 5
