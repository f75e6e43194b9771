"""From needs to the hours of other people's time a month that somebody is expected to need."""

from __future__ import annotations

import math
from functools import cache
from typing import Literal

import numpy as np
from scipy.special import ndtri
from scipy.stats import qmc

from instruments.model import Record
from scoring.blocks import Floats
from scoring.errors import BadModel

FEATURES = (
    "base",
    "safety",
    "agility",
    "headroom",
    "capability",
    "safety x headroom",
    "agility x capability",
)
CONDITIONS = (1, 3, 5)
"""Features that the organisation has to change: safety, headroom, and the two together."""
SKILL = (2, 4, 6)
"""Features in which the person can grow: agility, capability, and the two together."""
STEEPNESS = 1.3
"""How sharply a deficit sets in around the reference mean (ours, assumed)."""
POINTS = 64
SEED = 3
MOST_HOURS = 1e4
"""Larger weights are refused: a month has fewer hours."""
LOG_SDS = (1e-6, 10.0)
"""Bounds of every spread and doubt on the log scale: what lies outside is a slip."""
MOST_NONE = 0.98
"""Upper bound of the share who need no help at all: somebody always needs some."""


class HoursModel(Record, frozen=True):
    """Weights of the features, in hours a month per SD of deficit, and how well they are known.

    The level is part of the weights: all of them twice as large are twice the hours.
    """

    weights: tuple[float, ...]
    """One a feature, none negative, the base above 0; half of all models that fit have a larger one."""
    weight_log_sd: float = 0.35
    """Doubt about each weight before any hours were seen, log scale."""
    level_log_sd: float = 0.45
    """Doubt about all weights together before any hours were seen, log scale."""
    outcome_log_sd: float = 0.5
    """Spread of the hours of people with the very same needs, log scale, as of one log-normal."""
    outcome_doubt: float = 0.3
    """Doubt about `outcome_log_sd` itself, SD of its logarithm."""
    none_share: float = 0.02
    """Share of people who need no help at all in a month, whatever their needs; inside `outcome_log_sd`."""
    log_covariance: tuple[tuple[float, ...], ...] = ()
    """7 x 7 covariance of the log weights after hours were seen; empty before."""
    labels: int = 0
    """Of how many people the hours needed were known."""
    status: Literal["expert guess", "re-estimated"] = "expert guess"
    schema: int = 1

    @property
    def spread_of_some(self) -> float:
        """Log-SD of the hours of those who need some: the variance is that of `outcome_log_sd` with zeros."""
        return math.sqrt(max(0.1, self.outcome_log_sd**2 + math.log1p(-self.none_share)))

    @property
    def prior_covariance(self) -> Floats:
        """(7, 7) covariance of the log weights that the expert guess stands for."""
        size = len(FEATURES)
        together: Floats = np.full((size, size), self.level_log_sd**2)
        together[np.diag_indices(size)] += self.weight_log_sd**2
        return together

    @property
    def covariance(self) -> Floats:
        """(7, 7) covariance of the log weights as they are known now."""
        return np.array(self.log_covariance) if self.log_covariance else self.prior_covariance


DEFAULT_HOURS = HoursModel(weights=(0.1, 0.4, 0.45, 0.45, 0.6, 0.4, 0.4))
"""An expert guess: needs at the reference's correlations ask for 1.8 hours a month on average, and cuts
at 1, 2 and 4 hours divide 35, 34, 23 and 8 of 100 people. Capability weighs most because help with a tool
is asked for most; two deficits together cost more than each alone."""


def check_hours(model: HoursModel) -> None:
    """Raise BadModel when the figures of `model` are none that hours of help could have."""
    weights = model.weights
    if len(weights) != len(FEATURES) or not all(0 <= weight <= MOST_HOURS for weight in weights):
        raise BadModel("The weights of the hours are not seven numbers of hours a month from 0 on.")
    if weights[0] <= 0:
        raise BadModel("The base hours must be above 0.")
    low, high = LOG_SDS
    spreads = (model.outcome_log_sd, model.outcome_doubt, model.weight_log_sd)
    if not all(low <= spread <= high for spread in spreads) or not 0 <= model.level_log_sd <= high:
        raise BadModel(f"The spread of the hours and the doubts about them must be from {low:g} to {high:g}.")
    if not 0 <= model.none_share <= MOST_NONE:
        raise BadModel(f"The share of people who need no help must be from 0 to {MOST_NONE:g}.")
    if model.log_covariance and not _is_covariance(model.log_covariance):
        raise BadModel("The doubts about the weights are no 7 x 7 covariance.")


def _is_covariance(lines: tuple[tuple[float, ...], ...]) -> bool:
    size = len(FEATURES)
    if len(lines) != size or any(len(line) != size for line in lines):
        return False
    table = np.array(lines)
    if not np.isfinite(table).all() or (table != table.T).any():
        return False
    values = np.linalg.eigvalsh(table)
    return bool(values[0] > 0 and values[-1] <= size * LOG_SDS[1] ** 2)


def deficit_and_slope(need: Floats) -> tuple[Floats, Floats]:
    """Return the smooth deficit ``softplus(-1.3 need) / 1.3`` and its derivative (below 0)."""
    steep = -STEEPNESS * need
    small = np.exp(-np.abs(steep))
    deficit = (np.maximum(steep, 0.0) + np.log1p(small)) / STEEPNESS
    return deficit, -np.where(steep > 0, 1.0, small) / (1.0 + small)


def contributions(features: Floats, model: HoursModel) -> Floats:
    """Return (..., 7): hours a month that each feature adds; they add up to the expected hours."""
    parts: Floats = features * np.array(model.weights)
    return parts


def split(features: Floats, model: HoursModel) -> tuple[Floats, Floats]:
    """Return hours a month (...,) that come from skill and from conditions; the base is neither."""
    parts = contributions(features, model)
    skill, conditions = np.zeros(parts.shape[:-1]), np.zeros(parts.shape[:-1])
    for place in SKILL:
        skill = skill + parts[..., place]
    for place in CONDITIONS:
        conditions = conditions + parts[..., place]
    return skill, conditions


def expected_variance(hours: Floats, hours_var: Floats, model: HoursModel) -> Floats:
    """Return (n,) the variance of what people need on average over months, without one month's chance.

    `hours` and `hours_var` (n,) are of `Scored`: mean and variance of a month's hours. Outcome noise
    of log-SD s and mean 1 makes ``E[h^2] exp(s^2)`` of the mean square of expected hours; it is taken out.
    """
    square = (hours_var + hours * hours) * math.exp(-(model.outcome_log_sd**2))
    variance: Floats = np.maximum(square - hours * hours, 0.0)
    return variance


def relative_common_sd(features: Floats, reference_effect: Floats, model: HoursModel) -> float:
    """Return the relative SD of a total's errors that all people share: weights, level, reference.

    Parameters
    ----------
    features
        (7,) sum of `Scored.features` over the people of the total.
    reference_effect
        (scales,) sum of `Scored.reference_effect` over the same people.
    model
        The weights and how well they are known.
    """
    parts = contributions(features, model)
    total = float(parts.sum())
    if total <= 0:
        return model.level_log_sd
    shares = parts / total
    reference = float((reference_effect**2).sum()) / total**2
    before = float(shares @ model.prior_covariance @ shares)
    after = float(shares @ model.covariance @ shares)
    return math.sqrt(learnt_variance(before, after, reference))


def learnt_variance(before: float, after: float, reference: float) -> float:
    """Return the variance of a log total whose weights' part fell from `before` to `after`.

    Hours that were reported tell about the product of weights and reference, whichever of the two was off:
    what they add in precision, ``1 / after - 1 / before``, is added to the precision of both together.
    """
    learnt = max(0.0, 1 / after - 1 / before) if min(after, before) > 0 else 0.0
    together = 1 / (1 / (before + reference) + learnt) if before + reference > 0 else 0.0
    return max(after, together)


@cache
def normal_points() -> Floats:
    """Return the 64 fixed quasi-random standard normal points (64, 4) that integrate over a posterior.

    64 scrambled Sobol points (Owen 1998) through the normal quantile function; means are made 0 and
    covariances the identity. Of six seeds the one whose tier probabilities lay nearest to 200,000 random
    points: .003 off on average, .007 at most.
    """
    points = ndtri(qmc.Sobol(4, scramble=True, rng=SEED).random(POINTS))
    points = points - points.mean(axis=0)
    root = np.linalg.cholesky(points.T @ points / POINTS)
    whitened: Floats = np.linalg.solve(root, points.T).T
    whitened.setflags(write=False)
    return whitened
