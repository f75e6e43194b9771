"""What support is made of: hours that follow people's needs, and the sessions of the programme.

Each figure has a source or the word *assumed*; all can be changed in a scenario (`PlanOptions.streams`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from typing import Literal

from instruments.errors import WrongUsage
from instruments.model import Record
from instruments.setup import SupporterRole


class Stream(Record, frozen=True):
    """One kind of support and the role that gives it.

    A *need* stream takes its `share` of the expected support hours, from a cohort's first week on. A
    *programme* stream takes `hours` of one supporter for each cohort in each of its `weeks`, and
    `learner_minutes` of everybody in it.
    """

    id: str
    title: str
    role: SupporterRole | None = None
    """Who gives it; None where it takes learners' time only."""
    share: float = 0.0
    source: str = "assumed"
    kind: Literal["need", "programme"] = "need"
    weeks: tuple[int, ...] = ()
    """Of a programme stream, since the start: 1 has the foundation session, 0 is the week before it."""
    hours: float = 0.0
    """Length of one session for whoever leads it."""
    preparation: float = 0.0
    """Hours of preparation for each hour."""
    learner_minutes: float = 0.0
    for_low_safety: bool = False
    """Whether only groups get it whose released safety is low."""

    @property
    def hours_a_session(self) -> float:
        """Hours of one supporter for one session, preparation included."""
        return self.hours * (1 + self.preparation) if self.role else 0.0


PROGRAMME_WEEKS = 12
"""Length of the programme at pace 1; one quarter (assumed)."""
DEFAULT_STREAMS = (
    Stream(id="one-to-one", title="one-to-one time with a facilitator", role="facilitator", share=0.35),
    Stream(id="pairs", title="working in pairs with a champion", role="champion", share=0.3),
    Stream(id="coaching", title="coaching by managers", role="manager", share=0.25),
    Stream(id="hr-time", title="time of HR partners", role="hr-partner", share=0.1),
    Stream(
        id="norms",
        title="manager-and-team session: norms, agreement about mistakes, protected time",
        role="manager",
        kind="programme",
        weeks=(-1, 0),
        hours=1,
        preparation=0.5,
        learner_minutes=60,
        for_low_safety=True,
    ),
    Stream(
        id="foundation",
        title="foundation session",
        role="facilitator",
        kind="programme",
        weeks=(1,),
        hours=2.5,
        preparation=0.5,
        learner_minutes=150,
    ),
    Stream(
        id="micro",
        title="weekly micro-learning",
        kind="programme",
        weeks=tuple(range(2, PROGRAMME_WEEKS + 1)),
        learner_minutes=20,
    ),
    Stream(
        id="own-work",
        title="session on people's own work",
        role="champion",
        kind="programme",
        weeks=(3,),
        hours=1,
        preparation=0.25,
        learner_minutes=60,
    ),
    Stream(
        id="failure",
        title="session on what went wrong and what it taught",
        role="facilitator",
        kind="programme",
        weeks=(6,),
        hours=1,
        preparation=0.5,
        learner_minutes=60,
    ),
    Stream(
        id="peer",
        title="monthly peer session",
        role="champion",
        kind="programme",
        weeks=(4, 8, 12),
        hours=1,
        preparation=0.25,
        learner_minutes=60,
    ),
    Stream(
        id="workshop",
        title="quarterly workshop",
        role="facilitator",
        kind="programme",
        weeks=(12,),
        hours=2,
        preparation=0.5,
        learner_minutes=120,
    ),
)
"""Replace the shares and hours as soon as the care ledger shows your own."""

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
EARLIEST_SESSION, LATEST_SESSION = -8, 104
MOST_SESSION_HOURS = 40.0


def week_weights(weeks: int) -> tuple[float, ...]:
    """Return a weight for each week, mean 1: most help is needed at the start (assumed)."""
    if weeks == 1:
        return (1.0,)
    fall = (FIRST_WEEK - LAST_WEEK) / (weeks - 1)
    return tuple(FIRST_WEEK - fall * week for week in range(weeks))


def need_weights(weeks: int, pace: float = 1.0) -> tuple[float, ...]:
    """Return the weight of each of `weeks` since a start, of the hours an average week needs.

    At `pace` below 1 the programme takes longer with less in each week; after it the last weight stays.
    """
    length = max(1, round(PROGRAMME_WEEKS / pace))
    inside = [pace * weight for weight in week_weights(length)[:weeks]]
    return (*inside, *[pace * LAST_WEEK] * (weeks - len(inside)))


def sessions(stream: Stream, pace: float = 1.0) -> dict[int, int]:
    """Return how many sessions of a programme stream each week since the start has; 1 the first."""
    moved = (week if week < 1 else 1 + math.ceil((week - 1) / pace - 1e-9) for week in stream.weeks)
    return dict(Counter(moved))


def lead_weeks(streams: Iterable[Stream]) -> int:
    """Return how many weeks before the foundation session a group of low safety begins."""
    return max((1 - week for s in streams if s.for_low_safety for week in s.weeks), default=0)


def check_streams(streams: tuple[Stream, ...]) -> None:
    """Raise WrongUsage when a plan cannot be made from `streams`."""
    for stream in streams:
        problem = _problem(stream)
        if problem:
            raise WrongUsage(f"Stream {stream.id}: {problem}.", "Change it in the file of streams.")
    twice = [name for name, often in Counter(s.id for s in streams).items() if often > 1]
    if twice:
        raise WrongUsage(
            f"Streams: found {twice[0]} twice; expected each name once.", "Give it another name."
        )
    shares = [stream.share for stream in streams if stream.kind == "need"]
    if not shares or abs(math.fsum(shares) - 1) > 1e-6:
        raise WrongUsage(
            f"Streams: found shares of {math.fsum(shares):g} together; expected shares that add up to 1.",
            "Change the shares of the streams that follow people's needs.",
        )


def _problem(stream: Stream) -> str:
    """Return what is wrong with one stream, empty where nothing is."""
    numbers = (stream.share, stream.hours, stream.preparation, stream.learner_minutes)
    if not all(math.isfinite(number) and number >= 0 for number in numbers):
        return "found a number below 0 or none at all; expected numbers from 0 on"
    if stream.kind == "need":
        is_given = stream.role is not None and stream.share <= 1 and not (stream.weeks or stream.hours)
        return "" if is_given else "expected a role and a share up to 1, and neither weeks nor hours"
    if not stream.weeks or not all(EARLIEST_SESSION <= w <= LATEST_SESSION for w in stream.weeks):
        return f"expected weeks from {EARLIEST_SESSION} to {LATEST_SESSION}"
    if stream.hours > MOST_SESSION_HOURS or stream.learner_minutes > 60 * MOST_SESSION_HOURS:
        return f"expected a session of at most {MOST_SESSION_HOURS:g} hours"
    if stream.preparation > 10 or stream.share:
        return "expected a preparation of at most 10 hours an hour, and no share"
    if not stream.for_low_safety and min(stream.weeks) < 1:
        return "only sessions for groups of low safety can come before week 1"
    return ""
