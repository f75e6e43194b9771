"""Scale scores: the mean of the answered items, reversed by the declared bounds."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from scoring.blocks import Floats, blocks
from scoring.items import ItemColumn, ScaleSpec, off_scale

BLOCK = 4096


def keyed(values: Floats, minimum: float, maximum: float, reverse: bool) -> Floats:
    """Return `values` so that high means high on the scale: ``minimum + maximum - x`` where reversed."""
    return (minimum + maximum) - values if reverse else values


class ScaleScorer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Items to scale scores.

    Parameters
    ----------
    columns
        One an input column, in order.
    scales
        The scales to score; each column names one of them.

    Attributes
    ----------
    n_features_in_ : int
        Number of input columns.
    members_ : tuple of tuples of int
        Places of each scale's columns.

    Notes
    -----
    Nothing is learned from the data of `fit` but their shape.
    """

    def __init__(self, columns: tuple[ItemColumn, ...], scales: tuple[ScaleSpec, ...]) -> None:
        self.columns = columns
        self.scales = scales

    def fit(self, X: Floats, y: object = None) -> Self:  # noqa: ARG002, N803
        """Check that `X` (people, columns) has one column an item."""
        validate_data(self, X, dtype=np.float64, ensure_all_finite=False, ensure_min_features=0)
        if self.n_features_in_ != len(self.columns):
            msg = f"X has {self.n_features_in_} columns; the battery has {len(self.columns)} scored items"
            raise ValueError(msg)
        self.members_ = tuple(
            tuple(place for place, column in enumerate(self.columns) if column.scale == scale.id)
            for scale in self.scales
        )
        return self

    def transform(self, X: Floats) -> Floats:  # noqa: N803
        """Return (people, 2 x scales): means of the answered items (NaN without any), then their counts.

        The count of a task's mark is its weight: how many usual marks it is worth.

        Raises OffScale when a number lies outside its item's bounds.
        """
        check_is_fitted(self)
        X = validate_data(  # noqa: N806
            self,
            X,
            reset=False,
            dtype=np.float64,
            ensure_all_finite=False,
            ensure_min_features=0,
            ensure_min_samples=0,
        )
        out = np.empty((X.shape[0], 2 * len(self.scales)))
        for rows in blocks(X.shape[0], BLOCK):
            self._score(np.ascontiguousarray(X[rows].T), rows.start, out[rows])
        return out

    def reported(self, scores: Floats) -> Floats:
        """Return the scores (people, scales) out of `transform`'s output; NaN where too few items count."""
        means, counts = np.split(scores, 2, axis=1)
        return np.where(counts >= np.array([scale.needed for scale in self.scales]), means, np.nan)

    def get_feature_names_out(self, input_features: object = None) -> Any:  # noqa: ARG002
        """Return the names of `transform`'s columns."""
        names = [scale.id for scale in self.scales]
        return np.array([*names, *(f"{name} answered" for name in names)], dtype=object)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags

    def _score(self, items: Floats, first: int, out: Floats) -> None:
        answered = items == items  # noqa: PLR0124  false for NaN only
        for number, members in enumerate(self.members_):
            total = np.zeros(items.shape[1])
            count = np.zeros(items.shape[1])
            weight = np.ones(items.shape[1])
            for place in members:
                column = self.columns[place]
                self._check(items[place], column, first)
                if column.is_weight:
                    weight = np.where(answered[place], items[place], 0.0)
                    continue
                total += np.where(answered[place], self._keyed(items[place], column), 0.0)
                count += answered[place]
            out[:, number] = np.where(count > 0, total / np.maximum(count, 1.0), np.nan)
            out[:, len(self.scales) + number] = count * weight

    @staticmethod
    def _keyed(values: Floats, column: ItemColumn) -> Floats:
        return keyed(values, column.minimum, column.maximum, column.reverse)

    @staticmethod
    def _check(values: Floats, column: ItemColumn, first: int) -> None:
        outside = (values < column.minimum) | (values > column.maximum)
        if outside.any():
            raise off_scale(column.id, first + int(np.argmax(outside)))
