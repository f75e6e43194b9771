"""When a cohort meets: the sessions of its programme, counted in weeks from its foundation session."""

from __future__ import annotations

from instruments.model import Record


class Session(Record, frozen=True):
    """One kind of session that a cohort has, once or again and again."""

    id: str
    """Stays the same from plan to plan: calendars know their events by it."""
    title: str
    minutes: int
    first: int
    """Weeks after the foundation session; before it where negative."""
    every: int = 0
    """Weeks from one to the next; 0 for a session that is held once."""
    about: str = ""
    source: str = "assumed"


NORMS = Session(
    id="norms",
    title="Manager-and-team session",
    minutes=60,
    first=-1,
    about="How we deal with mistakes, how we ask each other for help, which time is kept free.",
)
"""Before the foundation session of groups whose released safety is low."""
SESSIONS = (
    Session(
        id="foundation",
        title="Foundation session",
        minutes=150,
        first=0,
        about="What the tool can do and cannot do, tried on work of your own.",
    ),
    Session(
        id="micro",
        title="Micro-learning",
        minutes=20,
        first=1,
        every=1,
        about="One small thing to try on this week's work, alone or in your pair.",
    ),
    Session(
        id="own-work",
        title="Own-work session",
        minutes=60,
        first=2,
        about="Bring a task of your own and work on it together.",
    ),
    Session(
        id="peer",
        title="Peer session",
        minutes=60,
        first=3,
        every=4,
        about="What worked, what did not, and what somebody else could use.",
    ),
    Session(
        id="failure",
        title="Failure session",
        minutes=60,
        first=5,
        about="Tell of attempts that went wrong, the leader first. Nobody is blamed.",
    ),
    Session(
        id="workshop",
        title="Quarterly workshop",
        minutes=120,
        first=11,
        every=13,
        about="Look back at the quarter and choose what to practise next.",
    ),
)
"""SCORING.md, care load: the kinds of sessions; minutes and weeks are assumed."""


def weeks_of(session: Session, start: int, weeks: int) -> tuple[int, ...]:
    """Return the weeks of the plan (1 to `weeks`) in which a cohort that starts in `start` has `session`.

    What would lie before the first week is held in the first.
    """
    first = max(1, start + session.first)
    if not session.every:
        return (first,) if first <= weeks else ()
    return tuple(range(first, weeks + 1, session.every))
