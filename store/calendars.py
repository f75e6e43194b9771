"""What earlier calendars of a study told: a new plan changes events in place and takes old ones back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from instruments.errors import BadInput
from store.names import folder_in
from store.public import PRIVATE
from store.study import Study
from store.tiny import TinyStore

CALENDARS = "calendars.json"
START, EVENTS = "start", "events"


def keep_start(study: Study, monday: str) -> None:
    """Remember the Monday of week 1 (ISO date): weeks of the care ledger are counted from it."""
    with _kept(study).transaction() as db:
        table = db.table(START)
        if [row.get("monday") for row in table.all()] != [monday]:
            table.truncate()
            table.insert({"monday": monday})


def start_in(study: Study) -> str:
    """Return the Monday of week 1 (ISO date), empty where no calendar was made yet."""
    rows = _kept(study).snapshot().table(START).all()
    if not rows:
        return ""
    try:
        return date.fromisoformat(str(rows[0].get("monday"))).isoformat()
    except ValueError:
        raise damaged() from None


def check_calendars(study: Study) -> None:
    """Raise BadInput when the list of events, or the start, is not as careload wrote it."""
    start_in(study)
    for row in _kept(study).snapshot().table(EVENTS).all():
        _told(dict(row), b"")


def damaged() -> BadInput:
    """Return what to say of a list of events that careload did not write so."""
    return BadInput(f"{CALENDARS}: not as careload wrote it.", "Put back your copy of the private folder.")


def _kept(study: Study) -> TinyStore:
    return TinyStore(folder_in(study.root, PRIVATE) / CALENDARS, "The list of calendar events")


@dataclass(frozen=True, slots=True)
class Told:
    """An event as it now stands: how often it was changed, and whether it is taken back."""

    content: bytes
    sequence: int
    is_cancelled: bool


def tell(study: Study, events: Mapping[str, bytes]) -> dict[str, Told]:
    """Remember `events`, contents by UID, and return them with all that were ever told.

    A sequence grows by one whenever an event changes, is taken back or comes again; the same events twice
    change nothing.
    """
    with _kept(study).transaction() as db:
        table = db.table(EVENTS)
        before = {str(row.get("uid")): dict(row) for row in table.all()}
        now = {uid: _told(before.get(uid), events.get(uid)) for uid in sorted({*before, *events})}
        rows = [_row(uid, told) for uid, told in now.items()]
        if rows != [before.get(uid) for uid in now]:
            table.truncate()
            table.insert_multiple(rows)
    return now


def _told(before: dict[str, Any] | None, content: bytes | None) -> Told:
    if before is None:
        return Told(content or b"", 0, is_cancelled=False)
    old = str(before.get("content", "")).encode()
    sequence, was_cancelled = before.get("sequence"), bool(before.get("cancelled"))
    if not isinstance(sequence, int):
        raise damaged()
    if content is None:
        return Told(old, sequence + (not was_cancelled), is_cancelled=True)
    is_same = old == content and not was_cancelled
    return Told(content, sequence + (not is_same), is_cancelled=False)


def _row(uid: str, told: Told) -> dict[str, Any]:
    return {
        "uid": uid,
        "content": told.content.decode(),
        "sequence": told.sequence,
        "cancelled": told.is_cancelled,
    }
