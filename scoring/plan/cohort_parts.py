"""What of a team a cohort may hold: the ways to take some of its people, for `cohort_pricing`."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from scoring.plan.cohort_pool import Pool

MOST_WAYS = 150
"""Ways to take people of one team up to which all are told apart."""


@dataclass(frozen=True, slots=True)
class Part:
    """People that come into a cohort together."""

    people: tuple[tuple[int, int], ...]
    """Kind and number."""
    count: int
    """People of the team itself among them."""
    flows: tuple[int, ...]

    @property
    def size(self) -> int:
        """All people of the part."""
        return sum(number for _, number in self.people)


@dataclass(frozen=True, slots=True)
class Choice:
    """One part of each step; where there are several steps, each may be left out."""

    steps: tuple[tuple[Part, ...], ...]
    team: int
    """Whose people the parts are; -1 where they are of no team."""

    @property
    def is_whole(self) -> bool:
        """Whether each part is all that a cohort holds of the team."""
        return len(self.steps) == 1


Block = tuple[Choice, ...]
"""A cohort takes one of them or none."""


def blocks_of(pool: Pool) -> list[Block]:
    """Return a block for each team, and for each kind of people of no team.

    A cohort has the team, or the one person who leads it with those who do not report to that person.
    """
    teams: dict[int, list[int]] = defaultdict(list)
    places: dict[int, set[int]] = defaultdict(set)
    for at, kind in enumerate(pool.kinds):
        teams[_place(pool, at)].append(at)
        if kind.manager >= 0:
            places[kind.manager].add(_place(pool, at))
    blocks = {team: [_choice(pool, team, kinds)] for team, kinds in teams.items()}
    for at, kind in enumerate(pool.kinds):
        led = places.get(kind.heads, set()) if kind.heads >= 0 and kind.team < 0 else set()
        team = next(iter(led), -1)
        if len(led) == 1 and team >= 0 and len(blocks[team]) == 1:
            others = [one for one in teams[team] if pool.kinds[one].manager != kind.heads]
            blocks[team] += [_choice(pool, -1, [at]), *([_choice(pool, team, others, at)] if others else [])]
            del blocks[-1 - at]
    return [tuple(choices) for _, choices in sorted(blocks.items())]


def kinds_of(blocks: Sequence[Block]) -> set[int]:
    """Return the kinds of people that `blocks` hold."""
    parts = (part for block in blocks for choice in block for step in choice.steps for part in step)
    return {kind for part in parts for kind, _ in part.people}


def narrow_teams(blocks: Sequence[Block]) -> set[int]:
    """Return the teams all of whose parts are told apart."""
    teams = {choice.team for block in blocks for choice in block}
    return teams - {choice.team for block in blocks for choice in block if not choice.is_whole} - {-1}


def _place(pool: Pool, kind: int) -> int:
    team = pool.kinds[kind].team
    return team if team >= 0 else -1 - kind


def _choice(pool: Pool, team: int, kinds: Sequence[int], leader: int = -1) -> Choice:
    """Return the ways to take people of `kinds`, with one `leader` of no team where there is one."""
    counts = {kind: min(len(pool.names[kind]), pool.sizes.high) for kind in kinds}
    with_leader = [(leader, 1)] if leader >= 0 else []
    if math.prod(count + 1 for count in counts.values()) <= MOST_WAYS:
        parts = _parts(pool, counts, with_leader)
        return Choice((tuple(parts),), max(team, -1))
    steps = [tuple(_parts(pool, {kind: count}, [])) for kind, count in counts.items()]
    if with_leader:
        steps.append(tuple(_parts(pool, {}, with_leader)))
    return Choice(tuple(steps), max(team, -1))


def _parts(pool: Pool, counts: dict[int, int], with_leader: list[tuple[int, int]]) -> Iterator[Part]:
    for numbers in product(*(range(count + 1) for count in counts.values())):
        count = sum(numbers)
        if (not count and counts) or count + len(with_leader) > pool.sizes.high:
            continue
        people = [*with_leader, *((kind, some) for kind, some in zip(counts, numbers, strict=True) if some)]
        flows = {pool.kinds[kind].flow for kind, _ in people} - {-1}
        yield Part(tuple(people), count, tuple(sorted(flows)))
