"""The plan: worked by hand from a small release, and what it says."""

from __future__ import annotations

import msgspec
import pytest

from instruments.people import supporters_of
from instruments.setup import SupporterHours
from scoring.plan.careload import build_plan
from scoring.plan.options import PlanOptions
from scoring.plan.records import Plan
from scoring.plan.streams import DEFAULT_STREAMS, WEEKS_A_MONTH, week_weights
from tests.scoring.plan.plans import ENOUGH, ONLY_NEEDS, inputs, plan_with, release_with, row


def only_needs(*rows: object, supporters: tuple[SupporterHours, ...] = ENOUGH, weeks: int = 12) -> Plan:
    """Return a plan without sessions, of these rows of hours."""
    options = PlanOptions(streams=ONLY_NEEDS, weeks=weeks)
    return build_plan(release_with(*rows), inputs(supporters), options)  # type: ignore[arg-type]


def test_weeks_add_up_to_the_months_and_start_higher() -> None:
    """12 weeks are 2.76 months: 320 hours a month are 883 hours, 1.5 times the average in the first week."""
    plan = only_needs(row("Everybody", 100, 150, 200))
    average = 320 / WEEKS_A_MONTH
    assert sum(week_weights(12)) == pytest.approx(12)
    assert sum(total.hours for total in plan.totals) == pytest.approx(12 * average, abs=2.4)
    assert plan.totals[0].hours == pytest.approx(1.5 * average, abs=0.2)
    assert plan.totals[-1].hours == pytest.approx(0.5 * average, abs=0.2)
    first = {load.role: load.hours for load in plan.loads if load.week == 1}
    assert first["facilitator"] == pytest.approx(0.35 * 1.5 * average, abs=0.05)
    assert all(total.low < total.hours < total.high for total in plan.totals)


def test_enough_supporters_are_no_overload_and_nothing_is_unfunded() -> None:
    plan = only_needs(row("Everybody", 100, 150, 200))
    assert plan.overload_weeks == ()
    assert plan.short_hours == 0
    assert plan.unfunded_hours == 0
    assert plan.statements[0] == "In every week the supporters' hours are enough for the hours expected."


def test_a_role_with_too_little_time_is_an_overload_in_its_weeks() -> None:
    """One cohort: managers have 2.5 hours a week for a quarter of 40 hours a month.

    Week w has 2.3 x (1.5 - (w - 1) / 11) hours: 3.45, 3.24, 3.03, 2.82, 2.61, and 2.40 in week 6.
    """
    some = tuple(s for s in ENOUGH if s.role != "manager")
    managers = SupporterHours(role="manager", people=5, hours_per_week=0.5, relief_hours=0.1)
    plan = only_needs(row("Everybody", 10, 10, 40), supporters=(*some, managers))
    assert [cohort.start_week for cohort in plan.cohorts] == [1]
    assert plan.overload_weeks == (1, 2, 3, 4, 5)
    assert plan.short_hours == pytest.approx(0.95 + 0.74 + 0.53 + 0.32 + 0.11, abs=0.3)
    assert plan.unfunded_hours == 2
    assert plan.unfunded == {"manager": 2}
    assert plan.statements[0].startswith("Weeks 1-5: the hours expected of managers exceed their time by")
    assert any("2 of the supporters' hours a week are unfunded" in said for said in plan.statements)
    assert {(one.role, one.week) for one in plan.unmet} >= {("manager", week) for week in range(1, 6)}
    assert plan.decision is not None
    assert plan.decision.kind == "start-later"
    assert plan.ways_out


def test_a_role_nobody_fills_is_named() -> None:
    some = tuple(s for s in ENOUGH if s.role != "champion")
    plan = only_needs(row("Everybody", 100, 150, 200), supporters=some)
    assert plan.overload_weeks == tuple(range(1, 13))
    assert plan.statements[0].startswith("No champions are named; 265 hours would fall to them in 12 weeks")


def test_groups_are_for_their_headcount_and_hidden_ones_are_left_out() -> None:
    rows = (
        row("A", 40, 50, 80),
        row("B", 30, 50, None),
        row("C", 15, 40, 30),
        row("Not given", 15, None, 30),
    )
    plan = plan_with(row("Everybody", 100, 150, 200), *rows)
    assert [group.group for group in plan.groups] == ["A"]  # of C fewer than 40 % answered
    assert plan.groups[0].hours == pytest.approx(80 + 10 * 2 * 1.2)
    assert (plan.groups[0].skill, plan.groups[0].conditions) == (60, 40)
    assert any(said.startswith("Some groups are not listed") for said in plan.statements)


def test_below_forty_per_cent_there_is_the_total_only() -> None:
    low = plan_with(row("Everybody", 39, 100, 80), row("A", 39, 50, 80))
    enough = plan_with(row("Everybody", 40, 100, 80), row("A", 40, 50, 80))
    assert low.groups == ()
    assert {demand.group for demand in low.demand} == {"Everybody"}
    assert low.totals
    assert any("organisation's total only" in said for said in low.statements)
    assert [group.group for group in enough.groups] == ["A"]


def test_the_plan_says_who_is_assumed_and_how_wide_it_is() -> None:
    plan = plan_with(row("Everybody", 248, 400, 500))
    assert "248 of 400 people are counted; 152 are assumed." in plan.statements
    assert any(said.startswith("This forecast is wide: between") for said in plan.statements)
    sure = msgspec.structs.replace(row("Everybody", 400, 400, 500, own=0.05), common_sd=0.05)
    narrow = plan_with(sure)
    assert not any(said.startswith("This forecast is wide") for said in narrow.statements)


def test_every_share_and_every_session_is_listed_with_its_source() -> None:
    plan = plan_with(row("Everybody", 100, 150, 200))
    for stream in DEFAULT_STREAMS:
        title = stream.title[:1].upper() + stream.title[1:]
        said = [line for line in plan.assumptions if line.startswith(f"{title}: ")]
        assert len(said) == 1
        assert said[0].endswith("(assumed).")
        assert f"{stream.share:.0%}" in said[0] or stream.kind == "programme"


def test_without_released_hours_there_is_no_load_and_the_reason_is_told() -> None:
    release = msgspec.structs.replace(release_with(row("Everybody", 20, 30, None)), statements=("Too few.",))
    plan = build_plan(release, inputs())
    assert (plan.loads, plan.totals, plan.overload_weeks, plan.short_hours) == ((), (), (), 0.0)
    assert plan.statements[0] == "Too few."
    assert "nothing to plan with" in plan.statements[-1]
    assert plan.decision is not None
    assert plan.decision.kind == "not-known"
    assert build_plan(msgspec.structs.replace(release, hours=()), inputs()).loads == ()


def test_another_attribute_still_has_the_total() -> None:
    plan = build_plan(release_with(row("Everybody", 100, 150, 200), row("A", 60, 80, 100)), inputs(by="site"))
    assert plan.totals
    assert {demand.group for demand in plan.demand} == {"Everybody"}


def test_one_week_is_the_first_of_a_cohort() -> None:
    plan = only_needs(row("Everybody", 100, 150, 200), weeks=1)
    assert [total.week for total in plan.totals] == [1]
    assert plan.totals[0].hours == pytest.approx(1.5 * 320 / WEEKS_A_MONTH, abs=0.2)


def test_who_did_not_agree_or_is_away_has_no_hours() -> None:
    people = supporters_of([SupporterHours(role="champion", people=3, hours_per_week=4)])
    away = msgspec.structs.replace(people[0], weeks_away=(2,))
    unwilling = msgspec.structs.replace(people[1], consents=False)
    other = msgspec.structs.replace(people[2], other_hours={2: 1.0})
    given = msgspec.structs.replace
    release = release_with(row("Everybody", 100, 150, 200))
    plan = build_plan(release, inputs(people=(away, unwilling, other)))
    at_hand = {load.week: load.supply for load in plan.loads if load.role == "champion"}
    assert (at_hand[1], at_hand[2], at_hand[3]) == (8, 1, 8)
    assert plan.unfunded == {"champion": 8}
    half = build_plan(release, inputs(people=(away,)), given(PlanOptions(), hours_factor=0.5))
    assert half.unfunded == {"champion": 2}
