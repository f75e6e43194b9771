"""Linear programmes that grow, and the same with whole numbers: HiGHS by its own interface.

scipy has this solver, too, but begins each programme from nothing; and where numbers have to be whole the
version inside scipy now and then writes lines of its own to standard output, where a program's data goes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from highspy import Highs, HighsModelStatus, HighsVarType, SolutionStatus, kHighsInf
from numpy.typing import NDArray
from scipy.sparse import csc_array

Floats = NDArray[np.float64]
_NOWHERE: NDArray[np.int32] = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """What costs least."""

    value: float
    prices: Floats
    """(rows,) what one more that is needed in each row would cost."""
    reduced: Floats
    """(columns,) by how much each column is too dear."""


class LinearProgramme:
    """How much of each column costs least, none less than 0, so that each row is within `low` and `high`."""

    def __init__(self, low: Floats, high: Floats) -> None:
        self._rows = len(low)
        self._solver = Highs()  # type: ignore[no-untyped-call]  # its own stubs leave it out
        self._solver.silent()
        self._solver.setOptionValue("threads", 1)  # the same answer each time
        self._solver.addRows(self._rows, low, high, 0, _NOWHERE, _NOWHERE, np.zeros(0))

    def add(self, costs: Floats, columns: Floats) -> None:
        """Let `columns` (rows x columns, how often each counts) be taken, too."""
        some = csc_array(columns)
        number = len(costs)
        none, any_more = np.zeros(number), np.full(number, kHighsInf)
        self._solver.addCols(
            number, costs, none, any_more, some.nnz, some.indptr[:-1], some.indices, some.data
        )

    def limit(self, row: int, low: float, high: float) -> None:
        """Let `row` count this from now on."""
        self._solver.changeRowBounds(row, low, high)

    def solve(self) -> Solved | None:
        """Return the least cost, going on from the solution before; None where there is none."""
        self._solver.run()
        if self._solver.getModelStatus() != HighsModelStatus.kOptimal:
            return None
        found = self._solver.getSolution()
        return Solved(
            float(self._solver.getInfo().objective_function_value),
            np.array(found.row_dual, dtype=np.float64),
            np.array(found.col_dual, dtype=np.float64),
        )

    def whole(self, nodes: int) -> Floats | None:
        """Return how much of each column costs least in whole numbers, the best that `nodes` branches find.

        Branches are counted in place of seconds, so that the same call answers the same. From then on the
        programme is one of whole numbers, and has no prices.
        """
        columns = self._solver.getNumCol()
        which = np.arange(columns, dtype=np.int32)
        self._solver.changeColsIntegrality(
            columns, which, np.full(columns, int(HighsVarType.kInteger), dtype=np.uint8)
        )
        self._solver.setOptionValue("mip_max_nodes", nodes)
        self._solver.setOptionValue("mip_rel_gap", 0.0)
        self._solver.run()
        if self._solver.getInfo().primal_solution_status != int(SolutionStatus.kSolutionStatusFeasible):
            return None
        return np.rint(np.array(self._solver.getSolution().col_value, dtype=np.float64))
