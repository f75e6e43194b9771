"""What stands in the calendars of a plan: a week, a session, a cohort; no learner's name, no need, no tier.

The plan knows weeks and no hours of the day: an event is a bar from Monday to Friday that blocks no time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from instruments.model import Record
from scoring.plan.groups import group_for
from scoring.plan.records import Plan, PlannedCohort, SupporterLoad, SupporterWeek
from scoring.plan.sessions import Session, sessions_of, weeks_of
from tui.text.cells import one_line
from tui.text.roles import role_title
from tui.text.words import number

_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 40


CHOOSE = "The plan knows the week; agree on day and hour together."


class Event(Record, frozen=True):
    """One event of one calendar; `uid` stays the same from plan to plan, whatever else changes."""

    uid: str
    calendar: str
    """Name of the file, without its ending."""
    week: int
    title: str
    about: str


class CalendarPage(Record, frozen=True):
    """One calendar: its file's name without the ending, its title and its events by week."""

    file: str
    title: str
    events: tuple[Event, ...]


def calendars_of(plan: Plan) -> tuple[CalendarPage, ...]:
    """Return one calendar a cohort that starts, and one a supporter."""
    cohorts = [_cohort(plan, one) for one in plan.cohorts if one.start_week is not None]
    return (*cohorts, *_supporters(plan))


def _sessions(plan: Plan, cohort: PlannedCohort) -> tuple[Session, ...]:
    """Return a cohort's sessions: those before the start only where its group gets hours for them."""
    names = list(dict.fromkeys(row.group for row in plan.demand))
    groups = {group_for(label, names) for label in cohort.groups} if names else set()
    had = {row.stream for row in plan.demand if row.group in groups}
    found = sessions_of(plan.options.streams, plan.options.pace)
    return tuple(one for one in found if not one.for_low_safety or one.id in had)


def _cohort(plan: Plan, cohort: PlannedCohort) -> CalendarPage:
    file = f"calendar-cohort-{file_name(cohort.id)}"
    events = [
        Event(
            uid=uid_of(plan.study, "cohort", cohort.id, session.id, str(occurrence)),
            calendar=file,
            week=week,
            title=f"{session.title}, {_minutes(session.minutes)}",
            about=f"{session.about} For {called(cohort.id)}, week {week}. {CHOOSE}",
        )
        for session in _sessions(plan, cohort)
        for occurrence, week in enumerate(_weeks(session, cohort, plan.weeks), start=1)
    ]
    title = f"careload {_plain(plan.study)}: {called(cohort.id)}"
    return CalendarPage(file=file, title=title, events=_in_order(events))


def _weeks(session: Session, cohort: PlannedCohort, weeks: int) -> tuple[int, ...]:
    return weeks_of(session, cohort.start_week or 1, weeks)


def _supporters(plan: Plan) -> Iterator[CalendarPage]:
    names = {week.supporter: week.name for week in plan.weeks_of_supporters}
    loads = plan.supporters or tuple(_whole_week(week) for week in plan.weeks_of_supporters)
    for supporter, own in groupby(sorted(loads, key=_place), key=attrgetter("supporter")):
        file = f"calendar-supporter-{file_name(supporter)}"
        events = _support(plan.study, file, list(own))
        whose = _plain(names.get(supporter, "")) or _plain(supporter)
        title = f"careload {_plain(plan.study)}: support by {whose}"
        yield CalendarPage(file=file, title=title, events=_in_order(events))


def _place(load: SupporterLoad) -> tuple[str, str, str, int]:
    return load.supporter, load.cohort, load.role, load.week


def _whole_week(week: SupporterWeek) -> SupporterLoad:
    """Return a week's hours as one load, for plans that know no cohorts."""
    return SupporterLoad(
        supporter=week.supporter, role=week.role, week=week.week, cohort="", hours=week.hours
    )


def _support(study: str, file: str, loads: list[SupporterLoad]) -> list[Event]:
    """Return one event a week and cohort; each keeps its place among the cohort's weeks as its name."""
    events = []
    for (supporter, cohort, role), own in groupby(loads, key=lambda load: _place(load)[:3]):
        for occurrence, load in enumerate((one for one in own if one.hours > 0), start=1):
            whom = called(cohort) if cohort else "your cohorts"
            event = Event(
                uid=uid_of(study, "supporter", supporter, cohort, role, str(occurrence)),
                calendar=file,
                week=load.week,
                title=f"Support for {whom}, {number(load.hours)} h",
                about=f"Planned as {role_title(load.role).lower()}, week {load.week}. {CHOOSE}",
            )
            events.append(event)
    return events


def _in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: (event.week, event.title, event.uid)))


def _minutes(minutes: int) -> str:
    return f"{minutes} min" if minutes < 60 else f"{minutes / 60:g} h"


def called(cohort: str) -> str:
    """Return a cohort in words, with the word for it once."""
    name = _plain(cohort)
    return name if name.startswith("cohort-") else f"cohort {name}"


def _plain(text: str) -> str:
    """Return `text` on one line, without what UTF-8 cannot hold."""
    return one_line(text.encode("utf-8", "replace").decode())


def uid_of(*parts: str) -> str:
    """Return a name for an event that any later plan gives it again; no two lists of parts share one."""
    told = "\0".join(f"{len(part)}:{part}" for part in parts)
    return f"{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:32]}@careload"


def file_name(text: str) -> str:
    """Return `text` as part of a file's name; one that had to be changed gets some letters of its hash."""
    if _PLAIN.fullmatch(text) and len(text) <= _LONGEST:
        return text
    plain = "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:_LONGEST].strip("-")
    mark = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{plain}-{mark}" if plain else mark
