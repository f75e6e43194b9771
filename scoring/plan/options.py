"""What can be turned in a plan: a named scenario of weeks, streams, supporters and conditions."""

from __future__ import annotations

import math
from collections.abc import Iterator

from instruments.errors import WrongUsage
from instruments.model import Record
from instruments.setup import SupporterHours
from scoring.plan.streams import DEFAULT_STREAMS, Stream, check_streams

MOST_WEEKS = 52
MOST_HOURS = 80.0
"""A supporter's hours a week beyond these are a slip."""
COHORT_SIZES = (6, 10)
"""Smallest and largest cohort (SCORING.md, care load)."""


class PlanOptions(Record, frozen=True):
    """One scenario; the default is the plan as it stands."""

    name: str = "as planned"
    weeks: int = 12
    streams: tuple[Stream, ...] = DEFAULT_STREAMS
    cohort_sizes: tuple[int, int] = COHORT_SIZES
    """Smallest and largest number of people who learn together."""
    pace: float = 1.0
    """Speed of the programme: at 0.5 it takes twice as many weeks with half the hours in each."""
    hours_factor: float = 1.0
    """Every supporter's hours times this."""
    more_supporters: tuple[SupporterHours, ...] = ()
    protected_hours: float = 0.0
    """Hours a week that every learner is given for learning, beyond what people can spare now."""
    safety_up: bool = False
    """Whether every group's safety is taken to be one band higher (assumed, not causal)."""
    groups: tuple[str, ...] = ()
    """Groups that start within these weeks; all where empty."""
    fits_only: bool = False
    """Whether only cohorts start whose hours, at the upper bound, somebody has; the others wait."""
    earliest: dict[str, int] = {}
    """First week in which a group may start, where it is not the first."""
    costs: dict[str, float] = {}
    """Cost of an hour by role, and of ``learner``; none where it is not told."""
    schema: int = 1


def check_options(options: PlanOptions) -> None:
    """Raise WrongUsage, with what was found and expected, when no plan can be made from `options`."""
    check_streams(options.streams)
    problem = next(_problems(options), "")
    if problem:
        raise WrongUsage(problem)


def _problems(options: PlanOptions) -> Iterator[str]:
    if not 1 <= options.weeks <= MOST_WEEKS:
        yield f"Weeks: found {options.weeks}; expected 1 to {MOST_WEEKS}."
    for name, number, low, high in (
        ("Pace", options.pace, 0.25, 4),
        ("Hours factor", options.hours_factor, 0, 10),
        ("Protected hours", options.protected_hours, 0, 40),
    ):
        if not low <= number <= high:
            yield f"{name}: found {number:g}; expected {low:g} to {high:g}."
    smallest, largest = options.cohort_sizes
    if not 2 <= smallest <= largest <= 30:
        yield f"Cohort sizes: found {smallest} to {largest}; expected 2 to 30, the smaller first."
    if not all(math.isfinite(cost) and cost >= 0 for cost in options.costs.values()):
        yield "Costs: found an amount below 0; expected amounts from 0 on."
    if not all(1 <= week <= MOST_WEEKS for week in options.earliest.values()):
        yield f"Earliest weeks: expected 1 to {MOST_WEEKS}."
    for some in options.more_supporters:
        hours = (some.hours_per_week, some.relief_hours)
        if not 0 <= some.people <= 10_000 or not all(0 <= each <= MOST_HOURS for each in hours):
            yield f"More supporters: expected up to 10000 people with 0 to {MOST_HOURS:g} hours a week each."
