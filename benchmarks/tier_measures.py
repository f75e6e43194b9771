"""How right tiers are: agreement, the decisions that make most of probabilities, calibration."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score

from scoring.blocks import Floats
from scoring.stretched import StretchedRule, stretched_rule

Tiers = NDArray[np.int64]
BINS = 10


def kappa(shares: Floats, told: Tiers) -> float:
    """Return Cohen's kappa with quadratic weights (Cohen 1968), expected over the noise of the outcome.

    `shares` (n, 4) are the probabilities of each person's true tier, given the true needs and weights.
    """
    truth = np.repeat(np.arange(4), len(told))
    weights = shares.T.ravel()
    return float(cohen_kappa_score(truth, np.tile(told, 4), weights="quadratic", sample_weight=weights))


def stretched_cuts(probabilities: Floats) -> Floats:
    """Return the three cuts of the expected tier that make most of expected quadratic-weighted kappa."""
    return np.array(stretched_rule(probabilities).cuts)


def stretched(probabilities: Floats, cuts: Floats) -> Tiers:
    """Return the tier (n,) by where the expected tier lies between `cuts`."""
    low, middle, high = (float(cut) for cut in cuts)
    return StretchedRule(cuts=(low, middle, high)).tiers(probabilities)


def calibration_error(probabilities: Floats, truth: Tiers) -> float:
    """Return the expected calibration error of the most probable tier, ten bins of equal size."""
    return _gap(probabilities.max(axis=1), probabilities.argmax(axis=1) == truth)


def exact_errors(probabilities: Floats, shares: Floats) -> tuple[float, float]:
    """Return the calibration errors without the noise of single outcomes: most probable tier, mean of all.

    `shares` (n, 4) are the probabilities of each person's true tier, given the true needs and weights.
    """
    people, told = np.arange(len(shares)), probabilities.argmax(axis=1)
    top = _gap(probabilities.max(axis=1), shares[people, told])
    return top, float(np.mean([_gap(probabilities[:, tier], shares[:, tier]) for tier in range(4)]))


def chance_error(probabilities: Floats, seed: int, rounds: int = 20) -> float:
    """Return `calibration_error` as it comes out on average for perfectly calibrated probabilities."""
    rng = np.random.default_rng(seed)
    below = np.cumsum(probabilities, axis=1)[:, :3]
    drawn = ((rng.random((len(below), 1)) > below).sum(axis=1) for _ in range(rounds))
    return float(np.mean([calibration_error(probabilities, one) for one in drawn]))


def _gap(told: Floats, happened: Floats | NDArray[np.bool_]) -> float:
    order = np.argsort(told, kind="stable")
    bins = np.array_split(order, BINS)
    return float(sum(len(b) * abs(told[b].mean() - happened[b].mean()) for b in bins if len(b)) / len(told))
