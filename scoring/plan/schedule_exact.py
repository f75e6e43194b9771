"""The programme over the cuts: a proven bound, with whole cohorts or without."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, coo_array, csr_array

from scoring.blocks import Floats
from scoring.plan.schedule_cuts import Cuts
from scoring.plan.schedule_model import Mask, Model


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """Best starts as far as the cuts tell."""

    chosen: Floats
    """(columns,) cohorts."""
    is_whole: bool
    """Whether they are whole numbers; a search may end without having found any."""
    bound: float
    """Of the value of any starts."""


def solve(model: Model, cuts: Cuts, nodes: int | None = None, allowed: Mask | None = None) -> Solved:
    """Return the best starts over `cuts`: whole cohorts after at most `nodes` branches, parts at None.

    Branches are counted in place of seconds, so that the same call answers the same on any machine. Without
    presolve: mending its results, HiGHS can print to standard output.
    """
    columns, slots = len(model.costs), model.parts * model.weeks
    limits = model.counts[model.kind_of] if allowed is None else model.counts[model.kind_of] * allowed
    found = milp(
        np.concatenate([model.costs, np.ones(slots)]),
        integrality=np.concatenate([np.full(columns, nodes is not None), np.zeros(slots)]),
        bounds=Bounds(0, np.concatenate([limits, np.full(slots, np.inf)])),
        constraints=_constraints(model, cuts, slots),
        options={"presolve": False, "mip_rel_gap": 0.0 if allowed is None else NEAR, "node_limit": nodes},
    )
    if nodes is None:
        return Solved(np.clip(found.x[:columns], 0.0, None), False, float(found.fun))
    bound = found.mip_dual_bound
    bound = 0.0 if bound is None or not np.isfinite(bound) else float(bound)
    if found.x is None:
        return Solved(np.zeros(columns), False, bound)
    return Solved(np.rint(found.x[:columns]), True, bound)


NEAR = 0.002
"""Where only some columns are allowed, the best of them is not worth more than this share of the value."""


def _constraints(model: Model, cuts: Cuts, slots: int) -> list[LinearConstraint]:
    """Return that every cohort is somewhere, and that unmet hours make up for what each set lacks."""
    columns = len(model.costs)
    everybody = coo_array(
        (np.ones(columns), (model.kind_of, np.arange(columns))), shape=(len(model.counts), columns)
    )
    places = (np.arange(len(cuts.slots)), cuts.slots)
    unmet = coo_array((np.ones(len(cuts.slots)), places), shape=(len(cuts.slots), slots))
    matrix = block_array([[everybody, None], [csr_array(-cuts.lines), unmet]], format="csc")
    low = np.concatenate([model.counts, -cuts.limits])
    high = np.concatenate([model.counts, np.full(len(cuts.limits), np.inf)])
    return [LinearConstraint(matrix, low, high)]
