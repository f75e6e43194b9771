"""A good seating for any number of people: a first one, then pairs of cohorts are divided anew.

Where no pair helps any more, three cohorts are seated by chance and mended; what is not worse is kept.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from scoring.plan.cohort_cut import cut, serpentine
from scoring.plan.cohort_pool import Ints, Pool, Slot, slots_cost
from scoring.plan.cohort_rules import TEAM, WORKFLOW

Places = tuple[int | None, int | None]
"""Where two cohorts stood in the plan before; None where that does not matter."""
ORDERS = 24
"""Rows of people that are tried for the first seating."""
MOST_SPLITS = 4_000
"""Ways to divide two cohorts' people up to which all are looked at."""
SHAKES = 1
"""A cohort: more find little more, and `cohort_renew` finds it faster."""
RECUTS = 2
"""Rows that are tried for three cohorts seated by chance."""


def search(pool: Pool, shakes: int = SHAKES, seed: int = 7) -> list[Slot]:
    """Return a seating of everybody in `pool`; the same pool always gives the same."""
    chance = random.Random(seed)  # noqa: S311 - nothing is protected by it, and it has to repeat
    counts = Counter(dict(enumerate(pool.counts)))
    rows = [serpentine(pool, counts), *(serpentine(pool, counts, chance) for _ in range(ORDERS))]
    found = [slots for slots in (cut(pool, row) for row in rows) if slots]
    slots = min(found, key=lambda some: sum(map(pool.cost, some)))
    improve_pairs(pool, slots)
    for _ in range(shakes * len(slots)):
        shaken = _shaken(pool, slots, chance)
        if shaken and slots_cost(pool, shaken) <= slots_cost(pool, slots):
            slots = shaken
    improve_pairs(pool, slots)
    return slots


def improve_pairs(
    pool: Pool, slots: list[Slot], *, at_home: bool = False, changed: set[int] | None = None
) -> None:
    """Divide the people of two cohorts anew, pair by pair, until none gets cheaper.

    With `at_home`, `slots` stand where the plan before had them, and moving somebody costs. Of each pair one
    is among `changed` (all where None), or was divided since.
    """
    changed = set(range(len(slots))) if changed is None else changed
    while changed:  # every change lowers a whole number
        now, changed = changed, set()
        for one, other in combinations(range(len(slots)), 2):
            if not ({one, other} & (now | changed)) or not _related(pool, slots[one], slots[other]):
                continue
            places: Places = (one, other) if at_home else (None, None)
            now_cost = pool.total((slots[one], slots[other]), places)
            if now_cost <= _least(pool, slots[one], slots[other]):
                continue
            better = divided(pool, slots[one], slots[other], places)
            if better and pool.total(better, places) < now_cost:
                slots[one], slots[other] = better
                changed |= {one, other}
    if not at_home:
        slots[:] = [slot for slot in slots if slot]


def _related(pool: Pool, one: Slot, other: Slot) -> bool:
    """Whether seating both anew may help: they share a team or workflow, or neither has its wanted size."""
    labels = [
        {(which, label) for kind in slot for which, label in enumerate(_labels(pool, kind)) if label >= 0}
        for slot in (one, other)
    ]
    return bool(one and other) and (
        bool(labels[0] & labels[1]) or min(_off(pool, one), _off(pool, other)) > pool.seat / 2
    )


def _least(pool: Pool, one: Slot, other: Slot) -> int:
    """Return what the people of both cohorts cost at least, however they are divided."""
    share, sizes = 0, Counter[tuple[int, int]]()
    for slot in (one, other):
        for kind, people in slot.items():
            share += pool.unit // pool.kinds[kind].wanted * people
            for which, label in enumerate(_labels(pool, kind)):
                sizes[which, label] += people
    least = min(abs(share - pool.unit), abs(share - 2 * pool.unit))
    prices = (pool.priced(TEAM), pool.priced(WORKFLOW))
    parts = (
        prices[which] * -(-people // pool.sizes.high)
        for (which, label), people in sizes.items()
        if label >= 0
    )
    return least + sum(parts)


def _labels(pool: Pool, kind: int) -> tuple[int, int]:
    return pool.kinds[kind].team, pool.kinds[kind].flow


def _off(pool: Pool, slot: Slot) -> int:
    return abs(
        sum(pool.unit // pool.kinds[kind].wanted * people for kind, people in slot.items()) - pool.unit
    )


def divided(pool: Pool, one: Slot, other: Slot, places: Places) -> tuple[Slot, Slot] | None:
    """Return the cheapest way to divide both cohorts' people, None where no way is found.

    Of very many ways only moves and swaps of single people are tried.
    """
    both = Counter(one) + Counter(other)
    kinds = sorted(both)
    rows = _splits([both[kind] for kind in kinds], pool)
    if rows is None:
        return _swapped(pool, one, other, places)
    if not len(rows):
        return None
    total = np.array([both[kind] for kind in kinds], dtype=np.int64)
    rest = total - rows
    first = pool.costs(rows, kinds, places[0]) * (rows.sum(axis=1) > 0)
    second = pool.costs(rest, kinds, places[1]) * (rest.sum(axis=1) > 0)
    best = int(np.argmin(first + second))
    return _slot(kinds, rows[best]), _slot(kinds, rest[best])


def _slot(kinds: Sequence[int], row: Ints) -> Slot:
    return {kind: int(people) for kind, people in zip(kinds, row, strict=True) if people}


def _splits(counts: Sequence[int], pool: Pool) -> Ints | None:
    """Return every first half of `counts` with sizes that fit, None where there are too many."""
    ways = 1
    for count in counts:
        ways *= count + 1
    if ways > 20 * MOST_SPLITS:
        return None
    total, sizes = sum(counts), pool.sizes
    rows: Ints = np.zeros((1, 0), dtype=np.int64)
    for count in counts:
        steps = np.arange(count + 1, dtype=np.int64)
        rows = np.column_stack([np.repeat(rows, count + 1, axis=0), np.tile(steps, len(rows))])
        rows = rows[rows.sum(axis=1) <= sizes.high]
    size = rows.sum(axis=1)
    fits = (size >= sizes.low) & (total - size >= sizes.low) & (total - size <= sizes.high)
    if sizes.low <= total <= sizes.high:
        fits |= size == 0
    rows = rows[fits]
    return rows if len(rows) <= 2 * MOST_SPLITS else None


def _swapped(pool: Pool, one: Slot, other: Slot, places: Places) -> tuple[Slot, Slot] | None:
    """Return both cohorts after the best move of one person, or swap of two; None where none fits."""
    best, found = float("inf"), None
    for leaving in [-1, *one]:
        for coming in [-1, *other]:
            first, second = Counter(one), Counter(other)
            for kind, source, goal in ((leaving, first, second), (coming, second, first)):
                if kind >= 0:
                    source[kind] -= 1
                    goal[kind] += 1
            halves = (+first, +second)
            if not all(pool.sizes.low <= half.total() <= pool.sizes.high for half in halves):
                continue
            cost = pool.total(halves, places)
            if cost < best:
                best, found = cost, (dict(halves[0]), dict(halves[1]))
    return found


def _shaken(pool: Pool, slots: Sequence[Slot], chance: random.Random) -> list[Slot] | None:
    """Return the cohorts after three that have something in common were seated by chance, and mended."""
    place = chance.randrange(len(slots))
    near = [at for at in range(len(slots)) if at != place and _related(pool, slots[place], slots[at])]
    if len(near) < 2:
        return None
    chosen = {place, *chance.sample(near, 2)}
    new = _recut(pool, [slots[at] for at in sorted(chosen)], chance)
    if new is None:
        return None
    shaken = [slot for at, slot in enumerate(slots) if at not in chosen]
    changed = set(range(len(shaken), len(shaken) + len(new)))
    shaken += new
    improve_pairs(pool, shaken, changed=changed)
    return shaken


def _recut(pool: Pool, some: Sequence[Slot], chance: random.Random) -> list[Slot] | None:
    """Return the cheapest of a few other ways to seat the people of `some`."""
    counts: Counter[int] = Counter()
    for slot in some:
        counts.update(slot)
    found = [cut(pool, serpentine(pool, counts, chance)) for _ in range(RECUTS)]
    return min((slots for slots in found if slots), key=lambda one: slots_cost(pool, one), default=None)
