"""Four latent needs from whatever scales were answered: a normal prior and one scalar update a scale."""

from __future__ import annotations

from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from instruments.model import NEEDS
from scoring.blocks import Floats, blocks, people_last
from scoring.reference import Matrix4, ReferenceRow

BLOCK = 4096
PAIRS = tuple((a, b) for a in range(len(NEEDS)) for b in range(a + 1))
"""Order of the covariances in `NeedsEstimator.transform`'s columns, after the four means."""


class NeedsEstimator(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Scale scores to the posterior of the four needs, in SD units of the reference population.

    Parameters
    ----------
    rows
        The reference of each scale, in the order of `ScaleScorer`'s scales.
    correlations
        Prior correlation of the needs, 4 x 4; prior means are 0 and prior SDs 1.

    Attributes
    ----------
    n_features_in_ : int
        Number of input columns, two a scale.
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
    scales are independent (Anderson & Moore 1979, Optimal Filtering, section 6.4).
    """

    def __init__(self, rows: tuple[ReferenceRow, ...], correlations: Matrix4) -> None:
        self.rows = rows
        self.correlations = correlations

    def fit(self, X: Floats, y: object = None) -> Self:  # noqa: ARG002, N803
        """Check that `X` (people, 2 x scales) fits the reference."""
        validate_data(self, X, dtype=np.float64, ensure_all_finite=False, ensure_min_features=0)
        if self.n_features_in_ != 2 * len(self.rows):
            msg = f"X has {self.n_features_in_} columns; the reference has {len(self.rows)} scales"
            raise ValueError(msg)
        self.loadings_ = np.array([row.validity * row.retest**0.5 for row in self.rows])
        self.fixed_ = np.array([_fixed_error(row) for row in self.rows])
        prior = [self.correlations[a][b] for a, b in PAIRS]
        self.prior_ = np.array([[0.0] * len(NEEDS) + prior])
        return self

    def transform(self, X: Floats) -> Floats:  # noqa: N803
        """Return (people, 14): posterior means of the needs, then covariances in the order of PAIRS."""
        X = self._checked(X)  # noqa: N806
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
        counts = np.split(self._checked(X), 2, axis=1)[1]
        out = np.zeros((counts.shape[0], len(NEEDS)), dtype=np.bool_)
        for place, row in enumerate(self.rows):
            if row.need:
                out[:, NEEDS.index(row.need)] |= _is_reported(counts[:, place], row)
        return out

    def standard_errors(self, X: Floats) -> Floats:  # noqa: N803
        """Return (people, scales): SD x sqrt((1 - alpha) K / k) in scale points, NaN where not reported."""
        counts = np.split(self._checked(X), 2, axis=1)[1]
        out = np.full(counts.shape, np.nan)
        for place, row in enumerate(self.rows):
            error = row.sd * np.sqrt((1 - row.alpha) * row.items / _at_least_some(counts[:, place]))
            out[:, place] = np.where(_is_reported(counts[:, place], row), error, np.nan)
        return out

    def shift_effects(self, X: Floats, posterior: Floats) -> Floats:  # noqa: N803
        """Return (people, scales, 4): how the posterior means move per SD of each reference mean's error.

        That error is the same for everybody, so it does not average out in a total.
        """
        X = self._checked(X)  # noqa: N806
        out = np.zeros((X.shape[0], len(self.rows), len(NEEDS)))
        for place, row in enumerate(self.rows):
            if row.need:
                count = X[:, len(self.rows) + place]
                gain = -row.sign * row.mean_sd * self.loadings_[place] / self._error(place, count)
                need = NEEDS.index(row.need)
                for other in range(len(NEEDS)):
                    pair = PAIRS.index((max(need, other), min(need, other)))
                    moved = gain * posterior[:, len(NEEDS) + pair]
                    out[:, place, other] = np.where(count > 0, moved, 0.0)
        return out

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags

    def _checked(self, scores: Floats) -> Floats:
        check_is_fitted(self)
        checked: Floats = validate_data(
            self,
            scores,
            reset=False,
            dtype=np.float64,
            ensure_all_finite=False,
            ensure_min_features=0,
            ensure_min_samples=0,
        )
        return checked

    def _error(self, place: int, count: Floats) -> Floats:
        row = self.rows[place]
        error: Floats = self.fixed_[place] + (1 - row.alpha) * row.items / _at_least_some(count)
        return error

    def _observation(self, place: int, need: int, block: Floats) -> _Observation:
        row, score, count = self.rows[place], block[place], block[len(self.rows) + place]
        seen = count > 0
        level = np.where(seen, row.sign * (score - row.mean) / row.sd, 0.0)
        return _Observation(need, float(self.loadings_[place]), level, self._error(place, count), seen)

    def _posterior(self, block: Floats) -> tuple[list[Floats], dict[tuple[int, int], Floats]]:
        people = block.shape[1]
        mean = [np.zeros(people) for _ in NEEDS]
        cov = {(a, b): np.full(people, float(self.correlations[a][b])) for a, b in PAIRS}
        for place, row in enumerate(self.rows):
            if row.need:
                _update(mean, cov, self._observation(place, NEEDS.index(row.need), block))
        return mean, cov


def _is_reported(count: Floats, row: ReferenceRow) -> NDArray[np.bool_]:
    return np.asarray((count > 0) & (count >= row.needed))


def _at_least_some(count: Floats) -> Floats:
    """Return `count` with 1 for nothing; a task's mark may weigh less than 1."""
    return np.where(count > 0, count, 1.0)


def _fixed_error(row: ReferenceRow) -> float:
    return max(0.0, row.alpha - row.retest) + row.retest * (1 - row.validity**2) + row.mean_sd**2


class _Observation(NamedTuple):
    """One scale's standardised scores, their error variances, and who has one."""

    need: int
    loading: float
    level: Floats
    error: Floats
    seen: NDArray[np.bool_]


def _update(mean: list[Floats], cov: dict[tuple[int, int], Floats], seen: _Observation) -> None:
    """Take one observation into account, in place; people without it keep what they have."""
    need, loading = seen.need, seen.loading
    across = [cov[max(need, a), min(need, a)].copy() for a in range(len(NEEDS))]
    spread = loading * loading * across[need] + seen.error
    surprise = seen.level - loading * mean[need]
    for a in range(len(NEEDS)):
        gain = np.where(seen.seen, loading * across[a] / spread, 0.0)
        mean[a] = mean[a] + gain * surprise
        for b in range(a + 1):
            cov[a, b] = cov[a, b] - gain * (loading * across[b])
