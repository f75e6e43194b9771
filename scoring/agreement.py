"""Whether people of one group agree about it: r_wg(j), ICC(1) and ICC(2) of a climate scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.blocks import Floats

AGREES = 0.7
"""r_wg(j) from which on a group's mean stands for the group (LeBreton & Senter 2008; assumed)."""
SLIGHT_SKEW = {5: 1.34, 7: 2.90}
"""Variance of a slightly skewed answer by number of points (LeBreton & Senter 2008, table 2; recalled)."""
OTHER_SKEW = 0.67
"""The same as a share of the uniform variance where the table was not recalled: that of five points."""
NAN = float("nan")


@dataclass(frozen=True, slots=True)
class IntraClass:
    """How much of the differences in a score lies between groups."""

    one: float
    """ICC(1): share of one person's score; may be below 0 by chance."""
    two: float
    """ICC(2): reliability of the group means."""
    size: float
    """The group size k in both formulas."""


def uniform_variance(minimum: float, maximum: float) -> float:
    """Return the variance of answers by chance, ``(A^2 - 1) / 12`` for A points one apart."""
    points = maximum - minimum + 1
    return (points**2 - 1) / 12


def skewed_variance(minimum: float, maximum: float) -> float:
    """Return the variance of careless but slightly friendly answers, which is the stricter yardstick."""
    uniform = uniform_variance(minimum, maximum)
    return SLIGHT_SKEW.get(round(maximum - minimum) + 1, OTHER_SKEW * uniform)


def agreement(items: Floats, null: float) -> float:
    """Return r_wg(j) of one group's keyed `items` (people, J) against the variance `null` (square points).

    ``J (1 - s) / (J (1 - s) + s)`` with s the mean item variance over `null` (James, Demaree & Wolf 1984,
    Journal of Applied Psychology 69, 85-98); 0 where people differ more than `null`, NaN with fewer than two
    answers to every item.
    """
    answered = ~np.isnan(items)
    count = answered.sum(axis=0)
    if not items.shape[1] or (count < 2).any():
        return NAN
    mean = np.where(answered, items, 0.0).sum(axis=0) / count
    variance = np.where(answered, (items - mean) ** 2, 0.0).sum(axis=0) / (count - 1)
    share = float(variance.mean()) / null
    if share >= 1:
        return 0.0
    agreed = items.shape[1] * (1 - share)
    return float(agreed / (agreed + share))


def intra_class(scores: Floats, group: NDArray[np.int64]) -> IntraClass:
    """Return ICC(1) and ICC(2) of `scores` (n,) in groups (n,), by one-way analysis of variance.

    ``ICC(1) = (B - W) / (B + (k - 1) W)`` and ``ICC(2) = (B - W) / B`` with mean squares B between and W
    within groups (Bliese 2000) and ``k = (n - sum of n_g^2 / n) / (G - 1)`` for unequal groups (Snedecor &
    Cochran 1980). NaN scores are left out; NaN figures with fewer than two groups, or no differences.
    """
    told = ~np.isnan(scores)
    scores, group = scores[told], np.unique(group[told], return_inverse=True)[1]
    sizes = np.bincount(group)
    people, groups = len(scores), len(sizes)
    if groups < 2 or people <= groups:
        return IntraClass(NAN, NAN, NAN)
    size = float(people - (sizes**2).sum() / people) / (groups - 1)
    means = np.bincount(group, weights=scores) / sizes
    between = float((sizes * (means - scores.mean()) ** 2).sum()) / (groups - 1)
    within = float(((scores - means[group]) ** 2).sum()) / (people - groups)
    if between <= 0:
        return IntraClass(NAN, NAN, size)
    return IntraClass(
        (between - within) / (between + (size - 1) * within), (between - within) / between, size
    )
