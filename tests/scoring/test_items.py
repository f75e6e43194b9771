"""From answers to columns of numbers."""

from __future__ import annotations

import numpy as np
import pytest

from instruments.answers import Choice, Rating, Rows, Skipped
from instruments.errors import BadInput
from instruments.model import Instrument, Item, RatingFormat, Scale, TextFormat
from scoring.errors import OffScale
from scoring.items import item_columns, matrix, needed_items, scale_specs
from tests.scoring.made import battery_of, instrument, standard_like


@pytest.mark.parametrize(
    ("items", "share", "needed"),
    [(7, 0.8, 6), (6, 0.8, 5), (8, 0.8, 7), (5, 0.8, 4), (3, 0.8, 3), (10, 0.8, 8), (6, 1.0, 6), (3, 0.6, 2)],
)
def test_the_number_of_items_that_make_a_score(items: int, share: float, needed: int) -> None:
    assert needed_items(items, share) == needed


def test_columns_carry_declared_bounds_and_keys() -> None:
    columns = item_columns(standard_like())
    assert len(columns) == 30
    assert [column.id for column in columns if column.reverse][:3] == ["safe/1", "safe/3", "safe/5"]
    assert {(column.minimum, column.maximum) for column in columns if column.scale == "safe/all"} == {
        (1.0, 7.0)
    }


def test_scales_of_text_are_not_scored() -> None:
    """An instrument whose only item is free text gives no column and no scale."""
    words = Instrument(
        schema=1,
        id="words",
        kind="questions",
        name="words",
        title={},
        formats=(TextFormat(id="t"),),
        items=(Item(id="1", format="t"),),
        scales=(Scale(id="all", name={}, items=("1",)),),
    )
    assert item_columns(battery_of(words)) == ()
    assert scale_specs(battery_of(words)) == ()


def test_skipped_and_absent_answers_are_gaps() -> None:
    battery = battery_of(instrument("safe", 3, 7, "safety"))
    found = matrix(battery, [{"safe/1": Choice(code=4), "safe/2": Skipped()}])
    np.testing.assert_array_equal(found, [[4.0, np.nan, np.nan]])


def test_ratings_count_as_they_stand() -> None:
    load = Instrument(
        schema=1,
        id="load",
        kind="instrument",
        name="load",
        title={},
        formats=(RatingFormat(id="r", low={}, high={}),),
        items=(Item(id="1", format="r"),),
        scales=(Scale(id="all", name={}, items=("1",)),),
    )
    np.testing.assert_array_equal(matrix(battery_of(load), [{"load/1": Rating(value=35)}]), [[35.0]])
    with pytest.raises(OffScale):
        matrix(battery_of(load), [{"load/1": Rating(value=33)}])


@pytest.mark.parametrize("answer", [Choice(code=8), Choice(code=0), Rows(rows=())])
def test_an_answer_of_another_format_is_refused_by_item_and_row(answer: Choice | Rows) -> None:
    battery = battery_of(instrument("safe", 3, 7, "safety"))
    with pytest.raises(OffScale, match=r"safe/2 in row 2 ") as caught:
        matrix(battery, [{}, {"safe/2": answer}])
    assert isinstance(caught.value, BadInput)
    assert "8" not in caught.value.message
