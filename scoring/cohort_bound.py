"""What no seating can cost less than: at once by counting, closer by column generation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csc_array, eye_array, hstack, vstack

from scoring.cohort_pool import Ints, Pool, Slot
from scoring.cohort_pricing import Prices, Pricing
from scoring.cohort_rules import TEAM, WORKFLOW

COLUMNS = 40
"""Cohorts taken from one pricing."""
TURNS = 150
CLOSE = 0.002
"""Part of the value at which looking for a closer bound ends."""
UNSEATED = 100.0
"""Seats for each person without one or with two, while too few cohorts are known."""
SMOOTH = 0.6
"""Weight of the best prices so far (Wentges 1997, Int. Trans. Opl Res. 4, 151-162): prices swing less."""
Floats = NDArray[np.float64]


def counted_bound(pool: Pool) -> float:
    """Return the cost if every team and workflow were divided as little as its size allows, sizes apart."""
    teams, flows = (parts_of(pool, labels) for labels in labels_of(pool))
    parts = pool.priced(TEAM) * sum(teams.values()) + pool.priced(WORKFLOW) * sum(flows.values())
    full = sum(share * count for share, count in zip(pool.shares, pool.counts, strict=True))
    numbers = range(pool.sizes.fewest, pool.sizes.most + 1)
    return float(parts + min(abs(full - number * pool.unit) for number in numbers))


def labels_of(pool: Pool) -> tuple[list[int], list[int]]:
    """Return the team and the workflow of each kind, -1 for none."""
    return [kind.team for kind in pool.kinds], [kind.flow for kind in pool.kinds]


def parts_of(pool: Pool, labels: Sequence[int]) -> dict[int, int]:
    """Return for each label the fewest cohorts that hold its people."""
    sizes: Counter[int] = Counter()
    for label, people in zip(labels, pool.counts, strict=True):
        sizes[label] += people
    return {label: -(-size // pool.sizes.high) for label, size in sorted(sizes.items()) if label >= 0}


@dataclass(frozen=True, slots=True)
class _Turn:
    """Prices and the value of the linear programme at which they were found."""

    prices: Floats
    value: float


class _Master:
    """The linear programme of the cohorts known so far, for any number of cohorts.

    Rows: everybody has a seat; a team or workflow is in as many cohorts as it needs (which whole cohorts
    always keep, and fractions of them do not). Such a part may also be paid for alone: so its price is never
    above `TEAM` or `WORKFLOW`, as `Pricing` needs it. So may people without a seat, or with two, dearly.
    """

    def __init__(self, pool: Pool, slots: Sequence[Slot]) -> None:
        self.pool = pool
        self.labels = labels_of(pool)
        parts = [parts_of(pool, labels) for labels in self.labels]
        self.needed = np.array([*pool.counts, *parts[0].values(), *parts[1].values()], dtype=np.float64)
        self._parts = parts
        prices = (pool.priced(TEAM), pool.priced(WORKFLOW))
        self._alone = np.repeat(np.array(prices, dtype=np.float64), [len(some) for some in parts])
        rows: Ints = np.array([[slot.get(kind, 0) for kind in range(len(pool.kinds))] for slot in slots])
        self._matrix = csc_array(self._column(rows))
        self._costs = self._cost(rows)

    def add(self, rows: Ints) -> None:
        """Let the cohorts in `rows` be chosen, too."""
        self._matrix = csc_array(vstack([self._matrix.T, csc_array(self._column(rows).T)]).T)
        self._costs = np.append(self._costs, self._cost(rows))

    def solve(self, number: int) -> _Turn | None:
        """Return prices and value for `number` cohorts, None where the solver fails."""
        kinds, parts = len(self.pool.kinds), len(self._alone)
        rows, everyone = kinds + parts, eye_array(kinds + parts, kinds)
        matrix = csc_array(hstack([self._matrix, eye_array(rows, parts, k=-kinds), everyone, -everyone]))
        ones = np.append(np.ones(len(self._costs)), np.zeros(parts + 2 * kinds))
        costs = np.concatenate([self._costs, self._alone, np.full(2 * kinds, UNSEATED * self.pool.seat)])
        found = linprog(
            costs / self.pool.seat,
            A_eq=vstack([matrix[:kinds], csc_array(ones[None, :])]),
            b_eq=np.append(self.needed[:kinds], number),
            A_ub=-matrix[kinds:],
            b_ub=-self.needed[kinds:],
            bounds=(0, None),
            method="highs",
        )
        if found.x is None or found.status != 0:
            return None
        prices = np.append(found.eqlin.marginals[:-1], -found.ineqlin.marginals) * self.pool.seat
        return _Turn(prices, float(found.fun) * self.pool.seat)

    def _column(self, rows: Ints) -> Floats:
        return np.vstack([rows.T, *(self._touched(rows, which) for which in (0, 1))]).astype(np.float64)

    def _touched(self, rows: Ints, which: int) -> Ints:
        found = [
            rows[:, [at for at, one in enumerate(self.labels[which]) if one == label]].sum(axis=1) > 0
            for label in self._parts[which]
        ]
        return np.array(found, dtype=np.int64).reshape(len(found), len(rows))

    def _cost(self, rows: Ints) -> Floats:
        distance = np.abs(rows @ np.array(self.pool.shares, dtype=np.int64) - self.pool.unit)
        teams, flows = (self._touched(rows, which).sum(axis=0) for which in (0, 1))
        cost = distance + self.pool.priced(TEAM) * teams + self.pool.priced(WORKFLOW) * flows
        return np.asarray(cost, dtype=np.float64)

    def named(self, prices: Floats) -> Prices:
        """Return `prices` by kind, team and workflow."""
        kinds, teams = len(self.pool.kinds), len(self._parts[0])
        return Prices(
            prices[:kinds],
            dict(zip(self._parts[0], prices[kinds : kinds + teams].tolist(), strict=True)),
            dict(zip(self._parts[1], prices[kinds + teams :].tolist(), strict=True)),
        )


def proven_bound(pool: Pool, slots: Sequence[Slot]) -> float:
    """Return a bound close to the cost of the best seating; `slots` is any seating of everybody.

    The linear programme of all cohorts by column generation (Gilmore & Gomory 1961, Operations Research 9,
    849-859), for the number of cohorts that may be cheapest; each turn's Lagrangian bound holds for all
    numbers, whether or not it has come to its end.
    """
    pricing, master = Pricing(pool), _Master(pool, slots)
    numbers = np.arange(pool.sizes.fewest, pool.sizes.most + 1)
    bounds = np.full(len(numbers), -np.inf)
    best: dict[int, _Turn] = {}
    number, smooth = len(slots), True
    for _ in range(TURNS):
        turn = master.solve(number)
        if turn is None:
            break
        kept = best.get(number)
        prices = turn.prices if kept is None or not smooth else _between(kept.prices, turn.prices)
        found = pricing.price(master.named(prices), COLUMNS)
        here = float(master.needed @ prices) + numbers * found.least
        at = number - pool.sizes.fewest
        smooth = kept is None or here[at] > kept.value
        if smooth:
            best[number] = _Turn(prices, float(here[at]))
        bounds = np.maximum(bounds, here)
        master.add(found.columns)
        if turn.value <= bounds[at] * (1 + CLOSE) + 1:
            lowest = pool.sizes.fewest + int(np.argmin(bounds))
            if lowest in best:
                break
            number, smooth = min(max(lowest, min(best) - 1), max(best) + 1), True
    return max(float(bounds.min()), counted_bound(pool))


def _between(kept: Floats, new: Floats) -> Floats:
    """Return prices near the best ones so far; where these find nothing the new ones are taken alone."""
    return SMOOTH * kept + (1 - SMOOTH) * new
