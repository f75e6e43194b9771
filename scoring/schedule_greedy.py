"""Whole cohorts without a search: parts are rounded down, the rest goes where it costs least."""

from __future__ import annotations

import numpy as np

from scoring.blocks import Floats
from scoring.schedule_cuts import Cuts
from scoring.schedule_flow import SLACK
from scoring.schedule_model import Ints, Model

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
        self._cuts = cuts
        self._chosen = chosen.copy()
        self._over = cuts.lines @ chosen - cuts.limits
        self._columns = [np.flatnonzero(model.kind_of == kind) for kind in range(len(model.counts))]

    def fill(self) -> None:
        """Place the cohorts that are nowhere yet, those that ask for most first."""
        most = self._cuts.lines.max(axis=0, initial=0.0)
        sizes = [float(most[own].max()) for own in self._columns]
        for kind in sorted(range(len(sizes)), key=lambda kind: (-sizes[kind], kind)):
            own = self._columns[kind]
            for _ in range(round(self._model.counts[kind] - self._chosen[own].sum())):
                self._add(int(own[np.argmin(self._values(self._over, own))]))

    def improve(self) -> Floats:
        """Move single cohorts while that helps."""
        for _ in range(SWEEPS):
            if not sum(self._moves(own) for own in self._columns):
                break
        return self._chosen

    def _moves(self, own: Ints) -> bool:
        """Move one cohort of a kind from each week in which it starts to the best other week."""
        has_moved = False
        for old in own[self._chosen[own] > 0]:
            values = self._values(self._over - self._cuts.lines[:, old], own)
            best = int(np.argmin(values))
            if values[best] < values[int(np.flatnonzero(own == old)[0])] - SLACK:
                self._add(int(old), -1.0)
                self._add(int(own[best]))
                has_moved = True
        return has_moved

    def _values(self, over: Floats, own: Ints) -> Floats:
        """Return (own,) what one cohort more adds in each of `own` columns, unmet hours of all included."""
        more = over + self._cuts.lines[:, own].T
        return np.asarray(self._model.costs[own] + self._cuts.unmet(more).sum(axis=-1))

    def _add(self, column: int, cohorts: float = 1.0) -> None:
        self._chosen[column] += cohorts
        self._over = self._over + cohorts * self._cuts.lines[:, column]
