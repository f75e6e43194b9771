"""Values of the needs, and of the hours model's features, at the fixed points of a person's posterior."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from instruments.model import NEEDS
from scoring.blocks import Floats
from scoring.hours import deficit_and_slope, normal_points
from scoring.needs import PAIRS


def need_draws(block: Floats, points: Floats | None = None) -> Iterator[Floats]:
    """Yield (64, people) values of each need; `block` is (14, people), means and covariances by PAIRS.

    `points` (64, 4) are those that were frozen with a model, or `normal_points`.
    """
    root = _cholesky(block[len(NEEDS) :])
    points = normal_points() if points is None else points
    for a in range(len(NEEDS)):
        draws = np.repeat(block[a][None, :], len(points), axis=0)
        for b in range(a + 1):
            draws += points[:, b, None] * root[a, b]
        yield draws


def feature_draws(posterior: Floats) -> Floats:
    """Return (7, 64, people): the features, in the order of FEATURES, of posteriors (people, 14)."""
    safety, agility, headroom, capability = (
        deficit_and_slope(draws)[0] for draws in need_draws(np.ascontiguousarray(posterior.T))
    )
    alone = (np.ones_like(safety), safety, agility, headroom, capability)
    features: Floats = np.stack([*alone, safety * headroom, agility * capability])
    return features


def _cholesky(cov: Floats) -> dict[tuple[int, int], Floats]:
    """Lower triangular roots of the people's 4 x 4 covariances, given in the order of PAIRS."""
    given = dict(zip(PAIRS, cov, strict=True))
    root: dict[tuple[int, int], Floats] = {}
    for a, b in PAIRS:
        rest = given[a, b].copy()
        for c in range(b):
            rest -= root[a, c] * root[b, c]
        root[a, b] = np.sqrt(np.maximum(rest, 0.0)) if a == b else _ratio(rest, root[b, b])
    return root


def _ratio(top: Floats, bottom: Floats) -> Floats:
    return np.where(bottom > 0, top / np.where(bottom > 0, bottom, 1.0), 0.0)
