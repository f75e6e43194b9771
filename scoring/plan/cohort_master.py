"""The linear programme of the cohorts known so far, whose prices tell which others would be worth while."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.plan.cohort_pool import Ints, Pool, Slot
from scoring.plan.cohort_pricing import Prices
from scoring.plan.cohort_rules import WORKFLOW
from scoring.plan.linear import LinearProgramme

UNSEATED = 100.0
"""Seats for each person without one or with two, while too few cohorts are known."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Turn:
    """Prices and the value of the linear programme at which they were found."""

    prices: Floats
    value: float


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
        self._alone = np.array([UNSEATED] * (len(rows) - len(self._flows)) + [WORKFLOW] * len(self._flows))
        self.columns = columns
        self._known = {row.tobytes() for row in columns}
        self._programme: LinearProgramme | None = None
        self._in_programme = 0

    def add(self, columns: Ints) -> int:
        """Let the cohorts in `columns` be chosen, too; return how many were not known yet."""
        columns = columns[[row.tobytes() not in self._known for row in columns]]
        self._known.update(row.tobytes() for row in columns)
        self.columns = np.vstack([self.columns, columns])
        return len(columns)

    def solve(self, number: int | None) -> Turn | None:
        """Return prices and value for `number` cohorts, or any number; None where the solver fails."""
        programme = self._programme = self._programme or self._begun()
        new = self.columns[self._in_programme :]
        self._in_programme = len(self.columns)
        programme.add(self.costs(new), np.vstack([self.counted(new), np.ones(len(new))]))
        programme.limit(len(self.needed), *((0.0, np.inf) if number is None else (number, number)))
        found = programme.solve()
        if found is None:
            return None
        kinds = len(self.pool.kinds)
        prices = found.prices[:-1].copy()
        prices[kinds:] = np.clip(prices[kinds:], 0.0, self._alone)  # the solver allows for small errors
        return Turn(prices * self.pool.seat, found.value * self.pool.seat)

    def _begun(self) -> LinearProgramme:
        """Return the programme without cohorts: people may stay without a seat, or have two, at a price."""
        kinds, rows = len(self.pool.kinds), len(self.needed)
        programme = LinearProgramme(np.append(self.needed, 0.0), np.append(self._most(), 0.0))
        everyone = np.eye(rows + 1, kinds)
        programme.add(self._alone, np.eye(rows + 1, rows - kinds, k=-kinds))
        programme.add(np.full(2 * kinds, UNSEATED), np.hstack([everyone, -everyone]))
        return programme

    def _most(self) -> Floats:
        """Return (rows,) what each row counts at most."""
        kinds = len(self.pool.kinds)
        return np.append(self.needed[:kinds], np.full(len(self.needed) - kinds, np.inf))

    def programme(self, columns: Ints) -> LinearProgramme:
        """Return the programme of these cohorts alone, for any number of them."""
        programme = LinearProgramme(self.needed, self._most())
        programme.add(self.costs(columns), self.counted(columns))
        return programme

    def merged(self, parts: Sequence[tuple[list[int], Master, Floats]]) -> Floats:
        """Return prices from those of parts, that are whole teams: kinds, programme and prices of each."""
        prices, times = np.zeros(len(self.needed)), np.zeros(len(self.needed))
        for kinds, part, own in parts:
            places = [*kinds, *(len(self.pool.kinds) + self._place[name] for name in part._place)]
            prices[places] += own
            times[places] += 1
        return np.asarray(prices / np.maximum(times, 1), dtype=np.float64)

    def counted(self, columns: Ints) -> Floats:
        """Return (rows, cohorts) how often each cohort of `columns` counts."""
        found = [columns.T]
        found += [-(-columns[:, row.kinds].sum(axis=1) // row.each)[None, :] for row in self._rows]
        return np.vstack(found).astype(np.float64)

    def costs(self, columns: Ints) -> Floats:
        """Return (cohorts,) seats that each cohort of `columns` costs."""
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
