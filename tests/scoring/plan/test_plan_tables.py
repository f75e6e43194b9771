"""The plan as csv rows."""

from __future__ import annotations

from scoring.plan.records import GroupLoad, Plan, WeekLoad, WeekTotal
from scoring.plan.tables import plan_tables
from tests.tui.plan_examples import WHOLE_PLAN

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


def test_a_whole_plan_has_a_table_for_each_of_its_parts() -> None:
    """Every part that has rows is a table with as many columns in each row as titles."""
    tables = plan_tables(WHOLE_PLAN)
    assert set(tables) >= {
        "plan-demand",
        "plan-conditions",
        "plan-learners",
        "plan-without",
        "plan-cohorts",
        "plan-seats",
        "plan-supporters",
        "plan-supporter-weeks",
        "plan-unmet",
        "plan-ways-out",
        "plan-decision",
        "plan-sums",
    }
    for name, rows in tables.items():
        assert {len(row) for row in rows} == {len(rows[0])}, name
    assert set(plan_tables(PLAN)) == {"plan-weeks", "plan-groups", "plan-notes"}


def test_minutes_that_are_hidden_carry_the_mark_and_pairs_their_number() -> None:
    tables = plan_tables(WHOLE_PLAN)
    assert ["Legal", 1, 150.0, "*", "*", "*", "*"] in tables["plan-learners"]
    first = WHOLE_PLAN.cohorts[0]
    assert [first.id, 1, first.pairs[0][0]] in tables["plan-seats"]
    assert [row[4] for row in tables["plan-cohorts"][1:]] == [1, 4, ""]
