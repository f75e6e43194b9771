"""What the quality of a wave's answers is told from: keyed answers by scale, and signs of carelessness."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from instruments.model import Instrument, Need, Scale, text_in
from instruments.questions import Battery
from scoring.blocks import Floats
from scoring.items import columns_of, item_columns, scored_scales
from scoring.scales import keyed


@dataclass(frozen=True, slots=True, eq=False)
class ScaleAnswers:
    """Everybody's answers to one scale, keyed so that high means high on the scale."""

    id: str
    name: str
    numbers: tuple[str, ...]
    """Number of each item as the instrument has it."""
    minimum: float
    maximum: float
    """Of the first item; climate scales have one format."""
    items: Floats
    """(n, items), NaN where there is none."""
    need: Need | None


@dataclass(frozen=True, slots=True, eq=False)
class Quality:
    """The same people as in the release, in the same order."""

    scales: tuple[ScaleAnswers, ...]
    careless: Floats
    """(n,) probability of careless answering, NaN where nothing tells it."""

    @property
    def people(self) -> int:
        """How many people it tells of."""
        return len(self.careless)


def quality_of(battery: Battery, X: Floats, careless: Floats) -> Quality:  # noqa: N803
    """Return what quality is told from: raw numbers `X` (people, columns) as `items.matrix` gives them.

    `careless` (people,) are the probabilities that widened the people's errors, NaN where unknown.
    """
    places = {(column.scale, column.id): place for place, column in enumerate(item_columns(battery))}
    scales = tuple(
        _answers(part.instrument, scale, battery.language, places, X)
        for part in battery.parts
        for scale in scored_scales(part.instrument)
    )
    return Quality(scales, careless)


def _answers(
    instrument: Instrument,
    scale: Scale,
    language: str,
    places: dict[tuple[str, str], int],
    raw: Floats,
) -> ScaleAnswers:
    columns = columns_of(instrument, scale)
    given = [keyed(raw[:, places[c.scale, c.id]], c.minimum, c.maximum, c.reverse) for c in columns]
    items = [instrument.item(name) for name in scale.items]
    return ScaleAnswers(
        id=columns[0].scale,
        name=text_in(scale.name, language) or instrument.name,
        numbers=tuple(item.number or item.id for item in items),
        minimum=columns[0].minimum,
        maximum=columns[0].maximum,
        items=np.stack(given, axis=1),
        need=scale.need,
    )
