"""How support hours are assumed to spread over roles and weeks; each figure is assumed or has a source."""

from __future__ import annotations

from instruments.model import Record
from instruments.records import SupporterRole


class Stream(Record, frozen=True):
    """One kind of support, the role that gives it, and its share of all support hours."""

    id: str
    title: str
    role: SupporterRole
    share: float
    source: str = "assumed"


DEFAULT_STREAMS = (
    Stream(id="one-to-one", title="one-to-one time with a facilitator", role="facilitator", share=0.35),
    Stream(id="pairs", title="working in pairs with a champion", role="champion", share=0.3),
    Stream(id="coaching", title="coaching by managers", role="manager", share=0.25),
    Stream(id="hr-time", title="time of HR partners", role="hr-partner", share=0.1),
)
"""Replace the shares as soon as the care ledger shows your own."""

ROLE_WORDS: dict[SupporterRole, str] = {
    "facilitator": "facilitators",
    "manager": "managers",
    "champion": "champions",
    "hr-partner": "HR partners",
}
WEEKS_A_MONTH = 365.25 / 12 / 7
FIRST_WEEK = 1.5
"""Weight of the first week against the average; the weights fall evenly to the last week's (assumed)."""
LAST_WEEK = 0.5


def week_weights(weeks: int) -> tuple[float, ...]:
    """Return a weight for each week, mean 1: most help is needed at the start (assumed)."""
    if weeks == 1:
        return (1.0,)
    fall = (FIRST_WEEK - LAST_WEEK) / (weeks - 1)
    return tuple(FIRST_WEEK - fall * week for week in range(weeks))
