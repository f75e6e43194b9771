"""What somebody who solves programmes can rule out: which bounds some table of whole numbers still reaches.

One solution of a programme (a witness) serves every aim that it reaches, so that hundreds of hidden numbers
take a few programmes. Real numbers first (they can only reach further), then whole numbers for the aims that
no witness of whole numbers has reached.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from scoring.errors import ScoringError

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

TOLERANCE = 1e-6
"""Of the solver's numbers."""
PATIENCE = 3
"""Programmes in a row that aim at everything still open in vain, before the aims are taken one by one."""
SMALL = 600
"""Cells up to which whole numbers are looked for one aim at a time."""
NODES = 2000
"""Branches after which the search for whole numbers ends: a count, so that no clock changes the answer."""


class Contradiction(ScoringError):
    """No table fits what is known."""

    def __init__(self) -> None:
        super().__init__("The tables contradict each other.")


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """What is known of cells that hold whole numbers, 0 or more: each line's sum lies in an interval."""

    lines: csr_array
    """(known, cells)"""
    low: Floats
    """(known,)"""
    high: Floats
    """(known,)"""

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return int(self.lines.shape[1])

    def holds(self, cells: Floats) -> bool:
        """Say whether `cells` (cells,) fit everything known."""
        sums = self.lines @ cells
        fits = (sums >= self.low - TOLERANCE) & (sums <= self.high + TOLERANCE)
        return bool(fits.all() and (cells >= -TOLERANCE).all())


def real_bounds(knowledge: Knowledge, line: Floats) -> tuple[float, float]:
    """Return the least and the most that the cells of `line` (cells,) can add up to, over real numbers.

    Infinity where nothing bounds the sum. Raises Contradiction when no table fits.
    """
    least, most = (_solve(knowledge, sign * line) for sign in (1, -1))
    return (
        -np.inf if least is None else float(least @ line),
        np.inf if most is None else float(most @ line),
    )


def bounds_of(knowledge: Knowledge, line: Floats) -> tuple[int, int]:
    """Return the least and the most that the cells of `line` (cells,) can add up to, as whole numbers.

    Every cell must be bounded. Raises Contradiction when no table fits.
    """
    low, high = real_bounds(knowledge, line)
    if knowledge.cells <= SMALL:
        least, most = (_solve(knowledge, sign * line, whole=True) for sign in (1, -1))
        low = low if least is None else float(least @ line)
        high = high if most is None else float(most @ line)
    return int(np.ceil(low - TOLERANCE)), int(np.floor(high + TOLERANCE))


def reaches(knowledge: Knowledge, aims: csr_array, most: Floats, *, whole: bool = True) -> Mask:
    """Say for each aim whether some table that fits keeps it at or below its bound, (aims,).

    Parameters
    ----------
    knowledge
        What every table has to fit.
    aims
        (aims, cells) weights of the cells; negative ones aim at large sums.
    most
        (aims,) bound of each aim.
    whole
        Whether the cells hold whole numbers.

    Returns
    -------
    numpy.ndarray
        True where a table of whole numbers does; above `SMALL` cells, or where `NODES` do not settle it,
        where one of real numbers does. Raises Contradiction when no table fits.
    """
    search = _Search(knowledge, aims, most)
    search.learn(_solve(knowledge, np.zeros(knowledge.cells)))
    search.push()
    search.one_by_one()
    if whole and knowledge.cells <= SMALL:
        search.whole()
    return search.relaxed


@dataclass(slots=True)
class _Search:
    knowledge: Knowledge
    aims: csr_array
    most: Floats
    relaxed: Mask = field(init=False)
    """Reached, as far as is known, in the end for good."""
    settled: Mask = field(init=False)
    """Reached by whole numbers."""

    def __post_init__(self) -> None:
        self.relaxed = np.zeros(len(self.most), dtype=np.bool_)
        self.settled = np.zeros(len(self.most), dtype=np.bool_)

    def learn(self, witness: Floats | None) -> None:
        if witness is None:
            return
        self.relaxed |= self.aims @ witness <= self.most + TOLERANCE
        rounded = np.rint(witness)
        if self.knowledge.holds(rounded):
            self.settled |= self.aims @ rounded <= self.most + TOLERANCE
            self.relaxed |= self.settled

    def push(self, *, whole: bool = False) -> None:
        """Aim at everything open at once, with other weights each time, until that leads no further."""
        rng = np.random.default_rng(0)
        left = PATIENCE
        while left:
            is_open = self.relaxed & ~self.settled if whole else ~self.relaxed
            if not is_open.any():
                return
            weights = is_open * rng.random(len(self.most)) ** 2
            self.learn(_solve(self.knowledge, self.aims.T @ weights, whole=whole))
            still = self.relaxed & ~self.settled if whole else ~self.relaxed
            left = PATIENCE if still.sum() < is_open.sum() else left - 1

    def one_by_one(self) -> None:
        for aim in np.flatnonzero(~self.relaxed):
            if not self.relaxed[aim]:
                self.learn(_solve(self.knowledge, self._cost(int(aim))))

    def whole(self) -> None:
        """Look for whole numbers where only real ones were found."""
        self.push(whole=True)
        for aim in np.flatnonzero(self.relaxed & ~self.settled):
            if self.settled[aim]:
                continue
            witness = _solve(self.knowledge, self._cost(int(aim)), whole=True)
            self.learn(witness)
            self.relaxed[aim] = self.settled[aim] or witness is None

    def _cost(self, aim: int) -> Floats:
        cost: Floats = self.aims[[aim]].toarray()[0]
        return cost


def _solve(knowledge: Knowledge, cost: Floats, *, whole: bool = False) -> Floats | None:
    """Return the cells that fit and cost least; None when nothing bounds the cost, or nothing settles it.

    Whole numbers go without presolve: mending its results, HiGHS can print to standard output. Raises
    Contradiction when none fit.
    """
    found = milp(
        cost,
        integrality=np.full(knowledge.cells, int(whole)),
        bounds=Bounds(0, np.inf),
        constraints=LinearConstraint(knowledge.lines, knowledge.low, knowledge.high),
        options={"node_limit": NODES, "presolve": False} if whole else {},
    )
    if found.status == 2:
        raise Contradiction
    cells: Floats | None = found.x if found.status == 0 else None
    return cells
