"""Cohorts in the report: each by itself while they are few, by group and by week where they are many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from scoring.plan.records import Plan, PlannedCohort
from tui.flows.report_charts import cohorts_chart, starts_chart
from tui.flows.report_model import UNKNOWN, Block, Para, Picture, Table, left, right
from tui.text.words import plural, weeks_in_words

FEW = 20
"""Cohorts up to this number have a bar and a row each."""
PROVEN = 0.9
"""Share of the bound from which on a schedule is called proven."""
SEATED = "formed from the staff list and from no answer; everybody has a seat."
COUNTED = "counted from the headcounts; with a staff list everybody has a seat by name (docs/people.md)."
LATE = "not within the plan"
ELSEWHERE = "Every cohort with its site and people is in plan-cohorts.csv and plan-seats.csv."


def cohort_blocks(plan: Plan) -> Iterator[Block]:
    """Yield how many learn together, when they start, and who leads them; nobody is named."""
    people = sum(cohort.size for cohort in plan.cohorts)
    how = SEATED if any(cohort.members for cohort in plan.cohorts) else COUNTED
    yield Para(f"{people} people in {plural(len(plan.cohorts), 'cohort')}, {how}")
    starts = [one.start_week for one in plan.cohorts if one.start_week is not None]
    late = len(plan.cohorts) - len(starts)
    if late:
        yield Para(f"{plural(late, 'cohort')} cannot start within {plural(plan.weeks, 'week')}.", "warn")
    is_few = len(plan.cohorts) <= FEW
    if starts:
        yield _each(plan) if is_few else _by_week(starts, plan.weeks)
    yield _table(plan.cohorts) if is_few else _by_group(plan.cohorts)
    if plan.bound is not None:
        yield Para(_bound_words(plan.bound), "note")


def _each(plan: Plan) -> Picture:
    starting = [one for one in plan.cohorts if one.start_week is not None]
    weeks = sorted({one.start_week for one in starting if one.start_week is not None})
    told = "; ".join(
        f"week {week}: {', '.join(one.id for one in starting if one.start_week == week)}" for week in weeks
    )
    return Picture(
        title="When each cohort starts",
        words=f"Starts, by week. {told[0].upper()}{told[1:]}.",
        chart=cohorts_chart(starting, plan.weeks),
    )


def _by_week(starts: Sequence[int], weeks: int) -> Picture:
    often = Counter(starts)
    told = ", ".join(f"{often[week]} in week {week}" for week in sorted(often))
    return Picture(
        title="How many cohorts start in each week",
        words=f"Cohorts that start: {told}.",
        chart=starts_chart([(week, often[week]) for week in range(1, weeks + 1)]),
    )


def _table(cohorts: Sequence[PlannedCohort]) -> Table:
    return Table(
        caption="Cohorts",
        heads=(*left("Cohort", "Groups", "Site"), *right("People", "Starts in week"), *left("Led")),
        rows=tuple(
            (
                one.id,
                ", ".join(one.groups),
                one.site or UNKNOWN,
                str(one.size),
                LATE if one.start_week is None else str(one.start_week),
                one.facilitation or UNKNOWN,
            )
            for one in cohorts
        ),
    )


def _by_group(cohorts: Sequence[PlannedCohort]) -> Table:
    rows = []
    for group in sorted({_together(one) for one in cohorts}):
        own = [one for one in cohorts if _together(one) == group]
        weeks = tuple(sorted({one.start_week for one in own if one.start_week is not None}))
        size = sum(one.size for one in own)
        rows.append((group, str(len(own)), str(size), weeks_in_words(weeks) if weeks else LATE))
    return Table(
        caption="Cohorts by group",
        heads=(*left("Groups"), *right("Cohorts", "People"), *left("Start in")),
        rows=tuple(rows),
        note=ELSEWHERE,
    )


def _together(one: PlannedCohort) -> str:
    return ", ".join(sorted(one.groups))


def _bound_words(bound: float) -> str:
    better = f"{100 * (1 - bound):.0f} %"
    if bound >= PROVEN:
        return f"Proven: no other schedule of these cohorts could be more than {better} better."
    return (
        f"No better schedule of these cohorts was found; it is not proven that none is up to {better} better."
    )
