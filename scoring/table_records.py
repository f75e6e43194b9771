"""Tables of a release that count people, hours and minutes by group."""

from __future__ import annotations

from typing import Literal

from instruments.model import Need, Record


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
