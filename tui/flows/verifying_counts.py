"""What anybody can work out from the counts of a release alone, without the answers it was made from."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.setup import Thresholds
from scoring.records import Release
from scoring.table_records import CountRow, CountTable, HoursTable, MinutesTable
from scoring.work_records import LoadTable

Line = tuple[str, tuple[int | None, ...], int]
"""A row or a column: its name, its cells (None where hidden), and how many people they are together."""


def told_by_subtraction(release: Release, k: int) -> Iterator[str]:
    """Yield the name of every row and column whose hidden cells hold together fewer than `k` people.

    Then each of them does. Where the hidden cells are empty, nobody is in them.
    """
    for name, cells, people in _lines(release):
        if None in cells and 0 < people - _shown(cells) < k:
            yield name


def wrong_sums(release: Release) -> Iterator[str]:
    """Yield the name of every row and column whose cells are not the people they tell of."""
    for name, cells, people in _lines(release):
        left = people - _shown(cells)
        if left < 0 or (left and None not in cells):
            yield name


def few_people(release: Release, limits: Thresholds) -> Iterator[str]:
    """Yield the name of every row, in tables of whatever kind, that says itself how few people it is of."""
    for table in release.counts:
        yield from (row.group for row in _rows(table) if _is_small(row, limits.k))
    for share in release.shares:
        yield from (row.label for row in share.rows if row.people < limits.k_detail)
    yield from (name for name, people in _others(release) if people is not None and people < limits.k)


def _is_small(row: CountRow, k: int) -> bool:
    return row.respondents < k or any(cell is not None and 0 < cell < k for cell in row.cells)


def _others(release: Release) -> Iterator[tuple[str, int | None]]:
    """Yield how many people the other tables tell of; numbers rounded to 5 stand as they are."""
    tables: tuple[HoursTable | MinutesTable | LoadTable, ...]
    tables = (*release.hours, *release.minutes, *release.loads)
    for table in tables:
        yield from ((row.group, row.respondents) for row in (table.total, *table.rows))
    for sums in release.sums:
        yield from ((row.group, row.respondents) for row in sums.rows)
    for work in release.workflows:
        yield from ((row.task, row.people) for row in work.rows)
    yield from ((told.title, told.people) for told in release.reviewing)
    yield from ((told.title, told.people) for told in release.faults)
    for quality in release.quality:
        yield from ((row.group, row.respondents) for row in quality.climate)


def _lines(release: Release) -> Iterator[Line]:
    for table in release.counts:
        for row in _rows(table):
            if row.cells:
                yield row.group, row.cells, row.respondents
        yield from _columns(table)


def _rows(table: CountTable) -> tuple[CountRow, ...]:
    return table.rows if table.total is None else (*table.rows, table.total)


def _columns(table: CountTable) -> Iterator[Line]:
    """Yield the columns with a total, where the rows are together everybody."""
    total = table.total
    if total is None or sum(row.respondents for row in table.rows) != total.respondents:
        return
    shown = (row.cells for row in (*table.rows, total))
    for name, (*cells, people) in zip(table.columns, zip(*shown, strict=True), strict=True):
        if people is not None:
            yield name, tuple(cells), people


def _shown(cells: tuple[int | None, ...]) -> int:
    return sum(cell for cell in cells if cell is not None)
