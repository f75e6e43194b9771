"""Reading the list of supporters: who helps whom, with how many hours, in which weeks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import get_args

import msgspec

from instruments.importing_values import folded
from instruments.people import Supporter, SupporterSkill
from instruments.people_table import (
    Cells,
    Known,
    Labels,
    PeopleReading,
    faults_of_doubles,
    number_in,
    people_table,
    reading_of,
)
from instruments.setup import SupporterRole
from instruments.texts import shorten

MAX_SUPPORTERS = 2_000
"""Longest list of supporters: one for every ten of the longest staff list (assumed)."""
MAX_HOURS = 60
"""Hours a week that one person can have at most (assumed)."""
MAX_WEEK = 52
"""Last week of the longest plan."""
ROLES: tuple[SupporterRole, ...] = get_args(SupporterRole)
SKILLS: tuple[SupporterSkill, ...] = get_args(SupporterSkill)
_TITLES = {
    "name": ("person", "supporter"),
    "role": (),
    "hours": ("hours per week", "hours a week"),
    "relief": ("relief hours",),
    "site": ("location",),
    "groups": ("group",),
    "weeks away": ("away",),
    "other hours": ("hours by week", "other hours by week"),
    "skill": (),
    "consent": ("consents", "agreed"),
}
_NEEDED = ("name", "role", "hours", "consent")
_YES = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
_WEEKS = re.compile(r"([0-9]{1,3})(?:\s*[-\u2013]\s*([0-9]{1,3}))?")
_OTHER = re.compile(r"([0-9]{1,3})\s*:\s*([0-9]{1,3}(?:[.,][0-9]{1,3})?)")


def read_supporters(data: bytes, source: str, known: Known) -> PeopleReading[Supporter]:
    """Return the supporters in the csv file `data`; `source` names it in messages. Their ids are empty.

    Raises BadInput when the file as a whole cannot be read (see `people_table`).
    """
    titles = {**_TITLES, "groups": ("group", *known.group_titles)}
    table = people_table(data, source, titles, _NEEDED, MAX_SUPPORTERS)
    reader = _Reader(known)
    people, faults = [], faults_of_doubles(table, "name")
    for line in table.lines:
        cells = Cells(table, line)
        people.append(reader.read(cells))
        faults += cells.faults
    return reading_of(table, people, faults)


def with_ids(people: Iterable[Supporter], before: Iterable[Supporter] = ()) -> tuple[Supporter, ...]:
    """Return `people` with ids such as ``champion-3``; who stood in `before`, role alike, keeps the id."""
    kept = {(folded(one.name), one.role): one.id for one in before}
    taken = set(kept.values())
    highest: Counter[str] = Counter()
    named = []
    for one in people:
        found = kept.get((folded(one.name), one.role), "")
        while not found:
            highest[one.role] += 1
            wanted = f"{one.role}-{highest[one.role]}"
            found = "" if wanted in taken else wanted
        named.append(msgspec.structs.replace(one, id=found))
    return tuple(named)


class _Reader:
    """Reads one line after the other."""

    def __init__(self, known: Known) -> None:
        self._roles = Labels(ROLES, f"one of {', '.join(ROLES)}")
        self._skills = Labels(SKILLS, f"one of {', '.join(SKILLS)}, or an empty cell")
        self._groups = Labels(known.groups, "groups of the study, with | between") if known.groups else None
        self._sites = Labels(known.sites, "a site of the study") if known.sites else None

    def read(self, cells: Cells) -> Supporter:
        """Return the supporter in `cells`; what is wrong stands in its faults."""
        away = _weeks_away(cells)
        other = _other_hours(cells)
        both = sorted(set(away) & set(other))
        if both:
            expected = "a week away, or with other hours, not both"
            cells.refuse("other hours", f"week {both[0]}, which is a week away", expected)
        return Supporter(
            id="",
            name=cells.text("name", needed=True),
            role=self._role(cells),
            hours_per_week=cells.number("hours", MAX_HOURS, needed=True),
            relief_hours=cells.number("relief", MAX_HOURS),
            site=cells.label("site", self._sites),
            groups=self._named_groups(cells),
            weeks_away=away,
            other_hours=other,
            skill=self._skill(cells),
            consents=_consents(cells),
        )

    def _role(self, cells: Cells) -> SupporterRole:
        text = cells.text("role", needed=True)
        found = cells.label_of("role", re.sub(r"[\s_]+", "-", text), self._roles) if text else ""
        return next((role for role in ROLES if role == found), "facilitator")

    def _skill(self, cells: Cells) -> SupporterSkill:
        text = re.sub(r"[\s_]+", "-", cells.text("skill"))
        found = cells.label_of("skill", text, self._skills) if text else ""
        return next((skill for skill in SKILLS if skill == found), "none")

    def _named_groups(self, cells: Cells) -> tuple[str, ...]:
        parts = _parts(cells.text("groups"))
        named = [cells.label_of("groups", part, self._groups) for part in parts]
        return tuple(dict.fromkeys(name for name in named if name))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def _weeks_away(cells: Cells) -> tuple[int, ...]:
    weeks: set[int] = set()
    for part in _parts(cells.raw("weeks away")):
        found = _WEEKS.fullmatch(part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= MAX_WEEK:
            expected = f"weeks of the rollout from 1 to {MAX_WEEK}, such as 3-5|9 (in a spreadsheet: as text)"
            cells.refuse("weeks away", shorten(part), expected)
        else:
            weeks.update(range(first, last + 1))
    return tuple(sorted(weeks))


def _other_hours(cells: Cells) -> dict[int, float]:
    hours: dict[int, float] = {}
    for part in _parts(cells.raw("other hours")):
        found = _OTHER.fullmatch(part)
        week, value = (int(found[1]), number_in(found[2])) if found else (0, None)
        if value is None or value > MAX_HOURS or not 1 <= week <= MAX_WEEK or week in hours:
            expected = f"each week once, 1 to {MAX_WEEK}, with 0 to {MAX_HOURS} hours, such as 4:1|5:1"
            cells.refuse("other hours", shorten(part), expected)
        else:
            hours[week] = value
    return dict(sorted(hours.items()))


def _consents(cells: Cells) -> bool:
    text = cells.raw("consent")
    answer = _YES.get(folded(text))
    if answer is None:
        expected = "yes or no: whether this person agreed to help"
        cells.refuse("consent", shorten(text) if text else "an empty cell", expected)
    return bool(answer)
