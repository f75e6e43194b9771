"""The cheapest ways out where a plan does not fit, each found by solving the plan again with it.

`courses_of` makes the scheduler's question from changed options; whatever the change does to demand, supply
or weeks comes from there. The smallest step of each lever at which everything fits is found by bisection
(more of it is taken to help no less); `ways_levers` says what can be turned and what it costs.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from scoring.plan.options import PlanOptions
from scoring.plan.records import WayOut
from scoring.plan.schedule import schedule
from scoring.plan.schedule_records import Courses, Schedule
from scoring.plan.ways_levers import Base, Lever, levers, with_people

WAYS = 3
HELPS = 0.9
"""A way that does not fit is listed when it leaves at most this share of the hours unmet (assumed)."""


def ways_out(
    options: PlanOptions,
    courses_of: Callable[[PlanOptions], Courses],
    found: Schedule | None = None,
    most: int = WAYS,
) -> tuple[WayOut, ...]:
    """Return at most so many ways, the cheapest first; none where the plan fits as it stands.

    `found` is the schedule of `options` where it is known. Ways that fit come first; only where there are
    fewer than `most` do ways follow that leave hours unmet, which each of them tells.
    """
    courses = courses_of(options)
    base = Base(options, courses, found or schedule(courses, is_quick=True))
    if base.found.fits:
        return ()
    ways = [_smallest(lever, courses_of) for lever in levers(base)]
    ways = [_trimmed(base, way, courses_of) for way in ways]
    fitting = sorted((way for way in ways if not way.unmet), key=lambda way: (way.cost_hours, way.kind))
    lacking = base.found.unmet + base.found.unmet_after
    others = [way for way in ways if 0 < way.unmet <= HELPS * lacking]
    others.sort(key=lambda way: (way.unmet, way.cost_hours, way.kind))
    return tuple((fitting + others)[:most])


def _smallest(lever: Lever, courses_of: Callable[[PlanOptions], Courses]) -> WayOut:
    """Return the smallest step of `lever` that fits, its largest where none does."""
    low, high = 0, lever.steps
    courses = courses_of(lever.turn(high))
    best = schedule(courses, is_quick=True)
    while best.fits and high - low > 1:
        middle = (low + high) // 2
        tried = courses_of(lever.turn(middle))
        found = schedule(tried, is_quick=True)
        if found.fits:
            high, courses, best = middle, tried, found
        else:
            low = middle
    return WayOut(
        kind=lever.kind,
        words=lever.words(high),
        amount=lever.amount(high),
        cost_hours=lever.cost(high, courses, best),
        options=lever.turn(high),
        unmet=0.0 if best.fits else best.unmet + best.unmet_after,
    )


def _trimmed(base: Base, way: WayOut, courses_of: Callable[[PlanOptions], Courses]) -> WayOut:
    """Return `way` without supporters of any role that it can do without."""
    if way.kind != "supporters" or way.unmet:
        return way
    added = list(way.options.more_supporters[len(base.options.more_supporters) :])
    for place in range(len(added) if len(added) > 1 else 0):
        while added[place].people:
            fewer = msgspec.structs.replace(added[place], people=added[place].people - 1)
            tried = with_people(base, (*added[:place], fewer, *added[place + 1 :]))
            if not schedule(courses_of(tried.options), is_quick=True).fits:
                break
            added[place], way = fewer, tried
    return way
