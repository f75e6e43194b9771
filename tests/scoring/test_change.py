"""Reliable change: values worked out by hand, and the words."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from scoring.change import CHANGES, reliable_change, reliable_change_index
from scoring.reference import default_reference
from tests.scoring.made import standard_like

ROW = msgspec.structs.replace(
    default_reference(standard_like()).row("safe/all"), sd=1.0, retest=0.68, alpha=0.9, sign=1
)


def words(before: list[float], after: list[float], sign: int = 1) -> list[str]:
    row = msgspec.structs.replace(ROW, sign=sign)
    return [CHANGES[place] for place in reliable_change(np.array(before), np.array(after), row)]


def test_the_index_is_the_one_worked_out_by_hand() -> None:
    """SD 1, retest .68: error of a difference sqrt(2) x sqrt(.32) = .8, so two points are 2.5 errors.

    SD 7.5, retest .8 as in a usual example: sqrt(2) x 7.5 x .447214 = 4.743416, from 47.5 to 32.5 is
    -3.162278.
    """
    one = reliable_change_index(np.array([3.0, 3.0]), np.array([5.0, 2.6]), 1.0, 0.68)
    assert one == pytest.approx([2.5, -0.5], abs=1e-12)
    two = reliable_change_index(np.array([47.5]), np.array([32.5]), 7.5, 0.8)
    assert two == pytest.approx([-3.1622776601683795], abs=1e-12)


def test_the_words_turn_at_1_96_errors() -> None:
    """1.96 x .8 = 1.568 points."""
    assert words([3.0, 3.0, 3.0, 3.0], [4.57, 4.56, 1.43, 1.44]) == [
        "improved",
        "indeterminate",
        "declined",
        "indeterminate",
    ]


def test_where_high_is_bad_a_rise_is_no_improvement() -> None:
    assert words([3.0, 3.0], [5.0, 1.0], sign=-1) == ["declined", "improved"]


def test_a_missing_score_is_indeterminate() -> None:
    assert words([float("nan"), 3.0], [5.0, float("nan")]) == ["indeterminate"] * 2


@pytest.mark.parametrize(("sd", "retest"), [(0.0, 0.5), (float("nan"), 0.5), (1.0, 1.0), (1.0, float("nan"))])
def test_figures_that_no_scale_has_are_refused(sd: float, retest: float) -> None:
    with pytest.raises(ValueError, match="sd must be above 0"):
        reliable_change_index(np.array([1.0]), np.array([2.0]), sd, retest)


def test_of_people_who_did_not_change_one_in_twenty_seems_to() -> None:
    """Error alone, with the retest reliability of the scale; alpha would call many more changed."""
    rng = np.random.default_rng(5)
    steady = rng.normal(4, 0.68**0.5, 40_000)
    error = 0.32**0.5
    before, after = (steady + rng.normal(0, error, 40_000) for _ in range(2))
    changed = reliable_change(before, after, ROW) != CHANGES.index("indeterminate")
    assert changed.mean() == pytest.approx(0.05, abs=0.004)
