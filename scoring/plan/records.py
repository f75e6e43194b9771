"""The care-load plan as data: standard library and msgspec only, so that the desk opens without numpy."""

from __future__ import annotations

from typing import Literal

from instruments.model import Record
from instruments.setup import SupporterRole
from scoring.plan.options import PlanOptions
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
    skill_hours: float = 0.0
    """Hours a month that learning can take away; the base of a few hours is in neither part."""
    conditions_hours: float = 0.0
    """Hours a month that other conditions in team and work can take away."""
    safety: Literal["low", "not low", "not known"] = "not known"
    """As released; not known where it is hidden, never guessed."""


class WeekTotal(Record, frozen=True):
    """All roles' hours in one week against all supporters' hours."""

    week: int
    hours: float
    low: float
    high: float
    supply: float
    is_overload: bool
    """Whether the expected hours exceed the supply, of all roles together or of one role."""


class DemandRow(Record, frozen=True):
    """Hours that one group needs in one week of the rollout from one role in one stream, 90 % interval."""

    group: str
    week: int
    stream: str
    role: SupporterRole
    hours: float
    low: float
    high: float


class ConditionEffect(Record, frozen=True):
    """What a better condition would change for one group: a scenario of the model, assumed, not causal.

    Hours are a month's, for the headcount: of support that would fall away, and of what the condition costs.
    """

    group: str
    condition: Literal["protected-hours", "safety-up"]
    words: str
    saved: float
    saved_low: float
    saved_high: float
    costs: float
    """Hours a month that the condition itself takes, such as the protected hours of everybody."""
    note: str = ""


class LearnerWeek(Record, frozen=True):
    """What the programme asks of each learner of a group in a week since its start, against spare minutes."""

    group: str
    week: int
    """1 is the week of the foundation session; 0 and below come before it."""
    minutes: float
    spare_lower: int | None
    """A quarter of the group can spare no more minutes than this; None where it is hidden."""
    spare_median: int | None
    spare_upper: int | None
    is_overload: bool | None
    """Whether more than half of the group cannot spare the minutes; None where that is not known."""


class UnplannedRow(Record, frozen=True):
    """Who would bear the same demand without a plan, hours a head and week, with the 90 % interval."""

    who: str
    """Such as managers, high adopters, HR."""
    people: int | None
    share: float
    """Of the demand, 0 to 1."""
    hours: float
    """A head and week on average; of all of them together where `people` is not known."""
    low: float
    high: float
    busiest: float
    """A head and week of the busiest tenth (assumed spread)."""
    source: str


class PlannedCohort(Record, frozen=True):
    """People who learn together, where, from which week; names only where there is a staff list."""

    id: str
    """Stays the same from plan to plan as long as its people do."""
    groups: tuple[str, ...]
    site: str
    size: int
    start_week: int | None
    """None where it cannot start within the weeks of the plan."""
    members: tuple[str, ...] = ()
    pairs: tuple[tuple[str, ...], ...] = ()
    """Pairs, and one three where the number is odd."""
    facilitation: str = ""
    """In words: who leads it, and how closely."""


class SupporterLoad(Record, frozen=True):
    """Hours that the plan gives one supporter in one week, for one cohort and stream role."""

    supporter: str
    role: SupporterRole
    week: int
    cohort: str
    hours: float


class SupporterWeek(Record, frozen=True):
    """All hours of one supporter in one week against the hours at hand."""

    supporter: str
    name: str
    role: SupporterRole
    week: int
    hours: float
    at_hand: float


class UnmetRow(Record, frozen=True):
    """Hours at the upper bound of the demand for which nobody has time."""

    week: int
    role: SupporterRole
    group: str
    hours: float


class WayOut(Record, frozen=True):
    """One change with which everything fits, found by solving the plan again with it."""

    kind: Literal["supporters", "weeks", "slower", "protected-hours", "fewer-groups", "hours"]
    words: str
    amount: float
    """How much of it: people, weeks, minutes, groups; `words` say which."""
    cost_hours: float
    """Hours over the whole plan that it costs somebody; the order of cheapness."""
    options: PlanOptions
    """The scenario that was solved."""
    unmet: float = 0.0
    """Hours that stay unmet even so; 0 for a way that fits."""


class Pilot(Record, frozen=True):
    """Where to start: the group whose logged hours would narrow the plan most."""

    group: str
    width_now: float
    """Half width of everybody's 90 % interval, share of the hours."""
    width_then: float
    words: str
    cases: tuple[tuple[str, float, str], ...] = ()
    """Half, expected and double of the demand: name, hours a month, what would then be decided."""


class FailureMode(Record, frozen=True):
    """One of the five ways in which training fails, and whether this plan meets it."""

    name: str
    verdict: Literal["met", "partly", "not met", "not known"]
    why: str


class Decision(Record, frozen=True):
    """What the plan advises, and why."""

    kind: Literal["start", "start-smaller", "start-later", "change-conditions-first", "not-known"]
    words: str
    reasons: tuple[str, ...] = ()


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
    options: PlanOptions = PlanOptions()
    demand: tuple[DemandRow, ...] = ()
    assessment_hours: float = 0.0
    """Hours of all people together that the assessment takes."""
    learner_hours: float = 0.0
    """Hours of all learners together over the weeks of the plan."""
    supporter_hours: float = 0.0
    """Hours of all supporters together over the weeks of the plan, as expected."""
    hours_after: float = 0.0
    """Expected hours of supporters after the last week, of programmes that start within the plan."""
    cost: float | None = None
    """Of all three together, where costs are told."""
    effects: tuple[ConditionEffect, ...] = ()
    learners: tuple[LearnerWeek, ...] = ()
    unplanned: tuple[UnplannedRow, ...] = ()
    unfunded: dict[SupporterRole, float] = {}
    """Unfunded care work, hours a week, by role."""
    cohorts: tuple[PlannedCohort, ...] = ()
    supporters: tuple[SupporterLoad, ...] = ()
    weeks_of_supporters: tuple[SupporterWeek, ...] = ()
    unmet: tuple[UnmetRow, ...] = ()
    bound: float | None = None
    """Proven lower bound of what the schedule makes small, as a share of what was found: 1 is the optimum."""
    ways_out: tuple[WayOut, ...] = ()
    pilot: Pilot | None = None
    risks: tuple[str, ...] = ()
    failure_modes: tuple[FailureMode, ...] = ()
    decision: Decision | None = None
    schema: int = 1
