"""The questions of `careload log`: as last time with two keys, anything else with a few more."""

from __future__ import annotations

import msgspec

from instruments.care_log import CARE_KINDS, CARE_LOADS, CareEntry, groups_of
from instruments.records import Policy
from instruments.setup import SUPPORTER_ROLES
from tui.flows.care_log import NO_GROUP, entry_of, in_words, parse_minutes
from tui.prompts import choose, text_line
from tui.text.roles import role_title

MINUTES = (15, 30, 45, 60, 90, 120)
AGAIN, OTHER, BACK = "again", "other", "back"


def ask_entry(policy: Policy, week: str, last: CareEntry | None) -> CareEntry | None:
    """Return the entry to log; None to take the last one back. Ctrl-C logs nothing."""
    if last is None:
        return _whole(policy, week)
    again = msgspec.structs.replace(last, week=week, load="")
    others = [minutes for minutes in MINUTES if minutes != last.minutes][:3]
    chosen = choose(
        "Log which help? 1 is as last time.",
        [
            (in_words(again), AGAIN),
            *((f"{minutes} minutes, the rest as last time", str(minutes)) for minutes in others),
            ("something else", OTHER),
            ("take the last entry back", BACK),
        ],
    )
    if chosen == BACK:
        return None
    if chosen == OTHER:
        return _whole(policy, week)
    return again if chosen == AGAIN else msgspec.structs.replace(again, minutes=int(chosen))


def _whole(policy: Policy, week: str) -> CareEntry:
    groups = groups_of(policy)
    group = NO_GROUP
    minutes = choose("How long?", [*((f"{m} minutes", str(m)) for m in MINUTES), ("another time", OTHER)])
    if minutes == OTHER:
        minutes = str(text_line("Minutes, in steps of 5:", parse_minutes))
    kind = choose("What was it?", [(words, kind) for kind, words in CARE_KINDS.items()])
    role = choose("In which role?", [(role_title(role), role) for role in SUPPORTER_ROLES])
    if groups:
        several = ("several groups, or none in particular", NO_GROUP)
        group = choose("People of which group?", [*((label, label) for label in groups), several])
    felt = choose("How was it for you?", [("no answer", ""), *((load, load) for load in CARE_LOADS)])
    return entry_of(policy, week, minutes=minutes, kind=kind, role=role, group=group, load=felt)
