"""Pairs inside a cohort: people of the same workflow first, of different teams if that is possible, too.

The same work gives a pair something to try together; another team carries what was found further. Nobody is
paired with the own manager where anything else is possible.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import combinations

from instruments.people import StaffMember

OTHER_WORK, SAME_TEAM, OWN_MANAGER = 2, 1, 100
"""What speaks against a pair (assumed)."""
Pairs = tuple[tuple[str, ...], ...]


def pairs_of(people: Sequence[StaffMember]) -> Pairs:
    """Return the names of `people` (a cohort, 30 at most) in pairs, one three where their number is odd.

    The best of all ways up to 14 people, else the nearest free partner in the order of names.
    """
    some = sorted(people, key=lambda one: one.name)
    if len(some) < 2:
        return ()
    chosen = _best(some) if len(some) <= 14 else _greedy(some)
    return tuple(tuple(some[at].name for at in group) for group in chosen)


def _against(one: StaffMember, other: StaffMember) -> int:
    manages = other.name == one.manager or one.name == other.manager
    shares_work = bool(one.workflow) and one.workflow == other.workflow
    is_team = bool(one.team) and one.team == other.team
    return OTHER_WORK * (not shares_work) + SAME_TEAM * is_team + OWN_MANAGER * manages


def _best(some: Sequence[StaffMember]) -> list[tuple[int, ...]]:
    costs = {(a, b): _against(some[a], some[b]) for a, b in combinations(range(len(some)), 2)}

    @cache
    def least(left: frozenset[int]) -> tuple[int, tuple[tuple[int, ...], ...]]:
        if not left:
            return 0, ()
        first, *others = sorted(left)
        groups: list[tuple[int, ...]] = [(first, other) for other in others] if len(left) != 3 else []
        if len(left) % 2:
            groups += [(first, a, b) for a, b in combinations(others, 2)]
        found = []
        for group in groups:
            rest, chosen = least(left - set(group))
            found.append((rest + sum(costs[pair] for pair in combinations(group, 2)), (group, *chosen)))
        return min(found)

    return list(least(frozenset(range(len(some))))[1])


def _greedy(some: Sequence[StaffMember]) -> list[tuple[int, ...]]:
    left, groups = list(range(len(some))), []
    while len(left) > 3:
        first = left.pop(0)
        partner = min(left, key=lambda at: (_against(some[first], some[at]), at))
        left.remove(partner)
        groups.append((first, partner))
    return [*groups, tuple(left)]
