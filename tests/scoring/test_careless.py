"""Signs of careless answering: R's values, independence of the other people, and who is found."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instruments.model import NEEDS
from instruments.questions import Battery
from scoring.blocks import Floats
from scoring.careless import FEWEST_ANSWERS, PRIOR, CarelessModel
from scoring.careless_indices import distance, even_odd, longest_run
from scoring.careless_training import careless_model
from scoring.items import item_columns, matrix
from scoring.reference import default_reference
from scoring.rehearsal import simulate_with_truth
from tests.scoring.goldens import goldens, keyed, keyed_scales, raw
from tests.scoring.made import battery_of, crowd, instrument, standard_like

PEOPLE = 25
CORRELATIONS = ((1.0, 0.3, 0.3, 0.0), (0.3, 1.0, 0.2, 0.0), (0.3, 0.2, 1.0, 0.0), (0.0, 0.0, 0.0, 1.0))
BATTERY = standard_like()
MODEL = careless_model(BATTERY, default_reference(BATTERY))


def printed(name: str) -> list[float]:
    return [goldens()[f"{name} {person}"] for person in range(1, PEOPLE + 1)]


def all_keyed() -> Floats:
    return np.concatenate([keyed(scale.row.scale) for scale in keyed_scales()], axis=1)[:PEOPLE].T


@pytest.mark.parametrize(("name", "lag"), [("longstring", 1), ("alternating", 2)])
def test_runs_are_those_of_the_formula(name: str, lag: int) -> None:
    assert longest_run(raw("work")[:PEOPLE].T, lag).tolist() == printed(name)


def test_even_odd_consistency_is_that_of_the_formula() -> None:
    found = even_odd(all_keyed(), keyed_scales())
    assert found == pytest.approx(printed("even-odd"), abs=1e-9, nan_ok=True)


def test_the_distance_is_mahalanobis_against_the_reference_covariance() -> None:
    """Also where answers are missing: those rows and columns of the covariance are left out."""
    assert NEEDS[:3] == ("safety", "agility", "headroom")
    found, answered = distance(all_keyed(), keyed_scales(), CORRELATIONS)
    assert found == pytest.approx(printed("distance"), rel=1e-9)
    assert answered.tolist() == (~np.isnan(all_keyed())).sum(axis=0).tolist()
    assert (answered < answered.max()).any()


@settings(max_examples=30, deadline=None)
@given(people=st.integers(1, 70), seed=st.integers(0, 10_000), data=st.data())
def test_who_else_answers_changes_no_bit(people: int, seed: int, data: st.DataObject) -> None:
    """One person alone, in a crowd, and beside people without any answer."""
    answers = crowd(BATTERY, people, seed)
    together = MODEL.probability(answers)
    person = data.draw(st.integers(0, people - 1))
    alone = MODEL.probability(answers[person : person + 1])
    assert alone[0] == together[person]
    shifted = np.concatenate([np.full((data.draw(st.integers(1, 20)), answers.shape[1]), np.nan), answers])
    assert (MODEL.probability(shifted)[-people:] == together).all()


def test_the_same_study_gives_the_same_classifier() -> None:
    again = careless_model(BATTERY, default_reference(BATTERY))
    assert (again.weights, again.offsets, again.usual) == (MODEL.weights, MODEL.offsets, MODEL.usual)


def three_custom() -> Battery:
    return battery_of(
        instrument("one", 7, 7, "safety", (2, 4)),
        instrument("two", 12, 5, "headroom", range(1, 7)),
        instrument("three", 8, 6, "agility", (8,)),
    )


@pytest.mark.parametrize("battery", [BATTERY, three_custom()], ids=["standard", "custom"])
def test_careless_people_are_told_from_attentive_ones(battery: Battery) -> None:
    """Made by `rehearsal`, not by the people the classifier was trained on."""
    answers, truth = simulate_with_truth(battery, (), 1500, 11)
    found = careless_model(battery, default_reference(battery)).probability(matrix(battery, answers))
    assert np.median(found[truth.careless]) > 0.5
    assert (found[~truth.careless] > 0.5).mean() < 0.03
    assert abs(found.mean() - truth.careless.mean()) < 0.04


def pattern(model: CarelessModel, even: float, odd: float) -> Floats:
    """Return one person who answers by turns at two places of every scale, 0 the lowest and 1 the highest."""
    items = model.layout.items
    places = np.where(np.arange(len(items)) % 2 == 0, even, odd)
    top = np.array([item.maximum - item.minimum for item in items])
    low = np.array([item.minimum for item in items])
    return np.asarray((low + np.floor(places * top + 0.5))[None, :])


@pytest.mark.parametrize(("even", "odd"), [(0.0, 0.0), (0.5, 0.5), (1.0, 1.0), (0.0, 1.0), (0.75, 0.25)])
def test_straight_lines_and_patterns_are_probably_careless(even: float, odd: float) -> None:
    assert MODEL.probability(pattern(MODEL, even, odd))[0] > 0.7


def test_few_answers_or_none_leave_the_prior() -> None:
    answers = np.full((2, len(item_columns(BATTERY))), np.nan)
    answers[1, : FEWEST_ANSWERS - 1] = 1.0
    assert MODEL.probability(answers) == pytest.approx([PRIOR, PRIOR])


def test_a_fast_pace_raises_the_probability_and_a_slow_one_lowers_it() -> None:
    answers = np.repeat(crowd(BATTERY, 1, 5), 4, axis=0)
    fast, middle, slow, unknown = MODEL.probability(answers, ("fast", "middle", "slow", ""))
    assert fast > unknown > middle > slow


def test_nobody_and_one_short_scale_give_an_answer_without_warning() -> None:
    assert MODEL.probability(np.empty((0, len(item_columns(BATTERY))))).shape == (0,)
    short = battery_of(instrument("short", 2, 5, "safety"))
    assert careless_model(short, default_reference(short)).probability(
        np.array([[1.0, 1.0]])
    ) == pytest.approx([PRIOR])


def test_the_reference_decides_and_no_sample() -> None:
    """Another pinned reference gives other probabilities for the same answers."""
    answers = crowd(BATTERY, 40, 2)
    reference = default_reference(BATTERY)
    rows = tuple(msgspec.structs.replace(row, sd=2 * row.sd) for row in reference.rows)
    wider = msgspec.structs.replace(reference, rows=rows)
    assert not np.allclose(MODEL.probability(answers), careless_model(BATTERY, wider).probability(answers))
