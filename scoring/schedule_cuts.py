"""What the supporters' hours demand of the starts, without the hours themselves: cuts, found as needed.

The unmet hours of a role in a week are at least what any set of needs asks for beyond the hours of all pools
that can help one of them, and exactly that for the right set (Hall; max-flow min-cut). So instead of every
gift of hours the solvers know one number a role and week, and those sets that matter (Benders 1962).
"""

from __future__ import annotations

import numpy as np

from scoring.blocks import Floats
from scoring.schedule_flow import SLACK, Flow
from scoring.schedule_model import Ints, Mask, Model


class Cuts:
    """The sets known so far, one of all needs of a role for each week to begin with."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._loads = model.loads
        self._known: set[tuple[int, int, bytes]] = set()
        self._slots: list[int] = []
        self._lines: list[Floats] = []
        self._limits: list[float] = []
        self.slots: Ints = np.zeros(0, np.int64)
        """(cuts,) role x weeks + week, in order."""
        self.lines: Floats = np.zeros((0, len(model.costs)))
        """(cuts, columns) hours a cohort adds to the set."""
        self.limits: Floats = np.zeros(0)
        """(cuts,) hours of the pools that can help it."""
        for role in range(len(model.roles)):
            for week in range(model.weeks):
                self._add(model.role_of == role, role, week)
        self._sort()

    def learn(self, flow: Flow, demand: Floats, chosen: Floats) -> bool:
        """Add what `flow` proves for `chosen` starts wherever it says more; whether anything is new."""
        model, before = self._model, len(self._slots)
        known = self.unmet(self.lines @ chosen - self.limits).reshape(len(model.roles), model.weeks)
        for role in range(len(model.roles)):
            is_own = (model.role_of == role)[:, None] & flow.is_short
            for needs in np.unique(is_own.T, axis=0):
                pools = model.can_give[:, needs].any(axis=1)
                over = demand[needs].sum(axis=0) - model.supply[pools].sum(axis=0)
                for week in np.flatnonzero(over > known[role] + SLACK):
                    self._add(needs, role, int(week))
        self._sort()
        return len(self._slots) > before

    def unmet(self, over: Floats) -> Floats:
        """Return (..., slots) least unmet hours, where sets ask for (..., cuts) `over` more than there is."""
        if not len(self.slots):
            return np.zeros((*over.shape[:-1], 0))
        firsts = np.flatnonzero(np.diff(self.slots, prepend=-1))
        return np.maximum(np.maximum.reduceat(over, firsts, axis=-1), 0.0)

    def _add(self, needs: Mask, role: int, week: int) -> None:
        key = (role, week, needs.tobytes())
        if key in self._known:
            return
        self._known.add(key)
        pools = self._model.can_give[:, needs].any(axis=1)
        rows = np.flatnonzero(needs) * self._model.weeks + week
        self._slots.append(role * self._model.weeks + week)
        self._lines.append(np.asarray(self._loads[rows].sum(axis=0)).reshape(-1))
        self._limits.append(float(self._model.supply[pools, week].sum()))

    def _sort(self) -> None:
        order = np.argsort(self._slots, kind="stable")
        self.slots = np.array(self._slots, dtype=np.int64)[order]
        self.limits = np.array(self._limits)[order]
        self.lines = np.stack(self._lines)[order] if self._lines else self.lines
