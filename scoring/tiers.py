"""Tier probabilities: expected hours over the posterior of the needs, cut at fixed hours a month."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from instruments.model import NEEDS
from scoring.blocks import Floats, blocks, people_last
from scoring.draws import need_draws
from scoring.errors import BadModel, NoLabelsYet
from scoring.hours import FEATURES, HoursModel, deficit_and_slope, normal_points
from scoring.needs import PAIRS

BLOCK = 1024
"""People at a time: 64 points of 1,024 people stay in the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Integrated:
    """What the posterior of each person means in hours a month; people on axis 0."""

    features: Floats
    """(n, 7) posterior expectation of the features."""
    hours: Floats
    """(n,) expected hours."""
    hours_var: Floats
    """(n,) variance of the hours really needed: posterior of the needs and outcome noise."""
    probabilities: Floats
    """(n, 4) of the tiers."""
    slopes: Floats
    """(n, 4) change of the expected hours per SD of each need."""


class SupportTierClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Posterior needs to the four support tiers, 0 (self-directed) to 3 (intensive).

    Parameters
    ----------
    cut_hours
        The three bounds between the tiers, hours a month, rising.
    hours
        Weights of the needs and spread of the outcome.

    Attributes
    ----------
    classes_ : ndarray (4,)
        The tiers.
    n_features_in_ : int
        14: four means and ten covariances as `NeedsEstimator.transform` gives them.
    points_ : ndarray (64, 4)
        The points of integration.

    Notes
    -----
    Hours are log-normal around ``weights x features`` with the mean preserved. The doubt about the level
    and the weights is common to everybody: it enters totals, not one person's relative need.
    """

    def __init__(self, cut_hours: tuple[float, float, float], hours: HoursModel) -> None:
        self.cut_hours = cut_hours
        self.hours = hours

    def fit(self, X: Floats, y: Floats | None = None) -> Self:  # noqa: N803
        """Check shape and parameters; NoLabelsYet when `y` (hours needed, NaN unknown) holds a number."""
        validate_data(self, X, dtype=np.float64)
        self._check_parameters()
        if y is not None and np.isfinite(np.asarray(y, dtype=np.float64)).any():
            raise NoLabelsYet("Weights are not re-estimated from hours.", "Fit without hours.")
        if self.n_features_in_ != len(NEEDS) + len(PAIRS):
            msg = f"X has {self.n_features_in_} columns; 14 are needed"
            raise ValueError(msg)
        self.classes_ = np.arange(4)
        self.points_ = normal_points()
        return self

    def predict_proba(self, X: Floats) -> Floats:  # noqa: N803
        """Return (people, 4) probabilities of the tiers."""
        return self.integrate(X).probabilities

    def predict(self, X: Floats) -> NDArray[np.intp]:  # noqa: N803
        """Return (people,) the most probable tier, the lower one of two equally probable ones."""
        most: NDArray[np.intp] = np.argmax(self.predict_proba(X), axis=1)
        return most

    def predict_hours(self, X: Floats) -> Floats:  # noqa: N803
        """Return (people,) expected hours a month."""
        return self.integrate(X).hours

    def integrate(self, X: Floats) -> Integrated:  # noqa: N803
        """Return features, hours and tier probabilities of posteriors `X` (people, 14)."""
        check_is_fitted(self)
        X = validate_data(self, X, reset=False, dtype=np.float64, ensure_min_samples=0)  # noqa: N806
        people = X.shape[0]
        out = Integrated(
            features=np.ones((people, len(FEATURES))),
            hours=np.empty(people),
            hours_var=np.empty(people),
            probabilities=np.empty((people, 4)),
            slopes=np.empty((people, len(NEEDS))),
        )
        for rows in blocks(people, BLOCK):
            self._integrate(people_last(X[rows]), rows, out)
        return out

    def _check_parameters(self) -> None:
        if not 0 < self.cut_hours[0] < self.cut_hours[1] < self.cut_hours[2] < math.inf:
            raise BadModel("The cut hours do not rise from above 0.", "Give three rising numbers of hours.")
        weights = self.hours.weights
        if len(weights) != len(FEATURES) or not all(0 <= weight < math.inf for weight in weights):
            raise BadModel("The weights of the hours are not seven numbers from 0 on.")
        if weights[0] <= 0 or not self.hours.outcome_log_sd > 0:
            raise BadModel("The base hours and the spread of the hours must be above 0.")

    def _integrate(self, block: Floats, rows: slice, out: Integrated) -> None:
        people = rows.stop - rows.start
        weights = self.hours.weights
        deficits, falls = zip(*(deficit_and_slope(x) for x in need_draws(block)), strict=True)
        features = [*deficits, deficits[0] * deficits[2], deficits[1] * deficits[3]]
        hours = np.full(deficits[0].shape, weights[0])
        for place, feature in enumerate(features, start=1):
            out.features[rows, place] = _mean(feature)[:people]
            hours += weights[place] * feature
        partners = ((5, 2), (6, 3), (5, 0), (6, 1))
        for need, (together, partner) in enumerate(partners):
            rise = (weights[need + 1] + weights[together] * deficits[partner]) * falls[need]
            out.slopes[rows, need] = _mean(rise)[:people]
        expected, spread = _mean(hours), np.exp(np.full(1, self.hours.outcome_log_sd**2))[0]
        out.hours[rows] = expected[:people]
        out.hours_var[rows] = (spread * _mean(hours * hours) - expected * expected)[:people]
        self._probabilities(hours, rows, out)

    def _probabilities(self, hours: Floats, rows: slice, out: Integrated) -> None:
        sd = self.hours.outcome_log_sd
        middle = np.log(hours) - 0.5 * sd * sd
        below = np.zeros(hours.shape[1])
        for tier, cut in enumerate(self.cut_hours):
            up_to = _mean(ndtr((np.log(cut) - middle) / sd))
            out.probabilities[rows, tier] = (up_to - below)[: rows.stop - rows.start]
            below = up_to
        out.probabilities[rows, 3] = (1.0 - below)[: rows.stop - rows.start]


def _mean(values: Floats) -> Floats:
    """Mean over the points, one after another, so that a person's sum never depends on the others."""
    total: Floats = values[0].copy()
    for row in values[1:]:
        total += row
    total /= len(values)
    return total
