"""What the three estimators share of scikit-learn's contract: checked tables and names of columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.utils.validation import validate_data

from scoring.blocks import Floats

NO_TABLE = "X has to be a 2D table of numbers, people in rows. Reshape your data."
NO_COMPLEX = "Complex data not supported. X has to be a table of real numbers."
TOO_LARGE = "X holds a number that is too large to be meant."
_TELLING = {"array=": NO_TABLE, "could not convert": NO_TABLE, "Complex data": NO_COMPLEX}
"""What begins a quotation of the data in scikit-learn's messages, and what is said instead."""


def checked_numbers(
    estimator: Any,
    table: Floats,
    *,
    reset: bool,
    finite: bool | str = True,
    least_columns: int = 1,
    least_people: int = 1,
    largest: float = np.inf,
) -> Floats:
    """Return `table` as (people, columns) of numbers, noting or checking its shape and names.

    Raises ValueError, never with a number out of the table, when it is another, or when a number is
    further than `largest` from 0.
    """
    try:
        checked: Floats = validate_data(
            estimator,
            table,
            reset=reset,
            dtype=np.float64,
            ensure_all_finite=finite,
            ensure_min_features=least_columns,
            ensure_min_samples=least_people,
        )
    except ValueError as error:
        for words, instead in _TELLING.items():
            if words in str(error):
                raise ValueError(instead) from None
        raise
    if (
        max(np.fmax.reduce(checked, axis=None, initial=0.0), -np.fmin.reduce(checked, axis=None, initial=0.0))
        > largest
    ):
        raise ValueError(TOO_LARGE)
    return checked


def check_names(estimator: Any, given: Sequence[str] | None) -> None:
    """Check the names that scikit-learn's contract lets a caller hand to `get_feature_names_out`.

    Raises ValueError when they are not the names, or not as many, as `fit` was given.
    """
    if given is None:
        return
    known = getattr(estimator, "feature_names_in_", None)
    if known is not None and list(known) != list(given):
        raise ValueError("input_features is not equal to feature_names_in_")
    if len(given) != estimator.n_features_in_:
        msg = f"input_features should have length equal to {estimator.n_features_in_}, got {len(given)}"
        raise ValueError(msg)
