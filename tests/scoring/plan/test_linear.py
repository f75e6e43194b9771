"""The solver's own interface: right, whole where asked, going on from before, and silent."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.optimize import linprog

from scoring.plan.linear import Floats, LinearProgramme

LOW, HIGH = np.array([4.0, 3.0, 0.0]), np.array([4.0, 3.0, 5.0])


def columns_of(seed: int, columns: int = 9) -> tuple[Floats, Floats]:
    """Return costs, and columns that can always keep the rows: the first of them each in one row alone."""
    rng = np.random.default_rng(seed)
    matrix = np.hstack([np.eye(3, 2), rng.integers(0, 3, (3, columns - 2)).astype(np.float64)])
    return np.round(rng.uniform(0.5, 4.0, columns), 2), matrix


def programme_of(costs: Floats, matrix: Floats) -> LinearProgramme:
    programme = LinearProgramme(LOW, HIGH)
    programme.add(costs, matrix)
    return programme


@pytest.mark.parametrize("seed", range(10))
def test_value_prices_and_reduced_costs_are_those_of_scipy(seed: int) -> None:
    costs, matrix = columns_of(seed)
    found = programme_of(costs, matrix).solve()
    other = linprog(costs, A_eq=matrix[:2], b_eq=LOW[:2], A_ub=matrix[2:], b_ub=HIGH[2:], method="highs")
    assert found is not None
    assert found.value == pytest.approx(other.fun)
    assert found.reduced == pytest.approx(costs - matrix.T @ found.prices)
    assert found.reduced.min() >= -1e-9
    assert found.prices[:2] @ LOW[:2] + found.prices[2] * HIGH[2] == pytest.approx(other.fun)


@pytest.mark.parametrize("seed", range(10))
def test_whole_numbers_are_the_best_of_all(seed: int) -> None:
    costs, matrix = columns_of(seed, 6)
    ways = np.array(list(itertools.product(range(5), repeat=6)), dtype=np.float64)
    counts = ways @ matrix.T
    fits = ((counts >= LOW) & (counts <= HIGH)).all(axis=1)
    found = programme_of(costs, matrix).whole(1000)
    assert found is not None
    assert (found == np.rint(found)).all()
    assert costs @ found == pytest.approx((ways[fits] @ costs).min())


def test_a_programme_goes_on_with_more_columns_and_other_limits() -> None:
    costs, matrix = columns_of(3)
    growing = programme_of(costs[:4], matrix[:, :4])
    first = growing.solve()
    growing.add(costs[4:], matrix[:, 4:])
    growing.limit(2, 0.0, 1.0)
    found = growing.solve()
    fresh = LinearProgramme(LOW, np.array([4.0, 3.0, 1.0]))
    fresh.add(costs, matrix)
    other = fresh.solve()
    assert first is not None
    assert found is not None
    assert other is not None
    assert found.value == pytest.approx(other.value)
    assert found.value != pytest.approx(first.value)


def test_what_cannot_be_is_none() -> None:
    programme = LinearProgramme(np.array([1.0]), np.array([1.0]))
    programme.add(np.ones(1), np.array([[2.0]]))
    assert programme.solve() is not None
    assert programme.whole(100) is None
    programme.limit(0, -2.0, -1.0)
    assert programme.solve() is None


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    """Standard output is data; HiGHS writes to the file descriptor itself."""
    for seed in range(40):
        costs, matrix = columns_of(seed)
        programme = programme_of(costs, matrix)
        programme.solve()
        programme.whole(5)
    assert capfd.readouterr() == ("", "")
