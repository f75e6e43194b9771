"""Fifth page: the care-load plan, weeks as rows; the same as plain text for `careload plan`."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.setup import SUPPORTER_ROLES
from scoring.plan.records import GroupLoad, Plan, WeekLoad, WeekTotal
from scoring.records import HOURS_ASSUMED
from scoring.table_records import MinutesTable
from tui.text.blocks import Block, Column, Gauge, Grid, Heading, Page, Paragraph, Row
from tui.text.cells import one_line
from tui.text.layout import plain_lines
from tui.text.plan_cohorts import cohort_blocks
from tui.text.plan_conditions import condition_blocks, learner_blocks, unplanned_blocks
from tui.text.plan_decision import bullets, decision_blocks, failure_blocks, pilot_blocks
from tui.text.roles import role_title
from tui.text.task_blocks import quartile_cells
from tui.text.words import answered, attribute_title, interval, number, shares, weeks_in_words

QUARTERS = (
    "A quarter of the people can spare no more than the first number of minutes, half no more than "
    "the second, three quarters no more than the third."
)
NO_PLAN = "There is no plan: too few people answered to foresee hours, or no supporters are named."


def plan_page(plan: Plan | None, minutes: tuple[MinutesTable, ...] = ()) -> Page:
    """Return the care plan; `minutes` are the release's."""
    blocks: list[Block] = [Heading(f"Care plan. {plan.heading if plan else HOURS_ASSUMED}", level=1)]
    blocks += [Paragraph(NO_PLAN, "warn")] if plan is None else _plan(plan)
    for table in minutes:
        blocks += minutes_blocks(table)
    if plan is not None and plan.assumptions:
        blocks.append(Heading("What this assumes"))
        blocks += [Paragraph(one_line(text), "note", bullet=True) for text in plan.assumptions]
    return tuple(blocks)


def plan_lines(plan: Plan | None) -> tuple[str, ...]:
    """Return the care plan as plain text, at most 79 cells wide."""
    return plain_lines(plan_page(plan))


def _plan(plan: Plan) -> Iterator[Block]:
    yield from decision_blocks(plan)
    yield from _all_weeks(plan)
    if plan.loads:
        yield Heading("By role: expected hours of the hours they have")
        yield _roles(plan.loads)
    if plan.groups:
        yield Heading(f"Monthly hours for the whole headcount, {attribute_title(plan.attribute).lower()}")
        yield _groups(plan.groups)
    yield from cohort_blocks(plan)
    yield from condition_blocks(plan)
    yield from learner_blocks(plan)
    yield from unplanned_blocks(plan)
    yield from pilot_blocks(plan)
    yield from failure_blocks(plan)


def _all_weeks(plan: Plan) -> Iterator[Block]:
    if plan.overload_weeks:
        yield Paragraph(
            f"Too much in {weeks_in_words(plan.overload_weeks)}: {number(plan.short_hours)} hours "
            "more are expected than supporters can give.",
            "over",
        )
    elif plan.totals:
        yield Paragraph("Every week's expected hours fit what supporters can give.")
    if plan.totals:
        yield Heading("Week by week, all supporters")
        yield _weeks(plan)
    if plan.statements:
        yield Heading("In words")
        yield from bullets(plan.statements)


def _weeks(plan: Plan) -> Grid:
    full = max(max(week.hours, week.supply) for week in plan.totals)
    columns = (
        Column("Week", right=True),
        Column("Hours", right=True),
        Column("90 % range", right=True),
        Column("Supply", right=True),
        Column("Against the supply"),
        Column("", wraps=True),
    )
    return Grid(columns, tuple(_week(week, plan.loads, full) for week in plan.totals))


def _week(week: WeekTotal, loads: tuple[WeekLoad, ...], full: float) -> Row:
    bar = Gauge(week.hours, week.supply, full)
    numbers = (str(week.week), number(week.hours), interval(week.low, week.high), number(week.supply))
    return Row((*numbers, bar, _overload(week, loads)), "over" if week.is_overload else "")


def _overload(week: WeekTotal, loads: tuple[WeekLoad, ...]) -> str:
    """Say in words what is too much in a week: the whole, or single roles."""
    if week.hours > week.supply:
        return f"too much: {number(week.hours - week.supply)} h over"
    roles = [load.role for load in loads if load.week == week.week and load.is_over]
    if roles:
        return "too much for " + ", ".join(f"{role_title(role)}s" for role in roles)
    return "too much" if week.is_overload else "fits"


def _roles(loads: tuple[WeekLoad, ...]) -> Grid:
    roles = [role for role in SUPPORTER_ROLES if any(load.role == role for load in loads)]
    by_place: dict[tuple[int, str], WeekLoad] = {(load.week, load.role): load for load in loads}
    rows = []
    for week in sorted({load.week for load in loads}):
        found = [by_place.get((week, role)) for role in roles]
        rows.append(Row((str(week), *(_role(load) for load in found))))
    return Grid(
        (Column("Week", right=True), *(Column(f"{role_title(role)}s", right=True) for role in roles)),
        tuple(rows),
    )


def _role(load: WeekLoad | None) -> str:
    if load is None:
        return "-"
    text = f"{number(load.hours)} of {number(load.supply)}"
    return f"over: {text}" if load.is_over else text


def _groups(groups: tuple[GroupLoad, ...]) -> Grid:
    columns = (
        Column("Group", wraps=True),
        Column("Answered", right=True),
        Column("Monthly hours", right=True),
        Column("90 % range", right=True),
        Column("Skill : conditions", right=True),
    )
    return Grid(columns, tuple(_group(group) for group in groups))


def _group(group: GroupLoad) -> Row:
    return Row(
        (
            one_line(group.group),
            answered(group.respondents, group.headcount),
            number(group.hours),
            interval(group.low, group.high),
            shares(group.skill, group.conditions),
        )
    )


def minutes_blocks(table: MinutesTable) -> Iterator[Block]:
    """Return the table of minutes that people can spare."""
    yield Heading(one_line(table.title))
    columns = (
        Column("Group", wraps=True),
        Column("Answered", right=True),
        Column("Lower quarter", right=True),
        Column("Middle", right=True),
        Column("Upper quarter", right=True),
    )
    yield Paragraph(QUARTERS, "note")
    rows = [quartile_cells(row) for row in table.rows]
    yield Grid(columns, (*rows, quartile_cells(table.total, "total")))
