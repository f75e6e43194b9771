"""What a wave teaches the hours model, and what of it the release may tell."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import numpy as np
import pytest

from instruments.setup import Thresholds
from scoring.hours import DEFAULT_HOURS, expected_variance, relative_common_sd
from scoring.labels import HelpLabels
from scoring.learning import learn, narrowed, posterior_of, with_hours
from scoring.needs import PAIRS
from scoring.recalibration import recalibrate
from scoring.records import HOURS_ASSUMED
from scoring.scored import Scored
from scoring.tiers import SupportTierClassifier
from tests.scoring.organisations import Organisation, organisation
from tests.scoring.people import CUTS, scored_people

LIMITS = Thresholds()


def scored_of(one: Organisation) -> Scored:
    """Return what scoring makes of the people of `one`, without error of the reference."""
    result = SupportTierClassifier(CUTS, DEFAULT_HOURS).fit(one.posterior).integrate(one.posterior)
    covariance = np.empty((len(one.hours), 4, 4))
    for place, (a, b) in enumerate(PAIRS, start=4):
        covariance[:, a, b] = covariance[:, b, a] = one.posterior[:, place]
    return replace(
        scored_people(one.posterior[:, :4]),
        need_cov=covariance,
        features=result.features,
        hours=result.hours,
        hours_var=result.hours_var,
        tier_probabilities=result.probabilities,
    )


def labels_of(one: Organisation, known: int, given: float = 1.0) -> HelpLabels:
    """Return labels of `known` people: two thirds received, one third missed, `given` x received given."""
    needed = one.known(known, 3)
    return HelpLabels(given * needed * 2 / 3, needed * 2 / 3, needed / 3, needed < 0)


def test_enough_reports_change_the_hours_and_say_so() -> None:
    """213 reports are told as about 210, with every weight, its interval and the three bands."""
    one = organisation(5)
    learnt = learn(scored_of(one), labels_of(one, 213), DEFAULT_HOURS, LIMITS)
    assert learnt.model.labels == 213
    assert learnt.basis.heading == "Hours from about 210 people's reports"
    assert learnt.basis.labels == 210
    assert learnt.basis.given_per_received == 1.0
    assert len(learnt.basis.weights) == 7
    assert all(row.guess_low < row.guess < row.guess_high for row in learnt.basis.weights)
    assert all(row.now_low < row.now < row.now_high for row in learnt.basis.weights)
    assert [row.received < row.needed for row in learnt.basis.bands] == [True] * 3


def test_the_change_of_the_level_is_told_in_words() -> None:
    one = organisation(1, weights_off=0.0, level=0.0)
    labels = labels_of(one, 300)
    more = HelpLabels(2 * labels.given, 2 * labels.received, 2 * labels.wanted, labels.did_not_ask)
    same, twice = (learn(scored_of(one), given, DEFAULT_HOURS, LIMITS).basis for given in (labels, more))
    assert "about as many as the guess" in same.sentences[0]
    assert twice.level_change == pytest.approx(1.9, abs=0.15)
    assert "% more than the guess" in twice.sentences[0]


@pytest.mark.parametrize("reports", [15, 30])
def test_the_level_tells_one_report_no_better_than_a_mean_does(reports: int) -> None:
    """Of 19 reports within five hours whoever knows all other answers can tell two groups apart, no more."""
    one = organisation(5)
    scored, labels = scored_of(one), labels_of(one, reports)
    place = int(np.flatnonzero(~np.isnan(labels.needed))[0])
    told = []
    for hours in np.arange(0.0, 4.75, 0.25):
        received = labels.received.copy()
        received[place] = hours
        told.append(learn(scored, replace(labels, received=received), DEFAULT_HOURS, LIMITS).basis)
    assert len({one.level_change for one in told}) <= 2
    assert len({one.given_per_received for one in told}) <= 3
    assert {one.narrowing % 5 for one in told if one.narrowing is not None} == {0}


@pytest.mark.parametrize("known", [0, 1, 14])
def test_too_few_reports_leave_the_guess_and_no_trace(known: int) -> None:
    one = organisation(5)
    learnt = learn(scored_of(one), labels_of(one, known), DEFAULT_HOURS, LIMITS)
    assert learnt.model is DEFAULT_HOURS
    assert learnt.basis.heading == HOURS_ASSUMED
    assert (learnt.basis.labels, learnt.basis.weights, learnt.basis.bands) == (None, (), ())


def test_between_fifteen_and_thirty_reports_only_the_total_is_told() -> None:
    one = organisation(5)
    learnt = learn(scored_of(one), labels_of(one, 20), DEFAULT_HOURS, LIMITS)
    assert learnt.model.status == "re-estimated"
    assert (learnt.basis.labels, learnt.basis.weights, learnt.basis.bands) == (20, (), ())


def test_received_alone_leaves_the_guess_with_the_reason() -> None:
    one = organisation(5)
    labels = labels_of(one, 200)
    alone = HelpLabels(labels.given, labels.received, np.full(400, np.nan), labels.did_not_ask)
    learnt = learn(scored_of(one), alone, DEFAULT_HOURS, LIMITS)
    assert learnt.model is DEFAULT_HOURS
    assert "do not dare to ask" in learnt.basis.sentences[0]


def test_givers_who_remember_thrice_the_hours_widen_the_level() -> None:
    one = organisation(5)
    scored = scored_of(one)
    alike, apart = (learn(scored, labels_of(one, 200, given), DEFAULT_HOURS, LIMITS) for given in (1.0, 3.0))
    features = scored.features.sum(axis=0)
    narrow, wide = (relative_common_sd(features, np.zeros(1), x.model) for x in (alike, apart))
    assert wide == pytest.approx(np.hypot(narrow, np.log(3) / 2), rel=1e-6)
    assert any("3 to 1" in said for said in apart.basis.sentences)
    assert not any("to 1" in said for said in alike.basis.sentences)


def test_one_person_with_most_of_the_hours_hides_the_bands() -> None:
    one = organisation(5)
    labels = labels_of(one, 300)
    first = np.flatnonzero((scored_of(one).bands[:, 0] == 0) & ~np.isnan(labels.received))[0]
    labels.received[first] = 160.0
    assert learn(scored_of(one), labels, DEFAULT_HOURS, LIMITS).basis.bands == ()


def test_tiers_stay_and_hours_change() -> None:
    """What colleagues report changes totals, never the tier that anybody was shown."""
    one = organisation(5)
    told = scored_of(one)
    again = replace(
        told, hours=2 * told.hours, tier=told.tier * 0, tier_probabilities=told.tier_probabilities * 0
    )
    mixed = with_hours(told, again)
    np.testing.assert_array_equal(mixed.hours, 2 * told.hours)
    np.testing.assert_array_equal(mixed.tier_probabilities, told.tier_probabilities)
    np.testing.assert_array_equal(mixed.tier, told.tier)


def test_the_posterior_comes_back_column_by_column() -> None:
    one = organisation(5, 30)
    np.testing.assert_array_equal(posterior_of(scored_of(one)), one.posterior)


def test_what_fifty_reports_would_bring_is_what_they_bring() -> None:
    """The forecast of the 90 % interval after 50 reports is right within a fifth, over four organisations."""
    for seed in range(4):
        one = organisation(seed)
        scored = scored_of(one)
        model = recalibrate(one.posterior, one.known(50, seed), DEFAULT_HOURS)
        own = (
            np.sqrt(expected_variance(scored.hours, scored.hours_var, DEFAULT_HOURS).sum())
            / scored.hours.sum()
        )
        common = relative_common_sd(scored.features.sum(axis=0), np.zeros(1), model)
        assert narrowed(scored, DEFAULT_HOURS) == pytest.approx(
            np.exp(1.645 * np.hypot(own, common)) - 1, rel=0.2
        )


def test_the_basis_goes_through_json() -> None:
    one = organisation(5)
    basis = learn(scored_of(one), labels_of(one, 213), DEFAULT_HOURS, LIMITS).basis
    assert msgspec.json.decode(msgspec.json.encode(basis), type=type(basis)) == basis
