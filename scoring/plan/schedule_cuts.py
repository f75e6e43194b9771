"""What the supporters' hours demand of the starts, without the hours themselves: cuts, found as needed.

The unmet hours of a part in a week are at least what any set of its needs asks for beyond the hours of all
pools that can help one of them, and exactly that for the right set (Hall; max-flow min-cut). So instead of
every gift of hours the solvers know one number a part and week, and those sets that matter (Benders 1962).
"""

from __future__ import annotations

import numpy as np

from scoring.blocks import Floats
from scoring.plan.schedule_flow import SLACK
from scoring.plan.schedule_model import Ints, Mask, Model


class Cuts:
    """The sets known so far, one of all needs of a part for each week to begin with."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._part_of = model.part_of[len(model.pools) :]
        self._firsts = np.flatnonzero(np.diff(model.kind_of, prepend=-1))
        self._known: set[tuple[int, int, bytes]] = set()
        self._slots: list[int] = []
        self._lines: list[Floats] = []
        self._limits: list[float] = []
        self.slots: Ints = np.zeros(0, np.int64)
        """(cuts,) part x weeks + week, in order."""
        self.lines: Floats = np.zeros((0, len(model.costs)))
        """(cuts, columns) hours a cohort adds to the set."""
        self.limits: Floats = np.zeros(0)
        """(cuts,) hours of the pools that can help it."""
        for part in range(model.parts):
            for week in range(model.weeks):
                self._add(self._part_of == part, part, week)
        self._sort()

    def learn(self, is_short: Mask, demand: Floats, chosen: Floats) -> bool:
        """Add the sets of short needs (needs, weeks) wherever they say more; whether anything is new."""
        model, before = self._model, len(self._slots)
        known = np.zeros((model.parts, model.weeks))
        found = least(self.slots, self.lines @ chosen - self.limits)
        known.reshape(-1)[np.unique(self.slots)] = found
        for part in np.unique(self._part_of[is_short.any(axis=1)]):
            is_own = (self._part_of == part)[:, None] & is_short
            for needs in np.unique(is_own[:, is_own.any(axis=0)].T, axis=0):
                pools = model.can_give[:, needs].any(axis=1)
                over = demand[needs].sum(axis=0) - model.supply[pools].sum(axis=0)
                for week in np.flatnonzero(over > known[part] + SLACK):
                    self._add(needs, int(part), int(week))
        self._sort()
        return len(self._slots) > before

    def _add(self, needs: Mask, part: int, week: int) -> None:
        """Add a set, unless it is known or no choice of starts could ask for more than there is."""
        key = (part, week, needs.tobytes())
        if key in self._known:
            return
        self._known.add(key)
        pools = self._model.can_give[:, needs].any(axis=1)
        rows = np.flatnonzero(needs) * self._model.weeks + week
        line = np.asarray(self._model.loads[rows].sum(axis=0)).reshape(-1)
        limit = float(self._model.supply[pools, week].sum())
        if len(line) and self._model.counts @ np.maximum.reduceat(line, self._firsts) > limit:
            self._slots.append(part * self._model.weeks + week)
            self._lines.append(line)
            self._limits.append(limit)

    def _sort(self) -> None:
        order = np.argsort(self._slots, kind="stable")
        self.slots = np.array(self._slots, dtype=np.int64)[order]
        self.limits = np.array(self._limits)[order]
        self.lines = np.stack(self._lines)[order] if self._lines else self.lines


def least(slots: Ints, over: Floats) -> Floats:
    """Return (..., different slots) least unmet hours, where sets ask for (..., cuts) `over` too much."""
    if not len(slots):
        return np.zeros((*over.shape[:-1], 0))
    firsts = np.flatnonzero(np.diff(slots, prepend=-1))
    return np.maximum(np.maximum.reduceat(over, firsts, axis=-1), 0.0)
