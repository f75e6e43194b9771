"""The plan of the demo that `make demo` ends with, checked by arithmetic of its own."""

from __future__ import annotations

import msgspec
import pytest

from scoring.plan.comparing import compare
from scoring.plan.options import PlanOptions
from scoring.plan.records import Plan
from scoring.totals import demand_of_all
from store.people import staff_in, supporters_in
from store.study import Study
from tests.scoring.plan.plan_faults import Given, plan_faults
from tui.flows.planning import plan_for, release_in
from tui.flows.rehearsing import rehearse

pytestmark = pytest.mark.slow
SHORT = PlanOptions(hours_factor=0.5)
"""Every supporter has half of the hours: much stays unmet."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return rehearse(tmp_path_factory.mktemp("demo") / "x", 240, 7, "careload test").study


def given(study: Study, options: PlanOptions) -> Given:
    release = release_in(study)
    plan = plan_for(study, release, options, with_ways=False)
    total = demand_of_all(release.hours[0])
    assert total is not None
    return Given(plan, staff_in(study) or (), supporters_in(study) or (), total.high / total.hours)


@pytest.mark.parametrize("options", [PlanOptions(), SHORT], ids=["as planned", "half the hours"])
def test_the_plan_can_be_kept_and_its_tables_agree(demo: Study, options: PlanOptions) -> None:
    """Nobody over hours; own people only; all seated once, 6 to 10 together; hours met or shown as unmet."""
    found = given(demo, options)
    assert len(found.staff) == 333
    assert len(found.plan.groups) == 4
    assert {group.safety for group in found.plan.groups} == {"not low"}
    assert plan_faults(found) == []
    lacking = sum(row.hours for row in found.plan.unmet)
    assert lacking > 100 if options is SHORT else lacking < 5


def test_scenarios_side_by_side_tell_what_their_plans_tell(demo: Study) -> None:
    plans = [given(demo, options).plan for options in (PlanOptions(), SHORT)]
    for plan, row in zip(plans, compare(plans), strict=True):
        assert row.supporter_hours == pytest.approx(sum(week.hours for week in plan.totals), abs=1)
        assert row.supporter_high == pytest.approx(sum(week.high for week in plan.totals), abs=0.1)
        assert row.unmet_hours == pytest.approx(sum(one.hours for one in plan.unmet), abs=0.1)
        assert row.short_hours == plan.short_hours <= row.unmet_hours + 0.5
        assert row.overload_weeks == len(plan.overload_weeks)
        assert plan.decision is not None
        assert (row.decision, row.words) == (plan.decision.kind, plan.decision.words)


def test_the_check_sees_what_is_wrong(demo: Study) -> None:
    found = given(demo, SHORT)

    def faults(**changes: object) -> int:
        plan: Plan = msgspec.structs.replace(found.plan, **changes)
        return len(plan_faults(Given(plan, found.staff, found.supporters, found.upper)))

    plan = found.plan
    one, other = plan.cohorts[:2]
    moved = msgspec.structs.replace(one, members=(*one.members, other.members[0]))
    later = msgspec.structs.replace(one, start_week=(one.start_week or 0) % plan.weeks + 1)
    more = msgspec.structs.replace(plan.supporters[0], hours=plan.supporters[0].hours + 9)
    assert faults(cohorts=(moved, *plan.cohorts[1:])) >= 2
    assert faults(cohorts=(later, *plan.cohorts[1:])) >= 2
    assert faults(supporters=(more, *plan.supporters[1:])) >= 2
    assert faults(unmet=plan.unmet[1:]) >= 1
    assert faults(demand=plan.demand[1:]) >= 1
    assert faults(short_hours=plan.short_hours + 1) >= 1
    assert faults(overload_weeks=()) >= 1
