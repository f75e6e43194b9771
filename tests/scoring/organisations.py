"""Small simulated organisations whose true weights and hours are known, for the tests of recalibration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.blocks import Floats
from scoring.hours import DEFAULT_HOURS, deficit_and_slope
from scoring.needs import PAIRS

CORRELATIONS = np.array([[1, 0.3, 0.3, 0.1], [0.3, 1, 0.15, 0.35], [0.3, 0.15, 1, 0.1], [0.1, 0.35, 0.1, 1]])
RELIABILITY = np.array([0.75, 0.7, 0.75, 0.6])
"""Of what is seen of each need, in the order of NEEDS."""
OUTCOME_SD = 0.5


@dataclass(frozen=True, slots=True)
class Organisation:
    """People, what a scorer sees of them, and what is true."""

    needs: Floats
    """(n, 4)"""
    posterior: Floats
    """(n, 14) as `NeedsEstimator.transform` gives it, with the right prior and errors."""
    weights: Floats
    """(7,) true weights."""
    expected: Floats
    """(n,) hours a month that such needs ask for on average."""
    hours: Floats
    """(n,) hours really needed in the month asked about."""

    def known(self, labels: int, seed: int) -> Floats:
        """Return the hours of `labels` people drawn at random, NaN for the others."""
        out = np.full(len(self.hours), np.nan)
        some = np.random.default_rng(seed).permutation(len(self.hours))[:labels]
        out[some] = self.hours[some]
        return out


def features_of(needs: Floats) -> Floats:
    """Return (n, 7) features of known needs."""
    d = deficit_and_slope(needs)[0]
    return np.column_stack([np.ones(len(d)), d, d[:, 0] * d[:, 2], d[:, 1] * d[:, 3]])


def organisation(
    seed: int, people: int = 400, *, weights_off: float = 0.35, level: float = 0.45
) -> Organisation:
    """Return an organisation with log weights off by SDs of `weights_off` each, of `level` together."""
    rng = np.random.default_rng(seed)
    needs = rng.multivariate_normal(np.zeros(4), CORRELATIONS, size=people)
    error = np.diag((1 - RELIABILITY) / RELIABILITY)
    seen = needs + rng.standard_normal((people, 4)) @ np.sqrt(error)
    gain = CORRELATIONS @ np.linalg.inv(CORRELATIONS + error)
    left = CORRELATIONS - gain @ CORRELATIONS
    posterior = np.column_stack([seen @ gain.T, *(np.full(people, left[pair]) for pair in PAIRS)])
    off = weights_off * rng.standard_normal(7) + level * rng.standard_normal()
    weights = np.array(DEFAULT_HOURS.weights) * np.exp(off)
    expected = features_of(needs) @ weights
    noise = np.exp(OUTCOME_SD * rng.standard_normal(people) - OUTCOME_SD**2 / 2)
    return Organisation(needs, posterior, weights, expected, expected * noise)
