"""Release and plan as data: standard library and msgspec only, so that the desk opens without numpy.

A hidden number is None everywhere: one mark for every reason of hiding, so that it gives nothing away.
"""

from __future__ import annotations

from typing import Literal

from instruments.model import Need, Record
from instruments.records import ReleaseHeader

Band = Literal["lower", "middle", "higher"]


class CountRow(Record, frozen=True):
    """One group's counts; `cells` are None where they are hidden, one by one."""

    group: str
    respondents: int
    headcount: int | None
    cells: tuple[int | None, ...]


class CountTable(Record, frozen=True):
    """People counted by group and by `columns` (tiers or two bands of them, bands of a need or of days).

    A response table has no columns: it tells how many of each group's people are counted.
    """

    id: str
    title: str
    kind: Literal["tiers", "need-bands", "response", "tool-days"]
    attribute: str
    columns: tuple[str, ...]
    total: CountRow | None
    rows: tuple[CountRow, ...]
    need: Need | None = None
    note: str = ""


class HoursRow(Record, frozen=True):
    """Support hours a month that a group's respondents are expected to need, rounded to 5.

    `low` and `high` are the 90 % interval; `skill` and `conditions` are shares in per cent,
    rounded to 5, sum 100.
    `own_sd` and `common_sd` are relative standard deviations (log scale, rounded to .05, of everybody to
    .01): of errors that average out within the group, and of errors that all groups share (weights, level,
    reference).
    """

    group: str
    respondents: int
    headcount: int | None
    hours: int | None
    low: int | None = None
    high: int | None = None
    skill: int | None = None
    conditions: int | None = None
    own_sd: float | None = None
    common_sd: float | None = None


class HoursTable(Record, frozen=True):
    """Support hours by the categories of one attribute, and for everybody."""

    id: str
    title: str
    attribute: str
    total: HoursRow
    rows: tuple[HoursRow, ...]
    note: str = ""


class MinutesRow(Record, frozen=True):
    """Quartiles of a group, rounded to 5: of minutes a week to spare, or of points of task load."""

    group: str
    respondents: int
    lower: int | None
    median: int | None
    upper: int | None


class MinutesTable(Record, frozen=True):
    """Minutes that can be spared, by the categories of one attribute, and for everybody."""

    id: str
    title: str
    attribute: str
    total: MinutesRow
    rows: tuple[MinutesRow, ...]


class ShareRow(Record, frozen=True):
    """One answer of a list and how many people chose it; small answers are put together."""

    label: str
    people: int


class ShareTable(Record, frozen=True):
    """How many of everybody chose which answer; no rows where the table is withheld."""

    id: str
    title: str
    respondents: int
    rows: tuple[ShareRow, ...]
    note: str = ""


class SumRow(Record, frozen=True):
    """Hours of one group or of one kind of help, rounded to 5, one a column."""

    group: str
    cells: tuple[int | None, ...]
    respondents: int | None = None
    """None where the row is no group of people."""


class SumTable(Record, frozen=True):
    """Hours of help in four weeks, as people remember them."""

    id: str
    title: str
    attribute: str
    columns: tuple[str, ...]
    rows: tuple[SumRow, ...]
    total: SumRow | None = None
    note: str = ""


class WorkflowRow(Record, frozen=True):
    """A recurring task on which people of a group lose time.

    `people` and `hours` a month are rounded to 5; `suffers` is empty where it may not be told.
    """

    group: str
    task: str
    people: int
    hours: int
    suffers: str = ""


class WorkflowTable(Record, frozen=True):
    """The recurring tasks with the most hours lost to friction, of everybody first, then by group."""

    id: str
    title: str
    attribute: str
    rows: tuple[WorkflowRow, ...]
    note: str = ""


class ReviewingTable(Record, frozen=True):
    """Statements of `review` marked as needing review, of everybody together, in per cent rounded to 5."""

    id: str
    title: str
    people: int | None
    """Rounded to 5."""
    hits: int | None
    """Of the flawed statements."""
    false_alarms: int | None
    """Of the sound statements."""
    note: str = ""


class FaultRow(Record, frozen=True):
    """Of a group's people who were given `review`, how many in 100 found each kind of fault, rounded to 5."""

    group: str
    cells: tuple[int | None, ...]


class FaultTable(Record, frozen=True):
    """Planted faults found, by kind (`columns`), of everybody and by group."""

    id: str
    title: str
    attribute: str
    columns: tuple[str, ...]
    total: FaultRow
    rows: tuple[FaultRow, ...]
    people: int | None
    """People who were given the task, rounded to 5."""
    note: str = ""


class LoadTable(Record, frozen=True):
    """Load of the practical tasks, 0 to 100: quartiles of the mean rating by group, and of each rating."""

    id: str
    title: str
    attribute: str
    total: MinutesRow
    rows: tuple[MinutesRow, ...]
    parts: tuple[MinutesRow, ...]
    """One row a rating, of everybody."""
    note: str = ""


HOURS_ASSUMED = "Relative need, hours assumed"
"""Stands over every table of hours until hours of help have been reported."""


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


class PersonRow(Record, frozen=True):
    """One person of a record table: words that at least k people have alike; `id` stands for nobody."""

    id: str
    group: str
    tier: str
    bands: tuple[str, ...]


class RecordTable(Record, frozen=True):
    """One row a person, in an order drawn at closing; no rows where the table is refused."""

    id: str
    title: str
    attribute: str
    needs: tuple[Need, ...]
    """One a band of each row."""
    tiers: tuple[str, ...]
    """Tiers that occur, from little help to much."""
    rows: tuple[PersonRow, ...] = ()
    note: str = ""


class WeightRow(Record, frozen=True):
    """One weight of the hours model, hours a month, as guessed and as re-estimated, with 90 % intervals."""

    feature: str
    guess: float
    guess_low: float
    guess_high: float
    now: float
    now_low: float
    now_high: float


class BandRow(Record, frozen=True):
    """Mean hours of help a month of the people whose teams make asking this hard, as they told them."""

    band: str
    received: float
    needed: float


class HoursBasis(Record, frozen=True):
    """Where the hours of a release come from, and what reports of help changed; no person is in it."""

    heading: str
    sentences: tuple[str, ...]
    labels: int | None = None
    """People whose hours needed are known, rounded down to 5; None where the hours are assumed."""
    level_change: float | None = None
    """Hours of an average person by the weights now, for each hour by the guess."""
    given_per_received: float | None = None
    """Hours of help given for each hour received, of everybody; 1 when both are remembered alike."""
    narrowing: int | None = None
    """How far everybody's total could be off, in per cent, once 50 more people's hours are known."""
    weights: tuple[WeightRow, ...] = ()
    bands: tuple[BandRow, ...] = ()


class Release(Record, frozen=True):
    """All that facilitators and HR ever see of the answers of one wave."""

    header: ReleaseHeader
    counts: tuple[CountTable, ...] = ()
    hours: tuple[HoursTable, ...] = ()
    minutes: tuple[MinutesTable, ...] = ()
    shares: tuple[ShareTable, ...] = ()
    sums: tuple[SumTable, ...] = ()
    workflows: tuple[WorkflowTable, ...] = ()
    reviewing: tuple[ReviewingTable, ...] = ()
    faults: tuple[FaultTable, ...] = ()
    loads: tuple[LoadTable, ...] = ()
    quality: tuple[QualityTable, ...] = ()
    records: tuple[RecordTable, ...] = ()
    statements: tuple[str, ...] = ()
    """Sentences that hold for the whole release, such as "fewer than 15 people took part"."""
    basis: HoursBasis | None = None
    """None where no hours are told."""
    schema: int = 1
