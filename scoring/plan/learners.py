"""Learners' own time: what the programme asks of everybody, against the minutes that groups can spare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scoring.plan.course_kinds import Course, is_in, lead_of, learner_minutes
from scoring.plan.groups import PlanGroup, Population
from scoring.plan.options import PlanOptions
from scoring.plan.records import LearnerWeek


def learner_weeks(population: Population, options: PlanOptions) -> tuple[LearnerWeek, ...]:
    """Return the minutes of each group's learners by week since the foundation, up to the last session.

    Protected hours of the scenario come on top of what the released quartiles say people can spare now.
    """
    names = [group.name for group in population.groups]
    rows: list[LearnerWeek] = []
    for group in population.groups:
        if is_in(group, options, names):
            minutes = learner_minutes(group, options, names)
            lead = lead_of(group, options, names)
            last = max((place for place, each in enumerate(minutes) if each), default=-1)
            rows += [
                _week(group, place + 1 - lead, each, 60 * options.protected_hours)
                for place, each in enumerate(minutes[: last + 1])
            ]
    return tuple(rows)


def _week(group: PlanGroup, week: int, minutes: float, more: float) -> LearnerWeek:
    told = group.minutes
    lower, median, upper = (told.lower, told.median, told.upper) if told else (None, None, None)
    spare = None if median is None else median + round(more)
    return LearnerWeek(
        group=group.name,
        week=week,
        minutes=round(minutes, 1),
        spare_lower=None if lower is None else lower + round(more),
        spare_median=spare,
        spare_upper=None if upper is None else upper + round(more),
        is_overload=None if spare is None else spare < minutes,
    )


def learner_hours(population: Population, options: PlanOptions, courses: Iterable[Course]) -> float:
    """Return the hours that all learners of `courses` give to the programme within the plan."""
    names = [group.name for group in population.groups]
    groups = {group.name: group for group in population.groups}
    total = 0.0
    for course in courses:
        group = groups[course.group]
        begin = course.foundation - lead_of(group, options, names) - 1
        minutes = learner_minutes(group, options, names)[: options.weeks - begin]
        total += course.people * sum(minutes) / 60
    return total


def overloaded(rows: Sequence[LearnerWeek]) -> dict[str, tuple[int, ...]]:
    """Return the weeks since the start in which more than half of a group cannot spare the minutes."""
    groups = dict.fromkeys(row.group for row in rows)
    found = {name: tuple(r.week for r in rows if r.group == name and r.is_overload) for name in groups}
    return {name: weeks for name, weeks in found.items() if weeks}
