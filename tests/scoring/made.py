"""Small made-up instruments and batteries for the tests of scoring."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from sklearn.pipeline import Pipeline

from instruments.model import ChoiceFormat, Instrument, Item, Need, Option, Scale
from instruments.questions import Battery, Part, Wording
from scoring.blocks import Floats
from scoring.pipeline import build_pipeline
from scoring.reference import default_reference

CUTS = (1.0, 2.0, 4.0)
ADAPTED = Wording(status="adapted", sha256="a" * 64)
PUBLISHED = Wording(status="published", sha256="b" * 64)


def instrument(
    name: str, items: int, points: int, need: Need | None, reverse: Iterable[int] = (), scale: str = "all"
) -> Instrument:
    """Return an instrument with one scale; items are called ``1``, ``2`` and so on."""
    options = tuple(Option(code=code) for code in range(1, points + 1))
    names = tuple(str(number) for number in range(1, items + 1))
    turned = {str(number) for number in reverse}
    return Instrument(
        schema=1,
        id=name,
        kind="instrument",
        name=name,
        title={},
        formats=(ChoiceFormat(id="f", options=options),),
        items=tuple(Item(id=item, format="f", reverse=item in turned) for item in names),
        scales=(Scale(id=scale, name={}, items=names, need=need),),
    )


def battery_of(*instruments: Instrument, wording: Wording = ADAPTED) -> Battery:
    """Return a battery of these instruments."""
    parts = tuple(Part(instrument=one, wording=wording) for one in instruments)
    return Battery(name="custom", language="en", parts=parts)


def standard_like() -> Battery:
    """Return 7 items of safety, 6 of agility, 8 + 3 of headroom, and 6 of no need."""
    return battery_of(
        instrument("safe", 7, 7, "safety", (1, 3, 5)),
        instrument("learn", 6, 5, "agility"),
        instrument("work", 8, 5, "headroom", range(1, 9)),
        instrument("slack", 3, 5, "headroom"),
        instrument("say", 6, 5, None),
    )


def pipeline_of(battery: Battery) -> Pipeline:
    """Return the pipeline of `battery` with its default reference."""
    return build_pipeline(battery, default_reference(battery), CUTS)


def crowd(battery: Battery, people: int, seed: int, gaps: float = 0.1) -> Floats:
    """Return random raw numbers (people, columns) within the items' bounds, with a share of gaps."""
    columns = pipeline_of(battery).named_steps["scales"].columns
    rng = np.random.default_rng(seed)
    answers = np.column_stack([rng.integers(c.minimum, c.maximum + 1, people) for c in columns]).astype(float)
    answers[rng.random(answers.shape) < gaps] = np.nan
    return answers
