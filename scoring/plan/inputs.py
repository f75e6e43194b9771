"""What a plan is computed from beside the release and a scenario; nothing of it comes from answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from instruments.people import CohortSeats, StaffMember, Supporter
from instruments.setup import Attribute
from scoring.hours import DEFAULT_HOURS, HoursModel

Helper = Literal["manager", "colleague", "hr", "other"]
"""Who gives help where nothing is planned."""
SAFETY_WITH_HEADROOM = 0.3
"""As `reference.toml` assumes it."""


@dataclass(frozen=True, slots=True)
class PlanInputs:
    """The frozen study and its people, as far as a plan needs them."""

    supporters: tuple[Supporter, ...] = ()
    attribute: str = ""
    """Id of the attribute whose groups the plan shows."""
    assessment_minutes: float = 0.0
    """Minutes that one person usually takes to answer."""
    hours: HoursModel = DEFAULT_HOURS
    """The weights as they were frozen."""
    correlation: float = SAFETY_WITH_HEADROOM
    """Of safety with headroom in the reference."""
    helpers: Mapping[str, Helper] = field(default_factory=dict)
    """Labels of the released table of help by role, and who that is."""
    attributes: tuple[Attribute, ...] = ()
    """Of the frozen policy, with their headcounts."""
    staff: tuple[StaffMember, ...] | None = None
    """None where no staff list was read in."""
    seats: tuple[CohortSeats, ...] = ()
    """Who sat in which cohort by the plan before."""
    best_seats: bool = False
    """Whether everybody on the staff list is seated anew, with minutes of looking for the best seats."""
    rater_log_sd: float = 0.0
    """Relative SD that errors of raters' marks add to totals; see `scoring.ratings`."""
