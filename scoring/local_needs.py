"""How needs go together in a calibration sample: freed of measurement error, pulled to what is assumed."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np

from instruments.model import NEEDS
from scoring.blocks import Floats
from scoring.reference import Matrix4, ReferenceRow, Status, assumed_doubt
from scoring.reliability import correlations

LEAST_PAIRS = 30
"""Two scales tell about their needs when so many people have a score on both (rule of thumb)."""
LEAST_EIGENVALUE = 0.05
"""A table nearer to contradiction is pulled towards the assumed one (ours)."""


def local_correlations(
    rows: tuple[ReferenceRow, ...], scores: Floats, assumed: Matrix4
) -> tuple[Matrix4, Status]:
    """Return correlations of the needs, 4 x 4, and whether all of them are local.

    Parameters
    ----------
    rows : tuple of ReferenceRow
        The local figures of each scale; their loadings are ``validity x sqrt(retest)``.
    scores : ndarray (people, scales)
        NaN where a score is not to be used.
    assumed : 4 x 4 numbers
        What each correlation is pulled to.

    Notes
    -----
    Scales a and b of two needs correlate as ``r_ab = l_a l_b rho``, so rho is fitted by least squares over
    all such pairs (Spearman's 1904 correction, for several scales a need). Its standard error is that of a
    single pair, ``(1 - r^2) / sqrt(n - 1)`` over the mean loading product, the largest one: pairs share
    people. It is pooled with the assumed figure as in `scoring.calibration_sample`; then the table moves
    towards the assumed one, in steps of 5 %, until its smallest eigenvalue is .05 at least.
    """
    signs = np.array([row.sign for row in rows])
    seen = correlations(scores) * np.outer(signs, signs)
    pairs = (~np.isnan(scores)).astype(float).T @ (~np.isnan(scores)).astype(float)
    before, table = np.array(assumed), np.array(assumed)
    is_local = True
    for a, b in combinations(range(len(NEEDS)), 2):
        both = [
            (i, j)
            for i, one in enumerate(rows)
            for j, other in enumerate(rows)
            if one.need == NEEDS[a] and other.need == NEEDS[b] and pairs[i, j] >= LEAST_PAIRS
        ]
        if both:
            table[a, b] = table[b, a] = _pooled_one(rows, seen, pairs, both, before[a, b])
        else:
            is_local = False
    return _possible(table, before), "local" if is_local else "assumed"


def _pooled_one(
    rows: tuple[ReferenceRow, ...], seen: Floats, pairs: Floats, both: list[tuple[int, int]], before: float
) -> float:
    loading = np.array([_loading(rows[i]) * _loading(rows[j]) for i, j in both])
    found = np.array([seen[pair] for pair in both])
    errors = [(1 - seen[pair] ** 2) / math.sqrt(pairs[pair] - 1) for pair in both]
    square = float((loading**2).sum())
    fitted = min(max(float((found * loading).sum()) / square, -0.95), 0.95)
    error = max(errors) / math.sqrt(square / len(both))
    doubt = assumed_doubt()["correlation_sd"]
    weight = doubt**2 / (doubt**2 + error**2)
    return float(before + weight * (fitted - before))


def _loading(row: ReferenceRow) -> float:
    return row.validity * math.sqrt(row.retest)


def _possible(table: Floats, before: Floats) -> Matrix4:
    for step in range(21):
        mixed = np.round(before * step / 20 + table * (20 - step) / 20, 4)
        if np.linalg.eigvalsh(mixed).min() >= LEAST_EIGENVALUE:
            break
    return tuple(tuple(float(one) for one in line) for line in mixed)
