"""The cohort that a price for each kind of people makes most worth while, by dynamic programming.

It is a little cheaper than a real one may be, so that what is proven with it holds: of the rule that managers
and their reports are apart only those of one team count, and of the workflows only
the first few, see `MOST_SETS`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from scoring.cohort_pool import Ints, Pool
from scoring.cohort_rules import TEAM, WORKFLOW

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Choice = tuple[bool, tuple[int, ...]]
"""Whether the team is in the cohort, and the kinds that may be."""
MOST_SETS = 100
"""Sets of workflows that are told apart: all of six, all with up to three of eight."""
MANY = (-1,)
"""All larger sets."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What it is worth to seat one more person of each kind, and one more part of a team or workflow."""

    kinds: Floats
    teams: dict[int, float]
    flows: dict[int, float]


@dataclass(frozen=True, slots=True)
class Priced:
    """Cohorts (rows of people by kind), and the least that any cohort costs less the prices in it."""

    columns: Ints
    least: float


@dataclass(frozen=True, slots=True)
class _Step:
    """How people of one kind came in: how many by state, and the state of workflows they came from."""

    kind: int
    people: NDArray[np.int8]
    source: NDArray[np.int16]


class Pricing:
    """Finds the most worthwhile cohorts of one pool for one set of prices after the other."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._wanted = sorted({kind.wanted for kind in pool.kinds})
        self._fills = _fills(len(self._wanted), pool.sizes.high)
        number = {fill: at for at, fill in enumerate(self._fills)}
        self._before = [
            np.array([number.get(_less(fill, at), -1) for fill in self._fills], dtype=np.int64)
            for at in range(len(self._wanted))
        ]
        table = np.array(self._fills, dtype=np.int64).reshape(len(self._fills), -1)
        share = np.array([pool.unit // wanted for wanted in self._wanted], dtype=np.int64)
        self._distance: Floats = np.abs(table @ share - pool.unit).astype(np.float64)
        size = table.sum(axis=1)
        self._fits = (size >= pool.sizes.low) & (size <= pool.sizes.high)
        flows = sorted({kind.flow for kind in pool.kinds} - {-1})
        self._sets, self._most = _sets(flows)
        self._number = {some: at for at, some in enumerate(self._sets)}
        self._blocks = _blocks_of(pool)

    def price(self, prices: Prices, most: int) -> Priced:
        """Return up to `most` cohorts that cost least less the prices of what is in them."""
        moves = {flow: self._moves_of(flow, worth) for flow, worth in prices.flows.items()}
        value: Floats = np.full((len(self._sets), len(self._fills)), -np.inf)
        value[0, 0] = 0.0
        history: list[list[tuple[Mask, list[_Step]]]] = []
        for team, choices in self._blocks:
            cost = max(0.0, self._pool.priced(TEAM) - prices.teams[team]) if team >= 0 else 0.0
            base, tried = value, []
            for with_team, kinds in choices:
                entered, steps = base - (cost if with_team else 0.0), []
                for kind in kinds:
                    entered, step = self._take(entered, kind, float(prices.kinds[kind]), moves)
                    steps.append(step)
                is_better = entered > value
                value = np.where(is_better, entered, value)
                tried.append((is_better, steps))
            history.append(tried)
        worth = np.where(self._fits, self._distance - value, np.inf)
        order = np.argsort(worth, axis=None, kind="stable")[:most]
        places = [divmod(int(at), len(self._fills)) for at in order if np.isfinite(worth.flat[at])]
        columns = np.array([self._traced(place, history) for place in places], dtype=np.int64)
        return Priced(columns, float(worth.min()))

    def _moves_of(self, flow: int, worth: float) -> list[tuple[int, int, float]]:
        """Return from which set of workflows to which `flow` leads, and at what cost."""
        cost = max(0.0, self._pool.priced(WORKFLOW) - worth)
        moves = []
        for at, some in enumerate(self._sets):
            if flow in some or some == MANY:
                moves.append((at, at, 0.0))
            else:
                goal = tuple(sorted((*some, flow)))
                moves.append((at, self._number[goal if len(goal) <= self._most else MANY], cost))
        return moves

    def _take(
        self, value: Floats, kind: int, price: float, moves: dict[int, list[tuple[int, int, float]]]
    ) -> tuple[Floats, _Step]:
        """Let people of `kind` into the cohorts of all states, as many as are worth it."""
        own = self._pool.kinds[kind]
        before = self._before[self._wanted.index(own.wanted)]
        source = np.tile(np.arange(len(self._sets), dtype=np.int16)[:, None], (1, value.shape[1]))
        coming = value
        if own.flow >= 0:
            coming, source = _moved(value, moves[own.flow])
        best, people = value.copy(), np.zeros(value.shape, dtype=np.int8)
        # the first person brings the workflow in; the states of `source` are kept at the fill before that
        for number in range(1, min(len(self._pool.names[kind]), self._pool.sizes.high) + 1):
            coming = np.where(before >= 0, coming[:, before] + price, -np.inf)
            is_better = coming > best
            best[is_better], people[is_better] = coming[is_better], number
        return best, _Step(kind, people, source)

    def _traced(self, place: tuple[int, int], history: list[list[tuple[Mask, list[_Step]]]]) -> list[int]:
        """Return the people by kind that lead to the state `place`."""
        people = [0] * len(self._pool.kinds)
        some, fill = place
        for tried in reversed(history):
            steps = next((steps for is_better, steps in reversed(tried) if is_better[some, fill]), [])
            for step in reversed(steps):
                number = int(step.people[some, fill])
                if number:
                    people[step.kind] = number
                    before = self._before[self._wanted.index(self._pool.kinds[step.kind].wanted)]
                    for _ in range(number):
                        fill = int(before[fill])
                    some = int(step.source[some, fill])
        return people


def _moved(value: Floats, moves: list[tuple[int, int, float]]) -> tuple[Floats, NDArray[np.int16]]:
    moved: Floats = np.full(value.shape, -np.inf)
    source = np.zeros(value.shape, dtype=np.int16)
    for start, goal, cost in moves:
        candidate = value[start] - cost
        is_better = candidate > moved[goal]
        moved[goal, is_better] = candidate[is_better]
        source[goal, is_better] = start
    return moved, source


def _blocks_of(pool: Pool) -> list[tuple[int, list[Choice]]]:
    """Return for each team what of it a cohort may hold: people of no team stand alone.

    A cohort has the team, or the one person who leads it with those who do not report to that person.
    """
    teams: dict[int, list[int]] = defaultdict(list)
    places: dict[int, set[int]] = defaultdict(set)
    for at, kind in enumerate(pool.kinds):
        teams[kind.team if kind.team >= 0 else -1 - at].append(at)
        if kind.manager >= 0:
            places[kind.manager].add(kind.team if kind.team >= 0 else -1 - at)
    blocks = {team: [(team >= 0, tuple(kinds))] for team, kinds in teams.items()}
    for at, kind in enumerate(pool.kinds):
        led = places.get(kind.heads, set()) if kind.heads >= 0 and kind.team < 0 else set()
        team = next(iter(led), -1)
        if len(led) == 1 and team >= 0 and len(blocks[team]) == 1:
            others = tuple(one for one in teams[team] if pool.kinds[one].manager != kind.heads)
            blocks[team] += [(False, (at,)), *([(True, (at, *others))] if others else [])]
            del blocks[-1 - at]
    return sorted(blocks.items())


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
    """Return every way to have up to `most` people of so many classes, by number of each class."""
    chosen = (
        some for size in range(most + 1) for some in combinations_with_replacement(range(classes), size)
    )
    return [tuple(some.count(at) for at in range(classes)) for some in chosen]


def _less(fill: tuple[int, ...], at: int) -> tuple[int, ...]:
    return (*fill[:at], fill[at] - 1, *fill[at + 1 :])
