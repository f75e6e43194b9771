"""Made-up lists of people for a rehearsal: who works in which team, and who helps, all from the seed."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from instruments.people import StaffMember, Supporter
from instruments.setup import Attribute, Setup, SupporterHours
from instruments.supporter_list import with_ids

TEAM_SIZES = (5, 12)
"""People of a made-up team, its manager among them (made up)."""
WORK = ("letters", "orders", "bookings", "reports", "plans", "checks")
"""Recurring work; every team has one or two kinds of it (made up)."""
AWAY = 0.2
"""Share of supporters who are away for two weeks of the first twelve (made up)."""


def staff_for(setup: Setup, seed: int) -> tuple[StaffMember, ...]:
    """Return as many made-up people as `setup` has, by group and site, in teams with a manager each."""
    chance = random.Random(f"staff {seed}")  # noqa: S311 - a rehearsal protects nobody and has to repeat
    groups = _labels(setup.attributes[:1])
    sites = _labels(one for one in setup.attributes[1:] if one.id == "site")
    chance.shuffle(sites)
    places: dict[tuple[str, str], int] = defaultdict(int)
    for at in range(setup.headcount):
        places[groups[at] if at < len(groups) else "", sites[at] if at < len(sites) else ""] += 1
    staff: list[StaffMember] = []
    for (group, site), people in sorted(places.items()):
        end = len(staff) + people
        while len(staff) < end:
            size = min(end - len(staff), chance.randint(*TEAM_SIZES))
            like = StaffMember(name="", group=group, site=site, team=f"Team {len(staff) + 1:04d}")
            staff += _team(like, range(len(staff) + 1, len(staff) + size + 1), chance)
    return tuple(staff)


def _team(like: StaffMember, numbers: range, chance: random.Random) -> list[StaffMember]:
    """Return people like `like` with the names of `numbers`, the first of them the manager."""
    names = [f"Person {number:04d}" for number in numbers]
    work = chance.sample(WORK, chance.choice((1, 1, 2)))
    return [
        msgspec.structs.replace(
            like, name=one, manager="" if one == names[0] else names[0], workflow=chance.choice(work)
        )
        for one in names
    ]


def supporters_for(setup: Setup, staff: Iterable[StaffMember], seed: int) -> tuple[Supporter, ...]:
    """Return the supporters whom `setup` names by number, each a person of `staff`.

    Managers lead a team there; a champion helps the own group.
    """
    chance = random.Random(f"supporters {seed}")  # noqa: S311 - as above
    people = list(staff)
    leading = {one.manager for one in people}
    chance.shuffle(people)
    free = {
        is_leading: [one for one in people if (one.name in leading) is is_leading]
        for is_leading in (True, False)
    }
    made = []
    for some in setup.supporters:
        for _ in range(some.people):
            own = free[some.role == "manager"] or free[some.role != "manager"]
            made.append(_supporter(own.pop(), some, chance))
    return with_ids(made)


def _supporter(one: StaffMember, some: SupporterHours, chance: random.Random) -> Supporter:
    first, is_away = chance.randint(2, 11), chance.random() < AWAY
    return Supporter(
        id="",
        name=one.name,
        role=some.role,
        hours_per_week=some.hours_per_week,
        relief_hours=some.relief_hours,
        groups=(one.group,) if some.role == "champion" and one.group else (),
        weeks_away=(first, first + 1) if is_away else (),
        skill="has-led" if some.role == "facilitator" else chance.choice(("none", "has-coached")),
    )


def _labels(attributes: Iterable[Attribute]) -> list[str]:
    """Return the label of each person, one by one, of the first of `attributes`."""
    return [
        one.label
        for attribute in list(attributes)[:1]
        for one in attribute.categories
        for _ in range(one.headcount)
    ]
