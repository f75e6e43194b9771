"""Types of people by their needs, told only when they are there: another sample would show the same ones.

Types describe; no tier, no hour and no plan is made from them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score
from sklearn.mixture import GaussianMixture
from threadpoolctl import threadpool_limits

from scoring.blocks import Floats

STABLE = 0.8
"""Adjusted Rand index that resampling has to reach on average (SCORING.md, step 8)."""
RESAMPLES = 20
FIRST_LOOK = 4
"""After so many resamples what is far from stable is given up."""
HOPELESS = 0.6
CLEAR = 0.9
"""Mean probability with which people belong to their own type; below, types only cut up a slope (ours)."""
MOST_TYPES = 5
FEWEST_PEOPLE = 60
"""With fewer people no types are looked for (ours)."""
MOST_PEOPLE = 2000
"""Of more people, so many are taken at even distances: enough to find what is stable."""
LEAST_SPREAD = 0.05
"""A direction with less than this share of the widest one's variance holds no types."""
FEWEST_DIRECTIONS = 2
"""Along a single direction types would only be bands of it."""
SEED = 20260102


@dataclass(frozen=True, slots=True, eq=False)
class Types:
    """Stable types: whose is whose, and where each stands."""

    member: NDArray[np.int64]
    """(n,) type of each person, the largest type first."""
    means: Floats
    """(types, needs)."""
    stability: float
    """Mean adjusted Rand index of the resamples."""


def find_types(needs: Floats) -> Types | None:
    """Return the stable types among posterior `needs` (n, needs), None when there are none.

    Needs are first turned so that they are uncorrelated with equal spread: without types they are then
    a round cloud, which no two resamples cut alike, whereas a long cloud would be cut across every time. A
    mixture of 2 to 5 normal types of one shape has to describe them better than one type (BIC), to place
    people clearly, and the mixtures of resamples have to give everybody the same type as that of the
    whole sample (mean adjusted Rand index of .8; Hennig 2007, Computational Statistics & Data Analysis 52,
    258-271). Of those that hold, the mixture with the best BIC is taken. The order of people does not
    matter; all seeds are fixed.
    """
    if len(needs) < FEWEST_PEOPLE or not needs.shape[1]:
        return None
    order = np.lexsort(needs.T)
    cloud = _round_cloud(needs[order])
    if cloud.shape[1] < FEWEST_DIRECTIONS:
        return None
    some = np.linspace(0, len(cloud) - 1, min(len(cloud), MOST_PEOPLE)).astype(np.int64)
    with threadpool_limits(1):  # threads that wait for each other cost more than they give, and other bits
        found = _stable_mixture(cloud[some])
        if found is None:
            return None
        labels = found[0].predict(cloud)
    return _described(needs, labels[np.argsort(order)], found[1])


def _stable_mixture(chosen: Floats) -> tuple[GaussianMixture, float] | None:
    """Return the mixture with the best BIC that passes every gate, and its stability."""
    single = GaussianMixture(1, covariance_type="tied").fit(chosen).bic(chosen)
    models = [_mixture(types).fit(chosen) for types in range(2, MOST_TYPES + 1)]
    ranked = sorted((model.bic(chosen), place) for place, model in enumerate(models))
    for bic, place in ranked:
        if bic < single and models[place].predict_proba(chosen).max(axis=1).mean() >= CLEAR:
            reached = _stability(chosen, models[place])
            if reached >= STABLE:
                return models[place], reached
    return None


def _mixture(types: int) -> GaussianMixture:
    return GaussianMixture(types, covariance_type="tied", n_init=3, random_state=SEED)


def _round_cloud(needs: Floats) -> Floats:
    """Return `needs` with mean 0, variance 1 and no correlations, without directions that hardly vary."""
    centred = needs - needs.mean(axis=0)
    values, vectors = np.linalg.eigh(np.atleast_2d(np.cov(centred.T)))
    wide = (values > LEAST_SPREAD * values[-1]) & (values > 0)
    found: Floats = centred @ vectors[:, wide] / np.sqrt(values[wide])
    return found


def _stability(chosen: Floats, model: GaussianMixture) -> float:
    """Return the mean adjusted Rand index between `model` and the mixtures of resamples."""
    rng, labels, found = np.random.default_rng(SEED), model.predict(chosen), []
    for number in range(RESAMPLES):
        again = chosen[rng.integers(0, len(chosen), len(chosen))]
        found.append(adjusted_rand_score(labels, _mixture(model.n_components).fit(again).predict(chosen)))
        if number + 1 == FIRST_LOOK and np.mean(found) < HOPELESS:
            break
    return float(np.mean(found))


def _described(needs: Floats, labels: NDArray[np.int64], reached: float) -> Types:
    labels = np.unique(labels, return_inverse=True)[1]
    largest = np.argsort(-np.bincount(labels), kind="stable")
    member = np.argsort(largest)[labels]
    means = np.stack([needs[labels == label].mean(axis=0) for label in largest])
    return Types(member, means, reached)
