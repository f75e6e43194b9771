"""The best seating, proven: all possible cohorts are listed, and the cheapest that seat everybody chosen.

A set partitioning problem over kinds of people. Its linear programme proves for most cohorts that no seating
with them is cheaper than one that is known; the rest is left to HiGHS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_array

from scoring.plan.cohort_pool import Ints, Pool, Slot, slots_cost

MOST_COLUMNS = 12_000
"""Possible cohorts up to which all of them are listed: those of 14 people of whom no two are alike."""
MOST_CHOSEN = 4_000
"""Of them, those up to which whole numbers are looked for."""
NODES = 2_000
"""Steps of the search after which its result is no longer waited for; a number, so that it repeats."""
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Proven:
    """A seating, and a number that no seating of the pool costs less than."""

    slots: tuple[Slot, ...]
    bound: float


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The linear programme of some cohorts: its value and the price of seating one more of each kind."""

    value: float
    prices: NDArray[np.float64]


def exact(pool: Pool, known: Sequence[Slot]) -> Proven | None:
    """Return the cheapest seating of `pool`, None where too many cohorts are possible to list them all.

    `known` is any seating; the better it is, the less has to be looked at.
    """
    columns = all_columns(pool, MOST_COLUMNS)
    if columns is None:
        return None
    costs = pool.costs(columns, range(len(pool.kinds))).astype(np.float64)
    relaxed = relax(pool, columns, costs)
    if relaxed is None:
        return None
    gap = slots_cost(pool, known) - relaxed.value
    if gap < 1 - _TINY:  # costs are whole numbers
        return Proven(tuple(known), float(slots_cost(pool, known)))
    may_be = costs - columns @ relaxed.prices <= gap + _TINY * pool.unit
    if may_be.sum() > MOST_CHOSEN:
        return Proven(tuple(known), relaxed.value)
    return _chosen(pool, columns[may_be], costs[may_be]) or Proven(tuple(known), relaxed.value)


def relax(pool: Pool, columns: Ints, costs: NDArray[np.float64]) -> Relaxed | None:
    """Return the linear programme over `columns` (cohorts x kinds), None where it cannot seat everybody."""
    found = linprog(
        costs / pool.seat,
        A_eq=csc_array(columns.T.astype(np.float64)),
        b_eq=np.array(pool.counts, dtype=np.float64),
        bounds=(0, None),
        method="highs",
    )
    if found.x is None or found.status != 0:
        return None
    return Relaxed(float(found.fun) * pool.seat, np.asarray(found.eqlin.marginals) * pool.seat)


def _chosen(pool: Pool, columns: Ints, costs: NDArray[np.float64]) -> Proven | None:
    counts = np.array(pool.counts, dtype=np.float64)
    most = np.min(np.where(columns > 0, counts // np.maximum(columns, 1), np.inf), axis=1)
    found = milp(
        costs / pool.seat,
        constraints=LinearConstraint(csc_array(columns.T.astype(np.float64)), counts, counts),
        integrality=np.ones(len(costs)),
        bounds=Bounds(0, most),
        options={"presolve": False, "mip_rel_gap": 0.0, "node_limit": NODES},
    )
    if found.x is None or found.status != 0:
        return None
    times = np.rint(found.x).astype(int)
    slots = tuple(as_slot(columns[at]) for at in np.flatnonzero(times) for _ in range(times[at]))
    return Proven(slots, float(slots_cost(pool, slots)))


def all_columns(pool: Pool, most: int) -> Ints | None:
    """Return every cohort that people of `pool` can form, None where there are more than `most`."""
    low, high, counts = pool.sizes.low, pool.sizes.high, pool.counts
    after = np.append(np.cumsum(counts[::-1])[::-1], 0)
    rows: Ints = np.zeros((1, 0), dtype=np.int64)
    for at, count in enumerate(counts):
        steps = np.arange(min(count, high) + 1, dtype=np.int64)
        rows = np.column_stack([np.repeat(rows, len(steps), axis=0), np.tile(steps, len(rows))])
        size = rows.sum(axis=1)
        rows = rows[(size <= high) & (size + after[at + 1] >= low)]
        if len(rows) > 4 * most:
            return None
    left = pool.people - rows.sum(axis=1)
    rows = rows[-(-left // high) * low <= left]  # the others can be seated, too
    return rows if len(rows) <= most else None


def as_slot(row: Ints) -> Slot:
    """Return one row of columns as a cohort."""
    return {kind: int(people) for kind, people in enumerate(row) if people}
