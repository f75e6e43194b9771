"""Hostile numbers: a clear error or a sound answer, never a warning (each is an error in this suite)."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from sklearn.base import clone

from instruments.errors import CareloadError
from scoring.blocks import Floats
from scoring.errors import BadModel, OffScale
from scoring.hours import DEFAULT_HOURS, HoursModel
from scoring.items import ItemColumn, ScaleSpec
from scoring.needs import NeedsEstimator
from scoring.pipeline import build_pipeline, score
from scoring.reference import default_reference
from scoring.scales import ScaleScorer
from scoring.tiers import SupportTierClassifier
from tests.scoring.made import CUTS, battery_of, crowd, instrument, pipeline_of, standard_like

BATTERY = standard_like()
PIPELINE = pipeline_of(BATTERY)
LOWEST, HIGHEST = (
    np.array([getattr(column, end) for column in PIPELINE.named_steps["scales"].columns_])
    for end in ("minimum", "maximum")
)


def is_sound(answers: Floats) -> bool:
    """Return whether everything told of `answers` is finite and adds up."""
    scored, hours = score(PIPELINE, answers), PIPELINE.predict_hours(answers)
    chances = scored.tier_probabilities
    numbers = (
        scored.need_mean,
        scored.need_cov,
        scored.hours,
        scored.hours_var,
        scored.reference_effect,
        hours,
    )
    return bool(
        all(np.isfinite(one).all() for one in numbers)
        and (chances >= -1e-12).all()
        and np.allclose(chances.sum(axis=1), 1, atol=1e-12)
        and (np.diff(hours, axis=1) > 0).all()
        and (np.linalg.eigvalsh(scored.need_cov) > 0).all()
    )


@pytest.mark.parametrize("people", [1, 2, 1025])
@pytest.mark.parametrize(
    "answers",
    [np.full(30, np.nan), LOWEST, HIGHEST, (LOWEST + HIGHEST) / 2],
    ids=["no", "low", "high", "mid"],
)
def test_nothing_or_the_same_from_everybody_is_sound(answers: Floats, people: int) -> None:
    assert is_sound(np.tile(answers, (people, 1)))


def test_everything_missing_is_the_prior_and_no_tier() -> None:
    scored = score(PIPELINE, np.full((2, 30), np.nan))
    prior = PIPELINE.named_steps["tiers"].predict_proba(PIPELINE.named_steps["needs"].prior_)
    np.testing.assert_array_equal(scored.tier_probabilities, np.tile(prior, (2, 1)))
    assert scored.tier.tolist() == [-1, -1]


def test_nobody_at_all_is_an_empty_answer() -> None:
    empty = np.empty((0, 30))
    assert PIPELINE.predict_proba(empty).shape == (0, 4)
    assert PIPELINE.predict(empty).shape == (0,)
    assert PIPELINE.predict_hours(empty).shape == (0, 3)
    assert len(score(PIPELINE, empty, np.empty(0))) == 0


@pytest.mark.parametrize("off", [np.inf, -np.inf, 1e308, -1e308, 0.999, 7.001])
def test_numbers_off_the_scale_are_refused_by_item(off: float) -> None:
    answers = crowd(BATTERY, 3, seed=1)
    answers[1, 2] = off
    with pytest.raises(OffScale, match=r"safe/3 in row 2 "):
        PIPELINE.predict_proba(answers)


@pytest.mark.parametrize("dtype", [np.float32, np.int64, np.int8, object])
def test_other_kinds_of_numbers_score_the_same(dtype: type) -> None:
    answers = crowd(BATTERY, 5, seed=3, gaps=0.0)
    np.testing.assert_array_equal(
        PIPELINE.predict_proba(answers.astype(dtype)), PIPELINE.predict_proba(answers)
    )


@pytest.mark.parametrize(
    "answers",
    [np.full((1, 30), "3.25often"), np.full((2, 29), 3.25), np.full(30, 3.25), np.full((1, 2, 30), 3.25)],
)
@pytest.mark.parametrize("step", [0, 1, 2])
def test_tables_of_no_numbers_or_another_battery_are_refused_without_quoting_them(
    answers: Floats, step: int
) -> None:
    """The estimators' errors, unlike scikit-learn's own, never hold an answer."""
    with pytest.raises(ValueError, match=r"table|columns|dim") as refused:
        clone(PIPELINE[step]).fit(answers)
    assert "3.25" not in str(refused.value)


def test_a_scale_of_one_item_is_read() -> None:
    """The lowest answer to one item means less safety than the highest, and a known error."""
    battery = battery_of(instrument("one", 1, 5, "safety"))
    scored = score(pipeline_of(battery), np.array([[1.0], [5.0], [np.nan]]))
    assert scored.need_mean[0, 0] < scored.need_mean[2, 0] < scored.need_mean[1, 0]
    assert np.isfinite(scored.scale_errors[:2]).all()
    assert scored.tier.tolist() == [-1, -1, -1]


@pytest.mark.parametrize("field", ["mean", "sd", "alpha", "retest", "validity", "mean_sd"])
@pytest.mark.parametrize("figure", [np.nan, np.inf, -np.inf, 1e308])
def test_reference_figures_that_no_population_has_are_refused(field: str, figure: float) -> None:
    """Figures that are no number or huge are refused by their scale; negative ones in test_reference."""
    reference = default_reference(BATTERY)
    row = msgspec.structs.replace(reference.rows[1], **{field: figure})
    wrong = msgspec.structs.replace(reference, rows=(reference.rows[0], row, *reference.rows[2:]))
    with pytest.raises(BadModel, match="learn/all"):
        build_pipeline(BATTERY, wrong, CUTS)


@pytest.mark.parametrize("across", [np.nan, np.inf, -np.inf, 1.0, 2.0])
def test_correlations_that_no_population_has_are_refused(across: float) -> None:
    table = np.eye(4)
    table[0, 1] = table[1, 0] = across
    with pytest.raises(BadModel, match="correlations"):
        NeedsEstimator((), tuple(map(tuple, table))).fit(np.empty((1, 0)))


def test_a_perfect_reference_divides_by_nothing() -> None:
    """Two scales without any error: the second has nothing left to tell, and the need is known."""
    figures = {"alpha": 1.0, "retest": 1.0, "validity": 1.0, "mean_sd": 0.0, "mean": 3.0, "sd": 1.0}
    battery = battery_of(instrument("a", 2, 5, "safety"), instrument("b", 2, 5, "safety"))
    reference = default_reference(battery)
    rows = tuple(msgspec.structs.replace(row, **figures) for row in reference.rows)
    pipeline = build_pipeline(battery, msgspec.structs.replace(reference, rows=rows), CUTS)
    scored = score(pipeline, np.array([[2.0, 2, 2, 2]]))
    assert scored.need_mean[0, 0] == pytest.approx(-1.0)
    assert scored.need_cov[0, 0, 0] == pytest.approx(0.0, abs=1e-12)
    assert np.isfinite(scored.tier_probabilities).all()


@pytest.mark.parametrize(
    "change", [{"outcome_log_sd": np.nan}, {"outcome_log_sd": np.inf}, {"outcome_log_sd": 0.0}]
)
def test_a_spread_that_is_none_is_refused(change: dict[str, float]) -> None:
    model = msgspec.structs.replace(HoursModel(weights=(1.0,) * 7), **change)
    with pytest.raises(BadModel, match="spread"):
        SupportTierClassifier(CUTS, model).fit(np.zeros((1, 14)))


@pytest.mark.parametrize(
    "change",
    [
        {"none_share": 1.0},
        {"none_share": -0.1},
        {"none_share": np.nan},
        {"outcome_doubt": 0.0},
        {"outcome_doubt": 1e-200},
        {"outcome_log_sd": 1e200},
        {"weight_log_sd": 0.0},
        {"level_log_sd": np.inf},
        {"weights": (1e300,) * 7},
        {"weights": (np.nan,) * 7},
        {"log_covariance": ((0.0,) * 7,) * 7},
        {"log_covariance": tuple(tuple(0.5 if a == b else 1.0 for b in range(7)) for a in range(7))},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_hours_model_that_nothing_can_be_learnt_from_is_refused(change: dict[str, object]) -> None:
    """Before, these divided by zero or overflowed, some only once hours were reported."""
    model = msgspec.structs.replace(DEFAULT_HOURS, **change)
    with pytest.raises(BadModel):
        SupportTierClassifier(CUTS, model).fit(np.zeros((1, 14)), np.ones(1))


@pytest.mark.parametrize("size", [1e31, 1e154, 1e308])
def test_needs_and_scores_too_large_to_be_meant_are_refused_without_a_warning(size: float) -> None:
    tiers = SupportTierClassifier(CUTS).fit(np.zeros((1, 4)))
    for needs in (np.full((1, 4), -size), np.full((1, 4), size)):
        with pytest.raises(ValueError, match="too large"):
            tiers.predict_hours(needs)
    estimator = PIPELINE.named_steps["needs"]
    with pytest.raises(ValueError, match="too large"):
        estimator.transform(np.full((1, estimator.n_features_in_), -1e101))


def test_needs_just_within_the_bound_are_read() -> None:
    tiers = SupportTierClassifier(CUTS).fit(np.zeros((1, 4)))
    for need in (-1e30, 1e30):
        told = tiers.integrate(np.full((1, 4), need))
        assert np.isfinite([*told.hours, *told.hours_var, *told.probabilities[0]]).all()


def test_a_mark_of_almost_no_weight_says_nothing() -> None:
    """A count of 5e-324 overflowed; it leaves the prior where it is."""
    estimator = PIPELINE.named_steps["needs"]
    scales = estimator.n_features_in_ // 2
    scores = np.r_[np.full(scales, 3.0), np.full(scales, 5e-324)][None]
    np.testing.assert_allclose(estimator.transform(scores), estimator.prior_, atol=1e-6)


def test_complex_numbers_are_refused_without_quoting_them() -> None:
    answers = crowd(BATTERY, 2, seed=4).astype(complex)
    answers[0, 0] = 5.25
    with pytest.raises(ValueError, match="Complex data not supported") as refused:
        PIPELINE.predict(answers)
    assert "5.25" not in str(refused.value)


@pytest.mark.parametrize(
    "lines", [((1.0,),), ((0.1,) * 7,), ((0.1,) * 6,) * 7, ((np.nan,) * 7,) * 7, ((-0.1,) * 7,) * 7]
)
def test_doubts_about_weights_that_are_no_covariance_are_refused(
    lines: tuple[tuple[float, ...], ...],
) -> None:
    model = HoursModel(weights=(1.0,) * 7, log_covariance=lines)
    with pytest.raises(BadModel, match="covariance"):
        SupportTierClassifier(CUTS, model).fit(np.zeros((1, 14)))


@pytest.mark.parametrize("cuts", [(), (1.0, 2.0), (1.0, 2.0, 3.0, 4.0), (1.0, 1.0, 2.0)])
def test_another_number_of_cut_hours_is_refused(cuts: tuple[float, ...]) -> None:
    with pytest.raises(BadModel, match="cut hours"):
        SupportTierClassifier(cuts).fit(np.zeros((1, 14)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "careless",
    [np.array([0.1, 1.1]), np.array([0.1, -0.1]), np.array([0.1, np.inf]), np.array([0.1]), np.eye(2)],
)
def test_probabilities_of_careless_answers_that_are_none_are_refused(careless: Floats) -> None:
    with pytest.raises(BadModel, match="careless"):
        score(PIPELINE, crowd(BATTERY, 2, seed=4), careless)


def test_columns_and_scales_that_do_not_belong_together_are_refused() -> None:
    column = ItemColumn(id="a", scale="one", minimum=1.0, maximum=5.0)
    spec = ScaleSpec(id="two", items=1, needed=1, minimum=1.0, maximum=5.0)
    for columns, scales in (((column,), (spec,)), ((), (spec,)), ((column,), ())):
        with pytest.raises(BadModel, match="belong together"):
            ScaleScorer(columns, scales).fit(np.ones((1, len(columns))))
    huge = msgspec.structs.replace(column, scale="two", minimum=-1e308)
    with pytest.raises(BadModel, match="too large"):
        ScaleScorer((huge,), (spec,)).fit(np.ones((1, 1)))
    for low, high in ((1.0, 1.0), (5.0, 1.0), (np.nan, 5.0), (1.0, np.inf)):
        wrong = msgspec.structs.replace(column, scale="two", minimum=low, maximum=high)
        with pytest.raises(BadModel, match="not below"):
            ScaleScorer((wrong,), (spec,)).fit(np.ones((1, 1)))


def test_every_refusal_is_one_that_a_person_can_read() -> None:
    """All of these errors are CareloadErrors, and ValueErrors for scikit-learn."""
    for kind in (BadModel, OffScale):
        assert issubclass(kind, CareloadError)
        assert issubclass(kind, ValueError)
