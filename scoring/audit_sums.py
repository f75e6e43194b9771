"""The audit of hours: no sum that is shown, or that follows from those shown, rests on few people or on one.

Sums of people's hours by one attribute or two are one linear system: cells are the hours of the people who
are in the same groups. Somebody reads every shown sum within its rounding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from instruments.records import Policy
from instruments.setup import Thresholds
from scoring.audit import EDGE, Finding
from scoring.audit_rows import Truth
from scoring.loads import EVERYBODY, STEP
from scoring.published import Floats, Ints, Mask
from scoring.reach import Contradiction, Knowledge, reaches
from scoring.records import Release
from scoring.table_records import CountTable, HoursRow
from scoring.work import HELP, WORKFLOW
from scoring.work_records import SumTable

NEAR = 0.5
"""A sum is given away when the attacker is sure to be less than this share of it off, both ways: ours."""


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Sums over the same people: the total first, then the rows of each table."""

    title: str
    names: tuple[str, ...]
    groups: Mask
    """(sums, n) who is in each."""
    shown: tuple[int | None, ...]
    """As released, None where hidden."""
    tables: Ints
    """(sums,) which table each row is of; -1 for the total."""
    masked: Mask
    """(sums,) rows whose counts are hidden: their sums must not be shown."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows of one table."""

    names: tuple[str, ...]
    member: Ints
    """(n,) row of each person."""
    shown: tuple[int | None, ...]
    masked: frozenset[str] = frozenset()
    """Names of the rows whose counts are hidden."""


def lines_of(title: str, total: int | None, people: int, tables: Sequence[Rows]) -> Lines:
    """Return the sums of `tables` and of everybody; one title stands for all."""
    groups = [np.ones((1, people), dtype=np.bool_)]
    groups += [rows.member == np.arange(len(rows.names))[:, None] for rows in tables]
    return Lines(
        title=title,
        names=(EVERYBODY, *(name for rows in tables for name in rows.names)),
        groups=np.concatenate(groups),
        shown=(total, *(value for rows in tables for value in rows.shown)),
        tables=np.array([-1, *(number for number, rows in enumerate(tables) for _ in rows.names)]),
        masked=np.array([False, *(name in rows.masked for rows in tables for name in rows.names)]),
    )


def audit_hours(release: Release, truth: Truth, policy: Policy) -> Iterator[Finding]:
    """Yield what the tables of hours give away, those of all attributes together."""
    tables = []
    for table in release.hours:
        for row in (table.total, *table.rows):
            if row.hours is None and _tells(row):
                yield Finding(table=table.title, name=row.group, reason="derived")
        if table.rows:
            names = tuple(row.group for row in table.rows)
            member = truth.members(names, table.attribute, policy)
            shown = tuple(row.hours for row in table.rows)
            tables.append(Rows(names, member, shown, _hidden_rows(release, table.attribute)))
    if release.hours:
        first = release.hours[0]
        lines = lines_of(first.title, first.total.hours, len(truth), tables)
        yield from audit_sums(lines, truth.people.hours, policy.thresholds)


def _tells(row: HoursRow) -> bool:
    """Say whether anything but its size is told of a row."""
    numbers = (row.low, row.high, row.skill, row.conditions, row.own_sd, row.common_sd)
    return any(number is not None for number in numbers)


def _hidden_rows(release: Release, attribute: str) -> frozenset[str]:
    """Return the groups that have a hidden tier."""
    found: list[CountTable] = [t for t in release.counts if t.kind == "tiers" and t.attribute == attribute]
    return frozenset(row.group for table in found for row in table.rows if None in row.cells)


def audit_help(release: Release, truth: Truth, policy: Policy) -> Iterator[Finding]:
    """Yield what the tables of help give away: by group, and by role and reason."""
    if truth.work is None:
        return
    totals = next((table.total.cells for table in release.sums if table.total is not None), ())
    for table in release.sums:
        questions = [truth.work.help.get(question, np.zeros((len(truth), 0))) for question in HELP]
        if table.total is None:
            yield from _roles(table, totals, questions, policy.thresholds)
            continue
        names = tuple(row.group for row in table.rows)
        member = truth.members(names, table.attribute, policy) if names else np.zeros(0, dtype=np.int64)
        for column, amounts in enumerate(questions):
            rows = Rows(names, member, tuple(row.cells[column] for row in table.rows))
            lines = lines_of(table.title, table.total.cells[column], len(truth), [rows] if names else [])
            yield from audit_sums(lines, amounts.sum(axis=1), policy.thresholds)


def audit_workflows(release: Release, truth: Truth, policy: Policy) -> Iterator[Finding]:
    """Yield what the recurring tasks give away: groups left out count as hidden."""
    if truth.work is None:
        return
    codes = {label: code for code, label in truth.work.labels.get(WORKFLOW, {}).items()}
    for table in release.workflows:
        groups = next((t.rows for t in release.counts if t.attribute == table.attribute and t.rows), ())
        names = tuple(row.group for row in groups)
        member = truth.members(names, table.attribute, policy) if names else np.zeros(0, dtype=np.int64)
        for task in dict.fromkeys(row.task for row in table.rows):
            told = {row.group: row.hours for row in table.rows if row.task == task}
            rows = Rows(names, member, tuple(told.get(name) for name in names))
            lines = lines_of(table.title, told.get(EVERYBODY), len(truth), [rows] if names else [])
            yield from audit_sums(lines, truth.work.lost[codes[task]], policy.thresholds)


def _roles(
    table: SumTable, totals: Sequence[int | None], questions: Sequence[Floats], limits: Thresholds
) -> Iterator[Finding]:
    """Yield roles and reasons that rest on few, and what is left of a shown total (`totals`, by question)."""
    rows = iter(table.rows)
    for amounts, total in zip(questions, totals or [None] * len(questions), strict=True):
        left = np.zeros(len(amounts))
        for column, row in zip(amounts.T, islice(rows, amounts.shape[1]), strict=True):
            if row.cells[0] is None:
                left += column
            elif not carries(column, limits):
                yield Finding(table=table.title, name=row.group, reason="few")
        if total is not None and left.sum() > STEP and not carries(left, limits):
            yield Finding(table=table.title, name="what is left of the rows shown", reason="few")


def carries(amounts: Floats, limits: Thresholds) -> bool:
    """Say whether a sum of `amounts` (n,) rests on `k_detail` people and on nobody too much."""
    given = amounts[amounts > 0]
    return len(given) >= limits.k_detail and given.max() <= limits.largest_share * given.sum() * (1 + EDGE)


def audit_sums(lines: Lines, amounts: Floats, limits: Thresholds) -> Iterator[Finding]:
    """Yield the sums of `amounts` (n,) that must not be known, and are.

    Everything shown has to be what was counted and to carry. Whatever else an attacker could want, a hidden
    row, the people of two groups at once, the hidden rows together, one row less those within it, has to
    carry, or be open: it could be half as much or less, or half as much again or more.
    """
    shown = [place for place, value in enumerate(lines.shown) if value is not None]
    true = lines.groups @ amounts
    for place in shown:
        name = lines.names[place]
        if abs((lines.shown[place] or 0) - true[place]) > STEP / 2 + EDGE:
            yield Finding(table=lines.title, name=name, reason="wrong")
        if not carries(amounts[lines.groups[place]], limits):
            yield Finding(table=lines.title, name=name, reason="few")
        if lines.masked[place]:
            yield Finding(table=lines.title, name=name, reason="derived")
    if shown:
        yield from _derived(lines, amounts, limits, shown)


def _derived(lines: Lines, amounts: Floats, limits: Thresholds, shown: list[int]) -> Iterator[Finding]:
    cells, member = np.unique(lines.groups, axis=1, return_inverse=True)
    member = member.reshape(-1)
    values = np.array([float(lines.shown[place] or 0) for place in shown])
    knowledge = Knowledge(csr_array(cells[shown].astype(float)), values - STEP / 2, values + STEP / 2)
    hours = np.bincount(member, weights=amounts, minlength=cells.shape[1])
    wanted = {
        name: cells for name, cells, is_weak in _wanted(lines, cells, member, amounts, limits) if is_weak
    }
    wanted = {name: cells for name, cells in wanted.items() if hours[cells].sum() > STEP}
    if not wanted:
        return
    picked = np.stack(list(wanted.values())).astype(np.float64)
    sums = picked @ hours
    try:
        is_less = reaches(knowledge, csr_array(picked), (1 - NEAR) * sums, whole=False)
        is_more = reaches(knowledge, csr_array(-picked), -(1 + NEAR) * sums, whole=False)
    except Contradiction:
        yield Finding(table=lines.title, name="", reason="contradiction")
        return
    for name, is_open in zip(wanted, is_less | is_more, strict=True):
        if not is_open:
            yield Finding(table=lines.title, name=name, reason="few")


def _wanted(
    lines: Lines, cells: Mask, member: Ints, amounts: Floats, limits: Thresholds
) -> Iterator[tuple[str, Mask, bool]]:
    """Yield name, cells (cells,) and weakness of every sum that an attacker could want."""

    def is_weak(picked: Mask) -> bool:
        return not carries(amounts[picked[member]], limits)

    hidden = np.array([value is None for value in lines.shown])
    for place in np.flatnonzero(hidden):
        yield lines.names[place], cells[place], is_weak(cells[place])
    for number in range(cells.shape[1]):
        own = np.arange(cells.shape[1]) == number
        yield " and ".join(_names(lines, cells[:, number])), own, is_weak(own)
    for picked in _unions(lines, cells, hidden):
        yield "what is left of the rows shown", picked, is_weak(picked)
    for place in np.flatnonzero(~hidden):
        inside = [o for o in np.flatnonzero(~hidden & (lines.tables != lines.tables[place])) if o != place]
        within = [other for other in inside if not (cells[other] & ~cells[place]).any()]
        rest = cells[place] & ~cells[within].any(axis=0)
        if within and rest.any():
            yield f"{lines.names[place]} less the groups within it", rest, is_weak(rest)


def _names(lines: Lines, column: Mask) -> list[str]:
    return [lines.names[place] for place in np.flatnonzero(column & (lines.tables >= 0))] or [EVERYBODY]


def _unions(lines: Lines, cells: Mask, hidden: Mask) -> Iterator[Mask]:
    """Yield the hidden rows of each table together: all of them, and those that hang together."""
    rows = lines.tables >= 0
    _, part = connected_components((cells[rows].T.astype(int) @ cells[rows].astype(int)) > 0, directed=False)
    for table in np.unique(lines.tables[rows]):
        together = cells[hidden & (lines.tables == table)].any(axis=0)
        for number in range(part.max() + 1):
            picked = together & (part == number)
            if picked.any():
                yield picked
        if together.any():
            yield together
