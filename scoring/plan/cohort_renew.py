"""A better seating from the prices of the bound: a few cohorts that belong together are seated anew.

What a cohort costs above the prices of the people in it is its part of the distance to the bound. Around
cohorts where that is much, all people of some are taken out, the cohorts most worth while for just these
people are listed, and the best choice of them is put in: a set partitioning problem that can be solved.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from scoring.plan.cohort_bound import Closest
from scoring.plan.cohort_exact import as_slot
from scoring.plan.cohort_master import Floats, Master, as_row
from scoring.plan.cohort_parts import narrow_teams
from scoring.plan.cohort_pool import Ints, Pool, Slot, part_of
from scoring.plan.cohort_pricing import Prices, Pricing

LEVELS = ((8, 300), (12, 600))
"""How many cohorts are seated anew together, and among how many possible ones the new ones are chosen.

The second pair where the first leads nowhere any more (variable neighbourhoods: Mladenovic & Hansen 1997,
Computers & Operations Research 24, 1097-1100).
"""
PATIENCE = 12
"""Turns that find nothing before a level ends; at least half as many as there are cohorts."""
LISTED = 1_500
"""Cohorts that are listed for their people in one pricing."""
PRICED_AGAIN = 2
"""Pricings at the prices of these people alone, after the first at the prices of everybody."""
NODES = 5
"""Branches of the search for whole numbers after which the best so far is taken."""
CLOSE = 1.012
"""Times the bound at which looking for something better ends."""
IDLE = 0.02
"""Seats by which a cohort counts as too dear even if it is not: it may stand in the way of others."""
_TINY = 1e-6


class _Renewal:
    def __init__(self, pool: Pool, slots: Sequence[Slot], closest: Closest, seed: int) -> None:
        self._pool, self._prices, self._least = pool, closest.prices, closest.least
        self._chance = random.Random(seed)  # noqa: S311 - nothing is protected by it, and it has to repeat
        rows = np.array([as_row(pool, slot) for slot in slots if slot], dtype=np.int64)
        self.rows: Ints = rows
        self.cost = self._cost(rows)
        self._excess = self._above(rows)
        self._teams = np.array([kind.team for kind in pool.kinds])
        self._flows = np.array([kind.flow for kind in pool.kinds])
        self._tried: set[tuple[int | bytes, ...]] = set()

    def turn(self, cohorts: int, most: int) -> bool:
        """Seat the people of so many cohorts anew where a cheaper way is found; return whether one was."""
        chosen = self._neighbours(cohorts)
        old = self.rows[chosen]
        which = (most, *sorted(row.tobytes() for row in old))
        if which in self._tried or self._excess[chosen].sum() < _TINY:
            return False
        self._tried.add(which)
        new = self._best(old, most)
        if new is None or self._cost(new) >= self._cost(old):  # costs are whole numbers: this ends
            return False
        self.cost += self._cost(new) - self._cost(old)
        self.rows = np.vstack([np.delete(self.rows, chosen, axis=0), new])
        self._excess = np.append(np.delete(self._excess, chosen), self._above(new))
        return True

    def _cost(self, rows: Ints) -> int:
        return int(self._pool.costs(rows, range(len(self._pool.kinds))).sum())

    def _above(self, rows: Ints) -> Floats:
        """Return (cohorts,) the seats by which each costs more than the prices of what is in it."""
        worth = rows @ self._prices.kinds
        for team, by_count in self._prices.teams.items():
            own = [at for at, kind in enumerate(self._pool.kinds) if kind.team == team]
            worth = worth + by_count[rows[:, own].sum(axis=1)]
        for flow, price in self._prices.flows.items():
            own = [at for at, kind in enumerate(self._pool.kinds) if kind.flow == flow]
            worth = worth + price * (rows[:, own].sum(axis=1) > 0)
        costs = self._pool.costs(rows, range(len(self._pool.kinds)))
        above: Floats = (costs - worth - self._least) / self._pool.seat
        return above

    def _neighbours(self, cohorts: int) -> Ints:
        """Return the places of a cohort that is too dear, and of those that have most in common with it."""
        weights = np.maximum(self._excess, IDLE)
        first = self._chance.choices(range(len(weights)), weights.tolist())[0]
        near = np.minimum(self._excess, 2.0)
        for labels, weight in ((self._teams, 3), (self._flows, 1)):
            for label in set(labels[self.rows[first] > 0].tolist()) - {-1}:
                near = near + weight * (self.rows[:, labels == label].sum(axis=1) > 0)
        near = near + np.array([2 * self._chance.random() for _ in near])
        near[first] = np.inf
        return np.argsort(-near, kind="stable")[:cohorts]

    def _best(self, old: Ints, most: int) -> Ints | None:
        """Return the best way found to seat the people of `old`, None where none is worth while."""
        kinds, pool = part_of(self._pool, old)
        prices = Prices(self._prices.kinds[kinds], self._prices.teams, self._prices.flows)
        pricing = Pricing(pool)
        master = Master(pool, np.unique(old[:, kinds], axis=0), narrow_teams(pricing.blocks))
        master.add(pricing.price(prices, LISTED).columns)
        for _ in range(PRICED_AGAIN):
            turn = master.solve(None)
            if turn is None:
                return None
            master.add(pricing.price(master.named(turn.prices), LISTED).columns)
        found = _chosen(master, self._cost(old) / pool.seat, most)
        if found is None:
            return None
        new: Ints = np.zeros((len(found), old.shape[1]), dtype=np.int64)
        new[:, kinds] = found
        return new


def _chosen(master: Master, known: float, most: int) -> Ints | None:
    """Return the cheapest cohorts of `master` for all its people, None where `known` seats are the least."""
    relaxed = master.programme(master.columns).solve()
    if relaxed is None or relaxed.value > known - 1 / master.pool.seat + _TINY:  # the least that can be won
        return None
    may_be = np.flatnonzero(relaxed.reduced <= known - relaxed.value + _TINY)
    columns = master.columns[may_be[np.argsort(relaxed.reduced[may_be], kind="stable")[:most]]]
    times = master.programme(columns).whole(NODES)
    if times is None or not np.array_equal(times @ columns, master.pool.counts):  # it allows for small errors
        return None
    return np.repeat(columns, times.astype(np.int64), axis=0)


def renewed(pool: Pool, slots: Sequence[Slot], closest: Closest, seed: int = 7) -> list[Slot]:
    """Return a seating that is not dearer than `slots`; the same input always gives the same."""
    renewal = _Renewal(pool, slots, closest, seed)
    for cohorts, most in LEVELS:
        idle = 0
        while idle < max(PATIENCE, len(renewal.rows) / 2) and renewal.cost > CLOSE * closest.value:
            idle = 0 if renewal.turn(cohorts, most) else idle + 1
    return [as_slot(row) for row in renewal.rows]
