"""What no seating can cost less than: at once by counting, closer by column generation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.plan.cohort_generation import Generation
from scoring.plan.cohort_master import as_row
from scoring.plan.cohort_parts import Block, blocks_of, kinds_of
from scoring.plan.cohort_pool import Pool, Slot, part_of
from scoring.plan.cohort_pricing import Prices
from scoring.plan.cohort_rules import TEAM, WORKFLOW
from scoring.plan.cohort_search import search

AT_ONCE = 400
"""People of a site above which prices are first found for parts of about half as many."""
KEPT = 300
"""Cohorts that are known from each part."""


def counted_bound(pool: Pool) -> float:
    """Return the cost if every team and workflow were divided as little as its size allows, sizes apart."""
    labels = ([kind.team for kind in pool.kinds], [kind.flow for kind in pool.kinds])
    teams, flows = (_parts_of(pool, some) for some in labels)
    parts = pool.priced(TEAM) * teams + pool.priced(WORKFLOW) * flows
    full = sum(share * count for share, count in zip(pool.shares, pool.counts, strict=True))
    numbers = range(pool.sizes.fewest, pool.sizes.most + 1)
    return float(parts + min(abs(full - number * pool.unit) for number in numbers))


def _parts_of(pool: Pool, labels: Sequence[int]) -> int:
    """Return the fewest cohorts that hold the people of each label, all labels together."""
    sizes: Counter[int] = Counter()
    for label, people in zip(labels, pool.counts, strict=True):
        sizes[label] += people
    return sum(-(-size // pool.sizes.high) for label, size in sizes.items() if label >= 0)


@dataclass(frozen=True, slots=True)
class Closest:
    """A bound and the prices that prove it."""

    value: float
    prices: Prices
    least: float
    """What the most worthwhile cohort costs less the prices of what is in it."""


def proven_bound(pool: Pool, slots: Sequence[Slot]) -> float:
    """Return a bound close to the cost of the best seating; `slots` is any seating of everybody."""
    return closest_bound(pool, slots).value


def closest_bound(pool: Pool, slots: Sequence[Slot]) -> Closest:
    """Return the linear programme of all cohorts, for the number of cohorts that may be cheapest."""
    generation = _begun(pool, slots)
    generation.run()
    least = float(generation.bounds.min())  # infinite where people have to sit with the own manager
    value = max(least if least < np.inf else 0.0, counted_bound(pool))
    prices = generation.master.named(generation.prices())
    return Closest(value, prices, generation.pricing.price(prices, 1).least)


def _begun(pool: Pool, slots: Sequence[Slot]) -> Generation:
    """Return the column generation of `pool`, for a large one with the prices and cohorts of its parts.

    Prices for all people come from all at once much more slowly.
    """
    known = np.array([as_row(pool, slot) for slot in slots if slot], dtype=np.int64)
    whole = Generation(pool, known, len(known))
    if pool.people <= AT_ONCE:
        return whole
    blocks = blocks_of(pool)
    count = -(-2 * pool.people // AT_ONCE)
    parts = [_part(pool, blocks[at::count]) for at in range(count)]
    for kinds, part in parts:
        found = part.worth_most(KEPT)
        columns = np.zeros((len(found), len(pool.kinds)), dtype=np.int64)
        columns[:, kinds] = found
        whole.master.add(columns)
    whole.begin(
        [(kinds, part.master, part.levelled()) for kinds, part in parts], sum(p.lowest() for _, p in parts)
    )
    return whole


def _part(pool: Pool, blocks: Sequence[Block]) -> tuple[list[int], Generation]:
    """Return the kinds of people in `blocks`, and their own column generation, run to its end."""
    inside = kinds_of(blocks)
    row = np.array([[count if kind in inside else 0 for kind, count in enumerate(pool.counts)]])
    kinds, part = part_of(pool, row)
    slots = search(part, shakes=0)
    generation = Generation(
        part, np.array([as_row(part, slot) for slot in slots], dtype=np.int64), len(slots)
    )
    generation.run()
    return kinds.tolist(), generation
