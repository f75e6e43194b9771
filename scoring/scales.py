"""Scale scores: the mean of the answered items, reversed by the declared bounds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from scoring.blocks import Floats, blocks
from scoring.contract import check_names, checked_numbers
from scoring.errors import BadModel
from scoring.items import ItemColumn, ScaleSpec, needed_items, off_scale

BLOCK = 4096
EVERYTHING = "score"
"""Name of the one scale of all columns, where no scale was declared."""
NO_BOUND = 1e100
"""Where no scale was declared, larger numbers are refused: no sum of them overflows."""


def keyed(values: Floats, minimum: float, maximum: float, reverse: bool) -> Floats:
    """Return `values` so that high means high on the scale: ``minimum + maximum - x`` where reversed."""
    return (minimum + maximum) - values if reverse else values


class ScaleScorer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Items to scale scores: the mean of the answered items, after reversal by the declared bounds.

    Parameters
    ----------
    columns : sequence of ItemColumn, optional
        One an input column, in order, as `scoring.items.item_columns` gives them of a battery.
    scales : sequence of ScaleSpec, optional
        The scales to score; each column names one of them.

        Without `columns` and `scales` all columns are items of one scale that runs from low to high and
        feeds no need.

    Attributes
    ----------
    n_features_in_ : int
        Number of input columns.
    feature_names_in_ : ndarray of str
        Names of the input columns, where `fit` was given a table with names.
    columns_ : tuple of ItemColumn
        The columns in use.
    scales_ : tuple of ScaleSpec
        The scales in use.
    members_ : tuple of tuples of int
        Places of each scale's columns.

    Notes
    -----
    Nothing is learned from the data of `fit` but their shape: bounds are the declared ones, never the
    observed ones. A score counts from 80 % of the items on (`ScaleSpec.needed`; the share is the scale's).

    Examples
    --------
    >>> import numpy as np
    >>> from scoring.items import ItemColumn, ScaleSpec
    >>> from scoring.scales import ScaleScorer
    >>> columns = (
    ...     ItemColumn(id="team/1", scale="team", minimum=1, maximum=7),
    ...     ItemColumn(id="team/2", scale="team", minimum=1, maximum=7, reverse=True),
    ... )
    >>> scales = (ScaleSpec(id="team", items=2, needed=2, minimum=1, maximum=7, need="safety"),)
    >>> scorer = ScaleScorer(columns, scales)
    >>> scorer.fit_transform(np.array([[6.0, 3.0], [4.0, np.nan]]))
    array([[5.5, 2. ],
           [4. , 1. ]])
    >>> scorer.get_feature_names_out().tolist()
    ['team', 'team answered']
    """

    def __init__(
        self, columns: Sequence[ItemColumn] | None = None, scales: Sequence[ScaleSpec] | None = None
    ) -> None:
        self.columns = columns
        self.scales = scales

    def fit(self, X: Floats, y: object = None) -> Self:  # noqa: ARG002, N803
        """Check that `X` (people, columns) has one column an item; `y` is not looked at.

        Raises ValueError when the number of columns is another, BadModel when columns and scales do not fit
        together or bounds do not rise.
        """
        self._validated(X, reset=True)
        declared = self.columns is not None
        self.columns_ = tuple(self.columns or ()) if declared else _plain_columns(self.n_features_in_)
        self.scales_ = tuple(self.scales or ()) if declared else (_plain_scale(self.n_features_in_),)
        if self.n_features_in_ != len(self.columns_):
            msg = f"X has {self.n_features_in_} columns; the battery has {len(self.columns_)} scored items"
            raise ValueError(msg)
        _check_declared(self.columns_, self.scales_)
        self.members_ = tuple(
            tuple(place for place, column in enumerate(self.columns_) if column.scale == scale.id)
            for scale in self.scales_
        )
        return self

    def transform(self, X: Floats) -> Floats:  # noqa: N803
        """Return (people, 2 x scales): means of the answered items (NaN without any), then their counts.

        The count of a task's mark is its weight: how many usual marks it is worth.

        Raises OffScale (a ValueError) when a number lies outside its item's bounds.
        """
        check_is_fitted(self)
        X = self._validated(X, reset=False)  # noqa: N806
        out = np.empty((X.shape[0], 2 * len(self.scales_)))
        for rows in blocks(X.shape[0], BLOCK):
            self._score(np.ascontiguousarray(X[rows].T), rows.start, out[rows])
        return out

    def reported(self, scores: Floats) -> Floats:
        """Return the scores (people, scales) out of `transform`'s output; NaN where too few items count."""
        check_is_fitted(self)
        means, counts = np.split(scores, 2, axis=1)
        return np.where(counts >= np.array([scale.needed for scale in self.scales_]), means, np.nan)

    def get_feature_names_out(self, input_features: Sequence[str] | None = None) -> Any:
        """Return the names of `transform`'s columns: ``scale`` for means, ``scale answered`` for counts."""
        check_is_fitted(self)
        check_names(self, input_features)
        names = [scale.id for scale in self.scales_]
        return np.array([*names, *(f"{name} answered" for name in names)], dtype=object)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags

    def _validated(self, items: Floats, *, reset: bool) -> Floats:
        declared = self.columns is not None
        return checked_numbers(
            self,
            items,
            reset=reset,
            finite=False if declared else "allow-nan",
            least_columns=0 if declared else 1,
            least_people=0 if declared and not reset else 1,
        )

    def _score(self, items: Floats, first: int, out: Floats) -> None:
        answered = items == items  # noqa: PLR0124  false for NaN only
        for number, members in enumerate(self.members_):
            total = np.zeros(items.shape[1])
            count = np.zeros(items.shape[1])
            weight = np.ones(items.shape[1])
            for place in members:
                column = self.columns_[place]
                self._check(items[place], column, first)
                if column.is_weight:
                    weight = np.where(answered[place], items[place], 0.0)
                    continue
                total += np.where(answered[place], self._keyed(items[place], column), 0.0)
                count += answered[place]
            out[:, number] = np.where(count > 0, total / np.maximum(count, 1.0), np.nan)
            out[:, len(self.scales_) + number] = count * weight

    @staticmethod
    def _keyed(values: Floats, column: ItemColumn) -> Floats:
        return keyed(values, column.minimum, column.maximum, column.reverse)

    @staticmethod
    def _check(values: Floats, column: ItemColumn, first: int) -> None:
        outside = (values < column.minimum) | (values > column.maximum)
        if outside.any():
            raise off_scale(column.id, first + int(np.argmax(outside)))


def _check_declared(columns: Sequence[ItemColumn], scales: Sequence[ScaleSpec]) -> None:
    if {column.scale for column in columns} != {scale.id for scale in scales}:
        raise BadModel("The scored items and the scales do not belong together.")
    for column in columns:
        if not -math.inf < column.minimum < column.maximum < math.inf:
            raise BadModel(f"The lowest number of {column.id} is not below its highest.")
        if max(-column.minimum, column.maximum) > NO_BOUND:
            raise BadModel(f"The bounds of {column.id} are too large to be meant.")


def _plain_columns(columns: int) -> tuple[ItemColumn, ...]:
    return tuple(
        ItemColumn(id=f"x{place}", scale=EVERYTHING, minimum=-NO_BOUND, maximum=NO_BOUND)
        for place in range(columns)
    )


def _plain_scale(columns: int) -> ScaleSpec:
    needed = needed_items(columns, 0.8)
    return ScaleSpec(id=EVERYTHING, items=columns, needed=needed, minimum=-NO_BOUND, maximum=NO_BOUND)
