"""Bounds and seatings from prices: what is proven holds, what is found is not dearer."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import msgspec
import numpy as np
import pytest

from instruments.people import StaffMember
from scoring.plan import cohort_bound
from scoring.plan.cohort_bound import closest_bound, counted_bound, proven_bound
from scoring.plan.cohort_exact import all_columns
from scoring.plan.cohort_master import Master
from scoring.plan.cohort_parts import blocks_of, kinds_of, narrow_teams
from scoring.plan.cohort_pool import Pool, is_seated, pool_of, slots_cost
from scoring.plan.cohort_pricing import Pricing
from scoring.plan.cohort_renew import renewed
from scoring.plan.cohort_rules import WORKFLOW, wanted_sizes
from scoring.plan.cohort_search import search
from scoring.plan.cohorts import form_cohorts
from tests.scoring.staff_lists import NEEDS, company, few


def pool_for(staff: Sequence[StaffMember]) -> Pool:
    wanted = wanted_sizes(NEEDS, Counter(one.group for one in staff), (6, 10))
    return pool_of(staff, wanted, (6, 10), {}, managers_apart=True)


def department(people: int) -> tuple[StaffMember, ...]:
    """Return a large team of many kinds beside small ones: it has more parts than are told apart."""
    staff = company(people, 2, 1)
    return tuple(msgspec.structs.replace(one, team="all") if at % 3 else one for at, one in enumerate(staff))


def test_no_bound_is_above_the_best_seating() -> None:
    """Where all can be tried, both bounds stay below what is proven otherwise."""
    for seed in range(12):
        chance = random.Random(seed)
        staff = few(chance.randint(12, 14), chance)
        pool = pool_for(staff)
        best = form_cohorts(staff, NEEDS).cost * pool.seat
        assert counted_bound(pool) <= best + 1e-6
        assert proven_bound(pool, search(pool)) <= best + 1e-6


@pytest.mark.parametrize("seed", range(4))
def test_pricing_lists_the_cohorts_that_cost_least_less_the_prices(seed: int) -> None:
    """Against all cohorts there are: the cheapest costs `least`, none that is left out less than `others`."""
    pool = pool_for(few(13, random.Random(seed)))
    columns = all_columns(pool, 12_000)
    assert columns is not None
    pricing = Pricing(pool)
    master = Master(pool, columns, narrow_teams(pricing.blocks))
    prices = np.random.default_rng(seed).uniform(0, 0.2, len(master.needed)) * pool.seat
    costs = master.costs(columns) * pool.seat - master.counted(columns).T @ prices
    found = pricing.price(master.named(prices), 50)
    assert found.least <= costs.min() + 1e-6
    listed = {tuple(row) for row in found.columns.tolist()}
    left = [cost for row, cost in zip(columns.tolist(), costs, strict=True) if tuple(row) not in listed]
    assert min(left, default=np.inf) >= found.others - 1e-6


@pytest.mark.parametrize("staff", [company(60, 1, 1), department(50)])
def test_a_renewed_seating_seats_everybody_and_is_not_dearer(staff: tuple[StaffMember, ...]) -> None:
    pool = pool_for(staff)
    slots = search(pool, shakes=0)
    closest = closest_bound(pool, slots)
    found = renewed(pool, slots, closest)
    assert is_seated(pool, found)
    assert closest.value <= slots_cost(pool, found) <= slots_cost(pool, slots)
    assert found == renewed(pool, slots, closest)


def test_renewing_ends_where_a_cost_is_a_tiny_part_of_a_seat() -> None:
    """A bound that is never reached, and whole numbers a millionth of a seat apart: no turn wins nothing."""
    pool = pool_for(company(40, 1, 1))
    fine = replace(pool, unit=pool.unit * 10**5)
    slots = search(fine, shakes=0)
    far = replace(closest_bound(fine, slots), value=1.0)
    found = renewed(fine, slots, far)
    assert fine.seat > 1e6
    assert is_seated(fine, found)
    assert slots_cost(fine, found) <= slots_cost(fine, slots)


def test_prices_stay_where_a_bound_needs_them() -> None:
    """No part of a team or workflow is worth less than nothing, no workflow more than it costs."""
    pool = pool_for(company(60, 2, 1))
    prices = closest_bound(pool, search(pool, shakes=0)).prices
    assert all((by_count >= 0).all() for by_count in prices.teams.values())
    assert all(0 <= price <= pool.priced(WORKFLOW) for price in prices.flows.values())


def test_a_department_of_many_kinds_is_priced_kind_by_kind() -> None:
    pool = pool_for(department(50))
    blocks = blocks_of(pool)
    teams = {kind.team for kind in pool.kinds} - {-1}
    assert narrow_teams(blocks) < teams
    assert kinds_of(blocks) == set(range(len(pool.kinds)))


def test_a_bound_that_begins_with_parts_is_as_close(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = pool_for(company(90, 3, 1))
    slots = search(pool)
    at_once = proven_bound(pool, slots)
    monkeypatch.setattr(cohort_bound, "AT_ONCE", 60)
    assert proven_bound(pool, slots) == pytest.approx(at_once, rel=0.005)
