"""How far an attacker's doubt about a number reaches while some are hidden, and what would widen it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, eye_array, kron, vstack

from scoring.published import Floats, Ints, Mask, Published
from scoring.suppression_demands import SLACK, Demand


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """The end of the attacker's interval of one number."""

    value: float
    numbers: Floats
    """(numbers,) all numbers as they are in the table of people that reaches it."""
    is_whole: bool
    """Whether that table is made of whole people."""
    weights: Floats
    """(numbers,) how much further the end could be at most for each number that is hidden."""
    moved: float
    """How far the end is from the truth, less what is lost when hidden numbers are shown."""


class Reach:
    """Solves the attacker's linear programmes over one system of numbers.

    Parameters
    ----------
    system
        What may be published; its `values` are not read.
    cells
        (cells,) people in each base cell.

    Notes
    -----
    The cuts are those of Fischetti and Salazar-González (2001): how far a number can go is concave in what
    the other numbers may deviate, and the dual prices of the programme tell what each of them adds.
    """

    def __init__(self, system: Published, cells: Ints) -> None:
        self.lines = system.lines
        self.cells = cells.astype(np.float64)
        self.true: Floats = self.lines @ self.cells
        self.sizes = system.sizes[system.rows]
        """(numbers,) people in each number's row."""
        rows = csr_array((np.ones(len(system.rows)), (system.rows, np.arange(len(system.rows)))))
        self._always = csr_array(vstack([rows @ self.lines, system.known]))
        single = np.asarray(self.lines.sum(axis=1)).reshape(-1) == 1
        self._single = np.flatnonzero(single)
        self._cell_of = self.lines[self._single].indices
        self._sums = np.flatnonzero(~single)

    def reach(self, demands: Sequence[Demand], hidden: Mask) -> list[Reached]:
        """Return how far the number of each of `demands` can go its way while `hidden` are hidden.

        The programmes differ in what they aim at only, and are solved as one, side by side.
        """
        signs = np.array([-1.0 if demand.is_upper else 1.0 for demand in demands])
        aims = self.lines[[demand.number for demand in demands]].toarray() * signs[:, None]
        matrix, bounds, shown = self._programme(hidden)
        found = linprog(
            aims.reshape(-1),
            A_eq=kron(eye_array(len(demands)), matrix, format="csr"),
            b_eq=np.tile(matrix @ self.cells, len(demands)),
            bounds=np.tile(bounds, len(demands)).T,
            method="highs",
        )
        if found.x is None:  # a solver that fails proves no doubt: nothing moves
            return [
                Reached(self.true[d.number], self.true, True, np.zeros(len(self.true)), 0.0) for d in demands
            ]
        cells = found.x.reshape(len(demands), -1)
        prices = np.zeros((len(demands), len(self.true)))
        sums = found.eqlin.marginals.reshape(len(demands), -1)
        prices[:, shown] = sums[:, sums.shape[1] - len(shown) :]
        owners, owned = self._owners(hidden)
        singles = (found.lower.marginals + found.upper.marginals).reshape(len(demands), -1)
        prices[:, owners] = singles[:, owned]
        return [self._reached(*one, hidden) for one in zip(demands, cells, prices, strict=True)]

    def _reached(self, demand: Demand, cells: Floats, prices: Floats, hidden: Mask) -> Reached:
        """Return one solution; a price is what a unit more of a number adds to what was made small.

        Of a single cell that is hidden it is what is lost once the cell is shown.
        """
        weights = np.where(prices < 0, -prices * (self.sizes - self.true), prices * self.true)
        weights = np.where(weights > SLACK, weights, 0.0)
        numbers = self.lines @ cells
        moved = abs(float(numbers[demand.number] - self.true[demand.number]))
        is_whole = bool((np.abs(cells - np.rint(cells)) < SLACK).all())
        return Reached(
            float(numbers[demand.number]), numbers, is_whole, weights, moved - float(weights[hidden].sum())
        )

    def _owners(self, hidden: Mask) -> tuple[Ints, Ints]:
        """Return for each cell that is a number itself that number, a shown one if there are several."""
        order = np.argsort(hidden[self._single], kind="stable")
        owned, first = np.unique(self._cell_of[order], return_index=True)
        return self._single[order][first], owned

    def whole(self, demand: Demand, hidden: Mask) -> Floats | None:
        """Return all numbers of a table of whole people that meets `demand`, None when there is none.

        Without presolve: mending its results, HiGHS can print to standard output.
        """
        matrix, bounds, _ = self._programme(hidden)
        target = self.lines[[demand.number]]
        low, high = (demand.value, np.inf) if demand.is_upper else (-np.inf, demand.value)
        known = matrix @ self.cells
        found = milp(
            np.zeros(len(self.cells)),
            integrality=np.ones(len(self.cells)),
            bounds=Bounds(bounds[0], bounds[1]),
            constraints=[LinearConstraint(matrix, known, known), LinearConstraint(target, low, high)],
            options={"node_limit": 500, "presolve": False},
        )
        return None if found.x is None else self.lines @ np.rint(found.x)

    def _programme(self, hidden: Mask) -> tuple[csr_array, Floats, Ints]:
        """Return the sums the attacker knows, bounds of the cells (2, cells), and which sums are shown."""
        shown = self._sums[~hidden[self._sums]]
        bounds = np.stack([np.zeros(len(self.cells)), np.full(len(self.cells), np.inf)])
        fixed = self._cell_of[~hidden[self._single]]
        bounds[:, fixed] = self.cells[fixed]
        return csr_array(vstack([self._always, self.lines[shown]])), bounds, shown
