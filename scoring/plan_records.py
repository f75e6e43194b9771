"""The care-load plan as data: standard library and msgspec only, so that the desk opens without numpy."""

from __future__ import annotations

from instruments.model import Record
from instruments.records import SupporterRole
from scoring.records import HOURS_ASSUMED


class WeekLoad(Record, frozen=True):
    """Hours of one role in one week (1 = first week of the rollout), with the 90 % interval."""

    week: int
    role: SupporterRole
    hours: float
    low: float
    high: float
    supply: float

    @property
    def is_over(self) -> bool:
        """Whether more hours are expected of the role than its supporters have, rounding aside."""
        return self.hours > self.supply + 1e-9


class GroupLoad(Record, frozen=True):
    """Hours a month of one group for its whole headcount: respondents and people who did not answer."""

    group: str
    headcount: int
    respondents: int
    hours: float
    low: float
    high: float
    skill: int
    conditions: int


class WeekTotal(Record, frozen=True):
    """All roles' hours in one week against all supporters' hours."""

    week: int
    hours: float
    low: float
    high: float
    supply: float
    is_overload: bool
    """Whether the expected hours exceed the supply, of all roles together or of one role."""


class Plan(Record, frozen=True):
    """The care-load plan: computed from the release and the supporters, never from answers."""

    study: str
    weeks: int
    attribute: str
    groups: tuple[GroupLoad, ...]
    loads: tuple[WeekLoad, ...]
    totals: tuple[WeekTotal, ...]
    overload_weeks: tuple[int, ...]
    short_hours: float
    """Expected hours beyond the supply over all weeks."""
    unfunded_hours: float
    """Hours a week of supporters for which nothing was taken off their other work."""
    statements: tuple[str, ...]
    assumptions: tuple[str, ...]
    heading: str = HOURS_ASSUMED
    """Where the hours come from."""
    schema: int = 1
