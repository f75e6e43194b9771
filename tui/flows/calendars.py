"""Calendar files of a plan (RFC 5545): a new plan's files, imported again, change the old plan's events."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from instruments.errors import WrongUsage
from instruments.model import Record
from instruments.records import canonical
from scoring.plan.records import Plan
from store.calendars import Told, damaged, keep_start, tell
from store.study import Study
from tui.flows.calendar_events import Event, calendars_of

if TYPE_CHECKING:
    from icalendar import Component

MAKER = "-//careload//care-load plan//EN"
TAKEN_BACK = "careload: taken back"
"""Title of a calendar that a plan has no more: all its events are cancelled."""
FIRST_YEAR, LAST_YEAR = 2000, 2999
"""A start beyond these is a slip, and its weeks may have no date."""
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class Dated(Record, frozen=True):
    """An event with its Monday, as the study remembers it; a supporter's name is not in it."""

    event: Event
    monday: str


def first_monday(text: str) -> date:
    """Return the Monday of week 1 that `text` names; WrongUsage for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise WrongUsage(
            f"--start: found {text[:40]!r}; expected the Monday of week 1 as YYYY-MM-DD.",
            "For example: --start 2027-01-11",
        ) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise WrongUsage(
            f"--start: found the year {day.year}; expected {FIRST_YEAR} to {LAST_YEAR}.",
            "For example: --start 2027-01-11",
        )
    if day.weekday():
        before = day - timedelta(days=day.weekday())
        raise WrongUsage(
            f"--start: {day} is a {_DAYS[day.weekday()]}; expected the Monday of week 1.",
            f"For example: --start {before}",
        )
    return day


def calendar_files(study: Study, plan: Plan, start: date, closed_on: str) -> dict[str, bytes]:
    """Return the calendars of `plan` by file name; week 1 begins at `start`.

    Events of earlier plans that are in this one no longer are told as cancelled, in the calendar that they
    were in. The same plan twice gives the same bytes: the only time in them is the release's, `closed_on`.
    """
    keep_start(study, start.isoformat())
    pages = calendars_of(plan)
    dated = {event.uid: _dated(event, start) for page in pages for event in page.events}
    told = tell(study, {uid: canonical(one) for uid, one in dated.items()})
    by_file: dict[str, list[tuple[Dated, Told]]] = {}
    for one in told.values():
        event = _read(one.content)
        by_file.setdefault(event.event.calendar, []).append((event, one))
    titles = {page.file: page.title for page in pages}
    return {
        f"{name}.ics": _calendar(titles.get(name, TAKEN_BACK), by_file[name], closed_on)
        for name in sorted(by_file)
    }


def _dated(event: Event, start: date) -> Dated:
    return Dated(event=event, monday=(start + timedelta(weeks=event.week - 1)).isoformat())


def _read(content: bytes) -> Dated:
    try:
        return msgspec.json.decode(content, type=Dated)
    except msgspec.DecodeError:
        raise damaged() from None


def _calendar(title: str, events: list[tuple[Dated, Told]], closed_on: str) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    ordered = sorted(events, key=lambda one: (one[0].monday, one[0].event.title, one[0].event.uid))
    calendar.add("x-wr-calname", title)
    for dated, one in ordered:
        calendar.add_component(_event(dated, one, closed_on))
    return bytes(calendar.to_ical())


def _event(dated: Dated, told: Told, closed_on: str) -> Component:
    from icalendar import Event as Made

    monday, made = date.fromisoformat(dated.monday), Made()
    made.add("uid", dated.event.uid)
    made.add("sequence", told.sequence)
    made.add("dtstamp", _stamp(closed_on, told.sequence))
    made.add("dtstart", monday)
    made.add("dtend", monday + timedelta(days=5))
    made.add("summary", dated.event.title)
    made.add("description", dated.event.about)
    made.add("status", "CANCELLED" if told.is_cancelled else "CONFIRMED")
    made.add("transp", "TRANSPARENT")
    return made


def _stamp(closed_on: str, sequence: int) -> datetime:
    """Return a time that grows with each change and comes from no clock."""
    day = date.fromisoformat(closed_on) if closed_on else date(2000, 1, 1)
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=sequence)
