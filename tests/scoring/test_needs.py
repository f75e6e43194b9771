"""The posterior of the needs against its closed form."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from instruments.model import NEEDS
from instruments.questions import Battery
from scoring.blocks import Floats
from scoring.needs import PAIRS, NeedsEstimator
from scoring.pipeline import build_pipeline, score
from scoring.reference import Reference, default_reference
from scoring.scored import Scored
from tests.scoring.made import CUTS, battery_of, crowd, instrument, pipeline_of, standard_like


def block_formula(reference: Reference, scores: Floats) -> tuple[Floats, Floats]:
    """Posterior of one person: (R^-1 + H' E^-1 H)^-1 and its mean, all observed scales at once."""
    prior = np.linalg.inv(np.array(reference.correlations))
    rows, count = reference.rows, len(reference.rows)
    use = [i for i, row in enumerate(rows) if row.need and scores[count + i] > 0]
    loading = np.zeros((len(use), 4))
    error, level = np.zeros(len(use)), np.zeros(len(use))
    for place, i in enumerate(use):
        row = rows[i]
        loading[place, NEEDS.index(row.need)] = row.validity * np.sqrt(row.retest)
        error[place] = (
            row.alpha - row.retest
            + row.retest * (1 - row.validity**2)
            + row.mean_sd**2
            + (1 - row.alpha) * row.items / scores[count + i]
        )  # fmt: skip
        level[place] = row.sign * (scores[i] - row.mean) / row.sd
    cov = np.linalg.inv(prior + loading.T @ np.diag(1 / error) @ loading)
    return cov @ (loading.T @ (level / error)), cov


def test_scalar_updates_equal_the_block_formula() -> None:
    """200 people with half of the answers missing, some scales wholly: all moments agree to 1e-12."""
    battery = standard_like()
    reference, steps = default_reference(battery), pipeline_of(battery).named_steps
    answers = crowd(battery, 200, seed=5, gaps=0.5)
    answers[::3, 7:13] = np.nan
    scores = steps["scales"].transform(answers)
    found = steps["needs"].transform(scores)
    for person in range(200):
        mean, cov = block_formula(reference, scores[person])
        np.testing.assert_allclose(found[person, :4], mean, atol=1e-12)
        np.testing.assert_allclose(found[person, 4:], [cov[pair] for pair in PAIRS], atol=1e-12)


def test_nothing_answered_leaves_the_prior() -> None:
    battery = standard_like()
    steps = pipeline_of(battery).named_steps
    found = steps["needs"].transform(steps["scales"].transform(np.full((1, 30), np.nan)))
    np.testing.assert_array_equal(found, steps["needs"].prior_)


def test_a_missing_need_is_integrated_out_by_what_goes_with_it() -> None:
    """Capability has no scale: it follows agility at its prior correlation and stays nearly as open."""
    battery = battery_of(instrument("learn", 6, 5, "agility"))
    steps = pipeline_of(battery).named_steps
    found = steps["needs"].transform(steps["scales"].transform(np.full((1, 6), 5.0)))[0]
    agility, capability = found[1], found[3]
    assert agility > 0.5
    assert capability == pytest.approx(0.35 * agility)
    assert 0.9 < found[4 + PAIRS.index((3, 3))] < 1


def test_where_a_high_score_is_worse_the_sign_turns() -> None:
    """The same answers on a scale that is unfavourable when high move the need the other way."""
    high = instrument("work", 4, 5, "headroom")
    scale = msgspec.structs.replace(high.scales[0], favourable="low")
    low = msgspec.structs.replace(high, scales=(scale,))
    answers = np.full((1, 4), 5.0)
    up, down = (_headroom(battery_of(one), answers) for one in (high, low))
    assert up > 0.3
    assert down < -0.1


def _headroom(battery: Battery, answers: Floats) -> float:
    steps = pipeline_of(battery).named_steps
    return float(steps["needs"].transform(steps["scales"].transform(answers))[0, 2])


def test_fewer_items_and_an_uncertain_mean_widen_the_error() -> None:
    """The variance of the need grows when items are missing, and when the reference mean is less known."""
    battery = battery_of(instrument("safe", 7, 7, "safety"))
    reference = default_reference(battery)
    known = tuple(msgspec.structs.replace(row, mean_sd=0.0) for row in reference.rows)
    full, part = np.array([[4.0, 7.0]]), np.array([[4.0, 3.0]])
    assumed = NeedsEstimator(reference.rows, reference.correlations).fit(full)
    exact = NeedsEstimator(known, reference.correlations).fit(full)
    assert exact.transform(full)[0, 4] < assumed.transform(full)[0, 4] < assumed.transform(part)[0, 4]


def test_shift_effects_are_the_derivative_by_the_reference_mean() -> None:
    """Moving one reference mean by its whole uncertainty moves the posterior by exactly the effect told."""
    battery = standard_like()
    reference, steps = default_reference(battery), pipeline_of(battery).named_steps
    scores = steps["scales"].transform(crowd(battery, 20, seed=8, gaps=0.3))
    before = steps["needs"].transform(scores)
    effects = steps["needs"].shift_effects(scores, before)
    for place, row in enumerate(reference.rows):
        moved = msgspec.structs.replace(row, mean=row.mean + row.mean_sd * row.sd)
        rows = (*reference.rows[:place], moved, *reference.rows[place + 1 :])
        after = NeedsEstimator(rows, reference.correlations).fit(scores).transform(scores)
        sign = row.sign
        np.testing.assert_allclose(sign * (after - before)[:, :4], effects[:, place], atol=1e-12)


def test_a_need_counts_as_observed_when_one_of_its_scales_is_reported() -> None:
    """Slack alone (2 of 3 are too few, 3 are enough) or the 8 items make headroom observed."""
    battery = standard_like()
    steps = pipeline_of(battery).named_steps
    answers = np.full((3, 30), np.nan)
    answers[0, 21:23], answers[1, 21:24], answers[2, 13:20] = 3, 3, 3
    observed = steps["needs"].observed(steps["scales"].transform(answers))
    np.testing.assert_array_equal(observed[:, 2], [False, True, True])
    assert not observed[:, [0, 1, 3]].any()


def test_standard_error_is_sd_times_root_of_one_minus_reliability() -> None:
    """With all items answered SD sqrt(1 - alpha), with 6 of 7 the item part grows by 7/6, with 5 none."""
    battery = battery_of(instrument("safe", 7, 7, "safety"))
    row = default_reference(battery).rows[0]
    needs = pipeline_of(battery).named_steps["needs"]
    errors = needs.standard_errors(np.array([[4.0, 7.0], [4.0, 6.0], [4.0, 5.0]]))[:, 0]
    full = row.sd * np.sqrt(1 - row.alpha)
    np.testing.assert_allclose(errors, [full, full * np.sqrt(7 / 6), np.nan])


def test_careless_answers_are_the_mixture_of_what_was_read_and_of_the_prior() -> None:
    """Mean and covariance equal those of a million draws: with chance .3 from the prior, else as read."""
    battery = standard_like()
    steps = pipeline_of(battery).named_steps
    scores = steps["scales"].transform(crowd(battery, 1, seed=3))
    read = steps["needs"].transform(scores)
    found = steps["needs"].transform(scores, careless=np.array([0.3]))[0]
    rng = np.random.default_rng(4)
    draws = np.vstack(
        [
            rng.multivariate_normal(one[:4], _square(one[4:]), people)
            for one, people in ((read[0], 700_000), (steps["needs"].prior_[0], 300_000))
        ]
    )
    np.testing.assert_allclose(found[:4], draws.mean(axis=0), atol=0.005)
    np.testing.assert_allclose(_square(found[4:]), np.cov(draws.T), atol=0.01)


def _square(covariances: Floats) -> Floats:
    out = np.empty((4, 4))
    for (a, b), value in zip(PAIRS, covariances, strict=True):
        out[a, b] = out[b, a] = value
    return out


@pytest.mark.parametrize("need", range(4))
def test_more_doubt_about_reading_widens_every_need_and_ends_at_the_prior(need: int) -> None:
    """From 0 (as without) over .2 and .6 to 1 (the prior): the mean shrinks, an unknown p counts as 0."""
    battery = standard_like()
    steps = pipeline_of(battery).named_steps
    scores = np.repeat(steps["scales"].transform(crowd(battery, 1, seed=5, gaps=0.0)), 5, axis=0)
    read = steps["needs"].transform(scores)
    found = steps["needs"].transform(scores, careless=np.array([0.0, 0.2, 0.6, 1.0, np.nan]))
    np.testing.assert_array_equal(found[[0, 4]], read[[0, 4]])
    np.testing.assert_array_equal(found[3], steps["needs"].prior_[0])
    assert (np.diff(np.abs(found[:4, need])) <= 0).all()
    variance = found[:3, 4 + PAIRS.index((need, need))]
    assert (np.diff(variance) > 0).all()


def test_shift_effects_of_careless_answers_fade_with_what_they_say() -> None:
    """Moving a reference mean moves a person with p = .4 by .6 of what it would, in hours."""
    battery = standard_like()
    pipeline, answers = pipeline_of(battery), crowd(battery, 3, seed=6)
    careless = np.full(3, 0.4)
    found = score(pipeline, answers, careless)
    reference = default_reference(battery)
    row, step = reference.rows[0], 1e-4
    moved = msgspec.structs.replace(row, mean=row.mean + step * row.mean_sd * row.sd)
    shifted = msgspec.structs.replace(reference, rows=(moved, *reference.rows[1:]))
    after = score(build_pipeline(battery, shifted, CUTS), answers, careless)
    slope = pipeline.named_steps["tiers"].integrate(_rows(found)).slopes
    effect = ((after.need_mean - found.need_mean) * slope).sum(axis=1) / step
    np.testing.assert_allclose(found.reference_effect[:, 0], effect, rtol=1e-6)


def _rows(scored: Scored) -> Floats:
    return np.hstack([scored.need_mean, np.column_stack([scored.need_cov[:, a, b] for a, b in PAIRS])])
