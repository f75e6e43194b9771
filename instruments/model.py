"""What is asked: definitions of instruments and own questions, in TOML and in a frozen study."""

from __future__ import annotations

from typing import Literal

import msgspec

SCHEMA = 1
"""Version of the definition-file format."""

Texts = dict[str, str]
"""A text by language code, such as ``{"en": "..."}``."""

Need = Literal["safety", "agility", "headroom", "capability"]
NEEDS: tuple[Need, ...] = ("safety", "agility", "headroom", "capability")


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of every record: immutable, unknown keys refused."""


class Option(Record, frozen=True):
    """One answer of a closed list; `value` is what scoring uses (the code itself where absent).

    `amount` is a plain number that the option stands for, such as minutes a week; no score uses it.
    """

    code: int
    label: Texts = {}
    value: float | None = None
    amount: float | None = None

    @property
    def score(self) -> float:
        """The number that scoring uses."""
        return float(self.code) if self.value is None else self.value


class ChoiceFormat(Record, frozen=True, tag="choice", tag_field="kind"):
    """One of a closed list, such as a Likert scale.

    `labelled` says which options carry a label: ``all``, or ``ends`` (the first and the last only).
    """

    id: str
    options: tuple[Option, ...]
    labelled: Literal["all", "ends"] = "all"
    evidence: str = ""

    @property
    def minimum(self) -> float:
        """Smallest declared score."""
        return min(option.score for option in self.options)

    @property
    def maximum(self) -> float:
        """Largest declared score."""
        return max(option.score for option in self.options)


class RatingFormat(Record, frozen=True, tag="rating", tag_field="kind"):
    """A number on a line between two labelled ends."""

    id: str
    low: Texts
    high: Texts
    minimum: int = 0
    maximum: int = 100
    step: int = 5
    unit: Texts = {}
    evidence: str = ""


class TextFormat(Record, frozen=True, tag="text", tag_field="kind"):
    """Free text of the respondent."""

    id: str
    max_length: int = 2000
    evidence: str = ""


class Column(Record, frozen=True):
    """One column of a row list: a closed list (`options`) or a number between two bounds."""

    id: str
    title: Texts
    options: tuple[Option, ...] = ()
    minimum: float = 0.0
    maximum: float = 0.0
    step: float = 1.0

    @property
    def is_choice(self) -> bool:
        """Whether the column is a closed list."""
        return bool(self.options)


class RowsFormat(Record, frozen=True, tag="rows", tag_field="kind"):
    """Up to `max_rows` rows of the same columns; no row at all is an answer too."""

    id: str
    columns: tuple[Column, ...]
    max_rows: int = 3
    none_label: Texts = {}
    evidence: str = ""


class MarkFormat(Record, frozen=True, tag="mark", tag_field="kind"):
    """A yes-or-no mark with the chance of being right in per cent."""

    id: str
    flagged: Texts
    fine: Texts
    confidences: tuple[int, ...] = (55, 75, 95)
    evidence: str = ""


Format = ChoiceFormat | RatingFormat | TextFormat | RowsFormat | MarkFormat


class Item(Record, frozen=True):
    """One question. `text` is our own wording; a study may hold published wording instead."""

    id: str
    format: str
    facet: str = ""
    text: Texts = {}
    help: Texts = {}
    number: str = ""
    reverse: bool = False
    fingerprint: str = ""


class Scale(Record, frozen=True):
    """A scored part of an instrument: its items' mean after reversal.

    `need` names the latent need it feeds, if any; `high_is` says what a high score means, in words;
    `favourable` is ``high`` where more is better for the person, ``low`` where more is worse.
    """

    id: str
    name: Texts
    items: tuple[str, ...]
    need: Need | None = None
    high_is: str = ""
    favourable: Literal["high", "low"] = "high"
    minimum_share: float = 0.8
    unit: Literal["points", "percent"] = "points"


class Licence(Record, frozen=True):
    """What may be done with the published wording."""

    status: str
    plain: str = ""
    may_be_adapted: bool = True
    """False where the licence forbids changed items: then only the published wording may be used."""
    evidence: str = ""
    source: str = ""


class Evidence(Record, frozen=True):
    """One published figure; `mark` says whether somebody has read it in the source."""

    statistic: str
    mark: Literal["seen", "recalled"]
    value: float | None = None
    range: tuple[float, float] | None = None
    sample: str = ""
    n: int | None = None
    source: str = ""


class ScoringRule(Record, frozen=True):
    """How scores are made, in words, and how missing answers are handled."""

    rule: str
    missing: str
    evidence: str = ""


class Instrument(Record, frozen=True):
    """One definition: an instrument with scales, or (`kind` = ``questions``) own questions."""

    schema: int
    id: str
    kind: Literal["instrument", "questions"]
    name: str
    title: Texts
    formats: tuple[Format, ...]
    items: tuple[Item, ...]
    scales: tuple[Scale, ...] = ()
    instructions: Texts = {}
    before: Texts = {}
    """What the respondent has to settle first, such as which team is meant."""
    construct: str = ""
    citation: str = ""
    doi: str = ""
    shown_as: Literal["one person's perception", "made for groups", "own question"] = "made for groups"
    scoring: ScoringRule | None = None
    licence: Licence | None = None
    evidence: tuple[Evidence, ...] = ()
    critique: tuple[str, ...] = ()
    statement: str = ""
    """Attribution that has to be shown with the items."""

    def format_of(self, item: Item) -> Format:
        """Return the response format of `item`."""
        return next(f for f in self.formats if f.id == item.format)

    def item(self, item_id: str) -> Item:
        """Return the item called `item_id`; KeyError when there is none."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    def scale(self, scale_id: str) -> Scale:
        """Return the scale called `scale_id`; KeyError when there is none."""
        for scale in self.scales:
            if scale.id == scale_id:
                return scale
        raise KeyError(scale_id)


def text_in(texts: Texts, language: str) -> str:
    """Return the text in `language`, in English where there is none, or an empty string."""
    return texts.get(language) or texts.get("en", "")
