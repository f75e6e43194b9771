"""People in blocks, people on the last axis: bounded memory and the same bits for everybody.

On some machines fast exp and log treat the last few elements of an array by other code. Every block is
therefore contiguous and filled up to a whole number of lanes, so that a person's numbers do not depend
on who else is there.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LANES = 16
"""Rows are filled up to a multiple of this; no vector unit handles more doubles at once."""


def blocks(people: int, size: int) -> Iterator[slice]:
    """Yield slices that cover `people` rows, `size` at most each."""
    for start in range(0, people, size):
        yield slice(start, min(start + size, people))


def people_last(rows: Floats) -> Floats:
    """Return a contiguous (columns, people) copy of `rows` (people, columns).

    The last person is repeated until the number of people is a multiple of LANES.
    """
    people, columns = rows.shape
    out = np.empty((columns, -(-people // LANES) * LANES))
    out[:, :people] = rows.T
    out[:, people:] = out[:, people - 1 : people]
    return out
