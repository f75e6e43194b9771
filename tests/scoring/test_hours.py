"""Doubt about totals: the guess worked by hand, and what reports change of it."""

from __future__ import annotations

import math

import msgspec
import numpy as np
import pytest

from scoring.hours import (
    DEFAULT_HOURS,
    FEATURES,
    expected_variance,
    learnt_variance,
    relative_common_sd,
)

ONE_FEATURE = np.eye(7)[4]


def test_one_weight_alone_has_its_own_doubt_and_that_of_the_level() -> None:
    """From capability alone: sqrt(.35^2 + .45^2) = .5701; of two equal parts .35 is halved in square."""
    assert relative_common_sd(ONE_FEATURE, np.zeros(1), DEFAULT_HOURS) == pytest.approx(0.5701, abs=1e-4)
    halves = np.zeros(7)
    halves[1:3] = 1 / np.array(DEFAULT_HOURS.weights[1:3])
    expected = math.sqrt(0.35**2 / 2 + 0.45**2)
    assert relative_common_sd(halves, np.zeros(1), DEFAULT_HOURS) == pytest.approx(expected)


def test_doubt_about_the_reference_adds_to_the_guess() -> None:
    """.12 and .16 hours of .6 by two references are .2 and .267 of the total: .3333 together."""
    found = relative_common_sd(ONE_FEATURE, np.array([0.12, 0.16]), DEFAULT_HOURS)
    assert found == pytest.approx(math.hypot(0.5701, 1 / 3), abs=1e-4)


def test_a_total_of_nothing_has_the_doubt_of_the_level() -> None:
    assert relative_common_sd(np.zeros(7), np.zeros(1), DEFAULT_HOURS) == DEFAULT_HOURS.level_log_sd


def test_reports_lower_the_doubt_about_weights_and_reference_together() -> None:
    """.25 falling to .05 adds 16 in precision; with a reference of .15 it is 1 / (1 / .4 + 16) = .0541."""
    assert learnt_variance(0.25, 0.05, 0.15) == pytest.approx(1 / 18.5)
    assert learnt_variance(0.25, 0.05, 0.0) == pytest.approx(0.05)
    assert learnt_variance(0.25, 0.25, 0.15) == pytest.approx(0.4)
    assert learnt_variance(0.25, 0.30, 0.0) == 0.30


def test_the_guess_is_independent_weights_under_one_level() -> None:
    covariance = DEFAULT_HOURS.covariance
    assert covariance.shape == (len(FEATURES), len(FEATURES))
    np.testing.assert_allclose(np.diag(covariance), 0.35**2 + 0.45**2)
    assert covariance[0, 3] == pytest.approx(0.45**2)


def test_the_spread_of_those_who_need_some_is_smaller_than_with_those_who_need_none() -> None:
    """A share of q who need nothing multiplies exp(sd^2), the relative mean square, by 1 / (1 - q)."""
    model = msgspec.structs.replace(DEFAULT_HOURS, outcome_log_sd=0.9, none_share=0.4)
    with_zeros = math.exp(model.spread_of_some**2) / (1 - 0.4)
    assert with_zeros == pytest.approx(math.exp(0.9**2))


def test_expected_hours_vary_less_than_the_hours_of_a_month() -> None:
    """Needs known exactly leave nothing; without outcome noise all of the variance stays."""
    hours, noise = np.array([1.0, 3.0]), math.exp(DEFAULT_HOURS.outcome_log_sd**2)
    none = expected_variance(hours, (noise - 1) * hours**2, DEFAULT_HOURS)
    np.testing.assert_allclose(none, 0.0, atol=1e-12)
    some = expected_variance(hours, noise * (hours**2 + 0.25) - hours**2, DEFAULT_HOURS)
    np.testing.assert_allclose(some, 0.25)
