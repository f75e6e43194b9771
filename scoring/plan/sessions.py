"""When a cohort meets: the sessions of the plan's streams, as calendars tell them."""

from __future__ import annotations

from collections.abc import Iterable

from instruments.model import Record
from scoring.plan.streams import Stream, sessions

TITLES = {
    "norms": "Manager-and-team session",
    "foundation": "Foundation session",
    "micro": "Micro-learning",
    "own-work": "Own-work session",
    "peer": "Peer session",
    "failure": "Failure session",
    "workshop": "Quarterly workshop",
}
"""Of the streams that careload assumes; others are told by their own title."""
ABOUT = {
    "norms": "How we deal with mistakes, how we ask each other for help, which time is kept free.",
    "foundation": "What the tool can do and cannot do, tried on work of your own.",
    "micro": "One small thing to try on this week's work, alone or in your pair.",
    "own-work": "Bring a task of your own and work on it together.",
    "peer": "What worked, what did not, and what somebody else could use.",
    "failure": "Tell of attempts that went wrong, the leader first. Nobody is blamed.",
    "workshop": "Look back at the quarter and choose what to practise next.",
}


class Session(Record, frozen=True):
    """One kind of session that a cohort has, once or again and again."""

    id: str
    """Stays the same from plan to plan: calendars know their events by it."""
    title: str
    minutes: int
    weeks: tuple[int, ...]
    """Since the start: 1 has the foundation session, 0 and below come before it."""
    about: str = ""
    for_low_safety: bool = False
    """Whether only groups have it whose released safety is low."""


def sessions_of(streams: Iterable[Stream], pace: float = 1.0) -> tuple[Session, ...]:
    """Return the sessions of a programme that learners come to, in the order of the streams."""
    return tuple(
        Session(
            id=stream.id,
            title=TITLES.get(stream.id, f"{stream.title[:1].upper()}{stream.title[1:]}"),
            minutes=round(stream.learner_minutes),
            weeks=tuple(sorted(sessions(stream, pace))),
            about=ABOUT.get(stream.id, ""),
            for_low_safety=stream.for_low_safety,
        )
        for stream in streams
        if stream.kind == "programme" and stream.learner_minutes >= 1
    )


def weeks_of(session: Session, start: int, weeks: int) -> tuple[int, ...]:
    """Return the weeks of the plan (1 to `weeks`) in which a cohort has `session`, its foundation in `start`.

    What would lie before the first week is held in the first.
    """
    found = {max(1, start + week - 1) for week in session.weeks}
    return tuple(sorted(week for week in found if week <= weeks))
