"""Sums of hours that people told, by group or kind, with what keeps single people out of them."""

from __future__ import annotations

import math

import numpy as np

from instruments.setup import Thresholds
from scoring.blocks import Floats
from scoring.disclosure import Mask
from scoring.grouping import Breakdown
from scoring.loads import rounded


def carries(amounts: Floats, limits: Thresholds) -> bool:
    """Say whether a sum of `amounts` (n,) may be shown.

    At least `k_detail` people add something to it, and none more than `largest_share` of it: people who
    add nothing protect nobody.
    """
    told = amounts[amounts > 0]
    return len(told) >= limits.k_detail and float(told.max()) <= limits.largest_share * math.fsum(told)


def hide_lines(amounts: Floats, limits: Thresholds) -> Mask:
    """Return which sums of `amounts` (people, lines) are hidden, (lines,), when their total is shown.

    Lines that do not carry a sum, then the smallest others, until there are two or more and they carry
    their sum together: the total less the lines shown. All when even the total carries nothing.
    """
    lines = amounts.shape[1]
    if not carries(amounts.sum(axis=1), limits):
        return np.ones(lines, dtype=np.bool_)
    hidden: Mask = np.array([not carries(amounts[:, line], limits) for line in range(lines)], dtype=np.bool_)
    for line in np.lexsort((np.arange(lines), (amounts > 0).sum(axis=0))):
        if not hidden.any() or (hidden.sum() > 1 and carries(amounts[:, hidden].sum(axis=1), limits)):
            return hidden
        hidden[line] = True
    return hidden


def by_group(amounts: Floats, breakdown: Breakdown) -> Floats:
    """Return `amounts` (n,) with one column a group, (n, groups), 0 outside a person's own."""
    parts: Floats = amounts[:, None] * (breakdown.member[:, None] == np.arange(len(breakdown.labels)))
    return parts


def shown_sums(amounts: Floats, limits: Thresholds) -> tuple[int | None, ...]:
    """Return the sums of `amounts` (people, lines), rounded to 5, None where hidden."""
    hidden = hide_lines(amounts, limits)
    return tuple(
        None if is_hidden else rounded(math.fsum(amounts[:, line])) for line, is_hidden in enumerate(hidden)
    )


def shown_total(amounts: Floats, limits: Thresholds) -> int | None:
    """Return the sum of `amounts` (n,), rounded to 5, None where it may not be shown."""
    return rounded(math.fsum(amounts)) if carries(amounts, limits) else None
