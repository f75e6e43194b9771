"""Seats of the plan before: who still has one keeps it, and only what no longer fits is seated anew."""

from __future__ import annotations

from collections import Counter

from scoring.plan.cohort_pool import Pool, Slot
from scoring.plan.cohort_search import divided, improve_pairs


def reseat(pool: Pool, places: int) -> list[Slot] | None:
    """Return a seating with the first `places` cohorts where `home` of the kinds says, new ones behind them.

    Newcomers sit where they fit best, cohorts that became too small or too large share with another one, and
    people move only where that is worth it. None where sizes cannot be mended so; a cohort may be left empty.
    """
    slots: list[Slot] = [{} for _ in range(places)]
    for kind, people in enumerate(pool.counts):
        home = pool.kinds[kind].home
        if home >= 0:
            slots[home][kind] = people
    for kind, people in enumerate(pool.counts):
        if pool.kinds[kind].home < 0:
            for _ in range(people):
                _seat(pool, slots, kind)
    if not _mend(pool, slots):
        return None
    improve_pairs(pool, slots, at_home=True)
    return slots


def _seat(pool: Pool, slots: list[Slot], kind: int) -> None:
    """Seat one newcomer where the cost grows least; in a new cohort where all are full."""
    free = [at for at, slot in enumerate(slots) if slot and sum(slot.values()) < pool.sizes.high]
    if not free:
        slots.append({})
        free = [len(slots) - 1]

    def growth(at: int) -> int:
        after = dict(Counter(slots[at]) + Counter({kind: 1}))
        return pool.cost(after) - (pool.cost(slots[at]) if slots[at] else 0)

    best = min(free, key=growth)
    slots[best] = dict(Counter(slots[best]) + Counter({kind: 1}))


def _mend(pool: Pool, slots: list[Slot]) -> bool:
    """Let cohorts of a wrong size share their people with another, or a new one; False where none helps."""
    for _ in range(2 * len(slots) + 2):
        wrong = next((at for at, slot in enumerate(slots) if slot and not _fits(pool, slot)), None)
        if wrong is None:
            return True
        slots.append({})
        found = []
        for at, slot in enumerate(slots):
            if at != wrong and (slot or at == len(slots) - 1):
                halves = divided(pool, slots[wrong], slot, (wrong, at))
                if halves:
                    found.append((pool.total(halves, (wrong, at)) - pool.total((slot,), (at,)), at, halves))
        if not found:
            return False
        _, at, (slots[wrong], slots[at]) = min(found, key=lambda one: one[:2])
        if not slots[-1]:
            slots.pop()
    return False


def _fits(pool: Pool, slot: Slot) -> bool:
    return pool.sizes.low <= sum(slot.values()) <= pool.sizes.high
