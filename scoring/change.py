"""Whether one person's score changed by more than its error would bring about."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scoring.blocks import Floats
from scoring.reference import ReferenceRow

Change = Literal["improved", "declined", "indeterminate"]
CHANGES: tuple[Change, ...] = ("improved", "declined", "indeterminate")
CERTAIN = 1.96
"""An index beyond this happens by chance to 1 of 20 people who did not change (Jacobson & Truax 1991)."""


def reliable_change_index(before: Floats, after: Floats, sd: float, retest: float) -> Floats:
    """Return ``(after - before) / (sqrt(2) sd sqrt(1 - retest))``, in the shape of `before` and `after`.

    Jacobson & Truax 1991 (Journal of Consulting and Clinical Psychology 59, 12-19) with the error of both
    measurements; retest reliability rather than alpha, because moods of the day are no change. NaN where a
    score is missing. Raises ValueError when `sd` is not above 0 or `retest` is not within 0 to below 1.
    """
    if not (sd > 0 and 0 <= retest < 1):
        msg = f"sd must be above 0 and retest from 0 to below 1, found {sd} and {retest}"
        raise ValueError(msg)
    error = np.sqrt(2.0) * sd * np.sqrt(1 - retest)
    index: Floats = (np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)) / error
    return index


def reliable_change(before: Floats, after: Floats, row: ReferenceRow) -> NDArray[np.int64]:
    """Return the place in CHANGES of each pair of scores (n,), in points of the scale that `row` describes.

    `improved` is the favourable direction of the scale; a missing score is indeterminate.
    """
    index = row.sign * reliable_change_index(before, after, row.sd, row.retest)
    return np.where(index > CERTAIN, 0, np.where(index < -CERTAIN, 1, 2)).astype(np.int64)
