"""Cohorts and their weeks, what nobody has time for, and each supporter's load."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.plan_records import Plan, PlannedCohort
from tui.text.blocks import Block, Column, Grid, Heading, Paragraph, Row
from tui.text.cells import one_line
from tui.text.words import number, plural, role_title, weeks_in_words

BEST = 0.995
"""A bound this near to what was found is told as none better."""
MOST_ROWS = 60
"""Longer lists stand in the csv files only."""


def cohort_blocks(plan: Plan) -> Iterator[Block]:
    """Yield cohorts, unmet hours and supporters' loads, each where the plan has them."""
    if plan.cohorts:
        yield Heading("Cohorts: who starts when")
        yield _cohorts(plan.cohorts)
        yield from _more(len(plan.cohorts))
        if plan.bound is not None:
            yield Paragraph(_bound(plan.bound), "note")
    if plan.unmet:
        yield Heading("Hours at the upper bound that nobody has time for")
        yield _unmet(plan)
    if plan.weeks_of_supporters:
        yield Heading("Supporters: hours planned in their busiest week")
        yield _supporters(plan)
        yield from _more(len({week.supporter for week in plan.weeks_of_supporters}))


def _bound(bound: float) -> str:
    if bound > BEST:
        return "Proven: no other start weeks make it better."
    return f"Proven: no other start weeks make it better by more than {100 * (1 - bound):.0f} %."


def _more(rows: int) -> Iterator[Block]:
    if rows > MOST_ROWS:
        yield Paragraph(f"{plural(rows - MOST_ROWS, 'more row')} in the csv files (--out DIR).", "note")


def _cohorts(cohorts: tuple[PlannedCohort, ...]) -> Grid:
    columns = (
        Column("Cohort"),
        Column("Groups", wraps=True),
        Column("Site", wraps=True),
        Column("People", right=True),
        Column("Foundation"),
        Column("Led", wraps=True),
    )
    rows = [
        Row(
            (
                one_line(cohort.id),
                one_line(", ".join(cohort.groups)),
                one_line(cohort.site) or "-",
                str(cohort.size),
                "cannot start" if cohort.start_week is None else f"week {cohort.start_week}",
                one_line(cohort.facilitation) or "-",
            ),
            "over" if cohort.start_week is None else "",
        )
        for cohort in cohorts[:MOST_ROWS]
    ]
    return Grid(columns, tuple(rows))


def _unmet(plan: Plan) -> Grid:
    columns = (
        Column("Role"),
        Column("Group", wraps=True),
        Column("Hours", right=True),
        Column("When", wraps=True),
    )
    rows = []
    for role, group in dict.fromkeys((row.role, row.group) for row in plan.unmet):
        own = [row for row in plan.unmet if (row.role, row.group) == (role, group)]
        when = weeks_in_words(tuple(sorted({row.week for row in own})))
        rows.append(
            Row((role_title(role), one_line(group), number(sum(row.hours for row in own)), when), "over")
        )
    return Grid(columns, tuple(rows[:MOST_ROWS]))


def _supporters(plan: Plan) -> Grid:
    columns = (
        Column("Supporter", wraps=True),
        Column("Role"),
        Column("Week", right=True),
        Column("Hours", right=True),
        Column("At hand", right=True),
        Column("All weeks", right=True),
    )
    rows = []
    for one in dict.fromkeys(week.supporter for week in plan.weeks_of_supporters):
        own = [week for week in plan.weeks_of_supporters if week.supporter == one]
        busiest = max(own, key=lambda week: week.hours)
        cells = (
            one_line(busiest.name or one),
            role_title(busiest.role),
            str(busiest.week),
            number(busiest.hours),
            number(busiest.at_hand),
            number(sum(week.hours for week in own)),
        )
        rows.append(Row(cells, "over" if busiest.hours > busiest.at_hand + 1e-6 else ""))
    return Grid(columns, tuple(rows[:MOST_ROWS]))
