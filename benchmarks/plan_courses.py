"""Made-up organisations for the scheduler: cohorts by group and site, supporters of four roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from instruments.people import Supporter
from instruments.setup import SupporterRole
from scoring.plan.schedule_records import CourseKind, Courses

WEEKS = 12
HOURS: dict[SupporterRole, tuple[float, ...]] = {
    "facilitator": (6.0, 2.5, 2.5, 2.5, 3.5, 2.0, 2.0, 2.0, 3.0, 1.5, 1.5, 1.5),
    "champion": (2.0, 3.0, 3.0, 2.5, 2.5, 2.0, 2.0, 1.5, 1.5, 1.0, 1.0, 1.0),
    "manager": (1.5, 2.0, 1.5, 2.0, 1.5, 1.5, 1.0, 1.5, 1.0, 1.0, 0.5, 1.0),
    "hr-partner": (0.5, 0.5, 0.75, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25),
}
"""Of one cohort of average need, by programme week."""
SHARES: dict[SupporterRole, float] = {
    "facilitator": 0.25,
    "champion": 0.4,
    "manager": 0.25,
    "hr-partner": 0.1,
}


@dataclass(frozen=True, slots=True)
class Size:
    """How large an organisation is."""

    people: int
    cohorts: int
    groups: int
    sites: int
    supporters: int


def organisation(size: Size, seed: int, asked: float) -> Courses:
    """Return courses that ask for `asked` times the hours that each role's supporters have in the weeks."""
    rng = np.random.default_rng(seed)
    kinds = tuple(_kinds(rng, size))
    people = tuple(_supporters(rng, size))
    factors = {role: _factor(kinds, people, role, asked) for role in HOURS}
    return Courses(
        kinds=kinds,
        supporters=tuple(_with_hours(one, one.hours_per_week * factors[one.role]) for one in people),
        weeks=WEEKS,
    )


def _kinds(rng: np.random.Generator, size: Size) -> Iterator[CourseKind]:
    groups, sites = size.groups, size.sites
    shares = rng.dirichlet(np.full(groups * sites, 2.0))
    for cell, count in enumerate(rng.multinomial(size.cohorts, shares)):
        level = float(np.exp(0.3 * rng.standard_normal()))
        if count:
            yield CourseKind(
                group=f"group {cell // sites}",
                size=8 if rng.random() < 0.6 else 9,
                count=int(count),
                hours={role: tuple(round(level * h, 2) for h in hours) for role, hours in HOURS.items()},
                site=f"site {cell % sites}",
            )


def _supporters(rng: np.random.Generator, size: Size) -> Iterator[Supporter]:
    """Yield facilitators who go anywhere or stay, champions and managers of few groups, HR for everybody."""
    groups, sites = size.groups, size.sites
    for role, share in SHARES.items():
        for number in range(max(round(size.supporters * share), 1)):
            own = rng.choice(groups, size=min(3 if role == "champion" else 5, groups), replace=False)
            is_local = role in {"champion", "manager"} or (role == "facilitator" and rng.random() < 0.4)
            yield Supporter(
                id=f"{role}-{number}",
                role=role,
                hours_per_week=float(rng.choice([2.0, 3.0, 4.0])),
                site=f"site {rng.integers(sites)}" if is_local else "",
                groups=tuple(f"group {g}" for g in own) if role in {"champion", "manager"} else (),
                weeks_away=_away(rng),
            )


def _away(rng: np.random.Generator) -> tuple[int, ...]:
    return (int(rng.integers(1, WEEKS + 1)),) if rng.random() < 0.5 else ()


def _factor(
    kinds: tuple[CourseKind, ...], people: tuple[Supporter, ...], role: SupporterRole, asked: float
) -> float:
    wanted = sum(kind.count * sum(kind.hours[role]) for kind in kinds)
    there = sum(one.hours_in(week) for one in people if one.role == role for week in range(1, WEEKS + 1))
    return wanted / asked / there


def _with_hours(one: Supporter, hours: float) -> Supporter:
    return Supporter(
        id=one.id,
        role=one.role,
        hours_per_week=round(hours, 2),
        site=one.site,
        groups=one.groups,
        weeks_away=one.weeks_away,
    )
