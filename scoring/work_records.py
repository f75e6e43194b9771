"""Tables of a release about work: answers of lists, help, recurring tasks, practice."""

from __future__ import annotations

from instruments.model import Record
from scoring.table_records import MinutesRow


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
