"""Made-up staff lists, from small ones where everything can be tried to large ones like a company's."""

from __future__ import annotations

import random

from instruments.people import StaffMember

GROUPS = ("Service", "Operations", "Finance", "Sales")
NEEDS = {"Service": 2.4, "Operations": 1.1, "Finance": 1.6, "Sales": 0.7}
WORK = ("letters", "orders", "bookings", "visits", "reports", "plans")


def company(people: int, seed: int, sites: int = 2) -> tuple[StaffMember, ...]:
    """Return a list of `people` in teams of 4 to 13, each with a manager in it and one or two workflows."""
    chance = random.Random(seed)
    staff: list[StaffMember] = []
    team = 0
    while len(staff) < people:
        team += 1
        size = min(chance.randint(4, 13), people - len(staff))
        group, site = chance.choice(GROUPS), f"Site {chance.randrange(sites)}"
        work = chance.sample(WORK, chance.choice((1, 1, 2)))
        names = [f"P{len(staff) + number:05d}" for number in range(size)]
        staff += [
            StaffMember(
                name=name,
                group=group,
                site=site,
                team=f"T{team:04d}",
                manager="" if name == names[0] else names[0],
                workflow=chance.choice(work),
            )
            for name in names
        ]
    return tuple(staff)


def few(people: int, chance: random.Random) -> tuple[StaffMember, ...]:
    """Return a small list without any order in it: teams, workflows and managers by chance."""
    names = [f"P{number:02d}" for number in range(people)]
    managers = chance.sample(names, chance.randint(0, 2))
    return tuple(
        StaffMember(
            name=name,
            group=chance.choice(GROUPS[:2]),
            team=chance.choice(("", "red", "blue", "green")),
            workflow=chance.choice(("", "letters", "orders")),
            manager=chance.choice([*(one for one in managers if one != name), "", ""]),
        )
        for name in names
    )
