"""From a battery's scored scales to one column of numbers an item."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from instruments.answers import Answer, Choice, Rating, Skipped
from instruments.model import ChoiceFormat, Format, Instrument, Need, RatingFormat, Record, Scale
from instruments.questions import Battery
from instruments.tasks.marks import Mark
from scoring.blocks import Floats
from scoring.errors import OffScale
from scoring.marks import MarkScale, mark_matrix, mark_scales


class ItemColumn(Record, frozen=True):
    """One scored item: its declared bounds and whether it is reversed."""

    id: str
    """Id of the question, ``instrument/item``."""
    scale: str
    """Key of the scale, ``instrument/scale``."""
    minimum: float
    maximum: float
    reverse: bool = False
    is_weight: bool = False
    """Whether it says how many usual marks the scale's mark is worth, and is no item."""


class ScaleSpec(Record, frozen=True):
    """One scored scale: how many items it has and how many of them make a score."""

    id: str
    items: int
    needed: int
    """Number of answered items from which on the score is reported; 0: whatever there is."""
    minimum: float
    maximum: float
    need: Need | None = None
    sign: int = 1
    """-1 where a high score is worse for the person."""


def needed_items(items: int, share: float) -> int:
    """Return how many of `items` must be answered; 80 % of 7 are 6."""
    return max(1, math.ceil(items * share - 1e-9))


def scored_scales(instrument: Instrument) -> tuple[Scale, ...]:
    """Return the scales whose items all have numbers for answers."""
    return tuple(
        scale
        for scale in instrument.scales
        if scale.items and all(_is_numeric(_format(instrument, item)) for item in scale.items)
    )


def columns_of(instrument: Instrument, scale: Scale) -> tuple[ItemColumn, ...]:
    """Return the columns of one scale in the order of its items."""
    return tuple(_columns(instrument, scale))


def spec_of(instrument: Instrument, scale: Scale) -> ScaleSpec:
    """Return how `scale` is scored; its bounds are the means of its items' bounds."""
    columns = columns_of(instrument, scale)
    return ScaleSpec(
        id=f"{instrument.id}/{scale.id}",
        items=len(columns),
        needed=needed_items(len(columns), scale.minimum_share),
        minimum=sum(column.minimum for column in columns) / len(columns),
        maximum=sum(column.maximum for column in columns) / len(columns),
        need=scale.need,
        sign=1 if scale.favourable == "high" else -1,
    )


def item_columns(battery: Battery) -> tuple[ItemColumn, ...]:
    """Return the columns of all scored scales of `battery`, then two a task: points and weight.

    An item of two scales has two columns.
    """
    items = (
        column
        for part in battery.parts
        for scale in scored_scales(part.instrument)
        for column in columns_of(part.instrument, scale)
    )
    return (*items, *(column for scale in mark_scales(battery) for column in _mark_columns(scale)))


def scale_specs(battery: Battery) -> tuple[ScaleSpec, ...]:
    """Return all scored scales of `battery` in order, its tasks last."""
    scales = (
        spec_of(part.instrument, scale) for part in battery.parts for scale in scored_scales(part.instrument)
    )
    return (*scales, *(mark_spec(scale) for scale in mark_scales(battery)))


def mark_spec(scale: MarkScale) -> ScaleSpec:
    """Return a task's marks as a scale of one item that feeds capability."""
    return ScaleSpec(
        id=scale.id, items=1, needed=0, minimum=scale.minimum, maximum=scale.maximum, need="capability"
    )


def matrix(
    battery: Battery, answers: Sequence[Mapping[str, Answer]], marks: Sequence[Sequence[Mark]] = ()
) -> Floats:
    """Return the raw numbers (people, columns) of `answers` by question id; NaN where there is none.

    `marks` are each person's marks, in the same order; without any, nobody has done a task. Raises OffScale
    when an answer is not one of its format.
    """
    codes = {question.id: _codes(question.format) for question in battery.questions()}
    columns, tasks = item_columns(battery), mark_scales(battery)
    out = np.full((len(answers), len(columns)), np.nan)
    for place, column in enumerate(columns[: len(columns) - 2 * len(tasks)]):
        known, name = codes[column.id], column.id
        out[:, place] = [_number(row.get(name), known, name, i) for i, row in enumerate(answers)]
    if tasks and marks:
        out[:, len(columns) - 2 * len(tasks) :] = mark_matrix(tasks, marks)
    return out


def _mark_columns(scale: MarkScale) -> tuple[ItemColumn, ItemColumn]:
    points = ItemColumn(id=f"{scale.id}/points", scale=scale.id, minimum=scale.minimum, maximum=scale.maximum)
    weight = ItemColumn(
        id=f"{scale.id}/weight", scale=scale.id, minimum=0.0, maximum=scale.most_weight, is_weight=True
    )
    return points, weight


def _number(answer: Answer | None, codes: Mapping[int, float], name: str, row: int) -> float:
    match answer:
        case None | Skipped():
            return math.nan
        case Choice(code=key) | Rating(value=key) if key in codes:
            return codes[key]
        case _:
            raise off_scale(name, row)


def off_scale(item: str, row: int) -> OffScale:
    """Return the error for an answer outside the format of `item` in `row` (counted from 0)."""
    return OffScale(
        f"The answer to {item} in row {row + 1} is outside its scale.",
        "Look at how these answers were collected, or leave this one out.",
    )


def _is_numeric(fmt: Format) -> bool:
    return isinstance(fmt, ChoiceFormat | RatingFormat)


def _format(instrument: Instrument, item_id: str) -> Format:
    return instrument.format_of(instrument.item(item_id))


def _codes(fmt: Format) -> dict[int, float]:
    match fmt:
        case ChoiceFormat(options=options):
            return {option.code: option.score for option in options}
        case RatingFormat(minimum=low, maximum=high, step=step):
            return {value: float(value) for value in range(low, high + 1, step)}
        case _:
            return {}


def _columns(instrument: Instrument, scale: Scale) -> Iterator[ItemColumn]:
    for item_id in scale.items:
        fmt = _format(instrument, item_id)
        if isinstance(fmt, ChoiceFormat | RatingFormat):
            yield ItemColumn(
                id=f"{instrument.id}/{item_id}",
                scale=f"{instrument.id}/{scale.id}",
                minimum=float(fmt.minimum),
                maximum=float(fmt.maximum),
                reverse=instrument.item(item_id).reverse,
            )
