"""Tier probabilities: expected hours over the posterior of the needs, cut at fixed hours a month."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted, column_or_1d

from instruments.model import NEEDS
from instruments.records import TIERS
from scoring.blocks import Floats, blocks, people_last
from scoring.contract import checked_numbers
from scoring.draws import need_draws
from scoring.errors import BadModel
from scoring.hours import DEFAULT_HOURS, FEATURES, HoursModel, check_hours, deficit_and_slope, normal_points
from scoring.needs import PAIRS
from scoring.quantiles import hours_quantiles
from scoring.recalibration import recalibrate

POSTERIOR = len(NEEDS) + len(PAIRS)
MOST_NEED = 1e30
"""Needs further from the reference mean are refused: no square of their hours overflows."""
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
    cut_hours : three floats
        The bounds between the tiers, hours a month, rising.
    hours : HoursModel, optional
        Weights of the needs and spread of the outcome before any hours are known; `DEFAULT_HOURS`, an
        expert guess, where absent.

    Attributes
    ----------
    classes_ : ndarray (4,)
        The tiers.
    n_features_in_ : int
        14: four means and ten covariances as `NeedsEstimator.transform` gives them. Four columns or fewer
        are needs known without error; those that are not given stand at the reference mean.
    feature_names_in_ : ndarray of str
        Names of the input columns, where `fit` was given a table with names.
    expert_ : HoursModel
        The weights before any hours were known.
    hours_ : HoursModel
        The weights in use: those of `expert_`, re-estimated where `fit` was given hours.
    points_ : ndarray (64, 4)
        The points of integration.

    Notes
    -----
    Hours are log-normal around ``weights x features`` with the mean preserved. The doubt about the level
    and the weights is common to everybody: it enters totals, not one person's relative need. How hours
    re-estimate the weights stands at `scoring.recalibration.recalibrate`; without them nothing is learned
    from the people of `fit`.

    Examples
    --------
    >>> import numpy as np
    >>> from scoring.tiers import SupportTierClassifier
    >>> needs = np.array([[1.0, 1.0, 1.0, 1.0], [-1.5, -1.0, -1.5, -1.0]])
    >>> tiers = SupportTierClassifier(cut_hours=(1, 2, 4)).fit(needs)
    >>> tiers.predict(needs)
    array([0, 3])
    >>> tiers.predict_proba(needs).round(2)
    array([[0.96, 0.04, 0.  , 0.  ],
           [0.  , 0.1 , 0.44, 0.46]])
    >>> tiers.predict_hours(needs).round(1)
    array([[0.2, 0.4, 1. ],
           [1.7, 3.8, 8.6]])
    >>> learned = tiers.fit(needs, y=np.array([np.nan, 9.0]))
    >>> learned.hours_.status, learned.hours_.labels
    ('re-estimated', 1)
    """

    def __init__(
        self, cut_hours: tuple[float, float, float] = (1.0, 2.0, 4.0), hours: HoursModel | None = None
    ) -> None:
        self.cut_hours = cut_hours
        self.hours = hours

    def fit(self, X: Floats, y: Floats | None = None) -> Self:  # noqa: N803
        """Check shape and parameters, and re-estimate the weights where hours are known.

        Parameters
        ----------
        X : ndarray (people, 14)
            Posteriors as `NeedsEstimator.transform` gives them.
        y : ndarray (people,), optional
            Hours of help needed a month, received plus wanted and not got; NaN where unknown.

        Raises
        ------
        BadModel
            When the cut hours do not rise from above 0, the weights are no hours, or an hour in `y` is
            negative or infinite.
        ValueError
            When the columns are another number, or `y` is no column of numbers.
        """
        posterior = self._posterior(X, reset=True)
        expert = DEFAULT_HOURS if self.hours is None else self.hours
        _check_parameters(self.cut_hours, expert)
        self.expert_ = expert
        self.classes_ = np.arange(len(TIERS))
        self.points_ = normal_points()
        self.hours_ = expert if y is None else recalibrate(posterior, _numbers(y), expert)
        return self

    def predict_proba(self, X: Floats) -> Floats:  # noqa: N803
        """Return (people, 4) probabilities of the tiers."""
        return self.integrate(X).probabilities

    def predict(self, X: Floats) -> NDArray[np.int64]:  # noqa: N803
        """Return (people,) the most probable tier, the lower one of two equally probable ones."""
        check_is_fitted(self)
        most: NDArray[np.int64] = self.classes_[np.argmax(self.predict_proba(X), axis=1)]
        return most

    def predict_hours(self, X: Floats, quantiles: Sequence[float] = (0.05, 0.5, 0.95)) -> Floats:  # noqa: N803
        """Return (people, quantiles) hours a month that a person needs, by quantile.

        The distribution is the mixture over the points of the person's posterior of the outcome's
        log-normal spread: the same from which the tiers' probabilities come.

        Raises ValueError when a quantile does not lie between 0 and 1.
        """
        check_is_fitted(self)
        return hours_quantiles(self._posterior(X), self.hours_, self.points_, quantiles)

    def expected_hours(self, X: Floats) -> Floats:  # noqa: N803
        """Return (people,) expected hours a month."""
        return self.integrate(X).hours

    def score(self, X: Floats, y: Floats) -> float:  # noqa: N803
        """Return the share of people with known hours `y` whose most probable tier is the tier of `y`."""
        needed, told = _numbers(y), self.predict(X)
        known = ~np.isnan(needed)
        if len(needed) != len(told) or not known.any():
            raise ValueError("y holds no known hours, or not one number a person")
        return float(np.mean(np.searchsorted(self.cut_hours, needed, side="right")[known] == told[known]))

    def integrate(self, X: Floats) -> Integrated:  # noqa: N803
        """Return features, hours and tier probabilities of posteriors `X` (people, 14)."""
        check_is_fitted(self)
        posterior = self._posterior(X)
        people = posterior.shape[0]
        out = Integrated(
            features=np.ones((people, len(FEATURES))),
            hours=np.empty(people),
            hours_var=np.empty(people),
            probabilities=np.empty((people, 4)),
            slopes=np.empty((people, len(NEEDS))),
        )
        for rows in blocks(people, BLOCK):
            self._integrate(people_last(posterior[rows]), rows, out)
        return out

    def _posterior(self, X: Floats, *, reset: bool = False) -> Floats:  # noqa: N803
        """Return `X` checked, with needs that are known without error filled up to a posterior."""
        X = checked_numbers(  # noqa: N806
            self, X, reset=reset, least_people=1 if reset else 0, largest=MOST_NEED
        )
        if X.shape[1] == POSTERIOR:
            return X
        if X.shape[1] > len(NEEDS):
            msg = f"X has {X.shape[1]} columns; {POSTERIOR} are needed, or {len(NEEDS)} without error"
            raise ValueError(msg)
        out = np.zeros((X.shape[0], POSTERIOR))
        out[:, : X.shape[1]] = X
        return out

    def _integrate(self, block: Floats, rows: slice, out: Integrated) -> None:
        people = rows.stop - rows.start
        weights = self.hours_.weights
        draws = need_draws(block, self.points_)
        deficits, falls = zip(*(deficit_and_slope(one) for one in draws), strict=True)
        features = [*deficits, deficits[0] * deficits[2], deficits[1] * deficits[3]]
        hours = np.full(deficits[0].shape, weights[0])
        for place, feature in enumerate(features, start=1):
            out.features[rows, place] = _mean(feature)[:people]
            hours += weights[place] * feature
        partners = ((5, 2), (6, 3), (5, 0), (6, 1))
        for need, (together, partner) in enumerate(partners):
            rise = (weights[need + 1] + weights[together] * deficits[partner]) * falls[need]
            out.slopes[rows, need] = _mean(rise)[:people]
        expected, spread = _mean(hours), np.exp(np.full(1, self.hours_.outcome_log_sd**2))[0]
        out.hours[rows] = expected[:people]
        out.hours_var[rows] = (spread * _mean(hours * hours) - expected * expected)[:people]
        self._probabilities(hours, rows, out)

    def _probabilities(self, hours: Floats, rows: slice, out: Integrated) -> None:
        sd = self.hours_.outcome_log_sd
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


def _numbers(hours: Floats) -> Floats:
    """Return `hours` (people,) as numbers; ValueError where they are none or stand in several columns."""
    numbers: Floats = column_or_1d(hours, dtype=np.float64, warn=True)
    return numbers


def _check_parameters(cut_hours: Sequence[float], hours: HoursModel) -> None:
    rising = [0.0, *cut_hours, math.inf]
    if len(cut_hours) != len(TIERS) - 1 or not all(low < high for low, high in pairwise(rising)):
        raise BadModel("The cut hours do not rise from above 0.", "Give three rising numbers of hours.")
    check_hours(hours)
