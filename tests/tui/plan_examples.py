"""A whole plan made by hand, with every part that a plan can have, for the tests of calendars and report."""

from __future__ import annotations

import msgspec

from instruments.setup import SupporterRole
from scoring.plan.options import PlanOptions
from scoring.plan.records import (
    ConditionEffect,
    Decision,
    DemandRow,
    FailureMode,
    LearnerWeek,
    Pilot,
    Plan,
    PlannedCohort,
    SupporterLoad,
    SupporterWeek,
    UnmetRow,
    UnplannedRow,
    WayOut,
)
from tests.tui.desk_examples import PLAN

MEMBERS = (
    "Ada Example",
    "Ben Example",
    "Cleo Example",
    "Dan Example",
    "Eve Example",
    "Fay Example",
    "Gus Example",
)
COHORTS = (
    PlannedCohort(
        id="engineering-1",
        groups=("Engineering",),
        site="Harbour",
        size=7,
        start_week=1,
        members=MEMBERS,
        pairs=(MEMBERS[0:2], MEMBERS[2:4], MEMBERS[4:7]),
        facilitation="led by a champion, a facilitator looks in",
    ),
    PlannedCohort(
        id="sales-1",
        groups=("Sales",),
        site="Harbour",
        size=8,
        start_week=4,
        facilitation="led by a facilitator",
    ),
    PlannedCohort(id="legal-1", groups=("Legal", "Sales"), site="Hill", size=9, start_week=None),
)
PEOPLE: tuple[tuple[str, str, SupporterRole, float], ...] = (
    ("s1", "Nora North", "facilitator", 6.0),
    ("s2", "Omar Oak", "champion", 3.0),
)


def _loads() -> tuple[SupporterLoad, ...]:
    given = (("s1", "facilitator", "sales-1", 4, 2.5), ("s2", "champion", "engineering-1", 1, 1.5))
    return tuple(
        SupporterLoad(supporter=who, role=role, week=week, cohort=cohort, hours=hours)
        for who, role, cohort, first, hours in given
        for week in range(first, 13)
    )


def _weeks() -> tuple[SupporterWeek, ...]:
    hours = {(load.supporter, load.week): load.hours for load in _loads()}
    return tuple(
        SupporterWeek(
            supporter=who, name=name, role=role, week=week, hours=hours.get((who, week), 0.0), at_hand=at_hand
        )
        for who, name, role, at_hand in PEOPLE
        for week in range(1, 13)
    )


def _learners() -> tuple[LearnerWeek, ...]:
    minutes = (150, 20, 80, 80, 20, 80, 20, 80, 20, 20, 20, 140)
    spare: dict[str, tuple[int | None, int | None, int | None]] = {
        "Engineering": (15, 30, 60),
        "Legal": (None, None, None),
    }
    return tuple(
        LearnerWeek(
            group=group,
            week=week,
            minutes=float(asked),
            spare_lower=low,
            spare_median=middle,
            spare_upper=high,
            is_overload=None if middle is None else asked > middle,
        )
        for group, (low, middle, high) in spare.items()
        for week, asked in enumerate(minutes, start=1)
    )


DEMAND = (
    DemandRow(
        group="Engineering", week=1, stream="one-to-one", role="facilitator", hours=21, low=12, high=34
    ),
    DemandRow(group="Engineering", week=1, stream="pairs", role="champion", hours=18, low=10, high=30),
    DemandRow(group="Sales", week=3, stream="norms", role="manager", hours=4, low=3, high=6),
)
EFFECTS = (
    ConditionEffect(
        group="Engineering",
        condition="protected-hours",
        words="one protected hour a week for everybody",
        saved=40,
        saved_low=20,
        saved_high=75,
        costs=605,
        note="model scenario: assumed, not causal",
    ),
    ConditionEffect(
        group="Sales",
        condition="safety-up",
        words="safety one band higher",
        saved=35,
        saved_low=15,
        saved_high=60,
        costs=0,
    ),
)
UNPLANNED = (
    UnplannedRow("managers", 24, 0.4, 2.6, 1.5, 4.4, 6.5, "what people told of help"),
    UnplannedRow("high adopters", 40, 0.5, 1.9, 1.1, 3.3, 5.0, "assumed"),
    UnplannedRow("HR", None, 0.1, 16.0, 9.0, 27.0, 16.0, "assumed"),
)
WAYS_OUT = (
    WayOut(
        "supporters", "3 more champions, 2 hours a week each", 3, 72, PlanOptions(name="3 more champions")
    ),
    WayOut("slower", "half the pace", 24, 0, PlanOptions(name="half the pace", pace=0.5)),
    WayOut(
        "fewer-groups", "Engineering first, the others later", 1, 0, PlanOptions(name="one first"), unmet=3.5
    ),
)
MODES = (
    FailureMode("Feature-first design", "met", "Practice is chosen from recurring tasks that cost time."),
    FailureMode("One-and-done delivery", "met", "Twelve weeks of small steps follow the foundation session."),
    FailureMode("Practice out of context", "partly", "The tasks of two groups are not known."),
    FailureMode("Learning alone", "not met", "There are no cohorts for Legal."),
    FailureMode("No psychological safety", "not known", "The team's agreement is hidden for most groups."),
)

WHOLE_PLAN = msgspec.structs.replace(
    PLAN,
    demand=DEMAND,
    assessment_hours=103.0,
    learner_hours=2900.0,
    supporter_hours=780.0,
    effects=EFFECTS,
    learners=_learners(),
    unplanned=UNPLANNED,
    unfunded={"champion": 24.0, "manager": 12.0},
    cohorts=COHORTS,
    supporters=_loads(),
    weeks_of_supporters=_weeks(),
    unmet=(UnmetRow(week=1, role="manager", group="Engineering", hours=14.5),),
    bound=0.98,
    ways_out=WAYS_OUT,
    pilot=Pilot(
        group="Engineering",
        width_now=0.55,
        width_then=0.2,
        words="Start with Engineering: what its supporters log would narrow the forecast most.",
        cases=(
            ("half", 240.0, "Everybody can start in week 1."),
            ("expected", 480.0, "Three more champions are needed."),
            ("double", 960.0, "Only Engineering can start."),
        ),
    ),
    risks=("Sales starts before its team session.",),
    failure_modes=MODES,
    decision=Decision(
        kind="start-smaller",
        words="Start with Engineering; the others follow when there are three more champions.",
        reasons=("Managers are short of 34 hours in weeks 1 to 4.", "The forecast is wide."),
    ),
)
"""Its cohorts start in week 1, in week 4, and not at all; hours of Legal and Sales are hidden."""


def with_starts(plan: Plan, **weeks: int | None) -> Plan:
    """Return `plan` with other start weeks; ``engineering_1=3`` moves the cohort engineering-1."""
    moved = {name.replace("_", "-"): week for name, week in weeks.items()}
    cohorts = tuple(
        msgspec.structs.replace(one, start_week=moved.get(one.id, one.start_week)) for one in plan.cohorts
    )
    return msgspec.structs.replace(plan, cohorts=cohorts)
