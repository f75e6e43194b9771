"""Hours in the report: load against supply, learners' time, without a plan, and the cohorts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from instruments.setup import SupporterRole
from scoring.plan.records import LearnerWeek, Plan, UnmetRow, UnplannedRow, WeekLoad, WeekTotal
from scoring.plan.streams import ROLE_WORDS
from tui.flows.report_charts import load_chart, unplanned_chart
from tui.flows.report_cohorts import cohort_blocks
from tui.flows.report_model import (
    HIDDEN,
    UNKNOWN,
    Block,
    Head,
    Para,
    Picture,
    Points,
    Section,
    Table,
    big,
    left,
    right,
)
from tui.text.roles import role_title
from tui.text.words import WHY_HIDDEN, interval, number, weeks_in_words

READ_RANGE = "The bar is the 90 % range: in 9 of 10 such forecasts the truth lies within it."
WHY = f"Some numbers are {WHY_HIDDEN}."
SMALLEST = 0.05
"""Hours; fewer would be printed as none."""
WITHOUT = "Without a plan the need is the same. It falls on whoever is asked: unseen, unpaid and unevenly."


def load_sections(plan: Plan) -> Iterator[Section]:
    """Return the sections about hours that this plan can fill."""
    if plan.totals:
        yield Section(name="load", title="Load against supply", blocks=tuple(_load(plan)), new_page=True)
    if plan.learners:
        yield Section(name="learners", title="The learners' time", blocks=tuple(_learners(plan)))
    if plan.unplanned:
        yield Section(name="without", title="With and without a plan", blocks=tuple(_without(plan)))
    if plan.cohorts:
        yield Section(name="cohorts", title="Cohorts", blocks=tuple(cohort_blocks(plan)), new_page=True)


def _load(plan: Plan) -> Iterator[Block]:
    yield Picture(
        title="Hours a week of all supporters",
        words=f"{_load_words(plan.totals)} {READ_RANGE} The line is what supporters have.",
        chart=load_chart(plan.totals),
    )
    yield Table(
        caption="Expected hours of the hours each role has, week by week; ! where it is too much",
        heads=(*left("Week"), *right("All, expected", "90 % range", "They have"), *_role_heads(plan.loads)),
        rows=tuple(_week_row(total, plan.loads) for total in plan.totals),
    )
    if plan.statements:
        yield Points(plan.statements)
    unmet = [row for row in plan.unmet if row.hours >= SMALLEST]
    if unmet:
        yield Table(
            caption="Hours for which nobody has time, at the upper end of the range",
            heads=(*left("Role", "Group"), *right("Hours"), *left("When")),
            rows=tuple(_unmet_rows(unmet)),
        )


def _unmet_rows(unmet: Sequence[UnmetRow]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each role and group; weeks by themselves are in plan-unmet.csv."""
    for role, group in dict.fromkeys((row.role, row.group) for row in unmet):
        own = [row for row in unmet if (row.role, row.group) == (role, group)]
        when = weeks_in_words(tuple(row.week for row in own))
        yield role_title(role), group, number(sum(row.hours for row in own)), when


def _load_words(totals: Sequence[WeekTotal]) -> str:
    first, last = totals[0], totals[-1]
    over = tuple(week.week for week in totals if week.hours > week.supply)
    could = tuple(week.week for week in totals if week.high > week.supply)
    said = [
        f"Expected are {number(first.hours)} hours in week {first.week} and {number(last.hours)} in week "
        f"{last.week}; supporters have {number(first.supply)} in the first."
    ]
    said.append(f"More than they have is expected in {weeks_in_words(over)}." if over else "Each week fits.")
    if could and could != over:
        said.append(f"At the upper end of the range it is too much in {weeks_in_words(could)}.")
    return " ".join(said)


def _roles(loads: Sequence[WeekLoad]) -> tuple[SupporterRole, ...]:
    named = {load.role for load in loads}
    return tuple(role for role in ROLE_WORDS if role in named)


def _role_heads(loads: Sequence[WeekLoad]) -> tuple[Head, ...]:
    titles = (role_title(role) for role in _roles(loads))
    return right(*(f"{title[0].upper()}{title[1:]}s" for title in titles))


def _week_row(total: WeekTotal, loads: Sequence[WeekLoad]) -> tuple[str, ...]:
    own = {load.role: load for load in loads if load.week == total.week}
    cells = [_role_cell(own.get(role)) for role in _roles(loads)]
    mark = "! " if total.hours > total.supply else ""
    whole = (f"{mark}{number(total.hours)}", interval(total.low, total.high), number(total.supply))
    return (str(total.week), *whole, *cells)


def _role_cell(load: WeekLoad | None) -> str:
    if load is None:
        return "none"
    return f"{'! ' if load.is_over else ''}{number(load.hours)} of {number(load.supply)}"


def _learners(plan: Plan) -> Iterator[Block]:
    if plan.learner_hours:
        yield Para(f"Learning takes {big(plan.learner_hours)} hours of everybody's time together.")
    rows = [_learner_row(group, list(own)) for group, own in groupby(plan.learners, key=lambda w: w.group)]
    yield Table(
        caption="Minutes a week that people can spare, and weeks in which more than half of a group cannot",
        heads=(
            *left("Group"),
            *right("A quarter, at most", "Half, at most", "Asked for, at most"),
            *left("Too much in"),
        ),
        rows=tuple(rows),
        note=WHY if any(week.spare_median is None for week in plan.learners) else "",
    )


def _learner_row(group: str, weeks: list[LearnerWeek]) -> tuple[str, ...]:
    first, most = weeks[0], max(week.minutes for week in weeks)
    spare = tuple(HIDDEN if m is None else str(m) for m in (first.spare_lower, first.spare_median))
    return (group, *spare, number(most), overload_words(weeks))


def overload_words(weeks: Sequence[LearnerWeek]) -> str:
    """Return the weeks since the foundation session in which learning asks more than half can spare."""
    if all(week.is_overload is None for week in weeks):
        return UNKNOWN
    over = tuple(week.week for week in weeks if week.is_overload)
    return weeks_in_words(over) if over else "no week"


def _without(plan: Plan) -> Iterator[Block]:
    yield Para(WITHOUT)
    alone = [row for row in plan.unplanned if row.people is not None]
    if alone:
        told = "; ".join(_alone(row) for row in alone)
        yield Picture(
            title="Hours a head and week without a plan",
            words=f"Without a plan, a head and week: {told}. {READ_RANGE} The stroke is the busiest tenth.",
            chart=unplanned_chart(alone),
        )
    yield Table(
        caption="Who would bear it without a plan, hours a head and week",
        heads=(
            *left("Who"),
            *right("People", "Share", "Hours", "90 % range", "Busiest tenth"),
            *left("Source"),
        ),
        rows=tuple(
            (
                row.who,
                UNKNOWN if row.people is None else str(row.people),
                f"{100 * row.share:.0f} %",
                number(row.hours) + (" in all" if row.people is None else ""),
                interval(row.low, row.high),
                number(row.busiest),
                row.source,
            )
            for row in plan.unplanned
        ),
    )
    planned = _planned_rows(plan)
    if planned:
        yield Table(
            caption="With this plan, hours a head and week that supporters keep free",
            note="Sessions included, and at the upper end of the range: fewer are expected.",
            heads=(*left("Role"), *right("People", "On average", "Busiest week", "They have")),
            rows=planned,
        )


def _alone(row: UnplannedRow) -> str:
    hours = f"{row.who} {number(row.hours)} ({interval(row.low, row.high)})"
    return f"{hours}, the busiest tenth {number(row.busiest)}"


def _planned_rows(plan: Plan) -> tuple[tuple[str, ...], ...]:
    rows = []
    for role in ROLE_WORDS:
        own = [week for week in plan.weeks_of_supporters if week.role == role]
        if own:
            people = len({week.supporter for week in own})
            mean, most = sum(week.hours for week in own) / len(own), max(week.hours for week in own)
            have = max(week.at_hand for week in own)
            rows.append((role_title(role), str(people), number(mean), number(most), number(have)))
    return tuple(rows)
