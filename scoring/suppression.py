"""Which numbers of a linear system are hidden so that nobody can work out a small count.

Small counts and uniform rows are hidden, then further numbers, as few as possible, so that an attacker who
solves the whole system finds none of them. Every hidden number has to be unclear, also those that are hidden
only for the others' sake: somebody who knows this rule and can tell that a number was not small would know
that it is 0, or k or more, and with that could narrow its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from instruments.setup import Thresholds
from scoring.published import Floats, Ints, Mask, Published
from scoring.suppression_demands import SLACK, Demand, demands_of, is_forced
from scoring.suppression_reach import Reach, Reached
from scoring.suppression_relations import never_alone, relations_of

ROUNDS = 40
"""Times that the best choice is sought with more cuts, before numbers are hidden one after the other."""
NODES = 400
"""Branches of one search: counted, so that the same call gives the same release on any machine."""
BATCH = 2000
"""Cells of all programmes that are solved at once."""
UNEVEN = 0.05
"""How much the secret weights differ."""


def suppress(
    system: Published, cells: Ints, kept: Mask, limits: Thresholds, rng: np.random.Generator
) -> Mask | None:
    """Return which numbers are hidden, (numbers,), None when hiding all of them would not be enough.

    Parameters
    ----------
    system
        What may be published: hidden in it is what is never published.
    cells
        (cells,) people in each base cell.
    kept
        (numbers,) what stays shown in any case, such as the counts of everybody.
    limits
        The thresholds of the release.
    rng
        Secret to the release: of equally good choices nobody can tell which one it takes.

    Notes
    -----
    Minimal weighted suppression (Fischetti and Salazar-González 2001): a master programme chooses what is
    hidden, the attacker's programmes answer with cuts, until they find nothing. After `ROUNDS`, what the
    cuts ask for is hidden one after the other, which is safe but hides more.
    """
    return _Search(system, cells, kept, limits, rng).run()


@dataclass(frozen=True, slots=True, eq=False)
class _Cut:
    """`weights` of the hidden numbers must add up to 1, if `number` is hidden (None: always)."""

    weights: Floats
    number: int | None


class _Search:
    """One search for what to hide."""

    def __init__(
        self, system: Published, cells: Ints, kept: Mask, limits: Thresholds, rng: np.random.Generator
    ) -> None:
        self._reach = Reach(system, cells)
        self._never = system.hidden
        self._free = ~self._never & ~kept
        self._forced = is_forced(system, self._reach.true, limits) & self._free
        self._demands = demands_of(system, self._reach.true, self._free, limits)
        self._costs = 1 + UNEVEN * rng.random(len(kept))
        self._pairs = never_alone(relations_of(system, self._free), self._free)
        self._seen: list[Floats] = []

    def run(self) -> Mask | None:
        """Return what is hidden."""
        cuts: list[_Cut] = []
        hidden = self._forced | self._never
        for _ in range(ROUNDS):
            more = list(self._cuts(hidden))
            if not more:
                return hidden & self._free
            cuts += more
            best = self._best(cuts)
            if best is None:
                return self._everything()
            hidden = best
        return self._grown(hidden)

    def _best(self, cuts: list[_Cut]) -> Mask | None:
        """Return the least costly choice that meets `cuts`, None when there is none."""
        fixed = self._never | self._forced
        open_ = np.flatnonzero(self._free & ~self._forced)
        weights, least = _matrix(cuts, fixed, self._pairs)
        lines = np.column_stack([weights[:, open_], least - weights[:, fixed].sum(axis=1)])
        lines = np.unique(lines.round(9), axis=0)
        found = milp(
            self._costs[open_],
            integrality=np.ones(len(open_)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(lines[:, :-1], lines[:, -1], np.inf),
            options={"node_limit": NODES, "mip_rel_gap": 0.005, "presolve": False},
        )
        if found.x is None:
            return None
        hidden = fixed.copy()
        hidden[open_[found.x > 0.5]] = True
        return hidden

    def _cuts(self, hidden: Mask, demands: Sequence[Demand] | None = None) -> Iterator[_Cut]:
        """Yield a cut for each demand that is not met, of all or of `demands`."""
        todo = [d for d in (self._demands if demands is None else demands) if hidden[d.number]]
        fitting = [seen for seen in self._seen if np.array_equal(seen[~hidden], self._reach.true[~hidden])]
        at_once = max(1, BATCH // len(self._reach.cells))
        while todo := [d for d in todo if not any(d.is_met(seen[d.number]) for seen in fitting)]:
            now, todo = todo[:at_once], todo[at_once:]
            for demand, reached in zip(now, self._reach.reach(now, hidden), strict=True):
                found = self._judged(demand, reached, hidden)
                if isinstance(found, _Cut):
                    yield found
                elif found is not None:
                    fitting.append(found)
                    self._seen.append(found)

    def _judged(self, demand: Demand, reached: Reached, hidden: Mask) -> _Cut | Floats | None:
        """Return numbers that meet `demand`, or a cut where there are none; None where none are needed."""
        if demand.is_clear(reached.value):
            return None
        condition = None if demand.is_binding else demand.number
        if demand.is_met(reached.value):
            whole = reached.numbers if reached.is_whole else self._reach.whole(demand, hidden)
            return np.rint(whole) if whole is not None else _Cut((~hidden).astype(np.float64), condition)
        least = abs(demand.value - self._reach.true[demand.number]) - reached.moved
        weights = np.minimum(reached.weights / least, 1.0)
        return _Cut(np.where(weights > SLACK, weights, 0.0), condition)

    def _grown(self, hidden: Mask) -> Mask | None:
        """Hide what the cuts ask for, the most telling first, until every demand is met; then show again."""
        while cuts := list(self._cuts(hidden)):
            for cut in cuts:
                open_ = np.flatnonzero(self._free & ~hidden)
                order = open_[np.argsort(-cut.weights[open_] / self._costs[open_], kind="stable")]
                reached = cut.weights[hidden].sum() + np.cumsum(cut.weights[order])
                enough = np.flatnonzero(reached >= 1 - SLACK)
                if not len(enough):
                    return self._everything()
                hidden = hidden.copy()
                hidden[order[: enough[0] + 1]] = True
        return self._pruned(hidden)

    def _pruned(self, hidden: Mask) -> Mask:
        """Show numbers again, the costliest to hide first, that are not needed for any other."""
        for number in np.argsort(-self._costs, kind="stable"):
            if hidden[number] and self._free[number] and not self._forced[number]:
                fewer = hidden.copy()
                fewer[number] = False
                if next(self._cuts(fewer), None) is None:
                    hidden = fewer
        return hidden & self._free

    def _everything(self) -> Mask | None:
        """Return that all is hidden, None when even that gives a small count away."""
        hidden = self._free | self._never
        binding = [demand for demand in self._demands if demand.is_binding]
        return self._free if next(self._cuts(hidden, binding), None) is None else None


def _matrix(cuts: list[_Cut], fixed: Mask, pairs: Floats) -> tuple[Floats, Floats]:
    """Return the weights of cuts and `pairs`, (conditions, numbers), and what they come to at least."""
    weights = np.stack([cut.weights for cut in cuts])
    least = np.ones(len(cuts))
    for line, cut in enumerate(cuts):
        if cut.number is not None and not fixed[cut.number]:
            weights[line, cut.number] -= 1.0
            least[line] = 0.0
    return np.vstack([weights, pairs]), np.concatenate([least, np.zeros(len(pairs))]) - SLACK
