"""Two attributes together: nested groups are caught, and what passes holds against a linear programme."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from scoring.crossing import is_crossing_safe
from scoring.disclosure import hide_rows, is_total_safe
from tests.scoring.attacker import attacker_of

K, HOMOGENEITY = 5, 0.9
Cube = NDArray[np.int64]


def masks(cube: Cube) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the rows that single tables hide."""
    return hide_rows(cube.sum(axis=1), K, HOMOGENEITY), hide_rows(cube.sum(axis=0), K, HOMOGENEITY)


@st.composite
def cubes(draw: st.DrawFn) -> Cube:
    """People by two attributes and tier; some pairs are empty, as where departments have one site."""
    shape = (draw(st.integers(2, 4)), draw(st.integers(2, 3)), draw(st.integers(2, 4)))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    cube = rng.poisson(rng.choice([2, 5, 9], size=shape))
    cube[rng.random(shape[:2]) < draw(st.sampled_from([0.0, 0.3, 0.5]))] = 0
    cube[:, 0, 0] += 2 * K
    cube[0, :, 0] += 2 * K
    return cube


@settings(max_examples=40, deadline=None)
@given(cubes())
def test_two_tables_that_share_the_total_tell_no_more_than_each_alone(cube: Cube) -> None:
    """Without knowledge of pairs the bounds are the same with and without the other table."""
    hidden = masks(cube)
    attacker, numbers = attacker_of(cube, hidden, knows_pairs=False)
    nothing = np.ones(cube.shape[1], dtype=bool)
    alone, _ = attacker_of(cube, (hidden[0], nothing), knows_pairs=False)
    for i in np.flatnonzero(hidden[0])[:2]:
        for t in range(cube.shape[2]):
            assert attacker.bounds(numbers[i, :, t]) == alone.bounds(numbers[i, :, t])


@settings(max_examples=40, deadline=None)
@given(cubes())
def test_what_passes_protects_small_counts_from_somebody_who_knows_the_pairs(cube: Cube) -> None:
    hidden = masks(cube)
    if hidden[0].all() or hidden[1].all() or not is_crossing_safe(cube, hidden, K, HOMOGENEITY):
        return
    attacker, numbers = attacker_of(cube, hidden, knows_pairs=True)
    groups = [numbers[i] for i in np.flatnonzero(hidden[0])] + [
        numbers[:, j] for j in np.flatnonzero(hidden[1])
    ]
    groups += [numbers[i, j][None, :] for i in range(cube.shape[0]) for j in range(cube.shape[1])]
    flat = cube.reshape(-1)
    for group in groups:
        size = flat[group].sum()
        for t in range(cube.shape[2]):
            if 0 < flat[group[:, t]].sum() < K:
                low, high = attacker.bounds(group[:, t])
                assert low == 0
                assert high >= min(K, size)


def test_a_site_less_its_departments_is_caught() -> None:
    """Departments 1 and 2 make up site 1; department 2 is hidden, but the site less department 1 is it."""
    cube = np.zeros((4, 2, 2), dtype=np.int64)
    cube[0, 0], cube[1, 0], cube[2, 1], cube[3, 1] = (20, 12), (13, 3), (14, 15), (14, 14)
    hidden = masks(cube)
    assert hidden[0][1]
    assert not hidden[0][0]
    assert not hidden[1].any()
    assert is_total_safe(cube.sum(axis=(0, 1)), K, HOMOGENEITY)
    attacker, numbers = attacker_of(cube, hidden, knows_pairs=True)
    assert attacker.bounds(numbers[1, :, 1]) == (3, 3)
    assert not is_crossing_safe(cube, hidden, K, HOMOGENEITY)


def test_three_people_between_two_shown_rows_are_caught() -> None:
    """Site 1 is department 1 and three others: both rows shown would tell the three's tiers."""
    cube = np.zeros((2, 2, 2), dtype=np.int64)
    cube[0, 0], cube[1, 0], cube[1, 1] = (20, 12), (1, 2), (19, 18)
    hidden = masks(cube)
    assert not hidden[0].any()
    assert not hidden[1].any()
    assert not is_crossing_safe(cube, hidden, K, HOMOGENEITY)


def test_a_uniform_group_between_two_shown_rows_is_caught() -> None:
    """Site 1 less department 1 are six people of department 2, all in the first tier."""
    cube = np.zeros((2, 2, 2), dtype=np.int64)
    cube[0, 0], cube[1, 0], cube[1, 1] = (10, 10), (6, 0), (10, 10)
    hidden = masks(cube)
    assert not hidden[0].any()
    assert not hidden[1].any()
    assert not is_crossing_safe(cube, hidden, K, HOMOGENEITY)


def test_departments_spread_over_sites_pass() -> None:
    cube = np.array([[[11, 9], [9, 12]], [[10, 9], [13, 9]], [[12, 8], [9, 9]]])
    hidden = masks(cube)
    assert not hidden[0].any()
    assert is_crossing_safe(cube, hidden, K, HOMOGENEITY)
