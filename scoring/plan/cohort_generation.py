"""Column generation: prices make cohorts worth while, these change the prices, until none is worth while."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from scoring.plan.cohort_master import Floats, Master, Turn
from scoring.plan.cohort_parts import Block, narrow_teams
from scoring.plan.cohort_pool import Ints, Pool
from scoring.plan.cohort_pricing import Pricing

COLUMNS = 40
"""Cohorts taken from one pricing of all people, and of each part of a large site's."""
PEOPLE = 300
"""In such a part."""
TURNS = 150
CLOSE = 0.002
"""Part of the value at which looking for a closer bound ends."""
SMOOTH = 0.6
"""Weight of the best prices so far (Wentges 1997, Int. Trans. Opl Res. 4, 151-162): prices swing less."""


class Generation:
    """The linear programme of all cohorts of a pool (Gilmore & Gomory 1961, Operations Research 9, 849-859).

    `known` are cohorts; `number` of them seat everybody. Each turn's Lagrangian bound holds for all numbers
    of cohorts, whether or not the last turn was reached.
    """

    def __init__(self, pool: Pool, known: Ints, number: int) -> None:
        self._pool, self.pricing = pool, Pricing(pool)
        self.master = Master(pool, known, narrow_teams(self.pricing.blocks))
        self._numbers = np.arange(pool.sizes.fewest, pool.sizes.most + 1)
        self.bounds: Floats = np.full(len(self._numbers), -np.inf)
        self._best: dict[int, Turn] = {}
        self._number, self._is_smooth = number, True
        self._turn = 0

    def run(self) -> None:
        """Look for cohorts until the bound is close."""
        while self._turn < TURNS and not self._is_done():
            self._turn += 1

    def begin(self, parts: Sequence[tuple[list[int], Master, Floats]], number: int) -> None:
        """Begin with prices of parts: the kinds of each, its programme and the prices there."""
        prices = self.master.merged(parts)
        self._number = min(max(number, self._pool.sizes.fewest), self._pool.sizes.most)
        self._priced(prices)

    def _priced(self, prices: Floats) -> int:
        """Let cohorts be chosen that are worth while at these prices, and see what the prices prove.

        Return how many of them were not known yet.
        """
        named = self.master.named(prices)
        found = self.pricing.price(named, COLUMNS)
        here = float(self.master.needed @ prices) + self._numbers * found.least
        at, kept = self._number - self._pool.sizes.fewest, self._best.get(self._number)
        self._is_smooth = kept is None or here[at] > kept.value
        if self._is_smooth:
            self._best[self._number] = Turn(prices, float(here[at]))
        self.bounds = np.maximum(self.bounds, here)
        parts = [self.pricing.price(named, COLUMNS, blocks) for blocks in self._dealt()]
        return sum(self.master.add(one.columns) for one in (found, *parts))

    def _dealt(self) -> list[list[Block]]:
        """Return the teams of a large site in parts: the best cohorts of all would be of a few teams."""
        count = -(-self._pool.people // PEOPLE)
        if count == 1:
            return []
        blocks = list(self.pricing.blocks)
        random.Random(self._turn).shuffle(blocks)  # noqa: S311 - nothing is protected by it, and it has to repeat
        return [blocks[at::count] for at in range(count)]

    def _is_done(self) -> bool:
        turn = self.master.solve(self._number)
        if turn is None:
            return True
        kept = self._best.get(self._number)
        if kept is None or not self._is_smooth:
            is_end = not self._priced(
                turn.prices
            )  # what is worth while is so only by a rule it does not count
        else:
            is_end = False
            self._is_smooth &= bool(self._priced(SMOOTH * kept.prices + (1 - SMOOTH) * turn.prices))
        bound = self.bounds[self._number - self._pool.sizes.fewest]
        return (is_end or turn.value <= bound * (1 + CLOSE) + 1) and self._has_lowest()

    def lowest(self) -> int:
        """Return the number of cohorts with the lowest bound."""
        return self._pool.sizes.fewest + int(np.argmin(self.bounds))

    def _has_lowest(self) -> bool:
        """Whether the number of cohorts with the lowest bound was looked at; else it is the next, or near."""
        if self.lowest() in self._best:
            return True
        self._number = min(max(self.lowest(), min(self._best) - 1), max(self._best) + 1)
        self._is_smooth = True
        return False

    def prices(self) -> Floats:
        """Return the best prices for the number of cohorts with the lowest bound, or the nearest."""
        lowest = self.lowest()
        near = min(self._best, key=lambda number: (abs(number - lowest), number), default=None)
        return self._best[near].prices if near is not None else np.zeros(len(self.master.needed))

    def levelled(self) -> Floats:
        """Return prices at which a cohort full of people that is worth most costs nothing."""
        prices = self.prices().copy()
        least = self.pricing.price(self.master.named(prices), 1).least
        prices[: len(self._pool.kinds)] += least * np.array(self._pool.shares) / self._pool.unit
        return prices

    def worth_most(self, most: int) -> Ints:
        """Return the `most` cohorts that are worth most in the end."""
        return self.pricing.price(self.master.named(self.prices()), most).columns
