"""What no seating can cost less than: at once by counting, closer by column generation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.plan.cohort_master import Master, Turn, as_row
from scoring.plan.cohort_parts import narrow_teams
from scoring.plan.cohort_pool import Ints, Pool, Slot, part_of
from scoring.plan.cohort_pricing import Prices, Pricing
from scoring.plan.cohort_rules import TEAM, WORKFLOW

COLUMNS = 40
MORE_COLUMNS = 0.2
"""Cohorts taken from one pricing: a number, and for many people that part of theirs."""
MOST_AT_ONCE = 40
"""Cohorts of a site above which its parts are looked at first."""
KEPT = 400
"""Cohorts that are known from each part."""
TURNS = 150
CLOSE = 0.002
"""Part of the value at which looking for a closer bound ends."""
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


def proven_bound(pool: Pool, slots: Sequence[Slot]) -> float:
    """Return a bound close to the cost of the best seating; `slots` is any seating of everybody."""
    return max(closest_bound(pool, slots).value, counted_bound(pool))


@dataclass(frozen=True, slots=True)
class Closest:
    """A bound and the prices that prove it."""

    value: float
    prices: Prices
    least: float
    """What the most worthwhile cohort costs less the prices of what is in it."""


def closest_bound(pool: Pool, slots: Sequence[Slot]) -> Closest:
    """Return the linear programme of all cohorts by column generation, for the cheapest number of cohorts.

    Gilmore & Gomory 1961, Operations Research 9, 849-859. Each turn's Lagrangian bound holds for all numbers
    of cohorts, whether or not it has come to its end.
    """
    search = _Search(pool, *_known(pool, [slot for slot in slots if slot]))
    for _ in range(TURNS):
        if search.is_done():
            break
    return Closest(float(search.bounds.min()), *search.prices())


def _known(pool: Pool, slots: Sequence[Slot]) -> tuple[Ints, int]:
    """Return cohorts to begin with, the number of `slots` first.

    Of a large site those are known, too, that are worth while in parts of it: prices for all come from all
    at once much more slowly.
    """
    rows = np.array([as_row(pool, slot) for slot in slots], dtype=np.int64)
    if len(slots) <= MOST_AT_ONCE:
        return rows, len(slots)
    flows = np.array([kind.flow for kind in pool.kinds])
    order = sorted(range(len(slots)), key=lambda at: (_most_common(flows, rows[at]), at))
    count = -(-len(slots) // MOST_AT_ONCE)
    return np.vstack([rows, *(_worth_while(pool, rows[order[at::count]]) for at in range(count))]), len(slots)


def _most_common(labels: Ints, row: Ints) -> int:
    return int(np.bincount(labels + 1, weights=row).argmax())


def _worth_while(pool: Pool, rows: Ints) -> Ints:
    """Return the cohorts found for the people of `rows` alone, those with the best prices."""
    kinds, part = part_of(pool, rows)
    search = _Search(part, rows[:, kinds], len(rows))
    for _ in range(TURNS):
        if search.is_done():
            break
    found = search.best()
    columns: Ints = np.zeros((len(found), len(pool.kinds)), dtype=np.int64)
    columns[:, kinds] = found
    return columns


class _Search:
    """`known` are cohorts; the first `number` of them seat everybody."""

    def __init__(self, pool: Pool, known: Ints, number: int) -> None:
        self._pool, self._pricing = pool, Pricing(pool)
        self._master = Master(pool, known, narrow_teams(self._pricing.blocks))
        self._numbers = np.arange(pool.sizes.fewest, pool.sizes.most + 1)
        self.bounds: Floats = np.full(len(self._numbers), -np.inf)
        self._best: dict[int, Turn] = {}
        self._number, self._is_smooth = number, True
        self._columns = max(COLUMNS, round(pool.people * MORE_COLUMNS))

    def is_done(self) -> bool:
        """Look for cohorts that are worth while at the prices of those known; True at the end of it."""
        turn = self._master.solve(self._number)
        if turn is None:
            return True
        kept = self._best.get(self._number)
        prices = turn.prices if kept is None or not self._is_smooth else _between(kept.prices, turn.prices)
        found = self._pricing.price(self._master.named(prices), self._columns)
        here = float(self._master.needed @ prices) + self._numbers * found.least
        at = self._number - self._pool.sizes.fewest
        self._is_smooth = kept is None or here[at] > kept.value
        if self._is_smooth:
            self._best[self._number] = Turn(prices, float(here[at]))
        self.bounds = np.maximum(self.bounds, here)
        self._master.add(found.columns)
        return turn.value <= self.bounds[at] * (1 + CLOSE) + 1 and self._has_lowest()

    def _has_lowest(self) -> bool:
        """Whether the number of cohorts with the lowest bound was looked at; else it is the next, or near."""
        lowest = self._pool.sizes.fewest + int(np.argmin(self.bounds))
        if lowest in self._best:
            return True
        self._number = min(max(lowest, min(self._best) - 1), max(self._best) + 1)
        self._is_smooth = True
        return False

    def best(self) -> Ints:
        """Return cohorts that are worth most."""
        return self._pricing.price(self.prices()[0], KEPT).columns

    def prices(self) -> tuple[Prices, float]:
        """Return the best prices for the number of cohorts with the lowest bound, and what they leave."""
        lowest = self._pool.sizes.fewest + int(np.argmin(self.bounds))
        near = min(self._best, key=lambda number: (abs(number - lowest), number), default=None)
        kept = self._best[near].prices if near is not None else np.zeros(len(self._master.needed))
        prices = self._master.named(kept)
        return prices, self._pricing.price(prices, 1).least


def _between(kept: Floats, new: Floats) -> Floats:
    """Return prices near the best ones so far; where these find nothing the new ones are taken alone."""
    return SMOOTH * kept + (1 - SMOOTH) * new
