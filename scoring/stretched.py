"""The stretched decision rule: tiers that agree best with the true ones on average. For benchmarks only.

People are told the most probable tier or the two they lie between, never this: it names a less probable tier
where that pays on average.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from sklearn.pipeline import Pipeline

from instruments.model import NEEDS, Record
from instruments.records import TIERS
from scoring.blocks import Floats
from scoring.needs import NeedsEstimator
from scoring.reference import ReferenceRow

NUMBERS = np.arange(float(len(TIERS)))
GRID = 24
ROUNDS = 4
PEOPLE = 8_000
SEED = 11


class StretchedRule(Record, frozen=True):
    """Three cuts of the expected tier."""

    cuts: tuple[float, float, float]
    schema: int = 1

    def tiers(self, probabilities: Floats) -> NDArray[np.int64]:
        """Return the tier (people,) by where the expected tier of `probabilities` (people, 4) lies."""
        return np.searchsorted(self.cuts, probabilities @ NUMBERS, side="right").astype(np.int64)


def stretched_rule(probabilities: Floats) -> StretchedRule:
    """Return the rule that makes most of expected quadratic-weighted kappa over these people.

    Parameters
    ----------
    probabilities
        (people, 4) of the tiers.

    Notes
    -----
    For decisions d and expected tiers m, expected kappa (Cohen 1968, quadratic weights) is
    ``2 cov(m, d) / (var y + var d + (mean y - mean d)^2)`` with mean and variance of the true tier y by the
    probabilities: only m and the cuts matter. The cuts are searched one after another on a grid.
    """
    expected = probabilities @ NUMBERS
    variance = float((probabilities @ NUMBERS**2).mean() - expected.mean() ** 2)
    cuts = np.quantile(expected, np.cumsum(probabilities.mean(axis=0))[:3])
    best = _expected_kappa(expected, variance, cuts)
    for _ in range(ROUNDS):
        for place in range(3):
            bounds = (cuts[place - 1] if place else expected.min(), cuts[place + 1] if place < 2 else 3.0)
            for cut in np.linspace(*bounds, GRID):
                tried = cuts.copy()
                tried[place] = cut
                value = _expected_kappa(expected, variance, tried)
                if value > best:
                    best, cuts = value, tried
    low, middle, high = (float(cut) for cut in cuts)
    return StretchedRule(cuts=(low, middle, high))


def calibrated_rule(
    pipeline: Pipeline, answered: Mapping[str, float] | None = None, people: int = PEOPLE, seed: int = SEED
) -> StretchedRule:
    """Return the rule of the reference population of `pipeline`: nobody's data, so it can be frozen with it.

    `answered` are the chances that a scale is answered at all, 1 where it is not named.
    """
    needs, tiers = pipeline.named_steps["needs"], pipeline.named_steps["tiers"]
    scores = reference_people(needs, people, seed, answered or {})
    return stretched_rule(tiers.predict_proba(needs.transform(scores)))


def reference_people(needs: NeedsEstimator, people: int, seed: int, answered: Mapping[str, float]) -> Floats:
    """Return (people, 2 x scales) scores and counts of made-up people as the reference describes them."""
    rng = np.random.default_rng(seed)
    latent = rng.standard_normal((people, len(NEEDS))) @ np.linalg.cholesky(np.array(needs.correlations_)).T
    size = len(needs.rows_)
    scores = np.full((people, 2 * size), np.nan)
    for place, row in enumerate(needs.rows_):
        chance = answered.get(row.scale, 1.0)
        seen = rng.random(people) < chance if chance < 1 else np.ones(people, dtype=np.bool_)
        level = rng.standard_normal(people) * np.sqrt(_error(needs, place, row))
        if row.need:
            level += needs.loadings_[place] * latent[:, NEEDS.index(row.need)]
        scores[:, place] = np.where(seen, row.mean + row.sign * row.sd * level, np.nan)
        scores[:, size + place] = np.where(seen, row.items, 0)
    return scores


def _error(needs: NeedsEstimator, place: int, row: ReferenceRow) -> float:
    """Return the error variance of a complete score, without the doubt about the reference mean."""
    return float(needs.fixed_[place]) - row.mean_sd**2 + 1 - row.alpha


def _expected_kappa(expected: Floats, variance: float, cuts: Floats) -> float:
    told = np.searchsorted(cuts, expected, side="right")
    apart = float(told.var()) + variance + float(expected.mean() - told.mean()) ** 2
    together = 2 * float(np.mean((expected - expected.mean()) * (told - told.mean())))
    return together / apart if apart > 0 else 0.0
