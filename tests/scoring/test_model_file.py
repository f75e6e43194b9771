"""A fitted pipeline as JSON: the same bits afterwards, and clear words at anything else."""

from __future__ import annotations

import json

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.pipeline import Pipeline, make_pipeline

from instruments.errors import BadInput
from scoring.errors import BadModel
from scoring.hours import DEFAULT_HOURS
from scoring.model_file import decode, encode
from scoring.needs import NeedsEstimator
from scoring.scales import ScaleScorer
from scoring.tiers import SupportTierClassifier
from tests.scoring.made import crowd, pipeline_of, standard_like

BATTERY = standard_like()
ANSWERS = crowd(BATTERY, 60, seed=1)


def learned() -> Pipeline:
    """Return a pipeline whose weights were re-estimated from 30 made-up hours."""
    hours = np.where(np.arange(60) % 2, np.random.default_rng(2).lognormal(0.8, 0.6, 60), np.nan)
    return pipeline_of(BATTERY).fit(ANSWERS, hours)


@pytest.mark.parametrize("pipeline", [pipeline_of(BATTERY), learned()], ids=["expert", "learned"])
def test_what_comes_back_scores_bit_for_bit_the_same(pipeline: Pipeline) -> None:
    """Probabilities, hours by quantile, weights and the bytes of the file itself are the same."""
    again = decode(encode(pipeline))
    for told in ("predict_proba", "predict", "predict_hours"):
        assert getattr(again, told)(ANSWERS).tobytes() == getattr(pipeline, told)(ANSWERS).tobytes()
    assert again.named_steps["tiers"].hours_ == pipeline.named_steps["tiers"].hours_
    assert encode(again) == encode(pipeline)


def test_fitting_again_starts_from_the_expert_guess() -> None:
    """The file keeps both: the weights in use and those that a new fit starts from."""
    again = decode(encode(learned()))
    assert again.named_steps["tiers"].hours_.status == "re-estimated"
    assert again.fit(ANSWERS).named_steps["tiers"].hours_ == DEFAULT_HOURS


def test_default_estimators_can_be_kept_too() -> None:
    plain = make_pipeline(ScaleScorer(), NeedsEstimator(), SupportTierClassifier()).fit(np.ones((2, 3)))
    named = Pipeline(list(zip(("scales", "needs", "tiers"), (step for _, step in plain.steps), strict=True)))
    with pytest.raises(BadModel, match="one reference row for each scale"):
        decode(encode(named))


def test_nothing_is_written_before_fitting() -> None:
    with pytest.raises(NotFittedError):
        encode(clone(pipeline_of(BATTERY)))


def changed(**fields: object) -> bytes:
    return json.dumps({**json.loads(encode(pipeline_of(BATTERY))), **fields}).encode()


def test_a_later_schema_is_refused_by_name() -> None:
    with pytest.raises(BadInput, match=r"tiers\.json: written by a later careload \(schema 2"):
        decode(changed(schema=2), "tiers.json")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x80\x04\x95",
        b"[]",
        b'{"schema": 1}',
        changed(more=1),
        changed(points=[]),
        changed(points=[[0.0]] * 64),
        changed(cut_hours=[2.0, 1.0, 4.0]),
        changed(correlations=[[1.0]]),
        changed(rows=[]),
        changed(columns=[]),
        changed(points=[[float("nan")] * 4] * 64),
        changed(points=[[1e308] * 4] * 64),
    ],
    ids=range(13),
)
def test_nonsense_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        decode(data)
    assert refused.value.message
