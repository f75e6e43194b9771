"""The one scoring path: alone as in a crowd, hostile input, the estimators' contract."""

from __future__ import annotations

from dataclasses import fields

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone

from instruments.answers import Choice
from scoring.errors import OffScale, ReferenceMissing
from scoring.pipeline import build_pipeline, score, score_answers
from scoring.reference import default_reference
from scoring.scored import Scored
from tests.scoring.made import CUTS, battery_of, crowd, instrument, pipeline_of, standard_like

BATTERY = standard_like()
PIPELINE = pipeline_of(BATTERY)
ARRAYS = [field.name for field in fields(Scored) if field.name not in {"scales", "average_features"}]


def bits(scored: Scored, person: int) -> dict[str, bytes]:
    return {name: getattr(scored, name)[person].tobytes() for name in ARRAYS}


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    row=st.integers(0, 999),
    shift=st.integers(1, 999),
    gaps=st.sampled_from([0.0, 0.1, 0.5, 0.95]),
)
def test_one_person_alone_scores_bit_for_bit_as_in_a_crowd(
    seed: int, row: int, shift: int, gaps: float
) -> None:
    """Alone, among 1,000, in another row, among others and in a table with another layout: the same bytes."""
    answers = crowd(BATTERY, 1000, seed, gaps)
    alone = bits(score(PIPELINE, answers[row : row + 1]), 0)
    assert bits(score(PIPELINE, answers), row) == alone
    assert bits(score(PIPELINE, np.roll(answers, shift, axis=0)), (row + shift) % 1000) == alone
    assert bits(score(PIPELINE, np.asfortranarray(answers)), row) == alone
    others = crowd(BATTERY, 1000, seed + 1)
    others[row] = answers[row]
    assert bits(score(PIPELINE, others[: row + 1]), row) == alone


def test_every_number_of_people_and_block_gives_the_same_bits() -> None:
    """Crowds of 1 to 40 and one across several blocks of people: nobody's bytes move."""
    answers = crowd(BATTERY, 9001, seed=3)
    whole = score(PIPELINE, answers)
    for people in range(1, 41):
        part = score(PIPELINE, answers[:people])
        for name in ARRAYS:
            assert getattr(part, name).tobytes() == getattr(whole, name)[:people].tobytes(), name
    for row in (1023, 1024, 4095, 4096, 9000):
        assert bits(score(PIPELINE, answers[row : row + 1]), 0) == bits(whole, row)


def test_score_and_the_pipeline_itself_agree() -> None:
    answers = crowd(BATTERY, 300, seed=4)
    scored = score(PIPELINE, answers)
    np.testing.assert_array_equal(PIPELINE.predict_proba(answers), scored.tier_probabilities)
    np.testing.assert_array_equal(PIPELINE.predict(answers)[scored.enough], scored.tier[scored.enough])


def test_what_is_scored_holds_together() -> None:
    answers = crowd(BATTERY, 400, seed=6, gaps=0.3)
    scored = score(PIPELINE, answers)
    np.testing.assert_allclose(scored.tier_probabilities.sum(axis=1), 1, atol=1e-12)
    weights = PIPELINE.named_steps["tiers"].hours.weights
    np.testing.assert_allclose(scored.features @ np.array(weights), scored.hours, rtol=1e-12)
    assert (np.linalg.eigvalsh(scored.need_cov) > 0).all()
    assert (scored.hours_var > 0).all()
    assert scored.scales == ("safe/all", "learn/all", "work/all", "slack/all", "say/all")
    assert (scored.reference_effect[:, 4] == 0).all()


def test_fewer_than_two_observed_needs_are_not_enough() -> None:
    """All of safety is one need: no tier. Safety and learning: a tier."""
    answers = np.full((3, 30), np.nan)
    answers[1, :7] = 4
    answers[2, :13] = 4
    scored = score(PIPELINE, answers)
    np.testing.assert_array_equal(scored.enough, [False, False, True])
    assert scored.tier[:2].tolist() == [-1, -1]
    assert scored.tier[2] >= 0


def test_take_keeps_people_together() -> None:
    scored = score(PIPELINE, crowd(BATTERY, 30, seed=7))
    taken = scored.take(np.arange(30) % 2 == 1)
    assert len(taken) == 15
    assert bits(taken, 3) == bits(scored, 7)
    assert taken.scales == scored.scales


def test_bands_follow_the_posterior_and_are_open_where_nothing_was_observed() -> None:
    answers = np.full((3, 30), np.nan)
    answers[0, :7] = [7, 1, 7, 1, 7, 1, 1]
    answers[1, :7] = [1, 7, 1, 7, 1, 7, 7]
    bands = score(PIPELINE, answers).bands
    assert bands[:, 0].tolist() == [0, 2, -1]
    assert (bands[:, 1:] == -1).all()


def test_nobody_and_nothing_to_score_are_sound() -> None:
    """No people, a battery without scales, everything missing: empty or open results and no warning."""
    assert len(score(PIPELINE, np.empty((0, 30)))) == 0
    bare = battery_of()
    scored = score_answers(pipeline_of(bare), bare, [{}, {}])
    assert scored.tier.tolist() == [-1, -1]
    np.testing.assert_allclose(scored.features, np.tile(scored.average_features, (2, 1)))


def test_off_scale_input_names_item_and_row() -> None:
    answers = crowd(BATTERY, 10, seed=9)
    answers[7, 13] = 6
    with pytest.raises(OffScale, match=r"work/1 in row 8 "):
        score(PIPELINE, answers)


def test_answers_and_numbers_give_the_same_score() -> None:
    battery = battery_of(instrument("safe", 3, 7, "safety", (1,)))
    pipeline = pipeline_of(battery)
    given_answers = {f"safe/{i}": Choice(code=i + 1) for i in (1, 2, 3)}
    assert bits(score_answers(pipeline, battery, [given_answers]), 0) == bits(
        score(pipeline, np.array([[2.0, 3.0, 4.0]])), 0
    )


def test_a_reference_of_another_battery_is_refused() -> None:
    with pytest.raises(ReferenceMissing, match="learn/all"):
        build_pipeline(BATTERY, default_reference(battery_of(instrument("safe", 7, 7, "safety"))), CUTS)


def test_estimators_clone_and_learn_nothing_from_data() -> None:
    """Cloned and fitted on a crowd, the pipeline gives the same bytes; parameters are kept as they came."""
    answers = crowd(BATTERY, 50, seed=10)
    again = clone(PIPELINE).fit(answers)
    assert bits(score(again, answers), 11) == bits(score(PIPELINE, answers), 11)
    for _, step in PIPELINE.steps:
        for name, value in step.get_params(deep=False).items():
            assert getattr(step, name) is value


def test_a_more_uncertain_reference_makes_tiers_less_certain() -> None:
    """Doubt about the reference mean enters the person's probabilities: the sharpest one is less sharp."""
    reference = default_reference(BATTERY)
    known = msgspec.structs.replace(
        reference, rows=tuple(msgspec.structs.replace(row, mean_sd=0.0) for row in reference.rows)
    )
    answers = np.full((1, 30), np.nan)
    answers[0, :13] = [1, 7, 1, 7, 1, 7, 7, 5, 5, 5, 5, 5, 5]
    sure, unsure = (score(build_pipeline(BATTERY, r, CUTS), answers) for r in (known, reference))
    assert sure.tier_probabilities.max() > unsure.tier_probabilities.max()
