"""Which needs want more than all who can help them have: fast, for the search; `schedule_flow` is exact."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from scoring.blocks import Floats
from scoring.plan.schedule_model import Mask, Model

WHOLE = 2**30
"""Hours are counted in whole parts, all hours together at most this many: the flow knows 32 bits."""


class Shortage:
    """All roles and weeks of a model as one network: from needs to pools that can help them."""

    def __init__(self, model: Model) -> None:
        self._model = model
        needs, pools, weeks = len(model.needs), len(model.pools), model.weeks
        need, pool = np.nonzero(model.can_give.T)
        self._need = (need[:, None] * weeks + np.arange(weeks)).reshape(-1)
        self._pool = (pool[:, None] * weeks + np.arange(weeks)).reshape(-1)
        first_need, first_pool = 2, 2 + needs * weeks
        of_needs, of_pools = np.arange(needs * weeks), np.arange(pools * weeks)
        self._tails = np.concatenate([0 * of_needs, first_need + self._need, first_pool + of_pools])
        self._heads = np.concatenate([first_need + of_needs, first_pool + self._pool, 0 * of_pools + 1])
        self._nodes = first_pool + pools * weeks

    def short(self, demand: Floats) -> Mask:
        """Return (needs, weeks) which needs lack hours, or compete with one that does.

        They are what is reached from the source of a maximum flow's residual network: a smallest cut.
        """
        total = max(float(demand.sum()), float(self._model.supply.sum()), 1e-9)
        asked, there = (
            np.floor(hours.reshape(-1) * (WHOLE / total)).astype(np.int32)
            for hours in (demand, self._model.supply)
        )
        limits = np.concatenate([asked, np.minimum(asked[self._need], there[self._pool]), there])
        network = csr_array((limits, (self._tails, self._heads)), shape=(self._nodes, self._nodes))
        residual = network - maximum_flow(network, 0, 1).flow
        residual.data[residual.data < 0] = 0
        residual.eliminate_zeros()
        is_reached = np.zeros(self._nodes, dtype=np.bool_)
        is_reached[breadth_first_order(residual, 0, return_predecessors=False)] = True
        return is_reached[2 : 2 + demand.size].reshape(demand.shape)

    def unmet(self, demand: Floats, is_short: Mask) -> Floats:
        """Return (parts, weeks) hours that `is_short` needs (needs, weeks) ask for beyond what there is."""
        model = self._model
        is_near = (model.can_give.astype(np.int64) @ is_short) > 0
        hours = np.concatenate([np.where(is_near, -model.supply, 0.0), np.where(is_short, demand, 0.0)])
        over = np.zeros((model.parts, model.weeks))
        np.add.at(over, model.part_of, hours)
        return np.maximum(over, 0.0)
