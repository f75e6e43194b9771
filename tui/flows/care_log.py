"""Logging help: from flags, or from what this account logged last."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from instruments.care_log import (
    ANY_GROUP,
    CARE_KINDS,
    CARE_LOADS,
    FEWEST_MINUTES,
    MINUTES_STEP,
    MOST_MINUTES,
    CareEntry,
    CareKind,
    CareLoad,
    groups_of,
    monday_of,
)
from instruments.errors import BadInput, WrongUsage
from instruments.records import Policy
from instruments.setup import SUPPORTER_ROLES, SupporterRole
from instruments.texts import shorten
from store.calendars import start_in
from store.last_entry import LastEntry, keep_last, read_last
from store.ledger import append, entries_in, take_back
from store.public import PublicStudy
from store.quarantine import Problem
from store.study import Study
from tui.text.roles import role_title

if TYPE_CHECKING:
    from scoring.plan.ledger import LedgerSummary

NO_GROUP = "none"
OLDEST_DAYS = 366
EXAMPLE = "For example: careload log STUDY --minutes 30 --kind pair --role champion --group Sales"


def entry_of(
    policy: Policy,
    week: str,
    *,
    minutes: str | None = None,
    kind: str | None = None,
    role: str | None = None,
    group: str | None = None,
    load: str | None = None,
    last: CareEntry | None = None,
) -> CareEntry:
    """Return the entry that flags and the `last` entry tell; how it was is never taken from the last one.

    WrongUsage where neither tells something, BadInput where a flag is none of the lists.
    """
    if last is None:
        told = {"minutes": minutes, "kind": kind, "role": role}
        missing = [f"--{name}" for name, value in told.items() if value is None]
        if groups_of(policy) and group is None:
            missing.append("--group")
        if missing:
            raise WrongUsage(f"Nothing was logged from here before; missing: {', '.join(missing)}.", EXAMPLE)
    return CareEntry(
        study=policy.study,
        week=week,
        minutes=parse_minutes(minutes) if minutes is not None or last is None else last.minutes,
        kind=_kind(kind) if kind is not None or last is None else last.kind,
        role=_role(role) if role is not None or last is None else last.role,
        group=_group(group, policy) if group is not None or last is None else last.group,
        load=_load(load) if load else "",
    )


def parse_minutes(text: str | None) -> int:
    """Read minutes in steps of 5; BadInput otherwise."""
    given = (text or "").strip()
    if given.isascii() and given.isdecimal() and len(given) < 5:
        minutes = int(given)
        if FEWEST_MINUTES <= minutes <= MOST_MINUTES and not minutes % MINUTES_STEP:
            return minutes
    raise BadInput(
        f"Minutes: found {shorten(given)}; expected {FEWEST_MINUTES} to {MOST_MINUTES} in steps of "
        f"{MINUTES_STEP}.",
        "For example: --minutes 30",
    )


def _kind(text: str | None) -> CareKind:
    found: CareKind = msgspec.convert(_listed("Kind", text, tuple(CARE_KINDS)), CareKind)
    return found


def _role(text: str | None) -> SupporterRole:
    found: SupporterRole = msgspec.convert(_listed("Role", text, SUPPORTER_ROLES), SupporterRole)
    return found


def _load(text: str) -> CareLoad:
    found: CareLoad = msgspec.convert(_listed("Load", text, CARE_LOADS), CareLoad)
    return found


def _group(text: str | None, policy: Policy) -> str:
    if text is None or text.strip().casefold() == NO_GROUP:
        return ANY_GROUP
    return _listed("Group", text, (*groups_of(policy), NO_GROUP))


def _listed(what: str, text: str | None, known: tuple[str, ...]) -> str:
    """Return the one of `known` that `text` names, whatever its capitals; what was typed is not repeated."""
    found = [one for one in known if one.casefold() == (text or "").strip().casefold()]
    if not found:
        raise BadInput(
            f"{what}: expected one of {', '.join(known)}.", "The ledger takes no other words, and no name."
        )
    return found[0]


def week_of(text: str | None, today: date) -> str:
    """Return the Monday of the week of the day `text`, of `today` where there is none; no week to come."""
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        raise BadInput(
            f"Week: found {shorten(text)}; expected a day as YYYY-MM-DD.", f"For example: --week {today}"
        ) from None
    if not 0 <= (today - date.fromisoformat(monday_of(day))).days <= OLDEST_DAYS:
        raise BadInput(f"Week: found {day}; expected a day of this week or of the year before.", "")
    return monday_of(day)


def in_words(entry: CareEntry) -> str:
    """Return an entry as a person says it: ``30 minutes, working in a pair, as champion, Sales``."""
    parts = [f"{entry.minutes} minutes", CARE_KINDS[entry.kind], f"as {role_title(entry.role)}", entry.group]
    return ", ".join(part for part in (*parts, entry.load) if part)


def last_entry(public: PublicStudy, state: Path) -> CareEntry | None:
    """Return what this account logged last, None for nothing."""
    last = read_last(state, public)
    return last.entry if last else None


def log(public: PublicStudy, entry: CareEntry, state: Path) -> None:
    """Add `entry` to the ledger, and remember it for the next time."""
    keep_last(state, public, LastEntry(entry=entry, name=append(public, entry)))


def undo(public: PublicStudy, state: Path) -> CareEntry:
    """Take this account's last entry back and return it; Refused where there is none."""
    last = read_last(state, public)
    take_back(public, last.name if last else "")
    assert last is not None  # noqa: S101 - take_back refuses an empty name
    keep_last(state, public, msgspec.structs.replace(last, name=""))
    return last.entry


def summary(study: Study, start: str = "") -> tuple[LedgerSummary, tuple[Problem, ...]]:
    """Return the ledger against the plan as it was before, and the files in it that are no entries."""
    from scoring.plan.ledger import summarise
    from tui.flows.planning import plan_before, release_in

    public = study.public()
    entries, problems = entries_in(public)
    plan = plan_before(study, release_in(study))
    return summarise(entries, plan, public.policy, start or start_in(study)), problems
