"""The released tables about the tasks: what reviewing catches, faults found by kind, and load; with masks.

Somebody who reads the faults is assumed to know exactly how many people of every group were given `review`,
and every percentage without its rounding. Then each kind of fault is a table of two columns, found and not,
protected as `scoring.disclosure` says; tables of different kinds share nothing but the row sizes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from instruments.setup import Thresholds
from instruments.tasks.model import FAULT_KINDS
from scoring.blocks import Floats
from scoring.disclosure import Counts, Mask, hide_small, is_small_safe, is_total_safe
from scoring.grouping import Breakdown
from scoring.loads import EVERYBODY, quartile_row, quartile_rows, rounded
from scoring.work import NOT_GIVEN, Ints
from scoring.work_records import FaultRow, FaultTable, LoadTable, ReviewingTable

FEW = "Withheld: single people could be told from these numbers."
PASSED_OVER = (
    "Each person was given one or two statements with each kind of fault; found means that all of them were "
    "marked. A statement that was passed over counts as not found."
)
LOAD = (
    "Six ratings after the tasks, 0 to 100, higher is more load; for performance, higher is poorer. "
    "Not part of any tier."
)


class Place(NamedTuple):
    """Where a table stands in the release."""

    id: str
    attribute: str


def reviewing_table(counts: Floats, limits: Thresholds, table_id: str) -> ReviewingTable:
    """Return hits and false alarms of everybody; `counts` are (n, 4) as in `Work.reviewing`."""
    told = counts[(counts[:, 1] > 0) & (counts[:, 3] > 0)]
    title = "Statements marked as needing review, everybody together"
    if len(told) < limits.minimum_people:
        return ReviewingTable(id=table_id, title=title, people=None, hits=None, false_alarms=None, note=FEW)
    hits, flawed, alarms, sound = (int(n) for n in told.sum(axis=0))
    return ReviewingTable(
        id=table_id,
        title=title,
        people=rounded(len(told)),
        hits=rounded(100 * hits / flawed),
        false_alarms=rounded(100 * alarms / sound),
    )


def fault_table(faults: Ints, breakdown: Breakdown | None, limits: Thresholds, place: Place) -> FaultTable:
    """Return who found which kind of fault; `faults` are (n, kinds) as in `Work.faults`.

    A cell is shown where at least `k_detail` people found it and as many did not, and where no hidden cell
    follows from it; fewer than `minimum_people` who were given the task have no table.
    """
    given = (faults != NOT_GIVEN).any(axis=1)
    told, people = faults[given], int(given.sum())
    labels = breakdown.labels if breakdown else ()
    member = breakdown.member[given] if breakdown else np.zeros(people, dtype=np.int64)
    if people < limits.minimum_people:
        lines = [(None,) * len(FAULT_KINDS)] * (len(labels) + 1)
    else:
        columns = [_columns(told[:, kind], member, len(labels), limits) for kind in range(len(FAULT_KINDS))]
        lines = list(zip(*columns, strict=True))
    rows = tuple(FaultRow(group=label, cells=cells) for label, cells in zip(labels, lines, strict=False))
    is_shown = any(cell is not None for cell in lines[-1])
    return FaultTable(
        id=place.id,
        title="Faults found, by kind" + (f" and {breakdown.title.lower()}" if breakdown else ""),
        attribute=place.attribute,
        columns=FAULT_KINDS,
        total=FaultRow(group=EVERYBODY, cells=lines[-1]),
        rows=rows,
        people=rounded(people) if is_shown else None,
        note=PASSED_OVER if is_shown else FEW,
    )


def _columns(found: Ints, member: Ints, groups: int, limits: Thresholds) -> tuple[int | None, ...]:
    """Return per cent of one kind by group, everybody last; `found` is (n,) 0 or 1, `member` (n,)."""
    total = np.bincount(1 - found, minlength=2)
    if not is_total_safe(total, limits.k_detail, limits.homogeneity):
        return (None,) * (groups + 1)
    everybody = _per_cent(total[None, :], np.zeros(1, dtype=np.bool_))
    if not groups:
        return everybody
    table = np.bincount(2 * member + 1 - found, minlength=2 * groups).reshape(groups, 2)
    if not is_small_safe(table, np.ones(groups, dtype=np.bool_), limits.k_detail, limits.homogeneity):
        return (None,) * (groups + 1)
    return (*_per_cent(table, hide_small(table, limits.k_detail, limits.homogeneity)), *everybody)


def _per_cent(table: Counts, hidden: Mask) -> tuple[int | None, ...]:
    return tuple(
        None if is_hidden else rounded(100 * int(row[0]) / int(row.sum()))
        for row, is_hidden in zip(table, hidden, strict=True)
    )


def load_table(
    overall: Floats,
    parts: dict[str, Floats],
    breakdown: Breakdown | None,
    limits: Thresholds,
    place: Place,
) -> LoadTable:
    """Return quartiles of the load: `overall` (n,) by group, each rating of `parts` (n,) of everybody."""
    total, rows = quartile_rows(overall, breakdown, limits)
    return LoadTable(
        id=place.id,
        title="Load of the tasks" + (f" by {breakdown.title.lower()}" if breakdown else ""),
        attribute=place.attribute,
        total=total,
        rows=rows,
        parts=tuple(quartile_row(label, values, limits) for label, values in parts.items()),
        note=LOAD,
    )
