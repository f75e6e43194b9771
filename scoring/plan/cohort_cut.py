"""A first seating: people in a row so that neighbours belong together, cut where it costs least."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from scoring.plan.cohort_pool import Pool, Slot
from scoring.plan.cohort_rules import MANAGER, TEAM, WORKFLOW

Row = list[int]
"""The kinds of people, one entry a person."""


def serpentine(pool: Pool, counts: Counter[int], chance: random.Random | None = None) -> Row:
    """Return the people of `counts` in a row: workflow by workflow, team by team.

    Teams go from large to small in one workflow and from small to large in the next, so that small teams meet
    at the border; with `chance` workflows and teams come in any order. Whoever is in no team but leads people
    follows the next team, not the own.
    """
    blocks = _blocks(pool, counts)
    flows: dict[int, list[tuple[int, Row]]] = {}
    for team, row in blocks:
        flow = Counter(pool.kinds[kind].flow for kind in row).most_common(1)[0][0]
        flows.setdefault(flow, []).append((team, row))
    order = sorted(flows, key=lambda flow: (-sum(len(row) for _, row in flows[flow]), flow))
    if chance:
        chance.shuffle(order)
    teams: list[Row] = []
    for turn, flow in enumerate(order):
        own = sorted(flows[flow], key=lambda one: (-len(one[1]), one[0]), reverse=bool(turn % 2))
        if chance:
            chance.shuffle(own)
        teams += [row for _, row in own]
    return _with_leaders(pool, teams, counts)


def _blocks(pool: Pool, counts: Counter[int]) -> list[tuple[int, Row]]:
    """Return each team's people together, by workflow inside; people of no team by workflow."""
    blocks: dict[tuple[int, int], Row] = {}
    for kind, people in sorted(counts.items()):
        own = pool.kinds[kind]
        if own.heads >= 0 and own.team < 0:
            continue
        key = (own.team, -1) if own.team >= 0 else (-1, own.flow)
        blocks.setdefault(key, []).extend([kind] * people)
    for row in blocks.values():
        row.sort(key=lambda kind: (pool.kinds[kind].flow, kind))
    return [(team, row) for (team, _), row in sorted(blocks.items())]


def _with_leaders(pool: Pool, teams: list[Row], counts: Counter[int]) -> Row:
    leaders = [kind for kind in sorted(counts) if pool.kinds[kind].heads >= 0 and pool.kinds[kind].team < 0]
    row: Row = []
    waiting: Row = []
    for team in teams:
        managers = {pool.kinds[kind].manager for kind in team}
        free = [kind for kind in waiting if pool.kinds[kind].heads not in managers]
        waiting = [kind for kind in waiting if kind not in free]
        row += team
        for kind in free:
            row += [kind] * counts[kind]
        own = [kind for kind in leaders if pool.kinds[kind].heads in managers]
        waiting += own
        leaders = [kind for kind in leaders if kind not in own]
    return [*[kind for kind in waiting for _ in range(counts[kind])], *row, *_rest(leaders, counts)]


def _rest(kinds: Row, counts: Counter[int]) -> Row:
    return [kind for kind in kinds for _ in range(counts[kind])]


def cut(pool: Pool, row: Sequence[int]) -> list[Slot]:
    """Return the cheapest cohorts that are stretches of `row`; none where no sizes fit."""
    low, high, end = pool.sizes.low, pool.sizes.high, len(row)
    best: list[float] = [0.0] + [float("inf")] * end
    back = [0] * (end + 1)
    for start in range(end):
        if best[start] == float("inf"):
            continue
        for length, cost in enumerate(_stretches(pool, row, start, high), 1):
            if length >= low and best[start] + cost < best[start + length]:
                best[start + length], back[start + length] = best[start] + cost, start
    slots: list[Slot] = []
    while end and best[-1] < float("inf"):
        slots.append(dict(Counter(row[back[end] : end])))
        end = back[end]
    return slots[::-1]


def _stretches(pool: Pool, row: Sequence[int], start: int, longest: int) -> list[int]:
    """Return the cost of the stretches of 1, 2, ... people that begin at `start`."""
    team_price, flow_price, manager_price = (pool.priced(price) for price in (TEAM, WORKFLOW, MANAGER))
    teams, flows = set[int](), set[int]()
    heads, managers = Counter[int](), Counter[int]()
    share, fixed, costs = 0, 0, []
    for kind in row[start : start + longest]:
        own = pool.kinds[kind]
        share += pool.unit // own.wanted
        if own.team >= 0 and own.team not in teams:
            teams.add(own.team)
            fixed += team_price
        if own.flow >= 0 and own.flow not in flows:
            flows.add(own.flow)
            fixed += flow_price
        fixed += manager_price * (managers[own.heads] if own.heads >= 0 else 0)
        fixed += manager_price * (heads[own.manager] if own.manager >= 0 else 0)
        heads[own.heads] += own.heads >= 0
        managers[own.manager] += own.manager >= 0
        costs.append(fixed + abs(share - pool.unit))
    return costs
