"""r_wg(j) and ICCs: values from their formulas in R, and groups without any agreement."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.agreement import agreement, intra_class, skewed_variance, uniform_variance
from tests.scoring.goldens import departments, goldens, keyed

CLOSE = 1e-9


@pytest.mark.parametrize("group", [1, 2, 3, 4])
def test_agreement_is_that_of_the_formula(group: int) -> None:
    items = keyed("safe")[departments() == group]
    for name, null in (("uniform", uniform_variance(1, 7)), ("skewed", skewed_variance(1, 7))):
        assert agreement(items, null) == pytest.approx(goldens()[f"rwg {name} {group}"], abs=CLOSE)


def test_intra_class_correlations_are_those_of_the_analysis_of_variance() -> None:
    scores = np.nanmean(keyed("safe"), axis=1)
    found = intra_class(scores, departments())
    assert found.size == pytest.approx(goldens()["icc k"], abs=CLOSE)
    assert found.one == pytest.approx(goldens()["icc 1"], abs=CLOSE)
    assert found.two == pytest.approx(goldens()["icc 2"], abs=CLOSE)


def test_people_of_one_mind_agree_fully_and_two_camps_not_at_all() -> None:
    null = uniform_variance(1, 5)
    assert agreement(np.full((12, 6), 4.0), null) == 1
    assert agreement(np.repeat([[1.0] * 6, [5.0] * 6], 6, axis=0), null) == 0


def test_the_skewed_yardstick_is_the_stricter_one_for_every_number_of_points() -> None:
    for points in range(3, 12):
        assert 0 < skewed_variance(1, points) < uniform_variance(1, points)


def test_too_few_answers_or_groups_give_no_figure() -> None:
    one = np.array([[1.0, np.nan], [2.0, 3.0]])
    assert np.isnan(agreement(one, 2.0))
    assert np.isnan(agreement(np.empty((5, 0)), 2.0))
    for scores, group in ((np.array([1.0, 2.0]), [0, 0]), (np.full(6, np.nan), [0, 0, 0, 1, 1, 1])):
        assert np.isnan(intra_class(scores, np.array(group)).one)
    assert np.isnan(intra_class(np.full(6, 3.0), np.array([0, 0, 0, 1, 1, 1])).two)
