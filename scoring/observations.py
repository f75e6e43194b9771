"""What one scale says of the people who answered it, taken into account need by need."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from instruments.model import NEEDS
from scoring.blocks import Floats

Covariances = dict[tuple[int, int], Floats]
"""Lower triangle of the people's covariances, by pair of needs."""


class Observation(NamedTuple):
    """One scale's standardised scores, their error variances, and who has one."""

    need: int
    loading: float
    level: Floats
    error: Floats
    seen: NDArray[np.bool_]


def update(mean: list[Floats], cov: Covariances, seen: Observation) -> None:
    """Take one observation into account, in place; people without it keep what they have."""
    need, loading = seen.need, seen.loading
    across = [cov[max(need, a), min(need, a)].copy() for a in range(len(NEEDS))]
    spread = loading * loading * across[need] + seen.error
    useful = seen.seen & (spread > 0)
    divisor = np.where(useful, spread, 1.0)
    surprise = seen.level - loading * mean[need]
    for a in range(len(NEEDS)):
        gain = np.where(useful, loading * across[a] / divisor, 0.0)
        mean[a] = mean[a] + gain * surprise
        for b in range(a + 1):
            cov[a, b] = cov[a, b] - gain * (loading * across[b])
