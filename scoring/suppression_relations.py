"""Which numbers add up to something known, so that one of them alone can never be hidden."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scoring.published import Floats, Mask, Published


def relations_of(system: Published, free: Mask) -> list[Mask]:
    """Return sets of numbers, (numbers,) each: who knows all but one of a set knows that one.

    Parameters
    ----------
    system
        What may be published.
    free
        (numbers,) which of the numbers may be hidden; all others are known or never published.

    Returns
    -------
    list
        The columns of a row; the parts of each number that others make up, and, where it may be hidden
        itself, the number.
    """
    lines = system.lines.toarray() > 0
    rows = [free & (system.rows == row) for row in np.unique(system.rows[free])]
    parts = [
        found | (free & (np.arange(len(free)) == number))
        for number in np.flatnonzero(~system.hidden)
        for found in _parts(lines, free, int(number))
    ]
    return [relation for relation in (*rows, *parts) if relation.any()]


def _parts(lines: Mask, free: Mask, whole: int) -> Iterator[Mask]:
    """Yield sets of free numbers, in their order, that share no cell and make up the number `whole`."""
    inside = free & ~(lines & ~lines[whole]).any(axis=1)
    inside[whole] = False
    covered, found = np.zeros_like(lines[whole]), np.zeros_like(free)
    for number in np.flatnonzero(inside):
        if (lines[number] & covered).any():
            continue
        covered, found[number] = covered | lines[number], True
        if np.array_equal(covered, lines[whole]):
            yield found
            covered, found = np.zeros_like(covered), np.zeros_like(found)


def never_alone(relations: list[Mask], free: Mask) -> Floats:
    """Return conditions (conditions, numbers) that must be 0 or more: no number is hidden alone in a set."""
    conditions = [
        np.where(np.arange(len(free)) == number, -1.0, relation.astype(np.float64))
        for relation in relations
        for number in np.flatnonzero(relation & free)
    ]
    return np.array(conditions).reshape(-1, len(free))
