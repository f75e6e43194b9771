"""What scoring knows about people: arrays, people on axis 0."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from scoring.blocks import Floats

Z90 = 1.6448536269514722
"""A 90 % interval reaches so many standard deviations to each side."""
BAND_EDGE = 0.5
"""A need is lower or higher from half a reference SD off the reference mean (ours; no validated cut-off)."""
NEEDS_ENOUGH = 2
"""A tier is told when at least so many of the four needs are."""
MOST_LEFT = 0.75
"""A need is told when its answers leave at most this share of the prior variance (assumed).

One complete questionnaire scale leaves about .4 to .7; answers that are as probably unread as read leave
about .75 and more, also where they are complete.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """The one result that own result, release and benchmarks are made from."""

    scales: tuple[str, ...]
    """Keys ``instrument/scale`` of the s scales."""
    average_features: Floats
    """(7,) features expected of the reference population."""
    scale_scores: Floats
    """(n, s) mean of the answered items in scale points; NaN where too few were answered."""
    scale_errors: Floats
    """(n, s) standard error of measurement in scale points; NaN as above."""
    need_mean: Floats
    """(n, 4) posterior mean in reference SDs, in the order of NEEDS; high is good for the person."""
    need_cov: Floats
    """(n, 4, 4) posterior covariance."""
    observed: NDArray[np.bool_]
    """(n, 4) whether a need has a reported scale."""
    told: NDArray[np.bool_]
    """(n, 4) whether it has, and the answers to it leave at most MOST_LEFT of what was open before.

    For what a person is told. A release counts everybody by the most probable tier and band: whom it left
    out could be told from its sums.
    """
    features: Floats
    """(n, 7) posterior expectation of the hours model's features, in the order of hours.FEATURES."""
    hours: Floats
    """(n,) expected hours a month."""
    hours_var: Floats
    """(n,) variance of the hours really needed: own errors, which average out in a group."""
    reference_effect: Floats
    """(n, s) hours a month by which one SD of doubt about each reference mean moves the expectation.

    The same doubt for everybody: add up over people first, then square.
    """
    tier_probabilities: Floats
    """(n, 4)."""
    enough: NDArray[np.bool_]
    """(n,) whether enough needs are told to tell a tier."""
    tier: NDArray[np.int64]
    """(n,) most probable tier 0-3, -1 where there is not enough data."""

    def __len__(self) -> int:
        return len(self.hours)

    @property
    def bands(self) -> NDArray[np.int64]:
        """(n, 4) 0 lower, 1 middle, 2 higher, -1 open (not observed)."""
        band = np.where(self.need_mean <= -BAND_EDGE, 0, np.where(self.need_mean >= BAND_EDGE, 2, 1))
        return np.where(self.observed, band, -1).astype(np.int64)

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_] | slice) -> Self:
        """Return the people in `rows` only."""
        arrays = {field.name: getattr(self, field.name)[rows] for field in fields(self)[2:]}
        return replace(self, **arrays)
