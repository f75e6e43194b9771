"""What a supporter logs of help given: closed lists and numbers only, so that no name has anywhere to go."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from instruments.model import Record
from instruments.records import Policy
from instruments.setup import SupporterRole

CareKind = Literal["pair", "one-to-one", "coaching", "session", "preparation", "hr-time", "other"]
CARE_KINDS: dict[CareKind, str] = {
    "pair": "working in a pair",
    "one-to-one": "one-to-one time",
    "coaching": "coaching as a manager",
    "session": "leading a session",
    "preparation": "preparing",
    "hr-time": "HR time",
    "other": "other help",
}
SESSION_KINDS: tuple[CareKind, ...] = ("session", "preparation")
"""Kinds that follow the programme; all others follow what people need."""
CareLoad = Literal["", "light", "right", "heavy"]
CARE_LOADS: tuple[Literal["light", "right", "heavy"], ...] = ("light", "right", "heavy")
FEWEST_MINUTES, MOST_MINUTES = 5, 600
MINUTES_STEP = 5
ANY_GROUP = ""
"""Stands for several groups, or none in particular."""


class CareEntry(Record, frozen=True):
    """Minutes of help that one supporter gave in one week; who gave them and who got them stands nowhere."""

    study: str
    week: str
    """ISO date of the Monday of the week: no day, so that no appointment can be found again."""
    minutes: int
    kind: CareKind
    role: SupporterRole
    group: str = ANY_GROUP
    """Label of a group of the study's first attribute."""
    load: CareLoad = ""
    """How it was for the supporter; empty where that was not said."""
    schema: int = 1


def monday_of(day: date) -> str:
    """Return the ISO date of the Monday of the week of `day`."""
    return (day - timedelta(days=day.weekday())).isoformat()


def groups_of(policy: Policy) -> tuple[str, ...]:
    """Return the groups that an entry can name."""
    return tuple(category.label for attribute in policy.attributes[:1] for category in attribute.categories)


def why_not_entry(entry: CareEntry, policy: Policy) -> str:
    """Return why `entry` is none of this study, empty when it is one."""
    if entry.study != policy.study:
        return "made for another study"
    if entry.group != ANY_GROUP and entry.group not in groups_of(policy):
        return "names a group that this study does not have"
    if not FEWEST_MINUTES <= entry.minutes <= MOST_MINUTES or entry.minutes % MINUTES_STEP:
        return f"minutes are not {FEWEST_MINUTES} to {MOST_MINUTES} in steps of {MINUTES_STEP}"
    return "" if _is_monday(entry.week) else "the week is not the date of a Monday"


def _is_monday(text: str) -> bool:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and not day.weekday()
