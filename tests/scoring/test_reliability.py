"""Alpha, omega and item-rest correlations: psych's values, alarms, and input that allows no figure."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.reliability import reliability
from tests.scoring.goldens import complete, goldens, keyed

CLOSE = 1e-6


@pytest.mark.parametrize("scale", ["safe", "learn", "work", "slack"])
@pytest.mark.parametrize("kind", ["gaps", "complete"])
def test_the_figures_are_those_of_psych(scale: str, kind: str) -> None:
    items = keyed(scale) if kind == "gaps" else keyed(scale)[complete()]
    found, r = reliability(items), goldens()
    key = f"{scale} {kind}"
    assert found.people == r[f"{key} people"]
    assert found.alpha == pytest.approx(r[f"{key} alpha"], abs=CLOSE)
    assert found.low == pytest.approx(r[f"{key} alpha low"], abs=CLOSE)
    assert found.high == pytest.approx(r[f"{key} alpha high"], abs=CLOSE)
    assert found.omega == pytest.approx(r[f"{key} omega total"], abs=CLOSE)
    rest = [r[f"{key} item-rest {place + 1}"] for place in range(items.shape[1])]
    assert found.item_rest == pytest.approx(rest, abs=CLOSE)
    assert found.unreversed == ()


def unreversed(people: int | None = None) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the safety items of complete answers with item 5 not reversed."""
    items = keyed("safe")
    items = items[~np.isnan(items).any(axis=1)][:people]
    items[:, 4] = 8 - items[:, 4]
    return items


def test_an_unreversed_item_is_named_and_no_other() -> None:
    found = reliability(unreversed())
    assert found.item_rest == pytest.approx(
        [goldens()[f"safe unreversed item-rest {place}"] for place in range(1, 8)], abs=CLOSE
    )
    assert found.unreversed == (4,)


def test_below_thirty_people_no_item_is_blamed() -> None:
    assert reliability(unreversed(29)).item_rest[4] < 0
    assert reliability(unreversed(29)).unreversed == ()
    assert reliability(unreversed(30)).unreversed == (4,)


@pytest.mark.parametrize(
    "items",
    [
        np.empty((0, 3)),
        np.full((40, 3), np.nan),
        np.full((40, 3), 2.0),
        np.ones((40, 1)),
        np.array([[1.0, 2.0, 3.0]]),
        np.column_stack([np.arange(40.0) % 5, np.arange(40.0) % 3, np.full(40, 4.0)]),
    ],
    ids=["nobody", "no answers", "one answer", "one item", "one person", "one constant item"],
)
def test_answers_that_allow_no_figure_give_none_and_no_warning(items: np.ndarray) -> None:
    found = reliability(items)
    assert np.isnan([found.alpha, found.low, found.high, found.omega]).all()
    assert np.isnan(found.item_rest).all()
    assert found.unreversed == ()


def test_items_that_nobody_answered_together_give_no_figure() -> None:
    items = np.random.default_rng(1).normal(size=(60, 3))
    items[:30, 0] = np.nan
    items[30:, 1] = np.nan
    assert np.isnan(reliability(items).alpha)


def test_alpha_of_parallel_items_is_the_reliability_they_were_made_with() -> None:
    """Five items with correlation .4: alpha .769, omega the same."""
    rng = np.random.default_rng(3)
    items = 0.4**0.5 * rng.normal(size=(20000, 1)) + 0.6**0.5 * rng.normal(size=(20000, 5))
    found = reliability(items)
    assert found.low < 5 * 0.4 / (1 + 4 * 0.4) < found.high
    assert found.omega == pytest.approx(found.alpha, abs=0.005)
