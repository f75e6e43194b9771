"""The care-load plan as rows for csv files."""

from __future__ import annotations

from scoring.plan_records import Plan
from scoring.rows import Row
from scoring.tables import safe_text

GROUPS = [
    "group",
    "headcount",
    "respondents",
    "hours_a_month",
    "low",
    "high",
    "skill_percent",
    "conditions_percent",
]
WEEKS = ["week", "role", "hours", "low", "high", "supply", "overload"]


def plan_tables(plan: Plan) -> dict[str, list[Row]]:
    """Return the plan's tables by name, the first row their titles: weeks, groups, and what is assumed."""
    return {
        "plan-weeks": [list(WEEKS), *_weeks(plan)],
        "plan-groups": [list(GROUPS), *_groups(plan)],
        "plan-notes": [["kind", "text"], *_notes(plan)],
    }


def _weeks(plan: Plan) -> list[Row]:
    by_role: list[Row] = [
        [load.week, load.role, load.hours, load.low, load.high, load.supply, _yes(load.hours > load.supply)]
        for load in plan.loads
    ]
    everybody: list[Row] = [
        [total.week, "all", total.hours, total.low, total.high, total.supply, _yes(total.is_overload)]
        for total in plan.totals
    ]
    return by_role + everybody


def _groups(plan: Plan) -> list[Row]:
    return [
        [
            safe_text(group.group),
            group.headcount,
            group.respondents,
            group.hours,
            group.low,
            group.high,
            group.skill,
            group.conditions,
        ]
        for group in plan.groups
    ]


def _notes(plan: Plan) -> list[Row]:
    said: list[Row] = [["statement", safe_text(sentence)] for sentence in plan.statements]
    return said + [["assumption", safe_text(sentence)] for sentence in plan.assumptions]


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
