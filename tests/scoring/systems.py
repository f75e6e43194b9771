"""Made-up linear systems of counts: one table with its margins, and tables by several attributes."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from instruments.setup import Thresholds
from scoring.published import Groups, Published, groups_of, publish
from scoring.suppression import suppress

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Made(msgspec.Struct, frozen=True):
    """A system with everything shown, the people in its cells, and the numbers that stay shown."""

    system: Published
    cells: Counts
    kept: Mask
    columns: int


def one_table(table: Counts) -> Made:
    """Return the system of one table (rows, columns) beside its total row."""
    rows, columns = table.shape
    labels = (tuple(f"row {number}" for number in range(rows)),)
    groups = Groups(np.arange(rows)[None, :], table.sum(axis=1), labels)
    return _made(groups, table.reshape(-1), [table], columns)


def several_tables(members: list[Counts], column: Counts, columns: int) -> Made:
    """Return the system of `column` (n,) counted by each of `members`, (n,) row of each person."""
    tables = [
        np.bincount(m * columns + column, minlength=(m.max() + 1) * columns).reshape(-1, columns)
        for m in members
    ]
    labels = [[f"{a}{row}" for row in range(len(table))] for a, table in enumerate(tables)]
    groups = groups_of(members, labels)
    _, of = np.unique(np.stack(members), axis=1, return_inverse=True)
    cells = np.bincount(of.reshape(-1) * columns + column, minlength=len(groups.sizes) * columns)
    return _made(groups, cells, tables, columns)


def _made(groups: Groups, cells: Counts, tables: list[Counts], columns: int) -> Made:
    total = tables[0].sum(axis=0)
    names = [f"column {number}" for number in range(columns)]
    system = publish(groups, names, total.astype(float), [table.astype(float) for table in tables])
    kept = np.tile(total == 0, len(system.sizes)) | (system.rows == 0)
    return Made(system, cells, kept, columns)


def hide(made: Made, k: int, seed: int = 0) -> Mask | None:
    """Return what the suppressor hides."""
    rng = np.random.default_rng(seed)
    return suppress(made.system, made.cells, made.kept, Thresholds(k=k), rng)


def with_hidden(made: Made, hidden: Mask) -> Published:
    """Return what an attacker sees once `hidden` are."""
    old = made.system
    values = np.where(hidden, np.nan, old.values)
    return Published(
        old.names, old.lines, values, old.steps, old.rows, old.sizes, old.known, old.known_values
    )


def random_table(rng: np.random.Generator, k: int, rows: int, columns: int) -> Counts:
    """Return a table with rows of at least 2k people, whose total hides nothing small."""
    shape = rng.dirichlet(np.full(columns, 4.0))
    while True:
        lines = [
            rng.multinomial(
                rng.integers(2 * k, 12 * k), rng.dirichlet(shape * columns * rng.choice([2, 8]) + 0.05)
            )
            for _ in range(rows)
        ]
        table = np.array(lines)
        total = table.sum(axis=0)
        if ((total == 0) | (total >= k)).all() and total.max() < 0.9 * total.sum():
            return table
