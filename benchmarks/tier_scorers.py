"""What tiers are told by: the shipped scorer, and what others would do with the same answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture
from sklearn.pipeline import Pipeline

from benchmarks.tier_measures import Tiers, stretched
from benchmarks.tier_populations import battery, doubted, reference
from instruments.model import NEEDS
from instruments.tasks.model import TASK_IDS
from scoring.blocks import Floats
from scoring.careless import CarelessModel
from scoring.careless_training import careless_model
from scoring.hours import DEFAULT_HOURS, HoursModel, deficit_and_slope
from scoring.items import scale_specs
from scoring.pipeline import build_pipeline, score
from scoring.rehearsed_people import CUT_HOURS
from scoring.stretched import calibrated_rule

COMPONENTS = range(1, 7)
LOW = -0.5
"""A spreadsheet calls a scale low from half an SD below the reference mean."""
Teller = Callable[[Floats], Tiers]
"""From raw numbers (people, columns) to tiers (people,)."""


@cache
def pipeline(hours: HoursModel = DEFAULT_HOURS) -> Pipeline:
    """Return the shipped Pipeline of the benchmark's battery."""
    return build_pipeline(battery(), reference(), CUT_HOURS, hours)


@cache
def frozen_cuts(hours: HoursModel = DEFAULT_HOURS) -> tuple[float, ...]:
    """Return the stretched decision rule of the reference population, people of nobody's data."""
    share = battery().task_count / len(TASK_IDS)
    by_lot = {row.scale: share for row in reference().rows if row.scale.startswith("tasks/")}
    return calibrated_rule(pipeline(hours), by_lot).cuts


@cache
def _careless() -> CarelessModel:
    return careless_model(battery(), reference())


def careless(X: Floats) -> Floats:  # noqa: N803
    """Return the shipped probabilities of answers given without reading, (n,)."""
    return _careless().probability(X)


def ours(X: Floats) -> Floats:  # noqa: N803
    """Return the shipped scorer's probabilities of the tiers, (n, 4)."""
    return score(pipeline(), X, careless(X)).tier_probabilities


def ours_stretched(X: Floats) -> Tiers:  # noqa: N803
    """Return the tiers by the stretched rule that was frozen with the reference."""
    return stretched(ours(X), np.array(frozen_cuts()))


def ours_most_probable(X: Floats) -> Tiers:  # noqa: N803
    """Return the shipped scorer's most probable tiers."""
    return np.asarray(ours(X).argmax(axis=1), dtype=np.int64)


def levels(X: Floats) -> Floats:  # noqa: N803
    """Return (n, 4) mean standardised score of each need's scales, high is good; 0 where there is none."""
    scores = pipeline().named_steps["scales"]
    means = scores.transform(X)[:, : len(scale_specs(battery()))]
    columns: list[list[Floats]] = [[] for _ in NEEDS]
    for place, row in enumerate(reference().rows):
        if row.need:
            columns[NEEDS.index(row.need)].append(row.sign * (means[:, place] - row.mean) / row.sd)
    out = np.zeros((len(X), len(NEEDS)))
    for need, own in enumerate(columns):
        given = np.stack(own, axis=1)
        told = ~np.isnan(given)
        out[:, need] = np.where(told, given, 0.0).sum(axis=1) / np.maximum(told.sum(axis=1), 1)
    return out


def by_kmeans(X: Floats) -> Tiers:  # noqa: N803
    """Return four clusters of people, ranked by their mean."""
    given = levels(X)
    found = KMeans(4, n_init=10, random_state=0).fit(given)
    return _ranked(found.labels_, found.cluster_centers_.mean(axis=1))


def by_mixture(X: Floats) -> Tiers:  # noqa: N803
    """Return the Gaussian mixture with the lowest BIC, its components ranked by their mean."""
    given = levels(X)
    models = [GaussianMixture(k, n_init=2, random_state=0).fit(given) for k in COMPONENTS]
    best = min(models, key=lambda model: model.bic(given))
    return _ranked(best.predict(given), best.means_.mean(axis=1))


def by_counting(X: Floats) -> Tiers:  # noqa: N803
    """Return how many needs are low, three at most: what a spreadsheet would do."""
    low = np.count_nonzero(levels(X) < LOW, axis=1)
    return np.asarray(np.minimum(low, 3), dtype=np.int64)


def by_composite(weights: tuple[float, ...]) -> Teller:
    """Return plain scores put into the weights as if they had no error, cut at the hours."""

    def tell(X: Floats) -> Tiers:  # noqa: N803
        lack = deficit_and_slope(levels(X))[0]
        parts = [np.ones(len(X)), *lack.T, lack[:, 0] * lack[:, 2], lack[:, 1] * lack[:, 3]]
        hours = np.sum([w * part for w, part in zip(weights, parts, strict=True)], axis=0)
        return np.asarray(np.searchsorted(CUT_HOURS, hours, side="right"), dtype=np.int64)

    return tell


@dataclass(frozen=True, slots=True)
class Rival:
    """One way to tell tiers."""

    name: str
    tell: Teller


def rivals(true_weights: tuple[float, ...], seed: int) -> tuple[Rival, ...]:
    """Return all ways to tell tiers; the composite with right weights is given the true ones.

    Wrong weights are off by the doubt about the expert guess, their level is right.
    """
    wrong = doubted(true_weights, np.random.default_rng([seed, 400]), level_log_sd=0.0)
    return (
        Rival("careload, stretched", ours_stretched),
        Rival("careload, most probable", ours_most_probable),
        Rival("composite, right weights", by_composite(true_weights)),
        Rival("composite, wrong weights", by_composite(wrong)),
        Rival("low-count spreadsheet", by_counting),
        Rival("KMeans by mean", by_kmeans),
        Rival("Gaussian mixture by BIC", by_mixture),
    )


def _ranked(labels: NDArray[np.int32], means: Floats) -> Tiers:
    """Return tiers 0-3 by rank of the clusters' means, the best-off first."""
    rank = np.argsort(np.argsort(-means))
    steps = np.round(rank * 3 / max(len(means) - 1, 1)).astype(np.int64)
    return np.asarray(steps[labels])
