"""What is published, as one linear system: all that those who hide numbers and those who attack share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """Numbers of people, each a sum of base cells that nobody sees, and what an attacker knows besides.

    Base cells hold whole numbers of people, 0 or more. A number that is shown is known to lie within half a
    step of its value, a number of step 1 exactly. Numbers that are never published (people of two groups at
    once) stand here as hidden: they have to be protected as well.
    """

    names: tuple[str, ...]
    """Of each number, for a person: "Sales x coached"."""
    lines: csr_array
    """(numbers, cells) 1 where the cell is part of the number."""
    values: Floats
    """(numbers,) as shown, NaN where hidden."""
    steps: Floats
    """(numbers,) what each number is rounded to: 1 is exact."""
    rows: Ints
    """(numbers,) which row of people each number is a column of: the numbers of one row add up to it."""
    sizes: Ints
    """(rows,) how many people each row has; the attacker is taken to know it."""
    known: csr_array
    """(known, cells) further sums that the attacker knows exactly, such as headcounts."""
    known_values: Floats
    """(known,)"""

    def __post_init__(self) -> None:
        numbers, cells = self.lines.shape
        lengths = {len(self.names), len(self.values), len(self.steps), len(self.rows)}
        if lengths != {numbers} or self.known.shape != (len(self.known_values), cells):
            msg = f"{numbers} numbers over {cells} cells do not fit their names, values, steps or known sums"
            raise ValueError(msg)
        if numbers and not 0 <= self.rows.min() <= self.rows.max() < len(self.sizes):
            msg = f"a number names a row beyond the {len(self.sizes)} rows"
            raise ValueError(msg)
        if not all((matrix.data == 1).all() for matrix in (self.lines, self.known)):
            msg = "a number is a plain sum of cells"
            raise ValueError(msg)
        if (self.steps < 1).any() or (self.sizes < 0).any() or (self.values < 0).any():
            msg = "steps are 1 or more, people 0 or more"
            raise ValueError(msg)

    @property
    def hidden(self) -> Mask:
        """(numbers,) which numbers are hidden."""
        return np.isnan(self.values)


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Who is in which groups: one line for every combination of groups that somebody is in."""

    rows: Ints
    """(attributes, combinations) row of each attribute."""
    sizes: Ints
    """(combinations,) people."""
    labels: tuple[tuple[str, ...], ...]
    """Of each attribute's rows."""


def groups_of(members: Sequence[Ints], labels: Sequence[Sequence[str]]) -> Groups:
    """Return the combinations of `members`, (n,) row of each person by attribute."""
    rows, sizes = np.unique(np.stack(members), axis=1, return_counts=True)
    return Groups(rows, sizes, tuple(tuple(names) for names in labels))


def publish(
    groups: Groups, columns: Sequence[str], total: Floats, tables: Sequence[Floats], step: int = 1
) -> Published:
    """Return the system of one variable counted by every attribute.

    Parameters
    ----------
    groups
        Who is in which groups. The attacker is taken to know the size of every combination.
    columns
        Names of the columns.
    total
        (columns,) counts of everybody, NaN where hidden.
    tables
        One table an attribute, (rows, columns), NaN where hidden.
    step
        What every number is rounded to.

    Returns
    -------
    Published
        Base cells are combinations x columns. The numbers are the total, the tables, and, hidden, every
        combination of two or more attributes, each row by row.
    """
    attributes, count = len(groups.labels), len(columns)
    names, picks, values = ["Everybody"], [np.ones(len(groups.sizes), dtype=np.bool_)], [total]
    for attribute, table in enumerate(tables):
        for row, label in enumerate(groups.labels[attribute]):
            names.append(label)
            picks.append(groups.rows[attribute] == row)
            values.append(table[row])
    for several in (
        chosen for n in range(2, attributes + 1) for chosen in combinations(range(attributes), n)
    ):
        for row in np.unique(groups.rows[list(several)], axis=1).T:
            names.append(" and ".join(groups.labels[a][r] for a, r in zip(several, row, strict=True)))
            picks.append((groups.rows[list(several)] == row[:, None]).all(axis=0))
            values.append(np.full(count, np.nan))
    picked = csr_array(np.stack(picks).astype(np.float64))
    numbers = len(names) * count
    return Published(
        names=tuple(f"{name} x {column}" for name in names for column in columns),
        lines=_repeated(picked, count),
        values=np.concatenate(values).astype(np.float64),
        steps=np.full(numbers, float(step)),
        rows=np.repeat(np.arange(len(names)), count),
        sizes=np.rint(picked @ groups.sizes).astype(np.int64),
        known=csr_array((0, len(groups.sizes) * count)),
        known_values=np.zeros(0),
    )


def _repeated(picked: csr_array, columns: int) -> csr_array:
    """Return each line of `picked` (rows, combinations) once a column, over combinations x columns."""
    places = picked.tocoo()
    row = (places.coords[0][:, None] * columns + np.arange(columns)).reshape(-1)
    cell = (places.coords[1][:, None] * columns + np.arange(columns)).reshape(-1)
    shape = (picked.shape[0] * columns, picked.shape[1] * columns)
    return csr_array((np.ones(len(row)), (row, cell)), shape=shape)
