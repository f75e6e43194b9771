"""The cohorts that a price for each kind of people makes most worth while, by dynamic programming.

One may come out a little cheaper than it is, so that what is proven with it holds: of the rule that managers
and their reports are apart only those of one team count, and of the workflows only the first few, see
`MOST_SETS`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from scoring.plan.cohort_parts import Block, Choice, Part, blocks_of
from scoring.plan.cohort_pool import Ints, Pool
from scoring.plan.cohort_rules import TEAM, WORKFLOW

Floats = NDArray[np.float64]
MOST_SETS = 100
"""Sets of workflows that are told apart: all of six, all with up to three of eight."""
MANY = (-1,)
"""All larger sets."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What it is worth to seat one more person of each kind, and one more part of a team or workflow."""

    kinds: Floats
    teams: dict[int, Floats]
    """By the number of people of the team that are in the cohort, from 0."""
    flows: dict[int, float]


@dataclass(frozen=True, slots=True)
class Priced:
    """Cohorts (rows of people by kind); every cost is one less the prices of what is in it."""

    columns: Ints
    least: float
    """No cohort costs less."""
    others: float
    """No cohort that is not in `columns` costs less."""


@dataclass(frozen=True, slots=True)
class _Begun:
    """Cohorts that are not whole yet: fill, set of workflows, worth so far, and people by kind."""

    fills: Ints
    sets: Ints
    worth: Floats
    rows: NDArray[np.int8]

    def some(self, which: Ints) -> _Begun:
        return _Begun(self.fills[which], self.sets[which], self.worth[which], self.rows[which])

    def best(self, table: Floats, most: int, floor: float) -> tuple[_Begun, float]:
        """Return the `most` that can become worth most by `table`, and what the best of the others can."""
        can_be = self.worth + table[self.fills, self.sets]
        order = np.argsort(-can_be, kind="stable")
        order = order[can_be[order] > -np.inf]
        dropped = float(can_be[order[most]]) if len(order) > most else -np.inf
        return self.some(order[:most]), max(floor, dropped)


def _joined(some: Sequence[_Begun]) -> _Begun:
    return _Begun(
        np.concatenate([one.fills for one in some]),
        np.concatenate([one.sets for one in some]),
        np.concatenate([one.worth for one in some]),
        np.concatenate([one.rows for one in some]),
    )


class Pricing:
    """Finds the most worthwhile cohorts of one pool for one set of prices after the other."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        wanted = sorted({kind.wanted for kind in pool.kinds})
        fills = _fills(len(wanted), pool.sizes.high)
        table = np.array(fills, dtype=np.int64).reshape(len(fills), -1)
        share = np.array([pool.unit // one for one in wanted], dtype=np.int64)
        size = table.sum(axis=1)
        fits = (size >= pool.sizes.low) & (size <= pool.sizes.high)
        self._end: Floats = np.where(fits, -np.abs(table @ share - pool.unit).astype(np.float64), -np.inf)
        self._room = [int((size + people <= pool.sizes.high).sum()) for people in range(pool.sizes.high + 1)]
        number = {fill: at for at, fill in enumerate(fills)}
        more = [[number.get(_more(fill, at), -1) for fill in fills] for at in range(len(wanted))]
        self._more = [np.array(some, dtype=np.int64) for some in more]
        self._class = [wanted.index(kind.wanted) for kind in pool.kinds]
        self._sets, self._most = _sets(sorted({kind.flow for kind in pool.kinds} - {-1}))
        self._number = {some: at for at, some in enumerate(self._sets)}
        self.blocks = blocks_of(pool)
        self._goal = {part.flows: self._goals(part.flows) for part in self._all_parts()}
        self._fill = {part.people: self._filled(part) for part in self._all_parts()}

    def price(self, prices: Prices, most: int, blocks: Sequence[Block] | None = None) -> Priced:
        """Return the `most` cohorts that cost least less the prices of what is in them.

        Of people of these `blocks` alone, where they are given.
        """
        return _Search(self, prices, most).priced(self.blocks if blocks is None else blocks)

    def _all_parts(self) -> list[Part]:
        return [part for block in self.blocks for one in block for step in one.steps for part in step]

    def _goals(self, flows: tuple[int, ...]) -> Ints:
        """Return (sets,) the set of workflows that each set becomes when `flows` come in."""
        goals = []
        for some in self._sets:
            goal = MANY if some == MANY else tuple(sorted({*some, *flows}))
            goals.append(self._number[goal if len(goal) <= self._most else MANY])
        return np.array(goals, dtype=np.int64)

    def _filled(self, part: Part) -> Ints:
        """Return the fill that each becomes when `part` comes in, of those with room for it."""
        fills = np.arange(self._room[part.size], dtype=np.int64)
        for kind, number in part.people:
            for _ in range(number):
                fills = self._more[self._class[kind]][fills]
        return fills

    def paid(self, flows: tuple[int, ...], prices: Prices) -> Floats:
        """Return (sets,) what `flows` cost that are not yet in each set."""
        costs: Floats = np.zeros(len(self._sets))
        for flow in flows:
            new = [some != MANY and flow not in some for some in self._sets]
            costs += np.array(new) * max(0.0, self._pool.priced(WORKFLOW) - prices.flows[flow])
        return costs


class _Search:
    """One pricing: what can still be won is found from the last team to the first, cohorts the other way."""

    def __init__(self, pricing: Pricing, prices: Prices, most: int) -> None:
        self._of, self._prices, self._most = pricing, prices, most
        self._paid = {flows: pricing.paid(flows, prices) for flows in pricing._goal}
        self._touch = pricing._pool.priced(TEAM)

    def priced(self, blocks: Sequence[Block]) -> Priced:
        of = self._of
        after = np.repeat(of._end[:, None], len(of._sets), axis=1)
        tables = []
        for block in reversed(blocks):
            inside = [self._steps(choice, after) for choice in block]
            tables.append((after, inside))
            best = after.copy()
            for choice, steps in zip(block, inside, strict=True):
                np.maximum(best, steps[0] - self._entry(choice), out=best)
            after = best
        none: Ints = np.zeros(1, dtype=np.int64)
        begun = _Begun(none, none, np.zeros(1), np.zeros((1, len(of._pool.kinds)), dtype=np.int8))
        floor = -np.inf
        for block, (table, inside) in zip(blocks, reversed(tables), strict=True):
            found = [begun]
            for choice, steps in zip(block, inside, strict=True):
                chosen, floor = self._taken(begun, choice, [*steps[1:], table], floor)
                found.append(chosen)
            begun, floor = _joined(found).best(table, self._most, floor)
        return Priced(begun.rows.astype(np.int64), -float(after[0, 0]), -floor)

    def _entry(self, choice: Choice) -> float:
        """Return what a team costs whose parts are not told apart; else it is part of `_worth`."""
        if choice.team < 0 or choice.is_whole:
            return 0.0
        return self._touch - float(self._prices.teams[choice.team].max())

    def _worth(self, choice: Choice, part: Part) -> float:
        worth = sum(float(self._prices.kinds[kind]) * number for kind, number in part.people)
        if choice.team < 0 or not choice.is_whole:
            return worth
        return worth + float(self._prices.teams[choice.team][part.count]) - self._touch

    def _steps(self, choice: Choice, after: Floats) -> list[Floats]:
        """Return what can be won from before each step of `choice` on."""
        tables = []
        for step in reversed(choice.steps):
            before = np.full(after.shape, -np.inf) if choice.is_whole else after.copy()
            moved = {
                flows: after[:, self._of._goal[flows]] - self._paid[flows]
                for flows in {part.flows for part in step}
            }
            for part in step:
                fills = self._of._fill[part.people]
                won = moved[part.flows][fills] + self._worth(choice, part)
                np.maximum(before[: len(fills)], won, out=before[: len(fills)])
            tables.append(before)
            after = before
        return tables[::-1]

    def _taken(
        self, begun: _Begun, choice: Choice, tables: Sequence[Floats], floor: float
    ) -> tuple[_Begun, float]:
        """Return the cohorts with people of `choice`; `tables` stand after each of its steps."""
        entry = self._entry(choice)
        begun = _Begun(begun.fills, begun.sets, begun.worth - entry, begun.rows)
        for step, table in zip(choice.steps, tables, strict=True):
            found = [begun.some(np.zeros(0, dtype=np.int64))] if choice.is_whole else [begun]
            found += [self._with(begun, choice, part) for part in step]
            begun, floor = _joined(found).best(table, self._most, floor)
        return begun, floor

    def _with(self, begun: _Begun, choice: Choice, part: Part) -> _Begun:
        fills = self._of._fill[part.people]
        chosen = begun.some(np.flatnonzero(begun.fills < len(fills)))
        for kind, number in part.people:
            chosen.rows[:, kind] = number
        return _Begun(
            fills[chosen.fills],
            self._of._goal[part.flows][chosen.sets],
            chosen.worth + self._worth(choice, part) - self._paid[part.flows][chosen.sets],
            chosen.rows,
        )


def fill_count(pool: Pool) -> int:
    """Return the ways in which a cohort can be filled that `Pricing` tells apart."""
    classes = len({kind.wanted for kind in pool.kinds})
    return math.comb(pool.sizes.high + classes, classes)


def _sets(flows: Sequence[int]) -> tuple[list[tuple[int, ...]], int]:
    """Return the sets of workflows that are told apart, and the size of the largest of them."""
    sets: list[tuple[int, ...]] = [()]
    for size in range(1, len(flows) + 1):
        more = list(combinations(flows, size))
        if len(sets) + len(more) > MOST_SETS:
            return [*sets, MANY], size - 1
        sets += more
    return sets, len(flows)


def _fills(classes: int, most: int) -> list[tuple[int, ...]]:
    """Return every way to have up to `most` people of so many classes, by number of each; small first."""
    chosen = (
        some for size in range(most + 1) for some in combinations_with_replacement(range(classes), size)
    )
    return [tuple(some.count(at) for at in range(classes)) for some in chosen]


def _more(fill: tuple[int, ...], at: int) -> tuple[int, ...]:
    return (*fill[:at], fill[at] + 1, *fill[at + 1 :])
