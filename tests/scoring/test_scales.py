"""Scale scores: keys, gaps, hostile numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.errors import OffScale
from scoring.items import item_columns, scale_specs
from scoring.scales import ScaleScorer, keyed
from tests.scoring.made import battery_of, crowd, instrument, standard_like

SAFE = battery_of(instrument("safe", 7, 7, "safety", (1, 3, 5)))


def scorer() -> ScaleScorer:
    return ScaleScorer(item_columns(SAFE), scale_specs(SAFE)).fit(np.full((1, 7), np.nan))


@given(
    bounds=st.tuples(st.integers(-100, 100), st.integers(-100, 100)).filter(lambda b: b[0] < b[1]),
    share=st.integers(0, 200),
    reverse=st.booleans(),
)
def test_keying_is_an_involution_within_the_bounds(
    bounds: tuple[int, int], share: int, reverse: bool
) -> None:
    """Keyed twice, an answer is itself again; keyed once, it stays on the scale."""
    low, high = bounds
    value = np.array([low + share % (high - low + 1)], dtype=float)
    once = keyed(value, low, high, reverse)
    assert low <= once[0] <= high
    assert keyed(once, low, high, reverse)[0] == value[0]


def test_items_are_reversed_by_the_declared_bounds_not_the_observed_ones() -> None:
    """Everybody answered 3: 1, 3 and 5 become 8 - 3 = 5, so the mean is (3 x 5 + 4 x 3) / 7 = 27/7."""
    scores = scorer().transform(np.full((4, 7), 3.0))
    np.testing.assert_allclose(scores[:, 0], 27 / 7)


def test_six_of_seven_make_a_score_and_five_do_not() -> None:
    answers = np.full((3, 7), 4.0)
    answers[1, 0] = answers[2, 0] = answers[2, 6] = np.nan
    scores = scorer().transform(answers)
    np.testing.assert_array_equal(scores[:, 1], [7, 6, 5])
    np.testing.assert_array_equal(scorer().reported(scores)[:, 0], [4.0, 4.0, np.nan])


def test_nothing_answered_is_no_score_and_no_warning() -> None:
    scores = scorer().transform(np.full((2, 7), np.nan))
    assert np.isnan(scores[:, 0]).all()
    assert (scores[:, 1] == 0).all()


@pytest.mark.parametrize("value", [0.0, 8.0, -1e300, 1e300, np.inf, -np.inf])
def test_off_scale_numbers_are_refused_by_item_and_row(value: float) -> None:
    answers = np.full((5000, 7), 4.0)
    answers[4500, 2] = value
    with pytest.raises(OffScale, match=r"safe/3 in row 4501 "):
        scorer().transform(answers)


@pytest.mark.parametrize("shape", [(3, 6), (3, 8), (7,)])
def test_another_shape_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"features|2D"):
        scorer().transform(np.full(shape, 4.0))


def test_nobody_gives_an_empty_table() -> None:
    assert scorer().transform(np.empty((0, 7))).shape == (0, 2)


def test_scores_equal_plain_numpy() -> None:
    """Every scale of a random crowd equals numpy's nanmean of the reversed columns."""
    battery = standard_like()
    answers, columns = crowd(battery, 500, seed=1), item_columns(battery)
    specs = scale_specs(battery)
    found = ScaleScorer(columns, specs).fit(answers[:1]).transform(answers)
    turned = np.column_stack(
        [c.minimum + c.maximum - x if c.reverse else x for c, x in zip(columns, answers.T, strict=True)]
    )
    for place, spec in enumerate(specs):
        mine = turned[:, [c.scale == spec.id for c in columns]]
        some = ~np.isnan(mine).all(axis=1)
        np.testing.assert_allclose(found[some, place], np.nanmean(mine[some], axis=1), rtol=1e-14)
        np.testing.assert_array_equal(found[:, len(specs) + place], (~np.isnan(mine)).sum(axis=1))


def test_input_is_left_as_it_was() -> None:
    answers = crowd(SAFE, 50, seed=2)
    before = answers.copy()
    scorer().transform(answers)
    np.testing.assert_array_equal(answers, before)
