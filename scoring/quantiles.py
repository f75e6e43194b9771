"""Quantiles of the hours that one person needs: a mixture of log-normals over the points of a posterior."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import ndtr

from scoring.blocks import Floats, blocks, people_last
from scoring.draws import need_draws
from scoring.hours import HoursModel, deficit_and_slope

BLOCK = 256
HALVINGS = 40
"""Of a bracket of log hours: leaves less than 1e-10 of it."""
FAR = 8.3
"""Standard deviations beyond which a normal distribution holds less than one part in 10^16."""


def hours_quantiles(
    posterior: Floats, model: HoursModel, points: Floats, quantiles: Sequence[float]
) -> Floats:
    """Return (people, quantiles) hours a month, rising with the quantile, by bisection on log hours.

    Parameters
    ----------
    posterior
        (people, 14) as `NeedsEstimator.transform` gives it.
    model
        Weights and spread of the outcome.
    points
        (64, 4) points of integration.
    quantiles
        Probabilities above 0 and below 1; ValueError else.
    """
    if not all(0 < share < 1 for share in quantiles):
        raise ValueError("quantiles are probabilities above 0 and below 1")
    out = np.empty((posterior.shape[0], len(quantiles)))
    for rows in blocks(posterior.shape[0], BLOCK):
        middle = _log_medians(people_last(posterior[rows]), model, points)
        for place, share in enumerate(quantiles):
            out[rows, place] = np.exp(_bisected(middle, model.outcome_log_sd, share))[
                : rows.stop - rows.start
            ]
    return out


def _log_medians(block: Floats, model: HoursModel, points: Floats) -> Floats:
    """Return (64, people) log hours that half of the people at each point stay below."""
    safety, agility, headroom, capability = (deficit_and_slope(one)[0] for one in need_draws(block, points))
    features = (safety, agility, headroom, capability, safety * headroom, agility * capability)
    hours = np.full(safety.shape, model.weights[0])
    for weight, feature in zip(model.weights[1:], features, strict=True):
        hours += weight * feature
    middle: Floats = np.log(hours) - 0.5 * model.outcome_log_sd**2
    return middle


def _bisected(middle: Floats, sd: float, share: float) -> Floats:
    """Return (people,) log hours below which `share` of the mixture lies.

    The bracket does not depend on `share` and the number of steps is fixed: the same person gets the same
    bits whatever is asked besides, and a larger share never a smaller number.
    """
    low, high = middle.min(axis=0) - FAR * sd, middle.max(axis=0) + FAR * sd
    for _ in range(HALVINGS):
        half = 0.5 * (low + high)
        below = np.zeros(half.shape)
        for row in middle:
            below += ndtr((half - row) / sd)
        is_too_low = below < share * len(middle)
        low, high = np.where(is_too_low, half, low), np.where(is_too_low, high, half)
    found: Floats = 0.5 * (low + high)
    return found
