"""A good seating for any number of people: a first one, then pairs and threes of cohorts are seated anew."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from scoring.cohort_cut import cut, serpentine
from scoring.cohort_pool import Ints, Pool, Slot

ORDERS = 24
"""Rows of people that are tried for the first seating."""
MOST_SPLITS = 4_000
"""Ways to divide two cohorts' people up to which all are looked at."""
ROUNDS = 6
"""Times that all pairs of cohorts are gone through at most."""
RECUTS = 4
"""Rows that are tried for three cohorts seated anew."""


def search(pool: Pool, seed: int = 7) -> list[Slot]:
    """Return a seating of everybody in `pool`; the same pool always gives the same."""
    chance = random.Random(seed)  # noqa: S311 - nothing is protected by it, and it has to repeat
    counts = Counter(dict(enumerate(pool.counts)))
    rows = [serpentine(pool, counts), *(serpentine(pool, counts, chance) for _ in range(ORDERS))]
    found = [slots for slots in (cut(pool, row) for row in rows) if slots]
    slots = min(found, key=lambda some: sum(map(pool.cost, some)))
    for _ in range(ROUNDS):
        before = sum(map(pool.cost, slots))
        improve_pairs(pool, slots)
        _improve_threes(pool, slots, chance)
        if sum(map(pool.cost, slots)) == before:
            break
    return slots


def improve_pairs(pool: Pool, slots: list[Slot], *, at_home: bool = False) -> None:
    """Divide the people of two cohorts anew, pair by pair, until none gets cheaper.

    With `at_home`, `slots` stand where the plan before had them, and moving somebody costs.
    """
    changed = set(range(len(slots)))
    for _ in range(ROUNDS):
        now, changed = changed, set()
        for one, other in combinations(range(len(slots)), 2):
            if not ({one, other} & (now | changed)) or not _related(pool, slots[one], slots[other]):
                continue
            places = (one, other) if at_home else (None, None)
            better = _divided(pool, slots[one], slots[other], places)
            if better is not None:
                slots[one], slots[other] = better
                changed |= {one, other}
        if not changed:
            break
    if not at_home:
        slots[:] = [slot for slot in slots if slot]


def _related(pool: Pool, one: Slot, other: Slot) -> bool:
    """Whether seating both anew may help: they share a team or workflow, or one has not the wanted size."""
    if not one or not other:
        return bool(one) and bool(other)
    labels = [
        {label for kind in slot for label in ((0, pool.kinds[kind].team), (1, pool.kinds[kind].flow))}
        - {(0, -1), (1, -1)}
        for slot in (one, other)
    ]
    return bool(labels[0] & labels[1]) or len(labels[0]) + len(labels[1]) > 2


def _divided(
    pool: Pool, one: Slot, other: Slot, places: tuple[int | None, int | None]
) -> tuple[Slot, Slot] | None:
    """Return the cheapest way to divide both cohorts' people, None where it is as it stands."""
    both = Counter(one) + Counter(other)
    kinds = sorted(both)
    rows = _splits([both[kind] for kind in kinds], pool)
    if rows is None:
        return _swapped(pool, one, other, places)
    total = np.array([both[kind] for kind in kinds], dtype=np.int64)
    rest = total - rows
    first = pool.costs(rows, kinds, places[0]) * (rows.sum(axis=1) > 0)
    second = pool.costs(rest, kinds, places[1]) * (rest.sum(axis=1) > 0)
    best = int(np.argmin(first + second))
    if first[best] + second[best] >= pool.cost(one, places[0]) + pool.cost(other, places[1]):
        return None
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
    return rows if 0 < len(rows) <= 2 * MOST_SPLITS else None


def _swapped(
    pool: Pool, one: Slot, other: Slot, places: tuple[int | None, int | None]
) -> tuple[Slot, Slot] | None:
    """Return both cohorts after the best move of one person, or swap of two; None where none helps."""
    best = pool.cost(one, places[0]) + pool.cost(other, places[1])
    found = None
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
            cost = pool.cost(halves[0], places[0]) + pool.cost(halves[1], places[1])
            if cost < best:
                best, found = cost, (dict(halves[0]), dict(halves[1]))
    return found


def _improve_threes(pool: Pool, slots: list[Slot], chance: random.Random) -> None:
    """Seat three cohorts that have something in common anew, as two, three or four."""
    order = list(range(len(slots)))
    chance.shuffle(order)
    for place in order:
        if place >= len(slots):
            continue
        near = [at for at in range(len(slots)) if at != place and _related(pool, slots[place], slots[at])]
        if len(near) < 2:
            continue
        chosen = sorted([place, *chance.sample(near, 2)])
        better = _recut(pool, [slots[at] for at in chosen], chance)
        if better:
            for at in reversed(chosen):
                del slots[at]
            slots += better


def _recut(pool: Pool, some: Sequence[Slot], chance: random.Random) -> list[Slot] | None:
    counts: Counter[int] = Counter()
    for slot in some:
        counts.update(slot)
    best, found = sum(map(pool.cost, some)), None
    for _ in range(RECUTS):
        slots = cut(pool, serpentine(pool, counts, chance))
        cost = sum(map(pool.cost, slots))
        if slots and cost < best:
            best, found = cost, slots
    return found
