"""scikit-learn's contract: its own checks over the three estimators, and the runnable examples."""

from __future__ import annotations

import doctest
import importlib
from typing import Any

import numpy as np
import pytest
from sklearn import config_context
from sklearn.base import clone
from sklearn.utils.estimator_checks import parametrize_with_checks

from scoring.needs import NeedsEstimator
from scoring.scales import ScaleScorer
from scoring.tiers import SupportTierClassifier
from tests.scoring.made import crowd, pipeline_of, standard_like

NO_POSTERIOR = "its 5 or 10 columns are no posterior of four needs: refused, and said so"
HOURS = "y holds hours of help, numbers from 0 on, and no labels: the classes are the four tiers"
EXPECTED: dict[str, dict[str, str]] = {
    "SupportTierClassifier": {
        "check_estimators_dtypes": NO_POSTERIOR,
        "check_dtype_object": NO_POSTERIOR,
        "check_fit2d_1sample": NO_POSTERIOR,
        "check_classifiers_classes": HOURS,
        "check_classifiers_one_label": HOURS,
        "check_classifiers_regression_target": HOURS,
        "check_classifiers_train": HOURS,
    }
}
DOCUMENTED = ("scales", "needs", "tiers", "pipeline", "model_file")


@parametrize_with_checks(
    [ScaleScorer(), NeedsEstimator(), SupportTierClassifier()],
    expected_failed_checks=lambda estimator: EXPECTED.get(type(estimator).__name__, {}),
    xfail_strict=True,
)
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.DataConversionWarning")
def test_the_contract_of_scikit_learn_holds(estimator: Any, check: Any) -> None:
    """Each of scikit-learn's checks passes; the exceptions stand above with their reason."""
    check(estimator)


@pytest.mark.parametrize("module", DOCUMENTED)
def test_every_example_runs_and_prints_what_it_says(module: str) -> None:
    found = doctest.testmod(importlib.import_module(f"scoring.{module}"))
    assert found.attempted > 3
    assert found.failed == 0


def test_parameters_come_and_go_and_the_text_names_the_estimator() -> None:
    """Setting a parameter of one step changes what the pipeline says; a clone is equal and unfitted."""
    pipeline, answers = pipeline_of(standard_like()), crowd(standard_like(), 5, seed=1)
    again = clone(pipeline).set_params(tiers__cut_hours=(8.0, 9.0, 10.0)).fit(answers)
    assert again.predict(answers).tolist() == [0] * 5
    assert pipeline.get_params()["tiers__cut_hours"] == (1.0, 2.0, 4.0)
    assert not hasattr(clone(pipeline).named_steps["needs"], "prior_")
    assert "SupportTierClassifier" in repr(pipeline)
    assert pipeline.set_output(transform="default").predict(answers).shape == (5,)


def test_names_of_columns_go_through_the_pipeline() -> None:
    steps = pipeline_of(standard_like())
    scales = steps.named_steps["scales"].get_feature_names_out()
    assert scales[:2].tolist() == ["safe/all", "learn/all"]
    assert scales[5] == "safe/all answered"
    needs = steps.named_steps["needs"].get_feature_names_out()
    assert needs[[0, 4, 5]].tolist() == ["safety", "cov(safety, safety)", "cov(agility, safety)"]
    assert len(needs) == 14
    with pytest.raises(ValueError, match="length equal to 10"):
        steps.named_steps["needs"].get_feature_names_out(["one"])


def test_careless_probabilities_are_routed_through_the_pipeline() -> None:
    """With metadata routing asked for, predict_proba takes them; somebody surely careless has the prior's."""
    answers = crowd(standard_like(), 6, seed=2)
    with config_context(enable_metadata_routing=True):
        pipeline = pipeline_of(standard_like())
        pipeline.named_steps["needs"].set_transform_request(careless=True)
        routed = pipeline.predict_proba(answers, careless=np.array([0, 0, 0, 0, 0, 1.0]))
    plain = pipeline.predict_proba(answers)
    np.testing.assert_array_equal(routed[:5], plain[:5])
    prior = pipeline.named_steps["tiers"].predict_proba(pipeline.named_steps["needs"].prior_)
    np.testing.assert_array_equal(routed[5], prior[0])
