"""What can be turned where a plan does not fit, step by step: each lever makes options, words and a cost.

Costs are hours over the plan's weeks as it stands, so that ways of all kinds can be compared:

- more supporters: their hours a week in all weeks, whether used or not;
- more hours: what all supporters' hours grow by in these weeks;
- protected hours: those of all learners in these weeks;
- more weeks, a slower programme, fewer groups: hours of support that come only after these weeks.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Literal

import msgspec

from instruments.setup import SupporterHours, SupporterRole
from scoring.plan.options import PlanOptions
from scoring.plan.records import WayOut
from scoring.plan.schedule_records import Courses, Schedule
from scoring.plan.streams import ROLE_WORDS

MORE_SUPPORTERS = 16
"""More of one role are not looked for, or more than there are where that is more (assumed)."""
SHORT = 0.01
"""Unmet hours of a role from which on more of them are looked for."""
NEW_HOURS = 3.0
"""Hours a week of a new supporter of a role that nobody has yet (practice, not evidence: 2-4 at first)."""
MORE_WEEKS, LONGEST = 12, 52
SLOWEST, PACE_STEP = 0.25, 0.05
PROTECTED, PROTECTED_STEP = 4.0, 0.5
"""Hours a week and learner."""
FACTOR_STEP, MOST_FACTOR = 0.05, 2.0

WayKind = Literal["supporters", "weeks", "slower", "protected-hours", "fewer-groups", "hours"]


@dataclass(frozen=True, slots=True)
class Lever:
    """One kind of change in steps, 1 the smallest."""

    kind: WayKind
    steps: int
    turn: Callable[[int], PlanOptions]
    words: Callable[[int], str]
    amount: Callable[[int], float]
    cost: Callable[[int, Courses, Schedule], float]
    """Of a step, with what was asked and found at it."""


@dataclass(frozen=True, slots=True)
class Base:
    """The plan as it stands."""

    options: PlanOptions
    courses: Courses
    found: Schedule

    def supply(self, role: SupporterRole | None = None) -> float:
        """Return all hours of supporters in the plan's weeks."""
        weeks = range(1, self.courses.weeks + 1)
        own = [one for one in self.courses.supporters if role in {None, one.role}]
        return math.fsum(one.hours_in(week) for one in own for week in weeks)

    def delayed(self, courses: Courses, found: Schedule) -> float:
        """Return the hours of support that come within these weeks as it stands, but no longer in `found`."""
        weeks = self.courses.weeks
        return max(0.0, _hours_within(self.courses, self.found, weeks) - _hours_within(courses, found, weeks))


def levers(base: Base) -> Iterator[Lever]:
    """Yield what can be turned in the plan as it stands."""
    yield from _supporters(base)
    yield from _hours(base)
    yield _protected(base)
    yield from _weeks(base)
    yield from _slower(base)
    yield from _groups(base)


def _hours_within(courses: Courses, found: Schedule, weeks: int) -> float:
    return math.fsum(
        start.count * hours
        for start in found.starts
        if start.week is not None
        for own in courses.kinds[start.kind].hours.values()
        for hours in own[: max(weeks - start.week + 1, 0)]
    )


def _supporters(base: Base) -> Iterator[Lever]:
    """More supporters of the roles that are short, in proportion to how many each is short of."""
    short = {role: hours for role, hours in base.found.unmet_of.items() if hours > SHORT}
    if not short:
        return
    each = {role: _usual(base, role) for role in short}
    lacking = {role: hours / each[role] for role, hours in short.items()}
    most = max(lacking.values())
    there = max(sum(one.role == role for one in base.courses.supporters) for role in short)

    def added(step: int) -> tuple[SupporterHours, ...]:
        people = {role: math.ceil(step * lacking[role] / most) for role in short}
        return tuple(SupporterHours(role=r, people=n, hours_per_week=each[r]) for r, n in people.items())

    yield Lever(
        "supporters",
        max(MORE_SUPPORTERS, there),
        lambda step: with_people(base, added(step)).options,
        lambda step: with_people(base, added(step)).words,
        lambda step: with_people(base, added(step)).amount,
        lambda step, _courses, _found: with_people(base, added(step)).cost_hours,
    )


def with_people(base: Base, added: tuple[SupporterHours, ...]) -> WayOut:
    """Return the way that adds these supporters, whether it fits or not."""
    added = tuple(some for some in added if some.people)
    return WayOut(
        kind="supporters",
        words=" and ".join(_people(some) for some in added),
        amount=float(sum(some.people for some in added)),
        cost_hours=base.courses.weeks * math.fsum(some.people * some.hours_per_week for some in added),
        options=_replace(base, more_supporters=(*base.options.more_supporters, *added)),
    )


def _usual(base: Base, role: SupporterRole) -> float:
    own = [one.hours_per_week for one in base.courses.supporters if one.role == role and one.consents]
    usual = median(own) if own else 0.0
    return round(usual, 1) if usual >= 0.05 else NEW_HOURS


def _people(some: SupporterHours) -> str:
    name = ROLE_WORDS[some.role]
    return f"{some.people} more {name if some.people != 1 else name[:-1]} ({some.hours_per_week:g} h a week)"


def _hours(base: Base) -> Iterator[Lever]:
    now = base.options.hours_factor
    steps = math.floor((MOST_FACTOR - 1) / FACTOR_STEP + 1e-9)
    if base.supply() <= 0:
        return
    yield Lever(
        "hours",
        steps,
        lambda step: _replace(base, hours_factor=round(now * (1 + step * FACTOR_STEP), 6)),
        lambda step: f"every supporter has {step * FACTOR_STEP:.0%} more hours",
        lambda step: round(step * FACTOR_STEP, 6),
        lambda step, _courses, _found: base.supply() * step * FACTOR_STEP,
    )


def _protected(base: Base) -> Lever:
    learners = sum(kind.size * kind.count for kind in base.courses.kinds)
    now = base.options.protected_hours
    return Lever(
        "protected-hours",
        round(PROTECTED / PROTECTED_STEP),
        lambda step: _replace(base, protected_hours=now + step * PROTECTED_STEP),
        lambda step: f"{step * PROTECTED_STEP:g} more protected hours a week for every learner",
        lambda step: step * PROTECTED_STEP,
        lambda step, _courses, _found: learners * base.courses.weeks * step * PROTECTED_STEP,
    )


def _weeks(base: Base) -> Iterator[Lever]:
    now = base.options.weeks
    if now < LONGEST:
        yield Lever(
            "weeks",
            min(MORE_WEEKS, LONGEST - now),
            lambda step: _replace(base, weeks=now + step),
            lambda step: f"{step} more week{'' if step == 1 else 's'}: {now + step} in place of {now}",
            float,
            lambda _step, courses, found: base.delayed(courses, found),
        )


def _slower(base: Base) -> Iterator[Lever]:
    now = base.options.pace
    steps = math.floor((now - SLOWEST) / PACE_STEP + 1e-9)
    if steps > 0:
        yield Lever(
            "slower",
            steps,
            lambda step: _replace(base, pace=round(now - step * PACE_STEP, 6)),
            lambda step: f"a slower programme: it takes {now / (now - step * PACE_STEP):.2g} times as long",
            lambda step: round(now - step * PACE_STEP, 6),
            lambda _step, courses, found: base.delayed(courses, found),
        )


def _groups(base: Base) -> Iterator[Lever]:
    """Groups start later that need the fewest hours a head: waiting is least hard for them."""
    hours: dict[str, float] = defaultdict(float)
    people: dict[str, int] = defaultdict(int)
    for kind in base.courses.kinds:
        hours[kind.group] += kind.count * kind.all_hours
        people[kind.group] += kind.count * kind.size
    order = sorted(
        (name for name in people if people[name]), key=lambda name: (hours[name] / people[name], name)
    )
    if len(order) > 1:
        yield Lever(
            "fewer-groups",
            len(order) - 1,
            lambda step: _replace(base, groups=tuple(sorted(order[step:]))),
            lambda step: (
                f"start with {len(order) - step} of {len(order)} groups; {_list(order[:step])} later"
            ),
            float,
            lambda _step, courses, found: base.delayed(courses, found),
        )


def _list(names: list[str]) -> str:
    """Return names as one reads them, the first few of many."""
    shown = sorted(names)
    if len(shown) > 4:
        return f"{', '.join(shown[:3])} and {len(shown) - 3} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _replace(base: Base, **changed: object) -> PlanOptions:
    return msgspec.structs.replace(base.options, **changed)
