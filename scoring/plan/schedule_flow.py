"""Whose hours go where when the starts are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, vstack

from scoring.blocks import Floats
from scoring.plan.schedule_model import Ints, Model

SLACK = 1e-6
"""Hours that are rounding of the solvers."""


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """Hours that pools give to needs, as many as possible."""

    pool: Ints
    """(gifts,) who gives ..."""
    need: Ints
    """(gifts,) ... for what ..."""
    week: Ints
    """(gifts,) ... when, 0 the first week ..."""
    hours: Floats
    """(gifts,) ... how much."""
    unmet: Floats
    """(needs, weeks) hours that nobody gives."""


def best_flow(model: Model, demand: Floats, ranks: Floats | None = None) -> Flow:
    """Return how the pools meet `demand` (needs, weeks) with the fewest unmet hours in each week and role.

    `ranks` (pools,), well below 1, says whose hours are taken first among equally good ones.
    """
    need, pool = np.nonzero(model.can_give.T)
    gift, week = np.nonzero((demand[need] > 0) & (model.supply[pool] > 0))
    pool, need = pool[gift], need[gift]
    if not len(gift):
        return Flow(pool, need, week, np.zeros(0), demand.copy())
    numbers = np.arange(len(gift))
    rows, of = zip(
        _rows(need * model.weeks + week, numbers), _rows(pool * model.weeks + week, numbers), strict=True
    )
    limits = np.concatenate([demand.reshape(-1)[of[0]], model.supply.reshape(-1)[of[1]]])
    worth = np.ones(len(gift)) if ranks is None else 1 - ranks[pool]
    found = linprog(-worth, A_ub=vstack(rows, format="csc"), b_ub=limits, method="highs-ds")
    hours = np.clip(found.x, 0.0, None)
    unmet = demand.copy()
    np.subtract.at(unmet, (need, week), hours)
    return Flow(pool, need, week, hours, np.clip(unmet, 0.0, None))


def _rows(places: Ints, numbers: Ints) -> tuple[coo_array, Ints]:
    """Return (different places, numbers) ones where a number has that place, and the places."""
    different, row = np.unique(places, return_inverse=True)
    ones = coo_array((np.ones(len(numbers)), (row, numbers)), shape=(len(different), len(numbers)))
    return ones, different
