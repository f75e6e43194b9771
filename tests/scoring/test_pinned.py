"""What is frozen at opening scores bit for bit as what froze it, whatever the libraries do later."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import msgspec
import numpy as np
import pytest

from instruments.errors import BadInput
from instruments.model import Instrument, Item, RatingFormat
from scoring.blocks import Floats
from scoring.careless_training import careless_model
from scoring.errors import BadModel
from scoring.hours import DEFAULT_HOURS
from scoring.pinned import PinnedScoring, decode, pin
from scoring.pipeline import score
from scoring.reference import default_reference
from scoring.scored import Scored
from tests.scoring.made import CUTS, battery_of, crowd, pipeline_of, standard_like

BATTERY = standard_like()


@cache
def frozen() -> bytes:
    return pin(BATTERY, default_reference(BATTERY), CUTS)


def bits(scored: Scored) -> list[bytes]:
    figures = (scored.need_mean, scored.need_cov, scored.hours, scored.hours_var, scored.tier_probabilities)
    return [figure.tobytes() for figure in figures]


def changed(**model: Any) -> bytes:
    """Return the frozen bytes with other figures of the careless model."""
    plain = json.loads(frozen())
    plain["careless"].update(model)
    return json.dumps(plain).encode()


def test_frozen_numbers_score_as_the_ones_that_were_frozen() -> None:
    """Same probabilities and posteriors to the last bit; freezing twice gives the same bytes."""
    answers, pace = crowd(BATTERY, 90, 3), ("fast", "middle", "slow") * 30
    doubt = careless_model(BATTERY, default_reference(BATTERY)).probability(answers, pace)
    again = decode(frozen())
    assert (again.doubt(answers, pace) == doubt).all()
    assert bits(again.score(answers, doubt)) == bits(score(pipeline_of(BATTERY), answers, doubt))
    assert pin(BATTERY, default_reference(BATTERY), CUTS) == frozen()


def test_one_person_alone_scores_as_in_a_crowd() -> None:
    """So an own result, of one row, is the release's."""
    pinned, answers = decode(frozen()), crowd(BATTERY, 40, 4)
    everybody = pinned.score(answers, pinned.doubt(answers, ["fast"] * 40))
    for person in range(40):
        own = answers[person : person + 1]
        alone = pinned.score(own, pinned.doubt(own, ["fast"]))
        assert bits(alone) == [
            figure[person : person + 1].tobytes()
            for figure in (
                everybody.need_mean,
                everybody.need_cov,
                everybody.hours,
                everybody.hours_var,
                everybody.tier_probabilities,
            )
        ]


def variances(scored: Scored) -> Floats:
    return np.asarray(np.diagonal(scored.need_cov, axis1=1, axis2=2)[:, :3])


def test_answers_that_look_unread_widen_the_error_and_nobody_is_left_out() -> None:
    """All answers alike say almost nothing, so what is known is the reference; no error gets smaller.

    Everybody keeps hours and tiers for the release's sums, also who is told that the own result is open.
    """
    pinned, answers = decode(frozen()), crowd(BATTERY, 40, 5)
    answers[0] = 2.0
    doubted = pinned.score(answers, pinned.doubt(answers, [""] * 40))
    taken = score(pipeline_of(BATTERY), answers)
    assert (variances(taken)[0] < 0.7).all()
    assert variances(doubted)[0] == pytest.approx([1.0, 1.0, 1.0], abs=0.01)
    assert (variances(doubted) >= variances(taken)).all()
    assert np.isfinite(doubted.hours).all()
    assert doubted.tier_probabilities.sum(axis=1) == pytest.approx(np.ones(40))
    assert taken.enough[0]
    assert not doubted.enough[0]


def test_a_study_frozen_without_scores_as_before() -> None:
    """Nothing is known of careless answers, which is what probability 0 gives."""
    answers = crowd(BATTERY, 20, 6)
    older = PinnedScoring(pipeline_of(BATTERY))
    doubt = older.doubt(answers, ["fast"] * 20)
    assert np.isnan(doubt).all()
    assert bits(older.score(answers, doubt)) == bits(score(pipeline_of(BATTERY), answers))


def test_other_hours_keep_the_frozen_points_of_integration() -> None:
    """A later library with other points changes neither tiers nor learnt hours."""
    plain = json.loads(frozen())
    plain["model"]["points"] = [[-x for x in point] for point in plain["model"]["points"]]
    turned, usual, answers = decode(json.dumps(plain).encode()), decode(frozen()), crowd(BATTERY, 10, 7)
    model = msgspec.structs.replace(DEFAULT_HOURS, weights=tuple(2 * w for w in DEFAULT_HOURS.weights))
    doubt = usual.doubt(answers, ())
    for one in (turned.with_hours(model), usual.with_hours(model)):
        assert one.hours == model
    first, second = (one.with_hours(model).score(answers, doubt).hours for one in (turned, usual))
    assert (first != second).any()
    assert (
        usual.with_hours(usual.hours).score(answers, doubt).hours == usual.score(answers, doubt).hours
    ).all()


def test_questions_without_numbers_have_nothing_to_tell_carelessness_by() -> None:
    only_rating = Instrument(
        schema=1,
        id="mini",
        kind="questions",
        name="Mini",
        title={},
        formats=(RatingFormat(id="line", low={}, high={}),),
        items=(Item(id="a", format="line"),),
    )
    battery = battery_of(only_rating)
    pinned = decode(pin(battery, default_reference(battery), CUTS))
    assert pinned.careless is None
    assert np.isnan(pinned.doubt(np.empty((2, 0)), ["", ""])).all()


def test_a_later_schema_is_refused_by_name() -> None:
    with pytest.raises(BadInput, match=r"scoring\.json.*later"):
        decode(frozen().replace(b'"schema":1}', b'"schema":2}'))


@pytest.mark.parametrize(
    "wrong",
    [
        {"offsets": [0.0]},
        {"usual": [0.0]},
        {"weights": [[0.0] * 6] * 4},
        {"prior": 1.0},
        {"pace_odds": {"fast": -1.0}},
    ],
)
def test_figures_that_do_not_fit_together_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadModel, match=r"scoring\.json"):
        decode(changed(**wrong))


def test_places_outside_of_the_answers_are_refused() -> None:
    layout = json.loads(frozen())["careless"]["layout"]
    layout["columns"][0] = 999
    with pytest.raises(BadModel, match=r"scoring\.json"):
        decode(changed(layout=layout))
