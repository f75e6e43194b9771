"""Whole cohorts without a search: parts are rounded down, the rest goes where it costs least."""

from __future__ import annotations

import numpy as np

from scoring.blocks import Floats
from scoring.plan.schedule_cuts import Cuts, least
from scoring.plan.schedule_flow import SLACK
from scoring.plan.schedule_model import Ints, Model

SWEEPS = 30
"""Times that every kind is looked at for better starts."""


def rounded(model: Model, cuts: Cuts, parts: Floats) -> Floats:
    """Return (columns,) whole cohorts near `parts`, improved until no single cohort wants to move."""
    search = _Search(model, cuts, np.floor(parts + SLACK))
    search.fill()
    return search.improve()


def improved(model: Model, cuts: Cuts, chosen: Floats) -> Floats:
    """Return `chosen` with single cohorts moved while that makes the value smaller over the cuts."""
    return _Search(model, cuts, chosen).improve()


class _Search:
    """Whole cohorts, and by how much they ask for more than each set of needs can get."""

    def __init__(self, model: Model, cuts: Cuts, chosen: Floats) -> None:
        self._model = model
        self._chosen = chosen.copy()
        self._over = cuts.lines @ chosen - cuts.limits
        self._columns = [np.flatnonzero(model.kind_of == kind) for kind in range(len(model.counts))]
        touched = [cuts.lines[:, own].any(axis=1) for own in self._columns]
        self._rows = [np.flatnonzero(rows) for rows in touched]
        """By kind, the cuts that know it, ..."""
        self._slots = [cuts.slots[rows] for rows in self._rows]
        self._lines = [cuts.lines[np.ix_(r, own)].T for r, own in zip(self._rows, self._columns, strict=True)]
        """... and (own columns, those cuts) hours."""

    def fill(self) -> None:
        """Place the cohorts that are nowhere yet, those that ask for most first."""
        most = [float(lines.max(initial=0.0)) for lines in self._lines]
        for kind in sorted(range(len(most)), key=lambda kind: (-most[kind], kind)):
            own = self._columns[kind]
            for _ in range(round(self._model.counts[kind] - self._chosen[own].sum())):
                self._move(kind, int(np.argmin(self._values(kind, self._over[self._rows[kind]]))))

    def improve(self) -> Floats:
        """Move single cohorts while that helps."""
        for _ in range(SWEEPS):
            if not sum(self._moves(kind, own) for kind, own in enumerate(self._columns)):
                break
        return self._chosen

    def _moves(self, kind: int, own: Ints) -> bool:
        """Move one cohort of a kind from each week in which it starts to the best other week."""
        has_moved = False
        for old in np.flatnonzero(self._chosen[own] > 0):
            values = self._values(kind, self._over[self._rows[kind]] - self._lines[kind][old])
            best = int(np.argmin(values))
            if values[best] < values[old] - SLACK:
                self._move(kind, int(old), -1.0)
                self._move(kind, best)
                has_moved = True
        return has_moved

    def _values(self, kind: int, over: Floats) -> Floats:
        """Return (own columns,) what one cohort more adds, with the unmet hours of all that it touches."""
        unmet = least(self._slots[kind], over + self._lines[kind]).sum(axis=-1)
        return np.asarray(self._model.costs[self._columns[kind]] + unmet)

    def _move(self, kind: int, column: int, cohorts: float = 1.0) -> None:
        self._chosen[self._columns[kind][column]] += cohorts
        self._over[self._rows[kind]] += cohorts * self._lines[kind][column]
