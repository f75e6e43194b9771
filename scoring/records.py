"""Release and plan as data: standard library and msgspec only, so that the desk opens without numpy.

A hidden number is None everywhere: one mark for every reason of hiding, so that it gives nothing away.
"""

from __future__ import annotations

from instruments.model import Need, Record
from instruments.records import ReleaseHeader
from scoring.quality_records import QualityTable
from scoring.table_records import CountTable, HoursTable, MinutesTable
from scoring.work_records import FaultTable, LoadTable, ReviewingTable, ShareTable, SumTable, WorkflowTable

HOURS_ASSUMED = "Relative need, hours assumed"
"""Stands over every table of hours until hours of help have been reported."""


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
