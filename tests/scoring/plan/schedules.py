"""Random courses, a checker and an enumeration that share nothing with the solver but its records.

Hours are whole quarters, so that the enumeration can count in whole numbers.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations_with_replacement, product

from instruments.people import Supporter
from instruments.setup import SupporterRole
from scoring.plan.schedule_records import CourseKind, Courses

ROLES: tuple[SupporterRole, ...] = ("facilitator", "champion")
GROUPS, SITES = ("east", "north", "west"), ("", "harbour", "hill")
Week = tuple[int | None, ...]


def random_courses(seed: int, *, cohorts: int = 4, weeks: int = 5, supporters: int = 4) -> Courses:
    """Return courses of at most so many cohorts, weeks and supporters; about half are too many to fit."""
    rng = random.Random(seed)
    plan = rng.randint(1, weeks)
    return Courses(
        kinds=tuple(_kinds(rng, rng.randint(1, cohorts), plan)),
        supporters=tuple(_supporter(rng, n, plan) for n in range(rng.randint(0, supporters))),
        weeks=plan,
        leaving_out=rng.choice((1.0, 1.0, 0.0, 0.5)),
        looks_beyond=rng.random() < 0.7,
    )


def _kinds(rng: random.Random, cohorts: int, weeks: int) -> Iterator[CourseKind]:
    while cohorts:
        count = rng.randint(1, cohorts)
        cohorts -= count
        earliest = rng.choice((1, 1, rng.randint(1, weeks + 1)))
        length = rng.randint(1, weeks)
        yield CourseKind(
            group=rng.choice(GROUPS),
            size=rng.randint(6, 10),
            count=count,
            hours={
                role: tuple(rng.randint(0, 10) / 4 for _ in range(length))
                for role in ROLES
                if rng.random() < 0.8
            },
            site=rng.choice(SITES),
            earliest=earliest,
            latest=rng.choice((None, rng.randint(earliest, weeks + 2))),
        )


def _supporter(rng: random.Random, number: int, weeks: int) -> Supporter:
    return Supporter(
        id=f"helper-{number}",
        role=rng.choice(ROLES),
        hours_per_week=rng.randint(0, 16) / 4,
        site=rng.choice(SITES),
        groups=tuple(rng.sample(GROUPS, rng.choice((0, 1, 2)))),
        weeks_away=tuple(rng.sample(range(1, weeks + 1), rng.choice((0, 0, 1)))),
        other_hours={rng.randint(1, weeks): rng.randint(0, 8) / 4} if rng.random() < 0.3 else {},
        consents=rng.random() < 0.9,
    )


def hours_at_hand(one: Supporter, week: int) -> float:
    """Return the hours of a supporter in a week, worked out from the record's own fields."""
    if week in one.weeks_away or not one.consents:
        return 0.0
    return one.other_hours.get(week, one.hours_per_week)


def may_help(one: Supporter, kind: CourseKind) -> bool:
    """Whether consent, groups and site let a supporter help."""
    if not one.consents or (one.groups and kind.group not in one.groups):
        return False
    return "" in {one.site, kind.site} or one.site == kind.site


def all_starts(courses: Courses) -> Iterator[tuple[Week, ...]]:
    """Yield every choice of start weeks, by kind, None for a cohort that does not start."""
    each = []
    for kind in courses.kinds:
        last = min(courses.weeks, kind.latest or courses.weeks)
        weeks: list[int | None] = [None, *range(kind.earliest, last + 1)]
        each.append(list(combinations_with_replacement(weeks, kind.count)))
    yield from product(*each)


def asked(courses: Courses, starts: tuple[Week, ...], role: SupporterRole, week: int) -> tuple[float, ...]:
    """Return by kind the hours asked of a role in a week."""
    return tuple(
        sum(
            kind.hours[role][week - start]
            for start in own
            if start is not None and role in kind.hours and 0 <= week - start < len(kind.hours[role])
        )
        for kind, own in zip(courses.kinds, starts, strict=True)
    )


def smallest_value(courses: Courses, wait: float) -> float:
    """Return the smallest value of all choices of start weeks, by looking at each."""
    longest = max((len(h) for kind in courses.kinds for h in kind.hours.values()), default=0)
    last = courses.weeks + longest if courses.looks_beyond else courses.weeks
    known: dict[tuple[object, ...], float] = {}

    def unmet(starts: tuple[Week, ...]) -> float:
        total = 0.0
        for role, week in product(ROLES, range(1, last + 1)):
            want = asked(courses, starts, role, week)
            if (role, week, want) not in known:
                known[role, week, want] = _unmet(courses, role, week, want)
            total += known[role, week, want]
        return total

    return min(unmet(starts) + _other(courses, starts, wait) for starts in all_starts(courses))


def _other(courses: Courses, starts: tuple[Week, ...], wait: float) -> float:
    """Return what waiting and leaving out add."""
    total = 0.0
    for kind, own in zip(courses.kinds, starts, strict=True):
        for start in own:
            if start is None:
                total += courses.leaving_out * sum(sum(hours) for hours in kind.hours.values())
            until = courses.weeks + 1 if start is None else start
            total += wait * kind.size * max(until - kind.earliest, 0)
    return total


def _unmet(courses: Courses, role: SupporterRole, week: int, want: tuple[float, ...]) -> float:
    """Return the hours that stay unmet: quarters pushed along augmenting paths (Ford-Fulkerson)."""
    helpers = [one for one in courses.supporters if one.role == role]
    left = [round(4 * hours_at_hand(one, week)) for one in helpers]
    given = [[0] * len(want) for _ in helpers]

    def push(kind: int, amount: int, seen: set[int]) -> int:
        for h, one in enumerate(helpers):
            if h in seen or not may_help(one, courses.kinds[kind]):
                continue
            seen.add(h)
            moved = min(amount, left[h])
            if moved:
                left[h] -= moved
                given[h][kind] += moved
                return moved
            for other in range(len(want)):
                if other != kind and given[h][other]:
                    moved = push(other, min(amount, given[h][other]), seen)
                    if moved:
                        given[h][other] -= moved
                        given[h][kind] += moved
                        return moved
        return 0

    unmet = 0
    for kind, hours in enumerate(want):
        rest = round(4 * hours)
        while rest and (moved := push(kind, rest, set())):
            rest -= moved
        unmet += rest
    return unmet / 4
