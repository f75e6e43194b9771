"""The care-load plan as rows for csv files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from scoring.plan.records import (
    ConditionEffect,
    DemandRow,
    GroupLoad,
    LearnerWeek,
    Plan,
    SupporterLoad,
    SupporterWeek,
    UnmetRow,
    UnplannedRow,
)
from scoring.rows import HIDDEN, Cell, Row, or_absent
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
    "skill_hours",
    "conditions_hours",
    "safety",
]
WEEKS = ["week", "role", "hours", "low", "high", "supply", "overload"]


def plan_tables(plan: Plan) -> dict[str, list[Row]]:
    """Return the plan's tables by name, the first row their titles; a table without rows is left out.

    Weeks, groups and notes are always there.
    """
    always: dict[str, list[Row]] = {
        "plan-weeks": [list(WEEKS), *_weeks(plan)],
        "plan-groups": _records(GroupLoad, plan.groups, GROUPS),
        "plan-notes": [["kind", "text"], *_notes(plan)],
    }
    more: dict[str, list[Row]] = {
        "plan-demand": _records(DemandRow, plan.demand),
        "plan-conditions": _records(ConditionEffect, plan.effects),
        "plan-learners": _records(LearnerWeek, plan.learners),
        "plan-without": _records(UnplannedRow, plan.unplanned),
        "plan-cohorts": [list(COHORTS), *_cohorts(plan)],
        "plan-seats": [["cohort", "pair", "name"], *_seats(plan)],
        "plan-supporters": _records(SupporterLoad, plan.supporters),
        "plan-supporter-weeks": _records(SupporterWeek, plan.weeks_of_supporters),
        "plan-unmet": _records(UnmetRow, plan.unmet),
        "plan-ways-out": [["kind", "words", "amount", "cost_hours", "unmet_hours"], *_ways(plan)],
        "plan-decision": [["kind", "name", "text"], *_decision(plan)],
        "plan-sums": [["what", "number"], *_sums(plan)],
    }
    return always | {name: rows for name, rows in more.items() if len(rows) > 1}


COHORTS = ["cohort", "groups", "site", "size", "foundation_week", "facilitation"]


def _records(
    kind: type[msgspec.Struct], records: Iterable[msgspec.Struct], titles: Sequence[str] = ()
) -> list[Row]:
    """Return one row a record, its fields as columns."""
    fields = msgspec.structs.fields(kind)
    names: Row = list(titles) or [field.name for field in fields]
    rows: list[Row] = [[_cell(getattr(one, field.name)) for field in fields] for one in records]
    return [names, *rows]


def _cell(value: object) -> Cell:
    """Return a field as a cell; a number that is not there is a hidden one."""
    if isinstance(value, bool):
        return _yes(value)
    if value is None:
        return HIDDEN
    return value if isinstance(value, int | float) else safe_text(str(value))


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


def _cohorts(plan: Plan) -> list[Row]:
    return [
        [
            safe_text(one.id),
            safe_text(", ".join(one.groups)),
            safe_text(one.site),
            one.size,
            or_absent(one.start_week),
            safe_text(one.facilitation),
        ]
        for one in plan.cohorts
    ]


def _seats(plan: Plan) -> list[Row]:
    """Return who sits where; the number of the pair is empty where there are none."""
    rows: list[Row] = []
    for cohort in plan.cohorts:
        pairs = {name: number for number, pair in enumerate(cohort.pairs, start=1) for name in pair}
        rows += [
            [safe_text(cohort.id), or_absent(pairs.get(name)), safe_text(name)] for name in cohort.members
        ]
    return rows


def _ways(plan: Plan) -> list[Row]:
    return [[way.kind, safe_text(way.words), way.amount, way.cost_hours, way.unmet] for way in plan.ways_out]


def _decision(plan: Plan) -> list[Row]:
    rows: list[Row] = []
    if plan.decision:
        rows.append(["decision", plan.decision.kind, safe_text(plan.decision.words)])
        rows += [["reason", "", safe_text(reason)] for reason in plan.decision.reasons]
    rows += [["risk", "", safe_text(risk)] for risk in plan.risks]
    rows += [
        ["way to fail", mode.name, safe_text(f"{mode.verdict}: {mode.why}")] for mode in plan.failure_modes
    ]
    if plan.pilot:
        rows.append(["pilot", safe_text(plan.pilot.group), safe_text(plan.pilot.words)])
        rows += [
            ["case", name, safe_text(f"{hours:g} hours a month: {words}")]
            for name, hours, words in plan.pilot.cases
        ]
    return rows


def _sums(plan: Plan) -> list[Row]:
    """Return the hours of everything together; nothing where no demand is known."""
    if not plan.demand:
        return []
    rows: list[Row] = [
        ["supporters_hours", plan.supporter_hours],
        ["learners_hours", plan.learner_hours],
        ["assessment_hours", plan.assessment_hours],
        ["short_hours", plan.short_hours],
        ["unfunded_hours_a_week", plan.unfunded_hours],
    ]
    rows += [[f"unfunded_hours_a_week_{role}", hours] for role, hours in plan.unfunded.items()]
    return rows if plan.cost is None else [*rows, ["cost", plan.cost]]


def _notes(plan: Plan) -> list[Row]:
    said: list[Row] = [["statement", safe_text(sentence)] for sentence in plan.statements]
    return said + [["assumption", safe_text(sentence)] for sentence in plan.assumptions]


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
