"""Ways out: each fits when it is solved again, a smaller one does not, and the cheapest stands first."""

from __future__ import annotations

import msgspec
import pytest

from instruments.people import Supporter, supporters_of
from scoring.plan.options import PlanOptions
from scoring.plan.records import WayOut
from scoring.plan.schedule import schedule
from scoring.plan.schedule_records import CourseKind, Courses
from scoring.plan.ways_out import ways_out

GROUPS = {"east": (1.0, 3), "north": (0.6, 2), "west": (1.6, 3)}
"""Hours in a programme week and cohorts."""


def courses_of(options: PlanOptions, programme: int = 6, hours: float = 3.0) -> Courses:
    """Return three groups and two facilitators; what options mean here is easy to work out by hand."""
    length = round(programme / options.pace)
    kinds = tuple(
        CourseKind(
            group=group,
            size=8,
            count=count,
            hours={
                "facilitator": (need * options.pace / (1 + options.protected_hours),) * length,
                "champion": (0.5 * options.pace,) * length,
            },
        )
        for group, (need, count) in GROUPS.items()
        if not options.groups or group in options.groups
    )
    more = tuple(
        msgspec.structs.replace(one, id=f"more-{one.id}") for one in supporters_of(options.more_supporters)
    )
    own = tuple(
        Supporter(id=f"f-{n}", role="facilitator", hours_per_week=hours * options.hours_factor)
        for n in range(2)
    )
    champion = Supporter(id="c", role="champion", hours_per_week=2.5 * options.hours_factor)
    return Courses(kinds=kinds, supporters=(*own, champion, *more), weeks=options.weeks)


def unmet(options: PlanOptions) -> float:
    found = schedule(courses_of(options))
    return found.unmet + found.unmet_after


TIGHT = PlanOptions(weeks=6)


def test_each_way_fits_when_it_is_solved_again_and_the_cheapest_is_first() -> None:
    assert unmet(TIGHT) > 1
    ways = ways_out(TIGHT, courses_of, most=9)
    assert {way.kind for way in ways if not way.unmet} >= {"supporters", "hours", "weeks", "fewer-groups"}
    for way in ways:
        assert unmet(way.options) == pytest.approx(way.unmet, abs=0.05)
    costs = [way.cost_hours for way in ways if not way.unmet]
    assert costs == sorted(costs)
    assert ways_out(TIGHT, courses_of) == ways[:3]


def _less(way: WayOut) -> PlanOptions | None:
    """Return the options of a way one step smaller."""
    now = way.options
    if way.kind == "weeks":
        return msgspec.structs.replace(now, weeks=now.weeks - 1)
    if way.kind == "hours":
        return msgspec.structs.replace(now, hours_factor=now.hours_factor - 0.05)
    if way.kind == "slower":
        return msgspec.structs.replace(now, pace=now.pace + 0.05)
    if way.kind == "protected-hours":
        return msgspec.structs.replace(now, protected_hours=now.protected_hours - 0.5)
    return None


def test_a_smaller_step_of_a_way_would_not_fit() -> None:
    smaller = [less for way in ways_out(TIGHT, courses_of, most=9) if not way.unmet and (less := _less(way))]
    assert len(smaller) >= 2
    assert all(unmet(less) > 0.05 for less in smaller)


def test_the_costs_are_hours_over_the_plan_as_it_stands() -> None:
    ways = {way.kind: way for way in ways_out(TIGHT, courses_of, most=9)}
    added = ways["supporters"].options.more_supporters
    assert ways["supporters"].cost_hours == 6 * sum(some.people * some.hours_per_week for some in added)
    assert ways["supporters"].amount == sum(some.people for some in added)
    assert ways["hours"].cost_hours == pytest.approx(6 * 8.5 * ways["hours"].amount)
    if "protected-hours" in ways:
        assert ways["protected-hours"].cost_hours == 64 * 6 * ways["protected-hours"].amount


def test_groups_that_need_the_fewest_hours_a_head_start_later() -> None:
    ways = {way.kind: way for way in ways_out(TIGHT, courses_of, most=9)}
    assert "north" not in ways["fewer-groups"].options.groups
    assert "west" in ways["fewer-groups"].options.groups
    assert "north" in ways["fewer-groups"].words


def test_a_plan_that_fits_needs_no_way_out() -> None:
    assert ways_out(PlanOptions(weeks=40), courses_of) == ()


def test_where_nothing_helps_enough_the_rest_is_told() -> None:
    """A week asks for 100 hours: two facilitators have 6, and 16 more, 3 each, would not be enough."""

    def huge(options: PlanOptions) -> Courses:
        asked = courses_of(options)
        kind = CourseKind(group="huge", size=10, count=1, hours={"facilitator": (100.0,)})
        return msgspec.structs.replace(asked, kinds=(kind,))

    ways = ways_out(TIGHT, huge)
    assert [way.kind for way in ways] == ["supporters"]
    assert ways[0].unmet == pytest.approx(100 - 2 * 3 - 16 * 3)


def test_without_supporters_of_a_role_new_ones_are_the_way() -> None:
    def alone(options: PlanOptions) -> Courses:
        asked = courses_of(options)
        kept = tuple(one for one in asked.supporters if one.id.startswith("more-"))
        return msgspec.structs.replace(asked, supporters=kept)

    ways = ways_out(TIGHT, alone)
    assert ways[0].kind == "supporters"
    assert ways[0].unmet == 0
    assert {some.role for some in ways[0].options.more_supporters} == {"facilitator", "champion"}
    assert "h a week" in ways[0].words


def test_nobody_is_added_whom_the_plan_can_do_without() -> None:
    added = ways_out(TIGHT, courses_of, most=9)
    people = next(way for way in added if way.kind == "supporters").options.more_supporters
    assert all(some.people for some in people)
    for place, some in enumerate(people):
        fewer = msgspec.structs.replace(some, people=some.people - 1)
        less = tuple(one for one in (*people[:place], fewer, *people[place + 1 :]) if one.people)
        assert unmet(msgspec.structs.replace(TIGHT, more_supporters=less)) > 0.05
