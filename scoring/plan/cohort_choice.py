"""The cheapest whole cohorts among some that are listed, by linear programmes and branching."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_array

from scoring.plan.cohort_master import Floats, Master
from scoring.plan.cohort_pool import Ints

PROGRAMMES = 20
"""Linear programmes after which the best so far is taken; a number, so that it repeats."""
_TINY = 1e-6


class Choice:
    """Searches depth first among the cohorts of `master` for a choice that costs less than `known` seats."""

    def __init__(self, master: Master, columns: Ints, known: float) -> None:
        self._kinds = len(master.pool.kinds)
        self._step = 1 / master.pool.seat  # costs are whole numbers of these
        matrix, self._needed = master.matrix[:, columns], master.needed
        self._costs, self._known = master.costs[columns], known
        self._equal = csc_array(matrix[: self._kinds])
        self._parts = -csc_array(matrix[self._kinds :])
        self.found: Ints | None = None
        """How often each cohort is chosen, None where none cost less."""

    def search(self) -> None:
        """Take the largest part of a cohort for the whole first, and for less where that leads nowhere."""
        waiting = [(np.zeros(len(self._costs)), np.full(len(self._costs), np.inf))]
        for _ in range(PROGRAMMES):
            if not waiting:
                return
            low, high = waiting.pop()
            chosen = self._solved(low, high)
            if chosen is None:
                continue
            part = chosen - np.floor(chosen + _TINY)
            if part.max() <= _TINY:
                self.found = np.rint(chosen).astype(np.int64)
                self._known = float(self._costs @ self.found)
                continue
            at = int(np.argmax(part))
            less, more = high.copy(), low.copy()
            less[at], more[at] = np.floor(chosen[at]), np.ceil(chosen[at])
            waiting += [(low, less), (more, high)]

    def _solved(self, low: Floats, high: Floats) -> Floats | None:
        """Return the parts of cohorts that cost least within these limits, None where nothing is won."""
        has_parts = self._parts.shape[0] > 0
        found = linprog(
            self._costs,
            A_eq=self._equal,
            b_eq=self._needed[: self._kinds],
            A_ub=self._parts if has_parts else None,
            b_ub=-self._needed[self._kinds :] if has_parts else None,
            bounds=np.column_stack([low, high]),
            method="highs-ds",
        )
        if found.x is None or found.status != 0 or found.fun > self._known - self._step + _TINY:
            return None
        return np.asarray(found.x, dtype=np.float64)
