"""What two tables by different attributes tell together to somebody who knows who sits where.

Departments may lie within sites: a shown site less its shown departments is the department that was hidden.
The attacker is assumed to know how many respondents every pair of categories has, and solves the linear
programme of everything published for the least and the most that a cell can be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from scoring.disclosure import Counts, Mask

SLACK = 1e-6
"""Numerical tolerance of the solver's bounds."""


@dataclass(frozen=True, slots=True)
class Target:
    """A set of cells whose sum must not be learned, and what the attacker may at most know of it."""

    cells: NDArray[np.int64]
    """Numbers of the cells in the flattened cube."""
    low: float
    """The attacker's lower bound has to stay at or below this."""
    high: float
    """The attacker's upper bound has to reach this."""


def is_crossing_safe(cube: Counts, hidden: tuple[Mask, Mask], k: int, homogeneity: float) -> bool:
    """Say whether two tables published together protect every small count and every uniform group.

    Parameters
    ----------
    cube
        People by first attribute, second attribute and column, (rows, rows, columns).
    hidden
        Which rows of each attribute's table are hidden.
    k, homogeneity
        The thresholds of the release.

    Returns
    -------
    bool
        True when, for every sum of a hidden row or of a pair of categories that is 1 to k - 1, the attacker's
        interval reaches from 0 to k (or to the whole pair), and no group is proven uniform. Bounds are taken
        over real numbers.
    """
    if hidden[0].all() or hidden[1].all():
        return True  # one table alone: `disclosure` has seen to it
    matrix = _published(cube, hidden)
    known = matrix @ cube.reshape(-1)
    witnesses = [cube.reshape(-1).astype(np.float64)]
    return all(
        _reaches(target, matrix, known, witnesses, lowest=lowest)
        for target in _targets(cube, hidden, k, homogeneity)
        for lowest in (True, False)
    )


def _published(cube: Counts, hidden: tuple[Mask, Mask]) -> csr_array:
    """Return the sums the attacker knows, one a line, over the flattened cube."""
    numbers = np.arange(cube.size).reshape(cube.shape)
    sums = [numbers[i, j] for i in range(cube.shape[0]) for j in range(cube.shape[1])]
    for t in range(cube.shape[2]):
        sums += [numbers[i, :, t] for i in np.flatnonzero(~hidden[0])]
        sums += [numbers[:, j, t] for j in np.flatnonzero(~hidden[1])]
        sums.append(numbers[:, :, t].reshape(-1))
    lines = np.concatenate([np.full(len(cells), line) for line, cells in enumerate(sums)])
    return csr_array((np.ones(len(lines)), (lines, np.concatenate(sums))), shape=(len(sums), cube.size))


def _targets(cube: Counts, hidden: tuple[Mask, Mask], k: int, homogeneity: float) -> Iterator[Target]:
    numbers = np.arange(cube.size).reshape(cube.shape)
    groups = [numbers[i] for i in np.flatnonzero(hidden[0])]
    groups += [numbers[:, j] for j in np.flatnonzero(hidden[1])]
    groups += [numbers[i, j][None, :] for i, j in zip(*np.nonzero(cube.sum(axis=2)), strict=True)]
    flat = cube.reshape(-1)
    for group in groups:
        size = int(flat[group].sum())
        for t in range(cube.shape[2]):
            cells = group[:, t]
            true = int(flat[cells].sum())
            if 0 < true < k:
                yield Target(cells, low=SLACK, high=min(k, size) - SLACK)
            elif true and true >= homogeneity * size:
                yield Target(cells, low=homogeneity * size - SLACK, high=0.0)


def _reaches(
    target: Target,
    matrix: csr_array,
    known: NDArray[np.float64],
    witnesses: list[NDArray[np.float64]],
    *,
    lowest: bool,
) -> bool:
    """Say whether the attacker's bound goes as far as it must; every solution found serves later targets."""

    def is_far_enough(x: NDArray[np.float64]) -> bool:
        value = x[target.cells].sum()
        return bool(value <= target.low if lowest else value >= target.high)

    if any(is_far_enough(x) for x in witnesses):
        return True
    cost = np.zeros(matrix.shape[1])
    cost[target.cells] = 1.0 if lowest else -1.0
    found = linprog(cost, A_eq=matrix, b_eq=known, bounds=(0, None), method="highs")
    if found.x is None:
        return False
    witnesses.append(found.x)
    return is_far_enough(found.x)
