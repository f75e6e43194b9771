"""A pool's hours shared out among its supporters and the cohorts they can all help, with few changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.blocks import Floats
from scoring.plan.records import SupporterLoad
from scoring.plan.schedule_flow import Flow
from scoring.plan.schedule_model import Model

DUST = 1e-9
"""Hours that are nobody's: rounding."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Hours that one cohort asks of one role in one week."""

    cohort: str
    group: str
    need: int
    """Place in `Model.needs`."""
    week: int
    """0 the first."""
    hours: float


class Sharing:
    """Goes through the weeks and remembers who has helped whom."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._before: dict[tuple[str, int], dict[str, float]] = defaultdict(dict)
        """By cohort and pool: hours so far by supporter."""
        self._roles = {one.id: one.role for pool in model.pools for one in pool.members}
        self._so_far: dict[str, float] = defaultdict(float)
        """Hours by supporter, of all weeks up to now."""
        self._left: dict[str, float] = {}
        self._rest: dict[tuple[int, str], float] = {}
        self._given: dict[tuple[str, str], float] = {}

    def run(self, wishes: Sequence[Wish], met: Floats, flow: Flow) -> list[SupporterLoad]:
        """Return who helps whom: of each wish the share `met` (needs, weeks), as `flow` gives it by pools."""
        by_week: dict[int, list[Wish]] = defaultdict(list)
        for wish in wishes:
            by_week[wish.week].append(wish)
        loads: list[SupporterLoad] = []
        for week in sorted(by_week):
            gifts = np.flatnonzero((flow.week == week) & (flow.hours > DUST))
            amounts = {(int(flow.pool[g]), int(flow.need[g])): float(flow.hours[g]) for g in gifts}
            loads += self._share(by_week[week], met[:, week], amounts)
        return loads

    def _share(
        self, wishes: Sequence[Wish], met: Floats, amounts: dict[tuple[int, int], float]
    ) -> Iterator[SupporterLoad]:
        """Yield one week: first everybody goes on with whom they know, then the rest finds somebody."""
        week = wishes[0].week
        pools = self._model.pools
        self._left = {one.id: one.hours_in(week + 1) for pool, _ in amounts for one in pools[pool].members}
        self._rest = {(wish.need, wish.cohort): wish.hours * float(met[wish.need]) for wish in wishes}
        self._given = {}
        cohorts: dict[int, list[str]] = defaultdict(list)
        for need, cohort in self._rest:
            cohorts[need].append(cohort)
        for (pool, need), hours in amounts.items():
            amounts[pool, need] = self._go_on(pool, need, hours, cohorts[need])
        for pool, need in sorted(amounts, key=lambda key: (-amounts[key], key)):
            self._find(pool, need, amounts[pool, need], cohorts[need])
        for (supporter, cohort), given in self._given.items():
            role = self._roles[supporter]
            yield SupporterLoad(supporter=supporter, role=role, week=week + 1, cohort=cohort, hours=given)

    def _go_on(self, pool: int, need: int, hours: float, cohorts: Sequence[str]) -> float:
        """Give `hours` to those whom the pool's supporters have helped before; return what is left."""
        for cohort in cohorts:
            known = self._before[cohort, pool]
            for supporter in sorted(known, key=lambda one: (-known[one], one)):
                hours -= self._give(supporter, pool, need, cohort, hours)
        return hours

    def _find(self, pool: int, need: int, hours: float, cohorts: Sequence[str]) -> None:
        """Give `hours` to whoever still lacks some, each from as few supporters as possible."""
        for cohort in sorted(cohorts, key=lambda cohort: (-self._rest[need, cohort], cohort)):
            while min(hours, self._rest[need, cohort]) > DUST:
                given = self._give(self._fitting(pool, need, cohort), pool, need, cohort, hours)
                if given <= 0:
                    break
                hours -= given

    def _fitting(self, pool: int, need: int, cohort: str) -> str:
        """Return who has given least so far of those with time enough, or who has most time where none has.

        Measured against the hours they have in a usual week: nobody helps all while a colleague helps none.
        """
        wanted = self._rest[need, cohort] - DUST
        members = self._model.pools[pool].members
        enough = [one for one in members if self._left[one.id] >= wanted]
        if not enough:
            return max(members, key=lambda one: self._left[one.id]).id
        return min(enough, key=lambda one: (self._so_far[one.id] / max(one.hours_per_week, DUST), one.id)).id

    def _give(self, supporter: str, pool: int, need: int, cohort: str, hours: float) -> float:
        """Give at most `hours`, and no more than the one has and the other lacks; return how many."""
        given = min(hours, self._left[supporter], self._rest[need, cohort])
        if given <= DUST:
            return 0.0
        self._left[supporter] -= given
        self._so_far[supporter] += given
        self._rest[need, cohort] -= given
        self._given[supporter, cohort] = self._given.get((supporter, cohort), 0.0) + given
        known = self._before[cohort, pool]
        known[supporter] = known.get(supporter, 0.0) + given
        return given
