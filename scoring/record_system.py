"""Rows of people and the release beside them as one linear system, for the auditor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from instruments.model import NEEDS, Need
from scoring.disclosure import Mask
from scoring.grouping import Counted
from scoring.loads import EVERYBODY
from scoring.masking import (
    FOUR_TIERS,
    HIGHER_OR_NOT,
    LOWER_OR_NOT,
    THREE_BANDS,
    THREE_TIERS,
    TIER_CUTS,
    TWO_TIERS,
    Cut,
)
from scoring.published import Floats, Ints, Published
from scoring.scored import BAND_EDGE
from scoring.table_records import CountRow, CountTable

BAND_CUTS = (THREE_BANDS, LOWER_OR_NOT, HIGHER_OR_NOT)


BROAD: dict[tuple[str, ...], dict[str, tuple[int, ...]]] = {
    THREE_BANDS.names: {LOWER_OR_NOT.names[1]: (1, 2), HIGHER_OR_NOT.names[0]: (0, 1)},
    FOUR_TIERS.names: {TWO_TIERS.names[0]: (0, 1), TWO_TIERS.names[1]: (2, 3)},
    THREE_TIERS.names: {TWO_TIERS.names[0]: (0, 1)},
}
"""Words for columns taken together, by the names of the columns."""
WAYS: dict[tuple[str, ...], tuple[tuple[int, ...], ...]] = {
    THREE_BANDS.names: ((0, 3, 3), (4, 4, 2)),
    FOUR_TIERS.names: ((4, 4, 5, 5),),
    THREE_TIERS.names: ((3, 3, 2),),
}
"""Broader words for each column, by the names of the columns."""


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """Tiers, or bands of one need, in the columns of the release."""

    need: Need | None
    """None for tiers."""
    names: tuple[str, ...]
    column: NDArray[np.int64]
    """(n,) column of each person."""
    shown: Mask
    """(groups,) whether the release shows the whole row of the group."""

    @property
    def words(self) -> tuple[str, ...]:
        """The names, then those of columns taken together."""
        return (*self.names, *BROAD.get(self.names, {}))

    @property
    def spans(self) -> tuple[tuple[int, ...], ...]:
        """Columns that each word stands for."""
        single = tuple((column,) for column in range(len(self.names)))
        return (*single, *BROAD.get(self.names, {}).values())

    @property
    def ways(self) -> tuple[tuple[int, ...], ...]:
        """Ways to put a word to each column, the most telling first."""
        single = tuple(range(len(self.names)))
        return (single, *WAYS.get(self.names, ()))


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """One row a person."""

    labels: tuple[str, ...]
    member: NDArray[np.int64]
    """(n,) group of each person."""
    tier: Facet | None
    """None where the release has no table of tiers."""
    tiers: NDArray[np.int64]
    """(n,) word for each person's tier, -1 where it is not told."""
    facets: tuple[Facet, ...]
    bands: NDArray[np.int64]
    """(n, facets) word for each person's band, -1 where it is not told."""


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """Numbers that add up to one row of people, each a set of cells, and as shown."""

    name: str
    cells: list[Mask]
    values: list[float]


def group_of(counted: Counted, attribute: str) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Return the groups of `attribute` and each person's, (n,); one group where it has no breakdown."""
    breakdown = counted.breakdowns.get(attribute)
    if breakdown is None:
        return (EVERYBODY,), np.zeros(len(counted), dtype=np.int64)
    return breakdown.labels, breakdown.member


def facet_of(
    counted: Counted, tables: Sequence[CountTable], attribute: str, need: Need | None
) -> Facet | None:
    """Return tiers or bands as the release counts them; None where it has no such table, or none we know.

    A row counts as shown when the release shows all of it, and shows just what is counted here.
    """
    table = _table(tables, attribute, need)
    cut = _cut(table, need) if table else None
    if table is None or cut is None:
        return None
    labels, member = group_of(counted, attribute)
    column = np.array(cut.band)[_raw(counted, need)]
    counts = np.zeros((len(labels), len(cut.names)), dtype=np.int64)
    np.add.at(counts, (member, column), 1)
    rows = _rows(table)
    shown = [_cells(rows.get(label)) == tuple(c) for label, c in zip(labels, counts.tolist(), strict=True)]
    return Facet(need, cut.names, column, np.array(shown, dtype=np.bool_))


def record_system(
    counted: Counted, tables: Sequence[CountTable], rows: Rows, most: int
) -> tuple[Published, Floats] | None:
    """Return all that release and rows tell as one system, and the people in each of its cells.

    Cells are combinations of groups x tiers x bands of the needs in `rows`; None when there are more than
    `most` of them, or no tiers. Hidden in it, and so protected, are all tables' hidden numbers, every pair of
    groups, and every band that a row leaves open while the release counts it for the row's group.
    """
    if rows.tier is None:
        return None
    facets = (rows.tier, *rows.facets)
    members = [one.member for one in counted.breakdowns.values()] or [rows.member]
    combined, combination = np.unique(np.stack(members), axis=1, return_inverse=True)
    shape = (combined.shape[1], *(len(facet.names) for facet in facets))
    if np.prod(shape) > most:
        return None
    places = np.ravel_multi_index((combination.reshape(-1), *(f.column for f in facets)), shape)
    truth = np.bincount(places, minlength=int(np.prod(shape))).astype(np.float64)
    grid = np.indices(shape).reshape(len(shape), -1)
    lines = [*_released(counted, tables, facets, combined, grid), *_told(rows, facets, places, grid)]
    return _system([line for line in lines if line.cells], truth), truth


def _system(lines: Sequence[_Line], truth: Floats) -> Published:
    cells = np.array([one for line in lines for one in line.cells])
    values = np.array([value for line in lines for value in line.values])
    sizes = [int(np.rint(sum(truth[one].sum() for one in line.cells))) for line in lines]
    return Published(
        names=tuple(f"{line.name} ({place})" for line in lines for place in range(len(line.cells))),
        lines=csr_array(cells.astype(np.float64)),
        values=values,
        steps=np.ones(len(values)),
        rows=np.repeat(np.arange(len(lines)), [len(line.cells) for line in lines]),
        sizes=np.array(sizes, dtype=np.int64),
        known=csr_array((0, cells.shape[1])),
        known_values=np.zeros(0),
    )


def _released(
    counted: Counted, tables: Sequence[CountTable], facets: Sequence[Facet], combined: Ints, grid: Ints
) -> Iterator[_Line]:
    """Yield every row of the release's tables of these facets, and, hidden, every combination of groups."""
    breakdowns = list(counted.breakdowns.items())
    for axis, facet in enumerate(facets, start=1):
        columns = [grid[axis] == column for column in range(len(facet.names))]
        everybody = np.ones(grid.shape[1], dtype=np.bool_)
        totals = {_cells(t.total) for t in tables if _is_of(t, facet.need) and t.columns == facet.names}
        total = next((one for one in totals if one is not None), None)
        yield _line(EVERYBODY, everybody, columns, total)
        for place, (name, breakdown) in enumerate(breakdowns):
            table = _table(tables, name, facet.need)
            known = _rows(table) if table is not None and table.columns == facet.names else {}
            for row, label in enumerate(breakdown.labels):
                yield _line(
                    label, combined[place][grid[0]] == row, columns, _cells(known.get(label), part=True)
                )
        if len(breakdowns) > 1:
            for pair in range(combined.shape[1]):
                yield _line("two groups at once", grid[0] == pair, columns, None)


def _told(rows: Rows, facets: Sequence[Facet], places: Ints, grid: Ints) -> Iterator[_Line]:
    """Yield what the rows tell of each group, and, hidden, the bands that they leave open."""
    group = np.zeros(grid[0].max() + 1, dtype=np.int64)
    group[grid[0][places]] = rows.member
    told = np.column_stack([rows.tiers, rows.bands])
    for number, label in enumerate(rows.labels):
        within = group[grid[0]] == number
        kinds, counts = np.unique(told[rows.member == number], axis=0, return_counts=True)
        if len(kinds) > 1:
            cells = [_alike(kind, facets, within, grid) for kind in kinds]
            yield _Line(f"{label}, rows alike", cells, counts.astype(float).tolist())
            shown = [axis for axis, facet in enumerate(facets) if facet.shown[number]]
            yield from _open(kinds, cells, facets, grid, shown if 0 in shown else ())


def _open(
    kinds: Ints, cells: Sequence[Mask], facets: Sequence[Facet], grid: Ints, shown: Sequence[int]
) -> Iterator[_Line]:
    """Yield, hidden, what rows of these `kinds` leave open of the facets that the release counts."""
    whole = np.logical_or.reduce(cells)
    for axis in shown:
        names = facets[axis].names
        columns = [grid[axis + 1] == column for column in range(len(names))]
        for kind, within in zip(kinds, cells, strict=True):
            if kind[axis] not in range(len(names)):
                yield _line("left open in the rows", within, columns, None)
        for tier in range(len(facets[0].names)) if axis else ():
            yield _line("bands of one tier", whole & (grid[1] == tier), columns, None)


def _alike(kind: Ints, facets: Sequence[Facet], within: Mask, grid: Ints) -> Mask:
    told = [
        np.isin(grid[axis], facet.spans[word])
        for axis, (facet, word) in enumerate(zip(facets, kind, strict=True), start=1)
        if word >= 0
    ]
    return np.asarray(np.logical_and.reduce([within, *told]))


def _line(name: str, within: Mask, columns: Sequence[Mask], values: tuple[int | None, ...] | None) -> _Line:
    shown = values if values is not None else (None,) * len(columns)
    numbers = [float("nan") if value is None else float(value) for value in shown]
    return _Line(name, [within & column for column in columns], numbers)


def _raw(counted: Counted, need: Need | None) -> NDArray[np.int64]:
    """Return the most probable tier, or the band of `need`, of each person, (n,)."""
    people = counted.people
    if need is None:
        return np.asarray(np.argmax(people.tier_probabilities, axis=1))
    mean = people.need_mean[:, NEEDS.index(need)]
    return np.where(mean <= -BAND_EDGE, 0, np.where(mean >= BAND_EDGE, 2, 1))


def _is_of(table: CountTable, need: Need | None) -> bool:
    return table.kind == ("tiers" if need is None else "need-bands") and table.need == need


def _table(tables: Sequence[CountTable], attribute: str, need: Need | None) -> CountTable | None:
    return next((t for t in tables if t.attribute == attribute and _is_of(t, need)), None)


def _cut(table: CountTable, need: Need | None) -> Cut | None:
    cuts = TIER_CUTS if need is None else BAND_CUTS
    return next((cut for cut in cuts if cut.names == table.columns), None)


def _rows(table: CountTable | None) -> dict[str, CountRow]:
    if table is None:
        return {}
    total = {table.total.group: table.total} if table.total else {}
    return total | {row.group: row for row in table.rows}


def _cells(row: CountRow | None, *, part: bool = False) -> tuple[int | None, ...] | None:
    """Return the counts of `row`; None where one is hidden (a `part`: where the row is missing)."""
    if row is None or (not part and None in row.cells):
        return None
    return row.cells
