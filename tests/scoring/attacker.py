"""Somebody who works out hidden numbers: linear programmes over everything that was published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog


@dataclass
class Attacker:
    """Knows some sums of unknown cells, and asks how small and how large other sums can be."""

    cells: int
    sums: list[tuple[NDArray[np.int64], float]] = field(default_factory=list)

    def learn(self, numbers: Sequence[int] | NDArray[np.int64], total: float) -> None:
        """Learn that these cells add up to `total`."""
        self.sums.append((np.asarray(numbers).reshape(-1), float(total)))

    def bounds(self, numbers: Sequence[int] | NDArray[np.int64]) -> tuple[float, float]:
        """Return the least and the most that these cells can add up to."""
        matrix = np.zeros((len(self.sums), self.cells))
        for line, (known, _) in enumerate(self.sums):
            matrix[line, known] = 1.0
        totals = [total for _, total in self.sums]
        cost = np.zeros(self.cells)
        cost[np.asarray(numbers).reshape(-1)] = 1.0
        low = linprog(cost, A_eq=matrix, b_eq=totals, bounds=(0, None), method="highs")
        high = linprog(-cost, A_eq=matrix, b_eq=totals, bounds=(0, None), method="highs")
        assert low.status == high.status == 0
        return float(np.round(low.fun, 6)), float(np.round(-high.fun, 6))


def attack_table(
    table: NDArray[np.int64], hidden: NDArray[np.bool_]
) -> dict[tuple[int, int], tuple[float, float]]:
    """Return the bounds of every hidden cell, from row sizes, total row and shown cells.

    `hidden` says which rows are, or which cells (rows, columns).
    """
    mask = hidden if hidden.ndim == 2 else np.repeat(hidden[:, None], table.shape[1], axis=1)
    numbers = np.arange(table.size).reshape(table.shape)
    attacker = Attacker(table.size)
    for row in range(len(table)):
        attacker.learn(numbers[row], table[row].sum())
    for column in range(table.shape[1]):
        attacker.learn(numbers[:, column], table[:, column].sum())
    for number in numbers[~mask]:
        attacker.learn([number], table.reshape(-1)[number])
    return {
        (int(i), int(j)): attacker.bounds([numbers[i, j]]) for i, j in zip(*np.nonzero(mask), strict=True)
    }


def attacker_of(
    cube: NDArray[np.int64], hidden: tuple[NDArray[np.bool_], NDArray[np.bool_]], *, knows_pairs: bool
) -> tuple[Attacker, NDArray[np.int64]]:
    """Return somebody who read both tables, and perhaps knows how many people each pair of groups has.

    `hidden` says which rows of each table are, or which cells (rows, columns).
    """
    first, second = (
        mask if mask.ndim == 2 else np.repeat(mask[:, None], cube.shape[2], axis=1) for mask in hidden
    )
    numbers = np.arange(cube.size).reshape(cube.shape)
    attacker = Attacker(cube.size)
    for t in range(cube.shape[2]):
        attacker.learn(numbers[:, :, t], cube[:, :, t].sum())
        for i in range(cube.shape[0]):
            if not first[i, t]:
                attacker.learn(numbers[i, :, t], cube[i, :, t].sum())
        for j in range(cube.shape[1]):
            if not second[j, t]:
                attacker.learn(numbers[:, j, t], cube[:, j, t].sum())
    for i in range(cube.shape[0]):
        attacker.learn(numbers[i], cube[i].sum())
        for j in range(cube.shape[1]):
            if knows_pairs:
                attacker.learn(numbers[i, j], cube[i, j].sum())
    for j in range(cube.shape[1]):
        attacker.learn(numbers[:, j], cube[:, j].sum())
    return attacker, numbers
