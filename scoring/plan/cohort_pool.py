"""People who may learn together, those alike counted as one kind, and what a cohort of them costs."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from instruments.people import StaffMember
from scoring.plan.cohort_rules import MANAGER, STAY, TEAM, WORKFLOW, Range, size_range

Ints = NDArray[np.int64]
Slot = dict[int, int]
"""One cohort: how many of which kind of people."""


@dataclass(frozen=True, slots=True)
class Kind:
    """People whom no rule tells apart; -1 stands for none."""

    wanted: int
    """Size of cohort that suits them."""
    team: int
    flow: int
    manager: int
    """Number of the manager from whom they are kept apart."""
    heads: int
    """Their own number, where they are such a manager."""
    home: int
    """Seat in the plan before."""


@dataclass(frozen=True)
class Pool:
    """All people of a site, by kind; costs are whole numbers, `unit` of them one cohort full of people.

    `unit` is such that a person's part of a cohort, a seat and half a seat are whole numbers, too.
    """

    kinds: tuple[Kind, ...]
    names: tuple[tuple[str, ...], ...]
    """Who is of each kind, sorted."""
    sizes: Range
    unit: int
    middle: float

    @property
    def counts(self) -> tuple[int, ...]:
        """People of each kind."""
        return tuple(len(some) for some in self.names)

    @property
    def people(self) -> int:
        """All people of the pool."""
        return sum(self.counts)

    @property
    def seat(self) -> float:
        """What one seat costs."""
        return self.unit / self.middle

    @property
    def shares(self) -> tuple[int, ...]:
        """What part of a cohort one person of each kind fills."""
        return tuple(self.unit // kind.wanted for kind in self.kinds)

    def priced(self, seats: float) -> int:
        """Return what `seats` cost."""
        return round(seats * self.seat)

    def cost(self, slot: Mapping[int, int], place: int | None = None) -> int:
        """Return the cost of one cohort; with `place`, of people who had another seat before, too."""
        own = [(self.kinds[kind], people) for kind, people in slot.items()]
        share = sum(self.unit // kind.wanted * people for kind, people in own)
        teams, flows = {kind.team for kind, _ in own} - {-1}, {kind.flow for kind, _ in own} - {-1}
        found = abs(share - self.unit) + self.priced(TEAM) * len(teams) + self.priced(WORKFLOW) * len(flows)
        for head in {kind.heads for kind, _ in own} - {-1}:
            found += self.priced(MANAGER) * sum(people for kind, people in own if kind.manager == head)
        if place is not None:
            moved = sum(people for kind, people in own if kind.home not in {-1, place})
            found += self.priced(STAY) * moved
        return found

    def total(self, slots: Sequence[Mapping[int, int]], places: Sequence[int | None]) -> int:
        """Return the cost of several cohorts that stand at `places`; an empty one costs nothing."""
        return sum(self.cost(slot, at) for slot, at in zip(slots, places, strict=True) if slot)

    def costs(self, rows: Ints, kinds: Sequence[int], place: int | None = None) -> Ints:
        """Return the cost of each cohort in `rows` (cohorts x kinds, people of each of `kinds`)."""
        own = [self.kinds[kind] for kind in kinds]
        share = np.array([self.unit // kind.wanted for kind in own], dtype=np.int64)
        found: Ints = np.abs(rows @ share - self.unit)
        for price, labels in (
            (self.priced(TEAM), [kind.team for kind in own]),
            (self.priced(WORKFLOW), [kind.flow for kind in own]),
        ):
            for label in set(labels) - {-1}:
                columns = [at for at, one in enumerate(labels) if one == label]
                found = found + price * (rows[:, columns].sum(axis=1) > 0)
        found = found + self.priced(MANAGER) * self._conflicts(rows, own)
        if place is not None:
            moved = [at for at, kind in enumerate(own) if kind.home not in {-1, place}]
            found = found + self.priced(STAY) * rows[:, moved].sum(axis=1)
        return found

    @staticmethod
    def _conflicts(rows: Ints, own: Sequence[Kind]) -> Ints:
        pairs: Ints = np.zeros(len(rows), dtype=np.int64)
        for at, kind in enumerate(own):
            if kind.heads >= 0:
                reports = [column for column, one in enumerate(own) if one.manager == kind.heads]
                pairs += rows[:, at] * rows[:, reports].sum(axis=1)
        return pairs


def pool_of(
    people: Sequence[StaffMember],
    wanted: Mapping[str, int],
    sizes: tuple[int, int],
    homes: Mapping[str, int],
    *,
    managers_apart: bool,
) -> Pool:
    """Return the pool of `people`; `homes` are seats of the plan before by name."""
    heads = _heads(people) if managers_apart else {}
    teams, flows = _numbers(one.team for one in people), _numbers(one.workflow for one in people)
    with_reports = {(one.manager, one.team) for one in people if one.manager in heads}
    kinds: dict[Kind, list[str]] = defaultdict(list)
    for one in sorted(people, key=lambda one: one.name):
        leads_team = (one.name, one.team) in with_reports
        kind = Kind(
            wanted=wanted[one.group],
            team=-1 if leads_team else teams.get(one.team, -1),
            flow=flows.get(one.workflow, -1),
            manager=heads.get(one.manager, -1),
            heads=heads.get(one.name, -1),
            home=homes.get(one.name, -1),
        )
        kinds[kind].append(one.name)
    return Pool(
        kinds=tuple(kinds),
        names=tuple(tuple(names) for names in kinds.values()),
        sizes=size_range(len(people), sizes),
        unit=sum(sizes) * math.lcm(*(wanted[one.group] for one in people)),
        middle=sum(sizes) / 2,
    )


def _heads(people: Sequence[StaffMember]) -> dict[str, int]:
    """Return a number for each person with reports among `people`."""
    names = {one.name for one in people}
    return _numbers(one.manager for one in people if one.manager in names)


def _numbers(labels: Iterable[str]) -> dict[str, int]:
    found = sorted(set(labels) - {""})
    return {label: number for number, label in enumerate(found)}


def part_of(pool: Pool, rows: Ints) -> tuple[Ints, Pool]:
    """Return the kinds that are in the cohorts `rows`, and the pool of only these people."""
    need = rows.sum(axis=0)
    kinds = np.flatnonzero(need)
    part = replace(
        pool,
        kinds=tuple(pool.kinds[at] for at in kinds),
        names=tuple(pool.names[at][: need[at]] for at in kinds),
        sizes=replace(
            pool.sizes, fewest=-(-int(need.sum()) // pool.sizes.high), most=int(need.sum()) // pool.sizes.low
        ),
    )
    return kinds, part


def slots_cost(pool: Pool, slots: Sequence[Slot]) -> int:
    """Return the cost of all cohorts together, as if nobody had a seat before."""
    return sum(pool.cost(slot) for slot in slots if slot)


def is_seated(pool: Pool, slots: Sequence[Slot]) -> bool:
    """Whether everybody has one seat and every size is allowed."""
    seats: Counter[int] = Counter()
    for slot in slots:
        seats.update(slot)
        if not pool.sizes.low <= sum(slot.values()) <= pool.sizes.high:
            return False
    return all(seats[kind] == count for kind, count in enumerate(pool.counts))
