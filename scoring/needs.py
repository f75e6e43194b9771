"""Four latent needs from whatever scales were answered: a normal prior and one scalar update a scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from instruments.model import NEEDS
from scoring.blocks import Floats, blocks, people_last
from scoring.contract import check_names, checked_numbers
from scoring.errors import BadModel
from scoring.observations import Covariances, Observation, update
from scoring.reference import Matrix4, ReferenceRow, assumed_correlations, check_figures

BLOCK = 4096
MOST_SCORE = 1e100
"""Larger scores are refused: no square of them overflows."""
LEAST_COUNT = 1e-9
"""A mark of smaller weight is read as one of this weight: it says next to nothing."""
PAIRS = tuple((a, b) for a in range(len(NEEDS)) for b in range(a + 1))
"""Order of the covariances in `NeedsEstimator.transform`'s columns, after the four means."""


def careless_share(careless: Floats, people: int) -> Floats:
    """Return probabilities (people,) with 0 for NaN; BadModel when they are none, or not one a person."""
    given = np.asarray(careless, dtype=np.float64)
    share = np.where(np.isnan(given), 0.0, given)
    if given.shape != (people,) or not ((share >= 0) & (share <= 1)).all():
        raise BadModel("One probability of careless answers is needed for each person, from 0 to 1.")
    return share


class NeedsEstimator(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Scale scores to the posterior of the four needs, in SD units of the reference population.

    Parameters
    ----------
    rows : sequence of ReferenceRow, optional
        The reference of each scale, in the order of `ScaleScorer`'s scales. Without it no score can be
        read: whatever the columns are, everybody keeps the prior.
    correlations : 4 x 4 numbers, optional
        Prior correlation of the needs; prior means are 0 and prior SDs 1. Those of `reference.toml`
        (assumed) where absent.

    Attributes
    ----------
    n_features_in_ : int
        Number of input columns, two a scale.
    feature_names_in_ : ndarray of str
        Names of the input columns, where `fit` was given a table with names.
    rows_ : tuple of ReferenceRow
        The reference in use.
    correlations_ : tuple of tuples of float
        The prior correlations in use.
    loadings_ : ndarray (scales,)
        Correlation of a complete scale score with its need: validity x sqrt(retest).
    fixed_ : ndarray (scales,)
        Error variance that more items would not lower, in SD units squared.
    prior_ : ndarray (1, 14)
        The posterior of somebody who answered nothing.

    Notes
    -----
    A standardised score is ``loading x need + error``. Its error variance is
    ``(alpha - retest) + retest (1 - validity^2) + (1 - alpha) K / k + mean_sd^2``
    with k of K items answered (for a task K = 1 and k is the weight of its mark): mood of the day, what the
    scale measures besides the need, item error, and
    doubt about the reference mean. Scalar updates equal the block formula because the errors of different
    scales are independent (Anderson & Moore 1979, Optimal Filtering, section 6.4). A scale without an
    answer is integrated out: it leaves the posterior as it is.

    Whoever answers carelessly with probability p is, with that probability, somebody whose answers say
    nothing (assumed): the posterior becomes the mixture of what was read, m and C, and of the prior R, told
    by its mean ``(1 - p) m`` and covariance ``(1 - p) C + p R + p (1 - p) m m'`` (law of total variance).

    `fit` learns nothing from people: nobody else's answers enter a person's posterior.

    Examples
    --------
    >>> import numpy as np
    >>> from scoring.needs import NeedsEstimator
    >>> from scoring.reference import ReferenceRow
    >>> team = ReferenceRow(
    ...     scale="team", status="assumed", wording_sha256="", items=7, needed=6, mean=5.0, sd=1.0,
    ...     alpha=0.8, retest=0.7, validity=1.0, mean_sd=0.4, mark="ours", need="safety",
    ... )
    >>> scores = np.array([[3.0, 7.0], [np.nan, 0.0]])
    >>> needs = NeedsEstimator((team,)).fit(scores)
    >>> needs.transform(scores)[:, :5].round(2) + 0.0
    array([[-1.44, -0.43, -0.43, -0.14,  0.4 ],
           [ 0.  ,  0.  ,  0.  ,  0.  ,  1.  ]])
    >>> needs.transform(scores, careless=np.array([0.5, 0.5]))[0, [0, 4]].round(2)
    array([-0.72,  1.22])
    """

    def __init__(
        self, rows: Sequence[ReferenceRow] | None = None, correlations: Matrix4 | None = None
    ) -> None:
        self.rows = rows
        self.correlations = correlations

    def fit(self, X: Floats, y: object = None) -> Self:  # noqa: ARG002, N803
        """Check that `X` (people, 2 x scales) fits the reference; `y` is not looked at.

        Raises ValueError when the number of columns is another, BadModel when the reference holds figures
        that no population could have.
        """
        self._validated(X, reset=True)
        self.rows_ = tuple(self.rows or ())
        self.correlations_ = assumed_correlations() if self.correlations is None else self.correlations
        check_figures(self.rows_, self.correlations_)
        if self.rows is not None and self.n_features_in_ != 2 * len(self.rows_):
            msg = f"X has {self.n_features_in_} columns; the reference has {len(self.rows_)} scales"
            raise ValueError(msg)
        self.loadings_ = np.array([row.validity * row.retest**0.5 for row in self.rows_])
        self.fixed_ = np.array([_fixed_error(row) for row in self.rows_])
        prior = [float(self.correlations_[a][b]) for a, b in PAIRS]
        self.prior_ = np.array([[0.0] * len(NEEDS) + prior])
        return self

    def transform(self, X: Floats, careless: Floats | None = None) -> Floats:  # noqa: N803
        """Return (people, 14): posterior means of the needs, then covariances in the order of PAIRS.

        Parameters
        ----------
        X : ndarray (people, 2 x scales)
            Mean and count of each scale, as `ScaleScorer` gives them.
        careless : ndarray (people,), optional
            Probability that a person answered without reading, NaN where unknown; it has to come from the
            person's own answers and the pinned reference alone. In a Pipeline it needs scikit-learn's
            metadata routing and `set_transform_request(careless=True)`; `scoring.pipeline.score` takes it
            without.

        Raises
        ------
        BadModel
            Where a probability lies outside 0 to 1, or there is not one a person.
        """
        read = self._read(self._checked(X))
        return read if careless is None else self.widened(read, careless)

    def widened(self, posterior: Floats, careless: Floats) -> Floats:
        """Return `posterior` (people, 14) mixed with the prior by the probabilities `careless` (people,)."""
        check_is_fitted(self)
        p = careless_share(careless, posterior.shape[0])
        mean = posterior[:, : len(NEEDS)]
        out = np.empty_like(posterior)
        for need in range(len(NEEDS)):
            out[:, need] = (1 - p) * mean[:, need]
        for place, (a, b) in enumerate(PAIRS, start=len(NEEDS)):
            within = (1 - p) * posterior[:, place] + p * self.prior_[0, place]
            out[:, place] = within + p * (1 - p) * mean[:, a] * mean[:, b]
        return out

    def get_feature_names_out(self, input_features: Sequence[str] | None = None) -> Any:
        """Return the names of `transform`'s columns: the needs, then ``cov(need, need)``."""
        check_is_fitted(self)
        check_names(self, input_features)
        return np.array([*NEEDS, *(f"cov({NEEDS[a]}, {NEEDS[b]})" for a, b in PAIRS)], dtype=object)

    def _read(self, X: Floats) -> Floats:  # noqa: N803
        out = np.empty((X.shape[0], len(NEEDS) + len(PAIRS)))
        for rows in blocks(X.shape[0], BLOCK):
            block = people_last(X[rows])
            mean, cov = self._posterior(block)
            people = rows.stop - rows.start
            for need in range(len(NEEDS)):
                out[rows, need] = mean[need][:people]
            for place, pair in enumerate(PAIRS):
                out[rows, len(NEEDS) + place] = cov[pair][:people]
        return out

    def observed(self, X: Floats) -> NDArray[np.bool_]:  # noqa: N803
        """Return (people, 4): whether a need has a scale with enough items answered to be reported."""
        counts = self._counts(X)
        out = np.zeros((counts.shape[0], len(NEEDS)), dtype=np.bool_)
        for place, row in enumerate(self.rows_):
            if row.need:
                out[:, NEEDS.index(row.need)] |= _is_reported(counts[:, place], row)
        return out

    def standard_errors(self, X: Floats) -> Floats:  # noqa: N803
        """Return (people, scales): SD x sqrt((1 - alpha) K / k) in scale points, NaN where not reported."""
        counts = self._counts(X)
        out = np.full(counts.shape, np.nan)
        for place, row in enumerate(self.rows_):
            error = row.sd * np.sqrt((1 - row.alpha) * row.items / _at_least_some(counts[:, place]))
            out[:, place] = np.where(_is_reported(counts[:, place], row), error, np.nan)
        return out

    def shift_effects(self, X: Floats, posterior: Floats) -> Floats:  # noqa: N803
        """Return (people, scales, 4): how the posterior means move per SD of each reference mean's error.

        That error is the same for everybody, so it does not average out in a total.
        """
        X = self._checked(X)  # noqa: N806
        out = np.zeros((X.shape[0], len(self.rows_), len(NEEDS)))
        for place, row in enumerate(self.rows_):
            if row.need:
                count = X[:, len(self.rows_) + place]
                error = self._error(place, count)
                known = (count > 0) & (error > 0)
                gain = -row.sign * row.mean_sd * self.loadings_[place] / np.where(known, error, 1.0)
                need = NEEDS.index(row.need)
                for other in range(len(NEEDS)):
                    pair = PAIRS.index((max(need, other), min(need, other)))
                    moved = gain * posterior[:, len(NEEDS) + pair]
                    out[:, place, other] = np.where(known, moved, 0.0)
        return out

    def _counts(self, X: Floats) -> Floats:  # noqa: N803
        return self._checked(X)[:, len(self.rows_) : 2 * len(self.rows_)]

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags

    def _checked(self, scores: Floats) -> Floats:
        check_is_fitted(self)
        return self._validated(scores, reset=False)

    def _validated(self, scores: Floats, *, reset: bool) -> Floats:
        known = self.rows is not None
        return checked_numbers(
            self,
            scores,
            reset=reset,
            finite="allow-nan",
            least_columns=0 if known else 1,
            least_people=0 if known and not reset else 1,
            largest=MOST_SCORE,
        )

    def _error(self, place: int, count: Floats) -> Floats:
        row = self.rows_[place]
        error: Floats = self.fixed_[place] + (1 - row.alpha) * row.items / _at_least_some(count)
        return error

    def _observation(self, place: int, need: int, block: Floats) -> Observation:
        row, score, count = self.rows_[place], block[place], block[len(self.rows_) + place]
        seen = count > 0
        level = np.where(seen, row.sign * (score - row.mean) / row.sd, 0.0)
        return Observation(need, float(self.loadings_[place]), level, self._error(place, count), seen)

    def _posterior(self, block: Floats) -> tuple[list[Floats], Covariances]:
        people = block.shape[1]
        mean = [np.zeros(people) for _ in NEEDS]
        cov = {(a, b): np.full(people, float(self.correlations_[a][b])) for a, b in PAIRS}
        for place, row in enumerate(self.rows_):
            if row.need:
                update(mean, cov, self._observation(place, NEEDS.index(row.need), block))
        return mean, cov


def _is_reported(count: Floats, row: ReferenceRow) -> NDArray[np.bool_]:
    return np.asarray((count > 0) & (count >= row.needed))


def _at_least_some(count: Floats) -> Floats:
    """Return `count` with 1 for nothing; a task's mark may weigh less than 1."""
    return np.where(count > 0, np.maximum(count, LEAST_COUNT), 1.0)


def _fixed_error(row: ReferenceRow) -> float:
    return max(0.0, row.alpha - row.retest) + row.retest * (1 - row.validity**2) + row.mean_sd**2
