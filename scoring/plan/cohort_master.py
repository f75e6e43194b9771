"""The linear programme of the cohorts known so far, whose prices tell which others would be worth while."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csc_array, eye_array, hstack

from scoring.plan.cohort_pool import Ints, Pool, Slot
from scoring.plan.cohort_pricing import Prices
from scoring.plan.cohort_rules import WORKFLOW

UNSEATED = 100.0
"""Seats for each person without one or with two, while too few cohorts are known."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Turn:
    """Prices and the value of the linear programme at which they were found."""

    prices: Floats
    value: float


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Value of a linear programme in seats, and by how many each cohort is too dear for it."""

    value: float
    reduced: Floats


@dataclass(frozen=True, slots=True)
class _Row:
    """A part of a cohort counts once for every `each` people of `kinds` in it, begun ones too."""

    kinds: tuple[int, ...]
    each: int
    needed: int
    """A team of 9 in parts of up to 6 has 2 of them, or one that counts twice: never 1.5."""


class Master:
    """Chooses cohorts, in parts of them, so that everybody has a seat.

    Rows: everybody has a seat; and what whole cohorts always keep and fractions of them do not, see `_Row`: a
    rounding of Chvatal and Gomory for each size of part of a team, and for each workflow one. A workflow may
    also be paid for alone, so that its price is never above `WORKFLOW`, as `Pricing` needs it.
    """

    def __init__(self, pool: Pool, columns: Ints, narrow: set[int]) -> None:
        self.pool = pool
        self._teams = _rows_of([kind.team for kind in pool.kinds], pool, narrow)
        self._flows = _rows_of([kind.flow for kind in pool.kinds], pool, set())
        rows = [row for some in (*self._teams.values(), *self._flows.values()) for row in some]
        self._rows = rows
        names = [
            (which, label, row.each)
            for which, some in enumerate((self._teams, self._flows))
            for label, own in some.items()
            for row in own
        ]
        self._place = {name: at for at, name in enumerate(names)}
        self.needed: Floats = np.array([*pool.counts, *(row.needed for row in rows)], dtype=np.float64)
        alone = [WORKFLOW] * len(self._flows)
        self._alone = np.array([UNSEATED] * (len(rows) - len(alone)) + alone)
        self.columns = columns
        self._known = {row.tobytes() for row in columns}
        self.matrix = self.counted(self.columns)
        self.costs = self._cost(self.columns)

    def add(self, columns: Ints) -> int:
        """Let the cohorts in `columns` be chosen, too; return how many were not known yet."""
        columns = columns[[row.tobytes() not in self._known for row in columns]]
        self._known.update(row.tobytes() for row in columns)
        self.columns = np.vstack([self.columns, columns])
        self.matrix = np.hstack([self.matrix, self.counted(columns)])
        self.costs = np.append(self.costs, self._cost(columns))
        return len(columns)

    def solve(self, number: int) -> Turn | None:
        """Return prices and value for `number` cohorts, None where the solver fails."""
        kinds, parts = len(self.pool.kinds), len(self._rows)
        rows, everyone = kinds + parts, eye_array(kinds + parts, kinds)
        known = csc_array(self.matrix)
        matrix = csc_array(hstack([known, eye_array(rows, parts, k=-kinds), everyone, -everyone]))
        ones = np.append(np.ones(len(self.costs)), np.zeros(parts + 2 * kinds))
        found = linprog(
            np.concatenate([self.costs, self._alone, np.full(2 * kinds, UNSEATED)]),
            A_eq=csc_array(np.vstack([matrix[:kinds].toarray(), ones])),
            b_eq=np.append(self.needed[:kinds], number),
            A_ub=-matrix[kinds:],
            b_ub=-self.needed[kinds:],
            bounds=(0, None),
            method="highs",
        )
        if found.x is None or found.status != 0:
            return None
        prices = np.append(found.eqlin.marginals[:-1], -found.ineqlin.marginals) * self.pool.seat
        return Turn(prices, float(found.fun) * self.pool.seat)

    def merged(self, parts: Sequence[tuple[list[int], Master, Floats]]) -> Floats:
        """Return prices from those of parts, that are whole teams: kinds, programme and prices of each."""
        prices, times = np.zeros(len(self.needed)), np.zeros(len(self.needed))
        for kinds, part, own in parts:
            places = [*kinds, *(len(self.pool.kinds) + self._place[name] for name in part._place)]
            prices[places] += own
            times[places] += 1
        return np.asarray(prices / np.maximum(times, 1), dtype=np.float64)

    def relaxed(self) -> Relaxed | None:
        """Return the linear programme of the known cohorts alone, for any number of them."""
        kinds = len(self.pool.kinds)
        found = linprog(
            self.costs,
            A_eq=csc_array(self.matrix[:kinds]),
            b_eq=self.needed[:kinds],
            A_ub=-csc_array(self.matrix[kinds:]) if self._rows else None,
            b_ub=-self.needed[kinds:] if self._rows else None,
            bounds=(0, None),
            method="highs",
        )
        if found.x is None or found.status != 0:
            return None
        return Relaxed(float(found.fun), np.asarray(found.lower.marginals, dtype=np.float64))

    def counted(self, columns: Ints) -> Floats:
        """Return (rows, cohorts) how often each cohort of `columns` counts."""
        found = [columns.T]
        found += [-(-columns[:, row.kinds].sum(axis=1) // row.each)[None, :] for row in self._rows]
        return np.vstack(found).astype(np.float64)

    def _cost(self, columns: Ints) -> Floats:
        return self.pool.costs(columns, range(len(self.pool.kinds))) / self.pool.seat

    def named(self, prices: Floats) -> Prices:
        """Return `prices` by kind, team and workflow."""
        at = len(self.pool.kinds)
        people = np.arange(self.pool.sizes.high + 1)
        teams: dict[int, Floats] = {}
        for team, rows in self._teams.items():
            each = np.array([row.each for row in rows])
            teams[team] = prices[at : at + len(rows)] @ -(-people // each[:, None])
            at += len(rows)
        return Prices(
            prices[: len(self.pool.kinds)], teams, dict(zip(self._flows, prices[at:].tolist(), strict=True))
        )


def as_row(pool: Pool, slot: Slot) -> list[int]:
    """Return the people of one cohort by kind."""
    return [slot.get(kind, 0) for kind in range(len(pool.kinds))]


def _rows_of(labels: Sequence[int], pool: Pool, narrow: set[int]) -> dict[int, list[_Row]]:
    """Return by label the rows that count parts, for parts of several sizes where the label is `narrow`."""
    people: Counter[int] = Counter()
    for label, count in zip(labels, pool.counts, strict=True):
        people[label] += count
    high = pool.sizes.high
    found: dict[int, list[_Row]] = {}
    for label, size in sorted(people.items()):
        if label < 0:
            continue
        kinds = tuple(kind for kind, one in enumerate(labels) if one == label)
        sizes = [high, *(range(2, min(size, high)) if label in narrow else ())]
        found[label] = [_Row(kinds, each, -(-size // each)) for each in sizes]
    return found
