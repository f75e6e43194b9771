"""Sums of hours: nobody is read out of them, not by subtraction either."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.setup import Thresholds
from scoring.grouping import Breakdown
from scoring.sums import by_group, carries, hide_lines, shown_sums, shown_total

LIMITS = Thresholds()


def test_ten_people_have_to_add_something_and_nobody_more_than_a_quarter() -> None:
    assert carries(np.ones(10), LIMITS)
    assert not carries(np.ones(9), LIMITS)
    assert not carries(np.array([1.0] * 9 + [0.0] * 50), LIMITS)  # zeros protect nobody
    assert carries(np.array([1.0] * 9 + [3.0]), LIMITS)  # 3 of 12
    assert not carries(np.array([1.0] * 9 + [3.1]), LIMITS)
    assert not carries(np.zeros(0), LIMITS)


def test_one_hidden_line_takes_another_with_it() -> None:
    """Alone it would be the total less the lines shown."""
    amounts = np.zeros((60, 4))
    for line, people in enumerate((30, 15, 12, 3)):
        start = (0, 30, 45, 57)[line]
        amounts[start : start + people, line] = 2.0
    assert hide_lines(amounts, LIMITS).tolist() == [False, False, True, True]
    assert shown_sums(amounts, LIMITS) == (60, 30, None, None)
    assert not hide_lines(amounts[:, :2], LIMITS).any()


def test_all_lines_are_hidden_with_a_total_that_may_not_be_shown() -> None:
    amounts = np.full((9, 2), 5.0)
    assert hide_lines(amounts, LIMITS).all()
    assert shown_total(amounts.sum(axis=1), LIMITS) is None


@given(st.integers(0, 10_000), st.integers(2, 6), st.integers(0, 120))
def test_whatever_can_be_subtracted_carries_a_sum_itself(seed: int, lines: int, people: int) -> None:
    """Shown lines carry; the hidden ones are none or at least two, and carry together."""
    rng = np.random.default_rng(seed)
    amounts = rng.exponential(4, (people, lines)) * (rng.random((people, lines)) < rng.uniform(0, 0.6))
    amounts[rng.random(people) < 0.02] *= 40
    hidden = hide_lines(amounts, LIMITS)
    for line in np.flatnonzero(~hidden):
        assert carries(amounts[:, line], LIMITS)
    if hidden.any() and not hidden.all():
        assert hidden.sum() > 1
        assert carries(amounts[:, hidden].sum(axis=1), LIMITS)


def test_amounts_by_group_are_a_person_s_own_and_add_up() -> None:
    rows = Breakdown("x", ("A", "B"), (5, 5), np.array([0, 1, 1]))
    parts = by_group(np.array([1.0, 2.0, 3.0]), rows)
    assert parts.tolist() == [[1, 0], [0, 2], [0, 3]]


@pytest.mark.parametrize(("amount", "told"), [(1.0, 10), (1.2, 10), (1.3, 15)])
def test_sums_are_rounded_to_five(amount: float, told: int) -> None:
    assert shown_total(np.full(10, amount), LIMITS) == told
