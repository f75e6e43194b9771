"""What can be turned in a plan: a named scenario of weeks, streams, helpers and conditions."""

from __future__ import annotations

from instruments.model import Record
from instruments.records import SupporterHours
from scoring.streams import DEFAULT_STREAMS, Stream

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
    earliest: dict[str, int] = {}
    """First week in which a group may start, where it is not the first."""
    costs: dict[str, float] = {}
    """Cost of an hour by role, and of ``learner``; none where it is not told."""
    schema: int = 1
