"""Tables of a release about the answers themselves: how good they are, agreement, types."""

from __future__ import annotations

from typing import Literal

from instruments.model import Need, Record

Band = Literal["lower", "middle", "higher"]


class ScaleQuality(Record, frozen=True):
    """How well the answers to one scale go together in this sample; None where it is not told.

    Alpha with its 95 % interval, omega total; of climate scales r_wg(j) of the middle group (against
    answers by chance, and against slightly friendly ones), ICC(1), ICC(2) and the group size in both.
    """

    scale: str
    name: str
    items: int
    people: int | None
    """Who answered at least one item, rounded to 5."""
    alpha: float | None = None
    alpha_low: float | None = None
    alpha_high: float | None = None
    omega: float | None = None
    agreement: float | None = None
    agreement_skewed: float | None = None
    icc_one: float | None = None
    icc_two: float | None = None
    icc_size: int | None = None
    alarms: tuple[str, ...] = ()
    """Sentences, such as "Item 5 looks un-reversed"."""


class ClimateRow(Record, frozen=True):
    """Psychological safety of one group: a mean only where its people agree."""

    group: str
    respondents: int
    agrees: bool | None
    """None where it is hidden."""
    mean: int | None = None
    """0 the least, 100 the most that the answers allow, rounded to 5."""


class TypeRow(Record, frozen=True):
    """A stable type of people: its share in per cent, rounded to 5, and the band of its mean by need."""

    name: str
    share: int
    bands: dict[Need, Band]


class QualityTable(Record, frozen=True):
    """What the answers of this wave are good for."""

    id: str
    title: str
    attribute: str
    scales: tuple[ScaleQuality, ...] = ()
    careless: int | None = None
    """Share of people who may have answered without reading, in per cent, rounded to 5."""
    climate: tuple[ClimateRow, ...] = ()
    types: tuple[TypeRow, ...] = ()
    types_note: str = ""
    note: str = ""
