"""The whole plan: one worked by hand, what always holds, and what is refused."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from itertools import product

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instruments.errors import WrongUsage
from instruments.people import StaffMember, supporters_of
from instruments.setup import SupporterHours
from scoring.plan.careload import build_plan
from scoring.plan.conditions import Weights, needs_of, safety_of
from scoring.plan.course_kinds import course_kinds, courses_at
from scoring.plan.groups import OTHERS, population_of
from scoring.plan.inputs import PlanInputs
from scoring.plan.options import PlanOptions
from scoring.plan.records import Plan
from scoring.plan.scheduling import cohorts_for, scheduled
from scoring.plan.streams import DEFAULT_STREAMS, WEEKS_A_MONTH, Stream, need_weights, sessions
from scoring.records import Release
from scoring.work_records import SumRow, SumTable
from tests.scoring.plan.plans import ENOUGH, ONLY_NEEDS, inputs, release_with, row, with_bands, with_minutes

LOW, FINE = (14, 8, 8), (5, 15, 12)
"""People by band of safety: 14 of 30 lower, and 5 of 32."""


def small() -> Release:
    """Return two groups of 16 people who all answered, with 40 and 24 hours a month."""
    return release_with(row("Everybody", 32, 32, 64), row("A", 16, 16, 40), row("B", 16, 16, 24))


def hours(plan: Plan, group: str, stream: str) -> dict[int, float]:
    """Return the hours of one group in one stream by week."""
    return {d.week: d.hours for d in plan.demand if (d.group, d.stream) == (group, stream)}


def test_a_small_plan_worked_by_hand() -> None:
    """16 people are two cohorts of 8; a month has 4.348 weeks; the first week has 1.5 times the average.

    A needs 40 hours a month, 9.2 a week, 35 % of them one-to-one: 9.2 x .35 x 1.5 = 4.83 in week 1, and
    9.2 x .35 x .5 = 1.61 in week 12. A foundation session of 2.5 hours with half as much to prepare is 3.75
    hours a cohort, 7.5 for two. Learners: 150 minutes, 9 x 20 + 2 x 20 of micro-learning, 60 of own work, 60
    of failure, 3 x 60 with peers, 120 of workshop: 790 minutes, 13.17 hours each, 421.3 of 32 people.
    Sessions: facilitators (2.5 + 1 + 2) x 1.5 = 8.25 a cohort, champions 4 x 1.25 = 5: 13.25 x 4 = 53.
    Needs: 64 / 4.348 x 12 = 176.6 hours. Assessment: 32 x 24 minutes = 12.8 hours.
    """
    plan = build_plan(small(), inputs())
    one_to_one = hours(plan, "A", "one-to-one")
    assert one_to_one[1] == pytest.approx(4.83, abs=0.005)
    assert one_to_one[12] == pytest.approx(1.61, abs=0.005)
    assert hours(plan, "A", "foundation") == {1: 7.5}
    assert hours(plan, "B", "peer") == {4: 2.5, 8: 2.5, 12: 2.5}
    assert hours(plan, "A", "norms") == {}
    assert plan.learner_hours == pytest.approx(32 * 790 / 60, abs=0.05)
    assert plan.supporter_hours == pytest.approx(176.6 + 53, abs=0.1)
    assert plan.assessment_hours == 12.8
    first = next(load for load in plan.loads if (load.week, load.role) == (1, "facilitator"))
    assert first.hours == pytest.approx(0.35 * 1.5 * 64 / WEEKS_A_MONTH + 15, abs=0.05)
    assert first.high - 15 == pytest.approx(
        (first.hours - 15) * math.exp(1.645 * math.hypot(0.5, 0.1)), rel=0.02
    )


def test_costs_are_of_supporters_learners_and_assessment() -> None:
    """At 50 an hour of facilitators and 10 of learners; other roles were given no cost."""
    plan = build_plan(small(), inputs(), PlanOptions(costs={"facilitator": 50, "learner": 10}))
    given_by = math.fsum(d.hours for d in plan.demand if d.role == "facilitator")
    assert plan.cost == pytest.approx(
        50 * given_by + 10 * (plan.learner_hours + plan.assessment_hours), abs=0.01
    )
    assert build_plan(small(), inputs()).cost is None


def test_hidden_groups_are_one_remainder_and_nobody_is_lost() -> None:
    """B is hidden and of C fewer than 40 % answered: 100 of 150 people together, with what A leaves."""
    rows = (
        row("A", 40, 50, 80),
        row("B", 30, 50, None),
        row("C", 15, 40, 30),
        row("Not given", 15, None, 30),
    )
    release = release_with(row("Everybody", 100, 150, 200), *rows)
    population = population_of(release, "department")
    assert population is not None
    assert [(g.name, g.headcount) for g in population.groups] == [("A", 50), (OTHERS, 100)]
    assert math.fsum(g.hours for g in population.groups) == pytest.approx(population.total.hours)
    plan = build_plan(release, inputs())
    assert {d.group for d in plan.demand} == {"A", OTHERS}
    assert [g.group for g in plan.groups] == ["A"]
    told = {row.group for part in (plan.effects, plan.learners, plan.demand) for row in part}
    assert not told & {"B", "C", "Not given"}
    assert "B" not in msgspec.json.encode(plan.statements).decode().split()


def test_low_safety_puts_manager_and_team_first() -> None:
    """A starts with two sessions of manager and team, so that its foundation is in week 3."""
    release = with_bands(small(), "safety", {"A": LOW, "B": FINE})
    plan = build_plan(release, inputs())
    assert safety_of(release, "department", "A") == "low"
    assert hours(plan, "A", "norms") == {1: 3.0, 2: 3.0}
    assert hours(plan, "A", "foundation") == {3: 7.5}
    assert min(hours(plan, "A", "pairs")) == 3
    assert hours(plan, "B", "foundation") == {1: 7.5}
    assert plan.risks == ()
    weeks = [(w.week, w.minutes) for w in plan.learners if w.group == "A"][:3]
    assert weeks == [(-1, 60), (0, 60), (1, 150)]


def test_starting_earlier_is_allowed_and_a_named_risk() -> None:
    release = with_bands(small(), "safety", {"A": LOW, "B": FINE})
    early = build_plan(release, inputs(), PlanOptions(earliest={"A": 1}))
    assert hours(early, "A", "foundation") == {1: 7.5}
    assert sum(hours(early, "A", "norms").values()) == 6
    assert len(early.risks) == 1
    assert "A would start before" in early.risks[0]
    assert [m.verdict for m in early.failure_modes][-1] == "not met"
    late = build_plan(release, inputs(), PlanOptions(earliest={"A": 6, "B": 2}))
    assert hours(late, "A", "foundation") == {6: 7.5}
    assert hours(late, "A", "norms") == {4: 3.0, 5: 3.0}
    assert hours(late, "B", "foundation") == {2: 7.5}
    assert late.risks == ()


@pytest.mark.parametrize("cells", [(None, None, None), (None, 10, 6), (14, None, None)])
def test_hidden_bands_are_not_known_and_never_low(cells: tuple[int | None, ...]) -> None:
    release = with_bands(small(), "safety", {"A": cells, "B": FINE})
    plan = build_plan(release, inputs(), PlanOptions(safety_up=True))
    assert [g.safety for g in plan.groups] == ["not known", "not low"]
    assert hours(plan, "A", "norms") == {}
    assert "A" not in {effect.group for effect in plan.effects}
    assert "How safe it is to learn is not known of: A." in plan.statements
    assert plan.groups[0].hours == 40  # nothing is known, so nothing is saved


def test_better_conditions_save_hours_with_an_interval_beside_their_cost() -> None:
    release = with_bands(small(), "safety", {"A": LOW, "B": FINE})
    release = with_bands(release, "headroom", {"A": (12, 10, 8), "B": (2, 10, 18)})
    plan = build_plan(release, inputs())
    assert [(e.group, e.condition) for e in plan.effects] == list(
        product(("A", "B"), ("protected-hours", "safety-up"))
    )
    for effect in plan.effects:
        assert 0 < effect.saved_low < effect.saved < effect.saved_high
        assert "assumed" in effect.note
    protected = plan.effects[0]
    assert protected.costs == pytest.approx(16 * WEEKS_A_MONTH, abs=0.05)
    more = build_plan(release, inputs(), PlanOptions(protected_hours=3))
    assert more.effects[0].saved > protected.saved
    assert more.groups[0].hours < plan.groups[0].hours
    safer = build_plan(release, inputs(), PlanOptions(safety_up=True))
    assert safer.groups[0].hours == pytest.approx(40 - plan.effects[1].saved, abs=0.11)
    assert safer.groups[0].conditions_hours < plan.groups[0].conditions_hours
    assert safer.groups[0].skill_hours == plan.groups[0].skill_hours


def test_the_mean_of_a_need_is_that_of_a_normal_distribution_with_these_shares() -> None:
    """31, 38 and 31 of 100 beyond half an SD either way are the reference itself; all shifted is its mean."""
    release = with_bands(small(), "safety", {"A": (31, 38, 31), "B": (16, 34, 50)})
    assert needs_of(release, "department", "A").safety == pytest.approx(0.0, abs=0.01)
    assert needs_of(release, "department", "B").safety == pytest.approx(0.5, abs=0.03)
    assert needs_of(release, "department", "A").headroom is None


def test_conditions_cost_fewer_hours_the_better_they_are() -> None:
    weights = Weights(base=0.1, safety=0.4, headroom=0.45, together=0.4, correlation=0.3)
    release = with_bands(small(), "safety", {"A": LOW, "B": FINE})
    bad, good = (weights.hours(needs_of(release, "department", group)) for group in "AB")
    assert bad > good > 0


def test_learners_weeks_are_too_much_where_more_than_half_cannot_spare_them() -> None:
    release = with_minutes(small(), {"A": (10, 30, 60), "B": None})
    plan = build_plan(release, inputs())
    weeks = {w.week: w.is_overload for w in plan.learners if w.group == "A"}
    assert weeks[1] is True
    assert weeks[2] is False  # 20 minutes of micro-learning
    assert {w.is_overload for w in plan.learners if w.group == "B"} == {None}
    protected = build_plan(release, inputs(), PlanOptions(protected_hours=3))
    assert not any(w.is_overload for w in protected.learners if w.group == "A")


def test_a_start_says_first_that_learners_lack_time() -> None:
    """Enough hours of supporters are not enough where sessions ask for more than people can spare."""
    release = with_minutes(small(), {"A": (10, 30, 60), "B": (10, 30, 60)})
    busy = build_plan(release, inputs(ENOUGH)).decision
    calm = build_plan(release, inputs(ENOUGH), PlanOptions(protected_hours=3)).decision
    assert busy is not None
    assert calm is not None
    assert (busy.kind, calm.kind) == ("start", "start")
    assert busy.words == "The supporters' hours are enough; agree on learners' time first."
    assert calm.words == "The supporters' hours are enough."


def test_time_for_nothing_means_conditions_first() -> None:
    release = with_minutes(small(), {"A": (0, 10, 15), "B": (0, 15, 20)})
    decision = build_plan(release, inputs()).decision
    assert decision is not None
    assert decision.kind == "change-conditions-first"
    assert "protect time first" in decision.reasons[0]
    mostly = release_with(row("Everybody", 32, 32, 64), row("A", 32, 32, 64, conditions=70))
    other = build_plan(mostly, inputs()).decision
    assert other is not None
    assert other.kind == "change-conditions-first"


@pytest.mark.parametrize(("each", "kind"), [(30, "start"), (3, "start-smaller"), (0.1, "start-later")])
def test_the_decision_follows_the_supporters_hours(each: float, kind: str) -> None:
    people = [SupporterHours(role=s.role, people=2, hours_per_week=each) for s in ENOUGH]
    plan = build_plan(small(), inputs(people))
    assert plan.decision is not None
    assert plan.decision.kind == kind
    assert plan.decision.reasons


def test_without_a_plan_released_shares_come_before_assumed_ones() -> None:
    """Of 100 hours got, 30 are from managers, 60 from colleagues, 10 from HR; outsiders have no share."""
    names = {"A colleague": "colleague", "My manager": "manager", "HR": "hr", "Outside": "other"}
    rows = tuple(
        SumRow(group=f"Got: {name}", cells=(cell,))
        for name, cell in zip(names, (60, 30, 10, 25), strict=True)
    )
    hidden = tuple(SumRow(group=f"Given: {name}", cells=(None,)) for name in names)
    table = SumTable(
        id="help-roles-everybody", title="Help", attribute="", columns=("hours",), rows=(*hidden, *rows)
    )
    release = msgspec.structs.replace(small(), sums=(table,))
    given = inputs()
    told = build_plan(release, type(given)(given.supporters, "department", helpers=names))  # type: ignore[arg-type]
    assert {r.who.split()[0]: r.share for r in told.unplanned} == {"managers": 0.3, "people": 0.6, "HR": 0.1}
    assert all("as released" in r.source for r in told.unplanned)
    assumed = build_plan(small(), given)
    assert all("Shares: assumed" in r.source for r in assumed.unplanned)
    manager = told.unplanned[0]
    assert manager.people == 3  # one to ten of 32 people
    assert manager.hours == pytest.approx(64 / WEEKS_A_MONTH * 0.3 / 3, abs=0.01)
    assert manager.busiest == pytest.approx(3 * manager.hours, abs=0.02)


def test_the_pilot_narrows_the_plan_and_names_what_would_change() -> None:
    rows = (row("Small", 12, 14, 20), row("Large", 60, 90, 130))
    plan = build_plan(release_with(row("Everybody", 72, 104, 150), *rows), inputs())
    assert plan.pilot is not None
    assert plan.pilot.group == "Large"
    assert plan.pilot.width_then < plan.pilot.width_now
    half, same, double = (hours for _, hours, _ in plan.pilot.cases)
    assert half * 2 == pytest.approx(same, abs=0.2)
    assert double == pytest.approx(same * 2, abs=0.2)


def test_groups_left_for_later_need_nothing_yet() -> None:
    plan = build_plan(small(), inputs(), PlanOptions(groups=("B",)))
    assert {d.group for d in plan.demand} == {"B"}
    assert {w.group for w in plan.learners} == {"B"}


def test_a_slower_programme_takes_half_the_hours_in_twice_the_weeks() -> None:
    slow = build_plan(small(), inputs(), PlanOptions(pace=0.5, weeks=24, streams=ONLY_NEEDS))
    usual = build_plan(small(), inputs(), PlanOptions(streams=ONLY_NEEDS))
    assert slow.supporter_hours == pytest.approx(usual.supporter_hours, abs=0.2)
    assert slow.totals[0].hours == pytest.approx(usual.totals[0].hours / 2, abs=0.1)
    peer = next(stream for stream in DEFAULT_STREAMS if stream.id == "peer")
    assert sessions(peer, 0.5) == {7: 1, 15: 1, 23: 1}
    assert sum(need_weights(24, 0.5)) == pytest.approx(12)


def test_one_cohort_of_a_group_is_what_a_schedule_moves() -> None:
    """Kinds times their cohorts are the demand rows, week by week, when everybody begins in week 1."""
    release = with_bands(small(), "safety", {"A": LOW, "B": FINE})
    options = PlanOptions()
    population = population_of(release, "department")
    assert population is not None
    kinds = course_kinds(population, options, cohorts_for(population, options, inputs()).all)
    assert [(k.group, k.size, k.count, k.lead, k.earliest) for k in kinds] == [
        ("A", 8, 2, 2, 1),
        ("B", 8, 2, 0, 1),
    ]
    plan = build_plan(release, inputs(), options)
    for week, role in product(range(1, 13), ("facilitator", "champion", "manager", "hr-partner")):
        summed = math.fsum(k.count * k.expected[role][week - 1] for k in kinds if role in k.expected)
        rows = math.fsum(d.hours for d in plan.demand if (d.week, d.role) == (week, role))
        assert summed == pytest.approx(rows, abs=0.001)
    for kind in kinds:
        for role, weeks in kind.high.items():
            assert all(
                h >= e >= low for h, e, low in zip(weeks, kind.expected[role], kind.low[role], strict=True)
            )
    assert [course.foundation for course in courses_at(kinds)] == [3, 1]


ROWS = st.lists(
    st.tuples(st.integers(10, 200), st.floats(0.2, 1), st.one_of(st.none(), st.integers(2, 120))),
    min_size=1,
    max_size=6,
)


def made(rows: list[tuple[int, float, int | None]], times: int = 1) -> Release:
    """Return a release with these groups; hours are in steps of 5, hidden where None."""
    parts = [
        row(
            f"G{place}",
            times * max(10, round(heads * share)),
            times * max(10, heads),
            hours and 5 * times * hours,
        )
        for place, (heads, share, hours) in enumerate(rows)
    ]
    heads = sum(part.headcount or 0 for part in parts)
    answered = sum(part.respondents for part in parts)
    total = sum(part.hours if part.hours is not None else 2 * part.respondents for part in parts)
    return release_with(row("Everybody", answered, heads, total), *parts)


@settings(max_examples=20, deadline=None)
@given(ROWS, st.integers(1, 30), st.sampled_from([0.5, 1.0, 2.0]))
def test_rows_add_up_to_weeks_weeks_to_totals_and_people_to_the_headcount(
    rows: list[tuple[int, float, int | None]], weeks: int, pace: float
) -> None:
    release = made(rows)
    plan = build_plan(release, inputs(), PlanOptions(weeks=weeks, pace=pace), is_quick=True, with_ways=False)
    by_week: defaultdict[int, float] = defaultdict(float)
    for demand in plan.demand:
        by_week[demand.week] += demand.hours
        assert demand.low <= demand.hours <= demand.high
    for total in plan.totals:
        assert total.hours == pytest.approx(by_week[total.week], abs=0.21)
        assert total.low <= total.hours <= total.high
    population = population_of(release, "department")
    assert population is not None
    assert sum(group.headcount for group in population.groups) == release.hours[0].total.headcount
    assert math.fsum(group.hours for group in population.groups) == pytest.approx(population.total.hours)


PLENTY = [SupporterHours(role=s.role, people=1, hours_per_week=10_000) for s in ENOUGH]


@settings(max_examples=8, deadline=None)
@given(ROWS, st.integers(2, 4))
def test_demand_scales_with_the_headcount(rows: list[tuple[int, float, int | None]], times: int) -> None:
    """Twice the people with twice the hours need twice the hours, as far as groups differ no less for it."""
    alike = [(heads, 1.0, hours) for heads, _, hours in rows]
    options = PlanOptions(streams=ONLY_NEEDS)
    one, many = (
        build_plan(made(alike, n), inputs(PLENTY), options, is_quick=True, with_ways=False)
        for n in (1, times)
    )
    assert many.supporter_hours == pytest.approx(times * one.supporter_hours, rel=1e-3, abs=0.5)


FEW_ROWS = st.lists(
    st.tuples(st.integers(10, 30), st.floats(0.5, 1), st.one_of(st.none(), st.integers(2, 20))),
    min_size=1,
    max_size=3,
)


@settings(max_examples=8, deadline=None)
@given(FEW_ROWS, st.integers(0, 3), st.integers(1, 3))
def test_more_supporters_never_leave_more_unmet(
    rows: list[tuple[int, float, int | None]], people: int, more: int
) -> None:
    """With more people the scheduler's bound is no more than what was found with fewer."""
    few = supporters_of([SupporterHours(role=s.role, people=people, hours_per_week=3) for s in ENOUGH])
    extra = supporters_of([SupporterHours(role="champion", people=people + more, hours_per_week=3)])
    population = population_of(made(rows), "department")
    assert population is not None
    options = PlanOptions()
    cohorts = cohorts_for(population, options, inputs())
    before, after = (
        scheduled(population, options, supporters, cohorts, is_quick=True).found
        for supporters in (few, (*(one for one in few if one.role != "champion"), *extra))
    )
    assert after.bound <= before.value + 1e-6


def test_the_plan_tells_whose_hours_go_where_and_every_unmet_hour() -> None:
    """What cohorts ask for at the upper bound is given by somebody or told as unmet."""
    few = [SupporterHours(role=s.role, people=2, hours_per_week=4) for s in ENOUGH]
    plan = build_plan(small(), inputs(few))
    assert [cohort.id for cohort in plan.cohorts] == [f"cohort-{number}" for number in range(1, 5)]
    for load in plan.loads:
        given_by = math.fsum(
            one.hours for one in plan.supporters if (one.week, one.role) == (load.week, load.role)
        )
        unmet = math.fsum(one.hours for one in plan.unmet if (one.week, one.role) == (load.week, load.role))
        assert given_by + unmet == pytest.approx(load.high, abs=0.15)
    assert all(week.hours <= week.at_hand + 1e-6 for week in plan.weeks_of_supporters)
    assert plan.bound is not None
    assert 0 <= plan.bound <= 1
    assert (not plan.unmet) == (not plan.ways_out)


def staff_of(**groups: int) -> tuple[StaffMember, ...]:
    """Return a staff list at one site with so many people a group, three to a team."""
    return tuple(
        StaffMember(name=f"{group} {number}", group=group, site="North", team=f"{group} {number // 3}")
        for group, people in groups.items()
        for number in range(people)
    )


def with_staff(*staff: StaffMember) -> PlanInputs:
    """Return what a plan is made from, with a staff list."""
    return replace(inputs(), staff=staff)


def test_a_staff_list_gives_cohorts_with_names_and_the_headcounts_hours() -> None:
    """15 of 16 people of A are listed: the hours of all 16 are for those who learn."""
    plan = build_plan(small(), with_staff(*staff_of(A=15, B=16)), with_ways=False)
    listed = [name for cohort in plan.cohorts for name in cohort.members]
    assert sorted(listed) == sorted(one.name for one in staff_of(A=15, B=16))
    assert all(6 <= cohort.size <= 10 for cohort in plan.cohorts)
    assert {cohort.site for cohort in plan.cohorts} == {"North"}
    own = math.fsum(d.hours for d in plan.demand if d.group == "A" and d.stream == "pairs")
    assert own == pytest.approx(0.3 * 12 * 40 / WEEKS_A_MONTH, abs=0.05)


def test_groups_that_learn_together_each_need_their_own_hours() -> None:
    """Three people of A and five of B in one cohort: sessions once, hours of both groups."""
    release = release_with(row("Everybody", 8, 8, 30), row("A", 3, 3, 15), row("B", 5, 5, 15))
    plan = build_plan(release, with_staff(*staff_of(A=3, B=5)), with_ways=False)
    assert [(cohort.groups, cohort.size) for cohort in plan.cohorts] == [(("B", "A"), 8)]
    assert hours(plan, "B", "foundation") == {1: 3.75}
    assert hours(plan, "A", "foundation") == {}
    assert hours(plan, "A", "pairs")[1] == pytest.approx(hours(plan, "B", "pairs")[1])
    low = with_bands(release, "safety", {"A": (3, 0, 0), "B": (0, 2, 3)})
    first = build_plan(low, with_staff(*staff_of(A=3, B=5)), with_ways=False)
    assert hours(first, "A", "norms") == {1: 1.5, 2: 1.5}
    assert min(hours(first, "B", "pairs")) == 3


def test_groups_that_the_staff_list_leaves_out_are_planned_by_number() -> None:
    plan = build_plan(small(), with_staff(*staff_of(A=16)), with_ways=False)
    unnamed = [cohort for cohort in plan.cohorts if not cohort.members]
    assert {cohort.groups for cohort in unnamed} == {("B",)}
    assert sum(cohort.size for cohort in unnamed) == 16


def test_ways_out_are_scenarios_that_can_be_planned() -> None:
    few = [SupporterHours(role=s.role, people=1, hours_per_week=3) for s in ENOUGH]
    plan = build_plan(small(), inputs(few))
    assert plan.unmet
    assert plan.ways_out
    fitting = [way for way in plan.ways_out if not way.unmet]
    for way in fitting:
        again = build_plan(small(), inputs(few), way.options)
        assert math.fsum(row.hours for row in again.unmet) < 0.01
    assert build_plan(small(), inputs(few), with_ways=False).ways_out == ()


@pytest.mark.parametrize(
    "options",
    [
        PlanOptions(weeks=0),
        PlanOptions(weeks=53),
        PlanOptions(pace=0),
        PlanOptions(pace=math.nan),
        PlanOptions(hours_factor=-1),
        PlanOptions(protected_hours=math.inf),
        PlanOptions(cohort_sizes=(10, 6)),
        PlanOptions(cohort_sizes=(0, 6)),
        PlanOptions(earliest={"A": 0}),
        PlanOptions(costs={"learner": -1}),
        PlanOptions(costs={"learner": math.nan}),
        PlanOptions(more_supporters=(SupporterHours(role="manager", people=-1, hours_per_week=2),)),
        PlanOptions(more_supporters=(SupporterHours(role="manager", people=1, hours_per_week=math.inf),)),
        PlanOptions(streams=()),
        PlanOptions(streams=(Stream(id="half", title="half", role="manager", share=0.5),)),
        PlanOptions(streams=(*DEFAULT_STREAMS, DEFAULT_STREAMS[0])),
        PlanOptions(streams=(*ONLY_NEEDS, Stream(id="x", title="x", kind="programme"))),
        PlanOptions(streams=(*ONLY_NEEDS, Stream(id="x", title="x", kind="programme", weeks=(0,)))),
        PlanOptions(
            streams=(*ONLY_NEEDS, Stream(id="x", title="x", kind="programme", weeks=(1,), hours=math.inf))
        ),
        PlanOptions(
            streams=(*ONLY_NEEDS, Stream(id="x", title="x", kind="programme", weeks=(1,), learner_minutes=-5))
        ),
    ],
)
def test_senseless_scenarios_are_refused_in_words(options: PlanOptions) -> None:
    with pytest.raises(WrongUsage, match=r"expected|can come"):
        build_plan(small(), inputs(), options)


def test_ten_thousand_supporters_and_no_people_at_all_are_no_trouble() -> None:
    crowd = supporters_of([SupporterHours(role="champion", people=10_000, hours_per_week=1)])
    plan = build_plan(small(), inputs(people=crowd))
    assert next(load.supply for load in plan.loads if load.role == "champion") == 10_000
    nobody = build_plan(small(), inputs(()))
    assert nobody.decision is not None
    assert nobody.decision.kind == "start-later"
    assert nobody.short_hours == pytest.approx(nobody.supporter_hours, abs=1)
