"""Hours by two attributes: nobody's hours follow from shown rows, also where departments lie within sites."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from instruments.setup import Thresholds
from scoring.grouping import count_people
from scoring.hours_masks import hidden_hours, is_difference_safe
from scoring.loads import hide_sums
from scoring.sums import carries
from tests.scoring.test_release import organisation

LIMITS = Thresholds()
Rows = NDArray[np.bool_]
Members = tuple[NDArray[np.int64], NDArray[np.int64]]


def sums_that_follow(members: Members, hidden: tuple[Rows, Rows]) -> list[Rows]:
    """Return every set of people whose sum is a combination of shown rows and the total, by brute force."""
    pairs, of = np.unique(np.stack(members), axis=1, return_inverse=True)
    shown = [np.ones(pairs.shape[1])]
    shown += [(pairs[a] == r).astype(float) for a in (0, 1) for r in np.flatnonzero(~hidden[a])]
    matrix = np.stack(shown)
    rank = np.linalg.matrix_rank(matrix)
    sets = (np.array(chosen) for chosen in product((False, True), repeat=pairs.shape[1]))
    return [
        chosen[of.reshape(-1)]
        for chosen in sets
        if chosen.any() and np.linalg.matrix_rank(np.vstack([matrix, chosen])) == rank
    ]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 100_000))
def test_every_sum_that_follows_is_seen(seed: int) -> None:
    """The rule agrees with trying every set of people that rank alone says is known."""
    rng = np.random.default_rng(seed)
    people = int(rng.integers(60, 140))
    departments = rng.choice(4, people, p=rng.dirichlet(np.full(4, 3.0)))
    sites = np.where(rng.random(people) < 0.9, departments // 2, rng.choice(2, people))
    sites = sites if seed % 2 else departments // 2
    members = (departments, sites)
    amounts = rng.exponential(1.5, people) + 0.05
    hidden = tuple(
        hide_sums(amounts, m, rng.random(n) < 0.3, LIMITS) for m, n in zip(members, (4, 2), strict=True)
    )
    if hidden[0].all() or hidden[1].all():
        return
    followed = sums_that_follow(members, (hidden[0], hidden[1]))
    expected = all(carries(amounts[people], LIMITS) for people in followed)
    assert is_difference_safe(amounts, members, (hidden[0], hidden[1]), LIMITS) == expected


def test_a_site_less_its_departments_is_seen() -> None:
    """Both tables pass alone: the site less its large department is the small one, of which one has most."""
    departments = np.repeat([0, 1, 2, 3], [30, 12, 30, 12])
    amounts = np.ones(84)
    amounts[30] = amounts[72] = 8.0
    members = (departments, departments // 2)
    one = hide_sums(amounts, departments, np.zeros(4, dtype=bool), LIMITS)
    other = hide_sums(amounts, departments // 2, np.zeros(2, dtype=bool), LIMITS)
    assert one.tolist() == [False, True, False, True]
    assert not other.any()
    assert not is_difference_safe(amounts, members, (one, other), LIMITS)
    assert is_difference_safe(amounts, members, (one, np.ones(2, dtype=bool)), LIMITS)


def test_no_release_tells_hours_of_few_people_by_subtraction() -> None:
    """Departments within sites, some tiers hidden: single tables leave gaps, both together leave none."""
    gaps = shown = 0
    for seed in range(20):
        scored, groups, rules = organisation(seed, 90, nested=True)
        counted = count_people(scored, groups, np.full(90, 10.0), rules)
        rng = np.random.default_rng(seed)
        tiers = {name: rng.random(len(b.labels)) < 0.3 for name, b in counted.breakdowns.items()}
        members = tuple(b.member for b in counted.breakdowns.values())
        amounts = scored.hours
        alone = tuple(
            hide_sums(amounts, m, mask, LIMITS) for m, mask in zip(members, tiers.values(), strict=True)
        )
        gaps += not is_difference_safe(amounts, (members[0], members[1]), (alone[0], alone[1]), LIMITS)
        masks = hidden_hours(counted, tiers, LIMITS)
        one, other = masks.values()
        assert all((tiers[name] <= mask).all() for name, mask in masks.items())
        known = sums_that_follow((members[0], members[1]), (one, other))
        assert all(carries(amounts[people], LIMITS) for people in known)
        shown += int((~one).sum() + (~other).sum())
    assert gaps > 0
    assert shown > 0


def test_hidden_tiers_hide_the_hours_of_the_attribute() -> None:
    scored, groups, rules = organisation(1, 90)
    counted = count_people(scored, groups, np.full(90, 10.0), rules)
    masks = hidden_hours(counted, dict.fromkeys(counted.breakdowns), LIMITS)
    assert all(mask.all() for mask in masks.values())
