"""Made-up instruments for the tests: synthetic text only, never a published item."""

from __future__ import annotations

from instruments.model import (
    ChoiceFormat,
    Column,
    Format,
    Instrument,
    Item,
    MarkFormat,
    Option,
    RatingFormat,
    RowsFormat,
    Scale,
    TextFormat,
)
from instruments.questions import Battery, Part, Wording
from instruments.wording import fingerprint

PUBLISHED = (
    "The green kettle doesn't whistle on Mondays.",
    "Seven otters share one umbrella.",
    "My left shoe knows the way home.",
    "Clouds are counted before breakfast.",
)
"""Made-up "published" text of the synthetic instrument."""

CHOICE = ChoiceFormat(
    id="choice", options=tuple(Option(code=code, label={"en": f"Label {code}"}) for code in range(1, 6))
)
RATING = RatingFormat(id="rating", low={"en": "Low"}, high={"en": "High"}, minimum=0, maximum=100, step=5)
TEXT = TextFormat(id="text", max_length=20)
ROWS = RowsFormat(
    id="rows",
    max_rows=2,
    columns=(
        Column(id="who", title={"en": "Who"}, options=(Option(code=1), Option(code=2))),
        Column(id="hours", title={"en": "Hours"}, minimum=0.5, maximum=10.0, step=0.5),
    ),
)
MARK = MarkFormat(id="mark", flagged={"en": "Look again"}, fine={"en": "Fine"})
FORMATS: tuple[Format, ...] = (CHOICE, RATING, TEXT, ROWS, MARK)


def published_instrument(name: str = "synthetic-2020", texts: tuple[str, ...] = PUBLISHED) -> Instrument:
    """Return an instrument of our own wording that knows the fingerprints of `texts`."""
    items = tuple(
        Item(
            id=f"i{number}",
            number=str(number),
            format="choice",
            text={"en": f"Adapted sentence {number}."},
            fingerprint=fingerprint(text),
        )
        for number, text in enumerate(texts, start=1)
    )
    scale = Scale(id="all", name={"en": "All"}, items=tuple(item.id for item in items))
    return Instrument(
        schema=1,
        id=name,
        kind="instrument",
        name=f"Synthetic ({name})",
        title={"en": "Synthetic"},
        formats=(CHOICE,),
        items=items,
        scales=(scale,),
        before={"en": "Which kettle is meant?"},
    )


def five_kinds() -> Battery:
    """Return a battery with one question of each of the five kinds."""
    instrument = Instrument(
        schema=1,
        id="kinds",
        kind="questions",
        name="Kinds",
        title={"en": "Kinds"},
        formats=FORMATS,
        items=tuple(Item(id=fmt.id, format=fmt.id, text={"en": f"A {fmt.id}?"}) for fmt in FORMATS),
    )
    return Battery(
        name="custom",
        language="en",
        parts=(Part(instrument=instrument, wording=Wording(status="own", sha256="")),),
    )


DEFINITION = """\
schema = 1
id = "made-up"
kind = "instrument"
name = "Made up"
title = { en = "Made up" }

[[formats]]
kind = "choice"
id = "agreement"
options = [
  { code = 1, label = { en = "No" } },
  { code = 2, label = { en = "Perhaps" } },
  { code = 3, label = { en = "Yes" } },
]

[[formats]]
kind = "text"
id = "words"

[[scales]]
id = "whole"
name = { en = "Whole" }
items = ["a", "b"]

[[items]]
id = "a"
format = "agreement"
text = { en = "The kettle is green." }

[[items]]
id = "b"
format = "agreement"
reverse = true
text = { en = "The kettle is loud." }
"""
"""A small definition file without a fault."""
