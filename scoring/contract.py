"""What the three estimators share of scikit-learn's contract: checked tables and names of columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.utils.validation import validate_data

from scoring.blocks import Floats

NO_TABLE = "X has to be a 2D table of numbers, people in rows. Reshape your data."
_TELLING = ("array=", "could not convert")
"""Begin a quotation of the data in scikit-learn's messages: answers stand in no error's text."""


def checked_numbers(
    estimator: Any,
    table: Floats,
    *,
    reset: bool,
    finite: bool | str = True,
    least_columns: int = 1,
    least_people: int = 1,
) -> Floats:
    """Return `table` as (people, columns) of numbers, noting or checking its shape and names.

    Raises ValueError, never with a number out of the table, when it is another.
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
        if any(words in str(error) for words in _TELLING):
            raise ValueError(NO_TABLE) from None
        raise
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
