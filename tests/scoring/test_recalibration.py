"""Weights learnt from hours needed: what they recover, what they withstand, what they refuse."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from scoring.blocks import Floats
from scoring.errors import BadModel
from scoring.hours import DEFAULT_HOURS, HoursModel, expected_variance, relative_common_sd
from scoring.recalibration import TotalSeen, recalibrate
from scoring.tiers import SupportTierClassifier
from tests.scoring.organisations import Organisation, features_of, organisation
from tests.scoring.people import CUTS

NOTHING = np.zeros(1)


def predicted(posterior: Floats, model: HoursModel) -> Floats:
    """Return hours a month (n,) that `model` expects."""
    return SupportTierClassifier(CUTS, model).fit(posterior).integrate(posterior).hours


def kappa(one: Organisation, model: HoursModel) -> float:
    """Return the quadratic-weighted kappa of the most probable tier with the true one."""
    truth = np.searchsorted(CUTS, one.expected, side="right")
    told = SupportTierClassifier(CUTS, model).fit(one.posterior).predict(one.posterior)
    return float(cohen_kappa_score(truth, told, weights="quadratic", labels=range(4)))


def common_sd(model: HoursModel, features: Floats) -> float:
    """Return the relative SD of a total from doubt about the weights alone."""
    return relative_common_sd(features.sum(axis=0), NOTHING, model)


def test_without_hours_the_expert_guess_stays() -> None:
    one = organisation(1, 30)
    assert recalibrate(one.posterior, np.full(30, np.nan), DEFAULT_HOURS) is DEFAULT_HOURS


def test_thousands_of_reports_find_the_level_and_the_larger_weights() -> None:
    """4,000 people: the total within 3 %, the spread within 10 %, each single need's weight within 30 %."""
    one = organisation(11, 4000)
    model = recalibrate(one.posterior, one.hours, DEFAULT_HOURS)
    assert predicted(one.posterior, model).sum() == pytest.approx(one.expected.sum(), rel=0.03)
    assert model.outcome_log_sd == pytest.approx(0.5, rel=0.1)
    np.testing.assert_allclose(model.weights[1:5], one.weights[1:5], rtol=0.3)
    assert (model.status, model.labels) == ("re-estimated", 4000)


def test_each_report_narrows_the_doubt() -> None:
    """The doubt about the total falls from the guess over 1, 10, 50 and 200 reports."""
    one = organisation(3)
    features = features_of(one.needs)
    doubts = [
        common_sd(recalibrate(one.posterior, one.known(labels, 5), DEFAULT_HOURS), features)
        for labels in (0, 1, 10, 50, 200)
    ]
    assert doubts == sorted(doubts, reverse=True)
    assert doubts[0] > 0.4
    assert doubts[-1] < 0.07


def test_one_report_pulls_towards_it_and_no_further() -> None:
    one = organisation(4)
    before = predicted(one.posterior, DEFAULT_HOURS)
    for factor in (0.2, 5.0):
        hours = np.full(len(before), np.nan)
        hours[7] = factor * before[7]
        after = predicted(one.posterior, recalibrate(one.posterior, hours, DEFAULT_HOURS))
        assert min(1, factor) < after[7] / before[7] < max(1, factor)


def test_a_second_wave_goes_on_from_the_first() -> None:
    """Learning from half the people and then from the others is nearly learning from all at once."""
    one = organisation(6)
    first, second = one.hours.copy(), one.hours.copy()
    first[200:], second[:200] = np.nan, np.nan
    stepwise = recalibrate(one.posterior, second, recalibrate(one.posterior, first, DEFAULT_HOURS))
    at_once = recalibrate(one.posterior, one.hours, DEFAULT_HOURS)
    assert stepwise.labels == at_once.labels == 400
    np.testing.assert_allclose(
        predicted(one.posterior, stepwise).sum(), predicted(one.posterior, at_once).sum(), rtol=0.02
    )
    np.testing.assert_allclose(stepwise.covariance, at_once.covariance, atol=0.02)


def test_same_input_gives_the_same_bits_and_goes_through_json() -> None:
    one = organisation(7, 60)
    model = recalibrate(one.posterior, one.hours, DEFAULT_HOURS)
    assert recalibrate(one.posterior, one.hours, DEFAULT_HOURS) == model
    assert msgspec.json.decode(msgspec.json.encode(model), type=HoursModel) == model


def test_no_weight_falls_below_nothing_and_a_weight_of_nothing_stays() -> None:
    """Hours that fall with need drive weights towards 0, never below; a weight of 0 stays 0."""
    one = organisation(8)
    expert = msgspec.structs.replace(DEFAULT_HOURS, weights=(0.1, 0.4, 0.45, 0.45, 0.6, 0.4, 0.0))
    model = recalibrate(one.posterior, 1 / (0.1 + one.expected), expert)
    assert model.weights[-1] == 0
    assert min(model.weights[:-1]) > 0
    assert model.weights[4] < expert.weights[4]


def test_people_who_needed_nothing_lower_the_hours_and_break_nothing() -> None:
    one = organisation(9, 100)
    model = recalibrate(one.posterior, np.zeros(100), DEFAULT_HOURS)
    assert np.isfinite(model.weights).all()
    assert predicted(one.posterior, model).sum() < 0.5 * predicted(one.posterior, DEFAULT_HOURS).sum()


def test_months_without_any_need_keep_the_mean() -> None:
    """40 % of people need nothing, whatever their needs: the total is that of all reports."""
    found = []
    for seed in range(6):
        one = organisation(seed)
        hours = one.hours * (np.random.default_rng(seed).random(400) < 0.6)
        model = recalibrate(one.posterior, hours, DEFAULT_HOURS)
        found.append(predicted(one.posterior, model).sum() / hours.sum())
        assert model.none_share == pytest.approx(0.4, abs=0.08)
    assert np.median(found) == pytest.approx(1, abs=0.06)


def test_the_spread_is_not_taken_for_smaller_than_it_is() -> None:
    """50 reports, spread .5 and known only roughly before: the mean over 24 organisations is within 2 %.

    The plain mode follows the noise of the reports, and comes out at .48.
    """
    expert = msgspec.structs.replace(DEFAULT_HOURS, outcome_doubt=1.0, none_share=1e-6)
    found = []
    for seed in range(24):
        one = organisation(60 + seed)
        found.append(recalibrate(one.posterior, one.known(50, seed), expert).outcome_log_sd)
    assert np.mean(found) == pytest.approx(0.5, rel=0.02)


def test_some_reports_of_zero_are_less_than_a_quarter_of_an_hour() -> None:
    """Rounding every report under 15 minutes to 0 changes the total by less than 2 %."""
    one = organisation(10)
    rounded = np.where(one.hours < 0.25, 0.0, one.hours)
    assert (rounded == 0).any()
    exact, censored = (
        predicted(one.posterior, recalibrate(one.posterior, hours, DEFAULT_HOURS)).sum()
        for hours in (one.hours, rounded)
    )
    assert censored == pytest.approx(exact, rel=0.02)


@pytest.mark.parametrize("seed", [12, 13, 14])
def test_one_slip_of_the_keys_does_not_carry_the_total_away(seed: int) -> None:
    """160 hours of one among 50 people, who need about two each, move the total by less than 10 %.

    Without strays in the model they move it by 26 and 29 % (seeds 13 and 14).
    """
    one = organisation(seed, weights_off=0.0, level=0.0)
    hours = one.known(50, 2)
    right = predicted(one.posterior, recalibrate(one.posterior, hours, DEFAULT_HOURS)).sum()
    hours[np.flatnonzero(~np.isnan(hours))[0]] = 160.0
    wrong = predicted(one.posterior, recalibrate(one.posterior, hours, DEFAULT_HOURS)).sum()
    assert wrong == pytest.approx(right, rel=0.1)


def test_a_total_from_the_ledger_pulls_the_level_as_far_as_it_is_sure() -> None:
    """Twice the hours at no doubt double the total; at the doubt of the guess they go half the way (log)."""
    one = organisation(13, 100)
    features = SupportTierClassifier(CUTS, DEFAULT_HOURS).fit(one.posterior).integrate(one.posterior).features
    guess = float((features @ np.array(DEFAULT_HOURS.weights)).sum())
    unknown = np.full(100, np.nan)
    for log_sd, factor in ((0.001, 2.0), (common_sd(DEFAULT_HOURS, features), 2**0.5)):
        total = TotalSeen(features.sum(axis=0), 2 * guess, log_sd)
        model = recalibrate(one.posterior, unknown, DEFAULT_HOURS, total)
        assert predicted(one.posterior, model).sum() == pytest.approx(factor * guess, rel=0.05)


@pytest.mark.parametrize("bad", [-1.0, np.inf])
def test_hours_that_cannot_be_are_refused_without_telling_them(bad: float) -> None:
    one = organisation(1, 30)
    hours = one.hours.copy()
    hours[3] = bad
    with pytest.raises(BadModel, match="from 0 on") as caught:
        recalibrate(one.posterior, hours, DEFAULT_HOURS)
    assert str(bad) not in str(caught.value)
    with pytest.raises(BadModel, match="for each person"):
        recalibrate(one.posterior, one.hours[:-1], DEFAULT_HOURS)


def test_help_that_was_not_asked_for_lowers_no_need() -> None:
    """Unsafe people get less and miss more: received plus missed keeps the least safe fifth where it was.

    The guess is right here, so every change is an error; eight organisations with 200 reports each. A fit on
    received hours alone lowers the same people's need by far more, which is why it is refused.
    """
    kept, lost = [], []
    for seed in range(8):
        one = organisation(seed, weights_off=0.0, level=0.0)
        share = 1 / (1 + np.exp(-1.5 * one.needs[:, 0] - 0.5))
        received, missed = share * one.hours, (1 - share) * one.hours
        unsafe = one.posterior[:, 0] < np.quantile(one.posterior[:, 0], 0.2)
        some = one.known(200, seed)
        before = predicted(one.posterior, DEFAULT_HOURS)[unsafe].sum()
        for hours, changes in ((received + missed, kept), (received, lost)):
            model = recalibrate(one.posterior, np.where(np.isnan(some), np.nan, hours), DEFAULT_HOURS)
            changes.append(predicted(one.posterior, model)[unsafe].sum() / before)
    assert np.mean(kept) > 0.95
    assert np.mean(lost) < 0.75


@pytest.mark.slow
@pytest.mark.parametrize(
    ("labels", "least_kappa", "largest_error"), [(0, 0.85, 0.4), (50, 0.95, 0.07), (200, 0.97, 0.035)]
)
def test_targets_with_wrong_weights(labels: int, least_kappa: float, largest_error: float) -> None:
    """40 simulated organisations of 400, weights off by SDs of .35 each and .45 together.

    Median kappa as a share of the kappa with true weights, median absolute error of the total, and how often
    the 90 % interval holds the truth.
    """
    shares, errors, holds = [], [], []
    for seed in range(40):
        one = organisation(100 + seed)
        true = msgspec.structs.replace(DEFAULT_HOURS, weights=tuple(one.weights))
        model = recalibrate(one.posterior, one.known(labels, seed), DEFAULT_HOURS)
        result = SupportTierClassifier(CUTS, model).fit(one.posterior).integrate(one.posterior)
        total = result.hours.sum()
        own = expected_variance(result.hours, result.hours_var, model).sum()
        sd = np.hypot(np.sqrt(own) / total, common_sd(model, result.features))
        shares.append(kappa(one, model) / kappa(one, true))
        errors.append(abs(total / one.expected.sum() - 1))
        holds.append(abs(np.log(one.expected.sum() / total)) < 1.645 * sd)
    assert np.median(shares) > least_kappa
    assert np.median(errors) < largest_error
    assert np.mean(holds) > 0.8
