"""Hours and tier probabilities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import ndtr

from scoring.errors import BadModel
from scoring.hours import (
    CONDITIONS,
    DEFAULT_HOURS,
    FEATURES,
    SKILL,
    HoursModel,
    contributions,
    deficit_and_slope,
    normal_points,
    relative_common_sd,
    split,
)
from scoring.needs import PAIRS
from scoring.recalibration import recalibrate
from scoring.reference import default_reference
from scoring.tiers import SupportTierClassifier
from tests.scoring.made import CUTS, standard_like

Floats = NDArray[np.float64]


def classifier() -> SupportTierClassifier:
    return SupportTierClassifier(CUTS, DEFAULT_HOURS).fit(np.zeros((1, 14)))


def posterior(mean: tuple[float, ...], sd: float) -> Floats:
    cov = [sd * sd if a == b else 0.0 for a, b in PAIRS]
    return np.array([[*mean, *cov]])


@settings(max_examples=60, deadline=None)
@given(
    mean=st.tuples(*[st.floats(-4, 4)] * 4),
    sd=st.floats(0, 1),
    need=st.integers(0, 3),
    step=st.floats(0.01, 2),
)
def test_probabilities_sum_to_one_and_fall_with_every_need(
    mean: tuple[float, ...], sd: float, need: int, step: float
) -> None:
    """More safety, agility, headroom or capability never makes more hours more probable."""
    better = tuple(x + step if i == need else x for i, x in enumerate(mean))
    worse, best = (classifier().predict_proba(posterior(m, sd))[0] for m in (mean, better))
    assert worse.sum() == pytest.approx(1.0, abs=1e-12)
    assert (worse >= -1e-12).all()
    above = lambda p: np.cumsum(p[::-1])[:3]  # noqa: E731
    assert (above(best) <= above(worse) + 1e-12).all()


def test_a_certain_person_has_the_closed_form() -> None:
    """Without doubt about the needs: hours are the weighted features, P(below c) is log-normal."""
    mean = (-1.0, 0.5, 0.0, 2.0)
    d = np.logaddexp(0, -1.3 * np.array(mean)) / 1.3
    features = np.array([1, *d, d[0] * d[2], d[1] * d[3]])
    hours = float(features @ np.array(DEFAULT_HOURS.weights))
    found = classifier().integrate(posterior(mean, 0.0))
    sd = DEFAULT_HOURS.outcome_log_sd
    below = ndtr((np.log(CUTS) - np.log(hours) + sd**2 / 2) / sd)
    np.testing.assert_allclose(found.features[0], features, rtol=1e-13)
    assert found.hours[0] == pytest.approx(hours)
    assert found.hours_var[0] == pytest.approx(hours**2 * (np.exp(sd**2) - 1))
    np.testing.assert_allclose(found.probabilities[0], np.diff([0, *below, 1]), atol=1e-13)


def test_64_points_stand_for_the_whole_posterior() -> None:
    """Against 200,000 random points: tier probabilities within .01, expected hours within 1 %."""
    rng = np.random.default_rng(11)
    half = rng.standard_normal((100_000, 4))
    draws = np.concatenate([half, -half])
    correlations = np.array(default_reference(standard_like()).correlations)
    sd = np.array([0.6, 0.7, 0.55, 0.95])
    cov = correlations * np.outer(sd, sd)
    for mean in ([0.0, 0.0, 0.0, 0.0], [-1.0, -0.5, -1.0, 0.0], [1.0, 0.3, 0.8, 0.2]):
        needs = mean + draws @ np.linalg.cholesky(cov).T
        d = np.logaddexp(0, -1.3 * needs) / 1.3
        w = DEFAULT_HOURS.weights
        hours = w[0] + d @ np.array(w[1:5]) + w[5] * d[:, 0] * d[:, 2] + w[6] * d[:, 1] * d[:, 3]
        s = DEFAULT_HOURS.outcome_log_sd
        below = [ndtr((np.log(c) - np.log(hours) + s * s / 2) / s).mean() for c in CUTS]
        found = classifier().integrate(np.array([[*mean, *(cov[pair] for pair in PAIRS)]]))
        np.testing.assert_allclose(found.probabilities[0], np.diff([0, *below, 1]), atol=0.01)
        assert found.hours[0] == pytest.approx(hours.mean(), rel=0.01)


def test_points_have_mean_zero_and_unit_covariance() -> None:
    points = normal_points()
    np.testing.assert_allclose(points.mean(axis=0), 0, atol=1e-14)
    np.testing.assert_allclose(points.T @ points / 64, np.eye(4), atol=1e-13)


def test_slopes_are_the_derivative_of_the_expected_hours() -> None:
    mean, step = (-0.4, 0.2, 0.9, -1.1), 1e-5
    slopes = classifier().integrate(posterior(mean, 0.7)).slopes[0]
    for need in range(4):
        up, down = (tuple(x + s * step * (i == need) for i, x in enumerate(mean)) for s in (1, -1))
        rise = classifier().expected_hours(posterior(up, 0.7)) - classifier().expected_hours(
            posterior(down, 0.7)
        )
        assert slopes[need] == pytest.approx(rise[0] / (2 * step), rel=1e-6)


def test_deficits_are_smooth_and_never_overflow() -> None:
    """Far below the mean the deficit is the distance, far above it nothing; no warning at any size."""
    deficit, slope = deficit_and_slope(np.array([-1e6, -3.0, 0.0, 3.0, 1e6]))
    np.testing.assert_allclose(
        deficit, [1e6, np.logaddexp(0, 3.9) / 1.3, np.log(2) / 1.3, np.logaddexp(0, -3.9) / 1.3, 0]
    )
    np.testing.assert_allclose(slope[[0, 2, 4]], [-1, -0.5, 0])


def test_an_average_organisation_needs_about_what_the_weights_promise() -> None:
    """Needs drawn from the reference: 1.5 to 2 hours a month on average, and every tier holds somebody."""
    correlations = np.array(default_reference(standard_like()).correlations)
    needs = np.random.default_rng(2).multivariate_normal(np.zeros(4), correlations, 4000)
    sure = np.zeros((4000, 14))
    sure[:, :4] = needs
    found = classifier().integrate(sure)
    assert 1.5 < found.hours.mean() < 2.0
    shares = found.probabilities.mean(axis=0)
    np.testing.assert_allclose(shares, [0.35, 0.34, 0.23, 0.08], atol=0.02)


def test_contributions_add_up_and_split_into_skill_and_conditions() -> None:
    features = np.array([[1.0, 0.5, 0.2, 0.9, 0.4, 0.45, 0.08]])
    parts = contributions(features, DEFAULT_HOURS)
    skill, conditions = split(features, DEFAULT_HOURS)
    assert parts.sum() == pytest.approx(DEFAULT_HOURS.weights[0] + skill[0] + conditions[0])
    assert skill[0] == pytest.approx(0.45 * 0.2 + 0.6 * 0.4 + 0.4 * 0.08)
    assert {*SKILL, *CONDITIONS, 0} == set(range(len(FEATURES)))


def test_common_errors_join_level_weights_and_reference() -> None:
    """With one feature: variance .45^2 + .35^2 + (reference effect / total)^2, by hand."""
    model = HoursModel(weights=(2.0, 0, 0, 0, 0, 0, 0))
    found = relative_common_sd(np.array([10.0, 0, 0, 0, 0, 0, 0]), np.array([4.0, 3.0]), model)
    assert found == pytest.approx(np.sqrt(0.45**2 + 0.35**2 + 25 / 400))


def test_known_hours_re_estimate_the_weights_and_missing_ones_do_not() -> None:
    """With NaN only the expert guess stays; with hours it predicts by what recalibration gives."""
    needs = np.random.default_rng(5).standard_normal((40, 14)) * ([1] * 4 + [0] * 10)
    expert = SupportTierClassifier(CUTS).fit(needs, np.full(40, np.nan))
    assert expert.hours_ is DEFAULT_HOURS
    hours = np.where(np.arange(40) % 2, 3 * expert.expected_hours(needs), np.nan)
    learned = SupportTierClassifier(CUTS).fit(needs, hours)
    assert learned.hours_ == recalibrate(needs, hours, DEFAULT_HOURS)
    assert learned.expected_hours(needs).mean() > 2 * expert.expected_hours(needs).mean()
    assert learned.score(needs, hours) > expert.score(needs, hours)


def test_needs_known_without_error_are_a_posterior_without_spread() -> None:
    """Four columns are what fourteen with covariances of 0 are; five or fifteen columns are nothing."""
    needs = np.random.default_rng(6).standard_normal((9, 4))
    four, full = SupportTierClassifier(CUTS).fit(needs), classifier()
    known = np.hstack([needs, np.zeros((9, 10))])
    np.testing.assert_array_equal(four.predict_proba(needs), full.predict_proba(known))
    for columns in (5, 13, 15):
        with pytest.raises(ValueError, match="columns; 14 are needed"):
            SupportTierClassifier(CUTS).fit(np.zeros((2, columns)))


@pytest.mark.parametrize("hours", [[1.0, -0.5], [1.0, np.inf], [1.0]])
def test_hours_that_nobody_can_need_are_refused(hours: list[float]) -> None:
    with pytest.raises(BadModel, match="Hours needed"):
        SupportTierClassifier(CUTS).fit(np.zeros((2, 14)), np.array(hours))


def test_a_score_without_known_hours_is_refused() -> None:
    with pytest.raises(ValueError, match="no known hours"):
        classifier().score(np.zeros((2, 14)), np.full(2, np.nan))


@settings(max_examples=40, deadline=None)
@given(
    mean=st.tuples(*[st.floats(-3, 3)] * 4),
    sd=st.floats(0, 1),
    shares=st.lists(st.floats(1e-6, 1 - 1e-6), min_size=2, max_size=6),
)
def test_quantiles_of_hours_rise_and_give_back_the_tiers(
    mean: tuple[float, ...], sd: float, shares: list[float]
) -> None:
    """Larger shares, never fewer hours; the quantiles at the tiers' cumulated shares are the cut hours."""
    person = posterior(mean, sd)
    found = classifier().predict_hours(person, sorted(shares))[0]
    assert (np.diff(found) >= 0).all()
    below = np.cumsum(classifier().predict_proba(person)[0])[:3]
    for cut, share in zip(CUTS, below, strict=True):
        if 1e-3 < share < 1 - 1e-3:
            assert classifier().predict_hours(person, [share])[0, 0] == pytest.approx(cut, rel=1e-8)


def test_quantiles_of_a_certain_person_are_log_normal() -> None:
    """Without doubt about the needs: median = mean x exp(-sd^2 / 2), .95 lies 1.645 sd above it."""
    person = posterior((-1.0, 0.5, 0.0, 2.0), 0.0)
    middle, high = classifier().predict_hours(person, (0.5, 0.95))[0]
    sd = DEFAULT_HOURS.outcome_log_sd
    assert middle == pytest.approx(classifier().expected_hours(person)[0] * np.exp(-sd * sd / 2))
    assert high == pytest.approx(middle * np.exp(1.6448536269514722 * sd))


@pytest.mark.parametrize("share", [0.0, 1.0, -0.1, np.nan])
def test_quantiles_outside_0_to_1_are_refused(share: float) -> None:
    with pytest.raises(ValueError, match="quantiles"):
        classifier().predict_hours(posterior((0.0,) * 4, 1.0), (0.5, share))


@pytest.mark.parametrize("cuts", [(0.0, 1.0, 2.0), (2.0, 1.0, 4.0), (1.0, 2.0, np.nan), (1.0, 2.0, np.inf)])
def test_cut_hours_that_do_not_rise_are_refused(cuts: tuple[float, float, float]) -> None:
    with pytest.raises(BadModel, match="cut hours"):
        SupportTierClassifier(cuts, DEFAULT_HOURS).fit(np.zeros((1, 14)))


@pytest.mark.parametrize("weights", [(1.0,) * 6, (0.0, *(1.0,) * 6), (1.0, -0.1, *(1.0,) * 5)])
def test_weights_that_are_no_hours_are_refused(weights: tuple[float, ...]) -> None:
    with pytest.raises(BadModel):
        SupportTierClassifier(CUTS, HoursModel(weights=weights)).fit(np.zeros((1, 14)))
