"""How well the items of one scale go together in one sample: alpha, omega, item-rest correlations.

Gaps are handled as R's `psych` does: covariances and correlations over the pairs of answers that are there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares
from scipy.stats import f as f_distribution

from scoring.blocks import Floats

ENOUGH_FOR_ALARM = 30
"""A negative item-rest correlation is named from so many people on; below, it may be chance."""
MOST_COMMUNALITY = 0.995
"""No item is taken to be without error; `psych` draws the same line."""
NAN = float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class Reliability:
    """Reliability of one scale's mean in one sample; NaN where the answers do not allow a figure."""

    people: int
    """Who answered at least one item."""
    alpha: float
    low: float
    high: float
    omega: float
    item_rest: Floats
    """(items,) correlation of each item with the sum of the others."""

    @property
    def unreversed(self) -> tuple[int, ...]:
        """Places of the items that run against the others, with enough people to say so."""
        if self.people < ENOUGH_FOR_ALARM:
            return ()
        return tuple(int(place) for place in np.flatnonzero(self.item_rest < 0))


def reliability(items: Floats, level: float = 0.95) -> Reliability:
    """Return alpha with its interval, omega and the item-rest correlations of keyed `items` (people, items).

    Alpha is Cronbach's (1951), its interval Feldt's (1965, Psychometrika 30, 357-370), exact for items
    that are normal and parallel. NaN stands for no answer; people without any do not count.
    """
    items = items[~np.isnan(items).all(axis=1)]
    people, size = items.shape
    covariance = pairwise_covariance(items)
    if size < 2 or people < 3 or not (np.diag(covariance) > 0).all():
        return Reliability(people, NAN, NAN, NAN, NAN, np.full(size, NAN))
    alpha = size / (size - 1) * (1 - np.trace(covariance) / covariance.sum())
    low, high = feldt_interval(float(alpha), people, size, level)
    omega = omega_total(correlations(items))
    return Reliability(people, float(alpha), low, high, omega, item_rest(covariance))


def feldt_interval(alpha: float, people: int, items: int, level: float = 0.95) -> tuple[float, float]:
    """Return ``1 - (1 - alpha) F`` at both tails of F with n - 1 and (n - 1)(K - 1) degrees (Feldt 1965)."""
    tail = (1 - level) / 2
    degrees = (people - 1, (people - 1) * (items - 1))
    low, high = (1 - (1 - alpha) * f_distribution.ppf(p, *degrees) for p in (1 - tail, tail))
    return float(low), float(high)


def item_rest(covariance: Floats) -> Floats:
    """Return the correlation of each item with the sum of the others, (items,), from their covariances."""
    own = np.diag(covariance)
    shared = covariance.sum(axis=1) - own
    rest = covariance.sum() - 2 * shared - own
    found: Floats = np.where(rest > 0, shared / np.sqrt(own * np.where(rest > 0, rest, 1.0)), NAN)
    return found


def omega_total(correlation: Floats) -> float:
    """Return omega total of one factor: ``1 - sum of uniquenesses / sum of correlations``.

    Of the standardised items, with minimum-residual loadings, as ``psych::omega(x, nfactors = 1)`` has it
    (McDonald 1999, Test Theory), but without turning items round. NaN with fewer than three items.
    """
    if len(correlation) < 3 or np.isnan(correlation).any():
        return NAN
    unique = 1 - minres_loadings(correlation) ** 2
    total = float(correlation.sum())
    return 1 - float(unique.sum()) / total if total > 0 else NAN


def minres_loadings(correlation: Floats) -> Floats:
    """Return the loadings (items,) on one factor with least squared residual correlations (Harman 1960)."""
    above = np.triu_indices(len(correlation), 1)
    given = correlation[above]
    most = MOST_COMMUNALITY**0.5

    def residuals(loading: Floats) -> Floats:
        left: Floats = given - loading[above[0]] * loading[above[1]]
        return left

    values, vectors = np.linalg.eigh(correlation)
    start = vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0.1))
    start = np.clip(start * np.where(start.sum() < 0, -1.0, 1.0), -0.9 * most, 0.9 * most)
    found: Floats = least_squares(
        residuals, start, bounds=(-most, most), xtol=1e-14, ftol=1e-14, gtol=1e-14
    ).x
    return found


def pairwise_covariance(items: Floats) -> Floats:
    """Return the covariances (items, items) of `items` (people, items), each over the pairs that are there.

    NaN where fewer than two people answered both.
    """
    pairs, cross, _ = _pairs(items)
    return np.where(pairs > 1, cross / np.maximum(pairs - 1, 1), NAN)


def correlations(items: Floats) -> Floats:
    """Return the correlations (items, items) of `items` (people, items), each over its own pairs.

    NaN where fewer than two people answered both, or where they all gave one answer.
    """
    pairs, cross, spread = _pairs(items)
    together = spread * spread.T
    usable = (pairs > 1) & (together > 0)
    return np.where(usable, cross / np.sqrt(np.where(usable, together, 1.0)), NAN)


def _pairs(items: Floats) -> tuple[Floats, Floats, Floats]:
    """Return, for each pair of items: people, summed products and the first item's squares, both centred."""
    answered = (~np.isnan(items)).astype(np.float64)
    filled = np.where(answered > 0, items, 0.0)
    filled = np.where(answered > 0, filled - filled.sum(axis=0) / np.maximum(answered.sum(axis=0), 1), 0.0)
    pairs, sums = answered.T @ answered, filled.T @ answered
    share = sums / np.maximum(pairs, 1)
    return pairs, filled.T @ filled - share * sums.T, filled.T**2 @ answered - share * sums
