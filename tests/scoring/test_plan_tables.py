"""The plan as csv rows."""

from __future__ import annotations

from scoring.plan_records import GroupLoad, Plan, WeekLoad, WeekTotal
from scoring.plan_tables import plan_tables

PLAN = Plan(
    study="spring",
    weeks=1,
    attribute="department",
    groups=(
        GroupLoad(
            group="=Sales", headcount=40, respondents=30, hours=60, low=30, high=110, skill=55, conditions=45
        ),
    ),
    loads=(WeekLoad(week=1, role="champion", hours=9, low=4, high=15, supply=8),),
    totals=(WeekTotal(week=1, hours=20, low=9, high=40, supply=30, is_overload=False),),
    overload_weeks=(),
    short_hours=1,
    unfunded_hours=2,
    statements=("One week.",),
    assumptions=("Shares are assumed.",),
)


def test_every_week_has_a_row_a_role_and_one_for_all() -> None:
    rows = plan_tables(PLAN)["plan-weeks"]
    assert rows[1] == [1, "champion", 9, 4, 15, 8, "yes"]
    assert rows[2] == [1, "all", 20, 9, 40, 30, "no"]


def test_names_that_a_spreadsheet_would_run_are_text() -> None:
    assert plan_tables(PLAN)["plan-groups"][1][0] == "'=Sales"


def test_statements_and_assumptions_go_with_the_numbers() -> None:
    rows = plan_tables(PLAN)["plan-notes"]
    assert ["statement", "One week."] in rows
    assert ["assumption", "Shares are assumed."] in rows
