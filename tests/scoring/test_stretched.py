"""The stretched decision rule, for benchmarks only."""

from __future__ import annotations

import itertools

import numpy as np
from sklearn.metrics import cohen_kappa_score

from scoring.blocks import Floats
from scoring.stretched import StretchedRule, calibrated_rule, stretched_rule
from tests.scoring.made import crowd, pipeline_of, standard_like


def expected_kappa(chances: Floats, told: Floats) -> float:
    """Return kappa over everybody's four possible truths, each weighing its probability."""
    truth = np.repeat(np.arange(4), len(told))
    weights = chances.T.ravel()
    return float(cohen_kappa_score(truth, np.tile(told, 4), weights="quadratic", sample_weight=weights))


def test_the_rule_is_as_good_as_the_best_of_a_fine_grid() -> None:
    """Every three of 15 cuts tried: none does better by more than .002, and the most probable tier worse."""
    chances = np.random.default_rng(1).dirichlet((0.6, 0.8, 0.6, 0.3), 300)
    found = expected_kappa(chances, stretched_rule(chances).tiers(chances))
    grid = itertools.combinations(np.linspace(0.05, 2.95, 15), 3)
    best = max(expected_kappa(chances, StretchedRule(cuts=cuts).tiers(chances)) for cuts in grid)
    assert found >= best - 0.002
    assert found > expected_kappa(chances, chances.argmax(axis=1))


def test_tiers_rise_with_the_expected_tier() -> None:
    chances = np.array([[1, 0, 0, 0], [0.5, 0.5, 0, 0], [0, 0.5, 0.5, 0], [0, 0, 0.4, 0.6]])
    assert StretchedRule(cuts=(0.4, 1.2, 2.2)).tiers(chances).tolist() == [0, 1, 2, 3]


def test_the_frozen_rule_comes_from_the_reference_alone_and_is_the_same_each_time() -> None:
    pipeline = pipeline_of(standard_like())
    rule = calibrated_rule(pipeline)
    pipeline.predict_proba(crowd(standard_like(), 100, seed=1))
    assert calibrated_rule(pipeline) == rule
    assert list(rule.cuts) == sorted(rule.cuts)
    assert calibrated_rule(pipeline, {"safe/all": 0.2}) != rule


def test_people_who_are_all_the_same_have_a_rule_too() -> None:
    """Nothing can be told apart: some rule comes back, no warning, and one tier for all."""
    chances = np.tile([0.2, 0.5, 0.2, 0.1], (10, 1))
    assert len(set(stretched_rule(chances).tiers(chances).tolist())) == 1


def test_where_everybody_is_certain_everybody_keeps_their_tier() -> None:
    chances = np.eye(4)[np.random.default_rng(2).integers(0, 4, 200)]
    np.testing.assert_array_equal(stretched_rule(chances).tiers(chances), chances.argmax(axis=1))
